import Foundation
import GRDB
import GRDBSQLite
import Records

/// Reads whole patients with statements prepared once. Patients whose numbers lie close together
/// are read in one sweep: each day's rows of all of them lie side by side.
public final class LogReader {
  private let database: Database
  var names = NamePool()
  /// The texts of the patients that are being read.
  var texts = TextArena()
  /// The pool's names of stored ones, by their numbers; nil for those not read yet.
  private var nameIDs: [NameID?] = []
  /// The files that rows came from, those met so far.
  private var sources: [Int64: SourceFile] = [:]
  /// People between two that are read whose rows are rather stepped over than sought past: about as
  /// many as have their rows of a day on one page.
  private static let widestGap: Int64 = 32
  /// Rows that room is made for beforehand, at most.
  private static let mostRoom = 4_096
  /// More names than any database holds.
  private static let mostNames: Int64 = 1 << 26
  let function: RowFunction
  private let findName: RawStatement
  private let findFile: RawStatement
  private let patient: RawStatement
  private let dated: [Kind: DatedRows]
  private let keyed: [Kind: KeyedRows]

  /// Names of exercises that are read for others, and what those met so far come to.
  let aliases: ExerciseAliases
  var renames: [NameID: NameID] = [:]

  /// - Parameter database: within a transaction that lasts as long as the reader.
  init(_ database: Database, aliases: ExerciseAliases = ExerciseAliases()) throws {
    self.database = database
    self.aliases = aliases
    function = try RowFunction(database)
    findName = try RawStatement(database, "SELECT text FROM name WHERE id = ?1")
    patient = try RawStatement(
      database, "SELECT id, name, zone, language, sex FROM patient WHERE code = ?1")
    findFile = try RawStatement(
      database, "SELECT name, sha256, refused, left_out FROM file WHERE id = ?1")
    var dated: [Kind: DatedRows] = [:]
    var keyed: [Kind: KeyedRows] = [:]
    for table in RecordTable.all {
      switch table.sort {
      case .dated: dated[table.kind] = try DatedRows(database, table)
      case .keyed, .daily: keyed[table.kind] = try KeyedRows(database, table)
      case .person: continue
      }
    }
    self.dated = dated
    self.keyed = keyed
  }

  /// All that is held of a patient, rows in the order of days, then files and lines.
  ///
  /// - Parameter code: the patient's code.
  /// - Returns: nil when there is no such patient. Complexity: O(rows of the patient).
  public func log(of code: String) throws -> PatientLog? { try logs(of: [code])[0] }

  /// All that is held of some patients, each as `log(of:)` gives it.
  ///
  /// - Parameter codes: the patients' codes.
  /// - Returns: one log a code, nil where there is no such patient.
  public func logs(of codes: some Collection<String>) throws -> [PatientLog?] {
    try logs(ofPeople: codes.map { ($0, nil) })
  }

  /// What is held of some patients from the days on that their pasts do not tell of, with these
  /// pasts.
  ///
  /// - Returns: one log a patient, nil where there is none of the code. Complexity: O(rows from the
  ///   earliest of these days on).
  public func logs(behind pasts: [(code: String, past: Past)]) throws -> [PatientLog?] {
    try logs(ofPeople: pasts.map { ($0.code, $0.past) })
  }

  private func logs(ofPeople people: [(code: String, past: Past?)]) throws -> [PatientLog?] {
    var logs: [PatientLog?] = []
    var places: [(id: Int64, index: Int)] = []
    for (code, past) in people {
      logs.append(nil)
      patient.bind(1, code)
      defer { patient.reset() }
      guard try patient.step() else { continue }
      var log = PatientLog(code: code)
      log.past = past
      log.name = text(patient, 1)
      log.zone = text(patient, 2)
      log.language = text(patient, 3)
      log.sex = text(patient, 4)
      let id = patient.integer(0)
      guard (0...RowPlace.most).contains(id) else {
        throw StoredDamage(table: "patient", row: id, column: "id")
      }
      places.append((id, logs.count - 1))
      logs[logs.count - 1] = log
    }
    places.sort { $0.id < $1.id }
    var start = 0
    while start < places.count {
      var end = start + 1
      while end < places.count,
        (1...LogReader.widestGap).contains(places[end].id - places[end - 1].id)
      { end += 1 }
      let read = try group(
        People(places[start..<end].map(\.id)), places[start..<end].compactMap { logs[$0.index] })
      for (place, log) in zip(places[start..<end], read) { logs[place.index] = log }
      start = end
    }
    return logs
  }

