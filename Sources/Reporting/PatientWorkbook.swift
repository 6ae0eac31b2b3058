import Analysis
import Columns
import Records

extension PatientReport {
  /// The report as a workbook, a sheet for each part that was chosen.
  public var workbook: Workbook {
    let sheets: [(ReportSection, () -> Sheet)] = [
      (.summary, { summary }), (.adherence, { adherence }), (.pain, { pain }),
      (.flexibility, { flexibility }), (.exercises, { exercises }),
      (.associations, { associations }), (.findings, { dated }), (.data, { data }),
      (.notes, { notes }),
    ]
    var chosen = sheets.filter { shows($0.0) }.map { $0.1() }
    if !shows(.summary), !shows(.notes), !chosen.isEmpty {
      chosen[chosen.count - 1].blocks.append(.paragraph(words[.safety]))
    }
    return Workbook(
      title: "\(words[.reportTitle]), \(findings.period)", created: findings.asOf,
      paper: style.paper, sheets: chosen)
  }

  private var tables: PatientTables { PatientTables(findings: findings, sentences: sentences) }
  private var charts: PatientCharts { PatientCharts(findings: findings, sentences: sentences) }

  // MARK: Summary

  private var summary: Sheet {
    let covered = findings.table.coveredDays
    let adherence = findings.finding(AdherenceFinding.self)
    let programme = adherence?.exercises.filter(\.isPrescribed).count ?? 0
    var blocks: [Block] = [
      .title(words[.reportTitle]),
      .paragraph("\(who), \(sentences.period(findings.period))"),
      .paragraph(
        words(
          .daysAndLines, String(covered), String(findings.period.count),
          words.count(programme, .programLine))),
      .table(Table(words[.inFigures], words.list(.figureColumns), figureRows)),
      .heading(words[.needsAttention]),
    ]
    let looks = attention
    blocks += (looks.isEmpty ? [words[.nothingStandsOut]] : looks).map { .paragraph("•  " + $0) }
    blocks.append(.heading(words[.stillMissing]))
    let missing = gaps
    blocks += (missing.isEmpty ? [words[.nothing]] : missing).map { .paragraph("•  " + $0) }
    blocks += [.heading(words[.pleaseNote]), .paragraph(words[.safety])]
    return Sheet(name: words[.sheetSummary], blocks: blocks, landscape: true, isOnePage: true)
  }

  /// The main figures, each with that of the period before where there is one.
  private var figureRows: [[Cell]] {
    let adherence = findings.finding(AdherenceFinding.self)
    let pain = findings.finding(PainFinding.self)
    let flexibility = findings.finding(FlexibilityFinding.self)
    let associations = findings.finding(AssociationFinding.self)
    let before = findings.finding(BeforeFinding.self)?.findings
    let better = (flexibility?.measures ?? []).count {
      $0.verdict == .improved || $0.verdict == .detectableBetter
    }
    let judged = (flexibility?.measures ?? []).count { $0.verdict != nil }
    let painDays: Cell = .text(words.count(pain?.days ?? 0, .day))
    return [
      [
        .text(words[.didIDoIt]), .text(words[.doseDone]),
        .percent(orAbsent: adherence?.program.doseCapped),
        .percent(orAbsent: before?.adherence.doseCapped),
        .text(words.count(findings.table.coveredDays, .loggedDay)),
        .text(sentences.adherence(adherence)),
      ],
      [
        .text(""), .text(words[.sessionsFigure]),
        .count(findings.load.weeks.reduce(0) { $0 + $1.sessions }),
        before.map { .count($0.sessions) } ?? .absent(nil), .text(""), .text(""),
      ],
      [
        .text(words[.amIMoreFlexible]), .text(words[.testsBetter]),
        judged > 0 ? .text(words(.testsOf, String(better), String(judged))) : .absent(nil),
        .absent(nil),
        .text(words.count(flexibility?.measures.map(\.count).max() ?? 0, .day)),
        .text(sentences.flexibility(flexibility)),
      ],
      [
        .text(words[.isPainChanging]), .text(words[.painChangeFigure]),
        .number(pain?.change, signed: true), .absent(nil), painDays, .text(sentences.pain(pain)),
      ],
      [
        .text(""), .text(words[.painMeanFigure]), .number(pain?.mean), .number(before?.painMean),
        painDays, .text(""),
      ],
      [
        .text(words[.whatGoesWith]), .text(words[.linksFigure]), linksFound, .absent(nil),
        .text(words.count(associations?.pairs ?? 0, .pairedDay)),
        .text(sentences.associations(associations)),
      ],
    ]
  }

