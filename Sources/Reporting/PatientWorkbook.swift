import Analysis
import Columns
import Records

extension PatientReport {
  /// The report as a workbook of eight sheets.
  public var workbook: Workbook {
    Workbook(
      title: "Back exercise report, \(findings.period)", created: findings.asOf,
      sheets: [summary, adherence, pain, flexibility, associations, dated, data, notes])
  }

  private var tables: PatientTables { PatientTables(findings: findings) }

  private var summary: Sheet {
    let adherence = findings.finding(AdherenceFinding.self)
    let pain = findings.finding(PainFinding.self)
    let flexibility = findings.finding(FlexibilityFinding.self)
    let covered = findings.table.coveredDays
    let better = (flexibility?.measures ?? []).count {
      $0.verdict == .improved || $0.verdict == .detectableBetter
    }
    let judged = (flexibility?.measures ?? []).count { $0.verdict != nil }
    let figures = Table(
      "In figures", ["Question", "Figure", "Value", "From", "Answer"],
      [
        [
          .text("Did I do it?"), .text("Dose done of due"),
          .percent(orAbsent: adherence?.program.doseCapped),
          .text(Format.count(covered, "logged day", "logged days")),
          .text(Sentences.adherence(adherence)),
        ],
        [
          .text("Am I more flexible?"), .text("Tests better than their error"),
          judged > 0 ? .text("\(better) of \(judged)") : .absent(nil),
          .text(Format.count(flexibility?.measures.map(\.count).max() ?? 0, "day", "days")),
          .text(Sentences.flexibility(flexibility)),
        ],
        [
          .text("Is the pain changing?"), .text("Change, points of 10"),
          .number(pain?.change, signed: true), .text(Format.count(pain?.days ?? 0, "day", "days")),
          .text(Sentences.pain(pain)),
        ],
        [
          .text("What goes with what?"), .text("Links beyond chance"), linksFound,
          .text(
            Format.count(
              findings.finding(AssociationFinding.self)?.pairs ?? 0, "paired day", "paired days")),
          .text(Sentences.associations(findings.finding(AssociationFinding.self))),
        ],
      ])
    let programme = adherence?.exercises.filter(\.isPrescribed).count ?? 0
    var blocks: [Block] = [
      .title("Back exercise report"),
      .paragraph("\(who), \(Format.period(findings.period))"),
      .paragraph(
        "\(covered) of \(findings.period.count) days logged; programme of "
          + Format.count(programme, "line", "lines") + "."), .table(figures),
      .heading("Needs attention"),
    ]
    let looks = attention(findings)
    blocks += (looks.isEmpty ? ["Nothing stands out."] : looks).map { .paragraph("•  " + $0) }
    blocks.append(.heading("Still missing"))
    let missing = gaps(findings, refused: refusedCount)
    blocks += (missing.isEmpty ? ["Nothing."] : missing).map { .paragraph("•  " + $0) }
    blocks += [.heading("Please note"), .paragraph(Sentences.safety)]
    return Sheet(name: "Summary", blocks: blocks, landscape: true)
  }

  /// What happened on which day.
  private var dated: Sheet {
    let table = tables.datedFindings
    return Sheet(
      name: "Findings",
      blocks: [
        .title("Findings"),
        .paragraph(
          "Rules of the programme are watched, not prescribed: each line says what the log holds."),
        table.rows.isEmpty ? .paragraph("Nothing was found in the period.") : .table(table),
      ], landscape: true)
  }

  private var linksFound: Cell {
    guard let finding = findings.finding(AssociationFinding.self), finding.absence == nil else {
      return .absent(nil)
    }
    return .text("\(finding.links.count) of \(finding.familySize)")
  }

