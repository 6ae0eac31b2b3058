/// The trend of one person's readings with one estimate of how much of a day carries over.
///
/// For comparison only: the estimate is taken for the truth, so that at 30 days and a carry-over of
/// .8 it calls 10 % of trendless diaries significant. Reports use `DiaryTrend`.
///
/// s and its tie-corrected variance after Mann and Kendall; the variance is inflated by
/// 1 + 2 Σ (1 - k/n) b^k, with b the bias-corrected carry-over of the Sen-detrended readings,
/// b = clamp(a + (2 + 4a)/n, 0, .95). z has the continuity correction; the same inflated variance
/// sets the ranks of the slope's interval.
///
/// Source: chosen by simulation on diaries. Reference: recommended.json.
public struct SingleCarryOverTrend: Sendable {
  /// Readings.
  public let n: Int
  /// Pairs of readings on days that follow each other.
  public let consecutivePairs: Int
  /// Rising minus falling pairs.
  public let s: Int
  /// The variance of s with ties, not inflated.
  public let variance: Double
  /// Median slope a day.
  public let slope: Double
  /// Carry-over before the correction.
  public let a: Double
  /// Carry-over after the correction, 0 to 0.95.
  public let b: Double
  /// What the variance is multiplied by, at least 1.
  public let inflation: Double
  /// Standardized s; 0 when all readings are equal, which a report must refuse.
  public let z: Double
  /// Two-sided; 1 when all readings are equal, which a report must refuse.
  public let p: Double
  /// The 95 % interval of the slope a day.
  public let interval: (low: Double, high: Double)
  /// Whether the lower bound fell off the end of the sorted slopes and is only the smallest.
  public let lowIsCut: Bool
  /// Whether the upper bound is only the largest slope.
  public let highIsCut: Bool

  /// The raw method, without guardrails.
  ///
  /// - Parameters:
  ///   - days: ascending calendar days.
  ///   - values: as many readings, dense.
  ///   - carriesOver: false for readings too far apart to carry over; the variance then stays.
  /// - Returns: nil below two days. O(n²), O(n log n) a halving above 2,000 readings.
  public init?(days: [Int], values: [Double], carriesOver: Bool = true) {
    let times = days.map(Double.init)
    let slopes = SlopeOrder(times, values)
    guard let slope = slopes.median() else { return nil }
    let n = Double(values.count)
    let (s, ties) = risingPairs(values)
    variance = scoreVariance(values.count, ties)
    let detrended = zip(values, times).map { $0 - slope * $1 }
    let center = mean(detrended) ?? 0
    let carry = carryOver(detrended.map { $0 - center }, days: days)
    a = carry.a
    b = carriesOver ? min(0.95, max(0, carry.a + (2 + 4 * carry.a) / n)) : 0
    inflation = scoreInflation(values.count, b)
    let spread = (variance * inflation).squareRoot()
    z = variance > 0 ? Double(s - s.signum()) / spread : 0
    p = min(1, 2 * normalUpperTail(abs(z)))
    let bounds = slopes.bounds(width: z975 * spread)
    interval = (bounds.low, bounds.high)
    (lowIsCut, highIsCut) = (bounds.lowIsCut, bounds.highIsCut)
    self.n = values.count
    consecutivePairs = carry.pairs
    self.s = s
    self.slope = slope
  }
}
