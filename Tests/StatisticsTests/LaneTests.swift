import TestSupport
import Testing

@testable import Statistics

@Suite("Lanes: wide and plain, one thread and many")
struct LaneTests {
  static let lengths = [1, 2, 7, 8, 9, 15, 16, 17, 30, 365, 1024, 1025, 2048, 2049, 5000]

  private func noise(_ n: Int, _ seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed)
    let offset = seed % 2 == 0 ? 0 : 1e7
    return (0..<n).map { _ in random.normal() * (random.below(5) == 0 ? 1e5 : 0.1) + offset }
  }

  @Test("wide gives the bits of plain", arguments: lengths)
  func widths(n: Int) throws {
    guard LaneWidth.widest == .wide else { return }
    for seed in 1...6 as ClosedRange<UInt64> {
      let (x, y) = (noise(n, seed), noise(n, seed + 10))
      try x.withUnsafeBufferPointer { x in
        try y.withUnsafeBufferPointer { y in
          let plain = try #require(Moments(x, .plain))
          #expect(Moments(x, .wide) == plain)
          #expect(CrossSums(x, y, .wide) == CrossSums(x, y, .plain))
          #expect(pearson(x, y, .wide)?.bitPattern == pearson(x, y, .plain)?.bitPattern)
          guard let base = x.baseAddress else { return }
          let sum = laneSum(base, n, .wide)
          #expect(sum.high == laneSum(base, n, .plain).high)
          #expect(sum.low == laneSum(base, n, .plain).low)
        }
      }
    }
  }

  @Test("whole numbers are found, or found missing, alike", arguments: lengths)
  func wholeNumbersOfWidths(n: Int) {
    guard LaneWidth.widest == .wide else { return }
    let odd: [Double?] = [
      nil, 0.5, -0.0, .nan, .infinity, -.infinity, 4e9, 1_073_741_824, -1_073_741_824, 5e-324,
      1e300,
    ]
    for (seed, value) in odd.enumerated() {
      var random = SeededGenerator(seed: UInt64(seed + 1))
      var values = (0..<n).map { _ in Double(random.below(40)) - 20 }
      if let value { values[random.below(n)] = value }
      func found(_ width: LaneWidth) -> [Int]? {
        var out = [Int32](repeating: 7, count: n)
        let range = values.withUnsafeBufferPointer { values in
          out.withUnsafeMutableBufferPointer { out in
            out.baseAddress.flatMap { wholeNumbers(values, scale: 1, into: $0, width) }
          }
        }
        return range.map { [$0.low, $0.high] + out.map(Int.init) }
      }
      #expect(found(.wide) == found(.plain), "\(value ?? 0)")
      if value == nil { #expect(found(.wide)?.dropFirst(2).map(Double.init) == values) }
      if value == 0.5 { #expect(found(.wide) == nil) }
    }
  }

  @Test("sums lose nothing that a sum in twice the precision would keep", arguments: lengths)
  func precision(n: Int) throws {
    let values = noise(n, 3)
    let found = try #require(Moments(values))
    // Exact sums as expansions (Shewchuk).
    let sum = exactSum(values)
    #expect(found.mean == sum / Double(n))
    #expect(found.mean == mean(values) && found.squares == sumOfSquares(values))
    let distances = values.map { $0 - found.mean }
    let rest = exactSum(distances)
    let squares = exactSum(distances.map { $0 * $0 }) - rest * rest / Double(n)
    #expect(abs((found.squares ?? -1) - squares) <= 4e-15 * squares)
  }

  /// The sum with one rounding at its end.
  private func exactSum(_ values: [Double]) -> Double {
    var parts: [Double] = []
    for value in values {
      var value = value
      var kept: [Double] = []
      for part in parts {
        let (large, small) = abs(value) > abs(part) ? (value, part) : (part, value)
        let next = large + small
        let lost = small - (next - large)
        if lost != 0 { kept.append(lost) }
        value = next
      }
      parts = kept + [value]
    }
    return parts.reversed().reduce(0, +)
  }

  @Test("infinities and ranges beyond a Double have no moments")
  func beyond() {
    #expect(Moments([]) == nil && Moments([1, .infinity]) == nil && Moments([.nan]) == nil)
    #expect(Moments([1e300, -1e300])?.mean == 0 && Moments([1e300, -1e300])?.squares == nil)
    let long = [Double](repeating: 1, count: 5000)
    #expect(Moments(long + [.infinity]) == nil && Moments(long)?.squares == 0)
    #expect(Moments(long.map { $0 * 1e200 } + [0])?.variance == nil)
    #expect(Moments([3])?.variance == nil && Moments([3])?.squares == 0)
  }

  @Test("a matrix gives each row its own figure, whatever the threads")
  func matrix() async throws {
    let (rows, columns) = (60, 90)
    var random = SeededGenerator(seed: 20)
    func values() -> [Double] {
      (0..<rows * columns).map { index in
        index < columns ? 5 : index / columns % 2 == 0 ? Double(random.below(11)) : random.normal()
      }
    }
    let (left, right) = (values(), values())
    let (x, y) = (SeriesMatrix(left, columns: columns), SeriesMatrix(right, columns: columns))
    let times = (0..<columns).map(Double.init)
    func row(_ values: [Double], _ row: Int) -> [Double] {
      Array(values[row * columns..<(row + 1) * columns])
    }
    let moments = x.moments()
    let pearsons = x.pearson(y)
    let spearmans = x.spearman(y)
    let kendalls = x.kendall(y)
    let slopes = x.senSlopes(times)
    #expect(x.rows == rows && moments.count == rows && pearsons[0] == nil && kendalls[0] == nil)
    for index in 0..<rows {
      let (own, other) = (row(left, index), row(right, index))
      #expect(moments[index] == Moments(own))
      #expect(pearsons[index] == pearson(own, other))
      #expect(spearmans[index] == spearman(own, other))
      #expect(kendalls[index]?.s == Kendall(own, other)?.s)
      #expect(slopes[index] == senSlope(times, own))
    }
    let parts = await withTaskGroup(of: (Int, [Double?], [Double?]).self) { group in
      for part in 0..<6 {
        group.addTask {
          let range = part * 10..<(part + 1) * 10
          return (part, x.pearson(y, rows: range), x.senSlopes(times, rows: range))
        }
      }
      var found: [(Int, [Double?], [Double?])] = []
      for await part in group { found.append(part) }
      return found.sorted { $0.0 < $1.0 }
    }
    #expect(parts.flatMap(\.1) == pearsons && parts.flatMap(\.2) == slopes)
  }

  @Test("a polynomial of any degree is found again, and NIST's of degree 10")
  func polynomial() throws {
    let x = (0..<40).map { 3 + Double($0) / 13 }
    let y = x.map { 2 - $0 + 0.5 * $0 * $0 * $0 }
    let fit = try #require(PolynomialFit(x, y, degree: 3))
    for (found, planted) in zip(fit.coefficients, [2, -1, 0, 0.5]) {
      #expect(abs(found - planted) < 1e-11)
    }
    #expect(PolynomialFit([1, 1, 1], [1, 2, 3], degree: 1) == nil)
    #expect(PolynomialFit([1, 2, 1, 2], [1, 2, 3, 4], degree: 2) == nil)
    #expect(PolynomialFit([], [], degree: 1) == nil)
    let document = try referenceDocument("nist/Filip")
    let filip = try #require(
      PolynomialFit(
        column(document["x"]).compactMap { $0 }, column(document["y"]).compactMap { $0 },
        degree: 10))
    let certified = try #require(document["certified"] as? [String: Any])
    let coefficients = try #require(certified["coefficients"] as? [[String: Any]])
    for (found, item) in zip(filip.coefficients, coefficients) {
      let expected = try #require(number(item["estimate"]))
      #expect(abs(found - expected) <= 1e-12 * abs(expected))
    }
    #expect(coefficients.count == 11)
  }
}
