import Columns
import Records
import Statistics

/// Pain over a period: how much, how it changes, and what happened.
public struct PainAnalysis: Analysis {
  /// Days of a rolling mean, and how many of them must hold pain.
  static let window = 7
  static let windowNeed = 3

  private let scope: AnalysisScope

  /// - Parameter scope: the main figures are all but the trend and what takes the whole diary:
  ///   recurrences, triggers and since when the pain is better.
  public init(_ scope: AnalysisScope = .report) { self.scope = scope }

  /// Main figures look at no day before those that a flare is compared with.
  public func firstDay(of period: Period) -> Day? {
    scope == .report ? nil : period.from - PainEvents.window
  }

  /// Compares baseline and latest days of the headline series; all absent without pain.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> PainFinding {
    var finding = PainFinding(series: table.pain, period: table.period)
    finding.name = table.pain?.name ?? table.log.past?.pain.series
    finding.isSilent = table.pain == nil && table.log.past?.pain.hasEntries == true
    guard let series = table.pain else {
      if finding.isSilent { finding.note(PainDiary(table), asOf: table.asOf) }
      return finding
    }
    let inPeriod = series.values(from: table.period.from, to: table.period.to)
    finding.days = inPeriod.count
    finding.mean = mean(inPeriod)
    finding.painFreeDays = series.painFreeDays.count { table.period.contains($0.day) && $0.isFree }
    let events = PainEvents(series, log: table.log, to: table.period.to, by: thresholds)
    finding.flares = events.flares.filter { table.period.contains($0.day) }
    if scope == .report {
      finding.recurrences = events.recurrences.filter(table.period.contains)
      finding.triggers = FlareTriggers.find(events, in: table)
      let inside = zip(series.days, series.values).filter { table.period.contains($0.0) }
      finding.trend = Trend.ofDiary(
        days: inside.map { Int($0.0.number) }, values: inside.map(\.1))
    }
    finding.note(PainDiary(table), asOf: table.asOf)
    if scope == .report, let change = finding.windows {
      finding.improvedSince = series.lastingImprovement(
        from: change.baseline, behind: change.baselineWindow, to: table.period.to,
        share: thresholds[.painImportantShare])
    }
    return finding
  }
}

extension PainSeriesName {
  /// Whether the scale runs from 0 to 10, which thresholds need.
  var isTenPointScale: Bool { scale == nil || scale?.hasSuffix("0-10") == true }
}

extension PainSeries {
  /// Whether the scale runs from 0 to 10, which thresholds need.
  public var isTenPointScale: Bool { name.isTenPointScale }
}

/// What the pain diary says.
public struct PainFinding: Finding {
  /// The section `pain` of the JSON report.
  public static let key = "pain"

  /// The headline series, nil when no pain was logged.
  public let series: PainSeries?
  /// Whether pain was logged before the period, with nothing held of it, and none in it.
  var isSilent = false
  /// What tells the series from the person's other ones, also where its rows are not held.
  var name: PainSeriesName?
  /// Days reported on; the baseline may lie before them.
  public let period: Period
  /// Days of the period with a value.
  public internal(set) var days = 0
  /// Mean of the day values of the period, on the scale of `series`; nil without any.
  public internal(set) var mean: Double?
  /// The first and the last days of the diary; nil without a series.
  public private(set) var ends: (baseline: PainWindow, latest: PainWindow)?
  /// The first days against the last ones; nil where they hold too few values, or overlap.
  public private(set) var windows: PainChange?
  /// Why there is no change.
  private var refusal: Absence?

  /// Mean of the day values of the first days; nil where they are too few.
  public var baseline: Double? { ends?.baseline.mean }
  /// Mean of those of the last days; nil likewise.
  public var latest: Double? { ends?.latest.mean }
  /// Latest minus baseline: negative is better.
  public var change: Double? { windows?.points }
  /// Change ÷ baseline, negative is better; nil without a change or with a baseline of 0.
  public var changeShare: Double? {
    windows.flatMap { $0.baseline > 0 ? $0.points / $0.baseline : nil }
  }

