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
  guard let scaled = scaledDeviations(series.compactMap { $0 }) else { return nil }
  var next = scaled.makeIterator()
  let deviations = series.map { $0 == nil ? 0 : next.next() ?? 0 }
  let square = compensatedSum(deviations.lazy.map { $0 * $0 })
  return (0...lags).map { lag in
    compensatedSum(zip(deviations, deviations.dropFirst(lag)).lazy.map { $0 * $1 }) / square
  }
}

/// Ljung and Box's test that the first lags of a complete series do not carry over.
///
/// - Parameters:
///   - autocorrelations: from lag 0 on, as `autocorrelation` returns them.
///   - lags: how many are tested, at least 1.
///   - n: length of the series, above `lags`.
/// - Returns: q = n(n + 2) Σ r²/(n - k) and its chi-square tail; nil without enough lags. O(lags).
///   Reference: autocorrelation.json.
public func ljungBox(_ autocorrelations: [Double], lags: Int, n: Int) -> (q: Double, p: Double)? {
  guard lags > 0, lags < autocorrelations.count, lags < n else { return nil }
  let sum = (1...lags).reduce(0) {
    $0 + autocorrelations[$1] * autocorrelations[$1] / Double(n - $1)
  }
  let q = Double(n) * Double(n + 2) * sum
  return (q, chiSquareUpperTail(q, df: Double(lags)))
}

/// How many independent pairs two series of carrying-over days are worth, by Bartlett's formula
/// n(1 - r_x r_y)/(1 + r_x r_y) for lag-1 autocorrelations. It may exceed n. O(1). Reference:
/// autocorrelation.json.
public func bartlettEffectiveN(_ n: Int, _ carryX: Double, _ carryY: Double) -> Double {
  Double(n) * (1 - carryX * carryY) / (1 + carryX * carryY)
}

/// The same by Pyper and Peterman (1998): 1/n_eff = 1/n + 2/n Σ (n - j)/n r_x(j) r_y(j) over a
/// fifth of the lags, kept within 3 and n.
///
/// - Parameters:
///   - n: pairs.
///   - x: autocorrelations of x from lag 0 to the last that is summed.
///   - y: those of y.
/// O(lags). Reference: autocorrelation.json.
public func pyperPetermanEffectiveN(_ n: Int, _ x: [Double], _ y: [Double]) -> Double {
  let count = Double(n)
  var sum = 0.0
  for lag in 1..<max(1, min(x.count, y.count)) {
    sum += (count - Double(lag)) / count * x[lag] * y[lag]
  }
  let inverse = 1 / count + 2 / count * sum
  return inverse > 0 ? min(count, max(3, 1 / inverse)) : count
}
