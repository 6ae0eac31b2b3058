import Records

/// What an unknown table seems to hold: the records that each of its rows gives, with the evidence
/// for every column that is read and a question wherever the table does not say enough.
///
/// A column is taken by evidence from its name and from its cells. What several columns could be is
/// asked and taken from none.
public struct TableDraft: Sendable {
  /// What a field of a record is read from.
  public struct Line: Sendable {
    /// What stands behind the field.
    public enum Source: Sendable, Equatable {
      /// A column, or several that make one.
      case origin(Layout.Origin)
      /// Not known: a person has to say; the columns or values that it may be.
      case question([String])
    }
    /// The field.
    public var field: Field
    /// Where it comes from.
    public var source: Source
    /// Why, in a few words; of a question what is to be said.
    public var why: String
  }

  /// One of the records that a row gives.
  public struct Record: Sendable {
    /// What it is.
    public var kind: Kind
    /// Its fields.
    public var lines: [Line] = []
    /// Words of a field and what they stand for, nothing for an exercise that there was not; nil
    /// where a person has to say.
    public var words: [(field: Field, from: String, to: String?)] = []
    /// Units of its numbers that are not the field's own.
    public var units: [(field: Field, unit: String)] = []
    /// What parts several exercises in one cell.
    public var separator: String?

    init(_ kind: Kind) { self.kind = kind }

    /// Whether a field is read from somewhere or asked about.
    func has(_ field: Field) -> Bool { lines.contains { $0.field == field } }

    mutating func add(_ field: Field, _ column: ColumnLook, _ why: String) {
      lines.append(Line(field: field, source: .origin(.column(column.name)), why: why))
    }
    mutating func add(_ field: Field, constant text: String, _ why: String) {
      lines.append(Line(field: field, source: .origin(.constant(text)), why: why))
    }
    mutating func ask(_ field: Field, _ choices: [String], _ why: String) {
      lines.append(Line(field: field, source: .question(choices), why: why))
    }
  }

  /// A setting of the whole table that a person has to say.
  public struct Question: Sendable {
    /// The key in a profile.
    public var key: String
    /// What it may be.
    public var choices: [String]
    /// What is to be said.
    public var why: String
  }

  /// The records of a row; none when nothing was found that lumbar keeps.
  public internal(set) var records: [Record] = []
  /// Whose rows they are.
  public internal(set) var patient: Line?
  /// The order of dates, where the cells show it.
  public internal(set) var dateOrder: DateOrder?
  /// The year of dates that name none.
  public internal(set) var year: Int?
  /// Columns of the date that say something only where it changes.
  public internal(set) var filledDown: [String] = []
  /// Texts that stand for a missing value.
  public internal(set) var missing: [String] = []
  /// What is asked about the whole table.
  public internal(set) var questions: [Question] = []
  /// Columns that nothing is read from.
  public internal(set) var unread: [String] = []
  /// The table.
  public let sample: TableSample

  /// Whether nothing was found that lumbar keeps.
  public var isEmpty: Bool { records.isEmpty }

  /// Whether nothing is left to be asked.
  public var isSettled: Bool {
    questions.isEmpty && patient.map(isSettled) ?? true
      && records.allSatisfy { record in
        record.lines.allSatisfy(isSettled) && record.words.allSatisfy { $0.to != nil }
      }
  }

  private func isSettled(_ line: Line) -> Bool {
    if case .question = line.source { false } else { true }
  }

  /// Reads the dates in an order that somebody else knows, where the cells do not show it.
  public mutating func use(_ order: DateOrder) {
    guard let asked = questions.firstIndex(where: { $0.key == "date_order" }) else { return }
    questions.remove(at: asked)
    dateOrder = order
  }

