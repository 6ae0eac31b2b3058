import Analysis
import Columns
import Records

/// The main figures on one page, each with that of the period before where there is one.
struct SummaryPart: PatientPart {
  static let section = ReportSection.summary
  static let name = Phrase.sheetSummary
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  var full: Section {
    let adherence = findings.finding(AdherenceFinding.self)
    let programme = adherence?.exercises.filter(\.isPrescribed).count ?? 0
    let plots = [PainPart(report).dayPlot, AdherencePart(report).plot].compactMap(\.self)
    return Section(
      name: words[Self.name],
      blocks: [
        .title(words[.reportTitle]),
        .paragraph(
          "\(report.who), \(sentences.period(findings.period)). "
            + words(
              .daysAndLines, String(findings.table.coveredDays), String(findings.period.count),
              words.count(programme, .programLine))),
        .table(figures),
      ] + (plots.isEmpty ? [] : [.plots(plots, across: 1)]) + [
        .list(words[.needsAttention], cut(report.attention)),
        .list(words[.stillMissing], cut(report.gaps)),
        .heading(words[.pleaseNote]), .paragraph(words[.safety]),
      ], layout: .onePage)
  }

  /// Entries of a list that have room on the page.
  private static let mostEntries = 7

  private func cut(_ entries: [String]) -> [String] {
    let left = entries.count - SummaryPart.mostEntries
    guard left > 1 else { return entries }
    return entries.prefix(SummaryPart.mostEntries)
      + [Words.capital(words(.more, String(left))) + "."]
  }

  /// A row a figure; without a period before there is no column for it.
  private var figures: Table {
    let columns = words.list(.figureColumns)
    return Table(
      words[.inFigures], columns.prefix(4) + [columns[5]], rows
    ).withoutEmptyColumns
  }

  private struct Row {
    var question: Phrase?
    var figure: String
    /// What it is made from, such as days.
    var from: String?
    var value: Cell
    var before = Cell.absent(nil)
    var answer = ""
  }

  /// The cards say it.
  var further: [Block] { [] }

  private var rows: [[Cell]] {
    let before = findings.finding(BeforeFinding.self)?.findings
    let all =
      adherenceRows(before) + [flexibilityRow] + questionnaireRows + painRows(before)
      + [linksRow]
    return all.map { row in
      let figure = row.from.map { "\(row.figure) (\($0))" } ?? row.figure
      return [
        .text(row.question.map { words[$0] } ?? ""), .text(figure), row.value, row.before,
        .text(row.answer),
      ]
    }
  }

  private func adherenceRows(_ before: BeforeFinding.Main?) -> [Row] {
    let adherence = findings.finding(AdherenceFinding.self)
    return [
      Row(
        question: .didIDoIt, figure: words[.doseDone],
        from: words.count(findings.table.coveredDays, .loggedDay),
        value: .percent(orAbsent: adherence?.program.doseCapped),
        before: .percent(orAbsent: before?.adherence.doseCapped),
        answer: sentences.answer(answers.adherence, adherence)),
      Row(
        figure: words[.sessionsFigure], value: .count(findings.load.sessions),
        before: before.map { .count($0.sessions) } ?? .absent(nil)),
    ]
  }

  private var flexibilityRow: Row {
    let flexibility = findings.finding(FlexibilityFinding.self)
    let judged = flexibility?.judged ?? 0
    return Row(
      question: .amIMoreFlexible,
      figure: judged > 0 ? words(.testsBetterOf, String(judged)) : words[.testsBetter],
      from: flexibility.map { words.count($0.mostDays, .day) },
      value: judged > 0 ? .count(flexibility?.better.count ?? 0) : .absent(nil),
      answer: sentences.flexibility(flexibility))
  }

  /// One a questionnaire with a change.
  private var questionnaireRows: [Row] {
    (findings.finding(QuestionnaireFinding.self)?.scores ?? []).filter { $0.change != nil }.map {
      Row(
        figure: sentences.title(of: $0.measure.instrument), from: words.count($0.count, .day),
        value: .number($0.change, signed: true), answer: sentences.change($0))
    }
  }

  private func painRows(_ before: BeforeFinding.Main?) -> [Row] {
    let pain = findings.finding(PainFinding.self)
    let days = words.count(answers.pain.logged, .day)
    return [
      Row(
        question: .isPainChanging, figure: words[.painChangeFigure], from: days,
        value: .number(pain?.change, signed: true), answer: sentences.answer(answers.pain)),
      Row(
        figure: words[.painMeanFigure], value: .number(pain?.mean),
        before: .number(before?.painMean)),
    ]
  }

  private var linksRow: Row {
    let links = answers.links
    return Row(
      question: .whatGoesWith, figure: words[.linksFigure],
      from: words.count(links.logged, .day),
      value: .number(links.isTold ? links.shown?.points : nil, signed: true),
      answer: sentences.answer(links))
  }
}
