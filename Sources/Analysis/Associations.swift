import Columns
import Records

/// What goes with what: pain against exercise. This version counts the days and computes nothing yet.
public struct AssociationAnalysis: Analysis {
  /// Paired days below which nothing is said.
  static let fewestPairs = 21

  /// The analysis has no settings.
  public init() {}

  /// Counts the paired days of the period; 0 without pain or without records.
  public func find(in table: PatientTable) -> AssociationFinding {
    guard let series = table.pain, let daily = table.daily else {
      return AssociationFinding(pairs: 0)
    }
    let pairs = zip(series.days, series.values).count { day, _ in
      table.period.contains(day)
        && daily.index(of: day).map { daily.activeTenths[$0] != nil } == true
    }
    return AssociationFinding(pairs: pairs)
  }
}

/// Associations of a patient's pain and exercise.
public struct AssociationFinding: Finding {
  /// The section `associations` of the JSON report.
  public static let key = "associations"

  /// Days of the period with both a pain value and known active minutes.
  public let pairs: Int

  /// Why there is no answer.
  public var absence: Absence {
    if pairs == 0 { return Absence(.noData) }
    return pairs < AssociationAnalysis.fewestPairs
      ? Absence(.tooEarly, have: pairs, need: AssociationAnalysis.fewestPairs)
      : Absence(.notComputed)
  }

  /// Absent as a whole, with the reason why there is no answer.
  public var figures: Figure { .absent(absence) }
}
