import Columns
import Records

/// Adherence to the prescribed programme, by the definitions in the README.
///
/// After Arensman's EXAS for low back pain and the fidelity review doi 10.1186/s13102-025-01069-7.
public struct AdherenceAnalysis: Analysis {
  private let scope: AnalysisScope

  /// - Parameter scope: the main figures are those of the programme, and how steadily sessions were
  ///   held.
  public init(_ scope: AnalysisScope = .report) { self.scope = scope }

  /// The first day of the period.
  public func firstDay(of period: Period) -> Day? { period.from }

  /// Compares performed with prescribed sessions; without a programme every figure is absent.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> AdherenceFinding {
    let ledgers = AdherenceAnalysis.ledgers(table, by: thresholds)
    let program = program(ledgers, thresholds)
    let continuity = continuity(ledgers, table, thresholds)
    if scope == .mainFigures {
      return AdherenceFinding(
        program: program, components: [], exercises: [], weeks: [], continuity: continuity)
    }
    var exercises = ledgers.map { ledger in
      AdherenceFinding.Exercise(
        name: ledger.exercise.name, component: ledger.exercise.component,
        side: ledger.exercise.side, figures: ledger.figures,
        assumed: ledger.assumed,
        extra: ledger.candidates - ledger.rows.count,
        isPrescribed: true, states: ledger.states)
    }
    exercises += unprescribed(in: table)
    let components = componentFigures(ledgers, thresholds)
    return AdherenceFinding(
      program: program, components: components, exercises: exercises,
      weeks: weeks(ledgers, table.period), continuity: continuity)
  }

  /// The figures of the programme as a whole, as `find` has them, and nothing else.
  func program(in table: PatientTable, by thresholds: Thresholds) -> AdherenceFigures {
    program(AdherenceAnalysis.ledgers(table, by: thresholds), thresholds)
  }

  private func program(_ ledgers: [AdherenceLedger], _ thresholds: Thresholds)
    -> AdherenceFigures
  {
    AdherenceFigures.mean(
      exerciseFigures(ledgers, thresholds) { !$0.component.isRule }, by: thresholds)
  }

  /// What was due and done of every prescribed exercise and side.
  static func ledgers(_ table: PatientTable, by thresholds: Thresholds) -> [AdherenceLedger] {
    let days = AdherenceLedger.DaysOfPeriod(table)
    return table.programme.exercises.map { AdherenceLedger($0, in: table, days, by: thresholds) }
  }

  /// One figure an exercise, the mean of its sides, of those that a closure takes.
  private func exerciseFigures(
    _ ledgers: [AdherenceLedger], _ thresholds: Thresholds,
    where isTaken: (PrescribedExercise) -> Bool
  ) -> [AdherenceFigures] {
    sides(ledgers, where: isTaken).map { sides in
      sides.count == 1
        ? ledgers[sides[0]].figures
        : AdherenceFigures.mean(sides.map { ledgers[$0].figures }, by: thresholds)
    }
  }

  /// The places of each exercise's sides, exercises in the order of their first, of those that a
  /// closure takes.
  private func sides(
    _ ledgers: [AdherenceLedger], where isTaken: (PrescribedExercise) -> Bool
  ) -> [[Int]] {
    var sides: [[Int]] = []
    for (index, ledger) in ledgers.enumerated() where isTaken(ledger.exercise) {
      let own = sides.firstIndex {
        ledgers[$0[0]].exercise.isSameExercise(as: ledger.exercise)
      }
      if let own { sides[own].append(index) } else { sides.append([index]) }
    }
    return sides
  }

  private func componentFigures(
    _ ledgers: [AdherenceLedger], _ thresholds: Thresholds
  ) -> [(Component, AdherenceFigures)] {
    Component.allCases.compactMap { component in
      let own = exerciseFigures(ledgers, thresholds) { $0.component == component }
      return own.isEmpty ? nil : (component, AdherenceFigures.mean(own, by: thresholds))
    }
  }

  static func mondays(of period: Period) -> [Day] {
    let first = period.from.monday
    return (0...(period.to.monday - first) / 7).map { first + $0 * 7 }
  }

  /// Each component's weeks in which something was due.
  private func weeks(_ ledgers: [AdherenceLedger], _ period: Period) -> [AdherenceFinding.Week] {
    let components = Component.allCases.compactMap { component in
      let own = sides(ledgers) { $0.component == component }
      return own.isEmpty ? nil : (component, own)
    }
    return AdherenceAnalysis.mondays(of: period).flatMap { monday in
      components.compactMap { component, sides in
        var due = 0.0
        var done = 0.0
        for index in ledgers.indices where ledgers[index].exercise.component == component {
          guard let week = ledgers[index].week(of: monday) else { continue }
          due += week.due
          done += week.done.mean
        }
        guard due > 0 else { return nil }
        return AdherenceFinding.Week(
          monday: monday, component: component, due: due, done: done,
          doseCapped: weekMean(ledgers, sides, monday) { $0.done.capped(at: $0.due) / $0.due })
      }
    }
  }

  /// The mean over exercises, each the mean of its sides, of a figure of one week.
  private func weekMean(
    _ ledgers: [AdherenceLedger], _ sides: [[Int]], _ monday: Day,
    _ figure: (AdherenceLedger.Week) -> Double
  ) -> Double? {
    var total = 0.0
    var exercises = 0
    for own in sides {
      var sum = 0.0
      var count = 0
      for index in own {
        guard let week = ledgers[index].week(of: monday), week.due > 0 else { continue }
        sum += figure(week)
        count += 1
      }
      guard count > 0 else { continue }
      total += sum / Double(count)
      exercises += 1
    }
    return exercises == 0 ? nil : total / Double(exercises)
  }

  /// Exercises and sides that no line prescribes, with how often they were done.
  private func unprescribed(in table: PatientTable) -> [AdherenceFinding.Exercise] {
    table.unprescribed.flatMap { _, rows -> [AdherenceFinding.Exercise] in
      return [nil, Side.left, Side.right].compactMap { side in
        let own = rows.filter { table.log.sets[$0].side == side }
        guard let last = own.last.map({ table.log.sets[$0] }) else { return nil }
        return AdherenceFinding.Exercise(
          name: table.log.names[last.exercise], component: last.component ?? .other,
          side: side.flatMap { PrescribedSide(rawValue: $0.rawValue) },
          figures: AdherenceFigures(), assumed: 0, extra: own.count, isPrescribed: false,
          states: DayStates(table.period))
      }
    }
  }

  private func continuity(
    _ ledgers: [AdherenceLedger], _ table: PatientTable, _ thresholds: Thresholds
  ) -> AdherenceFinding.Continuity {
    let mondays = AdherenceAnalysis.mondays(of: table.period)
    let sides = sides(ledgers) { !$0.component.isRule }
    // A week that was excused as a whole neither counts nor breaks.
    let counting = mondays.filter { monday in
      (0..<7).contains { index in
        let day = monday + index
        return table.period.contains(day) && table.daily?.excuses(day) != true
      }
    }
    let sessionsByWeek = counting.map { monday in
      weekMean(ledgers, sides, monday) { min(Double($0.sessions), $0.due) / $0.due }
    }
    let share = thresholds[.streakSessions] - 1e-12
    let streak = sessionsByWeek.reversed().prefix { ($0 ?? 0) >= share }.count
    let last = table.daily?.lastSession
    var longest = 0
    var run = 0
    for day in table.period.days where day >= table.daily?.firstRecord ?? day {
      let isHeld = table.daily.map { daily in
        daily.index(of: day).map { daily.sessions[$0] > 0 } ?? false
      }
      run = isHeld == true ? 0 : run + 1
      longest = max(longest, run)
    }
    let doses = mondays.compactMap { monday in
      weekMean(ledgers, sides, monday) { $0.done.capped(at: $0.due) / $0.due }.map { (monday, $0) }
    }
    return AdherenceFinding.Continuity(
      streakWeeks: sides.isEmpty ? nil : streak, longestGapDays: last == nil ? nil : longest,
      daysSinceLast: last.map { table.asOf - $0 },
      weeks: doses.count,
      trend: Trend.ofMeasurements(
        days: doses.map { Int($0.0.number) }, values: doses.map(\.1)))
  }
}

