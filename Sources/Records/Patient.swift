/// A person. Only the code is required; the code, not the name, tells people apart.
public struct Patient: Sendable {
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
  @inlinable
  public init(patient: NameID, position: SourcePosition) {
    self.patient = patient
    self.position = position
  }
}

extension Patient: Row {
  /// The kind.
  @inlinable public static var declaration: KindDeclaration {
    KindDeclaration(
      .patients, table: "patient", digestSeed: 7, plural: "Patients")
  }
  /// Its column.
  @inlinable public static var rows: WritableKeyPath<RecordSet, [Patient]> { \.patients }

  /// What is said of a person holds over days.
  public var belongsTo: Day? { nil }

  /// The fields, in the order of columns.
  @inlinable @inline(__always)
  public mutating func visit<V: FieldVisitor>(_ v: inout V) throws(V.Failure) {
    try v.name(&name, .init(.name, "name; empty in de-identified files"))
    try v.name(
      &zone, .init(.timezone, "time zone (IANA); empty in de-identified files", column: "zone"))
    try v.name(&sex, .init(.sex, "sex as entered; empty where fewer than 5 people share it"))
    try v.name(
      &language, .init(.language, "language as entered; empty where fewer than 5 people share it"))
  }
}
