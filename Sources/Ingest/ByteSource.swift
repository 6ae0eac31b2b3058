import Records

/// Bytes that can be read once more from the start: a regular file, or memory.
///
/// Ingest never opens a file by itself; whoever owns the disk hands it one of these.
public protocol ByteSource: AnyObject {
  /// Fills the front of `buffer`.
  ///
  /// - Returns: the number of bytes read; 0 at the end.
  /// - Throws: when the device fails.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
  /// Goes back to the first byte, for files that have to be looked at twice.
  func rewind() throws
}

/// A source in memory.
public final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  /// A source of the given bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Copies the next bytes, at most as many as the buffer holds; 0 at the end, and never throws.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, bytes.count - position)
    bytes.withUnsafeBytes { stored in
      buffer.copyMemory(from: .init(rebasing: stored[position..<position + count]))
    }
    position += count
    return count
  }

  /// Goes back to the first byte.
  public func rewind() { position = 0 }
}

/// A view of bytes that lives until the next record is read.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer<UInt8> {
  static var empty: Bytes { .init(start: nil, count: 0) }

  /// Without spaces, tabs and no-break spaces at either end.
  var trimmed: Bytes {
    var low = 0
    var high = count
    while low < high {
      if self[low] == 0x20 || self[low] == 0x09 {
        low += 1
      } else if low + 1 < high, self[low] == 0xC2, self[low + 1] == 0xA0 {
        low += 2
      } else {
        break
      }
    }
    while high > low {
      if self[high - 1] == 0x20 || self[high - 1] == 0x09 {
        high -= 1
      } else if high - 1 > low, self[high - 2] == 0xC2, self[high - 1] == 0xA0 {
        high -= 2
      } else {
        break
      }
    }
    return low == 0 && high == count ? self : .init(rebasing: self[low..<high])
  }

  /// Whether the bytes are an ASCII word, letters of either case.
  func equals(_ lowercaseWord: StaticString) -> Bool {
    guard count == lowercaseWord.utf8CodeUnitCount else { return false }
    let word = lowercaseWord.utf8Start
    for index in 0..<count where lowercased(self[index]) != word[index] { return false }
    return true
  }

  /// The bytes as text, invalid sequences replaced.
  var text: String { String(decoding: self, as: UTF8.self) }
}

extension String {
  /// Calls a closure with the bytes of the text.
  func withBytes<R>(_ body: (Bytes) throws -> R) rethrows -> R {
    try Array(utf8).withUnsafeBufferPointer(body)
  }
}

/// All bytes of a source from where it stands. O(size), also in memory.
public func wholeFile(_ source: any ByteSource) throws -> [UInt8] {
  var bytes: [UInt8] = []
  while true {
    let more = try readHead(source, 1 << 20)
    if more.isEmpty { return bytes }
    bytes += more
  }
}

/// The first bytes of a source, at most `count`; it is left behind them.
func readHead(_ source: any ByteSource, _ count: Int) throws -> [UInt8] {
  var head = [UInt8](repeating: 0, count: count)
  var filled = 0
  while filled < count {
    let more = try head.withUnsafeMutableBytes {
      try source.read(into: .init(rebasing: $0[filled...]))
    }
    if more == 0 { break }
    filled += more
  }
  head.removeLast(count - filled)
  return head
}

@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
