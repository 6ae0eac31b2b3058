/// The arithmetic mean, by the corrected two-pass method: the plain mean, then the mean of the
/// deviations from it added back, which takes out most of the rounding of the first pass.
///
/// - Parameter values: dense numbers, at least one for a result.
/// - Returns: nil for no values. Complexity: O(n).
public func mean(_ values: some Collection<Double>) -> Double? {
  guard !values.isEmpty else { return nil }
  let count = Double(values.count)
  let first = values.reduce(0, +) / count
  guard first.isFinite else { return nil }
  return first + values.reduce(0) { $0 + ($1 - first) } / count
}
