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

  /// The digest of a stretch; nil for none.
  public func digest(_ range: TextRange?) -> UInt64? {
    guard let range else { return nil }
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
  /// Code of the patient whose row it is.
  public var patient: NameID
  /// When the exercise began; only a day when the source gives no time.
  public var started: Timestamp
  /// Name of the exercise as the source writes it.
  public var exercise: NameID
  /// Part of the programme it belongs to; nil when the source gives none.
  public var component: Component?
  /// Side of the body that was worked; nil for both, or when not given.
  public var side: Side?
  /// Sets done; nil when not given.
  @OptionalNumber public var sets: Double?
  /// Repetitions in each set; nil when not given.
  @OptionalNumber public var reps: Double?
  /// Seconds that each repetition was held; nil when not given.
  @OptionalNumber public var holdSeconds: Double?
  /// Minutes of activity; nil when not given.
  @OptionalNumber public var minutes: Double?
  /// Rating of perceived exertion, 0-10.
  @OptionalNumber public var rpe: Double?
  /// Whether the source says that it was done; nil when it says nothing.
  public var completed: Bool?
  /// Load in kilograms; nil when not given.
  @OptionalNumber public var loadKilograms: Double?
  /// Degrees below horizontal on an inversion table.
  @OptionalNumber public var angleDegrees: Double?
  /// NRS 0-10 before the exercise; nil when not given.
  @OptionalNumber public var painBefore: Double?
  /// Pain after the exercise, NRS 0-10; nil when not given.
  @OptionalNumber public var painAfter: Double?
  /// The source's own name of the session (`session_id`); nil when it gives none.
  public var session: NameID?
  /// Place of the row within its session as the source counts; nil when not given.
  public var order: Int64?
  /// Free text of the row, in the arena that comes with it; nil for none.
  public var notes: TextRange?
  /// File and line that the row was read from.
  public var position: SourcePosition

  /// A row with nothing but its required fields.
  @inlinable
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

  /// Digest of start, exercise and side.
  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(1, started.milliseconds)
    digest.add(2, names.digest(exercise))
    digest.add(3, code(side))
    return digest.value
  }

  /// Digest of every field, notes and clock offset included, but patient and position.
  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 1)
    digest.add(1, started.milliseconds)
    digest.add(2, started.milliseconds.map { _ in Int64(started.offsetMinutes) })
    digest.add(3, names.digest(exercise))
    digest.add(4, code(component))
    digest.add(5, code(side))
    digest.add(6, sets)
    digest.add(7, reps)
    digest.add(8, holdSeconds)
    digest.add(9, minutes)
    digest.add(10, rpe)
    digest.add(11, completed.map { $0 ? 1 : 0 as Int64 })
    digest.add(12, loadKilograms)
    digest.add(13, angleDegrees)
    digest.add(14, painBefore)
    digest.add(15, painAfter)
    digest.add(16, session.map(names.digest))
    digest.add(17, order)
    digest.add(18, texts.digest(notes))
    return digest.value
  }
}

/// One entry of a pain diary.
public struct PainEntry: Row {
  /// Code of the patient whose pain it is.
  public var patient: NameID
  /// When the pain was noted; only a day when the source gives no time.
  public var recorded: Timestamp
  /// The score on `scale`; 0-10 unless the scale says otherwise.
  public var score: Double
  /// What the score speaks of; nil when not said, which counts as now.
  public var kind: PainKind?
  /// Place of the pain as written; nil when not given, which counts as the back.
  public var location: NameID?
  /// The scale's name; nil is the 0-10 numerical rating scale (NRS).
  public var scale: NameID?
  /// Whether the patient called it a flare.
  public var flare: Bool?
  /// Free text of the entry, in the arena that comes with it; nil for none.
  public var notes: TextRange?
  /// File and line that the entry was read from.
  public var position: SourcePosition

  /// An entry with nothing but its required fields.
  @inlinable
  public init(patient: NameID, recorded: Timestamp, score: Double, position: SourcePosition) {
    self.patient = patient
    self.recorded = recorded
    self.score = score
    self.position = position
  }