  private var associations: Sheet {
    let finding = findings.finding(AssociationFinding.self)
    var blocks: [Block] = [
      .title("Pain and exercise"), .paragraph(Sentences.associations(finding)),
    ]
    if let rest = Sentences.bedRest(findings.finding(BedRestFinding.self)) {
      blocks.append(.paragraph(rest))
    }
    if let finding, finding.absence == nil {
      for link in finding.links.dropFirst() { blocks.append(.paragraph(Sentences.sentence(link))) }
      blocks.append(.table(tables.associations))
      let profile = tables.lagProfile
      let strongest = finding.profile.compactMap { $0.rho }.max { abs($0) < abs($1) } ?? 0
      blocks.append(
        .charted(
          profile,
          [
            Chart(
              form: .line, title: "Active minutes and pain by lag", xTitle: "days later",
              yTitle: "rho", yRange: -1...1, categories: 0, labelStep: 1, labelFormat: "0",
              series: [.init(column: 1, color: .blue, marker: true, line: true)],
              description:
                "Rank correlation of active minutes with pain up to seven days later; the "
                + "largest is \(Format.signed(strongest, places: 2)).")
          ]))
      let scatter = tables.scatter
      blocks.append(
        .charted(
          scatter,
          [
            Chart(
              form: .scatter, title: scatter.title, xTitle: scatter.columns[0],
              yTitle: scatter.columns[1], yRange: nil, categories: 0, labelStep: 1,
              series: [.init(column: 1, color: .blue, marker: true, line: false)],
              description: "Each day's active minutes against its pain, "
                + "\(Format.count(scatter.rows.count, "day", "days")).")
          ]))
      blocks.append(
        .paragraph(
          "Associations say what went together, not why. Lag 0 compares the same day; a later lag is "
            + "no proof of direction either."))
    }
    return Sheet(name: "Pain and exercise", blocks: blocks, landscape: true)
  }

  private var adherence: Sheet {
    var blocks: [Block] = [
      .title("Adherence"),
      .paragraph(Sentences.adherence(findings.finding(AdherenceFinding.self))),
      .table(tables.adherence),
    ]
    let weeks = tables.weeks
    if !weeks.rows.isEmpty {
      blocks.append(.charted(weeks, [plannedAndDone(weeks)]))
      blocks.append(.table(tables.grid))
    }
    if !tables.exercises.rows.isEmpty { blocks.append(.table(tables.exercises)) }
    return Sheet(name: "Adherence", blocks: blocks, landscape: true, hasEvenColumns: true)
  }

  private func plannedAndDone(_ weeks: Table) -> Chart {
    let last = weeks.rows.last.map { "\($0[2].text) of \($0[1].text)" } ?? ""
    return Chart(
      form: .columns, title: "Sessions planned and done by week", xTitle: "ISO week",
      yTitle: "session-equivalents", yRange: nil, categories: 0, labelStep: 1,
      series: [
        .init(column: 1, color: .sky, marker: false, line: false),
        .init(column: 2, color: .blue, marker: false, line: false),
      ],
      description: "Planned and done session-equivalents in \(weeks.rows.count) weeks; in the last "
        + "week \(last) were done.")
  }

  private var pain: Sheet {
    let finding = findings.finding(PainFinding.self)
    var blocks: [Block] = [.title("Pain"), .paragraph(Sentences.pain(finding))]
    if let series = finding?.series {
      blocks.append(
        .paragraph("Series: \(series.kind.word), \(visible(series.location)), scale 0 to 10."))
      let trend = Sentences.painTrend(finding)
      if !trend.isEmpty { blocks.append(.paragraph(trend)) }
      blocks.append(.table(tables.painChange))
      let days = tables.painDays
      let chart = Chart(
        form: .line, title: "Pain by day and its 7-day mean", xTitle: "day",
        yTitle: "pain (0 to 10)", yRange: series.isTenPoint ? 0...10 : nil, categories: 0,
        labelStep: max(1, days.rows.count / 10),
        series: [
          .init(column: 1, color: .sky, marker: true, line: false),
          .init(column: 2, color: .blue, marker: false, line: true),
        ],
        description: "Daily pain and its 7-day mean. " + Sentences.pain(finding))
      blocks.append(.table(tables.painWeeks))
      blocks.append(.charted(days, [chart]))
    }
    return Sheet(name: "Pain", blocks: blocks, landscape: true)
  }

