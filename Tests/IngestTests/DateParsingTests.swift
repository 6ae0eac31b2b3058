import Records
import Testing

@testable import Ingest

private let hour: Int64 = 3_600_000

private func parse(_ text: String, _ order: DateOrder? = nil) -> Result<ParsedTime, DateProblem> {
  withBytes(text) { parseTime($0, order: order) }
}

private func time(_ day: Day, _ milliseconds: Int64? = nil, _ offset: Int? = nil)
  -> Result<ParsedTime, DateProblem>
{
  .success(ParsedTime(day: day, milliseconds: milliseconds, offsetMinutes: offset))
}

/// 31 October 2026.
private let halloween = Day(number: 20_757)

@Suite("Date parsing")
struct DateParsingTests {
  @Test(
    "ISO 8601 is read whatever order is told",
    arguments: ["2026-10-31", "2026/10/31", "2026.10.31"], [nil, .ymd, .dmy, .mdy] as [DateOrder?])
  func isoDates(text: String, order: DateOrder?) {
    #expect(parse(text, order) == time(halloween))
    #expect(parse(text + " 07:15", order) == time(halloween, 7 * hour + 900_000))
  }

  @Test(
    "Clocks are read to the millisecond",
    arguments: [
      ("00:00", 0), ("7:15", 26_100_000), ("07:15", 26_100_000), ("07:15:30", 26_130_000),
      ("07:15:30.250", 26_130_250), ("07:15:30,250", 26_130_250), ("07:15:30.5", 26_130_500),
      ("07:15:30.05", 26_130_050), ("07:15:30.123999", 26_130_123), ("23:59:59.999", 86_399_999),
      ("7:15 am", 26_100_000), ("7:15AM", 26_100_000), ("07:15:30 PM", 69_330_000),
      ("12:30 am", 1_800_000), ("12:30pm", 45_000_000), ("12:00 AM", 0), ("11:59 pm", 86_340_000),
      ("1:05:06.007 pm", 47_106_007),
    ] as [(String, Int64)])
  func clocks(text: String, milliseconds: Int64) {
    for joint in ["T", "t", " "] {
      #expect(parse("2026-10-31\(joint)\(text)") == time(halloween, milliseconds))
    }
  }

  @Test(
    "Offsets are minutes east of UTC",
    arguments: [
      ("Z", 0), ("z", 0), ("+00:00", 0), ("-00:00", 0), ("+02:00", 120), ("+0200", 120),
      ("+02", 120), ("-05:00", -300), ("-0330", -210), ("+05:45", 345), ("+14:00", 840),
      ("+18:00", 1_080), ("-18:00", -1_080), (" +02:00", 120), (" Z", 0),
    ])
  func offsets(text: String, minutes: Int) {
    #expect(parse("2026-10-31T07:15\(text)") == time(halloween, 26_100_000, minutes))
    #expect(parse("2026-10-31T07:15:30.250\(text)") == time(halloween, 26_130_250, minutes))
  }

  @Test(
    "What does not exist is no date",
    arguments: [
      "2025-02-29", "2026-02-30", "2026-04-31", "2026-00-10", "2026-13-01", "2026-10-00",
      "2026-10-32", "1899-12-31", "2201-01-01", "0000-01-01", "2026-10-31T24:00",
      "2026-10-31T24:00:00", "2026-10-31T23:60", "2026-10-31T23:59:60", "2026-10-31T25:00",
      "2026-10-31 13:15 pm", "2026-10-31 0:15 am", "2026-10-31 13:15 am", "2026-10-31T07:15+18:01",
      "2026-10-31T07:15+19:00", "2026-10-31T07:15+02:60", "2026-10-31T07:15+0260",
    ])
  func impossible(text: String) {
    #expect(parse(text) == .failure(.notADate))
  }

  @Test(
    "What is not written as a date is none",
    arguments: [
      "", "2026", "2026-10", "2026-10-", "-10-31", "2026-10-31T", "2026-10-31 ", " 2026-10-31",
      "2026-10/31", "2026-10-31T07", "2026-10-31T07:", "2026-10-31T07:5", "2026-10-31T7:150",
      "2026-10-31T007:15", "2026-10-31T07:15:", "2026-10-31T07:15:3", "2026-10-31T07:15:30.",
      "2026-10-31T07.15", "2026-10-31T07:15+", "2026-10-31T07:15+2", "2026-10-31T07:15+2:00",
      "2026-10-31T07:15+02:", "2026-10-31T07:15+02:0", "2026-10-31T07:15+020",
      "2026-10-31T07:15 CET", "2026-10-31  07:15", "2026-10-31_07:15", "2026-10-31T07:15 am Z",
      "2026-10-31T07:15m", "2026-10-31T07:15 xm", "20261331", "2026-W44-6", "2026-304",
      "31 Octobre-ish 2026", "tomorrow", "２０２６-10-31", "-2026-10-31", "+2026-10-31", "12026-10-31",
      "2026-10-31T+7:15", "999999999999-10-31",
    ])
  func misspelled(text: String) {
    #expect(parse(text) == .failure(.notADate))
  }

