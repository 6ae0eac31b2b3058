import Analysis
import Records

/// A clinic's report: one row a patient, and who should be called.
public struct CohortReport: Sendable {
  /// One patient's main figures.
  struct Member: Sendable {
    /// Where it stands among the others.
    var place: Int
    var patient: String
    var name: String?
    var covered: Int
    var adherence: AdherenceFigures
    var pain: Pain?
    var testsBetter: Int
    var testsWorse: Int
    var testsJudged: Int
    var daysSinceLast: Int?
    var lastRecord: Day?
    var reasons: [CallReason]
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
  let style: ReportStyle
  let sentences: Sentences
  private(set) var members: [Member] = []

  /// A cohort of a period, without anybody yet.
  public init(
    period: Period, asOf: Day, version: String, thresholds: Thresholds = .standard,
    style: ReportStyle = ReportStyle()
  ) {
    self.style = style
    sentences = Sentences(style.language ?? .english)
    self.thresholds = thresholds
    self.period = period
    self.asOf = asOf
    self.version = version
  }

  /// Takes the patients of other parts of the cohort, each to its place.
  public mutating func append(_ others: [CohortReport]) {
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
    let pain = findings.finding(PainFinding.self)
    let verdicts = (findings.finding(FlexibilityFinding.self)?.measures ?? []).compactMap(\.verdict)
    members.append(
      Member(
        place: place ?? members.count, patient: findings.patient, name: findings.name,
        covered: findings.table.coveredDays,
        adherence: adherence?.program ?? AdherenceFigures(), pain: pain.map(Pain.init),
        testsBetter: verdicts.count { $0 == .improved || $0 == .detectableBetter },
        testsWorse: verdicts.count { $0 == .worsened || $0 == .detectableWorse },
        testsJudged: verdicts.count, daysSinceLast: adherence?.continuity.daysSinceLast,
        lastRecord: findings.table.lastRecord, reasons: CallReason.all(findings, refused: refused),
        sums: PersonSums(findings)))
  }

  var words: Words { sentences.words }

  /// Those to call, most reasons first.
  var triage: [Member] {
    members.filter { !$0.reasons.isEmpty }.sorted {
      ($1.reasons.count, $0.patient) < ($0.reasons.count, $1.patient)
    }
  }

  var associations: CohortAssociations { CohortAssociations(members.compactMap(\.sums)) }

  /// How many people there are of each band and verdict, words in the order of the vocabularies.
  var distributions: [(name: String, groups: [(label: String, count: Int)])] {
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
