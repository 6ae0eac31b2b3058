import Foundation
import GRDB
import Records
import TestSupport
import Testing

@testable import Storage

@Suite("Forgetting, copies and the ledger in the database")
struct CareStorageTests {
  private func sheet(_ people: [String], days: ClosedRange<Int> = 1...3, score: Double = 4) -> Batch
  {
    var batch = Batch()
    for (line, person) in people.enumerated() {
      for day in days {
        batch.pain.append(
          PainEntry(
            patient: batch.names.intern(person),
            recorded: Timestamp(day: Day(number: 20_000 + Int32(day)), milliseconds: nil),
            score: score, position: SourcePosition(line: Int64(line * 10 + day))))
        batch.read += 1
      }
    }
    return batch
  }

  private func bring(_ batch: Batch, _ name: String, to store: Store) throws -> ImportedFile {
    let run = try store.beginRun(started: "2026-10-01T00:00:00Z", command: "import", version: "1")
    let file = ImportedFile(name: name, sha256: name, bytes: 1, reading: "")
    let done = try store.importFile(file, run: run) { try $0.write(batch) }
    try store.endRun(run, exit: 0, seconds: 0)
    return done
  }

  private let stone = Tombstone(salt: [1, 2, 3], code: "abc")

  @Test("a person goes with the records; others keep theirs, and the sources are told apart")
  func forget() throws {
    let store = try Store.inMemory()
    _ = try bring(sheet(["anna", "ben"]), "both", to: store)
    _ = try bring(sheet(["anna"], days: 5...6), "hers", to: store)
    let gone = try store.forget("anna", stone, at: "2026-10-02T00:00:00Z")
    #expect(gone?.records == 5)
    let sources = try #require(gone?.sources.sorted { $0.sha256 < $1.sha256 })
    #expect(sources.map(\.sha256) == ["both", "hers"])
    #expect(sources.map(\.rows) == [3, 2])
    #expect(sources.map(\.isTheirs) == [false, true])
    #expect(try store.patientCodes() == ["ben"])
    #expect(try store.tombstones().map(\.code) == ["abc"])
    #expect(try store.forget("anna", stone, at: "2026-10-02T00:00:00Z") == nil)
  }

  @Test("rows of the forgotten are left out and counted, however they are batched")
  func leavesOut() throws {
    let store = try Store.inMemory()
    store.forgotten = { stones in { id in stones.map(\.code) == ["abc"] && id == "anna" } }
    try store.add([Tombstone(salt: [1], code: "abc")], at: "2026-10-01T00:00:00Z")
    var batch = sheet(["anna", "ben", "anna"])
    batch.findKeys()
    batch.rejections = [
      Rejection(
        reason: .outOfRange, position: SourcePosition(line: 90), column: "score",
        value: Array("99".utf8), row: Array("\"anna\";2026-10-16;99".utf8)),
      Rejection(
        reason: .outOfRange, position: SourcePosition(line: 91), column: "score",
        value: Array("99".utf8), row: Array("annabel;2026-10-16;99".utf8)),
    ]
    batch.read += 2
    let done = try bring(batch, "file", to: store)
    #expect(done.accounts.read == 11 && done.accounts.new == 3)
    #expect(done.accounts.leftOut == 7 && done.accounts.refused == 1)
    #expect(done.leftOutReasons == ["forgotten person": 7])
    #expect(try store.patientCodes() == ["ben"])
  }

  @Test("a row of several records counts once when it is left out")
  func wideRows() {
    var batch = sheet(["anna"], days: 1...1)
    batch.pain += batch.pain
    batch.read = 1
    batch.sharesLines = true
    batch.leaveOut(reason: "gone") { $0 == "anna" }
    #expect(batch.pain.isEmpty && batch.leftOut == ["gone": 1])
  }

