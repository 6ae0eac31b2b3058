import Columns
import Records
import Statistics
import TestSupport
import Testing

@testable import Analysis

@Suite("What goes with what")
struct AssociationTests {
  private func finding(_ days: Int, _ build: (inout LogBuilder) -> Void) -> AssociationFinding {
    var builder = LogBuilder()
    build(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(days))
    return AssociationAnalysis().find(
      in: PatientTable(builder.log, period: period, asOf: period.to))
  }

  /// A diary with carry-over from day to day, 15 % of the days missing, and an effect of minutes on
  /// the pain of the same day.
  private func diary(_ days: Int, seed: Int, effect: Double, _ builder: inout LogBuilder) {
    var numbers = SeededGenerator(seed: UInt64(seed))
    var pain = 0.0
    var habit = 0.0
    for day in 1...days {
      pain = 0.5 * pain + numbers.normal()
      habit = 0.5 * habit + numbers.normal()
      let minutes = max(0, (15 + 6 * habit).rounded())
      guard numbers.share() > 0.15 else { continue }
      let score = min(10, max(0, (5 + 1.2 * pain + effect * (minutes - 15) / 10).rounded()))
      builder.pain(day, score)
      if minutes > 0 { builder.set(day, "walk") { $0.minutes = minutes } }
    }
  }

