import Glibc

/// A diary's swing around a smooth curve, averaged over how much of one day may carry over to the
/// next.
///
/// Values are a mean curve plus noise whose correlation falls as φ^gap with the gap in days. For
/// each φ of a grid, values and columns are prewhitened, z₁ and then
/// (zᵢ − φ^g zᵢ₋₁) ⁄ √(1 − φ^2g), and fitted by least squares; the weight of φ is the restricted
/// likelihood, ℓ = −½ Σ log(1 − φ^2g) − Σ log|Rⱼⱼ| − ½ (n − q) log RSS (Harville 1977), with a flat
/// prior over the grid. Every question is then asked at each φ, and its p is the weighted mean.
///
/// Complexity: O(20 n q²). Reference: `Fixtures/reference/carry_over.json`.
public struct CarryOver: Sendable {
  /// The carry-overs that are averaged over: 0, .05, ..., .95.
  public static let grid = (0..<20).map { Double($0) / 20 }

  /// The restricted log-likelihood of each φ, but for a constant.
  public let logLikelihood: [Double]
  /// Weights of the grid, which sum to 1.
  public let weights: [Double]
  /// The residual variance at each φ, in the unit of the values squared.
  public let variances: [Double]
  /// Values less columns.
  public let degreesOfFreedom: Int

  /// The mean φ.
  public var meanCarryOver: Double {
    zip(CarryOver.grid, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The swing of a diary around a curve.
  ///
  /// - Parameters:
  ///   - days: ascending, one a value.
  ///   - values: dense.
  ///   - curve: columns of the mean curve, as long as the values.
  /// - Returns: nil without degrees of freedom.
  public init?(days: [Int], values: [Double], curve: [[Double]]) {
    precondition(days.count == values.count, "one day a value")
    let gaps = zip(days.dropFirst(), days).map { $0 - $1 }
    // Few lengths of gaps occur, each many times.
    let lengths = Set(gaps).sorted()
    var places: [Int: Int] = [:]
    for (place, length) in lengths.enumerated() { places[length] = place }
    let lengthOfGap = gaps.map { places[$0] ?? 0 }
    let counts = lengths.map { length in Double(gaps.count { $0 == length }) }
    var fits: [(likelihood: Double, variance: Double)] = []
    var freedom = 0
    for carry in CarryOver.grid {
      let steps = lengths.map { carry == 0 ? 0 : pow(carry, Double($0)) }
      let scales = steps.map { 1 / (1 - $0 * $0).squareRoot() }
      let step = lengthOfGap.map { steps[$0] }
      let scale = lengthOfGap.map { scales[$0] }
      func whitened(_ column: [Double]) -> [Double] {
        var result = column
        for index in step.indices {
          result[index + 1] = (column[index + 1] - step[index] * column[index]) * scale[index]
        }
        return result
      }
      let basis = OrderedBasis(curve.map(whitened), whitened(values))
      freedom = values.count - basis.kept.count
      guard freedom >= 1 else { return nil }
      let squares = basis.residuals.reduce(0) { $0 + $1 * $1 }
      let likelihood =
        zip(counts, scales).reduce(0) { $0 + $1.0 * log($1.1) } - basis.logDeterminant
        - 0.5 * Double(freedom) * log(max(squares, .leastNormalMagnitude))
      fits.append((likelihood, squares / Double(freedom)))
    }
    let most = fits.map(\.likelihood).max() ?? 0
    let raw = fits.map { exp($0.likelihood - most) }
    let sum = raw.reduce(0, +)
    logLikelihood = fits.map(\.likelihood)
    weights = raw.map { $0 / sum }
    variances = fits.map(\.variance)
    degreesOfFreedom = freedom
  }

  /// The standard error, at each φ, of the mean of some days less the mean of others.
  ///
  /// √(v (mean of φ^|i − j| within the one, plus within the other, less twice that between)).
  ///
  /// - Parameters:
  ///   - baseline: days with a value, at least one.
  ///   - latest: days with a value, at least one.
  /// Complexity: O(20 (pairs of days)).
  public func standardErrors(baseline: [Int], latest: [Int]) -> [Double] {
    let all = baseline + latest
    let reach = (all.max() ?? 0) - (all.min() ?? 0)
    return zip(CarryOver.grid, variances).map { carry, variance in
      var powers = [Double](repeating: 1, count: reach + 1)
      for gap in 1..<max(1, reach + 1) { powers[gap] = powers[gap - 1] * carry }
      func mean(_ a: [Int], _ b: [Int]) -> Double {
        var sum = 0.0
        for left in a { for right in b { sum += powers[abs(left - right)] } }
        return sum / Double(a.count * b.count)
      }
      let factor = mean(baseline, baseline) + mean(latest, latest) - 2 * mean(baseline, latest)
      return (variance * max(0, factor)).squareRoot()
    }
  }

  /// The question about a difference with a standard error at each φ.
  public func tails(errors: [Double]) -> WeightedTails {
    WeightedTails(
      weights: weights, errors: errors, degreesOfFreedom: Double(degreesOfFreedom))
  }
}

/// The two-sided tail of a difference whose standard error is one of several, each with its weight.
public struct WeightedTails: Sendable {
  /// They sum to 1.
  let weights: [Double]
  /// As many standard errors, in the unit of the difference.
  let errors: [Double]
  /// Of Student's t; infinite for the normal distribution.
  let degreesOfFreedom: Double

  private func tail(_ t: Double) -> Double {
    degreesOfFreedom.isFinite
      ? studentTwoSidedTail(t, df: degreesOfFreedom) : 2 * normalUpperTail(abs(t))
  }

  private func density(_ t: Double) -> Double {
    degreesOfFreedom.isFinite ? studentDensity(t, df: degreesOfFreedom) : normalDensity(t)
  }

  /// The p of a difference: the weighted mean of the tails; 1 for no difference.
  public func p(of difference: Double) -> Double {
    guard difference != 0 else { return 1 }
    let sum = zip(weights, errors).reduce(0) { sum, part in
      sum + part.0 * (part.1 > 0 ? tail(difference / part.1) : 0)
    }
    return min(1, sum)
  }

  /// The half-width of a difference's interval: the difference of which p is `alpha`.
  ///
  /// Newton's method on the logarithm of p, which falls all but straight, kept between bounds.
  ///
  /// - Parameter alpha: above 0 and below 1.
  /// - Returns: 0 where every error is 0.
  public func halfWidth(alpha: Double) -> Double {
    let quantile =
      degreesOfFreedom.isFinite
      ? studentQuantile(1 - alpha / 2, df: degreesOfFreedom) : normalQuantile(1 - alpha / 2)
    guard let quantile, let most = errors.max(), most > 0 else { return 0 }
    var (low, high) = (0.0, quantile * most)
    // Wherever the width lies, no error alone asks for more than the largest does.
    var width = quantile * zip(weights, errors).reduce(0) { $0 + $1.0 * $1.1 }
    for _ in 0..<200 {
      let reached = p(of: width)
      if reached > alpha { low = width } else { high = width }
      if abs(reached - alpha) <= 4e-16 { break }
      let slope = zip(weights, errors).reduce(0) { sum, part in
        part.1 > 0 ? sum - 2 * part.0 * density(width / part.1) / part.1 : sum
      }
      let next = width + (log(alpha) - log(reached)) * reached / slope
      let inside = next > low && next < high ? next : (low + high) / 2
      if abs(inside - width) <= 1e-15 * width { break }
      width = inside
    }
    return width
  }
}
