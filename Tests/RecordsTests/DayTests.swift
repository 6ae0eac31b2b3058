import Testing

@testable import Records

/// A day that exists.
func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
  try #require(Day(year: year, month: month, day: day))
}

@Suite("Day")
struct DayTests {
  @Test(
    "Days are counted from 1970-01-01",
    arguments: [
      (1970, 1, 1, 0), (1969, 12, 31, -1), (1900, 1, 1, -25_567), (2000, 2, 29, 11_016),
      (2000, 3, 1, 11_017), (2026, 3, 29, 20_541), (2026, 10, 31, 20_757), (2200, 12, 31, 84_370),
    ] as [(Int, Int, Int, Int32)])
  func number(year: Int, month: Int, dayOfMonth: Int, number: Int32) throws {
    #expect(try day(year, month, dayOfMonth).number == number)
    let civil = Day(number: number).civil
    #expect([civil.year, civil.month, civil.day] == [year, month, dayOfMonth])
  }

  @Test("Every day from 1900 to 2200 comes back from its number, one after the other")
  func civilRoundTrip() throws {
    var number: Int32 = -25_567
    var strays: [String] = []
    for year in 1900...2200 {
      for month in 1...12 {
        for dayOfMonth in 1...Day.length(ofMonth: month, year: year) {
          let made = Day(year: year, month: month, day: dayOfMonth)
          let civil = Day(number: number).civil
          if made?.number != number || civil != (year, month, dayOfMonth) {
            strays.append("\(year)-\(month)-\(dayOfMonth)")
          }
          number += 1
        }
      }
    }
    #expect(strays.isEmpty)
    #expect(number == 84_371)
  }

  @Test("29 February 2025 does not exist")
  func noLeapDay() {
    #expect(Day(year: 2025, month: 2, day: 29) == nil)
  }

  @Test(
    "Dates that do not exist, and years outside 1900 to 2200, are no days",
    arguments: [
      (2026, 2, 29), (1900, 2, 29), (2100, 2, 29), (2000, 2, 30), (2026, 4, 31), (2026, 6, 31),
      (2026, 9, 31), (2026, 11, 31), (2026, 1, 32), (2026, 1, 0), (2026, 0, 1), (2026, 13, 1),
      (2026, -1, 1), (2026, 6, -1), (1899, 12, 31), (2201, 1, 1), (0, 1, 1), (.max, 1, 1),
      (.min, 1, 1), (2026, .max, 1), (2026, 1, .max), (2026, 1, .min),
    ])
  func invalid(year: Int, month: Int, dayOfMonth: Int) {
    #expect(Day(year: year, month: month, day: dayOfMonth) == nil)
  }

  @Test(
    "Leap days are every fourth year, not every hundredth, but every four hundredth",
    arguments: [
      (1904, 29), (2000, 29), (2024, 29), (2028, 29), (1900, 28), (2025, 28), (2100, 28),
      (2200, 28),
    ])
  func february(year: Int, length: Int) {
    #expect(Day.length(ofMonth: 2, year: year) == length)
  }

  @Test("Months have their lengths")
  func monthLengths() {
    let lengths = (1...12).map { Day.length(ofMonth: $0, year: 2026) }
    #expect(lengths == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
  }

  @Test(
    "Weekdays count from Monday 1 to Sunday 7",
    arguments: [
      (1900, 1, 1, 1), (1969, 12, 31, 3), (1970, 1, 1, 4), (2000, 2, 29, 2), (2026, 10, 25, 7),
      (2026, 10, 31, 6), (2200, 12, 31, 3),
    ])
  func weekday(year: Int, month: Int, dayOfMonth: Int, weekday: Int) throws {
    #expect(try day(year, month, dayOfMonth).weekday == weekday)
  }

  @Test("Weekdays follow one another, before 1970 too")
  func weekdaysFollow() {
    let weekdays = (-25_567...(-25_000)).map { Day(number: $0).weekday }
    #expect(weekdays == (0..<568).map { $0 % 7 + 1 })
  }

