/// One line of the prescribed programme.
public struct ProgramLine: Sendable {
  /// Code of the patient for whom it is prescribed.
  public var patient: NameID
  /// Name of the exercise as the source writes it, by which rows are matched.
  public var exercise: NameID
  /// Part of the programme; every line names one.
  public var component: Component
  /// Weekly quota, 0-100; nil when not given, and not looked at when `weekdays` are set.
  public var sessionsPerWeek: Double?
  /// Prescribed days as bits, Monday the lowest; 0 when the line is a weekly quota.
  public var weekdays: UInt8 = 0
  /// Days from one session to the next, at least 1; nil when not given, and not looked at when
  /// `weekdays` are set.
  public var everyDays: Double?
  /// Prescribed sets a session; nil when not prescribed.
  public var sets: Double?
  /// Prescribed repetitions a set; nil when not prescribed.
  public var reps: Double?
  /// Prescribed seconds a repetition is held; nil when not prescribed.
  public var holdSeconds: Double?
  /// Prescribed minutes a session; nil when not prescribed.
  public var minutes: Double?
  /// Prescribed degrees below horizontal on an inversion table; nil when not prescribed.
  public var angleDegrees: Double?
  /// Side that is to be worked, or both of them; nil takes rows of either side.
  public var side: PrescribedSide?
  /// First day in force; nil means from the patient's first record on.
  public var startOn: Day?
  /// Last day in force, inclusive; nil means until further notice.
  public var endOn: Day?
  /// File and line that the line was read from.
  public var position: SourcePosition

  /// A line with nothing but its required fields.
  @inlinable
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

  /// A row that says nothing yet.
  @inlinable
  public init(patient: NameID, position: SourcePosition) {
    self.init(
      patient: patient, exercise: patient, component: .other, sessionsPerWeek: nil,
      position: position)
  }
}

extension ProgramLine: KeyedRow {
  /// The kind.
  @inlinable public static var declaration: KindDeclaration {
    KindDeclaration(
      .program, table: "program_line", digestSeed: 4, digestsKeyFirst: true,
      plural: "Programme lines",
      purpose: "what was prescribed")
  }
  /// Its column.
  @inlinable public static var rows: WritableKeyPath<RecordSet, [ProgramLine]> { \.program }
  /// A line holds over days.
  public static var isOfDays: Bool { false }

  /// Digest of exercise, side and first day.
  public func key(names: NamePool) -> Int64 { Int64(bitPattern: keyDigest(names: names)) }

  /// Whether it asks for a number of sessions a week, on whatever days.
  public var isQuota: Bool { weekdays == 0 && everyDays == nil }

  /// It holds over days.
  public var belongsTo: Day? { nil }

  /// The fields, in the order of columns.
  @inlinable @inline(__always)
  public mutating func visit<V: FieldVisitor>(_ v: inout V) throws(V.Failure) {
    try v.name(
      &exercise, .init(.exercise, "name of the exercise", example: "Hamstring stretch", .key))
    try v.code(
      &component, .init(.component, "part of the programme", example: "hamstring-stretch"))
    try v.number(
      &sessionsPerWeek, ValueRange.perWeek,
      .init(.sessionsPerWeek, "sessions prescribed a week", unit: "count", example: "7"))
    try v.weekdays(
      &weekdays,
      .init(.weekdays, "days prescribed, Monday first; then the weekly number is ignored"))
    try v.number(
      &everyDays, ValueRange.everyDays,
      .init(.everyDays, "days from one session to the next; then the weekly number is ignored"))
    try v.number(&sets, ValueRange.amount, .init(.sets, "sets", unit: "count", example: "3"))
    try v.number(
      &reps, ValueRange.amount, .init(.reps, "repetitions a set", unit: "count", example: "1"))
    try v.number(
      &holdSeconds, ValueRange.amount,
      .init(.holdSeconds, "time a repetition is held", unit: "s", example: "30"))
    try v.number(&minutes, ValueRange.amount, .init(.minutes, "duration", unit: "min"))
    try v.number(
      &angleDegrees, ValueRange.angle,
      .init(.angleDegrees, "angle below horizontal on the inversion table", unit: "deg"))
    try v.code(&side, .init(.side, "side of the body", example: "", .key))
    try v.date(
      &startOn, .init(.startOn, "first day the line is in force", example: "2026-01-05", .key))
    try v.date(&endOn, .init(.endOn, "last day the line is in force", example: ""))
  }

  /// A line prescribes how often, and does not end before it begins.
  @inlinable public var fault: FieldFault? {
    if weekdays == 0, everyDays == nil, sessionsPerWeek == nil {
      return FieldFault(.sessionsPerWeek, .missingValue)
    }
    if let everyDays, everyDays != everyDays.rounded() {
      return FieldFault(.everyDays, .notANumber)
    }
    if let startOn, let endOn, endOn < startOn { return FieldFault(.endOn, .outOfRange) }
    return nil
  }
}
