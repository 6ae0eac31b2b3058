import ArgumentParser
import Exporting
import Foundation
import Ingest
import Records
import Storage

/// `lumbar export`: everything back out.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes everything back out, as files that import as the same records.",
    discussion: """
      Examples:
        lumbar export --out copy
        lumbar export --deidentified --out study

      csv writes a file a kind and json one document, both lossless; fhir writes pain and minutes of \
      exercise as FHIR R4 resources, one a line.
      """)

  @Option(help: ArgumentHelp("csv, json or fhir.", valueName: "format"))
  var format = "csv"

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
      Coded ids, dates moved by weeks of each person's own, without the last weeks before the export, no \
      names and no free text, with a dictionary.
      """)
  var deidentified = false

  @OptionGroup var place: PlaceOptions

  mutating func run() throws {
    patient = patient.map(storedID)
    guard ["csv", "json", "fhir"].contains(format) else {
      throw Failure(.usage, "--format takes csv, json or fhir, not \(format).")
    }
    guard out != "-" || format != "csv" else {
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
    if out != "-" { try makeFolder(out) }
    let people = ExportedPeople(store: store, codes: codes, rule: rule)
    let forgotten = try store.tombstones().count
    defer {
      if let now = try? store.tombstones().count, now > forgotten {
        say("lumbar: somebody was forgotten while this was written. Delete it and export again.")
      }
    }
    switch format {
    case "fhir": try writeFHIR(people, period)
    case "json": try writeJSON(people, period)
    default: try writeCSV(people, period)
    }
    if people.leftOut > 0 {
      say(
        "lumbar: \(people.leftOut) rows of the last one to four weeks were left out: a diary that goes on to "
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

  private func writeCSV(_ people: ExportedPeople, _ period: Period?) throws {
    var paths: [String] = []
    try people.spool(.csv, period) { spools in
      for spool in spools {
        let path = "\(out)/\(spool.lines.kind.rawValue).csv"
        try replaceFile(path) { try spool.copy(to: $0, after: spool.lines.header) }
        paths.append("\(visible(path))  \(spool.rows) rows\n")
      }
    }
    if deidentified {
      try replaceFile(out + "/dictionary.csv", text: DataDictionary.csv)
      paths.append("\(visible(out))/dictionary.csv\n")
    }
    try printResult(paths.joined())
  }

  private func writeJSON(_ people: ExportedPeople, _ period: Period?) throws {
    try people.spool(.json, period) { spools in
      func write(to path: String) throws {
        for (index, spool) in spools.enumerated() {
          let start = (index == 0 ? "{\n  " : ",\n  ") + "\"\(spool.lines.kind.rawValue)\": ["
          try spool.copy(to: path, after: start, before: spool.rows == 0 ? "]" : "\n  ]")
        }
      }
      if out == "-" {
        do {
          try write(to: "/dev/stdout")
        } catch let error as FileError {
          throw Failure(.inputOutput, error.description)
        }
        try printResult("\n}\n")
      } else {
        try replaceFile(out + "/lumbar.json") { temporary in
          try write(to: temporary)
          try append("\n}\n", to: temporary)
        }
        try printResult("\(visible(out))/lumbar.json  \(spools.reduce(0) { $0 + $1.rows }) rows\n")
        if deidentified { try replaceFile(out + "/dictionary.csv", text: DataDictionary.csv) }
      }
    }
  }

  private func writeFHIR(_ people: ExportedPeople, _ period: Period?) throws {
    var lines = FHIRLines()
    if out == "-" {
      try people.each { try printResult(lines.lines(of: $0, in: period)) }
    } else {
      try replaceFile(out + "/lumbar.ndjson") { temporary in
        try people.each { try append(lines.lines(of: $0, in: period), to: temporary) }
      }
      try printResult("\(visible(out))/lumbar.ndjson\n")
    }
    if lines.leftOut > 0 {
      say("\(lines.leftOut) rows have no place in these resources: other scales, or no minutes.")
    }
  }
}

private func append(_ text: String, to path: String) throws {
  let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError.writeFailed(path, systemCause()) }
  defer { close(descriptor) }
  try writeAll(descriptor, Array(text.utf8)[...], path: path)
}

/// The people of an export, read a few at a time.
private final class ExportedPeople {
  private let store: Store
  private let codes: [String]
  private let rule: Deidentification?
  /// Rows that would tell by how much days were moved.
  private(set) var leftOut = 0

  init(store: Store, codes: [String], rule: Deidentification?) {
    self.store = store
    self.codes = codes
    self.rule = rule
  }

  /// Hands on each log, in the order of the codes that are written, masked where that was asked.
  func each(_ body: (PatientLog) throws -> Void) throws {
    var common = CommonValues()
    if rule != nil { try logs(codes) { common.count($0) } }
    // The order of the coded ids says nothing of that of the real ones.
    let order = rule.map { rule in codes.sorted { rule.code(of: $0) < rule.code(of: $1) } } ?? codes
    try logs(order) { log in
      guard let rule else { return try body(log) }
      leftOut += log.rowCount - rule.withoutLastWeeks(log).rowCount
      try body(rule.masked(common.kept(in: log)))
    }
  }

  private func logs(_ codes: [String], _ body: (PatientLog) throws -> Void) throws {
    for start in stride(from: 0, to: codes.count, by: 32) {
      let part = codes[start..<min(start + 32, codes.count)]
      // Whoever writes does not wait for the reader of what is written out.
      for (code, log) in zip(part, try store.readLogs { try $0.logs(of: part) }) {
        guard let log else {
          throw Failure(
            .noInput, "there is no patient \(code). lumbar status counts who is there.")
        }
        try body(log)
      }
    }
  }

  /// Writes every kind's rows into a private file of its own, and hands these on.
  func spool(_ format: OwnFormat, _ period: Period?, _ body: ([Spool]) throws -> Void) throws {
    let order: [Kind] = [
      .patients, .program, .sessions, .pain, .flexibility, .days, .questionnaires,
    ]
    let spools = try order.map { try Spool(OwnLines($0, format)) }
    try each { log in
      for spool in spools { try spool.add(log.rows(of: spool.lines.kind, in: period)) }
    }
    for spool in spools { try spool.flush() }
    try body(spools)
  }
}

/// Rows of one kind on their way to a file, kept in a file without a name.
private final class Spool {
  let lines: OwnLines
  private(set) var rows = 0
  private let descriptor: Int32
  private var pending = ""

  init(_ lines: OwnLines) throws {
    self.lines = lines
    var template = Array("\(temporaryFolder())/lumbar-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError.writeFailed("a temporary file", systemCause()) }
    unlink(template)
  }

  deinit { close(descriptor) }

  func add(_ rows: [[RecordFields.Filled]]) throws {
    for row in rows {
      lines.add(row, isFirst: self.rows == 0, to: &pending)
      self.rows += 1
    }
    if pending.utf8.count > 1 << 20 { try flush() }
  }

  func flush() throws {
    try writeAll(descriptor, Array(pending.utf8)[...], path: "a temporary file")
    pending = ""
  }

  /// Appends the rows to a file, between two texts.
  func copy(to path: String, after start: String, before end: String = "") throws {
    let target = path == "/dev/stdout" ? dup(STDOUT_FILENO) : open(path, O_WRONLY | O_APPEND)
    guard target >= 0 else { throw FileError.writeFailed(path, systemCause()) }
    defer { close(target) }
    try writeAll(target, Array(start.utf8)[...], path: path)
    lseek(descriptor, 0, SEEK_SET)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError.readFailed("a temporary file", systemCause()) }
      if count == 0 { break }
      try writeAll(target, buffer[..<count], path: path)
    }
    try writeAll(target, Array(end.utf8)[...], path: path)
  }
}
