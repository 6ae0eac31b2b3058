import Analysis
import Records

/// The JSON document of a figure, with a line end: keys in their order, absent figures as null.
public func jsonDocument(_ figure: Figure) -> String { JSONWriter.document(figure) }

/// A text as JSON writes it: in quotes, control characters escaped.
public func jsonQuoted(_ text: String) -> String { JSONWriter.quoted(text) }

/// Writes figures as JSON: keys in their order, two blanks a level, numbers as the shortest text that
/// reads back as the same Double, absent figures as null.
struct JSONWriter {
  private var bytes: [UInt8] = []

  /// The document of a figure with a line end.
  static func document(_ figure: Figure) -> String {
    var writer = JSONWriter()
    writer.write(figure, depth: 0)
    writer.put("\n")
    return writer.text
  }

  private var text: String { String(decoding: bytes, as: UTF8.self) }

  private mutating func put(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func write(_ figure: Figure, depth: Int) {
    switch figure {
    case .number(let value):
      if value.isFinite { put(JSONWriter.number(value)) } else { put("null") }
    case .count(let value): put(String(value))
    case .text(let value): quote(value)
    case .flag(let value): if value { put("true") } else { put("false") }
    case .none, .absent: put("null")
    case .list(let elements):
      put("[")
      for (index, element) in elements.enumerated() {
        startMember(index, depth: depth)
        write(element, depth: depth + 1)
      }
      end(depth, isEmpty: elements.isEmpty)
      put("]")
    case .record(let members):
      put("{")
      for (index, member) in members.enumerated() {
        startMember(index, depth: depth)
        quote(member.key)
        put(": ")
        write(member.value, depth: depth + 1)
      }
      end(depth, isEmpty: members.isEmpty)
      put("}")
    }
  }

  private mutating func startMember(_ index: Int, depth: Int) {
    if index > 0 { put(",") }
    startLine(depth + 1)
  }

  private mutating func end(_ depth: Int, isEmpty: Bool) {
    if !isEmpty { startLine(depth) }
  }

  private mutating func startLine(_ depth: Int) {
    put("\n")
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  /// The shortest text that reads back as the same number.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return value.description
  }

  /// A text in quotes, control characters escaped.
  static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.quote(text)
    return writer.text
  }

  private mutating func quote(_ text: String) {
    put("\"")
    for byte in text.utf8 {
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
}

/// The reasons of all absent figures below a figure, by their paths.
func reasons(in figure: Figure, path: String = "") -> [(key: String, value: Figure)] {
  switch figure {
  case .absent(let absence):
    return [
      (
        path,
        .record([
          ("code", .text(absence.code.rawValue)),
          ("have", absence.have.map(Figure.count) ?? .none),
          ("need", absence.need.map(Figure.count) ?? .none),
        ])
      )
    ]
  case .list(let elements):
    return elements.enumerated().flatMap { reasons(in: $1, path: "\(path)[\($0)]") }
  case .record(let members):
    return members.flatMap {
      reasons(in: $0.value, path: path.isEmpty ? $0.key : "\(path).\($0.key)")
    }
  default: return []
  }
}
