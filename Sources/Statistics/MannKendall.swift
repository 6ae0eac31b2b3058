/// The Mann-Kendall test of a trend, as it is and with the corrections for carry-over that other
/// programs offer.
///
/// For comparison only: at 30 days the corrected ones call 20 to 42 % of trendless diaries
/// significant. Reports use `DiaryTrend`. Reference: mann_kendall.json.
public struct MannKendall: Sendable {
  /// Rising minus falling pairs.
  public let s: Int
  /// The variance of s, ties and carry-over included; negative when the correction breaks down.
  public let variance: Double
  /// (s ∓ 1) ÷ √variance; nil for a negative variance.
  public let z: Double?
  /// Two-sided, as a normal tail; nil for a negative variance.
  public let p: Double?
  /// s over the number of pairs.
  public let tauA: Double

  /// How carry-over is taken into account.
  public enum Correction: Sendable, Equatable {
    /// Not at all.
    case none
    /// Significant autocorrelations of the detrended ranks inflate the variance (Hamed and Rao
    /// 1998); nil takes all lags.
    case hamedRao(lags: Int?)
    /// Autocorrelations of the detrended values inflate the variance (Yue and Wang 2004); nil takes
    /// all.
    case yueWang(lags: Int?)
    /// The lag-1 carry-over is taken out of the values first.
    case preWhitening
    /// The same after the trend was taken out, and put back afterwards (Yue et al. 2002).
    case trendFreePreWhitening
  }

  /// - Parameters:
  ///   - values: readings in order of time, dense.
  ///   - correction: for carry-over.
  ///   - slope: Sen's slope a reading, which the corrections detrend with.
  /// - Returns: nil below two readings. O(n²) for all lags.
  public init?(_ values: [Double], _ correction: Correction = .none, slope: Double) {
    guard values.count > 1 else { return nil }
    let n = Double(values.count)
    let detrended = values.enumerated().map { $1 - Double($0 + 1) * slope }
    var tested = values
    var inflation = 1.0
    switch correction {
    case .none: break
    case .hamedRao(let lags):
      let last = min(lags ?? values.count - 1, values.count - 1)
      let r = MannKendall.correlations(midRanks(detrended), last)
      let bound = z975 / n.squareRoot()
      var sum = 0.0
      for lag in 1...last where abs(r[lag]) > bound {
        let rest = n - Double(lag)
        sum += rest * (rest - 1) * (rest - 2) * r[lag]
      }
      inflation = 1 + 2 / (n * (n - 1) * (n - 2)) * sum
    case .yueWang(let lags):
      let last = min(lags ?? values.count - 1, values.count - 1)
      let r = MannKendall.correlations(detrended, last)
      var sum = 0.0
      for lag in 1...last { sum += (1 - Double(lag) / n) * r[lag] }
      inflation = 1 + 2 * sum
    case .preWhitening:
      tested = MannKendall.whitened(values)
    case .trendFreePreWhitening:
      tested = MannKendall.whitened(detrended).enumerated().map { $1 + Double($0 + 1) * slope }
    }
    let m = Double(tested.count)
    let (s, ties) = risingPairs(tested)
    self.s = s
    variance = scoreVariance(tested.count, ties) * inflation
    tauA = Double(s) / (m * (m - 1) / 2)
    z = s == 0 ? 0 : variance > 0 ? Double(s - s.signum()) / variance.squareRoot() : nil
    p = variance < 0 ? nil : z.map { min(1, 2 * normalUpperTail(abs($0))) }
  }

  /// Autocorrelations of lags 0 to `last`; all 0 for a constant series.
  private static func correlations(_ values: [Double], _ last: Int) -> [Double] {
    autocorrelation(values, lags: last) ?? [Double](repeating: 0, count: last + 1)
  }

  private static func whitened(_ values: [Double]) -> [Double] {
    let carry = correlations(values, 1)[1]
    return zip(values, values.dropFirst()).map { $1 - $0 * carry }
  }
}
