import Columns
import Records

/// Why a day is a flare.
public enum FlareKind: String, CaseIterable, Sendable {
  /// The day's value lies at least 2 points above the mean of the 28 days before.
  case painDefined = "pain-defined"
  /// The person said so.
  case selfReported = "self-reported"
}

/// One day of a flare.
public struct Flare: Equatable, Sendable {
  /// The day itself.
  public let day: Day
  /// By which of the two definitions, which are never mixed.
  public let kind: FlareKind
}

/// Events of a headline pain series over all days up to the end of a period.
///
/// Sources: Costa 2021 (flares; the window is lumbar's own), Stanton 2011 (recovery and
/// recurrence).
struct PainEvents {
  /// Days before a flare that its level is compared with.
  static let window = 28

  /// Both kinds, by day.
  private(set) var flares: [Flare] = []
  /// First days of at least 2 points after a recovery.
  private(set) var recurrences: [Day] = []
  /// Days on which a run of pain-free days became a recovery.
  private(set) var recoveries: [Day] = []

  /// Goes over a series once. O(days).
  init(_ series: PainSeries, log: PatientLog, to end: Day, by thresholds: Thresholds) {
    var reported: Set<Day> = []
    for entry in log.pain where entry.flare == true && entry.recorded.day <= end {
      reported.insert(entry.recorded.day)
    }
    var found = reported.map { Flare(day: $0, kind: .selfReported) }
    let fewest = thresholds[.flareDays]
    let rise = thresholds[.flareRise] - 1e-9
    var first = 0
    for (index, day) in series.days.enumerated() where day <= end {
      while series.days[first] < day - PainEvents.window { first += 1 }
      let before = series.values[first..<index]
      guard Double(before.count) >= fewest else { continue }
      let level = before.reduce(0, +) / Double(before.count)
      if series.values[index] - level >= rise {
        found.append(Flare(day: day, kind: .painDefined))
      }
    }
    flares = found.sorted { ($0.day, $0.kind.rawValue) < ($1.day, $1.kind.rawValue) }
    let recovery = thresholds[.painFreeRun]
    let pain = thresholds[.recurrence] - 1e-9
    var run = 0
    var isRecovered = false
    var last: Day?
    for (day, isFree) in series.painFreeDays where day <= end {
      run = isFree ? (last == day - 1 ? run + 1 : 1) : 0
      last = day
      if Double(run) == recovery {
        isRecovered = true
        recoveries.append(day)
      }
      if isRecovered, let value = series.value(on: day), value >= pain {
        recurrences.append(day)
        isRecovered = false
      }
    }
  }

  /// Days of one kind.
  func days(of kind: FlareKind) -> [Day] { flares.filter { $0.kind == kind }.map(\.day) }
}

extension PainSeries {
  /// Every logged day with whether it was pain-free: a worst of 0, or a value of 0 where no worst
  /// was logged. In the order of days.
  var painFreeDays: [(day: Day, isFree: Bool)] {
    var free: [(day: Day, isFree: Bool)] = []
    free.reserveCapacity(days.count)
    var worst = 0
    for (day, value) in zip(days, values) {
      while worst < worstDays.count, worstDays[worst] < day {
        free.append((worstDays[worst], worstValues[worst] == 0))
        worst += 1
      }
      let hasWorst = worst < worstDays.count && worstDays[worst] == day
      free.append((day, (hasWorst ? worstValues[worst] : value) == 0))
      if hasWorst { worst += 1 }
    }
    for index in worst..<worstDays.count {
      free.append((worstDays[index], worstValues[index] == 0))
    }
    return free
  }

  /// The mean of the 7 days that end on a day, nil when fewer than 3 are logged.
  func weekMean(endingOn day: Day) -> Double? {
    let week = values(from: day - (PainAnalysis.window - 1), to: day)
    return week.count < PainAnalysis.windowNeed ? nil : week.reduce(0, +) / Double(week.count)
  }

  /// The first day behind the baseline from which every 7-day mean stays better by at least a share
  /// of it, nil when the last one is not. O(days).
  func lastingImprovement(
    from baseline: Double, behind window: Period, to end: Day, share: Double
  ) -> Day? {
    guard baseline > 0 else { return nil }
    var first: Day?
    var day = window.to + 1
    while day <= end {
      if let mean = weekMean(endingOn: day) {
        let isBetter = baseline - mean >= share * baseline - 1e-9
        first = isBetter ? first ?? day : nil
      }
      day = day + 1
    }
    return first
  }
}
