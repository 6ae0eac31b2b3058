import Foundation
import GRDB
import Records

/// Writes the batches of one file within its transaction and keeps its account.
///
/// Rows of a batch are written in the order of the tables (day, patient, digest), so that each page
/// is visited once a batch.
public final class FileWriter {
  let database: Database
  var file: ImportedFile
  let fileID: Int64
  private let refusingFileID: Int64
  private var sqlPatient: RawStatement
  private var sqlName: RawStatement
  private var patientIDs: [Int64] = []
  /// Patients of whom the file brings something new or another value.
  private var touched: Set<Int64> = []
  private var lastTouched: Int64 = -1
  var nameIDs: [Int64] = []
  var tables: [String: DatedTable] = [:]
  /// Of the rows being written.
  var present = PresentColumns()
  private var statements: [String: RawStatement] = [:]
  /// The names of the batch being written, held here so that binding a row copies nothing.
  private var names = NamePool()
  /// The file up to and with its header, kept only when a row of it is refused.
  private var head: [UInt8] = []

  init(_ database: Database, file: ImportedFile, run: Int64) throws {
    self.database = database
    self.file = file
    try database.execute(
      sql: """
        INSERT INTO file (run, name, sha256, bytes, reading, format, kinds, read, new, changed,
          known, refused, left_out, records, further, ignored)
        VALUES (?, ?, ?, ?, ?, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '')
        """,
      arguments: [run, file.name, file.sha256, file.bytes, file.reading])
    fileID = database.lastInsertedRowID
    // Read again, also in another way, a file says anew what it refuses; refusals of one reading stay
    // with its first time, as the records do.
    refusingFileID =
      try Int64.fetchOne(
        database,
        sql: "SELECT min(id) FROM file WHERE sha256 = ? AND reading = ? AND undone IS NULL",
        arguments: [file.sha256, file.reading]) ?? fileID
    try database.execute(
      sql: """
        UPDATE rejection SET replaced_by = ? WHERE replaced_by IS NULL
        AND file IN (SELECT id FROM file WHERE sha256 = ?)
        """,
      arguments: [fileID, file.sha256])
    sqlPatient = try RawStatement(
      database,
      "INSERT INTO patient (code) VALUES (?1) ON CONFLICT (code) DO UPDATE SET code = code RETURNING id"
    )
    sqlName = try RawStatement(
      database,
      "INSERT INTO name (text) VALUES (?1) ON CONFLICT (text) DO UPDATE SET text = text RETURNING id"
    )
  }

  /// Whether only the end of the file is read, behind what an earlier file held.
  var isContinued = false

  /// A row of the new end is also in the part that is known: how often it stands in the whole file can
  /// only be told by reading all of it.
  public struct RepeatsKnownRow: Error {}

  /// Counts the rows of an earlier file, with which this one begins, as known and refused as they were;
  /// refused ones stay with the earlier file.
  public func goOn(behind earlier: ImportedFile) throws {
    isContinued = true
    let accounts = earlier.accounts
    file.accounts.read += accounts.read
    file.accounts.refused += accounts.refused
    file.accounts.leftOut += accounts.leftOut
    file.accounts.known += accounts.read - accounts.refused - accounts.leftOut
  }

  /// A row that an earlier file of the same name was refused for, and that this one was refused for
  /// again, is kept once: an export of every day holds it every day.
  private func replaceEarlierRefusals() throws {
    guard file.accounts.refused > 0 else { return }
    try database.execute(
      sql: """
        UPDATE rejection SET replaced_by = ?1 WHERE replaced_by IS NULL AND written_by <> ?1
        AND written_by IN (SELECT id FROM file WHERE name = ?2) AND row <> x''
        AND (reason, "column", row) IN
          (SELECT reason, "column", row FROM rejection WHERE written_by = ?1)
        """, arguments: [fileID, file.name])
  }

  /// Whether a record was replaced by another value.
  /// The statements that keep old records of a table.
  private var corrections: [String: Corrections] = [:]
  private var lastCorrection: Int64 = 0

  /// Rows refused so far.
  public var refused: Int { file.accounts.refused }

  /// What the file was found to be.
  public func describe(
    sha256: String? = nil, format: String, kinds: [String], profile: String?,
    ignoredColumns: [String],
    head: [UInt8] = [], firstSHA256: String? = nil, nextLine: Int? = nil
  ) {
    file.format = format
    file.kinds = kinds
    file.profile = profile
    file.ignoredColumns = ignoredColumns
    self.head = head
    if let sha256 { file.sha256 = sha256 }
    file.firstSHA256 = nextLine == nil ? nil : firstSHA256
    file.nextLine = firstSHA256 == nil ? nil : nextLine
  }

  /// Whose rows are left out, by id: people who were forgotten; nil for nobody.
  var isForgotten: (@Sendable (String) -> Bool)?

