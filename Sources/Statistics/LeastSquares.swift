/// A least-squares fit of a column on a constant and a few others.
///
/// Columns are centred and scaled to one, then orthogonalized by Householder reflections; no normal
/// equations are formed. Reference: NIST StRD regression, trend.json, segmented.json.
public struct LeastSquares: Sendable {
  /// The constant where there is one, then one coefficient a column.
  public let coefficients: [Double]
  /// Standard errors, in the same order; nil without degrees of freedom.
  public let standardErrors: [Double]?
  /// What is left of the response.
  public let residuals: [Double]
  /// The root of the residual sum of squares over the degrees of freedom; nil without any.
  public let residualDeviation: Double?
  /// 1 - residual over total sum of squares; nil for a constant response.
  public let rSquared: Double?
  /// Degrees of freedom of the residuals: rows less coefficients.
  public let degreesOfFreedom: Int
  private let design: [[Double]]
  private let inverse: [[Double]]
  private let centers: [Double]
  private let scales: [Double]
  private let hasConstant: Bool

  /// Fits `y` on the columns.
  ///
  /// - Parameters:
  ///   - columns: dense, as long as `y`, without the constant.
  ///   - y: dense.
  ///   - hasConstant: whether a constant is fitted too; without it nothing is centred.
  ///   - refinements: how often what is left is fitted once more; 0 is enough for columns that are
  ///     all but orthogonal.
  /// - Returns: nil with fewer rows than coefficients when the columns depend on each other, or
  ///   beyond the range of a Double. O(n k²).
  public init?(_ columns: [[Double]], _ y: [Double], hasConstant: Bool = true, refinements: Int = 2)
  {
    let n = y.count
    let freedom = n - columns.count - (hasConstant ? 1 : 0)
    guard n > 0, freedom >= 0 else { return nil }
    precondition(columns.allSatisfy { $0.count == n }, "columns of one length")
    // A constant is itself, not its mean with the rounding of a sum.
    func center(_ values: [Double]) -> Double? {
      !hasConstant ? 0 : isConstant(values) ? values[0] : mean(values)
    }
    guard let meanY = center(y) else { return nil }
    var centers: [Double] = []
    var scales: [Double] = []
    var design: [[Double]] = []
    for column in columns {
      guard let center = center(column) else { return nil }
      let centered = column.map { $0 - center }
      let scale = centered.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard scale > 0, scale.isFinite else { return nil }
      centers.append(center)
      scales.append(scale)
      design.append(centered.map { $0 / scale })
    }
    let centeredY = y.map { $0 - meanY }
    guard let triangle = Triangle(design) else { return nil }
    var slopes = zip(triangle.solve(centeredY), scales).map { $0 / $1 }
    var constant = meanY - zip(slopes, centers).reduce(0) { $0 + $1.0 * $1.1 }
    if !hasConstant { constant = 0 }
    // What the coefficients leave, in twice the precision, is fitted once more: the columns'
    // rounding then costs no digits.
    var left = centeredY
    for _ in 0..<(columns.isEmpty ? 0 : refinements) {
      left = LeastSquares.rest(y, constant, slopes, columns)
      let step = hasConstant ? mean(left) ?? 0 : 0
      let change = zip(triangle.solve(left.map { $0 - step }), scales).map { $0 / $1 }
      slopes = zip(slopes, change).map { $0 + $1 }
      if hasConstant { constant += step - zip(change, centers).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    left = LeastSquares.rest(y, constant, slopes, columns)
    let total = centeredY.reduce(0) { $0 + $1 * $1 }
    let squares = left.reduce(0) { $0 + $1 * $1 }
    // What rounding leaves of an exact fit is no residual.
    guard squares.isFinite, total.isFinite else { return nil }
    let roundoff = Double.ulpOfOne * Double.ulpOfOne * (total + Double(n) * meanY * meanY)
    let isExact = squares <= roundoff * Double(n)
    let residualSquares = isExact ? 0 : squares
    let spread = freedom > 0 ? residualSquares / Double(freedom) : nil
    degreesOfFreedom = freedom
    coefficients = hasConstant ? [constant] + slopes : slopes
    residuals = isExact ? left.map { _ in 0 } : left
    residualDeviation = spread?.squareRoot()
    rSquared = total > 0 ? 1 - residualSquares / total : nil
    self.design = design
    inverse = triangle.inverse
    self.centers = centers
    self.scales = scales
    self.hasConstant = hasConstant
    let squaresOfInfluence = LeastSquares.influenceSquares(
      inverse, centers, scales, rows: hasConstant ? n : nil)
    standardErrors = spread.map { spread in
      squaresOfInfluence.map { ($0 * spread).squareRoot() }
    }
  }

  /// y - b₀ - Σ b x, products and sums with their rounding errors carried along.
  private static func rest(
    _ y: [Double], _ constant: Double, _ slopes: [Double], _ columns: [[Double]]
  ) -> [Double] {
    y.indices.map { row in
      var sum = y[row]
      var lost = 0.0
      func add(_ value: Double) {
        let next = sum + value
        lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
        sum = next
      }
      add(-constant)
      for (slope, column) in zip(slopes, columns) {
        let product = slope * column[row]
        lost -= (-product).addingProduct(slope, column[row])
        add(-product)
      }
      return sum + lost
    }
  }

  /// The diagonal of (X'X)⁻¹: rows of R⁻¹ give the slopes; the constant takes in the centres.
  ///
  /// - Parameter rows: how many, nil without a constant.
  private static func influenceSquares(
    _ inverse: [[Double]], _ centers: [Double], _ scales: [Double], rows: Int?
  ) -> [Double] {
    var constant = [Double](repeating: 0, count: scales.count)
    var slopes: [Double] = []
    for row in scales.indices {
      slopes.append(inverse[row].reduce(0) { $0 + $1 * $1 } / (scales[row] * scales[row]))
      for column in scales.indices {
        constant[column] += centers[row] / scales[row] * inverse[row][column]
      }
    }
    guard let rows else { return slopes }
    return [1 / Double(rows) + constant.reduce(0) { $0 + $1 * $1 }] + slopes
  }

  /// How much each row's response moves each coefficient: (X'X)⁻¹X', one row a coefficient.
  private var influence: [[Double]] {
    let n = residuals.count
    let k = scales.count
    var slopes = [[Double]](repeating: [Double](repeating: 0, count: n), count: k)
    for row in 0..<k {
      // (D'D)⁻¹ = R⁻¹R⁻ᵀ, its row times the design.
      for other in 0..<k {
        let weight = zip(inverse[row], inverse[other]).reduce(0) { $0 + $1.0 * $1.1 } / scales[row]
        for index in 0..<n { slopes[row][index] += weight * design[other][index] }
      }
    }
    guard hasConstant else { return slopes }
    let constant = (0..<n).map { index in
      1 / Double(n) - (0..<k).reduce(0) { $0 + centers[$1] * slopes[$1][index] }
    }
    return [constant] + slopes
  }

  /// Standard errors that allow for residuals correlated over time (Newey and West 1987): products
  /// of rows at distance d weigh 1 - d/(L + 1).
  ///
  /// - Parameters:
  ///   - lags: L, in rows, or in days when `days` are given.
  ///   - days: the calendar day of each row, for distances that gaps stretch; nil counts rows.
  ///   - isCorrected: whether n over degrees of freedom multiplies the variance.
  /// - Returns: in the order of the coefficients; nil without degrees of freedom. O(n² k) at worst.
  ///   Reference: trend.json, segmented.json.
  public func neweyWestErrors(lags: Int, days: [Double]? = nil, isCorrected: Bool = true)
    -> [Double]?
  {
    guard degreesOfFreedom > 0 else { return nil }
    let n = residuals.count
    let places = days ?? (0..<n).map(Double.init)
    precondition(places.count == n, "a day for every row")
    let order = places.indices.sorted { places[$0] < places[$1] }
    let factor = isCorrected ? Double(n) / Double(degreesOfFreedom) : 1
    return influence.map { weights in
      let scores = order.map { weights[$0] * residuals[$0] }
      var sum = 0.0
      for later in scores.indices {
        sum += scores[later] * scores[later]
        for earlier in stride(from: later - 1, through: 0, by: -1) {
          let distance = places[order[later]] - places[order[earlier]]
          guard distance <= Double(lags) else { break }
          sum += 2 * (1 - distance / Double(lags + 1)) * scores[later] * scores[earlier]
        }
      }
      return (max(0, sum) * factor).squareRoot()
    }
  }
}

/// A column-oriented QR factorization by Householder reflections.
private struct Triangle {
  /// R by columns, upper triangle.
  private var columns: [[Double]]
  /// One reflector a column, from its pivot on, with its square.
  private var reflectors: [(values: [Double], square: Double)] = []

  /// - Returns: nil when the columns depend on each other.
  init?(_ design: [[Double]]) {
    columns = design
    for pivot in design.indices {
      let norm = columns[pivot][pivot...].reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 1e-13 else { return nil }
      let head = columns[pivot][pivot]
      var reflector = Array(columns[pivot][pivot...])
      reflector[0] -= head > 0 ? -norm : norm
      reflectors.append((reflector, reflector.reduce(0) { $0 + $1 * $1 }))
      for column in pivot..<design.count { reflect(&columns[column], pivot) }
    }
  }

  private func reflect(_ column: inout [Double], _ pivot: Int) {
    let reflector = reflectors[pivot]
    var product = 0.0
    for (offset, value) in reflector.values.enumerated() {
      product += value * column[pivot + offset]
    }
    let factor = 2 * product / reflector.square
    for (offset, value) in reflector.values.enumerated() {
      column[pivot + offset] -= factor * value
    }
  }

  /// The least-squares solution for a right side.
  func solve(_ right: [Double]) -> [Double] {
    var right = right
    for pivot in reflectors.indices { reflect(&right, pivot) }
    var solution = [Double](repeating: 0, count: columns.count)
    for row in columns.indices.reversed() {
      var value = right[row]
      for column in columns.indices.dropFirst(row + 1) {
        value -= columns[column][row] * solution[column]
      }
      solution[row] = value / columns[row][row]
    }
    return solution
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
