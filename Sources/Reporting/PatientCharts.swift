import Analysis
import Columns
import Records

/// The charts over a patient's tables.
struct PatientCharts {
  let findings: PatientFindings
  let sentences: Sentences

  private var words: Words { sentences.words }

  private func axes(_ phrase: Phrase) -> (x: String, y: String) {
    let names = words.list(phrase)
    return (names[0], names.last ?? "")
  }

  func plannedAndDone(_ weeks: Table) -> Chart {
    let axes = axes(.weekChartAxes)
    let last =
      weeks.rows.last.map { words(.testsOf, $0[2].text, $0[1].text) } ?? Format.absent
    return Chart(
      form: .columns, title: words[.weekChart], xTitle: axes.x, yTitle: axes.y, categories: 0,
      labelStep: max(1, weeks.rows.count / 13),
      series: [
        .init(column: 1, color: .sky, marker: false, line: false),
        .init(column: 2, color: .blue, marker: false, line: false),
      ], description: words(.weekChartText, words.count(weeks.rows.count, .week), last))
  }

  func pain(_ series: PainSeries, _ days: Table) -> Chart {
    let axes = axes(.painChartAxes)
    let hasFlares = !(findings.finding(PainFinding.self)?.flares ?? []).isEmpty
    let lines: [Chart.Series] = [
      .init(column: 1, color: .sky, marker: true, line: false),
      .init(column: 2, color: .blue, marker: false, line: true),
      .init(column: 3, color: .vermilion, marker: true, line: false, shape: .diamond),
    ]
    return Chart(
      form: .line, title: words[.painChart], xTitle: axes.x,
      yTitle: series.isTenPoint ? axes.y : words[.pain], yRange: series.isTenPoint ? 0...10 : nil,
      categories: 0, labelStep: max(1, days.rows.count / 10),
      series: hasFlares ? lines : Array(lines.prefix(2)),
      description: words(
        .painChartText, sentences.pain(findings.finding(PainFinding.self))))
  }

  func measure(_ measure: FlexibilityFinding.Measure, _ table: Table) -> Chart {
    let axes = axes(.measureChartAxes)
    let title = sentences.measureTitle(measure)
    let unit = visible(measure.unit ?? "")
    let days = measure.series.days.map { Double($0.number) + excelEpoch }
    var lines: [Chart.Series] = [.init(column: 1, color: .blue, marker: true, line: true)]
    if measure.trend?.slopePerWeek != nil {
      lines.append(.init(column: 2, color: .orange, marker: false, line: true, dashed: true))
    }
    let text =
      measure.change.map {
        words(
          .measureChanged, title, Format.signed($0), unit, sentences.verdict(measure.verdict))
      } ?? words(.measureOnce, title)
    return Chart(
      form: .scatter, title: title, xTitle: axes.x, yTitle: unit.isEmpty ? axes.y : unit,
      categories: 0, labelStep: 1, series: lines, xRange: spread(days), description: text)
  }

  /// The days of a chart with a little room at either end.
  private func spread(_ days: [Double]) -> ClosedRange<Double>? {
    guard let first = days.min(), let last = days.max(), last > first else { return nil }
    let room = max(1, ((last - first) / 20).rounded())
    return (first - room)...(last + room)
  }

  func lagProfile(_ finding: LagProfileFinding) -> Chart {
    let axes = axes(.lagChartAxes)
    let strongest = finding.lags.compactMap { $0.rho }.max { abs($0) < abs($1) } ?? 0
    return Chart(
      form: .line, title: words[.lagChart], xTitle: axes.x, yTitle: axes.y, yRange: -1...1,
      categories: 0, labelStep: 1, labelFormat: "0",
      series: [.init(column: 1, color: .blue, marker: true, line: true)],
      description: words(.lagChartText, Format.signed(strongest, places: 2)))
  }

  func scatter(_ table: Table) -> Chart {
    Chart(
      form: .scatter, title: table.title, xTitle: table.columns[0], yTitle: table.columns[1],
      categories: 0, labelStep: 1,
      series: [.init(column: 1, color: .blue, marker: true, line: false)],
      description: words(
        .scatterText, table.columns[0].lowercased(), words.count(table.rows.count, .day)))
  }

  func load(_ weeks: Table) -> Chart {
    let axes = axes(.loadChartAxes)
    return Chart(
      form: .columns, title: words[.loadChart], xTitle: axes.x, yTitle: axes.y, categories: 0,
      labelStep: max(1, weeks.rows.count / 13),
      series: [.init(column: 3, color: .blue, marker: false, line: false)],
      description: words(
        .loadChartText, words.count(weeks.rows.count, .week),
        weeks.rows.last?[3].text ?? Format.absent))
  }

  func inversion(_ load: ExerciseLoadFinding) -> Chart? {
    let doses = load.inversions.compactMap(\.dose)
    let days = load.inversions.filter { $0.dose != nil }.map { Double($0.day.number) + excelEpoch }
    guard doses.count >= 2, let first = doses.first, let last = doses.last else { return nil }
    let axes = axes(.inversionChartAxes)
    return Chart(
      form: .scatter, title: words[.inversionChart], xTitle: axes.x, yTitle: axes.y, categories: 0,
      labelStep: 1, series: [.init(column: 3, color: .purple, marker: true, line: true)],
      xRange: spread(days),
      description: words(
        .inversionChartText, words.count(doses.count, .session), Format.decimal(first, places: 0),
        Format.decimal(last, places: 0)))
  }
}
