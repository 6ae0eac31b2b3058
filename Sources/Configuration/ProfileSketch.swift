import Ingest
import Records

/// A draft of a profile for a table that no profile fits, with what is not sure about it.
///
/// Columns are guessed from their names in English, German and French and from what stands in them.
public struct ProfileSketch: Sendable {
  /// What its rows seem to be.
  public let kind: Kind
  /// The field and the column of each guess, in the order of the columns.
  public let columns: [(field: Field, column: String)]
  /// What a person should look at, a sentence each.
  public let doubts: [String]
  /// The draft itself, with the doubts as comments.
  public let toml: String

  /// Drafts a profile.
  ///
  /// An export of REDCap holds several instruments: the draft is of one, by its data dictionary as
  /// far as there is one.
  ///
  /// - Parameters:
  ///   - sample: the beginning of the table.
  ///   - name: the file's name, for the profile's.
  ///   - dictionary: the project's, for an export of REDCap.
  ///   - instrument: whose rows are meant; nil for the one that says most.
  public init(
    _ sample: TableSample, name: String, dictionary: REDCapDictionary? = nil,
    instrument: String? = nil
  ) {
    let draft: Draft
    if let export = REDCapExport(sample.header, dictionary) {
      draft = Draft.best(sample, export, instrument)
    } else {
      var plain = Draft(sample)
      plain.guess()
      draft = plain
    }
    kind = draft.kind
    columns = draft.chosen.sorted { $0.column < $1.column }.map {
      ($0.field, sample.header[$0.column])
    }
    doubts = draft.doubts
    toml = draft.toml(name: name)
  }
}

private struct Draft {
  let sample: TableSample
  var kind = Kind.sessions
  var chosen: [(field: Field, column: Int)] = []
  var doubts: [String] = []
  private var dateParts: (year: Int, month: Int, day: Int)?
  private var constants: [(field: Field, text: String)] = []
  private var units: [(field: Field, unit: String)] = []
  private var order: DateOrder?
  private var decimal: String?
  private var filled: [Int] = []
  private var forms: [[CellForm]]
  private var names: [String]
  /// The instrument of a REDCap export that is drafted.
  private var instrument: Instrument?
  private var exclusions: [(column: String, equals: String, reason: String)] = []
  private var values: [(field: Field, words: [(code: String, label: String)])] = []
  private var checkBoxes: [(column: String, label: String)] = []

  init(_ sample: TableSample) {
    self.sample = sample
    forms = sample.header.indices.map { sample.values($0).prefix(200).map(CellForm.init) }
    names = sample.header.map { ExerciseCatalogue.folded($0) }
  }

  // MARK: REDCap

  private struct Instrument {
    let name: String
    let columns: [Int]
    let export: REDCapExport
  }

  /// The draft of the instrument that is named, or that says most.
  static func best(_ sample: TableSample, _ export: REDCapExport, _ name: String?) -> Draft {
    var drafts = export.instruments.map { Draft(sample, of: $0, in: export) }
    for index in drafts.indices { drafts[index].guess() }
    let others = drafts.filter { $0.worth > 1 }.compactMap { $0.instrument?.name }
    var best =
      drafts.first { $0.instrument?.name == name }
      ?? drafts.max { $0.worth < $1.worth }
      ?? Draft(sample)
    let more = others.filter { $0 != best.instrument?.name }
    best.doubts.insert(
      "This is an export of REDCap; the draft is of the instrument \(best.instrument?.name ?? "")."
        + (more.isEmpty ? "" : " Also drafted with --instrument: \(more.joined(separator: ", "))."),
      at: 0)
    if let name, best.instrument?.name != name {
      best.doubts.insert(
        "There is no instrument \(name). There are: "
          + export.instruments.map(\.name).joined(separator: ", ") + ".", at: 0)
    } else if best.worth < 2 {
      best.doubts.insert(
        "No pain score, exercise, measurement or status with a date was recognised in it.", at: 1)
    }
    if export.dictionary == nil {
      best.doubts.insert(
        "With --dictionary FILE its labels, codes and check boxes are understood.", at: 1)
    }
    return best
  }

