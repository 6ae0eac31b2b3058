/// The slopes of all pairs of readings at different times, by rank, without sorting them all.
///
/// Few are listed and selected from. Whole numbers at whole ascending times are counted by distance
/// and difference; long columns are halved by slope, with the inversions of what is left counted.
struct SlopeOrder {
  /// How many slopes there are.
  let count: Int
  private let way: Way

  private enum Way {
    case listed(SelectedList)
    case counted(SlopeCounts)
    case halved(SlopeHalving)
  }

  /// The most readings whose slopes are listed.
  static let mostListed = 2000
  /// Readings from which on counting is quicker than listing.
  static let fewestCounted = 48

  /// - Parameters:
  ///   - times: any order.
  ///   - values: as many.
  init(_ times: UnsafeBufferPointer<Double>, _ values: UnsafeBufferPointer<Double>) {
    if values.count >= SlopeOrder.fewestCounted, let counts = SlopeCounts(times, values) {
      way = .counted(counts)
      count = counts.count
    } else if values.count <= SlopeOrder.mostListed {
      let list = SelectedList(slopesOf: times, values)
      way = .listed(list)
      count = list.count
    } else {
      let halving = SlopeHalving(times, values)
      way = .halved(halving)
      count = halving.count
    }
  }

  /// The same of columns.
  init(_ times: [Double], _ values: [Double]) {
    self = times.withUnsafeBufferPointer { times in
      values.withUnsafeBufferPointer { SlopeOrder(times, $0) }
    }
  }

  /// The slope at a rank from 0.
  func slope(at rank: Int) -> Double {
    switch way {
    case .counted(let counts): return counts.slope(at: rank)
    case .halved(let halving): return halving.slope(at: rank)
    case .listed(let list): return list.select(rank)
    }
  }

  /// The median slope, the mean of the two in the middle of an even count; nil for none.
  func median() -> Double? {
    guard count > 0 else { return nil }
    let middle = slope(at: count / 2)
    return count % 2 == 1 ? middle : (slope(at: count / 2 - 1) + middle) / 2
  }

  /// The slopes at the ranks (N - w)/2 - 1 and (N + w)/2, rounded half to even and kept inside.
  ///
  /// - Returns: the two slopes, and whether either rank fell off its end, so that the bound is only
  ///   the extreme slope.
  func bounds(width: Double) -> (
    low: Double, high: Double, lowIsCut: Bool, highIsCut: Bool
  ) {
    let all = Double(count)
    let lower = Int(((all - width) / 2).rounded(.toNearestOrEven)) - 1
    let upper = Int(((all + width) / 2).rounded(.toNearestOrEven))
    return (
      slope(at: max(lower, 0)), slope(at: min(upper, count - 1)), lower < 0, upper > count - 1
    )
  }
}

/// Numbers of which some are wanted by rank: quickselect that keeps what it has put in order.
final class SelectedList {
  private var numbers: [Double]
  /// Ranks that hold their number, all smaller ones before and all larger ones after; ascending.
  private var fixed: [Int] = []

  /// How many.
  var count: Int { numbers.count }

  init(_ numbers: [Double]) { self.numbers = numbers }

  /// The slopes of all pairs at different times. O(n²).
  convenience init(
    slopesOf times: UnsafeBufferPointer<Double>, _ values: UnsafeBufferPointer<Double>
  ) {
    let n = times.count
    let most = n * max(n - 1, 0) / 2
    self.init(
      [Double](unsafeUninitializedCapacity: most) { out, count in
        for later in 0..<n {
          let (time, value) = (times[later], values[later])
          for earlier in 0..<later {
            let span = time - times[earlier]
            out[count] = (value - values[earlier]) / span
            count += span != 0 ? 1 : 0
          }
        }
      })
  }

  /// The number at a rank from 0. O(n), less for ranks beside earlier ones.
  func select(_ rank: Int) -> Double {
    let above = fixed.firstIndex { $0 >= rank } ?? fixed.count
    if above < fixed.count, fixed[above] == rank { return numbers[rank] }
    let low = above > 0 ? fixed[above - 1] + 1 : 0
    let high = above < fixed.count ? fixed[above] - 1 : numbers.count - 1
    numbers.withUnsafeMutableBufferPointer { quickselect($0, rank, low, high) }
    fixed.insert(rank, at: above)
    return numbers[rank]
  }
}

/// Puts the number of a rank into its place, smaller ones before it and larger ones after it
/// (Hoare).
private func quickselect(
  _ numbers: UnsafeMutableBufferPointer<Double>, _ rank: Int, _ low: Int, _ high: Int
) {
  guard let base = numbers.baseAddress else { return }
  var (low, high) = (low, high)
  while high > low {
    let pivot = pivot(base, low, high)
    var (left, right) = (low, high)
    while left <= right {
      while left < high, base[left] < pivot { left += 1 }
      while right > low, base[right] > pivot { right -= 1 }
      guard left <= right else { break }
      let kept = base[left]
      base[left] = base[right]
      base[right] = kept
      left += 1
      right -= 1
    }
    if rank <= right {
      high = right
    } else if rank >= left {
      low = left
    } else {
      return
    }
  }
}

/// The median of three, or of three such medians.
private func pivot(_ base: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) -> Double {
  func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
  let middle = low + (high - low) / 2
  guard high - low > 200 else { return median(base[low], base[middle], base[high]) }
  let step = (high - low) / 8
  func three(_ center: Int) -> Double {
    median(base[center - step], base[center], base[center + step])
  }
  return median(three(low + step), three(middle), three(high - step))
}
