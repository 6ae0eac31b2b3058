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

/// One ISO week or one month of a period, cut at its ends.
public struct PainSpan: Sendable {
  /// First day of the week or month, which may lie before the period.
  public let first: Day
  /// Days with a value.
  public let days: Int
  /// Mean of their values; nil without one.
  public let mean: Double?
  /// The highest of them; nil likewise.
  public let highest: Double?
  /// The highest worst pain; nil where none was logged.
  public let worst: Double?

  /// The Monday of its first day, which a week begins on.
  public var monday: Day { first.monday }
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
  public var weekly: [PainSpan] {
    spans(AdherenceAnalysis.mondays(of: period).map { ($0, $0 + 6) })
  }

  /// Every month of the period; none without a series.
  public var monthly: [PainSpan] { spans(period.months.map { ($0, $0.lastOfMonth) }) }

  private func spans(_ spans: [(first: Day, last: Day)]) -> [PainSpan] {
    guard let series else { return [] }
    let worst = series.worstByDay
    return spans.map { first, last in
      let own = Period(from: max(first, period.from), to: min(last, period.to))
      let values = series.values(from: own.from, to: own.to)
      return PainSpan(
        first: first, days: values.count,
        mean: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count),
        highest: values.max(), worst: own.days.compactMap { worst[$0] }.max())
    }
  }
}

extension Period {
  /// The first days of the months that it touches, in order.
  var months: [Day] {
    var months: [Day] = []
    var first = from.firstOfMonth
    while first <= to {
      months.append(first)
      first = first.lastOfMonth + 1
    }
    return months
  }
}

extension PainSeries {
  fileprivate var worstByDay: [Day: Double] {
    Dictionary(zip(worstDays, worstValues).map { ($0, $1) }, uniquingKeysWith: max)
  }
}
