import Foundation
import GRDB
import Records

/// What was removed with a person.
public struct Forgotten: Sendable {
  /// A file that rows of the person came from.
  public struct Source: Sendable {
    /// SHA-256 of its content.
    public var sha256: String
    /// How many rows of it were the person's.
    public var rows: Int
    /// Whether it held rows of nobody else.
    public var isTheirs: Bool
    /// Its columns that nothing was read from.
    public var ignoredColumns: [String]
  }

  /// What others wrote of the person.
  public struct Mention: Sendable, Equatable {
    /// Who wrote it; nil where that is not known.
    public var patient: String?
    /// The file's name without its folders.
    public var file: String
    /// The physical line, from 1.
    public var line: Int64
  }

  /// The name that people read; nil where none is known.
  public var name: String?
  /// Records of every kind.
  public var records = 0
  /// What others wrote of the person, which stays: it is theirs.
  public var mentions: [Mention] = []
  /// Refused rows that named the person.
  public var rejections = 0
  /// The files they came from.
  public var sources: [Source] = []
}

/// A refused row with what says whose it is.
public struct OwnedRow: Sendable {
  /// The lines of its file up to and with the header; none for JSON.
  public var head: [UInt8]
  /// The row as it stood.
  public var row: [UInt8]
}

/// A person who was forgotten, as a keyed code that only the same id gives again.
public struct Tombstone: Sendable {
  /// What keys the code; drawn at random, the same for all of a database.
  public var salt: [UInt8]
  /// The code, in hexadecimal digits.
  public var code: String

  /// A code with what keys it.
  public init(salt: [UInt8], code: String) {
    self.salt = salt
    self.code = code
  }
}

extension Store {
  /// Everybody who was forgotten. O(people forgotten).
  public func tombstones() throws -> [Tombstone] {
    try explaining { try queue.read(Store.tombstones) }
  }

  static func tombstones(_ database: Database) throws -> [Tombstone] {
    try GRDB.Row.fetchAll(database, sql: "SELECT salt, code FROM forgotten ORDER BY code").map {
      Tombstone(salt: [UInt8]($0["salt"] as Data), code: $0["code"])
    }
  }

  /// Adds tombstones of another database.
  public func add(_ tombstones: [Tombstone], at moment: String) throws {
    try explaining {
      try queue.write { database in
        for stone in tombstones {
          try database.execute(
            sql: "INSERT OR IGNORE INTO forgotten (code, salt, at) VALUES (?, ?, ?)",
            arguments: [stone.code, Data(stone.salt), moment])
        }
      }
    }
  }

  /// Removes a person with everything that names them, so that no byte of it stays in the file.
  ///
  /// - Parameters:
  ///   - code: the person's id.
  ///   - tombstone: what keeps later imports from bringing the person back.
  ///   - moment: ISO 8601 in UTC.
  ///   - aliases: ids that were joined with this one, which go too.
  /// - Returns: nil for nobody of that id; the tombstone is set all the same.
  public func forget(
    _ code: String, _ tombstone: Tombstone, at moment: String,
    aliases: [(code: String, tombstone: Tombstone)] = [],
    owner: @escaping (OwnedRow) -> String? = { _ in nil }
  ) throws -> Forgotten? {
    try requireSound()
    return try explaining {
      var result: Forgotten?
      try queue.inDatabase { database in
        // What is deleted is overwritten, and the file is written anew at the end.
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.inTransaction(.immediate) {
          for stone in [tombstone] + aliases.map(\.tombstone) {
            try database.execute(
              sql: "INSERT OR IGNORE INTO forgotten (code, salt, at) VALUES (?, ?, ?)",
              arguments: [stone.code, Data(stone.salt), moment])
          }
          let number = try Int64.fetchOne(
            database, sql: "SELECT id FROM patient WHERE code = ?", arguments: [code])
          var besides = 0
          for alias in aliases.map(\.code) {
            let own = try Int64.fetchOne(
              database, sql: "SELECT id FROM patient WHERE code = ?", arguments: [alias])
            let forgetting = Forgetting(
              database: database, patient: own ?? number ?? -1, code: alias, name: nil,
              owner: owner)
            besides += try own == nil ? forgetting.clear() : forgetting.run().rejections
          }
          if let row = try GRDB.Row.fetchOne(
            database, sql: "SELECT id, name FROM patient WHERE code = ?", arguments: [code])
          {
            result = try Forgetting(
              database: database, patient: row["id"], code: code, name: row["name"], owner: owner
            ).run()
            result?.rejections += besides
          }
          return .commit
        }
        try database.execute(sql: "VACUUM")
      }
      return result
    }
  }
}

