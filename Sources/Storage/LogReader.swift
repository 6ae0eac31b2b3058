import GRDB
import Records

/// Reads whole patients with statements prepared once. Patients whose numbers lie close together are read
/// in one sweep: each day's rows of all of them lie side by side.
public final class LogReader {
  private let database: Database
  private var names = NamePool()
  /// The texts of the patients that are being read.
  var texts = TextArena()
  /// The pool's names of stored ones, by their numbers; nil for those not read yet.
  private var nameIDs: [NameID?] = []
  /// The files that rows came from, those met so far.
  private var sources: [Int64: SourceFile] = [:]
  /// Columns that stand before those of a record.
  private let keys = DatedLayout.keyColumns.count
  /// How many patients there are.
  private let people: Int
  /// Rows that room is made for beforehand, at most.
  private static let mostRoom = 4_096
  /// People between two that are read whose rows are rather stepped over than sought past: about as many
  /// as have their rows of a day on one page.
  private static let widestGap: Int64 = 32
  private let findName: RawStatement
  private let findFile: RawStatement
  private let patient: RawStatement
  private let sets: DatedRows
  private let pain: DatedRows
  private let measurements: DatedRows
  private let questionnaires: DatedRows
  private let program: RawStatement
  private let days: RawStatement

  /// The rows of a dated table: read from the pages of the file, or by SQLite where it is of a kind that
  /// only SQLite understands.
  private enum DatedRows {
    case pages(TableScan)
    case statement(RawStatement)

    init(_ database: Database, _ pages: DatabasePages?, _ layout: DatedLayout) throws {
      if let pages,
        let root = try Int.fetchOne(
          database, sql: "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?",
          arguments: [layout.name])
      {
        self = .pages(try TableScan(pages, root: root))
      } else {
        self = .statement(
          try RawStatement(
            database,
            "SELECT \(layout.storedColumns.joined(separator: ", ")) FROM \(layout.name) "
              + "WHERE id >= ?1 ORDER BY id"))
      }
    }
  }

  /// - Parameters:
  ///   - database: within a transaction that lasts as long as the reader.
  ///   - fromPages: whether rows may be read from the pages of the file.
  init(_ database: Database, fromPages: Bool = true) throws {
    self.database = database
    func rows(
      _ table: String, _ columns: [String], keyed: String = "day", also condition: String = ""
    ) throws -> RawStatement {
      let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      return try RawStatement(
        database,
        """
        SELECT \(keyed), file, line, \(names) FROM \(table) WHERE patient = ?1 \(condition) ORDER BY 1
        """)
    }
    findName = try RawStatement(database, "SELECT text FROM name WHERE id = ?1")
    patient = try RawStatement(
      database, "SELECT id, name, zone, language, sex FROM patient WHERE code = ?1")
    days = try rows("day_entry", ["status", "hours", "reason"], also: "AND day >= ?2")
    program = try rows(
      "program_line",
      [
        "exercise", "component", "sessions_per_week", "weekdays", "sets", "reps", "hold_seconds",
        "minutes", "angle_deg", "side", "end_on",
      ], keyed: "start_on")
    findFile = try RawStatement(
      database, "SELECT name, sha256, refused, left_out FROM file WHERE id = ?1")
    // They are numbered one after the other.
    people = try Int.fetchOne(database, sql: "SELECT max(id) FROM patient") ?? 0
    // What was read above holds the file as it is.
    let pages = fromPages ? try? DatabasePages(database) : nil
    sets = try DatedRows(database, pages, .exerciseSets)
    pain = try DatedRows(database, pages, .painEntries)
    measurements = try DatedRows(database, pages, .measurements)
    questionnaires = try DatedRows(database, pages, .questionnaires)
  }

  /// All that is held of a patient, rows in the order of days, then files and lines.
  ///
  /// - Parameter code: the patient's code.
  /// - Returns: nil when there is no such patient. Complexity: O(rows of the patient).
  public func log(of code: String) throws -> PatientLog? { try logs(of: [code])[0] }

