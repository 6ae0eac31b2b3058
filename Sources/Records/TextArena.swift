/// A stretch of free text in a `TextArena`.
public struct TextRange: Hashable, Sendable {
  /// Offset of the first byte.
  public let start: UInt32
  /// Length in bytes, never 0.
  public let count: UInt32

  /// A stretch of `count` bytes from `start`.
  public init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}

/// Free text of many rows (notes, reasons) end to end, so that a row carries eight bytes for it.
public struct TextArena: Sendable {
  /// UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// An empty arena.
  public init() {}

  /// Adds text; nil for empty text.
  public mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> TextRange? {
    guard text.count > 0 else { return nil }
    let range = TextRange(start: UInt32(bytes.count), count: UInt32(text.count))
    bytes.append(contentsOf: text)
    return range
  }

  /// The text of a stretch.
  public subscript(range: TextRange) -> String {
    let start = Int(range.start)
    return String(decoding: bytes[start..<start + Int(range.count)], as: UTF8.self)
  }

  /// The digest of a stretch; nil for none.
  public func digest(_ range: TextRange?) -> UInt64? {
    guard let range else { return nil }
    return bytes.withUnsafeBufferPointer { stored in
      let start = Int(range.start)
      return Digest.hash(.init(rebasing: stored[start..<start + Int(range.count)]))
    }
  }

  /// Drops all text and keeps the memory.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
