/// Many series of one length, one a row, in one piece of memory.
///
/// Every row's figure is that of the single call on that row, bit for bit; rows know nothing of
/// each other, so that ranges of them can be given to as many threads as there are.
public struct SeriesMatrix: Sendable {
  /// How many series.
  public let rows: Int
  /// Their length.
  public let columns: Int
  private let values: [Double]

  /// - Parameters:
  ///   - values: dense, row after row.
  ///   - columns: the length of a row, which divides their number.
  public init(_ values: [Double], columns: Int) {
    precondition(columns > 0 && values.count % columns == 0, "whole rows")
    self.values = values
    self.columns = columns
    rows = values.count / columns
  }

  /// Mean and squares of each row of a range, all rows for nil. O(rows · columns).
  public func moments(rows range: Range<Int>? = nil) -> [Moments?] {
    each(range) { Moments($0) }
  }

  /// Pearson's correlation of each row with the same row of another matrix. O(rows · columns).
  public func pearson(_ other: SeriesMatrix, rows range: Range<Int>? = nil) -> [Double?] {
    each(other, range) { Statistics.pearson($0, $1, .widest) }
  }

  /// Spearman's correlation of each row with the same row of another matrix. O(rows · columns).
  public func spearman(_ other: SeriesMatrix, rows range: Range<Int>? = nil) -> [Double?] {
    each(other, range) { Statistics.spearman($0, $1) }
  }

  /// Kendall's correlation of each row with the same row of another matrix. O(rows · columns) for
  /// few levels, times log columns else.
  public func kendall(_ other: SeriesMatrix, rows range: Range<Int>? = nil) -> [Kendall?] {
    each(other, range) { Kendall($0, $1) }
  }

  /// Sen's slope of each row over the times of its columns. O(rows · columns²).
  public func senSlopes(_ times: [Double], rows range: Range<Int>? = nil) -> [Double?] {
    precondition(times.count == columns, "a time a column")
    return times.withUnsafeBufferPointer { times in each(range) { senSlope(times, $0) } }
  }

  private func each<Figure>(
    _ range: Range<Int>?, _ figure: (UnsafeBufferPointer<Double>) -> Figure
  ) -> [Figure] {
    values.withUnsafeBufferPointer { values in
      (range ?? 0..<rows).map { row in
        figure(UnsafeBufferPointer(rebasing: values[row * columns..<(row + 1) * columns]))
      }
    }
  }

  private func each<Figure>(
    _ other: SeriesMatrix, _ range: Range<Int>?,
    _ figure: (UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>) -> Figure
  ) -> [Figure] {
    precondition(rows == other.rows && columns == other.columns, "matrices of one shape")
    return other.values.withUnsafeBufferPointer { right in
      values.withUnsafeBufferPointer { left in
        (range ?? 0..<rows).map { row in
          let place = row * columns..<(row + 1) * columns
          return figure(
            UnsafeBufferPointer(rebasing: left[place]), UnsafeBufferPointer(rebasing: right[place]))
        }
      }
    }
  }
}
