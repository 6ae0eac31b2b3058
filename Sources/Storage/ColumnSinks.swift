import Records

/// Which columns of a table hold a value in any row of a batch; the others need not be written.
struct PresentColumns: Hashable {
  private var bits: UInt32 = 0

  @inline(__always)
  func contains(_ column: Int) -> Bool { bits >> UInt32(column) & 1 == 1 }

  @inline(__always)
  mutating func note(_ column: Int, if isPresent: Bool) {
    bits |= (isPresent ? 1 : 0) << UInt32(column)
  }

  /// All columns.
  static let all = PresentColumns(bits: .max)

  init() {}
  private init(bits: UInt32) { self.bits = bits }
}

/// Notes which columns of rows hold a value, and the names whose numbers are not known yet.
struct PresenceSink: ColumnVisitor {
  typealias Failure = Never
  private(set) var present = PresentColumns()
  private(set) var unknown: Set<NameID> = []
  /// By name; 0 for those not known.
  private let known: [Int64]
  private var column = 0

  init(known: [Int64]) { self.known = known }

  @inline(__always)
  mutating func put(_ row: some Row) {
    var row = row
    column = 0
    row.visit(&self)
  }

  @inline(__always)
  private mutating func note(_ isPresent: Bool) {
    present.note(column, if: isPresent)
    column += 1
  }

  @inline(__always)
  mutating func whole(_ value: inout Int64?, _ range: ClosedRange<Int64>, _ use: FieldUse) {
    note(value != nil)
  }

  @inline(__always)
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {
    note(value != nil)
  }

  @inline(__always)
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) { note(value != nil) }

  @inline(__always)
  mutating func name(_ value: inout NameID?, _ use: FieldUse) {
    note(value != nil)
    guard let name = value else { return }
    if Int(name.index) >= known.count || known[Int(name.index)] == 0 { unknown.insert(name) }
  }
}

/// Binds the present columns of rows, one row behind the other, to the parameters of an insertion.
struct BindingSink: ColumnVisitor {
  typealias Failure = Never
  private let statement: RawStatement
  private let present: PresentColumns
  /// The database's numbers of names.
  private let names: UnsafeBufferPointer<Int64>
  private let texts: UnsafeBufferPointer<UInt8>
  private var parameter: Int32 = 1
  private var column = 0

  init(
    statement: RawStatement, present: PresentColumns, names: UnsafeBufferPointer<Int64>,
    texts: UnsafeBufferPointer<UInt8>
  ) {
    self.statement = statement
    self.present = present
    self.names = names
    self.texts = texts
  }

  /// Binds a row of a dated table.
  ///
  /// - Parameter isNext: whether the place is the one right behind the table's last row, which
  ///   SQLite gives a row without a number, and finds without a search.
  @inline(__always)
  mutating func put(
    _ row: some DatedRow, at place: RowPlace, isNext: Bool, digest: Int64, copy: Int64
  ) {
    if isNext { statement.bindNull(parameter) } else { statement.bind(parameter, place.number) }
    parameter += 1
    put(always: place.patient)
    put(always: Int64(place.day))
    put(always: digest)
    put(always: copy)
    put(fields: row)
    put(always: row.position.line)
  }

  /// Binds a row of a table with keys.
  mutating func put(
    _ row: some KeyedRow, of patient: Int64, key: Int64, digest: Int64, from file: Int64
  ) {
    put(always: patient)
    put(always: key)
    if let day = row.belongsTo { put(always: Int64(day.number)) }
    put(always: digest)
    put(fields: row)
    put(always: file)
    put(always: row.position.line)
  }

  @inline(__always)
  private mutating func put(fields row: some Row) {
    var row = row
    column = 0
    row.visit(&self)
  }

  /// Runs the statement; the next row is bound from its first parameter.
  ///
  /// - Returns: how many rows it changed.
  @inline(__always)
  mutating func run() throws -> Int {
    parameter = 1
    return try statement.runBound()
  }

  @inline(__always)
  private mutating func put(always value: Int64) {
    statement.bind(parameter, value)
    parameter += 1
  }

  /// The parameter of the next column; nil when no row of the batch fills it.
  @inline(__always)
  private mutating func next() -> Int32? {
    defer { column += 1 }
    guard present.contains(column) else { return nil }
    defer { parameter += 1 }
    return parameter
  }

  @inline(__always)
  mutating func whole(_ value: inout Int64?, _ range: ClosedRange<Int64>, _ use: FieldUse) {
    guard let parameter = next() else { return }
    if let value { statement.bind(parameter, value) } else { statement.bindNull(parameter) }
  }

  @inline(__always)
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {
    guard let parameter = next() else { return }
    if let value { statement.bind(parameter, value) } else { statement.bindNull(parameter) }
  }

  @inline(__always)
  mutating func name(_ value: inout NameID?, _ use: FieldUse) {
    guard let parameter = next() else { return }
    if let value {
      statement.bind(parameter, names[Int(value.index)])
    } else {
      statement.bindNull(parameter)
    }
  }

  @inline(__always)
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) {
    guard let parameter = next() else { return }
    guard let text = value else { return statement.bindNull(parameter) }
    let start = Int(text.start)
    statement.bind(
      parameter, unmoved: .init(rebasing: texts[start..<start + Int(text.count)]))
  }
}
