import Ingest

/// What the data dictionary of a REDCap project says about its fields.
///
/// Both forms are read: the one that is downloaded (`Variable / Field Name`) and the one of the
/// programming interface (`field_name`).
public struct REDCapDictionary: Sendable {
  /// One field of the project.
  public struct Entry: Sendable {
    /// Its name, which is the column's; columns of check boxes add `___` and the code.
    public let name: String
    /// The instrument it belongs to.
    public let instrument: String
    /// `text`, `radio`, `dropdown`, `checkbox`, `slider`, `yesno` …
    public let type: String
    /// What people read.
    public let label: String
    /// `date_dmy`, `datetime_ymd`, `integer` …; empty for none.
    public let validation: String
    /// Codes with what they stand for.
    public let choices: [(code: String, label: String)]
  }

  /// The fields in their order.
  public let entries: [Entry]
  private let byName: [String: Int]

  /// Reads a dictionary; nil when the table is none.
  public init?(_ table: TableSample) {
    let known = table.header.map { $0.lowercased() }
    func column(_ names: [String]) -> Int? { known.firstIndex { names.contains($0) } }
    guard let name = column(["variable / field name", "field_name"]),
      let instrument = column(["form name", "form_name"]),
      let type = column(["field type", "field_type"]),
      let label = column(["field label", "field_label"]),
      let choices = column([
        "choices, calculations, or slider labels", "select_choices_or_calculations",
      ]),
      let validation = column([
        "text validation type or show slider number",
        "text_validation_type_or_show_slider_number",
      ])
    else { return nil }
    let found = table.rows.map { row in
      let type = row.cells[type].lowercased()
      return Entry(
        name: row.cells[name], instrument: row.cells[instrument], type: type,
        label: row.cells[label], validation: row.cells[validation].lowercased(),
        choices: ["radio", "dropdown", "checkbox"].contains(type)
          ? REDCapDictionary.choices(row.cells[choices]) : [])
    }
    entries = found
    byName = Dictionary(found.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// `1, Left | 2, Right`.
  private static func choices(_ text: String) -> [(code: String, label: String)] {
    text.split(separator: "|").compactMap { choice in
      let parts = choice.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
      let words = parts.map { part in part.split(separator: " ").joined(separator: " ") }
      guard let code = words.first, !code.isEmpty else { return nil }
      return (code, words.count > 1 ? words[1] : code)
    }
  }

  /// The field of a column; for a check box the whole field.
  public func entry(ofColumn column: String) -> Entry? {
    if let index = byName[column] { return entries[index] }
    guard let joint = column.range(of: "___") else { return nil }
    return byName[String(column[..<joint.lowerBound])].map { entries[$0] }
  }

  /// The names of the instruments, in their order.
  public var instruments: [String] {
    var seen: Set<String> = []
    return entries.map(\.instrument).filter { seen.insert($0).inserted }
  }
}

extension REDCapDictionary.Entry {
  /// The order that its dates are typed in; exports write year, month and day unless asked
  /// otherwise.
  var dateOrder: DateOrder? {
    guard validation.hasPrefix("date") else { return nil }
    return DateOrder.allCases.first { validation.hasSuffix("_" + $0.rawValue) }
  }

  /// Whether codes are the values themselves, as in a rating from 0 to 10.
  var isRating: Bool {
    let codes = choices.compactMap { Int($0.code) }
    return codes.count == choices.count && codes.count > 6
      && codes == Array(codes[0]...codes[0] + codes.count - 1)
  }

  /// Whether its cells are codes that stand for words.
  var isCoded: Bool {
    ["radio", "dropdown"].contains(type) && choices.contains { $0.code != $0.label } && !isRating
  }
}

/// The columns of a REDCap export by instrument: every instrument's columns end in its own
/// `…_complete`.
struct REDCapExport {
  static let repeatInstrument = "redcap_repeat_instrument"
  static let event = "redcap_event_name"

  private let header: [String]
  let dictionary: REDCapDictionary?

  /// Nil when the table is no such export.
  init?(_ header: [String], _ dictionary: REDCapDictionary?) {
    let isMarked = header.contains {
      $0 == REDCapExport.repeatInstrument || $0 == REDCapExport.event
    }
    let isCompleted = header.contains { $0.hasSuffix("_complete") }
    let isKnown = header.first.flatMap { dictionary?.entry(ofColumn: $0) } != nil
    guard isMarked && isCompleted || isKnown else { return nil }
    self.header = header
    self.dictionary = dictionary
  }

  /// The instruments with their columns; the first column, which names the person, is in none.
  var instruments: [(name: String, columns: [Int])] {
    var found: [(name: String, columns: [Int])] = []
    var pending: [Int] = []
    for (index, name) in header.enumerated().dropFirst() where !name.hasPrefix("redcap_") {
      if name.hasSuffix("_complete"), dictionary?.entry(ofColumn: name) == nil {
        found.append((String(name.dropLast("_complete".count)), pending))
        pending = []
      } else if let own = dictionary?.entry(ofColumn: name)?.instrument,
        let known = found.firstIndex(where: { $0.name == own })
      {
        found[known].columns.append(index)
      } else {
        pending.append(index)
      }
    }
    if !pending.isEmpty {
      found.append((dictionary?.entry(ofColumn: header[pending[0]])?.instrument ?? "rest", pending))
    }
    return found
  }
}

/// An export of REDCap as people read it: labels for names, and words for codes.
struct REDCapReading {
  /// The rows with what their codes stand for.
  private(set) var sample: TableSample
  /// What people read, by column.
  private(set) var labels: [String: String] = [:]
  /// Boxes that are an exercise.
  private(set) var exercises: [String: String] = [:]
  /// The columns that are looked at.
  private(set) var isUsed: Set<Int> = []

  /// - Parameter columns: those of the instruments that are meant.
  init(_ given: TableSample, _ export: REDCapExport, _ columns: [Int]) {
    sample = given
    isUsed = [0]
    for column in columns {
      let name = sample.header[column]
      guard let entry = export.dictionary?.entry(ofColumn: name) else {
        // Without a dictionary nobody knows what a box stands for.
        if !name.contains("___") { isUsed.insert(column) }
        continue
      }
      isUsed.insert(column)
      labels[name] = entry.label
      if entry.type == "checkbox" {
        let choice = entry.choices.first { name == "\(entry.name)___\($0.code)" }
        let isExercise = TableDraft.saysExercise(entry.label) || TableDraft.saysExercise(entry.name)
        if let choice, isExercise { exercises[name] = choice.label } else { isUsed.remove(column) }
      } else if entry.isCoded {
        for row in sample.rows.indices {
          let code = sample.rows[row].cells[column]
          if let choice = entry.choices.first(where: { $0.code == code }) {
            sample.rows[row].cells[column] = choice.label
          }
        }
      }
    }
  }
}
