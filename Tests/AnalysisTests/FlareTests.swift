import Columns
import Foundation
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("Flares, recurrences and lasting improvement")
struct FlareTests {
  private func finding(
    _ builder: LogBuilder, from: Int = 1, to: Int = 31, by thresholds: Thresholds = .standard
  ) -> PainFinding {
    let period = Period(from: LogBuilder.october(from), to: LogBuilder.october(to))
    return PainAnalysis().find(
      in: PatientTable(builder.log, period: period, asOf: period.to), by: thresholds)
  }

  @Test("a flare is 2 points above the mean of at least 14 of the 28 days before")
  func painDefined() {
    var builder = LogBuilder()
    for day in -20...9 { builder.pain(day, 3) }
    builder.pain(10, 5)
    builder.pain(11, 4.9)
    #expect(finding(builder).flares == [Flare(day: LogBuilder.october(10), kind: .painDefined)])
    // The 28 days before the day: 13 logged ones are too few.
    var sparse = LogBuilder()
    for day in -3...9 { sparse.pain(day, 3) }
    sparse.pain(10, 9)
    #expect(finding(sparse).flares.isEmpty)
    sparse.pain(-4, 3)
    #expect(finding(sparse).flares.count == 1)
  }

  @Test("what the person calls a flare is kept apart from what the scores say")
  func selfReported() {
    var log = LogBuilder()
    for day in -20...12 { log.pain(day, 3) }
    log.pain(13, 8)
    var builder = log.log
    for index in builder.pain.indices
    where [LogBuilder.october(5), LogBuilder.october(13)].contains(builder.pain[index].recorded.day)
    {
      builder.pain[index].flare = true
    }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let found = PainAnalysis().find(
      in: PatientTable(builder, period: period, asOf: period.to), by: .standard)
    #expect(
      found.flares.map { "\($0.day) \($0.kind.rawValue)" } == [
        "2026-10-05 self-reported", "2026-10-13 pain-defined", "2026-10-13 self-reported",
      ])
  }

  @Test("a recurrence is the first day of 2 or more after 30 pain-free days")
  func recurrence() {
    var builder = LogBuilder()
    for day in -30...(-1) { builder.pain(day, 0) }
    builder.pain(0, 1)
    for (day, score) in [(1, 2.0), (2, 5), (3, 0), (4, 3)] { builder.pain(day, score) }
    #expect(finding(builder).recurrences == [LogBuilder.october(1)])
    var short = LogBuilder()
    for day in -29...(-1) { short.pain(day, 0) }
    short.pain(1, 6)
    #expect(finding(short).recurrences.isEmpty)
  }

  @Test("the improvement that lasts begins where every later week stays 30 % better")
  func improvedSince() {
    var builder = LogBuilder()
    for day in -20...(-10) { builder.pain(day, 6) }
    for day in -9...(-5) { builder.pain(day, 2) }
    // A bad week ends the first improvement.
    for day in -4...3 { builder.pain(day, 7) }
    for day in 4...31 { builder.pain(day, 3) }
    let found = finding(builder)
    // The first 14 days hold 11 sixes and 3 twos.
    #expect(found.baseline == 72.0 / 14)
    // The week that ends on day d holds d - 3 threes and sevens: 3.6 or less from day 9 on (3.57).
    #expect(found.improvedSince == LogBuilder.october(9))
    var worse = builder
    for day in 29...31 { worse.pain(day, 10) }
    #expect(finding(worse).improvedSince == nil)
  }

  @Test("triggers are refused below ten flares")
  func tooFew() {
    var builder = LogBuilder()
    for day in -20...31 { builder.pain(day, day == 10 ? 8 : 3) }
    guard case .absent(let absence) = finding(builder).figures["triggers"] else {
      Issue.record("one flare is too few")
      return
    }
    #expect(absence == Absence(.tooFewFlares, have: 1, need: 10))
  }

  /// A year and a half of diary in which a day in bed makes a flare in the next three days
  /// likelier.
  private func planted(seed: UInt64, odds: Double) -> PainFinding {
    var random = SeededGenerator(seed: seed)
    var log = PatientLog(code: "A")
    let name = log.names.intern("A")
    var lastRest = -10
    var lastFlare = -100
    for day in 0..<1_500 {
      let date = LogBuilder.october(day)
      let position = SourcePosition(file: 1, line: Int64(day + 2))
      let isRest = random.share() < 0.12
      let base = 0.012
      let chance = day - lastRest <= 3 ? base * odds / (1 - base + base * odds) : base
      let isFlare = day > 40 && day - lastFlare > 20 && random.share() < chance
      if isFlare { lastFlare = day }
      if isRest { lastRest = day }
      log.pain.append(
        PainEntry(
          patient: name, recorded: Timestamp(day: date), score: isFlare ? 8 : 3, position: position)
      )
      var entry = DayEntry(
        patient: name, day: date, status: isRest ? .bedRest : .rest, position: position)
      entry.hours = nil
      log.days.append(entry)
    }
    let period = Period(from: LogBuilder.october(0), to: LogBuilder.october(1_499))
    return PainAnalysis().find(
      in: PatientTable(log, period: period, asOf: period.to), by: .standard)
  }

  @Test("a planted odds ratio lies inside its interval about as often as it should")
  func triggers() throws {
    var inside = 0
    var asked = 0
    for seed in 1...100 as ClosedRange<UInt64> {
      guard case .success(let triggers) = planted(seed: seed, odds: 3).triggers,
        let rest = triggers.first(where: { $0.exposure == "bed_rest" })
      else { continue }
      asked += 1
      if rest.interval.low <= 3, rest.interval.high >= 3 { inside += 1 }
      #expect(rest.flares >= 10)
      // Of three exposures asked about, each p is that of a family of three.
      let p = triggers.map(\.p).sorted()
      for trigger in triggers {
        let adjusted = try #require(trigger.adjustedP)
        let expected = p.indices.filter { p[$0] >= trigger.p }
          .map { min(1, p[$0] * Double(p.count) / Double($0 + 1)) }.min()
        #expect(abs(adjusted - (expected ?? -1)) < 1e-12 && adjusted >= trigger.p)
      }
    }
    #expect(asked >= 90)
    #expect(Double(inside) >= 0.9 * Double(asked), "\(inside) of \(asked)")
  }
}
