/// A stretch of free text in a `TextArena`.
public struct TextRange: Hashable, Sendable {
  /// Offset of the first byte.
  public let start: UInt32
  /// Length in bytes, never 0.
  public let count: UInt32

  /// A stretch of `count` bytes from `start`.
  public init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}

/// Free text of many rows (notes, reasons) end to end, so that a row carries eight bytes for it.
public struct TextArena: Sendable {
  /// UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// An empty arena.
  public init() {}

  /// Adds text; nil for empty text.
  public mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> TextRange? {
    guard text.count > 0 else { return nil }
    let range = TextRange(start: UInt32(bytes.count), count: UInt32(text.count))
    bytes.append(contentsOf: text)
    return range
  }

  /// The text of a stretch.
  public subscript(range: TextRange) -> String {
    let start = Int(range.start)
    return String(decoding: bytes[start..<start + Int(range.count)], as: UTF8.self)
  }

  /// The digest of a stretch; that of nothing for nil.
  public func digest(_ range: TextRange?) -> UInt64 {
    guard let range else { return 0 }
    return bytes.withUnsafeBufferPointer { stored in
      let start = Int(range.start)
      return Digest.hash(.init(rebasing: stored[start..<start + Int(range.count)]))
    }
  }

  /// Drops all text and keeps the memory.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// Where a record comes from.
public struct SourcePosition: Hashable, Sendable {
  /// The file's number in the database; 0 while it is being read.
  public var file: Int64
  /// Physical line, from 1.
  public var line: Int64

  /// A line of a file.
  public init(file: Int64 = 0, line: Int64) {
    self.file = file
    self.line = line
  }
}

/// A row that belongs to one patient and stands somewhere in a file.
public protocol Row: Sendable {
  /// Whose row it is.
  var patient: NameID { get }
  /// Where it stands.
  var position: SourcePosition { get set }
  /// The digest of its natural key within its patient and day.
  func keyDigest(names: NamePool) -> UInt64
  /// The digest of all its content but patient, day and position, with names by their own digests.
  func contentDigest(names: NamePool, texts: TextArena) -> UInt64
}

extension Row {
  /// 24 bits of the key's digest, then 40 bits of the content's: in the order of digests rows with
  /// equal keys lie side by side, and equal digests within a patient's day mean equal rows.
  ///
  /// Rows of other keys differ in 64 bits, rows of one key in 40: forty million such pairs meet
  /// falsely with a chance of 4e-5.
  public func digest(names: NamePool, texts: TextArena) -> UInt64 {
    (keyDigest(names: names) & 0xFFFF_FF00_0000_0000)
      | (contentDigest(names: names, texts: texts) >> 24)
  }
}

/// One exercise, or one set of it, within a session.
public struct ExerciseSet: Row {
  public var patient: NameID
  public var started: Timestamp
  public var exercise: NameID
  public var component: Component?
  public var side: Side?
  /// Sets, repetitions a set and seconds a hold.
  public var sets: Double?
  public var reps: Double?
  public var holdSeconds: Double?
  public var minutes: Double?
  /// Rating of perceived exertion, 0-10.
  public var rpe: Double?
  /// Whether the source says that it was done; nil when it says nothing.
  public var completed: Bool?
  public var loadKilograms: Double?
  /// Degrees below horizontal on an inversion table.
  public var angleDegrees: Double?
  /// NRS 0-10 before and after.
  public var painBefore: Double?
  public var painAfter: Double?
  public var session: NameID?
  public var order: Int64?
  public var notes: TextRange?
  public var position: SourcePosition

  /// A row with nothing but its required fields.
  public init(patient: NameID, started: Timestamp, exercise: NameID, position: SourcePosition) {
    self.patient = patient
    self.started = started
    self.exercise = exercise
    self.position = position
  }

  /// Whether any figure of the dose is given.
  public var hasFigures: Bool {
    sets != nil || reps != nil || holdSeconds != nil || minutes != nil
  }

  /// Whether the row was performed: not when the source says no and gives no figures.
  public var isPerformed: Bool { completed != false || hasFigures }

  /// Whether the source gives the row an identity of its own (session and order).
  public var hasSourceIdentity: Bool { session != nil && order != nil }

  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(started.milliseconds)
    digest.add(names.digest(exercise))
    digest.add(code(side))
    return digest.value
  }

  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 1)
    digest.add(started.milliseconds)
    digest.add(Int64(started.milliseconds == nil ? 0 : started.offsetMinutes))
    digest.add(names.digest(exercise))
    digest.add(code(component))
    digest.add(code(side))
    digest.add(sets)
    digest.add(reps)
    digest.add(holdSeconds)
    digest.add(minutes)
    digest.add(rpe)
    digest.add(completed.map { $0 ? 1 : 0 } as Int64?)
    digest.add(loadKilograms)
    digest.add(angleDegrees)
    digest.add(painBefore)
    digest.add(painAfter)
    digest.add(session.map(names.digest) ?? 0)
    digest.add(order)
    digest.add(texts.digest(notes))
    return digest.value
  }
}

/// One entry of a pain diary.
public struct PainEntry: Row {
  public var patient: NameID
  public var recorded: Timestamp
  /// The score on `scale`; 0-10 unless the scale says otherwise.
  public var score: Double
  public var kind: PainKind?
  public var location: NameID?
  /// The scale's name; nil is the 0-10 numerical rating scale (NRS).
  public var scale: NameID?
  /// Whether the patient called it a flare.
  public var flare: Bool?
  public var notes: TextRange?
  public var position: SourcePosition

