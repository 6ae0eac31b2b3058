/// How two groups of values differ, without any assumption on their shape.
public struct TwoSample: Sendable {
  /// Pairs in which x is above y.
  public let greater: Int
  /// Pairs in which x is below y.
  public let less: Int
  /// (greater - less) over all pairs, -1 to 1: Cliff's delta.
  public let cliffsDelta: Double
  /// Median of all differences x - y: the Hodges-Lehmann shift.
  public let shift: Double
  private let differences: [Double]
  private let counts: (x: Int, y: Int)

  /// - Parameters:
  ///   - x: dense.
  ///   - y: dense.
  /// - Returns: nil when either is empty. O(n₁ n₂ log). Reference: two_sample.json.
  public init?(_ x: [Double], _ y: [Double]) {
    guard !x.isEmpty, !y.isEmpty else { return nil }
    differences = x.flatMap { left in y.map { left - $0 } }.sorted()
    greater = differences.count { $0 > 0 }
    less = differences.count { $0 < 0 }
    cliffsDelta = Double(greater - less) / Double(differences.count)
    shift = median(sorted: differences) ?? 0
    counts = (x.count, y.count)
  }

  /// The 95 % interval of the shift from the normal approximation of the rank of its ends.
  ///
  /// The ends are the k-th smallest and largest difference, k = max(1, round(n₁n₂/2 - w z √(n₁n₂(n₁
  /// + n₂ + 1)/12))).
  ///
  /// - Parameter widening: w, above 1 where the values are worth fewer independent ones.
  public func interval(widening: Double = 1) -> (low: Double, high: Double, k: Int) {
    let product = Double(counts.x * counts.y)
    let spread = (product * Double(counts.x + counts.y + 1) / 12).squareRoot()
    let rank = (product / 2 - widening * z975 * spread).rounded(.toNearestOrEven)
    let k = max(1, Int(rank))
    return (differences[k - 1], differences[differences.count - k], k)
  }

  /// The exact 95 % interval of the shift for values without ties: the k-th smallest and largest
  /// difference, k of `MannWhitney.exactRank`. Reference: two_sample.json.
  public func exactInterval() -> (low: Double, high: Double, k: Int) {
    let k = MannWhitney.exactRank(counts.x, counts.y)
    return (differences[k - 1], differences[differences.count - k], k)
  }
}

/// How sure Cliff's delta is, without any assumption on the shapes. Reference: two_sample.json.
public struct CliffsDelta: Sendable {
  /// (greater - less) over all pairs.
  public let delta: Double
  /// Its unbiased variance; nil when either group has fewer than two values.
  public let variance: Double?
  /// Cliff's asymmetric interval (1993) with z of 95 %; nil when the variance is 0 or |delta| = 1.
  public let interval: (low: Double, high: Double)?

  /// - Parameters:
  ///   - x: dense.
  ///   - y: dense.
  /// - Returns: nil when either is empty. O(n₁ n₂).
  public init?(_ x: [Double], _ y: [Double]) {
    guard !x.isEmpty, !y.isEmpty else { return nil }
    var rows = [Int](repeating: 0, count: x.count)
    var columns = [Int](repeating: 0, count: y.count)
    var squares = 0
    for (row, left) in x.enumerated() {
      for (column, right) in y.enumerated() {
        let sign = sign(left - right)
        rows[row] += sign
        columns[column] += sign
        squares += sign * sign
      }
    }
    let (n1, n2) = (Double(x.count), Double(y.count))
    let delta = Double(rows.reduce(0, +)) / (n1 * n2)
    self.delta = delta
    guard x.count > 1, y.count > 1 else {
      variance = nil
      interval = nil
      return
    }
    func spread(_ sums: [Int], _ others: Double) -> Double {
      sums.reduce(0) { $0 + (Double($1) / others - delta) * (Double($1) / others - delta) }
    }
    let own = Double(squares) - n1 * n2 * delta * delta
    let variance =
      (n2 * n2 * spread(rows, n2) + n1 * n1 * spread(columns, n1) - own)
      / (n1 * n2 * (n1 - 1) * (n2 - 1))
    self.variance = variance
    guard variance > 0, abs(delta) < 1 else {
      interval = nil
      return
    }
    let reach = z975 * z975 * variance
    let rest = 1 - delta * delta
    let width = z975 * (variance * (rest * rest + reach)).squareRoot()
    interval = (
      (delta - delta * delta * delta - width) / (rest + reach),
      (delta - delta * delta * delta + width) / (rest + reach)
    )
  }
}
