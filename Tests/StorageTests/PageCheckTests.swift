import Foundation
import GRDB
import TestSupport
import Testing

@testable import Storage

@Suite("PageCheck")
struct PageCheckTests {
  /// Makes a database, hands over its path, and has it changed as a test needs it.
  private func withDatabase(
    pageSize: Int = 16_384, _ fill: (Database) throws -> Void, _ body: (String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("some.sqlite").path
      let queue = try DatabaseQueue(path: path)
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA page_size = \(pageSize); VACUUM")
        try database.inTransaction {
          try fill(database)
          return .commit
        }
      }
      try queue.close()
      try body(path)
    }
  }

  private enum Verdict: Equatable { case sound, damaged, notPossible }

  /// What both checks say; one that cannot even begin has found damage.
  private func verdicts(_ path: String) throws -> (ours: Verdict, full: Verdict) {
    var configuration = Configuration()
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
      return (.damaged, .damaged)
    }
    defer { try? queue.close() }
    func verdict(_ body: (Database) throws -> Bool) -> Verdict {
      do {
        return try queue.read(body) ? .sound : .damaged
      } catch is DatabasePages.NotPossible {
        return .notPossible
      } catch {
        return .damaged
      }
    }
    return (
      verdict { database in
        let alone = try PageCheck.verdict(database)
        // Any number of threads finds the same.
        for threads in 2...3 {
          let together = try PageCheck.verdict(database, threads: threads)
          #expect((together == nil) == (alone == nil))
        }
        return alone == nil
      },
      verdict { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") == "ok" }
    )
  }

  /// Rows of all lengths, long texts in chains of pages, an index, and pages that are free again.
  private static func mixed(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE plain (id INTEGER PRIMARY KEY, number REAL, word TEXT) STRICT;
        CREATE TABLE keyed (a INTEGER, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE gone (id INTEGER PRIMARY KEY, word TEXT);
        CREATE INDEX plain_word ON plain (word);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
          INSERT INTO plain SELECT (i * 7919) % 3001 - 1500, i / 3.0,
            CASE WHEN i % 300 = 0 THEN hex(zeroblob(9000 + i)) ELSE hex(i * i) END FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
          INSERT INTO keyed SELECT (i * 31) % 97, printf('%d word %*c', i, i % 60, 'x') FROM n;
        INSERT INTO gone SELECT id, hex(zeroblob(300)) FROM plain WHERE id > 0;
        DELETE FROM gone WHERE id % 2 = 0;
        DELETE FROM plain WHERE id BETWEEN 100 AND 900;
        DROP TABLE gone;
        """)
  }

  @Test("A sound database is found sound, whatever its pages", arguments: [512, 4_096, 65_536])
  func sound(pageSize: Int) throws {
    try withDatabase(pageSize: pageSize, Self.mixed) { path in
      let found = try verdicts(path)
      #expect(found == (.sound, .sound))
    }
    try withDatabase(pageSize: pageSize, { try $0.execute(sql: "CREATE TABLE t (a)") }) { path in
      let found = try verdicts(path)
      #expect(found == (.sound, .sound))
    }
  }

  @Test("A check that nobody waits for any more ends early")
  func cancelled() throws {
    try withDatabase(pageSize: 512, Self.mixed) { path in
      let queue = try DatabaseQueue(path: path)
      defer { try? queue.close() }
      #expect(throws: CancellationError.self) {
        try queue.read { try PageCheck.verdict($0, threads: 2) { true } }
      }
    }
  }

  @Test("A database of lumbar is found sound as it grows, and after a run was undone")
  func own() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("lumbar.sqlite").path
      let store = try Store.open(creating: path)
      for number in 1...4 {
        try store.importSheet("file \(number)") { sheet in
          for day in 1...9 {
            for row in 0..<200 {
              sheet.set("p\(row % 17)", "2026-0\(number)-0\(day)", "plank", reps: Double(row))
              sheet.pain("p\(row)", "2026-0\(number)-0\(day)", 4, notes: "a note of \(row)")
            }
          }
        }
        let verdict = try store.queue.read { try PageCheck.verdict($0) }
        #expect(verdict == nil)
      }
      _ = try store.undo(run: 4, by: store.beginRun("undo"))
      let verdict = try store.queue.read { try PageCheck.verdict($0) }
      #expect(verdict == nil)
      let found = try verdicts(path)
      #expect(found == (.sound, .sound))
    }
  }

  @Test(
    "What SQLite's own check finds in an overwritten stretch, this one finds too",
    arguments: 1...60 as ClosedRange<UInt64>)
  func noise(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try withDatabase(pageSize: 4_096, Self.mixed) { path in
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let length = [16, 100, 512, 4_096][Int(seed % 4)]
      let start = 100 + random.below(bytes.count - length - 100)
      let isAligned = seed % 3 == 0
      let from = isAligned ? max(100, start / 4_096 * 4_096) : start
      for index in from..<min(bytes.count, from + length) {
        bytes[index] = seed % 5 == 0 ? 0 : UInt8(random.below(256))
      }
      try bytes.write(to: URL(fileURLWithPath: path))
      let (ours, full) = try verdicts(path)
      #expect(ours == .damaged || full == .sound)
    }
  }

  @Test(
    "A value of another type than its column's, and NULL where none may be, is damage",
    arguments: [
      ("1", "2.5", "'w'", true), ("1", "2", "'w'", true), ("NULL", "NULL", "'w'", true),
      ("'one'", "2.5", "'w'", false), ("1.5", "2.5", "'w'", false), ("1", "'two'", "'w'", false),
      ("1", "2.5", "3", false), ("1", "2.5", "x'00'", false), ("1", "2.5", "NULL", false),
      ("1", "x'01'", "'w'", false),
    ])
  func types(whole: String, number: String, word: String, isSound: Bool) throws {
    let declared = "(id INTEGER PRIMARY KEY, whole INTEGER, number REAL, word TEXT NOT NULL)"
    try withDatabase { database in
      // Filled as a table that takes anything, then declared to be strict.
      try database.execute(
        sql: """
          CREATE TABLE cell (id INTEGER PRIMARY KEY, whole, number, word);
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
            INSERT INTO cell SELECT i, i, i + 0.5, 'word ' || i FROM n;
          UPDATE cell SET whole = \(whole), number = \(number), word = \(word) WHERE id = 2000;
          PRAGMA writable_schema = ON;
          UPDATE sqlite_master SET sql = 'CREATE TABLE cell \(declared) STRICT';
          PRAGMA writable_schema = OFF
          """)
    } _: { path in
      let found = try verdicts(path)
      #expect(found.ours == (isSound ? .sound : .damaged))
      #expect(found.full == found.ours)
    }
  }

  @Test("A table without row numbers is looked at too", arguments: ["'w'", "NULL", "7"])
  func keyedTables(word: String) throws {
    let declared = "(a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT, WITHOUT ROWID"
    try withDatabase { database in
      try database.execute(
        sql: """
          CREATE TABLE keyed (a PRIMARY KEY, b) WITHOUT ROWID;
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
            INSERT INTO keyed SELECT i, 'word ' || i FROM n;
          UPDATE keyed SET b = \(word) WHERE a = 2000;
          PRAGMA writable_schema = ON;
          UPDATE sqlite_master SET sql = 'CREATE TABLE keyed \(declared)';
          PRAGMA writable_schema = OFF
          """)
    } _: { path in
      let found = try verdicts(path)
      #expect(found.ours == (word == "'w'" ? .sound : .damaged))
      #expect(found.full == found.ours)
    }
  }

  @Test("A file that lacks its end, or a page in it, is damaged", arguments: [1, 9, 40])
  func shortened(pages: Int) throws {
    try withDatabase(pageSize: 4_096, Self.mixed) { path in
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try bytes.dropLast(pages * 4_096).write(to: URL(fileURLWithPath: path))
      // How short the file is, SQLite's own check says.
      let short = try verdicts(path)
      #expect(short.ours != .sound || short.full == .sound)
      var swapped = bytes
      swapped.replaceSubrange(
        (pages * 4_096)..<(pages + 1) * 4_096,
        with: bytes[((pages + 1) * 4_096)..<(pages + 2) * 4_096])
      try swapped.write(to: URL(fileURLWithPath: path))
      // Of two pages of one index, both checks see the same.
      let (ours, full) = try verdicts(path)
      #expect(ours == .damaged || full == .sound)
    }
  }

  @Test("A file in write-ahead mode or with automatic vacuum is left to SQLite's own check")
  func otherModes() throws {
    for sql in ["PRAGMA journal_mode = WAL", "PRAGMA auto_vacuum = FULL; VACUUM"] {
      try withTemporaryFolder { folder in
        let path = folder.appendingPathComponent("some.sqlite").path
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { database in
          try database.execute(sql: sql)
          try database.execute(sql: "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        }
        try queue.close()
        let ours = try verdicts(path).ours
        #expect(ours == .notPossible)
      }
    }
  }
}
