import Glibc

/// The 95 % interval of a share after Wilson (1927).
///
/// - Parameters:
///   - done: at least 0, at most `planned`.
///   - planned: how many.
/// - Returns: nil when nothing was planned. O(1). Reference: proportions.json.
public func wilsonInterval(done: Int, planned: Int) -> (low: Double, high: Double)? {
  guard planned > 0, done >= 0, done <= planned else { return nil }
  let n = Double(planned)
  let share = Double(done) / n
  let square = z975 * z975
  let center = (share + square / (2 * n)) / (1 + square / n)
  let reach =
    z975 / (1 + square / n) * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
  return (done == 0 ? 0 : center - reach, done == planned ? 1 : center + reach)
}

/// The 95 % interval of a share after Clopper and Pearson (1934), which never covers less but is
/// wider than needed.
///
/// - Returns: nil when nothing was planned. Reference: proportions.json.
public func clopperPearsonInterval(done: Int, planned: Int) -> (low: Double, high: Double)? {
  guard planned > 0, done >= 0, done <= planned else { return nil }
  let (k, n) = (Double(done), Double(planned))
  let low = done == 0 ? 0 : betaQuantile(0.025, k, n - k + 1)
  let high = done == planned ? 1 : 1 - betaQuantile(0.025, n - k, k + 1)
  return (low, high)
}

/// The x with I_x(a, b) = p, by halving and Newton's steps inside the halves. 0 < p < 1.
///
/// About 1e-14 relative; reference: proportions.json.
func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
  var (low, high) = (0.0, 1.0)
  var x = a / (a + b)
  let logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
  for _ in 0..<200 {
    let error = incompleteBeta(x, a, b) - p
    if error == 0 { break }
    if error > 0 { high = x } else { low = x }
    let density = exp((a - 1) * log(x) + (b - 1) * log1p(-x) - logBeta)
    let newton = x - error / density
    let next = newton > low && newton < high ? newton : (low + high) / 2
    if abs(next - x) <= 1e-16 * x || next == x { break }
    x = next
  }
  return x
}
