import Records

/// OpenWeight: workouts with exercises and their sets; each set is a row.
struct OpenWeight: JSONFormat {
  static let name = "openweight"
  static let title = "OpenWeight"
  static let about = "OpenWeight workout logs: a row a set"
  static let kinds: [Kind] = [.sessions]
  static let containers: Set<String> = []

  static func knows(_ keys: Set<String>) -> Bool { keys.contains("exercises.exercise.name") }

  /// What weights are in where a set does not say it.
  private var weightUnit: WeightUnit?

  mutating func begin(_ options: ReadingOptions) { weightUnit = options.weightUnitOfFormat }

  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow] {
    let line = record.line ?? 1
    guard let exercises = record["exercises"]?.list, !exercises.isEmpty else {
      return [ForeignRow(line, .refused(.missingValue, path: "exercises"))]
    }
    var rows: [ForeignRow] = []
    for (index, exercise) in exercises.enumerated() {
      let sets = exercise["sets"]?.list ?? []
      let path = "exercises[\(index)].sets"
      if sets.isEmpty {
        rows.append(ForeignRow(exercise.line ?? line, .refused(.missingValue, path: path)))
      }
      for (number, set) in sets.enumerated() {
        let place = "\(path)[\(number)]"
        let fate = fate(set, of: exercise, in: record, order: rows.count + 1, path: place)
        rows.append(ForeignRow(set.line ?? line, fate))
      }
    }
    return rows
  }

  private func fate(
    _ set: JSONValue, of exercise: JSONValue, in workout: JSONValue, order: Int, path: String
  ) -> ForeignRow.Fate {
    var draft = RecordDraft(.sessions)
    draft.set(.startedAt, workout["date"]?.text, at: "date")
    let name = exercise["exercise", "name"]?.text
    draft.set(.exercise, name, at: "exercise.name")
    let component = name.flatMap { ExerciseCatalogue.entry(of: $0)?.component }
    let isWarmUp = set["type"]?.text == "warmup"
    draft.set(.component, (isWarmUp ? .warmUp : component)?.word)
    draft.set(.sets, "1")
    draft.set(.reps, set["reps"]?.text, at: path + ".reps")
    if component == .aerobic {
      let minutes = set["durationSeconds"]?.number.map { $0 / 60 }
      draft.set(.minutes, minutes, at: path + ".durationSeconds")
    } else {
      draft.set(.holdSeconds, set["durationSeconds"]?.text, at: path + ".durationSeconds")
    }
    draft.set(.rpe, set["rpe"]?.text, at: path + ".rpe")
    draft.set(.order, "\(order)")
    draft.set(.notes, set["notes"]?.text ?? exercise["notes"]?.text, at: path + ".notes")
    if let weight = set["weight"] {
      switch set["unit"]?.text ?? weightUnit?.rawValue {
      case nil where weight.number == 0: break
      case nil: return .openQuestion(.weightWithoutUnit)
      case "kg": draft.set(.loadKilograms, weight.text, at: path + ".weight")
      case "lb", "lbs":
        draft.set(.loadKilograms, weight.number.map { $0 * 0.45359237 }, at: path + ".weight")
      default: return .refused(.unknownCode, path: path + ".unit")
      }
    }
    return .records([draft])
  }
}
