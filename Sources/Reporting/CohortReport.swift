import Analysis
import Records

/// A clinic's report: one row a patient, and who should be called.
public struct CohortReport: Sendable {
  /// One patient's main figures.
  struct Member: Sendable {
    var patient: String
    var name: String?
    var covered: Int
    var adherence: AdherenceFigures
    var pain: Pain?
    var testsBetter: Int
    var testsWorse: Int
    var testsJudged: Int
    var daysSinceLast: Int?
    var reasons: [String]
    var sums: PersonSums?
  }

  /// What a cohort keeps of a patient's pain: the series stays behind, so that memory does not grow
  /// with the diaries.
  struct Pain: Sendable {
    var mean: Double?
    var change: Double?
    var verdict: PainVerdict?
    var changeAbsence: Absence

    init(_ finding: PainFinding) {
      mean = finding.mean
      change = finding.change
      verdict = finding.verdict
      changeAbsence = finding.changeAbsence
    }
  }

  let period: Period
  let asOf: Day
  let version: String
  let thresholds: Thresholds
  private(set) var members: [Member] = []

  /// A cohort of a period, without anybody yet.
  public init(
    period: Period, asOf: Day, version: String, thresholds: Thresholds = .standard
  ) {
    self.thresholds = thresholds
    self.period = period
    self.asOf = asOf
    self.version = version
  }

  /// Takes the patients of another part of the cohort, behind its own.
  public mutating func append(_ other: CohortReport) { members += other.members }

  /// Adds a patient; of the findings only the main figures are kept.
  public mutating func add(_ findings: PatientFindings) {
    let adherence = findings.finding(AdherenceFinding.self)
    let pain = findings.finding(PainFinding.self)
    let verdicts = (findings.finding(FlexibilityFinding.self)?.measures ?? []).compactMap(\.verdict)
    members.append(
      Member(
        patient: findings.patient, name: findings.name, covered: findings.table.coveredDays,
        adherence: adherence?.program ?? AdherenceFigures(), pain: pain.map(Pain.init),
        testsBetter: verdicts.count { $0 == .improved || $0 == .detectableBetter },
        testsWorse: verdicts.count { $0 == .worsened || $0 == .detectableWorse },
        testsJudged: verdicts.count, daysSinceLast: adherence?.continuity.daysSinceLast,
        reasons: callReasons(findings), sums: PersonSums(findings)))
  }

  /// Those to call, most reasons first.
  private var triage: [Member] {
    members.filter { !$0.reasons.isEmpty }.sorted {
      ($1.reasons.count, $0.patient) < ($0.reasons.count, $1.patient)
    }
  }

  private var associations: CohortAssociations { CohortAssociations(members.compactMap(\.sums)) }

  /// How many people there are of each band and verdict, words in the order of the vocabularies.
  private var distributions: [(name: String, groups: [(label: String, count: Int)])] {
    func counts(_ labels: [String], _ label: (Member) -> String?) -> [(label: String, count: Int)] {
      var counts: [String: Int] = [:]
      for member in members { counts[label(member) ?? "absent", default: 0] += 1 }
      return (labels + ["absent"]).map { ($0, counts[$0] ?? 0) }
    }
    return [
      (
        "adherence",
        counts(["good", "moderate", "poor", "low-confidence"]) {
          $0.adherence.isLowConfidence && $0.adherence.doseCapped != nil
            ? "low-confidence" : $0.adherence.band
        }
      ),
      (
        "pain",
        counts(PainVerdict.allCases.map(\.rawValue)) { $0.pain?.verdict?.rawValue }
      ),
    ]
  }

  private var distributionTable: Table {
    Table(
      "Distributions", ["Figure", "Group", "People"],
      distributions.flatMap { name, groups in
        groups.map { [.text(name), .text($0.label.replacing("-", with: " ")), .count($0.count)] }
      })
  }

  /// Within and between people, in words.
  private var associationSentences: [String] {
    let found = associations
    func interval(_ correlation: CohortAssociations.Correlation) -> String {
      correlation.interval.map {
        " (\(Format.signed($0.low, places: 2)) to \(Format.signed($0.high, places: 2)))"
      } ?? ""
    }
    var lines: [String] = []
    if let within = found.within {
      lines.append(
        "Within people, days with more active minutes and pain of the same day correlate at "
          + "\(Format.signed(within.rho, places: 2))\(interval(within)), "
          + "\(Format.count(within.n, "day", "days")) of \(found.people) people.")
    }
    if let between = found.between {
      lines.append(
        "Between people, mean active minutes and mean pain correlate at "
          + "\(Format.signed(between.rho, places: 2))\(interval(between)), \(between.n) people.")
    }
    if found.signConflict == true {
      lines.append(
        "The two point in opposite directions: who exercises more differs from what happens on days "
          + "with more exercise. Only the first speaks of days.")
    }
    return lines
  }

  // MARK: Tables

  private var triageTable: Table {
    Table(
      "To call", ["Patient", "Name", "Why"],
      triage.map {
        [
          .text(visible($0.patient)), .text(visible($0.name ?? "")),
          .text($0.reasons.joined(separator: "; ")),
        ]
      })
  }

