import Records

// Columns of exercise in an unknown table.
extension DraftColumns {
  /// The records of exercise of a row: one of a column that names the exercise, or one of each
  /// column that is an exercise.
  mutating func exerciseRecords() -> [TableDraft.Record] {
    if var named = namedExercise() {
      if let status = bookings {
        named.lines.removeAll { $0.field == .exercise }
        named.ask(
          .exercise, [], "\(status.name) says which were booked or cancelled: leave those out first"
        )
      }
      return [programme(of: named) ?? named]
    }
    var records = exerciseColumns()
    records += generalExercise(beside: records)
    return records
  }

  /// The same rows as lines of a programme, where a column says how often a week each exercise is
  /// to be done: nobody did it then.
  private mutating func programme(of named: TableDraft.Record) -> TableDraft.Record? {
    let often = free.filter { look in
      look.isNumeric && look.numbers.allSatisfy((0...50).contains)
        && (look.says(DraftWords.weekly)
          || look.says(DraftWords.week) && look.says(DraftWords.times))
    }
    guard often.count == 1, !named.has(.completed) else { return nil }
    take(often[0])
    var record = TableDraft.Record(.program)
    record.lines = named.lines.filter { Kind.program.fields.contains($0.field) }
    record.words = named.words
    record.units = named.units
    record.add(.sessionsPerWeek, often[0], "its name says how often a week")
    let choices = Component.allCases.map(\.word)
    let component = free.filter { look in
      look.isText && look.distinct.allSatisfy { choices.contains($0.lowercased()) }
    }
    if component.count == 1 {
      take(component[0])
      record.add(.component, component[0], "its cells are components of a programme")
    } else {
      record.ask(
        .component, choices, "what each exercise is for: its column, or one word for all of them")
    }
    return record
  }

  /// Whether the table is about backs or bodies, so that names that nobody knows may be exercises:
  /// it has a column of pain, or of sets, holds or effort, and none of business or lessons.
  private var speaksOfBacks: Bool {
    let words = DraftWords.sets.union(DraftWords.reps).union(DraftWords.hold)
      .union(DraftWords.effort).union(DraftWords.side)
    if isBusiness { return false }
    if all.contains(where: { $0.saysPain || $0.says(words) }) { return true }
    return sample.titles.contains { title in
      let said = ColumnLook.words(title)
      return said.contains(where: DraftWords.back.union(DraftWords.therapy).contains)
    }
  }

  /// Whether the table is about work, sales or lessons.
  var isBusiness: Bool { all.contains { $0.says(DraftWords.business) } }

  /// A column that says whether something was booked or cancelled.
  private var bookings: ColumnLook? {
    all.first { look in
      look.isText
        && look.distinct.contains { value in
          ColumnLook.words(value).contains { word in
            DraftWords.bookings.contains(where: word.hasPrefix)
          }
        }
    }
  }

  /// Whether the rows are people that were asked once, and no diary.
  var isSurvey: Bool {
    all.contains { $0.says(DraftWords.age) } && all.contains { $0.says(DraftWords.sex) }
  }

  // MARK: A column that names the exercise

