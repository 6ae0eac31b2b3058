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
  /// Habits that are no exercise.
  private(set) var leftOut = LeftOutEntries()

  private var componentOf: @Sendable (String) -> Component? = {
    ExerciseCatalogue.activity(named: $0)?.component
  }

  init() {}

  mutating func begin(_ options: ReadingOptions) { componentOf = options.component(ofActivity:) }

  mutating func rows(line: Int, cell: (String) -> String) -> [ForeignRow] {
    if cell("Archived?") == "true" { return [ForeignRow(line, .leftOut("archived"))] }
    // Older versions name them otherwise.
    let isOld = header?.has("NumRepetitions") ?? false
    let times = isOld ? "NumRepetitions" : "FrequencyNumerator"
    let days = cell(isOld ? "Interval" : "FrequencyDenominator")
    let exercise = cell("Name")
    guard let component = componentOf(exercise) else {
      leftOut.add(exercise, LeftOutEntries.noExercise)
      return [ForeignRow(line, .leftOut(LeftOutEntries.noExercise))]
    }
    var draft = RecordDraft(.program)
    draft.set(.exercise, exercise, at: "Name")
    draft.set(.component, component.word)
    guard let count = Double(cell(times)), let span = Double(days), count > 0, span > 0 else {
      return [ForeignRow(line, .refused(.notANumber, path: times))]
    }
    // Once in N days is every Nth day; else the week is what is counted by.
    if count == 1, span > 1, span != 7 {
      draft.set(.everyDays, span, at: times)
    } else {
      draft.set(.sessionsPerWeek, count * 7 / span, at: times)
    }
    setTarget(&draft, cell, component)
    return [ForeignRow(line, .records([draft]))]
  }

  /// What a measured habit is to reach, where its unit is one of exercises.
  private func setTarget(
    _ draft: inout RecordDraft, _ cell: (String) -> String, _ component: Component
  ) {
    guard cell("Type") == "NUMERICAL", cell("Target Type") != "AT_MOST",
      let target = Double(cell("Target Value")), target > 0
    else { return }
    let unit = ExerciseCatalogue.unit(in: cell("Unit")) ?? ExerciseCatalogue.unit(in: cell("Name"))
    switch unit {
    case .hours: draft.set(.minutes, target * 60, at: "Target Value")
    case .minutes: draft.set(.minutes, target, at: "Target Value")
    case .seconds where component == .aerobic:
      draft.set(.minutes, target / 60, at: "Target Value")
    case .seconds: draft.set(.holdSeconds, target, at: "Target Value")
    case .repetitions: draft.set(.reps, target, at: "Target Value")
    case .other, nil: break
    }
  }
}
