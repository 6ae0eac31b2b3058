import Analysis
import Records

/// The JSON document of a figure, with a line end: keys in their order, absent figures as null.
public func jsonDocument(_ figure: Figure) -> String { JSONWriter.document(figure) }

/// A text as JSON writes it: in quotes, control characters escaped.
public func jsonQuoted(_ text: String) -> String { JSONWriter.quoted(text) }

/// Writes figures as JSON: keys in their order, two blanks a level, numbers as the shortest text
/// that reads back as the same Double, absent figures as null.
struct JSONWriter {
  private var json = JSONText()

  /// The document of a figure with a line end.
  static func document(_ figure: Figure) -> String {
    var writer = JSONWriter()
    writer.write(figure, depth: 0)
    writer.json.put("\n")
    return writer.json.text
  }

  private mutating func write(_ figure: Figure, depth: Int) {
    switch figure {
    case .number(let value):
      if value.isFinite { json.put(JSONWriter.number(value)) } else { json.put("null") }
    case .count(let value): json.put(String(value))
    case .text(let value): json.quote(value.utf8)
    case .detail(let detail): json.quote(Sentences.ofFigures.ledgerDetail(detail).utf8)
    case .flag(let value): if value { json.put("true") } else { json.put("false") }
    case .none, .absent: json.put("null")
    case .list(let elements):
      json.put("[")
      for (index, element) in elements.enumerated() {
        startMember(index, depth: depth)
        write(element, depth: depth + 1)
      }
      if !elements.isEmpty { startLine(depth) }
      json.put("]")
    case .record(let members):
      json.put("{")
      for (index, member) in members.enumerated() {
        startMember(index, depth: depth)
        json.quote(member.key.utf8)
        json.put(": ")
        write(member.value, depth: depth + 1)
      }
      if !members.isEmpty { startLine(depth) }
      json.put("}")
    }
  }

  private mutating func startMember(_ index: Int, depth: Int) {
    if index > 0 { json.put(",") }
    startLine(depth + 1)
  }

  private mutating func startLine(_ depth: Int) {
    json.put("\n")
    json.put(UInt8(ascii: " "), count: 2 * depth)
  }

  /// The shortest text that reads back as the same number.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return value.description
  }

  /// A text in quotes, control characters escaped.
  static func quoted(_ text: String) -> String {
    var json = JSONText()
    json.quote(text.utf8)
    return json.text
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