  private mutating func namedExercise() -> TableDraft.Record? {
    var sure: [ColumnLook] = []
    var doubtful: [ColumnLook] = []
    for look in free where look.isText && !look.says(DraftWords.notes) {
      if look.says(DraftWords.location) || look.says(DraftWords.person) { continue }
      if look.says(DraftWords.pain.union(DraftWords.status)) { continue }
      let says = look.says(DraftWords.exercise)
      let mayBe = look.says(DraftWords.activity)
      // Where the name says nothing the catalogue has to know the cells as they stand.
      let known = look.values.count { text in
        says || mayBe
          ? DraftColumns.isExercise(text) : ExerciseCatalogue.entry(of: text) != nil && !isBusiness
      }
      if says, known == 0, !speaksOfBacks { continue }
      if known * 5 >= look.values.count * 4 || (mayBe || says) && known * 2 >= look.values.count {
        sure.append(look)
      } else if says, look.separator == nil, look.isShort, !look.says(["type", "category"]) {
        sure.append(look)
      } else if says || (mayBe && look.isShort && known > 0) {
        doubtful.append(look)
      }
    }
    let hasFigures = free.contains { look in
      look.isNumeric && look.says(DraftWords.sets.union(DraftWords.reps).union(DraftWords.hold))
    }
    if sure.isEmpty, doubtful.isEmpty, hasFigures {
      doubtful = free.filter {
        $0.isText && $0.isShort && $0.distinct.count > 1 && !$0.says(DraftWords.notes)
      }
    }
    // The name of a workout stands beside those of its exercises.
    let narrow = sure.filter { $0.says(DraftWords.exercise) }
    if sure.count > 1, narrow.count == 1 { sure = narrow }
    var record = TableDraft.Record(.sessions)
    if sure.count == 1 {
      take(sure[0])
      record.add(.exercise, sure[0], "it names exercises")
    } else if !(sure + doubtful).isEmpty {
      for look in sure + doubtful { take(look) }
      record.ask(
        .exercise, (sure + doubtful).map(\.name), "say which names the exercise, or leave it out")
    } else {
      return nil
    }
    addFigures(to: &record)
    if sure.count == 1 { addLists(of: sure[0], to: &record) }
    return record
  }

  /// Words that are no exercise, and cells that hold several.
  private func addLists(of look: ColumnLook, to record: inout TableDraft.Record) {
    let figures = record.lines.compactMap { line -> Int? in
      guard case .origin(.column(let name)) = line.source, !Field.beside.contains(line.field),
        line.field != .exercise
      else { return nil }
      return all.first { $0.name == name }?.index
    }
    for word in look.distinct.sorted() {
      let rows = sample.rows.filter { $0.cells[look.index] == word }
      let isBare = rows.allSatisfy { row in figures.allSatisfy { row.cells[$0].isEmpty } }
      if DraftWords.notDone.contains(word.lowercased()) {
        record.words.append((.exercise, word, ""))
      } else if isBare, !figures.isEmpty, !DraftColumns.isExercise(word),
        rows.count * 5 < sample.rows.count
      {
        record.words.append((.exercise, word, nil))
      }
    }
    // Figures beside several exercises are of all of them: such a cell stays one.
    if figures.isEmpty { record.separator = look.separator }
  }

  /// Whether a text names an exercise, or several.
  static func isExercise(_ text: String) -> Bool {
    if ExerciseCatalogue.entry(of: text) != nil { return true }
    let words = ColumnLook.words(text)
    return words.count <= 6 && !words.contains(where: DraftWords.negation.contains)
      && words.contains(where: DraftWords.isExercise)
  }

  private mutating func addFigures(to record: inout TableDraft.Record) {
    func add(_ field: Field, _ words: Set<String>, _ why: String) {
      guard let look = only(words, where: { $0.isNumeric }) else { return }
      take(look)
      record.add(field, look, why)
    }
    add(.sets, DraftWords.sets, "its name says sets")
    add(.reps, DraftWords.reps, "its name says repetitions")
    addDuration(to: &record)
    if let load = only(DraftWords.load, where: { $0.isNumeric }) {
      take(load)
      addLoad(load, to: &record)
    }
    if let effort = only(
      DraftWords.effort, where: { $0.isNumeric && $0.numbers.allSatisfy((0...10).contains) })
    {
      take(effort)
      record.add(.rpe, effort, "its name says effort, its numbers are from 0 to 10")
    }
    addSide(to: &record)
    if let done = only(DraftWords.completed, where: \.isYesOrNo) {
      take(done)
      record.add(.completed, done, "yes or no")
    }
    // Whatever else says whether it was done has to be understood first.
    let words = DraftWords.completed.union(["result", "skipped", "missed", "ausgelassen"])
    let doubtful = free.filter { $0.says(words) && !$0.isNumeric && $0.distinct.count <= 6 }
    if !doubtful.isEmpty, !record.has(.completed) {
      for look in doubtful { take(look) }
      record.ask(
        .completed, doubtful.map(\.name), "it may say what was done: map its words to yes and no")
    }
  }

