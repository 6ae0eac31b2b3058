import Columns
import Records
import TestSupport
import Testing

@Suite("Days")
struct DailyTableTests {
  private func table(_ asOf: Int, _ build: (inout LogBuilder) -> Void) -> DailyTable? {
    var builder = LogBuilder()
    build(&builder)
    return DailyTable(
      builder.log, sessions: SessionTable(builder.log.sets), asOf: LogBuilder.october(asOf))
  }

  @Test("any record covers its day, other days are unknown")
  func coverage() throws {
    let table = try #require(
      table(6) {
        $0.set(1, "a") { $0.completed = false }
        $0.pain(2, 3)
        $0.measure(3, "sit_and_reach", 10)
        $0.day(4, .rest)
        $0.questionnaire(6, .odi, 20)
      })
    #expect(table.isCovered == [true, true, true, true, false, true])
    #expect(table.first == LogBuilder.october(1))
    #expect(!table.covers(LogBuilder.october(0)))
    #expect(!table.covers(LogBuilder.october(7)))
  }

  @Test("later rows are not seen")
  func asOf() throws {
    let table = try #require(
      table(2) {
        $0.pain(1, 3)
        $0.pain(9, 3)
        $0.set(9, "a")
      })
    #expect(table.count == 2)
    #expect(table.isCovered == [true, false])
  }

  @Test("nothing up to the as-of day, no table")
  func nothing() {
    #expect(table(2) { $0.pain(9, 3) } == nil)
    #expect(table(2) { _ in } == nil)
  }

  @Test("bed rest is no excuse, the other statuses are")
  func excuses() throws {
    let table = try #require(
      table(5) {
        for (day, status) in [DayStatus.rest, .bedRest, .sick, .travel, .excused].enumerated() {
          $0.day(day + 1, status)
        }
      })
    #expect(
      (1...5).map { table.excuses(LogBuilder.october($0)) } == [true, false, true, true, true])
  }

  @Test("a covered day without a session has 0 active minutes, an uncovered one none")
  func activeMinutes() throws {
    let table = try #require(
      table(4) {
        $0.pain(1, 3)
        $0.set(2, "a") { $0.minutes = 2.25 }
        $0.set(2, "b") {
          $0.holdSeconds = 30; $0.sets = 3
        }
        $0.set(4, "c") { $0.completed = true }
      })
    // 2.25 min are 23 tenths (half away from zero), 3 x 30 s are 15; a row without figures blanks
    // the day.
    #expect(table.activeTenths == [0, 38, nil, nil])
    #expect(table.sessions == [0, 1, 0, 1])
  }

  @Test(
    "active minutes of a row",
    arguments: [
      (nil, nil, nil, nil, nil), (5.0, 3.0, 10.0, 30.0, 50), (nil, 2.0, 10.0, nil, 10),
      (nil, nil, nil, 60.0, 10), (nil, 2.0, 3.0, 10.0, 10), (0.0, nil, nil, nil, 0),
    ] as [(Double?, Double?, Double?, Double?, Int?)])
  func rowMinutes(
    _ minutes: Double?, _ sets: Double?, _ reps: Double?, _ hold: Double?, _ tenths: Int?
  ) {
    var builder = LogBuilder()
    builder.set(1, "a") {
      $0.minutes = minutes
      $0.sets = sets
      $0.reps = reps
      $0.holdSeconds = hold
    }
    #expect(builder.log.sets[0].activeTenths == tenths)
  }

  @Test("a row that was not performed makes no session")
  func notPerformed() throws {
    let table = try #require(table(1) { $0.set(1, "a") { $0.completed = false } })
    #expect(table.sessions == [0])
    #expect(table.activeTenths == [0])
  }
}
