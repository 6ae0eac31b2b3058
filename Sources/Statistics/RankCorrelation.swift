/// The longest columns whose sums of squared ranks are whole numbers of 64 bits.
let mostExact = 2_000_000

/// Spearman's correlation: Pearson's of the mid-ranks. Nil as Pearson's.
///
/// Columns of few levels are counted together in O(n), others ranked first. Reference:
/// correlation.json.
public func spearman(_ x: [Double], _ y: [Double]) -> Double? {
  precondition(x.count == y.count, "columns of one length")
  return x.withUnsafeBufferPointer { x in y.withUnsafeBufferPointer { spearman(x, $0) } }
}

/// The same of values where they lie.
func spearman(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double? {
  guard x.count > 1 else { return nil }
  if let sums = JointCounts.with(x, y, { $0.rankSums() }) { return sums?.correlation }
  return rankSums(x, y)?.correlation
}

/// Sums of squares and products of the mid-ranks around their mean; nil when a side is constant.
/// O(n).
func rankSums(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> CrossSums? {
  let n = x.count
  return withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, 2 * n)) { ranks in
    guard let left = ranks.baseAddress else { return nil }
    let right = left + n
    _ = doubledRanks(x, into: left)
    _ = doubledRanks(y, into: right)
    // Doubled and from the middle they are whole, and so are their sums.
    let middle = n + 1
    var sums = CrossSums()
    if n <= mostExact {
      var (xx, yy, xy) = (0, 0, 0)
      for index in 0..<n {
        let (dx, dy) = (Int(left[index]) - middle, Int(right[index]) - middle)
        xx &+= dx &* dx
        yy &+= dy &* dy
        xy &+= dx &* dy
      }
      sums = CrossSums(xx: Double(xx) / 4, yy: Double(yy) / 4, xy: Double(xy) / 4)
    } else {
      for index in 0..<n {
        let (dx, dy) = (Double(Int(left[index]) - middle), Double(Int(right[index]) - middle))
        sums.xx += dx * dx / 4
        sums.yy += dy * dy / 4
        sums.xy += dx * dy / 4
      }
    }
    return sums.xx > 0 && sums.yy > 0 ? sums : nil
  }
}

/// Kendall's rank correlation with ties.
public struct Kendall: Sendable {
  /// Concordant minus discordant pairs.
  public let s: Int
  /// S over the geometric mean of pairs untied in x and in y.
  public let tauB: Double
  /// Two-sided, normal with tie-corrected variance, no continuity correction.
  public let asymptoticP: Double

  /// Columns of few levels are counted together, others sorted by both and merged (Knight 1966).
  ///
  /// - Returns: nil below two pairs or when either column is constant. O(n log n) at most.
  ///   Reference: correlation.json.
  public init?(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count, "columns of one length")
    let found = x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { Kendall(x, $0) }
    }
    guard let found else { return nil }
    self = found
  }

  /// The same of values where they lie.
  init?(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) {
    guard x.count > 1, !isConstant(x), !isConstant(y) else { return nil }
    let (s, tiesX, tiesY) = Kendall.scoreAndTies(x, y)
    self.s = s
    let n = Double(x.count)
    let pairs = n * (n - 1) / 2
    let untiedX = pairs - Double(tiesX.pairs)
    let untiedY = pairs - Double(tiesY.pairs)
    tauB = min(1, max(-1, Double(s) / (untiedX.squareRoot() * untiedY.squareRoot())))
    let variance = scoreVariance(x.count, tiesX, tiesY)
    asymptoticP =
      variance > 0 ? min(1, 2 * normalUpperTail(abs(Double(s)) / variance.squareRoot())) : 1
  }

  /// Concordant minus discordant pairs; also defined when a column is constant. O(n log n) at most.
  public static func score(_ x: [Double], _ y: [Double]) -> Int {
    precondition(x.count == y.count, "columns of one length")
    return x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { scoreAndTies(x, $0).s }
    }
  }

  private static func scoreAndTies(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>
  ) -> (s: Int, tiesX: Ties, tiesY: Ties) {
    JointCounts.with(x, y) { $0.score() } ?? mergedScore(x, y)
  }

  /// The general way: pairs less those tied, less twice those that fall when sorted by x, then y.
  static func mergedScore(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>
  ) -> (s: Int, tiesX: Ties, tiesY: Ties) {
    let n = x.count
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, 2 * n)) { ranks in
      guard let left = ranks.baseAddress else { return (0, Ties(), Ties()) }
      let right = left + n
      let tiesX = doubledRanks(x, into: left)
      let tiesY = doubledRanks(y, into: right)
      return withUnsafeTemporaryAllocation(of: Keyed.self, capacity: max(1, 2 * n)) { space in
        for index in 0..<n {
          let key = UInt64(left[index]) << 32 | UInt64(right[index])
          space[index] = Keyed(key: key, index: UInt32(right[index]))
        }
        let sorted = UnsafeMutableBufferPointer(rebasing: space[..<n])
        sort(sorted, spare: UnsafeMutableBufferPointer(rebasing: space[n...]))
        var tiedBoth = 0
        var start = 0
        for place in 0..<n {
          if sorted[place].key != sorted[start].key { start = place }
          tiedBoth += place - start
          left[place] = Int32(bitPattern: sorted[place].index)
        }
        let falling = countInversions(
          UnsafeMutableBufferPointer(start: left, count: n),
          spare: UnsafeMutableBufferPointer(start: right, count: n))
        let untied = n * (n - 1) / 2 - tiesX.pairs - tiesY.pairs + tiedBoth
        return (untied - 2 * falling, tiesX, tiesY)
      }
    }
  }
}

/// Rising minus falling pairs of a series, and what is tied in it. O(n log n).
func risingPairs(_ values: [Double]) -> (s: Int, ties: Ties) {
  let n = values.count
  return withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, 2 * n)) { ranks in
    guard let left = ranks.baseAddress else { return (0, Ties()) }
    let ties = values.withUnsafeBufferPointer { doubledRanks($0, into: left) }
    let falling = countInversions(
      UnsafeMutableBufferPointer(start: left, count: n),
      spare: UnsafeMutableBufferPointer(start: left + n, count: n))
    return (n * (n - 1) / 2 - ties.pairs - 2 * falling, ties)
  }
}

/// The variance of rising minus falling pairs without trend, tied values of one column or of both
/// taken into account (Kendall 1970, ch. 4). Never negative.
func scoreVariance(_ count: Int, _ ties: Ties, _ other: Ties = Ties()) -> Double {
  let n = Double(count)
  let spread = (n * (n - 1) * (2 * n + 5) - ties.spread - other.spread) / 18
  let both = n > 1 ? 4 * Double(ties.pairs) * Double(other.pairs) / (2 * n * (n - 1)) : 0
  let triples = n > 2 ? ties.triples * other.triples / (9 * n * (n - 1) * (n - 2)) : 0
  return max(0, spread + both + triples)
}