  /// Writes a batch.
  public func write(_ batch: Batch) throws {
    guard let isForgotten else { return try writeKept(batch) }
    var kept = batch
    kept.leaveOut(reason: "forgotten person", where: isForgotten)
    try writeKept(kept)
  }

  private func writeKept(_ batch: Batch) throws {
    file.accounts.read += batch.read
    for (reason, count) in batch.leftOut {
      file.accounts.leftOut += count
      file.leftOutReasons[reason, default: 0] += count
    }
    names = batch.names
    defer { names = NamePool() }
    let before = file.accounts
    lineOutcomes = batch.sharesLines ? [:] : nil
    try writeRejections(batch.rejections)
    try writePatients(batch)
    let keeps = batch.keepsEqualRows
    let digests = batch.digests
    for said in batch.wholeRows { try removeSurplus(said) }
    for said in batch.takenBack { try takeBack(said) }
    sources = batch.sources[.sessions] ?? []
    try writeDated(batch.sets, digests.sets, batch, .exerciseSets, keepsEqual: keeps ?? true)
    sources = batch.sources[.pain] ?? []
    try writeDated(batch.pain, digests.pain, batch, .painEntries, keepsEqual: keeps ?? false)
    sources = batch.sources[.flexibility] ?? []
    try writeDated(
      batch.measurements, digests.measurements, batch, .measurements, keepsEqual: keeps ?? false)
    sources = batch.sources[.questionnaires] ?? []
    try writeDated(batch.questionnaires, [], batch, .questionnaires, keepsEqual: keeps ?? false)
    sources = []
    try writeProgram(batch)
    try writeDays(batch)
    if let lineOutcomes { countRows(lineOutcomes, after: before) }
  }

  /// What became of the records of each source row, where a row can hold several; the greatest counts.
  var lineOutcomes: [Int64: RowOutcome]?

  /// What the source says of the rows being written, one by one; empty where it says nothing.
  var sources: [SourceRow] = []

  /// What a row being written is counted by: its number in the source, else its line.
  @inline(__always)
  func accountKey(_ index: Int, line: Int64) -> Int64 {
    sources.isEmpty ? line : sources[index].number
  }

  enum RowOutcome: Int { case known, changed, new }

  /// Counts a record that stood on a line.
  func count(_ outcome: RowOutcome, line: Int64) {
    switch outcome {
    case .new: file.accounts.new += 1
    case .changed: file.accounts.changed += 1
    case .known: file.accounts.known += 1
    }
    if outcome != .known { file.accounts.records += 1 }
    guard let earlier = lineOutcomes?[line] else {
      lineOutcomes?[line] = outcome
      return
    }
    if outcome.rawValue > earlier.rawValue { lineOutcomes?[line] = outcome }
  }

  /// Counts the rows of a batch instead of their records.
  private func countRows(_ outcomes: [Int64: RowOutcome], after before: Accounts) {
    file.accounts.new = before.new + outcomes.values.count { $0 == .new }
    file.accounts.changed = before.changed + outcomes.values.count { $0 == .changed }
    file.accounts.known = before.known + outcomes.values.count { $0 == .known }
  }

  /// Closes the account and stores it.
  func finish() throws -> ImportedFile {
    guard file.accounts.addUp else { throw StorageError.accountsDoNotAddUp(file: file.name) }
    let accounts = file.accounts
    try markTouched()
    try replaceEarlierRefusals()
    try database.execute(
      sql: """
        UPDATE file SET format = ?, kinds = ?, profile = ?, read = ?, new = ?, changed = ?,
          known = ?, refused = ?, left_out = ?, records = ?, further = ?, ignored = ?, head = ?,
          sha256 = ?, first_sha256 = ?, next_line = ? WHERE id = ?
        """,
      arguments: [
        file.format, file.kinds.joined(separator: " "), file.profile, accounts.read, accounts.new,
        accounts.changed, accounts.known, accounts.refused, accounts.leftOut, accounts.records,
        accounts.further, file.ignoredColumns.joined(separator: "\u{1F}"),
        accounts.refused > 0 ? Data(head) : nil, file.sha256, file.firstSHA256, file.nextLine,
        fileID,
      ])
    return file
  }

  /// Whether the same file, read in the same way, was entered before and this reading brought nothing.
  func isThereAlready() throws -> Bool {
    guard file.accounts.new == 0, file.accounts.changed == 0 else { return false }
    return try Bool.fetchOne(
      database,
      sql: """
        SELECT 1 FROM file WHERE sha256 = ? AND reading = ? AND id <> ? AND undone IS NULL LIMIT 1
        """, arguments: [file.sha256, file.reading, fileID]) ?? false
  }

  /// Notes that a patient's rows change.
  @inline(__always)
  func touch(_ patient: Int64) {
    guard patient != lastTouched else { return }
    lastTouched = patient
    touched.insert(patient)
  }