  /// Drafts what a table holds.
  ///
  /// - Parameters:
  ///   - sample: its beginning.
  ///   - labels: what people read instead of a column's name, by the name.
  ///   - groups: columns that belong together, as those of one questionnaire; all others are one.
  ///   - exercises: columns that are an exercise, with its name.
  ///   - isUsed: whether a column is looked at.
  public init(
    _ sample: TableSample, labels: [String: String] = [:], groups: [[Int]] = [],
    exercises: [String: String] = [:], isUsed: (Int) -> Bool = { _ in true }
  ) {
    self.sample = sample
    let looks = sample.header.indices.filter(isUsed).map {
      ColumnLook($0, sample.header[$0], label: labels[sample.header[$0]] ?? "", sample.values($0))
    }
    let isSurvey = sample.header.contains {
      ["responseid", "response id"].contains($0.lowercased())
    }
    let asked = looks.filter { look in
      !isSurvey || look.isDate || !DraftWords.survey.contains(look.name.lowercased())
    }
    var columns = DraftColumns(asked, sample: sample, exercises: exercises)
    findPatient(&columns)
    let grouped = Set(groups.flatMap { $0 })
    let rest = looks.map(\.index).filter { !grouped.contains($0) }
    let when = columns.when(within: rest)
    for group in groups {
      var own = columns.part(group)
      let date = own.when(within: group) ?? when
      draft(&own, date)
      columns.taken.formUnion(own.taken)
    }
    var own = columns.part(rest)
    draft(&own, when)
    columns.taken.formUnion(own.taken)
    let scores = records.filter { $0.kind == .pain }.flatMap(\.lines).compactMap { line in
      line.field == .score ? looks.first { line.source == .origin(.column($0.name)) } : nil
    }
    missing = columns.missingCodes(of: scores)
    askForPeople(columns)
    settleDates(columns, mayFill: groups.isEmpty)
    unread = looks.filter { !columns.taken.contains($0.index) && !$0.name.isEmpty }.map(\.name)
  }
}

// MARK: Who

extension TableDraft {
  private mutating func findPatient(_ columns: inout DraftColumns) {
    var named = columns.all.filter { look in
      guard !look.values.isEmpty, !look.isTicked, !look.isDate, look.durations == 0 else {
        return false
      }
      let isNamed =
        look.says(DraftWords.person) && !look.says(DraftWords.notPerson)
        && look.words.count <= 3
      let isID =
        look.words.count <= 3
        && (look.says(DraftWords.id) && look.says(DraftWords.recordID)
          || look.says(DraftWords.file))
      // Numbers of participants are nobody's number.
      let isCount =
        look.isNumeric && !look.says(DraftWords.id) && !isID
        && look.distinct.count * 10 > look.values.count * 7 && look.numbers.allSatisfy { $0 < 100 }
      return (isNamed || isID) && !isCount && look.numbers.allSatisfy { $0 == $0.rounded() }
    }
    if named.isEmpty { named = columns.all.filter { isSharedName($0, columns.all) } }
    let ids = named.filter { $0.says(DraftWords.id.union(DraftWords.file)) }
    let best = ids.isEmpty ? named : ids
    if best.count == 1, let look = best.first {
      columns.take(look)
      patient = Line(
        field: .patientID, source: .origin(.column(look.name)), why: "its name says whose row it is"
      )
    } else if best.count > 1 {
      for look in best { columns.take(look) }
      patient = Line(
        field: .patientID, source: .question(best.map(\.name)),
        why: "several columns may say whose row it is")
    } else if let look = columns.all.first(where: { $0.words == ["id"] }), !look.values.isEmpty,
      look.distinct.count < look.values.count
    {
      columns.take(look)
      patient = Line(
        field: .patientID, source: .origin(.column(look.name)),
        why: "an id that several rows share")
    }
  }
}

extension TableDraft {
  /// Asks whose rows they are where a column that nothing is read from holds codes that rows share.
  private mutating func askForPeople(_ columns: DraftColumns) {
    guard patient == nil, !records.isEmpty else { return }
    let names = columns.all.filter { look in
      !columns.taken.contains(look.index) && look.says(DraftWords.personName.union(["id"]))
        && look.words.count <= 2 && look.distinct.count > 1 && look.isText && look.isShort
    }
    guard names.isEmpty else {
      return patient = Line(
        field: .patientID, source: .question(names.map(\.name)),
        why: "it may name people: name the column, or take the line out")
    }
    let codes = columns.all.filter { look in
      !columns.taken.contains(look.index) && look.distinct.count > 1
        && look.distinct.count * 2 <= look.values.count + 1 && look.values.allSatisfy(isCode)
    }
    guard !codes.isEmpty else { return }
    patient = Line(
      field: .patientID, source: .question(codes.map(\.name)),
      why: "its codes may be people: name the column, or take the line out"
    )
  }

  /// Whether a text is a code: a few letters and at least two digits.
  private func isCode(_ text: String) -> Bool {
    let letters = text.prefix { $0.isLetter || $0 == "-" || $0 == "_" || $0 == "." }
    let digits = text.dropFirst(letters.count)
    return letters.count <= 5 && digits.count >= 2
      && digits.allSatisfy { ("0"..."9").contains($0) } && (letters.count > 0 || digits.count >= 4)
  }

