/// The rank association of two diaries of one person, with the carry-over of both taken into
/// account.
///
/// 1. Mid-ranks over the days where both are present. 2. Residuals of both rank vectors on the
/// centred day, and on its square too for q = 2. 3. r, their Pearson correlation. 4. Each
/// residual's carry-over a over consecutive days, corrected for its bias: b = clamp(a + (1 +
/// (3+q)a)/n, 0, .95).
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
  /// - Returns: nil when a side is constant or nothing is left of it. O(n).
  public init?(days: [Int], x: [Double], y: [Double], q: Int) {
    precondition(days.count == x.count && x.count == y.count, "columns of one length")
    let n = days.count
    guard n > q + 1, !isConstant(x), !isConstant(y) else { return nil }
    let sums = withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * n) { ranks in
      ranks.baseAddress.flatMap { ranks in
        _ = x.withUnsafeBufferPointer { doubledRanks($0, into: ranks) }
        _ = y.withUnsafeBufferPointer { doubledRanks($0, into: ranks + n) }
        return ResidualSums(days: days, ranks, ranks + n, q: q)
      }
    }
    guard let sums else { return nil }
    self.init(n: n, q: q, sums)
  }

  init?(n: Int, q: Int, _ sums: ResidualSums) {
    let count = Double(n)
    // A side that is nothing but its trend leaves rounding only.
    let least = 1e-18 * count * count * count
    guard sums.xx > least, sums.yy > least else { return nil }
    let r = min(1, max(-1, sums.xy / (sums.xx * sums.yy).squareRoot()))
    func carried(_ product: Double, _ square: Double) -> Double {
      sums.pairs < 4 ? 0 : product / Double(sums.pairs) / (square / count)
    }
    func corrected(_ a: Double) -> Double {
      min(0.95, max(0, a + (1 + Double(3 + q) * a) / count))
    }
    self.n = n
    self.q = q
    consecutivePairs = sums.pairs
    self.r = r
    (aX, aY) = (carried(sums.nextX, sums.xx), carried(sums.nextY, sums.yy))
    (bX, bY) = (corrected(aX), corrected(aY))
    effectiveN = min(count, max(3, count * (1 - bX * bY) / (1 + bX * bY)))
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

/// Sums over what a line or a parabola in time leaves of two columns of ranks.
struct ResidualSums {
  /// Squares of x.
  private(set) var xx = 0.0
  /// Squares of y.
  private(set) var yy = 0.0
  /// Products.
  private(set) var xy = 0.0
  /// Products of x and the x of the day after, where there is one.
  private(set) var nextX = 0.0
  /// The same of y.
  private(set) var nextY = 0.0
  /// Days with a day after.
  private(set) var pairs = 0

  /// - Parameters:
  ///   - days: ascending.
  ///   - ranksX: twice the mid-ranks, as many.
  ///   - ranksY: likewise.
  ///   - q: 1 or 2.
  /// - Returns: nil when the days are too few different ones. O(n).
  init?(
    days: [Int], _ ranksX: UnsafePointer<Int32>, _ ranksY: UnsafePointer<Int32>, q: Int
  ) {
    let n = days.count
    let isFitted = withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * n) { space in
      guard let line = space.baseAddress, ResidualSums.basis(days, line, line + n, q: q)
      else { return false }
      let left = line + 2 * n
      let right = line + 3 * n
      let middle = Int32(n + 1)
      for index in 0..<n {
        left[index] = Double(ranksX[index] - middle) / 2
        right[index] = Double(ranksY[index] - middle) / 2
      }
      for column in 0..<q { ResidualSums.takeOut(line + column * n, left, right, n) }
      add(left, right, days)
      return true
    }
    guard isFitted else { return nil }
  }

  /// The centred day, and its square without mean and line, both of length one.
  ///
  /// - Returns: false when the days do not allow it.
  private static func basis(
    _ days: [Int], _ line: UnsafeMutablePointer<Double>, _ bend: UnsafeMutablePointer<Double>,
    q: Int
  ) -> Bool {
    let n = days.count
    // Centred twice: the second time takes off what the first mean lost.
    let first = days[0]
    var sum = 0
    for day in days { sum += day - first }
    let center = Double(sum) / Double(n)
    var lost = 0.0
    for index in 0..<n {
      line[index] = Double(days[index] - first) - center
      lost += line[index]
    }
    lost /= Double(n)
    var square = 0.0
    for index in 0..<n {
      line[index] -= lost
      square += line[index] * line[index]
    }
    guard square > 0 else { return false }
    let scale = 1 / square.squareRoot()
    for index in 0..<n { line[index] *= scale }
    guard q == 2 else { return true }
    var mean = 0.0
    for index in 0..<n {
      bend[index] = line[index] * line[index]
      mean += bend[index]
    }
    mean /= Double(n)
    var size = 0.0
    for index in 0..<n {
      bend[index] -= mean
      size += bend[index] * bend[index]
    }
    // Twice is enough for columns that are orthogonal to the last digit.
    for _ in 0..<2 {
      var (sum, product) = (0.0, 0.0)
      for index in 0..<n {
        sum += bend[index]
        product += bend[index] * line[index]
      }
      sum /= Double(n)
      for index in 0..<n { bend[index] -= sum + product * line[index] }
    }
    var rest = 0.0
    for index in 0..<n { rest += bend[index] * bend[index] }
    guard rest > 1e-26 * size, rest > 0 else { return false }
    let scaleOfBend = 1 / rest.squareRoot()
    for index in 0..<n { bend[index] *= scaleOfBend }
    return true
  }

  private static func takeOut(
    _ column: UnsafePointer<Double>, _ left: UnsafeMutablePointer<Double>,
    _ right: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    var (alongX, alongY) = (0.0, 0.0)
    for index in 0..<n {
      alongX += column[index] * left[index]
      alongY += column[index] * right[index]
    }
    for index in 0..<n {
      left[index] -= alongX * column[index]
      right[index] -= alongY * column[index]
    }
  }

  private mutating func add(
    _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ days: [Int]
  ) {
    for index in days.indices {
      let (x, y) = (left[index], right[index])
      xx += x * x
      yy += y * y
      xy += x * y
      guard index > 0, days[index] - days[index - 1] == 1 else { continue }
      nextX += left[index - 1] * x
      nextY += right[index - 1] * y
      pairs += 1
    }
  }
}
