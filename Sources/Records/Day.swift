/// A civil date in the proleptic Gregorian calendar, held as whole days since 1970-01-01.
///
/// A day has no zone: it is the patient's own date. Arithmetic is on `number`.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01, negative before.
  public let number: Int32

  /// The day that lies `number` days after 1970-01-01.
  public init(number: Int32) { self.number = number }

  /// The day of a year, month and day of month, or nil when there is no such date.
  ///
  /// Years 1900 to 2200 only: outside them a date in a diary is a slip of the keyboard.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900...2200).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    self.init(number: Day.number(year: year, month: month, day: day))
  }

  /// The days that a diary can name, as above.
  public static let possible =
    Day(
      number: number(year: 1900, month: 1, day: 1))...Day(
      number: number(year: 2200, month: 12, day: 31))

  /// Days in a month of a year.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 of a date, by counting 400-year eras from a year that starts in March.
  ///
  /// Source: H. Hinnant, "chrono-compatible low-level date algorithms".
  static func number(year: Int, month: Int, day: Int) -> Int32 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month and day of month.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(number) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// ISO 8601 day of the week: Monday 1 to Sunday 7.
  public var weekday: Int {
    let remainder = (Int(number) + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  /// The Monday of this day's ISO week.
  public var monday: Day { self - (weekday - 1) }

  /// ISO 8601 week, as `2026-W41`. The week belongs to the year that holds its Thursday.
  public var isoWeek: String {
    let thursday = monday + 3
    let year = thursday.civil.year
    let firstDay = Day.number(year: year, month: 1, day: 1)
    let week = Int(thursday.number - firstDay) / 7 + 1
    return "\(year)-W\(week < 10 ? "0" : "")\(week)"
  }

  /// The first day of this day's month.
  public var firstOfMonth: Day { self - (civil.day - 1) }

  /// The last day of this day's month.
  public var lastOfMonth: Day {
    let (year, month, _) = civil
    return firstOfMonth + (Day.length(ofMonth: month, year: year) - 1)
  }

  /// Whether `left` is the earlier day.
  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// The day `count` days later.
  public static func + (day: Day, count: Int) -> Day { Day(number: day.number + Int32(count)) }

  /// The day `count` days earlier.
  public static func - (day: Day, count: Int) -> Day { Day(number: day.number - Int32(count)) }

  /// Days from `right` to `left`.
  public static func - (left: Day, right: Day) -> Int { Int(left.number) - Int(right.number) }
}

extension Day: CustomStringConvertible {
  /// ISO 8601, as `2026-10-31`.
  public var description: String {
    let (year, month, day) = civil
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }
}

/// An inclusive span of days.
public struct Period: Hashable, Sendable {
  /// The first day.
  public let from: Day
  /// The last day.
  public let to: Day

  /// The span from one day to another, both inclusive; `to` is never before `from`.
  public init(from: Day, to: Day) {
    precondition(from <= to, "a period ends on or after the day it starts")
    self.from = from
    self.to = to
  }

  /// How many days it holds.
  public var count: Int { to - from + 1 }

  /// Whether a day lies in it.
  public func contains(_ day: Day) -> Bool { from <= day && day <= to }

  /// Its days in order.
  public var days: some RandomAccessCollection<Day> {
    (0..<count).lazy.map { from + $0 }
  }
}

extension Period: CustomStringConvertible {
  /// As `2026-10-01 to 2026-10-31`.
  public var description: String { "\(from) to \(to)" }
}

func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
