import GRDB
import Records

// Records of which there is one under each key: people, programme lines, days.
extension FileWriter {
  /// Writes what is said of people.
  func writePatients(_ batch: Batch) throws {
    let numbers = batch.sources[.patients] ?? []
    let said = (RecordTable.of(.patients)?.columns ?? []).map(\.name)
    let sets = (said + ["digest", "file", "line"]).map { "\($0) = ?" }.joined(separator: ", ")
    for (index, row) in batch.patients.enumerated() {
      let key = numbers.isEmpty ? row.position.line : numbers[index].number
      let id = try patientID(row.patient)
      let digest = Int64(bitPattern: row.digest(names: batch.names, texts: batch.texts))
      let place = RecordPlace(table: "patient", patient: id, key: ("id", id))
      let stored = try stored(in: place, owner: "id")
      if stored?.digest == digest {
        count(.known, line: key)
        continue
      }
      relocated.insert(id)
      let back = try returning(to: digest, place)
      try write(
        stored == nil || back != nil ? nil : place, kind: .patients, line: row.position.line,
        as: place
      ) {
        let values: [(any DatabaseValueConvertible)?] =
          words(of: row, batch.names) + [
            digest, back?.file ?? fileID,
            back?.line ?? row.position.line, id,
          ]
        try database.execute(
          sql: "UPDATE patient SET \(sets) WHERE id = ?", arguments: StatementArguments(values))
      }
      touch(id)
      count(stored, back, at: place, line: key)
    }
  }

  /// Writes rows of one kind, each in the place of its key.
  func writeKeyed<R: KeyedRow>(_ rows: [R], _ batch: Batch) throws {
    guard !rows.isEmpty else { return }
    try prepare(rows)
    let table = RecordTable(R.self, R.isOfDays ? .daily : .keyed)
    let columns = table.keyColumns.count + table.columns.count + 2
    let marks = repeatElement("?", count: columns).joined(separator: ", ")
    let insert = try statement("INSERT OR REPLACE INTO \(table.name) VALUES (\(marks))")
    for row in rows {
      let patient = try patientID(row.patient)
      let key = row.key(names: batch.names)
      let digest = Int64(bitPattern: row.digest(names: batch.names, texts: batch.texts))
      let place = RecordPlace(table: table.name, patient: patient, key: ("key", key))
      let stored = try stored(in: place)
      let day = row.belongsTo?.number
      if let day { tracking.note(day: day) }
      if let stored, stored.digest == digest {
        try tracking.meet(key: key, of: patient, from: stored.file, day: day, table)
        count(.known, line: row.position.line)
        continue
      }
      let back = try returning(to: digest, place)
      try write(
        stored == nil || back != nil ? nil : place, kind: R.kind, day: day.map(Int64.init),
        line: row.position.line, as: place
      ) {
        try binding(batch, to: insert, .all) { sink in
          sink.put(row, of: patient, key: key, digest: digest, from: back?.file ?? fileID)
          _ = try sink.run()
        }
      }
      if let back {
        try database.execute(
          sql: "UPDATE \(table.name) SET line = ? WHERE patient = ? AND key = ?",
          arguments: [back.line, patient, key])
        try tracking.meet(key: key, of: patient, from: back.file, day: day, table)
      }
      touch(patient)
      noteBrought(R.kind, patient, day ?? 0)
      count(stored, back, at: place, line: row.position.line)
    }
  }

  /// What stands in the place of a record that is known by a key.
  struct StoredValue {
    var digest: Int64
    var file: Int64
    var line: Int64
  }

  /// - Returns: nil where nothing is said there.
  private func stored(in place: RecordPlace, owner: String = "patient") throws -> StoredValue? {
    let find = try statement(
      """
      SELECT digest, file, line FROM \(place.table)
      WHERE \(owner) = ?1 AND \(place.key.column) = ?2 AND digest IS NOT NULL
      """)
    find.bind(1, place.patient)
    find.bind(2, place.key.value)
    defer { find.reset() }
    guard try find.step() else { return nil }
    return StoredValue(digest: find.integer(0), file: find.integer(1), line: find.integer(2))
  }

  // MARK: A key twice in one file

  /// What a file changed where it says several values under one key: the last one stands, and
  /// reading such a file once more changes nothing.
  struct OwnChange {
    /// What stood there before the file.
    var before: StoredValue
    /// Its rows, as they are counted.
    var lines: [Int64]
    /// The numbers of what is kept of them in the history.
    var corrections: [Int64] = []
  }

  private func name(of place: RecordPlace) -> String {
    "\(place.table) \(place.patient) \(place.key.value)"
  }

  /// What stood in a place before the file, where a row of it says that again after another one
  /// had changed it.
  private func returning(to digest: Int64, _ place: RecordPlace) throws -> StoredValue? {
    guard let change = ownChanges[name(of: place)], change.before.digest == digest else {
      return nil
    }
    for correction in change.corrections {
      try database.execute(sql: "DELETE FROM correction WHERE id = ?", arguments: [correction])
    }
    return change.before
  }

  /// Counts a record with a key.
  ///
  /// - Parameters:
  ///   - stored: what stood there until now.
  ///   - back: what stood there before the file and stands there again.
  private func count(
    _ stored: StoredValue?, _ back: StoredValue?, at place: RecordPlace, line: Int64
  ) {
    let name = name(of: place)
    guard let stored else { return count(.new, line: line) }
    if back != nil {
      for line in ownChanges.removeValue(forKey: name)?.lines ?? [] { uncount(line) }
      return count(.known, line: line)
    }
    count(.changed, line: line)
    // What the file itself brought is no value of before.
    guard stored.file != fileID || ownChanges[name] != nil else { return }
    ownChanges[name, default: OwnChange(before: stored, lines: [])].lines.append(line)
    ownChanges[name]?.corrections.append(database.lastInsertedRowID)
  }

  /// Counts a row as known that was counted as a change.
  private func uncount(_ line: Int64) {
    file.accounts.records -= 1
    if lineOutcomes?[line] == .changed {
      lineOutcomes?[line] = .known
    } else {
      file.accounts.changed -= 1
      file.accounts.known += 1
    }
  }

  struct KeyedReach: Hashable {
    var kind: Kind
    var patient: Int64
  }

  private func noteBrought(_ kind: Kind, _ patient: Int64, _ day: Int32) {
    let key = KeyedReach(kind: kind, patient: patient)
    let known = keyedReach[key] ?? (day, day)
    keyedReach[key] = (min(known.first, day), max(known.last, day))
  }

  /// Writes a record; one that it replaces is kept in the history.
  private func write(
    _ replaced: RecordPlace?, kind: Kind, day: Int64? = nil, line: Int64, as place: RecordPlace,
    _ write: () throws -> Void
  ) throws {
    guard let replaced else { return try write() }
    try corrections.keep(replaced, kind: kind, day: day, line: line) {
      try write()
      return place
    }
  }
}

/// What is said of a person, in the order of the columns: these are words, not numbers of names.
private func words(of person: Patient, _ names: NamePool) -> [String?] {
  var collector = WordCollector(names: names)
  var person = person
  person.visit(&collector)
  return collector.words
}

private struct WordCollector: ColumnVisitor {
  typealias Failure = Never
  let names: NamePool
  var words: [String?] = []

  mutating func name(_ value: inout NameID?, _ use: FieldUse) {
    words.append(value.map { names[$0] })
  }
  mutating func whole(_ value: inout Int64?, _ range: ClosedRange<Int64>, _ use: FieldUse) {}
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {}
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) {}
}
