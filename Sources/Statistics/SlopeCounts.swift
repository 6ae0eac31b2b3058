/// The slopes of whole numbers at whole ascending times, counted by difference and distance.
///
/// A slope is difference ÷ distance, both whole: two different ones are further apart than 1 ÷
/// (longest distance)². Halving on a grid finer than that finds the one at a rank with whole
/// numbers alone.
final class SlopeCounts {
  /// How many slopes there are.
  let count: Int
  /// What turns the values into whole numbers: 1 or 2.
  private let scale: Double
  /// The longest distance.
  private let span: Int
  /// The largest difference.
  private let reach: Int
  /// How many pairs of each difference from -reach to reach are at most a distance apart, 0 to
  /// span.
  private var upTo: [Int32]
  private let falling: Int
  private let level: Int

  /// The most cells.
  private static let room = 1 << 22

  /// - Returns: nil when times or values are not whole, times do not ascend, or the cells would be
  ///   many for so few pairs. O(n² + cells).
  init?(_ times: UnsafeBufferPointer<Double>, _ values: UnsafeBufferPointer<Double>) {
    let n = values.count
    guard n > 1, n <= 20_000, let codes = WholePairs(times, values) else { return nil }
    let width = codes.span + 1
    let cells = (2 * codes.reach + 1) * width
    guard cells <= SlopeCounts.room, cells <= max(n * n / 2, 1024), codes.span < 1 << 20
    else { return nil }
    var upTo = [Int32](repeating: 0, count: cells)
    upTo.withUnsafeMutableBufferPointer { table in
      codes.codes.withUnsafeBufferPointer { codes in
        guard let base = table.baseAddress, let code = codes.baseAddress else { return }
        let origin = base + cells / width / 2 * width
        for later in 0..<n {
          let own = origin + Int(code[later])
          for earlier in 0..<later { own[-Int(code[earlier])] += 1 }
        }
      }
    }
    var totals: [Int] = []
    for row in 0...(2 * codes.reach) {
      // Readings of one time have no slope.
      upTo[row * width] = 0
      var sum: Int32 = 0
      for cell in row * width..<(row + 1) * width {
        sum += upTo[cell]
        upTo[cell] = sum
      }
      totals.append(Int(sum))
    }
    (scale, span, reach) = (codes.scale, codes.span, codes.reach)
    self.upTo = upTo
    falling = totals[..<codes.reach].reduce(0, +)
    level = totals[codes.reach]
    count = totals.reduce(0, +)
  }

  /// The slope at a rank from 0. O(differences · log span).
  func slope(at rank: Int) -> Double {
    if rank < falling { return -steepness(falling - 1 - rank, sign: -1) }
    if rank < falling + level { return 0 }
    return steepness(rank - falling - level, sign: 1)
  }

  /// The size at a rank among the rising or among the falling slopes, from the flattest.
  private func steepness(_ rank: Int, sign: Int) -> Double {
    upTo.withUnsafeBufferPointer { upTo in
      let width = span + 1
      var bits = 1
      while 1 << bits <= 2 * span * span { bits += 1 }
      // Pairs at least as steep as `place` on the grid are those within difference ÷ place days.
      var (below, found) = (0, reach << bits)
      while found - below > 1 {
        let place = below + (found - below) / 2
        var flatter = 0
        for difference in 1...reach {
          let row = (reach + sign * difference) * width
          let nearest = (difference << bits + place - 1) / place
          guard nearest <= span else { break }
          flatter += Int(upTo[row + span] - upTo[row + max(0, nearest - 1)])
        }
        if flatter > rank { found = place } else { below = place }
      }
      for difference in 1...reach {
        let row = (reach + sign * difference) * width
        let distance = (difference << bits + found - 1) / found
        guard distance <= span, distance > 0, difference << bits > below * distance,
          upTo[row + distance] > upTo[row + distance - 1]
        else { continue }
        return Double(difference) / Double(distance) / scale
      }
      return 0
    }
  }
}

/// Whole values at whole ascending times, each in one number: the difference of two such numbers
/// tells difference and distance at once.
private struct WholePairs {
  /// value · (span + 1) + time, both from their smallest.
  var codes: [Int32] = []
  let span: Int
  let reach: Int
  let scale: Double

  init?(_ times: UnsafeBufferPointer<Double>, _ values: UnsafeBufferPointer<Double>) {
    let n = values.count
    guard let first = times.first, let last = times.last, first <= last, last - first < 1_048_576
    else { return nil }
    for index in 0..<n {
      let time = times[index]
      guard time.rounded() == time, index == 0 || times[index - 1] <= time else { return nil }
    }
    var codes = [Int32](repeating: 0, count: n)
    var found: (low: Int, high: Int)?
    var fitting = 1.0
    codes.withUnsafeMutableBufferPointer { codes in
      guard let base = codes.baseAddress else { return }
      // Halves: the difference of two and its quotient keep their digits. Tenths would not.
      for scale in [1.0, 2] where found == nil {
        found = wholeNumbers(values, scale: scale, into: base)
        fitting = scale
      }
    }
    guard let found else { return nil }
    span = Int(last - first)
    reach = found.high - found.low
    scale = fitting
    guard reach < 1 << 16, (reach + 1) * (span + 1) < 1 << 30 else { return nil }
    for index in 0..<n {
      codes[index] =
        (codes[index] - Int32(found.low)) * Int32(span + 1) + Int32(times[index] - first)
    }
    self.codes = codes
  }
}
