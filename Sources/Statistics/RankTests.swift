/// Mann and Whitney's test of two groups.
///
/// On a diary it has the inflation of every test that takes days as independent; reports use
/// `DiaryAssociation`. Reference: two_sample.json.
public struct MannWhitney: Sendable {
  /// Pairs in which x is above y, ties by half.
  public let u1: Double
  /// Pairs in which y is above x, ties by half.
  public let u2: Double
  /// Whether any two values are equal.
  public let hasTies: Bool
  /// Two-sided, normal with tie-corrected variance and continuity correction; nil when all are
  /// equal.
  public let asymptoticP: Double?
  /// Two-sided over all splits, without ties; nil with ties or more than `limit` pairs.
  public let exactP: Double?
  /// The share of all splits as far from the middle, ties and all; nil where counting takes more
  /// than `work` steps.
  public let permutationP: Double?

  /// The most pairs of values whose splits are counted without ties.
  public static let limit = 20_000
  private static let work = 200_000_000

  /// - Parameters:
  ///   - x: dense.
  ///   - y: dense.
  /// - Returns: nil when either is empty. O(n log n), and O(n⁴) for the exact counts.
  public init?(_ x: [Double], _ y: [Double]) {
    guard !x.isEmpty, !y.isEmpty else { return nil }
    let both = x + y
    let ranks = midRanks(both)
    let (n1, n2) = (Double(x.count), Double(y.count))
    let n = n1 + n2
    u1 = ranks.prefix(x.count).reduce(0, +) - n1 * (n1 + 1) / 2
    u2 = n1 * n2 - u1
    let ties = tieSizes(both)
    hasTies = !ties.isEmpty
    let correction = ties.reduce(0.0) { $0 + Double($1 * $1 * $1 - $1) } / (n * (n - 1))
    let spread = (n1 * n2 / 12 * (n + 1 - correction)).squareRoot()
    let distance = max(u1, u2) - n1 * n2 / 2 - 0.5
    asymptoticP = spread > 0 ? min(1, 2 * normalUpperTail(distance / spread)) : nil
    let isSmall = x.count * y.count <= MannWhitney.limit
    exactP = hasTies || !isSmall ? nil : MannWhitney.exactP(Int(u1), x.count, y.count)
    // The sum of the smaller group's ranks, doubled so that mid-ranks are whole.
    let doubled = ranks.map { Int(2 * $0) }
    let own = x.count <= y.count ? doubled[..<x.count] : doubled[x.count...]
    let most = doubled.sorted().suffix(own.count).reduce(0, +)
    guard Double(most) * Double(own.count) * n <= Double(MannWhitney.work) else {
      permutationP = nil
      return
    }
    let sums = SumDistribution(choosing: own.count, of: doubled)
    permutationP = min(
      1, sums.beyond(own.reduce(0, +), doubledCenter: own.count * 2 * (both.count + 1)))
  }

  private static func exactP(_ u: Int, _ n1: Int, _ n2: Int) -> Double {
    let shares = SumDistribution(pairsOf: n1, n2)
    return min(1, 2 * min(shares.lower(u), shares.upper(u)))
  }

  /// The exact rank k of the ends of the Hodges-Lehmann interval: the smallest u with P(U ≤ u) ≥
  /// 2.5 %, at least 1. O(n₁² n₂²).
  public static func exactRank(_ n1: Int, _ n2: Int) -> Int {
    max(1, SumDistribution(pairsOf: n1, n2).quantile(0.025))
  }
}

/// How Wilcoxon's signed-rank test treats differences of 0.
public enum ZeroDifferences: Sendable, CaseIterable {
  /// Left out before ranking.
  case dropped
  /// Ranked, then left out (Pratt 1959).
  case ranked
  /// Ranked, and their ranks shared between the signs.
  case split
}

