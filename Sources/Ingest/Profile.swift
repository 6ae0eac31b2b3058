import Records

/// How files of one origin are read: which column is which field, and what is particular about
/// them.
public struct Profile: Sendable, Equatable {
  /// The name by which it is chosen.
  public var name: String
  /// One line for people.
  public var about: String
  /// The tables that the origin writes, told apart by their headers.
  public var layouts: [Layout]
  /// The format of another program that its files are of, instead of tables; nil for tables.
  public var format: String?
  /// Components of exercises of that format by name; case does not matter.
  public var components: [String: Component] = [:]

  /// A profile of one or more layouts.
  public init(name: String, about: String, layouts: [Layout]) {
    self.name = name
    self.about = about
    self.layouts = layouts
  }

  /// What weights of that format are in; nil when not said.
  public var weightUnit: WeightUnit?

  /// A profile that says what exercises are in files of a format of another program, and what
  /// their weights are in.
  public init(
    name: String, about: String, format: String, components: [String: Component],
    weightUnit: String?
  ) {
    self.init(name: name, about: about, layouts: [])
    self.format = format
    self.components = components
    self.weightUnit = WeightUnit.allCases.first { unit in
      weightUnit.map { unitScale($0, for: .loadKilograms) }
        == unitScale(unit.rawValue, for: .loadKilograms)
    }
  }
}

/// One table that an origin writes.
public struct Layout: Sendable, Equatable {
  /// Where a field's text comes from.
  public enum Origin: Sendable, Equatable {
    /// A column, by its name in the header.
    case column(String)
    /// A date in three columns, perhaps with a time in a fourth.
    case date(year: String, month: String, day: String, time: String?)
    /// A date in one column and its time in another.
    case moment(date: String, time: String)
    /// The same text in every row; `{file}` in it is what the file's name says of its content.
    case constant(String)
  }

  /// Rows that are left aside on purpose.
  public struct Exclusion: Sendable, Equatable {
    /// The column looked at, and the text that leaves the row out.
    public var column: String
    /// What the cell without spaces at its ends must be, letter for letter.
    public var equals: String
    /// The word under which such rows are counted.
    public var reason: String

    /// Leaves out rows whose `column` is `equals`.
    public init(column: String, equals: String, reason: String) {
      self.column = column
      self.equals = equals
      self.reason = reason
    }
  }

  /// One of the records that a row of a wide table holds.
  public struct Pivot: Sendable, Equatable {
    /// Where its own fields come from, beside those that all records of the row share.
    public var fields: [Field: Origin]
    /// What it is, where that is not what the rows of the table are.
    public var kind: Kind?
    /// What parts several exercises that stand in one cell, each a record; nil for one a cell.
    public var separator: String?

    /// A record with some fields of its own.
    public init(fields: [Field: Origin], kind: Kind? = nil) {
      self.fields = fields
      self.kind = kind
    }

    /// The columns that are its own.
    public var columns: [String] { Layout.columns(of: fields) }
  }

  /// A column that is read where a field's own says nothing.
  public struct Substitute: Sendable, Equatable {
    /// The field, and the column that stands in for its own.
    public var field: Field
    /// By its name in the header.
    public var column: String
    /// The unit of its numbers; nil for the field's own.
    public var unit: String?

    /// Reads `column` for an empty cell of the field.
    public init(field: Field, column: String, unit: String?) {
      self.field = field
      self.column = column
      self.unit = unit
    }
  }

  /// Columns that are nothing else: the field of their names and that of their cells.
  public struct Rest: Sendable, Equatable {
    /// What the name of a column is.
    public var name: Field
    /// What its cells are.
    public var value: Field
    /// What the names end in, which is no part of them; columns of other names are left alone.
    public var suffix: String

    /// Reads names as one field and cells as another.
    public init(name: Field, value: Field, suffix: String = "") {
      self.name = name
      self.value = value
      self.suffix = suffix
    }

    /// What a column is about; nil for one whose name ends otherwise.
    func subject(of column: String) -> String? {
      guard column.lowercased().hasSuffix(suffix.lowercased()), column.count > suffix.count else {
        return nil
      }
      return String(column.dropLast(suffix.count))
    }
  }

