/// One flexibility or strength measurement.
public struct Measurement: Sendable {
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

  /// A row that says nothing yet.
  @inlinable
  public init(patient: NameID, position: SourcePosition) {
    self.init(
      patient: patient, day: Day(number: 0), measure: patient, value: 0, position: position)
  }
}

extension Measurement: DatedRow {
  /// The kind.
  @inlinable public static var declaration: KindDeclaration {
    KindDeclaration(
      .flexibility, table: "measurement", digestSeed: 3, plural: "Measurements",
      purpose: "measurements, now and then")
  }
  /// Its column.
  @inlinable public static var rows: WritableKeyPath<RecordSet, [Measurement]> { \.measurements }

  /// The day of the measurement.
  @inlinable public var ownDay: Day { day }

  /// Of a test that lumbar knows, the value comes into the test's own unit; a unit that it is not
  /// measured in is refused. Of any other test the unit is a label.
  public mutating func settle(names: inout NamePool, texts: TextArena) -> FieldFault? {
    guard let unit, let quantity = Quantity.of(measure: names[measure]) else { return nil }
    guard let scale = quantity.scale(from: names[unit]) else {
      return FieldFault(.unit, .unknownUnit)
    }
    value = scale.apply(value)
    self.unit = names.intern(quantity.unit)
    return nil
  }

  /// The fields, in the order of columns.
  @inlinable @inline(__always)
  public mutating func visit<V: FieldVisitor>(_ v: inout V) throws(V.Failure) {
    try v.day(
      &day, .init(.measuredOn, "day of the measurement", example: "2026-01-05", .required))
    try v.name(
      &measure,
      .init(.measure, "test of flexibility or strength", example: "sit_and_reach", .key))
    try v.number(
      &value, ValueRange.any,
      .init(.value, "result of the test", unit: "as in unit", example: "21.5"))
    try v.name(
      &unit,
      .init(.unit, "unit of the value; empty means the test's usual one", example: "cm"))
    try v.code(&side, .init(.side, "side of the body", example: "", .key))
    try v.name(&rater, .init(.rater, "who measured"))
    try v.name(&device, .init(.device, "what it was measured with"))
    try v.integer(&trial, .init(.trial, "number of the trial on that day", unit: "count", .key))
    try v.name(
      &convention, .init(.convention, "how the angle is read: extension or deficit"))
  }
}
