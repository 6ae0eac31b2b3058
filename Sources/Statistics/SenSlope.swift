/// The slopes of all pairs of readings at different times, ascending.
///
/// - Parameters:
///   - times: of the readings, any order.
///   - values: as many.
/// - Returns: at most n(n-1)/2 slopes in units of value a unit of time. O(n² log n).
public func pairSlopes(_ times: [Double], _ values: [Double]) -> [Double] {
  precondition(times.count == values.count, "columns of one length")
  var slopes: [Double] = []
  slopes.reserveCapacity(times.count * max(times.count - 1, 0) / 2)
  for later in times.indices {
    for earlier in 0..<later where times[later] != times[earlier] {
      slopes.append((values[later] - values[earlier]) / (times[later] - times[earlier]))
    }
  }
  slopes.sort()
  return slopes
}

/// Sen's slope: the median of the slopes of all pairs; nil without two times. O(n² log n).
///
/// Source: Sen 1968. Reference: trend.json.
public func senSlope(_ times: [Double], _ values: [Double]) -> Double? {
  median(sorted: pairSlopes(times, values))
}

/// Sen's slope with the interval of Sen (1968, eq. 2.6), ties of either side in the variance.
///
/// - Parameter widening: what the interval's reach in ranks is multiplied by, above 1 where the values
///   are worth fewer independent ones.
/// - Returns: nil without two times. Reference: trend.json.
public func senInterval(_ times: [Double], _ values: [Double], widening: Double = 1) -> (
  slope: Double, low: Double, high: Double, pairs: Int
)? {
  let slopes = pairSlopes(times, values)
  guard let slope = median(sorted: slopes) else { return nil }
  let n = Double(times.count)
  func term(_ ties: [Int]) -> Double {
    ties.reduce(0) { $0 + Double($1) * (Double($1) - 1) * (2 * Double($1) + 5) }
  }
  let spread =
    (n * (n - 1) * (2 * n + 5) - term(tieSizes(times)) - term(tieSizes(values))) / 18
  let bounds = slopeBounds(slopes, width: widening * z975 * max(spread, 0).squareRoot())
  return (slope, bounds.low, bounds.high, slopes.count)
}

/// The slopes at the ranks (N - w)/2 - 1 and (N + w)/2, rounded half to even and kept inside.
///
/// - Returns: the two slopes, and whether either rank fell off its end, so that the bound is only the
///   extreme slope.
func slopeBounds(_ sorted: [Double], width: Double) -> (
  low: Double, high: Double, lowIsCut: Bool, highIsCut: Bool
) {
  let count = Double(sorted.count)
  let lower = Int(((count - width) / 2).rounded(.toNearestOrEven)) - 1
  let upper = Int(((count + width) / 2).rounded(.toNearestOrEven))
  return (
    sorted[max(lower, 0)], sorted[min(upper, sorted.count - 1)], lower < 0,
    upper > sorted.count - 1
  )
}
