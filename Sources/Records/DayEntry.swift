/// What a patient or a clinic says about a whole day.
public struct DayEntry: Sendable {
  /// Code of the patient whose day it is.
  public var patient: NameID
  /// The patient's day; it holds one status, and one for each
  /// exercise; a later one changes it.
  public var day: Day
  /// What the day was; every status but bed rest lifts what was due.
  public var status: DayStatus
  /// The exercise that it holds for, as a skipped habit; nil for all.
  public var exercise: NameID?
  /// Hours of the day that the status is about, 0-24; nil when not given.
  public var hours: Double?
  /// Free text, in the arena that comes with the entry; nil for none.
  public var reason: TextRange?
  /// File and line that the entry was read from.
  public var position: SourcePosition

  /// An entry with nothing but its required fields.
  @inlinable
  public init(patient: NameID, day: Day, status: DayStatus, position: SourcePosition) {
    self.patient = patient
    self.day = day
    self.status = status
    self.position = position
  }

  /// A row that says nothing yet.
  @inlinable
  public init(patient: NameID, position: SourcePosition) {
    self.init(patient: patient, day: Day(number: 0), status: .excused, position: position)
  }
}

extension DayEntry: KeyedRow {
  /// The kind.
  @inlinable public static var declaration: KindDeclaration {
    KindDeclaration(
      .days, table: "day_entry", digestSeed: 6, plural: "Day statuses",
      purpose: "days of rest, illness or travel")
  }
  /// Its column.
  @inlinable public static var rows: WritableKeyPath<RecordSet, [DayEntry]> { \.days }
  /// A status is of a day.
  public static var isOfDays: Bool { true }

  /// The day's number: a patient's day has one status. One for an exercise alone is another; its
  /// key is far from any day's number.
  public func key(names: NamePool) -> Int64 {
    guard let exercise else { return Int64(day.number) }
    return Int64(bitPattern: names.digest(exercise) &+ UInt64(bitPattern: Int64(day.number)))
  }

  /// Its day.
  public var belongsTo: Day? { day }

  /// The fields, in the order of columns.
  @inlinable @inline(__always)
  public mutating func visit<V: FieldVisitor>(_ v: inout V) throws(V.Failure) {
    try v.day(&day, .init(.date, "the day", example: "2026-01-06", .required))
    try v.code(&status, .init(.status, "status of the day", example: "rest"))
    try v.name(
      &exercise, .init(.exercise, "exercise that it is about; empty for the whole day", .key))
    try v.number(
      &hours, ValueRange.hours,
      .init(.hours, "hours of the day it is about", unit: "h", example: ""))
    try v.text(
      &reason, .init(.reason, "free text; empty in de-identified files", example: "", .ownWords))
  }
}
