import Records

/// Notes which columns hold a value, and the names whose numbers are not known yet.
struct PresenceSink: ColumnSink {
  private(set) var present = PresentColumns()
  private(set) var unknown: Set<NameID> = []
  /// By name; 0 for those not known.
  private let known: [Int64]
  private var column = 0

  init(known: [Int64]) { self.known = known }

  @inline(__always)
  mutating func put<R: DatedRow>(_ row: R) {
    column = 0
    row.put(into: &self)
  }

  @inline(__always)
  private mutating func note(_ isPresent: Bool) {
    present.note(column, if: isPresent)
    column += 1
  }

  @inline(__always)
  mutating func put(_ value: Int64?) { note(value != nil) }
  @inline(__always)
  mutating func put(_ value: Double?) { note(value != nil) }
  @inline(__always)
  mutating func put(text: TextRange?) { note(text != nil) }

  @inline(__always)
  mutating func put(name: NameID?) {
    note(name != nil)
    guard let name else { return }
    if Int(name.index) >= known.count || known[Int(name.index)] == 0 { unknown.insert(name) }
  }
}

/// Binds the present columns of rows, one row behind the other, to the parameters of an insertion.
struct BindingSink: ColumnSink {
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

  /// - Parameter isNext: whether the place is the one right behind the table's last row, which
  ///   SQLite gives a row without a number, and finds without a search.
  @inline(__always)
  mutating func put<R: DatedRow>(
    _ row: R, at place: RowPlace, isNext: Bool, digest: Int64, copy: Int64
  ) {
    if isNext { statement.bindNull(parameter) } else { statement.bind(parameter, place.number) }
    parameter += 1
    put(always: place.patient)
    put(always: Int64(place.day))
    put(always: digest)
    put(always: copy)
    column = 0
    row.put(into: &self)
    put(always: row.position.line)
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
  mutating func put(_ value: Int64?) {
    guard let parameter = next() else { return }
    if let value { statement.bind(parameter, value) } else { statement.bindNull(parameter) }
  }

  @inline(__always)
  mutating func put(_ value: Double?) {
    guard let parameter = next() else { return }
    if let value { statement.bind(parameter, value) } else { statement.bindNull(parameter) }
  }

  @inline(__always)
  mutating func put(name: NameID?) { put(name.map { names[Int($0.index)] }) }

  @inline(__always)
  mutating func put(text: TextRange?) {
    guard let parameter = next() else { return }
    guard let text else { return statement.bindNull(parameter) }
    let start = Int(text.start)
    statement.bind(
      parameter, unmoved: .init(rebasing: texts[start..<start + Int(text.count)]))
  }
}
