/// Mid-ranks, from 1: equal values share the mean of their ranks.
///
/// - Parameter values: dense numbers.
/// - Returns: one rank a value, multiples of a half, exact. Whole numbers, halves and tenths in a
///   small range are counted in O(n + range), others sorted in O(n).
public func midRanks(_ values: [Double]) -> [Double] {
  [Double](unsafeUninitializedCapacity: values.count) { out, count in
    values.withUnsafeBufferPointer { values in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, values.count)) { doubled in
        guard let ranks = doubled.baseAddress else { return }
        _ = doubledRanks(values, into: ranks)
        for index in values.indices { out[index] = Double(ranks[index]) / 2 }
      }
    }
    count = values.count
  }
}

/// What ties take off the variances of rank statistics, summed over groups of t equal values.
struct Ties: Equatable {
  /// Σ t(t-1)/2: tied pairs.
  var pairs = 0
  /// Σ t(t-1)(t-2).
  var triples = 0.0
  /// Σ t(t-1)(2t+5).
  var spread = 0.0

  /// Adds a group of `size` equal values.
  mutating func add(_ size: Int) {
    let t = Double(size)
    pairs += size * (size - 1) / 2
    triples += t * (t - 1) * (t - 2)
    spread += t * (t - 1) * (2 * t + 5)
  }

  init() {}

  init(_ values: [Double]) { self = values.withUnsafeBufferPointer { Ties($0) } }

  init(_ values: UnsafeBufferPointer<Double>) {
    self = withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, values.count)) {
      ranks in ranks.baseAddress.map { doubledRanks(values, into: $0) } ?? Ties()
    }
  }
}

/// Twice the mid-ranks, which are whole, and what is tied. Counted where the range allows, else
/// sorted.
///
/// - Parameter out: as many places as values.
func doubledRanks(
  _ values: UnsafeBufferPointer<Double>, into out: UnsafeMutablePointer<Int32>
) -> Ties {
  if let (low, high) = wholeNumbers(values, into: out), high - low <= 4 * values.count + 64 {
    return countedRanks(out, values.count, low: low, high: high)
  }
  return sortedRanks(values, into: out)
}

/// Whole numbers in place become twice their mid-ranks. O(n + range).
func countedRanks(_ out: UnsafeMutablePointer<Int32>, _ n: Int, low: Int, high: Int) -> Ties {
  let width = high - low + 1
  return withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { counts in
    counts.initialize(repeating: 0)
    guard let level = counts.baseAddress.map({ $0 - low }) else { return Ties() }
    for index in 0..<n { level[Int(out[index])] += 1 }
    let ties = ranksOfCounts(counts)
    for index in 0..<n { out[index] = level[Int(out[index])] }
    return ties
  }
}

/// Counts by level become twice the mid-rank of each level. O(levels).
private func ranksOfCounts(_ counts: UnsafeMutableBufferPointer<Int32>) -> Ties {
  var ties = Ties()
  var before: Int32 = 0
  for level in counts.indices {
    let size = counts[level]
    counts[level] = 2 * before + size + 1
    before += size
    if size > 1 { ties.add(Int(size)) }
  }
  return ties
}

/// Twice the mid-ranks by sorting. O(n).
func sortedRanks(
  _ values: UnsafeBufferPointer<Double>, into out: UnsafeMutablePointer<Int32>
) -> Ties {
  var ties = Ties()
  withSorted(values) { sorted in
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].key == sorted[start].key { end += 1 }
      for place in start..<end { out[Int(sorted[place].index)] = Int32(start + end + 1) }
      if end - start > 1 { ties.add(end - start) }
      start = end
    }
  }
  return ties
}

/// The sizes of groups of equal values, of two or more, ascending by value. O(n).
func tieSizes(_ values: [Double]) -> [Int] {
  var sizes: [Int] = []
  values.withUnsafeBufferPointer { values in
    withSorted(values) { sorted in
      var start = 0
      while start < sorted.count {
        var end = start + 1
        while end < sorted.count, sorted[end].key == sorted[start].key { end += 1 }
        if end - start > 1 { sizes.append(end - start) }
        start = end
      }
    }
  }
  return sizes
}

/// Whether all values are equal; also true for none.
func isConstant(_ values: [Double]) -> Bool { values.withUnsafeBufferPointer(isConstant) }

/// The same of values where they lie.
func isConstant(_ values: UnsafeBufferPointer<Double>) -> Bool {
  guard let first = values.first else { return true }
  for value in values where value != first { return false }
  return true
}
