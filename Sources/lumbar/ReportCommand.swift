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

/// `lumbar report`: workbook, text and JSON for one patient, several or all.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes progress reports.",
    discussion: """
      Examples:
        lumbar report --all --month 2026-10
        lumbar report --patient P00001 --last 30d --out -

      The default period is the 30 days that end on the last day with any record.
      """)

  @Option(help: ArgumentHelp("A patient; may be given more than once.", valueName: "id"))
  var patient: [String] = []

  @Flag(help: "All patients, and the cohort report.")
  var all = false

  @OptionGroup var days: PeriodOptions

  @Option(help: ArgumentHelp("What to write, of xlsx, txt, json, csv.", valueName: "formats"))
  var format = "xlsx,txt,json"

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
    let (asOf, period) = try days.chosen(in: store)
    let thresholds = try settings.knownThresholds()
    var codes = patient.isEmpty || all ? try store.patientCodes() : patient
    let rule = try pseudonyms(settings)
    // The order of the reports says nothing of that of the real ids.
    if let rule { codes.sort { rule.code(of: $0) < rule.code(of: $1) } }
    let folder = out ?? settings.reports ?? "reports"
    let target = ReportTarget(
      folder: folder == "-" ? nil : folder, formats: formats, isASCII: ascii)
    var style = try look.style(settings)
    if pseudonymous { style.showsNotes = false }
    try write(
      store, codes, period, asOf: asOf, thresholds, style, target,
      coded: { rule?.code(of: $0) ?? $0 }
    ) { rule?.masked($0) ?? $0 }
    try printResult(target.summary)
  }

  /// What hides who the reports are about, nil when nobody asked for it.
  private func pseudonyms(_ settings: Settings) throws -> Deidentification? {
    guard pseudonymous else { return nil }
    let key = try secretKey(besides: try place.databasePath(settings))
    return Deidentification(key: key, exported: nil)
  }

  private func write(
    _ store: Store, _ codes: [String], _ period: Period, asOf: Day, _ thresholds: Thresholds,
    _ style: ReportStyle, _ target: ReportTarget, coded: (String) -> String,
    shown: @escaping @Sendable (PatientLog) -> PatientLog
  ) throws {
    let refused = try store.rejectionCounts()
    let naming = try store.refusalsNaming()
    let forgotten = try store.tombstones().count
    let fileNames = ReportNames(try store.patientCodes().map(coded))
    let withCohort = cohort || cohortOnly || all
    let empty = CohortReport(
      period: period, asOf: asOf, version: version, thresholds: thresholds, style: style)
    let names = ExerciseNames()
    let analyses = cohortOnly ? cohortAnalyses : patientAnalyses
    // A patient's own report also says what all its rows came from.
    let first = cohortOnly ? firstExerciseDay(of: period, for: analyses) : nil
    try target.prepare()
    // The more people at once, the fewer pages are read for two shares; many people make up for the room.
    let most = cohortOnly ? min(128, max(64, codes.count / 64)) : 64
    let shares = Parallel.shares(of: codes.count, atMost: most)
    // People of a share lie side by side in the file, wherever their ids stand in the alphabet.
    let order = try store.readingOrder(of: codes)
    // Every thread reads through a connection of its own; the order of the patients is kept.
    let done = try Parallel.run(
      parts: shares.count, threads: min(2, ProcessInfo.processInfo.activeProcessorCount),
      begin: {
        try shares.count > 1 ? store.anotherReader() : store
      },
      body: { own, part in
        let places = order[shares[part]]
        var group = empty
        var written: [(place: Int, target: ReportTarget)] = []
        // All of a share from one state; whoever writes does not wait for what is made of it.
        let logs = try own.readLogs {
          try $0.logs(of: places.map { codes[$0] }, exercisesFrom: first)
        }
        for (place, log) in zip(places, logs) {
          let code = codes[place]
          guard let log else {
            throw Failure(
              .noInput, "there is no patient \(code). lumbar status counts who is there.")
          }
          let findings = analyze(
            PatientTable(shown(log), period: period, asOf: asOf, names: names), by: thresholds,
            with: analyses)
          if withCohort { group.add(findings, at: place, refused: naming[code] ?? 0) }
          if cohortOnly { continue }
          let files = target.part
          let report = PatientReport(
            findings, refused: refused, version: version, style: style)
          try files.write(
            named: fileNames[findings.patient], workbook: { report.workbook },
            text: { report.text(ascii: ascii) }, json: { report.json }, csv: { report.csv })
          written.append((place, files))
        }
        return (group, written)
      })
    var group = empty
    group.append(done.map(\.0))
    for (_, files) in done.flatMap(\.1).sorted(by: { $0.place < $1.place }) {
      target.append(files)
    }
    if withCohort, target.folder != nil || cohortOnly {
      let (report, isASCII) = (group, ascii)
      try target.write(
        named: "cohort", threads: 2, workbook: { report.workbook },
        text: { report.text(ascii: isASCII) }, json: { report.json }, csv: { report.csv })
    }
    let tombstones = try store.tombstones()
    if tombstones.count > forgotten {
      let people = ForgottenPeople(tombstones)
      for (place, files) in done.flatMap(\.1) where people.contains(codes[place]) { files.remove() }
      if withCohort { target.remove(named: "cohort") }
      throw Failure(
        .busy,
        "somebody was forgotten while the reports were made. Theirs, and that of all, are taken away; "
          + "make that one anew.")
    }
  }

  private func chosenFormats() throws -> Set<String> {
    let formats = Set(format.split(separator: ",").map { String($0).lowercased() })
    guard !formats.isEmpty, formats.isSubset(of: ["xlsx", "txt", "json", "csv"]) else {
      throw Failure(
        .usage, "--format takes xlsx, txt, json and csv, separated by commas, not \(format).")
    }
    return formats
  }
}

