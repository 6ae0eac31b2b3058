/// How a kind of row uses a field: what it says there, and how that is kept.
public struct FieldUse: Sendable {
  /// What is true of a field beside its type.
  public struct Traits: OptionSet, Sendable {
    /// One bit a trait.
    public let rawValue: UInt8
    /// The set of such bits.
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Without it a row says nothing.
    @inlinable public static var required: Traits { Traits(rawValue: 1) }
    /// It is part of the natural key: rows of a day that agree in these are about the same thing.
    @inlinable public static var key: Traits { Traits(rawValue: 2) }
    /// It is a text in the person's own words, which may name anybody.
    @inlinable public static var ownWords: Traits { Traits(rawValue: 4) }
  }

  /// The field in files.
  public let field: Field
  /// What it says, in a few words; for who gets the files without the program.
  public let meaning: StaticString
  /// Its unit; empty where it has none.
  public let unit: StaticString
  /// What a blank file shows there; nil where a blank file does without the field.
  public let example: StaticString?
  /// Its column in the database; nil where it is called as the field.
  public let column: StaticString?
  /// What else is true of it.
  public var traits: Traits

  /// A use of a field.
  @inlinable
  public init(
    _ field: Field, _ meaning: StaticString, unit: StaticString = "",
    example: StaticString? = nil, column: StaticString? = nil, _ traits: Traits = []
  ) {
    self.field = field
    self.meaning = meaning
    self.unit = unit
    self.example = example
    self.column = column
    self.traits = traits
  }

  /// The same use, without which a row says nothing.
  @inlinable
  public var required: FieldUse {
    var use = self
    use.traits.insert(.required)
    return use
  }

  /// Its column in the database.
  public var columnName: String { column.map { "\($0)" } ?? field.name }
}

/// Walks over the fields of a row in the order of its columns: reads them, sets them, or only looks
/// at how they are used.
///
/// A row names its fields once, in `Row.visit`; whatever is done with all fields of all kinds is a
/// visitor. The compiler makes a function of each visitor and kind, without a list at run time.
public protocol FieldVisitor {
  /// What it may throw.
  associatedtype Failure: Error
  /// When the row was: a day, and perhaps a time of it. Every row of a diary has one.
  mutating func time(_ value: inout Timestamp, _ use: FieldUse) throws(Failure)
  /// The day that the row is about, where it names no time.
  mutating func day(_ value: inout Day, _ use: FieldUse) throws(Failure)
  /// Another day, which may lie ahead.
  mutating func date(_ value: inout Day?, _ use: FieldUse) throws(Failure)
  /// A number with decimals.
  mutating func number(
    _ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse
  ) throws(Failure)
  /// A whole number.
  mutating func integer(_ value: inout Int64?, _ use: FieldUse) throws(Failure)
  /// Yes or no.
  mutating func flag(_ value: inout Bool?, _ use: FieldUse) throws(Failure)
  /// A word of a closed vocabulary.
  mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) throws(Failure)
  /// Days of the week as bits, Monday the lowest; 0 for none.
  mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) throws(Failure)
  /// A name that many rows share.
  mutating func name(_ value: inout NameID?, _ use: FieldUse) throws(Failure)
  /// A text.
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) throws(Failure)
}

// What a row cannot be without: visited as if it could be absent, and marked as required.
extension FieldVisitor {
  /// A number that is never absent.
  @inlinable @inline(__always)
  public mutating func number(
    _ value: inout Double, _ range: ClosedRange<Double>, _ use: FieldUse
  ) throws(Failure) {
    var given: Double? = value
    try number(&given, range, use.required)
    if let given { value = given }
  }

  /// A code that is never absent.
  @inlinable @inline(__always)
  public mutating func code<C: Code>(_ value: inout C, _ use: FieldUse) throws(Failure) {
    var given: C? = value
    try code(&given, use.required)
    if let given { value = given }
  }

  /// A name that is never absent.
  @inlinable @inline(__always)
  public mutating func name(_ value: inout NameID, _ use: FieldUse) throws(Failure) {
    var given: NameID? = value
    try name(&given, use.required)
    if let given { value = given }
  }
}

/// A visitor of rows as the database keeps them: every field is one column of integers, numbers,
/// names or texts, a time two.
///
/// The day of a row is no column of its own: rows lie under it.
public protocol ColumnVisitor: FieldVisitor {
  /// A whole number, a code's number, a flag, a day's number.
  mutating func whole(
    _ value: inout Int64?, _ range: ClosedRange<Int64>, _ use: FieldUse
  ) throws(Failure)
}

extension ColumnVisitor {
  /// Milliseconds, NULL where only the day is known, and the clock in one number.
  @inlinable @inline(__always)
  public mutating func time(_ value: inout Timestamp, _ use: FieldUse) throws(Failure) {
    try whole(
      &value.milliseconds, ValueRange.milliseconds,
      FieldUse(use.field, "", column: "at", use.traits.subtracting(.required)))
    var clock: Int64? = value.clockCode
    try whole(&clock, ValueRange.clockCode, FieldUse(use.field, "", column: "offset", .required))
    value.clockCode = clock ?? 0
  }

  /// No column.
  @inlinable @inline(__always)
  public mutating func day(_ value: inout Day, _ use: FieldUse) throws(Failure) {}

  /// The day's number.
  @inlinable @inline(__always)
  public mutating func date(_ value: inout Day?, _ use: FieldUse) throws(Failure) {
    var number = value.map { Int64($0.number) }
    try whole(&number, ValueRange.days, use)
    value = number.map { Day(number: Int32(truncatingIfNeeded: $0)) }
  }

  /// Any whole number.
  @inlinable @inline(__always)
  public mutating func integer(_ value: inout Int64?, _ use: FieldUse) throws(Failure) {
    try whole(&value, ValueRange.whole, use)
  }

  /// 0 or 1.
  @inlinable @inline(__always)
  public mutating func flag(_ value: inout Bool?, _ use: FieldUse) throws(Failure) {
    var number: Int64? = value.map { $0 ? 1 : 0 }
    try whole(&number, 0...1, use)
    value = number.map { $0 != 0 }
  }

  /// The code's number, from 1.
  @inlinable @inline(__always)
  public mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) throws(Failure) {
    var number = value.map { Int64($0.rawValue) }
    try whole(&number, 1...255, use)
    value = number.flatMap { C(rawValue: UInt8(truncatingIfNeeded: $0)) }
  }

  /// The bits, 0 for none.
  @inlinable @inline(__always)
  public mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) throws(Failure) {
    var bits: Int64? = Int64(value)
    try whole(&bits, ValueRange.weekdays, use.required)
    value = UInt8(truncatingIfNeeded: bits ?? 0)
  }
}
