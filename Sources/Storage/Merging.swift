import Foundation
import GRDB
import Records

/// What joining two ids of one person changed.
public struct MergedPeople: Sendable, Equatable {
  /// Records that are the other id's now.
  public var moved = 0
  /// Records that both had, and that are known once now.
  public var known = 0
  /// Records with a key of which both had one: that of the id that stays counts, the other one is
  /// in the history.
  public var replaced = 0
}

extension Store {
  /// The ids that were joined with others, each with the one that stays.
  public func mergedIDs() throws -> [String: String] {
    try explaining {
      try queue.read { database in
        let rows = try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT patient_alias.code AS old, patient.code AS new FROM patient_alias
            JOIN patient ON patient.id = patient_alias.patient
            """)
        return Dictionary(rows.map { ($0["old"], $0["new"]) }) { first, _ in first }
      }
    }
  }

  /// Joins two ids of one person in one transaction: all of one id is the other's from now on, also
  /// what later imports bring under it.
  ///
  /// - Parameters:
  ///   - old: the id that goes.
  ///   - new: the id that stays.
  ///   - run: the run that is undone to part them again.
  /// - Returns: nil where either is nobody's id. O(rows of the id that goes).
  public func merge(_ old: String, into new: String, run: Int64) throws -> MergedPeople? {
    try requireSound()
    return try explaining {
      var result: MergedPeople?
      try queue.inDatabase { database in
        try database.inTransaction(.immediate) {
          func number(_ code: String) throws -> Int64? {
            try Int64.fetchOne(
              database, sql: "SELECT id FROM patient WHERE code = ?", arguments: [code])
          }
          guard let from = try number(old), let to = try number(new), from != to else {
            return .rollback
          }
          var merging = try Merging(database, from: from, to: to, code: old, run: run)
          result = try merging.result()
          if let zoneNamed {
            _ = try ZoneMoves(database, people: [to], zoneNamed: zoneNamed).run()
          }
          return .commit
        }
      }
      return result
    }
  }
}

/// The steps of one joining, within its transaction.
private struct Merging {
  private let database: Database
  private let from: Int64
  private let to: Int64
  private let code: String
  private let run: Int64
  private let file: Int64
  private let corrections: Corrections
  private var merged = MergedPeople()

  init(_ database: Database, from: Int64, to: Int64, code: String, run: Int64) throws {
    self.database = database
    self.from = from
    self.to = to
    self.code = code
    self.run = run
    // The history goes by files: what is done here is one of them, of a reading of its own.
    try database.execute(
      sql: """
        INSERT INTO file (run, name, sha256, bytes, reading, format, kinds, read, new, changed,
          known, refused, left_out, records, further, ignored)
        VALUES (?, 'merge', '', 0, ?, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '')
        """, arguments: [run, Schema.mergeReading])
    file = database.lastInsertedRowID
    corrections = try Corrections(database, file: file)
  }

  mutating func result() throws -> MergedPeople {
    for table in RecordTable.dated { try move(dated: table) }
    for table in RecordTable.all where table.sort == .keyed || table.sort == .daily {
      try move(keyed: table)
    }
    try moveSources()
    try Standings(database).move(from: from, to: to, run: run)
    try moveDetails()
    for table in ["run_report", "run_past", "run_change"] {
      try database.execute(sql: "DELETE FROM \(table) WHERE patient = ?", arguments: [from])
    }
    try database.execute(
      sql: """
        INSERT INTO run_change (patient, mark) VALUES (?, 1)
        ON CONFLICT (patient) DO UPDATE SET mark = mark + 1
        """, arguments: [to])
    try database.execute(sql: "DELETE FROM run_report WHERE patient = 0")
    for (table, columns) in [
      ("file_reach", "file, kind, patient, first, last"),
      ("file_share", "file, patient, holder, first, last"),
    ] {
      let copied = columns.replacing("patient", with: "?2")
      try database.execute(
        sql: """
          INSERT INTO \(table) (\(columns)) SELECT \(copied) FROM \(table) WHERE patient = ?1
          ON CONFLICT DO UPDATE SET first = min(first, excluded.first),
            last = max(last, excluded.last)
          """, arguments: [from, to])
    }
    try database.execute(
      sql: "UPDATE patient_alias SET patient = ? WHERE patient = ?", arguments: [to, from])
    try database.execute(sql: "DELETE FROM patient WHERE id = ?", arguments: [from])
    try database.execute(
      sql: "INSERT INTO patient_alias (code, patient, file) VALUES (?, ?, ?)",
      arguments: [code, to, file])
    let (moved, known) = (merged.moved + merged.replaced, merged.known)
    try database.execute(
      sql: "UPDATE file SET read = ?, changed = ?, known = ?, records = ? WHERE id = ?",
      arguments: [max(moved + known, 1), max(moved, known == 0 ? 1 : 0), known, moved, file])
    return merged
  }

  /// Rows of days: of equal ones as many stay as the id with more of them has.
  private mutating func move(dated table: RecordTable) throws {
    let names = try database.columns(in: table.name).map(\.name)
    let listed = names.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
    let rows = try GRDB.Row.fetchAll(
      database,
      sql: "SELECT id, day, digest, line FROM \(table.name) WHERE patient = ? ORDER BY id",
      arguments: [from])
    var ofGroup: [Group: Int] = [:]
    for row in rows {
      let (id, day, digest): (Int64, Int64, Int64) = (row["id"], row["day"], row["digest"])
      let first = try RowPlace(day: Int32(day), patient: to)
      let group = Group(day: day, digest: digest)
      let position = ofGroup[group, default: 0]
      ofGroup[group] = position + 1
      let copies =
        try Int.fetchOne(
          database,
          sql: "SELECT count(*) FROM \(table.name) WHERE id BETWEEN ? AND ? AND digest = ?",
          arguments: [first.number, first.last.number, digest]) ?? 0
      let isKnown = copies > position
      let isReplaced = try !isKnown && table.kind == .sessions && hasNamesake(id)
      let place = RecordPlace(table: table.name, patient: from, key: ("id", id))
      try corrections.keep(place, kind: table.kind, day: day, line: row["line"]) {
        if isKnown || isReplaced {
          try database.execute(sql: "DELETE FROM \(table.name) WHERE id = ?", arguments: [id])
          return nil
        }
        let last = try Int64.fetchOne(
          database, sql: "SELECT max(id) FROM \(table.name) WHERE id BETWEEN ? AND ?",
          arguments: [first.number, first.last.number])
        let free = try last.map { try first.row(RowPlace($0).row + 1) } ?? first
        let values: String = names.map { (name: String) -> String in
          switch name {
          case "id": "?1"
          case "patient": "?2"
          case "copy": "?3"
          default: name.quotedDatabaseIdentifier
          }
        }.joined(separator: ", ")
        // The names of its source are its own, one a table: the old one goes first.
        try database.execute(
          sql: """
            CREATE TEMP TABLE IF NOT EXISTS moving AS SELECT * FROM \(table.name) WHERE false;
            DELETE FROM temp.moving
            """)
        try database.execute(
          sql: "INSERT INTO temp.moving SELECT * FROM \(table.name) WHERE id = ?", arguments: [id])
        try database.execute(sql: "DELETE FROM \(table.name) WHERE id = ?", arguments: [id])
        try database.execute(
          sql: "INSERT INTO \(table.name) (\(listed)) SELECT \(values) FROM temp.moving",
          arguments: [free.number, to, copies])
        return RecordPlace(table: table.name, patient: to, key: ("id", free.number))
      }
      if isKnown {
        merged.known += 1
      } else if isReplaced {
        merged.replaced += 1
      } else {
        merged.moved += 1
      }
    }
    try database.execute(sql: "DROP TABLE IF EXISTS temp.moving")
  }

  private struct Group: Hashable {
    var day: Int64
    var digest: Int64
  }

  /// Whether the id that stays has a set that its source calls the same.
  private func hasNamesake(_ id: Int64) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM exercise_set AS own JOIN exercise_set AS other
          ON other.patient = ?2 AND other.session = own.session AND other."order" = own."order"
          WHERE own.id = ?1)
        """, arguments: [id, to]) ?? false
  }

  /// Rows with a key: of those that both have, that of the id that stays counts.
  private mutating func move(keyed table: RecordTable) throws {
    for row in try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT key, digest, line, \(table.sort == .daily ? "day" : "NULL AS day"),
          (SELECT other.digest FROM \(table.name) AS other
            WHERE other.patient = ?2 AND other.key = own.key) AS other
        FROM \(table.name) AS own WHERE patient = ?1 ORDER BY key
        """, arguments: [from, to])
    {
      let (key, digest): (Int64, Int64) = (row["key"], row["digest"])
      let other: Int64? = row["other"]
      let place = RecordPlace(table: table.name, patient: from, key: ("key", key))
      try corrections.keep(place, kind: table.kind, day: row["day"], line: row["line"]) {
        if other != nil {
          try database.execute(
            sql: "DELETE FROM \(table.name) WHERE patient = ? AND key = ?", arguments: [from, key])
          return nil
        }
        try database.execute(
          sql: "UPDATE \(table.name) SET patient = ? WHERE patient = ? AND key = ?",
          arguments: [to, from, key])
        return RecordPlace(table: table.name, patient: to, key: ("key", key))
      }
      if other == nil {
        merged.moved += 1
      } else if other == digest {
        merged.known += 1
      } else {
        merged.replaced += 1
      }
    }
  }

  /// What sources said of rows, and the history of earlier ones.
  private func moveSources() throws {
    for (kind, list) in [
      (Schema.mergedSources, "json_group_array(id) FROM source_row WHERE patient = ?2"),
      (
        Schema.mergedHistory,
        "json_group_array(id) FROM correction WHERE patient = ?2 AND file <> ?1"
      ),
      (Schema.mergedAliases, "json_group_array(code) FROM patient_alias WHERE patient = ?2"),
      (Schema.mergedStandings, "json_group_array(id) FROM standing WHERE patient = ?2"),
    ] {
      try database.execute(
        sql: """
          INSERT INTO correction (file, line, kind, patient, day, old)
          SELECT ?1, 0, '\(kind)', ?3, NULL, \(list)
          """, arguments: [file, from, to])
    }
    try database.execute(
      sql: "UPDATE source_row SET patient = ? WHERE patient = ?", arguments: [to, from])
    try database.execute(
      sql: "UPDATE correction SET patient = ? WHERE patient = ?", arguments: [to, from])
  }

  /// What is said of the person: of the id that goes only where nothing is of the other one.
  private mutating func moveDetails() throws {
    let table = RecordTable.of(.patients)?.columns.map(\.name) ?? []
    let rows = try GRDB.Row.fetchAll(
      database, sql: "SELECT id, digest FROM patient WHERE id IN (?, ?)", arguments: [from, to])
    func digest(of id: Int64) -> Int64? { rows.first { $0["id"] == id }?["digest"] }
    let place = RecordPlace(table: "patient", patient: from, key: ("id", from))
    let takes = digest(of: to) == nil && digest(of: from) != nil
    try corrections.keep(place, kind: .patients, day: nil, line: 0) {
      guard takes else { return nil }
      let sets = (table + ["digest", "file", "line"]).map {
        "\($0) = (SELECT \($0) FROM patient WHERE id = ?2)"
      }.joined(separator: ", ")
      try database.execute(
        sql: "UPDATE patient SET \(sets) WHERE id = ?1", arguments: [to, from])
      return RecordPlace(table: "patient", patient: to, key: ("id", to))
    }
    try database.execute(
      sql: "UPDATE correction SET patient = ? WHERE patient = ? AND file = ?",
      arguments: [to, from, file])
    if digest(of: from) != nil {
      if takes { merged.moved += 1 } else { merged.replaced += 1 }
    }
  }
}

/// Parts two ids again that one run had joined.
struct Unmerging {
  private let database: Database
  private let file: Int64
  /// The number of the id that went, and of the one that stayed.
  private var from: Int64 = 0
  private var to: Int64 = 0
  /// Records that are back where they were.
  private(set) var restored = 0

  init(_ database: Database, file: Int64) {
    self.database = database
    self.file = file
  }

  mutating func run() throws {
    guard
      let alias = try GRDB.Row.fetchOne(
        database, sql: "SELECT code, patient FROM patient_alias WHERE file = ?", arguments: [file]),
      let person = try String.fetchOne(
        database, sql: "SELECT old FROM correction WHERE file = ? AND kind = 'patients'",
        arguments: [file])
    else { return }
    to = alias["patient"]
    let code: String = alias["code"]
    // Its number, unless somebody else has that by now.
    try database.execute(
      sql: "INSERT OR IGNORE INTO patient (id, code) VALUES (json_extract(?, '$.id'), ?)",
      arguments: [person, code])
    if database.changesCount == 0 {
      try database.execute(sql: "INSERT INTO patient (code) VALUES (?)", arguments: [code])
    }
    from = database.lastInsertedRowID
    try restoreDetails(person)
    for correction in try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT kind, old, new FROM correction WHERE file = ? AND kind <> 'patients' ORDER BY id DESC
        """, arguments: [file])
    {
      let kind: String = correction["kind"]
      let old: String = correction["old"]
      if try restore(list: old, of: kind) { continue }
      guard let table = Kind(rawValue: kind).flatMap(RecordTable.of) else { continue }
      try restore(old, new: correction["new"], table)
      restored += 1
    }
    // Where somebody else has its number, its earlier records are found under the new one.
    let place = "CASE kind WHEN 'patients' THEN '$.id' ELSE '$.patient' END"
    try database.execute(
      sql: """
        UPDATE correction SET old = json_set(old, \(place), ?1) WHERE patient = ?1 AND file < ?2
        AND json_type(old) = 'object' AND json_extract(old, \(place)) = json_extract(?3, '$.id')
        AND json_extract(?3, '$.id') <> ?1
        """, arguments: [from, file, person])
    try database.execute(sql: "DELETE FROM patient_alias WHERE file = ?", arguments: [file])
    try database.execute(sql: "DELETE FROM run_report WHERE patient IN (0, ?)", arguments: [to])
  }

