/// The circular-shift test of two calendar series: how many of all shifts of one against the other
/// correlate as strongly as none.
public struct CircularShift: Sendable {
  /// Days on which both are present.
  public let pairs: Int
  /// Spearman's correlation of the unshifted series.
  public let rho: Double
  /// Shifts that reach it.
  public let reaching: Int
  /// Shifts with enough pairs and no constant side.
  public let validShifts: Int
  /// (1 + reaching) ÷ (1 + valid shifts): exact, and never below 1 ÷ (1 + valid shifts).
  public let p: Double

  /// Mid-ranks over the paired days stay fixed; for every shift k the pairs are x of day t and y of
  /// day (t + k) mod n. A shift with fewer than max(8, pairs ÷ 2) pairs or a constant side is
  /// skipped.
  ///
  /// - Parameters:
  ///   - x: one element a day, nil where missing.
  ///   - y: as many.
  /// - Returns: nil without two pairs or when a side is constant. O(n²). Reference:
  ///   resampling.json.
  public init?(_ x: [Double?], _ y: [Double?]) {
    let ranks = PairedRanks(x, y)
    guard let rho = pearson(ranks.pairedX, ranks.pairedY) else { return nil }
    var reaching = 0
    var valid = 0
    for shift in 1..<max(x.count, 1) {
      let found = ranks.correlation(days: x.indices, need: max(8, (ranks.pairs + 1) / 2)) {
        ($0 + shift) % x.count
      }
      guard let found else { continue }
      valid += 1
      if abs(found) >= abs(rho) - 1e-9 { reaching += 1 }
    }
    pairs = ranks.pairs
    self.rho = rho
    self.reaching = reaching
    validShifts = valid
    p = Double(1 + reaching) / Double(1 + valid)
  }
}

/// The truncated-shift test (Yuan and Shou 2024): the middle of x against y moved by up to R days
/// either way, without wrapping around.
///
/// Reference: resampling.json.
public struct TruncatedShift: Sendable {
  /// R, the most days moved.
  public let reach: Int
  /// Spearman's correlation of the middle, unmoved.
  public let rho: Double
  /// Moves that reach it, no move counted too.
  public let reaching: Int
  /// min(1, reaching ÷ (R + 1)).
  public let p: Double

  /// - Parameters:
  ///   - x: one element a day, nil where missing.
  ///   - y: as many.
  ///   - reach: R, at least 19 for a p of 5 %.
  /// - Returns: nil when the middle has fewer than 6 pairs or a constant side. O(n R).
  public init?(_ x: [Double?], _ y: [Double?], reach: Int) {
    let ranks = PairedRanks(x, y)
    guard reach >= 0, x.count > 2 * reach else { return nil }
    let middle = reach..<(x.count - reach)
    func moved(_ days: Int) -> Double? {
      ranks.correlation(days: middle, need: 6) { $0 + days }
    }
    guard let rho = moved(0) else { return nil }
    self.reach = reach
    self.rho = rho
    reaching = (-reach...reach).count { days in
      moved(days).map { abs($0) >= abs(rho) - 1e-9 } ?? false
    }
    p = min(1, Double(reaching) / Double(reach + 1))
  }
}

/// Mid-ranks of two calendar series over the days where both are present.
private struct PairedRanks {
  let pairs: Int
  let pairedX: [Double]
  let pairedY: [Double]
  private var x: [Double?]
  private var y: [Double?]

  init(_ x: [Double?], _ y: [Double?]) {
    precondition(x.count == y.count, "calendars of one length")
    let days = x.indices.filter { x[$0] != nil && y[$0] != nil }
    pairs = days.count
    pairedX = midRanks(days.compactMap { x[$0] })
    pairedY = midRanks(days.compactMap { y[$0] })
    self.x = [Double?](repeating: nil, count: x.count)
    self.y = self.x
    for (index, day) in days.enumerated() {
      self.x[day] = pairedX[index]
      self.y[day] = pairedY[index]
    }
  }

  /// The correlation of x of each day with y of the day it is moved to.
  ///
  /// - Returns: nil below `need` pairs or for a constant side.
  func correlation(days: Range<Int>, need: Int, _ moved: (Int) -> Int) -> Double? {
    var left: [Double] = []
    var right: [Double] = []
    for day in days {
      guard let a = x[day], let b = y[moved(day)] else { continue }
      left.append(a)
      right.append(b)
    }
    return left.count >= need ? pearson(left, right) : nil
  }
}
