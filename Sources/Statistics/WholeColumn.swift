import CKernels

/// Adding this number leaves the nearest whole number in the lowest bits.
private let roundingShift = 6_755_399_441_055_744.0

/// Whole numbers in the place of a column's values, where there are such: values × scale. They
/// order and tie as the values do, and can be counted instead of sorted.
///
/// - Parameters:
///   - values: dense.
///   - scale: 1, or what turns the values into whole numbers.
///   - out: as many places.
/// - Returns: the smallest and the largest whole number; nil when a value is none, or beyond 2³⁰.
///   O(n).
func wholeNumbers(
  _ values: UnsafeBufferPointer<Double>, scale: Double, into out: UnsafeMutablePointer<Int32>,
  _ width: LaneWidth = .widest
) -> (low: Int, high: Int)? {
  if scale == 1, width == .wide, let base = values.baseAddress, !values.isEmpty {
    var range = (Int32(0), Int32(0))
    let isWhole = withUnsafeMutableBytes(of: &range) {
      lumbar_lane_whole(
        base, values.count, out, $0.baseAddress?.assumingMemoryBound(to: Int32.self))
    }
    guard isWhole, range.0 > -(1 << 30), range.1 < 1 << 30 else { return nil }
    return (Int(range.0), Int(range.1))
  }
  // A power of two scales without rounding, and what is whole then is so without a division.
  if scale == 1 { return wholeNumbers(values, 1, into: out) { whole, value in whole == value } }
  if scale == 2 { return wholeNumbers(values, 2, into: out) { whole, value in whole == value * 2 } }
  return wholeNumbers(values, scale, into: out) { whole, value in whole / scale == value }
}

/// - Parameter isValue: whether a value is this whole number of parts.
@inline(__always)
private func wholeNumbers(
  _ values: UnsafeBufferPointer<Double>, _ scale: Double, into out: UnsafeMutablePointer<Int32>,
  _ isValue: (_ whole: Double, _ value: Double) -> Bool
) -> (low: Int, high: Int)? {
  guard let base = values.baseAddress, !values.isEmpty else { return nil }
  var low = Int32.max
  var high = Int32.min
  var start = 0
  // By pieces, so that a column of other numbers is soon known to be one.
  while start < values.count {
    let end = min(values.count, start + 128)
    var odd: Int32 = 0
    for index in start..<end {
      let bits = (base[index] * scale + roundingShift).bitPattern
      let whole = Int32(truncatingIfNeeded: bits)
      out[index] = whole
      odd |= isValue(Double(whole), base[index]) ? 0 : 1
      low = min(low, whole)
      high = max(high, whole)
    }
    if odd != 0 { return nil }
    start = end
  }
  guard low > -(1 << 30), high < 1 << 30 else { return nil }
  return (Int(low), Int(high))
}

/// The same with the first of the scales that fits: whole numbers, halves, tenths.
///
/// - Returns: nil when none does.
func wholeNumbers(
  _ values: UnsafeBufferPointer<Double>, into out: UnsafeMutablePointer<Int32>
) -> (low: Int, high: Int)? {
  guard let first = values.first else { return nil }
  // A scale that does not fit the first value is not tried on the others.
  for scale in [1.0, 2, 10] where (first * scale).rounded() / scale == first {
    if let range = wholeNumbers(values, scale: scale, into: out) { return range }
  }
  return nil
}
