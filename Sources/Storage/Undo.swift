import GRDB
import Records

/// What taking a run back changed.
public struct UndoneRun: Sendable {
  /// Files of the run.
  public var files = 0
  /// Records that it had brought and that are gone.
  public var removed = 0
  /// Records whose values before the run are back.
  public var restored = 0
}

extension Store {
  /// Takes back what one run imported: its records and refusals go, corrected values come back.
  ///
  /// The ledger keeps the run and its files, marked as undone. One transaction. O(size of the
  /// database).
  ///
  /// - Parameters:
  ///   - run: the run's number.
  ///   - undoing: the run that undoes it.
  /// - Throws: `StorageError.unknownRun`, `.nothingToUndo`, or `.laterRuns` when a later run met or
  ///   changed records that it already found, so that theirs cannot be told apart.
  public func undo(run: Int64, by undoing: Int64) throws -> UndoneRun {
    try explaining {
      var result = UndoneRun()
      try queue.inDatabase { database in
        try database.inTransaction(.immediate) {
          let acts = try Standings(database).takeBack(run, by: undoing)
          if let acts {
            result.restored = acts
            return .commit
          }
          var people: Set<Int64> = []
          if let zoneNamed {
            // Whose zone the run set or changed, and whose older values come back.
            people = try Undoing.people(of: run, database)
            let placed = try Set(
              Int64.fetchAll(database, sql: "SELECT id FROM patient WHERE zone IS NOT NULL"))
            result = try Undoing(database, run: run, by: undoing).result()
            _ = try ZoneMoves(database, people: people, zoneNamed: zoneNamed).run()
            // Who has no zone any more is read as those who never had one.
            _ = try ZoneMoves(
              database, people: people.intersection(placed), usual: .utc, zoneNamed: zoneNamed
            ).run()
          } else {
            result = try Undoing(database, run: run, by: undoing).result()
          }
          return .commit
        }
      }
      return result
    }
  }
}

/// The steps of one undo, within its transaction.
private struct Undoing {
  private let database: Database
  private let run: Int64
  private let undoing: Int64
  private static let own = "SELECT id FROM file WHERE run = ?1 AND undone IS NULL"
  private static let tables = RecordTable.ofPeople.map(\.name)

  init(_ database: Database, run: Int64, by undoing: Int64) throws {
    self.database = database
    self.run = run
    self.undoing = undoing
    guard
      try Bool.fetchOne(
        database, sql: "SELECT 1 FROM run WHERE id = ? AND id < ?", arguments: [run, undoing])
        != nil
    else { throw StorageError.unknownRun(run) }
    guard try count("SELECT count(*) FROM file WHERE run = ?1 AND undone IS NULL") > 0 else {
      throw StorageError.nothingToUndo(run)
    }
    let later = try Int64.fetchAll(
      database,
      sql: """
        SELECT DISTINCT run FROM file WHERE run > ?1 AND undone IS NULL AND (known > 0 OR changed \
        > 0)
        ORDER BY run DESC
        """, arguments: [run])
    if !later.isEmpty { throw StorageError.laterRuns(run, later) }
  }

