import Foundation
import Testing

@testable import Statistics

/// The two methods of the reports, every step against its reference.
@Suite("Recommended methods")
struct RecommendedTests {
  private struct Diary {
    var id: String
    var days: [Int]
    var x: [Double]
    var y: [Double]
    var output: [String: Any]
  }

  private func diaries() throws -> [Diary] {
    try referenceCases("recommended").map { item in
      let input = try #require(item["input"] as? [String: Any])
      let x = column(input["x"])
      let y = column(input["y"])
      let days = column(input["day"]).map { Int($0 ?? 0) }
      let kept = days.indices.filter { x[$0] != nil && y[$0] != nil }
      return Diary(
        id: item["id"] as? String ?? "", days: kept.map { days[$0] },
        x: kept.compactMap { x[$0] }, y: kept.compactMap { y[$0] },
        output: try #require(item["output"] as? [String: Any]))
    }
  }

  @Test("the association with a line and with a parabola taken out", arguments: [1, 2])
  func association(_ q: Int) throws {
    for diary in try diaries() {
      guard let expected = diary.output["association_q\(q)"] as? [String: Any] else { continue }
      let result = DiaryAssociation(days: diary.days, x: diary.x, y: diary.y, q: q)
      if number(expected["r"]) == nil {
        #expect(result == nil, "\(diary.id)")
        continue
      }
      let found = try #require(result)
      #expect(found.n == count(expected["n"]))
      #expect(found.consecutivePairs == count(expected["consecutive_pairs"]))
      for (key, value) in [
        ("r", found.r), ("a_x", found.aX), ("a_y", found.aY), ("b_x", found.bX), ("b_y", found.bY),
        ("n_eff", found.effectiveN), ("df", found.degreesOfFreedom), ("t", found.t),
      ] { expectClose(value, number(expected[key]), 1e-12, "\(diary.id) \(key)") }
      expectClose(found.p, number(expected["p"]), 1e-9, "\(diary.id) p")
      let ends = column(expected["ci95"])
      expectClose(found.interval?.low, ends[0], 1e-9, "\(diary.id) low")
      expectClose(found.interval?.high, ends[1], 1e-9, "\(diary.id) high")
    }
  }

  @Test("the trend with one estimate of the carry-over")
  func trend() throws {
    for diary in try diaries() {
      let expected = try #require(diary.output["trend_y"] as? [String: Any])
      let found = try #require(SingleCarryOverTrend(days: diary.days, values: diary.y))
      #expect(found.n == count(expected["n"]))
      #expect(found.s == count(expected["s"]))
      for (key, value) in [
        ("var_s", found.variance), ("slope", found.slope), ("a", found.a), ("b", found.b),
        ("inflation", found.inflation), ("z", found.z),
      ] { expectClose(value, number(expected[key]), 1e-12, "\(diary.id) \(key)") }
      expectClose(found.p, number(expected["p"]), 1e-9, "\(diary.id) p")
      let ends = column(expected["slope_ci95"])
      expectClose(found.interval.low, ends[0], 1e-9, "\(diary.id) low")
      expectClose(found.interval.high, ends[1], 1e-9, "\(diary.id) high")
    }
  }

  @Test("a constant side, and a side that is nothing but time, are undefined and never r = 0")
  func constantSides() {
    let days = Array(0..<30)
    let line = days.map(Double.init)
    let mixed = days.map { Double($0 * 7 % 11) }
    let flat = [Double](repeating: 3, count: 30)
    #expect(DiaryAssociation(days: days, x: flat, y: mixed, q: 1) == nil)
    #expect(DiaryAssociation(days: days, x: mixed, y: flat, q: 1) == nil)
    #expect(DiaryAssociation(days: days, x: line, y: mixed, q: 1) == nil)
    #expect(DiaryAssociation(days: [], x: [], y: [], q: 1) == nil)
    let trend = DiaryTrend(days: days, values: flat)
    #expect(trend?.p == 1 && trend?.slope == 0)
  }

  @Test(
    "laws: monotone scales change nothing, exchanging sides changes nothing, turning one round turns r"
  )
  func laws() throws {
    var state: UInt64 = 99
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double((state >> 33) % 11)
    }
    for _ in 0..<20 {
      let days = (0..<80).filter { _ in random() > 1 }
      let x = days.map { _ in random() * 5 }
      let y = days.map { _ in random() }
      let plain = try #require(DiaryAssociation(days: days, x: x, y: y, q: 1))
      let scaled = try #require(
        DiaryAssociation(days: days.map { $0 + 700 }, x: x.map { $0 * $0 + 1 }, y: y, q: 1))
      expectClose(scaled.r, plain.r, 1e-9, "scaled")
      let swapped = try #require(DiaryAssociation(days: days, x: y, y: x, q: 1))
      expectClose(swapped.r, plain.r, 1e-9, "swapped")
      expectClose(swapped.p, plain.p, 1e-9, "swapped p")
      let turned = try #require(DiaryAssociation(days: days, x: x, y: y.map { -$0 }, q: 1))
      expectClose(turned.r, -plain.r, 1e-9, "turned")
      let trend = try #require(DiaryTrend(days: days, values: y))
      let falling = try #require(DiaryTrend(days: days, values: y.map { 3 - 2 * $0 }))
      #expect(falling.slope == -2 * trend.slope)
      expectClose(falling.p, trend.p, 1e-12, "falling")
    }
  }
}
