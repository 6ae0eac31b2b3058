import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

/// Corners that the worked-out histories leave open; the figures themselves are checked there.
@Suite("Adherence")
struct AdherenceTests {
  private func finding(_ from: Int, _ to: Int, _ build: (inout LogBuilder) -> Void)
    -> AdherenceFinding
  {
    var builder = LogBuilder()
    build(&builder)
    let period = Period(from: LogBuilder.october(from), to: LogBuilder.october(to))
    return AdherenceAnalysis().find(in: PatientTable(builder.log, period: period, asOf: period.to))
  }

  /// Covers days with an entry that is no session.
  private func cover(_ days: ClosedRange<Int>, _ builder: inout LogBuilder) {
    for day in days { builder.pain(day, 3) }
  }

  @Test("nobody scores 100 % on an empty programme")
  func emptyProgramme() {
    let finding = finding(5, 11) {
      for day in 5...11 { $0.set(day, "walk") { $0.minutes = 30 } }
    }
    #expect(finding.program == AdherenceFigures())
    #expect(finding.components.isEmpty)
    #expect(finding.exercises.map(\.extra) == [7])
  }

  @Test("a perfect quota user is not marked down for days of rest")
  func quotaUser() {
    let finding = finding(5, 18) {
      $0.line("bridge", .strengthening, perWeek: 3)
      cover(5...18, &$0)
      for day in [5, 7, 9, 12, 14, 16] { $0.set(day, "Bridge ") }
    }
    #expect(finding.program.doseCapped == 1)
    #expect(finding.program.sessions == 1)
    #expect(finding.program.band == "good")
    #expect(finding.continuity.streakWeeks == 2)
  }

  @Test("a line for both sides is met when both are done, as two lines are")
  func bothSides() throws {
    func dose(
      _ prescribed: [PrescribedSide?], _ logged: [Side?], sets: Double = 2
    ) throws -> AdherenceFigures {
      finding(5, 11) { builder in
        for side in prescribed {
          builder.line("hamstring stretch", .hamstringStretch, perWeek: 7) {
            $0.side = side
            $0.sets = 2
            $0.holdSeconds = 30
          }
        }
        for day in 5...11 {
          for side in logged {
            builder.set(day, "hamstring stretch") {
              $0.side = side
              $0.sets = sets
              $0.holdSeconds = 30
            }
          }
        }
      }.program
    }
    #expect(try dose([.both], [.left]).doseCapped == 0.5)
    #expect(try dose([.left, .right], [.left]).doseCapped == 0.5)
    // Twice as much on one side is still half of it.
    let twice = try dose([.both], [.left], sets: 4)
    #expect(twice.doseCapped == 0.5 && twice.doseUncapped == 1)
    #expect(try dose([.both], [.left, .right]).doseCapped == 1)
    #expect(try dose([.both], [nil]).doseCapped == 1)
    #expect(try dose([nil], [.left]).doseCapped == 1)
    #expect(try dose([.left], [.right, .left]).doseCapped == 1)
  }

  @Test("a day on which one side of a line for both was done is done in part")
  func halfDay() {
    let states = finding(5, 6) {
      $0.line("hamstring stretch", .hamstringStretch, perWeek: 7) { $0.side = .both }
      $0.set(5, "hamstring stretch") { $0.side = .left }
      $0.set(6, "hamstring stretch") { $0.side = .left }
      $0.set(6, "hamstring stretch") { $0.side = .right }
    }.exercises[0].states
    #expect(states[LogBuilder.october(5)] == .partial && states[LogBuilder.october(6)] == .done)
  }

