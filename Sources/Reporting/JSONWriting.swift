import Analysis
import Records

/// The JSON document of a figure, with a line end: keys in their order, absent figures as null.
public func jsonDocument(_ figure: Figure) -> String { JSONWriter.document(figure) }

/// A text as JSON writes it: in quotes, control characters escaped.
public func jsonQuoted(_ text: String) -> String { JSONWriter.quoted(text) }

/// Writes figures as JSON: keys in their order, two blanks a level, numbers as the shortest text that
/// reads back as the same Double, absent figures as null.
struct JSONWriter {
  private(set) var text = ""

  /// The document of a figure with a line end.
  static func document(_ figure: Figure) -> String {
    var writer = JSONWriter()
    writer.write(figure, indent: "")
    return writer.text + "\n"
  }

  private mutating func write(_ figure: Figure, indent: String) {
    switch figure {
    case .number(let value): text += value.isFinite ? JSONWriter.number(value) : "null"
    case .count(let value): text += String(value)
    case .text(let value): text += JSONWriter.quoted(value)
    case .flag(let value): text += value ? "true" : "false"
    case .none, .absent: text += "null"
    case .list(let elements):
      write(elements.map { ("", $0) }, open: "[", close: "]", indent: indent)
    case .record(let members): write(members, open: "{", close: "}", indent: indent)
    }
  }

  private mutating func write(
    _ members: [(key: String, value: Figure)], open: String, close: String, indent: String
  ) {
    text += open
    for (index, member) in members.enumerated() {
      text += (index == 0 ? "\n" : ",\n") + indent + "  "
      if open == "{" { text += JSONWriter.quoted(member.key) + ": " }
      write(member.value, indent: indent + "  ")
    }
    text += members.isEmpty ? close : "\n" + indent + close
  }

  /// The shortest text that reads back as the same number.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return value.description
  }

  /// A text in quotes, control characters escaped.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
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
