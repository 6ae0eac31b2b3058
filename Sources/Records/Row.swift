/// What is said of a kind of row beside its fields.
public struct KindDeclaration: Sendable {
  /// What files call it.
  public var kind: Kind
  /// The table that keeps its rows.
  public var table: StaticString
  /// Keeps the digests of kinds apart: stored, never changed and never given again.
  public var digestSeed: UInt64
  /// Whether the digest begins with the key, as it was first stored, instead of taking the fields
  /// of the key in their places.
  public var digestsKeyFirst: Bool
  /// What a list of counts calls its rows.
  public var plural: StaticString
  /// What a blank file of it is for, in a few words; nil where nobody writes one by hand.
  public var purpose: StaticString?

  /// A declaration.
  @inlinable
  public init(
    _ kind: Kind, table: StaticString, digestSeed: UInt64, digestsKeyFirst: Bool = false,
    plural: StaticString, purpose: StaticString? = nil
  ) {
    self.kind = kind
    self.table = table
    self.digestSeed = digestSeed
    self.digestsKeyFirst = digestsKeyFirst
    self.plural = plural
    self.purpose = purpose
  }
}

/// A row that belongs to one patient and stands somewhere in a file, of a kind that is declared
/// here and nowhere else.
public protocol Row: Sendable {
  /// The kind.
  static var declaration: KindDeclaration { get }
  /// Where the rows of the kind stand in a set.
  static var rows: WritableKeyPath<RecordSet, [Self]> { get }

  /// Whose row it is.
  var patient: NameID { get set }
  /// Where it stands.
  var position: SourcePosition { get set }
  /// The day it belongs to; nil for what holds over days.
  var belongsTo: Day? { get }

  /// A row that says nothing yet, to be filled by a visitor.
  init(patient: NameID, position: SourcePosition)
  /// Shows a visitor every field but `patient`, which all kinds have.
  mutating func visit<V: FieldVisitor>(_ visitor: inout V) throws(V.Failure)
  /// What does not go together in the row, at the field that is to be blamed; nil when all does.
  var fault: FieldFault? { get }
  /// Whether the row says that nothing was: it is no record then.
  var isNothing: Bool { get }
  /// Brings a row that was just read from a file to the units that it is kept in, and tells what
  /// does not go together in it, names and texts looked at.
  mutating func settle(names: inout NamePool, texts: TextArena) -> FieldFault?
}

extension Row {
  /// What files call the kind.
  @inlinable public static var kind: Kind { declaration.kind }
  /// The table that keeps its rows.
  public static var table: String { "\(declaration.table)" }
  /// Any fields go together.
  @inlinable public var fault: FieldFault? { nil }
  /// Any row is a record.
  @inlinable public var isNothing: Bool { false }
  /// Nothing is to be changed.
  @inlinable
  public mutating func settle(names: inout NamePool, texts: TextArena) -> FieldFault? { fault }
}

/// Fields of a row that do not go together.
public struct FieldFault: Error, Equatable, Sendable {
  /// The field that is to be blamed.
  public var field: Field
  /// Why the row is refused.
  public var reason: RejectionReason

  /// A fault.
  public init(_ field: Field, _ reason: RejectionReason) {
    self.field = field
    self.reason = reason
  }
}

/// A row of a day of its patient, told apart from others by its content: a day may have many, and
/// equal ones.
public protocol DatedRow: Row {
  /// The patient's own day that it counts for.
  var ownDay: Day { get }
  /// Whether rows of one file that are equal to the last field are each meant, as sets are, and not
  /// a slip.
  static var keepsEqualRows: Bool { get }
  /// The source's own name of the row, when it gives one.
  var sourceIdentity: (session: NameID, order: Int64)? { get }
}

extension DatedRow {
  /// The patient's own day.
  @inlinable public var belongsTo: Day? { ownDay }
  /// Equal rows are a slip.
  @inlinable public static var keepsEqualRows: Bool { false }
  /// The source gives no name.
  @inlinable public var sourceIdentity: (session: NameID, order: Int64)? { nil }
}

/// A row of which there is one a key: a later one with the same key takes its place.
public protocol KeyedRow: Row {
  /// Whether each row is of a day, and not of a stretch of days.
  static var isOfDays: Bool { get }
  /// What tells the rows of a patient apart.
  func key(names: NamePool) -> Int64
}
