import GRDBSQLite
import Records

/// Sets the fields of rows from the columns of a table, and notes the first one whose value lumbar
/// never writes.
struct StoredColumns: ColumnVisitor {
  typealias Failure = any Error
  private var values: RowValues?
  private let reader: LogReader
  private var column = 0
  /// The day that the row lies under.
  private var day = Day(number: 0)
  /// Whether names are stored as words, as those of people are, and not by their numbers.
  private let holdsWords: Bool
  /// The first column whose value may not be, by its place.
  private(set) var damaged: Int?

  init(_ reader: LogReader, holdsWords: Bool = false) {
    self.reader = reader
    self.holdsWords = holdsWords
  }

  /// Reads a row.
  ///
  /// - Parameters:
  ///   - values: those of the columns of the kind's fields, then the file and the line.
  ///   - patient: whose row it is.
  ///   - day: the day that it lies under; any for a row that lies under none.
  @inline(__always)
  mutating func read<R: Records.Row>(
    _ values: RowValues, of patient: NameID, on day: Day
  ) throws -> R {
    self.values = values
    self.day = day
    column = 0
    var row = R(patient: patient, position: SourcePosition(line: 0))
    try row.visit(&self)
    if let fault = row.fault, fault.reason == .outOfRange {
      damaged =
        damaged ?? RecordTable.of(R.kind)?.columns.firstIndex { $0.name == fault.field.name }
    }
    let file = sqlite3_value_int64(next())
    row.position = SourcePosition(file: file, line: sqlite3_value_int64(next()))
    return row
  }

  /// Whether a value was read that may not be.
  @inline(__always)
  var isDamaged: Bool { damaged != nil }

  /// The value of the next column.
  @inline(__always)
  private mutating func next() -> OpaquePointer? {
    defer { column += 1 }
    return values?[column]
  }

  /// The value of the next column; nil for NULL, which may not be where a value is required.
  @inline(__always)
  private mutating func next(_ use: FieldUse) -> OpaquePointer? {
    let value = next()
    guard sqlite3_value_type(value) == SQLITE_NULL else { return value }
    if use.traits.contains(.required) { note() }
    return nil
  }

  @inline(__always)
  private mutating func note() { damaged = damaged ?? column - 1 }

  @inline(__always)
  mutating func time(_ value: inout Timestamp, _ use: FieldUse) throws {
    value.day = day
    var at: Int64?
    whole(&at, ValueRange.milliseconds, FieldUse(use.field, ""))
    var clock: Int64?
    whole(&clock, ValueRange.clockCode, FieldUse(use.field, "", .required))
    value.milliseconds = at
    value.clockCode = clock ?? 0
    if !value.isSound { note() }
  }

  @inline(__always)
  mutating func day(_ value: inout Day, _ use: FieldUse) { value = day }

  @inline(__always)
  mutating func whole(_ value: inout Int64?, _ range: ClosedRange<Int64>, _ use: FieldUse) {
    value = next(use).map(sqlite3_value_int64)
    if let number = value, !range.contains(number) {
      note()
      value = nil
    }
  }

  @inline(__always)
  mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) {
    guard let number = next(use).map(sqlite3_value_int64) else { return value = nil }
    value = UInt8(exactly: number).flatMap { C(rawValue: $0) }
    if value == nil { note() }
  }

  /// Neither infinite nor NaN lies in any range.
  @inline(__always)
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {
    value = next(use).map(sqlite3_value_double)
    if let number = value, !range.contains(number) {
      note()
      value = nil
    }
  }

  @inline(__always)
  mutating func name(_ value: inout NameID?, _ use: FieldUse) throws {
    guard let stored = next(use) else { return value = nil }
    value =
      holdsWords
      ? reader.names.intern(StoredColumns.bytes(stored))
      : try reader.name(sqlite3_value_int64(stored))
  }

  @inline(__always)
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) {
    value = next(use).flatMap { reader.texts.append(StoredColumns.bytes($0)) }
  }

  /// Text where it lies.
  @inline(__always)
  private static func bytes(_ value: OpaquePointer) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_value_text(value)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }
}
