import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("Factors that the configuration names")
struct FactorLinkTests {
  /// A diary of some days with hours of sleep; an hour more goes with `effect` points of pain.
  private func log(
    _ days: Int, effect: Double, seed: UInt64, spread: Double = 1.2, level: Double = 7,
    unit: String? = "h"
  ) -> PatientLog {
    var random = SeededGenerator(seed: seed)
    var builder = LogBuilder()
    for day in 1...days {
      let slept = ((level + spread * random.normal()) * 10).rounded() / 10
      let score = 5 + effect * (slept - level) + random.normal()
      builder.pain(day, min(10, max(0, score.rounded())))
      builder.factor(day, "Sleep hours", slept, unit: unit)
      builder.factor(day, "noise", Double(random.below(10)))
      builder.factor(day, "flat", 3)
    }
    return builder.log
  }

  private func answers(_ log: PatientLog, _ days: Int, _ names: [String]) -> [FactorAnswer] {
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(days))
    return analyze(PatientTable(log, period: period, asOf: period.to), factors: names)
      .answers.links.factors
  }

  @Test(
    "a planted factor is told with its size; one that does nothing, is flat or not there is not")
  func planted() throws {
    let log = log(100, effect: -1, seed: 1)
    let found = answers(log, 100, ["sleep_hours", "noise", "flat", "steps"])
    #expect(found.map(\.code) == [.lessPain, .noneShown, .tooLittleVariation, .noData])
    let sleep = try #require(found.first)
    #expect(sleep.factor == "sleep_hours" && sleep.unit == "1 h" && sleep.shown?.lag == 0)
    #expect(abs((sleep.shown?.points ?? 0) + 1) < 0.35)
    let interval = try #require(sleep.interval)
    #expect(interval.low < -1 && -1 < interval.high && interval.high < 0)
    // Two looks passed: .0125 for the four that were named, of two questions each.
    let p = try #require(sleep.shown?.p)
    #expect(p <= 0.0125 / 4 / 2)
  }

  @Test("a factor that nobody names is never asked about, and before the first look none is")
  func unnamed() {
    let log = log(100, effect: -1, seed: 2)
    #expect(answers(log, 100, []).isEmpty)
    #expect(answers(log, 40, ["sleep_hours"]).map(\.code) == [.tooEarly])
  }

  @Test("points are of a step that days differ by: of one hour, of a thousand steps")
  func steps() throws {
    let steps = answers(
      log(100, effect: -0.001, seed: 3, spread: 2_500, level: 9_000, unit: "steps"), 100,
      ["Sleep hours"])
    #expect(steps[0].unit == "1000 steps")
    #expect(abs((steps[0].shown?.points ?? 0) + 1) < 0.35)
    let minutes = answers(
      log(100, effect: -0.05, seed: 4, spread: 30, level: 400, unit: nil), 100, ["Sleep hours"])
    #expect(minutes[0].unit == "10")
    let share = answers(
      log(100, effect: -4, seed: 4, spread: 0.3, level: 1, unit: nil), 100, ["Sleep hours"])
    #expect(share[0].unit == "0.1")
  }

  @Test("the interval leaves out 0 exactly when the link is told")
  func agreement() {
    for seed in 1...60 as ClosedRange<UInt64> {
      let effect = Double(seed % 4) * -0.35
      for found in answers(log(90, effect: effect, seed: seed), 90, ["sleep hours", "noise"]) {
        guard let interval = found.interval, let shown = found.shown else { continue }
        #expect(found.isTold == (interval.low > 0 || interval.high < 0))
        #expect(!found.isTold || (found.code == .lessPain) == (shown.points < 0))
      }
    }
  }

  @Test("factors that do nothing are told of in at most one look of twenty")
  func nothing() {
    let told = (1...200).count { seed in
      answers(log(90, effect: 0, seed: UInt64(seed)), 90, ["sleep hours", "noise"])
        .contains(where: \.isTold)
    }
    // .0125 of 200 looks are 2.5; three standard errors above that are 7.
    #expect(told <= 7, "\(told) of 200")
  }
}
