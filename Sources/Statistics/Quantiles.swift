/// The definitions of Hyndman and Fan (1996) that are in use here.
public enum QuantileType: Sendable {
  /// Linear between order statistics of (n-1)p + 1: the default of most software.
  case seven
  /// Of (n+1/3)p + 1/3: approximately median-unbiased.
  case eight
  /// Of (n+1)p.
  case six
}

/// The quantile of sorted values at a probability.
///
/// - Parameters:
///   - sorted: ascending.
///   - p: from 0 to 1.
/// - Returns: nil for no values. O(1). Reference: descriptive.json.
public func quantile(sorted: [Double], _ p: Double, type: QuantileType = .seven) -> Double? {
  guard let first = sorted.first, let last = sorted.last else { return nil }
  let n = Double(sorted.count)
  let position: Double
  switch type {
  case .seven: position = (n - 1) * p
  case .eight: position = (n + 1.0 / 3) * p + 1.0 / 3 - 1
  case .six: position = (n + 1) * p - 1
  }
  if position <= 0 { return first }
  if position >= n - 1 { return last }
  let below = Int(position)
  let weight = position - Double(below)
  return sorted[below] + weight * (sorted[below + 1] - sorted[below])
}

/// The median; nil for no values. O(n log n).
public func median(_ values: [Double]) -> Double? { median(sorted: values.sorted()) }

/// The median of ascending values, the mean of the two in the middle of an even count. O(1).
func median(sorted: [Double]) -> Double? {
  guard !sorted.isEmpty else { return nil }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The median absolute deviation from the median, not scaled; nil for no values. O(n log n).
public func medianAbsoluteDeviation(_ values: [Double]) -> Double? {
  median(values).flatMap { center in median(values.map { abs($0 - center) }) }
}
