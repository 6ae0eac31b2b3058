import GRDB

/// How a night ended.
public struct NightlyEnd: Sendable {
  /// The exit code.
  public var exit: Int32
  /// How long it took.
  public var seconds: Double
  /// What the published report of all was made of; nil when none was published.
  public var cohortMadeOf: String?
  /// The SHA-256 of files that were read, by their stamps; nothing is kept of other files.
  public var seen: [FileStamp: String]
  /// The options they were read with.
  public var reading: String

  /// The end of a night.
  public init(
    exit: Int32, seconds: Double, cohortMadeOf: String?, seen: [FileStamp: String], reading: String
  ) {
    self.exit = exit
    self.seconds = seconds
    self.cohortMadeOf = cohortMadeOf
    self.seen = seen
    self.reading = reading
  }
}

extension Store {
  /// The SHA-256 of files that the last night read with the same options, by their stamps.
  public func seenFiles(reading: String) throws -> [FileStamp: String] {
    try explaining { try queue.read { try Store.seen($0, reading) } }
  }

  private static func seen(_ database: Database, _ reading: String) throws -> [FileStamp: String] {
    let rows = try GRDB.Row.fetchCursor(
      database,
      sql: """
        SELECT device, inode, bytes, modified, changed, sha256 FROM run_file WHERE reading = ?
        """, arguments: [reading])
    var seen: [FileStamp: String] = [:]
    while let row = try rows.next() {
      let stamp = FileStamp(
        device: row[0], inode: row[1], bytes: row[2], modified: row[3], changed: row[4])
      seen[stamp] = row[5]
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
        if try Store.seen(database, end.reading) != end.seen {
          try database.execute(sql: "DELETE FROM run_file")
          for (stamp, sha256) in end.seen.sorted(by: { $0.key.inode < $1.key.inode }) {
            try database.cachedStatement(
              sql: "INSERT OR REPLACE INTO run_file VALUES (?, ?, ?, ?, ?, ?, ?)"
            ).execute(
              arguments: [
                stamp.device, stamp.inode, stamp.bytes, stamp.modified, stamp.changed, end.reading,
                sha256,
              ])
          }
        }
        try database.execute(
          sql: "UPDATE run SET exit = ?, seconds = ? WHERE id = ?",
          arguments: [end.exit, end.seconds, run])
      }
    }
  }
}
