import Columns
import Records

/// Why a patient should be called.
public enum CallReason: Equatable, Sendable {
  /// No record of any kind for so many days.
  case stoppedLogging(days: Int)
  /// No session for so many days.
  case noSession(days: Int)
  /// The dose fell from that of the period before.
  case doseFell(from: Double, to: Double)
  /// The dose of the weeks falls.
  case doseFalling
  /// A flare within the last 7 days of the period.
  case newFlare(Day)
  /// Pain is up by so many points, as many as are important.
  case painUp(Double, isTold: Bool)
  /// Refused rows wait to be mended.
  case refusedRows(Int)

  /// All reasons there are for a patient.
  ///
  /// - Parameters:
  ///   - code: of the answer about pain.
  ///   - refused: refused rows that name the patient.
  static func all(_ findings: PatientFindings, pain code: PainAnswer.Code, refused: Int = 0)
    -> [CallReason]
  {
    let thresholds = findings.thresholds
    let adherence = findings.finding(AdherenceFinding.self)
    var reasons: [CallReason] = []
    let lastRecord = findings.table.lastRecord
    if let lastRecord, Double(findings.asOf - lastRecord) >= thresholds[.silentDays] {
      reasons.append(.stoppedLogging(days: findings.asOf - lastRecord))
    } else if let since = adherence?.continuity.daysSinceLast,
      Double(since) >= thresholds[.silentDays]
    {
      reasons.append(.noSession(days: since))
    }
    if let reason = falling(findings, adherence) { reasons.append(reason) }
    if let pain = findings.finding(PainFinding.self) {
      let week = Period(from: findings.period.to - 6, to: findings.period.to)
      // Two points are none on a scale of a hundred.
      let isPoints = pain.series?.isTenPointScale == true
      if let flare = pain.flares.first(where: {
        week.contains($0.day) && (isPoints || $0.kind == .selfReported)
      }) {
        reasons.append(.newFlare(flare.day))
      }
      if code == .more || code == .perhapsMore, let change = pain.change {
        reasons.append(.painUp(change, isTold: code == .more))
      }
    }
    if refused > 0 { reasons.append(.refusedRows(refused)) }
    return reasons
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
