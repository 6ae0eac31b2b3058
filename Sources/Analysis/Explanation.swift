import Columns
import Records

/// One row, or one due day, behind a figure.
public struct LedgerItem: Sendable {
  /// The day it is about; nil for items that belong to none.
  public var day: Day?
  /// What the item says, under the keys of the JSON.
  public var cells: [(key: String, value: Figure)]
  /// What it adds to the figure; nil where figures are not sums.
  public var part: Double?
  /// The row, or the line of the programme that made the day due; nil for a day without either.
  public var position: SourcePosition?

  /// An item that belongs to no day and no single row.
  public init(cells: [(key: String, value: Figure)], part: Double) {
    self.init(nil, cells, part: part)
  }

  init(
    _ day: Day?, _ cells: [(key: String, value: Figure)] = [], part: Double? = nil,
    at position: SourcePosition? = nil
  ) {
    self.day = day
    self.cells = cells
    self.part = part
    self.position = position
  }
}

/// The ledger behind one figure of a report.
public struct Explanation: Sendable {
  /// How the items make the figure.
  public let rule: LedgerRule
  /// In the order of days; where items have parts, the parts add up to the figure.
  public let items: [LedgerItem]

  /// A rule with its items.
  init(_ rule: LedgerRule, _ items: [LedgerItem]) {
    self.rule = rule
    self.items = items
  }

  /// A sentence with its items.
  public init(_ sentence: LedgerSentence, _ items: [LedgerItem]) {
    self.init(.sentence(sentence), items)
  }
}

/// A path such as `adherence.weeks[2].due` as its steps.
struct FigurePath {
  private(set) var steps: [Substring]

  init(_ text: String) {
    steps = text.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" })
  }

  var first: Substring { steps.first ?? "" }
  var last: Substring { steps.last ?? "" }
  /// The number of the list element that the path leads through first.
  var index: Int? { steps.lazy.compactMap { Int($0) }.first }

  /// The path behind its first step.
  var rest: FigurePath {
    var rest = self
    rest.steps = Array(steps.dropFirst())
    return rest
  }
}

extension PatientFindings {
  /// The ledger behind a figure, nil for one that no rows make.
  ///
  /// - Parameter path: as in the JSON report.
  public func explanation(of path: String) -> Explanation? {
    explanation(of: FigurePath(path))
  }

  private func explanation(of path: FigurePath) -> Explanation? {
    switch path.first {
    case "answers": explainAnswer(path.rest)
    case "adherence": AdherenceExplanation(self).explain(path.rest)
    case "pain": PainExplanation(self).explain(path.rest)
    case "rules": explainRule(path.rest)
    case "flexibility": explainFlexibility(path.rest)
    case "questionnaires": explainQuestionnaire(path.rest)
    case "associations": explainAssociation(path)
    case "lag_profile": explainLagProfile(path)
    case "bed_rest": explainBedRest(path.rest)
    case "before": explainBefore(path.rest)
    case "load": explainLoad(path.rest)
    default: nil
    }
  }

  /// The same figure of the period before.
  private func explainBefore(_ path: FigurePath) -> Explanation? {
    guard let finding = finding(BeforeFinding.self), finding.findings != nil else { return nil }
    if path.first == "programme_changes" {
      guard let pain = table.pain, let index = path.index, finding.changes.indices.contains(index)
      else {
        return Explanation(
          .programmeChangeDays,
          table.log.program.map { LedgerItem($0.startOn, at: $0.position) })
      }
      let day = finding.changes[index].day
      let around = Period(from: day - BeforeAnalysis.side, to: day + (BeforeAnalysis.side - 1))
      return Explanation(
        .programmeChange,
        pain.entries.filter { around.contains($0.recorded.day) }.map { $0.item() })
    }
    let earlier = analyze(PatientTable(table, earlier: finding.period), by: thresholds)
    switch path.first {
    case "days_covered": return earlier.explainDays(covered: true)
    case "sessions":
      return Explanation(
        .sessions,
        earlier.table.sessionItems(part: 1).filter { $0.day.map(earlier.period.contains) ?? false })
    case "period", "": return Explanation(.periodBefore, [])
    default: return earlier.explanation(of: path)
    }
  }