  @Test("runs and the accounts of files can neither be deleted nor changed")
  func ledger() throws {
    let store = try Store.inMemory()
    _ = try bring(sheet(["ben"]), "file", to: store)
    for sql in [
      "DELETE FROM run", "UPDATE run SET exit = 5", "DELETE FROM file",
      "UPDATE file SET read = 99", "UPDATE file SET sha256 = 'other'",
    ] {
      #expect(throws: DatabaseError.self, "\(sql)") {
        try store.queue.write { try $0.execute(sql: sql) }
      }
    }
  }

  @Test("a correction keeps the old value and the new one")
  func corrections() throws {
    let store = try Store.inMemory()
    for (name, status) in [("first", DayStatus.sick), ("second", .travel)] {
      var batch = Batch()
      batch.read = 1
      batch.days = [
        DayEntry(
          patient: batch.names.intern("ben"), day: Day(number: 20_000), status: status,
          position: SourcePosition(line: 2))
      ]
      _ = try bring(batch, name, to: store)
    }
    let found = try store.queue.read {
      try Row.fetchOne(
        $0,
        sql: """
          SELECT json_extract(old, '$.status') AS old, json_extract(new, '$.status') AS new
          FROM correction
          """)
    }
    let values = try #require(found)
    let stored = try store.queue.read {
      try Int.fetchOne($0, sql: "SELECT status FROM day_entry")
    }
    #expect(values["new"] == stored)
    #expect((values["old"] as Int) != (values["new"] as Int))
  }

  @Test("a copy holds the same rows, is private, and is remembered")
  func copies() throws {
    try withTemporaryFolder { folder in
      let store = try Store.open(creating: folder.path + "/db")
      _ = try bring(sheet(["ben"]), "file", to: store)
      let path = folder.path + "/copy"
      try store.noteBackup(path, at: "2026-10-02T00:00:00Z")
      try store.copy(to: path)
      try store.copy(to: path)
      #expect(try store.backups() == [path])
      #expect(try Store.open(existing: path).overview().records[.pain] == 3)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(throws: StorageError.self) { try store.copy(to: folder.path + "/none/copy") }
    }
  }

  @Test("a database of an earlier version is copied before it is brought up to date")
  func copiedBeforeMigration() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      do {
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase {
          try Schema.migrate($0, to: 4)
          try $0.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        }
        try queue.close()
      }
      let store = try Store.open(existing: path)
      let copy = path + ".schema-4"
      #expect(try store.backups() == [copy])
      let version = try DatabaseQueue(path: copy).read {
        try Int.fetchOne($0, sql: "PRAGMA user_version")
      }
      #expect(version == 4)
    }
  }

  @Test("purging counts without removing, then removes and marks whose reports change")
  func purge() throws {
    let store = try Store.inMemory()
    _ = try bring(sheet(["ben"], days: 1...4), "file", to: store)
    let marks = try store.nightlyPatients(version: "1").map(\.mark)
    let counted = try store.purge(
      before: 20_003, started: "2000-01-01T00:00:00Z", keep: false)
    #expect(counted.records == 2 && counted.traces == 0)
    #expect(try store.overview().records[.pain] == 4)
    let removed = try store.purge(before: 20_003, started: "2000-01-01T00:00:00Z", keep: true)
    #expect(removed.records == 2)
    #expect(try store.overview().records[.pain] == 2)
    #expect(try store.nightlyPatients(version: "1").map(\.mark) == marks.map { $0 + 1 })
  }

  @Test(
    "a word is found as a whole, not within a longer one",
    arguments: [
      ("anna,4", "anna", true), ("annabel,4", "anna", false), ("7,17,4", "17", true),
      ("2017-01-01", "17", false), ("\"P-1\"", "P-1", true), ("xP-1", "P-1", false),
      ("", "a", false),
      ("a", "", false), ("zoë;4", "zoë", true), ("zoëy;4", "zoë", false),
    ])
  func wholeWords(_ text: String, _ word: String, _ isThere: Bool) {
    #expect(holds(Array(text.utf8), word: word) == isThere)
  }
}
