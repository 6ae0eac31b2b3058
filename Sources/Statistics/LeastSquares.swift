/// A least-squares fit of a column on a constant and up to four others.
///
/// Columns are centred and scaled to one, then orthogonalized by Householder reflections; no normal
/// equations are formed.
public struct LeastSquares: Sendable {
  /// The constant, then one coefficient a column.
  public let coefficients: [Double]
  /// Standard errors, in the same order.
  public let standardErrors: [Double]
  /// What is left of the response.
  public let residuals: [Double]
  /// The root of the residual sum of squares over n - columns - 1.
  public let residualDeviation: Double
  /// 1 - residual over total sum of squares; nil for a constant response.
  public let rSquared: Double?
  /// Degrees of freedom of the residuals.
  public let degreesOfFreedom: Int

  /// Fits `y` on a constant and the columns.
  ///
  /// - Parameters:
  ///   - columns: dense, as long as `y`, without the constant.
  ///   - y: dense.
  /// - Returns: nil when there are no degrees of freedom or the columns depend on each other. O(n k²).
  ///   Reference: NIST StRD regression, trend.json.
  public init?(_ columns: [[Double]], _ y: [Double]) {
    let n = y.count
    let k = columns.count
    guard n > k + 1, let meanY = mean(y) else { return nil }
    precondition(columns.allSatisfy { $0.count == n }, "columns of one length")
    var centers: [Double] = []
    var scales: [Double] = []
    var design: [[Double]] = []
    for column in columns {
      guard let center = mean(column) else { return nil }
      let centered = column.map { $0 - center }
      let scale = centered.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard scale > 0, scale.isFinite else { return nil }
      centers.append(center)
      scales.append(scale)
      design.append(centered.map { $0 / scale })
    }
    let centeredY = y.map { $0 - meanY }
    guard let triangle = Triangle(design, centeredY) else { return nil }
    let slopes = zip(triangle.solution, scales).map { $0 / $1 }
    var left = centeredY
    for (column, slope) in zip(design.indices, triangle.solution) {
      for row in 0..<n { left[row] -= slope * design[column][row] }
    }
    let residualSquares = left.reduce(0) { $0 + $1 * $1 }
    let total = centeredY.reduce(0) { $0 + $1 * $1 }
    degreesOfFreedom = n - k - 1
    let spread = residualSquares / Double(degreesOfFreedom)
    coefficients = [meanY - zip(slopes, centers).reduce(0) { $0 + $1.0 * $1.1 }] + slopes
    standardErrors = LeastSquares.errors(triangle, centers, scales, spread, n)
    residuals = left
    residualDeviation = spread.squareRoot()
    rSquared = total > 0 ? 1 - residualSquares / total : nil
  }

  private static func errors(
    _ triangle: Triangle, _ centers: [Double], _ scales: [Double], _ spread: Double, _ n: Int
  ) -> [Double] {
    let inverse = triangle.inverse
    let k = scales.count
    // Rows of R⁻¹ give the variances of the slopes; the constant takes in the centres.
    var constant = [Double](repeating: 0, count: k)
    var slopes: [Double] = []
    for row in 0..<k {
      slopes.append((inverse[row].reduce(0) { $0 + $1 * $1 } * spread).squareRoot() / scales[row])
      for column in 0..<k { constant[column] += centers[row] / scales[row] * inverse[row][column] }
    }
    let own = 1 / Double(n) + constant.reduce(0) { $0 + $1 * $1 }
    return [(own * spread).squareRoot()] + slopes
  }
}

/// A column-oriented QR factorization by Householder reflections, with the right side carried along.
private struct Triangle {
  /// R by columns, upper triangle.
  private var columns: [[Double]]
  let solution: [Double]

  init?(_ design: [[Double]], _ right: [Double]) {
    var columns = design
    var right = right
    let k = design.count
    for pivot in 0..<k {
      let norm = columns[pivot][pivot...].reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 1e-13 else { return nil }
      let head = columns[pivot][pivot]
      let alpha = head > 0 ? -norm : norm
      var reflector = Array(columns[pivot][pivot...])
      reflector[0] -= alpha
      let square = reflector.reduce(0) { $0 + $1 * $1 }
      func reflect(_ column: inout [Double]) {
        var product = 0.0
        for (offset, value) in reflector.enumerated() { product += value * column[pivot + offset] }
        let factor = 2 * product / square
        for (offset, value) in reflector.enumerated() { column[pivot + offset] -= factor * value }
      }
      for column in pivot..<k { reflect(&columns[column]) }
      reflect(&right)
    }
    var solution = [Double](repeating: 0, count: k)
    for row in stride(from: k - 1, through: 0, by: -1) {
      var value = right[row]
      for column in row + 1..<max(k, row + 1) { value -= columns[column][row] * solution[column] }
      solution[row] = value / columns[row][row]
    }
    self.columns = columns
    self.solution = solution
  }

  /// R⁻¹ by rows.
  var inverse: [[Double]] {
    let k = columns.count
    var inverse = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
    for column in 0..<k {
      for row in stride(from: column, through: 0, by: -1) {
        var value = row == column ? 1.0 : 0
        for other in row + 1..<max(column + 1, row + 1) {
          value -= columns[other][row] * inverse[other][column]
        }
        inverse[row][column] = value / columns[row][row]
      }
    }
    return inverse
  }
}
