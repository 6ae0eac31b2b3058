import CKernels

/// Eight running sums: value i belongs to lane i mod 8 whatever the processor, so that a figure has
/// the same bits on every machine and with any number of threads.
typealias Lanes = SIMD8<Double>

/// The two ways of the same sums.
enum LaneWidth {
  /// What every processor has.
  case plain
  /// C compiled for AVX2; the same lanes in the same order, bit for bit.
  case wide

  /// The widest that this processor has.
  static let widest: LaneWidth = lumbar_has_avx2() ? .wide : .plain
}

/// A sum in two parts: the second is what the additions of the first lost.
struct CarriedSum {
  var high = 0.0
  var low = 0.0

  /// Infinite when the values are; what was lost is then no number.
  var value: Double { low.isFinite ? high + low : high }

  /// Adds a value (Knuth's two-sum: no branch). O(1).
  mutating func add(_ value: Double) {
    let next = high + value
    let part = next - high
    low += (high - (next - part)) + (value - part)
    high = next
  }

  init() {}

  /// The sum of eight lanes and of what they lost, halves first.
  init(_ sums: Lanes, _ lost: Lanes) {
    let left = sums.lowHalf
    let right = sums.highHalf
    let four = left + right
    let partFour = four - left
    var rest = (left - (four - partFour)) + (right - partFour)
    rest += lost.lowHalf + lost.highHalf
    let two = four.lowHalf + four.highHalf
    let partTwo = two - four.lowHalf
    var restTwo = (four.lowHalf - (two - partTwo)) + (four.highHalf - partTwo)
    restTwo += rest.lowHalf + rest.highHalf
    high = two[0]
    low = restTwo[0] + restTwo[1]
    add(two[1])
  }
}

/// The sum of lanes, halves first.
@inline(__always) func total(_ lanes: Lanes) -> Double {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}

@inline(__always) private func lanes(_ base: UnsafePointer<Double>, _ index: Int) -> Lanes {
  UnsafeRawPointer(base + index).loadUnaligned(as: Lanes.self)
}

/// The last values, filled up with one that changes nothing.
@inline(__always) private func rest(
  _ base: UnsafePointer<Double>, _ index: Int, _ count: Int, _ padding: Double
) -> Lanes {
  var lanes = Lanes(repeating: padding)
  for lane in 0..<count - index { lanes[lane] = base[index + lane] }
  return lanes
}

/// Adds lanes and keeps what the addition loses.
@inline(__always) private func add(_ value: Lanes, _ sum: inout Lanes, _ lost: inout Lanes) {
  let next = sum + value
  let part = next - sum
  lost += (sum - (next - part)) + (value - part)
  sum = next
}

/// The sum of a column with the rounding error of every addition carried along. O(n).
func laneSum(_ base: UnsafePointer<Double>, _ count: Int, _ width: LaneWidth = .widest)
  -> CarriedSum
{
  if width == .wide {
    var out = (Lanes(), Lanes())
    withUnsafeMutableBytes(of: &out) {
      lumbar_lane_sum(base, count, $0.baseAddress?.assumingMemoryBound(to: Double.self))
    }
    return CarriedSum(out.0, out.1)
  }
  var sum = Lanes()
  var lost = Lanes()
  var index = 0
  while index + 8 <= count {
    add(lanes(base, index), &sum, &lost)
    index += 8
  }
  if index < count { add(rest(base, index, count, 0), &sum, &lost) }
  return CarriedSum(sum, lost)
}

/// Sums of the distances from a centre and of their squares, the latter with rounding errors
/// carried along. O(n).
func laneSquares(
  _ base: UnsafePointer<Double>, _ count: Int, center: Double, _ width: LaneWidth = .widest
) -> (sum: Double, squares: CarriedSum) {
  if width == .wide {
    var out = (Lanes(), Lanes(), Lanes())
    withUnsafeMutableBytes(of: &out) {
      lumbar_lane_squares(
        base, count, center, $0.baseAddress?.assumingMemoryBound(to: Double.self))
    }
    return (total(out.0), CarriedSum(out.1, out.2))
  }
  var sum = Lanes()
  var squares = Lanes()
  var lost = Lanes()
  var index = 0
  while index + 8 <= count {
    let distance = lanes(base, index) - center
    sum += distance
    add(distance * distance, &squares, &lost)
    index += 8
  }
  if index < count {
    let distance = rest(base, index, count, center) - center
    sum += distance
    add(distance * distance, &squares, &lost)
  }
  return (total(sum), CarriedSum(squares, lost))
}

/// Sums of squares and cross products of distances from two centres, corrected for what the centres
/// lost in rounding.
struct CrossSums: Equatable {
  var xx = 0.0
  var yy = 0.0
  var xy = 0.0
}

/// The cross sums of two columns around their centres. O(n).
func laneProducts(
  _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int, centers: (Double, Double),
  _ width: LaneWidth = .widest
) -> CrossSums {
  var out = (Lanes(), Lanes(), Lanes(), Lanes(), Lanes())
  if width == .wide {
    withUnsafeMutableBytes(of: &out) {
      lumbar_lane_products(
        x, y, count, centers.0, centers.1, $0.baseAddress?.assumingMemoryBound(to: Double.self))
    }
  } else {
    var sums = (x: Lanes(), y: Lanes(), xx: Lanes(), yy: Lanes(), xy: Lanes())
    var index = 0
    while index < count {
      let isWhole = index + 8 <= count
      let dx = (isWhole ? lanes(x, index) : rest(x, index, count, centers.0)) - centers.0
      let dy = (isWhole ? lanes(y, index) : rest(y, index, count, centers.1)) - centers.1
      sums.x += dx
      sums.y += dy
      sums.xx += dx * dx
      sums.yy += dy * dy
      sums.xy += dx * dy
      index += 8
    }
    out = (sums.x, sums.y, sums.xx, sums.yy, sums.xy)
  }
  let (sumX, sumY, n) = (total(out.0), total(out.1), Double(count))
  return CrossSums(
    xx: total(out.2) - sumX * sumX / n, yy: total(out.3) - sumY * sumY / n,
    xy: total(out.4) - sumX * sumY / n)
}
