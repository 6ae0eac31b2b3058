/// How many pairs stand in falling order, equal ones not counted; the codes are sorted on the way.
///
/// Runs of eight are inserted one by one, then merged. O(n log n).
///
/// - Parameter spare: as much space.
func countInversions<Code: Comparable>(
  _ codes: UnsafeMutableBufferPointer<Code>, spare: UnsafeMutableBufferPointer<Code>
) -> Int {
  guard var from = codes.baseAddress, var to = spare.baseAddress else { return 0 }
  let n = codes.count
  var inversions = 0
  let run = 8
  for start in stride(from: 0, to: n, by: run) {
    for index in start + 1..<max(start + 1, min(n, start + run)) {
      let own = from[index]
      var place = index
      while place > start, from[place - 1] > own {
        from[place] = from[place - 1]
        place -= 1
      }
      from[place] = own
      inversions += index - place
    }
  }
  // A flag, not a comparison of pointers, as in sort(_:spare:).
  var isElsewhere = false
  var width = run
  while width < n {
    for start in stride(from: 0, to: n, by: 2 * width) {
      let (middle, end) = (min(n, start + width), min(n, start + 2 * width))
      inversions += merge(from, to, start, middle, end)
    }
    swap(&from, &to)
    isElsewhere.toggle()
    width *= 2
  }
  if isElsewhere { codes.baseAddress?.update(from: from, count: n) }
  return inversions
}

/// Merges two sorted runs and counts how many of the left stand above each of the right.
@inline(__always)
private func merge<Code: Comparable>(
  _ from: UnsafeMutablePointer<Code>, _ to: UnsafeMutablePointer<Code>, _ start: Int,
  _ middle: Int, _ end: Int
) -> Int {
  var (left, right, place) = (start, middle, start)
  var inversions = 0
  while left < middle, right < end {
    // No branch on the order: it is as good as random.
    let takesRight = from[right] < from[left]
    to[place] = takesRight ? from[right] : from[left]
    inversions += takesRight ? middle - left : 0
    right += takesRight ? 1 : 0
    left += takesRight ? 0 : 1
    place += 1
  }
  while left < middle {
    to[place] = from[left]
    (left, place) = (left + 1, place + 1)
  }
  while right < end {
    to[place] = from[right]
    (right, place) = (right + 1, place + 1)
  }
  return inversions
}
