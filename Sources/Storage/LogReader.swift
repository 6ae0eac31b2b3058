import GRDB
import Records

/// Reads whole patients with statements prepared once. Patients that came one after the other are read
/// together: each day's rows of all of them lie side by side.
public final class LogReader {
  private let database: Database
  private var names = NamePool()
  /// The pool's names of stored ones, by their numbers; nil for those not read yet.
  private var nameIDs: [NameID?] = []
  private var sources: [Int64: SourceFile] = [:]
  private let findName: RawStatement
  private let patient: RawStatement
  private let sets: RawStatement
  private let pain: RawStatement
  private let measurements: RawStatement
  private let program: RawStatement
  private let days: RawStatement
  private let questionnaires: RawStatement

  init(_ database: Database) throws {
    self.database = database
    func rows(_ table: String, _ columns: [String], keyed: String = "day") throws -> RawStatement {
      let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      return try RawStatement(
        database,
        "SELECT \(keyed), file, line, \(names) FROM \(table) WHERE patient = ?1 ORDER BY 1")
    }
    func dated(_ layout: DatedLayout) throws -> RawStatement {
      let names = layout.columns.map { "\"\($0)\"" }.joined(separator: ", ")
      return try RawStatement(
        database,
        "SELECT id, file, line, \(names) FROM \(layout.name) WHERE id >= ?1 ORDER BY id")
    }
    findName = try RawStatement(database, "SELECT text FROM name WHERE id = ?1")
    patient = try RawStatement(
      database, "SELECT id, name, zone, language, sex FROM patient WHERE code = ?1")
    sets = try dated(.exerciseSets)
    pain = try dated(.painEntries)
    measurements = try dated(.measurements)
    questionnaires = try dated(.questionnaires)
    days = try rows("day_entry", ["status", "hours", "reason"])
    program = try rows(
      "program_line",
      [
        "exercise", "component", "sessions_per_week", "weekdays", "sets", "reps", "hold_seconds",
        "minutes", "angle_deg", "side", "end_on",
      ], keyed: "start_on")
    for row in try GRDB.Row.fetchAll(
      database, sql: "SELECT id, name, sha256, refused, left_out FROM file")
    {
      sources[row["id"]] = SourceFile(
        name: row["name"], sha256: row["sha256"], refused: row["refused"],
        leftOut: row["left_out"])
    }
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
    var logs: [PatientLog?] = []
    var places: [(id: Int64, index: Int)] = []
    for code in codes {
      logs.append(nil)
      patient.bind(1, code)
      defer { patient.reset() }
      guard try patient.step() else { continue }
      var log = PatientLog(code: code)
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
      while end < places.count, places[end].id == places[end - 1].id + 1 { end += 1 }
      let read = try group(
        firstID: places[start].id, places[start..<end].compactMap { logs[$0.index] })
      for (place, log) in zip(places[start..<end], read) { logs[place.index] = log }
      start = end
    }
    return logs
  }

