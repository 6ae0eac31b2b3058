import Analysis
import Columns
import Records

/// Am I more flexible? Each test against its error, and its values by day.
struct FlexibilityPart: PatientPart {
  static let section = ReportSection.flexibility
  static let name = Phrase.sheetFlexibility
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  var isPresent: Bool { !measures.isEmpty }

  private var measures: [FlexibilityFinding.Measure] {
    findings.finding(FlexibilityFinding.self)?.measures ?? []
  }

  var page: [PageBlock] {
    let measures = measures
    guard !measures.isEmpty else { return [] }
    return [
      .heading(words[.flexibilityHeading]),
      .lines(
        Lines(
          columns: [
            .init(width: 29, grows: true), .init(width: 6, isRight: true), .init(width: 4),
            .init(width: 5, isRight: true), .init(width: 2, gap: 1, grows: true),
            .init(width: 6, isRight: true), .init(width: 1, gap: 1, grows: true),
            .init(width: 0, gap: 1),
          ], rows: measures.map(line))),
    ] + capped.map { .paragraph($0) }
  }

  private func line(_ measure: FlexibilityFinding.Measure) -> [Lines.Cell] {
    [
      .text(sentences.measureTitle(measure)), .text(Cell.number(measure.first).text),
      .text(" -> "), .text(Cell.number(measure.latest).text),
      .text(sentences.unit(measure.unit ?? "", inTable: true)),
      .text(Cell.number(measure.change, signed: true).text),
      .text(measure.threshold.map { "±\(Format.decimal($0.value))" } ?? Format.absent),
      .text(sentences.verdict(measure.verdict)),
    ]
  }

  var full: Section {
    let finding = findings.finding(FlexibilityFinding.self)
    var blocks: [Block] = [
      .title(words[.sheetFlexibility]), .paragraph(sentences.flexibility(finding)),
    ]
    let measures = measures
    if !measures.isEmpty { blocks.append(.table(changes.withoutEmptyColumns)) }
    blocks += capped.map { .paragraph($0) }
    let drawn = measures.filter { $0.count >= 2 }
    if !drawn.isEmpty {
      if drawn.contains(where: { $0.threshold != nil }) {
        blocks.append(.paragraph(words[.errorNote]))
      }
      blocks.append(.plots(drawn.map { plot($0) }, across: 2))
    }
    return Section(name: words[Self.name], blocks: blocks, layout: .pages)
  }

  /// The test that changed most against its error; of tests without one the first that was measured
  /// twice.
  var mostChanged: FlexibilityFinding.Measure? {
    let moved = measures.filter { $0.count >= 2 }
    func size(_ measure: FlexibilityFinding.Measure) -> Double {
      guard let change = measure.change, let error = measure.threshold?.value, error > 0 else {
        return 0
      }
      return abs(change) / error
    }
    return moved.max { size($0) < size($1) }
  }

  /// A test by day, with its error as a band around the first value.
  func picture(of measure: FlexibilityFinding.Measure) -> Plot {
    var plot = plot(measure)
    if let first = measure.series.days.first, let last = measure.series.days.last {
      plot.chart.ticks = sentences.ticks(from: first, to: last)
    }
    if let value = measure.first, let error = measure.threshold?.value {
      plot.chart.series.removeAll(where: \.isThin)
      plot.chart.band = ((value - error)...(value + error), words[.testBand])
    }
    if let higher = measure.higherIsBetter {
      plot.chart.title = (higher ? "↑ " : "↓ ") + plot.chart.title
    }
    return plot
  }

  var further: [Block] {
    guard !measures.isEmpty else { return [] }
    var drawn = measures.filter { $0.count >= 2 }
    if report.style.sections.contains(.summary), let shown = mostChanged {
      // The card has it.
      drawn.removeAll { $0.code == shown.code && $0.side == shown.side }
    }
    let rows = measures.map { measure -> [Cell] in
      let unit = measure.unit.map { " (\(sentences.unit($0, inTable: true)))" } ?? ""
      return [
        .text(sentences.measureTitle(measure) + unit), .number(measure.first),
        .number(measure.latest), .number(measure.change, signed: true),
        .number(measure.threshold?.value), .text(sentences.verdict(measure.verdict)),
      ]
    }
    // The heading of the text says in its bracket what ± is.
    let heading = words[.flexibilityHeading]
    let title = heading.split(separator: " (").last.map { String($0.dropLast()) } ?? heading
    let table = Table(title, words.list(.testColumns), rows)
    return [.table(table)] + capped.map { .paragraph($0) }
      + (drawn.isEmpty ? [] : [.plots(drawn.map(picture), across: 2)])
  }

