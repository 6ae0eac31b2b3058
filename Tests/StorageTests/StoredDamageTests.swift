import Foundation
import GRDB
import Records
import TestSupport
import Testing

@testable import Storage

/// What SQLite's types allow and lumbar never writes: a hand edit, or a flipped bit.
@Suite("Stored values that nobody wrote")
struct StoredDamageTests {
  private func store() throws -> Store {
    let store = try Store.inMemory()
    try store.importSheet { sheet in
      sheet.set("anna", "2026-03-02", "plank", reps: 3, notes: "as usual")
      sheet.pain("anna", "2026-03-02", 4)
      sheet.measure("anna", "2026-03-02", "sit_and_reach", 12)
      sheet.program("anna", "plank", perWeek: 3)
      sheet.status("anna", "2026-03-03", .rest)
      sheet.answers("anna", "2026-03-02", .odi, score: 20)
    }
    return store
  }

  @Test(
    "are named by table and column, and never read",
    arguments: [
      ("exercise_set", "minutes", "9e999"), ("exercise_set", "minutes", "-1"),
      ("exercise_set", "rpe", "11"), ("exercise_set", "component", "0"),
      ("exercise_set", "component", "256"), ("exercise_set", "side", "3"),
      ("exercise_set", "completed", "2"), ("exercise_set", "at", "9223372036854775807"),
      ("exercise_set", "offset", "40000"), ("exercise_set", "load_kg", "-9e999"),
      ("exercise_set", "angle_deg", "400"), ("exercise_set", "pain_after", "10.5"),
      ("exercise_set", "exercise", "9223372036854775807"), ("exercise_set", "session", "-1"),
      ("pain_entry", "score", "1e7"), ("pain_entry", "score", "-1"), ("pain_entry", "kind", "99"),
      ("pain_entry", "flare", "7"), ("pain_entry", "location", "12345"),
      ("measurement", "value", "9e999"), ("measurement", "measure", "77777777777"),
      ("program_line", "component", "-1"), ("program_line", "weekdays", "-1"),
      ("program_line", "weekdays", "128"), ("program_line", "start_on", "2147483648"),
      ("program_line", "end_on", "-2147483649"), ("program_line", "sessions_per_week", "9e999"),
      ("day_entry", "status", "-1"), ("day_entry", "hours", "25"),
      ("day_entry", "day", "2147483647"),
      ("questionnaire", "instrument", "9"), ("questionnaire", "score", "101"),
      ("exercise_set", "day", "1"), ("exercise_set", "patient", "2"), ("pain_entry", "day", "-5"),
    ])
  func values(table: String, column: String, value: String) throws {
    let store = try store()
    try store.queue.write { try $0.execute(sql: "UPDATE \(table) SET \"\(column)\" = \(value)") }
    let error = #expect(throws: StorageError.self) {
      _ = try store.readLogs { try $0.log(of: "anna") }
    }
    let isName = ["exercise", "session", "location", "measure"].contains(column)
    let isKey = ["patient", "day"].contains(column) && table != "day_entry"
    let place = isName ? "the table name" : "the table \(table)"
    guard case .damaged(_, let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.hasPrefix(place), "\(cause)")
    #expect(cause.contains(isName || isKey ? ", id: " : ", \(column): "), "\(cause)")
    #expect(!cause.contains("as usual"))
  }

  @Test("do no harm to what only counts", arguments: ["id", "day"])
  func counts(column: String) throws {
    let store = try store()
    let value = column == "id" ? "9223372036854775807" : "2147483648"
    try store.queue.write { try $0.execute(sql: "UPDATE pain_entry SET \(column) = \(value)") }
    if column == "day" {
      #expect(throws: StorageError.self) { _ = try store.overview() }
    } else {
      #expect(throws: StorageError.self) { _ = try store.dataGaps(silentFor: 7) }
      #expect(throws: StorageError.self) { _ = try store.lastDay() }
      #expect(throws: StorageError.self) {
        try store.importSheet("more") { $0.pain("anna", "2026-03-09", 2) }
      }
    }
  }

  @Test(
    "a count of equal rows that cannot be is damage before anything is written",
    arguments: ["9223372036854775807", "-9223372036854775808", "-1", "2147483647"])
  func copies(value: String) throws {
    let store = try store()
    try store.queue.write { try $0.execute(sql: "UPDATE pain_entry SET copy = \(value)") }
    let error = #expect(throws: StorageError.self) {
      try store.importSheet("more") { $0.pain("anna", "2026-03-02", 4) }
    }
    guard case .damaged(_, let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.contains(", copy: "))
  }

  @Test(
    "a table of another shape is refused in words, one that somebody added is left alone",
    arguments: [
      ("ALTER TABLE exercise_set DROP COLUMN sets", "the table exercise_set has another shape"),
      ("ALTER TABLE pain_entry ADD COLUMN mine INTEGER", "the table pain_entry has another shape"),
      ("DROP INDEX file_first", "the index file_first on the table file is missing"),
      ("DROP TRIGGER run_stays", "the trigger run_stays on the table run is missing"),
      (
        "CREATE TRIGGER mine AFTER INSERT ON pain_entry BEGIN DELETE FROM pain_entry; END",
        "the trigger mine on the table pain_entry was added"
      ),
      ("CREATE INDEX mine ON pain_entry (day)", "the index mine on the table pain_entry was added"),
      ("CREATE TABLE mine (a); CREATE VIEW two AS SELECT 2", ""),
    ])
  func shapes(sql: String, cause: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      do { _ = try Store.open(creating: path) }
      try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: sql) }
      for open in [{ try Store.open(existing: path) }, { try Store.open(creating: path) }] {
        do {
          _ = try open()
          #expect(cause.isEmpty)
        } catch StorageError.damaged(_, let found) {
          #expect(!cause.isEmpty && found.hasPrefix(cause), "\(found)")
        }
      }
    }
  }

  @Test("text in another encoding is refused in words")
  func encoding() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      try DatabaseQueue(path: path).inDatabase {
        try $0.execute(
          sql: """
            PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a);
            PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 1
            """)
      }
      for open in [{ try Store.open(existing: path) }, { try Store.open(creating: path) }] {
        #expect(
          throws: StorageError.damaged(path: path, cause: "its text is in UTF-16le, not in UTF-8")
        ) { _ = try open() }
      }
    }
  }
}
