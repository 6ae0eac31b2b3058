import Records

// Records of a day, told apart by their content.
extension FileWriter {
  /// A row to be inserted, by its place in the batch.
  private struct Insertion {
    var index: Int32
    var copy: Int32
    var digest: Int64
    var place: RowPlace
  }

  /// Writes the rows of a dated kind; their keys may have been found before.
  func writeDated<R: DatedRow>(
    _ rows: [R], _ batch: Batch
  ) throws {
    guard !rows.isEmpty else { return }
    let layout = RecordTable(R.self, .dated)
    let keepsEqual = batch.keepsEqualRows ?? R.keepsEqualRows
    sources = batch.sources[R.kind] ?? []
    defer { sources = [] }
    let table = try tables[layout.name] ?? DatedTable(database, layout, file: fileID)
    tables[layout.name] = table
    try prepare(rows)
    let keys =
      batch.keys[R.kind] ?? RowKeys(rows, names: batch.names, texts: batch.texts)
    if oldTimes.areThere {
      try oldTimes.adopt(
        rows, keys.digests, in: layout, batch.names, batch.texts, patient: patientID)
    }
    let named = try writeNamed(rows, keys, table, batch)
    var insertions: [Insertion] = []
    insertions.reserveCapacity(DatedTable.bulkRows)
    var planned: [Insertion] = []
    var ofDay: [DatedKey] = []
    for group in try groups(rows, keys.order) {
      ofDay.removeAll(keepingCapacity: true)
      for place in group.places {
        let index = keys.order[place]
        if named?[Int(index)] ?? false { continue }
        ofDay.append(
          DatedKey(
            day: group.day, index: index, digest: Int64(bitPattern: keys.digests[Int(index)]),
            name: group.name))
      }
      if ofDay.isEmpty { continue }
      tracking.note(day: group.day.day)
      try plan(ofDay[...], rows, table, keepsEqual: keepsEqual, &planned)
      if !planned.isEmpty { table.noteBrought(group.day) }
      for insertion in planned {
        insertions.append(insertion)
        if insertions.count == DatedTable.bulkRows { try insert(&insertions, rows, table, batch) }
      }
      table.noteStored(group.day)
      // Rows under another id of the same person may lie on the same day.
      if !joined.isEmpty, joined.contains(group.day.patient) {
        try insert(&insertions, rows, table, batch)
      }
    }
    try insert(&insertions, rows, table, batch)
  }

  /// The rows of one patient's day.
  private struct Group {
    /// Its first place in the table.
    var day: RowPlace
    /// Where they stand in the order of the batch.
    var places: Range<Int>
    /// Whose they are, as the file says.
    var name: NameID
  }

  /// The days of patients, in the order of the table: patients come by their numbers in the
  /// database, which the reader of the file does not know.
  private func groups<R: DatedRow>(_ rows: [R], _ order: [Int32]) throws -> [Group] {
    var groups: [Group] = []
    groups.reserveCapacity(order.count / 4)
    var isOrdered = true
    try rows.withUnsafeBufferPointer { rows in
      var start = 0
      while start < order.count {
        let patient = rows[Int(order[start])].patient
        let own = rows[Int(order[start])].ownDay
        var end = start + 1
        while end < order.count, rows[Int(order[end])].patient == patient,
          rows[Int(order[end])].ownDay == own
        { end += 1 }
        let day = try RowPlace(day: own.number, patient: try patientID(patient))
        if let last = groups.last, day < last.day { isOrdered = false }
        groups.append(Group(day: day, places: start..<end, name: patient))
        start = end
      }
    }
    if !isOrdered { groups.sort { $0.day < $1.day } }
    return groups
  }

