import Analysis
import Records

/// A clinic's report: one row a patient, and who should be called.
public struct CohortReport: Report {
  let findings: CohortFindings
  let version: String
  let style: ReportStyle
  let sentences: Sentences
  /// The file of each person's page beside this one, by id.
  let pages: [String: String]

  /// A report of what was found about all.
  ///
  /// - Parameters:
  ///   - version: lumbar's version, for the notes.
  ///   - style: language and paper.
  ///   - pages: the file of each person's page beside this one, by id.
  public init(
    _ findings: CohortFindings, version: String, style: ReportStyle = ReportStyle(),
    pages: [String: String] = [:]
  ) {
    self.pages = pages
    self.findings = findings
    self.version = version
    self.style = style
    sentences = Sentences(style.language ?? .english)
  }

  typealias Member = CohortFindings.Member
  var words: Words { sentences.words }

  /// What it is, with its days.
  public var title: String { "\(words[.cohortTitle]), \(findings.period)" }
  /// The day that it is as of.
  public var created: Day { findings.asOf }
  /// As the reader chose.
  public var paper: Paper { style.paper }

  // MARK: Words

  /// The days that are reported on.
  var days: String {
    let days = sentences.period(findings.period)
    return findings.sinceStart.map { words(.sinceStart, words.count($0, .day), days) } ?? days
  }

  var summary: String {
    let left = findings.withoutProgramme
    let without = left > 0 ? " " + words(.withoutProgramme, words.count(left, .person)) : ""
    return words(
      .cohortSummary, words.count(findings.members.count, .patient),
      findings.medianDose.map { words(.medianDose, Format.percent($0)) }
        ?? words[.noAdherenceFigure],
      String(findings.painBetter), String(findings.painJudged), String(findings.triage.count))
      + without
  }

  /// Pain and sessions of everybody taken together, in words.
  func linkSentences(_ links: CohortLinks) -> [String] {
    var lines: [String] = []
    if let pooled = links.pooled, let interval = links.interval {
      let isLink = interval.low > 0 || interval.high < 0
      lines.append(
        words(
          isLink ? .pooledLink : .pooledNone, words.count(links.people.count, .person),
          Format.decimal(abs(pooled.mean)), words[pooled.mean < 0 ? .lower : .higher],
          sentences.range(interval))
          + words(.pooledDiffers, Format.decimal(pooled.tau)))
      if links.leftOut > 0 {
        lines.append(words(.linksLeftOut, words.count(links.leftOut, .person)))
      }
    }
    if links.ownLinks > 0 {
      lines.append(
        words(
          .ownLinks, String(links.ownLinks), String(links.asked), String(links.standing)))
    }
    return lines
  }

  private func linkTable(_ links: CohortLinks) -> Table {
    Table(
      words[.linkTable], words.list(.linkColumns),
      links.people.map { person in
        [
          .text(visible(person.patient)), .number(person.points, places: 2, signed: true),
          .number(person.interval.low, places: 2, signed: true),
          .number(person.interval.high, places: 2, signed: true),
          .number(person.drawn, places: 2, signed: true),
          .number(person.drawnInterval.low, places: 2, signed: true),
          .number(person.drawnInterval.high, places: 2, signed: true),
          .text(
            person.isLink
              ? sentences.code(person.points < 0 ? LinkAnswer.Code.lessPain : .morePain, .linkCodes)
              : ""),
          .text(person.isLink ? words.list(.yesNo)[person.stands ? 0 : 1] : ""),
        ]
      })
  }

  /// Those to call, the links, and a line a patient.
  public var page: [PageBlock] {
    [.title(words[.cohortTitle], days), .rule, .paragraph(summary)]
      + callList { visible($0.patient) }
      + linkSentences(findings.links).map { .paragraph($0) } + [
        .heading(words[.memberHeading]), .lines(memberLines),
      ] + problemList + [
        .paragraph(words(.thresholdsLine, findings.thresholds.version, version)),
        .paragraph(words[.safety]),
      ]
  }

