import GRDB
import Records

/// While a file is written: which rows of its earlier versions it holds again, and which rows of
/// other files.
final class VersionTracking {
  /// A stored row by its table and what tells it apart there: its place, or its patient's number
  /// and key.
  private struct Marks {
    var note: RawStatement
  }

  private let database: Database
  private let file: Int64
  /// The file's earlier versions; empty for the first one.
  let versions: Set<Int64>
  private var marks: [String: Marks] = [:]
  /// The days of the file's records so far.
  private(set) var days: (first: Int32, last: Int32)?
  /// Days of each patient on which it holds rows that other files brought.
  private var shared: [Shared: (first: Int32, last: Int32)] = [:]
  private struct Shared: Hashable {
    var file: Int64
    var patient: Int64
  }
  private var lastShared: (key: Shared, days: (first: Int32, last: Int32))?
  /// The greatest line of its rows.
  private(set) var lastLine: Int64 = 0
  /// Numbers of the exercises that it names.
  private(set) var exercises: Set<Int64> = []

  /// - Parameters:
  ///   - file: the number of the file that is written.
  ///   - former: its version before.
  init(_ database: Database, file: Int64, former: FormerVersion?) throws {
    self.database = database
    self.file = file
    guard let former else {
      versions = []
      return
    }
    versions = Set(
      try Int64.fetchAll(
        database,
        sql: """
          WITH RECURSIVE version(id) AS (
            SELECT ?1 UNION SELECT former FROM file JOIN version USING (id)
            WHERE former IS NOT NULL)
          SELECT id FROM version
          """, arguments: [former.id]))
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS temp.version (id INTEGER PRIMARY KEY);
        DELETE FROM temp.version
        """)
    try database.execute(
      sql: "INSERT INTO temp.version SELECT value FROM json_each(?)",
      arguments: ["[" + versions.sorted().map(String.init).joined(separator: ",") + "]"])
  }

  /// Whether any earlier version is known.
  var hasFormer: Bool { !versions.isEmpty }

  /// Those of the versions that lay in a place.
  func versions(at place: String?) throws -> Set<Int64> {
    guard let place else { return [] }
    return Set(
      try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM temp.version WHERE id IN (SELECT id FROM file WHERE place = ?1)
            OR id IN (SELECT file FROM file_place WHERE place = ?1)
          """, arguments: [place]))
  }

  /// Everybody with rows that the versions brought.
  func peopleOfVersions() throws -> Set<Int64> {
    Set(
      try Int64.fetchAll(
        database,
        sql: """
          SELECT DISTINCT patient FROM file_reach WHERE file IN (SELECT id FROM temp.version)
          """))
  }

  // MARK: While rows are written

  /// Notes the lines of a batch, up to the last one, and the exercises that it names.
  func note(_ batch: Batch, exercise: (NameID) throws -> Int64?) throws {
    for rejection in batch.rejections { lastLine = max(lastLine, rejection.position.line) }
    var finder = LastLine(batch: batch)
    Kind.walk(&finder)
    lastLine = max(lastLine, finder.line)
    guard hasFormer else { return }
    var last: NameID?
    for row in batch.sets where row.exercise != last {
      last = row.exercise
      if let number = try exercise(row.exercise) { exercises.insert(number) }
    }
  }

  private struct LastLine: KindWalker {
    typealias Failure = Never
    let batch: Batch
    var line: Int64 = 0

    private mutating func note<R: Records.Row>(_ rows: [R]) {
      if let last = rows.last { line = max(line, last.position.line) }
    }
    mutating func visit<R: Records.Row>(_ kind: R.Type) { note(batch.patients) }
    mutating func visit<R: DatedRow>(dated kind: R.Type) { note(batch.records[keyPath: R.rows]) }
    mutating func visit<R: KeyedRow>(keyed kind: R.Type) { note(batch.records[keyPath: R.rows]) }
  }

  /// Notes a day with a record.
  @inline(__always)
  func note(day: Int32) { days = VersionTracking.union(days, day) }

  private static func union(_ days: (first: Int32, last: Int32)?, _ day: Int32)
    -> (first: Int32, last: Int32)
  {
    (min(days?.first ?? day, day), max(days?.last ?? day, day))
  }

  /// Notes that a stored row of a dated table is in this file too.
  @inline(__always)
  func meet(_ row: StoredDay.Row, on day: RowPlace, _ table: RecordTable) throws {
    if row.file == file { return }
    if versions.contains(row.file) {
      try mark(table, (day.number & ~RowPlace.most) | row.row, 0)
    } else {
      share(row.file, day.patient, day.day)
    }
  }

  /// Notes that a stored row with a key is in this file too.
  func meet(key: Int64, of patient: Int64, from owner: Int64, day: Int32?, _ table: RecordTable)
    throws
  {
    if owner == file { return }
    if versions.contains(owner) {
      try mark(table, patient, key)
    } else {
      for day in day.map({ [$0] }) ?? [Int32.min, Int32.max] { share(owner, patient, day) }
    }
  }

  private func share(_ owner: Int64, _ patient: Int64, _ day: Int32) {
    let key = Shared(file: owner, patient: patient)
    if let last = lastShared {
      if last.key == key {
        lastShared?.days = VersionTracking.union(last.days, day)
        return
      }
      shared[last.key] = last.days
    }
    lastShared = (key, VersionTracking.union(shared[key], day))
  }

  /// A temporary table, so that memory does not grow with the file.
  private func mark(_ table: RecordTable, _ first: Int64, _ second: Int64) throws {
    if let known = marks[table.name] {
      known.note.bind(1, first)
      known.note.bind(2, second)
      _ = try known.note.run()
      return
    }
    try makeMarks(table)
    try mark(table, first, second)
  }

  /// Nothing is dropped: a look-up may be under way.
  private func makeMarks(_ table: RecordTable) throws {
    let name = VersionTracking.marksTable(table)
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS \(name) (
          first INTEGER, second INTEGER, PRIMARY KEY (first, second)) WITHOUT ROWID;
        DELETE FROM \(name)
        """)
    marks[table.name] = Marks(
      note: try RawStatement(database, "INSERT OR IGNORE INTO \(name) VALUES (?1, ?2)"))
  }

  private static func marksTable(_ table: RecordTable) -> String { "temp.held_\(table.name)" }

  // MARK: At the end

  /// A row of an earlier version that is not in the file.
  struct Missing {
    var table: RecordTable
    var place: RecordPlace
    var day: Int64?
    var digest: Int64
    var file: Int64
    var line: Int64
  }

  /// The stored rows of earlier versions that are not in the file. Rows that their source names are
  /// known by that, and are not among them.
  ///
  /// - Parameter former: the days of the version before; of other days than those and the file's
  ///   own nothing is asked.
  ///   Complexity: O(days × patients of the versions), or O(rows of the days) for many patients.
  func missing(beside former: Period?) throws -> [Missing] {
    let firsts = [days?.first, former?.from.number].compactMap(\.self)
    let lasts = [days?.last, former?.to.number].compactMap(\.self)
    let asked = (first: Int64(firsts.min() ?? .min), last: Int64(lasts.max() ?? .max))
    guard hasFormer else { return [] }
    var found: [Missing] = []
    for table in RecordTable.ofPeople {
      if marks[table.name] == nil { try makeMarks(table) }
      found +=
        try (table.sort == .dated ? missing(dated: table, asked) : missing(keyed: table, asked))
    }
    return found
  }

  /// The exercises of rows of earlier versions, but one, that are in the file too.
  func exercisesMet(besides version: Int64?) throws -> Set<Int64> {
    guard let table = RecordTable.of(.sessions) else { return [] }
    return Set(
      try Int64.fetchAll(
        database,
        sql: """
          SELECT DISTINCT exercise FROM \(VersionTracking.marksTable(table)) AS held
          JOIN \(table.name) AS each ON each.id = held.first WHERE each.file IS NOT ?
          """, arguments: [version]))
  }

  private func missing(keyed table: RecordTable, _ asked: (first: Int64, last: Int64)) throws
    -> [Missing]
  {
    let day = table.sort == .daily ? "day" : "NULL"
    return try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT patient, key, \(day) AS day, digest, file, line FROM \(table.name)
        WHERE file IN (SELECT id FROM temp.version) AND patient IN (\(patientsOfVersions))
        AND (patient, key) NOT IN (SELECT first, second FROM \(VersionTracking.marksTable(table)))
        AND (\(day) IS NULL OR \(day) BETWEEN ?2 AND ?3)
        """, arguments: [table.kind.rawValue, asked.first, asked.last]
    ).map { row in
      Missing(
        table: table,
        place: RecordPlace(table: table.name, patient: row["patient"], key: ("key", row["key"])),
        day: row["day"], digest: row["digest"], file: row["file"], line: row["line"])
    }
  }

  private var patientsOfVersions: String {
    "SELECT patient FROM file_reach WHERE kind = ?1 AND file IN (SELECT id FROM temp.version)"
  }

  private func missing(dated table: RecordTable, _ asked: (first: Int64, last: Int64)) throws
    -> [Missing]
  {
    let reach = try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT patient, max(min(first), ?2) AS first, min(max(last), ?3) AS last FROM file_reach
        WHERE kind = ?1 AND file IN (SELECT id FROM temp.version) AND first <= ?3 AND last >= ?2
        GROUP BY patient
        """, arguments: [table.kind.rawValue, asked.first, asked.last])
    guard !reach.isEmpty else { return [] }
    let isMissing = """
      each.file IN (SELECT id FROM temp.version)
      AND (each.id, 0) NOT IN (SELECT first, second FROM \(VersionTracking.marksTable(table)))
      AND NOT EXISTS (SELECT 1 FROM source_row WHERE source_row.digest = each.digest
        AND source_row.day = each.day AND source_row.patient = each.patient)
      """
    let columns = "each.id, each.patient, each.day, each.digest, each.file, each.line"
    var found: [Missing] = []
    func add(_ sql: String, _ arguments: StatementArguments) throws {
      let rows = try GRDB.Row.fetchCursor(database, sql: sql, arguments: arguments)
      while let row = try rows.next() {
        found.append(
          Missing(
            table: table,
            place: RecordPlace(table: table.name, patient: row[1], key: ("id", row[0])),
            day: row[2], digest: row[3], file: row[4], line: row[5]))
      }
    }
    if reach.count > VersionTracking.fewPatients {
      let days = reach.map { ($0["first"] as Int64, $0["last"] as Int64) }
      let first = RowPlace.first(day: "?1", patient: "0")
      let behind = RowPlace.first(day: "(?2 + 1)", patient: "0")
      try add(
        """
        SELECT \(columns) FROM \(table.name) AS each
        WHERE each.id >= \(first) AND each.id < \(behind) AND \(isMissing) ORDER BY each.id
        """, [days.map(\.0).min(), days.map(\.1).max()])
      return found
    }
    let place = RowPlace.first(day: "day.number", patient: "?3")
    for person in reach {
      try add(
        """
        WITH RECURSIVE day(number) AS (
          SELECT ?1 UNION ALL SELECT number + 1 FROM day WHERE number < ?2)
        SELECT \(columns) FROM day CROSS JOIN \(table.name) AS each
        ON each.id BETWEEN \(place) AND (\(place) | \(RowPlace.most)) WHERE \(isMissing)
        """,
        [person["first"] as Int64, person["last"] as Int64, person["patient"] as Int64])
    }
    return found
  }

  /// Up to so many patients are looked for one by one.
  private static let fewPatients = 64

  /// Stores where the rows are that the file brought, and which rows of other files it holds.
  ///
  /// - Parameter reached: days of patients by kind; 0 and 0 where rows belong to no day.
  func store(_ reached: [(kind: Kind, patient: Int64, first: Int32, last: Int32)]) throws {
    if let last = lastShared { shared[last.key] = last.days }
    let put = try RawStatement(
      database,
      "INSERT OR REPLACE INTO file_reach (file, kind, patient, first, last) "
        + "VALUES (?1, ?2, ?3, ?4, ?5)")
    for reach in reached {
      put.bind(1, file)
      put.bind(2, reach.kind.rawValue)
      put.bind(3, reach.patient)
      put.bind(4, Int64(reach.first))
      put.bind(5, Int64(reach.last))
      _ = try put.run()
    }
    let share = try RawStatement(
      database,
      "INSERT OR REPLACE INTO file_share (file, patient, holder, first, last) "
        + "VALUES (?1, ?2, ?3, ?4, ?5)")
    for (key, days) in shared.sorted(by: {
      ($0.key.file, $0.key.patient) < ($1.key.file, $1.key.patient)
    }) {
      share.bind(1, key.file)
      share.bind(2, key.patient)
      share.bind(3, file)
      share.bind(4, Int64(days.first))
      share.bind(5, Int64(days.last))
      _ = try share.run()
    }
  }
}
