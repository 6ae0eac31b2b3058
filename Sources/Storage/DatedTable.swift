import GRDB
import Records

/// Where a row goes in its table.
struct DatedKey {
  /// The first place of its patient's day.
  var day: RowPlace
  var index: Int32
  var digest: Int64
  /// Whose the row is, as the file says.
  var name = NameID(index: 0)

  /// The day, and where a person has several ids the id.
  func dayOfID(_ isJoined: Bool) -> Int64 {
    isJoined ? day.number + Int64(name.index) + 1 : day.number
  }

  /// Whether two rows of a day have the same natural key.
  func hasKey(of digest: Int64) -> Bool {
    self.digest & ~DatedKey.contentMask == digest & ~DatedKey.contentMask
  }

  /// The bits of a digest that are not its key's.
  private static let contentMask: Int64 = 0xFF_FFFF_FFFF
}

/// The statements on one dated table during an import of one file.
final class DatedTable {
  let layout: RecordTable
  private let database: Database
  private let file: Int64
  private let rowsOfDay: RawStatement
  private let lastOfDay: RawStatement
  private var seen: (find: RawStatement, mark: RawStatement)?
  /// The newest day that was stored before the file; nil when there was none.
  private let newestBefore: Int32?
  /// The newest day of each patient, by number, that the file has brought in earlier batches.
  private var newest: [Int32] = []
  /// The number of the last row; the least number for an empty table.
  private(set) var lastRow: Int64
  private let findLastRow: RawStatement
  private var inserts: [PresentColumns: (one: RawStatement, bulk: RawStatement)] = [:]
  /// Rows that one statement inserts at once.
  static let bulkRows = 64

  /// - Parameter file: the number of the file that is imported.
  init(_ database: Database, _ layout: RecordTable, file: Int64) throws {
    self.layout = layout
    self.database = database
    self.file = file
    rowsOfDay = try RawStatement(
      database,
      "SELECT id, digest, copy, file FROM \(layout.name) WHERE id BETWEEN ?1 AND ?2")
    lastOfDay = try RawStatement(
      database, "SELECT max(id) FROM \(layout.name) WHERE id BETWEEN ?1 AND ?2")
    findLastRow = try RawStatement(database, "SELECT max(id) FROM \(layout.name)")
    let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM \(layout.name)")
    newestBefore = try last.map { try RowPlace(stored: $0, of: layout.name).day }
    lastRow = last ?? .min
  }

  /// Whether a place is the one right behind the last row.
  @inline(__always)
  func isNext(_ place: RowPlace) -> Bool { lastRow != .min && place.number == lastRow + 1 }

  /// Notes that a row is stored now, or will be by the statement that is being bound.
  @inline(__always)
  func noteRow(at place: RowPlace) { lastRow = max(lastRow, place.number) }

  /// Notes that a row was deleted, which may have been the last one.
  func noteDeletion() throws {
    defer { findLastRow.reset() }
    lastRow = try findLastRow.step() ? findLastRow.optionalInteger(0) ?? .min : .min
  }

  /// The insertions of one row and of `bulkRows` rows; FAIL spares SQLite the journal of a
  /// statement that might have to be taken back.
  func inserts(_ present: PresentColumns) throws -> (one: RawStatement, bulk: RawStatement) {
    if let known = inserts[present] { return known }
    let marks = layout.marks(present, file: file)
    // Every column is given, in the order of the table: SQLite then makes the record of the
    // parameters where they lie, without a copy of each.
    let insertion = "INSERT OR FAIL INTO \(layout.name) VALUES "
    let bulk = insertion + repeatElement(marks, count: DatedTable.bulkRows).joined(separator: ", ")
    let fresh = (
      one: try RawStatement(database, insertion + marks), bulk: try RawStatement(database, bulk)
    )
    inserts[present] = fresh
    return fresh
  }

  /// Whether any row of a patient's day may be stored: not when the day lies after all that was
  /// stored before the file, and after all that the file has brought of the patient.
  @inline(__always)
  private func mayHold(_ day: RowPlace) -> Bool {
    if let newestBefore, day.day <= newestBefore { return true }
    let patient = Int(day.patient)
    return patient < newest.count && day.day <= newest[patient]
  }

  /// Notes that rows of a patient's day are stored now.
  func noteStored(_ day: RowPlace) {
    let patient = Int(day.patient)
    if patient >= newest.count {
      newest.append(contentsOf: repeatElement(.min, count: patient + 1 - newest.count))
    }
    newest[patient] = max(newest[patient], day.day)
  }

  /// The days of the rows that the file brings, of each patient by number; none where the first is
  /// behind the last.
  private var brought: [(first: Int32, last: Int32)] = []

  /// Notes that the file brings rows of a patient's day.
  @inline(__always)
  func noteBrought(_ day: RowPlace) {
    let patient = Int(day.patient)
    if patient >= brought.count {
      brought.append(contentsOf: repeatElement((.max, .min), count: patient + 1 - brought.count))
    }
    let (first, last) = brought[patient]
    brought[patient] = (min(first, day.day), max(last, day.day))
  }