  /// Patients that are read in one sweep, by their numbers in ascending order.
  private struct People {
    let ids: [Int64]
    /// The place of a number, from the first one on, among them; nil for somebody else's.
    private let places: [Int?]

    init(_ ids: [Int64]) {
      self.ids = ids
      let first = ids.first ?? 0
      var places = [Int?](repeating: nil, count: Int((ids.last ?? -1) - first) + 1)
      for (place, id) in ids.enumerated() { places[Int(id - first)] = place }
      self.places = places
    }

    var first: Int64 { ids.first ?? 0 }
    var last: Int64 { ids.last ?? 0 }
    var count: Int { ids.count }

    /// - Precondition: the number lies between the first and the last.
    @inline(__always)
    func place(of id: Int64) -> Int? { places[Int(id - first)] }
  }

  /// Reads the rows of patients whose numbers lie close together.
  private func group(_ ids: People, _ people: [PatientLog]) throws -> [PatientLog] {
    var logs = people
    let own = logs.map { names.intern($0.code) }
    texts = TextArena()
    // Either all have a past or none has.
    let behind = logs.compactMap(\.past?.before)
    let firsts = behind.isEmpty ? nil : behind
    var reading = KindReading(
      reader: self, people: ids, own: own, firsts: firsts, logs: logs)
    try Kind.walk(&reading)
    logs = reading.logs
    if !aliases.isEmpty {
      for index in logs.indices { rename(in: &logs[index]) }
    }
    for index in logs.indices {
      logs[index].names = names
      logs[index].texts = texts
      for file in reading.files[index] { logs[index].sources[file] = try source(file) }
    }
    return logs
  }

  /// Reads the rows of every kind into the logs of some people.
  private struct KindReading: KindWalker {
    typealias Failure = any Error
    let reader: LogReader
    let people: People
    let own: [NameID]
    let firsts: [Day]?
    var logs: [PatientLog]
    /// The numbers of the files that each one's rows come from.
    var files: [Set<Int64>]

    init(
      reader: LogReader, people: People, own: [NameID], firsts: [Day]?, logs: [PatientLog]
    ) {
      self.reader = reader
      self.people = people
      self.own = own
      self.firsts = firsts
      self.logs = logs
      files = logs.map { _ in [] }
    }

    /// What is said of people is in their logs.
    mutating func visit<R: Records.Row>(_ kind: R.Type) {}

    mutating func visit<R: DatedRow>(dated kind: R.Type) throws {
      guard let rows = reader.dated[R.kind] else { return }
      let records: [[R]] = try reader.rows(rows, people, own, from: firsts)
      for index in logs.indices { put(records[index], at: index) { $0.ownDay } }
    }

    mutating func visit<R: KeyedRow>(keyed kind: R.Type) throws {
      guard let rows = reader.keyed[R.kind] else { return }
      for (index, id) in people.ids.enumerated() {
        let records: [R] = try reader.rows(rows, of: id, own[index], from: firsts?[index])
        put(records, at: index) { $0.belongsTo ?? Day(number: 0) }
      }
    }

    /// Puts rows into a log, those of a day in the order of their source.
    @inline(__always)
    private mutating func put<R: Records.Row>(_ rows: [R], at index: Int, _ day: (R) -> Day) {
      func before(_ left: R, _ right: R) -> Bool {
        let leftDay = day(left)
        let rightDay = day(right)
        if leftDay != rightDay { return leftDay < rightDay }
        if left.position.file != right.position.file {
          return left.position.file < right.position.file
        }
        return left.position.line < right.position.line
      }
      // As they were written, rows mostly lie in this order.
      let isArranged = rows.indices.dropFirst().allSatisfy { !before(rows[$0], rows[$0 - 1]) }
      logs[index].records[keyPath: R.rows] = isArranged ? rows : rows.sorted(by: before)
      var last: Int64 = -1
      for row in rows where row.position.file != last {
        last = row.position.file
        files[index].insert(last)
      }
    }
  }

  /// A file by its number, read once; nil when there is none.
  private func source(_ id: Int64) throws -> SourceFile? {
    if let known = sources[id] { return known }
    findFile.bind(1, id)
    defer { findFile.reset() }
    guard try findFile.step(), let name = text(findFile, 0), let sha256 = text(findFile, 1) else {
      return nil
    }
    let file = SourceFile(
      name: name, sha256: sha256, refused: Int(findFile.integer(2)),
      leftOut: Int(findFile.integer(3)))
    sources[id] = file
    return file
  }

