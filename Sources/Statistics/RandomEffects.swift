/// Estimates of several people put together: their mean, and how much they differ.
///
/// Each person's estimate is their own true value plus an error of known variance; true values lie
/// around the mean with variance τ² (random effects). τ² has the largest restricted likelihood,
/// found by Fisher's scoring; people weigh 1/(τ² + variance). The standard error of the mean is the
/// larger of that of Hartung and Knapp and 1/√Σw: the former alone comes out too small when few
/// people happen to agree.
///
/// Source: Viechtbauer 2005; Hartung and Knapp 2001. Reference: random_effects.json.
public struct RandomEffects: Sendable {
  /// Of the estimates, in their unit.
  public let mean: Double
  /// The larger of the two below.
  public var standardError: Double { max(hartungKnappError, plainError) }
  /// Hartung and Knapp's standard error.
  public let hartungKnappError: Double
  /// 1/√Σw.
  public let plainError: Double
  /// Variance of the true values, in the unit squared.
  public let tauSquared: Double
  /// People less one, of Student's t.
  public let degreesOfFreedom: Int
  /// Σw².
  private let squaredWeights: Double

  /// The standard deviation of the true values.
  public var tau: Double { tauSquared.squareRoot() }

  /// Puts estimates together.
  ///
  /// - Parameters:
  ///   - estimates: one a person.
  ///   - variances: of each, above 0.
  /// - Returns: nil below two people. O(people) a step.
  public init?(_ estimates: [Double], variances: [Double]) {
    precondition(estimates.count == variances.count, "a variance an estimate")
    let count = Double(estimates.count)
    guard estimates.count > 1, let spread = variance(estimates),
      let error = Statistics.mean(variances)
    else { return nil }
    // From the estimator of Hedges: what the estimates spread beyond their errors.
    var tauSquared = max(0, spread - error)
    for _ in 0..<500 {
      let sums = Sums(estimates, variances, tauSquared)
      // tr(P) and tr(PP) of the projection P = W − W11'W/Σw.
      let trace = sums.w - sums.w2 / sums.w
      let squares =
        sums.w2 - 2 * sums.w3 / sums.w + sums.w2 * sums.w2 / (sums.w * sums.w)
      let step = (sums.squaredRest - trace) / squares
      let next = max(0, tauSquared + step)
      let isStill = abs(next - tauSquared) <= 1e-15 * (tauSquared + error)
      tauSquared = next
      if isStill { break }
    }
    let sums = Sums(estimates, variances, tauSquared)
    mean = sums.mean
    self.tauSquared = tauSquared
    degreesOfFreedom = estimates.count - 1
    hartungKnappError = (sums.rest / ((count - 1) * sums.w)).squareRoot()
    plainError = 1 / sums.w.squareRoot()
    squaredWeights = sums.w2
  }

  /// The interval of the mean, by Student's t.
  ///
  /// - Parameter alpha: above 0 and below 1.
  public func interval(alpha: Double) -> (low: Double, high: Double) {
    studentInterval(mean, error: standardError, df: Double(degreesOfFreedom), alpha: alpha)
  }

  /// A person's estimate drawn towards the mean: m + B(b − m) with B = τ*²/(τ*² + s²), its variance
  /// B s² + (1 − B)² se(m)².
  ///
  /// τ*² = τ² + √(2/Σw²) is τ² lifted by about its own error: few people often show no difference
  /// where there is one, and everybody would be drawn onto the mean.
  ///
  /// - Parameters:
  ///   - estimate: the person's own.
  ///   - variance: s², of the estimate.
  public func drawn(_ estimate: Double, variance: Double) -> (value: Double, error: Double) {
    let lifted = tauSquared + (2 / squaredWeights).squareRoot()
    let share = lifted / (lifted + variance)
    let rest = 1 - share
    let spread = share * variance + rest * rest * standardError * standardError
    return (mean + share * (estimate - mean), spread.squareRoot())
  }

  /// Sums over people at one τ².
  private struct Sums {
    /// Σw, Σw² and Σw³.
    var (w, w2, w3) = (0.0, 0.0, 0.0)
    /// Σwb/Σw.
    var mean = 0.0
    /// Σw(b − mean)².
    var rest = 0.0
    /// Σw²(b − mean)².
    var squaredRest = 0.0

    init(_ estimates: [Double], _ variances: [Double], _ tauSquared: Double) {
      let weights = variances.map { 1 / (tauSquared + $0) }
      for (weight, estimate) in zip(weights, estimates) {
        w += weight
        w2 += weight * weight
        w3 += weight * weight * weight
        mean += weight * estimate
      }
      mean /= w
      for (weight, estimate) in zip(weights, estimates) {
        let distance = estimate - mean
        rest += weight * distance * distance
        squaredRest += weight * weight * distance * distance
      }
    }
  }
}
