import GRDB
import Records

/// What is said of somebody's standing.
public enum StandingAct: Sendable, Equatable {
  /// Off the list until a day.
  case snooze(until: Day)
  /// Off the list and without nightly reports.
  case discharge
  /// On the list again.
  case readmit

  /// The word for it in the database, which is the command's too.
  public var word: String {
    switch self {
    case .snooze: "snooze"
    case .discharge: "discharge"
    case .readmit: "readmit"
    }
  }
}

extension Store {
  /// Who was snoozed or discharged last, by code; snoozes may be over.
  public func standings() throws -> [String: Standing] {
    try explaining {
      try queue.read { database in
        try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT code, act, day, until, max(standing.id) FROM standing
            JOIN patient ON patient.id = patient WHERE undone IS NULL GROUP BY patient
            """
        ).reduce(into: [:]) { all, row in all[row["code"]] = try Standings.standing(row) }
      }
    }
  }

  /// A number that is another one after each change of anybody's standing.
  public func standingsMark() throws -> Int {
    try explaining {
      try queue.read {
        try Int.fetchOne(
          $0, sql: "SELECT coalesce(max(id), 0) + count(*) + count(undone) FROM standing") ?? 0
      }
    }
  }

  /// Notes what a run says of somebody; what lists gave of the person before is news again when it
  /// comes back.
  ///
  /// - Parameters:
  ///   - code: the person's id.
  ///   - run: by which it is undone.
  ///   - day: on which it is said.
  /// - Returns: false for nobody of that id.
  public func note(_ act: StandingAct, of code: String, run: Int64, on day: Day) throws -> Bool {
    try requireSound()
    return try explaining {
      try queue.write { database in
        guard
          let patient = try Int64.fetchOne(
            database, sql: "SELECT id FROM patient WHERE code = ?", arguments: [code])
        else { return false }
        try Standings(database).add(act, patient, run: run, on: day)
        return true
      }
    }
  }

  /// What lists noted, by code, and the as-of day of the last one.
  public func callNotes() throws -> (notes: [String: [CallNote]], lastList: Day?) {
    try explaining {
      try queue.read { database in
        let rows = try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT code, reason, since, last, is_told FROM run_call
            JOIN patient ON patient.id = patient ORDER BY patient, reason
            """)
        var notes: [String: [CallNote]] = [:]
        for row in rows {
          notes[row["code"], default: []].append(
            CallNote(
              row["reason"], since: try Day(stored: row["since"], of: "run_call"),
              last: try Day(stored: row["last"], of: "run_call"), isTold: row["is_told"]))
        }
        let last = try Int64.fetchOne(database, sql: "SELECT last FROM run_call WHERE patient = 0")
        return (notes, try last.map { try Day(stored: $0, of: "run_call") })
      }
    }
  }
}

/// Standings and the notes of lists within a transaction.
struct Standings {
  private let database: Database

  init(_ database: Database) { self.database = database }

  static func standing(_ row: GRDB.Row) throws -> Standing? {
    let act: String = row["act"]
    if act == "discharge" { return .discharged(on: try Day(stored: row["day"], of: "standing")) }
    guard act == "snooze", let until = row["until"] as Int64? else { return nil }
    return .snoozed(until: try Day(stored: until, of: "standing"))
  }

  func add(_ act: StandingAct, _ patient: Int64, run: Int64, on day: Day) throws {
    var end: Day?
    if case .snooze(let until) = act { end = until }
    try database.execute(
      sql: "INSERT INTO standing (patient, run, act, day, until) VALUES (?, ?, ?, ?, ?)",
      arguments: [patient, run, act.word, day.number, end?.number])
    try database.execute(sql: "DELETE FROM run_call WHERE patient = ?", arguments: [patient])
  }

  private func standing(of patient: Int64) throws -> (Standing?, day: Day)? {
    try GRDB.Row.fetchOne(
      database,
      sql: """
        SELECT act, day, until FROM standing WHERE patient = ? AND undone IS NULL
        ORDER BY id DESC LIMIT 1
        """, arguments: [patient]
    ).map { (try Standings.standing($0), try Day(stored: $0["day"], of: "standing")) }
  }

  /// Gives the history of one id to another. What was said last of the id that stays counts, the
  /// later end of two snoozes, and a snooze of the other one where nothing was said of this; nobody
  /// is discharged under an id that was not.
  func move(from: Int64, to: Int64, run: Int64) throws {
    let (left, stays) = (try standing(of: from), try standing(of: to))
    try database.execute(
      sql: "UPDATE standing SET patient = ? WHERE patient = ?", arguments: [to, from])
    // What the list gave of either is no news of the person.
    try database.execute(
      sql: "UPDATE OR IGNORE run_call SET patient = ? WHERE patient = ?", arguments: [to, from])
    try database.execute(sql: "DELETE FROM run_call WHERE patient = ?", arguments: [from])
    guard let left else { return }
    var (act, until): (String, Day?) = ("readmit", nil)
    switch (left.0, stays.flatMap { $0.0 }) {
    case (_, .discharged): act = "discharge"
    case (.snoozed(let other), .snoozed(let own)): (act, until) = ("snooze", max(own, other))
    case (_, .snoozed(let own)): (act, until) = ("snooze", own)
    case (.snoozed(let other), nil) where stays == nil: (act, until) = ("snooze", other)
    default: break
    }
    try database.execute(
      sql: "INSERT INTO standing (patient, run, act, day, until) VALUES (?, ?, ?, ?, ?)",
      arguments: [to, run, act, (stays ?? left).day.number, until?.number])
  }

  /// Takes back what a run said of people.
  ///
  /// - Returns: of how many where the run did nothing else; nil for a run that is undone by its
  ///   files.
  func takeBack(_ run: Int64, by undoing: Int64) throws -> Int? {
    try database.execute(
      sql: """
        DELETE FROM run_call WHERE patient IN
          (SELECT patient FROM standing WHERE run = ? AND undone IS NULL)
        """, arguments: [run])
    try database.execute(
      sql: "UPDATE standing SET undone = ? WHERE run = ? AND undone IS NULL",
      arguments: [undoing, run])
    let count = database.changesCount
    let hasFiles =
      try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM file WHERE run = ?)", arguments: [run])
      ?? false
    return count > 0 && !hasFiles ? count : nil
  }

  /// Takes out what was noted of people who are not there any more.
  func clear() throws {
    for table in ["standing", "run_call"] {
      try database.execute(
        sql: "DELETE FROM \(table) WHERE patient > 0 AND patient NOT IN (SELECT id FROM patient)")
    }
  }

  /// Notes what a list gave by code, and leaves out what no list has had for a while.
  func note(_ notes: [String: [CallNote]], asOf: Day) throws {
    try database.execute(
      sql: "DELETE FROM run_call WHERE last < ? OR patient = 0",
      arguments: [asOf.number - Int32(CallNote.shortestAway)])
    try database.execute(
      sql: "INSERT INTO run_call VALUES (0, 'list', ?1, ?1, 0)", arguments: [asOf.number])
    for (code, own) in notes.sorted(by: { $0.key < $1.key }) {
      for note in own {
        try database.cachedStatement(
          sql: """
            INSERT OR REPLACE INTO run_call
            SELECT id, ?2, ?3, ?4, ?5 FROM patient WHERE code = ?1
            """
        ).execute(
          arguments: [code, note.reason, note.since.number, note.last.number, note.isTold])
      }
    }
  }
}
