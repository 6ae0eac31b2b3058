import Analysis
import Records

/// A figure of a report with every row behind it, as text and as JSON.
public struct FigureLedger: Sendable {
  let path: String
  let value: Figure
  let explanation: Explanation
  let sources: [Int64: SourceFile]

  /// The sum of the parts, nil where items have none.
  var sum: Double? {
    let parts = explanation.items.compactMap(\.part)
    return parts.isEmpty ? nil : parts.reduce(0, +)
  }

  private func file(_ position: SourcePosition?) -> String? {
    position.flatMap { sources[$0.file]?.name }
  }

  /// The machine form.
  public var json: String {
    JSONWriter.document(
      .record([
        ("schema", .count(1)), ("figure", .text(path)), ("value", value),
        ("rule", .text(explanation.rule)), ("sum", sum.map(Figure.number) ?? .none),
        (
          "items",
          .list(
            explanation.items.map { item in
              .record(
                [("day", item.day.map { .text($0.description) } ?? .none)] + item.cells
                  + (item.part.map { [("part", .number($0))] } ?? [])
                  + [
                    ("file", file(item.position).map(Figure.text) ?? .none),
                    ("line", item.position.map { .count(Int($0.line)) } ?? .none),
                  ])
            })
        ),
      ]))
  }

  /// A line an item, for people.
  public var text: String {
    var text = "\(visible(path)) = \(FigureLedger.words(value))\n\(explanation.rule)\n\n"
    for item in explanation.items {
      var words = [item.day.map(\.description) ?? "          "]
      for (key, value) in item.cells {
        if case .none = value { continue }
        if case .flag(false) = value { continue }
        words.append("\(key) \(FigureLedger.words(value))")
      }
      if let part = item.part { words.append("part \(FigureLedger.rounded(part))") }
      if let position = item.position, let file = file(position) {
        words.append("(\(visible(file)), line \(position.line))")
      }
      text += words.joined(separator: "  ") + "\n"
    }
    if explanation.items.isEmpty { text += "No row stands behind it.\n" }
    if let sum { text += "\nSum of the parts: \(FigureLedger.rounded(sum))\n" }
    return text
  }

  /// Six digits behind the point, without needless ones.
  private static func rounded(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? String(Int64(rounded)) : rounded.description
  }

  private static func words(_ value: Figure) -> String {
    switch value {
    case .number(let number): rounded(number)
    case .count(let count): String(count)
    case .text(let text): visible(text)
    case .flag(let flag): flag ? "yes" : "no"
    case .none: "none"
    case .absent(let absence): "absent: \(Sentences(.english).reason(absence))"
    case .list(let elements):
      if elements.contains(where: { if case .record = $0 { true } else { false } }) {
        "\(elements.count) entries"
      } else {
        elements.map(words).joined(separator: " to ")
      }
    case .record(let members): "\(members.count) figures"
    }
  }
}

extension PatientReport {
  /// The ledger behind a figure; nil for a path that leads nowhere.
  ///
  /// - Parameter path: as in the JSON report.
  public func ledger(of path: String) -> FigureLedger? {
    guard !path.isEmpty, let value = figures[path] else { return nil }
    return FigureLedger(
      path: path, value: value,
      explanation: explanation(of: path) ?? Explanation("a property of the report itself", []),
      sources: findings.table.log.sources)
  }

  private func explanation(of path: String) -> Explanation? {
    if case .absent = figures[path] {
      return Explanation("absent; its reason stands beside it", [])
    }
    func counts(_ rule: String, _ counts: [(String, Int)]) -> Explanation {
      Explanation(
        rule, counts.map { LedgerItem(cells: [("file", .text($0.0))], part: Double($0.1)) })
    }
    switch path {
    case "quality.days_covered": return findings.explainDays(covered: true)
    case "quality.days_unknown": return findings.explainDays(covered: false)
    case "quality.rows_used":
      return counts("rows of the patient by file", sources.map { ($0.file.name, $0.rows) })
    case "quality.rows_refused":
      return Explanation(
        "rows refused in the patient's files by reason",
        refused.sorted { $0.key < $1.key }.map {
          LedgerItem(cells: [("state", .text($0.key))], part: Double($0.value))
        })
    case "quality.rows_left_out":
      return counts(
        "rows left out of the patient's files",
        findings.table.log.sources.sorted { $0.key < $1.key }.map {
          ($0.value.name, $0.value.leftOut)
        })
    default: return findings.explanation(of: path)
    }
  }
}
