import Glibc

/// One matched set of a case-control comparison: which of its members are cases, and their
/// exposures.
public struct MatchedSet: Sendable {
  /// Whether a member is a case; at least one is and one is not.
  public let isCase: [Bool]
  /// The exposure of each member, dense.
  public let exposure: [Double]

  /// A set of members, case or control, each with its exposure.
  ///
  /// - Precondition: as many exposures as members.
  public init(isCase: [Bool], exposure: [Double]) {
    precondition(isCase.count == exposure.count, "each member of a set has one exposure")
    self.isCase = isCase
    self.exposure = exposure
  }
}

/// Conditional logistic regression on one exposure.
///
/// The likelihood of a set is exp(β Σ x over its cases) divided by the sum of the same over all
/// choices of as many members, so that what the members of a set share drops out. The sum is exact,
/// by the recursion of Gail, Lubin and Rubinstein (1981): with B(j, k) the sum over choices of k of
/// the first j members, B(j, k) = B(j−1, k) + exp(β xⱼ) B(j−1, k−1). Newton's method finds β; the
/// standard error is from the information at the maximum.
///
/// Complexity: O(members × cases) a step. Source: Breslow and Day 1980; reference figures in
/// `Fixtures/reference/conditional_logistic.json`.
public struct ConditionalLogistic: Sendable {
  /// The log odds ratio of one unit of the exposure.
  public let coefficient: Double
  /// Its standard error.
  public let standardError: Double
  /// Cases of the sets that say anything.
  public let cases: Int

  /// The odds ratio of one unit.
  public var oddsRatio: Double { exp(coefficient) }

  /// Two-sided, by Wald.
  public var p: Double { min(1, 2 * normalUpperTail(abs(coefficient / standardError))) }

  /// The Wald interval of the odds ratio at 95 %.
  public var interval: (low: Double, high: Double) {
    let reach = 1.959963984540054 * standardError
    return (exp(coefficient - reach), exp(coefficient + reach))
  }

  /// Fits the sets; those without a case, without a control or without variation say nothing.
  ///
  /// - Returns: nil when no set says anything, or when the exposure parts cases from controls so
  ///   well that the estimate has no bound.
  public init?(_ sets: [MatchedSet]) {
    let telling = sets.filter { set in
      set.isCase.contains(true) && set.isCase.contains(false)
        && (set.exposure.min() ?? 0) < (set.exposure.max() ?? 0)
    }
    guard !telling.isEmpty, telling.allSatisfy({ $0.exposure.allSatisfy(\.isFinite) }) else {
      return nil
    }
    // The exposure in units of its spread: the steps then do not depend on its scale.
    let all = telling.flatMap(\.exposure)
    guard let spread = standardDeviation(all), spread > 0 else { return nil }
    var beta = 0.0
    for _ in 0..<60 {
      var score = 0.0
      var information = 0.0
      for set in telling {
        let part = ConditionalLogistic.moments(set, beta: beta, spread: spread)
        score += part.score
        information += part.information
      }
      guard information > 1e-10, score.isFinite else { return nil }
      let step = max(-2, min(2, score / information))
      beta += step
      if abs(beta) > 40 { return nil }
      if abs(step) <= 1e-13 * max(1, abs(beta)) || abs(score) < 1e-14 { break }
    }
    let information = telling.reduce(0) {
      $0 + ConditionalLogistic.moments($1, beta: beta, spread: spread).information
    }
    guard information > 1e-8 else { return nil }
    coefficient = beta / spread
    standardError = 1 / (information.squareRoot() * spread)
    cases = telling.reduce(0) { $0 + $1.isCase.count { $0 } }
  }

  /// Score and information of one set: the observed sum less its expectation, and its variance.
  private static func moments(_ set: MatchedSet, beta: Double, spread: Double) -> (
    score: Double, information: Double
  ) {
    let count = set.isCase.count { $0 }
    let center = mean(set.exposure) ?? 0
    let x = set.exposure.map { ($0 - center) / spread }
    var observed = 0.0
    for (isCase, value) in zip(set.isCase, x) where isCase { observed += value }
    // Sums over choices of k members: of the weights, and of weight × sum and weight × sum².
    var weight = [Double](repeating: 0, count: count + 1)
    var first = weight
    var second = weight
    weight[0] = 1
    for value in x {
      let factor = exp(beta * value)
      for k in stride(from: count, through: 1, by: -1) {
        second[k] +=
          factor * (second[k - 1] + 2 * value * first[k - 1] + value * value * weight[k - 1])
        first[k] += factor * (first[k - 1] + value * weight[k - 1])
        weight[k] += factor * weight[k - 1]
      }
      // Only ratios matter: the sums are kept within range.
      let largest = weight.max() ?? 1
      if largest > 1e200 {
        for k in 0...count {
          weight[k] /= largest
          first[k] /= largest
          second[k] /= largest
        }
      }
    }
    let expectation = first[count] / weight[count]
    return (observed - expectation, second[count] / weight[count] - expectation * expectation)
  }
}
