/// A number of a day that may go with pain beside exercise: hours of sleep, steps, stress.
///
/// The diary says what it is.
public struct Factor: Sendable {
  /// Code of the patient whose day it is.
  public var patient: NameID
  /// The patient's day.
  public var day: Day
  /// What was counted, as written.
  public var factor: NameID
  /// How much, in `unit`.
  public var value: Double
  /// Unit as written; nil when not given.
  public var unit: NameID?
  /// File and line that the number was read from.
  public var position: SourcePosition

  /// A row that says nothing yet.
  @inlinable
  public init(patient: NameID, position: SourcePosition) {
    self.patient = patient
    day = Day(number: 0)
    factor = patient
    value = 0
    self.position = position
  }
}

extension Factor: DatedRow {
  /// The kind.
  @inlinable public static var declaration: KindDeclaration {
    KindDeclaration(
      .factors, table: "factor", digestSeed: 9, plural: "Factors",
      purpose: "sleep, steps, stress: a number a day")
  }
  /// Its column.
  @inlinable public static var rows: WritableKeyPath<RecordSet, [Factor]> { \.factors }

  /// The day that it is about.
  @inlinable public var ownDay: Day { day }

  /// The fields, in the order of columns.
  @inlinable @inline(__always)
  public mutating func visit<V: FieldVisitor>(_ v: inout V) throws(V.Failure) {
    try v.day(&day, .init(.date, "the day", example: "2026-01-05", .required))
    try v.name(&factor, .init(.factor, "what was counted", example: "sleep", .key))
    try v.number(
      &value, ValueRange.any,
      .init(.value, "how much of it", unit: "as in unit", example: "7.5"))
    try v.name(&unit, .init(.unit, "unit of the value", example: "hours"))
  }
}
