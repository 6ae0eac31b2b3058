import GRDB
import Records

/// Moves the rows of people whose zone is set or changed: times that their source wrote without an
/// offset are read on the clocks of the new zone, and moments in UTC get its days.
///
/// What is stored of a row says how its time was written, so nothing is lost: the zone of before
/// brings everything back.
struct ZoneMoves {
  private let database: Database
  /// The zones of people, by number.
  private let zones: [Int64: ZoneRules]

  /// - Parameters:
  ///   - database: within a transaction.
  ///   - people: numbers of people whose zone may have changed.
  ///   - zoneNamed: the rules of a zone by name.
  ///   - usual: the zone of those who have none; nil to leave their rows where they are.
  init(
    _ database: Database, people: Set<Int64>, usual: ZoneRules? = nil,
    zoneNamed: (String) -> ZoneRules?
  ) throws {
    self.database = database
    var zones: [Int64: ZoneRules] = [:]
    for person in people {
      let name = try String.fetchOne(
        database, sql: "SELECT zone FROM patient WHERE id = ?", arguments: [person])
      zones[person] = name.flatMap(zoneNamed) ?? usual
    }
    self.zones = zones
  }

  /// Moves the rows. O(rows of the tables).
  ///
  /// - Returns: how many rows lie on another day or at another moment than before, and whose.
  func run() throws -> (rows: Int, people: Set<Int64>) {
    guard !zones.isEmpty else { return (0, []) }
    var result: (rows: Int, people: Set<Int64>) = (0, [])
    for table in RecordTable.dated where table.columns.contains(where: { $0.name == "at" }) {
      for row in try open(in: table) {
        guard let zone = zones[row.place.patient] else { continue }
        let moved = row.time.read(in: zone)
        guard moved != row.time else { continue }
        try ZoneMoves.move(
          row.place, digest: row.digest, to: moved, as: row.digest, in: table, database)
        result.rows += 1
        result.people.insert(row.place.patient)
      }
    }
    return result
  }

  private struct OpenRow {
    var place: RowPlace
    var digest: Int64
    var time: Timestamp
  }

  /// The rows whose times leave something to the zone.
  private func open(in table: RecordTable) throws -> [OpenRow] {
    let find = try RawStatement(
      database, "SELECT id, digest, at, offset FROM \(table.name) WHERE offset > 2047")
    var rows: [OpenRow] = []
    while try find.step() {
      let place = try RowPlace(stored: find.integer(0), of: table.name)
      guard zones[place.patient] != nil else { continue }
      var time = Timestamp(day: Day(number: place.day), milliseconds: find.optionalInteger(2))
      time.clockCode = find.integer(3)
      rows.append(OpenRow(place: place, digest: find.integer(1), time: time))
    }
    return rows
  }

  /// Gives a row another time, and the place of its day.
  ///
  /// - Parameters:
  ///   - place: where it lies.
  ///   - digest: what it is known by until now.
  ///   - known: what it is known by from now on.
  static func move(
    _ place: RowPlace, digest: Int64, to time: Timestamp, as known: Int64, in table: RecordTable,
    _ database: Database
  ) throws {
    var target = place
    if time.day.number != place.day {
      let day = try RowPlace(day: time.day.number, patient: place.patient)
      let last = try Int64.fetchOne(
        database, sql: "SELECT max(id) FROM \(table.name) WHERE id BETWEEN ? AND ?",
        arguments: [day.number, day.last.number])
      target = try last.map { try day.row(RowPlace($0).row + 1) } ?? day
    }
    try database.execute(
      sql: """
        UPDATE source_row SET day = ?, digest = ? WHERE patient = ? AND day = ? AND digest = ?
        """,
      arguments: [time.day.number, known, place.patient, place.day, digest])
    try database.execute(
      sql: """
        UPDATE \(table.name) SET id = ?, day = ?, digest = ?, at = ?, offset = ? WHERE id = ?
        """,
      arguments: [
        target.number, time.day.number, known, time.milliseconds, time.clockCode, place.number,
      ])
  }
}