  /// Counts the change of each patient, for whoever makes reports of what changed.
  private func markTouched() throws {
    let mark = try statement(
      """
      INSERT INTO run_change (patient, mark) VALUES (?1, 1)
      ON CONFLICT (patient) DO UPDATE SET mark = mark + 1
      """)
    for patient in touched.sorted() {
      mark.bind(1, patient)
      try mark.run()
    }
  }

  func statement(_ sql: String) throws -> RawStatement {
    if let known = statements[sql] { return known }
    let fresh = try RawStatement(database, sql)
    statements[sql] = fresh
    return fresh
  }

  func patientID(_ name: NameID) throws -> Int64 {
    let index = Int(name.index)
    if index < patientIDs.count, patientIDs[index] != 0 { return patientIDs[index] }
    return try lookUp(name, &patientIDs, sqlPatient)
  }

  func nameID(_ name: NameID?) throws -> Int64? {
    guard let name else { return nil }
    let index = Int(name.index)
    if index < nameIDs.count, nameIDs[index] != 0 { return nameIDs[index] }
    return try lookUp(name, &nameIDs, sqlName)
  }

  /// The database's number of a name, looked up once a file.
  private func lookUp(_ name: NameID, _ ids: inout [Int64], _ statement: RawStatement) throws
    -> Int64
  {
    let index = Int(name.index)
    while ids.count < names.count { ids.append(0) }
    try names.withBytes(of: name) { bytes in
      statement.bind(1, unmoved: bytes)
      _ = try statement.step()
      ids[index] = statement.integer(0)
      statement.reset()
    }
    return ids[index]
  }