  /// A draft of the columns of one instrument; coded cells are taken for what they stand for.
  private init(
    _ given: TableSample, of own: (name: String, columns: [Int]), in export: REDCapExport
  ) {
    var sample = given
    for column in own.columns {
      guard let entry = export.dictionary?.entry(ofColumn: sample.header[column]), entry.isCoded
      else { continue }
      for row in sample.rows.indices {
        let code = sample.rows[row].cells[column]
        if let choice = entry.choices.first(where: { $0.code == code }) {
          sample.rows[row].cells[column] = choice.label
        }
      }
    }
    self.init(sample)
    instrument = Instrument(name: own.name, columns: own.columns, export: export)
    for column in sample.header.indices {
      guard own.columns.contains(column) else {
        forms[column] = []
        continue
      }
      if let entry = export.dictionary?.entry(ofColumn: sample.header[column]) {
        names[column] += " " + ExerciseCatalogue.folded(entry.label)
        // A box is ticked or not: nothing that a column of figures would be.
        if entry.type == "checkbox" { forms[column] = [] }
      } else if sample.header[column].contains("___") {
        forms[column] = []
      }
    }
  }

  /// How much of a record was found.
  private var worth: Int {
    let has = { (field: Field) in chosen.contains { $0.field == field } }
    let hasDate = has(dateField) || dateParts != nil
    let says =
      switch kind {
      case .sessions: has(.exercise) || !checkBoxes.isEmpty
      case .pain: has(.score)
      case .flexibility: has(.measure) && has(.value)
      default: has(.status)
      }
    return (hasDate ? 1 : 0) + (says ? 1 : 0)
  }

  /// The person, the rows of other instruments and events, codes, and ticked exercises.
  private mutating func judgeREDCap(_ own: Instrument) {
    chosen.removeAll { $0.field == .patientID }
    chosen.append((.patientID, 0))
    for item in chosen {
      if let entry = own.export.dictionary?.entry(ofColumn: sample.header[item.column]) {
        if entry.isCoded { values.append((item.field, entry.choices)) }
      }
    }
    let date = chosen.first { $0.field == dateField }?.column
    for name in [REDCapExport.repeatInstrument, REDCapExport.event] {
      guard let column = sample.header.firstIndex(of: name), let date else { continue }
      var isFilled: [String: Bool] = [:]
      for row in sample.rows {
        if !row.cells[date].isEmpty {
          isFilled[row.cells[column]] = true
        } else if isFilled[row.cells[column]] == nil {
          isFilled[row.cells[column]] = false
        }
      }
      var others = isFilled.filter { !$0.value }.map(\.key)
      if name == REDCapExport.repeatInstrument {
        others += (own.export.dictionary?.instruments ?? []).filter {
          $0 != own.name && isFilled[$0] == nil
        }
      }
      exclusions += others.sorted().map {
        (name, $0, name == REDCapExport.event ? "another event" : "another instrument")
      }
    }
    guard kind == .sessions, !chosen.contains(where: { $0.field == .exercise }) else { return }
    let boxes = own.columns.filter { column in
      guard let entry = own.export.dictionary?.entry(ofColumn: sample.header[column]) else {
        return false
      }
      return entry.type == "checkbox"
        && SketchWords.exercise.contains { hasWord(names[column], $0) }
    }
    checkBoxes = boxes.compactMap { column in
      let name = sample.header[column]
      guard let entry = own.export.dictionary?.entry(ofColumn: name),
        let choice = entry.choices.first(where: { name == "\(entry.name)___\($0.code)" })
      else { return nil }
      return (name, choice.label)
    }
  }

