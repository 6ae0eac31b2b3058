import Records

// Columns of measurements, questionnaires, factors and days in an unknown table.
extension DraftColumns {
  // MARK: Measurements

  mutating func measurementRecords() -> [TableDraft.Record] {
    if let measure = free.first(where: { look in
      look.isText && look.distinct.contains { DraftColumns.test(ColumnLook.words($0)) != nil }
        && look.values.count { DraftColumns.test(ColumnLook.words($0)) != nil } * 2
          >= look.values.count
    }), let value = only(DraftWords.value, where: \.isNumeric) {
      var record = TableDraft.Record(.flexibility)
      take(measure)
      take(value)
      record.add(.measure, measure, "it names tests")
      record.add(.value, value, "its name says results")
      record.words += measure.distinct.sorted().compactMap { name in
        let found = DraftColumns.test(ColumnLook.words(name))
        return found == Field.folded(name) ? nil : found.map { (.measure, name, $0) }
      }
      if let unit = only(DraftWords.unit, where: \.isText) {
        take(unit)
        record.add(.unit, unit, "its name says units")
      }
      addSide(to: &record)
      if let rater = only(DraftWords.rater, where: \.isText) {
        take(rater)
        record.add(.rater, rater, "its name says who measured")
      }
      return [record]
    }
    let raters = free.filter { $0.says(DraftWords.rater) && $0.isText }
    var records: [TableDraft.Record] = free.compactMap { look in
      guard look.isNumeric, let test = DraftColumns.test(look.words) else { return nil }
      var record = TableDraft.Record(.flexibility)
      taken.insert(look.index)
      record.add(.measure, constant: test, "its name says the test")
      record.add(.value, look, "the result")
      if let (_, unit) = splitUnit(look.name),
        Quantity.of(measure: test)?.scale(from: unit) != nil
      {
        record.add(.unit, constant: unit, "its name says the unit")
      } else if Quantity.of(measure: test) == .length, look.unit.isDisjoint(with: ["cm"]) {
        record.ask(.unit, ["cm", "in"], "its unit is not said")
      }
      if raters.count == 1 {
        taken.insert(raters[0].index)
        record.add(.rater, raters[0], "its name says who measured")
      }
      if look.says(["left", "links", "izquierda", "izda", "izq", "gauche", "li", "g", "l"]) {
        record.add(.side, constant: "left", "its name says the side")
      } else if look.says([
        "right", "rechts", "derecha", "dcha", "der", "droite", "droit", "re", "d", "r",
      ]) {
        record.add(.side, constant: "right", "its name says the side")
      }
      return record
    }
    // Two columns of one test differ by their side.
    for index in records.indices where !records[index].has(.side) {
      let same = records.indices.filter { records[$0].test == records[index].test }
      if same.count > 1 { records[index].ask(.side, ["left", "right"], "which side is it?") }
    }
    return records
  }

  /// The test of flexibility or strength that words name.
  static func test(_ words: [String]) -> String? {
    let said = Set(words)
    return tests.first { $0.words.contains { said.isSuperset(of: $0) } }?.code
  }

  private static let tests: [(code: String, words: [Set<String>])] = [
    (
      "sit_and_reach",
      [
        ["sit", "reach"], ["sentar", "alcancar"], ["sentarse", "alcanzar"],
        ["sentado", "alcanzar"],
      ]
    ),
    (
      "fingertip_to_floor",
      [
        ["fingertip", "floor"], ["fingertips", "floor"], ["finger", "floor"], ["fba"],
        ["finger", "boden"],
        ["dedos", "suelo"], ["doigts", "sol"], ["dds"], ["dedo", "suelo"], ["ftf"],
      ]
    ),
    ("modified_schober", [["schober"]]),
    (
      "straight_leg_raise",
      [["straight", "leg", "raise"], ["slr"], ["lasegue"], ["gestrecktes", "bein"]]
    ),
    ("active_knee_extension", [["knee", "extension"], ["ake"]]),
    ("hip_internal_rotation", [["hip", "internal", "rotation"]]),
    ("hip_external_rotation", [["hip", "external", "rotation"]]),
    ("back_extensor_hold", [["extensor", "hold"], ["sorensen"], ["biering"]]),
  ]

