import Foundation
import TestSupport
import Testing

@testable import Statistics

/// The methods behind what people are told, against statsmodels and scipy.
@Suite("Robust least squares and carry-over")
struct AnswerMethodTests {
  private func columns(_ value: Any?) -> [[Double]] {
    (value as? [Any] ?? []).map { column($0).compactMap { $0 } }
  }

  @Test("coefficients, HC3 covariances, leverages and what a column keeps")
  func robust() throws {
    for item in try referenceCases("hc3") {
      let id = try #require(item["id"] as? String)
      let input = try #require(item["input"] as? [String: Any])
      let output = try #require(item["output"] as? [String: Any])
      let y = column(input["y"]).compactMap { $0 }
      let given = columns(input["columns"])
      let fit = try #require(OrderedLeastSquares(given, y, leading: given.count))
      #expect(fit.degreesOfFreedom == count(output["df"]), "\(id)")
      for (key, values) in [
        ("coefficients", fit.coefficients), ("leverages", fit.leverages), ("kept", fit.keptSquares),
      ] {
        for (index, expected) in column(output[key]).enumerated() {
          expectClose(values[index], expected, 1e-11, "\(id) \(key) \(index)")
        }
      }
      let covariance = columns(output["covariance"])
      let p = column(output["p"])
      for a in 0..<3 {
        for b in 0..<3 {
          expectClose(fit.covariance(a, b), covariance[a][b], 1e-10, "\(id) covariance \(a) \(b)")
        }
        let t = fit.coefficients[a] / fit.standardError(a)
        expectClose(
          studentTwoSidedTail(t, df: Double(fit.degreesOfFreedom)), p[a], 1e-9, "\(id) p \(a)")
      }
      let reverse = try #require(output["reverse"] as? [String: Any])
      let back = try #require(
        fit.fit(of: 0, coefficient: count(input["reverse"]) ?? 0, allRows: y.count))
      expectClose(back.coefficient, number(reverse["coefficient"]), 1e-10, "\(id) reverse")
      expectClose(back.standardError, number(reverse["se"]), 1e-10, "\(id) reverse error")
      #expect(back.degreesOfFreedom == count(reverse["df"]), "\(id)")
    }
  }

  @Test("a column that others make is dropped, from the right, and moves nothing")
  func dropped() throws {
    var random = SeededGenerator(seed: 4)
    let x = (0..<40).map { _ in random.share() }
    let z = (0..<40).map { _ in random.share() }
    let y = (0..<40).map { _ in random.share() }
    let ones = [Double](repeating: 1, count: 40)
    let sum = zip(x, z).map { 2 * $0 - 3 * $1 }
    let plain = try #require(OrderedLeastSquares([x, z, ones], y, leading: 2))
    let fit = try #require(OrderedLeastSquares([x, z, ones, sum, ones], y, leading: 4))
    #expect(fit.isKept == [true, true, true, false, false])
    #expect(fit.coefficients[3] == 0 && fit.keptSquares[3] == 0 && fit.covariance(0, 3) == 0)
    for index in 0..<2 {
      #expect(fit.coefficients[index] == plain.coefficients[index])
      #expect(fit.standardError(index) == plain.standardError(index))
    }
    #expect(fit.fit(of: 0, coefficient: 1, allRows: 40) == nil)
  }

  @Test("a row that alone makes a column leaves, with what it would have said")
  func leverage() throws {
    var random = SeededGenerator(seed: 9)
    let x = (0..<30).map { _ in random.share() }
    let ones = [Double](repeating: 1, count: 30)
    let once = (0..<30).map { $0 == 12 ? 1.0 : 0 }
    let y = (0..<30).map { _ in random.share() }
    let fit = try #require(OrderedLeastSquares([x, ones, once], y, leading: 1))
    #expect(fit.rows == (0..<30).filter { $0 != 12 })
    #expect(fit.isKept == [true, true, false])
    func without(_ column: [Double]) -> [Double] { fit.rows.map { column[$0] } }
    let alone = try #require(
      OrderedLeastSquares([without(x), without(ones)], without(y), leading: 1))
    #expect(fit.coefficients[0] == alone.coefficients[0])
    #expect(fit.standardError(0) == alone.standardError(0))
    #expect(OrderedLeastSquares([x, ones, once], y, leading: 1, freedom: 28) == nil)
  }

  @Test("the average over carry-overs: weights, errors, p and half-width")
  func carryOver() throws {
    for item in try referenceCases("carry_over") {
      let id = try #require(item["id"] as? String)
      let input = try #require(item["input"] as? [String: Any])
      let output = try #require(item["output"] as? [String: Any])
      let days = column(input["day"]).compactMap { $0.map { Int($0) } }
      let span = Double(days[days.count - 1] + 1)
      let curve =
        [days.map { _ in 1.0 }, days.map { (Double($0) - span / 2) / span }]
        + (0..<(count(input["waves"]) ?? 0)).map { wave in
          days.map { cos(Double.pi * Double(wave + 1) * (Double($0) + 0.5) / span) }
        }
      let swing = try #require(
        CarryOver(days: days, values: column(input["value"]).compactMap { $0 }, curve: curve))
      func window(_ key: String) -> [Int] { column(input[key]).compactMap { $0.map { Int($0) } } }
      let errors = swing.standardErrors(baseline: window("baseline"), latest: window("latest"))
      #expect(swing.degreesOfFreedom == count(output["df"]), "\(id)")
      for (key, values) in [
        ("log_likelihood", swing.logLikelihood), ("weights", swing.weights),
        ("variances", swing.variances), ("errors", errors),
      ] {
        for (index, expected) in column(output[key]).enumerated() {
          expectClose(values[index], expected, 1e-10, "\(id) \(key) \(index)")
        }
      }
      let change = try #require(number(output["change"]))
      expectClose(swing.tails(errors: errors).p(of: change), number(output["p"]), 1e-9, "\(id) p")
      let width = swing.tails(errors: errors).halfWidth(alpha: 0.05)
      expectClose(width, number(output["half_width"]), 1e-10, "\(id) half-width")
      expectClose(swing.tails(errors: errors).p(of: width), 0.05, 1e-12, "\(id) p of half-width")
    }
  }

  @Test("the trend: p and interval averaged over carry-overs")
  func diaryTrend() throws {
    for item in try referenceCases("diary_trend") {
      let id = try #require(item["id"] as? String)
      let input = try #require(item["input"] as? [String: Any])
      let output = try #require(item["output"] as? [String: Any])
      let found = try #require(
        DiaryTrend(
          days: column(input["day"]).compactMap { $0.map { Int($0) } },
          values: column(input["value"]).compactMap { $0 },
          carriesOver: count(input["carries_over"]) == 1))
      #expect(found.s == count(output["s"]), "\(id)")
      expectClose(found.variance, number(output["variance"]), 1e-12, "\(id) variance")
      expectClose(found.slope, number(output["slope"]), 1e-12, "\(id) slope")
      expectClose(found.p, number(output["p"]), 1e-9, "\(id) p")
      let ends = column(output["interval"])
      expectClose(found.interval.low, ends[0], 1e-12, "\(id) low")
      expectClose(found.interval.high, ends[1], 1e-12, "\(id) high")
      #expect(
        [found.lowIsCut, found.highIsCut] == column(output["is_cut"]).map { $0 == 1 }, "\(id)")
    }
  }

  @Test("estimates of several people put together, and each drawn towards the mean")
  func randomEffects() throws {
    for item in try referenceCases("random_effects") {
      let id = try #require(item["id"] as? String)
      let input = try #require(item["input"] as? [String: Any])
      let output = try #require(item["output"] as? [String: Any])
      let estimates = column(input["estimate"]).compactMap { $0 }
      let variances = column(input["variance"]).compactMap { $0 }
      let pooled = try #require(RandomEffects(estimates, variances: variances))
      for (key, value) in [
        ("points", pooled.mean), ("tau2", pooled.tauSquared),
        ("se_hartung_knapp", pooled.hartungKnappError), ("se_plain", pooled.plainError),
      ] { expectClose(value, number(output[key]), 1e-9, "\(id) \(key)") }
      #expect(pooled.degreesOfFreedom == estimates.count - 1)
      #expect(pooled.standardError >= max(pooled.hartungKnappError, pooled.plainError))
      let weights = variances.map { 1 / (pooled.tauSquared + $0) }
      let lifted = pooled.tauSquared + (2 / weights.reduce(0) { $0 + $1 * $1 }).squareRoot()
      for (estimate, variance) in zip(estimates, variances) {
        let drawn = pooled.drawn(estimate, variance: variance)
        let share = lifted / (lifted + variance)
        expectClose(
          drawn.value, share * estimate + (1 - share) * pooled.mean, 1e-12, "\(id) drawn")
        #expect((estimate - drawn.value) * (drawn.value - pooled.mean) >= -1e-15, "\(id)")
        #expect(drawn.error < (variance + pooled.standardError).squareRoot())
      }
    }
    #expect(RandomEffects([1], variances: [1]) == nil)
    // Two people and one degree of freedom: t at 95 % is 12.706.
    let two = try #require(RandomEffects([-0.5, -1.25], variances: [0.04, 0.0625]))
    let width = (two.interval(alpha: 0.05).high - two.mean) / two.standardError
    expectClose(width, 12.706204736174694, 1e-9, "width")
  }

  @Test("a slope between columns that both have ties has Kendall's variance, never an empty width")
  func tiesOnBothSides() throws {
    // With ties on one side alone taken into account the variance is -74.
    let pain: [Double] = [
      3, 5, 3, 3, 5, 3, 3, 3, 5, 3, 3, 3, 5, 3, 4, 3, 4, 3, 3, 3, 3, 4, 3, 3,
    ]
    var minutes = [Double](repeating: 0, count: 24)
    (minutes[1], minutes[12], minutes[23]) = (10, 10, 20)
    let found = try #require(senInterval(minutes, pain))
    #expect([found.low, found.slope, found.high] == [0, 0.1, 0.2])
  }

  @Test("a diary without any swing has no width, and a change in it no doubt")
  func noSwing() throws {
    let days = Array(0..<40)
    let curve = [days.map { _ in 1.0 }, days.map { Double($0) }]
    let swing = try #require(
      CarryOver(days: days, values: days.map { 8 - Double($0) / 8 }, curve: curve))
    let errors = swing.standardErrors(baseline: Array(0..<7), latest: Array(33..<40))
    #expect(swing.tails(errors: errors).halfWidth(alpha: 0.05) < 1e-12)
    #expect(swing.tails(errors: errors).p(of: -4) < 1e-12)
    #expect(swing.tails(errors: errors).p(of: 0) == 1)
    #expect(CarryOver(days: [0, 1], values: [1, 2], curve: [[1, 1], [0, 1]]) == nil)
  }
}
