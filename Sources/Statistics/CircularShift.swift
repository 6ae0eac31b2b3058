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
  /// day (t + k) mod n. A shift with fewer than max(8, pairs ÷ 2) pairs or a constant side is skipped.
  ///
  /// - Parameters:
  ///   - x: one element a day, nil where missing.
  ///   - y: as many.
  /// - Returns: nil without two pairs or when a side is constant. O(n²). Reference: resampling.json.
  public init?(_ x: [Double?], _ y: [Double?]) {
    precondition(x.count == y.count, "calendars of one length")
    let days = x.indices.filter { x[$0] != nil && y[$0] != nil }
    var ranksX = [Double?](repeating: nil, count: x.count)
    var ranksY = ranksX
    let ownX = midRanks(days.compactMap { x[$0] })
    let ownY = midRanks(days.compactMap { y[$0] })
    for (index, day) in days.enumerated() {
      ranksX[day] = ownX[index]
      ranksY[day] = ownY[index]
    }
    guard let rho = pearson(ownX, ownY) else { return nil }
    var reaching = 0
    var valid = 0
    for shift in 1..<max(x.count, 1) {
      var left: [Double] = []
      var right: [Double] = []
      for day in x.indices {
        guard let a = ranksX[day], let b = ranksY[(day + shift) % x.count] else { continue }
        left.append(a)
        right.append(b)
      }
      guard left.count >= 8, left.count * 2 >= days.count, let shifted = pearson(left, right)
      else { continue }
      valid += 1
      if abs(shifted) >= abs(rho) - 1e-9 { reaching += 1 }
    }
    pairs = days.count
    self.rho = rho
    self.reaching = reaching
    validShifts = valid
    p = Double(1 + reaching) / Double(1 + valid)
  }
}