  /// An entry with nothing but its required fields.
  public init(patient: NameID, recorded: Timestamp, score: Double, position: SourcePosition) {
    self.patient = patient
    self.recorded = recorded
    self.score = score
    self.position = position
  }

  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(recorded.milliseconds)
    digest.add(code(kind))
    digest.add(location.map(names.digest) ?? 0)
    return digest.value
  }

  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 2)
    digest.add(recorded.milliseconds)
    digest.add(Int64(recorded.milliseconds == nil ? 0 : recorded.offsetMinutes))
    digest.add(score)
    digest.add(code(kind))
    digest.add(location.map(names.digest) ?? 0)
    digest.add(scale.map(names.digest) ?? 0)
    digest.add(flare.map { $0 ? 1 : 0 } as Int64?)
    digest.add(texts.digest(notes))
    return digest.value
  }
}

/// One flexibility or strength measurement.
public struct Measurement: Row {
  public var patient: NameID
  public var day: Day
  /// The measure's code without its side, as `straight_leg_raise`.
  public var measure: NameID
  public var value: Double
  public var unit: NameID?
  public var side: Side?
  public var rater: NameID?
  public var device: NameID?
  public var trial: Int64?
  /// `extension` or `deficit`, for measures that are reported either way.
  public var convention: NameID?
  public var position: SourcePosition

  /// A measurement with nothing but its required fields.
  public init(
    patient: NameID, day: Day, measure: NameID, value: Double, position: SourcePosition
  ) {
    self.patient = patient
    self.day = day
    self.measure = measure
    self.value = value
    self.position = position
  }

  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(names.digest(measure))
    digest.add(code(side))
    digest.add(trial)
    return digest.value
  }

  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 3)
    digest.add(names.digest(measure))
    digest.add(value)
    digest.add(unit.map(names.digest) ?? 0)
    digest.add(code(side))
    digest.add(rater.map(names.digest) ?? 0)
    digest.add(device.map(names.digest) ?? 0)
    digest.add(trial)
    digest.add(convention.map(names.digest) ?? 0)
    return digest.value
  }
}

/// One line of the prescribed programme.
public struct ProgramLine: Row {
  public var patient: NameID
  public var exercise: NameID
  public var component: Component
  public var sessionsPerWeek: Double?
  /// Prescribed days as bits, Monday the lowest; 0 when the line is a weekly quota.
  public var weekdays: UInt8 = 0
  public var sets: Double?
  public var reps: Double?
  public var holdSeconds: Double?
  public var minutes: Double?
  public var angleDegrees: Double?
  public var side: Side?
  public var startOn: Day?
  public var endOn: Day?
  public var position: SourcePosition

  /// A line with nothing but its required fields.
  public init(
    patient: NameID, exercise: NameID, component: Component, sessionsPerWeek: Double?,
    position: SourcePosition
  ) {
    self.patient = patient
    self.exercise = exercise
    self.component = component
    self.sessionsPerWeek = sessionsPerWeek
    self.position = position
  }

  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(names.digest(exercise))
    digest.add(code(side))
    digest.add(startOn.map { Int64($0.number) })
    return digest.value
  }

  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 4)
    digest.add(keyDigest(names: names))
    digest.add(code(component))
    digest.add(sessionsPerWeek)
    digest.add(UInt64(weekdays))
    digest.add(sets)
    digest.add(reps)
    digest.add(holdSeconds)
    digest.add(minutes)
    digest.add(angleDegrees)
    digest.add(endOn.map { Int64($0.number) })
    return digest.value
  }
}

/// What a patient or a clinic says about a whole day.
public struct DayEntry: Row {
  public var patient: NameID
  public var day: Day
  public var status: DayStatus
  public var hours: Double?
  public var reason: TextRange?
  public var position: SourcePosition

  /// An entry with nothing but its required fields.
  public init(patient: NameID, day: Day, status: DayStatus, position: SourcePosition) {
    self.patient = patient
    self.day = day
    self.status = status
    self.position = position
  }

  public func keyDigest(names: NamePool) -> UInt64 {
    Digest(seed: 5).value
  }

  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 6)
    digest.add(code(status))
    digest.add(hours)
    digest.add(texts.digest(reason))
    return digest.value
  }
}

/// A person. Only the code is required; the code, not the name, tells people apart.
public struct Patient: Row {
  public var patient: NameID
  public var name: NameID?
  /// IANA name, as `Europe/Berlin`.
  public var zone: NameID?
  public var sex: NameID?
  public var language: NameID?
  public var position: SourcePosition

  /// A person of whom nothing but the code is known.
  public init(patient: NameID, position: SourcePosition) {
    self.patient = patient
    self.position = position
  }

  public func keyDigest(names: NamePool) -> UInt64 {
    Digest(seed: 5).value
  }

  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 7)
    for name in [name, zone, sex, language] { digest.add(name.map(names.digest) ?? 0) }
    return digest.value
  }
}

/// One completed questionnaire, as a score or as its items.
public struct Questionnaire: Row {
  public var patient: NameID
  public var day: Day
  public var instrument: Instrument
  public var score: Double?
  /// Item answers as written, separated by spaces.
  public var items: TextRange?
  public var position: SourcePosition

  /// A questionnaire with nothing but its required fields.
  public init(patient: NameID, day: Day, instrument: Instrument, position: SourcePosition) {
    self.patient = patient
    self.day = day
    self.instrument = instrument
    self.position = position
  }

  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(code(instrument))
    return digest.value
  }

  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 8)
    digest.add(code(instrument))
    digest.add(score)
    digest.add(texts.digest(items))
    return digest.value
  }
}

/// A code's stored number; 0 for none.
@inline(__always)
func code<T: Code>(_ value: T?) -> UInt64 { UInt64(value?.rawValue ?? 0) }