  /// Digest of time, kind and place.
  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(1, recorded.milliseconds)
    digest.add(2, code(kind))
    digest.add(3, location.map(names.digest))
    return digest.value
  }

  /// Digest of every field, notes and clock offset included, but patient and position.
  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 2)
    digest.add(1, recorded.milliseconds)
    digest.add(2, recorded.milliseconds.map { _ in Int64(recorded.offsetMinutes) })
    digest.add(3, score)
    digest.add(4, code(kind))
    digest.add(5, location.map(names.digest))
    digest.add(6, scale.map(names.digest))
    digest.add(7, flare.map { $0 ? 1 : 0 as Int64 })
    digest.add(8, texts.digest(notes))
    return digest.value
  }
}

/// One flexibility or strength measurement.
public struct Measurement: Row {
  /// Code of the patient who was measured.
  public var patient: NameID
  /// The patient's day of the measurement; no time is kept.
  public var day: Day
  /// The measure's code without its side, as `straight_leg_raise`.
  public var measure: NameID
  /// Reading of one trial, in `unit`.
  public var value: Double
  /// Unit as written; nil when not given, which counts as the usual one of the measure.
  public var unit: NameID?
  /// Side that was measured; nil for both, or when not given.
  public var side: Side?
  /// Who measured, as written; nil when not given.
  public var rater: NameID?
  /// What it was measured with, as written; nil when not given.
  public var device: NameID?
  /// Number of the trial within the day as the source counts; nil when not given.
  public var trial: Int64?
  /// `extension` or `deficit`, for measures that are reported either way.
  public var convention: NameID?
  /// File and line that the measurement was read from.
  public var position: SourcePosition

  /// A measurement with nothing but its required fields.
  @inlinable
  public init(
    patient: NameID, day: Day, measure: NameID, value: Double, position: SourcePosition
  ) {
    self.patient = patient
    self.day = day
    self.measure = measure
    self.value = value
    self.position = position
  }

  /// Digest of measure, side and trial.
  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(1, names.digest(measure))
    digest.add(2, code(side))
    digest.add(3, trial)
    return digest.value
  }

  /// Digest of every field but patient, day and position.
  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 3)
    digest.add(1, names.digest(measure))
    digest.add(2, value)
    digest.add(3, unit.map(names.digest))
    digest.add(4, code(side))
    digest.add(5, rater.map(names.digest))
    digest.add(6, device.map(names.digest))
    digest.add(7, trial)
    digest.add(8, convention.map(names.digest))
    return digest.value
  }
}

/// One line of the prescribed programme.
public struct ProgramLine: Row {
  /// Code of the patient for whom it is prescribed.
  public var patient: NameID
  /// Name of the exercise as the source writes it, by which rows are matched.
  public var exercise: NameID
  /// Part of the programme; every line names one.
  public var component: Component
  /// Weekly quota, 0-100; nil when not given, and not looked at when `weekdays` are set.
  @OptionalNumber public var sessionsPerWeek: Double?
  /// Prescribed days as bits, Monday the lowest; 0 when the line is a weekly quota.
  public var weekdays: UInt8 = 0
  /// Prescribed sets a session; nil when not prescribed.
  @OptionalNumber public var sets: Double?
  /// Prescribed repetitions a set; nil when not prescribed.
  @OptionalNumber public var reps: Double?
  /// Prescribed seconds a repetition is held; nil when not prescribed.
  @OptionalNumber public var holdSeconds: Double?
  /// Prescribed minutes a session; nil when not prescribed.
  @OptionalNumber public var minutes: Double?
  /// Prescribed degrees below horizontal on an inversion table; nil when not prescribed.
  @OptionalNumber public var angleDegrees: Double?
  /// Side that is to be worked; nil takes rows of either side.
  public var side: Side?
  /// First day in force; nil means from the patient's first record on.
  public var startOn: Day?
  /// Last day in force, inclusive; nil means until further notice.
  public var endOn: Day?
  /// File and line that the line was read from.
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

