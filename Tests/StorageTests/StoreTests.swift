import Foundation
import GRDB
import Records
import TestSupport
import Testing

@testable import Storage

/// The files of a folder with their bytes, to show that nothing was changed or left beside but the
/// file of the writer's lock.
private func files(_ folder: URL) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
  where !name.hasSuffix(".lock") {
    files[name] = try Data(contentsOf: folder.appendingPathComponent(name))
  }
  return files
}

private func permissions(_ path: String) -> mode_t {
  var status = stat()
  guard stat(path, &status) == 0 else { return 0 }
  return status.st_mode & 0o777
}

/// A database with some hundred rows, closed.
private func makeDatabase(_ path: String) throws {
  let store = try Store.open(creating: path)
  try store.importSheet { sheet in
    for number in 0..<400 {
      sheet.set("anna", "2026-03-02", "exercise \(number)", reps: Double(number), notes: "as usual")
    }
    sheet.pain("berta", "2026-03-03", 4)
  }
}

private func makeDatabase(_ path: String, sql: String) throws {
  try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: sql) }
}

private let waysToOpen: [(String, @Sendable (String) throws -> Store)] = [
  ("creating", { try Store.open(creating: $0) }),
  ("writing", { try Store.open(existing: $0, writing: true) }),
  ("reading", { try Store.open(existing: $0) }),
]

/// Every way to open a file of these bytes ends in the same error and harms nothing.
private func expectRefusal(
  _ content: (String) throws -> Void, _ expected: (String) -> StorageError,
  ways: [(String, @Sendable (String) throws -> Store)] = waysToOpen,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for (name, open) in ways {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("data.file").path
      try content(path)
      let before = try files(folder)
      #expect(throws: expected(path), "\(name)", sourceLocation: sourceLocation) {
        _ = try open(path)
      }
      #expect(try files(folder) == before, "\(name)", sourceLocation: sourceLocation)
    }
  }
}

/// A way to damage a database that holds sets.
enum Damage: String, CaseIterable {
  case halved, pageOverwritten, pageCleared, schemaOverwritten

  func strike(_ path: String) throws {
    let (root, size) = try Store.open(existing: path).queue.read {
      (
        try Int.fetchOne(
          $0, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'exercise_set'"),
        try Int.fetchOne($0, sql: "PRAGMA page_size") ?? 0
      )
    }
    let page = (try #require(root) - 1) * size
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    switch self {
    case .halved: bytes = bytes.prefix(bytes.count / 2)
    case .pageOverwritten:
      bytes.replaceSubrange(page..<page + size, with: Data(repeating: 0xFF, count: size))
    case .pageCleared: bytes.replaceSubrange(page..<page + size, with: Data(count: size))
    case .schemaOverwritten:
      bytes.replaceSubrange(100..<size, with: Data(repeating: 0xA5, count: size - 100))
    }
    try bytes.write(to: URL(fileURLWithPath: path))
  }
}

/// A file that is no database.
enum Other: CaseIterable {
  case twoBytes, diary, zeros, gzip, almostSQLite, longText

  var bytes: [UInt8] {
    switch self {
    case .twoBytes: Array("x\n".utf8)
    case .diary: Array("patient_id,recorded_at,score\nanna,2026-03-02,4\n".utf8)
    case .zeros: [UInt8](repeating: 0, count: 4_096)
    case .gzip: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    case .almostSQLite: Array("SQLite format 2".utf8) + [UInt8](repeating: 7, count: 9_000)
    case .longText: Array(String(repeating: "2026-03-02 Rücken ok\n", count: 2_000).utf8)
    }
  }
}

private func isDamage(_ error: StorageError?, at path: String) -> Bool {
  guard case .damaged(let named, let cause) = error else { return false }
  return named == path && !cause.isEmpty
}

private func cannotOpen(_ error: StorageError?, _ path: String) -> Bool {
  guard case .cannotOpen(let named, let cause) = error else { return false }
  return named == path && !cause.isEmpty
}

@Suite("Store, making and opening")
struct StoreOpeningTests {
  @Test("A new database is a private file in private folders")
  func privateFromTheStart() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/share/lumbar/lumbar.sqlite"
      let store = try Store.open(creating: path)
      #expect(store.path == path)
      #expect(permissions(path) == 0o600)
      #expect(permissions(folder.path + "/share/lumbar") == 0o700)
      #expect(permissions(folder.path + "/share") == 0o700)
    }
  }

