/// The exact p of a rank correlation over all n! orders of one side.
public struct SpearmanPermutation: Sendable {
  /// The share of orders whose |ρ| reaches the observed one.
  public let absolute: Double
  /// Twice the smaller share of orders at least as high or at least as low, at most 1.
  public let doubled: Double

  /// The longest columns that are tried in every order.
  public static let limit = 8

  /// - Parameters:
  ///   - x: dense.
  ///   - y: dense, as many.
  /// - Returns: nil below two or above `limit` pairs, or when either column is constant. O(n! n).
  ///   Reference: correlation.json.
  public init?(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count, "columns of one length")
    let n = x.count
    guard n > 1, n <= SpearmanPermutation.limit, !isConstant(x), !isConstant(y) else {
      return nil
    }
    // Doubled mid-ranks are whole, so that equal correlations compare equal.
    let left = midRanks(x).map { Int(2 * $0) }
    var right = midRanks(y).map { Int(2 * $0) }
    let center = left.reduce(0, +) * right.reduce(0, +)
    func score() -> Int { n * zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } - center }
    let observed = score()
    var total = 0
    var reaching = 0
    var above = 0
    var below = 0
    func permute(_ start: Int) {
      if start == n {
        let score = score()
        total += 1
        if abs(score) >= abs(observed) { reaching += 1 }
        if score >= observed { above += 1 }
        if score <= observed { below += 1 }
        return
      }
      for index in start..<n {
        right.swapAt(start, index)
        permute(start + 1)
        right.swapAt(start, index)
      }
    }
    permute(0)
    absolute = Double(reaching) / Double(total)
    doubled = min(1, 2 * Double(min(above, below)) / Double(total))
  }
}

extension Kendall {
  /// The exact two-sided p of a score over all n! orders, without ties.
  ///
  /// - Parameters:
  ///   - s: concordant minus discordant pairs.
  ///   - n: length of the columns.
  /// - Returns: nil below two. O(n³). Reference: correlation.json.
  public static func exactP(s: Int, n: Int) -> Double? {
    guard n > 1 else { return nil }
    let pairs = n * (n - 1) / 2
    let discordant = (pairs - abs(s)) / 2
    // Shares of the orders of `length` by their discordant pairs; each length adds up to length -
    // 1.
    var shares = [Double](repeating: 0, count: discordant + 1)
    shares[0] = 1
    for length in 2...n {
      var next = shares
      var window = 0.0
      for count in 0...discordant {
        window += shares[count]
        if count >= length { window -= shares[count - length] }
        next[count] = window / Double(length)
      }
      shares = next
    }
    return min(1, 2 * shares.reduce(0, +))
  }
}

/// How often sums of a random half, or of random signs, come out: exact counts as shares.
struct SumDistribution {
  /// The share of all selections by their sum, from 0.
  private(set) var shares: [Double]

  /// Sums of every choice of `count` among the weights.
  ///
  /// O(weights · count · Σ weights).
  init(choosing count: Int, of weights: [Int]) {
    let most = weights.sorted().suffix(count).reduce(0, +)
    var ways = [[Double]](
      repeating: [Double](repeating: 0, count: most + 1), count: count + 1)
    ways[0][0] = 1
    for (index, weight) in weights.enumerated() {
      for chosen in stride(from: min(index + 1, count), through: 1, by: -1) {
        for sum in stride(from: most, through: weight, by: -1) {
          ways[chosen][sum] += ways[chosen - 1][sum - weight]
        }
      }
    }
    let total = ways[count].reduce(0, +)
    shares = ways[count].map { $0 / total }
  }

  /// How many of the pairs of two groups without ties the first wins, over all splits.
  ///
  /// The largest value belongs to the first group with probability n₁/n and then wins all of the
  /// second; else the second group is one smaller. Only sums of shares: no digits are lost. O(n₁²
  /// n₂²).
  init(pairsOf n1: Int, _ n2: Int) {
    // Row by size of the first group, for a second group that grows.
    var rows = [[Double]](repeating: [1], count: n1 + 1)
    for second in stride(from: 1, through: n2, by: 1) {
      for first in stride(from: 1, through: n1, by: 1) {
        var row = [Double](repeating: 0, count: first * second + 1)
        let own = Double(first) / Double(first + second)
        for (pairs, share) in rows[first - 1].enumerated() { row[pairs + second] += own * share }
        for (pairs, share) in rows[first].enumerated() { row[pairs] += (1 - own) * share }
        rows[first] = row
      }
    }
    shares = rows[n1]
  }

  /// Sums over every subset of the weights. O(weights · Σ weights).
  init(subsetsOf weights: [Int]) {
    shares = [Double](repeating: 0, count: weights.reduce(0, +) + 1)
    shares[0] = 1
    for weight in weights {
      for sum in stride(from: shares.count - 1, through: 0, by: -1) {
        shares[sum] = (shares[sum] + (sum >= weight ? shares[sum - weight] : 0)) / 2
      }
    }
  }

  /// P(sum ≤ s).
  func lower(_ sum: Int) -> Double { shares.prefix(max(0, sum + 1)).reduce(0, +) }

  /// P(sum ≥ s).
  func upper(_ sum: Int) -> Double { shares.dropFirst(max(0, sum)).reduce(0, +) }

  /// The share of sums as far from `center`/2 as `sum`/1, in either direction.
  func beyond(_ sum: Int, doubledCenter: Int) -> Double {
    let distance = abs(2 * sum - doubledCenter)
    return shares.indices.reduce(0) {
      $0 + (abs(2 * $1 - doubledCenter) >= distance ? shares[$1] : 0)
    }
  }

  /// The smallest sum with P(≤ sum) ≥ p.
  func quantile(_ p: Double) -> Int {
    var reached = 0.0
    for (sum, share) in shares.enumerated() {
      reached += share
      // Sums of shares are exact to their last digits only.
      if reached >= p * (1 - 1e-14) { return sum }
    }
    return shares.count - 1
  }
}
