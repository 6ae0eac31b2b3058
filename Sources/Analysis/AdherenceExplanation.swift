import Columns
import Records

/// The ledgers behind the figures of adherence: every due day and every row, with the part that
/// each adds to the figure.
struct AdherenceExplanation {
  private let table: PatientTable
  private let finding: AdherenceFinding?
  private let ledgers: [AdherenceLedger]

  init(_ findings: PatientFindings) {
    table = findings.table
    finding = findings.finding(AdherenceFinding.self)
    ledgers = AdherenceAnalysis.ledgers(findings.table, by: findings.thresholds)
  }

  func explain(_ path: FigurePath) -> Explanation? {
    guard let finding else { return nil }
    switch path.first {
    case "program":
      return explain(
        path.last, ledgers.filter { !$0.exercise.component.isRule },
        of: .programme)
    case "components":
      guard let index = path.index else { return explain("dose_capped", ledgers, of: .allLines) }
      guard finding.components.indices.contains(index) else { return nil }
      let component = finding.components[index].component
      return explain(
        path.last, ledgers.filter { $0.exercise.component == component },
        of: .component(component))
    case "exercises": return explainExercise(path, finding)
    case "weeks": return explainWeek(path, finding)
    default: return explainContinuity(path)
    }
  }

  private func explain(
    _ figure: Substring, _ ledgers: [AdherenceLedger], of whole: AdherenceWhole
  ) -> Explanation {
    let share: AdherenceShare =
      switch figure {
      case "dose_uncapped": .uncapped
      case "dose_all_days": .allDays
      case "sessions": .sessions
      case "unknown_share", "low_confidence": .unknown
      default: .capped
      }
    let due = ledgers.filter { $0.figures.doseCapped != nil }
    let names = Set(due.map(\.exercise.foldedName))
    let items = due.flatMap { ledger in
      let sides = due.count { $0.exercise.foldedName == ledger.exercise.foldedName }
      return self.items(of: ledger, share, weight: 1 / Double(sides * names.count))
    }
    let isSum = !["band", "low_confidence"].contains(figure)
    return Explanation(
      .share(share, of: whole),
      sorted(items).map { item in
        var item = item
        if !isSum { item.part = nil }
        return item
      })
  }

  private func sorted(_ items: [LedgerItem]) -> [LedgerItem] {
    items.enumerated().sorted {
      ($0.element.day ?? table.period.from, $0.offset)
        < ($1.element.day ?? table.period.from, $1.offset)
    }.map(\.element)
  }

  /// The due days and rows of one exercise and side, in the order of days.
  private func items(
    of ledger: AdherenceLedger, _ share: AdherenceShare, weight: Double, only monday: Day? = nil
  ) -> [LedgerItem] {
    var byDay: [Day: [Int]] = [:]
    for row in ledger.rows { byDay[table.log.sets[row].started.day, default: []].append(row) }
    let due = total(ledger, share)
    var items: [LedgerItem] = []
    var week: Day?
    // What is still due of the week, on the left and on the right.
    var left = AdherenceLedger.Done()
    var sessions: Set<Int> = []
    for day in table.period.days where monday == nil || day.monday == monday {
      if day.monday != week {
        week = day.monday
        let whole = ledger.week(of: day.monday)
        let due = (share == .allDays ? whole?.dueAllDays : whole?.due) ?? 0
        left = AdherenceLedger.Done(left: due, right: due)
        sessions = []
      }
      guard let version = ledger.exercise.version(on: day) else { continue }
      let line = ledger.exercise.versions[version]
      let dueToday = self.due(line.line, of: ledger, on: day, share)
      let state = ledger.states[day]
      let rows = byDay[day] ?? []
      let isUnknown = ledger.unknownDays.contains(day)
      for row in rows {
        let set = table.log.sets[row]
        let done = line.dose.equivalents(of: set)
        let isFirst = sessions.insert(table.sessions.sessionOfRow[row]).inserted
        let amount = share == .sessions ? (isFirst ? 1 : 0) : done.count
        let sides = share == .sessions ? [.left, .right] : ledger.exercise.sides(of: set)
        var counted = 0.0
        for side in sides {
          let path: WritableKeyPath<AdherenceLedger.Done, Double> =
            side == .left ? \.left : \.right
          let own = share == .uncapped ? amount : min(amount, max(left[keyPath: path], 0))
          left[keyPath: path] -= own
          counted += own / 2
        }
        let part = share == .unknown ? 0 : due > 0 ? counted / due * weight : 0
        items.append(
          item(
            ledger, day, state, due: row == rows.first ? dueToday : 0,
            done: done.count * Double(ledger.exercise.sides(of: set).count) / 2,
            isAssumed: done.isAssumed, part: part, at: set.position))
      }
      if rows.isEmpty {
        let part = share == .unknown && isUnknown ? weight / max(due, 1) : 0
        items.append(
          item(
            ledger, day, state, due: dueToday, done: 0, isAssumed: false, part: part,
            at: line.line.position))
      }
    }
    return items
  }

