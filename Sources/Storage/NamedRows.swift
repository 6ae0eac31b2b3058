import Records

// Records that their source names: other values under a name are a change, a later version wins
// whichever order the files come in, and what the source takes back goes.
extension FileWriter {
  /// What was said last of a row.
  private struct Statement {
    var source: SourceRow
    /// The record that it made; nil when it was taken back.
    var record: (patient: Int64, day: Int64, digest: Int64)?
  }

  /// Every part of a row, where it is taken back.
  private static let allParts: Int64 = -1

  /// Writes a row that its source names.
  func writeNamed<R: DatedRow>(
    _ row: R, _ key: DatedKey, _ source: SourceRow, _ identity: UInt64, _ table: DatedTable,
    _ batch: Batch
  ) throws {
    let account = source.number
    // Where no version tells, the order of the file does: what it takes back further on is not
    // there.
    if source.version == nil, source.updated == nil,
      let back = batch.takenBack.last(where: { $0.row.identity == identity }),
      back.row.number > source.number
    {
      return count(.known, line: account)
    }
    let record = (
      patient: key.day.patient, day: Int64(key.day.day), digest: key.digest
    )
    guard let known = try lastStatement(identity, part: source.part) else {
      // A later version of the row, of fewer records, was here before.
      if source.part > 0, let whole = try lastStatement(identity, part: 0)?.source,
        source.isOlder(than: whole)
      {
        return count(.known, line: account)
      }
      try state(source, identity, table.layout.kind, record)
      // The same record from a source without names, as an export of one's own, is this one.
      if try holdsUnnamed(record, table.layout) { return count(.known, line: account) }
      try insert(row, key, table, batch, as: .new)
      return
    }
    if source.isOlder(than: known.source) { return count(.known, line: account) }
    if let old = known.record, old == record, try place(of: old, table.layout) != nil {
      if !source.hasVersion(of: known.source) {
        try state(source, identity, table.layout.kind, record)
      }
      return count(.known, line: account)
    }
    try state(source, identity, table.layout.kind, record)
    let isReplaced = try remove(known, table.layout, line: row.position.line) {
      try insert(row, key, table, batch, as: .changed)
    }
    if !isReplaced { try insert(row, key, table, batch, as: .new) }
  }

  /// Takes back all records of a row, those of earlier files too; they stay in the history.
  ///
  /// Nothing happens when a later version of the row is known, or when it was taken back before.
  func takeBack(_ said: SourceLine) throws {
    let source = said.row
    guard let identity = source.identity else { return }
    var removed = false
    for (part, layout) in try parts(of: identity, from: 0) {
      guard let known = try lastStatement(identity, part: part) else { continue }
      if source.isOlder(than: known.source) { return }
      if try remove(known, layout, line: said.line) { removed = true }
    }
    var whole = source
    whole.part = FileWriter.allParts
    if !removed, let known = try lastStatement(identity, part: whole.part),
      source.isOlder(than: known.source) || source.hasVersion(of: known.source)
    {
      return
    }
    try state(whole, identity, .patients, nil)
  }

  /// Removes what only an older version of a row says: its records from the number on that the
  /// newer one has.
  func removeSurplus(_ said: SourceLine) throws {
    let source = said.row
    guard let identity = source.identity else { return }
    for (part, layout) in try parts(of: identity, from: source.part) {
      guard let known = try lastStatement(identity, part: part), known.record != nil,
        known.source.isOlder(than: source)
      else { continue }
      _ = try remove(known, layout, line: said.line)
      var gone = source
      gone.part = part
      try state(gone, identity, layout.kind, nil)
    }
  }

  /// The parts of a row that were ever stated, from one on, with the tables of their records.
  private func parts(of identity: UInt64, from first: Int64) throws -> [(
    part: Int64, layout: RecordTable
  )] {
    let find = try statement(
      "SELECT DISTINCT part, kind FROM source_row WHERE identity = ?1 AND part >= ?2")
    find.bind(1, Int64(bitPattern: identity))
    find.bind(2, first)
    defer { find.reset() }
    var parts: [(part: Int64, layout: RecordTable)] = []
    while try find.step() {
      let kind = String(decoding: find.bytes(1), as: UTF8.self)
      if let layout = RecordTable.dated.first(where: { $0.kind.rawValue == kind }) {
        parts.append((find.integer(0), layout))
      }
    }
    return parts
  }