  /// Days of the period with a record, or without one.
  public func explainDays(covered: Bool) -> Explanation {
    var first: [Day: SourcePosition] = [:]
    func note(_ day: Day, _ position: SourcePosition) {
      if first[day] == nil { first[day] = position }
    }
    for row in table.log.sets { note(row.started.day, row.position) }
    for row in table.log.pain { note(row.recorded.day, row.position) }
    for row in table.log.measurements { note(row.day, row.position) }
    for row in table.log.days { note(row.day, row.position) }
    for row in table.log.questionnaires { note(row.day, row.position) }
    return Explanation(
      covered ? .coveredDays : .unknownDays,
      period.days.filter { (table.daily?.covers($0) ?? false) == covered }.map {
        LedgerItem($0, part: 1, at: first[$0])
      })
  }

  private func explainRule(_ path: FigurePath) -> Explanation? {
    let found = finding(RulesFinding.self)?.findings ?? []
    guard let index = path.index else {
      return Explanation(
        .ruleFindings,
        found.map { LedgerItem($0.day, [("state", .text($0.rule.rawValue))], part: 1) })
    }
    guard found.indices.contains(index) else { return nil }
    let rule = found[index]
    let week = Period(from: rule.day.monday - 28, to: rule.day.monday + 6)
    let rows = table.log.sets.filter { set in
      rule.rule == .goSlowly
        ? week.contains(set.started.day)
        : rule.rule == .inversionRamp
          ? set.component == .inversion && set.started.day <= rule.day
          : set.started.day == rule.day
    }
    var items = rows.map { table.item($0) }
    if rule.rule == .bedRest {
      items = table.log.days.filter { $0.status == .bedRest && $0.day.monday == rule.day.monday }
        .map { LedgerItem($0.day, [("state", .text($0.status.word))], at: $0.position) }
    } else if rule.rule == .maintenance {
      items = (table.pain?.entries ?? []).filter {
        $0.recorded.day <= rule.day && $0.recorded.day > rule.day - 30
      }.map { $0.item() }
    }
    return Explanation(.detail(rule.detail), items)
  }

  private func explainFlexibility(_ path: FigurePath) -> Explanation? {
    let measures = finding(FlexibilityFinding.self)?.measures ?? []
    guard let index = path.index else {
      return Explanation(
        .measurements,
        table.log.measurements.filter { period.contains($0.day) }.map { $0.item(part: nil) })
    }
    guard measures.indices.contains(index) else { return nil }
    let measure = measures[index]
    let rows = table.log.measurements.filter { row in
      period.contains(row.day) && measure.series.holds(row, of: table.log)
    }
    let byDay = Dictionary(grouping: rows, by: \.day)
    func mean(of day: Day?, sign: Double) -> [LedgerItem] {
      let own = day.flatMap { byDay[$0] } ?? []
      return own.map {
        $0.item(part: sign * measure.series.counted($0, of: table.log) / Double(own.count))
      }
    }
    let first = measure.series.days.first
    let last = measure.series.days.last
    switch path.last {
    case "first": return Explanation(.firstTrials, mean(of: first, sign: 1))
    case "latest": return Explanation(.lastTrials, mean(of: last, sign: 1))
    case "change":
      return Explanation(
        .measureChange,
        mean(of: first, sign: -1) + mean(of: last, sign: 1))
    case "n":
      return Explanation(
        .measureDays,
        measure.series.days.compactMap { byDay[$0]?.first?.item(part: 1) })
    default:
      return Explanation(
        .measureMethod, rows.map { $0.item(part: nil) })
    }
  }

  private func explainQuestionnaire(_ path: FigurePath) -> Explanation? {
    let scores = finding(QuestionnaireFinding.self)?.scores ?? []
    let all = table.scoredQuestionnaires.map { row, score -> Questionnaire in
      var row = row
      row.score = score
      return row
    }
    guard let index = path.index else {
      return Explanation(.questionnaires, all.map { $0.item(part: nil) })
    }
    guard scores.indices.contains(index) else { return nil }
    let own = all.filter { $0.instrument == scores[index].measure.instrument }
    guard let first = own.first, let last = own.last else { return nil }
    switch path.last {
    case "first": return Explanation(.firstScore, [first.item(part: first.score)])
    case "latest": return Explanation(.lastScore, [last.item(part: last.score)])
    case "change":
      return Explanation(
        .scoreChange,
        [first.item(part: first.score.map { -$0 }), last.item(part: last.score)])
    default: return Explanation(.scores, own.map { $0.item(part: nil) })
    }
  }

