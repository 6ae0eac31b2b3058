import GRDB
import Records

/// A row of a table whose records lie by patient and day and are told apart by content.
protocol DatedRow: Records.Row {
  var ownDay: Day { get }
  /// The source's own name of the row, when it gives one.
  var sourceIdentity: (session: NameID, order: Int64)? { get }
  var freeText: TextRange? { get }
  /// Binds the columns between `copy` and `file`.
  ///
  /// - Returns: the number of the parameter behind them.
  func bind(_ statement: RawStatement, from index: Int32, name: (NameID?) throws -> Int64?) throws
    -> Int32
}

extension DatedRow {
  var sourceIdentity: (session: NameID, order: Int64)? { nil }
  var freeText: TextRange? { nil }
}

/// Where a row goes in its table.
struct DatedKey: Comparable {
  var patient: Int64
  var day: Int32
  var index: Int32
  var digest: Int64

  /// Whether the key at a position of a sorted list is of an equal row.
  func isEqual(_ order: [DatedKey], _ position: Int) -> Bool {
    guard order.indices.contains(position) else { return false }
    let other = order[position]
    return digest == other.digest && day == other.day && patient == other.patient
  }

  /// In the order of the table; equal rows in the order of the file.
  static func < (left: DatedKey, right: DatedKey) -> Bool {
    if left.patient != right.patient { return left.patient < right.patient }
    if left.day != right.day { return left.day < right.day }
    if left.digest != right.digest { return left.digest < right.digest }
    return left.index < right.index
  }
}

/// The shape of a dated table.
struct DatedLayout {
  var name: String
  var columns: [String]
  /// The parameter of the free text, 0 when there is none.
  var textColumn: Int32

  /// Parameters of a row: its key, its columns, its source.
  var width: Int32 { Int32(columns.count) + 6 }

  private init(_ name: String, _ columns: [String], text: String?) {
    self.name = name
    self.columns = columns
    textColumn = text.flatMap { columns.firstIndex(of: $0) }.map { Int32($0) + 5 } ?? 0
  }

  static let exerciseSets = DatedLayout(
    "exercise_set",
    [
      "at", "offset", "exercise", "component", "side", "sets", "reps", "hold_seconds", "minutes",
      "rpe", "completed", "load_kg", "angle_deg", "pain_before", "pain_after", "session", "order",
      "notes",
    ], text: "notes")
  static let painEntries = DatedLayout(
    "pain_entry", ["at", "offset", "score", "kind", "location", "scale", "flare", "notes"],
    text: "notes")
  static let measurements = DatedLayout(
    "measurement",
    ["measure", "value", "unit", "side", "rater", "device", "trial", "convention"], text: nil)
  static let questionnaires = DatedLayout(
    "questionnaire", ["instrument", "score", "items"], text: "items")
}

/// The statements on one dated table during an import.
final class DatedTable {
  let layout: DatedLayout
  let insert: RawStatement
  private let database: Database
  private let sibling: RawStatement
  private let origin: RawStatement
  private var seen: (find: RawStatement, mark: RawStatement)?
  /// The newest stored day of each patient, before the current batch.
  private var newest: [Int64: Int32] = [:]
  private var previous: DatedKey?
  private var bulk: RawStatement?
  /// Rows that one statement inserts at once.
  static let bulkRows = 32
  private static let keyMask: Int64 = 0xFF_FFFF_FFFF

