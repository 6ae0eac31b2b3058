import Columns
import Records

/// How active minutes and the pain some days later go together, by the number of days: described,
/// and not tested.
public struct LagProfileAnalysis: Analysis {
  static let lags = 0...7

  /// The analysis has no settings.
  public init() {}

  /// The rank correlation at every lag; empty without a pain diary.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> LagProfileFinding {
    guard table.pain != nil, let minutes = table.exposures.first else {
      return LagProfileFinding(lags: [])
    }
    return LagProfileFinding(
      lags: LagProfileAnalysis.lags.map { lag in
        let pairs = table.pairs(minutes, lag: lag)
        // A description needs no more than enough days and something that varies.
        let isTooLittle =
          pairs.days.count < Guardrails.fewestValues
          || Guardrails.variation(pairs.exposure, isYesNo: false) != nil
          || Guardrails.variation(pairs.outcome, isYesNo: false) != nil
        return .init(
          days: lag, n: pairs.days.count,
          rho: isTooLittle ? nil : AssociationAnalysis.association(pairs)?.r)
      })
  }
}

/// Active minutes and pain by lag.
public struct LagProfileFinding: Finding {
  /// Its section in the JSON report.
  public static let key = "lag_profile"

  /// One lag.
  public struct Lag: Sendable {
    /// Days from the exercise to the pain.
    public let days: Int
    /// Paired days.
    public let n: Int
    /// Of the diary association, -1 to 1; nil for too few days or too little variation.
    public let rho: Double?
  }

  /// From 0 days on; none without a pain diary.
  public let lags: [Lag]

  /// The rho farthest from 0; nil without any.
  public var strongest: Double? { lags.compactMap(\.rho).max { abs($0) < abs($1) } }

  /// A list; each absent rho carries its reason.
  public var figures: Figure {
    if lags.isEmpty { return .absent(Absence(.noData)) }
    return .list(
      lags.map {
        .record([
          ("lag_days", .count($0.days)), ("n", .count($0.n)),
          ("rho", Figure($0.rho, else: absence($0.n))),
        ])
      })
  }

  private func absence(_ n: Int) -> Absence {
    n < Guardrails.fewestValues
      ? Absence(.tooEarly, have: n, need: Guardrails.fewestValues) : Absence(.tooLittleVariation)
  }
}