  /// What the numbers among ticks are.
  public enum Amounts: String, Sendable, CaseIterable {
    /// Counts of what the exercise's name says, else repetitions.
    case counts
    /// Thousandths of what the exercise's name says.
    case thousandths
  }

  /// What every row of the table becomes.
  public var kind: Kind
  /// Where each field comes from.
  public var fields: [Field: Origin]
  /// The records of a row, where a row is more than one; a record whose own columns, dates
  /// aside, are all empty is not there.
  public var pivots: [Pivot] = []
  /// Fields that stand in one of several columns, by the language or the version of the origin.
  public var choices: [Field: [String]] = [:]
  /// Fields that are read where one of their columns is there.
  public var optional: [Field: [String]] = [:]
  /// Words of the origin and what they mean, by field; letter for letter.
  public var values: [Field: [String: String]] = [:]
  /// Columns that hold the unit of a field, row by row.
  public var unitColumns: [Field: String] = [:]
  /// Columns read instead of empty ones.
  public var substitutes: [Substitute] = []
  /// Where each column that is nothing else becomes a record; nil for nowhere.
  public var rest: Rest?
  /// Whether a row without any of its records is left out; else it is refused.
  public var leavesEmptyRows = false
  /// The column that holds the source's own id of a row, by its names; none for none.
  public var id: [String] = []
  /// Words of `completed` that excuse the exercise on that day: such rows become day statuses.
  public var excused: [String] = []
  /// What numbers in `completed` are that mean neither yes nor no; nil refuses them.
  public var amounts: Amounts?
  /// Whether only rows of exercises are read, by the components of the profile and by the
  /// catalogue; others are left out and named.
  public var onlyExercises = false
  /// Whether the hold of an aerobic exercise is its duration, as where one column holds the times
  /// of all exercises.
  public var cardioTime = false
  /// Whether the origin writes weights of a unit that a file need not say.
  public var asksUnit = false
  /// Columns that its files have and that nothing is read from.
  public var needs: [String] = []
  /// Words of which one stands in the first lines of every file of the origin; none for any file.
  public var signs: [String] = []
  /// Physical lines before the header.
  public var skippedLines = 0
  /// Columns whose empty cells repeat the cell above.
  public var filledDown: [String] = []
  /// Further texts that stand for a missing value.
  public var missing: [String] = []
  /// Rows that are counted and not read; none unless the profile says so.
  public var exclusions: [Exclusion] = []
  /// Whether equal rows of one file are all kept; nil is the kind's own rule.
  public var keepsEqualRows: Bool?
  /// Order of dates that are not ISO 8601, unless the caller gives one; nil when not said.
  public var dateOrder: DateOrder?
  /// Whether that order gives way to another one that the dates of a file prove.
  public var dateOrderGivesWay = false
  /// IANA name of the zone of local times, unless the caller gives one; nil when not said.
  public var timezone: String?
  /// The year of dates that name none; nil refuses them.
  public var year: Int?
  /// The byte before decimals, a point or a comma; nil when it is to be found from the file.
  public var decimalMark: UInt8?
  /// Units of number columns that are not in the field's own, as `lbs` or `s`.
  public var units: [Field: String] = [:]
  /// Components of exercises by name; case does not matter.
  public var components: [String: Component] = [:]
  /// Encoding of files without a byte-order mark; nil is UTF-8.
  public var encoding: TextEncoding?
  /// The byte between columns; nil when it is to be found from the file.
  public var delimiter: UInt8?

  /// Whether it is that of one file, and its id the one column that the file has.
  private(set) var isSettled = false

  /// A layout that reads some fields of a kind.
  public init(kind: Kind, fields: [Field: Origin]) {
    self.kind = kind
    self.fields = fields
  }

  /// The kinds of the records that its rows become.
  public var kinds: [Kind] {
    let found = pivots.isEmpty ? [kind] : pivots.map { $0.kind ?? kind }
    return Kind.allCases.filter(found.contains)
  }

