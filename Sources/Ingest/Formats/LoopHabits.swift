import Records

/// Loop Habit Tracker's list of habits: how often each is meant to be done is a programme.
struct LoopHabits: HeadedTableFormat {
  static let name = "loop-habits"
  static let about = "how often habits are meant to be done, from Loop Habit Tracker (Habits.csv)"
  static let kinds: [Kind] = [.program]

  static func knows(_ header: [String]) -> Bool {
    let known = Set(header)
    return known.contains("Name")
      && (known.isSuperset(of: ["FrequencyNumerator", "FrequencyDenominator"])
        || known.isSuperset(of: ["NumRepetitions", "Interval"]))
  }

  var header: TableHeader?

  init() {}

  mutating func rows(line: Int, cell: (String) -> String) -> [ForeignRow] {
    if cell("Archived?") == "true" { return [ForeignRow(line, .leftOut("archived"))] }
    // Older versions name them otherwise.
    let isOld = header?.has("NumRepetitions") ?? false
    let times = isOld ? "NumRepetitions" : "FrequencyNumerator"
    let days = cell(isOld ? "Interval" : "FrequencyDenominator")
    let exercise = cell("Name")
    var draft = RecordDraft(.program)
    draft.set(.exercise, exercise, at: "Name")
    draft.set(.component, (ExerciseCatalogue.entry(of: exercise)?.component ?? .other).word)
    guard let count = Double(cell(times)), let span = Double(days), count > 0, span > 0 else {
      return [ForeignRow(line, .refused(.notANumber, path: times))]
    }
    draft.set(.sessionsPerWeek, count * 7 / span, at: times)
    return [ForeignRow(line, .records([draft]))]
  }
}
