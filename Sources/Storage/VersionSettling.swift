import GRDB
import Records

// What becomes of the rows that a file's earlier versions gave and that it does not hold.
extension FileWriter {
  /// Tells the rows of earlier versions that are not in the file, takes back what is to go, and
  /// stores by what the next version is known.
  func settleVersions() throws {
    try noteOtherReadings()
    try settleScales()
    let people = Set(patientIDs.filter { $0 != 0 })
    if let former = file.former, former.isByName, !isContinued,
      try tracking.peopleOfVersions().isDisjoint(with: people)
    {
      // Another file that has the same name.
      file.former = nil
      try database.execute(sql: "UPDATE file SET former = NULL WHERE id = ?", arguments: [fileID])
    }
    if let former = file.former {
      file.versions.gone = former.gone
      // The end of a file says nothing about its beginning, which is that of the version before.
      if !isContinued { try settle(former, people) }
      file.versions.newlyGone = max(0, file.versions.gone - former.gone)
    }
    file.gone = file.versions.gone
    var days = tracking.days
    // It begins with the earlier one.
    if isContinued, let former = file.former?.days {
      days = (
        min(days?.first ?? former.from.number, former.from.number),
        max(days?.last ?? former.to.number, former.to.number)
      )
    }
    try database.execute(
      sql: """
        UPDATE file SET open_line = ?, first_day = ?, last_day = ?, gone = ?, newly_gone = ?
        WHERE id = ?
        """,
      arguments: [
        file.openLine, days?.first, days?.last, file.gone, file.versions.newlyGone, fileID,
      ])
    try tracking.store(
      tables.values.sorted { $0.layout.name < $1.layout.name }.flatMap(\.reached)
        + keyedReach.sorted {
          ($0.key.kind.rawValue, $0.key.patient) < ($1.key.kind.rawValue, $1.key.patient)
        }.map { ($0.key.kind, $0.key.patient, $0.value.first, $0.value.last) })
  }

  private func settle(_ former: FormerVersion, _ people: Set<Int64>) throws {
    let isSameContent = former.sha256 == file.sha256
    let corrected = former.reading != file.reading && isSameContent
    let covers = isSameContent || covers(former.days)
    var cut: [VersionTracking.Missing] = []
    var stale: [VersionTracking.Missing] = []
    var gone: [VersionTracking.Missing] = []
    // A file of the same name elsewhere is a version as far as it is about the same people.
    let here = try tracking.versions(at: file.origin.place)
    // Nothing of a version with other days is asked for, every night of an export of the last days.
    let isAsked = covers || corrected || former.isBeginning || file.origin.replaces
    for row in isAsked ? try tracking.missing(beside: former.days) : [] {
      if former.isBeginning, row.file == former.id, row.line == former.openLine {
        cut.append(row)
      } else if !here.contains(row.file), !people.contains(row.place.patient) {
        continue
      } else if corrected {
        let isOfContent =
          row.file == former.id || isWithin(row)
          || row.day.map { day in former.days?.contains(Day(number: Int32(day))) ?? false } ?? true
        if try isOfContent && !isHeldElsewhere(row) { stale.append(row) }
      } else if covers, isWithin(row) {
        if try isHeldElsewhere(row) { file.versions.heldElsewhere += 1 } else { gone.append(row) }
      } else if !covers, file.origin.replaces {
        file.versions.notCovered = former.days
      }
    }
    if former.isBeginning, let line = former.openLine { try takeOff(refusalsOf: former.id, line) }
    file.versions.renames = try renames(gone)
    file.versions.cutOff = cut.count
    try takeBack(cut + stale)
    if corrected, !stale.isEmpty {
      file.versions.corrected = VersionAccount.EarlierReading(
        run: former.run, kinds: kinds(of: stale), rows: stale.count)
    }
    if file.origin.replaces {
      file.versions.takenBack = gone.count
      try takeBack(gone)
      file.versions.takenBack -= file.versions.changed
      file.versions.gone = covers ? 0 : former.gone
    } else if covers {
      file.versions.gone = gone.count
    }
  }

