import Analysis
import Columns
import Records

/// Did I do it? Shares of what was prescribed, by component, week, day and exercise.
struct AdherencePart: PatientPart {
  static let section = ReportSection.adherence
  static let name = Phrase.sheetAdherence
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  var isPresent: Bool { !(finding?.exercises.isEmpty ?? true) }

  private var finding: AdherenceFinding? { findings.finding(AdherenceFinding.self) }

  var page: [PageBlock] {
    guard let finding, !finding.components.isEmpty else { return [] }
    var rows = finding.components.map { line(sentences.title(of: $0.component), $0.figures) }
    rows.append(line(words[.programme], finding.program))
    return [
      .heading(words[.adherenceHeading]),
      .lines(
        Lines(
          columns: [
            .init(width: 17, grows: true), .init(width: 20, gap: 1),
            .init(width: 7, isRight: true), .init(width: 11, gap: 2), .init(width: 0, gap: 1),
          ], rows: rows)),
    ]
  }

  /// A component with a bar of its dose.
  private func line(_ name: String, _ figures: AdherenceFigures) -> [Lines.Cell] {
    let dose = figures.doseCapped
    return [
      .text(name), .bar(dose ?? 0), .text(dose.map(Format.percent) ?? Format.absent),
      .text(figures.doseAllDays.map { words(.all, Format.percent($0)) } ?? ""),
      .text(sentences.band(figures)),
    ]
  }

  var full: Section {
    var blocks: [Block] = [
      .title(words[.sheetAdherence]),
      .paragraph(sentences.answer(answers.adherence, finding)), .table(shares),
    ]
    if let plot {
      blocks.append(.charted(plot.table, [plot.chart]))
      if showsMonths { blocks.append(.table(totals(finding?.weekTotals ?? [], byMonth: false))) }
    }
    let grid = grid
    if !grid.rows.isEmpty { blocks.append(.table(grid)) }
    let exercises = exercises
    if !exercises.rows.isEmpty { blocks.append(.table(exercises)) }
    return Section(name: words[Self.name], blocks: blocks, hasEvenColumns: true)
  }

  /// What was done and due, for a card.
  var picture: Plot? {
    var plot = plot
    plot?.chart.yTitle = words.list(.session).last ?? ""
    return plot
  }

  /// What stands before the bracket of its heading.
  var screenName: String {
    let heading = words[.adherenceHeading]
    return heading.split(separator: " (").first.map(String.init) ?? heading
  }

  var further: [Block] {
    func row(_ name: String, _ figures: AdherenceFigures) -> [Cell] {
      [
        .text(name), .percent(orAbsent: figures.doseCapped),
        .percent(orAbsent: figures.doseAllDays),
        .text(sentences.band(figures)),
      ]
    }
    var components = (finding?.components ?? []).map {
      row(sentences.title(of: $0.component), $0.figures)
    }
    guard let finding, !components.isEmpty else { return [] }
    components.append(row(words[.programme], finding.program))
    let exercises = finding.exercises.filter(\.isPrescribed).map { exercise in
      let side = exercise.side?.one.map { ", \(sentences.side($0))" } ?? ""
      return row(visible(exercise.name) + side, exercise.figures)
    }
    return zip(words.list(.doneTables), [components, exercises]).map { title, rows in
      var table = Table(
        title, words.list(.doneColumns) + words.list(.adherenceColumns).suffix(1), rows)
      table.bars = [1: 1]
      return .table(table.withoutEmptyColumns)
    }
  }

  /// One row a component, the programme last.
  private var shares: Table {
    func row(_ name: String, _ figures: AdherenceFigures) -> [Cell] {
      [
        .text(name), .percent(orAbsent: figures.doseCapped),
        .percent(orAbsent: figures.doseUncapped), .percent(orAbsent: figures.doseAllDays),
        .percent(orAbsent: figures.sessions), .percent(orAbsent: figures.unknownShare),
        .text(sentences.band(figures)),
      ]
    }
    var rows = (finding?.components ?? []).map {
      row(sentences.title(of: $0.component), $0.figures)
    }
    if let program = finding?.program, !rows.isEmpty {
      rows.append(row(words[.programmeRow], program))
    }
    return Table(words[.adherenceTable], words.list(.adherenceColumns), rows)
  }

  /// One row an exercise and side.
  private var exercises: Table {
    Table(
      words[.exerciseTable], words.list(.exerciseColumns),
      (finding?.exercises ?? []).map { exercise in
        [
          .text(visible(exercise.name)), .text(sentences.side(exercise.side?.one)),
          .text(sentences.title(of: exercise.component)),
          exercise.isPrescribed
            ? .percent(orAbsent: exercise.figures.doseCapped) : .absent(words[.notPrescribed]),
          .percent(orAbsent: exercise.figures.doseAllDays),
          .percent(orAbsent: exercise.figures.sessions), .count(exercise.assumed),
          .count(exercise.extra),
        ]
      })
  }

  /// Planned and done session-equivalents by week or month, warm-up and cool-down left out; nil
  /// where nothing was due.
  var plot: Plot? {
    let totals = (showsMonths ? finding?.monthTotals : finding?.weekTotals) ?? []
    guard !totals.isEmpty else { return nil }
    let table = self.totals(totals, byMonth: showsMonths)
    return Plot(table: table, chart: plannedAndDone(table))
  }

  private func totals(_ totals: [AdherenceFinding.DueTotal], byMonth: Bool) -> Table {
    Table(
      byMonth ? words[.weekMonthTable] : words[.weekTable],
      byMonth ? spanColumns(.weekColumns) : words.list(.weekColumns),
      totals.map { total in
        [
          byMonth == showsMonths ? span(total.first) : .day(total.first), .number(total.due),
          .number(total.done), .percent(total.share),
        ]
      })
  }

  /// Week by day for each component: one letter a day.
  private var grid: Table {
    var rows: [[Cell]] = []
    for component in finding?.prescribedComponents ?? [] {
      for monday in Set(findings.period.days.map(\.monday)).sorted() {
        let letters = (0..<7).map { weekday -> Cell in
          let day = monday + weekday
          let mark =
            findings.period.contains(day) ? finding?.mark(of: component, on: day) : nil
          return .state(mark, words)
        }
        rows.append([.text(sentences.title(of: component)), .day(monday)] + letters)
      }
    }
    return Table(words[.gridTable], words.list(.gridColumns) + words.list(.weekdays), rows)
  }

  private func plannedAndDone(_ totals: Table) -> Chart {
    let last =
      totals.rows.last.map { words(.testsOf, $0[2].text, $0[1].text) } ?? Format.absent
    return Chart(
      form: .columns, title: showsMonths ? words[.weekMonthChart] : words[.weekChart], xTitle: "",
      yTitle: axes(.weekChartAxes).y, categories: 0, labelStep: labelStep(totals.rows.count),
      series: [
        .init(column: 1, color: .sky, marker: false, line: false, isOutline: true),
        .init(column: 2, color: .blue, marker: false, line: false),
      ], description: words(.weekChartText, String(totals.rows.count), last))
  }
}