/// Whether a patient does what was prescribed.
public struct AdherenceFinding: Finding {
  /// The section `adherence` of the JSON report.
  public static let key = "adherence"

  /// One exercise and side.
  public struct Exercise: Sendable {
    /// Name as the latest programme line writes it, else as the last performed row does.
    public let name: String
    /// Component of the latest programme line, else of the last row; `other` when neither says.
    public let component: Component
    /// Side prescribed, else logged; nil when none is named.
    public let side: PrescribedSide?
    /// Shares over the period; all nil when nothing was due or no line prescribes it.
    public let figures: AdherenceFigures
    /// Performed rows whose dose was taken to be the prescribed one.
    public let assumed: Int
    /// Performed rows that no line was in force for.
    public let extra: Int
    /// Whether a programme line of any time names it; if not, `extra` is all there is.
    public let isPrescribed: Bool
    /// The state of every day on which a line was in force.
    public let states: DayStates
  }

  /// One component in one ISO week, in session-equivalents.
  public struct Week: Sendable {
    /// First day of the week, which may lie before the period.
    public let monday: Day
    /// The component whose exercises are taken together.
    public let component: Component
    /// Session-equivalents due, above 0; excused and unknown days make none due.
    public let due: Double
    /// Session-equivalents performed, not cut at what was due.
    public let done: Double
    /// Mean of min(done, due) ÷ due over the exercises, 0-1; nil when nothing was due.
    public let doseCapped: Double?
  }

