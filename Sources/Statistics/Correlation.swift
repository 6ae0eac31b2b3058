import Glibc

/// Pearson's correlation of two columns of one length.
///
/// Both are centred by the corrected two-pass mean; the result is clamped to [-1, 1].
///
/// - Returns: nil below two pairs or when either column is constant. O(n). Reference:
///   correlation.json.
public func pearson(_ x: [Double], _ y: [Double]) -> Double? {
  precondition(x.count == y.count, "columns of one length")
  return x.withUnsafeBufferPointer { x in y.withUnsafeBufferPointer { pearson(x, $0, .widest) } }
}

/// The same of values where they lie.
func pearson(
  _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>, _ width: LaneWidth
) -> Double? {
  guard x.count > 1, !isConstant(x), !isConstant(y) else { return nil }
  return CrossSums(x, y, width).correlation
}

extension CrossSums {
  /// Pairs that are summed twice while they are near.
  static let block = 1024

  /// Sums around the means, block by block as `Moments`. O(n).
  init(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>, _ width: LaneWidth) {
    guard let baseX = x.baseAddress, let baseY = y.baseAddress else { return }
    let n = x.count
    if n <= CrossSums.block {
      let centers = (
        laneSum(baseX, n, width).value / Double(n), laneSum(baseY, n, width).value / Double(n)
      )
      self = laneProducts(baseX, baseY, n, centers: centers, width)
      return
    }
    var whole = (x: CarriedSum(), y: CarriedSum())
    var parts: [(x: CarriedSum, y: CarriedSum, count: Double)] = []
    parts.reserveCapacity(n / CrossSums.block + 1)
    for start in stride(from: 0, to: n, by: CrossSums.block) {
      let length = min(CrossSums.block, n - start)
      let part = (
        x: laneSum(baseX + start, length, width), y: laneSum(baseY + start, length, width),
        count: Double(length)
      )
      let centers = (part.x.value / part.count, part.y.value / part.count)
      add(laneProducts(baseX + start, baseY + start, length, centers: centers, width))
      whole.x.add(part.x.high)
      whole.x.low += part.x.low
      whole.y.add(part.y.high)
      whole.y.low += part.y.low
      parts.append(part)
    }
    let means = (whole.x.value / Double(n), whole.y.value / Double(n))
    for part in parts {
      let dx = part.x.distance(from: means.0, of: part.count)
      let dy = part.y.distance(from: means.1, of: part.count)
      add(CrossSums(xx: dx * dx / part.count, yy: dy * dy / part.count, xy: dx * dy / part.count))
    }
  }

  private mutating func add(_ other: CrossSums) {
    xx += other.xx
    yy += other.yy
    xy += other.xy
  }

  /// Their correlation, clamped to [-1, 1]; nil beyond the range of a Double.
  var correlation: Double? {
    // One root keeps an exact line at exactly 1; two roots do not overflow.
    let product = xx * yy
    let scale = product.isNormal ? product.squareRoot() : xx.squareRoot() * yy.squareRoot()
    guard scale > 0, scale.isFinite else { return nil }
    return min(1, max(-1, xy / scale))
  }
}

/// The two-sided p of Pearson's correlation from its columns.
///
/// 1 - r² is taken from what a line leaves of y, so that the tail keeps its digits where r is all
/// but 1.
///
/// - Returns: nil below three pairs or when either column is constant. O(n). Reference:
///   correlation.json.
public func pearsonP(_ x: [Double], _ y: [Double]) -> Double? {
  guard x.count > 2, let r = pearson(x, y) else { return nil }
  // Away from 1 both forms are exact; near it only the longer one is.
  let complement = abs(r) > 0.99 ? min(1, residualShare(x, y)) : (1 - r) * (1 + r)
  return incompleteBeta(complement, Double(x.count - 2) / 2, 0.5, complement: 1 - complement)
}

/// The share of y's squares that the line on x leaves. O(n).
private func residualShare(_ x: [Double], _ y: [Double]) -> Double {
  guard let meanX = mean(x), let meanY = mean(y) else { return 1 }
  let dx = x.map { $0 - meanX }
  let dy = y.map { $0 - meanY }
  let slope = zip(dx, dy).reduce(0) { $0 + $1.0 * $1.1 } / dx.reduce(0) { $0 + $1 * $1 }
  let left = zip(dx, dy).map { $1 - slope * $0 }
  let center = mean(left) ?? 0
  return left.reduce(0) { $0 + ($1 - center) * ($1 - center) } / dy.reduce(0) { $0 + $1 * $1 }
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

/// The p of a perfect rank correlation: the share of all orders that reach |r| = 1 when no values
/// are tied, 2/n!, where a t statistic would say 0.
public func perfectOrderP(_ n: Int) -> Double { min(1, 2 * exp(-logGamma(Double(n + 1)))) }

/// An interval of a correlation: tanh(atanh r ± z √(factor / freedom)), z of 95 %.
///
/// - Parameters:
///   - factor: 1 for Pearson (Fisher), 1 + r²/2 for Spearman (Bonett and Wright 2000), 1.06
///     (Fieller).
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

/// The sign of a number as -1, 0 or 1.
func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