  /// Tests of which trials counted for less than was read.
  private var capped: [String] {
    measures.filter { $0.series.capped > 0 }.map {
      words(
        .measureCapped, sentences.measureTitle($0),
        "\(Format.plain(MeasurementSeries.longestHold)) s")
    }
  }

  /// One row a measure and side, which with the unit stand in its name.
  private var changes: Table {
    let columns = words.list(.flexibilityColumns)
    return Table(
      words[.flexibilityTable], [columns[0]] + columns[3...],
      measures.map { measure in
        let unit = measure.unit.map { " (\(sentences.unit($0, inTable: true)))" } ?? ""
        return [
          .text(sentences.measureTitle(measure) + unit), .count(measure.count),
          .number(measure.first), .number(measure.latest), .number(measure.change, signed: true),
          .number(measure.threshold?.value),
          .number(measure.trend?.slopePerWeek, places: 2, signed: true),
          .number(measure.trend?.interval?.low, places: 2, signed: true),
          .number(measure.trend?.interval?.high, places: 2, signed: true),
          .pValue(measure.trend?.p), .text(sentences.verdict(measure.verdict)),
        ]
      })
  }

  /// The values of one measure by day, between the lines that its error draws about the first.
  private func plot(_ measure: FlexibilityFinding.Measure) -> Plot {
    let title = sentences.measureTitle(measure)
    let unit = sentences.unit(measure.unit ?? "")
    let first = measure.first ?? 0
    let ends = measure.threshold.map { [first - $0.value, first + $0.value] } ?? []
    let columns = words.list(.measurementColumns).prefix(2)
      .map { $0.replacing("{1}", with: unit.isEmpty ? words.list(.measureChartAxes)[1] : unit) }
    let table = Table(
      title, columns + (ends.isEmpty ? [] : words.list(.errorColumns)),
      zip(measure.series.days, measure.series.values).map { day, value in
        [.day(day), .number(value, places: 2)] + ends.map { .number($0, places: 2) }
      })
    let text =
      measure.change.map {
        words(
          .measureChanged, title, Format.signed($0), unit, sentences.verdict(measure.verdict))
      } ?? words(.measureOnce, title)
    let better = measure.higherIsBetter.map { $0 ? BookPhrase.higherIsBetter : .lowerIsBetter }
    return Plot(
      table: table,
      chart: banded(
        better.map { words($0, shortened(title, to: 38)) } ?? title, unit, measure.series.days,
        measure.series.values + ends, hasBand: !ends.isEmpty, text))
  }
}

extension PatientPart {
  /// A small chart of values over days, the second column of its table; the third and fourth are
  /// the ends of the band that a change must leave.
  func banded(
    _ title: String, _ unit: String, _ days: [Day], _ values: [Double], hasBand: Bool,
    _ description: String
  ) -> Chart {
    let ends: [Chart.Series] = [2, 3].map {
      .init(column: $0, color: .orange, marker: false, line: true, isThin: true)
    }
    let span = (days.last ?? findings.asOf) - (days.first ?? findings.asOf)
    let isLong = span > PatientReport.mostDaysByWeek
    let axis = Chart.axis(over: values)
    return Chart(
      form: .scatter, title: title, xTitle: "",
      yTitle: unit.isEmpty ? axes(.measureChartAxes).y : unit, yRange: axis?.range,
      yStep: axis?.step, categories: 0, labelStep: 1, labels: isLong ? .months : .days,
      labelFormat: words[isLong ? .monthAxis : .dayAxis],
      series: [.init(column: 1, color: .blue, marker: true, line: true)] + (hasBand ? ends : []),
      hasLegend: false, dayRange: Chart.range(of: days), description: description)
  }
}