  private var memberLines: Lines {
    Lines(
      columns: [.init(width: 19)] + [7, 8, 9, 9, 14].map { .init(width: $0, isRight: true) },
      rows: [words.list(.memberLine).map { .text($0) }]
        + findings.members.map { member in
          [
            visible(member.patient), Cell.percent(orAbsent: member.adherence.doseCapped).text,
            String(member.covered), Cell.number(member.pain?.mean).text,
            Cell.number(member.pain?.change, signed: true).text,
            words(.ofTests, String(member.testsBetter), String(member.testsJudged)),
          ].map { .text($0) }
        })
  }

  /// Those to call first, then every patient, those to call before the others; behind them the
  /// details, which are not printed.
  public var sections: [Section] {
    let links = findings.links
    let said = linkSentences(links)
    let charts = [charted(0), charted(2)].compactMap(\.self)
    var sections = [
      Section(
        name: words[.sheetToCall],
        blocks: [
          .title(words[.cohortTitle]), .paragraph("\(Words.capital(days)). \(summary)"),
          findings.triage.isEmpty
            ? .list(words[.toCallTable], [words[.nobody]]) : .table(callTable),
        ] + awaySection + [.heading(words[.pleaseNote]), .paragraph(words[.safety])],
        layout: .pages)
    ]
    if !findings.members.isEmpty {
      sections += [
        Section(
          name: words[.sheetPatients],
          blocks: [.title(words[.sheetPatients]), .table(memberTable)], layout: .wide),
        Section(
          name: words[.sheetOverview],
          blocks: [.title(words[.sheetOverview])]
            + (charts.isEmpty ? [] : [.plots(charts, across: 2)])
            + [.heading(words[.sheetAssociations])]
            + (said.isEmpty ? [words[.tooLittleData]] : said).map { .paragraph($0) }
            + [.table(distributionTable)], layout: .pages),
      ]
    }
    if !links.people.isEmpty {
      sections.append(
        Section(
          name: words[.sheetAssociations],
          blocks: [
            .title(words[.sheetAssociations]), .paragraph(words[.printHint]),
            .table(linkTable(links)),
          ]))
    }
    sections.append(
      Section(
        name: words[.sheetNotes],
        blocks: [.title(words[.sheetNotes]), .paragraph(words[.printHint])]
          + Definition.allCases.map { .paragraph($0.text(in: words.language)) }
          + [.paragraph(words(.thresholdsLine, findings.thresholds.version, version))]))
    return sections + problemSections
  }

  /// Everybody: those to call in the order of the list, then the others.
  private var byUrgency: [Member] {
    findings.triage + findings.members.filter(\.reasons.isEmpty)
  }

  /// The columns of names, of the dose and of the mean pain among those of the table of patients.
  private static let memberPlaces = (name: 1, dose: 3, pain: 6)
  /// Columns of `memberColumns` that only the files for programs hold: a page has no room for them.
  private static let leftOut = [5, 6]

  /// One row a patient.
  private var memberTable: Table {
    var columns = words.list(.memberColumns)
    for column in CohortReport.leftOut.reversed() { columns.remove(at: column) }
    let place = CohortReport.memberPlaces
    columns.insert(words[.painKindColumn], at: place.pain + 1)
    var table = Table(
      words[.memberTable], columns, byUrgency.map(row), name: "Patients")
    table.bars = [place.dose: 1, place.pain: 10]
    guard findings.members.allSatisfy({ $0.name?.isEmpty != false }) else { return table }
    table.columns.remove(at: place.name)
    for row in table.rows.indices { table.rows[row].remove(at: place.name) }
    table.bars = [place.dose - 1: 1, place.pain - 1: 10]
    return table
  }

  private func row(_ member: Member) -> [Cell] {
    let figures = member.adherence
    let band = sentences.band(figures)
    let kind = member.pain?.mean == nil ? nil : member.pain?.kind
    return [
      .text(visible(member.patient)), .text(visible(member.name ?? "")),
      .count(member.covered), .percent(orAbsent: figures.doseCapped),
      .percent(orAbsent: figures.doseAllDays), .text(band.isEmpty ? Format.absent : band),
      .number(member.pain?.mean), .text(kind.map(sentences.kind) ?? ""),
      .number(member.pain?.change, signed: true),
      .text(sentences.code(member.answers.pain)), .count(member.testsBetter),
      .count(member.testsWorse), .number(member.daysSinceLast.map(Double.init), places: 0),
      member.lastRecord.map(Cell.day) ?? .absent(nil),
    ]
  }

