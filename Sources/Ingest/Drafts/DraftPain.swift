import Records

// Columns of pain in an unknown table.
extension DraftColumns {
  /// What a name says about a score of pain beside that it is one.
  private struct Meaning: Equatable {
    var kind: PainKind?
    var place: String?
    var part: String?

    init(_ look: ColumnLook) {
      let words = look.mainWords
      let kinds: [(PainKind, Set<String>)] = [
        (.before, DraftWords.before), (.after, DraftWords.after), (.worst, DraftWords.worst),
        (.average, DraftWords.average), (.least, DraftWords.least), (.now, DraftWords.now),
      ]
      kind = kinds.first { words.contains(where: $0.1.contains) }?.0
      place = words.first { word in
        DraftWords.places.contains(word)
          || DraftWords.otherPains.contains(where: word.hasPrefix)
      }
      let parts = words.filter(DraftWords.partOfDay.contains)
      part = parts.isEmpty ? nil : parts.joined(separator: " ")
    }
  }

  /// The records of pain of a row.
  ///
  /// - Parameter sessions: those of exercise, which take the pain before and after.
  mutating func painRecords(beside sessions: inout [TableDraft.Record]) -> [TableDraft.Record] {
    // In French pain is bread.
    let isFrench = all.contains { $0.says(["jour", "douleur", "heure", "invendus"]) }
    var looks = free.filter {
      $0.saysPain && isScore($0)
        && !(isFrench && $0.says(["pain"]) && !$0.says(["douleur", "dos"]))
    }
    if !looks.isEmpty {
      // Only 0 and 1, beside another column of pain, are scores.
      looks = free.filter { look in
        looks.contains { $0.index == look.index } || look.isBinary && look.saysPain
      }
    }
    var why = "its name says pain"
    let isDiary = sample.titles.contains { title in
      let words = ColumnLook.words(title)
      return words.contains(where: DraftWords.pain.contains)
        || words.contains { word in DraftWords.painStems.contains(where: word.contains) }
    }
    if looks.isEmpty, isDiary {
      looks = free.filter { look in
        !look.mainWords.isEmpty && look.mainWords.allSatisfy(DraftWords.partOfDay.contains)
          && look.isNumeric && isScore(look)
      }
      why = "a part of the day, in a diary of pain"
    }
    if looks.isEmpty, sample.header.contains(where: { Field(header: $0) == .patientID }) {
      looks = free.filter { Field(header: $0.name) == .score && $0.isNumeric && isScore($0) }
      why = "lumbar's own name"
    }
    if looks.isEmpty, sessions.isEmpty {
      looks = free.filter {
        $0.says(DraftWords.intensity) && $0.words.count == 1 && isScore($0) && $0.isNumeric
      }
      if free.count(where: \.isNumeric) > 1 { looks = [] }
      why = "an intensity beside nothing else"
    }
    if let index = sessions.firstIndex(where: { $0.kind == .sessions && $0.hasExerciseColumn }) {
      for look in looks {
        let meaning = Meaning(look)
        let field: Field? =
          meaning.kind == .before ? .painBefore : meaning.kind == .after ? .painAfter : nil
        guard let field, meaning.place == nil, look.isNumeric, !sessions[index].has(field),
          look.numbers.allSatisfy({ $0 <= 10 })
        else { continue }
        take(look)
        sessions[index].add(field, look, why)
        looks.removeAll { $0.index == look.index }
      }
    }
    if isBusiness, !looks.isEmpty {
      for look in looks { take(look) }
      var record = TableDraft.Record(.pain)
      record.ask(.score, looks.map(\.name), "the table is about work: is it pain of the body?")
      return [record]
    }
    guard !looks.isEmpty else { return doubtfulPain() }
    for look in looks { take(look) }
    let meanings = looks.map(Meaning.init)
    let isSame = { (one: Int, two: Int) in
      one != two && meanings[one] == meanings[two] && looks[one].mainWords == looks[two].mainWords
    }
    if looks.indices.contains(where: { one in looks.indices.contains { isSame(one, $0) } }) {
      var record = TableDraft.Record(.pain)
      record.ask(.score, looks.map(\.name), "several columns may be the pain")
      return [record]
    }
    var records = zip(looks, meanings).map { look, meaning in
      var record = record(of: look, meaning, why, beside: looks)
      // Scores that only their names tell apart keep these.
      if meanings.count(where: { $0 == meaning }) > 1, !record.has(.notes) {
        record.add(.notes, constant: look.name, "what tells it from the others")
      }
      return record
    }
    if looks.count == 1, !records[0].has(.location),
      let location = free.first(where: { look in
        look.says(DraftWords.location) && look.isText && !look.says(DraftWords.notes)
      })
    {
      take(location)
      records[0].add(.location, location, "its name says where")
    }
    return records
  }

