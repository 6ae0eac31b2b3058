import GRDB

/// Steps through the rows of a table in the order of their numbers.
protocol StoredRows: StoredRow {
  /// Goes to the first row from a number on; `step` then runs to it.
  func seek(_ first: Int64) throws
  /// Runs to the next row.
  ///
  /// - Returns: whether there is one.
  func step() throws -> Bool
  /// Lets go of the row.
  func reset()
}

/// A row of a table, columns by their places in it. Column 0 is the row's number.
protocol StoredRow {
  func integer(_ column: Int) -> Int64
  func optionalInteger(_ column: Int) -> Int64?
  func optionalNumber(_ column: Int) -> Double?
  /// Text of a column, in place until the next step; no bytes for NULL.
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>
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
  private let columns: Int
  private let leaves: [Leaf]
  /// One page, with room behind it: a last header may be read over its end.
  private let page: UnsafeMutableRawBufferPointer
  private let bytes: UnsafePointer<UInt8>
  /// By column of the current row: type, first byte and length; one of the layouts.
  private var values: UnsafeMutablePointer<Value>
  private struct Value {
    var type: UInt8 = 0
    var start: Int32 = 0
    var count: Int32 = 0
  }

  /// The columns of records by their headers: the rows of a table share a few.
  private let layouts: UnsafeMutablePointer<Value>
  private var known = [KnownLayout](repeating: KnownLayout(), count: TableScan.layoutCount)
  private static let layoutCount = 1 << layoutBits
  private static let layoutBits: UInt64 = 8
  private struct KnownLayout {
    var header = SIMD4<UInt64>()
    /// Bytes of the whole record; 0 for none.
    var length = 0
  }

  /// The place of the page in memory among the leaves.
  private var leaf = -1
  private var cell = 0
  private var cells = 0
  private var number: Int64 = 0
  /// The current record, within its page or put together from a chain of pages.
  private var record: UnsafePointer<UInt8>
  private var chained = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// - Parameters:
  ///   - pages: of a transaction that lasts as long as this scan.
  ///   - root: the table's first page.
  ///   - columns: how many the table has.
  init(_ pages: DatabasePages, root: Int, columns: Int) throws {
    self.pages = pages
    self.columns = columns
    page = .allocate(byteCount: pages.size + 32, alignment: 16)
    page.initializeMemory(as: UInt8.self, repeating: 0)
    guard let base = page.baseAddress else { throw DatabasePages.NotPossible() }
    bytes = UnsafePointer(base.assumingMemoryBound(to: UInt8.self))
    record = bytes
    let places = (TableScan.layoutCount + 1) * columns
    layouts = .allocate(capacity: places)
    layouts.initialize(repeating: Value(), count: places)
    values = layouts
    leaves = try TableScan.leaves(pages, root: root, page, bytes)
  }

  deinit {
    page.deallocate()
    chained.deallocate()
    layouts.deallocate()
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
    guard layOut(Int(payload)) else { throw TableScan.damage(leaves[leaf].page) }
    cell += 1
    return true
  }

  /// Finds the columns of the current record; false when its header does not fit its length.
  @inline(__always)
  private func layOut(_ payload: Int) -> Bool {
    var position = 0
    let header = Int(truncatingIfNeeded: record.varint(&position))
    guard header > 0, header <= payload else { return false }
    guard header <= RecordHeader.most else {
      // The last layout is that of records with longer headers.
      values = layouts + TableScan.layoutCount * columns
      return layOut(header, from: position) <= payload
    }
    let words = RecordHeader.words(record, header)
    let slot = RecordHeader.slot(words, bits: TableScan.layoutBits)
    values = layouts + slot * columns
    if known[slot].length > 0, known[slot].header == words { return known[slot].length <= payload }
    known[slot] = KnownLayout(header: words, length: layOut(header, from: position))
    return known[slot].length <= payload
  }

  /// Lays the columns out by a header.
  ///
  /// - Returns: the bytes of the record; more than any has when the header is broken.
  private func layOut(_ header: Int, from first: Int) -> Int {
    var position = first
    var start = header
    var column = 0
    while position < header, column < columns {
      let type = record.varint(&position)
      guard let count = SerialType.length(type), count < 1 << 31 - start else { return .max }
      values[column] = Value(
        type: UInt8(truncatingIfNeeded: min(type, 12)), start: Int32(start), count: Int32(count))
      start += count
      column += 1
    }
    while column < columns {
      values[column] = Value()
      column += 1
    }
    return start
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

  @inline(__always)
  func integer(_ column: Int) -> Int64 {
    column == 0 ? number : integer(values[column])
  }

  @inline(__always)
  func optionalInteger(_ column: Int) -> Int64? {
    values[column].type == 0 ? nil : integer(values[column])
  }

  @inline(__always)
  func optionalNumber(_ column: Int) -> Double? {
    let value = values[column]
    switch value.type {
    case 0: return nil
    case 7: return Double(bitPattern: UInt64(bitPattern: bigEndian(value)))
    default: return Double(integer(value))
    }
  }

  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let value = values[column]
    guard value.type == 12 else { return .init(start: nil, count: 0) }
    return .init(start: record + Int(value.start), count: Int(value.count))
  }

  @inline(__always)
  private func integer(_ value: Value) -> Int64 {
    switch value.type {
    case 1...6: bigEndian(value)
    case 9: 1
    default: 0
    }
  }

  /// A whole number of one to eight bytes.
  @inline(__always)
  private func bigEndian(_ value: Value) -> Int64 {
    // Behind a record, too, there is room for a word.
    let word = UnsafeRawPointer(record + Int(value.start)).loadUnaligned(as: Int64.self)
    return Int64(bigEndian: word) >> (64 - 8 * Int64(value.count))
  }
}

extension RawStatement: StoredRows {
  /// The first parameter is the number of the first row.
  func seek(_ first: Int64) {
    reset()
    bind(1, first)
  }
}
