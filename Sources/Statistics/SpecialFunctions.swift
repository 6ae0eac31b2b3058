import Glibc

/// The logarithm of the gamma function of a positive number, without shared state.
///
/// Accuracy: that of the C library, 1 ulp; reference: special_functions.json.
public func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}

/// The error function, that of the C library: below 1 ulp.
public func errorFunction(_ x: Double) -> Double { erf(x) }

/// 1 - erf without cancellation, that of the C library: some ulp.
public func complementaryErrorFunction(_ x: Double) -> Double { erfc(x) }

/// The upper tail of the standard normal distribution, P(Z > z).
///
/// erfc(z/√2)/2 with z/√2 carried in two Doubles: far out, the rounding of the argument would cost
/// three digits. Relative error below 1e-13 for results down to 1e-300; reference:
/// special_functions.json.
public func normalUpperTail(_ z: Double) -> Double {
  let root = 0.7071067811865476
  let rootRest = -4.833646656726457e-17
  let high = z * root
  let low = (-high).addingProduct(z, root) + z * rootRest
  return 0.5 * erfc(high) * (high > 0 ? exp(-2 * high * low) : 1)
}

/// The quantile of the standard normal distribution: the z with P(Z < z) = p.
///
/// Newton's method on the tail from the rational guess of Abramowitz and Stegun 26.2.23.
///
/// - Parameter p: between 0 and 1, both excluded.
/// - Returns: nil outside.
public func normalQuantile(_ p: Double) -> Double? {
  guard p > 0, p < 1 else { return nil }
  if p == 0.5 { return 0 }
  let tail = p < 0.5 ? p : 1 - p
  let t = (-2 * log(tail)).squareRoot()
  let above = 2.515517 + t * (0.802853 + t * 0.010328)
  let below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  var z = t - above / below
  for _ in 0..<8 {
    let density = normalDensity(z)
    guard density > 0 else { break }
    let step = (normalUpperTail(z) - tail) / density
    z += step / (1 - z * step / 2)
    if abs(step) <= 1e-16 * abs(z) { break }
  }
  return p < 0.5 ? -z : z
}

/// The error term of Stirling's formula: ln Γ(z+1) - (z+½) ln z + z - ½ ln 2π (Loader 2000).
private func stirlingError(_ z: Double) -> Double {
  if z < 15 {
    return logGamma(z + 1) - (z + 0.5) * log(z) + z - 0.9189385332046728
  }
  let square = z * z
  let series =
    1.0 / 12
    - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188) / square) / square) / square) / square
  return series / z
}

/// x ln(x/m) + m - x for m = n·f, without cancellation where x is near m (Loader 2000).
///
/// Far from m it is x (u - 1 - ln u) with u = m/x, and what the product and the quotient lost in
/// rounding is put back to first order: the result is an exponent, where every ulp counts.
///
/// - Returns: the value in two parts, the second what the first lost.
private func deviance(_ x: Double, _ n: Double, _ f: Double) -> (high: Double, low: Double) {
  let m = n * f
  let lost = (-m).addingProduct(n, f)
  guard abs(x - m) < 0.1 * (x + m) else {
    let u = m / x
    let rest = m.addingProduct(-u, x) + lost
    let shape = u - 1 - log(u)
    let high = x * shape
    return (high, (-high).addingProduct(x, shape) + rest * (1 - 1 / u))
  }
  let difference = (x - m) - lost
  let ratio = difference / (x + m)
  var sum = difference * ratio
  var term = 2 * x * ratio
  var index = 1.0
  while true {
    term *= ratio * ratio
    let next = sum + term / (2 * index + 1)
    if next == sum { return (sum, 0) }
    sum = next
    index += 1
  }
}

/// The regularized incomplete beta function I_x(a, b), a and b need not be whole.
///
/// Continued fraction (Lentz) with Loader's saddle-point prefactor, so that large a and b lose no
/// digits. Relative error about 1e-14 for results down to 1e-300; reference:
/// special_functions.json.
///
/// - Parameters:
///   - x: between 0 and 1.
///   - complement: 1 - x, when it is known better than by subtracting.
public func incompleteBeta(
  _ x: Double, _ a: Double, _ b: Double, complement: Double? = nil
) -> Double {
  let y = complement ?? 1 - x
  if x <= 0 { return 0 }
  if y <= 0 { return 1 }
  // Below the mean the fraction converges; above it the other tail does.
  let distance = a > b ? (a + b) * y - b : a - (a + b) * x
  if distance < 0 { return 1 - lowerBeta(y, x, b, a, distance: -distance) }
  return lowerBeta(x, y, a, b, distance: distance)
}

private func lowerBeta(
  _ x: Double, _ y: Double, _ a: Double, _ b: Double, distance: Double
) -> Double {
  let n = a + b
  let left = deviance(a, n, x)
  let right = deviance(b, n, y)
  let small = stirlingError(n) - stirlingError(a) - stirlingError(b) - left.low - right.low
  let prefactor =
    (a * b / (2 * Double.pi * n)).squareRoot() * exp(small) * exp(-left.high) * exp(-right.high)
  // Beyond the smallest Double nothing is left to be refined.
  if prefactor == 0 { return 0 }
  return prefactor * (b <= 1 && x <= 0.6 ? betaSeries(x, a, b) : betaFraction(x, y, a, b, distance))
}