  /// Reads the rows of patients with numbers that follow each other.
  private func group(firstID: Int64, _ people: [PatientLog]) throws -> [PatientLog] {
    var logs = people
    let ids = firstID...firstID + Int64(logs.count) - 1
    let own = logs.map { names.intern($0.code) }
    var texts = TextArena()
    try each(sets, ids) { logs[$0].sets.append(try exerciseSet($1, own[$0], &texts)) }
    try each(pain, ids) { logs[$0].pain.append(try painEntry($1, own[$0], &texts)) }
    try each(measurements, ids) { logs[$0].measurements.append(try measurement($1, own[$0])) }
    try each(questionnaires, ids) {
      logs[$0].questionnaires.append(questionnaire($1, own[$0], &texts))
    }
    for (index, id) in ids.enumerated() {
      try each(program, id) { logs[index].program.append(try programLine($0, own[index])) }
      try each(days, id) { logs[index].days.append(dayEntry($0, own[index], &texts)) }
    }
    for index in logs.indices {
      logs[index].names = names
      logs[index].texts = texts
      arrange(&logs[index])
      for file in files(of: logs[index]) { logs[index].sources[file] = sources[file] }
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

  private func each(_ statement: RawStatement, _ id: Int64, _ row: (RawStatement) throws -> Void)
    throws
  {
    statement.bind(1, id)
    defer { statement.reset() }
    while try statement.step() { try row(statement) }
  }

  /// Steps through the rows of some patients, day by day: behind the last one's rows it goes on with
  /// the first one's of the next day that holds anything.
  private func each(
    _ statement: RawStatement, _ ids: ClosedRange<Int64>,
    _ row: (Int, RawStatement) throws -> Void
  ) throws {
    statement.bind(1, Int64.min)
    defer { statement.reset() }
    while try statement.step() {
      let place = RowPlace(statement.integer(0))
      if ids.contains(place.patient) {
        try row(Int(place.patient - ids.lowerBound), statement)
      } else {
        let day = place.patient < ids.lowerBound ? place.day : place.day + 1
        statement.reset()
        statement.bind(1, try RowPlace(day: day, patient: ids.lowerBound).number)
      }
    }
  }

  private func exerciseSet(_ row: RawStatement, _ patient: NameID, _ texts: inout TextArena) throws
    -> ExerciseSet
  {
    var set = ExerciseSet(
      patient: patient, started: timestamp(row), exercise: try name(row.integer(5)),
      position: position(row))
    set.component = code(row, 6)
    set.side = code(row, 7)
    set.sets = row.optionalNumber(8)
    set.reps = row.optionalNumber(9)
    set.holdSeconds = row.optionalNumber(10)
    set.minutes = row.optionalNumber(11)
    set.rpe = row.optionalNumber(12)
    set.completed = row.optionalInteger(13).map { $0 != 0 }
    set.loadKilograms = row.optionalNumber(14)
    set.angleDegrees = row.optionalNumber(15)
    set.painBefore = row.optionalNumber(16)
    set.painAfter = row.optionalNumber(17)
    set.session = try optionalName(row, 18)
    set.order = row.optionalInteger(19)
    if !row.isNull(20) { set.notes = texts.append(row.bytes(20)) }
    return set
  }

  private func painEntry(_ row: RawStatement, _ patient: NameID, _ texts: inout TextArena) throws
    -> PainEntry
  {
    var entry = PainEntry(
      patient: patient, recorded: timestamp(row), score: row.optionalNumber(5) ?? 0,
      position: position(row))
    entry.kind = code(row, 6)
    entry.location = try optionalName(row, 7)
    entry.scale = try optionalName(row, 8)
    entry.flare = row.optionalInteger(9).map { $0 != 0 }
    entry.notes = texts.append(row.bytes(10))
    return entry
  }

  private func measurement(_ row: RawStatement, _ patient: NameID) throws -> Measurement {
    var measurement = Measurement(
      patient: patient, day: Day(number: RowPlace(row.integer(0)).day),
      measure: try name(row.integer(3)),
      value: row.optionalNumber(4) ?? 0, position: position(row))
    measurement.unit = try optionalName(row, 5)
    measurement.side = code(row, 6)
    measurement.rater = try optionalName(row, 7)
    measurement.device = try optionalName(row, 8)
    measurement.trial = row.optionalInteger(9)
    measurement.convention = try optionalName(row, 10)
    return measurement
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

  private func dayEntry(_ row: RawStatement, _ patient: NameID, _ texts: inout TextArena)
    -> DayEntry
  {
    var entry = DayEntry(
      patient: patient, day: Day(number: Int32(row.integer(0))), status: code(row, 3) ?? .excused,
      position: position(row))
    entry.hours = row.optionalNumber(4)
    entry.reason = texts.append(row.bytes(5))
    return entry
  }

  private func questionnaire(_ row: RawStatement, _ patient: NameID, _ texts: inout TextArena)
    -> Questionnaire
  {
    var answer = Questionnaire(
      patient: patient, day: Day(number: RowPlace(row.integer(0)).day),
      instrument: code(row, 3) ?? .odi,
      position: position(row))
    answer.score = row.optionalNumber(4)
    answer.items = texts.append(row.bytes(5))
    return answer
  }

  private func timestamp(_ row: RawStatement) -> Timestamp {
    Timestamp(
      day: Day(number: RowPlace(row.integer(0)).day), milliseconds: row.optionalInteger(3),
      offsetMinutes: Int16(row.integer(4)))
  }

  private func position(_ row: RawStatement) -> SourcePosition {
    SourcePosition(file: row.integer(1), line: row.integer(2))
  }

  private func code<T: Code>(_ row: RawStatement, _ column: Int32) -> T? {
    row.optionalInteger(column).flatMap { T(rawValue: UInt8($0)) }
  }

  private func text(_ row: RawStatement, _ column: Int32) -> String? {
    row.isNull(column) ? nil : String(decoding: row.bytes(column), as: UTF8.self)
  }

  private func optionalName(_ row: RawStatement, _ column: Int32) throws -> NameID? {
    try row.optionalInteger(column).map(name)
  }

  /// The pool's name of a stored one, read once.
  private func name(_ id: Int64) throws -> NameID {
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
