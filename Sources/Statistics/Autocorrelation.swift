/// The autocorrelation of a calendar series with missing days, lags 0 to `lags`.
///
/// Biased, with the mean of the observed days; products with a missing day are 0 and both sums are
/// divided by the count of observed days, so that they shrink alike.
///
/// - Parameters:
///   - series: one element a day, nil where missing.
///   - lags: the largest lag, below the length of the series.
/// - Returns: nil when nothing is observed or all is equal. O(n · lags). Reference:
///   autocorrelation.json, NIST StRD univariate (lag 1).
public func autocorrelation(_ series: [Double?], lags: Int) -> [Double]? {
  let observed = series.compactMap { $0 }
  guard let center = mean(observed), !isConstant(observed) else { return nil }
  // What the mean lost in rounding is known from the deviations, and taken off them.
  let lost = compensatedSum(observed.lazy.map { $0 - center }) / Double(observed.count)
  let deviations = series.map { $0.map { ($0 - center) - lost } ?? 0 }
  let square = compensatedSum(deviations.lazy.map { $0 * $0 })
  return (0...lags).map { lag in
    compensatedSum(zip(deviations, deviations.dropFirst(lag)).lazy.map { $0 * $1 }) / square
  }
}
