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
