/// The sum of values with the rounding error of every addition carried along (Neumaier 1974).
///
/// The error does not grow with the number of values; exact when the values are whole or cancel.
///
/// - Returns: 0 for no values. O(n).
public func compensatedSum(_ values: some Sequence<Double>) -> Double {
  var sum = 0.0
  var lost = 0.0
  for value in values {
    let next = sum + value
    lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
    sum = next
  }
  return lost.isFinite ? sum + lost : sum
}

/// The arithmetic mean: a compensated sum over n.
///
/// - Parameter values: dense numbers, at least one for a result.
/// - Returns: nil for no values, or when they are not finite. Complexity: O(n). Reference: NIST StRD
///   univariate, descriptive.json.
public func mean(_ values: some Collection<Double>) -> Double? {
  guard !values.isEmpty else { return nil }
  let count = Double(values.count)
  let center = compensatedSum(values) / count
  return center.isFinite ? center : nil
}

/// The sum of squared deviations from the mean, corrected for the rounding of the mean:
/// Σ d² - (Σ d)²/n.
///
/// - Returns: nil for no values, or beyond the range of a Double. O(n).
public func sumOfSquares(_ values: some Collection<Double>) -> Double? {
  guard let center = mean(values) else { return nil }
  let sum = compensatedSum(values.lazy.map { $0 - center })
  let squares = compensatedSum(values.lazy.map { ($0 - center) * ($0 - center) })
  let result = squares - sum * sum / Double(values.count)
  return result.isFinite ? result : nil
}

/// The sample variance, denominator n - 1; nil below two values or beyond the range of a Double. O(n).
/// Reference: NIST StRD.
public func variance(_ values: some Collection<Double>) -> Double? {
  guard values.count > 1, let squares = sumOfSquares(values) else { return nil }
  return squares / Double(values.count - 1)
}

/// The sample standard deviation; nil below two values. O(n). Reference: NIST StRD.
public func standardDeviation(_ values: some Collection<Double>) -> Double? {
  variance(values).map { $0.squareRoot() }
}

/// Skewness adjusted for the sample size: √(n(n-1))/(n-2) × m₃/m₂^1.5; nil below three values or for
/// constant ones. O(n). Reference: descriptive.json.
public func skewness(_ values: [Double]) -> Double? {
  let n = Double(values.count)
  guard values.count > 2, let deviations = scaledDeviations(values) else { return nil }
  var second = 0.0
  var third = 0.0
  for deviation in deviations {
    second += deviation * deviation
    third += deviation * deviation * deviation
  }
  let spread = second / n
  return (n * (n - 1)).squareRoot() / (n - 2) * (third / n) / (spread * spread.squareRoot())
}

/// Deviations from the mean in units of the largest, for figures that know no scale.
///
/// What the mean lost in rounding is known from the deviations, and taken off them. Nil for no values,
/// constant ones, or a range beyond that of a Double. O(n).
func scaledDeviations(_ values: [Double]) -> [Double]? {
  guard let center = mean(values), !isConstant(values) else { return nil }
  let deviations = values.map { $0 - center }
  let largest = deviations.reduce(0) { max($0, abs($1)) }
  guard largest > 0, largest.isFinite else { return nil }
  let lost = compensatedSum(deviations.lazy.map { $0 / largest }) / Double(values.count)
  return deviations.map { $0 / largest - lost }
}

/// The mean of what is left when a share of the values is cut at either end; the number cut is
/// rounded down. Nil for no values. O(n log n). Reference: descriptive.json.
public func trimmedMean(_ values: [Double], share: Double) -> Double? {
  let cut = Int(share * Double(values.count))
  return mean(values.sorted().dropFirst(cut).dropLast(cut))
}
