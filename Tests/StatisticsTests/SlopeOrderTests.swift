import TestSupport
import Testing

@testable import Statistics

/// Every way to a slope of a rank against all slopes sorted.
@Suite("Slopes by rank")
struct SlopeOrderTests {
  private struct Readings {
    var times: [Double] = []
    var values: [Double] = []

    init(_ n: Int, seed: UInt64, gaps: Bool, value: (Int, inout SeededGenerator) -> Double) {
      var random = SeededGenerator(seed: seed)
      var day = 19_000
      for index in 0..<n {
        day += gaps && random.below(4) == 0 ? 1 + random.below(3) : 1
        times.append(Double(day))
        values.append(value(index, &random))
      }
    }
  }

  private static func buffers<Result>(
    _ readings: Readings,
    _ use: (UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>) -> Result
  ) -> Result {
    readings.times.withUnsafeBufferPointer { times in
      readings.values.withUnsafeBufferPointer { use(times, $0) }
    }
  }

  private static let kinds: [@Sendable (Int, inout SeededGenerator) -> Double] = [
    { Double(5 + ($1.below(11) + $0 / 20) % 6) }, { _, random in Double(random.below(21)) / 2 },
    { Double($0 / 7) + Double($1.below(3)) }, { _, _ in 4 }, { -Double($0) + 0 * $1.share() },
    { _, random in Double(random.below(2)) },
  ]

  @Test("counted slopes, every rank", arguments: 0..<6)
  func counted(kind: Int) throws {
    for (n, gaps) in [(130, false), (140, true)] {
      let readings = Readings(n, seed: 4, gaps: gaps, value: SlopeOrderTests.kinds[kind])
      let sorted = pairSlopes(readings.times, readings.values)
      guard let counts = SlopeOrderTests.buffers(readings, { SlopeCounts($0, $1) }) else {
        // Too many cells for so few pairs.
        #expect(kind == 4)
        continue
      }
      #expect(counts.count == sorted.count)
      for rank in Array(stride(from: 0, to: sorted.count, by: 11)) + [sorted.count - 1] {
        #expect(counts.slope(at: rank) == sorted[rank], "\(rank)")
      }
    }
  }

  @Test("readings of one time have no slope between them")
  func oneTime() {
    var readings = Readings(120, seed: 8, gaps: false) { _, random in Double(random.below(5)) }
    for index in 0..<60 { readings.times[2 * index + 1] = readings.times[2 * index] }
    let sorted = pairSlopes(readings.times, readings.values)
    let found = SlopeOrderTests.buffers(readings) { times, values in
      (SlopeCounts(times, values), SlopeHalving(times, values))
    }
    #expect(found.0?.count == sorted.count && found.1.count == sorted.count)
    for rank in stride(from: 0, to: sorted.count, by: 13) {
      #expect(found.0?.slope(at: rank) == sorted[rank])
      #expect(found.1.slope(at: rank) == sorted[rank])
    }
    readings.times = readings.times.map { _ in 3 }
    #expect(senSlope(readings.times, readings.values) == nil)
    #expect(senInterval(readings.times, readings.values) == nil)
  }

  @Test("what cannot be counted is not: other numbers, times that fall, long spans")
  func notCounted() {
    let whole = (0..<60).map(Double.init)
    let ordinal = whole.map { Double(Int($0) % 7) }
    func counts(_ times: [Double], _ values: [Double]) -> SlopeCounts? {
      times.withUnsafeBufferPointer { times in
        values.withUnsafeBufferPointer { SlopeCounts(times, $0) }
      }
    }
    #expect(counts(whole, ordinal) != nil)
    #expect(counts(whole, ordinal.map { $0 / 10 }) == nil)
    #expect(counts(whole.map { $0 + 0.5 }, ordinal) == nil)
    #expect(counts(whole.reversed(), ordinal) == nil)
    #expect(counts(whole.map { $0 * 1e4 }, ordinal) == nil)
    #expect(counts([], []) == nil && counts([1], [1]) == nil)
  }

  @Test("selected from a list: any ranks in any order", arguments: 1...6)
  func selected(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let isOrdinal = seed % 2 == 0
    let numbers = (0..<700).map { _ in
      isOrdinal ? Double(random.below(9)) : random.normal()
    }
    let sorted = numbers.sorted()
    let list = SelectedList(numbers)
    for _ in 0..<80 {
      let rank = random.below(700)
      #expect(list.select(rank) == sorted[rank])
    }
    #expect(SelectedList([2]).select(0) == 2)
  }

  @Test("halved by slope: continuous, with a trend, with ties, mixed sizes", arguments: 1...6)
  func halved(seed: Int) {
    let readings = Readings(400, seed: UInt64(seed), gaps: seed % 2 == 0) { index, random in
      switch seed {
      case 1: random.normal()
      case 2: random.normal() + 0.3 * Double(index)
      case 3: Double(random.below(11))
      case 4: (random.normal() * 10).rounded() / 10
      case 5: random.normal() * (random.below(20) == 0 ? 1e9 : 1)
      default: random.normal() * 1e-200
      }
    }
    let sorted = pairSlopes(readings.times, readings.values)
    let halving = SlopeOrderTests.buffers(readings) { SlopeHalving($0, $1) }
    #expect(halving.count == sorted.count)
    let middle = sorted.count / 2
    for rank in [0, 1, 100, middle - 1000, middle - 1, middle, middle + 1000, sorted.count - 1] {
      #expect(halving.slope(at: rank) == sorted[rank], "\(rank)")
    }
  }

  @Test("very many equal slopes that are not 0")
  func plateau() {
    let readings = Readings(300, seed: 1, gaps: false) { index, random in
      random.below(10) == 0 ? 0 : Double(index) / 3
    }
    let sorted = pairSlopes(readings.times, readings.values)
    let halving = SlopeOrderTests.buffers(readings) { SlopeHalving($0, $1) }
    for rank in [sorted.count / 2, sorted.count / 2 + 1000] {
      #expect(halving.slope(at: rank) == sorted[rank])
    }
  }

  @Test("the slope of a long column, and its interval")
  func long() throws {
    var random = SeededGenerator(seed: 12)
    let n = 2500
    let times = (0..<n).map(Double.init)
    let values = times.map { 0.01 * $0 + random.normal() }
    let sorted = pairSlopes(times, values)
    let found = try #require(senInterval(times, values))
    #expect(found.pairs == sorted.count)
    #expect(found.slope == median(sorted: sorted))
    #expect(sorted.contains(found.low) && sorted.contains(found.high))
    #expect(found.low < found.slope && found.slope < found.high)
    let ordinal = values.map { ($0 / 3).rounded() }
    #expect(senSlope(times, ordinal) == median(sorted: pairSlopes(times, ordinal)))
  }
}
