import Analysis
import Columns
import Records

/// Columns of a terminal that a text report keeps to.
let pageWidth = 80

extension PatientReport {
  /// The report as one page of plain text.
  ///
  /// - Parameter ascii: true leaves out every character beyond ASCII that lumbar itself writes.
  public func text(ascii: Bool = false) -> String {
    var page = TextPage(ascii: ascii)
    let covered = findings.table.coveredDays
    page.line(page.spread("BACK EXERCISE REPORT", Format.period(findings.period)))
    page.line(page.spread(who, "\(covered) of \(findings.period.count) days logged"))
    page.rule()
    page.answer("Did I do it?", Sentences.adherence(findings.finding(AdherenceFinding.self)))
    page.answer(
      "Am I more flexible?", Sentences.flexibility(findings.finding(FlexibilityFinding.self)))
    page.answer("Is the pain changing?", Sentences.pain(findings.finding(PainFinding.self)))
    page.answer(
      "What goes with what?", Sentences.associations(findings.finding(AssociationFinding.self)))
    writeTables(&page)
    page.list("NEEDS ATTENTION", attention(findings), orElse: "Nothing stands out.")
    page.list("STILL MISSING", gaps(findings, refused: refusedCount), orElse: "Nothing.")
    page.blank()
    let files = sources.map { visible($0.file.name) }.joined(separator: ", ")
    page.paragraph(
      "Sources: \(files.isEmpty ? "none" : files). Thresholds \(findings.thresholds.version).")
    page.paragraph(Sentences.safety)
    return page.text
  }

  private func writeTables(_ page: inout TextPage) {
    let adherence = findings.finding(AdherenceFinding.self)
    if let adherence, !adherence.components.isEmpty {
      page.heading("ADHERENCE (share of the prescribed dose; all = unlogged days count as missed)")
      for entry in adherence.components {
        page.bar(title(of: entry.component), entry.figures.doseCapped, entry.figures)
      }
      page.bar("Programme", adherence.program.doseCapped, adherence.program)
    }
    if let pain = findings.finding(PainFinding.self), let series = pain.series, pain.days > 0 {
      let place = visible(series.location)
      page.heading("PAIN (\(series.kind.word), \(place), 0 to 10, by week)")
      writePain(series, &page)
    }
    if let finding = findings.finding(AssociationFinding.self), finding.links.count > 1 {
      page.heading("WHAT GOES WITH WHAT (further links; associations, not causes)")
      for link in finding.links.dropFirst().prefix(4) {
        page.paragraph("  " + Sentences.sentence(link))
      }
    }
    if let rest = Sentences.bedRest(findings.finding(BedRestFinding.self)) {
      page.heading("BED REST")
      page.paragraph("  " + rest)
    }
    let measures = findings.finding(FlexibilityFinding.self)?.measures ?? []
    if !measures.isEmpty {
      page.heading("FLEXIBILITY (MDC = the smallest change that is not measurement error)")
      for measure in measures { page.line(flexibilityLine(measure)) }
    }
  }

  private func writePain(_ series: PainSeries, _ page: inout TextPage) {
    let tables = PatientTables(findings: findings)
    let days = findings.period.days.map { series.value(on: $0) }
    if days.count <= 62 { page.line("  " + page.sparkline(days, in: 0...10)) }
    let trend = Sentences.painTrend(findings.finding(PainFinding.self))
    defer { if !trend.isEmpty { page.line("  " + trend) } }
    let logged = tables.painWeeks.rows.filter { row in
      if case .number(let count, _, _) = row[1] { count > 0 } else { false }
    }
    for row in logged.suffix(8) {
      guard case .number(let count, _, _) = row[1] else { continue }
      let bar: String
      if case .number(let mean, _, _) = row[2] {
        bar = page.bar(mean / 10, width: 20)
      } else {
        bar = ""
      }
      page.line(
        "  \(row[0].text)  \(bar)  mean \(padded(row[2].text, to: 4, right: true))"
          + "  highest \(padded(row[3].text, to: 4, right: true))"
          + "  (\(Format.count(Int(count), "day", "days")))")
    }
  }

  private func flexibilityLine(_ measure: FlexibilityFinding.Measure) -> String {
    let unit = visible(measure.unit ?? "")
    let first = measure.first.map { Format.decimal($0) } ?? Format.absent
    let latest = measure.latest.map { Format.decimal($0) } ?? Format.absent
    let change = measure.change.map { Format.signed($0) } ?? Format.absent
    let mdc = measure.threshold.map { "MDC \(Format.decimal($0.value))" } ?? "no MDC"
    return "  " + padded(visible(measureTitle(measure)), to: 25)
      + padded(first, to: 6, right: true) + " -> " + padded(latest, to: 5, right: true)
      + " " + padded(unit, to: 4) + padded(change, to: 6, right: true) + "  "
      + padded(mdc, to: 9) + " " + Sentences.verdict(measure.verdict)
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

  mutating func heading(_ heading: String) {
    blank()
    line(heading)
  }

  /// A question in the margin and its answer beside it.
  mutating func answer(_ question: String, _ sentence: String) {
    let margin = 23
    for (index, part) in wrapped(sentence, to: pageWidth - margin).enumerated() {
      line(padded(index == 0 ? question : "", to: margin) + part)
    }
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

  /// One figure of adherence with its bar.
  mutating func bar(_ name: String, _ share: Double?, _ figures: AdherenceFigures) {
    let all = figures.doseAllDays.map { "all " + Format.percent($0) } ?? ""
    let band = figures.isLowConfidence ? "low confidence" : figures.band ?? ""
    line(
      "  " + padded(name, to: 18) + bar(share ?? 0, width: 20)
        + padded(share.map(Format.percent) ?? Format.absent, to: 7, right: true) + "  "
        + padded(all, to: 10) + " " + band)
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

  private static func inASCII(_ line: String) -> String {
    line.replacing("–", with: "-").replacing("…", with: "...")
  }
}
