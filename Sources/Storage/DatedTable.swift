import GRDB
import Records

/// A row of a table whose records lie by patient and day and are told apart by content.
protocol DatedRow: Records.Row {
  var ownDay: Day { get }
  /// The source's own name of the row, when it gives one.
  var sourceIdentity: (session: NameID, order: Int64)? { get }
  /// Puts the columns between `copy` and `file`, in the order of the layout.
  func put<S: ColumnSink>(into sink: inout S)
}

/// Takes the columns of a row one after the other.
protocol ColumnSink {
  mutating func put(_ value: Int64?)
  mutating func put(_ value: Double?)
  mutating func put(name: NameID?)
  mutating func put(text: TextRange?)
}

extension DatedRow {
  var sourceIdentity: (session: NameID, order: Int64)? { nil }
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

  /// The start of an insertion that names the key, the present columns and the source.
  func insertion(_ present: PresentColumns, _ verb: String) -> String {
    let names = columns.indices.filter(present.contains).map { ", \"\(columns[$0])\"" }.joined()
    return "\(verb) INTO \(name) (patient, day, digest, copy\(names), file, line) VALUES "
  }

  /// The parameters of one row of such an insertion.
  func marks(_ present: PresentColumns) -> String {
    let count = columns.indices.count(where: present.contains) + 6
    return "(" + repeatElement("?", count: count).joined(separator: ", ") + ")"
  }

  static let exerciseSets = DatedLayout(
    name: "exercise_set",
    columns: [
      "at", "offset", "exercise", "component", "side", "sets", "reps", "hold_seconds", "minutes",
      "rpe", "completed", "load_kg", "angle_deg", "pain_before", "pain_after", "session", "order",
      "notes",
    ])
  static let painEntries = DatedLayout(
    name: "pain_entry",
    columns: ["at", "offset", "score", "kind", "location", "scale", "flare", "notes"])
  static let measurements = DatedLayout(
    name: "measurement",
    columns: ["measure", "value", "unit", "side", "rater", "device", "trial", "convention"])
  static let questionnaires = DatedLayout(
    name: "questionnaire", columns: ["instrument", "score", "items"])
}

/// Which columns of a layout hold a value in any row of a batch; the others need not be written.
struct PresentColumns: Hashable {
  private var bits: UInt32 = 0

  @inline(__always)
  func contains(_ column: Int) -> Bool { bits >> UInt32(column) & 1 == 1 }

  @inline(__always)
  mutating func note(_ column: Int, if isPresent: Bool) {
    bits |= (isPresent ? 1 : 0) << UInt32(column)
  }
}

/// The statements on one dated table during an import.
final class DatedTable {
  let layout: DatedLayout
  private let database: Database
  private let sibling: RawStatement
  private let origin: RawStatement
  private var seen: (find: RawStatement, mark: RawStatement)?
  /// The newest stored day of each patient, by number, before the current batch.
  private var newest: [Int32] = []
  private var previous: DatedKey?
  private var inserts: [PresentColumns: (one: RawStatement, bulk: RawStatement)] = [:]
  /// Rows that one statement inserts at once.
  static let bulkRows = 64
  private static let keyMask: Int64 = 0xFF_FFFF_FFFF

  init(_ database: Database, _ layout: DatedLayout) throws {
    self.layout = layout
    self.database = database
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
    while try days.step() { note(Int32(days.integer(1)), of: days.integer(0)) }
    days.reset()
  }

  /// The insertions of one row, which may be there, and of `bulkRows` rows that cannot be there; FAIL
  /// spares SQLite the journal of a statement that might have to be taken back.
  func inserts(_ present: PresentColumns) throws -> (one: RawStatement, bulk: RawStatement) {
    if let known = inserts[present] { return known }
    let marks = layout.marks(present)
    let one =
      layout.insertion(present, "INSERT") + marks
      + " ON CONFLICT (patient, day, digest, copy) DO NOTHING"
    let bulk =
      layout.insertion(present, "INSERT OR FAIL")
      + repeatElement(marks, count: DatedTable.bulkRows).joined(separator: ", ")
    let fresh = (one: try RawStatement(database, one), bulk: try RawStatement(database, bulk))
    inserts[present] = fresh
    return fresh
  }

  /// Whether a row lies after every day that was stored of its person before the batch.
  @inline(__always)
  func isNewer(_ key: DatedKey) -> Bool { key.day > newestDay(of: key.patient) }

  @inline(__always)
  private func newestDay(of patient: Int64) -> Int32 {
    patient < Int64(newest.count) ? newest[Int(patient)] : .min
  }

  private func note(_ day: Int32, of patient: Int64) {
    let patient = Int(patient)
    if patient >= newest.count {
      newest.append(contentsOf: repeatElement(.min, count: patient + 1 - newest.count))
    }
    newest[patient] = max(newest[patient], day)
  }

  /// Begins a batch of rows in the order of the table.
  func beginBatch() { previous = nil }

  /// Ends a batch: its days are stored days from now on.
  func endBatch(_ keys: [DatedKey]) {
    for key in keys { noteStored(key) }
  }

  /// Makes a day a stored day at once, for rows that are not written in the order of the table.
  func noteStored(_ key: DatedKey) {
    note(key.day, of: key.patient)
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
    guard key.day <= newestDay(of: key.patient) else { return false }
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
  var sourceIdentity: (session: NameID, order: Int64)? {
    guard let session, let order else { return nil }
    return (session, order)
  }

  @inline(__always)
  func put<S: ColumnSink>(into sink: inout S) {
    sink.put(started.milliseconds)
    sink.put(Int64(started.offsetMinutes))
    sink.put(name: exercise)
    sink.put(component.map { Int64($0.rawValue) })
    sink.put(side.map { Int64($0.rawValue) })
    sink.put(sets)
    sink.put(reps)
    sink.put(holdSeconds)
    sink.put(minutes)
    sink.put(rpe)
    sink.put(completed.map { $0 ? 1 : 0 } as Int64?)
    sink.put(loadKilograms)
    sink.put(angleDegrees)
    sink.put(painBefore)
    sink.put(painAfter)
    sink.put(name: session)
    sink.put(order)
    sink.put(text: notes)
  }
}

extension PainEntry: DatedRow {
  var ownDay: Day { recorded.day }

  @inline(__always)
  func put<S: ColumnSink>(into sink: inout S) {
    sink.put(recorded.milliseconds)
    sink.put(Int64(recorded.offsetMinutes))
    sink.put(score as Double?)
    sink.put(kind.map { Int64($0.rawValue) })
    sink.put(name: location)
    sink.put(name: scale)
    sink.put(flare.map { $0 ? 1 : 0 } as Int64?)
    sink.put(text: notes)
  }
}

extension Measurement: DatedRow {
  var ownDay: Day { day }

  @inline(__always)
  func put<S: ColumnSink>(into sink: inout S) {
    sink.put(name: measure)
    sink.put(value as Double?)
    sink.put(name: unit)
    sink.put(side.map { Int64($0.rawValue) })
    sink.put(name: rater)
    sink.put(name: device)
    sink.put(trial)
    sink.put(name: convention)
  }
}

extension Questionnaire: DatedRow {
  var ownDay: Day { day }

  @inline(__always)
  func put<S: ColumnSink>(into sink: inout S) {
    sink.put(Int64(instrument.rawValue))
    sink.put(score)
    sink.put(text: items)
  }
}
