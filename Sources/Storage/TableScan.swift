import GRDB

/// Steps through the rows of a table in the order of their numbers.
protocol StoredRows {
  associatedtype Columns: StoredColumns
  /// Goes to the first row from a number on; `step` then runs to it.
  func seek(_ first: Int64) throws
  /// Runs to the next row.
  ///
  /// - Returns: whether there is one.
  func step() throws -> Bool
  /// The number of the row.
  var number: Int64 { get }
  /// The row's columns from one on; those are read before the next step.
  func columns(from first: Int) -> Columns
  /// Lets go of the row.
  func reset()
  /// How many rows there are from the one on that was gone to, roughly; 0 where nobody knows.
  var estimatedCount: Int { get }
}

/// The columns of a row, each read once, from left to right.
protocol StoredColumns {
  mutating func integer() -> Int64?
  mutating func number() -> Double?
  /// Text, in place until the next step; no bytes for NULL.
  mutating func text() -> UnsafeBufferPointer<UInt8>
  /// Whether a column was asked for that does not lie within its row.
  var isDamaged: Bool { get }
}

/// Reads the rows of a table straight from the pages of the file, a page at a time: some six times as
/// fast as a statement, whose virtual machine looks up every column of every row.
///
/// Damage is an error, never a stretch of memory that is not the page's.
final class TableScan: StoredRows {
  /// A page with rows, and the last number that it may hold.
  private struct Leaf {
    var last: Int64
    var page: Int
  }

  private let pages: DatabasePages
  private let leaves: [Leaf]
  /// One page, with room behind it: a last header may be read over its end.
  private let page: UnsafeMutableRawBufferPointer
  private let bytes: UnsafePointer<UInt8>
  /// The place of the page in memory among the leaves.
  private var leaf = -1
  private var cell = 0
  private var cells = 0
  private(set) var number: Int64 = 0
  /// The current record, within its page or put together from a chain of pages.
  private var record: UnsafePointer<UInt8>
  private var payload = 0
  private var chained = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// - Parameters:
  ///   - pages: of a transaction that lasts as long as this scan.
  ///   - root: the table's first page.
  init(_ pages: DatabasePages, root: Int) throws {
    self.pages = pages
    page = .allocate(byteCount: pages.size + 32, alignment: 16)
    page.initializeMemory(as: UInt8.self, repeating: 0)
    guard let base = page.baseAddress else { throw DatabasePages.NotPossible() }
    bytes = UnsafePointer(base.assumingMemoryBound(to: UInt8.self))
    record = bytes
    leaves = try TableScan.leaves(pages, root: root, page, bytes)
  }

  deinit {
    page.deallocate()
    chained.deallocate()
  }

  /// The pages with rows, in their order. O(pages above them).
  private static func leaves(
    _ pages: DatabasePages, root: Int, _ page: UnsafeMutableRawBufferPointer,
    _ bytes: UnsafePointer<UInt8>
  ) throws -> [Leaf] {
    var level = [Leaf(last: .max, page: root)]
    // A tree of more levels than this would not fit on any disk.
    for _ in 0..<20 {
      try read(pages, level[0].page, page)
      if bytes[header(level[0].page)] == 13 { return level }
      var below: [Leaf] = []
      for above in level {
        try read(pages, above.page, page)
        let start = header(above.page)
        let cells = bytes.two(start + 3)
        guard bytes[start] == 5, start + 12 + 2 * cells <= pages.usable,
          below.count + cells < pages.count
        else { throw damage(above.page) }
        for cell in 0..<cells {
          var position = bytes.two(start + 12 + 2 * cell)
          guard position <= pages.usable - 5 else { throw damage(above.page) }
          let child = bytes.four(position)
          position += 4
          below.append(Leaf(last: bytes.varint(&position), page: child))
        }
        below.append(Leaf(last: above.last, page: bytes.four(start + 8)))
      }
      level = below
    }
    throw damage(root)
  }

  private static func read(
    _ pages: DatabasePages, _ number: Int, _ page: UnsafeMutableRawBufferPointer
  ) throws {
    guard number >= 1, number <= pages.count else { throw damage(number) }
    try pages.read(number, into: .init(rebasing: page[..<pages.size]))
  }

