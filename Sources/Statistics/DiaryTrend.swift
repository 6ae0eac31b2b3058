/// The trend of one person's readings: Sen's slope with Mann and Kendall's test, averaged over how
/// much of one day may carry over to the next.
///
/// s and its tie-corrected variance after Mann and Kendall. For each carry-over φ of
/// `CarryOver.grid` the variance is multiplied by 1 + 2 Σ (1 − k/n) φ^k; p is the mean of the
/// normal tails of (|s| − 1) ⁄ √variance, weighted as `CarryOver` weighs φ beside a mean and a
/// straight line. The width whose weighted tails are .05 sets the ranks of the slope's interval.
///
/// Source: chosen by simulation on diaries. Reference: diary_trend.json.
public struct DiaryTrend: Sendable {
  /// Rising minus falling pairs.
  public let s: Int
  /// The variance of s with ties, not inflated.
  public let variance: Double
  /// Median slope a day.
  public let slope: Double
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
    let (s, ties) = risingPairs(values)
    let variance = scoreVariance(values.count, ties)
    let line = [times.map { _ in 1 }, times.map { $0 - times[0] }]
    // Weights know no unit: in units of the largest value no square leaves the range of a Double.
    let unit = values.map(abs).max() ?? 0
    let swing =
      carriesOver && unit >= .leastNormalMagnitude
      ? CarryOver(days: days, values: values.map { $0 / unit }, curve: line) : nil
    let weights = swing?.weights ?? [1]
    let spreads = CarryOver.grid.prefix(weights.count).map {
      (variance * scoreInflation(values.count, $0)).squareRoot()
    }
    let tails = WeightedTails(weights: weights, errors: spreads, degreesOfFreedom: .infinity)
    p = tails.p(of: Double(s - s.signum()))
    let bounds = slopes.bounds(width: tails.halfWidth(alpha: 0.05))
    interval = (bounds.low, bounds.high)
    (lowIsCut, highIsCut) = (bounds.lowIsCut, bounds.highIsCut)
    (self.s, self.variance, self.slope) = (s, variance, slope)
  }
}

/// What carry-over multiplies the variance of rising minus falling pairs by: 1 + 2 Σ (1 − k/n) φ^k
/// over all lags k. O(n).
func scoreInflation(_ count: Int, _ carry: Double) -> Double {
  var sum = 0.0
  var power = 1.0
  for lag in 1..<max(count, 1) {
    power *= carry
    sum += (1 - Double(lag) / Double(count)) * power
  }
  return 1 + 2 * sum
}
