import Columns
import Records

/// Why a patient should be called.
public enum CallReason: Equatable, Sendable {
  /// Pain of the last 7 days is so many points above that of the first days, as many as are
  /// important; each further step of as many points is news.
  case painUp(Double, isTold: Bool, steps: Int)
  /// A flare within the last 7 days of the period.
  case newFlare(Day)
  /// No record of any kind for so many days, the last one on a day; of a silence of 7, 14 and 28
  /// days each is told once.
  case stoppedLogging(days: Int, milestone: Int, last: Day)
  /// The dose fell from that of the period before.
  case doseFell(from: Double, to: Double)
  /// No session for so many days.
  case noSession(days: Int)
  /// The dose of the weeks falls.
  case doseFalling

  /// The kind of a reason, the one that can wait least first.
  public enum Code: String, CaseIterable, Sendable {
    case pain, flare
    case stoppedLogging = "stopped-logging"
    case doseFell = "dose-fell"
    case noSession = "no-session"
    case doseFalling = "dose-falling"
  }

  /// Its kind.
  public var code: Code {
    switch self {
    case .painUp: .pain
    case .newFlare: .flare
    case .stoppedLogging: .stoppedLogging
    case .doseFell: .doseFell
    case .noSession: .noSession
    case .doseFalling: .doseFalling
    }
  }

  /// Where it stands among others: the smaller, the less it can wait.
  var rank: Int {
    if case .painUp(_, true, _) = self { return 0 }
    return 1 + (Code.allCases.firstIndex(of: code) ?? Code.allCases.count)
  }

  /// What lists know it by, with what it says besides: a smaller rise holds whenever a larger one
  /// does, and is no news when the larger one is over.
  var keys: [String] {
    switch self {
    case .painUp(_, let isTold, let steps):
      (isTold ? ["pain-told"] : []) + (1...max(1, steps)).reversed().map { "pain-\($0)" }
    case .stoppedLogging(_, let milestone, let last): ["\(code.rawValue)-\(milestone)-\(last)"]
    case .doseFell: [code.rawValue, Code.doseFalling.rawValue]
    default: [code.rawValue]
    }
  }

  /// Whether it is given on one list alone.
  var isGivenOnce: Bool { code == .stoppedLogging }

  /// All reasons there are for a patient, the one that can wait least first.
  ///
  /// - Parameter code: of the answer about pain.
  static func all(_ findings: PatientFindings, pain code: PainAnswer.Code) -> [CallReason] {
    let thresholds = findings.thresholds
    if let last = findings.table.lastRecord,
      Double(findings.asOf - last) >= thresholds[.silentDays]
    {
      // What else there was has been said while there were records.
      return silence(findings.asOf - last, since: last, thresholds[.silentDays]).map { [$0] } ?? []
    }
    var reasons: [CallReason] = []
    if let pain = findings.finding(PainFinding.self) {
      if let rise = rise(pain, findings, isTold: code == .more) { reasons.append(rise) }
      let week = Period(from: findings.period.to - 6, to: findings.period.to)
      // Two points are none on a scale of a hundred.
      let isPoints = pain.series?.isTenPointScale == true
      if let flare = pain.flares.first(where: {
        week.contains($0.day) && (isPoints || $0.kind == .selfReported)
      }) {
        reasons.append(.newFlare(flare.day))
      }
    }
    let adherence = findings.finding(AdherenceFinding.self)
    let falling = falling(findings, adherence)
    if let falling, falling.code == .doseFell { reasons.append(falling) }
    if let since = adherence?.continuity.daysSinceLast, Double(since) >= thresholds[.silentDays] {
      reasons.append(.noSession(days: since))
    }
    if let falling, falling.code == .doseFalling { reasons.append(falling) }
    return reasons
  }

  /// Times the silence that is worth a call at which it is told: at 7, 14 and 28 days.
  private static let milestones = [4.0, 2, 1]
  /// From so many times on, 56 days, nobody is told any more.
  private static let longSilence = 8.0

  private static func silence(_ days: Int, since last: Day, _ shortest: Double) -> CallReason? {
    guard Double(days) < longSilence * shortest,
      let reached = milestones.first(where: { Double(days) >= $0 * shortest })
    else { return nil }
    return .stoppedLogging(
      days: days, milestone: Int((reached * shortest).rounded(.up)), last: last)
  }

  private static func rise(
    _ pain: PainFinding, _ findings: PatientFindings, isTold: Bool
  ) -> CallReason? {
    guard pain.series?.isTenPointScale == true, let change = pain.lastWeek(asOf: findings.asOf),
      change.points > 0, change.isImportant(by: findings.thresholds)
    else { return nil }
    let step = findings.thresholds[.painImportant]
    return .painUp(
      change.points, isTold: isTold, steps: max(1, Int((change.points + 1e-9) / step)))
  }

  private static func falling(_ findings: PatientFindings, _ adherence: AdherenceFinding?)
    -> CallReason?
  {
    if let now = adherence?.program.doseCapped,
      let before = findings.finding(BeforeFinding.self)?.findings?.adherence.doseCapped,
      before - now >= findings.thresholds[.doseDrop] - 1e-9
    {
      return .doseFell(from: before, to: now)
    }
    return adherence?.continuity.trajectory == "falling" ? .doseFalling : nil
  }
}

extension PainFinding {
  /// The last 7 days against the first ones of the diary; nil where either holds too few values, or
  /// they overlap.
  func lastWeek(asOf day: Day) -> PainChange? {
    guard let first = ends?.baseline, let before = first.mean, first.days.to < day - 6,
      let now = series?.weekMean(endingOn: day)
    else { return nil }
    return PainChange(
      baselineWindow: first.days, latestWindow: Period(from: day - 6, to: day), baseline: before,
      latest: now)
  }
}