  @Test("A folder that is there keeps its permissions")
  func folderIsLeftAlone() throws {
    try withTemporaryFolder { folder in
      let shared = folder.path + "/shared"
      try FileManager.default.createDirectory(atPath: shared, withIntermediateDirectories: false)
      chmod(shared, 0o750)
      _ = try Store.open(creating: shared + "/lumbar.sqlite")
      #expect(permissions(shared) == 0o750)
      #expect(permissions(shared + "/lumbar.sqlite") == 0o600)
    }
  }

  @Test("The journal of a running import is as private as the database")
  func privateJournal() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      let store = try Store.open(creating: path)
      try store.importSheet { sheet in
        sheet.pain("anna", "2026-03-02", 4)
        try sheet.cut()
        #expect(permissions(path + "-journal") == 0o600)
      }
      #expect(try files(folder).keys.sorted() == ["lumbar.sqlite"])
    }
  }

  @Test(
    "Each connection is durable and careful",
    arguments: [
      ("synchronous", "3"), ("journal_mode", "delete"), ("foreign_keys", "1"),
      ("trusted_schema", "0"), ("cell_size_check", "1"), ("busy_timeout", "60000"),
    ])
  func pragmas(name: String, value: String) throws {
    try withTemporaryFolder { folder throws in
      let path = folder.path + "/lumbar.sqlite"
      #expect(try Store.open(creating: path).rows("PRAGMA \(name)") == [value])
      #expect(try Store.open(existing: path).rows("PRAGMA \(name)") == [value])
    }
  }

  @Test("What one connection wrote, the next one finds")
  func openAgain() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      let written = try {
        let store = try Store.open(creating: path)
        try store.importSheet { $0.pain("Zoë", "2026-03-02", 2.25, notes: "ok") }
        return try store.stored()
      }()
      #expect(written.count == 2)
      for (_, open) in waysToOpen { #expect(try open(path).stored() == written) }
    }
  }

  @Test("Opening and reading leaves every byte as it was")
  func readingWritesNothing() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      try makeDatabase(path)
      let before = try files(folder)
      let store = try Store.open(existing: path)
      #expect(try store.overview().records[.sessions] == 400)
      #expect(try store.readLogs { try $0.log(of: "berta") }?.pain.count == 1)
      #expect(try files(folder) == before)
    }
  }

  @Test("A database that may not be written can be read")
  func readOnlyFile() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      try makeDatabase(path)
      chmod(path, 0o400)
      #expect(try Store.open(existing: path).overview().records[.sessions] == 400)
      #expect(permissions(path) == 0o400)
    }
  }
}

@Suite("Store, refusing")
struct StoreRefusingTests {
  @Test("A database that must be there is named when it is not, and none is made")
  func missing() throws {
    try expectRefusal({ _ in }, { .missing(path: $0) }, ways: Array(waysToOpen.dropFirst()))
  }

  @Test("An empty file holds no database to read, and stays empty")
  func emptyForReading() throws {
    try expectRefusal(
      { try Data().write(to: URL(fileURLWithPath: $0)) }, { .missing(path: $0) },
      ways: waysToOpen.filter { $0.0 == "reading" })
  }