  /// Whether the file reaches over days.
  private func covers(_ days: Period?) -> Bool {
    guard let days else { return true }
    guard let own = tracking.days else { return false }
    return own.first <= days.from.number && own.last >= days.to.number
  }

  private func isWithin(_ row: VersionTracking.Missing) -> Bool {
    guard let day = row.day else { return true }
    guard let own = tracking.days else { return false }
    return Int64(own.first) <= day && day <= Int64(own.last)
  }

  private func kinds(of rows: [VersionTracking.Missing]) -> [String] {
    let kinds = Set(rows.map(\.table.kind))
    return Kind.allCases.filter(kinds.contains).map(\.rawValue)
  }

  /// Refusals of a row that was cut off.
  private func takeOff(refusalsOf version: Int64, _ line: Int64) throws {
    try database.execute(
      sql: """
        UPDATE rejection SET replaced_by = ? WHERE written_by = ? AND line >= ?
        AND replaced_by IS NULL
        """, arguments: [fileID, version, line])
  }

  // MARK: Taking back

  /// Removes rows and keeps them in the history. Where the file brings another row of the same
  /// natural key, that one is a change.
  func takeBack(_ rows: [VersionTracking.Missing]) throws {
    var taken: Set<Int64> = []
    for row in rows {
      let instead = row.table.sort == .dated ? try successor(of: row, besides: taken) : nil
      if let instead {
        taken.insert(instead.id)
        file.versions.changed += 1
        if file.accounts.further > 0 { file.accounts.further -= 1 }
        if !sharesLines, file.accounts.new > 0 {
          file.accounts.new -= 1
          file.accounts.changed += 1
        }
      }
      try corrections.keep(
        row.place, kind: row.table.kind, day: row.day, line: instead?.line ?? 0
      ) {
        try database.execute(
          sql: """
            DELETE FROM \(row.table.name) WHERE patient = ? AND \(row.place.key.column) = ?
            """, arguments: [row.place.patient, row.place.key.value])
        return instead.map {
          RecordPlace(table: row.table.name, patient: row.place.patient, key: ("id", $0.id))
        }
      }
      touch(row.place.patient)
    }
  }

  /// The new row of the file that stands where a missing one was: of the same patient and day, with
  /// the same natural key.
  private func successor(of row: VersionTracking.Missing, besides taken: Set<Int64>) throws -> (
    id: Int64, line: Int64
  )? {
    let day = RowPlace(row.place.key.value)
    let first = try RowPlace(day: day.day, patient: day.patient)
    let key = DatedKey(day: first, index: 0, digest: row.digest)
    let find = try statement(
      """
      SELECT id, digest, line FROM \(row.table.name) WHERE id BETWEEN ?1 AND ?2 AND file = ?3
      ORDER BY id
      """)
    find.bind(1, first.number)
    find.bind(2, first.last.number)
    find.bind(3, fileID)
    defer { find.reset() }
    while try find.step() {
      let id = find.integer(0)
      if key.hasKey(of: find.integer(1)), !taken.contains(id) { return (id, find.integer(2)) }
    }
    return nil
  }

