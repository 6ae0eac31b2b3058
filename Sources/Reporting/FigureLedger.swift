import Analysis
import Records

/// A figure of a report with every row behind it, as text and as JSON.
public struct FigureLedger: Sendable {
  let path: String
  let value: Figure
  let explanation: Explanation
  let sources: [Int64: SourceFile]
  /// The words of the text; those of the JSON do not depend on the language.
  let sentences: Sentences

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
        ("rule", .text(Sentences.ofFigures.sentence(explanation.rule))),
        ("sum", sum.map(Figure.number) ?? .none),
        (
          "items",
          .list(explanation.items.map(figures))
        ),
      ]))
  }

  private func figures(_ item: LedgerItem) -> Figure {
    var members: [(key: String, value: Figure)] = [
      ("day", item.day.map { .text($0.description) } ?? .none)
    ]
    members += item.cells
    if let part = item.part { members.append(("part", .number(part))) }
    members.append(("file", file(item.position).map(Figure.text) ?? .none))
    members.append(("line", item.position.map { .count(Int($0.line)) } ?? .none))
    return .record(members)
  }

  private var words: Words { sentences.words }

  /// A line an item, for people.
  public var text: String {
    var text = "\(visible(path)) = \(self.text(value))\n\(sentences.sentence(explanation.rule))\n\n"
    for item in explanation.items {
      var parts = [item.day.map(\.description) ?? "          "]
      for (key, value) in item.cells {
        if case .none = value { continue }
        if case .flag(false) = value { continue }
        parts.append("\(words.ledgerTerm(key)) \(self.text(value, of: key))")
      }
      if let part = item.part { parts.append(words(.ledgerPart, FigureLedger.rounded(part))) }
      if let position = item.position, let file = file(position) {
        parts.append(words(.ledgerPlace, visible(file), String(position.line)))
      }
      text += parts.joined(separator: "  ") + "\n"
    }
    if explanation.items.isEmpty { text += words[.ledgerEmpty] + "\n" }
    if let sum { text += "\n" + words(.ledgerSum, FigureLedger.rounded(sum)) + "\n" }
    return text
  }

  /// Six digits behind the point, without needless ones.
  private static func rounded(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? String(Int64(rounded)) : rounded.description
  }

  /// A value in words.
  private func text(_ value: Figure, of key: String = "") -> String {
    switch value {
    case .number(let number): FigureLedger.rounded(number)
    case .count(let count): String(count)
    case .text(let text): visible(sentences.ledgerText(text, of: key))
    case .detail(let detail): sentences.ledgerDetail(detail)
    case .flag(let flag): words.either(flag, .yesNo)
    case .none: words[.none]
    case .absent(let absence): words(.ledgerAbsent, sentences.reason(absence))
    case .list(let elements):
      if elements.contains(where: { if case .record = $0 { true } else { false } }) {
        words(.ledgerEntries, String(elements.count))
      } else {
        elements.map { text($0) }.joined(separator: words[.ledgerRange])
      }
    case .record(let members): words(.ledgerFigures, String(members.count))
    }
  }
}

extension LedgerSentence: Worded {}
extension AdherenceShare: Worded {}
extension AdherenceWhole: Worded {}

extension Sentences {
  /// How a ledger's rows make its figure.
  func sentence(_ rule: LedgerRule) -> String {
    switch rule {
    case .sentence(let sentence): return sentence.text(in: words.language)
    case .detail(let detail): return ledgerDetail(detail)
    case .share(let share, let whole):
      var component = ""
      if case .component(let own) = whole { component = ledgerName(of: own) }
      return share.text(in: words.language) + words[.partsParted]
        + Words.filled(whole.text(in: words.language), [component])
    }
  }

  /// A detail of a rule with components named as ledgers do.
  func ledgerDetail(_ detail: RuleDetail) -> String { self.detail(detail, naming: ledgerName(of:)) }

  /// A component in a ledger: in English the code that figures and files have for it.
  private func ledgerName(of component: Component) -> String {
    words.language == .english ? component.word : title(of: component)
  }

  /// The text of a ledger's item in words: codes are translated, names that people gave are not.
  func ledgerText(_ text: String, of key: String) -> String {
    switch key {
    case "exercise", "file": text
    case _ where words.language == .english: text
    case "exposure": exposure(text)
    case "component": Component.allCases.first { $0.word == text }.map(title(of:)) ?? text
    default:
      // What has no word of its own may be a rule of the programme.
      Words.ledgerTerms[words.language]?[text]
        ?? ProgrammeRule(rawValue: text).map(title(of:)) ?? text
    }
  }
}

extension Words {
  /// A key or code of a ledger in words; what is none stays as it is.
  func ledgerTerm(_ code: String) -> String { Words.ledgerTerms[language]?[code] ?? code }

  /// The keys and codes of every language but English, which keeps them.
  static let ledgerTerms: [Language: [String: String]] = [
    .german: germanLedgerTerms, .spanish: spanishLedgerTerms, .french: frenchLedgerTerms,
  ]
}

extension PatientReport {
  /// The ledger behind a figure; nil for a path that leads nowhere.
  ///
  /// - Parameter path: as in the JSON report.
  public func ledger(of path: String) -> FigureLedger? {
    guard !path.isEmpty, let value = figures[path] else { return nil }
    return FigureLedger(
      path: path, value: value, explanation: explanation(of: path) ?? Explanation(.property, []),
      sources: findings.table.log.sources, sentences: sentences)
  }

  private func explanation(of path: String) -> Explanation? {
    if case .absent = figures[path] { return Explanation(.absent, []) }
    func counts(_ sentence: LedgerSentence, _ counts: [(String, Int)]) -> Explanation {
      Explanation(
        sentence, counts.map { LedgerItem(cells: [("file", .text($0.0))], part: Double($0.1)) })
    }
    switch path {
    case "quality.days_covered": return findings.explainDays(covered: true)
    case "quality.days_unknown": return findings.explainDays(covered: false)
    case "quality.rows_used":
      return counts(.rowsByFile, sources.map { ($0.file.name, $0.rows) })
    case "quality.rows_refused":
      return Explanation(
        .refusedByReason,
        refused.sorted { $0.key < $1.key }.map {
          LedgerItem(cells: [("state", .text($0.key))], part: Double($0.value))
        })
    case "quality.rows_left_out":
      return counts(
        .leftOut,
        findings.table.log.sources.sorted { $0.key < $1.key }.map {
          ($0.value.name, $0.value.leftOut)
        })
    default: return findings.explanation(of: path)
    }
  }
}
