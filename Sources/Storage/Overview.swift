import Foundation
import GRDB
import Records

/// What a database holds, in numbers.
public struct Overview: Sendable {
  /// One run of the ledger.
  public struct Run: Sendable {
    /// Its number, by which it is undone.
    public var id: Int64
    /// When it began, ISO 8601 in UTC.
    public var started: String
    /// The subcommand, as `import`.
    public var command: String
    /// The version of lumbar that ran.
    public var version: String
    /// Exit code; nil while it runs, and for ever when it was killed.
    public var exit: Int?
    /// Wall-clock seconds that it took; nil while there is no exit code.
    public var seconds: Double?
  }

  /// Records of each kind; of people all that are known by a code, also those without any record.
  public var records: [Kind: Int] = [:]
  /// People known by a code.
  public var patients: Int { records[.patients] ?? 0 }
  /// Sessions, by a simpler rule than the analysis has: see `overview(runs:)`.
  public var sessions = 0
  /// Refused rows that are kept, of all files.
  public var refused = 0
  /// Earliest day of any record but programme lines; nil when there is none.
  public var firstDay: Day?
  /// Latest day of any record but programme lines; nil when there is none.
  public var lastDay: Day?
  /// The latest runs, newest first.
  public var runs: [Run] = []
  /// When the last nightly run that ended well was started.
  public var lastGoodNightly: String?
}

/// A refused row as it is shown.
public struct StoredRejection: Sendable {
  /// Name of the file without its folders.
  public var file: String
  /// Physical line that the row begins on, from 1.
  public var line: Int64
  /// Column as the header writes it, or the byte at fault; empty for the row as a whole.
  public var column: String
  /// Stored raw value of a `RejectionReason`.
  public var reason: String
}

/// The refused rows of one file, as they stood.
public struct RefusedRows: Sendable {
  /// Name of the file without its folders.
  public var file: String
  /// `csv`, `json` or `ndjson`.
  public var format: String
  /// Kinds of the file's records, as words.
  public var kinds: [String]
  /// The lines up to and with the header of a table.
  public var head: [UInt8]
  /// Each row that can be mended, in the order of the file.
  public var rows: [[UInt8]]
  /// Rows of which nothing was kept that could be mended.
  public var withoutContent: Int
}

extension Store {
  /// The refused rows of every file, for mending. O(rows refused).
  public func refusedRows() throws -> [RefusedRows] {
    try explaining {
      try queue.read { database in
        var files: [RefusedRows] = []
        var last: Int64?
        for row in try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT written_by, name, format, kinds, head, row FROM rejection
            JOIN file ON file.id = written_by WHERE replaced_by IS NULL
            ORDER BY written_by, line, rejection.id
            """)
        {
          if row["written_by"] != last {
            last = row["written_by"]
            files.append(
              RefusedRows(
                file: row["name"], format: row["format"],
                kinds: (row["kinds"] as String).split(separator: " ").map(String.init),
                head: [UInt8](row["head"] as Data? ?? Data()), rows: [], withoutContent: 0))
          }
          let content = [UInt8](row["row"] as Data)
          if content.isEmpty {
            files[files.count - 1].withoutContent += 1
          } else {
            files[files.count - 1].rows.append(content)
          }
        }
        return files
      }
    }
  }

  /// Counts what the database holds.
  ///
  /// Rows of one patient and day with a common session name count as one session, rows without as
  /// one a day; exact sessions are the analysis's business.
  public func overview(runs count: Int = 10) throws -> Overview {
    try explaining {
      try queue.read { database in
        var overview = Overview()
        func number(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
        for table in RecordTable.all {
          overview.records[table.kind] = try number("SELECT count(*) FROM \(table.name)")
        }
        overview.sessions = try number(
          "SELECT count(*) FROM (SELECT DISTINCT patient, day, session FROM exercise_set)")
        overview.refused = try number("SELECT count(*) FROM rejection WHERE replaced_by IS NULL")
        let ends = try RecordTable.ofPeople.filter(\.hasDays).map(\.name)
          .flatMap { table in
            try ["min", "max"].compactMap { end in
              try Int64.fetchOne(database, sql: "SELECT \(end)(day) FROM \(table)").map {
                try Day(stored: $0, of: table)
              }
            }
          }
        overview.firstDay = ends.min()
        overview.lastDay = ends.max()
        overview.runs = try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT id, started, command, version, exit, seconds FROM run ORDER BY id DESC LIMIT ?
            """,
          arguments: [count]
        ).map {
          Overview.Run(
            id: $0["id"], started: $0["started"], command: $0["command"], version: $0["version"],
            exit: $0["exit"], seconds: ($0["seconds"] as Double?).flatMap { $0.isFinite ? $0 : nil }
          )
        }
        overview.lastGoodNightly = try String.fetchOne(
          database,
          sql: """
            SELECT started FROM run WHERE command = 'nightly' AND exit IN (0, 3)
            ORDER BY id DESC LIMIT 1
            """)
        return overview
      }
    }
  }

  /// All refused rows, oldest file first.
  public func rejections() throws -> [StoredRejection] {
    try explaining {
      try queue.read { database in
        try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT file.name AS name, line, "column", reason FROM rejection
            JOIN file ON file.id = rejection.file WHERE replaced_by IS NULL ORDER BY rejection.id
            """
        ).map {
          StoredRejection(
            file: $0["name"], line: $0["line"], column: $0["column"], reason: $0["reason"])
        }
      }
    }
  }

  /// How many refused rows wait to be mended.
  public func openRefusalCount() throws -> Int {
    try explaining {
      try queue.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM rejection WHERE replaced_by IS NULL") ?? 0
      }
    }
  }

  /// How many rows were refused of each reason, in the files that hold rows of a patient.
  public func rejectionCounts() throws -> [Int64: [String: Int]] {
    try explaining {
      try queue.read { database in
        var counts: [Int64: [String: Int]] = [:]
        for row in try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT file, reason, count(*) AS count FROM rejection WHERE replaced_by IS NULL
            GROUP BY file, reason
            """)
        {
          counts[row["file"], default: [:]][row["reason"]] = row["count"]
        }
        return counts
      }
    }
  }

  /// How many refused rows that wait to be mended name each patient, by code; nobody without any.
  ///
  /// Complexity: O(bytes of the refused rows).
  public func refusalsNaming() throws -> [String: Int] {
    try explaining {
      try queue.read { database in
        let rows = try GRDB.Row.fetchAll(
          database,
          sql: "SELECT row, value FROM rejection WHERE replaced_by IS NULL")
        guard !rows.isEmpty else { return [:] }
        let codes = Set(try String.fetchAll(database, sql: "SELECT code FROM patient"))
        var counts: [String: Int] = [:]
        for row in rows {
          let bytes = [UInt8](row["row"] as Data) + [0x0A] + [UInt8](row["value"] as Data)
          // The id stands in front where numbers of others stand behind it.
          if let code = cells(of: bytes).first(where: codes.contains) {
            counts[code, default: 0] += 1
          }
        }
        return counts
      }
    }
  }
}