  /// The people of whom the run said something, or whose records it changed.
  static func people(of run: Int64, _ database: Database) throws -> Set<Int64> {
    try Set(
      Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM patient WHERE file IN (\(own))
          UNION SELECT patient FROM correction WHERE file IN (\(own))
          UNION SELECT patient FROM patient_alias WHERE file IN (\(own))
          """, arguments: [run]))
  }

  func result() throws -> UndoneRun {
    var result = UndoneRun()
    result.files = try count("SELECT count(*) FROM file WHERE run = ?1 AND undone IS NULL")
    result.restored += try part()
    for table in Undoing.tables {
      try execute("DELETE FROM \(table) WHERE file IN (\(Undoing.own))")
      result.removed += database.changesCount
    }
    let said = (RecordTable.of(.patients)?.columns ?? []).map(\.name) + ["digest", "file", "line"]
    try execute(
      """
      UPDATE patient SET \(said.map { "\($0) = NULL" }.joined(separator: ", "))
      WHERE file IN (\(Undoing.own))
      """)
    result.removed += database.changesCount
    try execute("DELETE FROM source_row WHERE file IN (\(Undoing.own))")
    let (restored, replaced) = try restore()
    result.restored += restored
    result.removed -= replaced
    try execute("DELETE FROM rejection WHERE written_by IN (\(Undoing.own))")
    try execute("UPDATE rejection SET replaced_by = NULL WHERE replaced_by IN (\(Undoing.own))")
    let referenced = Undoing.tables.map { "SELECT patient FROM \($0)" }.joined(separator: " UNION ")
    try database.execute(
      sql: """
        DELETE FROM patient WHERE digest IS NULL AND id NOT IN (\(referenced))
        AND id NOT IN (SELECT patient FROM patient_alias)
        """)
    try database.execute(sql: RecordTable.deletionOfUnusedNames)
    try Standings(database).clear()
    try database.execute(sql: "UPDATE run_change SET mark = mark + 1")
    try database.execute(
      sql: "UPDATE file SET undone = ? WHERE run = ? AND undone IS NULL", arguments: [undoing, run])
    return result
  }

  /// Parts the ids that the run joined.
  private func part() throws -> Int {
    var restored = 0
    for file in try Int64.fetchAll(
      database,
      sql: "SELECT file FROM patient_alias WHERE file IN (\(Undoing.own))", arguments: [run])
    {
      var parting = Unmerging(database, file: file)
      try parting.run()
      restored += parting.restored
    }
    return restored
  }

  /// Writes the values from before the run back, newest correction first; what the run had brought
  /// itself before it corrected it stays away.
  ///
  /// - Returns: how many records are back, and how many of them stood in a changed form until now.
  private func restore() throws -> (restored: Int, replaced: Int) {
    var (restored, replaced) = (0, 0)
    var changed: Set<String> = []
    let corrections = try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT id, kind, old, coalesce(new, '') <> '' AS stood FROM correction
        WHERE file IN (\(Undoing.own))
        AND file NOT IN (SELECT id FROM file WHERE sha256 = '' AND name = 'merge')
        AND coalesce(json_extract(old, '$.file'), 0) NOT IN (\(Undoing.own)) ORDER BY id DESC
        """,
      arguments: [run])
    for correction in corrections {
      let kind: String = correction["kind"]
      guard let shape = Kind(rawValue: kind).flatMap(RecordTable.of) else { continue }
      let table = shape.name
      let columns = try database.columns(in: table)
      let names = columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
      let values = columns.map { column in
        column.name == "id" && shape.sort == .dated
          ? Undoing.freePlace(in: table) : "json_extract(?1, '$.\"\(column.name)\"')"
      }.joined(separator: ", ")
      let old: String = correction["old"]
      if shape.sort == .person {
        // The person's number is referred to: the row stays, its values come back.
        let sets = columns.filter { $0.name != "id" && $0.name != "code" }.map {
          "\"\($0.name)\" = json_extract(?1, '$.\"\($0.name)\"')"
        }.joined(separator: ", ")
        try database.execute(
          sql: "UPDATE patient SET \(sets) WHERE id = json_extract(?1, '$.id')", arguments: [old])
      } else {
        if shape.kind == .sessions { try removeNamesake(of: old) }
        try database.execute(
          sql: "INSERT OR REPLACE INTO \(table) (\(names)) SELECT \(values)", arguments: [old])
      }
      if changed.insert(try key(of: old, shape)).inserted {
        restored += 1
        if correction["stood"] { replaced += 1 }
      }
    }
    return (restored, replaced)
  }

  /// A set that its source names may have been corrected more than once: only one of it stays.
  private func removeNamesake(of old: String) throws {
    try database.execute(
      sql: """
        DELETE FROM exercise_set WHERE patient = json_extract(?1, '$.patient')
        AND session = json_extract(?1, '$.session') AND "order" = json_extract(?1, '$.order')
        """, arguments: [old])
  }

  /// The place behind the last row of the day that an old row belongs to.
  private static func freePlace(in table: String) -> String {
    let first = RowPlace.first(
      day: "json_extract(?1, '$.day')", patient: "json_extract(?1, '$.patient')")
    return """
      (SELECT coalesce(max(id) + 1, \(first)) FROM \(table)
      WHERE id BETWEEN \(first) AND (\(first) | \(RowPlace.most)))
      """
  }

  /// What a record is, whichever of its values an old one has.
  private func key(of old: String, _ table: RecordTable) throws -> String {
    let parts: [String] =
      switch table.sort {
      case .dated:
        try isNamed(old, table) ? ["patient", "session", "order"] : ["id"]
      case .keyed, .daily: ["patient", "key"]
      case .person: ["id"]
      }
    let values = try parts.map { part in
      try String.fetchOne(
        database, sql: "SELECT json_extract(?1, '$.\"\(part)\"')", arguments: [old]) ?? ""
    }
    return ([table.name] + values).joined(separator: "|")
  }

  /// Whether an old record is a set that its source names.
  private func isNamed(_ old: String, _ table: RecordTable) throws -> Bool {
    guard table.kind == .sessions else { return false }
    return try Bool.fetchOne(
      database,
      sql: "SELECT json_extract(?1, '$.session') IS NOT NULL AND json_extract(?1, '$.order') "
        + "IS NOT NULL", arguments: [old]) ?? false
  }

  private func execute(_ sql: String) throws {
    try database.execute(sql: sql, arguments: [run])
  }

  private func count(_ sql: String) throws -> Int {
    try Int.fetchOne(database, sql: sql, arguments: [run]) ?? 0
  }
}