  /// Gives what a list names back to the id that had gone; false for a record.
  private func restore(list: String, of kind: String) throws -> Bool {
    let tables = [
      Schema.mergedSources: ("source_row", "id"), Schema.mergedHistory: ("correction", "id"),
      Schema.mergedAliases: ("patient_alias", "code"),
      Schema.mergedStandings: ("standing", "id"),
    ]
    guard let (table, column) = tables[kind] else { return false }
    try database.execute(
      sql: """
        UPDATE \(table) SET patient = ? WHERE \(column) IN (SELECT value FROM json_each(?))
        """, arguments: [from, list])
    return true
  }

  private func restoreDetails(_ person: String) throws {
    let columns =
      (RecordTable.of(.patients)?.columns ?? []).map(\.name) + ["digest", "file", "line"]
    let sets = columns.map { "\($0) = json_extract(?2, '$.\($0)')" }.joined(separator: ", ")
    try database.execute(
      sql: "UPDATE patient SET \(sets) WHERE id = ?1", arguments: [from, person])
    let isTaken =
      try Bool.fetchOne(
        database,
        sql: """
          SELECT coalesce(new, '') <> '' FROM correction WHERE file = ? AND kind = 'patients'
          """, arguments: [file]) ?? false
    guard isTaken else { return }
    let nulls = columns.map { "\($0) = NULL" }.joined(separator: ", ")
    try database.execute(sql: "UPDATE patient SET \(nulls) WHERE id = ?", arguments: [to])
  }

  private func restore(_ old: String, new: String?, _ table: RecordTable) throws {
    if let new, !new.isEmpty {
      try database.execute(
        sql: table.sort == .dated
          ? "DELETE FROM \(table.name) WHERE id = json_extract(?, '$.id')"
          : """
          DELETE FROM \(table.name) WHERE key = json_extract(?1, '$.key')
          AND patient = json_extract(?1, '$.patient')
          """, arguments: [new])
    }
    let columns = try database.columns(in: table.name).map(\.name)
    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let first = RowPlace.first(day: "json_extract(?1, '$.day')", patient: "?2")
    let values: String = columns.map { (column: String) -> String in
      switch column {
      case "patient": "?2"
      case "id":
        """
        (SELECT coalesce(max(id) + 1, \(first)) FROM \(table.name)
        WHERE id BETWEEN \(first) AND (\(first) | \(RowPlace.most)))
        """
      default: "json_extract(?1, '$.\"\(column)\"')"
      }
    }.joined(separator: ", ")
    try database.execute(
      sql: "INSERT OR REPLACE INTO \(table.name) (\(names)) SELECT \(values)",
      arguments: [old, from])
  }
}