  @Test("An empty file becomes a database when something is to be written")
  func emptyForWriting() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      try Data().write(to: URL(fileURLWithPath: path))
      let store = try Store.open(creating: path)
      try store.importSheet { $0.pain("anna", "2026-03-02", 3) }
      #expect(try store.overview().records[.pain] == 1)
    }
  }

  @Test("A file that is not a database is refused, every byte unharmed", arguments: Other.allCases)
  func notADatabase(other: Other) throws {
    try expectRefusal(
      { try Data(other.bytes).write(to: URL(fileURLWithPath: $0)) }, { .notADatabase(path: $0) })
  }

  // SQLite takes a file of one byte for an empty one.
  @Test("A file of one byte is refused like any other text")
  func oneByte() throws {
    try expectRefusal(
      { try Data([0x78]).write(to: URL(fileURLWithPath: $0)) }, { .notADatabase(path: $0) })
  }

  @Test(
    "A database of another program is refused, every byte unharmed",
    arguments: [
      "CREATE TABLE photo (id INTEGER PRIMARY KEY, title TEXT)",
      "CREATE TABLE exercise_set (patient INTEGER); PRAGMA user_version = 1",
      "CREATE VIEW one AS SELECT 1",
      "PRAGMA application_id = 252006673; CREATE TABLE feature (id INTEGER)",
      "PRAGMA application_id = 7", "PRAGMA user_version = 1",
    ])
  func foreign(sql: String) throws {
    try expectRefusal({ try makeDatabase($0, sql: sql) }, { .foreign(path: $0) })
  }

  @Test(
    "A database of a newer lumbar is refused, every byte unharmed",
    arguments: [Schema.version + 1, 1_000])
  func newer(version: Int) throws {
    try expectRefusal(
      {
        try makeDatabase($0)
        try makeDatabase($0, sql: "PRAGMA user_version = \(version)")
      }, { .newer(path: $0, version: version, known: Schema.version) })
  }

  @Test(
    "A damaged database is refused where nothing is to be written too, and then before a write",
    arguments: Damage.allCases)
  func damagedAndKnown(damage: Damage) throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      try makeDatabase(path)
      try damage.strike(path)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(throws: StorageError.self) {
        try Store.open(existing: path, writing: true).requireWritable()
      }
      #expect(throws: StorageError.self) {
        let store = try Store.open(existing: path, writing: true)
        _ = try store.beginRun(started: "", command: "import", version: "")
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }
  }

  @Test("A damaged database is refused before anything is written", arguments: Damage.allCases)
  func damaged(damage: Damage) throws {
    for (name, open) in waysToOpen.prefix(2) {
      try withTemporaryFolder { folder in
        let path = folder.path + "/lumbar.sqlite"
        try makeDatabase(path)
        try damage.strike(path)
        let before = try files(folder)
        let error = #expect(throws: StorageError.self, "\(name)") {
          _ = try open(path).beginRun()
        }
        #expect(isDamage(error, at: path), "\(name)")
        #expect(try files(folder) == before)
      }
    }
  }

  @Test("Reading a damaged database says so instead of giving less", arguments: Damage.allCases)
  func readingDamage(damage: Damage) throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      try makeDatabase(path)
      try damage.strike(path)
      let before = try files(folder)
      let error = #expect(throws: StorageError.self) {
        let store = try Store.open(existing: path)
        try store.requireSound()
        _ = try store.readLogs { try $0.log(of: "anna") }
      }
      #expect(isDamage(error, at: path))
      #expect(try files(folder) == before)
    }
  }

  @Test("A folder in the database's place cannot be opened")
  func folderInPlace() throws {
    try withTemporaryFolder { folder in
      for (_, open) in waysToOpen {
        let error = #expect(throws: StorageError.self) { _ = try open(folder.path) }
        #expect(cannotOpen(error, folder.path))
      }
    }
  }

  @Test("A path through a file cannot be made, and the file is unharmed")
  func pathThroughFile() throws {
    try withTemporaryFolder { folder in
      try Data("notes".utf8).write(to: folder.appendingPathComponent("notes.txt"))
      let before = try files(folder)
      for path in ["/notes.txt/lumbar.sqlite", "/notes.txt/a/b/lumbar.sqlite"] {
        let error = #expect(throws: StorageError.self) {
          _ = try Store.open(creating: folder.path + path)
        }
        #expect(cannotOpen(error, folder.path + path))
      }
      #expect(try files(folder) == before)
    }
  }

  @Test(
    "SQLite's codes become words",
    arguments: [
      (ResultCode.SQLITE_NOTADB, StorageError.notADatabase(path: "p")),
      (.SQLITE_CORRUPT, .damaged(path: "p", cause: "m")),
      (.SQLITE_CORRUPT_INDEX, .damaged(path: "p", cause: "m")),
      (.SQLITE_BUSY, .busy(path: "p", by: "another program")),
      (.SQLITE_BUSY_SNAPSHOT, .busy(path: "p", by: "another program")),
      (.SQLITE_LOCKED, .busy(path: "p", by: "another program")),
      (.SQLITE_CANTOPEN, .cannotOpen(path: "p", cause: "m")),
      (.SQLITE_READONLY_ROLLBACK, .unfinished(path: "p")),
      (.SQLITE_READONLY, .cannotOpen(path: "p", cause: "m")),
      (.SQLITE_PERM, .cannotOpen(path: "p", cause: "m")),
      (.SQLITE_FULL, .failed(cause: "m")),
      (.SQLITE_IOERR_FSYNC, .failed(cause: "m")),
    ] as [(ResultCode, StorageError)])
  func codes(code: ResultCode, expected: StorageError) {
    #expect(throws: expected) {
      try Store.explaining("p") { throw DatabaseError(resultCode: code, message: "m") }
    }
  }

  @Test("Errors that are not SQLite's pass as they are")
  func otherErrors() {
    struct Stop: Error, Equatable {}
    #expect(throws: Stop()) { try Store.explaining("p") { throw Stop() } }
  }
}