  @Test(
    "every three days: due on the first day, then three days behind the last session or due day")
  func everyDays() throws {
    let exercise = finding(5, 18) {
      $0.line("inversion", .inversion, perWeek: nil) {
        $0.everyDays = 3
        $0.startOn = LogBuilder.october(5)
      }
      cover(5...18, &$0)
      // Due on the 5th, 8th, 11th; the 12th puts off what comes next to the 15th, then the 18th.
      for day in [5, 12, 15] { $0.set(day, "inversion") }
    }.exercises[0]
    let due = (5...18).filter {
      let state = exercise.states[LogBuilder.october($0)]
      return state == .missed || state == .done
    }
    #expect(due == [5, 8, 11, 12, 15, 18])
    #expect(exercise.states[LogBuilder.october(8)] == .missed)
    #expect(exercise.states[LogBuilder.october(9)] == .notDue)
    // Weeks: 3 due and 1 done (5, 8, 11), then 2 due and 2 done (12 counts for 15 and 18).
    #expect(exercise.figures.doseCapped == 3.0 / 5)
  }

  @Test("a status of one exercise lifts what was due of it, and of no other")
  func skippedExercise() {
    let finding = finding(5, 11) {
      for name in ["cat cow", "plank"] {
        $0.line(name, .mobility, perWeek: nil) { $0.weekdays = 0b1111111 }
      }
      for day in [5, 6, 7, 8] {
        $0.set(day, "cat cow")
        $0.set(day, "plank")
      }
      for day in [9, 10, 11] { $0.day(day, .excused, of: "Cat  Cow") }
    }
    #expect(finding.exercises.map(\.name) == ["cat cow", "plank"])
    #expect(finding.exercises[0].figures.doseCapped == 1)
    #expect(abs((finding.exercises[1].figures.doseCapped ?? 0) - 4.0 / 7) < 1e-12)
    #expect(finding.exercises[0].states[LogBuilder.october(9)] == .excused)
    #expect(finding.exercises[1].states[LogBuilder.october(9)] == .missed)
  }

  @Test("fewer sets than prescribed and no repetitions are that share of the dose")
  func shareOfSets() {
    func dose(_ sets: Double, reps: Double? = nil) -> AdherenceFinding.Exercise {
      finding(5, 5) {
        $0.line("bridge", .strengthening, perWeek: 7) {
          $0.sets = 4
          $0.reps = 10
        }
        $0.set(5, "bridge") {
          $0.sets = sets
          $0.reps = reps
        }
      }.exercises[0]
    }
    #expect(dose(1).figures.doseUncapped == 0.25 && dose(1).assumed == 1)
    #expect(dose(4).figures.doseUncapped == 1 && dose(6).figures.doseUncapped == 1)
    #expect(dose(1, reps: 20).figures.doseUncapped == 0.5)
  }

  @Test("a week that was excused as a whole neither counts for a streak nor breaks it")
  func excusedWeek() {
    func streak(_ excused: ClosedRange<Int>) -> Int? {
      finding(5, 25) {
        $0.line("bridge", .strengthening, perWeek: 3)
        cover(5...25, &$0)
        for day in excused { $0.day(day, .travel) }
        for day in [5, 7, 9, 19, 21, 23] { $0.set(day, "bridge") }
      }.continuity.streakWeeks
    }
    #expect(streak(12...18) == 2)
    #expect(streak(12...17) == 1)
  }

  @Test("gaps count from the first record on")
  func gapFromFirstRecord() {
    let finding = finding(1, 31) {
      $0.line("bridge", .strengthening, perWeek: 3)
      for day in [21, 25, 30] { $0.set(day, "bridge") }
    }
    #expect(finding.continuity.longestGapDays == 4)
  }

  @Test("states of a weekday line")
  func states() throws {
    let finding = finding(5, 11) {
      $0.line("bridge", .strengthening, perWeek: nil) {
        $0.weekdays = 0b0010101
        $0.sets = 2
        $0.reps = 10
      }
      $0.pain(5, 3)
      $0.set(6, "bridge") {
        $0.sets = 1; $0.reps = 10
      }
      $0.set(7, "bridge") {
        $0.sets = 2; $0.reps = 10
      }
      $0.day(9, .sick)
      $0.pain(10, 3)
    }
    let states = try #require(finding.exercises.first?.states)
    let found = (5...11).map { states[LogBuilder.october($0)] }
    #expect(found == [.missed, .partial, .done, .notDue, .excused, .notDue, .notDue])
    // Due: Monday and Wednesday (Friday was sick); done: 1.5.
    #expect(finding.program.doseCapped == 0.75)
  }