  /// How steadily sessions were held.
  public struct Continuity: Sendable {
    /// Weeks to the end of the period with at least 0.8 of the sessions due.
    public let streakWeeks: Int?
    /// The longest run of days of the period without a session.
    public let longestGapDays: Int?
    /// Days from the last session to the as-of day.
    public let daysSinceLast: Int?
    /// Weeks with something due.
    public let weeks: Int
    /// The slope of the weekly dose.
    public let trend: Trend

    /// `rising`, `falling` or `steady`; nil below seven weeks.
    public var trajectory: String? {
      guard weeks >= 7, let slope = trend.slopePerWeek else { return nil }
      guard (trend.p ?? 1) < 0.05, slope != 0 else { return "steady" }
      return slope > 0 ? "rising" : "falling"
    }
  }

  /// Mean of all exercises but warm-up and cool-down.
  public let program: AdherenceFigures
  /// Means of the components that lines prescribe, in the order of the vocabulary.
  public let components: [(component: Component, figures: AdherenceFigures)]
  /// Prescribed exercises by component, name and side, then the unprescribed ones by name.
  public let exercises: [Exercise]
  /// Weeks in which something was due, by Monday, then component.
  public let weeks: [Week]
  /// Streak, gaps and the last session.
  public let continuity: Continuity

  /// Every figure of this finding with its JSON key; absent ones carry their reason.
  public var figures: Figure {
    .record([
      ("program", .record(program.members)),
      (
        "components",
        .list(
          components.map {
            .record([("component", .text($0.component.word))] + $0.figures.members)
          })
      ),
      ("exercises", .list(exercises.map(figure))),
      ("weeks", .list(weeks.map(figure))),
      ("streak_weeks", Figure(continuity.streakWeeks, else: Absence(.nothingDue))),
      ("longest_gap_days", Figure(continuity.longestGapDays, else: Absence(.noData))),
      ("days_since_last", Figure(continuity.daysSinceLast, else: Absence(.noData))),
      (
        "trajectory",
        Figure(
          continuity.trajectory, else: Absence(.tooEarly, have: continuity.weeks, need: 7))
      ),
    ])
  }

  private func figure(_ exercise: Exercise) -> Figure {
    .record(
      [
        ("exercise", .text(exercise.name)), ("component", .text(exercise.component.word)),
        ("side", exercise.side.map { .text($0.word) } ?? .none),
      ] + exercise.figures.members + [
        ("assumed", .count(exercise.assumed)), ("extra", .count(exercise.extra)),
      ])
  }

  private func figure(_ week: Week) -> Figure {
    .record([
      ("week", .text(week.monday.isoWeek)), ("component", .text(week.component.word)),
      ("due", .number(week.due)), ("done", .number(week.done)),
      ("dose_capped", Figure(week.doseCapped, else: Absence(.nothingDue))),
    ])
  }
}
