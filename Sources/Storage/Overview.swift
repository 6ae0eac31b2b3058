import GRDB
import Records

/// What a database holds, in numbers.
public struct Overview: Sendable {
  /// One run of the ledger.
  public struct Run: Sendable {
    public var started: String
    public var command: String
    public var version: String
    public var exit: Int?
    public var seconds: Double?
  }

  public var patients = 0
  public var sessions = 0
  public var sets = 0
  public var pain = 0
  public var flexibility = 0
  public var program = 0
  public var days = 0
  public var questionnaires = 0
  public var refused = 0
  public var firstDay: Day?
  public var lastDay: Day?
  /// The latest runs, newest first.
  public var runs: [Run] = []
  /// When the last nightly run that ended well was started.
  public var lastGoodNightly: String?
}

/// A refused row as it is shown.
public struct StoredRejection: Sendable {
  public var file: String
  public var line: Int64
  public var column: String
  public var reason: String
}

extension Store {
  /// Counts what the database holds.
  ///
  /// Rows of one patient and day with a common session name count as one session, rows without as
  /// one a day; exact sessions are the analysis's business.
  public func overview(runs count: Int = 10) throws -> Overview {
    try explaining {
      try queue.read { database in
        var overview = Overview()
        func number(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
        overview.patients = try number("SELECT count(*) FROM patient")
        overview.sets = try number("SELECT count(*) FROM exercise_set")
        overview.sessions = try number(
          "SELECT count(*) FROM (SELECT DISTINCT patient, day, session FROM exercise_set)")
        overview.pain = try number("SELECT count(*) FROM pain_entry")
        overview.flexibility = try number("SELECT count(*) FROM measurement")
        overview.program = try number("SELECT count(*) FROM program_line")
        overview.days = try number("SELECT count(*) FROM day_entry")
        overview.questionnaires = try number("SELECT count(*) FROM questionnaire")
        overview.refused = try number("SELECT count(*) FROM rejection")
        let dated = ["exercise_set", "pain_entry", "measurement", "day_entry", "questionnaire"]
          .map { "SELECT min(day) AS low, max(day) AS high FROM \($0)" }
          .joined(separator: " UNION ALL ")
        if let row = try GRDB.Row.fetchOne(
          database, sql: "SELECT min(low) AS low, max(high) AS high FROM (\(dated))")
        {
          overview.firstDay = (row["low"] as Int32?).map(Day.init(number:))
          overview.lastDay = (row["high"] as Int32?).map(Day.init(number:))
        }
        overview.runs = try GRDB.Row.fetchAll(
          database,
          sql: "SELECT started, command, version, exit, seconds FROM run ORDER BY id DESC LIMIT ?",
          arguments: [count]
        ).map {
          Overview.Run(
            started: $0["started"], command: $0["command"], version: $0["version"],
            exit: $0["exit"], seconds: $0["seconds"])
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
            JOIN file ON file.id = rejection.file ORDER BY rejection.id
            """
        ).map {
          StoredRejection(
            file: $0["name"], line: $0["line"], column: $0["column"], reason: $0["reason"])
        }
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
          sql: "SELECT file, reason, count(*) AS count FROM rejection GROUP BY file, reason")
        {
          counts[row["file"], default: [:]][row["reason"]] = row["count"]
        }
        return counts
      }
    }
  }
}