  mutating func guess() {
    findDateParts()
    let date = dateParts == nil ? findDate() : nil
    let score = column(of: .number, named: SketchWords.pain) { (0...10).contains($0) }
    let exercise = column(of: .text, named: SketchWords.exercise)
    let measure = column(of: .text, named: SketchWords.measure)
    let value = column(of: .number, named: SketchWords.value)
    let status = column(of: .text, named: SketchWords.status)
    // Work of some kind in the row makes it a session whatever else stands beside it.
    let isWork =
      exercise != nil || column(of: .number, named: SketchWords.minutes) != nil
      || column(of: .number, named: SketchWords.sets) != nil
    if isWork, score == nil || exercise != nil {
      kind = .sessions
    } else if score != nil {
      kind = .pain
    } else if measure != nil, value != nil {
      kind = .flexibility
    } else if status != nil {
      kind = .days
    }
    choose(column(of: .any, named: SketchWords.patient), .patientID)
    choose(date, dateField)
    switch kind {
    case .pain:
      choose(score, .score)
      choose(column(of: .text, named: SketchWords.location), .location)
    case .flexibility:
      choose(measure, .measure)
      choose(value, .value)
      choose(column(of: .text, named: SketchWords.unit), .unit)
    case .days: choose(status, .status)
    default:
      choose(exercise, .exercise)
      choose(column(of: .number, named: SketchWords.sets), .sets)
      choose(column(of: .number, named: SketchWords.reps), .reps)
      choose(column(of: .number, named: SketchWords.hold), .holdSeconds)
      choose(column(of: .number, named: SketchWords.minutes), .minutes)
      choose(column(of: .number, named: SketchWords.load), .loadKilograms)
      choose(column(of: .number, named: SketchWords.effort) { (0...10).contains($0) }, .rpe)
      choose(column(of: .number, named: SketchWords.painAfter), .painAfter)
    }
    choose(column(of: .text, named: SketchWords.side), .side)
    choose(column(of: .text, named: SketchWords.notes), .notes)
    judge()
  }

  private var dateField: Field {
    switch kind {
    case .pain: .recordedAt
    case .flexibility: .measuredOn
    case .days: .date
    default: .startedAt
    }
  }

  private mutating func choose(_ column: Int?, _ field: Field) {
    guard let column, kind.fields.contains(field), !chosen.contains(where: { $0.column == column })
    else { return }
    chosen.append((field, column))
  }

  // MARK: Guessing columns

  private enum Want { case number, text, any }

  /// The column of a form whose name holds one of some words; the first word that fits wins.
  private func column(
    of want: Want, named words: [String], where isGood: (Double) -> Bool = { _ in true }
  ) -> Int? {
    for word in words {
      for column in names.indices where hasWord(names[column], word) && fits(column, want, isGood) {
        return column
      }
    }
    return nil
  }

  /// Whether a name holds a word as a whole or at the beginning of one of its words.
  private func hasWord(_ name: String, _ word: String) -> Bool {
    name == word || (" " + name).contains(" " + word)
      || (word.count > 5 && name.contains(word))
  }

  private func fits(_ column: Int, _ want: Want, _ isGood: (Double) -> Bool) -> Bool {
    let cells = forms[column]
    if cells.isEmpty { return false }
    let fitting = cells.count { cell in
      switch (cell, want) {
      case (.number(let value), .number): isGood(value)
      case (.duration, .number): true
      case (.text, .text), (_, .any): true
      default: false
      }
    }
    return fitting * 10 >= cells.count * 7
  }

  private mutating func findDateParts() {
    func part(_ words: [String], _ range: ClosedRange<Double>) -> Int? {
      names.indices.first { column in
        words.contains { names[column] == $0 || names[column].hasSuffix($0) }
          && fits(column, .number, range.contains)
      }
    }
    if let year = part(["year", "jahr", "annee", "année"], 0...2_100),
      let month = part(["month", "monat", "mois"], 0...12),
      let day = part(["day", "tag", "jour"], 0...31)
    {
      dateParts = (year, month, day)
    }
  }

