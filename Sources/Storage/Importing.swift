import Foundation
import GRDB
import Records

extension Store {
  /// Notes the start of a run in the ledger.
  ///
  /// - Parameters:
  ///   - started: ISO 8601 in UTC.
  ///   - command: the command's name.
  ///   - version: lumbar's version.
  /// - Returns: the run's number.
  /// - Throws: `StorageError`, also for a database that turned out damaged; nothing is written
  ///   then.
  public func beginRun(started: String, command: String, version: String) throws -> Int64 {
    try requireSound()
    return try explaining {
      try queue.write { database in
        // Whoever works with a backup makes a database of it.
        try database.execute(sql: "DELETE FROM backup WHERE path = ''")
        try database.execute(
          sql: "INSERT INTO run (started, command, version) VALUES (?, ?, ?)",
          arguments: [started, command, version])
        return database.lastInsertedRowID
      }
    }
  }

  /// Makes sure that the database is sound and could be written, and changes no byte of it.
  public func requireWritable() throws {
    try requireSound()
    if queue.configuration.readonly {
      throw StorageError.cannotOpen(
        path: path ?? "in memory", cause: "attempt to write a readonly database")
    }
    try explaining {
      try queue.inDatabase { database in
        try database.inTransaction(.exclusive) {
          // What a killed run left behind, SQLite has rolled back by now; under the lock nobody
          // else has a journal.
          if let path { unlink(path + "-journal") }
          return .rollback
        }
      }
    }
  }

  /// Notes how a run ended.
  public func endRun(_ run: Int64, exit: Int32, seconds: Double) throws {
    try explaining {
      try queue.write { database in
        try database.execute(
          sql: "UPDATE run SET exit = ?, seconds = ? WHERE id = ?", arguments: [exit, seconds, run])
      }
    }
  }

  /// Whether a file of so many bytes was imported before, also one that was taken back. O(files).
  public func holdsFile(ofBytes bytes: Int) throws -> Bool {
    try explaining {
      try queue.read { database in
        try Bool.fetchOne(
          database, sql: "SELECT 1 FROM file WHERE bytes = ? LIMIT 1", arguments: [bytes]) ?? false
      }
    }
  }

  /// The run that took back a file of the same bytes and options, where it stands nowhere else.
  public func undoing(ofFile sha256: String, reading: String) throws -> (run: Int64, by: Int64)? {
    try explaining {
      try queue.read { database in
        try GRDB.Row.fetchOne(
          database,
          sql: """
            SELECT run, undone FROM file WHERE sha256 = ?1 AND reading = ?2 AND NOT EXISTS (
              SELECT 1 FROM file WHERE sha256 = ?1 AND reading = ?2 AND undone IS NULL)
            ORDER BY id DESC LIMIT 1
            """, arguments: [sha256, reading]
        ).map { ($0["run"], $0["undone"]) }
      }
    }
  }

  /// The account of a file that was imported before with the same bytes and options.
  ///
  /// All of its good rows count as known now.
  public func knownFile(sha256: String, reading: String) throws -> ImportedFile? {
    try explaining {
      try queue.read { database in
        guard
          let row = try GRDB.Row.fetchOne(
            database,
            sql: """
              SELECT * FROM file WHERE sha256 = ? AND reading = ? AND undone IS NULL
              ORDER BY id DESC LIMIT 1
              """,
            arguments: [sha256, reading])
        else { return nil }
        var file = try Store.file(of: row)
        file.accounts.known = file.accounts.read - file.accounts.refused - file.accounts.leftOut
        return file
      }
    }
  }

  private static func file(of row: GRDB.Row) throws -> ImportedFile {
    var file = ImportedFile(
      name: row["name"], sha256: row["sha256"], bytes: row["bytes"], reading: row["reading"])
    file.id = row["id"]
    file.format = row["format"]
    file.kinds = (row["kinds"] as String).split(separator: " ").map(String.init)
    file.profile = row["profile"]
    file.ignoredColumns = (row["ignored"] as String).split(separator: "\u{1F}").map(String.init)
    func count(_ column: String) throws -> Int {
      let count: Int = row[column]
      // No file has more rows than bytes.
      guard (0...1 << 48).contains(count) else {
        throw StoredDamage(table: "file", row: row["id"], column: column)
      }
      return count
    }
    file.accounts.read = try count("read")
    file.accounts.refused = try count("refused")
    file.accounts.leftOut = try count("left_out")
    file.firstSHA256 = row["first_sha256"]
    file.nextLine = row["next_line"]
    file.gone = row["gone"] ?? 0
    file.versions.gone = file.gone
    return file
  }

  /// The files that a longer one may begin with, longest first.
  ///
  /// - Parameters:
  ///   - first: SHA-256 of the longer file's first 4,096 bytes.
  ///   - bytes: its size.
  ///   - reading: the options it is read with.
  public func filesBeginning(first: String, below bytes: Int, reading: String) throws
    -> [ImportedFile]
  {
    try explaining {
      try queue.read { database in
        try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT * FROM file WHERE first_sha256 = ? AND bytes < ? AND reading = ?
            AND undone IS NULL AND next_line IS NOT NULL ORDER BY bytes DESC LIMIT 4
            """, arguments: [first, bytes, reading]
        ).map(Store.file)
      }
    }
  }

  /// Imports one file in one transaction: all of its good rows and its refusals, or nothing.
  ///
  /// - Parameters:
  ///   - file: the file before it is read; it comes back with its account.
  ///   - run: the run that imports it; nil only for a dry run.
  ///   - entersAgain: whether a file that is there already gets an entry of its own.
  ///   - keep: false rolls everything back at the end (a dry run).
  ///   - read: reads the file and hands each batch to the writer.
  /// - Returns: the file with what was found and what became of its rows.
  /// - Throws: what `read` throws, and `StorageError`; nothing of the file is kept then.
  public func importFile(
    _ file: ImportedFile, run: Int64?, keep: Bool = true, entersAgain: Bool = true,
    read: (FileWriter) throws -> Void
  ) throws -> ImportedFile {
    try requireSound()
    return try explaining {
      var result = file
      try queue.inDatabase { database in
        try database.inTransaction(.immediate) {
          let writer = try FileWriter(
            database, file: file, run: try run ?? Store.passingRun(database))
          // Read under the lock of this write: whoever was forgotten before it stays away.
          let tombstones = try Store.tombstones(database)
          writer.zoneNamed = zoneNamed
          writer.isForgotten = tombstones.isEmpty ? nil : forgotten?(tombstones)
          try read(writer)
          result = try writer.finish()
          // Another run may have brought the same file while this one was reading it.
          let isThere = try !entersAgain && writer.isThereAlready()
          return keep && !isThere ? .commit : .rollback
        }
      }
      return result
    }
  }

  /// A run that is rolled back with its only file.
  private static func passingRun(_ database: Database) throws -> Int64 {
    try database.execute(
      sql: "INSERT INTO run (started, command, version) VALUES ('', 'dry run', '')")
    return database.lastInsertedRowID
  }

  /// Time zones of the people that have one, by code.
  public func zones() throws -> [String: String] {
    try explaining {
      try queue.read { database in
        let rows = try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT code, zone FROM patient WHERE zone IS NOT NULL
            UNION ALL SELECT patient_alias.code, zone FROM patient_alias
            JOIN patient ON patient.id = patient_alias.patient WHERE zone IS NOT NULL
            """)
        return Dictionary(rows.map { ($0["code"], $0["zone"]) }) { first, _ in first }
      }
    }
  }
}
