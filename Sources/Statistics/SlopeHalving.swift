/// The slopes of a long column by rank, in memory of its own length.
///
/// A slope below m is an inversion of y - m t: counting inversions halves the range of slopes until
/// a few n are left, which are listed and selected from. What is listed is checked: every pair
/// counted below is flatter than the one returned, every pair left above steeper, whatever the
/// counts lost in rounding. Where very many slopes are equal but not 0, ranks are counted pair by
/// pair.
final class SlopeHalving {
  /// How many slopes there are.
  let count: Int
  private let times: [Double]
  private let values: [Double]
  private let shortest: Double
  private let largest: (time: Double, value: Double)
  /// Falling pairs and those of slope 0.
  private let signs: (falling: Int, level: Int)

  /// O(n log n).
  init(_ times: UnsafeBufferPointer<Double>, _ values: UnsafeBufferPointer<Double>) {
    // From the first time on, so that the products lose less; ascending, values within a time too.
    let first = times.min() ?? 0
    let order = times.indices.sorted {
      (times[$0], values[$0]) < (times[$1], values[$1])
    }
    let ownTimes = order.map { times[$0] - first }
    let ownValues = order.map { values[$0] }
    self.times = ownTimes
    self.values = ownValues
    shortest =
      zip(ownTimes, ownTimes.dropFirst()).lazy.map { $1 - $0 }.filter { $0 > 0 }.min() ?? 0
    largest = (
      ownTimes.last ?? 0, ownValues.reduce(0) { max($0, abs($1)) }
    )
    let n = ownTimes.count
    let tied = Ties(ownTimes).pairs
    count = n * (n - 1) / 2 - tied
    // Pairs of one reading twice are level, but have no slope.
    var same = 0
    var start = 0
    for index in 0..<n {
      if ownTimes[index] != ownTimes[start] || ownValues[index] != ownValues[start] {
        start = index
      }
      same += index - start
    }
    var copy = ownValues
    signs = (SlopeHalving.inversions(&copy), Ties(ownValues).pairs - same)
  }

  /// The slope at a rank from 0. O(n log n) for each halving.
  func slope(at rank: Int) -> Double {
    if rank >= signs.falling, rank < signs.falling + signs.level { return 0 }
    return halved(rank) ?? counted(rank)
  }

  /// Whether a pair is flatter than m, by the order of what is left of its values: exact but for
  /// pairs within `slack` of m.
  private func rest(_ m: Double) -> [Double] {
    zip(values, times).map { $0 - m * $1 }
  }

  private func slack(_ m: Double) -> Double {
    4 * Double.ulpOfOne * (largest.value + abs(m) * largest.time) / shortest
  }

