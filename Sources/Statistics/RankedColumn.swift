/// A calendar column sorted once: the mid-ranks of any choice of its days are then counted, not
/// sorted.
///
/// For one person's questions at many lags, which pair other days each time.
public struct RankedColumn: Sendable {
  /// The place of each day's value among the different values, from 0; negative where missing.
  let codes: [Int32]
  /// How many different values there are.
  let levels: Int

  /// - Parameter calendar: one element a day, nil where missing. O(n).
  public init(_ calendar: [Double?]) {
    var codes = [Int32](repeating: -1, count: calendar.count)
    let days = calendar.indices.filter { calendar[$0] != nil }
    let values = days.compactMap { calendar[$0] }
    var level: Int32 = -1
    values.withUnsafeBufferPointer { values in
      withSorted(values) { sorted in
        for place in sorted.indices {
          if place == 0 || sorted[place].key != sorted[place - 1].key { level += 1 }
          codes[days[Int(sorted[place].index)]] = level
        }
      }
    }
    self.codes = codes
    levels = Int(level) + 1
  }
}

extension DiaryAssociation {
  /// The raw method for x of each day and y some days later, over the days where both are present.
  ///
  /// The same bits as from the columns of those days.
  ///
  /// - Parameters:
  ///   - x: a calendar column.
  ///   - y: another that begins on the same day.
  ///   - lag: days from x to y, from 0.
  ///   - q: 1 takes a line in time out of the ranks, 2 a parabola.
  /// - Returns: nil when a side is constant or nothing is left of it. O(n).
  public init?(_ x: RankedColumn, _ y: RankedColumn, lag: Int, q: Int) {
    precondition(lag >= 0, "y comes on the day of x or later")
    let most = max(0, min(x.codes.count, y.codes.count - lag))
    let found = withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, 2 * most)) {
      ranks -> (sums: ResidualSums, n: Int)? in
      guard let left = ranks.baseAddress else { return nil }
      let right = left + most
      var days: [Int] = []
      days.reserveCapacity(most)
      for day in 0..<most where x.codes[day] >= 0 && y.codes[day + lag] >= 0 {
        left[days.count] = x.codes[day]
        right[days.count] = y.codes[day + lag]
        days.append(day)
      }
      let n = days.count
      guard n > q + 1 else { return nil }
      let tiesX = countedRanks(left, n, low: 0, high: x.levels - 1)
      let tiesY = countedRanks(right, n, low: 0, high: y.levels - 1)
      let pairs = n * (n - 1) / 2
      guard tiesX.pairs < pairs, tiesY.pairs < pairs else { return nil }
      return ResidualSums(days: days, left, right, q: q).map { ($0, n) }
    }
    guard let found else { return nil }
    self.init(n: found.n, q: q, found.sums)
  }
}
