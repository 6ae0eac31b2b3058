/// One entry of a pain diary.
public struct PainEntry: Sendable {
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

  /// A row that says nothing yet.
  @inlinable
  public init(patient: NameID, position: SourcePosition) {
    self.init(
      patient: patient, recorded: Timestamp(day: Day(number: 0)), score: 0, position: position)
  }
}

extension PainEntry: DatedRow {
  /// The kind.
  @inlinable public static var declaration: KindDeclaration {
    KindDeclaration(
      .pain, table: "pain_entry", digestSeed: 2, plural: "Pain entries",
      purpose: "pain from 0 to 10")
  }
  /// Its column.
  @inlinable public static var rows: WritableKeyPath<RecordSet, [PainEntry]> { \.pain }

  /// The day on which the pain was noted.
  @inlinable public var ownDay: Day { recorded.day }

  /// The fields, in the order of columns.
  @inlinable @inline(__always)
  public mutating func visit<V: FieldVisitor>(_ v: inout V) throws(V.Failure) {
    try v.time(
      &recorded,
      .init(
        .recordedAt, "when the pain was recorded: day, or local time with offset",
        example: "2026-01-05 20:00", [.required, .key]))
    try v.number(
      &score, ValueRange.any,
      .init(.score, "pain; 0 to 10 unless a scale is named", unit: "points", example: "4"))
    try v.code(&kind, .init(.kind, "what the score is about", example: "average", .key))
    try v.name(
      &location,
      .init(.location, "where it hurts; empty means the back", example: "lower back", .key))
    try v.name(&scale, .init(.scale, "scale of the score; empty means 0 to 10 (NRS)"))
    try v.flag(&flare, .init(.flare, "whether the person calls it a flare"))
    try v.text(
      &notes, .init(.notes, "free text; empty in de-identified files", example: "", .ownWords))
  }

  /// A score without a scale is one of 0 to 10.
  @inlinable public var fault: FieldFault? {
    scale == nil && !ValueRange.score.contains(score) ? FieldFault(.score, .outOfRange) : nil
  }
}
