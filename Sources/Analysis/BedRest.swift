import Columns
import Records
import Statistics

/// Movement instead of bed rest: how many days were spent in bed, and the pain of the day after
/// them against the pain of the day after days with a session.
public struct BedRestAnalysis: Analysis {
  /// The analysis has no settings.
  public init() {}

  /// Bed-rest days of a patient's period and what followed them.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> BedRestFinding {
    let days = table.period.days.count { day in
      table.daily.map { daily in
        daily.index(of: day).map { daily.status[$0] == .bedRest } ?? false
      } ?? false
    }
    let pairs = table.pairs(table.bedRestAgainstSessions, lag: 1)
    let refusal = Guardrails.refusal(
      days: pairs.days, pairs.exposure, pairs.outcome, isYesNo: true)
    let association = refusal == nil ? AssociationAnalysis.association(pairs) : nil
    return BedRestFinding(
      days: days, weeks: table.weeks,
      nextDay: association.flatMap { Contrast(pairs, true, $0) },
      absence: pairs.days.isEmpty ? Absence(.noData) : refusal ?? Absence(.constant))
  }
}

/// Bed rest of a patient's period.
public struct BedRestFinding: Finding {
  /// Its section in the JSON report.
  public static let key = "bed_rest"

  /// Days of the period whose status is bed rest.
  public let days: Int
  /// Days of bed rest in seven.
  public let perWeek: Double
  /// Points of pain the day after bed rest, less the day after a session; nil when refused.
  public let nextDay: Contrast?
  /// Why `nextDay` is absent.
  public let absence: Absence

  init(days: Int, weeks: Double, nextDay: Contrast?, absence: Absence) {
    self.days = days
    perWeek = Double(days) / weeks
    self.nextDay = nextDay
    self.absence = absence
  }

  /// Days, days a week, and the contrast or the reason for its absence.
  public var figures: Figure {
    .record([
      ("days", .count(days)), ("days_per_week", .number(perWeek)),
      ("next_day", nextDay?.figure ?? .absent(absence)),
    ])
  }
}

extension PatientTable {
  /// Length of the period in weeks.
  fileprivate var weeks: Double { Double(period.count) / 7 }
}