  /// A question about columns that are named after a part of the body, or of a day, alone.
  private mutating func doubtfulPain() -> [TableDraft.Record] {
    let words = DraftWords.back.union(DraftWords.places).union(DraftWords.partOfDay)
    let looks = free.filter { look in
      let isNamed = !look.mainWords.isEmpty && look.mainWords.allSatisfy(words.contains)
      let isScale =
        look.says(DraftWords.back) && Set(look.numbersOfName).isSuperset(of: [0, 10])
        && !look.says(DraftWords.notPain)
      return (isNamed || isScale) && look.isNumeric
        && look.numbers.allSatisfy((0...10).contains) && !look.isBinary
    }
    guard !looks.isEmpty else { return kindsInRows() }
    for look in looks { take(look) }
    var record = TableDraft.Record(.pain)
    record.ask(.score, looks.map(\.name), "its name is a place or a time: is it pain from 0 to 10?")
    return [record]
  }

  /// A question about a table in which each row says by a word what it is.
  private mutating func kindsInRows() -> [TableDraft.Record] {
    let looks = free.filter { look in
      look.isText && look.isShort && look.distinct.count <= 20
        && look.distinct.contains { ColumnLook($0).saysPain }
    }
    guard let look = looks.first,
      let value = free.first(where: { $0.says(DraftWords.value) })
    else { return [] }
    take(look)
    take(value)
    var record = TableDraft.Record(.pain)
    record.ask(
      .score, [value.name],
      "the rows are of several kinds, as \(look.name) says: write a [[layout]] "
        + "for each kind, and [[leave_out]] the others")
    return [record]
  }

  private func record(
    of look: ColumnLook, _ meaning: Meaning, _ why: String, beside looks: [ColumnLook]
  ) -> TableDraft.Record {
    var record = TableDraft.Record(.pain)
    addScore(look, why, beside: looks, to: &record)
    if let kind = meaning.kind {
      record.add(.kind, constant: kind.word, "its name says so")
    }
    if let place = meaning.place { record.add(.location, constant: place, "its name says where") }
    if let part = meaning.part { record.add(.notes, constant: part, "the part of the day") }
    return record
  }

  /// Adds a score with its scale, asking where the cells do not show it.
  private func addScore(
    _ look: ColumnLook, _ why: String, beside others: [ColumnLook],
    to record: inout TableDraft.Record
  ) {
    let values = look.numbers.filter { !codes.contains($0) }
    guard look.isNumeric, let least = values.min(), let most = values.max() else {
      record.add(.score, look, why)
      record.words = look.distinct.filter { CellForm($0).isText }.sorted().prefix(20).map {
        (.score, $0, nil)
      }
      return
    }
    let named = Set(look.numbersOfName)
    let shown = "\(why); its numbers are from \(least.plain) to \(most.plain)"
    record.add(.score, look, shown)
    let beyond = values.count { $0 > 10 }
    let isHundred = look.words.contains("mm") || look.title.contains("%")
    if isHundred || named.contains(100) || (beyond >= 3 && beyond * 20 >= values.count) {
      record.add(.scale, constant: "0-100", "its name or its numbers say so")
    } else if named.contains(10) || named.isEmpty == false && named.max() == 11 {
      return
    } else if let top = named.max(), (3...9).contains(top), most <= Double(top) {
      let bottom = named.contains(0) ? 0 : 1
      record.add(.scale, constant: "\(bottom)-\(top)", "its name says so")
    } else if least >= 1, most <= 5, values.count >= 4, !look.says(["nrs", "nprs"]),
      others.allSatisfy({ ($0.numbers.max() ?? 0) <= 5 })
    {
      record.ask(
        .scale, ["0-10", "1-5"], "no number passes 5: say whether the scale goes to ten or to five")
    } else if most > 10 {
      // Fewer than a column from 0 to 100 has: refused one by one.
      return
    }
  }

  /// Numbers in the place of a score that was not given, as surveys write them.
  private var codes: Set<Double> { [-9, -99, -999, 999, 9_999] }

  /// The codes for no score that columns of pain hold.
  func missingCodes(of looks: [ColumnLook]) -> [String] {
    Set(looks.flatMap(\.numbers).filter(codes.contains)).sorted().map(\.plain)
  }

  /// Whether the cells of a column may be scores: numbers from 0 to 100, or words of a few kinds.
  private func isScore(_ look: ColumnLook) -> Bool {
    if look.isBinary || look.isDate { return false }
    if look.isNumeric {
      let fitting = look.numbers.count { (0...100).contains($0) || codes.contains($0) }
      guard fitting * 20 >= look.numbers.count * 19 else { return false }
      let beyond = look.numbers.count { $0 > 10 && !codes.contains($0) }
      return beyond == 0 || beyond * 20 < look.numbers.count || beyond >= 3
        || look.numbersOfName.contains(100)
    }
    return look.isText && look.distinct.count <= 12 && !look.says(DraftWords.notes)
      && !look.says(DraftWords.location) && look.isShort
  }
}

extension Double {
  /// As people write it.
  fileprivate var plain: String {
    self == rounded() && magnitude < 1e9 ? String(Int64(self)) : String(self)
  }
}

extension CellForm {
  var isText: Bool { if case .text = self { true } else { false } }
}

extension TableDraft.Record {
  /// Whether a column names the exercise.
  var hasExerciseColumn: Bool {
    lines.contains { line in
      guard line.field == .exercise else { return false }
      if case .origin(.column) = line.source { return true }
      if case .question = line.source { return true }
      return false
    }
  }
}
