/// One exercise, or one set of it, within a session.
public struct ExerciseSet: Sendable {
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
  public var sets: Double?
  /// Repetitions in each set; nil when not given.
  public var reps: Double?
  /// Seconds that each repetition was held; nil when not given.
  public var holdSeconds: Double?
  /// Minutes of activity; nil when not given.
  public var minutes: Double?
  /// Rating of perceived exertion, 0-10.
  public var rpe: Double?
  /// Whether the source says that it was done; nil when it says nothing.
  public var completed: Bool?
  /// Load in kilograms; nil when not given.
  public var loadKilograms: Double?
  /// Degrees below horizontal on an inversion table.
  public var angleDegrees: Double?
  /// NRS 0-10 before the exercise; nil when not given.
  public var painBefore: Double?
  /// Pain after the exercise, NRS 0-10; nil when not given.
  public var painAfter: Double?
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

  /// Whether the row was performed: figures decide, not when all of them are 0; without any what
  /// the source says, which is yes where it says nothing.
  public var isPerformed: Bool {
    guard hasFigures else { return completed != false }
    return [sets, reps, holdSeconds, minutes].contains { ($0 ?? 0) > 0 }
  }

  /// A row that says nothing yet.
  @inlinable
  public init(patient: NameID, position: SourcePosition) {
    self.init(
      patient: patient, started: Timestamp(day: Day(number: 0)), exercise: patient,
      position: position)
  }
}

extension ExerciseSet: DatedRow {
  /// The kind.
  @inlinable public static var declaration: KindDeclaration {
    KindDeclaration(
      .sessions, table: "exercise_set", digestSeed: 1, plural: "Exercise rows",
      purpose: "what was done, a row an exercise")
  }
  /// Its column.
  @inlinable public static var rows: WritableKeyPath<RecordSet, [ExerciseSet]> { \.sets }
  /// Two equal rows of a file are two sets.
  public static var keepsEqualRows: Bool { true }

  /// The day on which the exercise began.
  @inlinable public var ownDay: Day { started.day }

  /// The source's name of the session, and the place in it.
  public var sourceIdentity: (session: NameID, order: Int64)? {
    guard let session, let order else { return nil }
    return (session, order)
  }

  /// A row whose every figure is 0 is no session; one that was ticked as done is.
  @inlinable public var isNothing: Bool {
    guard completed != true, painBefore == nil, painAfter == nil,
      (sets ?? reps ?? holdSeconds ?? minutes) == 0
    else { return false }
    return (sets ?? 0) == 0 && (reps ?? 0) == 0 && (holdSeconds ?? 0) == 0 && (minutes ?? 0) == 0
  }

  /// The fields, in the order of columns.
  @inlinable @inline(__always)
  public mutating func visit<V: FieldVisitor>(_ v: inout V) throws(V.Failure) {
    try v.time(
      &started,
      .init(
        .startedAt, "start of the exercise: day, or local time with offset",
        example: "2026-01-05 07:30", [.required, .key]))
    try v.name(
      &exercise, .init(.exercise, "name of the exercise", example: "Hamstring stretch", .key))
    try v.code(
      &component, .init(.component, "part of the programme", example: "hamstring-stretch"))
    try v.code(&side, .init(.side, "side of the body", example: "", .key))
    try v.number(&sets, ValueRange.amount, .init(.sets, "sets", unit: "count", example: "3"))
    try v.number(
      &reps, ValueRange.amount, .init(.reps, "repetitions a set", unit: "count", example: "1"))
    try v.number(
      &holdSeconds, ValueRange.amount,
      .init(.holdSeconds, "time a repetition is held", unit: "s", example: "30"))
    try v.number(&minutes, ValueRange.amount, .init(.minutes, "duration", unit: "min", example: ""))
    try v.number(
      &rpe, ValueRange.score,
      .init(.rpe, "rating of perceived exertion, 0 to 10", unit: "points", example: "3"))
    try v.flag(&completed, .init(.completed, "whether it was done", example: "yes"))
    try v.number(&loadKilograms, ValueRange.load, .init(.loadKilograms, "weight moved", unit: "kg"))
    try v.number(
      &angleDegrees, ValueRange.angle,
      .init(.angleDegrees, "angle below horizontal on the inversion table", unit: "deg"))
    try v.number(
      &painBefore, ValueRange.score,
      .init(.painBefore, "pain before the exercise, 0 to 10", unit: "points NRS", example: "4"))
    try v.number(
      &painAfter, ValueRange.score,
      .init(.painAfter, "pain after the exercise, 0 to 10", unit: "points NRS", example: "3"))
    try v.name(
      &session,
      .init(.sessionID, "rows with the same one belong to one session", column: "session"))
    try v.integer(&order, .init(.order, "place of the row in its session", unit: "count"))
    try v.text(
      &notes,
      .init(.notes, "free text; empty in de-identified files", example: "went well", .ownWords))
  }
}
