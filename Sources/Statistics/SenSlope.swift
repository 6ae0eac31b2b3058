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

/// Sen's slope: the median of the slopes of all pairs; nil without two times.
///
/// O(n²) for up to 2,000 readings, O(n log n) a halving above.
/// Source: Sen 1968. Reference: trend.json.
public func senSlope(_ times: [Double], _ values: [Double]) -> Double? {
  precondition(times.count == values.count, "columns of one length")
  return times.withUnsafeBufferPointer { times in
    values.withUnsafeBufferPointer { senSlope(times, $0) }
  }
}

/// The same of values where they lie.
func senSlope(_ times: UnsafeBufferPointer<Double>, _ values: UnsafeBufferPointer<Double>)
  -> Double?
{
  let slopes = SlopeOrder(times, values)
  return slopes.median()
}

/// Sen's slope with the interval of Sen (1968, eq. 2.6), its variance Kendall's with ties on both
/// sides.
///
/// - Parameter widening: what the interval's reach in ranks is multiplied by, above 1 where the
///   values are worth fewer independent ones.
/// - Returns: nil without two times. Reference: trend.json.
public func senInterval(_ times: [Double], _ values: [Double], widening: Double = 1) -> (
  slope: Double, low: Double, high: Double, pairs: Int
)? {
  precondition(times.count == values.count, "columns of one length")
  return times.withUnsafeBufferPointer { times in
    values.withUnsafeBufferPointer { values in
      let slopes = SlopeOrder(times, values)
      guard let slope = slopes.median() else { return nil }
      let spread = scoreVariance(times.count, Ties(times), Ties(values))
      let bounds = slopes.bounds(width: widening * z975 * spread.squareRoot())
      return (slope, bounds.low, bounds.high, slopes.count)
    }
  }
}
