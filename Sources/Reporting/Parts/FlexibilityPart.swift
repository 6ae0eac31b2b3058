import Analysis
import Columns
import Records

/// Am I more flexible? Each test against its error, and its values by day.
struct FlexibilityPart: PatientPart {
  static let section = ReportSection.flexibility
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

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
    if !measures.isEmpty { blocks.append(.table(changes)) }
    blocks += capped.map { .paragraph($0) }
    for measure in measures {
      let values = values(of: measure)
      blocks.append(.charted(values, measure.count >= 2 ? [chart(measure)] : []))
    }
    return Section(name: words[.sheetFlexibility], blocks: blocks)
  }

  /// Tests of which trials counted for less than was read.
  private var capped: [String] {
    measures.filter { $0.series.capped > 0 }.map {
      words(
        .measureCapped, sentences.measureTitle($0),
        "\(Format.plain(MeasurementSeries.longestHold)) s")
    }
  }

  /// One row a measure and side.
  private var changes: Table {
    Table(
      words[.flexibilityTable], words.list(.flexibilityColumns),
      measures.map { measure in
        [
          .text(sentences.title(of: measure)), .text(sentences.side(measure.side)),
          .text(sentences.unit(measure.unit ?? "", inTable: true)), .count(measure.count),
          .number(measure.first),
          .number(measure.latest), .number(measure.change, signed: true),
          .number(measure.threshold?.value),
          .number(measure.trend?.slopePerWeek, places: 2, signed: true),
          .number(measure.trend?.interval?.low, places: 2, signed: true),
          .number(measure.trend?.interval?.high, places: 2, signed: true),
          .pValue(measure.trend?.p), .text(sentences.verdict(measure.verdict)),
        ]
      })
  }

  /// The values of one measure by day, and Sen's line through them.
  private func values(of measure: FlexibilityFinding.Measure) -> Table {
    let unit = measure.unit.map { sentences.unit($0) } ?? words.list(.measureChartAxes)[1]
    return Table(
      sentences.measureTitle(measure),
      words.list(.measurementColumns).map { $0.replacing("{1}", with: unit) },
      zip(measure.series.days, measure.series.values).map {
        [.day($0), .number($1, places: 2), .number(measure.trend?.value(on: $0), places: 2)]
      })
  }

  private func chart(_ measure: FlexibilityFinding.Measure) -> Chart {
    let axes = axes(.measureChartAxes)
    let title = sentences.measureTitle(measure)
    let unit = sentences.unit(measure.unit ?? "")
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
      categories: 0, labelStep: 1, series: lines, dayRange: Chart.range(of: measure.series.days),
      description: text)
  }
}
