import Foundation
import GRDB
import Records
import TestSupport

@testable import Storage

/// A day written as `2026-10-31`.
func day(_ text: String) -> Day {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
    preconditionFailure("\(text) is not a date")
  }
  return day
}

/// A file as a test writes it: rows in plain words, one a line below the header, cut into batches.
final class Sheet {
  var batch = Batch()
  private(set) var line: Int64 = 1
  private let emit: (Batch) throws -> Void

  init(emit: @escaping (Batch) throws -> Void) { self.emit = emit }

  /// Hands on the rows so far as a batch.
  func cut() throws {
    try emit(batch)
    batch.removeRows()
  }

  func name(_ words: String) -> NameID { batch.names.intern(words) }

  func text(_ words: String?) -> TextRange? {
    guard var words else { return nil }
    return words.withUTF8 { batch.texts.append($0) }
  }

  private func nextLine() -> SourcePosition {
    line += 1
    batch.read += 1
    return SourcePosition(line: line)
  }

  func set(
    _ patient: String, _ date: String, _ exercise: String, reps: Double? = nil,
    notes: String? = nil, as identity: (session: String, order: Int64)? = nil,
    _ change: (inout ExerciseSet) -> Void = { _ in }
  ) {
    var row = ExerciseSet(
      patient: name(patient), started: Timestamp(day: day(date)), exercise: name(exercise),
      position: nextLine())
    row.reps = reps
    row.notes = text(notes)
    row.session = identity.map { name($0.session) }
    row.order = identity?.order
    change(&row)
    batch.sets.append(row)
  }

  func pain(
    _ patient: String, _ date: String, _ score: Double, notes: String? = nil,
    _ change: (inout PainEntry) -> Void = { _ in }
  ) {
    var row = PainEntry(
      patient: name(patient), recorded: Timestamp(day: day(date)), score: score,
      position: nextLine())
    row.notes = text(notes)
    change(&row)
    batch.pain.append(row)
  }

  func measure(
    _ patient: String, _ date: String, _ measure: String, _ value: Double,
    _ change: (inout Records.Measurement) -> Void = { _ in }
  ) {
    var row = Records.Measurement(
      patient: name(patient), day: day(date), measure: name(measure), value: value,
      position: nextLine())
    change(&row)
    batch.measurements.append(row)
  }

  func program(
    _ patient: String, _ exercise: String, perWeek: Double?, _ component: Component = .mobility,
    _ change: (inout ProgramLine) -> Void = { _ in }
  ) {
    var row = ProgramLine(
      patient: name(patient), exercise: name(exercise), component: component,
      sessionsPerWeek: perWeek, position: nextLine())
    change(&row)
    batch.program.append(row)
  }

  func status(
    _ patient: String, _ date: String, _ status: DayStatus, hours: Double? = nil,
    reason: String? = nil
  ) {
    var row = DayEntry(
      patient: name(patient), day: day(date), status: status, position: nextLine())
    row.hours = hours
    row.reason = text(reason)
    batch.days.append(row)
  }

  func answers(
    _ patient: String, _ date: String, _ instrument: Instrument, score: Double? = nil,
    items: String? = nil
  ) {
    var row = Questionnaire(
      patient: name(patient), day: day(date), instrument: instrument, position: nextLine())
    row.score = score
    row.items = text(items)
    batch.questionnaires.append(row)
  }

  func person(
    _ code: String, name words: String? = nil, zone: String? = nil, sex: String? = nil,
    language: String? = nil
  ) {
    var row = Patient(patient: name(code), position: nextLine())
    row.name = words.map(name)
    row.zone = zone.map(name)
    row.sex = sex.map(name)
    row.language = language.map(name)
    batch.patients.append(row)
  }

  func refuse(
    _ reason: RejectionReason, column: String = "", value: [UInt8] = [], row: [UInt8] = []
  ) {
    batch.rejections.append(
      Rejection(reason: reason, position: nextLine(), column: column, value: value, row: row))
  }

  func leaveOut(_ reason: String) {
    _ = nextLine()
    batch.leftOut[reason, default: 0] += 1
  }
}

/// A database on disk that goes with its folder.
func withStore<T>(_ body: (Store) throws -> T) throws -> T {
  try withTemporaryFolder {
    try body(try Store.open(creating: $0.appendingPathComponent("lumbar.sqlite").path))
  }
}

extension Store {
  func beginRun(_ command: String = "import") throws -> Int64 {
    try beginRun(started: "2026-03-09T21:00:00Z", command: command, version: "0.1.0")
  }

  /// Imports a file that a test writes.
  @discardableResult
  func importSheet(
    _ name: String = "diary.csv", keep: Bool = true, _ fill: (Sheet) throws -> Void
  ) throws -> ImportedFile {
    let file = ImportedFile(name: name, sha256: "sha of \(name)", bytes: 1_234, reading: "plain")
    return try importFile(file, run: keep ? beginRun() : nil, keep: keep) { writer in
      let sheet = Sheet(emit: writer.write)
      try fill(sheet)
      try sheet.cut()
    }
  }

  /// The rows of a query, cells between bars.
  func rows(_ sql: String) throws -> [String] {
    try queue.read { database in
      try GRDB.Row.fetchAll(database, sql: sql).map { row in
        row.map { cell($0.1) }.joined(separator: "|")
      }
    }
  }

  /// Every record with names for numbers, without digests and sources: what two databases of the
  /// same records have in common.
  func content() throws -> [String] {
    let hidden: Set = ["id", "file", "line", "digest", "key"]
    let named: Set = [
      "exercise", "session", "location", "scale", "measure", "unit", "rater", "device",
      "convention",
    ]
    return try queue.read { database in
      let names = try words(database, "SELECT id, text FROM name")
      let codes = try words(database, "SELECT id, code FROM patient")
      return try recordTables.flatMap { table in
        try GRDB.Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { row in
          table
            + row.filter { !hidden.contains($0.0) }.map { column, value in
              let pool = named.contains(column) ? names : column == "patient" ? codes : [:]
              let words = Int64.fromDatabaseValue(value).flatMap { pool[$0] }
              return " \(column)=\(words ?? cell(value))"
            }.joined()
        }
      }.sorted()
    }
  }

  /// Every record as it is stored, with digests and sources.
  func stored() throws -> [String] {
    try (recordTables + ["name"]).flatMap { table in
      try rows("SELECT * FROM \(table)").map { "\(table) \($0)" }
    }
  }
}

let recordTables = [
  "patient", "exercise_set", "pain_entry", "measurement", "program_line", "day_entry",
  "questionnaire",
]

private func words(_ database: Database, _ sql: String) throws -> [Int64: String] {
  var words: [Int64: String] = [:]
  for row in try GRDB.Row.fetchAll(database, sql: sql) { words[row[0] as Int64] = row[1] as String }
  return words
}

private func cell(_ value: DatabaseValue) -> String {
  switch value.storage {
  case .null: "-"
  case .int64(let number): "\(number)"
  case .double(let number): "\(number)"
  case .string(let text): text
  case .blob(let bytes): "x" + bytes.map { String($0, radix: 16) }.joined(separator: " ")
  }
}