  init(_ database: Database, _ layout: DatedLayout) throws {
    self.layout = layout
    self.database = database
    let names = layout.columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let marks = (1...layout.columns.count + 6).map { "?\($0)" }.joined(separator: ", ")
    insert = try RawStatement(
      database,
      """
      INSERT INTO \(layout.name) (patient, day, digest, copy, \(names), file, line)
      VALUES (\(marks)) ON CONFLICT (patient, day, digest, copy) DO NOTHING
      """)
    sibling = try RawStatement(
      database,
      """
      SELECT 1 FROM \(layout.name) WHERE patient = ?1 AND day = ?2 AND digest BETWEEN ?3 AND ?4
      AND digest <> ?5 LIMIT 1
      """)
    let days = try RawStatement(
      database,
      """
      SELECT id, (SELECT max(day) FROM \(layout.name) WHERE patient = id) AS day FROM patient
      WHERE day IS NOT NULL
      """)
    origin = try RawStatement(
      database,
      """
      SELECT file FROM \(layout.name)
      WHERE patient = ?1 AND day = ?2 AND digest = ?3 AND copy = ?4
      """)
    while try days.step() { newest[days.integer(0)] = Int32(days.integer(1)) }
    days.reset()
  }

  /// Inserts `bulkRows` rows that cannot be there; FAIL spares SQLite the journal of a statement that
  /// might have to be taken back.
  var bulkInsert: RawStatement {
    get throws {
      if let bulk { return bulk }
      let names = layout.columns.map { "\"\($0)\"" }.joined(separator: ", ")
      let marks = "(" + (0..<layout.width).map { _ in "?" }.joined(separator: ", ") + ")"
      let fresh = try RawStatement(
        database,
        """
        INSERT OR FAIL INTO \(layout.name) (patient, day, digest, copy, \(names), file, line)
        VALUES \(repeatElement(marks, count: DatedTable.bulkRows).joined(separator: ", "))
        """)
      bulk = fresh
      return fresh
    }
  }

  /// Whether a row lies after every day that was stored of its person before the batch.
  @inline(__always)
  func isNewer(_ key: DatedKey) -> Bool { key.day > newest[key.patient] ?? .min }

  /// Begins a batch of rows in the order of the table.
  func beginBatch() { previous = nil }

  /// Ends a batch: its days are stored days from now on.
  func endBatch(_ keys: [DatedKey]) {
    for key in keys { noteStored(key) }
  }

  /// Makes a day a stored day at once, for rows that are not written in the order of the table.
  func noteStored(_ key: DatedKey) {
    newest[key.patient] = max(newest[key.patient] ?? .min, key.day)
  }

  /// Remembers the last row written in a batch.
  func noteWritten(_ key: DatedKey) { previous = key }

  /// Whether another record of the day has the same natural key.
  ///
  /// Days that are newer than all that was stored before the batch need no question to the database:
  /// a sibling then is the row just written.
  func hasSibling(_ key: DatedKey) throws -> Bool {
    if let previous, previous.patient == key.patient, previous.day == key.day,
      previous.digest != key.digest,
      previous.digest & ~DatedTable.keyMask == key.digest & ~DatedTable.keyMask
    {
      return true
    }
    guard key.day <= newest[key.patient] ?? .min else { return false }
    sibling.bind(1, key.patient)
    sibling.bind(2, Int64(key.day))
    sibling.bind(3, key.digest & ~DatedTable.keyMask)
    sibling.bind(4, key.digest | DatedTable.keyMask)
    sibling.bind(5, key.digest)
    defer { sibling.reset() }
    return try sibling.step()
  }

  /// Whether a copy is stored and came with an earlier file.
  func isOfEarlierFile(_ key: DatedKey, copy: Int64, file: Int64) throws -> Bool {
    origin.bind(1, key.patient)
    origin.bind(2, Int64(key.day))
    origin.bind(3, key.digest)
    origin.bind(4, copy)
    defer { origin.reset() }
    return try origin.step() && origin.integer(0) != file
  }

  /// The first copy that this file has not met yet, as far as earlier files' copies go.
  func nextCopy(_ key: DatedKey, file: Int64) throws -> Int64 {
    let find = try seenStatements().find
    find.bind(1, key.patient)
    find.bind(2, Int64(key.day))
    find.bind(3, key.digest)
    defer { find.reset() }
    return try find.step() ? find.integer(0) : 0
  }

