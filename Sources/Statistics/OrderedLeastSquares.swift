import Glibc

/// Least squares on columns that are taken one after the other, with errors that allow for
/// residuals of unequal spread.
///
/// The columns are orthogonalized from left to right by modified Gram-Schmidt, the response behind
/// them, which is as stable as Householder's reflections (Björck 1967); a column of which less than
/// 1e-8 of its length is left is dropped. Rows whose leverage exceeds 1 − 1e-9, which the fit meets
/// whatever they hold, leave, and the fit is made anew. Standard errors are HC3 (MacKinnon and
/// White 1985): with g the row of (X'X)⁻¹X' of a coefficient, its variance is Σ g² e² ⁄ (1 − h)².
///
/// Complexity: O(n k²) time, O(n k) room. Reference: `Fixtures/reference/hc3.json`.
public struct OrderedLeastSquares: Sendable {
  /// Rows of the fit, by their places in the columns given, ascending.
  public let rows: [Int]
  /// Whether each column was kept.
  public let isKept: [Bool]
  /// One a column, in the units of the response by those of the column; 0 for dropped ones.
  public let coefficients: [Double]
  /// The sum of squares of each leading column beside all others, in its unit squared; 0 for
  /// dropped ones.
  public let keptSquares: [Double]
  /// What is left of the response, one a row of the fit.
  public let residuals: [Double]
  /// The leverage of each row of the fit, 0-1.
  public let leverages: [Double]
  /// How much each row's response moves each of the leading coefficients, one list a column.
  private let influence: [[Double]]

  /// Rows less kept columns.
  public var degreesOfFreedom: Int { rows.count - isKept.count { $0 } }

  /// The share of a column's length below which it is dropped.
  static let leastRest = 1e-8
  /// The leverage above which a row leaves.
  static let mostLeverage = 1 - 1e-9

  /// Fits `y` on the columns.
  ///
  /// - Parameters:
  ///   - columns: dense, as long as `y`; a constant is a column of ones among them.
  ///   - y: dense.
  ///   - leading: of how many columns, from the left, covariances and what they keep will be asked.
  ///   - freedom: the fewest degrees of freedom, at least 1.
  /// - Returns: nil with fewer degrees of freedom.
  public init?(_ columns: [[Double]], _ y: [Double], leading: Int, freedom: Int = 1) {
    precondition(columns.allSatisfy { $0.count == y.count }, "columns of one length")
    precondition(leading <= columns.count && freedom >= 1, "leading columns are among the columns")
    var rows = Array(y.indices)
    var basis = OrderedBasis(columns, y)
    while rows.count - basis.kept.count >= freedom {
      let leverages = basis.leverages
      let staying = rows.indices.filter { leverages[$0] <= OrderedLeastSquares.mostLeverage }
      if staying.count == rows.count { break }
      rows = staying.map { rows[$0] }
      basis = OrderedBasis(columns.map { column in rows.map { column[$0] } }, rows.map { y[$0] })
    }
    guard rows.count - basis.kept.count >= freedom else { return nil }
    self.rows = rows
    isKept = columns.indices.map(basis.kept.contains)
    leverages = basis.leverages
    residuals = basis.residuals
    let solution = basis.coefficients
    var coefficients = [Double](repeating: 0, count: columns.count)
    var squares = [Double](repeating: 0, count: leading)
    var influence = [[Double]](repeating: [], count: leading)
    for (place, column) in basis.kept.enumerated() {
      coefficients[column] = solution[place]
      guard column < leading else { continue }
      let inverse = basis.inverseRow(place)
      squares[column] = 1 / inverse.reduce(0) { $0 + $1 * $1 }
      influence[column] = basis.combination(inverse)
    }
    self.coefficients = coefficients
    keptSquares = squares
    self.influence = influence
  }

  /// The HC3 covariance of two of the leading coefficients; 0 where one was dropped. O(n).
  public func covariance(_ a: Int, _ b: Int) -> Double {
    guard isKept[a], isKept[b] else { return 0 }
    var sum = 0.0
    for row in residuals.indices {
      let left = residuals[row] / (1 - leverages[row])
      sum += influence[a][row] * influence[b][row] * left * left
    }
    return sum
  }

  /// The HC3 standard error of a leading coefficient. O(n).
  public func standardError(_ column: Int) -> Double { covariance(column, column).squareRoot() }

  /// The fit of one of the leading columns on all the others, worked out of this one: what the
  /// coefficient of another leading column is in it, and its HC3 standard error.
  ///
  /// With P = (X'X)⁻¹ and g the influences, the residual of column a on the others is gₐ ⁄ Pₐₐ, the
  /// coefficient of column b is −Pₐᵦ ⁄ Pₐₐ, b's influence g_b − gₐ Pₐᵦ ⁄ Pₐₐ, and the leverages are
  /// less by gₐ² ⁄ Pₐₐ. O(n).
  ///
  /// - Returns: nil where a column was dropped or a row has left, since the fit of that column
  ///   alone might keep them.
  public func fit(of a: Int, coefficient b: Int, allRows: Int) -> (
    coefficient: Double, standardError: Double, degreesOfFreedom: Int
  )? {
    guard rows.count == allRows, isKept.allSatisfy(\.self) else { return nil }
    let own = 1 / keptSquares[a]
    let ratio = zip(influence[a], influence[b]).reduce(0) { $0 + $1.0 * $1.1 } / own
    var variance = 0.0
    for row in rows.indices {
      let residual = influence[a][row] / own
      let leverage = leverages[row] - influence[a][row] * residual
      guard leverage <= OrderedLeastSquares.mostLeverage else { return nil }
      let score = (influence[b][row] - ratio * influence[a][row]) * residual / (1 - leverage)
      variance += score * score
    }
    return (-ratio, variance.squareRoot(), degreesOfFreedom + 1)
  }
}