  /// The columns it reads, by which it knows its files.
  public var columns: [String] {
    var names = Layout.columns(of: fields)
    for name in filledDown where !names.contains(name) { names.append(name) }
    for exclusion in exclusions where !names.contains(exclusion.column) {
      names.append(exclusion.column)
    }
    for name in pivots.flatMap(\.columns) where !names.contains(name) { names.append(name) }
    if isSettled { names += id.filter { !names.contains($0) } }
    return names
  }

  fileprivate static func columns(of fields: [Field: Origin]) -> [String] {
    var names: [String] = []
    for (_, origin) in fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      switch origin {
      case .column(let name): names.append(name)
      case .date(let year, let month, let day, let time):
        names += [year, month, day] + (time.map { [$0] } ?? [])
      case .moment(let date, let time): names += [date, time]
      case .constant: break
      }
    }
    return names
  }
}

// What depends on the header of a file.
extension Layout {
  /// Whether a file of this header may be of the origin.
  ///
  /// - Parameters:
  ///   - header: the names of its columns.
  ///   - head: its first bytes, for the signs.
  func fits(_ header: [String], head: [UInt8]) -> Bool {
    let have = Set(header.map(Field.folded))
    return (columns + needs).allSatisfy { have.contains(Field.folded($0)) }
      && choices.values.allSatisfy { $0.contains { have.contains(Field.folded($0)) } }
      && (rest.map { rest in rest.suffix.isEmpty || !subjects(of: rest, in: header).isEmpty }
        ?? true)
      && (signs.isEmpty || signs.contains { holds(head, word: $0) })
  }

  /// How many columns a file must have to be of the origin: of two that fit, the one that asks for
  /// more knows it better.
  var strictness: Int { columns.count + needs.count + choices.count + (signs.isEmpty ? 0 : 1) }

  /// The layout for one file: choices made, absent columns left out, the rest of the columns as
  /// records.
  ///
  /// - Parameter file: the file's name; nil for one without.
  func settled(for header: [String], file: String?) -> Layout {
    let have = Set(header.map(Field.folded))
    func present(_ names: [String]) -> String? { names.first { have.contains(Field.folded($0)) } }
    var layout = self
    for (field, names) in optional.merging(choices, uniquingKeysWith: { $1 })
    where layout.fields[field] == nil {
      if let name = present(names) { layout.fields[field] = .column(name) }
    }
    for case (let field, .constant("{file}")) in fields {
      layout.fields[field] = file.map { .constant(Layout.subject(of: $0)) }
    }
    layout.unitColumns = unitColumns.filter { present([$0.value]) != nil }
    layout.substitutes = substitutes.filter { present([$0.column]) != nil }
    layout.id = present(id).map { [$0] } ?? []
    layout.isSettled = true
    if let rest {
      let used = Set(layout.columns.map(Field.folded))
      layout.pivots += subjects(of: rest, in: header.filter { !used.contains(Field.folded($0)) })
        .map { column, subject in
          Pivot(fields: [
            rest.name: .constant(values[rest.name]?[subject] ?? subject),
            rest.value: .column(column),
          ])
        }
    }
    return layout
  }

  /// The columns of a header that a rest takes, with what each is about. Where an ending tells them
  /// from others, only those of exercises.
  private func subjects(of rest: Rest, in header: [String]) -> [(column: String, subject: String)] {
    header.compactMap { column in
      guard !column.isEmpty, let subject = rest.subject(of: column),
        rest.suffix.isEmpty || !onlyExercises || isExercise(subject)
      else { return nil }
      return (column, subject)
    }
  }

  /// Whether a name is that of an exercise, by the profile and the catalogue.
  func isExercise(_ name: String) -> Bool {
    components.contains { $0.key.lowercased() == name.lowercased() }
      || ExerciseCatalogue.activity(named: name) != nil
  }

  /// What the name of a file says of its content: `002_Wake_up_early__Checkmarks.csv` is about
  /// waking up early.
  static func subject(of file: String) -> String {
    var name = Substring(file)
    if let point = name.lastIndex(of: ".") { name = name[..<point] }
    var words = name.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    if words.count > 1, let first = words.first, Int(first) != nil { words.removeFirst() }
    // A double underscore parts the subject from the kind of file.
    if let gap = words.firstIndex(of: ""), gap > 0 { words.removeSubrange(gap...) }
    return words.joined(separator: " ")
  }
}