  private var linksFound: Cell {
    guard let finding = findings.finding(AssociationFinding.self), finding.absence == nil else {
      return .absent(nil)
    }
    return .text(words(.testsOf, String(finding.links.count), String(finding.familySize)))
  }

  // MARK: The four questions

  private var adherence: Sheet {
    var blocks: [Block] = [
      .title(words[.sheetAdherence]),
      .paragraph(sentences.adherence(findings.finding(AdherenceFinding.self))),
      .table(tables.adherence),
    ]
    let weeks = tables.weeks
    if !weeks.rows.isEmpty {
      blocks.append(.charted(weeks, [charts.plannedAndDone(weeks)]))
      blocks.append(.table(tables.grid))
    }
    if !tables.exercises.rows.isEmpty { blocks.append(.table(tables.exercises)) }
    return Sheet(
      name: words[.sheetAdherence], blocks: blocks, landscape: true, hasEvenColumns: true)
  }

  private var pain: Sheet {
    let finding = findings.finding(PainFinding.self)
    var blocks: [Block] = [.title(words[.sheetPain]), .paragraph(sentences.pain(finding))]
    if let series = finding?.series {
      let scale = series.isTenPoint ? "0-10" : visible(series.scale ?? "")
      blocks.append(
        .paragraph(
          words(.painSeries, sentences.kind(series.kind), sentences.place(series.location), scale)))
      let trend = sentences.painTrend(finding)
      if !trend.isEmpty { blocks.append(.paragraph(trend)) }
      let days = tables.painDays
      blocks += [
        .table(tables.painChange), .table(tables.painWeeks),
        .charted(days, [charts.pain(series, days)]),
      ]
    }
    return Sheet(name: words[.sheetPain], blocks: blocks, landscape: true)
  }

  private var flexibility: Sheet {
    let finding = findings.finding(FlexibilityFinding.self)
    var blocks: [Block] = [
      .title(words[.sheetFlexibility]), .paragraph(sentences.flexibility(finding)),
    ]
    if let finding, !finding.measures.isEmpty {
      blocks.append(.table(tables.flexibility))
      for measure in finding.measures {
        let table = tables.measurements(measure)
        blocks.append(.charted(table, measure.count >= 2 ? [charts.measure(measure, table)] : []))
      }
    }
    return Sheet(name: words[.sheetFlexibility], blocks: blocks, landscape: true)
  }

  private var exercises: Sheet {
    let load = findings.load
    let tables = ExerciseTables(load: load, sentences: sentences)
    var blocks: [Block] = [.title(words[.sheetExercises])]
    if load.exercises.isEmpty {
      blocks.append(.paragraph(words[.noExercises]))
    } else {
      let weeks = tables.weeks
      blocks += [
        .paragraph(words[.exercisesNote]), .charted(weeks, [charts.load(weeks)]),
        .table(tables.exercises),
      ]
      if !load.inversions.isEmpty {
        let chart = charts.inversion(load)
        blocks.append(.charted(tables.inversions, chart.map { [$0] } ?? []))
      }
    }
    return Sheet(
      name: words[.sheetExercises], blocks: blocks, landscape: true, hasEvenColumns: true)
  }

