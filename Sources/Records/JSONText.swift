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
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): put("\\\"")
      case UInt8(ascii: "\\"): put("\\\\")
      case 0x0A: put("\\n")
      case 0x0D: put("\\r")
      case 0x09: put("\\t")
      case 0..<0x20, 0x7F:
        put("\\u00")
        bytes.append(UInt8(ascii: "0") + byte >> 4)
        put(String(byte & 15, radix: 16))
      default: bytes.append(byte)
      }
    }
    put("\"")
  }

  /// Empties it and keeps its room.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