  private var flexibility: Sheet {
    let finding = findings.finding(FlexibilityFinding.self)
    var blocks: [Block] = [.title("Flexibility"), .paragraph(Sentences.flexibility(finding))]
    if let finding, !finding.measures.isEmpty {
      blocks.append(.table(tables.flexibility))
      for measure in finding.measures {
        let table = tables.measurements(measure)
        let chart = Chart(
          form: .line, title: measureTitle(measure), xTitle: "day",
          yTitle: measure.unit ?? "value", yRange: nil, categories: 0,
          labelStep: max(1, table.rows.count / 6),
          series: [.init(column: 1, color: .blue, marker: true, line: true)],
          description: "\(measureTitle(measure)): "
            + (measure.change.map { "changed by \(Format.signed($0)) \(measure.unit ?? "")" }
              ?? "one measurement") + ", \(Sentences.verdict(measure.verdict)).")
        blocks.append(.charted(table, measure.count >= 2 ? [chart] : []))
      }
    }
    return Sheet(name: "Flexibility", blocks: blocks)
  }

  private var data: Sheet {
    let data = DataTables(findings: findings)
    let tables = [data.sessions, data.pain, data.measurements, data.days, data.program]
    return Sheet(
      name: "Data",
      blocks: [
        .title("Data"),
        .paragraph("The rows of the period as they were read, with the file and line of each."),
      ] + tables.filter { !$0.rows.isEmpty }.map(Block.table), landscape: true)
  }

  private var notes: Sheet {
    let thresholds = Table(
      "Thresholds, version \(findings.thresholds.version)",
      ["Name", "Value", "Unit", "For whom", "Source"],
      findings.thresholds.all.map {
        [
          .text($0.name), .number($0.value, places: 2), .text($0.unit), .text($0.population),
          .text($0.source),
        ]
      })
    let files = Table(
      "Files", ["File", "Rows used", "SHA-256"],
      sources.map { [.text(visible($0.file.name)), .count($0.rows), .text($0.file.sha256)] })
    let rejected = Table(
      "Refused rows of these files", ["Reason", "Rows"],
      refused.keys.sorted().map { [.text($0), .count(refused[$0] ?? 0)] })
    var blocks: [Block] = [.title("Notes")]
    blocks += Definitions.paragraphs.map(Block.paragraph)
    blocks += [.table(thresholds), .table(files)]
    if !rejected.rows.isEmpty { blocks.append(.table(rejected)) }
    blocks.append(.paragraph("Written by lumbar \(version). \(Sentences.safety)"))
    return Sheet(name: "Notes", blocks: blocks, landscape: true)
  }
}

extension PainSeries {
  var isTenPoint: Bool { scale == nil }
}

/// The definitions that a reader of the figures needs.
enum Definitions {
  static let paragraphs = [
    "Adherence: dose done of dose due, week by week, never more than due in a week (capped). A row "
      + "counts in the most specific unit prescribed: minutes, seconds held, repetitions, sessions.",
    "Days without any record are unknown: they are left out of the figure, and counted as missed in "
      + "the one named all days. Above 20 % unknown there is no band.",
    "Bands on the dose: good from 90 %, moderate from 70 %, poor below. The programme is the mean of "
      + "all exercises but warm-up and cool-down.",
    "Pain: one kind, place and scale; a day's value is the mean of its entries. Baseline: first 7 "
      + "days with at least 3 values; latest: last 7 days of the period. Clinically important: 2 "
      + "points, or 30 % and at least 1 point.",
    "Flexibility: a day's value is the mean of its trials. MDC is the minimal detectable change; a "
      + "change within it cannot be told from measurement error.",
    "The report shows associations and published thresholds. It gives no diagnosis and no advice.",
  ]
}