  private func lastStatement(_ identity: UInt64, part: Int64) throws -> Statement? {
    let find = try statement(
      """
      SELECT version, updated, patient, day, digest FROM source_row
      WHERE identity = ?1 AND part IN (?2, -1) ORDER BY id DESC LIMIT 1
      """)
    find.bind(1, Int64(bitPattern: identity))
    find.bind(2, part)
    defer { find.reset() }
    guard try find.step() else { return nil }
    let source = SourceRow(
      number: 0, identity: identity, part: part, version: find.optionalInteger(0),
      updated: find.optionalInteger(1))
    guard let digest = find.optionalInteger(4) else { return Statement(source: source) }
    return Statement(
      source: source, record: (patient: find.integer(2), day: find.integer(3), digest: digest))
  }

  private func state(
    _ source: SourceRow, _ identity: UInt64, _ kind: Kind,
    _ record: (patient: Int64, day: Int64, digest: Int64)?
  ) throws {
    let insert = try statement(
      """
      INSERT INTO source_row (identity, part, kind, version, updated, patient, day, digest, file)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """)
    insert.bind(1, Int64(bitPattern: identity))
    insert.bind(2, source.part)
    insert.bind(3, kind.rawValue)
    insert.bind(4, source.version)
    insert.bind(5, source.updated)
    insert.bind(6, record?.patient)
    insert.bind(7, record?.day)
    insert.bind(8, record?.digest)
    insert.bind(9, fileID)
    try insert.run()
  }

  /// Whether a record is stored that no source has named yet.
  private func holdsUnnamed(
    _ record: (patient: Int64, day: Int64, digest: Int64), _ layout: RecordTable
  ) throws -> Bool {
    let first = try RowPlace(day: Int32(record.day), patient: record.patient)
    let find = try statement(
      """
      SELECT (SELECT count(*) FROM \(layout.name) WHERE id BETWEEN ?1 AND ?2 AND digest = ?3)
        >= (SELECT count(DISTINCT identity || ' ' || part) FROM source_row
          WHERE digest = ?3 AND day = ?4 AND patient = ?5)
      """)
    find.bind(1, first.number)
    find.bind(2, first.last.number)
    find.bind(3, record.digest)
    find.bind(4, record.day)
    find.bind(5, record.patient)
    defer { find.reset() }
    return try find.step() && find.integer(0) == 1
  }

  private func place(
    of record: (patient: Int64, day: Int64, digest: Int64), _ layout: RecordTable
  ) throws -> Int64? {
    let first = try RowPlace(day: Int32(record.day), patient: record.patient)
    let find = try statement(
      "SELECT max(id) FROM \(layout.name) WHERE id BETWEEN ?1 AND ?2 AND digest = ?3")
    find.bind(1, first.number)
    find.bind(2, first.last.number)
    find.bind(3, record.digest)
    defer { find.reset() }
    return try find.step() ? find.optionalInteger(0) : nil
  }

  /// Removes the record of an earlier version and keeps it in the history.
  ///
  /// - Parameter write: writes what replaces it, and gives its place.
  /// - Returns: false when there is no such record; nothing is written then.
  private func remove(
    _ known: Statement, _ layout: RecordTable, line: Int64,
    instead write: () throws -> RecordPlace? = { nil }
  ) throws -> Bool {
    guard let record = known.record, let number = try place(of: record, layout) else {
      return false
    }
    let place = RecordPlace(table: layout.name, patient: record.patient, key: ("id", number))
    try corrections.keep(place, kind: layout.kind, day: record.day, line: line) {
      let delete = try statement("DELETE FROM \(layout.name) WHERE id = ?1")
      delete.bind(1, number)
      try delete.run()
      try tables[layout.name]?.noteDeletion()
      touch(record.patient)
      return try write()
    }
    return true
  }
}
