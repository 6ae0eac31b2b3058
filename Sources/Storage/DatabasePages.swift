import GRDB
import GRDBSQLite

/// The pages of a plain database file with a rollback journal, as they lie on the disk.
///
/// Valid within a transaction that has read something: no other program writes meanwhile, and what a
/// killed one left has been rolled back. Several threads may read pages at once.
///
/// Source: SQLite's file format, https://www.sqlite.org/fileformat2.html.
struct DatabasePages: @unchecked Sendable {
  /// The file is not of the kind that is understood here; SQLite itself reads it.
  struct NotPossible: Error {}

  private let file: UnsafeMutablePointer<sqlite3_file>
  /// Bytes of a page.
  let size: Int
  /// Bytes of a page that content may fill.
  let usable: Int
  /// Pages of the file, numbered from 1.
  let count: Int
  /// The first page of the list of free ones, 0 for none.
  let firstFree: Int
  let freeCount: Int

  /// - Throws: `NotPossible`; database errors.
  init(_ database: Database) throws {
    // SQLite's own handle: closing another one would drop the locks of this process.
    var pointer: UnsafeMutablePointer<sqlite3_file>?
    let code = sqlite3_file_control(
      database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &pointer)
    guard code == SQLITE_OK, let pointer, pointer.pointee.pMethods != nil else {
      throw NotPossible()
    }
    file = pointer
    var header = [UInt8](repeating: 0, count: 100)
    try header.withUnsafeMutableBytes { try DatabasePages.read(pointer, into: $0, at: 0) }
    (size, usable, count, firstFree, freeCount) = try header.withUnsafeBufferPointer {
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
  }

  /// Reads pages that lie one behind the other.
  ///
  /// - Parameters:
  ///   - first: the number of the first one.
  ///   - buffer: room for whole pages.
  func read(_ first: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    try DatabasePages.read(file, into: buffer, at: (first - 1) * size)
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

  /// The bytes of a record that lie within its cell; the others follow in a chain of pages.
  @inline(__always)
  func local(_ payload: Int, isTable: Bool) -> Int {
    let most = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23
    if payload <= most { return payload }
    let least = (usable - 12) * 32 / 255 - 23
    let rest = least + (payload - least) % (usable - 4)
    return rest <= most ? rest : least
  }
}

/// The types of values in a record's header.
enum SerialType {
  /// The bytes of a value; nil for a type that is not in use.
  @inline(__always)
  static func length(_ type: Int64) -> Int? {
    switch type {
    case 12...: Int(truncatingIfNeeded: (type - 12) >> 1)
    case 0...9: lengthOfNumber(type)
    default: nil
    }
  }

  /// The bytes of a number or NULL, of a type from 0 to 9.
  @inline(__always)
  static func lengthOfNumber(_ type: Int64) -> Int {
    // Four bits a type from 0 on.
    Int(truncatingIfNeeded: 0x8864_3210 as Int64 &>> (4 &* type) & 15)
  }
}

/// Headers of records as words, to find those that were met before.
enum RecordHeader {
  /// Bytes of the longest header that is compared so.
  static let most = 32

  /// The bytes of a header, zeros behind them. 32 bytes can be read from its start.
  @inline(__always)
  static func words(_ start: UnsafePointer<UInt8>, _ count: Int) -> SIMD4<UInt64> {
    UnsafeRawPointer(start).loadUnaligned(as: SIMD4<UInt64>.self) & masks[count]
  }

  /// A place for a header among as many as so many bits count.
  @inline(__always)
  static func slot(_ words: SIMD4<UInt64>, bits: UInt64) -> Int {
    let mixed = words[0] ^ words[1] &* 3 ^ words[2] &* 5 ^ words[3] &* 7
    return Int((mixed &* 0x9E37_79B9_7F4A_7C15) >> (64 - bits))
  }

  /// By count: keeps the first bytes of 32.
  private static let masks: [SIMD4<UInt64>] = (0...most).map { count in
    SIMD4(
      (0..<4).map { word in
        let bytes = min(8, max(0, count - 8 * word))
        return bytes == 8 ? .max : 1 << (8 * UInt64(bytes)) - 1
      })
  }
}

extension UnsafePointer<UInt8> {
  @inline(__always)
  func two(_ offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }

  @inline(__always)
  func four(_ offset: Int) -> Int { two(offset) << 16 | two(offset + 2) }

  /// A number of one to nine bytes, seven bits each but for the ninth; moves behind it.
  @inline(__always)
  func varint(_ position: inout Int) -> Int64 {
    let first = self[position]
    position += 1
    return first < 0x80 ? Int64(first) : further(first, &position)
  }

  /// The rest of a number of more than one byte. Eight bytes can be read from its start.
  @inline(never)
  private func further(_ first: UInt8, _ position: inout Int) -> Int64 {
    let start = UnsafeRawPointer(self + (position - 1))
    var word = UInt64(bigEndian: start.loadUnaligned(as: UInt64.self))
    if word & 0x8080_8080_8080_8080 == 0x8080_8080_8080_8080 {
      // Nine bytes, as all numbers of dated rows are: sevens are moved together by pairs.
      word &= 0x7F7F_7F7F_7F7F_7F7F
      word = word & 0x007F_007F_007F_007F | (word & 0x7F00_7F00_7F00_7F00) >> 1
      word = word & 0x0000_3FFF_0000_3FFF | (word & 0x3FFF_0000_3FFF_0000) >> 2
      word = word & 0x0000_0000_0FFF_FFFF | (word & 0x0FFF_FFFF_0000_0000) >> 4
      word = word << 8 | UInt64(self[position + 7])
      position += 8
      return Int64(bitPattern: word)
    }
    var value = UInt64(first & 0x7F)
    while true {
      let byte = self[position]
      position += 1
      value = value << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return Int64(bitPattern: value) }
    }
  }
}