  // MARK: Questionnaires

  mutating func questionnaireRecords() -> [TableDraft.Record] {
    if let named = free.first(where: { look in
      look.isText && look.values.allSatisfy { DraftColumns.instrument($0) != nil }
    }), let score = free.first(where: { $0.isNumeric && $0.says(DraftWords.rating) }) {
      var record = TableDraft.Record(.questionnaires)
      take(named)
      take(score)
      record.add(.instrument, named, "it names questionnaires")
      record.add(.score, score, "its name says scores")
      for word in named.distinct.sorted() {
        let found = DraftColumns.instrument(word)?.word
        if found != word.lowercased() { record.words.append((.instrument, word, found)) }
      }
      return [record]
    }
    return free.compactMap { look in
      guard look.isNumeric,
        let found = DraftColumns.instruments.first(where: { look.says($0.words) }),
        look.words.count <= 3,
        look.numbers.allSatisfy(found.instrument.scale.contains),
        !look.says(["item", "q", "question", "frage", "pregunta"]),
        look.numbersOfName.isEmpty
          || look.numbersOfName.max().map(Double.init) == found.instrument.scale.upperBound
      else { return nil }
      var record = TableDraft.Record(.questionnaires)
      taken.insert(look.index)
      record.add(.instrument, constant: found.instrument.word, "its name says the questionnaire")
      record.add(.score, look, "its score")
      return record
    }
  }

  /// The questionnaire that a text names.
  private static func instrument(_ text: String) -> Instrument? {
    let words = ColumnLook.words(text)
    return instruments.first { words.contains(where: $0.words.contains) }?.instrument
  }

  private static let instruments: [(instrument: Instrument, words: Set<String>)] = [
    (.odi, ["odi", "oswestry"]), (.rmdq, ["rmdq", "roland", "eifel"]), (.psfs, ["psfs"]),
    (.ears, ["ears"]),
  ]

  // MARK: Factors

  mutating func factorRecords() -> [TableDraft.Record] {
    if isSurvey { return [] }
    return DraftWords.factors.compactMap { factor in
      let looks = free.filter {
        $0.isNumeric && $0.says(factor.words)
          && !$0.says(["quality", "qualitat", "score", "goal", "ziel", "latency", "deep", "rem"])
      }
      guard looks.count == 1, let look = looks.first else { return nil }
      var record = TableDraft.Record(.factors)
      taken.insert(look.index)
      record.add(.factor, constant: factor.name, "its name says so")
      record.add(.value, look, "a number a day")
      if factor.name != "steps", factor.name != "stress" {
        if !look.unit.isDisjoint(with: DraftWords.hours) || look.says(["schlafstunden"]) {
          record.add(.unit, constant: "h", "hours, as its name says")
        } else if !look.unit.isDisjoint(with: DraftWords.minutes) {
          record.add(.unit, constant: "min", "minutes, as its name says")
        }
      }
      return record
    }
  }

  // MARK: Days

  mutating func statusRecords() -> [TableDraft.Record] {
    guard
      let look = only(
        DraftWords.status,
        where: { look in
          !look.values.isEmpty
            && look.distinct.allSatisfy { DayStatus(word: $0.lowercased()) != nil }
        })
    else { return [] }
    var record = TableDraft.Record(.days)
    take(look)
    record.add(.status, look, "it names rest, illness, travel or excuses")
    return [record]
  }
}

extension TableDraft.Record {
  /// The test that a record of a measurement is of.
  fileprivate var test: Layout.Origin? {
    lines.first { $0.field == .measure }.flatMap { line in
      if case .origin(let origin) = line.source { origin } else { nil }
    }
  }
}