  /// Whether a column that is called an id or a name says whose rows they are: several rows share
  /// its values, and nothing in the table is named by it but people.
  private func isSharedName(_ look: ColumnLook, _ all: [ColumnLook]) -> Bool {
    guard !look.values.isEmpty, look.distinct.count < look.values.count, look.words.count <= 3,
      !look.isTicked, !look.isDate, look.numbers.allSatisfy({ $0 == $0.rounded() })
    else { return false }
    let others: Set<String> = [
      "visit", "session", "room", "sitzung", "booking", "order", "device", "exercise", "class",
    ]
    if look.says(others) || look.says(DraftWords.exercise) { return false }
    if look.says(DraftWords.id), look.words.count > 1 { return true }
    let figures = DraftWords.sets.union(DraftWords.reps)
    guard look.says(DraftWords.personName), !look.says(["exercise", "workout", "activity"]),
      !all.contains(where: { $0.isNumeric && $0.says(figures) })
    else { return false }
    // One address in every row is the account of whoever fills a form in.
    if look.distinct.count == 1, look.values.contains(where: { $0.contains("@") }) { return false }
    return look.values.count(where: DraftColumns.isExercise) * 5 <= look.values.count
  }
}

// MARK: What

extension TableDraft {
  /// Adds the records of a part of the columns.
  private mutating func draft(_ columns: inout DraftColumns, _ when: DraftDate?) {
    if let when { columns.taken.formUnion(when.columns) }
    var found = columns.exerciseRecords()
    let pains = columns.painRecords(beside: &found)
    found += pains
    found += columns.measurementRecords()
    found += columns.questionnaireRecords()
    found += columns.statusRecords()
    guard !found.isEmpty else { return }
    found += columns.factorRecords()
    columns.addNotes(to: &found)
    for index in found.indices {
      let field = found[index].kind.dateField
      if let when {
        found[index].lines.insert(Line(field: field, source: when.source, why: when.why), at: 0)
      } else if found[index].kind != .program {
        found[index].lines.insert(
          Line(field: field, source: .question([]), why: "no column looks like its day"), at: 0)
      }
    }
    records += found
  }

  /// What is to be known to read the dates.
  private mutating func settleDates(_ columns: DraftColumns, mayFill: Bool) {
    var looks: [ColumnLook] = []
    for line in records.flatMap(\.lines) where Field.dates.contains(line.field) {
      guard case .origin(let origin) = line.source else { continue }
      let names: [String] =
        switch origin {
        case .column(let name): [name]
        case .moment(let date, _): [date]
        case .date(let year, let month, let day, _): [year, month, day]
        case .constant: []
        }
      if names.count == 1 { looks += columns.all.filter { $0.name == names[0] } }
      if filledDown.isEmpty, mayFill { fillDown(names, columns) }
    }
    let orders = looks.flatMap(\.orders)
    if !orders.isEmpty {
      let fitting = DateOrder.allCases.filter { order in
        orders.count { $0.contains(order) } * 100 >= orders.count * 99
      }
      if fitting.count == 1 {
        dateOrder = fitting[0]
      } else if sample.isWhole {
        questions.append(
          Question(
            key: "date_order", choices: fitting.map(\.rawValue),
            why: "the dates can be read in more than one order, as \(looks[0].examples())"))
      }
    }
    if looks.contains(where: \.isYearless) {
      let years = sample.years
      if years.count == 1 {
        year = years[0]
      } else {
        questions.append(
          Question(
            key: "year", choices: years.map(String.init),
            why: "the dates name no year, as \(looks[0].examples())"))
      }
    }
  }

  private mutating func fillDown(_ names: [String], _ columns: DraftColumns) {
    let own = columns.all.filter { names.contains($0.name) }
    guard let first = sample.rows.first, sample.rows.count > 4 else { return }
    let hasGaps = own.contains { look in
      let empty = sample.rows.count { $0.cells[look.index].isEmpty && $0.says(beside: own) }
      return empty * 5 > sample.rows.count && !first.cells[look.index].isEmpty
    }
    if hasGaps { filledDown = names }
  }
}

extension TableSample.Row {
  /// Whether it says anything beside some columns.
  fileprivate func says(beside own: [ColumnLook]) -> Bool {
    let skipped = Set(own.map(\.index))
    return cells.indices.contains { !skipped.contains($0) && !cells[$0].isEmpty }
  }
}

extension Kind {
  /// The field that says when, of kinds of rows that a diary holds.
  var dateField: Field {
    switch self {
    case .pain: .recordedAt
    case .flexibility: .measuredOn
    case .days, .factors: .date
    case .questionnaires: .completedOn
    case .program: .startOn
    default: .startedAt
    }
  }
}
