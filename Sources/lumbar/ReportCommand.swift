import Analysis
import ArgumentParser
import Columns
import Configuration
import Exporting
import Foundation
import Ingest
import Records
import Reporting
import Storage
import Workflows

/// `lumbar report`: workbook, text and JSON for one patient, several or all.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes progress reports.",
    discussion: """
      Examples:
        lumbar report --all --month 2026-10
        lumbar report --patient P00001 --last 30d --out -
        lumbar report --cohort-only --since-start 12w

      The default period is the 30 days that end on the last day with any record.
      """)

  @Option(help: ArgumentHelp("A patient; may be given more than once.", valueName: "id"))
  var patient: [String] = []

  @Flag(help: "All patients, and the cohort report.")
  var all = false

  @OptionGroup var days: PeriodOptions

  @Option(
    help: ArgumentHelp("What to write, of \(formatNames).", valueName: "formats"),
    completion: .list(reportFormats.map(\.name)))
  var format = reportFormats.filter(\.isUsual).map(\.name).joined(separator: ",")

  @Option(help: ArgumentHelp("The folder to write to; - prints the text.", valueName: "folder"))
  var out: String?

  @Flag(help: "Plain ASCII in the text.")
  var ascii = false

  @Flag(help: "Also write the cohort report.")
  var cohort = false

  @Flag(help: "Write the cohort report and no patient's.")
  var cohortOnly = false

  @Flag(help: "Codes instead of ids and names, the same each time; notes left out.")
  var pseudonymous = false

  @OptionGroup var look: StyleOptions

  @OptionGroup var place: PlaceOptions

  mutating func run() throws {
    patient = patient.map(storedID)
    let formats = try chosenFormats()
    guard all || cohortOnly || !patient.isEmpty else {
      throw Failure(.usage, "say whose report: --patient ID or --all.")
    }
    let settings = try place.settings()
    let store = try place.reading(try place.databasePath(settings))
    store.aliases = ExerciseAliases(settings.aliases)
    // An id that was joined with another is that one's.
    let merged = try store.mergedIDs()
    patient = patient.map { merged[$0] ?? $0 }
    let (asOf, chosen) = try days.chosen(in: store)
    let thresholds = try settings.knownThresholds()
    let codes = patient.isEmpty || all ? try store.patientCodes() : patient
    let folder = out ?? settings.reports ?? "reports"
    let target = ReportTarget(
      folder: folder == "-" ? nil : folder, formats: formats, isASCII: ascii)
    var style = try look.style(settings)
    if pseudonymous { style.showsNotes = false }
    try ReportRun(
      store: store, days: chosen, asOf: asOf, thresholds: thresholds,
      factors: settings.factors, style: style,
      target: target, withCohort: cohort || cohortOnly || all, isCohortAlone: cohortOnly,
      pseudonyms: try pseudonyms(settings), today: days.asOf == nil ? Moment().day : nil
    ).write(codes)
    try printResult(target.summary)
  }

  /// What hides who the reports are about, nil when nobody asked for it.
  private func pseudonyms(_ settings: Settings) throws -> Deidentification? {
    guard pseudonymous else { return nil }
    let key = try secretKey(besides: try place.databasePath(settings))
    return Deidentification(key: key, exported: nil)
  }

  private func chosenFormats() throws -> Set<String> {
    let formats = Set(format.split(separator: ",").map { String($0).lowercased() })
    guard !formats.isEmpty, formats.isSubset(of: reportFormats.map(\.name)) else {
      throw Failure(
        .usage, "--format takes some of \(formatNames), separated by commas, not \(format).")
    }
    return formats
  }
}

extension ReportTarget {
  /// What was written: the text itself, or the files.
  fileprivate var summary: String {
    guard let folder else { return texts.joined(separator: "\n") }
    if written.count <= 12 { return written.map { visible($0) + "\n" }.joined() }
    return "\(written.count) files in \(visible(folder))\n"
  }
}

/// The names of all formats, for messages.
let formatNames = reportFormats.map(\.name).joined(separator: ", ")
