import Analysis
import Columns
import Records

/// The main figures on one page, each with that of the period before where there is one.
struct SummaryPart: PatientPart {
  static let section = ReportSection.summary
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  var full: Section {
    let adherence = findings.finding(AdherenceFinding.self)
    let programme = adherence?.exercises.filter(\.isPrescribed).count ?? 0
    return Section(
      name: words[.sheetSummary],
      blocks: [
        .title(words[.reportTitle]),
        .paragraph("\(report.who), \(sentences.period(findings.period))"),
        .paragraph(
          words(
            .daysAndLines, String(findings.table.coveredDays), String(findings.period.count),
            words.count(programme, .programLine))),
        .table(Table(words[.inFigures], words.list(.figureColumns), rows)),
        .list(words[.needsAttention], report.attention),
        .list(words[.stillMissing], report.gaps),
        .heading(words[.pleaseNote]), .paragraph(words[.safety]),
      ], isOnePage: true)
  }

  /// The cards say it.
  var further: [Block] { [] }

  private var rows: [[Cell]] {
    let before = findings.finding(BeforeFinding.self)?.findings
    return adherenceRows(before) + [flexibilityRow] + painRows(before) + [linksRow]
  }

  private func adherenceRows(_ before: BeforeFinding.Main?) -> [[Cell]] {
    let adherence = findings.finding(AdherenceFinding.self)
    return [
      [
        .text(words[.didIDoIt]), .text(words[.doseDone]),
        .percent(orAbsent: adherence?.program.doseCapped),
        .percent(orAbsent: before?.adherence.doseCapped),
        .text(words.count(findings.table.coveredDays, .loggedDay)),
        .text(sentences.answer(answers.adherence, adherence)),
      ],
      [
        .text(""), .text(words[.sessionsFigure]), .count(findings.load.sessions),
        before.map { .count($0.sessions) } ?? .absent(nil), .text(""), .text(""),
      ],
    ]
  }

  private var flexibilityRow: [Cell] {
    let flexibility = findings.finding(FlexibilityFinding.self)
    let better = flexibility?.better.count ?? 0
    let judged = flexibility?.judged ?? 0
    return [
      .text(words[.amIMoreFlexible]), .text(words[.testsBetter]),
      judged > 0 ? .text(words(.testsOf, String(better), String(judged))) : .absent(nil),
      .absent(nil), .text(words.count(flexibility?.mostDays ?? 0, .day)),
      .text(sentences.flexibility(flexibility)),
    ]
  }

  private func painRows(_ before: BeforeFinding.Main?) -> [[Cell]] {
    let pain = findings.finding(PainFinding.self)
    let days: Cell = .text(words.count(answers.pain.logged, .day))
    return [
      [
        .text(words[.isPainChanging]), .text(words[.painChangeFigure]),
        .number(pain?.change, signed: true), .absent(nil), days,
        .text(sentences.answer(answers.pain)),
      ],
      [
        .text(""), .text(words[.painMeanFigure]), .number(pain?.mean), .number(before?.painMean),
        days, .text(""),
      ],
    ]
  }

  private var linksRow: [Cell] {
    let links = answers.links
    return [
      .text(words[.whatGoesWith]), .text(words[.linksFigure]),
      .number(links.isTold ? links.shown?.points : nil, signed: true), .absent(nil),
      .text(words.count(links.logged, .day)), .text(sentences.answer(links)),
    ]
  }
}
