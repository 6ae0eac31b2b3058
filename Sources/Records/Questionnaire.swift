/// One completed questionnaire, as a score or as its items.
public struct Questionnaire: Sendable {
  /// Code of the patient who filled it in.
  public var patient: NameID
  /// The patient's day on which it was completed.
  public var day: Day
  /// Which of the known questionnaires it is; it decides the scale of `score`.
  public var instrument: Instrument
  /// Total as the source gives it, 0-100; nil when there are items only.
  public var score: Double?
  /// Item answers as written, separated by spaces.
  public var items: TextRange?
  /// File and line that the questionnaire was read from.
  public var position: SourcePosition

  /// A questionnaire with nothing but its required fields.
  @inlinable
  public init(patient: NameID, day: Day, instrument: Instrument, position: SourcePosition) {
    self.patient = patient
    self.day = day
    self.instrument = instrument
    self.position = position
  }

  /// A row that says nothing yet.
  @inlinable
  public init(patient: NameID, position: SourcePosition) {
    self.init(patient: patient, day: Day(number: 0), instrument: .odi, position: position)
  }
}

extension Questionnaire: DatedRow {
  /// The kind.
  @inlinable public static var declaration: KindDeclaration {
    KindDeclaration(
      .questionnaires, table: "questionnaire", digestSeed: 8, plural: "Questionnaires")
  }
  /// Its column.
  @inlinable public static var rows: WritableKeyPath<RecordSet, [Questionnaire]> {
    \.questionnaires
  }

  /// The day on which it was answered.
  @inlinable public var ownDay: Day { day }

  /// The fields, in the order of columns.
  @inlinable @inline(__always)
  public mutating func visit<V: FieldVisitor>(_ v: inout V) throws(V.Failure) {
    try v.day(&day, .init(.completedOn, "day the questionnaire was completed", .required))
    try v.code(&instrument, .init(.instrument, "questionnaire", .key))
    try v.number(
      &score, ValueRange.questionnaire,
      .init(.score, "total score of the instrument", unit: "points"))
    try v.text(&items, .init(.items, "answers by number, separated by blanks"))
  }

  /// It has a score, or the answers that make one.
  @inlinable public var fault: FieldFault? {
    score == nil && items == nil ? FieldFault(.score, .missingValue) : nil
  }

  /// A score within the scale of the instrument; without one, answers that make one.
  public mutating func settle(names: inout NamePool, texts: TextArena) -> FieldFault? {
    if let fault { return fault }
    if let score, !instrument.scale.contains(score) { return FieldFault(.score, .outOfRange) }
    guard let items, case .failure(let fault) = instrument.score(items: texts[items]) else {
      return nil
    }
    // What the source scored itself needs no items; wrong ones are wrong all the same.
    return score != nil && fault.reason == .missingValue ? nil : fault
  }
}
