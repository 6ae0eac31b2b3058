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
  /// The ends are the k-th smallest and largest difference, k = max(1, round(n₁n₂/2 - w z √(n₁n₂(n₁ +
  /// n₂ + 1)/12))).
  ///
  /// - Parameter widening: w, above 1 where the values are worth fewer independent ones.
  public func interval(widening: Double = 1) -> (low: Double, high: Double, k: Int) {
    let product = Double(counts.x * counts.y)
    let spread = (product * Double(counts.x + counts.y + 1) / 12).squareRoot()
    let rank = (product / 2 - widening * z975 * spread).rounded(.toNearestOrEven)
    let k = max(1, Int(rank))
    return (differences[k - 1], differences[differences.count - k], k)
  }
}
