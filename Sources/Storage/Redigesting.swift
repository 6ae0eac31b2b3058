import GRDB
import GRDBSQLite
import Records

/// Works out the digests of all stored records anew, after a version that told records apart by
/// other ones: rows, the versions that sources named, and the records that corrections keep.
struct Redigesting {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// What a record is known by.
  private typealias Digests = (key: Int64, digest: Int64)
  /// Reads a record from columns, and works out its digests; it does not matter whose record it is.
  private typealias Reading = (LogReader, inout StoredColumns, RowValues) throws -> Digests

  /// Within the transaction of the migration. O(rows).
  func run() throws {
    for (kind, table) in zip(Kind.rowTypes, RecordTable.all) { try rewrite(kind, table) }
  }

  private func rewrite<R: Records.Row>(_ kind: R.Type, _ table: RecordTable) throws {
    // Before the fields come the day, or the key, or nothing.
    let reading: Reading = { reader, columns, values in
      let first = Int32(truncatingIfNeeded: sqlite3_value_int64(values[0]))
      let row: R = try columns.read(values + 1, of: reader.nobody, on: Day(number: first))
      return reader.digests(of: row)
    }
    let fields = table.columns.map(\.name) + ["file", "line"]
    switch table.sort {
    case .dated: try dated(table, ["day"] + fields, reading)
    case .keyed: try keyed(table, key: "key", ["key"] + fields, reading)
    case .daily: try keyed(table, key: "key", ["day"] + fields, reading)
    case .person: try keyed(table, key: "id", ["id"] + fields, reading)
    }
  }

  /// Rows of a dated table, and those that corrections of them keep, with what sources said of
  /// them.
  private func dated(_ table: RecordTable, _ columns: [String], _ reading: Reading) throws {
    let said = try RawStatement(
      database, "UPDATE source_row SET digest = ?2 WHERE digest = ?1 AND day = ?3 AND patient = ?4")
    let lead = ["id", "digest", "day", "patient"]
    func rewrite(_ update: String, _ source: String, _ value: (String) -> String) throws {
      let update = try RawStatement(database, update)
      try each(table, lead.map(value), columns.map(value), source, reading) { lead, found in
        try change(update, lead[0], found.digest)
        try change(said, lead[1], found.digest, lead[2], lead[3])
      }
    }
    try rewrite("UPDATE \(table.name) SET digest = ?2 WHERE id = ?1", table.name) { "\"\($0)\"" }
    for side in ["old", "new"] {
      try rewrite(
        "UPDATE correction SET \(side) = json_set(\(side), '$.digest', ?2) WHERE id = ?1",
        kept(table.kind, side)
      ) { $0 == "id" ? "id" : "json_extract(\(side), '$.\"\($0)\"')" }
    }
  }

  /// Records that are known by a key, and those that corrections of them keep. The key may be a
  /// digest, which changes with the others.
  private func keyed(
    _ table: RecordTable, key: String, _ columns: [String], _ reading: Reading
  ) throws {
    let keyIsDigest = table.sort == .keyed
    var changes: [(patient: Int64, key: Int64, found: Digests)] = []
    // A person of whom nothing is known but the code has none.
    let source = table.name + (table.sort == .person ? " WHERE digest IS NOT NULL" : "")
    try each(table, [table.owner, key], columns, source, reading) { lead, found in
      changes.append((lead[0], lead[1], found))
    }
    let newKey = keyIsDigest ? ", key = ?4" : ""
    let update = try RawStatement(
      database,
      "UPDATE \(table.name) SET digest = ?3\(newKey) WHERE \(table.owner) = ?1 AND \(key) = ?2")
    for (patient, key, found) in changes {
      try change(update, [patient, key, found.digest] + (keyIsDigest ? [found.key] : []))
    }
    for side in ["old", "new"] {
      let newKey = keyIsDigest ? ", '$.key', ?3" : ""
      let update = try RawStatement(
        database,
        "UPDATE correction SET \(side) = json_set(\(side), '$.digest', ?2\(newKey)) WHERE id = ?1")
      let values = columns.map { "json_extract(\(side), '$.\"\($0)\"')" }
      try each(table, ["id"], values, kept(table.kind, side), reading) { lead, found in
        try change(update, [lead[0], found.digest] + (keyIsDigest ? [found.key] : []))
      }
    }
  }

  /// The corrections that keep a record of a kind on one side.
  private func kept(_ kind: Kind, _ side: String) -> String {
    """
    correction WHERE kind = '\(kind.rawValue)' AND json_valid(\(side))
      AND json_extract(\(side), '$.digest') IS NOT NULL
    """
  }

  /// Reads a record from each row of a source.
  ///
  /// - Parameters:
  ///   - lead: expressions of what says where the record is.
  ///   - columns: expressions of the record's columns.
  private func each(
    _ own: RecordTable, _ lead: [String], _ columns: [String], _ source: String, _ reading: Reading,
    _ body: (_ lead: [Int64], Digests) throws -> Void
  ) throws {
    let reader = try LogReader(database)
    let listed = (lead + columns).joined(separator: ", ")
    let rows = try RawStatement(
      database, "SELECT \(RowFunction.name)(\(listed)) FROM \(source)")
    let table = String(source.prefix { $0 != " " })
    var record = StoredColumns(reader, holdsWords: own.sort == .person)
    try reader.function.run(rows) { values in
      reader.texts = TextArena()
      let found = try reading(reader, &record, values + lead.count)
      let place = lead.indices.map { sqlite3_value_int64(values[$0]) }
      if record.isDamaged {
        throw StoredDamage(table, place[0], Array(columns.dropFirst()), record.damaged)
      }
      try body(place, found)
    }
  }

  private func change(_ statement: RawStatement, _ values: Int64...) throws {
    try change(statement, values)
  }

  private func change(_ statement: RawStatement, _ values: [Int64]) throws {
    for (index, value) in values.enumerated() { statement.bind(Int32(index + 1), value) }
    try statement.run()
  }
}

extension LogReader {
  fileprivate var nobody: NameID { names.intern("") }

  fileprivate func digests(of row: some Records.Row) -> (key: Int64, digest: Int64) {
    (
      Int64(bitPattern: row.keyDigest(names: names)),
      Int64(bitPattern: row.digest(names: names, texts: texts))
    )
  }
}
