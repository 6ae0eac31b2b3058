/// The carry-over of a series from one day to the next, over days that truly follow each other.
///
/// a = (Σ e_d e_{d+1} / c) / (Σ e² / n) over the c pairs of consecutive days; 0 when c < 4 or the
/// series is all zero. Reference: recommended.json.
///
/// - Parameters:
///   - residuals: centred, dense, one a day that is present.
///   - days: ascending calendar days, as many.
/// - Returns: a and c. O(n).
func carryOver(_ residuals: [Double], days: [Int]) -> (a: Double, pairs: Int) {
  var product = 0.0
  var pairs = 0
  for index in 1..<max(residuals.count, 1) where days[index] - days[index - 1] == 1 {
    product += residuals[index - 1] * residuals[index]
    pairs += 1
  }
  let square = residuals.reduce(0) { $0 + $1 * $1 }
  guard pairs >= 4, square > 0 else { return (0, pairs) }
  return (product / Double(pairs) / (square / Double(residuals.count)), pairs)
}

/// Pairs of consecutive days among ascending days. O(n).
public func consecutivePairs(_ days: [Int]) -> Int {
  zip(days, days.dropFirst()).count { $1 - $0 == 1 }
}
