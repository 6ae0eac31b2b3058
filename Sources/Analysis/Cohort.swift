import Columns
import Records
import Statistics

/// What was found about all patients of a period: a row of main figures each.
public struct CohortFindings: Sendable {
  /// One patient's main figures.
  public struct Member: Sendable {
    /// Where it stands among the others.
    let place: Int
    /// Code of the patient, as files name the person.
    public let patient: String
    /// Name for people to read; nil when none was imported.
    public let name: String?
    /// Days of the period with any record.
    public let covered: Int
    /// Adherence to the programme as a whole.
    public let adherence: AdherenceFigures
    /// Nil where the analysis of pain did not run.
    public let pain: Pain?
    /// Tests of flexibility that changed for the better by more than their error.
    public let testsBetter: Int
    /// Those that changed for the worse.
    public let testsWorse: Int
    /// Those with a verdict.
    public let testsJudged: Int
    /// Days from the last session to the as-of day; nil without one.
    public let daysSinceLast: Int?
    /// The last day of the diary with a record; nil without one.
    public let lastRecord: Day?
    /// Why the patient should be called; none where nothing calls for it.
    public let reasons: [CallReason]
    let sums: PersonSums?
  }

  /// What a cohort keeps of a patient's pain: the series stays behind, so that memory does not grow
  /// with the diaries.
  public struct Pain: Sendable {
    /// What its values speak of; nil without any.
    public let kind: PainKind?
    /// Mean of the period's day values; nil without one, and on a scale that is not 0-10.
    public let mean: Double?
    /// Latest week less the baseline: negative is better; nil where either is missing.
    public let change: Double?
    /// Level of the change; nil without one or on a scale that is not 0-10.
    public let verdict: PainVerdict?
    /// Why there is no change.
    public let changeAbsence: Absence

    init(_ finding: PainFinding) {
      kind = finding.name?.kind
      // Figures of another scale would stand among those of 0-10 as if they were some.
      let isOther = finding.name.map { !$0.isTenPointScale } ?? false
      mean = isOther ? nil : finding.mean
      change = isOther ? nil : finding.change
      verdict = finding.verdict
      changeAbsence = isOther ? Absence(.noThreshold) : finding.changeAbsence
    }
  }

  /// The days reported on.
  public let period: Period
  /// The last day that any analysis looks at.
  public let asOf: Day
  /// What verdicts rest on.
  public let thresholds: Thresholds
  /// In the order of their places.
  public private(set) var members: [Member] = []

  /// A cohort of a period, without anybody yet.
  public init(period: Period, asOf: Day, thresholds: Thresholds = .standard) {
    self.period = period
    self.asOf = asOf
    self.thresholds = thresholds
  }

  /// Takes the patients of other parts of the cohort, each to its place.
  public mutating func append(_ others: [CohortFindings]) {
    members += others.flatMap(\.members)
    members.sort { $0.place < $1.place }
  }

  /// Adds a patient; of the findings only the main figures are kept.
  ///
  /// - Parameters:
  ///   - place: where the patient stands among those of all parts; behind the others by default.
  ///   - refused: refused rows that name the patient and wait to be mended.
  public mutating func add(_ findings: PatientFindings, at place: Int? = nil, refused: Int = 0) {
    let adherence = findings.finding(AdherenceFinding.self)
    let flexibility = findings.finding(FlexibilityFinding.self)
    members.append(
      Member(
        place: place ?? members.count, patient: findings.patient, name: findings.name,
        covered: findings.table.coveredDays,
        adherence: adherence?.program ?? AdherenceFigures(),
        pain: findings.finding(PainFinding.self).map(Pain.init),
        testsBetter: flexibility?.better.count ?? 0, testsWorse: flexibility?.worse.count ?? 0,
        testsJudged: flexibility?.judged ?? 0,
        daysSinceLast: adherence?.continuity.daysSinceLast,
        lastRecord: findings.table.lastRecord, reasons: CallReason.all(findings, refused: refused),
        sums: PersonSums(findings)))
  }

  /// Those to call, most reasons first.
  public var triage: [Member] {
    members.filter { !$0.reasons.isEmpty }.sorted {
      ($1.reasons.count, $0.patient) < ($0.reasons.count, $1.patient)
    }
  }

  /// How pain goes with active minutes, within people and between them.
  public var associations: CohortAssociations { CohortAssociations(members.compactMap(\.sums)) }

  /// The middle of the doses of the programme; nil where nobody has one.
  public var medianDose: Double? { median(members.compactMap(\.adherence.doseCapped)) }

  /// People whose pain became less by a clinically important amount.
  public var painBetter: Int {
    members.count { ($0.pain?.change ?? 0) < 0 && $0.pain?.verdict?.isImportant == true }
  }

  /// People whose change of pain has a verdict.
  public var painJudged: Int { members.count { $0.pain?.verdict != nil } }

  /// How many people there are of each band and verdict, in the order of the vocabularies.
  public var distributions: [(name: String, groups: [(label: String, count: Int)])] {
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
}

extension CohortFindings.Member {
  /// The figures of the JSON report.
  var figures: Figure {
    let nothing = Absence(.noData)
    let why = pain?.changeAbsence ?? nothing
    return .record([
      ("patient", .text(patient)), ("days_covered", .count(covered)),
      ("adherence", .record(adherence.members)),
      (
        "pain",
        .record([
          ("kind", Figure(pain?.kind?.word, else: nothing)),
          ("mean", Figure(pain?.mean, else: why.code == .noThreshold ? why : nothing)),
          ("change", Figure(pain?.change, else: why)),
          ("verdict", Figure(pain?.verdict?.rawValue, else: why)),
        ])
      ),
      (
        "flexibility",
        .record([
          ("better", .count(testsBetter)), ("worse", .count(testsWorse)),
          ("judged", .count(testsJudged)),
        ])
      ), ("days_since_last", Figure(daysSinceLast, else: nothing)),
    ])
  }
}

extension CohortFindings {
  /// Figures of every patient, in the order of the members.
  public var memberFigures: Figure { .list(members.map(\.figures)) }

  /// Counts by band and verdict.
  public var distributionFigures: Figure {
    .record(
      distributions.map { name, groups in
        (name, .record(groups.map { ($0.label, .count($0.count)) }))
      })
  }
}
