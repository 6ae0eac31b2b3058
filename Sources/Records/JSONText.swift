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

  /// Adds UTF-8 in quotes, with what could act on a terminal or hide written as numbers.
  public mutating func quote(_ text: some Sequence<UInt8>) {
    put("\"")
    let isDone: Void? = text.withContiguousStorageIfAvailable { escape($0) }
    if isDone == nil { Array(text).withUnsafeBufferPointer { escape($0) } }
    put("\"")
  }

  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for (index, byte) in text.enumerated() {
      if byte >= 0x80 {
        guard let (unit, length) = JSONText.hidden(text, at: index) else { continue }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
        start = index + length
        put("\\u" + String(unit + 0x10000, radix: 16).dropFirst())
        continue
      }
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

  /// The hidden character that begins at a byte, as UTF-16, with its length in bytes; nil for any
  /// other.
  private static func hidden(_ text: UnsafeBufferPointer<UInt8>, at index: Int)
    -> (unit: UInt32, length: Int)?
  {
    func rest(_ offset: Int) -> UInt32 {
      index + offset < text.count ? UInt32(text[index + offset] & 0x3F) : 0
    }
    let (unit, length): (UInt32, Int)
    switch text[index] {
    case 0xC2, 0xD8: (unit, length) = (UInt32(text[index] & 0x1F) << 6 | rest(1), 2)
    case 0xE2, 0xEF:
      (unit, length) = (UInt32(text[index] & 0x0F) << 12 | rest(1) << 6 | rest(2), 3)
    default: return nil
    }
    return isHidden(unit) ? (unit, length) : nil
  }

  /// Empties it and keeps its room.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