  /// Where the header of a page's tree begins: the file's own comes before it on the first page.
  private static func header(_ page: Int) -> Int { page == 1 ? 100 : 0 }

  private static func damage(_ page: Int) -> any Error {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "page \(page) is malformed")
  }

  private func load(_ leaf: Int) throws {
    if self.leaf == leaf { return }
    self.leaf = -1
    let number = leaves[leaf].page
    try TableScan.read(pages, number, page)
    let start = TableScan.header(number)
    cells = bytes.two(start + 3)
    guard bytes[start] == 13, start + 8 + 2 * cells <= pages.usable else {
      throw TableScan.damage(number)
    }
    self.leaf = leaf
  }

  /// Where a cell of the page in memory begins.
  @inline(__always)
  private func start(_ cell: Int) throws -> Int {
    let number = leaves[leaf].page
    let start = bytes.two(TableScan.header(number) + 8 + 2 * cell)
    guard start <= pages.usable - 4 else { throw TableScan.damage(number) }
    return start
  }

  func seek(_ first: Int64) throws {
    var low = 0
    var high = leaves.count - 1
    while low < high {
      let middle = (low + high) / 2
      if leaves[middle].last < first { low = middle + 1 } else { high = middle }
    }
    try load(low)
    low = 0
    high = cells
    while low < high {
      let middle = (low + high) / 2
      var position = try start(middle)
      _ = bytes.varint(&position)
      if bytes.varint(&position) < first { low = middle + 1 } else { high = middle }
    }
    cell = low
  }

  @inline(__always)
  func step() throws -> Bool {
    while cell >= cells {
      guard leaf + 1 < leaves.count else { return false }
      try load(leaf + 1)
      cell = 0
    }
    var position = try start(cell)
    let payload = bytes.varint(&position)
    number = bytes.varint(&position)
    record = bytes + position
    guard payload > 0, payload < 1 << 31 else { throw TableScan.damage(leaves[leaf].page) }
    if position + Int(payload) > pages.usable || payload > pages.usable - 35 {
      try putTogether(position, Int(payload))
    }
    self.payload = Int(payload)
    cell += 1
    return true
  }

  @inline(__always)
  func columns(from first: Int) -> RecordColumns {
    RecordColumns(record, payload, from: first)
  }

  /// Copies a record that does not fit its page from the pages that it goes on in.
  private func putTogether(_ position: Int, _ payload: Int) throws {
    let number = leaves[leaf].page
    let local = pages.local(payload, isTable: true)
    guard local < payload, position + local + 4 <= pages.usable,
      (payload - local) / (pages.usable - 4) < pages.count
    else { throw TableScan.damage(number) }
    if chained.count < payload + 32 {
      chained.deallocate()
      // A header may be read over the record's end.
      chained = .allocate(byteCount: 2 * payload + 32, alignment: 16)
      chained.initializeMemory(as: UInt8.self, repeating: 0)
    }
    chained.copyMemory(from: .init(rebasing: page[position..<position + local]))
    let further = UnsafeMutableRawBufferPointer.allocate(byteCount: pages.size, alignment: 16)
    defer { further.deallocate() }
    var next = bytes.four(position + local)
    var filled = local
    while filled < payload {
      try TableScan.read(pages, next, further)
      let count = min(payload - filled, pages.usable - 4)
      UnsafeMutableRawBufferPointer(rebasing: chained[filled...])
        .copyMemory(from: .init(rebasing: further[4..<4 + count]))
      filled += count
      next = Int(further.loadUnaligned(as: UInt32.self).bigEndian)
    }
    if let base = chained.baseAddress {
      record = UnsafePointer(base.assumingMemoryBound(to: UInt8.self))
    }
  }

  func reset() {}

  /// As if every page from the one in memory on held as many.
  var estimatedCount: Int { leaf < 0 ? 0 : cells * (leaves.count - leaf) }
}

/// The columns of a record in memory: types stand one after the other in its header, values behind it.
struct RecordColumns: StoredColumns {
  private var header: UnsafePointer<UInt8>
  private let endOfHeader: UnsafePointer<UInt8>
  private var value: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private(set) var isDamaged: Bool

