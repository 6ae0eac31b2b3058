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

/// Mean and sum of squared deviations of a column, in one sweep through the memory.
///
/// Blocks that fit into the nearest cache are summed twice: their mean, then distances from it and
/// squares of them, corrected for the rounding of the mean, Σ d² - (Σ d)²/n. What lies between the
/// means of the blocks is added. Every sum has eight lanes in a fixed order and carries its
/// rounding errors, so that neither the processor nor the number of threads changes a bit.
///
/// Reference: NIST StRD univariate, descriptive.json.
public struct Moments: Sendable, Equatable {
  /// How many values.
  public let n: Int
  /// The arithmetic mean.
  public let mean: Double
  /// The sum of squared deviations from the mean; nil beyond the range of a Double.
  public let squares: Double?

  /// The sample variance, denominator n - 1; nil below two values.
  public var variance: Double? { n > 1 ? squares.map { $0 / Double(n - 1) } : nil }

  /// Values that are summed twice while they are near.
  static let block = 2048

  /// - Parameter values: dense numbers.
  /// - Returns: nil for no values, or when they are not finite. O(n).
  public init?(_ values: [Double]) {
    guard let moments = values.withUnsafeBufferPointer({ Moments($0) }) else { return nil }
    self = moments
  }

  /// The same of values where they lie.
  public init?(_ values: UnsafeBufferPointer<Double>) { self.init(values, .widest) }

  init?(_ values: UnsafeBufferPointer<Double>, _ width: LaneWidth) {
    guard let base = values.baseAddress, !values.isEmpty else { return nil }
    n = values.count
    if n <= Moments.block {
      mean = laneSum(base, n, width).value / Double(n)
      let (sum, squares) = laneSquares(base, n, center: mean, width)
      let result = squares.value - sum * sum / Double(n)
      self.squares = result.isFinite ? max(0, result) : nil
      guard mean.isFinite else { return nil }
      return
    }
    var whole = CarriedSum()
    var squares = CarriedSum()
    var parts: [(sum: CarriedSum, count: Double)] = []
    parts.reserveCapacity(n / Moments.block + 1)
    for start in stride(from: 0, to: n, by: Moments.block) {
      let count = min(Moments.block, n - start)
      let sum = laneSum(base + start, count, width)
      let own = laneSquares(base + start, count, center: sum.value / Double(count), width)
      squares.add(own.squares.high)
      squares.add(own.squares.low - own.sum * own.sum / Double(count))
      whole.add(sum.high)
      whole.low += sum.low
      parts.append((sum, Double(count)))
    }
    mean = whole.value / Double(n)
    guard mean.isFinite else { return nil }
    var rest = 0.0
    for part in parts {
      let distance = part.sum.distance(from: mean, of: part.count)
      rest += distance
      squares.add(distance * distance / part.count)
    }
    let result = squares.value - rest * rest / Double(n)
    self.squares = result.isFinite ? max(0, result) : nil
  }
}

extension CarriedSum {
  /// What the sum of `count` values is above `count` times a mean, without cancellation.
  func distance(from mean: Double, of count: Double) -> Double {
    high.addingProduct(-count, mean) + low
  }
}

/// The sum of a column as its moments take it. O(n).
private func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
  guard let base = values.baseAddress else { return 0 }
  if values.count <= Moments.block { return laneSum(base, values.count).value }
  var whole = CarriedSum()
  for start in stride(from: 0, to: values.count, by: Moments.block) {
    let part = laneSum(base + start, min(Moments.block, values.count - start))
    whole.add(part.high)
    whole.low += part.low
  }
  return whole.value
}

/// The arithmetic mean: a sum that carries its rounding errors, over n.
///
/// - Parameter values: dense numbers, at least one for a result.
/// - Returns: nil for no values, or when they are not finite. Complexity: O(n). Reference: NIST
///   StRD univariate, descriptive.json.
public func mean(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let center = values.withUnsafeBufferPointer(sum) / Double(values.count)
  return center.isFinite ? center : nil
}

/// The arithmetic mean of a part of a column, as that of the column.
public func mean(_ values: some Collection<Double>) -> Double? { mean(Array(values)) }

/// The sum of squared deviations from the mean, corrected for the rounding of the mean:
/// Σ d² - (Σ d)²/n.
///
/// - Returns: nil for no values, or beyond the range of a Double. O(n).
public func sumOfSquares(_ values: some Collection<Double>) -> Double? {
  Moments(Array(values))?.squares
}

/// The sample variance, denominator n - 1; nil below two values or beyond the range of a Double.
/// O(n). Reference: NIST StRD.
public func variance(_ values: some Collection<Double>) -> Double? {
  guard values.count > 1, let squares = sumOfSquares(values) else { return nil }
  return squares / Double(values.count - 1)
}

/// The sample standard deviation; nil below two values. O(n). Reference: NIST StRD.
public func standardDeviation(_ values: some Collection<Double>) -> Double? {
  variance(values).map { $0.squareRoot() }
}

/// Skewness adjusted for the sample size: √(n(n-1))/(n-2) × m₃/m₂^1.5; nil below three values or
/// for constant ones. O(n). Reference: descriptive.json.
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
/// What the mean lost in rounding is known from the deviations, and taken off them. Nil for no
/// values, constant ones, or a range beyond that of a Double. O(n).
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
