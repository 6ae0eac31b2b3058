/// A value and where it stood.
struct Keyed {
  /// Orders as the value; 0 and -0 have one key.
  var key: UInt64
  var index: UInt32

  init(key: UInt64, index: UInt32) {
    self.key = key
    self.index = index
  }

  init(_ value: Double, _ index: Int) {
    let bits = (value + 0.0).bitPattern
    key = bits ^ (bits >> 63 == 0 ? 1 << 63 : ~0)
    self.index = UInt32(index)
  }

  /// The value that the key was made of.
  var value: Double {
    Double(bitPattern: key ^ (key >> 63 == 0 ? ~0 : 1 << 63))
  }
}

/// Hands over the values in ascending order with their places; equal ones keep their order. O(n).
func withSorted<Result>(
  _ values: UnsafeBufferPointer<Double>,
  _ use: (UnsafeMutableBufferPointer<Keyed>) throws -> Result
) rethrows -> Result {
  let n = values.count
  return try withUnsafeTemporaryAllocation(of: Keyed.self, capacity: 2 * n) { space in
    for index in 0..<n { space[index] = Keyed(values[index], index) }
    let sorted = UnsafeMutableBufferPointer(rebasing: space[..<n])
    sort(sorted, spare: UnsafeMutableBufferPointer(rebasing: space[n...]))
    return try use(sorted)
  }
}

/// Sorts by key, equal keys in the order they had.
///
/// Few are inserted one by one; more are dealt out by one digit after the other from the lowest,
/// digits that all share left out. O(n).
///
/// - Parameter spare: as much space.
func sort(_ keyed: UnsafeMutableBufferPointer<Keyed>, spare: UnsafeMutableBufferPointer<Keyed>) {
  guard keyed.count > 40 else { return insertionSort(keyed) }
  let bits = keyed.count > 20_000 ? 11 : 8
  let digits = (64 + bits - 1) / bits
  let size = 1 << bits
  let mask = UInt64(size - 1)
  let isElsewhere = withUnsafeTemporaryAllocation(of: Int32.self, capacity: digits * size) {
    counts in
    counts.initialize(repeating: 0)
    guard let table = counts.baseAddress, var from = keyed.baseAddress, var to = spare.baseAddress
    else { return false }
    let n = keyed.count
    // Not asked of the pointers: Swift 6.3 folds a comparison of two that come of one allocation
    // (https://github.com/swiftlang/swift/issues/77558) and loses what was sorted.
    var isElsewhere = false
    for index in 0..<n {
      var key = from[index].key
      for digit in 0..<digits {
        table[digit << bits + Int(key & mask)] += 1
        key >>= UInt64(bits)
      }
    }
    for digit in 0..<digits {
      let places = table + digit << bits
      let shift = UInt64(digit * bits)
      if Int(places[Int(from[0].key >> shift & mask)]) == n { continue }
      var start: Int32 = 0
      for value in 0..<size {
        let count = places[value]
        places[value] = start
        start += count
      }
      for index in 0..<n {
        let value = Int(from[index].key >> shift & mask)
        to[Int(places[value])] = from[index]
        places[value] += 1
      }
      swap(&from, &to)
      isElsewhere.toggle()
    }
    return isElsewhere
  }
  // Outside: a closure of the standard library's scratch memory must not end in a copy, which Swift
  // 6.3 turns into a jump that forgets the error register
  // (https://github.com/swiftlang/swift/issues/90477).
  guard isElsewhere, let sorted = spare.baseAddress else { return }
  keyed.baseAddress?.update(from: sorted, count: keyed.count)
}

private func insertionSort(_ keyed: UnsafeMutableBufferPointer<Keyed>) {
  guard let base = keyed.baseAddress else { return }
  for index in 1..<max(1, keyed.count) {
    let own = base[index]
    var place = index
    while place > 0, base[place - 1].key > own.key {
      base[place] = base[place - 1]
      place -= 1
    }
    base[place] = own
  }
}