  private var associations: Sheet {
    let finding = findings.finding(AssociationFinding.self)
    var blocks: [Block] = [
      .title(words[.sheetAssociations]), .paragraph(sentences.associations(finding)),
    ]
    if let rest = sentences.bedRest(findings.finding(BedRestFinding.self)) {
      blocks.append(.paragraph(rest))
    }
    if let finding, finding.absence == nil {
      for link in finding.links.dropFirst() { blocks.append(.paragraph(sentences.sentence(link))) }
      let scatter = tables.scatter
      blocks += [
        .table(tables.associations),
        .charted(
          tables.lagProfile,
          findings.finding(LagProfileFinding.self).map { [charts.lagProfile($0)] } ?? []),
        .charted(scatter, scatter.rows.isEmpty ? [] : [charts.scatter(scatter)]),
        .paragraph(words[.associationsNote]),
      ]
    }
    return Sheet(name: words[.sheetAssociations], blocks: blocks, landscape: true)
  }

  // MARK: What stands behind

  /// What happened on which day.
  private var dated: Sheet {
    let table = tables.datedFindings
    return Sheet(
      name: words[.sheetFindings],
      blocks: [
        .title(words[.sheetFindings]), .paragraph(words[.findingsNote]),
        table.rows.isEmpty ? .paragraph(words[.noFindings]) : .table(table),
      ], landscape: true)
  }

  private var data: Sheet {
    let data = DataTables(findings: findings, words: words, showsNotes: style.showsNotes)
    let tables =
      [data.sessions, data.pain, data.measurements, data.days, data.program] + data.others
    var blocks: [Block] = [.title(words[.sheetData]), .paragraph(words[.dataNote])]
    if !style.showsNotes { blocks.append(.paragraph(words[.notesLeftOut])) }
    for table in tables where !table.rows.isEmpty {
      guard table.rows.count > DataTables.mostRows else {
        blocks.append(.table(table))
        continue
      }
      var cut = table
      cut.rows = Array(table.rows.prefix(DataTables.mostRows))
      let counts = [DataTables.mostRows, table.rows.count].map { String($0) }
      blocks += [
        .paragraph(words(.dataCut, table.title, counts[0], counts[1])), .table(cut),
      ]
    }
    return Sheet(name: words[.sheetData], blocks: blocks, landscape: true)
  }

  private var notes: Sheet {
    let thresholds = Table(
      words(.thresholdTable, findings.thresholds.version), words.list(.thresholdColumns),
      findings.thresholds.all.map {
        [
          .text($0.name), .number($0.value, places: 2), .text(words.registryTerm($0.unit)),
          .text(words.registryTerm($0.population)), .text(words.registryTerm($0.source)),
        ]
      })
    let files = Table(
      words[.fileTable], words.list(.fileColumns),
      sources.map { [.text(visible($0.file.name)), .count($0.rows), .text($0.file.sha256)] })
    let rejected = Table(
      words[.refusedTable], words.list(.refusedColumns),
      refused.keys.sorted().map { [.text($0), .count(refused[$0] ?? 0)] })
    var blocks: [Block] = [.title(words[.sheetNotes])]
    blocks += PatientReport.definitions.map { .paragraph(words[$0]) }
    blocks += [.table(thresholds), .table(files)]
    if !rejected.rows.isEmpty { blocks.append(.table(rejected)) }
    blocks.append(.paragraph(words(.writtenBy, version, words[.safety])))
    return Sheet(name: words[.sheetNotes], blocks: blocks, landscape: true)
  }

  /// The definitions that a reader of the figures needs.
  static let definitions: [Phrase] = [
    .definitionAdherence, .definitionUnknown, .definitionBands, .definitionPain,
    .definitionFlexibility, .definitionLoad, .definitionAssociations, .definitionPurpose,
  ]
}

extension PainSeries {
  var isTenPoint: Bool { scale == nil }
}
