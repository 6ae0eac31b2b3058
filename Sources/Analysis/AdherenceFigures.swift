/// The figures of adherence at one level: an exercise's side, an exercise, a component, a
/// programme.
public struct AdherenceFigures: Equatable, Sendable {
  /// Σ min(done, due) ÷ Σ due over weeks; shares from 0. Nil when nothing was due.
  public var doseCapped: Double?
  /// Σ done ÷ Σ due.
  public var doseUncapped: Double?
  /// As `doseCapped`, with unknown days due as well.
  public var doseAllDays: Double?
  /// Σ min(sessions, due) ÷ Σ due.
  public var sessions: Double?
  /// Unknown days ÷ days on which something may have been due and nothing excused it.
  public var unknownShare: Double?

  /// What the band and low confidence rest on.
  private let thresholds: Thresholds

  /// Figures of nothing: all absent.
  public init(by thresholds: Thresholds = .standard) { self.thresholds = thresholds }

  /// Whether too many days are unknown for a verdict: not where they make no difference.
  public var isLowConfidence: Bool {
    guard (unknownShare ?? 0) > thresholds[.unknownShare] + 1e-12 else { return false }
    guard let doseCapped, let doseAllDays else { return true }
    return doseCapped - doseAllDays > thresholds[.unknownDose] + 1e-12
  }

  /// `good`, `moderate` or `poor`; nil when absent or of low confidence.
  public var band: String? {
    guard let doseCapped, !isLowConfidence else { return nil }
    if doseCapped >= thresholds[.goodAdherence] - 1e-12 { return "good" }
    return doseCapped >= thresholds[.moderateAdherence] - 1e-12 ? "moderate" : "poor"
  }

  /// The mean of the figures in which something was due; nothing due at all is absent everywhere.
  static func mean(_ parts: [AdherenceFigures], by thresholds: Thresholds) -> AdherenceFigures {
    func average(_ figure: (AdherenceFigures) -> Double?) -> Double? {
      var sum = 0.0
      var count = 0
      for part in parts where part.doseCapped != nil {
        guard let value = figure(part) else { continue }
        sum += value
        count += 1
      }
      return count == 0 ? nil : sum / Double(count)
    }
    var figures = AdherenceFigures(by: thresholds)
    figures.doseCapped = average(\.doseCapped)
    figures.doseUncapped = average(\.doseUncapped)
    figures.doseAllDays = average(\.doseAllDays)
    figures.sessions = average(\.sessions)
    figures.unknownShare = average(\.unknownShare)
    return figures
  }

  /// The keys of the JSON report, in order.
  public var members: [(key: String, value: Figure)] {
    let absence = Absence(.nothingDue)
    let band: Figure =
      doseCapped != nil && isLowConfidence
      ? .absent(Absence(.tooEarly)) : Figure(self.band, else: absence)
    return [
      ("dose_capped", Figure(doseCapped, else: absence)),
      ("dose_uncapped", Figure(doseUncapped, else: absence)),
      ("dose_all_days", Figure(doseAllDays, else: absence)),
      ("sessions", Figure(sessions, else: absence)),
      ("unknown_share", Figure(unknownShare, else: absence)),
      ("low_confidence", .flag(isLowConfidence)),
      ("band", band),
    ]
  }
}
