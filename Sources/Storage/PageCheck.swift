import GRDB
import GRDBSQLite

/// Looks through the pages of a database file in the order in which they lie, some twenty times as
/// fast as SQLite's own check: every page in use is referred to once, by a page of the right kind;
/// cells lie apart within their page, table rows ascend, and each record is as long as its header says.
///
/// It tells a damaged file from a sound one where nothing will be written. It does not look at values,
/// at NOT NULL or at the order of rows over pages.
///
/// Source: SQLite's file format, https://www.sqlite.org/fileformat2.html.
struct PageCheck {
  /// What a page is for.
  private enum Use: UInt8 { case none, tree, overflow, free }

  private struct Damage: Error {
    var cause: String
  }

  private let file: UnsafeMutablePointer<sqlite3_file>
  private let pageSize: Int
  private let usable: Int
  private let pageCount: Int
  private let firstFree: Int
  private let freeCount: Int
  /// By page number: what other pages take it for, and what it is.
  private var expected: [UInt8]
  private var found: [UInt8]
  /// By page number: the rows that the page above allows it, and those that it holds.
  private var allowed: [ClosedRange<Int64>]
  private var held: [ClosedRange<Int64>?]
  private var overflowPagesOwed = 0

  /// What is wrong with a database; nil when it is sound.
  ///
  /// - Parameter database: within a transaction, so that no other program writes meanwhile.
  /// - Throws: `NotPossible` for files that only SQLite's own check understands; database errors.
  static func verdict(_ database: Database) throws -> String? {
    let roots = try Int.fetchAll(
      database, sql: "SELECT rootpage FROM sqlite_master WHERE rootpage > 0")
    var check = try PageCheck(database)
    do {
      try check.look(roots)
      return nil
    } catch let damage as Damage {
      return damage.cause
    }
  }

  /// The file is not a plain database in a rollback journal's mode.
  struct NotPossible: Error {}

  private init(_ database: Database) throws {
    // SQLite's own handle: closing another one would drop the locks of this process.
    var pointer: UnsafeMutablePointer<sqlite3_file>?
    let code = sqlite3_file_control(
      database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &pointer)
    guard code == SQLITE_OK, let pointer, pointer.pointee.pMethods != nil else {
      throw NotPossible()
    }
    file = pointer
    var header = [UInt8](repeating: 0, count: 100)
    try header.withUnsafeMutableBytes { try PageCheck.read(pointer, into: $0, at: 0) }
    (pageSize, usable, pageCount, firstFree, freeCount) = try header.withUnsafeBufferPointer {
      guard let bytes = $0.baseAddress else { throw NotPossible() }
      let size = bytes.two(16) == 1 ? 65_536 : bytes.two(16)
      let isPlain =
        bytes[18] == 1 && bytes[19] == 1 && bytes.four(52) == 0
        && bytes.four(24) == bytes.four(92)
      var bytesOfFile: sqlite3_int64 = 0
      guard isPlain, size >= 512, size & (size - 1) == 0, bytes[20] < 32,
        bytes.four(28) < 1 << 24,
        pointer.pointee.pMethods.pointee.xFileSize(pointer, &bytesOfFile) == SQLITE_OK,
        Int(bytesOfFile) >= bytes.four(28) * size
      else { throw NotPossible() }
      return (size, size - Int(bytes[20]), bytes.four(28), bytes.four(32), bytes.four(36))
    }
    expected = [UInt8](repeating: Use.none.rawValue, count: pageCount + 1)
    found = expected
    allowed = .init(repeating: .min ... .max, count: pageCount + 1)
    held = .init(repeating: nil, count: pageCount + 1)
  }

  private static func read(
    _ file: UnsafeMutablePointer<sqlite3_file>, into buffer: UnsafeMutableRawBufferPointer,
    at offset: Int
  ) throws {
    let read = file.pointee.pMethods.pointee.xRead
    let code = read?(file, buffer.baseAddress, Int32(buffer.count), sqlite3_int64(offset))
    guard code == SQLITE_OK else {
      throw DatabaseError(resultCode: .SQLITE_IOERR, message: "the file cannot be read")
    }
  }