  /// Writes the rows that their source names, in the order of the file.
  ///
  /// - Returns: which rows those were; nil when there is none.
  private func writeNamed<R: DatedRow>(
    _ rows: [R], _ keys: RowKeys, _ table: DatedTable, _ batch: Batch
  ) throws -> [Bool]? {
    guard
      sources.contains(where: { $0.identity != nil })
        || rows.contains(where: { $0.sourceIdentity != nil })
    else { return nil }
    var named = [Bool](repeating: true, count: rows.count)
    for (index, row) in rows.enumerated() {
      tracking.note(day: row.ownDay.number)
      let key = DatedKey(
        day: try RowPlace(day: row.ownDay.number, patient: try patientID(row.patient)),
        index: Int32(index), digest: Int64(bitPattern: keys.digests[index]))
      if !sources.isEmpty, let identity = sources[index].identity {
        try writeNamed(row, key, sources[index], identity, table, batch)
      } else if let identity = row.sourceIdentity {
        try writeIdentified(row, key, identity, table, batch)
      } else {
        named[index] = false
      }
    }
    return named
  }

  /// Finds the columns that any of the rows fills, and the database's numbers of all their names.
  func prepare<R: Records.Row>(_ rows: [R]) throws {
    var sink = PresenceSink(known: nameIDs)
    var last: NameID?
    for row in rows {
      sink.put(row)
      if row.patient != last {
        last = row.patient
        _ = try patientID(row.patient)
      }
    }
    present = sink.present
    // In the order of the file: the same file makes the same database, byte for byte.
    for name in sink.unknown.sorted(by: { $0.index < $1.index }) { _ = try nameID(name) }
  }

  /// Decides which rows of one patient's day are new and where they go.
  ///
  /// Equal rows of one file are counted, those of other files are known: the file's n-th copy of a
  /// row meets the n-th that earlier files have brought.
  private func plan<R: DatedRow>(
    _ keys: ArraySlice<DatedKey>, _ rows: [R], _ table: DatedTable, keepsEqual: Bool,
    _ planned: inout [Insertion]
  ) throws {
    planned.removeAll(keepingCapacity: true)
    guard let day = keys.first?.day else { return }
    let stored = try table.stored(day)
    let fileID = fileID
    let notesLines = lineOutcomes != nil
    var previous: DatedKey?
    var start = keys.startIndex
    while start < keys.endIndex {
      let key = keys[start]
      let copies = stored.copies(of: key.digest)
      // Of a person of several ids each id's rows are counted by themselves, and the most count:
      // what the file brought under another id is there before, as that of earlier files.
      let isJoined = keepsEqual && !joined.isEmpty && joined.contains(day.patient)
      let earlier = Int64(isJoined ? copies.count : copies.count { $0.file != fileID })
      var met = (earlier > 0 || isJoined) && keepsEqual ? try table.copiesMet(key, isJoined) : 0
      let metBefore = met
      var copy = (copies.last?.copy ?? -1) + 1
      var position = start
      while position < keys.endIndex, keys[position].digest == key.digest {
        let index = keys[position].index
        position += 1
        if keepsEqual ? met < earlier : copy > 0 {
          if isContinued, keepsEqual { throw RepeatsKnownRow() }
          let copyMet = copies.startIndex + (keepsEqual ? Int(met) : 0)
          if copyMet < copies.endIndex {
            try tracking.meet(copies[copyMet], on: day, table.layout)
          }
          met += 1
          count(.known, line: accountKey(Int(index), line: rows[Int(index)].position.line))
          continue
        }
        if copy == 0 {
          if previous?.hasKey(of: key.digest) ?? false || stored.hasSibling(key) {
            file.accounts.further += 1
          }
          previous = key
        }
        if isJoined { met += 1 }
        planned.append(Insertion(index: index, copy: Int32(copy), digest: key.digest, place: day))
        if notesLines {
          note(.new, line: accountKey(Int(index), line: rows[Int(index)].position.line))
        }
        copy += 1
      }
      if keepsEqual, met > metBefore { try table.noteMet(key, isJoined, copies: met) }
      start = position
    }
    count(.new, records: planned.count)
    // In the order of the file, in which they will be read.
    if planned.count > 1 { planned.sort { $0.index < $1.index } }
    for index in planned.indices {
      planned[index].place = try day.row(stored.next + Int64(index))
    }
  }

