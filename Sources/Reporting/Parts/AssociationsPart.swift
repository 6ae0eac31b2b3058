import Analysis
import Records

/// What goes with what: the answer, and behind it a description by question, by lag and by day.
struct AssociationsPart: PatientPart {
  static let section = ReportSection.associations
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  private var finding: AssociationFinding? { findings.finding(AssociationFinding.self) }
  private var bedRest: String? { sentences.bedRest(findings.finding(BedRestFinding.self)) }

  var page: [PageBlock] {
    (factors.isEmpty ? [] : [.list(factorsHeading, factors)])
      + (bedRest.map { [.heading(words[.bedRestHeading]), .sentence($0)] } ?? [])
  }

  /// A sentence a factor that the configuration names.
  private var factors: [String] { answers.links.factors.map(sentences.factor) }
  private var factorsHeading: String { words(.factorsAsked, String(factors.count)) }

  var full: Section {
    var blocks: [Block] = [
      .title(words[.sheetAssociations]), .paragraph(sentences.answer(answers.links)),
    ]
    if !factors.isEmpty {
      blocks.append(.paragraph(factorsHeading))
      blocks += factors.map { .paragraph($0) }
    }
    if let bedRest { blocks.append(.paragraph(bedRest)) }
    if let finding, finding.absence == nil {
      let lags = findings.finding(LagProfileFinding.self)
      let pairs = pairs
      blocks += [
        .table(questions(finding)), .charted(lagTable(lags), lags.map { [chart($0)] } ?? []),
        .charted(pairs, pairs.rows.isEmpty ? [] : [chart(pairs)]),
        .paragraph(words[.associationsNote]),
      ]
    }
    return Section(name: words[.sheetAssociations], blocks: blocks)
  }

  /// Sentences alone: the tables behind them describe, and say no more than the answer.
  var further: [Block] {
    (factors.isEmpty ? [] : [.list(factorsHeading, factors)])
      + (bedRest.map { [.paragraph($0)] } ?? [])
  }

  /// Every question of pain against exercise, refused ones with their reason.
  private func questions(_ finding: AssociationFinding) -> Table {
    Table(
      words(.associationTable, String(finding.familySize)), words.list(.associationColumns),
      finding.tests.map { test in
        [
          .text(sentences.exposure(test.exposure)), .text(sentences.exposure(test.outcome)),
          .count(test.lag), .count(test.n), .number(test.association?.effectiveN),
          .number(test.association?.r, places: 2, signed: true),
          .number(test.association?.interval?.low, places: 2, signed: true),
          .number(test.association?.interval?.high, places: 2, signed: true),
          .pValue(test.adjustedP), .number(test.contrast?.points, places: 2, signed: true),
          .number(test.contrast?.interval.low, places: 2, signed: true),
          .number(test.contrast?.interval.high, places: 2, signed: true),
          .text(sentences.note(test)),
        ]
      })
  }

  /// rho of active minutes and pain by lag, described and not tested.
  private func lagTable(_ finding: LagProfileFinding?) -> Table {
    Table(
      words[.lagTable], words.list(.lagColumns),
      (finding?.lags ?? []).map {
        [.count($0.days), .number($0.rho, places: 2, signed: true), .count($0.n)]
      })
  }

  /// The days behind the strongest question.
  private var pairs: Table {
    let pairs = findings.strongestPairs
    let what = Words.capital(sentences.exposure(pairs.exposure))
    return Table(
      words(.scatterTitle, what, sentences.later(pairs.lag)), [what, Words.capital(words[.pain])],
      pairs.points.map { [.number($0.exposure), .number($0.pain)] })
  }

  private func chart(_ finding: LagProfileFinding) -> Chart {
    let axes = axes(.lagChartAxes)
    return Chart(
      form: .line, title: words[.lagChart], xTitle: axes.x, yTitle: axes.y, yRange: -1...1,
      categories: 0, labelStep: 1, labelFormat: "0",
      series: [.init(column: 1, color: .blue, marker: true, line: true)],
      description: words(.lagChartText, Format.signed(finding.strongest ?? 0, places: 2)))
  }

  private func chart(_ pairs: Table) -> Chart {
    Chart(
      form: .scatter, title: pairs.title, xTitle: pairs.columns[0], yTitle: pairs.columns[1],
      categories: 0, labelStep: 1,
      series: [.init(column: 1, color: .blue, marker: true, line: false)],
      description: words(
        .scatterText, pairs.columns[0].lowercased(), words.count(pairs.rows.count, .day)))
  }
}
