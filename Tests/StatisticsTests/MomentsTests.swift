import Statistics
import Testing

@Suite("Moments")
struct MomentsTests {
  @Test("the mean of nothing is absent")
  func meanOfNothing() {
    #expect(mean([]) == nil)
  }

  @Test("the mean of one value is the value")
  func meanOfOne() {
    #expect(mean([3.7]) == 3.7)
  }

  @Test("hand values")
  func handValues() {
    #expect(mean([1, 2, 3, 4]) == 2.5)
    #expect(mean([-1, 1]) == 0)
    #expect(mean([10, 10, 10, 2]) == 8)
  }

  @Test("a large offset is not lost (the idea of NIST's NumAcc3)")
  func largeOffset() {
    let values =
      [1_000_000.2]
      + [Double](repeating: 0, count: 1_000).enumerated().map {
        $0.offset % 2 == 0 ? 1_000_000.1 : 1_000_000.3
      }
    #expect(abs((mean(values) ?? 0) - 1_000_000.2) < 1e-9)
  }

  @Test("shifting, scaling and reversing do what they must")
  func laws() throws {
    var state: UInt64 = 7
    let values: [Double] = (0..<101).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / 1_000
    }
    let plain = try #require(mean(values))
    #expect(abs(try #require(mean(values.map { $0 + 17 })) - plain - 17) < 1e-9)
    #expect(abs(try #require(mean(values.map { $0 * -3 })) + 3 * plain) < 1e-8)
    #expect(abs(try #require(mean(values.reversed())) - plain) < 1e-10)
  }

  @Test("infinity gives no mean")
  func infinity() {
    #expect(mean([1, .infinity]) == nil)
    #expect(mean([.nan, 1]) == nil)
  }
}
