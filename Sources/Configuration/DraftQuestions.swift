import Foundation
import Records

/// A line of a draft that a person has to settle.
public struct DraftQuestion: Sendable, Equatable {
  /// The line in the draft's text, from 1.
  public var line: Int
  /// What is asked about: the key of the line.
  public var key: String
  /// What is to be said, as the draft words it; empty where the key says it.
  public var why: String
}

/// The lines of a draft that a person has to settle: those whose value is `"?"`.
///
/// - Parameter text: the draft, as TOML.
public func draftQuestions(in text: String) -> [DraftQuestion] {
  text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
    index, line in
    guard let mark = line.range(of: " = \"?\""), line.first != "#" else { return nil }
    let key = String(line[..<mark.lowerBound])
    if ["missing", "column", "equals"].contains(key) { return nil }
    let rest = line[mark.upperBound...].drop { $0 == " " || $0 == "#" }
    return DraftQuestion(line: index + 1, key: key, why: String(rest))
  }
}

/// A draft with one of its lines settled.
///
/// - Parameters:
///   - text: the draft, as TOML.
///   - question: of this text.
///   - answer: what is right; nil takes the line out.
public func settled(_ text: String, _ question: DraftQuestion, with answer: String?) -> String {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  guard lines.indices.contains(question.line - 1) else { return text }
  if let answer {
    let isNumber = question.key == "year" && Int(answer) != nil
    lines[question.line - 1] = "\(question.key) = \(isNumber ? answer : quoted(answer))"
  } else {
    lines.remove(at: question.line - 1)
  }
  return lines.joined(separator: "\n")
}

/// A TOML string.
func quoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": quoted += "\\" + String(scalar)
    case "\t": quoted += "\\t"
    case "\n": quoted += "\\n"
    case "\r": quoted += "\\r"
    case let hidden where isHidden(hidden.value):
      let digits = String(hidden.value, radix: 16)
      quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}