  /// Adds the side of the body, with what its words in other languages mean.
  mutating func addSide(to record: inout TableDraft.Record) {
    guard let side = only(DraftWords.side, where: { !$0.isNumeric && !$0.isDate }) else { return }
    take(side)
    record.add(.side, side, "its name says the side")
    for word in side.distinct.sorted() where !DraftColumns.isSide(word) {
      let plain = word.lowercased().filter { $0.isLetter || $0 == " " }
      record.words.append((.side, word, DraftColumns.sides[plain]))
    }
  }

  private static func isSide(_ word: String) -> Bool {
    ["left", "right", "both", "none", "l", "r"].contains(word.lowercased())
  }

  /// Sides in other languages than English.
  private static let sides = [
    "links": "left", "li": "left", "rechts": "right", "re": "right", "beide": "both",
    "beidseitig": "both", "bds": "both", "izquierda": "left", "izquierdo": "left", "izq": "left",
    "derecha": "right", "derecho": "right", "der": "right", "dcha": "right", "dcho": "right",
    "ambos": "both", "ambas": "both", "gauche": "left", "g": "left", "droite": "right",
    "droit": "right", "d": "right", "les deux": "both", "deux": "both", "sinistra": "left",
    "sinistro": "left", "destra": "right", "destro": "right", "entrambi": "both",
    "esquerda": "left", "direita": "right", "links en rechts": "both",
  ]

  private func addLoad(_ look: ColumnLook, to record: inout TableDraft.Record) {
    if !look.unit.isDisjoint(with: ["kg", "kgs", "kilo", "kilogramm"]) {
      record.add(.loadKilograms, look, "kilograms, as its name says")
    } else if !look.unit.isDisjoint(with: ["lb", "lbs", "pounds"]) {
      record.add(.loadKilograms, look, "pounds, as its name says")
      record.units.append((.loadKilograms, "lbs"))
    } else if look.numbers.allSatisfy({ $0 == 0 }) {
      return
    } else {
      record.ask(
        .loadKilograms, [look.name],
        "its unit is not said: name the column and write units = { load_kg = \"lbs\" } for pounds")
    }
  }

  /// Minutes or seconds, by the unit in the name; a length of time without a unit is asked about.
  private mutating func addDuration(to record: inout TableDraft.Record) {
    let words = DraftWords.duration.union(DraftWords.minutes).union(DraftWords.seconds)
      .union(DraftWords.hold)
    let looks = free.filter {
      $0.says(words) && !$0.saysPain && ($0.isNumeric || $0.isMostly($0.durations))
        && !$0.says(DraftWords.factors.reduce(into: ["rest", "pause"]) { $0.formUnion($1.words) })
    }
    for look in looks {
      if let field = DraftColumns.timeField(look), !record.has(field.field) {
        take(look)
        record.add(field.field, look, field.why)
        if let unit = field.unit { record.units.append((field.field, unit)) }
      } else if look.says(DraftWords.duration), !record.has(.minutes),
        look.numbers.contains(where: { $0 > 1_440 })
      {
        // More than the minutes of a day.
        take(look)
        record.add(.minutes, look, "seconds: too many for minutes of a day")
        record.units.append((.minutes, "s"))
      } else if looks.count == 1, look.says(DraftWords.duration), !record.has(.minutes) {
        take(look)
        record.ask(
          .minutes, [look.name],
          "minutes or seconds? Name the column, and write units = { minutes = \"s\" } for seconds")
      }
    }
  }

  /// What a length of time is by its name and its cells; nil where they do not say.
  static func timeField(_ look: ColumnLook) -> (field: Field, unit: String?, why: String)? {
    let isHold = look.says(DraftWords.hold)
    let isSeconds = look.says(DraftWords.seconds.subtracting(["s"])) || look.unit.contains("s")
    if isSeconds, look.isNumeric {
      return isHold || !look.says(DraftWords.duration)
        ? (.holdSeconds, nil, "seconds, as its name says")
        : (.minutes, "s", "seconds, as its name says")
    }
    if look.says(DraftWords.minutes) { return (.minutes, nil, "minutes, as its name says") }
    if look.isMostly(look.durations) {
      return (isHold ? .holdSeconds : .minutes, nil, "lengths of time with their units")
    }
    return nil
  }

