import Columns
import Records
import Statistics

/// Whether the pain changes: baseline, latest week, and the verdict between them.
public struct PainAnalysis: Analysis {
  /// Days of a window, and how many of them must hold pain.
  static let window = 7
  static let windowNeed = 3

  /// The analysis has no settings.
  public init() {}

  public func find(in table: PatientTable) -> PainFinding {
    guard let series = table.pain else { return PainFinding(series: nil, period: table.period) }
    var finding = PainFinding(series: series, period: table.period)
    let inPeriod = series.values(from: table.period.from, to: table.period.to)
    finding.days = inPeriod.count
    finding.mean = mean(inPeriod)
    finding.painFreeDays = painFreeDays(series, table.period)
    let latest = Period(from: table.period.to - (PainAnalysis.window - 1), to: table.period.to)
    let latestValues = series.values(from: latest.from, to: latest.to)
    finding.latestDays = latestValues.count
    if latestValues.count >= PainAnalysis.windowNeed { finding.latest = mean(latestValues) }
    if let window = baselineWindow(series, table) {
      finding.baselineWindow = window
      finding.baseline = mean(series.values(from: window.from, to: window.to))
      finding.windowsOverlap = window.to >= latest.from
    }
    if let baseline = finding.baseline, let latest = finding.latest, !finding.windowsOverlap {
      finding.change = latest - baseline
      finding.changeShare = baseline > 0 ? (latest - baseline) / baseline : nil
      if series.isTenPointScale {
        finding.verdict = PainVerdict(baseline: baseline, latest: latest)
      }
    }
    return finding
  }

  /// The first 7 calendar days with at least 3 pain days, from the later of programme start and
  /// first pain entry on.
  private func baselineWindow(_ series: PainSeries, _ table: PatientTable) -> Period? {
    guard let firstPain = series.days.first else { return nil }
    let programStart = table.log.program.compactMap(\.startOn).min()
    var start = max(firstPain, programStart ?? firstPain)
    while start <= table.asOf {
      let end = start + (PainAnalysis.window - 1)
      if series.values(from: start, to: end).count >= PainAnalysis.windowNeed {
        return Period(from: start, to: end)
      }
      start = start + 1
    }
    return nil
  }

  /// Days of the period whose worst pain is 0, or whose value is 0 where no worst was logged.
  private func painFreeDays(_ series: PainSeries, _ period: Period) -> Int {
    var worst: [Day: Double] = [:]
    for (day, value) in zip(series.worstDays, series.worstValues) { worst[day] = value }
    var all = Set(zip(series.days, series.values).map(\.0))
    all.formUnion(series.worstDays)
    return all.count { day in
      period.contains(day) && (worst[day] ?? series.value(on: day) ?? 1) == 0
    }
  }
}

extension PainSeries {
  /// Whether the scale runs from 0 to 10, which verdicts need.
  var isTenPointScale: Bool { scale == nil || scale?.hasSuffix("0-10") == true }
}

/// How much a change of pain means to people, by IMMPACT's levels.
public enum PainVerdict: String, CaseIterable, Sendable {
  case substantialBetter = "substantial-better"
  case moderateBetter = "moderate-better"
  case minimalBetter = "minimal-better"
  case withinError = "within-error"
  case minimalWorse = "minimal-worse"
  case moderateWorse = "moderate-worse"
  case substantialWorse = "substantial-worse"

  /// The verdict of two means on a 0-10 scale; the first level whose condition holds.
  ///
  /// With d = baseline - latest: substantial d ≥ 2 and d ≥ 0.5 × baseline; moderate d ≥ 2, or d ≥ 1
  /// and d ≥ 0.3 × baseline; minimal d ≥ 1; and the mirror for d < 0, where below a baseline of 2
  /// the points alone decide. Sources: Farrar 2001, Ostelo 2008, Dworkin 2008.
  public init(baseline: Double, latest: Double) {
    let size = abs(baseline - latest) + 1e-12
    let isBetter = latest < baseline
    let shares = isBetter || baseline >= Thresholds.painShareBaseline.value
    func reaches(_ share: Threshold) -> Bool { size >= share.value * baseline }
    let important = size >= Thresholds.painImportant.value
    let minimal = size >= Thresholds.painMinimal.value
    if important, !shares || reaches(Thresholds.painSubstantial) {
      self = isBetter ? .substantialBetter : .substantialWorse
    } else if important || (minimal && shares && reaches(Thresholds.painImportantShare)) {
      self = isBetter ? .moderateBetter : .moderateWorse
    } else if minimal {
      self = isBetter ? .minimalBetter : .minimalWorse
    } else {
      self = .withinError
    }
  }

  /// Whether the change reaches the clinically important one (2 points or 30 %).
  public var isImportant: Bool {
    switch self {
    case .substantialBetter, .moderateBetter, .moderateWorse, .substantialWorse: true
    case .minimalBetter, .minimalWorse, .withinError: false
    }
  }
}

/// What the pain diary says.
public struct PainFinding: Finding {
  public static let key = "pain"

  /// The headline series, nil when no pain was logged.
  public let series: PainSeries?
  public let period: Period
  /// Days of the period with a value.
  public internal(set) var days = 0
  public internal(set) var mean: Double?
  public internal(set) var baselineWindow: Period?
  public internal(set) var baseline: Double?
  public internal(set) var latestDays = 0
  public internal(set) var latest: Double?
  public internal(set) var windowsOverlap = false
  /// Latest minus baseline: negative is better.
  public internal(set) var change: Double?
  public internal(set) var changeShare: Double?
  public internal(set) var verdict: PainVerdict?
  public internal(set) var painFreeDays = 0

  init(series: PainSeries?, period: Period) {
    self.series = series
    self.period = period
  }

  /// Why there is no change, for words and for the JSON.
  public var changeAbsence: Absence {
    if series == nil { return Absence(.noData) }
    if latest == nil {
      return Absence(.tooEarly, have: latestDays, need: PainAnalysis.windowNeed)
    }
    if baseline == nil { return Absence(.tooEarly, have: days, need: PainAnalysis.windowNeed) }
    return Absence(.windowsOverlap)
  }

  public var figures: Figure {
    let nothing = Absence(.noData)
    let later = Figure.absent(series == nil ? nothing : Absence(.notComputed))
    return .record([
      ("kind", Figure(series?.kind.word, else: nothing)),
      ("location", Figure(series?.location, else: nothing)),
      ("days", .count(days)),
      ("mean", Figure(mean, else: nothing)),
      ("baseline", Figure(baseline, else: changeAbsence)),
      ("latest", Figure(latest, else: changeAbsence)),
      ("change", Figure(change, else: changeAbsence)),
      (
        "change_share",
        Figure(changeShare, else: change == nil ? changeAbsence : Absence(.constant))
      ),
      (
        "verdict",
        Figure(verdict?.rawValue, else: change == nil ? changeAbsence : Absence(.noThreshold))
      ),
      ("slope_per_week", later), ("slope_interval", later), ("p_trend", later),
      ("pain_free_days", series == nil ? .absent(nothing) : .count(painFreeDays)),
      ("flares", later), ("recurrences", later), ("improved_since", later), ("triggers", later),
    ])
  }
}