  @Test("names match whatever their case, spaces and composition")
  func names() {
    let finding = finding(5, 11) {
      $0.line("Caf\u{E9}  stretch", .backStretch, perWeek: 7)
      for day in 5...11 { $0.set(day, " cafe\u{301} Stretch") }
    }
    #expect(finding.program.doseCapped == 1)
    #expect(finding.exercises.map(\.extra) == [0])
  }

  @Test("of two versions in force on a day the one that started last counts")
  func overlappingVersions() {
    let finding = finding(5, 11) {
      $0.line("bridge", .strengthening, perWeek: 7) { $0.minutes = 10 }
      $0.line("bridge", .strengthening, perWeek: 7) {
        $0.minutes = 5
        $0.startOn = LogBuilder.october(5)
      }
      $0.pain(1, 3)
      for day in 5...11 { $0.set(day, "bridge") { $0.minutes = 5 } }
    }
    #expect(finding.program.doseCapped == 1)
  }

  @Test("gaps and days since the last session")
  func continuity() {
    let finding = finding(1, 20) {
      $0.line("bridge", .strengthening, perWeek: 3)
      for day in [2, 3, 9] { $0.set(day, "bridge") }
    }
    // Days 10 to 20 have none.
    #expect(finding.continuity.longestGapDays == 11)
    #expect(finding.continuity.daysSinceLast == 11)
  }

  @Test(
    "a dose in its most specific unit",
    arguments: [
      (10.0, 3.0, 10.0, 30.0, 20.0, nil, nil, nil, 2.0, false),
      (10, nil, nil, nil, nil, 2, 3, 60, 0.6, false),
      (10, nil, nil, nil, nil, 2, 3, nil, 1, true),
      (nil, 2, 3, 10, nil, 1, 3, 10, 0.5, false), (nil, 2, 3, 10, 5, nil, nil, nil, 1, true),
      (nil, 2, 10, nil, nil, 1, 10, nil, 0.5, false),
      (nil, 2, 10, nil, nil, nil, 10, nil, 0.5, false),
      (nil, 3, nil, nil, nil, 2, nil, nil, 2.0 / 3, false),
      (nil, nil, nil, nil, nil, nil, nil, nil, 1, false),
    ] as [(Double?, Double?, Double?, Double?, Double?, Double?, Double?, Double?, Double, Bool)])
  func doses(
    _ minutes: Double?, _ sets: Double?, _ reps: Double?, _ hold: Double?, _ doneMinutes: Double?,
    _ doneSets: Double?, _ doneReps: Double?, _ doneHold: Double?, _ count: Double,
    _ isAssumed: Bool
  ) {
    var builder = LogBuilder()
    builder.line("a", .mobility, perWeek: 1) {
      ($0.minutes, $0.sets, $0.reps, $0.holdSeconds) = (minutes, sets, reps, hold)
    }
    builder.set(1, "a") {
      ($0.minutes, $0.sets, $0.reps, $0.holdSeconds) = (doneMinutes, doneSets, doneReps, doneHold)
    }
    let dose = PrescribedDose(builder.log.program[0]).equivalents(of: builder.log.sets[0])
    #expect(abs(dose.count - count) < 1e-12)
    #expect(dose.isAssumed == isAssumed)
  }

  @Test(
    "bands at their limits",
    arguments: [
      (0.90, 0.2, "good"), (0.8999, 0.2, "moderate"), (0.70, 0, "moderate"), (0.6999, 0, "poor"),
      (1, 0.21, nil),
    ] as [(Double, Double, String?)])
  func bands(_ dose: Double, _ unknown: Double, _ band: String?) {
    var figures = AdherenceFigures()
    figures.doseCapped = dose
    figures.unknownShare = unknown
    #expect(figures.band == band)
  }