  @Test("a planted link is found, with its direction and its size in points")
  func plantedLink() throws {
    let finding = finding(120) { diary(120, seed: 3, effect: -2, &$0) }
    let link = try #require(
      finding.tests.min { ($0.adjustedP ?? 1, $0.lag) < ($1.adjustedP ?? 1, $1.lag) })
    #expect(link.exposure == "active_minutes" && link.lag == 0 && link.outcome == "pain")
    #expect((link.adjustedP ?? 1) < 0.05 && (link.association?.r ?? 0) < 0)
    let contrast = try #require(link.contrast)
    #expect(contrast.kind == "slope_per_10_min")
    #expect(contrast.interval.low <= -2 && -2 <= contrast.interval.high)
    #expect(link.association?.q == 2)
  }

  @Test("families of people without any link hold an adjusted p below .05 in at most one of twenty")
  func nullPeople() {
    let people = 200
    let told = (0..<people).count { seed in
      finding(90) { diary(90, seed: 1_000 + seed, effect: 0, &$0) }.tests
        .contains { ($0.adjustedP ?? 1) <= 0.05 }
    }
    // 5 % of 200 are 10; three standard errors above that are 19.
    #expect(told <= 19, "\(told) of \(people)")
  }

  @Test("the family holds each exposure at four lags and the reverse question")
  func family() {
    let finding = finding(50) {
      diary(50, seed: 5, effect: 0, &$0)
      for day in [2, 9, 16, 23, 30, 37] { $0.day(day, .bedRest) }
    }
    #expect(finding.tests.count == 13)
    #expect(
      Set(finding.tests.map(\.exposure)) == ["active_minutes", "session", "bed_rest", "pain"])
    #expect(finding.familySize == finding.tests.count { $0.adjustedP != nil })
    #expect(finding.tests.last?.outcome == "active_minutes")
  }

  @Test("from 60 paired days on components are asked about one by one")
  func components() {
    func exposures(_ days: Int) -> Set<String> {
      Set(
        finding(days) {
          for day in 1...days {
            $0.pain(day, Double(day % 7))
            $0.set(day, "hang") {
              $0.minutes = Double(day % 5)
              $0.component = .inversion
            }
          }
        }.tests.map(\.exposure))
    }
    #expect(exposures(60).contains("minutes:inversion"))
    #expect(!exposures(59).contains("minutes:inversion"))
  }

  @Test("outcomes lie in the period, exposures may lie before it")
  func pairsOverTheEdge() {
    var builder = LogBuilder()
    for day in -5...10 {
      builder.pain(day, 5)
      builder.set(day, "walk") { $0.minutes = Double(day + 10) }
    }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(10))
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    let pairs = table.pairs(table.exposures[0], lag: 3)
    #expect(pairs.days.count == 10)
    #expect(pairs.exposure.first == 8)
    let first = table.pairs(table.exposures[0], lag: 0)
    #expect(first.exposure.first == 11)
  }

  @Test(
    "guardrails refuse in their order",
    arguments: [
      ("20 pairs", "too-early"), ("every other day", "too-few-consecutive"),
      ("one value", "constant"), ("two values", "too-little-variation"),
      ("nearly one value", "too-little-variation"),
    ])
  func guardrails(_ diary: String, _ code: String) {
    var days = Array(0..<40)
    var x = days.map { Double($0 * 7 % 11) }
    let y = days.map { Double($0 * 5 % 7) }
    switch diary {
    case "20 pairs": days = Array(0..<20)
    case "every other day": days = days.map { $0 * 2 }
    case "one value": x = x.map { _ in 3 }
    case "two values": x = x.indices.map { Double($0 % 2) }
    default: x = x.indices.map { $0 < 2 ? Double($0) : 9 }
    }
    let count = days.count
    let refusal = Guardrails.refusal(
      days: days, Array(x.prefix(count)), Array(y.prefix(count)), isYesNo: false)
    #expect(refusal?.code.rawValue == code)
  }

  @Test("a yes/no exposure needs five days each way and no third value")
  func yesNo() {
    let days = Array(0..<40)
    let y = days.map { Double($0 * 5 % 7) }
    func refusal(_ yes: Int) -> Absence? {
      Guardrails.refusal(days: days, days.map { $0 < yes ? 1 : 0 }, y, isYesNo: true)
    }
    #expect(refusal(4) == Absence(.tooLittleVariation, have: 4, need: 5))
    #expect(refusal(5) == nil)
    #expect(refusal(36) == Absence(.tooLittleVariation, have: 4, need: 5))
  }

  @Test(
    "variation is judged by how often each value occurs, whatever their order",
    arguments: 1...300 as ClosedRange<UInt64>)
  func variation(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let kinds = 1 + random.below(6)
    let common = random.share()
    let values = (0..<random.below(60)).map { _ in
      random.share() < common ? 0 : Double(random.below(kinds))
    }
    var counts: [Double: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let most = Double(counts.values.max() ?? 0) / Double(max(1, values.count))
    let tooFew = Absence(.tooLittleVariation, have: counts.count, need: 3)
    let expected =
      counts.count < 2
      ? Absence(.constant)
      : counts.count < 3 ? tooFew : most > 0.9 ? Absence(.tooLittleVariation) : nil
    #expect(Guardrails.variation(values, isYesNo: false) == expected)
  }

  @Test("the profile of lags is strongest where the effect was planted, and tests nothing")
  func lagProfile() throws {
    var builder = LogBuilder()
    var numbers = SeededGenerator(seed: 5)
    var minutes: [Double] = []
    for day in 1...90 {
      minutes.append(Double(numbers.below(30)))
      builder.set(day, "walk") { $0.minutes = minutes[day - 1] }
      if day > 2 { builder.pain(day, (9 - minutes[day - 3] / 4).rounded()) }
    }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(90))
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    let finding = LagProfileAnalysis().find(in: table)
    #expect(finding.lags.map(\.days) == Array(0...7))
    #expect(finding.lags.map(\.n) == [88, 88, 88, 87, 86, 85, 84, 83])
    let strongest = try #require(finding.lags.min { ($0.rho ?? 0) < ($1.rho ?? 0) })
    #expect(strongest.days == 2)
    #expect((strongest.rho ?? 0) < -0.95)
    #expect(finding.lags.count { abs($0.rho ?? 1) < 0.4 } == 7)
  }

  @Test("a profile without pain is absent, one of six days counts them and says too early")
  func shortProfile() {
    var builder = LogBuilder()
    for day in 1...6 { builder.set(day, "walk") { $0.minutes = Double(day) } }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(6))
    func finding() -> LagProfileFinding {
      LagProfileAnalysis().find(in: PatientTable(builder.log, period: period, asOf: period.to))
    }
    #expect(finding().lags.isEmpty)
    for day in 1...6 { builder.pain(day, Double(day)) }
    #expect(finding().lags.map(\.n) == [6, 5, 4, 3, 2, 1, 0, 0])
    #expect(finding().lags.allSatisfy { $0.rho == nil })
  }

  @Test("a row without any figure takes the day out of the minutes and leaves it in the sessions")
  func missingMinutes() {
    var builder = LogBuilder()
    for day in 1...5 {
      builder.pain(day, 3)
      builder.set(day, "walk") { $0.minutes = day == 3 ? nil : 10 }
    }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(5))
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    #expect(table.exposures[0].values == [10, 10, nil, 10, 10])
    #expect(table.exposures[1].values == [1, 1, 1, 1, 1])
  }
}