  /// The rows of a kind with keys of one patient, those before a first day left out where it has
  /// days.
  private func rows<R: KeyedRow>(
    _ rows: KeyedRows, of id: Int64, _ own: NameID, from first: Day?
  ) throws -> [R] {
    rows.statement.bind(1, id)
    if rows.hasDays { rows.statement.bind(2, Int64(first?.number ?? .min)) }
    var records: [R] = []
    var columns = StoredColumns(self)
    try function.run(rows.statement) { values in
      let key = sqlite3_value_int64(values[0])
      if rows.hasDays, !ValueRange.days.contains(key) {
        throw StoredDamage(table: rows.table.name, row: nil, column: "day")
      }
      records.append(
        try columns.read(
          values + 1, of: own, on: Day(number: Int32(truncatingIfNeeded: key))))
      if columns.isDamaged {
        throw StoredDamage(rows.table.name, nil, rows.columns, columns.damaged)
      }
    }
    return records
  }

  /// The rows of some patients, by patient and then day.
  private func rows<R: DatedRow>(
    _ rows: DatedRows, _ ids: People, _ own: [NameID], from firsts: [Day]?
  ) throws -> [[R]] {
    var records = own.map { _ in
      var records: [R] = []
      records.reserveCapacity(rows.room)
      return records
    }
    var columns = StoredColumns(self)
    try each(rows, ids, from: firsts?.min(), to: nil) { index, day, values in
      if let firsts, day < firsts[index] { return }
      records[index].append(
        try columns.read(values + DatedRows.keys, of: own[index], on: day))
      if columns.isDamaged {
        throw StoredDamage(
          rows.layout.name, sqlite3_value_int64(values[0]), rows.columns, columns.damaged)
      }
    }
    // Others have about as many.
    rows.room = min(LogReader.mostRoom, records.lazy.map(\.count).max() ?? 0)
    return records
  }

  /// Runs through the rows of some patients, day by day; those of people between them it steps
  /// over.
  ///
  /// - Parameters:
  ///   - first: the first day; nil for that of the first row.
  ///   - last: the last one, nil for that of the last row.
  ///   - body: takes the patient's place among them, the day, and the row.
  /// - Throws: a damage where a row lies under another day or patient than it says itself.
  @inline(__always)
  private func each(
    _ rows: DatedRows, _ ids: People, from first: Day?, to last: Day?,
    _ body: (Int, Day, RowValues) throws -> Void
  ) throws {
    rows.statement.bind(
      1, try first.map { try RowPlace(day: $0.number, patient: ids.first).number } ?? .min)
    rows.statement.bind(2, Int64(last?.number ?? RowPlace.lastDay))
    rows.statement.bind(3, try RowPlace(day: 0, patient: ids.first).number)
    rows.statement.bind(4, try RowPlace(day: 0, patient: ids.last).last.number)
    try function.run(rows.statement) { values in
      let place = RowPlace(sqlite3_value_int64(values[0]))
      let day = Day(number: place.day)
      if place.patient != sqlite3_value_int64(values[1])
        || Int64(place.day) != sqlite3_value_int64(values[2]) || !Day.possible.contains(day)
      {
        throw StoredDamage(table: rows.layout.name, row: place.number, column: "id")
      }
      if let own = ids.place(of: place.patient) { try body(own, day, values) }
    }
  }

  private func text(_ row: RawStatement, _ column: Int) -> String? {
    let bytes = row.bytes(column)
    return bytes.baseAddress == nil ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// The pool's name of a stored one, read once.
  func name(_ id: Int64) throws -> NameID {
    let index = Int(id)
    if index >= 0, index < nameIDs.count, let known = nameIDs[index] { return known }
    findName.bind(1, id)
    defer { findName.reset() }
    // They are numbered one after the other; one that is named by a row and not there was never
    // written.
    guard (0..<LogReader.mostNames).contains(id), try findName.step() else {
      throw StoredDamage(table: "name", row: id, column: "id")
    }
    let name = names.intern(findName.bytes(0))
    if index >= nameIDs.count {
      nameIDs.append(contentsOf: repeatElement(nil, count: index + 1 - nameIDs.count))
    }
    nameIDs[index] = name
    return name
  }
}

extension Store {
  /// Calls a closure with a reader of whole patients, all from one state of the database.
  public func readLogs<T>(_ body: (LogReader) throws -> T) throws -> T {
    try explaining { try queue.read { try body(LogReader($0, aliases: aliases)) } }
  }

