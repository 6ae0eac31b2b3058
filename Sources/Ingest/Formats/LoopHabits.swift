import Records

/// Loop Habit Tracker's list of habits: how often each is meant to be done is a programme.
struct LoopHabits: TableFormat {
  static let name = "loop-habits"
  static let about = "how often habits are meant to be done, from Loop Habit Tracker (Habits.csv)"
  static let kinds: [Kind] = [.program]

  static func knows(_ header: [String]) -> Bool {
    let known = Set(header)
    return known.contains("Name")
      && (known.isSuperset(of: ["FrequencyNumerator", "FrequencyDenominator"])
        || known.isSuperset(of: ["NumRepetitions", "Interval"]))
  }

  private var columns: [String: Int] = [:]
  private var width = 0

  init() {}

  mutating func rows(of cells: [String], line: Int) -> [ForeignRow] {
    guard width > 0 else {
      width = cells.count
      columns = Dictionary(cells.enumerated().map { ($1, $0) }) { first, _ in first }
      return []
    }
    guard cells.count == width else {
      return [
        ForeignRow(line, .refused(cells.count < width ? .tooFewFields : .tooManyFields, path: ""))
      ]
    }
    func cell(_ names: String...) -> (text: String, name: String) {
      let name = names.first { columns[$0] != nil } ?? ""
      return (columns[name].map { cells[$0] } ?? "", name)
    }
    if cell("Archived?").text == "true" { return [ForeignRow(line, .leftOut("archived"))] }
    let times = cell("FrequencyNumerator", "NumRepetitions")
    let days = cell("FrequencyDenominator", "Interval")
    let exercise = cell("Name").text
    var draft = RecordDraft(.program)
    draft.set(.exercise, exercise, at: "Name")
    draft.set(.component, (ExerciseCatalogue.entry(of: exercise)?.component ?? .other).word)
    if let count = Double(times.text), let span = Double(days.text), count > 0, span > 0 {
      draft.set(.sessionsPerWeek, count * 7 / span, at: times.name)
    } else {
      return [ForeignRow(line, .refused(.notANumber, path: times.name))]
    }
    return [ForeignRow(line, .records([draft]))]
  }
}
