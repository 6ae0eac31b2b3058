import Glibc

/// Pearson's correlation of two columns of one length.
///
/// Both are centred by the corrected two-pass mean; the result is clamped to [-1, 1].
///
/// - Returns: nil below two pairs or when either column is constant. O(n). Reference:
///   correlation.json.
public func pearson(_ x: [Double], _ y: [Double]) -> Double? {
  precondition(x.count == y.count, "columns of one length")
  guard x.count > 1, !isConstant(x), !isConstant(y), let meanX = mean(x), let meanY = mean(y)
  else { return nil }
  var xx = 0.0
  var yy = 0.0
  var xy = 0.0
  for index in x.indices {
    let dx = x[index] - meanX
    let dy = y[index] - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  // One root keeps an exact line at exactly 1; two roots do not overflow.
  let product = xx * yy
  let scale =
    product.isNormal ? product.squareRoot() : xx.squareRoot() * yy.squareRoot()
  guard scale > 0, scale.isFinite else { return nil }
  return min(1, max(-1, xy / scale))
}

/// Spearman's correlation: Pearson's of the mid-ranks. Nil as Pearson's. O(n log n).
public func spearman(_ x: [Double], _ y: [Double]) -> Double? { pearson(midRanks(x), midRanks(y)) }

/// The two-sided p of Pearson's correlation from its columns.
///
/// 1 - r² is taken from what a line leaves of y, so that the tail keeps its digits where r is all but 1.
///
/// - Returns: nil below three pairs or when either column is constant. O(n). Reference:
///   correlation.json.
public func pearsonP(_ x: [Double], _ y: [Double]) -> Double? {
  guard x.count > 2, let r = pearson(x, y), let meanX = mean(x), let meanY = mean(y) else {
    return nil
  }
  let dx = x.map { $0 - meanX }
  let dy = y.map { $0 - meanY }
  let slope = zip(dx, dy).reduce(0) { $0 + $1.0 * $1.1 } / dx.reduce(0) { $0 + $1 * $1 }
  let left = zip(dx, dy).map { $1 - slope * $0 }
  let center = mean(left) ?? 0
  let rest = left.reduce(0) { $0 + ($1 - center) * ($1 - center) } / dy.reduce(0) { $0 + $1 * $1 }
  // Away from 1 both forms are exact; near it only this one is.
  let complement = abs(r) > 0.99 ? min(1, rest) : (1 - r) * (1 + r)
  return incompleteBeta(complement, Double(x.count - 2) / 2, 0.5, complement: 1 - complement)
}

/// The two-sided p of a correlation by Student's t, always as a tail: I_{1-r²}(df/2, ½).
///
/// - Parameters:
///   - r: from -1 to 1.
///   - df: degrees of freedom, whole or not.
/// - Returns: nil for df ≤ 0.
public func correlationP(_ r: Double, df: Double) -> Double? {
  guard df > 0 else { return nil }
  return incompleteBeta((1 - r) * (1 + r), df / 2, 0.5, complement: r * r)
}

/// The p of a perfect rank correlation: the share of all orders that reach |r| = 1 when no values are
/// tied, 2/n!, where a t statistic would say 0.
public func perfectOrderP(_ n: Int) -> Double { min(1, 2 * exp(-logGamma(Double(n + 1)))) }

/// An interval of a correlation: tanh(atanh r ± z √(factor / freedom)), z of 95 %.
///
/// - Parameters:
///   - factor: 1 for Pearson (Fisher), 1 + r²/2 for Spearman (Bonett and Wright 2000), 1.06 (Fieller).
///   - freedom: n - 3, or what stands for it.
/// - Returns: nil for freedom ≤ 0; the point itself for |r| = 1.
public func correlationInterval(_ r: Double, factor: Double, freedom: Double) -> (
  low: Double, high: Double
)? {
  guard freedom > 0 else { return nil }
  if abs(r) >= 1 { return (r, r) }
  let center = atanh(r)
  let reach = z975 * (factor / freedom).squareRoot()
  return (tanh(center - reach), tanh(center + reach))
}

/// Kendall's rank correlation with ties.
public struct Kendall: Sendable {
  /// Concordant minus discordant pairs.
  public let s: Int
  /// S over the geometric mean of pairs untied in x and in y.
  public let tauB: Double
  /// Two-sided, normal with tie-corrected variance, no continuity correction.
  public let asymptoticP: Double

  /// - Returns: nil below two pairs or when either column is constant. O(n²). Reference:
  ///   correlation.json.
  public init?(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count, "columns of one length")
    guard x.count > 1, !isConstant(x), !isConstant(y) else { return nil }
    s = Kendall.score(x, y)
    let n = Double(x.count)
    let pairs = n * (n - 1) / 2
    func sum(_ ties: [Int], _ term: (Double) -> Double) -> Double {
      ties.reduce(0) { $0 + term(Double($1)) }
    }
    let tiesX = tieSizes(x)
    let tiesY = tieSizes(y)
    let untiedX = pairs - sum(tiesX) { $0 * ($0 - 1) / 2 }
    let untiedY = pairs - sum(tiesY) { $0 * ($0 - 1) / 2 }
    tauB = min(1, max(-1, Double(s) / (untiedX.squareRoot() * untiedY.squareRoot())))
    let all = n * (n - 1) * (2 * n + 5)
    let spread =
      (all - sum(tiesX) { $0 * ($0 - 1) * (2 * $0 + 5) }
        - sum(tiesY) { $0 * ($0 - 1) * (2 * $0 + 5) }) / 18
    let both = sum(tiesX) { $0 * ($0 - 1) } * sum(tiesY) { $0 * ($0 - 1) } / (2 * n * (n - 1))
    let triples =
      n > 2
      ? sum(tiesX) { $0 * ($0 - 1) * ($0 - 2) } * sum(tiesY) { $0 * ($0 - 1) * ($0 - 2) }
        / (9 * n * (n - 1) * (n - 2)) : 0
    let variance = spread + both + triples
    asymptoticP =
      variance > 0 ? min(1, 2 * normalUpperTail(abs(Double(s)) / variance.squareRoot())) : 1
  }

  /// Concordant minus discordant pairs; also defined when a column is constant. O(n²).
  public static func score(_ x: [Double], _ y: [Double]) -> Int {
    var score = 0
    for i in x.indices {
      for j in 0..<i { score += sign(x[i] - x[j]) * sign(y[i] - y[j]) }
    }
    return score
  }
}

/// The sign of a number as -1, 0 or 1.
func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