/// The hypergeometric series for I_x(a, b) over its prefactor (DLMF 8.17.8): every term positive,
/// each at most x times the one before for b ≤ 1, so that far from the mean it is shorter than the
/// fraction.
private func betaSeries(_ x: Double, _ a: Double, _ b: Double) -> Double {
  var term = 1.0
  var sum = 1.0
  var index = 0.0
  while term > 1e-17 * sum {
    term *= (a + b + index) / (a + 1 + index) * x
    sum += term
    index += 1
  }
  return sum / a
}

/// The continued fraction of Didonato and Morris (1992, eq. 9) for I_x(a, b) over its prefactor.
///
/// - Parameter distance: a - (a + b)x, not negative, formed without cancellation.
private func betaFraction(
  _ x: Double, _ y: Double, _ a: Double, _ b: Double, _ distance: Double
) -> Double {
  let c = 1 + distance
  let ratio = b / a
  let first = 1 + 1 / a
  var (p, s) = (1.0, a + 1)
  var (above, aboveNext) = (0.0, 1.0)
  var (below, belowNext) = (1.0, c / first)
  var value = first / c
  for index in 1...100_000 {
    let n = Double(index)
    let t = n / a
    let w = n * (b - n) * x
    let share = a / s
    let alpha = p * (p + ratio) * share * share * (w * x)
    let beta = n + w / s + (1 + t) / (first + t + t) * (c + n * (1 + y))
    p = 1 + t
    s += 2
    (above, aboveNext) = (aboveNext, alpha * above + beta * aboveNext)
    (below, belowNext) = (belowNext, alpha * below + beta * belowNext)
    let last = value
    value = aboveNext / belowNext
    if abs(value - last) <= 1e-16 * value { break }
    above /= belowNext
    below /= belowNext
    aboveNext = value
    belowNext = 1
  }
  return value
}

/// The two-sided tail of Student's t, P(|T| > |t|), for whole or fractional degrees of freedom.
///
/// I_{df/(df+t²)}(df/2, ½), both arguments of the beta function formed without subtraction.
///
/// - Parameters:
///   - t: any number; infinity gives 0.
///   - df: above 0.
public func studentTwoSidedTail(_ t: Double, df: Double) -> Double {
  let square = t * t
  guard square.isFinite else { return 0 }
  let whole = df + square
  return incompleteBeta(df / whole, df / 2, 0.5, complement: square / whole)
}

/// The density of the standard normal distribution, exp(−z²/2) ⁄ √2π.
func normalDensity(_ z: Double) -> Double { exp(-z * z / 2) * 0.3989422804014327 }

/// The density of Student's t. Reference: special_functions.json, by way of its quantiles.
func studentDensity(_ t: Double, df: Double) -> Double {
  exp(
    logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * log(df * Double.pi)
      - (df + 1) / 2 * log1p(t * t / df))
}

/// The interval of an estimate at the level 1 − alpha, by Student's t.
///
/// - Parameter alpha: above 0 and below 1.
public func studentInterval(_ estimate: Double, error: Double, df: Double, alpha: Double) -> (
  low: Double, high: Double
) {
  let width = (studentQuantile(1 - alpha / 2, df: df) ?? .infinity) * error
  return (estimate - width, estimate + width)
}

/// The quantile of Student's t: the t with P(T < t) = p.
///
/// Newton's method on the logarithms of tail and t, which for heavy tails is nearly a straight
/// line.
///
/// - Returns: nil outside 0 < p < 1 or for df ≤ 0.
public func studentQuantile(_ p: Double, df: Double) -> Double? {
  guard p > 0, p < 1, df > 0 else { return nil }
  if p == 0.5 { return 0 }
  let tail = 2 * (p < 0.5 ? p : 1 - p)
  guard var t = normalQuantile(1 - tail / 2).map({ max(abs($0), 1e-8) }) else { return nil }
  for _ in 0..<100 {
    let reached = studentTwoSidedTail(t, df: df)
    let slope = 2 * studentDensity(t, df: df) * t / reached
    let step = (log(reached) - log(tail)) / slope
    guard step.isFinite else { break }
    t *= exp(min(max(step, -4), 4))
    if abs(step) < 1e-16 { break }
  }
  return p < 0.5 ? -t : t
}

/// The upper tail of the chi-square distribution, P(X > x).
///
/// Series below the mean, continued fraction above, with Loader's prefactor; reference:
/// special_functions.json.
public func chiSquareUpperTail(_ x: Double, df: Double) -> Double {
  guard x > 0 else { return 1 }
  let a = df / 2
  let half = x / 2
  let exponent = deviance(a, half, 1)
  let prefactor =
    (a / (2 * Double.pi)).squareRoot() * exp(-stirlingError(a) - exponent.low)
    * exp(-exponent.high)
  if half < a + 1 {
    var term = 1 / a
    var sum = term
    var index = a
    while term > sum * 1e-17 {
      index += 1
      term *= half / index
      sum += term
    }
    return 1 - prefactor * sum
  }
  var b = half + 1 - a
  var c = 1e300
  var d = 1 / b
  var fraction = d
  for index in 1...10_000 {
    let m = Double(index)
    let step = -m * (m - a)
    b += 2
    d = 1 / (step * d + b)
    c = b + step / c
    fraction *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return prefactor * fraction
}

/// The 97.5 % quantile of the standard normal distribution.
public let z975 = 1.959963984540054
