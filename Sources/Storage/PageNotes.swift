/// What has been seen of the pages of a database file, by page number: what other pages take each for,
/// and what it is. Notes of separate stretches of pages add up to those of all.
struct PageNotes: Sendable {
  /// What a page is for.
  enum Use: UInt8 { case none, tree, overflow, free }

  struct Damage: Error {
    var cause: String
  }

  /// What other pages take a page for.
  private var expected: [Use]
  var found: [Use]
  /// The rows that the page above allows, and those that it holds.
  var allowed: [ClosedRange<Int64>]
  var held: [ClosedRange<Int64>?]
  var overflowPagesOwed = 0
  /// The page above in its tree, 0 for none; and what the rows of the page hold.
  var above: [Int32]
  var kinds: [ColumnKinds?]

  /// - Parameter count: how many pages there are, numbered from 1.
  init(pages count: Int) {
    expected = .init(repeating: .none, count: count + 1)
    found = expected
    allowed = .init(repeating: .min ... .max, count: count + 1)
    held = .init(repeating: nil, count: count + 1)
    above = .init(repeating: 0, count: count + 1)
    kinds = .init(repeating: nil, count: count + 1)
  }

  private var count: Int { expected.count - 1 }

  /// Notes that a page refers to another one.
  mutating func note(_ page: Int, _ use: Use) throws {
    guard page >= 1, page <= count else {
      throw Damage(cause: "a page refers to page \(page), which is not there")
    }
    guard expected[page] == .none else {
      throw Damage(cause: "page \(page) is referred to twice")
    }
    expected[page] = use
  }

  /// Adds the notes of other pages.
  mutating func add(_ other: PageNotes) throws {
    for page in 0...count {
      if other.expected[page] != .none { try note(page, other.expected[page]) }
      if other.found[page] != .none { found[page] = other.found[page] }
      if other.above[page] != 0 {
        above[page] = other.above[page]
        allowed[page] = other.allowed[page]
      }
      if let rows = other.held[page] { held[page] = rows }
      if let other = other.kinds[page] { kinds[page] = other }
    }
    overflowPagesOwed += other.overflowPagesOwed
  }

  /// Notes the pages of the list of free ones.
  ///
  /// - Returns: by page number, whether it is one of them.
  mutating func noteFreePages(_ pages: DatabasePages) throws -> [Bool] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pages.size, alignment: 16)
    defer { buffer.deallocate() }
    var isFree = [Bool](repeating: false, count: count + 1)
    var trunk = pages.firstFree
    var noted = 0
    func note(_ page: Int) throws {
      try self.note(page, .free)
      isFree[page] = true
      noted += 1
    }
    while trunk != 0 {
      try note(trunk)
      try pages.read(trunk, into: buffer)
      guard let start = buffer.baseAddress else { break }
      let page = UnsafePointer(start.assumingMemoryBound(to: UInt8.self))
      let leaves = page.four(4)
      guard leaves <= pages.usable / 4 - 2 else {
        throw Damage(cause: "the list of free pages is broken")
      }
      for leaf in 0..<leaves { try note(page.four(8 + 4 * leaf)) }
      trunk = page.four(0)
    }
    if noted != pages.freeCount { throw Damage(cause: "the list of free pages has another length") }
    return isFree
  }

  /// Compares what pages take each other for with what they are, once all have been looked at.
  func conclude(_ pages: DatabasePages) throws {
    for page in 1...max(count, 1) where expected[page] != found[page] {
      // The page over the first GiB's end holds the locks and nothing else.
      if page == 0x4000_0000 / pages.size + 1, expected[page] == .none { continue }
      throw Damage(cause: "page \(page) is not what others take it for")
    }
    for page in 1...max(count, 1) {
      guard let rows = held[page] else { continue }
      if rows.clamped(to: allowed[page]) != rows {
        throw Damage(cause: "page \(page) holds rows of another page")
      }
    }
    if overflowPagesOwed != 0 { throw Damage(cause: "a chain of pages has another length") }
  }

  /// Compares what the rows hold with what their tables allow, by the tables' first pages.
  func compare(with tables: [Int: TypedTable]) throws {
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
}
