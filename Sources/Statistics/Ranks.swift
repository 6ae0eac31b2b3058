/// Mid-ranks, from 1: equal values share the mean of their ranks.
///
/// - Parameter values: dense numbers.
/// - Returns: one rank a value, multiples of a half, exact. Complexity: O(n log n).
public func midRanks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    let shared = Double(start + end + 1) / 2
    for position in start..<end { ranks[order[position]] = shared }
    start = end
  }
  return ranks
}

/// The sizes of groups of equal values, of two or more, ascending by value. O(n log n).
func tieSizes(_ values: [Double]) -> [Int] {
  let sorted = values.sorted()
  var sizes: [Int] = []
  var start = 0
  while start < sorted.count {
    var end = start + 1
    while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
    if end - start > 1 { sizes.append(end - start) }
    start = end
  }
  return sizes
}

/// Whether all values are equal; also true for none.
func isConstant(_ values: [Double]) -> Bool { values.allSatisfy { $0 == values[0] } }