/// Wilcoxon's signed-rank test of differences against 0. Reference: two_sample.json.
public struct SignedRank: Sendable {
  /// Differences.
  public let n: Int
  /// Those equal to 0.
  public let zeros: Int
  /// Sum of the ranks of positive differences, zeros dropped.
  public let plus: Double
  /// Sum of the ranks of negative differences, zeros dropped.
  public let minus: Double
  /// Whether any two sizes are equal, or any difference is 0.
  public let hasTies: Bool
  /// Two-sided over all signs, without ties; nil with ties or above `limit` differences.
  public let exactP: Double?
  /// The share of all signs as far from the middle, zeros dropped; nil above `limit` differences.
  public let permutationP: Double?
  /// The median of all means of two differences, each with itself too: the Hodges-Lehmann estimate.
  public let median: Double
  private let differences: [Double]
  private let means: [Double]

  /// The most differences whose signs are counted.
  public static let limit = 200

  /// - Parameter differences: dense.
  /// - Returns: nil for none. O(n² log n).
  public init?(_ differences: [Double]) {
    let nonzero = differences.filter { $0 != 0 }
    n = differences.count
    zeros = differences.count - nonzero.count
    self.differences = differences
    means = differences.indices.flatMap { later in
      (0...later).map { (differences[$0] + differences[later]) / 2 }
    }.sorted()
    guard let median = Statistics.median(sorted: means) else { return nil }
    self.median = median
    let ranks = midRanks(nonzero.map(abs))
    plus = zip(nonzero, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    minus = zip(nonzero, ranks).reduce(0) { $0 + ($1.0 < 0 ? $1.1 : 0) }
    hasTies = zeros > 0 || !tieSizes(nonzero.map(abs)).isEmpty
    guard !nonzero.isEmpty, nonzero.count <= SignedRank.limit else {
      exactP = nil
      permutationP = nil
      return
    }
    let sums = SumDistribution(subsetsOf: ranks.map { Int(2 * $0) })
    let own = Int(2 * plus)
    exactP = hasTies ? nil : min(1, 2 * min(sums.lower(own), sums.upper(own)))
    permutationP = min(1, sums.beyond(own, doubledCenter: nonzero.count * (nonzero.count + 1)))
  }

  /// Two-sided, normal with tie-corrected variance; nil without a difference other than 0. O(n log
  /// n).
  ///
  /// - Parameters:
  ///   - treatment: of zeros.
  ///   - isContinuous: whether half a rank is taken off the distance.
  public func asymptoticP(_ treatment: ZeroDifferences, isContinuous: Bool) -> Double? {
    let kept = treatment == .dropped ? differences.filter { $0 != 0 } : differences
    let ranks = midRanks(kept.map(abs))
    let count = Double(kept.count)
    let zero = treatment == .ranked ? Double(zeros) : 0
    var sum = 0.0
    for (value, rank) in zip(kept, ranks) {
      if value > 0 { sum += rank }
      if value == 0, treatment == .split { sum += rank / 2 }
    }
    let tied = treatment == .ranked ? kept.filter { $0 != 0 } : kept
    let ties = tieSizes(tied.map(abs)).reduce(0.0) { $0 + Double($1 * $1 * $1 - $1) }
    let center = (count * (count + 1) - zero * (zero + 1)) / 4
    let spread =
      (count * (count + 1) * (2 * count + 1) - zero * (zero + 1) * (2 * zero + 1) - ties / 2) / 24
    guard zeros < n, spread > 0 else { return nil }
    let distance = abs(sum - center)
    let corrected = isContinuous && distance > 0 ? distance - 0.5 : distance
    return min(1, 2 * normalUpperTail(corrected / spread.squareRoot()))
  }

  /// The exact 95 % interval of the median: the k-th smallest and largest mean, k the smallest w
  /// with P(W ≤ w) ≥ 2.5 %, at least 1; nil above `limit` differences. O(n³).
  public var exactInterval: (low: Double, high: Double, k: Int)? {
    guard n <= SignedRank.limit else { return nil }
    let k = max(1, SumDistribution(subsetsOf: Array(1...n)).quantile(0.025))
    guard k <= means.count else { return nil }
    return (means[k - 1], means[means.count - k], k)
  }
}