  private func explainLagProfile(_ path: FigurePath) -> Explanation? {
    guard let finding = finding(LagProfileFinding.self) else { return nil }
    guard let minutes = table.exposures.first, let index = path.index,
      finding.lags.indices.contains(index)
    else { return Explanation(.lags, []) }
    let lag = finding.lags[index].days
    return explain(
      table.pairs(minutes, lag: lag), lag: lag, isCount: path.last == "n",
      .lag)
  }

  private func explainAssociation(_ path: FigurePath) -> Explanation? {
    guard let finding = finding(AssociationFinding.self) else { return nil }
    let minutes = table.exposures.first
    guard let index = path.index, finding.tests.indices.contains(index) else {
      return Explanation(
        .questions,
        finding.tests.filter(\.isInFamily).map {
          LedgerItem(
            nil, [("exposure", .text($0.exposure)), ("lag_days", .count($0.lag))], part: 1)
        })
    }
    let test = finding.tests[index]
    if test.exposure == "pain", let minutes {
      return explain(
        table.reversePairs(minutes), lag: 0, isCount: path.last == "n",
        .painBefore)
    }
    let known = table.exposures + table.componentExposures
    guard let exposure = known.first(where: { $0.name == test.exposure }) else { return nil }
    return explain(
      table.pairs(exposure, lag: test.lag), lag: test.lag, isCount: path.last == "n",
      .exposure)
  }

  /// Paired days, each with the diary's entry of the outcome.
  private func explain(_ pairs: PairedDays, lag: Int, isCount: Bool, _ rule: LedgerSentence)
    -> Explanation
  {
    var entries: [Day: SourcePosition] = [:]
    for entry in table.pain?.entries ?? [] { entries[entry.recorded.day] = entry.position }
    return Explanation(
      rule,
      pairs.days.indices.map { index in
        let day = Day(number: Int32(pairs.days[index]))
        return LedgerItem(
          day,
          [
            ("exposure", .number(pairs.exposure[index])),
            ("outcome", .number(pairs.outcome[index])),
          ], part: isCount ? 1 : nil, at: entries[day + lag])
      })
  }

  private func explainBedRest(_ path: FigurePath) -> Explanation? {
    let weeks = Double(period.count) / 7
    let days = table.log.days.filter { $0.status == .bedRest && period.contains($0.day) }
    switch path.last {
    case "days", "days_per_week":
      return Explanation(
        path.last == "days"
          ? .daysInBed : .daysInBedPerWeek,
        days.map {
          LedgerItem(
            $0.day, [("state", .text($0.status.word))], part: path.last == "days" ? 1 : 1 / weeks,
            at: $0.position)
        })
    default:
      return explain(
        table.pairs(table.bedRestAgainstSessions, lag: 1), lag: 1, isCount: false,
        .dayAfterBed)
    }
  }
}

extension PainEntry {
  /// The entry as an item.
  func item(part: Double? = nil) -> LedgerItem {
    var cells: [(key: String, value: Figure)] = [("score", .number(score))]
    if flare == true { cells.append(("state", .text("flare"))) }
    return LedgerItem(recorded.day, cells, part: part, at: position)
  }
}

extension Measurement {
  fileprivate func item(part: Double?) -> LedgerItem {
    LedgerItem(day, [("value", .number(value))], part: part, at: position)
  }
}

extension Questionnaire {
  fileprivate func item(part: Double?) -> LedgerItem {
    LedgerItem(day, score.map { [("score", .number($0))] } ?? [], part: part, at: position)
  }
}

extension PatientTable {
  /// The sessions up to the as-of day of which anything was performed, each by its first such row.
  func sessionItems(part: Double? = nil) -> [LedgerItem] {
    sessions.days.indices.compactMap { index in
      let row = sessions.rows(of: index).first { log.sets[$0].isPerformed }
      guard let row, sessions.days[index] <= asOf else { return nil }
      return LedgerItem(
        sessions.days[index], [("state", .text("session"))], part: part,
        at: log.sets[row].position)
    }
  }

  /// An exercise row as an item.
  func item(_ set: ExerciseSet, part: Double? = nil) -> LedgerItem {
    LedgerItem(
      set.started.day,
      [
        ("exercise", .text(log.names[set.exercise])),
        ("component", set.component.map { .text($0.word) } ?? .none),
      ], part: part, at: set.position)
  }
}
