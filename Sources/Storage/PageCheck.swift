import GRDB
import GRDBSQLite

/// Looks through the pages of a database file in the order in which they lie, some twenty times as
/// fast as SQLite's own check: every page in use is referred to once, by a page of the right kind;
/// cells lie apart within their page, table rows ascend within and over pages, each record is as long
/// as its header says, and its values are of the types that the table declares, NULL only where it may
/// be. Tables without row numbers, which are small, are looked at by SQLite as well.
///
/// Source: SQLite's file format, https://www.sqlite.org/fileformat2.html.
struct PageCheck {
  /// What a page is for.
  private enum Use: UInt8 { case none, tree, overflow, free }

  private struct Damage: Error {
    var cause: String
  }

  private let pages: DatabasePages
  /// By page number: what other pages take it for, and what it is.
  private var expected: [UInt8]
  private var found: [UInt8]
  /// By page number: the rows that the page above allows it, and those that it holds.
  private var allowed: [ClosedRange<Int64>]
  private var held: [ClosedRange<Int64>?]
  private var overflowPagesOwed = 0
  /// By page number: the page above in its tree, 0 for none; and what the rows of the page hold.
  private var above: [Int32]
  private var kinds: [ColumnKinds?]
  /// What the rows of the page hold that is being looked at.
  private var current = ColumnKinds()
  /// What headers came to that were met before: the rows of a table share a few.
  private var met = [MetHeader](repeating: MetHeader(), count: 256)

  /// The header of a record, of at most 32 bytes.
  private struct MetHeader {
    /// The bytes, zeros behind them.
    var bytes = SIMD4<UInt64>()
    /// Bytes of the whole record; 0 for no header.
    var length = 0
    var kinds = ColumnKinds()

    init() {}

    /// Reads a header; nil when it holds a type that is not in use, or ends within one.
    init?(_ start: UnsafePointer<UInt8>, _ count: Int) {
      var position = 0
      _ = start.varint(&position)
      length = count
      var column = 0
      while position < count {
        let type = start.varint(&position)
        guard let bytes = SerialType.length(type) else { return nil }
        length += bytes
        kinds.note(type, column)
        column += 1
      }
      kinds.fewest = min(kinds.fewest, column)
      guard position == count else { return nil }
    }
  }

  /// Which kinds of values there are, a bit a column.
  private struct ColumnKinds {
    var absent: UInt32 = 0
    var integers: UInt32 = 0
    var reals: UInt32 = 0
    var texts: UInt32 = 0
    var blobs: UInt32 = 0
    /// Columns of the shortest row.
    var fewest = 32

    @inline(__always)
    mutating func add(_ other: ColumnKinds) {
      absent |= other.absent
      integers |= other.integers
      reals |= other.reals
      texts |= other.texts
      blobs |= other.blobs
      fewest = min(fewest, other.fewest)
    }

    mutating func note(_ type: Int64, _ column: Int) {
      let bit: UInt32 = column < 32 ? 1 << UInt32(column) : 0
      switch type {
      case 0: absent |= bit
      case 7: reals |= bit
      case 12...: if type & 1 == 1 { texts |= bit } else { blobs |= bit }
      default: integers |= bit
      }
    }
  }

  /// A table whose rows lie by number and whose columns have types.
  private struct TypedTable {
    var name: String
    var columns: Int
    /// Which kinds no row may hold, a bit a column.
    var forbidden = ColumnKinds()

    /// Nil for a table that has too many columns, or whose columns take any value.
    init?(_ database: Database, _ name: String) throws {
      let columns = try GRDB.Row.fetchAll(
        database, sql: "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)",
        arguments: [name])
      guard columns.count <= 32 else { return nil }
      self.name = name
      self.columns = columns.count
      for (index, column) in columns.enumerated() {
        let bit: UInt32 = 1 << UInt32(index)
        let type: String = column["type"]
        // The number of a row is not stored among its values.
        if column["notnull"], column["pk"] == 0 { forbidden.absent |= bit }
        if !["INTEGER", "INT", "REAL", "ANY"].contains(type) { forbidden.integers |= bit }
        if !["REAL", "ANY"].contains(type) { forbidden.reals |= bit }
        if !["TEXT", "ANY"].contains(type) { forbidden.texts |= bit }
        if !["BLOB", "ANY"].contains(type) { forbidden.blobs |= bit }
      }
    }

    /// Whether rows hold only what the table allows.
    func allows(_ kinds: ColumnKinds) -> Bool {
      // Columns that were added later are absent from rows that were written before.
      let all: UInt32 = columns == 32 ? .max : 1 << UInt32(columns) - 1
      let missing = kinds.fewest < columns ? all & ~(1 << UInt32(kinds.fewest) - 1) : 0
      return (kinds.absent | missing) & forbidden.absent == 0
        && kinds.integers & forbidden.integers == 0 && kinds.reals & forbidden.reals == 0
        && kinds.texts & forbidden.texts == 0 && kinds.blobs & forbidden.blobs == 0
    }
  }