  private mutating func look(_ roots: [Int]) throws {
    // A last record may be read a few bytes over the end of its page.
    let chunk = max(1, 1 << 20 / pageSize)
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: chunk * pageSize + 16, alignment: 16)
    defer { buffer.deallocate() }
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    try noteFreePages(buffer)
    for root in Set(roots + [1]) { try note(root, .tree) }
    var first = 1
    while first <= pageCount {
      let count = min(chunk, pageCount - first + 1)
      try PageCheck.read(
        file, into: .init(rebasing: buffer[..<(count * pageSize)]), at: (first - 1) * pageSize)
      for index in 0..<count {
        guard let start = buffer.baseAddress else { return }
        let page = (start + index * pageSize).assumingMemoryBound(to: UInt8.self)
        try look(at: UnsafePointer(page), number: first + index)
      }
      first += count
    }
    for page in 1...max(pageCount, 1) where expected[page] != found[page] {
      // The page over the first GiB's end holds the locks and nothing else.
      if page == 0x4000_0000 / pageSize + 1, expected[page] == Use.none.rawValue { continue }
      throw Damage(cause: "page \(page) is not what others take it for")
    }
    for page in 1...max(pageCount, 1) {
      guard let rows = held[page] else { continue }
      if rows.clamped(to: allowed[page]) != rows {
        throw Damage(cause: "page \(page) holds rows of another page")
      }
    }
    if overflowPagesOwed != 0 { throw Damage(cause: "a chain of pages has another length") }
  }

  private mutating func note(_ page: Int, _ use: Use) throws {
    guard page >= 1, page <= pageCount else {
      throw Damage(cause: "a page refers to page \(page), which is not there")
    }
    guard expected[page] == Use.none.rawValue else {
      throw Damage(cause: "page \(page) is referred to twice")
    }
    expected[page] = use.rawValue
  }

  private mutating func noteFreePages(_ buffer: UnsafeMutableRawBufferPointer) throws {
    var trunk = firstFree
    var count = 0
    while trunk != 0 {
      try note(trunk, .free)
      try PageCheck.read(
        file, into: .init(rebasing: buffer[..<pageSize]), at: (trunk - 1) * pageSize)
      guard let start = buffer.baseAddress else { return }
      let page = UnsafePointer(start.assumingMemoryBound(to: UInt8.self))
      let leaves = page.four(4)
      guard leaves <= usable / 4 - 2 else {
        throw Damage(cause: "the list of free pages is broken")
      }
      for leaf in 0..<leaves { try note(page.four(8 + 4 * leaf), .free) }
      count += leaves + 1
      trunk = page.four(0)
    }
    if count != freeCount { throw Damage(cause: "the list of free pages has another length") }
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
    guard pointers + 2 * cells <= content, content <= usable else { return false }
    var first: Int64 = 0
    var last = Int64.min
    var used = Int(page[header + 7])
    for cell in 0..<cells {
      let start = page.two(pointers + 2 * cell)
      guard start >= content, start <= usable - 4 else { return false }
      var position = start
      let child = isInterior ? page.four(position) : 0
      if isInterior {
        try note(child, .tree)
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
        guard payload >= 0, payload <= 1 << 31, position <= usable,
          let end = try endOfRecord(page, position, Int(payload), isTable: type == 13)
        else { return false }
        position = end
      }
      guard position <= usable else { return false }
      used += max(4, position - start)
    }
    if isInterior {
      let child = page.four(header + 8)
      try note(child, .tree)
      if type == 5, cells > 0, last < .max { allowed[child] = last + 1 ... .max }
    } else if type == 13, cells > 0 {
      held[number] = first...last
    }
    return freeBlocks(page, page.two(header + 1)).map { used + $0 == usable - content } ?? false
  }

  /// The bytes of a page's free blocks; nil when their list is broken.
  private func freeBlocks(_ page: UnsafePointer<UInt8>, _ first: Int) -> Int? {
    var block = first
    var sum = 0
    while block != 0 {
      guard block <= usable - 4 else { return nil }
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
    let most = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23
    var local = payload
    var end = start + payload
    if payload > most {
      let least = (usable - 12) * 32 / 255 - 23
      let rest = least + (payload - least) % (usable - 4)
      local = rest <= most ? rest : least
      end = start + local + 4
      guard end <= usable else { return nil }
      try note(page.four(start + local), .overflow)
      overflowPagesOwed += (payload - local + usable - 5) / (usable - 4)
    }
    guard end <= usable else { return nil }
    var position = start
    let header = Int(truncatingIfNeeded: page.varint(&position))
    guard header > 0, header <= payload else { return nil }
    // A header that goes on in another page is left to SQLite.
    guard header <= local else { return end }
    let behind = start + header
    var length = header
    while position < behind {
      let type = page.varint(&position)
      switch type {
      case 12...: length += Int(truncatingIfNeeded: (type - 12) / 2)
      case 0, 8, 9: break
      case 1...4: length += Int(type)
      case 5: length += 6
      case 6, 7: length += 8
      default: return nil
      }
    }
    return position == behind && length == payload ? end : nil
  }
}

extension UnsafePointer<UInt8> {
  @inline(__always)
  fileprivate func two(_ offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }

  @inline(__always)
  fileprivate func four(_ offset: Int) -> Int { two(offset) << 16 | two(offset + 2) }

  /// A number of one to nine bytes, seven bits each but for the ninth; moves behind it.
  @inline(__always)
  fileprivate func varint(_ position: inout Int) -> Int64 {
    let first = self[position]
    position += 1
    if first < 0x80 { return Int64(first) }
    var value = UInt64(first & 0x7F)
    for _ in 0..<7 {
      let byte = self[position]
      position += 1
      value = value << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return Int64(bitPattern: value) }
    }
    value = value << 8 | UInt64(self[position])
    position += 1
    return Int64(bitPattern: value)
  }
}