  /// All that is held of some patients, each as `log(of:)` gives it.
  ///
  /// - Parameters:
  ///   - codes: the patients' codes.
  ///   - first: exercise rows before this day are not read; their days are noted. Nil for all rows.
  /// - Returns: one log a code, nil where there is no such patient.
  public func logs(
    of codes: some Collection<String>, exercisesFrom first: Day? = nil
  ) throws -> [PatientLog?] {
    try logs(of: codes.map { ($0, nil) }, exercisesFrom: first)
  }

  /// What is held of some patients from the days on that their pasts do not tell of, with these pasts.
  ///
  /// - Returns: one log a patient, nil where there is none of the code. Complexity: O(rows from the
  ///   earliest of these days on).
  public func logs(behind pasts: [(code: String, past: Past)]) throws -> [PatientLog?] {
    try logs(of: pasts.map { ($0.code, $0.past) }, exercisesFrom: nil)
  }

  private func logs(
    of people: [(code: String, past: Past?)], exercisesFrom first: Day?
  ) throws -> [PatientLog?] {
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
      places.append((patient.integer(0), logs.count - 1))
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
        People(places[start..<end].map(\.id)), places[start..<end].compactMap { logs[$0.index] },
        from: first)
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
    var count: Int { ids.count }

    /// Whether a number lies behind the last one's.
    @inline(__always)
    func isBehind(_ id: Int64) -> Bool { id - first >= places.count }

