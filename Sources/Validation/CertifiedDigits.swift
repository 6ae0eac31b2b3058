import Foundation
import Statistics

extension CertifiedSet {
  /// What a set's figures reach.
  public struct Reached {
    /// Correct digits of each certified figure, at most 15.
    public var digits: [Double]
    /// Whether each reaches its bar.
    public var isGood: Bool
  }

  /// Names of the certified figures.
  public var figures: [String] {
    columns.isEmpty
      ? ["mean", "standard deviation", "lag-1 autocorrelation"]
      : certified.indices.map { "B\($0 + (hasConstant ? 0 : 1))" }
  }

  /// Computes the figures anew; nil when there is no method for the set.
  public func reached() -> Reached? {
    let found: [Double?]
    if columns.isEmpty {
      found = [mean(y), standardDeviation(y), autocorrelation(y, lags: 1)?[1]]
    } else {
      guard let coefficients = coefficients() else { return nil }
      found = coefficients
    }
    let digits = zip(found, certified).map(CertifiedSet.digits)
    let isGood =
      bars.count == 1
      ? (digits.min() ?? 0) >= bars[0] : zip(digits, bars).allSatisfy { $0 >= $1 }
    return Reached(digits: digits, isGood: isGood)
  }

  /// The coefficients of the regression; nil when the columns depend on each other.
  private func coefficients() -> [Double]? {
    // Many powers of one column are all but dependent, and need another basis.
    if columns.count > 6, hasConstant, columns == CertifiedSet.powers(columns[0], columns.count) {
      return PolynomialFit(columns[0], y, degree: columns.count)?.coefficients
    }
    return LeastSquares(columns, y, hasConstant: hasConstant)?.coefficients
  }

  /// Correct digits: -log10 of the relative error, between 0 and 15.
  private static func digits(_ found: Double?, _ certified: Double) -> Double {
    guard let found, found.isFinite else { return 0 }
    if found == certified { return 15 }
    return max(0, min(15, -log10(abs(found - certified) / abs(certified))))
  }

  /// A set from its reference file; nil when the file has no certified figures.
  ///
  /// A regression has a constant when a B0 is certified. Fewer columns than coefficients are powers
  /// of the only one.
  init?(_ document: ReferenceValue) {
    guard let certified = document["certified"], let y = document["y"]?.column.compactMap({ $0 })
    else { return nil }
    let name = document["dataset"]?.string ?? ""
    let known = CertifiedSet.all.first { $0.name == name }
    if let list = certified["coefficients"]?.list {
      let names = list.map { $0["name"]?.string ?? "" }
      let hasConstant = names.contains("B0")
      let count = names.count - (hasConstant ? 1 : 0)
      self.init(
        name: name, y: y, columns: CertifiedSet.columns(document, rows: y.count, count: count),
        hasConstant: hasConstant, certified: list.compactMap { $0["estimate"]?.double },
        bars: known?.bars ?? [9])
    } else {
      let keys = ["mean", "sample_standard_deviation", "lag1_autocorrelation"]
      let figures = keys.compactMap { certified[$0]?.double }
      guard figures.count == keys.count else { return nil }
      self.init(name: name, y: y, certified: figures, bars: known?.bars ?? [14.5, 9, 9])
    }
  }

  /// The columns of a regression: a column and its powers, columns, or rows.
  private static func columns(_ document: ReferenceValue, rows: Int, count: Int) -> [[Double]] {
    let named = (1...max(1, count)).compactMap { document["x\($0)"]?.column.compactMap { $0 } }
    if named.count == count { return named }
    let list = document["x"]?.list ?? []
    let nested = list.map { $0.column.compactMap { $0 } }
    if nested.allSatisfy(\.isEmpty) {
      return powers(list.compactMap(\.double), count)
    }
    if nested.count == count, count != rows { return nested }
    return (0..<count).map { column in nested.map { column < $0.count ? $0[column] : 0 } }
  }
}