  /// How many people have each code of each answer; codes of nobody are left out.
  var distributionTable: Table {
    Table(
      words[.distributionTable], words.list(.distributionColumns),
      findings.distributions.indices.flatMap { place in
        groups(place).map {
          [.text(words.list(.answerNames)[place]), .text($0.name), .count($0.count)]
        }
      })
  }

  /// The codes of an answer that anybody has.
  private func groups(_ place: Int) -> [(name: String, count: Int)] {
    let names = words.list(CohortReport.codeLists[place])
    return zip(names, findings.distributions[place].groups).map { ($0, $1.count) }
      .filter { $0.count > 0 }
  }

  /// People by the code of an answer; nil where nobody has one.
  private func charted(_ place: Int) -> Plot? {
    let groups = groups(place)
    guard !groups.isEmpty else { return nil }
    let columns = words.list(.distributionColumns)
    let title = words.list(.answerNames)[place]
    return Plot(
      table: Table(
        title, [columns[1], columns[2]], groups.map { [.text($0.name), .count($0.count)] }),
      chart: Chart(
        form: .columns, title: words(.answersChart, title), xTitle: "", yTitle: columns[2],
        yStep: groups.map(\.count).max().map { $0 <= 5 ? 1 : nil } ?? nil, categories: 0,
        labelStep: 1, series: [.init(column: 1, color: .blue, marker: false, line: false)],
        description: title + ": "
          + groups.map { "\($0.name) \($0.count)" }.joined(separator: ", ") + "."))
  }

  /// The words for the codes of the four answers, in their order.
  static let codeLists: [Phrase] = [.didItCodes, .flexibleCodes, .painCodes, .linkCodes]

  // MARK: Figures

  /// The whole report as figures, with the keys of the JSON.
  public var figures: Figure {
    let period = findings.period
    let body: [(key: String, value: Figure)] = [
      ("schema", .count(2)), ("as_of", .text(findings.asOf.description)),
      (
        "period",
        .record([("from", .text(period.from.description)), ("to", .text(period.to.description))])
      ),
      ("since_start_days", findings.sinceStart.map(Figure.count) ?? .none),
      ("without_programme", .count(findings.withoutProgramme)),
      ("patients", findings.memberFigures),
      ("triage", triageFigure), ("snoozed", snoozedFigure), ("discharged", dischargedFigure),
      ("data_problems", problemFigures),
      ("associations", findings.links.figures),
      ("distributions", findings.distributionFigures),
    ]
    return .record(
      body + [
        ("reasons", .record(reasons(in: .record(body)))),
        ("thresholds_version", .text(findings.thresholds.version)),
      ])
  }

  /// One row a patient with the figures of the JSON.
  public var rows: (header: [String], rows: [[Figure]]) {
    let nothing = Absence(.noData)
    let rows = findings.members.map { member -> [Figure] in
      [.text(member.patient), .count(member.covered)] + member.adherence.members.map(\.value) + [
        Figure(member.pain?.kind?.word, else: nothing),
        Figure(member.pain?.location, else: nothing), Figure(member.pain?.mean, else: nothing),
        Figure(member.pain?.change, else: nothing), .text(member.answers.didIt.rawValue),
        .text(member.answers.flexible.rawValue), .text(member.answers.pain.rawValue),
        .text(member.answers.links.rawValue), .count(member.testsBetter),
        .count(member.testsWorse), .count(member.testsJudged),
        Figure(member.daysSinceLast, else: nothing),
        Figure(member.lastRecord?.description, else: nothing),
        .text(member.reasons.map(Sentences.ofFigures.reason).joined(separator: "; ")),
        .flag(member.isNewCall), member.calledSince.map { .text($0.description) } ?? .none,
      ]
    }
    return (
      [
        "patient_id", "days_covered", "dose_capped", "dose_uncapped", "dose_all_days", "sessions",
        "unknown_share", "low_confidence", "band", "pain_kind", "pain_location", "pain_mean",
        "pain_change",
        "did_it", "flexible", "pain", "links",
        "tests_better", "tests_worse", "tests_judged", "days_since_last", "last_record", "call",
        "call_new", "call_since",
      ], rows
    )
  }
}