    /// - Precondition: the number lies between the first and the last.
    @inline(__always)
    func place(of id: Int64) -> Int? { places[Int(id - first)] }
  }

  /// Reads the rows of patients whose numbers lie close together.
  private func group(
    _ ids: People, _ people: [PatientLog], from first: Day?
  ) throws -> [PatientLog] {
    var logs = people
    let own = logs.map { names.intern($0.code) }
    texts = TextArena()
    // Either all have a past or none has.
    let behind = logs.compactMap(\.past?.before)
    let firsts = behind.isEmpty ? nil : behind
    func put<Record: StoredRecord>(
      _ source: DatedRows, _ column: WritableKeyPath<PatientLog, [Record]>, from firsts: [Day]?
    ) throws {
      let records: [[Record]] = try rows(source, ids, own, from: firsts)
      for index in logs.indices { logs[index][keyPath: column] = records[index] }
    }
    try put(sets, \.sets, from: first.map { first in logs.map { _ in first } } ?? firsts)
    if let first {
      let days = try earlierDays(sets, ids, own, before: first)
      for index in logs.indices { logs[index].earlierDays = days[index] }
    }
    try put(pain, \.pain, from: firsts)
    try put(measurements, \.measurements, from: firsts)
    try put(questionnaires, \.questionnaires, from: firsts)
    for (index, id) in ids.ids.enumerated() {
      try each(program, id) { logs[index].program.append(try programLine($0, own[index])) }
      days.bind(2, Int64(firsts?[index].number ?? .min))
      try each(days, id) { logs[index].days.append(dayEntry($0, own[index])) }
    }
    for index in logs.indices {
      logs[index].names = names
      logs[index].texts = texts
      arrange(&logs[index])
      for file in files(of: logs[index]) { logs[index].sources[file] = try source(file) }
    }
    return logs
  }

  /// Rows of a day in the order of their source.
  private func arrange(_ log: inout PatientLog) {
    func arrange<R: DatedRow>(_ rows: inout [R]) {
      func before(_ left: R, _ right: R) -> Bool {
        let leftDay = left.ownDay
        let rightDay = right.ownDay
        if leftDay != rightDay { return leftDay < rightDay }
        if left.position.file != right.position.file {
          return left.position.file < right.position.file
        }
        return left.position.line < right.position.line
      }
      // As they were written, rows mostly lie in this order.
      let isArranged = rows.indices.dropFirst().allSatisfy { !before(rows[$0], rows[$0 - 1]) }
      if !isArranged { rows.sort(by: before) }
    }
    arrange(&log.sets)
    arrange(&log.pain)
    arrange(&log.measurements)
    arrange(&log.questionnaires)
    log.program.sort {
      ($0.position.file, $0.position.line) < ($1.position.file, $1.position.line)
    }
  }

  /// The numbers of the files that rows of a log come from.
  private func files(of log: PatientLog) -> Set<Int64> {
    var files: Set<Int64> = []
    var last: Int64 = -1
    func note<R: Records.Row>(_ rows: [R]) {
      for row in rows where row.position.file != last {
        last = row.position.file
        files.insert(last)
      }
    }
    note(log.sets)
    note(log.pain)
    note(log.measurements)
    note(log.program)
    note(log.days)
    note(log.questionnaires)
    return files
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

  private func each(_ statement: RawStatement, _ id: Int64, _ row: (RawStatement) throws -> Void)
    throws
  {
    statement.bind(1, id)
    defer { statement.reset() }
    while try statement.step() { try row(statement) }
  }

  /// The rows of some patients, by patient and then day.
  private func rows<Record: StoredRecord>(
    _ rows: DatedRows, _ ids: People, _ own: [NameID], from firsts: [Day]?
  ) throws -> [[Record]] {
    switch rows {
    case .pages(let scan): try self.rows(scan, ids, own, from: firsts)
    case .statement(let statement): try self.rows(statement, ids, own, from: firsts)
    }
  }

  private func rows<Record: StoredRecord>(
    _ cursor: some StoredRows, _ ids: People, _ own: [NameID], from firsts: [Day]?
  ) throws -> [[Record]] {
    try seek(cursor, ids, from: firsts?.min())
    let share = min(cursor.estimatedCount / max(people, 1) * 9 / 8, LogReader.mostRoom)
    var records = own.map { _ in
      var rows: [Record] = []
      rows.reserveCapacity(share)
      return rows
    }
    try each(cursor, ids, from: firsts?.min(), to: nil) { index, day in
      if let firsts, day < firsts[index] { return }
      records[index].append(try record(of: cursor, own[index], on: day))
    }
    return records
  }

  /// The days with rows of some patients before a first one.
  private func earlierDays(
    _ rows: DatedRows, _ ids: People, _ own: [NameID], before first: Day
  ) throws -> [[EarlierDay]] {
    switch rows {
    case .pages(let scan): try earlierDays(scan, ids, own, before: first)
    case .statement(let statement): try earlierDays(statement, ids, own, before: first)
    }
  }

  private func earlierDays(
    _ cursor: some StoredRows, _ ids: People, _ own: [NameID], before first: Day
  ) throws -> [[EarlierDay]] {
    var days = [[EarlierDay]](repeating: [], count: own.count)
    try each(cursor, ids, from: nil, to: first - 1) { index, day in
      // Of most days the first row tells.
      if let last = days[index].last, last.day == day, last.isPerformed { return }
      let set: ExerciseSet = try record(of: cursor, own[index], on: day)
      if days[index].last?.day != day {
        days[index].append(EarlierDay(day: day, isPerformed: set.isPerformed))
      } else if set.isPerformed {
        days[index][days[index].count - 1].isPerformed = true
      }
    }
    return days
  }

  /// The row that a cursor stands on.
  @inline(__always)
  private func record<Record: StoredRecord>(
    of cursor: some StoredRows, _ patient: NameID, on day: Day
  ) throws -> Record {
    var columns = ColumnSource(cursor.columns(from: keys), self)
    let record = try Record(&columns, of: patient, on: day)
    if columns.isDamaged {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "row \(cursor.number) is malformed")
    }
    return record
  }

  /// Steps through the rows of some patients, day by day: behind the last one's rows it goes on with
  /// the first one's of the next day that holds anything; those of people between them it steps over.
  ///
  /// - Parameters:
  ///   - first: the first day; nil for that of the first row.
  ///   - last: the last one, nil for that of the last row.
  ///   - body: takes the patient's place among them, and the day.
  @inline(__always)
  private func each(
    _ cursor: some StoredRows, _ ids: People, from first: Day?, to last: Day?,
    _ body: (Int, Day) throws -> Void
  ) throws {
    let last = last?.number ?? .max
    try seek(cursor, ids, from: first)
    defer { cursor.reset() }
    while try cursor.step() {
      let place = RowPlace(cursor.number)
      if place.day > last { return }
      if place.patient < ids.first || ids.isBehind(place.patient) {
        let day = place.patient < ids.first ? place.day : place.day + 1
        try cursor.seek(try RowPlace(day: day, patient: ids.first).number)
      } else if let own = ids.place(of: place.patient) {
        try body(own, Day(number: place.day))
      }
    }
  }

  /// Goes to the first row of a day and people.
  private func seek(_ cursor: some StoredRows, _ ids: People, from first: Day?) throws {
    try cursor.seek(
      try first.map { try RowPlace(day: $0.number, patient: ids.first).number } ?? .min)
  }

  private func programLine(_ row: RawStatement, _ patient: NameID) throws -> ProgramLine {
    var line = ProgramLine(
      patient: patient, exercise: try name(row.integer(3)),
      component: code(row, 4) ?? .other, sessionsPerWeek: row.optionalNumber(5),
      position: position(row))
    line.startOn = row.optionalInteger(0).map { Day(number: Int32($0)) }
    line.weekdays = UInt8(row.integer(6))
    line.sets = row.optionalNumber(7)
    line.reps = row.optionalNumber(8)
    line.holdSeconds = row.optionalNumber(9)
    line.minutes = row.optionalNumber(10)
    line.angleDegrees = row.optionalNumber(11)
    line.side = code(row, 12)
    line.endOn = row.optionalInteger(13).map { Day(number: Int32($0)) }
    return line
  }

  private func dayEntry(_ row: RawStatement, _ patient: NameID) -> DayEntry {
    var entry = DayEntry(
      patient: patient, day: Day(number: Int32(row.integer(0))), status: code(row, 3) ?? .excused,
      position: position(row))
    entry.hours = row.optionalNumber(4)
    entry.reason = texts.append(row.bytes(5))
    return entry
  }

  private func position(_ row: RawStatement) -> SourcePosition {
    SourcePosition(file: row.integer(1), line: row.integer(2))
  }

  private func code<T: Code>(_ row: RawStatement, _ column: Int) -> T? {
    row.optionalInteger(column).flatMap { T(rawValue: UInt8($0)) }
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
    guard try findName.step() else { throw StorageError.failed(cause: "name \(id) is not there") }
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
    try explaining { try queue.read { try body(LogReader($0)) } }
  }

  /// The codes of all people, in order.
  public func patientCodes() throws -> [String] {
    try explaining {
      try queue.read { try String.fetchAll($0, sql: "SELECT code FROM patient ORDER BY code") }
    }
  }

  /// The places of some codes in the order in which these people's rows lie: read in it, shares of them
  /// are sweeps. Those of nobody come last. O(people).
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
        var days = try DatedLayout.all.compactMap { layout in
          try Int64.fetchOne(database, sql: "SELECT max(id) FROM \(layout.name)")
            .map { RowPlace($0).day }
        }
        // A seek a person instead of a sweep over all rows.
        days += [
          try Int32.fetchOne(
            database,
            sql: """
              SELECT max((SELECT max(day) FROM day_entry WHERE patient = patient.id)) FROM patient
              """)
        ].compactMap(\.self)
        return days.max().map(Day.init(number:))
      }
    }
  }
}