  /// - Parameters:
  ///   - record: followed by memory of 16 bytes at least.
  ///   - count: its bytes.
  ///   - first: the column that is read first.
  @inline(__always)
  init(_ record: UnsafePointer<UInt8>, _ count: Int, from first: Int) {
    var position = 0
    let header = Int(truncatingIfNeeded: record.varint(&position))
    isDamaged = header < position || header > count
    self.header = record + position
    endOfHeader = isDamaged ? self.header : record + header
    value = endOfHeader
    end = isDamaged ? self.header : record + count
    for _ in 0..<first { skip() }
  }

  /// Goes behind a column.
  @inline(__always)
  private mutating func skip() {
    guard header < endOfHeader else { return }
    let type = header[0]
    if type < 10 {
      // Checked where a column is read.
      header += 1
      value += SerialType.lengthOfNumber(Int64(type))
    } else {
      pass(nextType())
    }
  }

  /// The type of the next column; that of NULL behind the last one, for columns that were added later.
  @inline(__always)
  private mutating func nextType() -> Int64 {
    guard header < endOfHeader else { return 0 }
    var position = 0
    let type = header.varint(&position)
    header += position
    return type
  }

  /// Goes behind a value.
  ///
  /// - Returns: its bytes, all of them the record's.
  @inline(__always)
  @discardableResult
  private mutating func pass(_ type: Int64) -> UnsafeBufferPointer<UInt8> {
    guard let count = SerialType.length(type), count <= end - value else {
      isDamaged = true
      return .init(start: nil, count: 0)
    }
    defer { value += count }
    return .init(start: value, count: count)
  }

  /// A number as it is stored; 0 for text.
  @inline(__always)
  private mutating func bits(_ type: Int64) -> Int64 {
    if type >= 8 {
      if type >= 10 { pass(type) }
      return type == 9 ? 1 : 0
    }
    let count = SerialType.lengthOfNumber(type)
    guard count <= end - value else {
      isDamaged = true
      return 0
    }
    // Behind a record, too, there is room for a word.
    let word = UnsafeRawPointer(value).loadUnaligned(as: Int64.self)
    value += count
    return Int64(bigEndian: word) &>> (64 &- 8 &* Int64(count))
  }

  @inline(__always)
  mutating func integer() -> Int64? {
    let type = nextType()
    return type == 0 ? nil : bits(type)
  }

  @inline(__always)
  mutating func number() -> Double? {
    let type = nextType()
    if type == 0 { return nil }
    let bits = bits(type)
    return type == 7 ? Double(bitPattern: UInt64(bitPattern: bits)) : Double(bits)
  }

  @inline(__always)
  mutating func text() -> UnsafeBufferPointer<UInt8> {
    let type = nextType()
    if type == 0 { return .init(start: nil, count: 0) }
    let bytes = pass(type)
    return type < 12 ? .init(start: nil, count: 0) : bytes
  }
}

extension RawStatement: StoredRows {
  /// The first parameter is the number of the first row.
  func seek(_ first: Int64) {
    reset()
    bind(1, first)
  }

  /// Column 0 is the number of the row.
  var number: Int64 { integer(0) }

  var estimatedCount: Int { 0 }

  @inline(__always)
  func columns(from first: Int) -> StatementColumns { StatementColumns(self, next: first) }
}

/// The columns of a statement's row.
struct StatementColumns: StoredColumns {
  private let statement: RawStatement
  private var column: Int
  let isDamaged = false

  @inline(__always)
  init(_ statement: RawStatement, next: Int) {
    self.statement = statement
    column = next
  }

  @inline(__always)
  mutating func integer() -> Int64? {
    defer { column += 1 }
    return statement.optionalInteger(column)
  }

  @inline(__always)
  mutating func number() -> Double? {
    defer { column += 1 }
    return statement.optionalNumber(column)
  }

  @inline(__always)
  mutating func text() -> UnsafeBufferPointer<UInt8> {
    defer { column += 1 }
    return statement.bytes(column)
  }
}