  /// The codes of all people, in order.
  public func patientCodes() throws -> [String] {
    try explaining {
      try queue.read { try String.fetchAll($0, sql: "SELECT code FROM patient ORDER BY code") }
    }
  }

  /// The places of some codes in the order in which these people's rows lie: read in it, shares of
  /// them are sweeps. Those of nobody come last. O(people).
  public func readingOrder(of codes: [String]) throws -> [Int] {
    if codes.count < 3 { return Array(codes.indices) }
    let numbers = try explaining {
      try queue.read { database in
        let rows = try GRDB.Row.fetchCursor(database, sql: "SELECT code, id FROM patient")
        var numbers: [String: Int64] = [:]
        while let row = try rows.next() { numbers[row[0]] = row[1] }
        return numbers
      }
    }
    let keys = codes.map { numbers[$0] ?? .max }
    return codes.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }

  /// The last day with any record, nil for an empty database.
  public func lastDay() throws -> Day? {
    try explaining {
      try queue.read { database in
        var days: [Day] = []
        for table in RecordTable.ofPeople {
          switch table.sort {
          case .dated:
            let last = try Int64.fetchOne(database, sql: "SELECT max(id) FROM \(table.name)")
            if let last { days.append(Day(number: try RowPlace(stored: last, of: table.name).day)) }
          case .daily:
            // A seek a person instead of a sweep over all rows.
            let last = try Int64.fetchOne(
              database,
              sql: """
                SELECT max((SELECT max(day) FROM \(table.name) WHERE patient = patient.id))
                FROM patient
                """)
            if let last { days.append(try Day(stored: last, of: table.name)) }
          case .keyed, .person: continue
          }
        }
        return days.max()
      }
    }
  }
}

extension Day {
  /// A day read from a column.
  init(stored number: Int64, of table: String) throws {
    guard let number = Int32(exactly: number), Day.possible.contains(Day(number: number)) else {
      throw StoredDamage(table: table, row: nil, column: "day")
    }
    self.init(number: number)
  }
}

/// The rows of some people in a dated table, day by day: on each day that holds any row the
/// statement seeks the first of these people, wherever the days lie.
private final class DatedRows {
  let layout: RecordTable
  /// Names of the columns of a record, as they are read.
  let columns: [String]
  let statement: RawStatement
  /// Columns before those of a record.
  static let keys = 3
  /// How many rows to make room for.
  var room = 0

  /// - Parameter columns: what is read of a row; nil for all that a record has.
  init(_ database: Database, _ layout: RecordTable, columns: [String]? = nil) throws {
    self.layout = layout
    self.columns = columns ?? (layout.columns.map(\.name) + ["file", "line"])
    let listed = (columns ?? self.columns.map { "row.\"\($0)\"" }).joined(separator: ", ")
    // ?1 the first row of all, ?2 the last day, ?3 and ?4 the first and last of these people on a
    // day.
    let day = RowPlace.day("(SELECT id FROM \(layout.name) WHERE id >= {} ORDER BY id LIMIT 1)")
    func first(_ from: String) -> String { day.replacingOccurrences(of: "{}", with: from) }
    statement = try RawStatement(
      database,
      """
      WITH RECURSIVE each(day) AS (
        SELECT \(first("?1"))
        UNION ALL
        SELECT \(first(RowPlace.place("each.day + 1", "?3"))) FROM each
        WHERE each.day < ?2 AND each.day < \(RowPlace.lastDay))
      SELECT \(RowFunction.name)(row.id, row.patient, row.day, \(listed))
      FROM each CROSS JOIN \(layout.name) AS row
      WHERE each.day <= ?2
        AND row.id BETWEEN \(RowPlace.place("each.day", "?3")) AND \
        \(RowPlace.place("each.day", "?4"))
      """)
  }
}

/// The rows of one patient in a table with keys.
private final class KeyedRows {
  let table: RecordTable
  /// Names of the columns of a record, as they are read.
  let columns: [String]
  let statement: RawStatement
  /// Whether each is of a day, which is read before the columns.
  let hasDays: Bool

  init(_ database: Database, _ table: RecordTable) throws {
    self.table = table
    columns = table.columns.map(\.name) + ["file", "line"]
    hasDays = table.hasDays
    let listed = ([hasDays ? "day" : "key"] + columns).map(quoted).joined(separator: ", ")
    statement = try RawStatement(
      database,
      """
      SELECT \(RowFunction.name)(\(listed)) FROM \(table.name) WHERE patient = ?1
      """ + (hasDays ? " AND day >= ?2" : ""))
  }
}
