import Foundation
import GRDB
import Synchronization

/// Looks through the pages of a database file in the order in which they lie, some twenty times as
/// fast as SQLite's own check: every page in use is referred to once, by a page of the right kind;
/// cells lie apart within their page, table rows ascend within and over pages, each record is as long
/// as its header says, and its values are of the types that the table declares, NULL only where it may
/// be. Tables without row numbers, which are small, are looked at by SQLite as well.
///
/// Source: SQLite's file format, https://www.sqlite.org/fileformat2.html.
struct PageCheck {
  private let pages: DatabasePages
  /// By page number, whether it is one of the free ones.
  private let isFree: [Bool]
  private var notes: PageNotes
  /// What the rows of the page hold that is being looked at.
  private var current = ColumnKinds()
  /// What headers came to that were met before: the rows of a table share a few hundred.
  private var met = [MetHeader](repeating: MetHeader(), count: 1 << PageCheck.metBits)
  private static let metBits: UInt64 = 12

  /// What is wrong with a database; nil when it is sound.
  ///
  /// - Parameters:
  ///   - database: within a transaction, so that no other program writes meanwhile.
  ///   - threads: how many look at pages at once.
  ///   - isCancelled: asked now and then; whether nobody wants to know any more.
  /// - Throws: `NotPossible` for files that only SQLite's own check understands; database errors;
  ///   `CancellationError`.
  static func verdict(
    _ database: Database, threads: Int = 1, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> String? {
    let roots = try Int.fetchAll(
      database, sql: "SELECT rootpage FROM sqlite_master WHERE rootpage > 0")
    let pages = try DatabasePages(database)
    do {
      let notes = try look(pages, roots, threads: threads, isCancelled)
      try notes.conclude(pages)
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
      try notes.compare(with: typed)
      for table in tables where table["wr"] {
        let name: String = table["name"]
        let verdict = try String.fetchOne(
          database, sql: "PRAGMA quick_check(\(name.quotedDatabaseIdentifier))")
        if let verdict, verdict != "ok" { return verdict }
      }
      return nil
    } catch let damage as PageNotes.Damage {
      return damage.cause
    }
  }

  /// Looks at all pages, the threads at stretches by turns.
  private static func look(
    _ pages: DatabasePages, _ roots: [Int], threads: Int,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> PageNotes {
    var all = PageNotes(pages: pages.count)
    let isFree = try all.noteFreePages(pages)
    for root in Set(roots + [1]) { try all.note(root, .tree) }
    let found = Mutex<[Int: Result<PageNotes, any Error>]>([:])
    let group = DispatchGroup()
    @Sendable func lookAt(_ thread: Int) {
      let result = Result {
        var check = PageCheck(pages, isFree: isFree)
        try check.look(thread, of: threads, isCancelled)
        return check.notes
      }
      found.withLock { $0[thread] = result }
    }
    // Not Dispatch's own loop: called from a thread that ends soon after, it broke the heap now and
    // then, one run in a hundred.
    for thread in 1..<threads {
      group.enter()
      let other = Thread {
        lookAt(thread)
        group.leave()
      }
      other.start()
    }
    lookAt(0)
    group.wait()
    for (_, result) in found.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      try all.add(try result.get())
    }
    return all
  }

  private init(_ pages: DatabasePages, isFree: [Bool]) {
    self.pages = pages
    self.isFree = isFree
    notes = PageNotes(pages: pages.count)
  }

  /// Looks at one stretch of pages of some that follow each other.
  private mutating func look(_ turn: Int, of turns: Int, _ isCancelled: () -> Bool) throws {
    // A last header may be read over the end of its page.
    let chunk = max(1, 1 << 18 / pages.size)
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: chunk * pages.size + 32, alignment: 16)
    defer { buffer.deallocate() }
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    for first in stride(from: 1 + turn * chunk, through: pages.count, by: turns * chunk) {
      if isCancelled() { throw CancellationError() }
      let count = min(chunk, pages.count - first + 1)
      try pages.read(first, into: .init(rebasing: buffer[..<(count * pages.size)]))
      for index in 0..<count {
        guard let start = buffer.baseAddress else { return }
        let page = (start + index * pages.size).assumingMemoryBound(to: UInt8.self)
        try look(at: UnsafePointer(page), number: first + index)
      }
    }
  }

  private mutating func look(at page: UnsafePointer<UInt8>, number: Int) throws {
    if isFree[number] {
      notes.found[number] = .free
      return
    }
    let header = number == 1 ? 100 : 0
    switch page[header] {
    case 2, 5, 10, 13:
      notes.found[number] = .tree
      guard try isSound(page, header: header, number) else {
        throw PageNotes.Damage(cause: "page \(number) is malformed")
      }
    case 0:
      // The highest byte of the next page's number. That the page is meant to be one of a chain is
      // seen in the end.
      notes.found[number] = .overflow
      notes.overflowPagesOwed -= 1
      if page.four(0) != 0 { try notes.note(page.four(0), .overflow) }
    default: throw PageNotes.Damage(cause: "page \(number) is of no known kind")
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
        try notes.note(child, .tree)
        notes.above[child] = Int32(number)
        position += 4
      }
      let payload = type == 5 ? 0 : page.varint(&position)
      if type == 5 || type == 13 {
        let row = page.varint(&position)
        guard cell == 0 || row > last else { return false }
        if type == 5 { notes.allowed[child] = (cell == 0 ? .min : last &+ 1)...row }
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
      try notes.note(child, .tree)
      notes.above[child] = Int32(number)
      if type == 5, cells > 0, last < .max { notes.allowed[child] = last + 1 ... .max }
    } else if type == 13, cells > 0 {
      notes.held[number] = first...last
      notes.kinds[number] = current
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
      try notes.note(page.four(start + local), .overflow)
      notes.overflowPagesOwed += (payload - local + pages.usable - 5) / (pages.usable - 4)
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
    let slot = RecordHeader.slot(words, bits: PageCheck.metBits)
    if met[slot].length > 0, met[slot].bytes == words { return met[slot] }
    guard var fresh = MetHeader(start, count) else { return nil }
    fresh.bytes = words
    met[slot] = fresh
    return fresh
  }
}
