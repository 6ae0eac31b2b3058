import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

/// Mistakes that other tools make with such diaries; none of them here.
@Suite("Traps")
struct TrapTests {
  private func findings(_ builder: LogBuilder, from: Int = 1, to: Int = 31) -> PatientFindings {
    let period = Period(from: LogBuilder.october(from), to: LogBuilder.october(to))
    return analyze(PatientTable(builder.log, period: period, asOf: period.to))
  }

  private func program(_ builder: LogBuilder) -> AdherenceFigures? {
    findings(builder).finding(AdherenceFinding.self)?.program
  }

  @Test("an empty programme is not 100 %")
  func emptyProgramme() {
    var builder = LogBuilder()
    builder.set(3, "walk")
    #expect(program(builder)?.doseCapped == nil && program(builder)?.band == nil)
  }

  @Test("who stops logging does not score 100 %: unknown days are counted, and no band is given")
  func stopsLogging() throws {
    var builder = LogBuilder()
    builder.line("bridge", .strengthening, perWeek: 7) { $0.startOn = LogBuilder.october(1) }
    for day in 1...7 { builder.set(day, "bridge") }
    let figures = try #require(program(builder))
    #expect(abs((figures.unknownShare ?? 0) - 24.0 / 31) < 1e-12)
    #expect(figures.isLowConfidence && figures.band == nil)
    #expect(abs((figures.doseAllDays ?? 1) - 7.0 / 31) < 1e-12)
    #expect(callReason(builder).contains { $0 == 24 })
  }

  private func callReason(_ builder: LogBuilder) -> [Int] {
    [findings(builder).finding(AdherenceFinding.self)?.continuity.daysSinceLast].compactMap { $0 }
  }

  @Test("a perfect user of a quota of 3 scores 1, on whatever days of the week")
  func perfectQuota() throws {
    var builder = LogBuilder()
    builder.line("bridge", .strengthening, perWeek: 3)
    // Monday, Wednesday and Friday; then three days in a row; then the last three of the week.
    for day in [5, 7, 9, 12, 13, 14, 23, 24, 25] { builder.set(day, "bridge") }
    for day in 5...32 { builder.pain(day, 3) }
    let period = findings(builder, from: 5, to: 25)
    let dose = try #require(period.finding(AdherenceFinding.self)?.program.doseCapped)
    #expect(abs(dose - 1) < 1e-12)
  }

  @Test("a day is the person's own: a session before midnight is not the next day's")
  func ownDay() {
    var builder = LogBuilder()
    builder.set(5, "walk", minute: 23 * 60 + 50) { $0.minutes = 20 }
    let daily = findings(builder).table.daily
    #expect(daily?.covers(LogBuilder.october(5)) == true)
    #expect(daily?.covers(LogBuilder.october(6)) != true)
  }

  @Test("days without a record are missing, not days without exercise")
  func missingDays() {
    var builder = LogBuilder()
    for day in [1, 2, 30] { builder.pain(day, 3) }
    let table = findings(builder).table
    #expect(table.pairs(table.exposures[0], lag: 0).days.count == 3)
    #expect(table.exposures[0].values.compactMap { $0 } == [0, 0, 0])
  }

  @Test("a constant series has no slope of NaN, no correlation of 1, and says why")
  func constantSeries() {
    var builder = LogBuilder()
    for day in 1...31 {
      builder.pain(day, 4)
      builder.set(day, "walk") { $0.minutes = 10 }
    }
    let found = findings(builder)
    let tests = found.finding(AssociationFinding.self)?.tests ?? []
    #expect(!tests.isEmpty)
    #expect(tests.allSatisfy { $0.association == nil && $0.refusal != nil })
    let pain = found.finding(PainFinding.self)
    #expect(pain?.trend?.slopePerWeek == 0 && pain?.trend?.p == nil)
    #expect(pain?.change == 0)
  }

  @Test("a mean of zero divides nothing")
  func zeroMean() {
    var builder = LogBuilder()
    for day in 1...31 { builder.pain(day, 0) }
    let pain = findings(builder).finding(PainFinding.self)
    #expect(pain?.mean == 0 && pain?.change == 0 && pain?.changeShare == nil)
    #expect(pain?.improvedSince == nil)
  }

  @Test("what is a flare depends on the person's own level")
  func ownLevel() {
    func flares(level: Double, peak: Double) -> Int {
      var builder = LogBuilder()
      for day in -20...31 { builder.pain(day, day == 15 ? peak : level) }
      return findings(builder).finding(PainFinding.self)?.flares.count ?? -1
    }
    #expect(flares(level: 1, peak: 4) == 1)
    #expect(flares(level: 6, peak: 7) == 0)
    #expect(flares(level: 7, peak: 9) == 1)
  }

  @Test("equal rows of one session are as many as were done")
  func equalRows() throws {
    var builder = LogBuilder()
    builder.line("bridge", .strengthening, perWeek: 7) {
      $0.sets = 3
      $0.reps = 10
    }
    for day in 1...31 {
      for _ in 0..<3 {
        builder.set(day, "bridge") {
          $0.sets = 1
          $0.reps = 10
        }
      }
    }
    let figures = try #require(program(builder))
    #expect(abs((figures.doseCapped ?? 0) - 1) < 1e-12)
    #expect(abs((figures.doseUncapped ?? 0) - 1) < 1e-12)
  }

  @Test("a correlation is not a difference of means: its size does not depend on the dose's unit")
  func correlation() throws {
    func rho(_ unit: Double) -> Double? {
      var random = SeededGenerator(seed: 5)
      var builder = LogBuilder()
      for day in 1...31 {
        let minutes = Double(5 + random.below(40))
        builder.set(day, "walk") { $0.minutes = minutes * unit }
        builder.pain(day, max(0, min(10, (8 - minutes / 8 + random.normal()).rounded())))
      }
      return findings(builder).finding(AssociationFinding.self)?.tests.first?.association?.r
    }
    let plain = try #require(rho(1))
    #expect(plain < -0.3 && plain >= -1)
    #expect(abs((rho(2) ?? 0) - plain) < 1e-12)
  }
}