  /// Whether another file that stands may hold a row of an earlier version too: one that was met
  /// with rows of the same file, patient and days, one that begins with such a file, or the same
  /// file in another place.
  private func isHeldElsewhere(_ row: VersionTracking.Missing) throws -> Bool {
    let find = try statement(
      """
      WITH RECURSIVE holder(id) AS (
        SELECT ?1
        UNION SELECT holder FROM file_share WHERE file = ?1 AND patient = ?2
          AND (?3 IS NULL OR ?3 BETWEEN first AND last)
        UNION SELECT file.id FROM file JOIN holder ON file.continues = holder.id
      )
      SELECT 1 FROM holder JOIN file USING (id) WHERE undone IS NULL AND (
        id <> ?4 AND id NOT IN (SELECT id FROM temp.version)
          AND NOT EXISTS (SELECT 1 FROM file AS later
            WHERE later.former = file.id AND later.undone IS NULL)
        OR EXISTS (SELECT 1 FROM file_place WHERE file_place.file = file.id
          AND file_place.place IS NOT ?5 AND NOT EXISTS (SELECT 1 FROM file AS later
            WHERE later.former = file.id AND later.place = file_place.place
              AND later.undone IS NULL)))
      LIMIT 1
      """)
    find.bind(1, row.file)
    find.bind(2, row.place.patient)
    if let day = row.day { find.bind(3, day) } else { find.bindNull(3) }
    find.bind(4, fileID)
    find.bind(5, file.origin.place)
    defer { find.reset() }
    return try find.step()
  }

  // MARK: What is told beside

  /// Earlier readings of the same bytes as something else, of which all rows stay.
  private func noteOtherReadings() throws {
    let rows = try GRDB.Row.fetchAll(
      database,
      sql: """
        SELECT id, run, reading, kinds, new + changed AS rows FROM file
        WHERE sha256 = ? AND id <> ? AND undone IS NULL AND new + changed > 0 ORDER BY id
        """, arguments: [file.sha256, fileID])
    // Rows that are met again are those of this reading too.
    for row in rows
    where !file.isRead(as: row["reading"]) && !tracking.versions.contains(row["id"])
      && file.accounts.known < row["rows"]
    {
      file.versions.besides.append(
        VersionAccount.EarlierReading(
          run: row["run"], kinds: (row["kinds"] as String).split(separator: " ").map(String.init),
          rows: row["rows"]))
    }
  }

  /// Exercises that are gone as a whole, with one that is new at the same times: at half of the
  /// times at least.
  private func renames(_ gone: [VersionTracking.Missing]) throws -> [VersionAccount.Rename] {
    let sets = gone.filter { $0.table.kind == .sessions }
    guard !sets.isEmpty else { return [] }
    // Of the same content read once more, what the last time brought is the new part.
    let same = file.former.flatMap { $0.sha256 == file.sha256 ? $0.id : nil }
    var rowsOf: [Int64: Int] = [:]
    var beside: [Int64: [Int64: Int]] = [:]
    for row in sets {
      let place = RowPlace(row.place.key.value)
      let first = try RowPlace(day: place.day, patient: place.patient)
      let find = try statement(
        """
        SELECT gone.exercise, other.exercise FROM exercise_set AS gone LEFT JOIN
          exercise_set AS other ON other.id BETWEEN ?2 AND ?3 AND other.file IN (?4, ?5)
          AND other.at IS gone.at WHERE gone.id = ?1 GROUP BY other.exercise
        """)
      find.bind(1, row.place.key.value)
      find.bind(2, first.number)
      find.bind(3, first.last.number)
      find.bind(4, fileID)
      find.bind(5, same ?? fileID)
      defer { find.reset() }
      var isCounted = false
      while try find.step() {
        let exercise = find.integer(0)
        if !isCounted { rowsOf[exercise, default: 0] += 1 }
        isCounted = true
        if let other = find.optionalInteger(1) {
          beside[exercise, default: [:]][other, default: 0] += 1
        }
      }
    }
    let met = try tracking.exercisesMet(besides: same)
    var renames: [VersionAccount.Rename] = []
    for (exercise, count) in rowsOf.sorted(by: { $0.key < $1.key })
    where !tracking.exercises.contains(exercise) && renames.count < 3 {
      let others = (beside[exercise] ?? [:]).filter {
        !met.contains($0.key) && $0.value * 2 >= count
      }
      guard let other = others.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
        continue
      }
      func word(_ id: Int64) throws -> String {
        try String.fetchOne(database, sql: "SELECT text FROM name WHERE id = ?", arguments: [id])
          ?? ""
      }
      renames.append(.init(from: try word(exercise), to: try word(other.key)))
    }
    return renames
  }
}
