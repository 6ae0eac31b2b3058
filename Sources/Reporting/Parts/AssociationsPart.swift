import Analysis
import Records

/// What goes with what: the answer, and behind it a description by question, by lag and by day.
struct AssociationsPart: PatientPart {
  static let section = ReportSection.associations
  static let name = Phrase.sheetAssociations
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

  var isPresent: Bool { answers.links.look != nil || !factors.isEmpty || bedRest != nil }

  var full: Section {
    var blocks: [Block] = [
      .title(words[.sheetAssociations]), .paragraph(sentences.answer(answers.links)),
    ]
    if let plot { blocks += [.paragraph(words[.linkShareNote]), .plots([plot], across: 1)] }
    if !factors.isEmpty { blocks.append(.list(factorsHeading, factors)) }
    if let bedRest { blocks += [.heading(words[.bedRestHeading]), .paragraph(bedRest)] }
    return Section(name: words[Self.name], blocks: blocks, layout: .pages)
  }

  /// Sentences alone: the tables behind them describe, and say no more than the answer.
  var further: [Block] {
    (factors.isEmpty ? [] : [.list(factorsHeading, factors)])
      + (bedRest.map { [.paragraph($0)] } ?? [])
  }

  /// The family of questions and the profile of lags, which describe and answer nothing.
  var detail: Section? {
    guard let finding, finding.absence == nil else { return nil }
    var blocks: [Block] = [
      .title(words[.sheetDescription]), .paragraph(words[.associationsNote]),
      .table(questions(finding)),
    ]
    if let lags = findings.finding(LagProfileFinding.self),
      lags.lags.contains(where: { $0.rho != nil })
    {
      blocks.append(.charted(lagTable(lags), [chart(lags)]))
    }
    return Section(name: words[.sheetDescription], blocks: blocks)
  }

  // MARK: The question that was asked

  /// How often each score of pain is had on days with less and with more exercise, as the answer
  /// asks; nil where nothing was asked.
  var plot: Plot? {
    guard let days = findings.linkDays(answers.links) else { return nil }
    let titles = words.list(.linkShareTitle)
    let isSession = days.groups.contains { if case .session = $0.exercise { true } else { false } }
    let title = titles[(isSession ? 0 : 2) + days.lag]
    let names = days.groups.map(name)
    let rows = LinkDays.scores.map { score in
      [Cell.count(score)] + days.groups.map { .percent(orAbsent: $0.share(of: score)) }
    }
    let isHigh = days.groups.contains { group in
      LinkDays.scores.contains { (group.share(of: $0) ?? 0) > 0.8 }
    }
    let colors: [Palette] = [.sky, .blue, .black]
    let axes = words.list(.linkShareAxes)
    return Plot(
      table: Table(title, [Words.capital(words[.pain])] + names, rows),
      chart: Chart(
        form: .columns, title: title, xTitle: axes[0], yTitle: axes[1],
        yRange: isHigh ? 0...1 : nil, yStep: isHigh ? 0.2 : nil, isShare: true,
        categories: 0, labelStep: 1,
        series: names.indices.map {
          .init(column: $0 + 1, color: colors[$0], marker: false, line: false)
        },
        description: words(
          .linkShareText, names.joined(separator: ", "), sentences.answer(answers.links))))
  }

  private func name(_ group: LinkDays.Group) -> String {
    let names = words.list(.linkShareGroups)
    let days = words.count(group.pain.count, .day)
    func filled(_ name: Int, _ minutes: Double = 0) -> String {
      Words.filled(names[name], [days, Format.decimal(minutes, places: 0)])
    }
    switch group.exercise {
    case .session(let isHeld): return filled(isHeld ? 1 : 0)
    case .minutes(_, to: 0): return filled(2)
    case .minutes(from: 0, let to): return filled(3, to)
    case .minutes(let from, _): return filled(4, from)
    }
  }

  // MARK: Description

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

  private func chart(_ finding: LagProfileFinding) -> Chart {
    let axes = axes(.lagChartAxes)
    return Chart(
      form: .line, title: words[.lagChart], xTitle: axes.x, yTitle: axes.y, yRange: -1...1,
      yStep: 0.5,
      categories: 0, labelStep: 1,
      series: [.init(column: 1, color: .blue, marker: true, line: true)],
      description: words(.lagChartText, Format.signed(finding.strongest ?? 0, places: 2)))
  }
}