  /// Inserts planned rows, as many as a statement takes at once.
  private func insert<R: DatedRow>(
    _ insertions: inout [Insertion], _ rows: [R], _ table: DatedTable, _ batch: Batch
  ) throws {
    guard !insertions.isEmpty else { return }
    let isFull = insertions.count == DatedTable.bulkRows
    let inserts = try table.inserts(present)
    try binding(batch, to: isFull ? inserts.bulk : inserts.one, present) { sink in
      for insertion in insertions {
        let row = rows[Int(insertion.index)]
        touch(insertion.place.patient)
        watch(row.position.line)
        sink.put(
          row, at: insertion.place, isNext: table.isNext(insertion.place),
          digest: insertion.digest, copy: Int64(insertion.copy))
        table.noteRow(at: insertion.place)
        if !isFull { _ = try sink.run() }
      }
      if isFull { _ = try sink.run() }
    }
    if let last = insertions.last, database.lastInsertedRowID != last.place.number {
      throw StorageError.failed(cause: "a row of \(table.layout.name) went to another place")
    }
    insertions.removeAll(keepingCapacity: true)
  }

  /// Calls a closure with what binds rows of a batch to a statement.
  @inline(__always)
  func binding(
    _ batch: Batch, to statement: RawStatement, _ present: PresentColumns,
    _ body: (inout BindingSink) throws -> Void
  ) throws {
    try batch.texts.bytes.withUnsafeBufferPointer { texts in
      try nameIDs.withUnsafeBufferPointer { names in
        var sink = BindingSink(statement: statement, present: present, names: names, texts: texts)
        try body(&sink)
      }
    }
  }

  /// A row that its source names: other values under its name are a change.
  private func writeIdentified<R: DatedRow>(
    _ row: R, _ key: DatedKey, _ identity: (session: NameID, order: Int64), _ table: DatedTable,
    _ batch: Batch
  ) throws {
    let session = try nameID(identity.session)
    let find = try statement(
      """
      SELECT id, digest, file FROM exercise_set WHERE patient = ?1 AND session = ?2
      AND "order" = ?3 AND session IS NOT NULL AND "order" IS NOT NULL
      """)
    find.bind(1, key.day.patient)
    find.bind(2, session)
    find.bind(3, identity.order)
    guard try find.step() else {
      find.reset()
      try insert(row, key, table, batch, as: .new)
      return
    }
    let stored = (
      place: RowPlace(find.integer(0)), digest: find.integer(1), file: find.integer(2)
    )
    find.reset()
    if stored.place.day == key.day.day, stored.digest == key.digest {
      try tracking.meet(
        .init(row: stored.place.row, digest: stored.digest, copy: 0, file: stored.file),
        on: key.day, table.layout)
      return count(.known, line: accountKey(Int(key.index), line: row.position.line))
    }
    let place = RecordPlace(
      table: "exercise_set", patient: key.day.patient, key: ("id", stored.place.number))
    try corrections.keep(
      place, kind: .sessions, day: Int64(stored.place.day), line: row.position.line
    ) {
      let delete = try statement("DELETE FROM exercise_set WHERE id = ?")
      delete.bind(1, stored.place.number)
      try delete.run()
      try table.noteDeletion()
      return try insert(row, key, table, batch, as: .changed)
    }
  }

  /// Inserts one row.
  ///
  /// - Returns: where it is stored.
  @discardableResult
  func insert<R: DatedRow>(
    _ row: R, _ key: DatedKey, _ table: DatedTable, _ batch: Batch, as outcome: RowOutcome
  ) throws -> RecordPlace {
    let place = try table.placeBehind(key.day)
    var insertion = [Insertion(index: 0, copy: 0, digest: key.digest, place: place)]
    try insert(&insertion, [row], table, batch)
    count(outcome, line: accountKey(Int(key.index), line: row.position.line))
    table.noteStored(key.day)
    table.noteBrought(key.day)
    return RecordPlace(
      table: table.layout.name, patient: key.day.patient, key: ("id", place.number))
  }
}
