import GRDB
import Records

// One written score that was read on two scales: the same person, time, kind and place.
extension FileWriter {
  /// Joins scores that one file gives from 0 to 10 and another from 0 to 100, in whichever order
  /// they come: a short export may hold no value that shows the scale, so the wider one stands.
  /// O(days × people of the file), where anybody has scores from 0 to 100.
  func settleScales() throws {
    guard
      let hundred = try Int64.fetchOne(
        database, sql: "SELECT id FROM name WHERE text = '0-100'"),
      let table = RecordTable.of(.pain)
    else { return }
    let place = RowPlace.first(day: "day.number", patient: "?3")
    let find = try statement(
      """
      WITH RECURSIVE day(number) AS (
        SELECT ?1 UNION ALL SELECT number + 1 FROM day WHERE number < ?2)
      SELECT small.id, small.day, small.digest, small.file, small.line
      FROM day CROSS JOIN pain_entry AS small
      ON small.id BETWEEN \(place) AND (\(place) | \(RowPlace.most)) AND small.scale IS NULL
      JOIN pain_entry AS large
      ON large.id BETWEEN \(place) AND (\(place) | \(RowPlace.most)) AND large.scale = ?4
      AND large.score = small.score AND large.at IS small.at AND large.kind IS small.kind
      AND large.location IS small.location
      WHERE ?5 IN (small.file, large.file) GROUP BY small.id ORDER BY small.id
      """)
    var earlier: [VersionTracking.Missing] = []
    for reach in tables[table.name]?.reached ?? [] {
      find.bind(1, Int64(reach.first))
      find.bind(2, Int64(reach.last))
      find.bind(3, reach.patient)
      find.bind(4, hundred)
      find.bind(5, fileID)
      defer { find.reset() }
      while try find.step() {
        earlier.append(
          VersionTracking.Missing(
            table: table,
            place: RecordPlace(
              table: table.name, patient: reach.patient, key: ("id", find.integer(0))),
            day: find.integer(1), digest: find.integer(2), file: find.integer(3),
            line: find.integer(4)))
      }
    }
    for own in earlier where own.file == fileID { try leave(own) }
    let changed = file.versions.changed
    try takeBack(earlier.filter { $0.file != fileID })
    file.versions.rescaled = file.versions.changed - changed
  }

  /// Leaves out a row that the file brought and that is stored on the wider scale.
  private func leave(_ row: VersionTracking.Missing) throws {
    try database.execute(
      sql: "DELETE FROM \(row.table.name) WHERE id = ?", arguments: [row.place.key.value])
    file.accounts.records -= 1
    if file.accounts.further > 0 { file.accounts.further -= 1 }
    guard !sharesLines, file.accounts.new > 0 else { return }
    file.accounts.new -= 1
    file.accounts.known += 1
  }
}
