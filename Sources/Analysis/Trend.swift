import Records
import Statistics

/// A trend as reports show it: each part present, or absent with its reason.
public struct Trend: Sendable {
  /// Median slope in units a week; nil when refused.
  public let slopePerWeek: Double?
  /// The 95 % interval of the slope a week; nil when refused.
  public let interval: (low: Double?, high: Double?)?
  /// Two-sided; nil when refused.
  public let p: Double?
  /// Median of value minus slope × day, the level of Sen's line on day 0 of the calendar; nil with
  /// the slope.
  private let level: Double?
  /// Why the slope is absent.
  public let slopeAbsence: Absence
  /// Why interval and p are absent.
  public let testAbsence: Absence

  /// The trend of a daily diary: a slope from 7 values on, a test from 21 with 10 pairs of
  /// consecutive days.
  static func ofDiary(days: [Int], values: [Double]) -> Trend {
    let refusal: Absence? =
      values.count < Guardrails.fewestPairs
      ? Absence(.tooEarly, have: values.count, need: Guardrails.fewestPairs)
      : consecutivePairs(days) < Guardrails.fewestConsecutive
        ? Absence(
          .tooFewConsecutive, have: consecutivePairs(days), need: Guardrails.fewestConsecutive)
        : Guardrails.variation(values, isYesNo: false)
    return Trend(
      days: days, values: values, fewest: Guardrails.fewestValues, testRefusal: refusal,
      carriesOver: true)
  }

  /// The trend of single measurements: a slope from 3 days on, a test from 7; readings carry over
  /// only where they are typically at most two days apart.
  static func ofMeasurements(days: [Int], values: [Double]) -> Trend {
    let steps = zip(days, days.dropFirst()).map { Double($1 - $0) }
    let isConstant = Set(values).count < 2
    let refusal: Absence? =
      values.count < 7
      ? Absence(.tooEarly, have: values.count, need: 7) : isConstant ? Absence(.constant) : nil
    return Trend(
      days: days, values: values, fewest: 3, testRefusal: refusal,
      carriesOver: (median(steps) ?? 7) <= 2)
  }

  private init(
    days: [Int], values: [Double], fewest: Int, testRefusal: Absence?, carriesOver: Bool
  ) {
    slopeAbsence = Absence(.tooEarly, have: values.count, need: fewest)
    testAbsence = testRefusal ?? slopeAbsence
    guard values.count >= fewest,
      let trend = DiaryTrend(days: days, values: values, carriesOver: carriesOver)
    else {
      (slopePerWeek, interval, p, level) = (nil, nil, nil, nil)
      return
    }
    slopePerWeek = trend.slope * 7
    level = median(zip(days, values).map { $1 - trend.slope * Double($0) })
    guard testRefusal == nil else {
      (interval, p) = (nil, nil)
      return
    }
    p = trend.p
    interval = (
      trend.lowIsCut ? nil : trend.interval.low * 7, trend.highIsCut ? nil : trend.interval.high * 7
    )
  }

  /// The height of Sen's line on a day, in the unit of the values; nil without a slope.
  ///
  /// The line goes through the median of the values less slope × day (Sen 1968; Conover 1980).
  public func value(on day: Day) -> Double? {
    level.flatMap { level in slopePerWeek.map { level + $0 / 7 * Double(day.number) } }
  }

  /// Slope, interval and p with the keys of the JSON report.
  var members: [(key: String, value: Figure)] {
    let bounds: Figure =
      interval.map { ends in
        .list([ends.low, ends.high].map { Figure($0, else: Absence(.tooEarly)) })
      } ?? .absent(testAbsence)
    return [
      ("slope_per_week", Figure(slopePerWeek, else: slopeAbsence)), ("slope_interval", bounds),
      ("p_trend", Figure(p, else: testAbsence)),
    ]
  }
}
