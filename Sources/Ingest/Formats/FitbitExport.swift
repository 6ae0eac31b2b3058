import Records

/// Fitbit's export of its web interface: a section for each box that was ticked, under its name and
/// with a header of its own. Days of activities are ours.
struct FitbitExport: TableFormat {
  static let name = "fitbit-csv"
  static let about = "daily activity exported from Fitbit as CSV, alone or among other sections"
  static let kinds: [Kind] = [.sessions]
  /// Of a day like 05-09-2026 the first number is the day, unless the file proves otherwise.
  static let dateOrder: DateOrder? = .dmy

  /// The names of sections; food comes in two.
  private static let sections: Set<String> = [
    "Activities", "Body", "Foods", "Food Log", "Sleep", "Water",
  ]
  private static let minutes = [
    ("Fairly active", "minutes fairly active"), ("Very active", "minutes very active"),
  ]

  static func knows(_ header: [String]) -> Bool { section(header) != nil }

  private var section = ""
  private var header: TableHeader?

  init() {}

  /// The name of the section that a line begins; nil for others.
  private static func section(_ cells: [String]) -> String? {
    guard let first = cells.first, cells.dropFirst().allSatisfy(\.isEmpty) else { return nil }
    if sections.contains(first) { return first }
    // The log of a day's food has the day in its name.
    return first.hasPrefix("Food Log ") ? "Food Log" : nil
  }

  mutating func rows(of cells: [String], line: Int) -> [ForeignRow] {
    if let name = FitbitExport.section(cells) {
      section = name
      header = nil
      return []
    }
    if cells.allSatisfy(\.isEmpty) { return [] }
    guard let header else {
      self.header = TableHeader(cells.map { $0.lowercased() })
      return []
    }
    guard section == "Activities" else {
      return [ForeignRow(line, .leftOut("section \(section)"))]
    }
    if let reason = header.refusal(of: cells) {
      return [ForeignRow(line, .refused(reason, path: section))]
    }
    let drafts = FitbitExport.minutes.compactMap { name, column -> RecordDraft? in
      // Nothing was worn, or nothing done.
      guard let spent = header.cell(column, of: cells), !spent.isEmpty, spent != "0" else {
        return nil
      }
      var draft = RecordDraft(.sessions)
      draft.set(.startedAt, header.cell("date", of: cells), at: "Date")
      draft.set(.exercise, name)
      draft.set(.component, Component.aerobic.word)
      draft.set(.minutes, spent.filter { $0 != "," }, at: column)
      return draft
    }
    return [ForeignRow(line, drafts.isEmpty ? .leftOut("no value") : .records(drafts))]
  }
}