@Suite("Store, two at once")
struct StoreConcurrencyTests {
  @Test("While one writes, a reader sees the old state and a writer is told who is at it")
  func oneWriter() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      let first = try Store.open(creating: path, now: 1_000)
      try first.importSheet("old.csv") { $0.pain("anna", "2026-03-02", 3) }
      try first.importSheet("new.csv") { sheet in
        sheet.pain("anna", "2026-03-03", 4)
        sheet.pain("berta", "2026-03-03", 5)
        try sheet.cut()
        let error = StorageError.busy(
          path: path, by: "another run (process \(getpid()), for 7 s)")
        for writing in [
          { try Store.open(creating: path, wait: 0, now: 1_007) },
          { try Store.open(existing: path, writing: true, wait: 0.05, now: 1_007) },
        ] { #expect(throws: error) { _ = try writing() } }
        #expect(try Store.open(existing: path).patientCodes() == ["anna"])
        #expect(try Store.open(existing: path).overview().records[.pain] == 1)
      }
      #expect(try Store.open(existing: path).patientCodes() == ["anna", "berta"])
    }
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      do { _ = try Store.open(creating: path) }
      _ = try Store.open(creating: path, wait: 0)
    }
  }

  @Test("A second writer waits for the first, and both are kept")
  func secondWriterWaits() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      let done = DispatchSemaphore(value: 0)
      do {
        let first = try Store.open(creating: path)
        try first.importSheet("first.csv") { sheet in
          sheet.pain("anna", "2026-03-02", 3)
          try sheet.cut()
          Thread.detachNewThread {
            let second = try? Store.open(creating: path)
            _ = try? second?.importSheet("second.csv") { $0.pain("berta", "2026-03-02", 4) }
            done.signal()
          }
          Thread.sleep(forTimeInterval: 0.05)
        }
      }
      done.wait()
      let store = try Store.open(existing: path)
      #expect(
        try store.rows("SELECT name, new FROM file ORDER BY id") == [
          "first.csv|1", "second.csv|1",
        ])
      #expect(try store.patientCodes() == ["anna", "berta"])
    }
  }
}