  @Test(
    "Anything behind a date makes it none",
    arguments: [
      "2026-10-31", "2026-10-31T07:15", "2026-10-31 07:15:30", "2026-10-31T07:15:30.250Z",
      "2026-10-31T07:15+02:00", "2026-10-31T07:15+02", "2026-10-31 7:15 pm",
    ])
  func trailingGarbage(text: String) {
    #expect(parse(text) != .failure(.notADate))
    for garbage in ["x", " ", "-", ".", ";", " x", "\0", "é", "  Z", "/1"] {
      #expect(parse(text + garbage) == .failure(.notADate), "\(text + garbage)")
    }
  }

  @Test("A month or a day has at most two digits", arguments: ["2026-010-31", "2026-10-031"])
  func tooManyDigits(text: String) {
    #expect(parse(text) == .failure(.notADate))
  }

  @Test(
    "A told order decides about day, month and year",
    arguments: [
      ("31/10/2026", .dmy, 2026, 10, 31), ("31.10.2026", .dmy, 2026, 10, 31),
      ("31-10-2026", .dmy, 2026, 10, 31), ("1.2.2026", .dmy, 2026, 2, 1),
      ("01/02/26", .dmy, 2026, 2, 1), ("01/02/00", .dmy, 2000, 2, 1),
      ("01/02/99", .dmy, 2099, 2, 1), ("10/31/2026", .mdy, 2026, 10, 31),
      ("1/2/2026", .mdy, 2026, 1, 2), ("1-2-26", .mdy, 2026, 1, 2),
      ("26-10-31", .ymd, 2026, 10, 31),
      ("26.1.2", .ymd, 2026, 1, 2),
    ] as [(String, DateOrder, Int, Int, Int)])
  func orders(text: String, order: DateOrder, year: Int, month: Int, dayOfMonth: Int) throws {
    let date = try day(year, month, dayOfMonth)
    #expect(parse(text, order) == time(date))
    #expect(parse(text + " 7:15", order) == time(date, 26_100_000))
    #expect(parse(text + "T07:15Z", order) == time(date, 26_100_000, 0))
  }

  @Test(
    "A date that does not fit its order is none",
    arguments: [
      ("10/31/2026", .dmy), ("31/10/2026", .mdy), ("31/10/2026", .ymd),
      ("31/10/126", .dmy), ("31/10/6", .dmy), ("29/02/2025", .dmy), ("31/10-2026", .dmy),
      ("31/10/1899", .dmy), ("31/10", .dmy), ("31/10/20260", .dmy),
    ] as [(String, DateOrder)])
  func otherOrder(text: String, order: DateOrder) {
    #expect(parse(text, order) == .failure(.notADate))
  }

  @Test(
    "Without a told order a date that does not begin with its year is undecided",
    arguments: ["03/10/2026", "3.10.26", "31/10/2026", "10-31-2026", "03/10/2026 07:15"])
  func undecidable(text: String) {
    #expect(parse(text) == .failure(.orderUnknown))
  }

  @Test("Every day from 1999 to 2030 is read as it is written")
  func everyDay() throws {
    let days = Period(from: try day(1999, 1, 1), to: try day(2030, 12, 31)).days
    #expect(days.allSatisfy { parse($0.description) == time($0) })
  }

  @Test("Every minute of a day is read as it is written, on both kinds of clock")
  func everyMinute() {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    var strays: [Int] = []
    for minute in 0..<1_440 {
      let (hours, minutes) = (minute / 60, padded(minute % 60))
      let expected = time(halloween, Int64(minute) * 60_000)
      let half = "\((hours + 11) % 12 + 1):\(minutes) \(hours < 12 ? "am" : "pm")"
      if parse("2026-10-31 \(padded(hours)):\(minutes)") != expected
        || parse("2026-10-31 \(half)") != expected
      {
        strays.append(minute)
      }
    }
    #expect(strays.isEmpty)
  }
}
