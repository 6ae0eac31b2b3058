import Columns
import Records

/// One day of a period as a pain diary has it.
public struct PainDay: Sendable {
  /// Which day.
  public let day: Day
  /// The day's value on the diary's scale; nil where nothing was logged.
  public let value: Double?
  /// The mean of the values of the 7 days up to this one; nil below 3 of them.
  public let rollingMean: Double?
  /// The worst pain logged; nil where none was.
  public let worst: Double?
  /// Whether it is a flare.
  public let isFlare: Bool
}

/// One ISO week of a period, cut at its ends.
public struct PainWeek: Sendable {
  /// First day of the week.
  public let monday: Day
  /// Days with a value.
  public let days: Int
  /// Mean of their values; nil without one.
  public let mean: Double?
  /// The highest of them; nil likewise.
  public let highest: Double?
  /// The highest worst pain; nil where none was logged.
  public let worst: Double?
}

extension PainFinding {
  /// Every day of the period; none without a series.
  public var daily: [PainDay] {
    guard let series else { return [] }
    let worst = series.worstByDay
    let flares = Set(flares.map(\.day))
    return period.days.map { day in
      let window = series.values(from: day - (PainAnalysis.window - 1), to: day)
      return PainDay(
        day: day, value: series.value(on: day),
        rollingMean: window.count >= PainAnalysis.windowNeed
          ? window.reduce(0, +) / Double(window.count) : nil,
        worst: worst[day], isFlare: flares.contains(day))
    }
  }

  /// Every week of the period; none without a series.
  public var weekly: [PainWeek] {
    guard let series else { return [] }
    let worst = series.worstByDay
    return AdherenceAnalysis.mondays(of: period).map { monday in
      let week = Period(from: max(monday, period.from), to: min(monday + 6, period.to))
      let values = series.values(from: week.from, to: week.to)
      return PainWeek(
        monday: monday, days: values.count,
        mean: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count),
        highest: values.max(), worst: week.days.compactMap { worst[$0] }.max())
    }
  }
}

extension PainSeries {
  fileprivate var worstByDay: [Day: Double] {
    Dictionary(zip(worstDays, worstValues).map { ($0, $1) }, uniquingKeysWith: max)
  }
}