  /// Notes that this file has met the first `copies` copies of a row that were there before it.
  func markSeen(_ key: DatedKey, copies: Int64) throws {
    let mark = try seenStatements().mark
    mark.bind(1, key.patient)
    mark.bind(2, Int64(key.day))
    mark.bind(3, key.digest)
    mark.bind(4, copies)
    try mark.run()
  }

  /// A temporary table, so that memory does not grow with the file.
  private func seenStatements() throws -> (find: RawStatement, mark: RawStatement) {
    if let seen { return seen }
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS temp.seen (
          patient INTEGER, day INTEGER, digest INTEGER, copies INTEGER,
          PRIMARY KEY (patient, day, digest)) WITHOUT ROWID
        """)
    let statements = (
      find: try RawStatement(
        database,
        "SELECT copies FROM temp.seen WHERE patient = ?1 AND day = ?2 AND digest = ?3"),
      mark: try RawStatement(
        database, "INSERT OR REPLACE INTO temp.seen VALUES (?1, ?2, ?3, ?4)")
    )
    seen = statements
    return statements
  }
}

extension ExerciseSet: DatedRow {
  var ownDay: Day { started.day }
  var freeText: TextRange? { notes }
  var sourceIdentity: (session: NameID, order: Int64)? {
    guard let session, let order else { return nil }
    return (session, order)
  }

  func bind(_ statement: RawStatement, from index: Int32, name: (NameID?) throws -> Int64?) throws
    -> Int32
  {
    statement.bind(index, started.milliseconds)
    statement.bind(index + 1, Int64(started.offsetMinutes))
    statement.bind(index + 2, try name(exercise))
    statement.bind(index + 3, component.map { Int64($0.rawValue) })
    statement.bind(index + 4, side.map { Int64($0.rawValue) })
    statement.bind(index + 5, sets)
    statement.bind(index + 6, reps)
    statement.bind(index + 7, holdSeconds)
    statement.bind(index + 8, minutes)
    statement.bind(index + 9, rpe)
    statement.bind(index + 10, completed.map { $0 ? 1 : 0 } as Int64?)
    statement.bind(index + 11, loadKilograms)
    statement.bind(index + 12, angleDegrees)
    statement.bind(index + 13, painBefore)
    statement.bind(index + 14, painAfter)
    statement.bind(index + 15, try name(session))
    statement.bind(index + 16, order)
    return index + 18
  }
}

extension PainEntry: DatedRow {
  var ownDay: Day { recorded.day }
  var freeText: TextRange? { notes }

  func bind(_ statement: RawStatement, from index: Int32, name: (NameID?) throws -> Int64?) throws
    -> Int32
  {
    statement.bind(index, recorded.milliseconds)
    statement.bind(index + 1, Int64(recorded.offsetMinutes))
    statement.bind(index + 2, score as Double?)
    statement.bind(index + 3, kind.map { Int64($0.rawValue) })
    statement.bind(index + 4, try name(location))
    statement.bind(index + 5, try name(scale))
    statement.bind(index + 6, flare.map { $0 ? 1 : 0 } as Int64?)
    return index + 8
  }
}

extension Measurement: DatedRow {
  var ownDay: Day { day }

  func bind(_ statement: RawStatement, from index: Int32, name: (NameID?) throws -> Int64?) throws
    -> Int32
  {
    statement.bind(index, try name(measure))
    statement.bind(index + 1, value as Double?)
    statement.bind(index + 2, try name(unit))
    statement.bind(index + 3, side.map { Int64($0.rawValue) })
    statement.bind(index + 4, try name(rater))
    statement.bind(index + 5, try name(device))
    statement.bind(index + 6, trial)
    statement.bind(index + 7, try name(convention))
    return index + 8
  }
}

extension Questionnaire: DatedRow {
  var ownDay: Day { day }
  var freeText: TextRange? { items }

  func bind(_ statement: RawStatement, from index: Int32, name: (NameID?) throws -> Int64?) throws
    -> Int32
  {
    statement.bind(index, Int64(instrument.rawValue))
    statement.bind(index + 1, score)
    return index + 3
  }
}