  // MARK: Columns that are exercises

  /// One record for each exercise that columns are named after: ticked, or with a number in a unit
  /// that the name says.
  private mutating func exerciseColumns() -> [TableDraft.Record] {
    var records: [TableDraft.Record] = []
    var places: [String: Int] = [:]
    for look in free {
      guard let name = exerciseName(of: look) else { continue }
      let place = places[ExerciseCatalogue.folded(name)]
      var record = place.map { records[$0] } ?? TableDraft.Record(.sessions)
      if place == nil { record.add(.exercise, constant: name, "the column is that exercise") }
      guard add(look, to: &record) else { continue }
      take(look)
      if let place {
        records[place] = record
      } else {
        places[ExerciseCatalogue.folded(name)] = records.count
        records.append(record)
      }
    }
    // What is ticked like the exercises beside it may be one more, and may be a tablet.
    let marks = all.filter { look in
      records.contains { $0.lines.contains { $0.source == .origin(.column(look.name)) } }
        && look.isTicked
    }.reduce(into: Set<String>()) { $0.formUnion($1.distinct) }
    for look in free where isMark(look, like: marks) && !look.says(DraftWords.negation) {
      var record = TableDraft.Record(.sessions)
      record.ask(
        .exercise, [look.name],
        "ticked like the exercises beside it: is it one? Else take this "
          + "part out")
      record.add(.completed, look, "ticked, or yes and no")
      take(look)
      records.append(record)
    }
    return records
  }

  /// Whether a column is ticked and says nothing else that is known.
  private func isMark(_ look: ColumnLook, like marks: Set<String>) -> Bool {
    let known = DraftWords.pain.union(DraftWords.flare).union(DraftWords.completed)
      .union(DraftWords.exercise).union(DraftWords.notPain).union(DraftWords.status)
    if look.says(DraftWords.habits) || look.title.contains("?") { return false }
    return look.isTicked && !marks.isEmpty && look.distinct.isSubset(of: marks)
      && look.words.count <= 4 && !look.says(known)
  }

  /// Adds what a column says of its exercise; false for what says nothing of it.
  private func add(_ look: ColumnLook, to record: inout TableDraft.Record) -> Bool {
    let isTime = look.isBinary && DraftColumns.timeField(look) != nil
    if look.isTicked, !record.has(.completed), !isTime {
      record.add(.completed, look, "ticked, or yes and no")
    } else if look.isNumeric || look.isMostly(look.durations),
      let time = DraftColumns.timeField(look), !record.has(time.field)
    {
      record.add(time.field, look, time.why)
      if let unit = time.unit { record.units.append((time.field, unit)) }
    } else if look.isNumeric, look.says(DraftWords.sets), !record.has(.sets) {
      record.add(.sets, look, "sets, as its name says")
    } else if look.isNumeric, look.says(DraftWords.reps), !record.has(.reps) {
      record.add(.reps, look, "repetitions, as its name says")
    } else if look.isNumeric, !record.has(.reps) {
      record.ask(
        .reps, [look.name],
        "what it counts is not said: name the column here, or write minutes "
          + "or hold_seconds instead of reps")
    } else {
      return false
    }
    return true
  }

  /// The exercise that a column is named after, by the catalogue or by a word for exercise, without
  /// its unit and without words such as done.
  private func exerciseName(of look: ColumnLook) -> String? {
    if let known = exercises[look.name] { return known }
    if look.isText || look.isDate || look.isMostly(look.clocks) && !look.isNumeric { return nil }
    guard !look.says(DraftWords.negation), !look.says(DraftWords.pain) else { return nil }
    // Exercises as such are none of them.
    if look.mainWords.allSatisfy(DraftWords.exercise.union(DraftWords.therapy).contains) {
      return nil
    }
    let title = look.title
    var names = [title]
    if let open = title.lastIndex(of: "["), title.hasSuffix("]") {
      names.append(String(title[title.index(after: open)...].dropLast()))
    }
    if let colon = title.lastIndex(of: ":") {
      names.append(String(title[title.index(after: colon)...]).trimmingSpaces)
    }
    names += names.compactMap { splitUnit($0)?.name }
    names += names.map(DraftColumns.withoutFigures)
    for name in names.reversed() where ExerciseCatalogue.entry(of: name) != nil { return name }
    let name = DraftColumns.withoutFigures(splitUnit(names.last ?? title)?.name ?? title)
    let words = ColumnLook.words(name)
    return !name.contains("?") && DraftColumns.isExercise(name) && DraftColumns.test(words) == nil
      ? name : nil
  }

