import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("Rules of the programme")
struct RuleTests {
  private let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))

  private func findings(_ builder: LogBuilder, by thresholds: Thresholds = .standard)
    -> [RuleFinding]
  {
    // Rules are watched for who has a programme.
    var builder = builder
    builder.line("dead bug", .strengthening, perWeek: 3)
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    return RuleAnalysis().find(in: table, by: thresholds).findings
  }

  /// A session that breaks no rule, with rows of a few minutes each.
  private func session(
    _ builder: inout LogBuilder, _ day: Int, minutes: Double = 10,
    _ change: (inout [(String, Component)]) -> Void = { _ in },
    _ shape: (inout ExerciseSet) -> Void = { _ in }
  ) {
    var rows: [(String, Component)] = [
      ("march", .warmUp), ("child's pose", .backStretch), ("bridge", .strengthening),
      ("breathing", .coolDown),
    ]
    change(&rows)
    for (index, row) in rows.enumerated() {
      builder.set(day, row.0, minute: 420 + index) {
        $0.component = row.1
        $0.minutes = minutes
        if row.1 == .strengthening || row.1 == .inversion { shape(&$0) }
      }
    }
  }

  @Test("who has no programme has no rules")
  func noProgramme() {
    var builder = LogBuilder()
    for day in 1...20 { builder.set(day, "bridge") { $0.component = .strengthening } }
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    #expect(RuleAnalysis().find(in: table).findings.isEmpty)
    #expect(!findings(builder).isEmpty)
  }

  /// Mondays, Wednesdays and Fridays from the end of August on.
  private static let days = (-33...31).filter { [0, 2, 5].contains(($0 + 70) % 7) }

  private func quietLog() -> LogBuilder {
    var builder = LogBuilder()
    for day in Self.days { session(&builder, day) }
    return builder
  }

  @Test("a log that keeps every rule has no finding")
  func quiet() { #expect(findings(quietLog()).isEmpty) }

  @Test("a session without a warm-up, or with it too late, is one finding")
  func warmUp() {
    var builder = LogBuilder()
    session(&builder, 5) { $0.removeFirst() }
    session(&builder, 7) { $0.swapAt(0, 1) }
    session(&builder, 9) { rows in rows = [("walk", .aerobic), ("breathing", .coolDown)] }
    let found = findings(builder)
    #expect(found.map(\.rule) == [.warmUpFirst, .warmUpFirst])
    #expect(found.map(\.day) == [LogBuilder.october(5), LogBuilder.october(7)])
    #expect(found.map(\.detail) == [.noWarmUp, .beforeWarmUp(.backStretch)])
    #expect(found[0].session == "2026-10-05T07:00")
  }

  @Test("a session of two rows that does not end with a cool-down is one finding, of one row none")
  func coolDown() {
    var builder = LogBuilder()
    session(&builder, 5) { $0.removeLast() }
    session(&builder, 7) { $0.swapAt(2, 3) }
    session(&builder, 9) { $0 = [("march", .warmUp)] }
    let found = findings(builder)
    #expect(found.map(\.rule) == [.coolDownLast, .coolDownLast])
    #expect(
      found.map(\.detail) == [.noCoolDown, .afterCoolDown(.strengthening)])
  }

  @Test("a row that was not performed warms nobody up")
  func notPerformed() {
    var builder = LogBuilder()
    builder.set(5, "march", minute: 420) {
      $0.component = .warmUp
      $0.completed = false
    }
    builder.set(5, "bridge", minute: 425) { $0.component = .strengthening }
    #expect(findings(builder).map(\.rule) == [.warmUpFirst])
  }

  @Test(
    "pain over an exercise: a rise of 2, or more than 5 after it",
    arguments: [
      (2.0, 4.0, true), (nil, 5.5, true), (5, 6, true), (3, 4.5, false), (nil, 5, false),
      (6, nil, false),
    ] as [(Double?, Double?, Bool)])
  func ceiling(before: Double?, after: Double?, isTooMuch: Bool) {
    var builder = LogBuilder()
    session(
      &builder, 5, { _ in },
      {
        $0.painBefore = before
        $0.painAfter = after
      })
    let expected = isTooMuch ? [RuleDetail.pain(from: before, to: after ?? 0)] : []
    #expect(findings(builder).map(\.detail) == expected)
  }

  @Test("inversion: more than 10 degrees steeper, or twice as long, than the session before")
  func inversion() {
    func invert(_ steps: [(day: Int, angle: Double?, minutes: Double)]) -> [RuleDetail] {
      var builder = LogBuilder()
      for step in steps {
        session(&builder, step.day, { $0.insert(("table", .inversion), at: 2) }) { row in
          guard row.component == .inversion else { return }
          row.angleDegrees = step.angle
          row.minutes = step.minutes
        }
      }
      return findings(builder).map(\.detail)
    }
    #expect(invert([(2, 20, 2), (5, 30, 3), (8, 40, 4)]).isEmpty)
    #expect(invert([(2, 20, 2), (5, 31, 2)]) == [.angle(from: 20, to: 31)])
    #expect(invert([(2, nil, 2), (5, nil, 4)]) == [.minutes(from: 2, to: 4)])
    // The session before may lie before the period; a finding of that time is not this period's.
    #expect(invert([(-9, 20, 2), (-3, 45, 2), (5, 60, 2)]) == [.angle(from: 45, to: 60)])
  }

  @Test("go slowly: a whole week over 1.10 times the mean of the four logged weeks before")
  func goSlowly() {
    var builder = quietLog()
    // Monday 12 to Sunday 18 October.
    session(&builder, 15, minutes: 20)
    let found = findings(builder)
    #expect(found.map(\.rule) == [.goSlowly])
    #expect(found.first?.day == LogBuilder.october(12))
    guard case .load(_, _, isRated: false) = found.first?.detail else {
      Issue.record("\(found)")
      return
    }
    // Without four logged weeks before it nothing is said.
    var short = LogBuilder()
    for day in stride(from: -3, through: 11, by: 3) { session(&short, day) }
    session(&short, 14, minutes: 60)
    #expect(findings(short).isEmpty)
  }

  @Test("exertion counts only when every row of the five weeks has it")
  func exertion() {
    var rated = LogBuilder()
    for day in Self.days {
      for (index, row) in [("march", Component.warmUp), ("breathing", .coolDown)].enumerated() {
        rated.set(day, row.0, minute: 420 + index) {
          $0.component = row.1
          $0.minutes = 10
          // As many minutes, felt twice as hard in one week.
          $0.rpe = (12...18).contains(day) ? 8 : 4
        }
      }
    }
    #expect(findings(rated).map(\.rule) == [.goSlowly])
    #expect(findings(rated).first?.detail == .load(now: 480, before: 240, isRated: true))
  }

  @Test("days in bed are one finding a week, dated on the first of them")
  func bedRest() {
    var builder = LogBuilder()
    for day in [6, 7, 8, 14] { builder.day(day, .bedRest) }
    let found = findings(builder)
    #expect(found.map(\.rule) == [.bedRest, .bedRest])
    #expect(found.map(\.day) == [LogBuilder.october(6), LogBuilder.october(14)])
    #expect(found.map(\.detail) == [.daysInBed(3), .daysInBed(1)])
  }

  @Test("30 pain-free days in a row are maintenance, on the thirtieth day; a gap begins anew")
  func maintenance() {
    var builder = LogBuilder()
    for day in -14...20 { builder.pain(day, 0) }
    #expect(findings(builder).map(\.rule) == [.maintenance])
    #expect(findings(builder).first?.day == LogBuilder.october(15))
    var gap = LogBuilder()
    for day in -14...20 where day != 3 { gap.pain(day, 0) }
    #expect(findings(gap).isEmpty)
  }

  @Test("another threshold is another verdict and another version")
  func thresholds() throws {
    var builder = LogBuilder()
    session(
      &builder, 5, { _ in },
      {
        $0.painBefore = 3
        $0.painAfter = 4
      })
    #expect(findings(builder).isEmpty)
    let strict = try Thresholds(changing: ["pain_ceiling_rise": 1])
    #expect(findings(builder, by: strict).map(\.rule) == [.painCeiling])
    #expect(strict.version != Thresholds.standard.version)
    #expect(strict.all.first { $0.name == "pain_ceiling_rise" }?.value == 1)
    #expect(try Thresholds(changing: ["pain_ceiling_rise": 2]) == .standard)
    #expect(throws: Thresholds.Mistake.self) { try Thresholds(changing: ["pain": 1]) }
    #expect(throws: Thresholds.Mistake.self) { try Thresholds(changing: ["flare_rise": -1]) }
  }
}
