import Analysis
import Columns
import Records

/// Columns of a terminal that a text report keeps to.
let pageWidth = 80

extension PatientReport {
  /// Lines that the four answers may take, so that they end by the page's tenth.
  private static let answerLines = 8

  /// The report as one page of plain text: who and when, the four answers by the tenth line, then
  /// the tables behind them.
  ///
  /// - Parameter ascii: true leaves out every character beyond ASCII that lumbar itself writes.
  public func text(ascii: Bool = false) -> String {
    var page = TextPage(ascii: ascii)
    let covered = findings.table.coveredDays
    page.line(page.spread(words[.reportTitle].uppercased(), sentences.period(findings.period)))
    page.line(
      page.spread(who, words(.daysLogged, String(covered), String(findings.period.count))))
    if shows(.summary) { for (question, answer) in answers { page.answer(question, answer) } }
    page.rule()
    writeTables(&page)
    if shows(.summary) {
      page.list(words[.needsAttention], attention, orElse: words[.nothingStandsOut])
      page.list(words[.stillMissing], gaps, orElse: words[.nothing])
    }
    page.blank()
    let files = sources.map { visible($0.file.name) }.joined(separator: ", ")
    page.paragraph(
      words(.sourcesLine, files.isEmpty ? words[.none] : files, findings.thresholds.version))
    page.paragraph(words[.safety])
    return page.text
  }

  func shows(_ section: ReportSection) -> Bool { style.sections.contains(section) }

  /// The four answers; those that the others have most of below are shortened until all fit.
  private var answers: [(question: String, answer: String)] {
    let adherence = findings.finding(AdherenceFinding.self)
    let flexibility = findings.finding(FlexibilityFinding.self)
    let pain = findings.finding(PainFinding.self)
    let associations = findings.finding(AssociationFinding.self)
    let ways: [(Phrase, (Bool) -> String)] = [
      (.didIDoIt, { sentences.adherence(adherence, isShort: $0) }),
      (.amIMoreFlexible, { sentences.flexibility(flexibility, isShort: $0) }),
      (.isPainChanging, { sentences.pain(pain, isShort: $0) }),
      (.whatGoesWith, { sentences.associations(associations, isShort: $0) }),
    ]
    var answers = ways.map { $0.1(false) }
    for index in [3, 1, 0, 2] {
      let lines = answers.reduce(0) { $0 + TextPage.linesOfAnswer($1) }
      guard lines > PatientReport.answerLines else { break }
      answers[index] = ways[index].1(true)
    }
    return zip(ways, answers).map { (words[$0.0], $1) }
  }

  private func writeTables(_ page: inout TextPage) {
    let adherence = findings.finding(AdherenceFinding.self)
    if shows(.adherence), let adherence, !adherence.components.isEmpty {
      page.heading(words[.adherenceHeading])
      for entry in adherence.components {
        page.bar(sentences.title(of: entry.component), entry.figures, sentences)
      }
      page.bar(words[.programme], adherence.program, sentences)
    }
    if shows(.pain), let pain = findings.finding(PainFinding.self), let series = pain.series,
      pain.days > 0
    {
      page.heading(
        words(.painHeading, sentences.kind(series.kind), sentences.place(series.location)))
      writePain(series, &page)
    }
    if shows(.associations) { writeAssociations(&page) }
    let measures = findings.finding(FlexibilityFinding.self)?.measures ?? []
    if shows(.flexibility), !measures.isEmpty {
      page.heading(words[.flexibilityHeading])
      for measure in measures { page.line(flexibilityLine(measure)) }
    }
  }

  private func writeAssociations(_ page: inout TextPage) {
    if let finding = findings.finding(AssociationFinding.self), !finding.links.isEmpty {
      page.heading(words[.linksHeading])
      for link in finding.links.prefix(4) { page.entry(sentences.sentence(link)) }
    }
    if let rest = sentences.bedRest(findings.finding(BedRestFinding.self)) {
      page.heading(words[.bedRestHeading])
      page.entry(rest)
    }
  }

  private func writePain(_ series: PainSeries, _ page: inout TextPage) {
    let tables = PatientTables(findings: findings, sentences: sentences)
    let days = findings.period.days.map { series.value(on: $0) }
    if days.count <= 62, series.isTenPoint {
      page.line("  " + page.sparkline(days, in: 0...10))
    }
    let logged = tables.painWeeks.rows.filter { row in
      if case .number(let count, _, _) = row[1] { count > 0 } else { false }
    }
    for row in logged.suffix(8) {
      guard case .number(let count, _, _) = row[1] else { continue }
      var bar = ""
      if case .number(let mean, _, _) = row[2], series.isTenPoint {
        bar = page.bar(mean / 10, width: 20) + "  "
      }
      page.line(
        "  \(row[0].text)  \(bar)\(words[.mean]) \(padded(row[2].text, to: 4, right: true))"
          + "  \(words[.highest]) \(padded(row[3].text, to: 4, right: true))"
          + "  (\(words.count(Int(count), .day)))")
    }
    let trend = sentences.painTrend(findings.finding(PainFinding.self))
    if !trend.isEmpty { page.entry(trend) }
  }

