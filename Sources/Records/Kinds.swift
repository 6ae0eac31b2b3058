// The registry: a kind of row is declared in a file of its own and entered here.

/// The kinds of row that lumbar keeps; the raw value is the word used in files and tables.
public enum Kind: String, CaseIterable, Sendable {
  /// As in lumbar's own formats: `sessions` are exercise rows, `program` the prescription.
  case sessions, pain, flexibility, program, patients, days, factors, questionnaires
}

/// Rows of every kind, as whole columns.
public struct RecordSet: Sendable {
  /// Exercise rows.
  public var sets: [ExerciseSet] = []
  /// Entries of pain diaries.
  public var pain: [PainEntry] = []
  /// Flexibility and strength measurements.
  public var measurements: [Measurement] = []
  /// Completed questionnaires.
  public var questionnaires: [Questionnaire] = []
  /// Lines of prescribed programmes.
  public var program: [ProgramLine] = []
  /// Statuses of whole days.
  public var days: [DayEntry] = []
  /// Numbers of a day beside pain and exercise.
  public var factors: [Factor] = []
  /// What is said of people, not all whom rows name.
  public var patients: [Patient] = []

  /// No rows.
  public init() {}
}

extension Kind {
  /// Shows a walker every kind, in the order in which they are written out: people first, whom the
  /// others name.
  @inlinable
  public static func walk<W: KindWalker>(_ walker: inout W) throws(W.Failure) {
    try walker.visit(Patient.self)
    try walker.visit(keyed: ProgramLine.self)
    try walker.visit(dated: ExerciseSet.self)
    try walker.visit(dated: PainEntry.self)
    try walker.visit(dated: Measurement.self)
    try walker.visit(keyed: DayEntry.self)
    try walker.visit(dated: Factor.self)
    try walker.visit(dated: Questionnaire.self)
  }
}

/// A field of lumbar's own formats; the raw value is its bit in a `FieldSet`, and fields stand in
/// its order in the files that lumbar writes.
public enum Field: Int, CaseIterable, Sendable {
  /// Fields of an exercise row, many of which other kinds have as well.
  case patientID, startedAt, exercise, component, sets, reps, holdSeconds, minutes, rpe, completed
  /// Further fields of an exercise row; `notes` and `side` serve other kinds too.
  case notes, side, loadKilograms, angleDegrees, painBefore, painAfter, sessionID, order
  /// Fields of a pain entry, and the score of a questionnaire.
  case recordedAt, score, kind, location, scale, flare
  /// Fields of a factor, the first of a day's status too.
  case date, factor
  /// Fields of a measurement; `value` and `unit` serve factors too.
  case measuredOn, measure, value, unit, rater, device, trial, convention
  /// Frequency and first and last day of a programme line.
  case sessionsPerWeek, weekdays, everyDays, startOn, endOn
  /// What is known about a person.
  case name, timezone, sex, language
  /// Further fields of a day's status.
  case status, hours, reason
  /// Fields of a questionnaire.
  case completedOn, instrument, items
  /// The patient's own day of an exercise row or pain entry, where it is not the timestamp's.
  case localDay
  /// How the time of such a row was written, where that is not with its offset.
  case clock

  /// The name in files.
  public var name: String { Field.names[rawValue] }

  /// The names, in the order of the raw values.
  public static let names = [
    "patient_id", "started_at", "exercise", "component", "sets", "reps", "hold_seconds", "minutes",
    "rpe", "completed", "notes", "side", "load_kg", "angle_deg", "pain_before", "pain_after",
    "session_id", "order", "recorded_at", "score", "kind", "location", "scale", "flare",
    "date", "factor", "measured_on", "measure", "value", "unit", "rater", "device", "trial",
    "convention",
    "sessions_per_week", "weekdays", "every_days", "start_on", "end_on", "name", "timezone",
    "sex", "language",
    "status", "hours", "reason", "completed_on", "instrument", "items", "local_day",
    "clock",
  ]
}