  private var memberTable: Table {
    Table(
      "Patients",
      [
        "Patient", "Name", "Days logged", "Dose", "All days", "Sessions", "Unknown", "Band",
        "Pain mean", "Pain change", "Pain verdict", "Tests better", "Tests worse",
        "Days since session",
      ],
      members.map { member in
        let figures = member.adherence
        return [
          .text(visible(member.patient)), .text(visible(member.name ?? "")),
          .count(member.covered), .percent(orAbsent: figures.doseCapped),
          .percent(orAbsent: figures.doseAllDays), .percent(orAbsent: figures.sessions),
          .percent(orAbsent: figures.unknownShare),
          .text(figures.isLowConfidence ? "low confidence" : figures.band ?? Format.absent),
          .number(member.pain?.mean), .number(member.pain?.change, signed: true),
          .text(Sentences.verdict(member.pain?.verdict)), .count(member.testsBetter),
          .count(member.testsWorse),
          .number(member.daysSinceLast.map(Double.init), places: 0),
        ]
      }, name: "Patients")
  }

  // MARK: Outputs

  /// The cohort as a workbook.
  public var workbook: Workbook {
    Workbook(
      title: "Cohort report, \(period)", created: asOf,
      sheets: [
        Sheet(
          name: "To call",
          blocks: [
            .title("Cohort report"), .paragraph("\(Format.period(period)). \(summary)"),
            .table(triageTable), .heading("Please note"), .paragraph(Sentences.safety),
          ], landscape: true),
        Sheet(
          name: "Patients", blocks: [.title("Patients"), .table(memberTable)], landscape: true,
          hasEvenColumns: true),
        Sheet(
          name: "Overview",
          blocks: [.title("Overview"), .table(distributionTable), .heading("Pain and exercise")]
            + (associationSentences.isEmpty ? ["Too little data."] : associationSentences).map(
              Block.paragraph), landscape: true),
        Sheet(
          name: "Notes",
          blocks: [.title("Notes")] + Definitions.paragraphs.map(Block.paragraph)
            + [.paragraph("Thresholds \(thresholds.version). Written by lumbar \(version).")],
          landscape: true),
      ])
  }

  private var summary: String {
    let doses = members.compactMap(\.adherence.doseCapped).sorted()
    let median =
      doses.isEmpty ? "no adherence figure" : "median dose \(Format.percent(middle(doses)))"
    let better = members.count {
      ($0.pain?.change ?? 0) < 0 && $0.pain?.verdict?.isImportant == true
    }
    let judged = members.count { $0.pain?.verdict != nil }
    return "\(Format.count(members.count, "patient", "patients")), \(median); pain clinically "
      + "better in \(better) of \(judged) with enough data; \(triage.count) to call."
  }

  private func middle(_ sorted: [Double]) -> Double {
    (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The cohort as plain text.
  public func text(ascii: Bool = false) -> String {
    var page = TextPage(ascii: ascii)
    page.line(page.spread("COHORT REPORT", Format.period(period)))
    page.rule()
    page.paragraph(summary)
    page.list(
      "TO CALL", triage.map { "\(visible($0.patient)): \($0.reasons.joined(separator: "; "))" },
      orElse: "Nobody.")
    if !associationSentences.isEmpty { page.blank() }
    for sentence in associationSentences { page.paragraph(sentence) }
    page.heading("PATIENTS (dose done of due; pain change in points, minus is less pain)")
    page.line("  " + padded("Patient", to: 20) + "  Dose  Logged  Pain    Change  Tests better")
    for member in members {
      let dose = member.adherence.doseCapped.map(Format.percent) ?? Format.absent
      let mean = member.pain?.mean.map { Format.decimal($0) } ?? Format.absent
      let change = member.pain?.change.map { Format.signed($0) } ?? Format.absent
      page.line(
        "  " + padded(visible(member.patient), to: 19) + padded(dose, to: 7, right: true)
          + padded(String(member.covered), to: 8, right: true)
          + padded(mean, to: 6, right: true) + padded(change, to: 10, right: true)
          + padded("\(member.testsBetter) of \(member.testsJudged)", to: 14, right: true))
    }
    page.blank()
    page.paragraph("Thresholds \(thresholds.version). Written by lumbar \(version).")
    page.paragraph(Sentences.safety)
    return page.text
  }

  /// The cohort's machine form.
  public var json: String {
    let nothing = Absence(.noData)
    let body: [(key: String, value: Figure)] = [
      ("schema", .count(1)), ("as_of", .text(asOf.description)),
      (
        "period",
        .record([("from", .text(period.from.description)), ("to", .text(period.to.description))])
      ),
      (
        "patients",
        .list(
          members.map { member in
            .record([
              ("patient", .text(member.patient)), ("days_covered", .count(member.covered)),
              ("adherence", .record(member.adherence.members)),
              (
                "pain",
                .record([
                  ("mean", Figure(member.pain?.mean, else: nothing)),
                  (
                    "change",
                    Figure(member.pain?.change, else: member.pain?.changeAbsence ?? nothing)
                  ),
                  (
                    "verdict",
                    Figure(
                      member.pain?.verdict?.rawValue, else: member.pain?.changeAbsence ?? nothing)
                  ),
                ])
              ),
              (
                "flexibility",
                .record([
                  ("better", .count(member.testsBetter)), ("worse", .count(member.testsWorse)),
                  ("judged", .count(member.testsJudged)),
                ])
              ), ("days_since_last", Figure(member.daysSinceLast, else: nothing)),
            ])
          })
      ),
      (
        "triage",
        .list(
          triage.map {
            .record([
              ("patient", .text($0.patient)), ("reasons", .list($0.reasons.map(Figure.text))),
            ])
          })
      ),
      ("associations", associations.figures),
      (
        "distributions",
        .record(
          distributions.map { name, groups in
            (name, .record(groups.map { ($0.label, .count($0.count)) }))
          })
      ),
    ]
    return JSONWriter.document(
      .record(
        body + [
          ("reasons", .record(reasons(in: .record(body)))),
          ("thresholds_version", .text(thresholds.version)),
        ]))
  }
}
