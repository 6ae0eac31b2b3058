import Columns
import Records

/// Whether a patient gets more flexible: first and latest of each measure against the change that a
/// repeated measurement can tell from its own error.
public struct FlexibilityAnalysis: Analysis {
  /// The analysis has no settings.
  public init() {}

  /// The first day of the period.
  public func firstDay(of period: Period) -> Day? { period.from }

  /// One entry a series of the period; none when nothing was measured in it.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> FlexibilityFinding {
    var measures = table.measurements.map { measure($0, thresholds) }
    for (index, measure) in measures.enumerated() where measure.side != nil {
      let other = measures.first { $0.code == measure.code && $0.side == measure.side?.opposite }
      guard let own = measure.latest, let other = other?.latest else { continue }
      measures[index].sideDifference = own - other
    }
    return FlexibilityFinding(measures: measures)
  }

  private func measure(_ series: MeasurementSeries, _ thresholds: Thresholds)
    -> FlexibilityFinding.Measure
  {
    let known = FlexibilityMeasure.named(series.measure)
    var measure = FlexibilityFinding.Measure(
      code: series.measure, side: series.side,
      unit: series.unit ?? known?.unit, series: series)
    guard let first = series.values.first, let last = series.values.last else { return measure }
    measure.first = first
    measure.latest = last
    let trend = Trend.ofMeasurements(
      days: series.days.map { Int($0.number) }, values: series.values)
    measure.trend = trend
    guard series.values.count >= 2 else { return measure }
    // What is read in two ways, and does not say which, is not compared.
    guard known == nil || known?.higherIsBetter(convention: series.convention) != nil else {
      return measure
    }
    measure.change = last - first
    guard let known, isUsual(series.unit, of: known) else { return measure }
    let raterChanged = series.raters.first != series.raters.last
    let published = raterChanged ? known.changedRaterThreshold ?? known.threshold : known.threshold
    let threshold = published.map(thresholds.current)
    measure.threshold = threshold
    let higherIsBetter = known.higherIsBetter(convention: series.convention)
    measure.higherIsBetter = higherIsBetter
    guard let threshold, let higherIsBetter else { return measure }
    if abs(last - first) <= threshold.value + 1e-9 {
      measure.verdict = .withinError
    } else {
      let isUp = last > first
      // A trend that agrees with the change makes it more than two readings.
      let slope = trend.slopePerWeek ?? 0
      let isTrend = (trend.p ?? 1) < 0.05 && slope != 0 && (slope > 0) == isUp
      measure.verdict =
        isUp == higherIsBetter
        ? (isTrend ? .improved : .detectableBetter) : (isTrend ? .worsened : .detectableWorse)
    }
    return measure
  }
}

extension FlexibilityAnalysis {
  /// Whether values are in the unit of the test, however it is spelled; readers bring them to it.
  private func isUsual(_ unit: String?, of known: FlexibilityMeasure) -> Bool {
    guard let unit else { return true }
    let scale = Quantity.of(measure: known.code)?.scale(from: unit)
    return scale == UnitScale(times: 1, over: 1)
  }
}

/// What a change of flexibility amounts to.
public enum FlexibilityVerdict: String, CaseIterable, Sendable {
  /// Beyond the MDC, with a significant trend over at least 7 days that agrees.
  case improved, worsened
  /// Beyond the MDC in the better direction.
  case detectableBetter = "detectable-better"
  /// Beyond the MDC in the worse direction.
  case detectableWorse = "detectable-worse"
  /// Not beyond the MDC.
  case withinError = "within-error"
}

/// How flexible a patient is and was.
public struct FlexibilityFinding: Finding {
  /// The section `flexibility` of the JSON report.
  public static let key = "flexibility"

  /// One measure of one side.
  public struct Measure: Sendable {
    /// The measure as files name it, without its side.
    public let code: String
    /// Side that was measured; nil when its rows name none.
    public let side: Side?
    /// Unit as written, else the usual one; nil for an unknown measure without one.
    public let unit: String?
    /// The values of the period, one a day.
    public let series: MeasurementSeries
    /// Value of the first measured day of the period, in `unit`; nil without one.
    public internal(set) var first: Double?
    /// Value of the last measured day of the period, in `unit`; nil without one.
    public internal(set) var latest: Double?
    /// Latest minus first, in `unit`; nil for a single day.
    public internal(set) var change: Double?
    /// Latest value less that of the other side, in `unit`; nil when only one side was measured.
    public internal(set) var sideDifference: Double?
    /// The minimal detectable change that the verdict rests on.
    public internal(set) var threshold: Threshold?
    /// Nil when the direction is not known.
    public internal(set) var higherIsBetter: Bool?
    /// Nil without a change, a threshold, a known direction, or with another unit than the usual.
    public internal(set) var verdict: FlexibilityVerdict?

    /// The slope over the period; nil without a value.
    public internal(set) var trend: Trend?

    init(code: String, side: Side?, unit: String?, series: MeasurementSeries) {
      self.code = code
      self.side = side
      self.unit = unit
      self.series = series
    }

    /// Measurement days in the period.
    public var count: Int { series.days.count }
  }

  /// By measure, then side.
  public let measures: [Measure]

  /// Those that changed for the better by more than their error.
  public var better: [Measure] {
    measures.filter { $0.verdict == .improved || $0.verdict == .detectableBetter }
  }

  /// Those that changed for the worse by more than their error.
  public var worse: [Measure] {
    measures.filter { $0.verdict == .worsened || $0.verdict == .detectableWorse }
  }

  /// The most days that any was measured on.
  public var mostDays: Int { measures.map(\.count).max() ?? 0 }

  /// How many have a verdict.
  public var judged: Int { measures.count { $0.verdict != nil } }

  /// Every figure of this finding with its JSON key; absent ones carry their reason.
  public var figures: Figure {
    .list(measures.map(figure))
  }

  private func figure(_ measure: Measure) -> Figure {
    let single =
      measure.count < 2
      ? Absence(.tooEarly, have: measure.count, need: 2) : Absence(.noThreshold)
    let slope = measure.trend?.members ?? []
    return .record(
      [
        ("measure", .text(measure.code)), ("side", measure.side.map { .text($0.word) } ?? .none),
        ("unit", measure.unit.map(Figure.text) ?? .none), ("n", .count(measure.count)),
        ("capped", .count(measure.series.capped)),
        ("first", Figure(measure.first, else: Absence(.noData))),
        ("latest", Figure(measure.latest, else: Absence(.noData))),
        ("change", Figure(measure.change, else: single)),
      ] + slope + [
        (
          "side_difference",
          measure.side == nil
            ? .none : Figure(measure.sideDifference, else: Absence(.noData))
        ),
        ("mdc", Figure(measure.threshold?.value, else: Absence(.noThreshold))),
        (
          "verdict",
          Figure(
            measure.verdict?.rawValue, else: measure.change == nil ? single : Absence(.noThreshold))
        ),
      ])
  }
}
