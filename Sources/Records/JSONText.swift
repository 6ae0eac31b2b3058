/// JSON while it is being written, as UTF-8.
public struct JSONText: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  /// Nothing yet.
  public init() {}

  /// What was written so far.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds what is JSON already.
  public mutating func put(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Adds what is JSON already.
  public mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Adds one byte some times.
  public mutating func put(_ byte: UInt8, count: Int) {
    bytes.append(contentsOf: repeatElement(byte, count: count))
  }

  /// Adds UTF-8 in quotes, control characters escaped.
  public mutating func quote(_ text: some Sequence<UInt8>) {
    put("\"")
    let isDone: Void? = text.withContiguousStorageIfAvailable { escape($0) }
    if isDone == nil { Array(text).withUnsafeBufferPointer { escape($0) } }
    put("\"")
  }

  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for (index, byte) in text.enumerated() {
      if byte >= 0x20, byte != 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      start = index + 1
      switch byte {
      case UInt8(ascii: "\""): put("\\\"")
      case UInt8(ascii: "\\"): put("\\\\")
      case 0x0A: put("\\n")
      case 0x0D: put("\\r")
      case 0x09: put("\\t")
      default:
        put("\\u00")
        bytes.append(UInt8(ascii: "0") + byte >> 4)
        put(String(byte & 15, radix: 16))
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  }

  /// Empties it and keeps its room.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