  private func flexibilityLine(_ measure: FlexibilityFinding.Measure) -> String {
    let unit = visible(measure.unit ?? "")
    let first = measure.first.map { Format.decimal($0) } ?? Format.absent
    let latest = measure.latest.map { Format.decimal($0) } ?? Format.absent
    let change = measure.change.map { Format.signed($0) } ?? Format.absent
    let mdc = measure.threshold.map { "MDC \(Format.decimal($0.value))" } ?? words[.noMDC]
    return "  " + padded(sentences.measureTitle(measure), to: 29)
      + padded(first, to: 6, right: true) + " -> " + padded(latest, to: 5, right: true)
      + " " + padded(unit, to: 4) + padded(change, to: 6, right: true) + "  "
      + padded(mdc, to: 8) + " " + sentences.verdict(measure.verdict)
  }
}

/// A page of text under construction.
struct TextPage {
  private(set) var text = ""
  private let ascii: Bool

  init(ascii: Bool) { self.ascii = ascii }

  mutating func line(_ line: String) {
    var line = shortened(line, to: pageWidth)
    while line.hasSuffix(" ") { line.removeLast() }
    text += (ascii ? TextPage.inASCII(line) : line) + "\n"
  }

  mutating func blank() { text += "\n" }
  mutating func rule() { line(String(repeating: ascii ? "-" : "─", count: pageWidth)) }

  /// A heading, in capitals up to a bracket that explains it.
  mutating func heading(_ heading: String) {
    let bracket = heading.firstIndex(of: "(") ?? heading.endIndex
    blank()
    line(heading[..<bracket].uppercased() + heading[bracket...])
  }

  private static let margin = 23

  /// A question in the margin and its answer beside it.
  mutating func answer(_ question: String, _ sentence: String) {
    for (index, part) in wrapped(sentence, to: pageWidth - TextPage.margin).enumerated() {
      line(padded(index == 0 ? question : "", to: TextPage.margin) + part)
    }
  }

  /// How many lines an answer takes.
  static func linesOfAnswer(_ sentence: String) -> Int {
    wrapped(sentence, to: pageWidth - margin).count
  }

  /// A sentence of a section, set in by two blanks.
  mutating func entry(_ sentence: String) {
    for part in wrapped(sentence, to: pageWidth - 2) { line("  " + part) }
  }

  mutating func paragraph(_ paragraph: String) {
    for part in wrapped(paragraph, to: pageWidth) { line(part) }
  }

  mutating func list(_ heading: String, _ entries: [String], orElse nothing: String) {
    self.heading(heading)
    for entry in entries.isEmpty ? [nothing] : entries {
      for (index, part) in wrapped(entry, to: pageWidth - 4).enumerated() {
        line((index == 0 ? "  - " : "    ") + part)
      }
    }
  }

  /// Two texts at either end of a line.
  func spread(_ left: String, _ right: String) -> String {
    let room = pageWidth - displayWidth(right) - 1
    return padded(left, to: max(room, 1)) + " " + right
  }

  /// The figures of a component with a bar of its dose.
  mutating func bar(_ name: String, _ figures: AdherenceFigures, _ sentences: Sentences) {
    let dose = figures.doseCapped
    let all = figures.doseAllDays.map { sentences.words(.all, Format.percent($0)) } ?? ""
    line(
      "  " + padded(name, to: 18) + bar(dose ?? 0, width: 20)
        + padded(dose.map(Format.percent) ?? Format.absent, to: 7, right: true) + "  "
        + padded(all, to: 11) + " " + sentences.band(figures))
  }

  func bar(_ share: Double, width: Int) -> String {
    let filled = Int((min(max(share, 0), 1) * Double(width)).rounded())
    return String(repeating: ascii ? "#" : "█", count: filled)
      + String(repeating: ascii ? "." : "░", count: width - filled)
  }

  /// One mark a value, eight heights; a point where there is none.
  func sparkline(_ values: [Double?], in range: ClosedRange<Double>) -> String {
    let marks: [Character] = ascii ? Array("12345678") : Array("▁▂▃▄▅▆▇█")
    return String(
      values.map { value -> Character in
        guard let value else { return ascii ? "." : "·" }
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return marks[min(marks.count - 1, max(0, Int(share * Double(marks.count))))]
      })
  }

  /// What stands for the letters and signs of lumbar's own words.
  private static let plain = [
    ("–", "-"), ("…", "..."), ("×", "x"), ("·", "."), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"),
    ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss"),
  ]

  private static func inASCII(_ line: String) -> String {
    TextPage.plain.reduce(line) { $0.replacing($1.0, with: $1.1) }
  }
}