  private func findDate() -> Int? {
    let dates = forms.indices.filter { column in
      let cells = forms[column]
      let fitting = cells.count { if case .date = $0 { true } else { false } }
      return !cells.isEmpty && fitting * 10 >= cells.count * 7
    }
    return dates.first { column in SketchWords.date.contains { hasWord(names[column], $0) } }
      ?? dates.first
  }

  // MARK: Judging what was found

  private mutating func judge() {
    if let instrument { judgeREDCap(instrument) }
    if !chosen.contains(where: { $0.field == dateField }), dateParts == nil {
      doubts.append("No column looks like a date. Write its name behind \(dateField.name).")
    }
    judgeDates()
    if !chosen.contains(where: { $0.field == .patientID }) {
      doubts.append("No column names a person. Pass --patient ID when you import.")
    }
    switch kind {
    case .sessions where !chosen.contains { $0.field == .exercise } && checkBoxes.isEmpty:
      constants.append((.exercise, "exercise"))
      doubts.append("No column names the exercise: every row is called \"exercise\".")
    case .pain where !chosen.contains { $0.field == .score }:
      doubts.append("No column looks like a score from 0 to 10.")
    default: break
    }
    let isComma = chosen.contains { item in
      Field.numberNames.contains(item.field.name)
        && sample.values(item.column).contains { $0.contains(",") && !$0.contains(".") }
    }
    if isComma { decimal = "," }
    judgeGaps()
    judgeDurations()
    let unused = sample.header.indices.filter { column in
      !sample.header[column].isEmpty && !chosen.contains { $0.column == column }
        && instrument?.columns.contains(column) ?? true
        && !checkBoxes.contains { $0.column == sample.header[column] }
        && ![dateParts?.year, dateParts?.month, dateParts?.day].contains(column)
    }
    if !unused.isEmpty {
      doubts.append(
        "Not read: \(unused.prefix(12).map { sample.header[$0] }.joined(separator: ", ")).")
    }
  }

  /// Plain numbers of hundreds and more are seconds, whatever the column is called.
  private mutating func judgeDurations() {
    guard let item = chosen.first(where: { $0.field == .minutes }) else { return }
    let numbers = forms[item.column].compactMap { form -> Double? in
      if case .number(let value) = form { value } else { nil }
    }.sorted()
    guard !numbers.isEmpty, numbers[numbers.count / 2] > 240,
      !sample.header[item.column].hasSuffix(")")
    else { return }
    units.append((.minutes, "s"))
    doubts.append(
      "The numbers in \(sample.header[item.column]) are taken for seconds (units).")
  }

  private mutating func judgeDates() {
    defer { trustDictionary() }
    guard let date = chosen.first(where: { $0.field == dateField })?.column else { return }
    var fitting: [DateOrder: Int] = [:]
    var count = 0
    for case .date(let orders) in forms[date] where !orders.isEmpty {
      count += 1
      for order in orders { fitting[order, default: 0] += 1 }
    }
    guard count > 0, let most = fitting.values.max() else { return }
    let best = DateOrder.allCases.filter { fitting[$0] == most }
    if best.count == 1 {
      order = best[0]
    } else {
      doubts.append(
        "The order of the dates cannot be told from the first rows "
          + "(\(sample.values(date).prefix(3).joined(separator: ", "))). Set date_order.")
    }
  }

  /// Takes the order of dates from the data dictionary where the first rows do not tell.
  private mutating func trustDictionary() {
    guard order == nil, doubts.contains(where: { $0.contains("date_order") }),
      let column = chosen.first(where: { $0.field == dateField })?.column,
      let entry = instrument?.export.dictionary?.entry(ofColumn: sample.header[column]),
      let typed = entry.dateOrder
    else { return }
    order = typed
    doubts.removeAll { $0.contains("date_order") }
  }