  private func writeRejections(_ rejections: [Rejection]) throws {
    file.accounts.refused += rejections.count
    guard !rejections.isEmpty else { return }
    let insert = try statement(
      """
      INSERT INTO rejection (file, line, "column", reason, value, row, written_by)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    for rejection in rejections {
      insert.bind(1, refusingFileID)
      insert.bind(2, rejection.position.line)
      insert.bind(3, rejection.column)
      insert.bind(4, rejection.reason.rawValue)
      insert.bind(5, bytes: rejection.value)
      insert.bind(6, bytes: rejection.row)
      insert.bind(7, fileID)
      try insert.run()
    }
  }

  // MARK: Records known by a key

  private func writePatients(_ batch: Batch) throws {
    let numbers = batch.sources[.patients] ?? []
    for (index, row) in batch.patients.enumerated() {
      let key = numbers.isEmpty ? row.position.line : numbers[index].number
      let id = try patientID(row.patient)
      let digest = Int64(bitPattern: row.digest(names: batch.names, texts: batch.texts))
      let stored = try GRDB.Row.fetchOne(
        database, sql: "SELECT digest FROM patient WHERE id = ?", arguments: [id])
      let known: Int64? = stored?["digest"]
      if known == digest {
        count(.known, line: key)
        continue
      }
      if known != nil {
        try keepOld(
          "patient", kind: .patients, line: row.position.line, patient: id, day: nil,
          key: ("id", id))
      }
      let text: (NameID?) -> String? = { $0.map { batch.names[$0] } }
      try database.execute(
        sql: """
          UPDATE patient SET name = ?, zone = ?, sex = ?, language = ?, digest = ?, file = ?,
            line = ? WHERE id = ?
          """,
        arguments: [
          text(row.name), text(row.zone), text(row.sex), text(row.language), digest, fileID,
          row.position.line, id,
        ])
      if known != nil { try noteNew("patient", patient: id, key: ("id", id)) }
      touch(id)
      count(known == nil ? .new : .changed, line: key)
    }
  }

  private func writeProgram(_ batch: Batch) throws {
    guard !batch.program.isEmpty else { return }
    let insert = try statement(
      "INSERT OR REPLACE INTO program_line VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
    for row in batch.program {
      let patient = try patientID(row.patient)
      let key = Int64(bitPattern: row.keyDigest(names: batch.names))
      let digest = Int64(bitPattern: row.digest(names: batch.names, texts: batch.texts))
      guard
        let isNew = try isNewOrChanged(
          "program_line", "key", key, patient: patient, digest: digest, kind: .program,
          line: row.position.line)
      else { continue }
      insert.bind(1, patient)
      insert.bind(2, key)
      insert.bind(3, digest)
      insert.bind(4, try nameID(row.exercise))
      insert.bind(5, Int64(row.component.rawValue))
      insert.bind(6, row.sessionsPerWeek)
      insert.bind(7, Int64(row.weekdays))
      insert.bind(8, row.sets)
      insert.bind(9, row.reps)
      insert.bind(10, row.holdSeconds)
      insert.bind(11, row.minutes)
      insert.bind(12, row.angleDegrees)
      insert.bind(13, row.side.map { Int64($0.rawValue) })
      insert.bind(14, row.startOn.map { Int64($0.number) })
      insert.bind(15, row.endOn.map { Int64($0.number) })
      insert.bind(16, fileID)
      insert.bind(17, row.position.line)
      try insert.run()
      if !isNew { try noteNew("program_line", patient: patient, key: ("key", key)) }
      touch(patient)
      count(isNew ? .new : .changed, line: row.position.line)
    }
  }

  private func writeDays(_ batch: Batch) throws {
    guard !batch.days.isEmpty else { return }
    let insert = try statement("INSERT OR REPLACE INTO day_entry VALUES (?,?,?,?,?,?,?,?)")
    for row in batch.days {
      let patient = try patientID(row.patient)
      let digest = Int64(bitPattern: row.digest(names: batch.names, texts: batch.texts))
      guard
        let isNew = try isNewOrChanged(
          "day_entry", "day", Int64(row.day.number), patient: patient, digest: digest, kind: .days,
          line: row.position.line)
      else { continue }
      insert.bind(1, patient)
      insert.bind(2, Int64(row.day.number))
      insert.bind(3, digest)
      insert.bind(4, Int64(row.status.rawValue))
      insert.bind(5, row.hours)
      insert.bind(6, row.reason.map { batch.texts[$0] })
      insert.bind(7, fileID)
      insert.bind(8, row.position.line)
      try insert.run()
      if !isNew {
        try noteNew("day_entry", patient: patient, key: ("day", Int64(row.day.number)))
      }
      touch(patient)
      count(isNew ? .new : .changed, line: row.position.line)
    }
  }

  /// Whether a keyed row is new (true) or changes one (false, the old one is kept in the history);
  /// nil when it is known.
  private func isNewOrChanged(
    _ table: String, _ keyColumn: String, _ key: Int64, patient: Int64, digest: Int64, kind: Kind,
    line: Int64
  ) throws -> Bool? {
    let find = try statement("SELECT digest FROM \(table) WHERE patient = ?1 AND \(keyColumn) = ?2")
    find.bind(1, patient)
    find.bind(2, key)
    defer { find.reset() }
    guard try find.step() else { return true }
    if find.integer(0) == digest {
      count(.known, line: line)
      return nil
    }
    find.reset()
    try keepOld(
      table, kind: kind, line: line, patient: patient, day: keyColumn == "day" ? key : nil,
      key: (keyColumn, key))
    return false
  }

  /// The statements that keep an old record of a table, and then note what was written instead.
  private struct Corrections {
    var keep: RawStatement
    var note: RawStatement
  }

  private func correctionStatements(_ table: String, key: String) throws -> Corrections {
    if let known = corrections[table] { return known }
    let owner = table == "patient" ? "id" : "patient"
    let record = "\(try jsonObject(of: table)) FROM \(table) WHERE \(owner) = ?3 AND \(key)"
    let fresh = Corrections(
      keep: try RawStatement(
        database,
        """
        INSERT INTO correction (file, line, patient, day, kind, old)
        SELECT ?1, ?2, ?3, ?4, ?5, \(record) = ?6
        """),
      note: try RawStatement(
        database, "UPDATE correction SET new = (SELECT \(record) = ?2) WHERE id = ?1"))
    corrections[table] = fresh
    return fresh
  }

  /// Writes a stored record to the corrections.
  ///
  /// - Parameter key: what names the record within its table and patient.
  func keepOld(
    _ table: String, kind: Kind, line: Int64, patient: Int64, day: Int64?,
    key: (column: String, value: Int64)
  ) throws {
    let keep = try correctionStatements(table, key: key.column).keep
    keep.bind(1, fileID)
    keep.bind(2, line)
    keep.bind(3, patient)
    keep.bind(4, day)
    keep.bind(5, kind.rawValue)
    keep.bind(6, key.value)
    try keep.run()
    lastCorrection = database.lastInsertedRowID
  }

  /// Adds to the last correction what was written instead.
  func noteNew(_ table: String, patient: Int64, key: (column: String, value: Int64)) throws {
    let note = try correctionStatements(table, key: key.column).note
    note.bind(1, lastCorrection)
    note.bind(2, key.value)
    note.bind(3, patient)
    try note.run()
  }

  /// SQL of a row as a JSON object of its columns; numbers keep every digit, which SQLite's own JSON
  /// would not.
  private func jsonObject(of table: String) throws -> String {
    let pairs = try database.columns(in: table).map { column in
      let value = "\(table).\"\(column.name)\""
      let exact = "CASE WHEN \(value) IS NULL THEN NULL ELSE json(format('%!.17g', \(value))) END"
      return "'\(column.name)', \(column.type == "REAL" ? exact : value)"
    }
    return "json_object(\(pairs.joined(separator: ", ")))"
  }
}