  @Test("a figure's JSON is null with the reason, never 0 or 1, when nothing was due")
  func nothingDue() throws {
    let finding = finding(5, 11) {
      $0.line("bridge", .strengthening, perWeek: 3)
      for day in 5...11 { $0.day(day, .sick) }
    }
    guard case .absent(let absence) = try #require(finding.figures["program.dose_capped"]) else {
      Issue.record("the dose must be absent")
      return
    }
    #expect(absence.code == .nothingDue)
  }
}

/// When a band is given although days are unknown, and what counts as performed.
@Suite("Unknown days and rows that hold nothing")
struct UnknownDaysTests {
  private func program(_ build: (inout LogBuilder) -> Void) -> AdherenceFigures {
    var builder = LogBuilder()
    build(&builder)
    // Four whole weeks from Monday on.
    let period = Period(from: LogBuilder.october(5), to: LogBuilder.october(32))
    return AdherenceAnalysis().find(
      in: PatientTable(builder.log, period: period, asOf: period.to)
    ).program
  }

  @Test("who logs sessions alone, on just the prescribed weekdays, gets a band")
  func weekdays() {
    let figures = program { log in
      log.line("bridge", .strengthening, perWeek: nil) { $0.weekdays = 0b0010101 }
      for week in 0..<4 { for day in [5, 7, 9] { log.set(day + 7 * week, "bridge") } }
    }
    #expect(figures.unknownShare == 0 && figures.band == "good" && figures.doseCapped == 1)
  }

  @Test("a prescribed weekday without any record is unknown")
  func missedWeekday() {
    let figures = program { log in
      log.line("bridge", .strengthening, perWeek: nil) { $0.weekdays = 0b0010101 }
      for week in 0..<4 { log.set(5 + 7 * week, "bridge") }
    }
    #expect(figures.unknownShare == 8.0 / 12 && figures.band == nil && figures.isLowConfidence)
  }

  @Test("with a quota the days of a week matter while it is not met")
  func quota() {
    let met = program { log in
      log.line("bridge", .strengthening, perWeek: 3)
      for week in 0..<4 { for day in [5, 7, 9] { log.set(day + 7 * week, "bridge") } }
    }
    #expect(met.unknownShare == 0 && met.band == "good")
    let half = program { log in
      log.line("bridge", .strengthening, perWeek: 3)
      for week in 0..<2 { for day in [5, 7, 9] { log.set(day + 7 * week, "bridge") } }
      for week in 2..<4 { log.set(5 + 7 * week, "bridge") }
    }
    #expect(half.unknownShare == 12.0 / 28 && half.band == nil)
  }

  @Test("a band is given where unknown days make at most 5 points of the dose")
  func noDifference() {
    let figures = program { log in
      log.line("bridge", .strengthening, perWeek: 7)
      for day in 5...32 where day % 4 != 0 {
        log.pain(day, 3)
        if day < 8 { log.set(day, "bridge") }
      }
    }
    #expect((figures.unknownShare ?? 0) > 0.2)
    #expect((figures.doseCapped ?? 0) - (figures.doseAllDays ?? 0) <= 0.05)
    #expect(!figures.isLowConfidence && figures.band == "poor")
  }

  @Test(
    "figures decide whether a row was performed, else what the source says",
    arguments: [
      (nil, nil, true), (false, nil, false), (true, nil, true), (nil, 0, false), (true, 0, false),
      (false, 5, true), (nil, 5, true),
    ] as [(Bool?, Double?, Bool)])
  func performed(_ completed: Bool?, _ minutes: Double?, _ isPerformed: Bool) {
    var builder = LogBuilder()
    builder.set(5, "walk") {
      $0.completed = completed
      $0.minutes = minutes
    }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(9))
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    #expect(table.daily?.lastSession == (isPerformed ? LogBuilder.october(5) : nil))
  }
}
