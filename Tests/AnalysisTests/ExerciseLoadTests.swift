import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("What was done, whatever was prescribed")
struct ExerciseLoadTests {
  /// The findings of October 2026, which begins on a Thursday.
  private func findings(_ build: (inout LogBuilder) -> Void) -> PatientFindings {
    var builder = LogBuilder("P1")
    build(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    return analyze(PatientTable(builder.log, period: period, asOf: period.to))
  }

  @Test("minutes and sessions of a week are sums of its performed rows")
  func weeks() throws {
    let load = findings {
      $0.set(5, "bridge") { $0.minutes = 4 }
      $0.set(5, "bridge", minute: 421) { $0.minutes = 3.5 }
      $0.set(11, "walk") { $0.minutes = 20 }
      $0.set(12, "walk") { $0.minutes = 9 }
      $0.set(7, "walk") {
        $0.minutes = nil
        $0.completed = false
      }
    }.load
    #expect(
      load.weeks.map(\.monday.isoWeek) == [
        "2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44",
      ])
    #expect(load.weeks.map(\.minutes) == [nil, 27.5, 9, nil, nil])
    #expect(load.weeks.map(\.sessions) == [0, 2, 1, 0, 0])
  }

  @Test("weeks are taken together by the month of their Thursday")
  func months() {
    var builder = LogBuilder("P1")
    // 26 October to 1 November is a week of October, 30 November to 6 December one of December.
    for (day, minutes) in [(1, 5.0), (32, 7), (33, 11), (61, 13)] {
      builder.set(day, "walk") {
        $0.minutes = minutes
        $0.rpe = 2
      }
    }
    builder.line("walk", .aerobic, perWeek: 1)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(63))
    let findings = analyze(PatientTable(builder.log, period: period, asOf: period.to))
    let load = findings.load.monthly
    #expect(load.weeks.map(\.monday.description) == ["2026-10-01", "2026-11-01", "2026-12-01"])
    #expect(load.weeks.map(\.minutes) == [12, 11, 13])
    #expect(load.weeks.map(\.rated) == [24, 22, 26])
    #expect(load.exercises.map(\.tenths) == [[120, 110, 130]])
    let due = findings.finding(AdherenceFinding.self)
    #expect(due?.weekTotals.count == 4)
    #expect(due?.monthTotals.map(\.first) == load.weeks.map(\.monday))
    // Days without a record make nothing due: of each logged day a seventh of the week's session.
    #expect(due?.monthTotals.map { ($0.due * 7).rounded() } == [2, 1, 1])
    #expect(due?.monthTotals.map(\.done) == [2, 1, 1])
  }

  @Test("a row outside the period counts nowhere")
  func outside() {
    let load = findings {
      $0.set(-1, "walk") { $0.minutes = 10 }
      $0.set(1, "walk") { $0.minutes = 5 }
    }.load
    #expect(load.weeks[0].minutes == 5)
    #expect(load.exercises.map(\.sessions) == [1])
  }

  @Test("load is minutes times exertion, and only where every row tells both")
  func rated() {
    let load = findings {
      $0.set(5, "bridge") {
        $0.minutes = 10
        $0.rpe = 4
      }
      $0.set(6, "walk") {
        $0.minutes = 20
        $0.rpe = 2
      }
      $0.set(12, "bridge") {
        $0.minutes = 10
        $0.rpe = 4
      }
      $0.set(13, "walk") { $0.minutes = 20 }
    }.load
    #expect(load.weeks.map(\.rated) == [nil, 80, nil, nil, nil])
  }

  @Test("spellings that differ in case are one exercise; sessions count it once")
  func exercises() {
    let load = findings {
      $0.set(5, "Bridge") { $0.minutes = 2 }
      $0.set(5, "bridge", minute: 421) { $0.minutes = 3 }
      $0.set(6, "bridge") { $0.minutes = 4 }
      $0.set(6, "Neck roll", minute: 422)
    }.load
    #expect(load.exercises.count == 2)
    let bridge = load.exercises.first { $0.name == "Bridge" }
    #expect(bridge?.sessions == 2)
    #expect(bridge?.tenths == [0, 90, 0, 0, 0])
  }

  @Test("inversion is the steepest angle and all minutes of a session")
  func inversion() {
    let load = findings {
      for (minute, angle, minutes) in [(420, 20.0, 1.0), (425, 30, 2.5)] {
        $0.set(5, "inversion table", minute: minute) {
          $0.component = .inversion
          $0.angleDegrees = angle
          $0.minutes = minutes
        }
      }
      $0.set(9, "inversion table") {
        $0.component = .inversion
        $0.minutes = 4
      }
    }.load
    #expect(load.inversions.map(\.angle) == [30, nil])
    #expect(load.inversions.map(\.tenths) == [35, 40])
    #expect(load.inversions.map(\.dose) == [105, nil])
  }

  @Test("the rows behind the minutes add up to them")
  func explained() throws {
    let findings = findings {
      for day in [5, 6, 9, 14, 20] {
        $0.set(day, "bridge") {
          $0.minutes = Double(day) / 3
          $0.rpe = 5
        }
        $0.set(day, "walk", minute: 425) {
          $0.minutes = 7
          $0.rpe = 3
        }
      }
    }
    for (index, week) in findings.load.weeks.enumerated() {
      for (key, value) in [
        ("minutes", week.minutes), ("minutes_times_rpe", week.rated),
        ("sessions", Double(week.sessions)),
      ] where value != nil {
        let path = FigurePath("weeks[\(index)].\(key)")
        let sum = findings.explainLoad(path)?.items.compactMap(\.part).reduce(0, +) ?? 0
        #expect(abs(sum - (value ?? 0)) < 1e-9, "\(key) of week \(index)")
      }
    }
    #expect(findings.explainLoad(FigurePath("weeks[9].minutes")) == nil)
  }

  @Test("nothing logged is empty, not an error")
  func nothing() {
    let load = findings { _ in }.load
    #expect(load.exercises.isEmpty && load.inversions.isEmpty)
    #expect(load.weeks.allSatisfy { $0.minutes == nil && $0.rated == nil })
  }
}

@Suite("Sen's line")
struct TrendLineTests {
  @Test("goes through the readings of a straight line")
  func straight() {
    let days = [20_727, 20_730, 20_740, 20_751]
    let trend = Trend.ofMeasurements(days: days, values: days.map { Double($0 - 20_727) / 2 + 10 })
    for day in days {
      let value = trend.value(on: Day(number: Int32(day))) ?? .nan
      #expect(abs(value - (Double(day - 20_727) / 2 + 10)) < 1e-9)
    }
  }

  @Test("has half of the readings on either side")
  func middle() throws {
    let days = [1, 4, 9, 11, 20, 22, 30]
    let values = [3.0, 9, 4, 12, 8, 30, 11]
    let trend = Trend.ofMeasurements(days: days, values: values)
    let signs = zip(days, values).map { day, value in
      value - (trend.value(on: Day(number: Int32(day))) ?? .nan)
    }
    #expect(signs.count { $0 > 1e-9 } == signs.count { $0 < -1e-9 })
  }

  @Test("is absent with the slope")
  func absent() {
    #expect(Trend.ofMeasurements(days: [1, 2], values: [3, 4]).value(on: Day(number: 1)) == nil)
  }
}