  /// The days of each patient's rows that the file brought.
  var reached: [(kind: Kind, patient: Int64, first: Int32, last: Int32)] {
    brought.enumerated().filter { $0.element.first <= $0.element.last }.map {
      (layout.kind, Int64($0.offset), $0.element.first, $0.element.last)
    }
  }

  /// What is stored of a patient's day. O(rows of the day).
  func stored(_ day: RowPlace) throws -> StoredDay {
    guard mayHold(day) else { return StoredDay() }
    rowsOfDay.bind(1, day.number)
    rowsOfDay.bind(2, day.last.number)
    defer { rowsOfDay.reset() }
    var rows: [StoredDay.Row] = []
    var next: Int64 = 0
    while try rowsOfDay.step() {
      let number = RowPlace(rowsOfDay.integer(0)).row
      next = number + 1
      let copy = rowsOfDay.integer(2)
      guard (0..<Int64(Int32.max)).contains(copy) else {
        throw StoredDamage(table: layout.name, row: rowsOfDay.integer(0), column: "copy")
      }
      rows.append(
        .init(row: number, digest: rowsOfDay.integer(1), copy: copy, file: rowsOfDay.integer(3)))
    }
    return StoredDay(rows: rows, next: next)
  }

  /// The place behind the last row of a patient's day.
  func placeBehind(_ day: RowPlace) throws -> RowPlace {
    guard mayHold(day) else { return day }
    lastOfDay.bind(1, day.number)
    lastOfDay.bind(2, day.last.number)
    defer { lastOfDay.reset() }
    guard try lastOfDay.step(), let last = lastOfDay.optionalInteger(0) else { return day }
    return try day.row(RowPlace(last).row + 1)
  }

  /// How many copies of a row, stored by earlier files, this file has met in earlier batches.
  ///
  /// - Parameter isJoined: whether the rows of each id of the person are counted by themselves.
  func copiesMet(_ key: DatedKey, _ isJoined: Bool) throws -> Int64 {
    let find = try seenStatements().find
    find.bind(1, key.dayOfID(isJoined))
    find.bind(2, key.digest)
    defer { find.reset() }
    return try find.step() ? find.integer(0) : 0
  }

  /// Notes how many copies of a row, stored by earlier files, this file has met.
  func noteMet(_ key: DatedKey, _ isJoined: Bool, copies: Int64) throws {
    let mark = try seenStatements().mark
    mark.bind(1, key.dayOfID(isJoined))
    mark.bind(2, key.digest)
    mark.bind(3, copies)
    try mark.run()
  }

  /// A temporary table, so that memory does not grow with the file.
  private func seenStatements() throws -> (find: RawStatement, mark: RawStatement) {
    if let seen { return seen }
    let table = "temp.seen_\(layout.name)"
    try database.execute(
      sql: """
        DROP TABLE IF EXISTS \(table);
        CREATE TABLE \(table) (day INTEGER, digest INTEGER, copies INTEGER,
          PRIMARY KEY (day, digest)) WITHOUT ROWID
        """)
    let statements = (
      find: try RawStatement(
        database, "SELECT copies FROM \(table) WHERE day = ?1 AND digest = ?2"),
      mark: try RawStatement(database, "INSERT OR REPLACE INTO \(table) VALUES (?1, ?2, ?3)")
    )
    seen = statements
    return statements
  }
}

/// The rows of one patient's day as they were before a batch.
struct StoredDay {
  struct Row {
    /// Its number within the patient's day.
    var row: Int64 = 0
    var digest: Int64
    var copy: Int64
    var file: Int64
  }

  /// In the order of their digests.
  private(set) var rows: [Row] = []
  /// The number behind the last row's.
  private(set) var next: Int64 = 0

  init(rows: [Row] = [], next: Int64 = 0) {
    self.rows = rows.sorted { ($0.digest, $0.copy) < ($1.digest, $1.copy) }
    self.next = next
  }

  /// The copies of a row. O(log rows).
  func copies(of digest: Int64) -> ArraySlice<Row> {
    guard !rows.isEmpty else { return [] }
    let start = place(of: digest)
    var end = start
    while end < rows.count, rows[end].digest == digest { end += 1 }
    return rows[start..<end]
  }

  /// Whether another record of the day has the same natural key. O(log rows).
  func hasSibling(_ key: DatedKey) -> Bool {
    guard !rows.isEmpty else { return false }
    let start = place(of: key.digest)
    // Digests begin with their keys: siblings lie side by side.
    if start > 0, key.hasKey(of: rows[start - 1].digest) { return true }
    let behind = rows[start...].first { $0.digest != key.digest }
    return behind.map { key.hasKey(of: $0.digest) } ?? false
  }

  private func place(of digest: Int64) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].digest < digest { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
