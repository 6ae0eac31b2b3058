import ArgumentParser
import Columns
import Records
import Storage
import Workflows

/// Which days are reported on.
struct PeriodOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A calendar month, as 2026-10.", valueName: "month"))
  var month: Month?

  @Option(help: ArgumentHelp("The first day.", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("The last day.", valueName: "date"))
  var to: String?

  @Option(help: ArgumentHelp("The last days up to the as-of day, as 30d.", valueName: "days"))
  var last: String?

  @Option(
    help: ArgumentHelp(
      "The first weeks or days of each person's programme, as 12w.", valueName: "weeks"))
  var sinceStart: String?

  @Option(
    help: ArgumentHelp("The day to report as of; later rows are not seen.", valueName: "date"))
  var asOf: String?

  /// The as-of day and the days, which are cut at it.
  func chosen(in store: Store) throws -> (asOf: Day, days: ReportedDays) {
    guard let lastDay = try store.lastDay() else {
      throw Failure(.noInput, "the database holds no records. Import something first.")
    }
    let asOf = try self.asOf.map { try Day(argument: $0, name: "--as-of") } ?? lastDay
    guard let sinceStart else { return (asOf, .period(try period(asOf: asOf))) }
    guard month == nil, from == nil, to == nil, last == nil else {
      throw Failure(.usage, PeriodOptions.oneWay)
    }
    let length = ["w": 7, "d": 1][String(sinceStart.suffix(1))]
    guard let length, let number = Int(sinceStart.dropLast()), (1...5_200).contains(number) else {
      throw Failure(
        .usage, "--since-start takes weeks or days such as 12w or 84d, not \(sinceStart).")
    }
    return (asOf, .sinceStart(days: number * length))
  }

  private static let oneWay =
    "give the period in one way: --month, --from and --to, --last, or --since-start."

  /// The period, cut at the as-of day.
  private func period(asOf: Day) throws -> Period {
    let ways = [month != nil, from != nil || to != nil, last != nil].count { $0 }
    guard ways <= 1 else {
      throw Failure(.usage, PeriodOptions.oneWay)
    }
    var first = asOf - 29
    var final = asOf
    if let month {
      first = month.first
      final = first.lastOfMonth
    } else if let last {
      guard let days = Int(last.hasSuffix("d") ? String(last.dropLast()) : last),
        (1...36_600).contains(days)
      else { throw Failure(.usage, "--last takes a number of days such as 30d, not \(last).") }
      first = asOf - (days - 1)
    } else if from != nil || to != nil {
      guard let from, let to else { throw Failure(.usage, "--from and --to go together.") }
      first = try Day(argument: from, name: "--from")
      final = try Day(argument: to, name: "--to")
    }
    final = min(final, asOf)
    guard first <= final else {
      throw Failure(
        .usage, "the period begins after it ends or after the as-of day \(asOf). Choose another.")
    }
    return Period(from: first, to: final)
  }
}
