import Analysis
import Columns
import Records
import TestSupport
import Testing

@Suite("Pain")
struct PainTests {
  private func finding(_ from: Int = 1, _ to: Int = 31, _ build: (inout LogBuilder) -> Void)
    -> PainFinding
  {
    var builder = LogBuilder()
    build(&builder)
    let period = Period(from: LogBuilder.october(from), to: LogBuilder.october(to))
    return PainAnalysis().find(in: PatientTable(builder.log, period: period, asOf: period.to))
  }

  @Test("baseline is the first 7 days with 3 values, latest the last 7 days of the period")
  func windows() {
    let finding = finding {
      for (day, score) in [(1, 6.0), (4, 7), (7, 5), (15, 1), (25, 4), (30, 2), (31, 3)] {
        $0.pain(day, score)
      }
    }
    #expect(finding.baseline == 6)
    #expect(finding.latest == 3)
    #expect(finding.change == -3)
    #expect(finding.changeShare == -0.5)
    #expect(finding.days == 7)
    #expect(finding.mean == 4)
  }

  @Test("the baseline is the first days with pain, whenever the programme begins")
  func baseline() {
    let found = finding {
      $0.line("a", .mobility, perWeek: 3) { $0.startOn = LogBuilder.october(10) }
      for day in 1...31 { $0.pain(day, day < 10 ? 9 : 5) }
    }
    #expect(found.windows?.baselineWindow.from == LogBuilder.october(1))
    #expect(found.baseline == 9 && found.change == -4)
    let few = finding {
      for day in [1, 8, 9, 13, 26, 28, 31] { $0.pain(day, 5) }
    }
    #expect(few.changeAbsence == Absence(.tooEarly, have: 1, need: 3))
  }

  @Test("the baseline comes from all data, also before the period")
  func baselineBeforePeriod() {
    let finding = finding(15, 31) {
      for day in 1...7 { $0.pain(day, 8) }
      for day in 25...31 { $0.pain(day, 4) }
    }
    #expect(finding.baseline == 8)
    #expect(finding.days == 7)
  }

  @Test("overlapping windows and too few days leave the change absent with a reason")
  func absences() {
    let overlap = finding(1, 10) { for day in 1...10 { $0.pain(day, 5) } }
    #expect(overlap.change == nil)
    #expect(overlap.changeAbsence == Absence(.windowsOverlap))
    let few = finding {
      for day in 1...7 { $0.pain(day, 5) }
      $0.pain(30, 4)
    }
    #expect(few.changeAbsence == Absence(.tooEarly, have: 1, need: 3))
    #expect(finding { _ in }.changeAbsence == Absence(.noData))
  }

  @Test("a baseline of zero has no share, and JSON gives null with a reason, never NaN")
  func zeroBaseline() throws {
    let finding = finding {
      for day in 1...7 { $0.pain(day, 0) }
      for day in 25...31 { $0.pain(day, 3) }
    }
    #expect(finding.change == 3)
    #expect(finding.changeShare == nil)
    guard case .absent = try #require(finding.figures["change_share"]) else {
      Issue.record("a share of zero must be absent")
      return
    }
  }

  @Test("pain-free days go by worst where it was logged")
  func painFree() {
    let finding = finding {
      $0.pain(1, 0)
      $0.pain(2, 0)
      $0.pain(2, 2, kind: .worst)
      $0.pain(3, 1)
      $0.pain(4, 0, kind: .worst)
      $0.pain(5, 3)
      $0.pain(6, 0)
    }
    #expect(finding.painFreeDays == 3)
  }

  @Test("another scale has figures")
  func otherScale() {
    let finding = finding {
      for day in 1...7 { $0.pain(day, 80, scale: "VAS100") }
      for day in 25...31 { $0.pain(day, 20, scale: "VAS100") }
    }
    #expect(finding.change == -60)
  }
}
