import Analysis
import ArgumentParser
import Columns
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Storage
import Workflows

/// `lumbar explain`: the ledger behind one figure of a report.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows every row and due day behind a figure of a report.",
    discussion: """
      Examples:
        lumbar explain --patient P00001 adherence.program.dose_capped
        lumbar explain --patient P00001 pain.change --month 2026-10

      A figure is named as in the JSON report. The parts of the rows add up to it, where it is \
      a sum or a mean.
      """)

  @Option(help: ArgumentHelp("Whose figure.", valueName: "id"))
  var patient: String

  @Argument(help: "The figure's path in the JSON report.")
  var figure: String

  @OptionGroup var days: PeriodOptions

  @Flag(help: "Print as JSON.")
  var json = false

  @OptionGroup var words: LanguageOption

  @OptionGroup var place: PlaceOptions

  mutating func run() throws {
    patient = storedID(patient)
    let settings = try place.settings()
    let store = try place.reading(try place.databasePath(settings))
    store.aliases = ExerciseAliases(settings.aliases)
    // An id that was joined with another is that one's.
    patient = try store.mergedIDs()[patient] ?? patient
    let (asOf, chosen) = try days.chosen(in: store)
    let thresholds = try settings.knownThresholds()
    let refused = try store.rejectionCounts()
    guard let log = try store.readLogs({ try $0.log(of: patient) }) else {
      throw Failure(
        .noInput, "there is no patient \(patient). lumbar status counts who is there.")
    }
    guard let own = chosen.days(of: log, asOf: asOf) else {
      throw Failure(.noInput, "\(patient) has no programme that began by \(asOf).")
    }
    let findings = analyze(
      PatientTable(log, period: own.period, asOf: own.asOf), by: thresholds,
      factors: settings.factors)
    var style = ReportStyle()
    style.language = try words.chosen(settings)
    let report = PatientReport(findings, refused: refused, version: version, style: style)
    guard let ledger = report.ledger(of: figure) else {
      throw Failure(
        .usage,
        "there is no figure \(visible(figure)). Take a path of the JSON report, as "
          + "adherence.program.dose_capped.")
    }
    try printResult(json ? ledger.json : ledger.text)
  }
}
