import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("Bed rest against session days")
struct BedRestTests {
  private func finding(_ days: Int, _ build: (inout LogBuilder) -> Void) -> BedRestFinding {
    var builder = LogBuilder()
    build(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(days))
    return BedRestAnalysis().find(in: PatientTable(builder.log, period: period, asOf: period.to))
  }

  /// Every fifth day in bed, a session on the others; pain of the day after bed rest is `more`
  /// higher.
  private func diary(_ days: Int, more: Double, _ builder: inout LogBuilder) {
    for day in 1...days {
      let isRest = day % 5 == 0
      if isRest { builder.day(day, .bedRest) } else { builder.set(day, "walk") { $0.minutes = 20 } }
      let wave = [0.0, 1, 2, 1, 0, 1, 1][day % 7]
      builder.pain(day, 3 + wave + (day % 5 == 1 && day > 1 ? more : 0))
    }
  }

  @Test("what was planted between the days is found, in points")
  func planted() throws {
    let finding = finding(60) { diary(60, more: 2, &$0) }
    #expect(finding.days == 12 && abs(finding.perWeek - 1.4) < 1e-12)
    let contrast = try #require(finding.nextDay)
    #expect(contrast.kind == "shift" && contrast.points == 2)
    #expect(contrast.with == 11 && contrast.without == 48)
    #expect(contrast.interval.low <= 2 && contrast.interval.high >= 2)
  }

  @Test("four days in bed are too few to compare")
  func few() {
    let finding = finding(40) { builder in
      for day in 1...40 {
        if day <= 4 { builder.day(day * 9, .bedRest) }
        if day % 9 != 0 { builder.set(day, "walk") { $0.minutes = 20 } }
        builder.pain(day, Double(day * 7 % 5))
      }
    }
    #expect(finding.days == 4 && finding.nextDay == nil)
    #expect(finding.absence == Absence(.tooLittleVariation, have: 4, need: 5))
    guard case .record(let members) = finding.figures else {
      Issue.record("no record")
      return
    }
    #expect(members.map(\.key) == ["days", "days_per_week", "next_day"])
    guard case .absent(let absence)? = members.last?.value else {
      Issue.record("a figure where there is none")
      return
    }
    #expect(absence == finding.absence)
  }

  @Test("a day with both and a day with neither are on no side")
  func sides() throws {
    let finding = finding(60) { builder in
      diary(60, more: 2, &builder)
      // A session on a day in bed: out of the comparison, still a day in bed.
      builder.set(10, "walk") { $0.minutes = 5 }
    }
    #expect(finding.days == 12)
    #expect(try #require(finding.nextDay).with == 10)
  }

  @Test("without any diary there is no figure")
  func nothing() {
    let finding = finding(10) { _ in }
    #expect(finding.days == 0 && finding.nextDay == nil)
  }
}