  @Test(
    "ISO weeks belong to the year of their Thursday",
    arguments: [
      (2025, 12, 28, "2025-W52"), (2025, 12, 29, "2026-W01"), (2026, 1, 1, "2026-W01"),
      (2026, 10, 5, "2026-W41"), (2026, 10, 11, "2026-W41"), (2026, 12, 27, "2026-W52"),
      (2026, 12, 28, "2026-W53"), (2027, 1, 3, "2026-W53"), (2027, 1, 4, "2027-W01"),
      (2021, 1, 3, "2020-W53"), (2024, 12, 30, "2025-W01"), (2000, 1, 2, "1999-W52"),
      (2005, 1, 1, "2004-W53"), (1900, 1, 1, "1900-W01"), (2200, 12, 31, "2201-W01"),
    ])
  func isoWeek(year: Int, month: Int, dayOfMonth: Int, week: String) throws {
    #expect(try day(year, month, dayOfMonth).isoWeek == week)
  }

  /// A year has 53 weeks when it begins on a Thursday, or on a Wednesday and is a leap year; week 1
  /// is the one that holds 4 January.
  @Test("Every year from 1900 to 2200 has the weeks that its first day gives it")
  func weeksOfYears() throws {
    var long = 0
    for year in 1900...2200 {
      let first = try day(year, 1, 1)
      let isLong =
        first.weekday == 4 || first.weekday == 3 && Day.length(ofMonth: 2, year: year) == 29
      if isLong { long += 1 }
      #expect(try day(year, 1, 4).isoWeek == "\(year)-W01")
      #expect(try day(year, 12, 28).isoWeek == "\(year)-W\(isLong ? 53 : 52)")
    }
    #expect(long == 53)
  }

  @Test("The Monday of a week is the same for its seven days")
  func monday() throws {
    let monday = try day(2026, 12, 28)
    #expect((0..<7).allSatisfy { (monday + $0).monday == monday })
    #expect((monday + 7).monday == monday + 7)
    #expect((monday - 1).monday == monday - 7)
  }

  @Test("The first and the last day of a month")
  func edgesOfMonths() throws {
    #expect(try day(2026, 10, 15).firstOfMonth == day(2026, 10, 1))
    #expect(try day(2026, 10, 1).lastOfMonth == day(2026, 10, 31))
    #expect(try day(2024, 2, 29).firstOfMonth == day(2024, 2, 1))
    #expect(try day(2024, 2, 1).lastOfMonth == day(2024, 2, 29))
    #expect(try day(1950, 12, 31).lastOfMonth == day(1950, 12, 31))
  }

  @Test("Days are added, taken away, subtracted and compared")
  func arithmetic() throws {
    let last = try day(2026, 12, 31)
    let first = try day(2027, 1, 1)
    #expect(last + 1 == first)
    #expect(first - 1 == last)
    #expect(first - last == 1)
    #expect(last - first == -1)
    #expect(last < first)
    #expect(!(first < last) && !(last < last))
    #expect(try day(2200, 12, 31) - day(1900, 1, 1) == 109_937)
  }

  @Test("A day is written as ISO 8601")
  func description() throws {
    #expect(try day(2026, 10, 31).description == "2026-10-31")
    #expect(try day(1901, 2, 3).description == "1901-02-03")
  }
}

@Suite("Period")
struct PeriodTests {
  @Test("A period holds its first day, its last day and all between")
  func contains() throws {
    let october = Period(from: try day(2026, 10, 1), to: try day(2026, 10, 31))
    #expect(october.count == 31)
    #expect(october.contains(october.from) && october.contains(october.to))
    #expect(!october.contains(october.from - 1) && !october.contains(october.to + 1))
    #expect(october.description == "2026-10-01 to 2026-10-31")
  }

  @Test("The days of a period come in order")
  func days() throws {
    let edge = Period(from: try day(2026, 12, 30), to: try day(2027, 1, 2))
    #expect(
      edge.days.map(\.description) == ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"])
  }

  @Test("A period may be a single day")
  func singleDay() throws {
    let only = try day(2026, 10, 31)
    let period = Period(from: only, to: only)
    #expect(period.count == 1)
    #expect(Array(period.days) == [only])
    #expect(period.contains(only))
  }
}