  private static func inversions(_ numbers: inout [Double]) -> Int {
    numbers.withUnsafeMutableBufferPointer { numbers in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, numbers.count)) {
        countInversions(numbers, spare: $0)
      }
    }
  }

  private func below(_ m: Double) -> Int {
    var rest = rest(m)
    return SlopeHalving.inversions(&rest)
  }

  private func halved(_ rank: Int) -> Double? {
    guard var (low, high) = start(rank) else { return nil }
    var (under, upTo) = (below(low), below(high))
    let most = 8 * times.count
    var step = 0
    while upTo - under > most {
      step += 1
      let middle: Double
      if step % 3 == 0 {
        middle = low / 2 + high / 2
      } else {
        // Where the rank would lie on a line, a little to the side of it that is further away.
        let share = (Double(rank - under) + 0.5) / Double(upTo - under)
        let aside = share < 0.5 ? 0.02 : -0.02
        middle = low + (high - low) * min(0.98, max(0.02, share + aside))
      }
      guard step < 200, low < middle, middle < high, high - low > 4 * slack(middle)
      else { return nil }
      let found = below(middle)
      if found <= rank { (low, under) = (middle, found) } else { (high, upTo) = (middle, found) }
    }
    return listed(rank, low, high)
  }

  /// Two slopes around the rank, from those of some pairs.
  private func start(_ rank: Int) -> (Double, Double)? {
    guard shortest > 0 else { return nil }
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var sample: [Double] = []
    for _ in 0..<4096 {
      let (i, j) = (random(times.count), random(times.count))
      if times[i] != times[j] { sample.append((values[i] - values[j]) / (times[i] - times[j])) }
    }
    guard sample.count > 16 else { return nil }
    sample.sort()
    let place = Double(rank) / Double(count) * Double(sample.count)
    let reach = 3 * Double(sample.count).squareRoot() / 2 + 2
    var low = sample[max(0, min(sample.count - 1, Int(place - reach)))]
    var high = sample[max(0, min(sample.count - 1, Int(place + reach) + 1))]
    var step = max(high - low, abs(low) * 1e-9, abs(high) * 1e-9, 1e-300)
    while low.isFinite, below(low) > rank {
      low -= step
      step *= 4
    }
    while high.isFinite, below(high) <= rank {
      high += step
      step *= 4
    }
    return low.isFinite && high.isFinite ? (low, high) : nil
  }

  /// Lists the slopes between two and takes the one at the rank; nil when that cannot be vouched
  /// for.
  private func listed(_ rank: Int, _ low: Double, _ high: Double) -> Double? {
    let (outerLow, outerHigh) = (low - slack(low), high + slack(high))
    let (left, right) = (rest(outerLow), rest(outerHigh))
    var copy = left
    let under = SlopeHalving.inversions(&copy)
    // In the order of what is left at the lower slope, the pairs between are the inversions of what
    // is left at the upper.
    let order = left.indices.sorted { (left[$0], $0) < (left[$1], $1) }
    var slopes: [Double] = []
    let isWhole = InvertedPairs.each(order.map { ($0, right[$0]) }, most: 64 * times.count) {
      let (earlier, later) = ($0, $1)
      let span = times[later] - times[earlier]
      if span > 0 { slopes.append((values[later] - values[earlier]) / span) }
    }
    guard isWhole, rank >= under, rank - under < slopes.count else { return nil }
    let found = SelectedList(slopes).select(rank - under)
    return found >= low && found <= high ? found : nil
  }

  /// Bit by bit, every pair looked at each time: slow, but right whatever the columns. O(n²).
  private func counted(_ rank: Int) -> Double {
    var (low, high): (UInt64, UInt64) = (0, .max)
    while low < high {
      let middle = low + (high - low) / 2
      let bound = Keyed(key: middle, index: 0).value
      if bound.isNaN {
        // Beyond the infinities.
        if middle < 1 << 62 { low = middle + 1 } else { high = middle }
        continue
      }
      if upTo(bound) > rank { high = middle } else { low = middle + 1 }
    }
    return Keyed(key: low, index: 0).value
  }

  private func upTo(_ bound: Double) -> Int {
    times.withUnsafeBufferPointer { times in
      values.withUnsafeBufferPointer { values in
        var total = 0
        for later in times.indices {
          var own = 0
          for earlier in 0..<later {
            let span = times[later] - times[earlier]
            let isFlatter = (values[later] - values[earlier]) / span <= bound
            own += isFlatter && span > 0 ? 1 : 0
          }
          total += own
        }
        return total
      }
    }
  }
}

/// The pairs of a sequence that stand in falling order, one by one.
private enum InvertedPairs {
  /// Calls `found` with the names of the two of each such pair, the left one first.
  ///
  /// - Returns: false when there are more than `most`, and not all were named. O(n log n + pairs).
  static func each(
    _ sequence: [(name: Int, value: Double)], most: Int, _ found: (Int, Int) -> Void
  ) -> Bool {
    var from = sequence
    var to = sequence
    var named = 0
    var width = 1
    while width < from.count {
      for start in stride(from: 0, to: from.count, by: 2 * width) {
        let (middle, end) = (min(from.count, start + width), min(from.count, start + 2 * width))
        var (left, right) = (start, middle)
        for place in start..<end {
          if left < middle, right >= end || from[left].value <= from[right].value {
            to[place] = from[left]
            left += 1
          } else {
            for other in left..<middle { found(from[other].name, from[right].name) }
            named += middle - left
            if named > most { return false }
            to[place] = from[right]
            right += 1
          }
        }
      }
      swap(&from, &to)
      width *= 2
    }
    return true
  }
}