  /// What the parts of a ledger are divided by.
  private func total(_ ledger: AdherenceLedger, _ share: AdherenceShare) -> Double {
    let mondays = AdherenceAnalysis.mondays(of: table.period)
    switch share {
    case .capped, .uncapped, .sessions:
      return mondays.reduce(0) { $0 + (ledger.week(of: $1)?.due ?? 0) }
    case .allDays: return mondays.reduce(0) { $0 + (ledger.week(of: $1)?.dueAllDays ?? 0) }
    case .unknown:
      return Double(ledger.judgedDays)
    }
  }

  private func due(
    _ line: ProgramLine, of ledger: AdherenceLedger, on day: Day, _ share: AdherenceShare
  ) -> Double {
    let isCovered = table.daily?.covers(day) ?? false
    if table.daily?.excuses(day) ?? false || ledger.excusedDays.contains(day) { return 0 }
    return isCovered || share == .allDays ? ledger.dueShare(line, on: day) : 0
  }

  private func item(
    _ ledger: AdherenceLedger, _ day: Day, _ state: DayState?, due: Double, done: Double,
    isAssumed: Bool, part: Double, at position: SourcePosition
  ) -> LedgerItem {
    LedgerItem(
      day,
      [
        ("exercise", .text(ledger.exercise.name)),
        ("side", ledger.exercise.side.map { .text($0.word) } ?? .none),
        ("state", state.map { .text($0.rawValue) } ?? .none), ("due", .number(due)),
        ("done", .number(done)), ("assumed", .flag(isAssumed)),
      ], part: part, at: position)
  }

  private func explainExercise(_ path: FigurePath, _ finding: AdherenceFinding) -> Explanation? {
    guard let index = path.index else { return explain("dose_capped", ledgers, of: .allLines) }
    guard finding.exercises.indices.contains(index) else { return nil }
    let exercise = finding.exercises[index]
    // The prescribed ones come first, one a ledger.
    guard index < ledgers.count else {
      let own =
        table.performed.first { _, rows in
          rows.contains { table.log.names[table.log.sets[$0].exercise] == exercise.name }
        }?.rows.map { table.log.sets[$0] }.filter { $0.side?.rawValue == exercise.side?.rawValue }
        ?? []
      return Explanation(
        .unprescribed,
        own.map { table.item($0, part: path.last == "extra" ? 1 : nil) })
    }
    let ledger = ledgers[index]
    switch path.last {
    case "assumed":
      let items = items(of: ledger, .capped, weight: 0).compactMap { item -> LedgerItem? in
        guard case .flag(true)? = item.cells.last?.value else { return nil }
        var item = item
        item.part = 1
        return item
      }
      return Explanation(.assumedDoses, items)
    case "extra":
      let extra = table.performed(ledger.exercise).filter { !ledger.rows.contains($0) }
      return Explanation(
        .outOfForce,
        extra.map { table.item(table.log.sets[$0], part: 1) })
    default: return explain(path.last, [ledger], of: .line)
    }
  }

  private func explainWeek(_ path: FigurePath, _ finding: AdherenceFinding) -> Explanation? {
    guard let index = path.index else { return explain("dose_capped", ledgers, of: .allLines) }
    guard finding.weeks.indices.contains(index) else { return nil }
    let week = finding.weeks[index]
    let own = ledgers.filter { $0.exercise.component == week.component }
    let due = own.filter { ($0.week(of: week.monday)?.due ?? 0) > 0 }
    let names = Set(due.map(\.exercise.foldedName))
    let items = own.flatMap { ledger -> [LedgerItem] in
      let dueInWeek = ledger.week(of: week.monday)?.due ?? 0
      let sides = due.count { $0.exercise.foldedName == ledger.exercise.foldedName }
      return self.items(of: ledger, .capped, weight: 1, only: week.monday).map { item in
        var item = item
        switch path.last {
        case "due": item.part = number("due", item)
        case "done": item.part = number("done", item)
        case "dose_capped":
          // The part is of the whole period's due; here it is of the week's.
          item.part =
            dueInWeek > 0
            ? (item.part ?? 0) * total(ledger, .capped) / dueInWeek / Double(sides * names.count)
            : 0
        default: item.part = nil
        }
        return item
      }
    }
    return Explanation(
      path.last == "dose_capped"
        ? .weekDose
        : .weekSum, sorted(items))
  }

  private func number(_ key: String, _ item: LedgerItem) -> Double {
    guard case .number(let value)? = item.cells.first(where: { $0.key == key })?.value else {
      return 0
    }
    return value
  }

  /// Streaks and gaps are made of sessions, the trajectory of weeks.
  private func explainContinuity(_ path: FigurePath) -> Explanation {
    let sessions = table.sessionItems()
    let inPeriod = sessions.filter { $0.day.map(table.period.contains) ?? false }
    switch path.first {
    case "streak_weeks":
      return Explanation(
        .streak, inPeriod)
    case "longest_gap_days":
      return Explanation(.gap, inPeriod)
    case "days_since_last":
      return Explanation(.sinceLast, sessions.suffix(1))
    default:
      return Explanation(
        .trajectory,
        explain("dose_capped", ledgers, of: .allLines).items.map {
          LedgerItem($0.day, $0.cells, at: $0.position)
        })
    }
  }
}
