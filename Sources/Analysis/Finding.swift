import Columns
import Records

/// What one analysis found about one patient and period.
public protocol Finding: Sendable {
  /// The key of its section in the JSON report.
  static var key: String { get }
  /// All that it found, with a reason for everything that is absent.
  var figures: Figure { get }
}

/// One analysis: whole columns of one patient in, a finding out. No clock, no disk, no state.
public protocol Analysis: Sendable {
  /// The finding that it makes, a type of its own for each analysis.
  associatedtype Result: Finding
  /// The finding of a patient's table, judged by thresholds.
  func find(in table: PatientTable, by thresholds: Thresholds) -> Result
  /// The first day whose rows, of whatever kind, it looks at for a period; of the days before it
  /// asks no more than a `Past` tells. Nil, which is safe, for all days.
  func firstDay(of period: Period) -> Day?
}

extension Analysis {
  /// All days.
  public func firstDay(of period: Period) -> Day? { nil }

  /// The finding by the registry's own thresholds.
  public func find(in table: PatientTable) -> Result { find(in: table, by: .standard) }
}

/// How much an analysis says.
public enum AnalysisScope: Sendable {
  /// All that a patient's report shows.
  case report
  /// What a cohort's report takes of it, and no more.
  case mainFigures
}

/// All findings about one patient and period.
public struct PatientFindings: Sendable {
  /// Code of the patient, as files name the person.
  public let patient: String
  /// Name for people to read; nil when none was imported.
  public let name: String?
  /// The last day that any analysis looks at.
  public let asOf: Day
  /// Days reported on, cut at `asOf`.
  public let period: Period
  /// One finding an analysis, in the order of the report.
  public let findings: [any Finding]
  /// The rows behind them.
  public let table: PatientTable
  /// What verdicts rest on.
  public let thresholds: Thresholds
  /// The factors that links are asked about, as the configuration names them.
  public let factors: [String]

  /// The finding of a kind, nil when its analysis did not run.
  public func finding<F: Finding>(_ type: F.Type) -> F? {
    for case let finding as F in findings { return finding }
    return nil
  }
}

/// The analyses of a patient's report, in its order. A new one is a file of its own and a line
/// here.
public let patientAnalyses: [any Analysis] = [
  AdherenceAnalysis(),
  RuleAnalysis(),
  PainAnalysis(),
  FlexibilityAnalysis(),
  QuestionnaireAnalysis(),
  AssociationAnalysis(),
  BedRestAnalysis(),
  BeforeAnalysis(),
  LagProfileAnalysis(),
]

/// Those of them that a cohort's report takes figures from, where no patient's own report is
/// wanted.
public let cohortAnalyses: [any Analysis] = [
  AdherenceAnalysis(.mainFigures),
  PainAnalysis(.mainFigures),
  FlexibilityAnalysis(),
  BeforeAnalysis(.mainFigures),
]

/// The first day whose rows any of some analyses looks at; nil for all days.
public func firstDay(of period: Period, for analyses: [any Analysis]) -> Day? {
  let days = analyses.map { $0.firstDay(of: period) }
  return days.contains { $0 == nil } ? nil : days.compactMap(\.self).min()
}

/// Runs every analysis on one patient, or those named.
///
/// - Parameter factors: those that links are asked about, as the configuration names them.
/// - Precondition: none of them looks at a day that the log tells of without rows.
public func analyze(
  _ table: PatientTable, by thresholds: Thresholds = .standard,
  with analyses: [any Analysis] = patientAnalyses, factors: [String] = []
) -> PatientFindings {
  if let past = table.log.past {
    let first = firstDay(of: table.period, for: analyses)
    precondition(first.map { past.before <= $0 } ?? false, "an analysis asks for rows not held")
  }
  return PatientFindings(
    patient: table.log.code, name: table.log.name, asOf: table.asOf, period: table.period,
    findings: analyses.map { run($0, table, thresholds) }, table: table,
    thresholds: thresholds, factors: factors)
}

private func run<A: Analysis>(_ analysis: A, _ table: PatientTable, _ thresholds: Thresholds)
  -> any Finding
{
  analysis.find(in: table, by: thresholds)
}
