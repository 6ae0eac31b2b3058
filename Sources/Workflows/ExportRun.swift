import Exporting
import Foundation
import Ingest
import Records
import Storage

/// One call of export: everything of some people, as files that import as the same records.
public final class ExportRun {
  private let people: ExportedPeople
  private let isCoded: Bool
  private let period: Period?
  private let folder: String?
  /// Rows that have no place in the resources of FHIR.
  public private(set) var withoutPlace = 0
  /// Rows that would tell by how much days were moved.
  public var leftOut: Int { people.leftOut }

  /// A call.
  ///
  /// - Parameters:
  ///   - store: the database, to read it.
  ///   - codes: whose rows.
  ///   - pseudonyms: what takes out who it is about; nil writes everything as it is.
  ///   - usualZone: the zone of people without one of their own.
  ///   - period: days that rows must be of; nil for all.
  ///   - folder: where files go; nil for standard output.
  public init(
    store: Store, codes: [String], pseudonyms: Deidentification?, usualZone: String?,
    period: Period?, folder: String?
  ) {
    people = ExportedPeople(
      store: store, codes: codes, rule: pseudonyms, usualZone: usualZone)
    isCoded = pseudonyms != nil
    self.period = period
    self.folder = folder
  }

  /// A file that was written, with its rows where they were counted.
  public typealias Written = (path: String, rows: Int?)

  /// Writes a file a kind to the folder.
  public func writeCSV() throws -> [Written] {
    let out = try madeFolder()
    var written: [Written] = []
    try people.spool(.csv, period) { spools in
      for spool in spools {
        let path = "\(out)/\(spool.lines.kind.rawValue).csv"
        try replaceFile(path) { try spool.copy(to: $0, after: spool.lines.header) }
        written.append((path, spool.rows))
      }
    }
    return written + (try dictionary(out))
  }

  /// Writes one document.
  ///
  /// - Parameter print: prints its end on standard output, where there is no folder.
  public func writeJSON(print: (String) throws -> Void) throws -> [Written] {
    let out = folder == nil ? nil : try madeFolder()
    var written: [Written] = []
    try people.spool(.json, period) { spools in
      func write(to path: String) throws {
        for (index, spool) in spools.enumerated() {
          let start = (index == 0 ? "{\n  " : ",\n  ") + "\"\(spool.lines.kind.rawValue)\": ["
          try spool.copy(to: path, after: start, before: spool.rows == 0 ? "]" : "\n  ]")
        }
      }
      guard let out else {
        do {
          try write(to: "/dev/stdout")
        } catch let error as FileError {
          throw Failure(.inputOutput, error.description)
        }
        return try print("\n}\n")
      }
      try replaceFile(out + "/lumbar.json") { temporary in
        try write(to: temporary)
        try append("\n}\n", to: temporary)
      }
      written.append(("\(out)/lumbar.json", spools.reduce(0) { $0 + $1.rows }))
    }
    guard let out else { return [] }
    // The dictionary is no news where the document was asked for.
    _ = try dictionary(out)
    return written
  }

  /// Writes FHIR resources, one a line.
  ///
  /// - Parameter print: prints lines on standard output, where there is no folder.
  public func writeFHIR(print: (String) throws -> Void) throws -> [Written] {
    var lines = FHIRLines()
    defer { withoutPlace = lines.leftOut }
    guard folder != nil else {
      try people.each { try print(lines.lines(of: $0, in: period)) }
      return []
    }
    let out = try madeFolder()
    try replaceFile(out + "/lumbar.ndjson") { temporary in
      try people.each { try append(lines.lines(of: $0, in: period), to: temporary) }
    }
    return [("\(out)/lumbar.ndjson", nil)]
  }

  private func madeFolder() throws -> String {
    let folder = folder ?? "."
    try makeFolder(folder)
    return folder
  }

  /// What the variables of a coded export mean.
  private func dictionary(_ out: String) throws -> [Written] {
    guard isCoded else { return [] }
    try replaceFile(out + "/dictionary.csv", text: DataDictionary.csv)
    return [(out + "/dictionary.csv", nil)]
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
  private let usualZone: String?
  /// Rows that would tell by how much days were moved.
  private(set) var leftOut = 0

  init(store: Store, codes: [String], rule: Deidentification?, usualZone: String?) {
    self.store = store
    self.usualZone = usualZone
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
      let zone = (log.zone ?? usualZone).flatMap { zoneRules(named: $0) }
      try body(rule.masked(common.kept(in: log), in: zone))
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
    let spools = try Kind.rowTypes.map { try Spool(OwnLines($0.kind, format)) }
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
    descriptor = try temporaryFile()
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