/// Columns as an orthonormal basis and the triangle that leads back to them.
struct OrderedBasis {
  /// Which columns are kept, ascending.
  private(set) var kept: [Int] = []
  /// What the response leaves, one a row.
  let residuals: [Double]
  private let rows: Int
  /// One list of lanes a kept column, of length 1; rows behind the last are 0.
  private var units: [[Lanes]] = []
  /// Column j of the triangle, entries 0 to j.
  private var triangle: [[Double]] = []
  /// How much of each unit is in the response.
  private let response: [Double]

  init(_ columns: [[Double]], _ y: [Double]) {
    rows = y.count
    for (index, column) in columns.enumerated() {
      var rest = OrderedBasis.lanes(column)
      let length = OrderedBasis.product(rest, rest).squareRoot()
      guard length > 0, length.isFinite else { continue }
      var entries = OrderedBasis.takeOut(units, of: &rest)
      var left = OrderedBasis.product(rest, rest).squareRoot()
      // What cancels most of a column leaves it less orthogonal; a second pass mends that.
      if left < 0.1 * length {
        let again = OrderedBasis.takeOut(units, of: &rest)
        for place in entries.indices { entries[place] += again[place] }
        left = OrderedBasis.product(rest, rest).squareRoot()
      }
      guard left >= OrderedLeastSquares.leastRest * length else { continue }
      for lane in rest.indices { rest[lane] /= left }
      units.append(rest)
      triangle.append(entries + [left])
      kept.append(index)
    }
    var rest = OrderedBasis.lanes(y)
    response = OrderedBasis.takeOut(units, of: &rest)
    residuals = OrderedBasis.values(rest, rows)
  }

  private static func lanes(_ values: [Double]) -> [Lanes] {
    stride(from: 0, to: values.count, by: Lanes.scalarCount).map { start in
      var lanes = Lanes.zero
      for lane in 0..<min(Lanes.scalarCount, values.count - start) {
        lanes[lane] = values[start + lane]
      }
      return lanes
    }
  }

  private static func values(_ lanes: [Lanes], _ count: Int) -> [Double] {
    (0..<count).map { lanes[$0 / Lanes.scalarCount][$0 % Lanes.scalarCount] }
  }

  private static func product(_ a: [Lanes], _ b: [Lanes]) -> Double {
    var sum = Lanes.zero
    for lane in a.indices { sum += a[lane] * b[lane] }
    return total(sum)
  }

  /// Takes what lies along each unit out of a column, one after the other; in the same sweep it is
  /// seen how much lies along the next.
  private static func takeOut(_ units: [[Lanes]], of rest: inout [Lanes]) -> [Double] {
    var entries = [Double](repeating: 0, count: units.count)
    guard let first = units.first else { return entries }
    var along = product(first, rest)
    for place in units.indices {
      entries[place] = along
      let unit = units[place]
      guard place + 1 < units.count else {
        for lane in unit.indices { rest[lane] -= along * unit[lane] }
        break
      }
      let next = units[place + 1]
      var sum = Lanes.zero
      for lane in unit.indices {
        let left = rest[lane] - along * unit[lane]
        rest[lane] = left
        sum += next[lane] * left
      }
      along = total(sum)
    }
    return entries
  }

  /// Log of the determinant of the triangle, without its sign.
  var logDeterminant: Double {
    triangle.reduce(0) { $0 + log($1[$1.count - 1]) }
  }

  /// Sum of squares of each row's entries.
  var leverages: [Double] {
    var sums = [Lanes](repeating: .zero, count: (rows + Lanes.scalarCount - 1) / Lanes.scalarCount)
    for unit in units { for lane in unit.indices { sums[lane] += unit[lane] * unit[lane] } }
    return OrderedBasis.values(sums, rows)
  }

  /// The coefficients of the kept columns.
  var coefficients: [Double] {
    var result = response
    for place in kept.indices.reversed() {
      result[place] /= triangle[place][place]
      for above in 0..<place { result[above] -= triangle[place][above] * result[place] }
    }
    return result
  }

  /// A row of the inverse of the triangle, from its diagonal entry on; zeros before it.
  func inverseRow(_ place: Int) -> [Double] {
    var row = [Double](repeating: 0, count: kept.count)
    row[place] = 1 / triangle[place][place]
    for column in (place + 1)..<max(place + 1, kept.count) {
      var sum = 0.0
      for above in place..<column { sum += row[above] * triangle[column][above] }
      row[column] = -sum / triangle[column][column]
    }
    return row
  }

  /// The sum of the units, each so many times.
  func combination(_ weights: [Double]) -> [Double] {
    var sums = [Lanes](repeating: .zero, count: (rows + Lanes.scalarCount - 1) / Lanes.scalarCount)
    for (unit, weight) in zip(units, weights) where weight != 0 {
      for lane in unit.indices { sums[lane] += weight * unit[lane] }
    }
    return OrderedBasis.values(sums, rows)
  }
}