/// One removal of a person within its transaction.
private struct Forgetting {
  let database: Database
  let patient: Int64
  let code: String
  let name: String?
  let owner: (OwnedRow) -> String?

  /// What tells of the person wherever it stands.
  private var words: [String] { wordsTelling(of: code, name: name) }

  private func tells(_ bytes: [UInt8]) -> Bool { words.contains { holds(bytes, word: $0) } }

  private static let tables = RecordTable.ofPeople.map(\.name)

  func run() throws -> Forgotten {
    var result = Forgotten()
    result.name = name
    result.sources = try sources()
    for table in Forgetting.tables { result.records += try delete(table) }
    for table in [
      "correction", "run_change", "run_report", "run_past", "source_row", "file_reach",
      "file_share", "patient_alias", "standing", "run_call",
    ] {
      _ = try delete(table)
    }
    result.rejections = try deleteRejections(
      of: Set(result.sources.filter(\.isTheirs).map(\.sha256)))
    try clearFiles(result.sources)
    // A file that held the person, also as rows known from another one, is not passed over as
    // known: it is read once more, and what is the person's in it left out.
    try database.execute(
      sql: """
        UPDATE file SET reading = 'before forgetting' || substr(reading, instr(reading, '|'))
        """)
    for table in ["run_file", "run_unread"] { try database.execute(sql: "DELETE FROM \(table)") }
    try database.execute(sql: "DELETE FROM patient WHERE id = ?", arguments: [patient])
    try database.execute(sql: RecordTable.deletionOfUnusedNames)
    result.mentions = try mentions()
    // The report of all is another one now.
    try database.execute(sql: "DELETE FROM run_report WHERE patient = 0")
    return result
  }

  /// Takes out refused rows, names and headers that tell of another id of the person.
  ///
  /// - Returns: how many refused rows are gone.
  func clear() throws -> Int {
    let sources = try sources()
    let count = try deleteRejections(of: Set(sources.filter(\.isTheirs).map(\.sha256)))
    try clearFiles(sources)
    return count
  }

  private func delete(_ table: String) throws -> Int {
    try database.execute(sql: "DELETE FROM \(table) WHERE patient = ?", arguments: [patient])
    return database.changesCount
  }

  private func sources() throws -> [Forgotten.Source] {
    // A file that was read as the person's is, whatever became of its rows.
    var readings: [String: Set<String?>] = [:]
    for row in try GRDB.Row.fetchAll(database, sql: "SELECT sha256, reading FROM file") {
      readings[row["sha256"], default: []].insert(givenPatient(row["reading"]))
    }
    let given = readings.filter { $0.value == [code] }.keys
    let theirs = given.sorted().map {
      Forgotten.Source(sha256: $0, rows: 0, isTheirs: true, ignoredColumns: [])
    }
    let all = Forgetting.tables.map { "SELECT file, patient FROM \($0)" }
      .joined(separator: " UNION ALL ")
    return try theirs
      + GRDB.Row.fetchAll(
        database,
        sql: """
          SELECT sha256, sum(patient = ?1) AS own, count(*) AS rows,
            (SELECT sum(known) FROM file AS each WHERE each.sha256 = file.sha256) AS known,
            group_concat(ignored, char(31)) AS ignored
          FROM (\(all)) JOIN file ON file.id = file GROUP BY sha256 HAVING own > 0
          """, arguments: [patient]
      ).filter { !given.contains($0["sha256"]) }.map { row in
        let own: Int = row["own"]
        let rows: Int = row["rows"]
        let known: Int = row["known"]
        // Rows that were known from another file may be anybody's.
        return Forgotten.Source(
          sha256: row["sha256"], rows: own, isTheirs: own == rows && known == 0,
          ignoredColumns: Set(
            (row["ignored"] as String).split(separator: "\u{1F}").map(String.init)
          )
          .sorted())
      }
  }

  /// Whose rows a file's all were, by the options that it was read with; nil where those said
  /// nothing.
  private func givenPatient(_ reading: String) -> String? {
    let parts = reading.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count > 3, !parts[3].isEmpty else { return nil }
    return String(parts[3]).precomposedStringWithCanonicalMapping
  }