  /// What is wrong with a database; nil when it is sound.
  ///
  /// - Parameter database: within a transaction, so that no other program writes meanwhile.
  /// - Throws: `NotPossible` for files that only SQLite's own check understands; database errors.
  static func verdict(_ database: Database) throws -> String? {
    let roots = try Int.fetchAll(
      database, sql: "SELECT rootpage FROM sqlite_master WHERE rootpage > 0")
    var check = try PageCheck(DatabasePages(database))
    do {
      try check.look(roots)
      let tables = try GRDB.Row.fetchAll(
        database,
        sql: """
          SELECT list.name, rootpage, wr, strict FROM pragma_table_list AS list
          JOIN sqlite_master ON sqlite_master.name = list.name
          WHERE list.type = 'table' AND list.schema = 'main' AND rootpage > 0
          """)
      var typed: [Int: TypedTable] = [:]
      for table in tables where !table["wr"] && table["strict"] {
        typed[table["rootpage"]] = try TypedTable(database, table["name"])
      }
      try check.compare(with: typed)
      for table in tables where table["wr"] {
        let name: String = table["name"]
        let verdict = try String.fetchOne(
          database, sql: "PRAGMA quick_check(\(name.quotedDatabaseIdentifier))")
        if let verdict, verdict != "ok" { return verdict }
      }
      return nil
    } catch let damage as Damage {
      return damage.cause
    }
  }

  private init(_ pages: DatabasePages) {
    self.pages = pages
    expected = [UInt8](repeating: Use.none.rawValue, count: pages.count + 1)
    found = expected
    allowed = .init(repeating: .min ... .max, count: pages.count + 1)
    held = .init(repeating: nil, count: pages.count + 1)
    above = .init(repeating: 0, count: pages.count + 1)
    kinds = .init(repeating: nil, count: pages.count + 1)
  }

  /// Compares what the rows hold with what their tables allow, by the tables' first pages.
  private func compare(with tables: [Int: TypedTable]) throws {
    for page in kinds.indices {
      guard let kinds = kinds[page] else { continue }
      var root = page
      // No tree is higher; a ring of pages has no first one.
      for _ in 0..<20 where above[root] != 0 { root = Int(above[root]) }
      if above[root] != 0 { throw Damage(cause: "page \(page) is in no table") }
      if let table = tables[root], !table.allows(kinds) {
        throw Damage(cause: "page \(page) holds values that \(table.name) does not take")
      }
    }
  }

