import Glibc

/// The lag that Newey and West's standard errors take by default, ⌊4 (n/100)^(2/9)⌋. O(1).
/// Reference: trend.json.
public func neweyWestLag(_ n: Int) -> Int {
  Int(4 * pow(Double(n) / 100, 2.0 / 9))
}

/// The standard error of a straight line's slope with the rows counted for what they are worth when
/// residuals carry over from one day to the next (Santer et al. 2000).
///
/// r₁ is the carry-over of the residuals, n_eff = n(1 - r₁)/(1 + r₁) with r₁ below 0 taken as 0.
/// A comparison only: at 30 days it still calls too many trends significant. Reference: trend.json.
public struct AdjustedSlope: Sendable {
  /// Σ e_t e_{t+1} over consecutive days ÷ Σ e².
  public let carryOver: Double
  /// How many independent days the rows are worth.
  public let effectiveN: Double
  /// Adjusted standard error of the slope.
  public let standardError: Double
  /// n_eff - 2, not whole as a rule.
  public let degreesOfFreedom: Double
  /// Two-sided, Student's t.
  public let p: Double

  /// - Parameters:
  ///   - days: calendar days of the rows, any order.
  ///   - values: dense, as many.
  /// - Returns: nil without a line, without residuals, or for n_eff ≤ 2. O(n log n).
  public init?(days: [Double], values: [Double]) {
    guard let fit = LeastSquares([days], values), fit.degreesOfFreedom > 0 else { return nil }
    let squares = fit.residuals.reduce(0) { $0 + $1 * $1 }
    let spread = sumOfSquares(days) ?? 0
    guard squares > 0 else { return nil }
    let order = days.indices.sorted { days[$0] < days[$1] }
    var product = 0.0
    for (earlier, later) in zip(order, order.dropFirst()) where days[later] - days[earlier] == 1 {
      product += fit.residuals[earlier] * fit.residuals[later]
    }
    carryOver = product / squares
    let floored = max(0, carryOver)
    effectiveN = Double(days.count) * (1 - floored) / (1 + floored)
    degreesOfFreedom = effectiveN - 2
    guard degreesOfFreedom > 0 else { return nil }
    standardError = (squares / degreesOfFreedom / spread).squareRoot()
    p = studentTwoSidedTail(fit.coefficients[1] / standardError, df: degreesOfFreedom)
  }
}

/// A line with a step and a bend at a day known beforehand, as when a plan changed:
/// y = b₀ + b₁t + b₂D + b₃(t - t₀)D with D = 1 from t₀ on.
///
/// b₂ is the change of level, b₃ that of the slope. Reference: segmented.json.
public struct SegmentedLine: Sendable {
  /// Rows before the day.
  public let before: Int
  /// Rows from the day on.
  public let after: Int
  /// b₀ to b₃ with their errors and residuals.
  public let fit: LeastSquares

  /// - Parameters:
  ///   - days: of the readings, ascending.
  ///   - values: dense, as many.
  ///   - change: t₀.
  /// - Returns: nil when a side has too few rows for its line. O(n).
  public init?(days: [Double], values: [Double], change: Double) {
    let isAfter = days.map { $0 >= change ? 1.0 : 0 }
    let bend = days.map { $0 >= change ? $0 - change : 0 }
    guard let fit = LeastSquares([days, isAfter, bend], values) else { return nil }
    self.fit = fit
    after = Int(isAfter.reduce(0, +))
    before = days.count - after
  }
}

/// Durbin and Watson's statistic: Σ (e_{t+1} - e_t)² ÷ Σ e², near 2 without carry-over; nil when
/// all residuals are 0. O(n). Reference: autocorrelation.json, segmented.json.
public func durbinWatson(_ residuals: [Double]) -> Double? {
  let squares = compensatedSum(residuals.lazy.map { $0 * $0 })
  guard squares > 0 else { return nil }
  return compensatedSum(zip(residuals, residuals.dropFirst()).lazy.map { ($1 - $0) * ($1 - $0) })
    / squares
}
