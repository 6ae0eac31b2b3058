/// How often each pair of levels occurs in two columns of whole numbers: all that rank correlations
/// need to know of them.
struct JointCounts {
  /// Counts by level of x, then of y.
  let cells: UnsafeMutableBufferPointer<Int32>
  /// Levels of x.
  let rows: Int
  /// Levels of y.
  let columns: Int
  /// Pairs.
  let n: Int

  /// Hands over the counts, when both columns are whole and their levels few for their length.
  ///
  /// - Returns: nil otherwise. O(n + levels).
  static func with<Result>(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    _ use: (JointCounts) -> Result
  ) -> Result? {
    let n = x.count
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, 2 * n)) { space in
      guard n <= mostExact, let left = space.baseAddress,
        let rangeX = wholeNumbers(x, scale: 1, into: left),
        let rangeY = wholeNumbers(y, scale: 1, into: left + n)
      else { return nil }
      let right = left + n
      let (rows, columns) = (rangeX.high - rangeX.low + 1, rangeY.high - rangeY.low + 1)
      let room = 4 * n + 128
      guard rows <= room, columns <= room, rows * columns <= room else { return nil }
      return withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows * columns) { cells in
        cells.initialize(repeating: 0)
        guard let base = cells.baseAddress else { return nil }
        let (lowX, lowY) = (Int32(rangeX.low), Int32(rangeY.low))
        let width = Int32(columns)
        for index in 0..<n {
          base[Int((left[index] &- lowX) &* width &+ right[index] &- lowY)] &+= 1
        }
        return use(JointCounts(cells: cells, rows: rows, columns: columns, n: n))
      }
    }
  }

  /// Sums of squares and products of the mid-ranks around their mean, exact.
  ///
  /// - Returns: nil when a side is constant.
  func rankSums() -> CrossSums? {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: columns) { ranksY in
      var yy = 0
      var before = 0
      for column in 0..<columns {
        let count = (0..<rows).reduce(0) { $0 + Int(cells[$1 * columns + column]) }
        let rank = 2 * before + count - n
        ranksY[column] = rank
        yy += count * rank * rank
        before += count
      }
      var xx = 0
      var xy = 0
      before = 0
      for row in 0..<rows {
        var count = 0
        var sum = 0
        for column in 0..<columns {
          let cell = Int(cells[row * columns + column])
          count += cell
          sum += cell * ranksY[column]
        }
        let rank = 2 * before + count - n
        xx += count * rank * rank
        xy += rank * sum
        before += count
      }
      guard xx > 0, yy > 0 else { return nil }
      return CrossSums(xx: Double(xx) / 4, yy: Double(yy) / 4, xy: Double(xy) / 4)
    }
  }

  /// Concordant minus discordant pairs, and what is tied on either side.
  func score() -> (s: Int, tiesX: Ties, tiesY: Ties) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: columns) { above in
      above.initialize(repeating: 0)
      var tiesX = Ties()
      var s = 0
      var before = 0
      for row in 0..<rows {
        var own = 0
        var left = 0
        for column in 0..<columns {
          let cell = Int(cells[row * columns + column])
          // Earlier rows to the left of this column, less those to its right.
          s &+= cell &* (2 &* left &+ above[column] &- before)
          left &+= above[column]
          above[column] &+= cell
          own &+= cell
        }
        before += own
        tiesX.add(own)
      }
      var tiesY = Ties()
      for count in above { tiesY.add(count) }
      return (s, tiesX, tiesY)
    }
  }
}
