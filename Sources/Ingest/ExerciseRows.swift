import Records

/// What rows of exercises mean beside their columns: habits that are none, days that a habit is
/// excused from, amounts among ticks, times of cardio, weights whose unit nobody says.
///
/// It looks at the slots of a row before they are decoded, and moves what stands in the wrong one.
final class ExerciseRows {
  /// What a row becomes.
  enum Fate {
    /// A record of the table's kind.
    case exercise
    /// A day that the exercise is excused from.
    case excused
    /// Nothing, counted under a word.
    case leftOut(String)
  }

  /// What is wrong with the whole file.
  private(set) var failure: IngestError?
  /// Habits and activities that no record was made of.
  private(set) var leftOut = LeftOutEntries()
  /// Whether a row became a day status.
  private(set) var madeDays = false

  private let layout: Layout
  private let decoder: RowDecoder
  private let options: ReadingOptions
  /// Whether nothing but a row's own unit says what weights are in.
  private let weightIsOpen: Bool
  /// What was found out about exercises by their cells.
  private var known: [String: Exercise] = [:]
  private let words = ComponentWords()
  private let excusedStatus = LaidText(DayStatus.excused.word)
  /// What stood in slots that a row moved.
  private var moved: [(slot: Int, bytes: Bytes)] = []

  private struct Exercise {
    var isExercise: Bool
    /// Where neither profile nor catalogue give it one by its name alone.
    var component: Component?
    var isAerobic: Bool
    var unit: ExerciseCatalogue.AmountUnit?
  }

  /// Nil for tables whose rows mean what their columns say.
  init?(_ layout: Layout, profile: String?, decoder: RowDecoder, options: ReadingOptions) {
    let isUnitGiven = layout.units[.loadKilograms] != nil
    if profile != nil, !isUnitGiven, let unit = options.weightUnit {
      decoder.use(unitScale(unit.rawValue, for: .loadKilograms), for: .loadKilograms)
    }
    weightIsOpen = layout.asksUnit && !isUnitGiven && options.weightUnit == nil
    guard
      layout.onlyExercises || layout.cardioTime || layout.amounts != nil || !layout.excused.isEmpty
        || weightIsOpen
    else { return nil }
    self.layout = layout
    self.decoder = decoder
    self.options = options
    decoder.dateOrders[Field.date.rawValue] = decoder.dateOrders[Field.startedAt.rawValue]
    if layout.cardioTime, layout.units[.minutes] == nil {
      decoder.use(unitScale("s", for: .minutes), for: .minutes)
    }
  }

  /// Says what the row in the slots becomes and moves what has another meaning; `giveBack` undoes
  /// that.
  func settle(isUnitOfRowKnown: Bool) -> Fate {
    if weightIsOpen, !isUnitOfRowKnown, let weight = decoder.present(.loadKilograms),
      weight.contains(where: { $0 >= 0x31 && $0 <= 0x39 })
    {
      failure = .weightWithoutUnit
    }
    guard let name = decoder.present(.exercise)?.text else { return .exercise }
    let exercise = exercise(named: name)
    if layout.onlyExercises {
      guard exercise.isExercise else { return leaveOut(name, LeftOutEntries.noExercise) }
      if let component = exercise.component, decoder.present(.component) == nil {
        put(words[component], into: .component)
      }
    }
    if layout.cardioTime, exercise.isAerobic { moveTime() }
    guard let tick = decoder.present(.completed) else {
      // A tick that is not there is no session.
      return layout.amounts == nil ? .exercise : .leftOut("no data")
    }
    if layout.excused.contains(where: { tick.elementsEqual($0.utf8) }) {
      guard options.kind != .sessions else { return .leftOut("skipped on purpose") }
      madeDays = true
      put(decoder.slots[Field.startedAt.rawValue], into: .date)
      put(excusedStatus.bytes, into: .status)
      put(decoder.slots[Field.notes.rawValue], into: .reason)
      return .excused
    }
    return settleAmount(tick, of: name, exercise)
  }

  /// Gives the slots back as the row laid them.
  func giveBack() {
    while let last = moved.popLast() { decoder.slots[last.slot] = last.bytes }
  }

  private func put(_ bytes: Bytes, into field: Field) {
    moved.append((field.rawValue, decoder.slots[field.rawValue]))
    decoder.slots[field.rawValue] = bytes
  }

  private func leaveOut(_ name: String, _ reason: String) -> Fate {
    leftOut.add(name, reason)
    return .leftOut(reason)
  }

  private func exercise(named name: String) -> Exercise {
    if let found = known[name] { return found }
    let own = layout.components.first { $0.key.lowercased() == name.lowercased() }?.value
    let catalogued = ExerciseCatalogue.entry(of: name)?.component
    let loose = catalogued ?? ExerciseCatalogue.activity(named: name)?.component
    let isAvoided = catalogued == nil && loose == nil && own == nil
    let found = Exercise(
      isExercise: !isAvoided, component: own == nil && catalogued == nil ? loose : nil,
      isAerobic: (own ?? loose) == .aerobic, unit: ExerciseCatalogue.unit(in: name))
    known[name] = found
    return found
  }

  /// The time of an exercise that is no hold is its duration.
  private func moveTime() {
    guard decoder.present(.minutes) == nil, decoder.present(.holdSeconds) != nil else { return }
    put(decoder.slots[Field.holdSeconds.rawValue], into: .minutes)
    put(.empty, into: .holdSeconds)
  }

  /// Moves a number that is no tick to where the amount belongs.
  private func settleAmount(_ tick: Bytes, of name: String, _ exercise: Exercise) -> Fate {
    guard let amounts = layout.amounts,
      case .value(let amount) = parseNumber(tick), amount != 0, amount != 1,
      layout.values[.completed]?[tick.text] == nil
    else { return .exercise }
    let isThousandths = amounts == .thousandths
    // Thousandths below a tenth, and what no exercise holds, are other marks of the app.
    guard amount >= (isThousandths ? 100 : 0), amount < 100_000_000 else {
      return leaveOut(name, "a number that is no amount")
    }
    let over: Double = isThousandths ? 1_000 : 1
    switch exercise.unit {
    case .hours: move(.minutes, UnitScale(times: 60, over: over))
    case .minutes: move(.minutes, UnitScale(times: 1, over: over))
    case .seconds where exercise.isAerobic: move(.minutes, UnitScale(times: 1, over: 60 * over))
    case .seconds: move(.holdSeconds, UnitScale(times: 1, over: over))
    case .repetitions: move(.reps, UnitScale(times: 1, over: over))
    // What is counted is whole.
    case nil where !isThousandths && !exercise.isAerobic && amount == amount.rounded():
      move(.reps, UnitScale(times: 1, over: over))
    case .other, nil: return leaveOut(name, "an amount whose unit is not told")
    }
    return .exercise
  }

  private func move(_ field: Field, _ scale: UnitScale) {
    decoder.use(scale, for: field)
    put(decoder.slots[Field.completed.rawValue], into: field)
    put(.empty, into: .completed)
  }
}

/// The words of components in memory that stays in place.
private final class ComponentWords {
  private var laid: [Component: LaidText] = [:]

  subscript(component: Component) -> Bytes {
    if let known = laid[component] { return known.bytes }
    let text = LaidText(component.word)
    laid[component] = text
    return text.bytes
  }
}

/// Text in memory of its own, for as long as it lives.
private final class LaidText {
  let bytes: Bytes

  init(_ text: String) { bytes = laid(text) }

  deinit { bytes.deallocate() }
}
