import Testing

@testable import Records

/// Europe/Berlin in 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
let berlin = ZoneRules(
  name: "Europe/Berlin", base: 3_600,
  transitions: [(at: 1_774_746_000, offset: 7_200), (at: 1_792_890_000, offset: 3_600)])

/// Seconds since 1970 of a wall clock, as if it stood in UTC.
func seconds(_ year: Int, _ month: Int, _ dayOfMonth: Int, _ clock: Int, _ second: Int = 0) throws
  -> Int64
{
  Int64(try day(year, month, dayOfMonth).number) * 86_400
    + Int64(clock / 100 * 3_600 + clock % 100 * 60 + second)
}

@Suite("Timestamp")
struct TimestampTests {
  @Test("A day without an instant has no clock")
  func noClock() throws {
    #expect(Timestamp(day: try day(2026, 10, 31)).clock == nil)
  }

  /// 20 757 days are 1 793 404 800 s; 07:15 in UTC+1 is 06:15 UTC, 22 500 s of the day.
  @Test("The clock is that of the place, not of UTC")
  func clock() {
    let day = Day(number: 20_757)
    let morning: Int64 = (1_793_404_800 + 22_500) * 1_000
    let clocks = [0, 60, -420, 345].map {
      Timestamp(day: day, milliseconds: morning, offsetMinutes: $0).clock
    }
    #expect(clocks == ["06:15", "07:15", "23:15", "12:00"])
  }

  @Test(
    "Seconds are shown when there are any, parts of them never",
    arguments: [
      (0, "00:00"), (30_000, "00:00:30"), (30_999, "00:00:30"), (999, "00:00"),
      (86_399_999, "23:59:59"), (86_400_000, "00:00"), (-1, "23:59:59"), (-60_000, "23:59"),
    ] as [(Int64, String)])
  func secondsOfClock(milliseconds: Int64, clock: String) {
    #expect(Timestamp(day: Day(number: 0), milliseconds: milliseconds).clock == clock)
  }

  @Test("Timestamps are equal when day, instant and offset are")
  func equality() {
    let stamp = Timestamp(day: Day(number: 0), milliseconds: 0, offsetMinutes: 0)
    #expect(stamp == Timestamp(day: Day(number: 0), milliseconds: 0))
    #expect(stamp != Timestamp(day: Day(number: 0)))
    #expect(stamp != Timestamp(day: Day(number: 1), milliseconds: 0))
    #expect(stamp != Timestamp(day: Day(number: 0), milliseconds: 0, offsetMinutes: 60))
  }
}

@Suite("Zone rules")
struct ZoneRulesTests {
  @Test("UTC is its own wall clock", arguments: [Int64.zero, -86_400, 1_793_404_800])
  func utc(local: Int64) {
    let reading = ZoneRules.utc.resolve(local: local)
    #expect(reading.utc == local && reading.offset == 0 && reading.reading == .plain)
  }

  @Test("Before the first change the base holds")
  func beforeFirst() throws {
    let reading = berlin.resolve(local: try seconds(1950, 7, 1, 1200))
    #expect(reading.utc == (try seconds(1950, 7, 1, 1100)))
    #expect(reading.offset == 3_600 && reading.reading == .plain)
  }

  @Test(
    "Berlin in 2026, second by second around the changes",
    arguments: [
      (1, 15, 700, 0, 1, 15, 600, 0, 3_600, .plain),
      (3, 29, 159, 59, 3, 29, 59, 59, 3_600, .plain),
      (3, 29, 200, 0, 3, 29, 100, 0, 7_200, .skipped),
      (3, 29, 230, 0, 3, 29, 130, 0, 7_200, .skipped),
      (3, 29, 259, 59, 3, 29, 159, 59, 7_200, .skipped),
      (3, 29, 300, 0, 3, 29, 100, 0, 7_200, .plain),
      (7, 1, 0, 0, 6, 30, 2200, 0, 7_200, .plain),
      (10, 25, 159, 59, 10, 24, 2359, 59, 7_200, .plain),
      (10, 25, 200, 0, 10, 25, 0, 0, 7_200, .repeated),
      (10, 25, 259, 59, 10, 25, 59, 59, 7_200, .repeated),
      (10, 25, 300, 0, 10, 25, 200, 0, 3_600, .plain),
      (12, 31, 2359, 59, 12, 31, 2259, 59, 3_600, .plain),
    ] as [(Int, Int, Int, Int, Int, Int, Int, Int, Int32, ZoneRules.Reading)])
  func changes(
    month: Int, dayOfMonth: Int, clock: Int, second: Int, utcMonth: Int, utcDay: Int,
    utcClock: Int, utcSecond: Int, offset: Int32, reading: ZoneRules.Reading
  ) throws {
    let local = try seconds(2026, month, dayOfMonth, clock, second)
    let found = berlin.resolve(local: local)
    #expect(found.utc == (try seconds(2026, utcMonth, utcDay, utcClock, utcSecond)))
    #expect(found.offset == offset)
    #expect(found.reading == reading)
  }

  @Test("A skipped reading moves forward by the skipped hour")
  func skippedMovesForward() throws {
    let found = berlin.resolve(local: try seconds(2026, 3, 29, 230))
    #expect(found.utc + Int64(found.offset) == (try seconds(2026, 3, 29, 330)))
  }

  @Test("Every quarter of an hour of 2026 comes back, but the second pass of the repeated hour")
  func instantsComeBack() throws {
    let repeatedAgain = 1_792_890_000..<1_792_893_600 as Range<Int64>
    var strays: [Int64] = []
    for utc in stride(from: try seconds(2026, 1, 1, 0), to: try seconds(2027, 1, 1, 0), by: 900) {
      let summer = utc >= 1_774_746_000 && utc < 1_792_890_000
      let found = berlin.resolve(local: utc + (summer ? 7_200 : 3_600))
      if found.utc != (repeatedAgain.contains(utc) ? utc - 3_600 : utc) { strays.append(utc) }
    }
    #expect(strays.isEmpty)
  }

  @Test("Among a hundred changes the right one is found")
  func manyChanges() {
    // Every 180 days forward to UTC-4 and back to UTC-5, as west of the Atlantic.
    let span: Int64 = 180 * 86_400
    let rules = ZoneRules(
      name: "Somewhere/West", base: -18_000,
      transitions: (1...100).map { (at: Int64($0) * span, offset: $0 % 2 == 1 ? -14_400 : -18_000) }
    )
    for change in 0...100 {
      let offset: Int32 = change % 2 == 1 ? -14_400 : -18_000
      let utc = Int64(change) * span + 7 * 86_400
      let found = rules.resolve(local: utc + Int64(offset))
      #expect(found.utc == utc && found.offset == offset && found.reading == .plain)
    }
  }
}