  /// A name without the words at its ends that say what is counted, as `stretch_minutes`.
  private static func withoutFigures(_ name: String) -> String {
    let figures = DraftWords.minutes.union(DraftWords.seconds).union(DraftWords.reps)
      .union(DraftWords.sets).union(DraftWords.completed).union(DraftWords.hold)
      .subtracting(["x", "s"])
    var words = name.split(whereSeparator: { $0 == " " || $0 == "_" }).map(String.init)
    func isFigure(_ word: String?) -> Bool {
      word.map { ColumnLook.words($0).contains(where: figures.contains) } ?? false
    }
    while words.count > 1, isFigure(words.last) { words.removeLast() }
    while words.count > 1, isFigure(words.first) { words.removeFirst() }
    return words.joined(separator: " ")
  }

  // MARK: Exercise without a name

  /// Whether exercises were done, or for how many minutes, where no column names them.
  private mutating func generalExercise(beside records: [TableDraft.Record])
    -> [TableDraft.Record]
  {
    if isSurvey { return [] }
    let done = free.filter { look in
      look.isYesOrNo
        && (look.says(DraftWords.exercise.union(DraftWords.therapy)) || look.exerciseWord != nil)
        && !look.says(DraftWords.pain)
        && !look.says(["plan", "planned", "goal", "like", "enjoy", "pain", "more", "able"])
    }
    guard done.count <= 1 else { return [] }
    let minutes = free.filter { look in
      (look.isNumeric || look.isMostly(look.durations)) && look.says(DraftWords.minutes)
        && !look.says(
          DraftWords.factors.reduce(into: Set(["rest", "pause", "late", "resting"])) {
            $0.formUnion($1.words)
          })
    }
    let named = minutes.filter {
      $0.exerciseWord != nil || $0.says(DraftWords.exercise)
        || $0.says(["trainingsminuten", "ubungsminuten", "training"])
    }
    let time = done.isEmpty || minutes.count > 1 ? named : minutes
    guard records.isEmpty, time.count <= 1, done.count + time.count > 0 else { return [] }
    for look in done + time { take(look) }
    func record(_ word: String?) -> TableDraft.Record {
      var record = TableDraft.Record(.sessions)
      record.add(.exercise, constant: word ?? "exercises", "the table names no other")
      return record
    }
    let words = (done.first?.exerciseWord, time.first?.exerciseWord)
    var first = record(words.0 ?? words.1)
    if let done = done.first { first.add(.completed, done, "yes or no, about exercises") }
    guard let time = time.first else { return [first] }
    if let one = words.0, let other = words.1, one != other {
      var second = record(other)
      second.add(.minutes, time, "minutes, as its name says")
      return [first, second]
    }
    first.add(.minutes, time, "minutes, as its name says")
    return [first]
  }
}

extension ColumnLook {
  /// The word of its name that is an exercise; nil where there is none.
  var exerciseWord: String? {
    mainWords.first(where: DraftWords.isExercise)
  }
  /// Whether its cells are as short as names.
  var isShort: Bool { values.allSatisfy { $0.count <= 40 } }
  /// What parts several exercises in its cells; nil where each holds one.
  var separator: String? {
    [";", "|", "+", ",", "/"].first { separator in
      values.contains { value in
        let parts = value.split(separator: separator)
        return parts.count > 1
          && parts.contains { DraftColumns.isExercise(String($0).trimmingSpaces) }
          && !value.contains("(")
      }
    }
  }
}

extension TableDraft {
  /// Whether a name speaks of exercise.
  public static func saysExercise(_ name: String) -> Bool {
    ColumnLook.words(name).contains(where: DraftWords.exercise.contains)
  }
}
