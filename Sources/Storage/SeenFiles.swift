import GRDB
import Records

/// A file of the inbox that is not in the database.
public struct UnreadFile: Equatable, Sendable {
  /// The file's path.
  public var path: String
  /// Why it was not read, as a sentence.
  public var reason: String
  /// When the first night that did not read it began, ISO 8601 in UTC.
  public var since: String

  /// A file that a night did not read.
  public init(path: String, reason: String, since: String = "") {
    self.path = path
    self.reason = reason
    self.since = since
  }
}

/// How a night ended.
public struct NightlyEnd: Sendable {
  /// The exit code.
  public var exit: Int32
  /// How long it took.
  public var seconds: Double
  /// What the published report of all was made of; nil when none was published.
  public var cohortMadeOf: String?
  /// The SHA-256 of files that were read, by the options and their stamps; nothing is kept of other
  /// files.
  public var seen: [String: [FileStamp: String]]
  /// What somebody was told of, by SHA-256 or path, and need not be told again.
  public var told: [String]
  /// Files of the inbox that are not in the database.
  public var unread: [UnreadFile]
  /// When the night began, ISO 8601 in UTC.
  public var started: String
  /// The as-of day of the list that was made, and what it gave, by code; nil when none was.
  public var list: (asOf: Day, notes: [String: [CallNote]])?

  /// The end of a night.
  public init(
    exit: Int32, seconds: Double, cohortMadeOf: String?, seen: [String: [FileStamp: String]],
    told: [String] = [], unread: [UnreadFile] = [], started: String = "",
    list: (asOf: Day, notes: [String: [CallNote]])? = nil
  ) {
    self.exit = exit
    self.seconds = seconds
    self.cohortMadeOf = cohortMadeOf
    self.seen = seen
    self.told = told
    self.unread = unread
    self.started = started
    self.list = list
  }
}

extension Store {
  /// The SHA-256 of files that the last night read with the same options, by their stamps.
  public func seenFiles(reading: String) throws -> [FileStamp: String] {
    try explaining { try queue.read { try Store.seen($0)[reading] ?? [:] } }
  }

  private static func seen(_ database: Database) throws -> [String: [FileStamp: String]] {
    let rows = try GRDB.Row.fetchCursor(
      database,
      sql: "SELECT device, inode, bytes, modified, changed, sha256, reading FROM run_file")
    var seen: [String: [FileStamp: String]] = [:]
    while let row = try rows.next() {
      let stamp = FileStamp(
        device: row[0], inode: row[1], bytes: row[2], modified: row[3], changed: row[4])
      seen[row[6], default: [:]][stamp] = row[5]
    }
    return seen
  }

  /// Notes how a night ended and what the next one need not read again, in one transaction.
  ///
  /// - Parameter run: the night's number in the ledger.
  public func endNight(_ run: Int64, _ end: NightlyEnd) throws {
    try explaining {
      try queue.write { database in
        if let madeOf = end.cohortMadeOf {
          try database.execute(
            sql: "INSERT OR REPLACE INTO run_report (patient, made_of) VALUES (0, ?)",
            arguments: [madeOf])
        }
        let seen = end.seen.filter { !$0.value.isEmpty }
        if try Store.seen(database) != seen {
          try database.execute(sql: "DELETE FROM run_file")
          let all = seen.flatMap { reading, files in files.map { (reading, $0.key, $0.value) } }
          for (reading, stamp, sha256) in all.sorted(by: { $0.1.inode < $1.1.inode }) {
            try database.cachedStatement(
              sql: "INSERT OR REPLACE INTO run_file VALUES (?, ?, ?, ?, ?, ?, ?)"
            ).execute(
              arguments: [
                stamp.device, stamp.inode, stamp.bytes, stamp.modified, stamp.changed, reading,
                sha256,
              ])
          }
        }
        for key in end.told {
          try database.execute(
            sql: "INSERT OR IGNORE INTO run_alarm (sha256) VALUES (?)", arguments: [key])
        }
        try Store.note(unread: end.unread, at: end.started, database)
        if let list = end.list { try Standings(database).note(list.notes, asOf: list.asOf) }
        try database.execute(
          sql: "UPDATE run SET exit = ?, seconds = ? WHERE id = ?",
          arguments: [end.exit, end.seconds, run])
      }
    }
  }

  /// Notes which files of the inbox are not in the database, and no others; each keeps since when.
  private static func note(unread: [UnreadFile], at started: String, _ database: Database) throws {
    let since = Dictionary(try Store.unread(database).map { ($0.path, $0.since) }) { first, _ in
      first
    }
    try database.execute(sql: "DELETE FROM run_unread")
    for file in unread {
      try database.execute(
        sql: "INSERT OR REPLACE INTO run_unread (path, since, reason) VALUES (?, ?, ?)",
        arguments: [file.path, since[file.path] ?? started, file.reason])
    }
  }

  fileprivate static func unread(_ database: Database) throws -> [UnreadFile] {
    try GRDB.Row.fetchAll(
      database, sql: "SELECT path, reason, since FROM run_unread ORDER BY path"
    ).map { UnreadFile(path: $0[0], reason: $0[1], since: $0[2]) }
  }

  /// Files of the inbox that the last night left unread, by path.
  public func unreadFiles() throws -> [UnreadFile] {
    try explaining { try queue.read { try Store.unread($0) } }
  }
}
