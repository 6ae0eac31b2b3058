/// The correlation of what is left of two columns when others are taken out of both.
///
/// - Parameters:
///   - x: dense.
///   - y: as long.
///   - covariates: one to four columns as long, taken out by least squares.
/// - Returns: nil when a side is nothing but its covariates, or there are too few rows. O(n k²).
///   Reference: correlation.json.
public func partialCorrelation(_ x: [Double], _ y: [Double], covariates: [[Double]]) -> Double? {
  guard let left = LeastSquares(covariates, x), let right = LeastSquares(covariates, y) else {
    return nil
  }
  return pearson(left.residuals, right.residuals)
}
