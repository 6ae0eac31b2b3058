import Glibc

/// The rank association of two diaries of one person, with the carry-over of both taken into account.
///
/// 1. Mid-ranks over the days where both are present. 2. Residuals of both rank vectors on the
/// centred day, and on its square too for q = 2. 3. r, their Pearson correlation. 4. Each residual's
/// carry-over a over consecutive days, corrected for its bias: b = clamp(a + (1 + (3+q)a)/n, 0, .95).
/// 5. n_eff = n(1 - b_x b_y)/(1 + b_x b_y), within [3, n]. 6. Student's t with df = n_eff - q - 2.
/// 7. 95 % interval after Bonett and Wright (2000) with n_eff - q - 3.
///
/// Source: chosen by simulation on diaries; carry-over after Bartlett (1935). Reference:
/// recommended.json.
public struct DiaryAssociation: Sendable {
  /// Pairs of days.
  public let n: Int
  /// Degree of the trend taken out: 1 or 2.
  public let q: Int
  /// Pairs of days that follow each other.
  public let consecutivePairs: Int
  /// Correlation of the residual ranks, -1 to 1.
  public let r: Double
  /// Carry-over of either series before and after the correction.
  public let aX: Double
  /// Carry-over of y before the correction.
  public let aY: Double
  /// Carry-over of x after the correction, 0 to 0.95.
  public let bX: Double
  /// Carry-over of y after the correction, 0 to 0.95.
  public let bY: Double
  /// How many independent days the pairs are worth, 3 to n.
  public let effectiveN: Double
  /// Degrees of freedom, not whole as a rule.
  public let degreesOfFreedom: Double
  /// Student's t.
  public let t: Double
  /// Two-sided; for |r| = 1 nil, since a tail of 0 is never true of a sample.
  public let p: Double?
  /// The 95 % interval of r; nil when n_eff - q - 3 is not positive.
  public let interval: (low: Double, high: Double)?

  /// The raw method, without guardrails.
  ///
  /// - Parameters:
  ///   - days: ascending calendar days of the pairs.
  ///   - x: as many values, dense.
  ///   - y: as many values, dense.
  ///   - q: 1 takes a line in time out of the ranks, 2 a parabola.
  /// - Returns: nil when a side is constant or nothing is left of it. O(n log n).
  public init?(days: [Int], x: [Double], y: [Double], q: Int) {
    precondition(days.count == x.count && x.count == y.count, "columns of one length")
    guard days.count > q + 1, !isConstant(x), !isConstant(y) else { return nil }
    let n = Double(days.count)
    let center = Double(days.reduce(0, +)) / n
    let line = days.map { Double($0) - center }
    let columns = q == 2 ? [line, line.map { $0 * $0 }] : [line]
    guard let fitX = LeastSquares(columns, midRanks(x), refinements: 0),
      let fitY = LeastSquares(columns, midRanks(y), refinements: 0)
    else { return nil }
    let ex = fitX.residuals
    let ey = fitY.residuals
    let xx = ex.reduce(0) { $0 + $1 * $1 }
    let yy = ey.reduce(0) { $0 + $1 * $1 }
    // A side that is nothing but its trend leaves rounding only.
    guard xx > 1e-18 * n * n * n, yy > 1e-18 * n * n * n else { return nil }
    let xy = zip(ex, ey).reduce(0) { $0 + $1.0 * $1.1 }
    let r = min(1, max(-1, xy / (xx * yy).squareRoot()))
    let x = carryOver(ex, days: days)
    let y = carryOver(ey, days: days)
    func corrected(_ a: Double) -> Double {
      min(0.95, max(0, a + (1 + Double(3 + q) * a) / n))
    }
    self.n = days.count
    self.q = q
    consecutivePairs = x.pairs
    self.r = r
    (aX, aY) = (x.a, y.a)
    (bX, bY) = (corrected(x.a), corrected(y.a))
    effectiveN = min(n, max(3, n * (1 - bX * bY) / (1 + bX * bY)))
    degreesOfFreedom = max(1, effectiveN - Double(q) - 2)
    let rest = (1 - r) * (1 + r)
    t = rest > 0 ? r * (degreesOfFreedom / rest).squareRoot() : r * .infinity
    p = rest > 0 ? correlationP(r, df: degreesOfFreedom) : nil
    // No width at |r| = 1 is a fact of the formula, not of the diary.
    interval =
      rest > 0
      ? correlationInterval(r, factor: 1 + r * r / 2, freedom: effectiveN - Double(q) - 3) : nil
  }
}