  /// Columns of the date that say something only where it changes.
  private mutating func judgeGaps() {
    let columns =
      dateParts.map { [$0.year, $0.month, $0.day] }
      ?? chosen.filter { $0.field == dateField }.map(\.column)
    guard let first = sample.rows.first, sample.rows.count > 4, instrument == nil else { return }
    filled = columns.filter { column in
      let empty = sample.rows.count { $0.cells[column].isEmpty }
      return empty * 5 > sample.rows.count && !first.cells[column].isEmpty
    }
    if !filled.isEmpty {
      filled = columns
      doubts.append("Empty cells of the date take the cell above (fill_down).")
    }
  }

  // MARK: Writing

  func toml(name: String) -> String {
    var lines = ["# Drafted by `lumbar profile sketch` from the first \(sample.rows.count) rows."]
    lines += ["# Look it over, then: lumbar import FILE --profile THIS_FILE"]
    lines += doubts.map { "# ? \($0)" }
    lines += ["name = \(quoted(name))", "about = \"a draft\"", "kind = \"\(kind.rawValue)\""]
    if sample.skippedLines > 0 { lines.append("skip_lines = \(sample.skippedLines)") }
    if let encoding = sample.encoding { lines.append("encoding = \"\(encoding.rawValue)\"") }
    let delimiter = sample.delimiter == 0x09 ? "tab" : String(UnicodeScalar(sample.delimiter))
    lines.append("delimiter = \(quoted(delimiter))")
    if let order { lines.append("date_order = \"\(order.rawValue)\"") }
    if order == nil, doubts.contains(where: { $0.contains("date_order") }) {
      lines.append("# date_order = \"dmy\"")
    }
    if let decimal { lines.append("decimal = \"\(decimal)\"") }
    lines.append("# timezone = \"Europe/Berlin\"  # of times without an offset")
    if !filled.isEmpty {
      lines.append(
        "fill_down = [\(filled.map { quoted(sample.header[$0]) }.joined(separator: ", "))]")
    }
    lines += ["", "[columns]"]
    if let parts = dateParts {
      lines.append(
        "\(dateField.name) = { year = \(quoted(sample.header[parts.year])), month = "
          + "\(quoted(sample.header[parts.month])), day = \(quoted(sample.header[parts.day])) }")
    }
    for item in chosen.sorted(by: { $0.column < $1.column }) {
      lines.append("\(item.field.name) = \(quoted(sample.header[item.column]))")
    }
    if !constants.isEmpty {
      lines += ["", "[constants]"]
      lines += constants.map { "\($0.field.name) = \(quoted($0.text))" }
    }
    for (field, words) in values {
      lines += ["", "[values.\(field.name)]"]
      lines += words.map { "\(quoted($0.code)) = \(quoted($0.label))" }
    }
    for exclusion in exclusions {
      lines += [
        "", "[[leave_out]]", "column = \(quoted(exclusion.column))",
        "equals = \(quoted(exclusion.equals))", "reason = \(quoted(exclusion.reason))",
      ]
    }
    for box in checkBoxes {
      lines += [
        "", "[[pivot]]", "constants = { exercise = \(quoted(box.label)) }",
        "columns = { completed = \(quoted(box.column)) }",
      ]
    }
    if !units.isEmpty {
      lines += ["", "[units]"] + units.map { "\($0.field.name) = \(quoted($0.unit))" }
    }
    lines += unknownExercises()
    return lines.joined(separator: "\n") + "\n"
  }

  /// A line for each exercise that the catalogue does not know.
  private func unknownExercises() -> [String] {
    guard let column = chosen.first(where: { $0.field == .exercise })?.column else { return [] }
    let unknown = Set(sample.values(column)).filter { ExerciseCatalogue.entry(of: $0) == nil }
    guard !unknown.isEmpty else { return [] }
    return ["", "[components]", "# One of: \(Component.words.joined(separator: ", "))."]
      + unknown.sorted().prefix(40).map { "# \(quoted($0)) = \"other\"" }
  }

  /// A TOML string.
  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case "\t": quoted += "\\t"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case let hidden where isHidden(hidden.value):
        let digits = String(hidden.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
