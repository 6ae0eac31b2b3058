import Records

/// When the records of a row are: the columns that say it.
struct DraftDate {
  var source: TableDraft.Line.Source
  var why: String
  var columns: Set<Int>
}

/// The columns of an unknown table, with those that are taken for something.
struct DraftColumns {
  let all: [ColumnLook]
  let sample: TableSample
  var taken: Set<Int> = []
  /// The columns that are looked at now.
  private var own: Set<Int>

  /// Columns that are known to be an exercise, with its name.
  let exercises: [String: String]

  init(_ all: [ColumnLook], sample: TableSample, exercises: [String: String]) {
    self.exercises = exercises
    self.all = all
    self.sample = sample
    own = Set(all.map(\.index))
  }

  /// The columns that are left.
  var free: [ColumnLook] {
    all.filter { own.contains($0.index) && !taken.contains($0.index) && !$0.values.isEmpty }
  }

  /// The same, looking at some of the columns.
  func part(_ columns: [Int]) -> DraftColumns {
    var part = self
    part.own = Set(columns)
    return part
  }

  mutating func take(_ look: ColumnLook) { taken.insert(look.index) }

  // MARK: When

  /// The day of a row, with its time where a column of its own says it; nil when no column looks
  /// like one.
  func when(within columns: [Int]) -> DraftDate? {
    let looks = all.filter { columns.contains($0.index) && !taken.contains($0.index) }
    if let parts = dateParts(looks) { return parts }
    let fitting = looks.filter { look in
      guard !look.values.isEmpty, !look.says(DraftWords.notDate) else { return false }
      if look.isDate || look.isYearless { return true }
      return look.says(DraftWords.date) && look.serials == look.values.count
    }
    guard !fitting.isEmpty else { return nil }
    let named = fitting.filter { $0.says(DraftWords.date) }
    let best = named.isEmpty ? fitting : named
    // A form's own stamp stands beside the day that people were asked for.
    let asked = best.filter { !$0.says(["timestamp", "zeitstempel", "horodateur", "submitted"]) }
    let choices = asked.isEmpty ? best : asked
    guard let date = choices.first else { return nil }
    // Start and end, or date and time of the same thing: the first of them, when they agree.
    let rivals = choices.dropFirst().filter { !isSameDay($0, as: date) }
    guard rivals.isEmpty else {
      return DraftDate(
        source: .question(choices.map(\.name)), why: "several columns hold dates",
        columns: Set(choices.map(\.index)))
    }
    let same = Set(choices.map(\.index))
    if date.values.allSatisfy({ !$0.contains(":") }), let time = time(looks) {
      return DraftDate(
        source: .origin(.moment(date: date.name, time: time.name)),
        why: "dates, and times beside them", columns: same.union([time.index]))
    }
    let why =
      date.serials == date.values.count
      ? "days counted as spreadsheets do"
      : date.isYearless ? "dates without a year" : "dates, as \(date.examples(1))"
    return DraftDate(source: .origin(.column(date.name)), why: why, columns: same)
  }

  private func time(_ looks: [ColumnLook]) -> ColumnLook? {
    let times = looks.filter { look in
      look.isMostly(look.clocks) && (look.says(DraftWords.time) || !look.isNumeric)
        && !look.says(["end", "ende", "fin", "bis", "until", "to"])
    }
    return times.count == 1 ? times[0] : times.first { $0.says(DraftWords.time) }
  }

  private func isSameDay(_ other: ColumnLook, as date: ColumnLook) -> Bool {
    sample.rows.allSatisfy { row in
      let (one, two) = (row.cells[date.index], row.cells[other.index])
      return one.isEmpty || two.isEmpty || one.prefix(10) == two.prefix(10)
    }
  }

  private func dateParts(_ looks: [ColumnLook]) -> DraftDate? {
    func part(_ words: Set<String>, _ range: ClosedRange<Double>) -> ColumnLook? {
      looks.first { look in
        (look.words.last.map(words.contains) ?? false) && look.isNumeric
          && look.numbers.allSatisfy(range.contains)
      }
    }
    guard let year = part(DraftWords.year, 0...2_100), let month = part(DraftWords.month, 0...12),
      let day = part(DraftWords.dayOfMonth, 0...31)
    else { return nil }
    return DraftDate(
      source: .origin(.date(year: year.name, month: month.name, day: day.name, time: nil)),
      why: "a date in three columns", columns: [year.index, month.index, day.index])
  }

  // MARK: Small things

  /// The one free column that says something and is of a form; nil where there are none or several.
  func only(_ words: Set<String>, where isFit: (ColumnLook) -> Bool) -> ColumnLook? {
    let fitting = free.filter { $0.says(words) && isFit($0) }
    return fitting.count == 1 ? fitting[0] : nil
  }

  /// Adds the text that people write beside their figures to the first record.
  mutating func addNotes(to records: inout [TableDraft.Record]) {
    if let index = records.firstIndex(where: { $0.kind == .pain && !$0.has(.flare) }),
      let flare = only(DraftWords.flare, where: \.isTicked)
    {
      take(flare)
      records[index].add(.flare, flare, "yes or no")
    }
    guard
      let index = records.firstIndex(where: { $0.kind.fields.contains(.notes) && !$0.has(.notes) })
    else { return }
    let notes = free.filter { $0.says(DraftWords.notes) && !$0.isNumeric && !$0.isDate }
    guard let note = notes.first else { return }
    take(note)
    records[index].add(.notes, note, "its name says notes")
  }
}
