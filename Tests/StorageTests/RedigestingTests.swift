import GRDB
import Records
import TestSupport
import Testing

@testable import Storage

/// Databases whose records were told apart by other digests are carried over.
@Suite("Digests of an earlier version")
struct RedigestingTests {
  private func fill(_ sheet: Sheet) {
    sheet.person("anna", name: "Anna", zone: "Europe/Berlin")
    for _ in 0..<2 { sheet.set("anna", "2026-03-01", "plank", reps: 10, notes: "dawn") }
    sheet.set("anna", "2026-03-02", "bridge", reps: 8, as: ("s1", 1))
    sheet.pain("anna", "2026-03-01", 4.25, notes: "so")
    sheet.measure("anna", "2026-03-02", "sit_and_reach", 12.5)
    sheet.program("anna", "plank", perWeek: 3) { $0.startOn = day("2026-01-01") }
    sheet.program("anna", "bridge", perWeek: nil) { $0.weekdays = 5 }
    sheet.status("anna", "2026-03-03", .sick, hours: 7.1, reason: "flu")
    sheet.answers("anna", "2026-03-04", .odi, score: 22, items: "1 2")
  }

  private func correct(_ sheet: Sheet) {
    sheet.person("anna", name: "Anna B.")
    sheet.set("anna", "2026-03-05", "bridge", reps: 9, as: ("s1", 1))
    sheet.program("anna", "plank", perWeek: 5) { $0.startOn = day("2026-01-01") }
    sheet.status("anna", "2026-03-03", .travel)
  }

  /// A row that its source names, in a version.
  private func named(_ sheet: Sheet, version: Int64, score: Double) {
    sheet.pain("berta", "2026-03-07", score)
    sheet.batch.sources[.pain] = [
      SourceRow(number: 1, identity: 77, part: 0, version: version, updated: nil)
    ]
  }

  private func make(_ path: String) throws {
    let store = try Store.open(creating: path)
    try store.importSheet("first", fill)
    try store.importSheet("second", correct)
    try store.importSheet("third") { named($0, version: 1, score: 3) }
    try store.importSheet("fourth") { named($0, version: 2, score: 4) }
  }

  /// Everything that holds a digest.
  private static let holders = [
    "SELECT id, digest FROM exercise_set ORDER BY 1",
    "SELECT id, digest FROM pain_entry ORDER BY 1",
    "SELECT id, digest FROM measurement", "SELECT id, digest FROM questionnaire",
    "SELECT key, digest FROM program_line ORDER BY 1", "SELECT day, digest FROM day_entry",
    "SELECT id, digest FROM patient ORDER BY 1",
    "SELECT id, old, new FROM correction ORDER BY 1",
    "SELECT id, digest FROM source_row ORDER BY 1",
  ]

  /// Puts other digests into the place of all, as another version had them.
  private func makeOld(_ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { database in
      for table in [
        "exercise_set", "pain_entry", "measurement", "questionnaire", "day_entry", "program_line",
        "patient", "source_row",
      ] { try database.execute(sql: "UPDATE \(table) SET digest = digest / 3 + 1") }
      try database.execute(sql: "UPDATE program_line SET key = key / 5")
      for side in ["old", "new"] {
        try database.execute(
          sql: """
            UPDATE correction SET \(side) =
              json_set(\(side), '$.digest', json_extract(\(side), '$.digest') / 3 + 1)
              WHERE json_extract(\(side), '$.digest') IS NOT NULL;
            UPDATE correction SET \(side) =
              json_set(\(side), '$.key', json_extract(\(side), '$.key') / 5)
              WHERE json_extract(\(side), '$.key') IS NOT NULL;
            """)
      }
      try database.execute(
        sql: """
          DELETE FROM grdb_migrations WHERE CAST(identifier AS INTEGER) > 8;
          DROP TABLE run_unread; DROP TABLE factor; DROP TABLE run_past;
          CREATE TABLE run_past (patient INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 8;
          DROP TABLE file_place; DROP TABLE file_reach; DROP TABLE file_share;
          DROP TABLE patient_alias; DROP TABLE unmarked_time;
          DROP TABLE standing; DROP TABLE run_call;
          DROP INDEX file_name; DROP INDEX file_place_of; DROP INDEX file_former;
          DROP INDEX file_newly_gone; DROP INDEX file_continues;
          """)
      for column in [
        "place", "profile_place", "former", "continues", "open_line", "first_day", "last_day",
        "gone", "newly_gone",
      ] { try database.execute(sql: "ALTER TABLE file DROP COLUMN \(column)") }
    }
    try queue.close()
  }

  @Test("are worked out anew wherever they stand")
  func all() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      try make(path)
      func digests() throws -> [[String]] {
        try DatabaseQueue(path: path).read { database in
          try Self.holders.map { sql in
            try GRDB.Row.fetchAll(database, sql: sql).map { "\($0)" }
          }
        }
      }
      let expected = try digests()
      try makeOld(path)
      #expect(try digests() != expected)
      _ = try Store.open(existing: path)
      let found = try digests()
      for (found, expected) in zip(found, expected) { #expect(found == expected) }
    }
  }

  @Test("then make the same files known, newer versions win, and an undo brings back what was")
  func goesOn() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      try make(path)
      try makeOld(path)
      let store = try Store.open(creating: path)
      let again = try store.importSheet("again", correct)
      #expect(again.accounts.known == 4 && again.accounts.read == 4)
      let older = try store.importSheet("older") { named($0, version: 1, score: 3) }
      #expect(older.accounts.known == 1)
      let newer = try store.importSheet("newer") { named($0, version: 3, score: 5) }
      #expect(newer.accounts.changed == 1)
      let runs = try store.rows("SELECT run FROM file ORDER BY id DESC").compactMap(Int64.init)
      // Back to the first file alone.
      for run in runs.prefix(runs.count - 1) {
        _ = try store.undo(run: run, by: store.beginRun("undo"))
      }
      let first = try store.importSheet("first again", fill)
      #expect(first.accounts.known == 10, "\(first.accounts)")
    }
  }
}