  mutating func note(_ diary: PainDiary, asOf day: Day) {
    ends = diary.windows(asOf: day - diary.first)
    switch diary.change(asOf: day) {
    case .success(let found): windows = found
    case .failure(let found): refusal = found.absence
    }
  }

  /// Days of the period with a worst of 0, or a value of 0 where no worst was logged.
  public internal(set) var painFreeDays = 0

  /// Days of the period with a flare, of both kinds.
  public internal(set) var flares: [Flare] = []
  /// Days of the period on which pain came back after 30 pain-free days.
  public internal(set) var recurrences: [Day] = []
  /// First day of an improvement by 30 % that lasted to the end of the period; nil without one.
  public internal(set) var improvedSince: Day?
  /// What went before flares, or why that is not said.
  var triggers: Result<[FlareTrigger], FlareTriggers.Refused> = .failure(
    .init(absence: Absence(.noData)))

  /// The slope over the period; nil without a series.
  public internal(set) var trend: Trend?

  init(series: PainSeries?, period: Period) {
    self.series = series
    self.period = period
  }

  /// Why there is no change, for words and for the JSON.
  public var changeAbsence: Absence {
    refusal ?? Absence(.noData)
  }

  /// Every figure of this finding with its JSON key; absent ones carry their reason.
  public var figures: Figure {
    let nothing = Absence(.noData)
    let slope =
      trend?.members
      ?? ["slope_per_week", "slope_interval", "p_trend"].map { ($0, .absent(nothing)) }
    return .record(
      [
        ("kind", Figure(series?.kind.word, else: nothing)),
        ("location", Figure(series?.location, else: nothing)),
        ("days", .count(days)),
        ("mean", Figure(mean, else: nothing)),
        ("baseline", Figure(baseline, else: absence(ends?.baseline))),
        ("latest", Figure(latest, else: absence(ends?.latest))),
        ("change", Figure(change, else: changeAbsence)),
        (
          "change_share",
          Figure(changeShare, else: change == nil ? changeAbsence : Absence(.constant))
        ),
        ("baseline_window", period(ends?.baseline)),
        ("latest_window", period(ends?.latest)),
      ] + slope + [
        ("pain_free_days", series == nil ? .absent(nothing) : .count(painFreeDays)),
        ("flares", series == nil ? .absent(nothing) : .list(flares.map(figure))),
        (
          "recurrences",
          series == nil ? .absent(nothing) : .list(recurrences.map { .text($0.description) })
        ), ("improved_since", improvedSinceFigure), ("triggers", triggerFigures),
      ])
  }

  private func absence(_ window: PainWindow?) -> Absence {
    window.map { Absence(.tooEarly, have: $0.have, need: $0.need) } ?? changeAbsence
  }

  private func period(_ window: PainWindow?) -> Figure {
    window.map {
      .record([("from", .text($0.days.from.description)), ("to", .text($0.days.to.description))])
    } ?? .absent(changeAbsence)
  }

  private func figure(_ flare: Flare) -> Figure {
    .record([("date", .text(flare.day.description)), ("kind", .text(flare.kind.rawValue))])
  }

  private var improvedSinceFigure: Figure {
    if series == nil { return .absent(Absence(.noData)) }
    if baseline == nil { return .absent(changeAbsence) }
    return Figure(improvedSince?.description, else: Absence(.notReached))
  }

  private var triggerFigures: Figure {
    switch triggers {
    case .failure(let refused): .absent(refused.absence)
    case .success(let triggers):
      .list(
        triggers.map { trigger in
          .record([
            ("exposure", .text(trigger.exposure)), ("odds_ratio", .number(trigger.oddsRatio)),
            (
              "interval",
              .list([.number(trigger.interval.low), .number(trigger.interval.high)])
            ), ("flares", .count(trigger.flares)), ("p", .number(trigger.p)),
            ("p_adjusted", Figure(trigger.adjustedP, else: Absence(.noData))),
          ])
        })
    }
  }
}