@Suite("Trends")
struct TrendTests {
  @Test("a diary needs 7 values for a slope and 21 for a test")
  func diaryNeeds() {
    func trend(_ n: Int) -> Trend {
      Trend.ofDiary(days: Array(0..<n), values: (0..<n).map { Double(($0 * 3) % 8) })
    }
    #expect(trend(6).slopePerWeek == nil)
    #expect(trend(7).slopePerWeek != nil)
    #expect(trend(20).p == nil)
    #expect(trend(20).testAbsence == Absence(.tooEarly, have: 20, need: 21))
    #expect(trend(21).p != nil)
  }

  @Test("measurements need 3 days for a slope and 7 for a test")
  func measurementNeeds() {
    func trend(_ n: Int) -> Trend {
      Trend.ofMeasurements(days: (0..<n).map { $0 * 4 }, values: (0..<n).map { Double($0 % 5) })
    }
    #expect(trend(2).slopePerWeek == nil)
    #expect(trend(3).slopePerWeek != nil)
    #expect(trend(6).p == nil)
    #expect(trend(7).p != nil)
  }

  @Test("slopes are shown a week")
  func aWeek() {
    let trend = Trend.ofMeasurements(days: [0, 7, 14, 21], values: [10, 12, 14, 16])
    #expect(trend.slopePerWeek == 2)
  }

  @Test("a bound off the end of the slopes is absent and not clamped")
  func cutBounds() {
    let trend = Trend.ofMeasurements(
      days: [0, 7, 14, 21, 28, 35, 42], values: [1, 9, 2, 8, 3, 7, 4])
    #expect(trend.interval != nil)
    let wide = DiaryTrend(days: [0, 1, 2, 3], values: [1, 4, 2, 3])
    #expect(wide?.lowIsCut == true && wide?.highIsCut == true)
  }

  @Test("equal values have no test")
  func constant() {
    let trend = Trend.ofMeasurements(days: Array(0..<9), values: [Double](repeating: 4, count: 9))
    #expect(trend.p == nil && trend.slopePerWeek == 0)
    #expect(trend.testAbsence == Absence(.constant))
  }

  @Test("measurements far apart do not carry over, daily ones do")
  func carryOver() throws {
    let values = [1.0, 1.5, 2.2, 2.0, 3.1, 3.0, 4.2, 4.0, 5.1, 5.5]
    let far = try #require(
      Trend.ofMeasurements(days: (0..<10).map { $0 * 4 }, values: values).p)
    let plain = DiaryTrend(days: (0..<10).map { $0 * 4 }, values: values, carriesOver: false)
    #expect(far == plain?.p)
    let daily = Trend.ofMeasurements(days: Array(0..<10), values: values).p
    let carried = DiaryTrend(days: Array(0..<10), values: values)
    #expect(daily == carried?.p)
  }
}
