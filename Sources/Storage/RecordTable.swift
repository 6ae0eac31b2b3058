import Records

/// The table that keeps the rows of a kind, as the kind declares it.
struct RecordTable {
  /// A column of a field.
  struct Column {
    enum Content { case whole, number, name, text }

    var name: String
    var content: Content
    /// Whether every row has a value there.
    var isRequired: Bool
  }

  /// How the rows of a patient are told apart.
  enum Sort: Equatable {
    /// By day and content; rows lie by `RowPlace`.
    case dated
    /// By a key.
    case keyed
    /// By a key, each of a day.
    case daily
    /// There is one a patient, the person.
    case person
  }

  var kind: Kind
  var name: String
  var sort: Sort
  /// Of the fields, in their order.
  var columns: [Column]

  /// The table of a kind.
  init<R: Row>(_ type: R.Type, _ sort: Sort) {
    var collector = ColumnCollector()
    var row = R(patient: NameID(index: 0), position: SourcePosition(line: 0))
    row.visit(&collector)
    kind = R.kind
    name = R.table
    self.sort = sort
    columns = collector.columns
  }

  /// Every kind's, in the order of `Kind.walk`.
  static let all: [RecordTable] = {
    var collector = TableCollector()
    Kind.walk(&collector)
    return collector.tables
  }()

  /// Those of dated kinds.
  static let dated = all.filter { $0.sort == .dated }

  /// All but the one of people, to whom the rows of these belong.
  static let ofPeople = all.filter { $0.sort != .person }

  /// The table of a kind.
  static func of(_ kind: Kind) -> RecordTable? { all.first { $0.kind == kind } }

  /// The condition on a row of a day or later, in SQL.
  ///
  /// - Parameters:
  ///   - place: the parameter of the day's first `RowPlace`.
  ///   - day: the parameter of the day's number.
  /// - Returns: nil for what holds over days.
  func isSince(place: String, day: String) -> String? {
    switch sort {
    case .dated: "id >= \(place)"
    case .daily: "day >= \(day)"
    case .keyed, .person: nil
    }
  }

  /// Whether its rows belong to days.
  var hasDays: Bool { sort == .dated || sort == .daily }

  /// Names of the columns with some content.
  func columns(of content: Column.Content) -> [String] {
    columns.filter { $0.content == content }.map(\.name)
  }

  /// Takes out the names that no row has any more.
  static let deletionOfUnusedNames: String = {
    let uses = ofPeople.flatMap { table in
      table.columns(of: .name).map { "SELECT \($0) FROM \(table.name) WHERE \($0) IS NOT NULL" }
    }
    return "DELETE FROM name WHERE id NOT IN (\(uses.joined(separator: " UNION ")))"
  }()

  /// The column that says whose a row is.
  var owner: String { sort == .person ? "id" : "patient" }

  /// The columns that rows have before those of fields.
  var keyColumns: [String] {
    switch sort {
    case .dated: ["id", "patient", "day", "digest", "copy"]
    case .keyed: ["patient", "key", "digest"]
    case .daily: ["patient", "key", "day", "digest"]
    case .person: ["id", "code"]
    }
  }

  /// One row of an insertion into a dated table: parameters for the key, the present columns and
  /// the line.
  func marks(_ present: PresentColumns, file: Int64) -> String {
    let key = keyColumns.map { _ in "?" }
    let own = columns.indices.map { present.contains($0) ? "?" : "NULL" }
    return "(" + (key + own + ["\(file)", "?"]).joined(separator: ", ") + ")"
  }

  /// The statement that makes the table of a kind whose rows belong to people.
  var creation: String {
    let fields = columns.map { column in
      let type =
        switch column.content {
        case .whole, .name: "INTEGER"
        case .number: "REAL"
        case .text: "TEXT"
        }
      return "\(quoted(column.name)) \(type)" + (column.isRequired ? " NOT NULL" : "")
    }
    let before = keyColumns.map {
      $0 == "id" ? "id INTEGER PRIMARY KEY" : "\($0) INTEGER NOT NULL"
    }
    let behind = ["file INTEGER NOT NULL", "line INTEGER NOT NULL"]
    var lines = before + fields + behind
    var options = "STRICT"
    if sort == .keyed || sort == .daily {
      lines.append("PRIMARY KEY (patient, key)")
      options += ", WITHOUT ROWID"
    }
    return "CREATE TABLE \(name) (\(lines.joined(separator: ", "))) \(options)"
  }
}

/// A column's name where SQL would take it for a word of its own.
func quoted(_ column: String) -> String { column == "order" ? "\"order\"" : column }

private struct TableCollector: KindWalker {
  typealias Failure = Never
  var tables: [RecordTable] = []

  mutating func visit<R: Row>(_ kind: R.Type) { tables.append(RecordTable(kind, .person)) }
  mutating func visit<R: DatedRow>(dated kind: R.Type) {
    tables.append(RecordTable(kind, .dated))
  }
  mutating func visit<R: KeyedRow>(keyed kind: R.Type) {
    tables.append(RecordTable(kind, R.isOfDays ? .daily : .keyed))
  }
}

private struct ColumnCollector: ColumnVisitor {
  typealias Failure = Never
  var columns: [RecordTable.Column] = []

  private mutating func add(_ use: FieldUse, _ content: RecordTable.Column.Content) {
    columns.append(
      .init(
        name: use.columnName, content: content, isRequired: use.traits.contains(.required)))
  }

  mutating func whole(_ value: inout Int64?, _ range: ClosedRange<Int64>, _ use: FieldUse) {
    add(use, .whole)
  }
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {
    add(use, .number)
  }
  mutating func name(_ value: inout NameID?, _ use: FieldUse) { add(use, .name) }
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) { add(use, .text) }
}
