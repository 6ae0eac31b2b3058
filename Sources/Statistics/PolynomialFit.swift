/// A polynomial fitted by least squares, of a degree at which powers of the column itself would be
/// all but dependent.
///
/// The column is moved and scaled to [-1, 1], Chebyshev's polynomials of it are fitted, and the
/// coefficients are carried back to powers of the column. Reference: NIST StRD regression (Filip).
public struct PolynomialFit: Sendable {
  /// Of the powers 0 to `degree` of the column.
  public let coefficients: [Double]
  /// The root of the residual sum of squares over the degrees of freedom; nil without any.
  public let residualDeviation: Double?

  /// - Parameters:
  ///   - x: dense.
  ///   - y: dense, as many.
  ///   - degree: at least 1.
  /// - Returns: nil when x takes no more than `degree` values, or beyond the range of a Double.
  ///   O(n · degree²).
  public init?(_ x: [Double], _ y: [Double], degree: Int) {
    precondition(x.count == y.count && degree > 0, "columns of one length, and a power to fit")
    guard let low = x.min(), let high = x.max(), low < high else { return nil }
    let center = low / 2 + high / 2
    // A power of two at least half the range: dividing by it loses no digit.
    var unit = 1.0
    while unit < high - center { unit *= 2 }
    while unit / 2 >= high - center { unit /= 2 }
    let u = x.map { ($0 - center) / unit }
    var basis = [u.map { _ in 1.0 }, u]
    while basis.count <= degree {
      let (last, before) = (basis[basis.count - 1], basis[basis.count - 2])
      basis.append(u.indices.map { 2 * u[$0] * last[$0] - before[$0] })
    }
    guard let fit = LeastSquares(Array(basis.dropFirst()), y) else { return nil }
    let powers = PolynomialFit.powers(ofChebyshev: fit.coefficients).enumerated().map {
      PolynomialFit.scaled($1, by: unit, times: $0)
    }
    let moved = PolynomialFit.moved(powers, by: -center)
    guard moved.allSatisfy(\.isFinite) else { return nil }
    coefficients = moved
    residualDeviation = fit.residualDeviation
  }

  private static func scaled(_ value: Double, by unit: Double, times: Int) -> Double {
    (0..<times).reduce(value) { value, _ in value / unit }
  }

  /// Coefficients of powers from those of Chebyshev's polynomials, whose own coefficients are
  /// whole.
  private static func powers(ofChebyshev weights: [Double]) -> [Double] {
    var last = [1.0]
    var next = [0.0, 1.0]
    var sums = [[Double]](repeating: [], count: weights.count)
    for weight in weights {
      for (power, factor) in last.enumerated() where factor != 0 {
        let product = weight * factor
        sums[power] += [product, (-product).addingProduct(weight, factor)]
      }
      let after = (0...next.count).map { power in
        (power > 0 ? 2 * next[power - 1] : 0) - (power < last.count ? last[power] : 0)
      }
      (last, next) = (next, after)
    }
    return sums.map { compensatedSum($0) }
  }

  /// The coefficients of p(x + shift), by Horner's scheme with its rounding errors carried along.
  private static func moved(_ coefficients: [Double], by shift: Double) -> [Double] {
    var high = coefficients
    var low = coefficients.map { _ in 0.0 }
    for start in coefficients.indices.dropLast() {
      for power in (start..<coefficients.count - 1).reversed() {
        let product = shift * high[power + 1]
        let lost = (-product).addingProduct(shift, high[power + 1])
        let sum = high[power] + product
        let part = sum - high[power]
        let rest = (high[power] - (sum - part)) + (product - part)
        low[power] += rest + lost + shift * low[power + 1]
        high[power] = sum
      }
    }
    return zip(high, low).map { $0 + $1 }
  }
}