/// Where reports go: a folder, each file replaced as a whole, or standard output.
final class ReportTarget {
  let folder: String?
  private let formats: Set<String>
  private let isASCII: Bool
  private var written: [String] = []
  private var texts: [String] = []

  init(folder: String?, formats: Set<String>, isASCII: Bool) {
    self.folder = folder
    self.formats = formats
    self.isASCII = isASCII
  }

  /// A target of the same kind with nothing written to it yet.
  var part: ReportTarget { ReportTarget(folder: folder, formats: formats, isASCII: isASCII) }

  /// Takes over what was written to another.
  func append(_ other: ReportTarget) {
    written += other.written
    texts += other.texts
  }

  /// Makes the folder, and removes what a killed run left in it.
  func prepare() throws {
    guard let folder else { return }
    try makeFolder(folder)
    removeLeftovers(in: folder)
  }

  /// Writes one report in the chosen formats; on standard output the text only.
  ///
  /// - Parameter threads: how many formats are written at once.
  func write(
    named name: String, threads: Int = 1, workbook: @escaping () -> Workbook,
    text: @escaping () -> String, json: @escaping () -> String, csv: @escaping () -> String
  ) throws {
    guard let folder else {
      texts.append(text())
      return
    }
    let path = folder + "/" + name
    let works: [(format: String, write: () throws -> Void)] = [
      (
        "xlsx",
        {
          try replaceFile(path + ".xlsx") {
            try workbook().write(to: $0, temporaryFolder: folder)
          }
        }
      ),
      ("txt", { try replaceFile(path + ".txt", text: text()) }),
      ("json", { try replaceFile(path + ".json", text: json()) }),
      ("csv", { try replaceFile(path + ".csv", text: csv()) }),
    ].filter { formats.contains($0.0) }
    _ = try Parallel.run(parts: works.count, threads: threads, begin: {}) { try works[$1].write() }
    written += works.map { "\(path).\($0.format)" }
  }

  /// Takes what was written away again.
  ///
  /// - Parameter name: of one report; nil for all.
  func remove(named name: String? = nil) {
    for path in written {
      let own = path.stemOfPath
      if name == nil || own == name { unlink(path) }
    }
  }

  /// What was written: the text itself, or the files.
  var summary: String {
    guard let folder else { return texts.joined(separator: "\n") }
    if written.count <= 12 { return written.map { visible($0) + "\n" }.joined() }
    return "\(written.count) files in \(visible(folder))\n"
  }
}