  private func deleteRejections(of theirs: Set<String>) throws -> Int {
    var count = 0
    let others = Set(
      try String.fetchAll(
        database, sql: "SELECT code FROM patient WHERE id <> ?", arguments: [patient]))
    for row in try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT rejection.id AS id, row, value, sha256, head, reading FROM rejection
        JOIN file ON file.id = written_by
        """)
    {
      let bytes = [UInt8](row["row"] as Data) + [0x0A] + [UInt8](row["value"] as Data)
      let sha256: String = row["sha256"]
      // Where no column says whose it is, the id stands in front of others that are named behind
      // it.
      let said =
        owner(
          OwnedRow(head: [UInt8](row["head"] as Data? ?? Data()), row: [UInt8](row["row"] as Data)))
        ?? givenPatient(row["reading"])
      let first = said ?? cells(of: bytes).first { $0 == code || others.contains($0) }
      guard theirs.contains(sha256) || first == code || first == nil && tells(bytes)
      else { continue }
      try database.execute(
        sql: "DELETE FROM rejection WHERE id = ?", arguments: [row["id"] as Int64])
      count += 1
    }
    return count
  }

  /// File names, options and headers that tell of the person. Which columns of a file with rows of
  /// the person nobody read is not kept: their names may be anything.
  private func clearFiles(_ sources: [Forgotten.Source]) throws {
    let theirs = Set(sources.filter(\.isTheirs).map(\.sha256))
    let shared = Set(sources.map(\.sha256))
    for row in try GRDB.Row.fetchAll(
      database, sql: "SELECT id, name, reading, head, ignored, sha256 FROM file")
    {
      let id: Int64 = row["id"]
      let name: String = row["name"]
      let reading: String = row["reading"]
      let sha256: String = row["sha256"]
      let ignored: String = row["ignored"]
      let isTheirs = theirs.contains(sha256)
      let stored: Data? = row["head"]
      func tells(_ text: String) -> Bool { self.tells(Array(text.utf8)) }
      let headTells = isTheirs || self.tells([UInt8](stored ?? Data()))
      // Paths may name the person, and only digests are kept of them: none of a file with rows of
      // the person stays.
      if shared.contains(sha256) || tells(name) {
        try database.execute(
          sql: "UPDATE file SET place = NULL, profile_place = NULL WHERE id = ?", arguments: [id])
        try database.execute(sql: "DELETE FROM file_place WHERE file = ?", arguments: [id])
      }
      try database.execute(
        sql: "UPDATE file SET name = ?, reading = ?, head = ?, ignored = ? WHERE id = ?",
        arguments: [
          tells(name) || isTheirs ? "forgotten" : name,
          tells(reading) || givenPatient(reading) == code
            ? "forgotten" : reading,
          headTells ? nil : stored, shared.contains(sha256) || tells(ignored) ? "" : ignored, id,
        ])
    }
  }

  /// Where others name the person in what they wrote.
  private func mentions() throws -> [Forgotten.Mention] {
    var found: [Forgotten.Mention] = []
    for word in words {
      let named = "SELECT id FROM name WHERE instr(text, ?1)"
      let uses = RecordTable.ofPeople.flatMap { table in
        table.columns(of: .name).map { column in
          "SELECT patient, file, line, NULL FROM \(table.name) WHERE \(column) IN (\(named))"
        }
      }
      let texts =
        (RecordTable.ofPeople.flatMap { table in table.columns(of: .text).map { (table.name, $0) } }
        + [("correction", "old"), ("correction", "new")])
        .map { table, column in
          "SELECT patient, file, line, \(column) FROM \(table) WHERE instr(\(column), ?1)"
        }
      let refused = """
        SELECT NULL, written_by, line, CAST(row AS TEXT) FROM rejection
        WHERE instr(row, CAST(?1 AS BLOB))
        """
      for row in try GRDB.Row.fetchAll(
        database,
        sql: """
          SELECT code, file.name AS name, each.line AS line, said FROM
            (SELECT NULL AS patient, NULL AS file, NULL AS line, NULL AS said WHERE false
             UNION ALL \((uses + texts + [refused]).joined(separator: " UNION ALL "))) AS each
            JOIN file ON file.id = each.file LEFT JOIN patient ON patient.id = each.patient
          ORDER BY file.id, each.line
          """, arguments: [word])
      {
        // Within a longer word it is another one.
        if let said = row["said"] as String?, !holds(Array(said.utf8), word: word) { continue }
        let mention = Forgotten.Mention(
          patient: row["code"], file: row["name"], line: row["line"])
        if !found.contains(mention) { found.append(mention) }
      }
    }
    return found
  }
}