  /// Digest of exercise, side and first day.
  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(1, names.digest(exercise))
    digest.add(2, code(side))
    digest.add(3, startOn.map { Int64($0.number) })
    return digest.value
  }

  /// Digest of the key, component, frequency, dose and last day.
  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 4)
    digest.add(1, keyDigest(names: names))
    digest.add(2, code(component))
    digest.add(3, sessionsPerWeek)
    digest.add(4, weekdays == 0 ? nil : UInt64(weekdays))
    digest.add(5, sets)
    digest.add(6, reps)
    digest.add(7, holdSeconds)
    digest.add(8, minutes)
    digest.add(9, angleDegrees)
    digest.add(10, endOn.map { Int64($0.number) })
    return digest.value
  }
}

/// What a patient or a clinic says about a whole day.
public struct DayEntry: Row {
  /// Code of the patient whose day it is.
  public var patient: NameID
  /// The patient's day; it holds one status, a later one changes it.
  public var day: Day
  /// What the day was; every status but bed rest lifts what was due.
  public var status: DayStatus
  /// Hours of the day that the status is about, 0-24; nil when not given.
  @OptionalNumber public var hours: Double?
  /// Free text, in the arena that comes with the entry; nil for none.
  public var reason: TextRange?
  /// File and line that the entry was read from.
  public var position: SourcePosition

  /// An entry with nothing but its required fields.
  public init(patient: NameID, day: Day, status: DayStatus, position: SourcePosition) {
    self.patient = patient
    self.day = day
    self.status = status
    self.position = position
  }

  /// The same for every entry, because a patient's day has one status.
  public func keyDigest(names: NamePool) -> UInt64 {
    Digest(seed: 5).value
  }

  /// Digest of status, hours and reason.
  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 6)
    digest.add(1, code(status))
    digest.add(2, hours)
    digest.add(3, texts.digest(reason))
    return digest.value
  }
}

/// A person. Only the code is required; the code, not the name, tells people apart.
public struct Patient: Row {
  /// The code, as files name the person.
  public var patient: NameID
  /// Name for people to read; nil when not given.
  public var name: NameID?
  /// IANA name, as `Europe/Berlin`.
  public var zone: NameID?
  /// As written, from no fixed vocabulary; nil when not given.
  public var sex: NameID?
  /// As written, from no fixed vocabulary; nil when not given.
  public var language: NameID?
  /// File and line that the person was read from.
  public var position: SourcePosition

  /// A person of whom nothing but the code is known.
  public init(patient: NameID, position: SourcePosition) {
    self.patient = patient
    self.position = position
  }

  /// The same for every person, because the code alone is the key.
  public func keyDigest(names: NamePool) -> UInt64 {
    Digest(seed: 5).value
  }

  /// Digest of name, zone, sex and language.
  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 7)
    digest.add(1, name.map(names.digest))
    digest.add(2, zone.map(names.digest))
    digest.add(3, sex.map(names.digest))
    digest.add(4, language.map(names.digest))
    return digest.value
  }
}

/// One completed questionnaire, as a score or as its items.
public struct Questionnaire: Row {
  /// Code of the patient who filled it in.
  public var patient: NameID
  /// The patient's day on which it was completed.
  public var day: Day
  /// Which of the known questionnaires it is; it decides the scale of `score`.
  public var instrument: Instrument
  /// Total as the source gives it, 0-100; nil when there are items only.
  @OptionalNumber public var score: Double?
  /// Item answers as written, separated by spaces.
  public var items: TextRange?
  /// File and line that the questionnaire was read from.
  public var position: SourcePosition

  /// A questionnaire with nothing but its required fields.
  public init(patient: NameID, day: Day, instrument: Instrument, position: SourcePosition) {
    self.patient = patient
    self.day = day
    self.instrument = instrument
    self.position = position
  }

  /// Digest of the instrument.
  public func keyDigest(names: NamePool) -> UInt64 {
    var digest = Digest(seed: 5)
    digest.add(1, code(instrument))
    return digest.value
  }

  /// Digest of instrument, score and items.
  public func contentDigest(names: NamePool, texts: TextArena) -> UInt64 {
    var digest = Digest(seed: 8)
    digest.add(1, code(instrument))
    digest.add(2, score)
    digest.add(3, texts.digest(items))
    return digest.value
  }
}

/// A code's stored number; nil for none.
@inline(__always)
func code<T: Code>(_ value: T?) -> UInt64? { value.map { UInt64($0.rawValue) } }