  private mutating func look(_ roots: [Int]) throws {
    // A last header may be read over the end of its page.
    let chunk = max(1, 1 << 20 / pages.size)
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: chunk * pages.size + 32, alignment: 16)
    defer { buffer.deallocate() }
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    try noteFreePages(buffer)
    for root in Set(roots + [1]) { try note(root, .tree) }
    var first = 1
    while first <= pages.count {
      let count = min(chunk, pages.count - first + 1)
      try pages.read(first, into: .init(rebasing: buffer[..<(count * pages.size)]))
      for index in 0..<count {
        guard let start = buffer.baseAddress else { return }
        let page = (start + index * pages.size).assumingMemoryBound(to: UInt8.self)
        try look(at: UnsafePointer(page), number: first + index)
      }
      first += count
    }
    for page in 1...max(pages.count, 1) where expected[page] != found[page] {
      // The page over the first GiB's end holds the locks and nothing else.
      if page == 0x4000_0000 / pages.size + 1, expected[page] == Use.none.rawValue { continue }
      throw Damage(cause: "page \(page) is not what others take it for")
    }
    for page in 1...max(pages.count, 1) {
      guard let rows = held[page] else { continue }
      if rows.clamped(to: allowed[page]) != rows {
        throw Damage(cause: "page \(page) holds rows of another page")
      }
    }
    if overflowPagesOwed != 0 { throw Damage(cause: "a chain of pages has another length") }
  }

  private mutating func note(_ page: Int, _ use: Use) throws {
    guard page >= 1, page <= pages.count else {
      throw Damage(cause: "a page refers to page \(page), which is not there")
    }
    guard expected[page] == Use.none.rawValue else {
      throw Damage(cause: "page \(page) is referred to twice")
    }
    expected[page] = use.rawValue
  }

  private mutating func noteFreePages(_ buffer: UnsafeMutableRawBufferPointer) throws {
    var trunk = pages.firstFree
    var count = 0
    while trunk != 0 {
      try note(trunk, .free)
      try pages.read(trunk, into: .init(rebasing: buffer[..<pages.size]))
      guard let start = buffer.baseAddress else { return }
      let page = UnsafePointer(start.assumingMemoryBound(to: UInt8.self))
      let leaves = page.four(4)
      guard leaves <= pages.usable / 4 - 2 else {
        throw Damage(cause: "the list of free pages is broken")
      }
      for leaf in 0..<leaves { try note(page.four(8 + 4 * leaf), .free) }
      count += leaves + 1
      trunk = page.four(0)
    }
    if count != pages.freeCount { throw Damage(cause: "the list of free pages has another length") }
  }

  private mutating func look(at page: UnsafePointer<UInt8>, number: Int) throws {
    if expected[number] == Use.free.rawValue {
      found[number] = Use.free.rawValue
      return
    }
    let header = number == 1 ? 100 : 0
    switch page[header] {
    case 2, 5, 10, 13:
      found[number] = Use.tree.rawValue
      guard try isSound(page, header: header, number) else {
        throw Damage(cause: "page \(number) is malformed")
      }
    case 0:
      // The highest byte of the next page's number. That the page is meant to be one of a chain is
      // seen in the end.
      found[number] = Use.overflow.rawValue
      overflowPagesOwed -= 1
      if page.four(0) != 0 { try note(page.four(0), .overflow) }
    default: throw Damage(cause: "page \(number) is of no known kind")
    }
  }

  /// Whether a page of a tree is well formed; notes the pages that it refers to.
  private mutating func isSound(_ page: UnsafePointer<UInt8>, header: Int, _ number: Int) throws
    -> Bool
  {
    let type = page[header]
    let isInterior = type == 2 || type == 5
    let cells = page.two(header + 3)
    let content = page.two(header + 5) == 0 ? 65_536 : page.two(header + 5)
    let pointers = header + (isInterior ? 12 : 8)
    guard pointers + 2 * cells <= content, content <= pages.usable else { return false }
    var first: Int64 = 0
    var last = Int64.min
    var used = Int(page[header + 7])
    current = ColumnKinds()
    for cell in 0..<cells {
      let start = page.two(pointers + 2 * cell)
      guard start >= content, start <= pages.usable - 4 else { return false }
      var position = start
      let child = isInterior ? page.four(position) : 0
      if isInterior {
        try note(child, .tree)
        above[child] = Int32(number)
        position += 4
      }
      let payload = type == 5 ? 0 : page.varint(&position)
      if type == 5 || type == 13 {
        let row = page.varint(&position)
        guard cell == 0 || row > last else { return false }
        if type == 5 { allowed[child] = (cell == 0 ? .min : last &+ 1)...row }
        if cell == 0 { first = row }
        last = row
      }
      if type != 5 {
        guard payload >= 0, payload <= 1 << 31, position <= pages.usable,
          let end = try endOfRecord(page, position, Int(payload), isTable: type == 13)
        else { return false }
        position = end
      }
      guard position <= pages.usable else { return false }
      used += max(4, position - start)
    }
    if isInterior {
      let child = page.four(header + 8)
      try note(child, .tree)
      above[child] = Int32(number)
      if type == 5, cells > 0, last < .max { allowed[child] = last + 1 ... .max }
    } else if type == 13, cells > 0 {
      held[number] = first...last
      kinds[number] = current
    }
    return freeBlocks(page, page.two(header + 1)).map { used + $0 == pages.usable - content }
      ?? false
  }

  /// The bytes of a page's free blocks; nil when their list is broken.
  private func freeBlocks(_ page: UnsafePointer<UInt8>, _ first: Int) -> Int? {
    var block = first
    var sum = 0
    while block != 0 {
      guard block <= pages.usable - 4 else { return nil }
      let next = page.two(block)
      sum += page.two(block + 2)
      guard next == 0 || next > block else { return nil }
      block = next
    }
    return sum
  }

  /// The place behind a record within its page; nil when its header does not fit its length.
  private mutating func endOfRecord(
    _ page: UnsafePointer<UInt8>, _ start: Int, _ payload: Int, isTable: Bool
  ) throws -> Int? {
    let local = pages.local(payload, isTable: isTable)
    var end = start + local
    if local < payload {
      end += 4
      guard end <= pages.usable else { return nil }
      try note(page.four(start + local), .overflow)
      overflowPagesOwed += (payload - local + pages.usable - 5) / (pages.usable - 4)
    }
    guard end <= pages.usable else { return nil }
    var position = start
    let header = Int(truncatingIfNeeded: page.varint(&position))
    guard header > 0, header <= payload else { return nil }
    // A header that goes on in another page is left to SQLite.
    guard header <= local else { return end }
    guard let found = self.header(page + start, header) else { return nil }
    if isTable { current.add(found.kinds) }
    return found.length == payload ? end : nil
  }

  /// The length of a record and the kinds of its values by its header; nil when there is no such header.
  @inline(__always)
  private mutating func header(_ start: UnsafePointer<UInt8>, _ count: Int) -> MetHeader? {
    guard count <= RecordHeader.most else { return MetHeader(start, count) }
    let words = RecordHeader.words(start, count)
    let slot = RecordHeader.slot(words)
    if met[slot].length > 0, met[slot].bytes == words { return met[slot] }
    guard var fresh = MetHeader(start, count) else { return nil }
    fresh.bytes = words
    met[slot] = fresh
    return fresh
  }
}
