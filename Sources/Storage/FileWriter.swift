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
  let corrections: Corrections
  /// Stored rows that do not say how their times were written.
  let oldTimes: OldTimes
  let tracking: VersionTracking
  private let patientNumbers: NumberedTexts
  /// People with whom other ids were joined: two names may be one of them.
  let joined: Set<Int64>
  private let nameNumbers: NumberedTexts
  private(set) var patientIDs: [Int64] = []
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
          known, refused, left_out, records, further, ignored, place, profile_place, former)
        VALUES (?, ?, ?, ?, ?, '', '', 0, 0, 0, 0, 0, 0, 0, 0, '', ?, ?, ?)
        """,
      arguments: [
        run, file.name, file.sha256, file.bytes, file.reading, file.origin.place,
        file.origin.profilePlace, file.former?.id,
      ])
    fileID = database.lastInsertedRowID
    tracking = try VersionTracking(
      database, file: fileID, former: file.isContinued ? nil : file.former)
    // Read again for the same kind with the same profile, a file says anew what it refuses;
    // refusals of one reading stay with its first time, as the records do.
    refusingFileID =
      try Int64.fetchOne(
        database,
        sql: "SELECT min(id) FROM file WHERE sha256 = ? AND reading = ? AND undone IS NULL",
        arguments: [file.sha256, file.reading]) ?? fileID
    let readings = try GRDB.Row.fetchAll(
      database, sql: "SELECT id, reading FROM file WHERE sha256 = ?", arguments: [file.sha256])
    for row in readings
    where file.isRead(as: row["reading"]) || tracking.versions.contains(row["id"]) {
      try database.execute(
        sql: "UPDATE rejection SET replaced_by = ? WHERE replaced_by IS NULL AND file = ?",
        arguments: [fileID, row["id"] as Int64])
    }
    corrections = try Corrections(database, file: fileID)
    oldTimes = try OldTimes(database)
    patientNumbers = try NumberedTexts(
      database, table: "patient", column: "code",
      elsewhere: "SELECT patient FROM patient_alias WHERE code = ?1")
    joined = Set(try Int64.fetchAll(database, sql: "SELECT patient FROM patient_alias"))
    nameNumbers = try NumberedTexts(database, table: "name", column: "text")
    try watchForMended()
  }

  /// Whether a mended row may also be known: in a file of refused rows, written to be mended.
  private var watchesKnown: Bool { file.name.contains(".refused.") }

  /// Lines of new, changed and refused rows; nil where nobody asks for them.
  var watchedLines: [Int64]?

  /// Whether only the end of the file is read, behind what an earlier file held.
  var isContinued = false

  /// A row of the new end is also in the part that is known: how often it stands in the whole file
  /// can only be told by reading all of it.
  public struct RepeatsKnownRow: Error {}

  /// Counts the rows of an earlier file, with which this one begins, as known and refused as they
  /// were; refused ones stay with the earlier file.
  public func goOn(behind earlier: ImportedFile) throws {
    isContinued = true
    try database.execute(
      sql: "UPDATE file SET continues = ? WHERE id = ?", arguments: [earlier.id, fileID])
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

  /// Rows known so far.
  public var known: Int { file.accounts.known }

  /// Rows refused so far.
  public var refused: Int { file.accounts.refused }

  /// What the file was found to be.
  public func describe(
    sha256: String? = nil, format: String, kinds: [String], profile: String?,
    ignoredColumns: [String],
    head: [UInt8] = [], firstSHA256: String? = nil, nextLine: Int? = nil, endsOpen: Bool = false
  ) {
    file.openLine = endsOpen && tracking.lastLine > 0 ? tracking.lastLine : nil
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
    if batch.sharesLines { sharesLines = true }
    try tracking.note(batch) { try nameID($0) }
    try writeRejections(batch.rejections)
    for said in batch.wholeRows { try removeSurplus(said) }
    for said in batch.takenBack { try takeBack(said) }
    var writing = KindWriter(writer: self, batch: batch)
    try Kind.walk(&writing)
    if let lineOutcomes { countRows(lineOutcomes, after: before) }
  }

  /// Writes the rows of every kind, each as its table wants.
  private struct KindWriter: KindWalker {
    typealias Failure = any Error
    let writer: FileWriter
    let batch: Batch

    mutating func visit<R: Records.Row>(_ kind: R.Type) throws { try writer.writePatients(batch) }
    mutating func visit<R: DatedRow>(dated kind: R.Type) throws {
      try writer.writeDated(batch.records[keyPath: R.rows], batch)
    }
    mutating func visit<R: KeyedRow>(keyed kind: R.Type) throws {
      try writer.writeKeyed(batch.records[keyPath: R.rows], batch)
    }
  }

  /// Whether any source row may have made several records.
  private(set) var sharesLines = false

  /// What became of the records of each source row, where a row can hold several; the greatest
  /// counts.
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
    if outcome != .known || watchesKnown { watch(line) }
    count(outcome, records: 1)
    note(outcome, line: line)
  }

  /// Counts records; what became of their lines is to be noted one by one.
  func count(_ outcome: RowOutcome, records: Int) {
    switch outcome {
    case .new: file.accounts.new += records
    case .changed: file.accounts.changed += records
    case .known: file.accounts.known += records
    }
    if outcome != .known { file.accounts.records += records }
  }

  /// Notes what became of a record that stood on a line, where lines are counted.
  func note(_ outcome: RowOutcome, line: Int64) {
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

  /// People of whom the file says something new, their zone perhaps.
  var relocated: Set<Int64> = []
  /// Days of patients on which the file brings records with keys.
  var keyedReach: [KeyedReach: (first: Int32, last: Int32)] = [:]
  /// What the file changed of records with keys, by where they are.
  var ownChanges: [String: OwnChange] = [:]
  /// The rules of a zone by its name; nil to leave rows where they are.
  var zoneNamed: (@Sendable (String) -> ZoneRules?)?

  /// Moves the rows of people whose zone the file set or changed.
  private func moveRows() throws {
    guard let zoneNamed, !relocated.isEmpty else { return }
    let moved = try ZoneMoves(database, people: relocated, zoneNamed: zoneNamed).run()
    for patient in moved.people { touch(patient) }
    file.moved = moved.rows
  }

  /// Closes the account and stores it.
  func finish() throws -> ImportedFile {
    try moveRows()
    try settleVersions()
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

  /// Whether the same file, read in the same way, was entered before and this reading brought
  /// nothing.
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
    return try lookUp(name, &patientIDs, patientNumbers)
  }

  func nameID(_ name: NameID?) throws -> Int64? {
    guard let name else { return nil }
    let index = Int(name.index)
    if index < nameIDs.count, nameIDs[index] != 0 { return nameIDs[index] }
    return try lookUp(name, &nameIDs, nameNumbers)
  }

  /// The database's number of a name, looked up once a file.
  private func lookUp(_ name: NameID, _ ids: inout [Int64], _ numbers: NumberedTexts) throws
    -> Int64
  {
    let index = Int(name.index)
    while ids.count < names.count { ids.append(0) }
    ids[index] = try names.withBytes(of: name) { try numbers.number(of: $0) }
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
      watch(rejection.position.line)
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
}

/// Texts that a table numbers, each once: codes of patients, names.
private struct NumberedTexts {
  private let table: String
  private let find: RawStatement
  private let insert: RawStatement
  private let elsewhere: RawStatement?
  private let database: Database

  /// - Parameter elsewhere: finds the number of a text that stands for another one.
  init(_ database: Database, table: String, column: String, elsewhere: String? = nil) throws {
    self.database = database
    self.table = table
    self.elsewhere = try elsewhere.map { try RawStatement(database, $0) }
    find = try RawStatement(database, "SELECT id FROM \(table) WHERE \(column) = ?1")
    insert = try RawStatement(database, "INSERT INTO \(table) (\(column)) VALUES (?1)")
  }

  /// The number of a text, which has one from now on.
  func number(of text: UnsafeBufferPointer<UInt8>) throws -> Int64 {
    find.bind(1, unmoved: text)
    defer { find.reset() }
    if try find.step() {
      let id = find.integer(0)
      // They are numbered one after the other.
      guard (0...Int64(UInt32.max)).contains(id) else {
        throw StoredDamage(table: table, row: id, column: "id")
      }
      return id
    }
    if let elsewhere {
      elsewhere.bind(1, unmoved: text)
      defer { elsewhere.reset() }
      if try elsewhere.step() { return elsewhere.integer(0) }
    }
    insert.bind(1, unmoved: text)
    try insert.run()
    return database.lastInsertedRowID
  }
}
