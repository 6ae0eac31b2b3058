import ArgumentParser
import Exporting
import Foundation
import Ingest
import Records
import Storage
import Workflows

/// `lumbar export`: everything back out.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes everything back out, as files that import as the same records.",
    discussion: """
      Examples:
        lumbar export --out copy
        lumbar export --deidentified --out study

      csv writes a file a kind and json one document, both lossless; fhir writes pain and minutes \
      of \
      exercise as FHIR R4 resources, one a line.
      """)

  @Option(help: ArgumentHelp("What to write.", valueName: "format"))
  var format = ExportFormat.csv

  @Option(help: ArgumentHelp("A patient; may be given more than once.", valueName: "id"))
  var patient: [String] = []

  @Option(help: ArgumentHelp("Only rows from this day on.", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("Only rows up to this day.", valueName: "date"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "The folder to write to; - prints json or fhir.", valueName: "folder"))
  var out = "export"

  @Flag(
    help: """
      Coded ids, dates moved by weeks of each person's own, without the last weeks before the \
      export, no \
      names and no free text, with a dictionary.
      """)
  var deidentified = false

  @OptionGroup var place: PlaceOptions

  mutating func run() throws {
    patient = patient.map(storedID)
    guard out != "-" || format != .csv else {
      throw Failure(.usage, "csv is one file a kind. Name a folder with --out, or take json.")
    }
    var period = try chosenPeriod()
    guard !deidentified || from == nil else {
      throw Failure(
        .usage,
        "--from with --deidentified would tell by how much days were moved. Leave --from out.")
    }
    let store = try place.reading()
    let codes = patient.isEmpty ? try store.patientCodes() : patient
    guard !codes.isEmpty else {
      throw Failure(.noInput, "the database holds nobody. Import something first.")
    }
    var rule: Deidentification?
    if deidentified {
      let path = try place.databasePath(try place.settings())
      rule = Deidentification(
        key: try secretKey(besides: path), exported: min(Moment().day, period?.to ?? Moment().day))
      period = nil
    }
    let forgotten = try store.tombstones().count
    let run = ExportRun(
      store: store, codes: codes, pseudonyms: rule, usualZone: try place.settings().timezone,
      period: period, folder: out == "-" ? nil : out)
    defer {
      if let now = try? store.tombstones().count, now > forgotten {
        say("lumbar: somebody was forgotten while this was written. Delete it and export again.")
      }
    }
    let written =
      switch format {
      case .fhir: try run.writeFHIR { try printResult($0) }
      case .json: try run.writeJSON { try printResult($0) }
      case .csv: try run.writeCSV()
      }
    try printResult(
      written.map { file in
        visible(file.path) + (file.rows.map { "  \($0) rows" } ?? "") + "\n"
      }.joined())
    if run.withoutPlace > 0 {
      say("\(run.withoutPlace) rows have no place in these resources: other scales, or no minutes.")
    }
    if run.leftOut > 0 {
      say(
        "lumbar: \(run.leftOut) rows of the last one to four weeks were left out: a diary that "
          + "goes on to "
          + "the day of export tells by how much its days were moved.")
    }
  }

  private func chosenPeriod() throws -> Period? {
    guard from != nil || to != nil else { return nil }
    let first = try from.map { try Day(argument: $0, name: "--from") } ?? Day(number: Int32.min / 2)
    let last = try to.map { try Day(argument: $0, name: "--to") } ?? Day(number: Int32.max / 2)
    guard first <= last else { throw Failure(.usage, "--from lies after --to.") }
    return Period(from: first, to: last)
  }
}
