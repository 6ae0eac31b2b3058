import Records

/// Builds a patient's log by hand, a row a call, for tests that need no file.
public struct LogBuilder {
  /// The log so far, rows in the order of days.
  public private(set) var log: PatientLog
  private var line: Int64 = 1

  /// An empty log of a patient.
  public init(_ code: String = "A") {
    log = PatientLog(code: code)
    log.sources[1] = SourceFile(name: "by-hand.csv", sha256: String(repeating: "0", count: 64))
  }

  private mutating func next() -> SourcePosition {
    line += 1
    return SourcePosition(file: 1, line: line)
  }

  private mutating func name(_ text: String) -> NameID { log.names.intern(text) }

  /// The day of October 2026; 31 and below 1 reach into the months around it.
  public static func october(_ day: Int) -> Day { Day(number: 20_727 + Int32(day) - 1) }

  /// Adds a performed row; `minute` is the minute of the day it starts at, nil for a day alone.
  public mutating func set(
    _ day: Int, _ exercise: String, minute: Int? = 420,
    _ shape: (inout ExerciseSet) -> Void = { _ in }
  ) {
    let date = LogBuilder.october(day)
    let instant = minute.map { Int64(date.number) * 86_400_000 + Int64($0) * 60_000 }
    var row = ExerciseSet(
      patient: name(log.code), started: Timestamp(day: date, milliseconds: instant),
      exercise: name(exercise), position: next())
    shape(&row)
    log.sets.append(row)
    log.sets.sort { ($0.started.day, $0.position.line) < ($1.started.day, $1.position.line) }
  }

  /// Gives the row added last a note.
  public mutating func note(_ text: String) {
    let index = log.sets.indices.max { log.sets[$0].position.line < log.sets[$1].position.line }
    let bytes = Array(text.utf8)
    if let index {
      log.sets[index].notes = bytes.withUnsafeBufferPointer { log.texts.append($0) }
    }
  }

  /// Says which language the patient reads.
  public mutating func language(_ code: String?) { log.language = code }

  /// Names the session of the row added last.
  public mutating func session(_ session: String, order: Int64? = nil) {
    log.sets[log.sets.count - 1].session = name(session)
    log.sets[log.sets.count - 1].order = order
  }

  /// Adds an entry of a day without a time.
  public mutating func pain(
    _ day: Int, _ score: Double, kind: PainKind? = .average, at location: String? = "lower back",
    scale: String? = nil, notes: String? = nil
  ) {
    var entry = PainEntry(
      patient: name(log.code), recorded: Timestamp(day: LogBuilder.october(day)), score: score,
      position: next())
    entry.kind = kind
    entry.location = location.map { log.names.intern($0) }
    entry.notes = notes.flatMap { note in
      Array(note.utf8).withUnsafeBufferPointer { log.texts.append($0) }
    }
    entry.scale = scale.map { log.names.intern($0) }
    log.pain.append(entry)
    log.pain.sort { ($0.recorded.day, $0.position.line) < ($1.recorded.day, $1.position.line) }
  }

  /// Adds a measurement.
  public mutating func measure(
    _ day: Int, _ measure: String, _ value: Double, side: Side? = nil, unit: String? = nil,
    rater: String? = nil, convention: String? = nil
  ) {
    var row = Measurement(
      patient: name(log.code), day: LogBuilder.october(day), measure: name(measure), value: value,
      position: next())
    row.side = side
    row.unit = unit.map { log.names.intern($0) }
    row.rater = rater.map { log.names.intern($0) }
    row.convention = convention.map { log.names.intern($0) }
    log.measurements.append(row)
    log.measurements.sort { ($0.day, $0.position.line) < ($1.day, $1.position.line) }
  }

  /// Adds a programme line; without dates it is in force from the first record on.
  public mutating func line(
    _ exercise: String, _ component: Component, perWeek: Double?,
    _ shape: (inout ProgramLine) -> Void = { _ in }
  ) {
    var row = ProgramLine(
      patient: name(log.code), exercise: name(exercise), component: component,
      sessionsPerWeek: perWeek, position: next())
    shape(&row)
    log.program.append(row)
  }

  /// Adds a day status, of one exercise or of all.
  public mutating func day(_ day: Int, _ status: DayStatus, of exercise: String? = nil) {
    var entry = DayEntry(
      patient: name(log.code), day: LogBuilder.october(day), status: status, position: next())
    entry.exercise = exercise.map { log.names.intern($0) }
    log.days.append(entry)
    log.days.sort { $0.day < $1.day }
  }

  /// Adds a factor of a day.
  public mutating func factor(_ day: Int, _ name: String, _ value: Double, unit: String? = nil) {
    var row = Factor(patient: self.name(log.code), position: next())
    row.day = LogBuilder.october(day)
    row.factor = self.name(name)
    row.value = value
    row.unit = unit.map { self.name($0) }
    log.factors.append(row)
  }

  /// Adds a questionnaire.
  public mutating func questionnaire(_ day: Int, _ instrument: Instrument, _ score: Double?) {
    var row = Questionnaire(
      patient: name(log.code), day: LogBuilder.october(day), instrument: instrument,
      position: next())
    row.score = score
    log.questionnaires.append(row)
  }
}

extension PatientLog {
  /// The log as it is read behind what is known of earlier days.
  public func behind(_ past: Past) -> PatientLog {
    var log = self
    log.past = past
    log.sets = self.sets.filter { $0.started.day >= past.before }
    log.pain = self.pain.filter { $0.recorded.day >= past.before }
    log.measurements = self.measurements.filter { $0.day >= past.before }
    log.questionnaires = self.questionnaires.filter { $0.day >= past.before }
    log.days = self.days.filter { $0.day >= past.before }
    return log
  }
}
