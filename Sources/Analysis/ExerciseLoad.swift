import Columns
import Records

/// What was done, whatever was prescribed: the load of each week, each exercise by week, and how
/// far inversion went.
public struct ExerciseLoadFinding: Finding {
  /// The section `load` of the JSON report.
  public static let key = "load"

  /// One ISO week of the period, or the weeks of one month taken together.
  public struct Week: Sendable {
    /// The Monday, which may lie before the period; of a month its first day.
    public let monday: Day
    /// Days of the week in the period with any record.
    public var covered = 0
    /// Sessions with a performed row.
    public var sessions = 0
    /// Active minutes in tenths.
    public var tenths = 0
    /// Active minutes times exertion; nil unless every performed row tells both.
    public var rated: Double?

    /// Active minutes; nil for a week without any record.
    public var minutes: Double? { covered > 0 ? Double(tenths) / 10 : nil }
  }

  /// One exercise over the weeks of the period.
  public struct Exercise: Sendable {
    /// Its name as logged first.
    public let name: String
    /// What it trains.
    public let component: Component
    /// Sessions that hold it.
    public var sessions = 0
    /// Active minutes in tenths, one entry a week (or month) of the finding.
    public var tenths: [Int]
  }

  /// The inversion of one session.
  public struct Inversion: Sendable {
    /// The day of the session.
    public let day: Day
    /// The steepest angle in degrees below horizontal; nil when not logged.
    public let angle: Double?
    /// Minutes in tenths; nil when not logged.
    public let tenths: Int?

    /// Minutes; nil when not logged.
    public var minutes: Double? { tenths.map { Double($0) / 10 } }

    /// Degrees times minutes; nil unless both were logged.
    public var dose: Double? { angle.flatMap { angle in minutes.map { angle * $0 } } }
  }

  /// The ISO weeks that the period touches, in order.
  public let weeks: [Week]
  /// Exercises by component, then name.
  public let exercises: [Exercise]
  /// Sessions with inversion, by day.
  public let inversions: [Inversion]

  /// The same by month: a week is taken to the month that most of its days lie in.
  public var monthly: ExerciseLoadFinding {
    var months: [Week] = []
    var place = [Int](repeating: 0, count: weeks.count)
    for (index, week) in weeks.enumerated() {
      let month = week.monday.monthOfWeek
      if months.last?.monday != month { months.append(Week(monday: month)) }
      place[index] = months.count - 1
      months[place[index]].covered += week.covered
      months[place[index]].sessions += week.sessions
      months[place[index]].tenths += week.tenths
    }
    for index in months.indices {
      let own = weeks.indices.filter { place[$0] == index && weeks[$0].sessions > 0 }
      let rated = own.compactMap { weeks[$0].rated }
      months[index].rated = !own.isEmpty && rated.count == own.count ? rated.reduce(0, +) : nil
    }
    let grouped = exercises.map { exercise in
      var exercise = exercise
      var tenths = [Int](repeating: 0, count: months.count)
      for (index, own) in exercise.tenths.enumerated() { tenths[place[index]] += own }
      exercise.tenths = tenths
      return exercise
    }
    return ExerciseLoadFinding(weeks: months, exercises: grouped, inversions: inversions)
  }

  /// Sessions of the period.
  public var sessions: Int { weeks.reduce(0) { $0 + $1.sessions } }

  /// Active minutes of an exercise in a week, by their places; nil for a week without any record.
  public func minutes(of exercise: Int, in week: Int) -> Double? {
    weeks[week].covered > 0 ? Double(exercises[exercise].tenths[week]) / 10 : nil
  }

  /// All of it under the keys of the JSON report.
  public var figures: Figure {
    .record([
      (
        "weeks",
        .list(
          weeks.map { week in
            .record([
              ("week", .text(week.monday.isoWeek)), ("days_covered", .count(week.covered)),
              ("sessions", .count(week.sessions)),
              ("minutes", Figure(week.minutes, else: Absence(.noData))),
              ("minutes_times_rpe", Figure(week.rated, else: Absence(.noData))),
            ])
          })
      ),
      (
        "exercises",
        .list(
          exercises.map { exercise in
            .record([
              ("exercise", .text(exercise.name)), ("component", .text(exercise.component.word)),
              ("sessions", .count(exercise.sessions)),
              ("minutes", .list(exercise.tenths.map { .number(Double($0) / 10) })),
            ])
          })
      ),
      (
        "inversion",
        .list(
          inversions.map { inversion in
            .record([
              ("date", .text(inversion.day.description)),
              ("angle_deg", inversion.angle.map(Figure.number) ?? .none),
              ("minutes", inversion.tenths.map { .number(Double($0) / 10) } ?? .none),
            ])
          })
      ),
    ])
  }
}

/// Counts what was done in the weeks of a period.
public struct ExerciseLoadAnalysis: Analysis {
  /// The analysis has no settings.
  public init() {}

  /// Performed rows of the period; the thresholds play no part. O(rows).
  public func find(in table: PatientTable, by thresholds: Thresholds) -> ExerciseLoadFinding {
    let mondays = AdherenceAnalysis.mondays(of: table.period)
    var weeks = mondays.map { ExerciseLoadFinding.Week(monday: $0) }
    for day in table.period.days where table.daily?.covers(day) ?? false {
      weeks[(day.monday - mondays[0]) / 7].covered += 1
    }
    var rated = [Double?](repeating: 0, count: weeks.count)
    var exercises: [String: ExerciseLoadFinding.Exercise] = [:]
    var inversions: [ExerciseLoadFinding.Inversion] = []
    for (session, day) in table.sessions.days.enumerated() where table.period.contains(day) {
      let sets = table.sessions.rows(of: session).map { table.log.sets[$0] }
        .filter(\.isPerformed)
      guard !sets.isEmpty else { continue }
      let week = (day.monday - mondays[0]) / 7
      weeks[week].sessions += 1
      var held: Set<String> = []
      for set in sets {
        let tenths = set.activeTenths ?? 0
        weeks[week].tenths += tenths
        rated[week] = rated[week].flatMap { sum in
          set.activeTenths.flatMap { own in set.rpe.map { sum + Double(own) / 10 * $0 } }
        }
        let name = table.log.names[set.exercise]
        let key = name.lowercased()
        var exercise =
          exercises[key]
          ?? ExerciseLoadFinding.Exercise(
            name: name, component: set.component ?? .other,
            tenths: [Int](repeating: 0, count: weeks.count))
        exercise.tenths[week] += tenths
        if held.insert(key).inserted { exercise.sessions += 1 }
        exercises[key] = exercise
      }
      if let inversion = ExerciseLoadAnalysis.inversion(sets, day) { inversions.append(inversion) }
    }
    for week in weeks.indices where weeks[week].sessions > 0 { weeks[week].rated = rated[week] }
    let order = Component.allCases
    return ExerciseLoadFinding(
      weeks: weeks,
      exercises: exercises.values.sorted { left, right in
        let ranks = [left, right].map { order.firstIndex(of: $0.component) ?? 0 }
        return (ranks[0], left.name) < (ranks[1], right.name)
      }, inversions: inversions)
  }

  private static func inversion(_ sets: [ExerciseSet], _ day: Day)
    -> ExerciseLoadFinding.Inversion?
  {
    let own = sets.filter { $0.component == .inversion }
    guard !own.isEmpty else { return nil }
    let tenths = own.compactMap(\.activeTenths)
    return ExerciseLoadFinding.Inversion(
      day: day, angle: own.compactMap(\.angleDegrees).max(),
      tenths: tenths.isEmpty ? nil : tenths.reduce(0, +))
  }
}

extension PatientFindings {
  /// What was done, counted when a report shows it; a cohort has no use for it.
  public var load: ExerciseLoadFinding { ExerciseLoadAnalysis().find(in: table, by: thresholds) }

  /// The rows behind a figure of the section `load`.
  func explainLoad(_ path: FigurePath) -> Explanation? {
    let finding = load
    let rows = table.log.sets.filter { $0.isPerformed && period.contains($0.started.day) }
    func tenths(_ rows: [ExerciseSet], of one: (ExerciseSet) -> Double?) -> [LedgerItem] {
      rows.map { table.item($0, part: one($0)) }
    }
    func minutes(_ set: ExerciseSet) -> Double? { set.activeTenths.map { Double($0) / 10 } }
    guard let index = path.index else {
      return Explanation(.performedRows, tenths(rows) { _ in nil })
    }
    switch path.first {
    case "weeks":
      guard finding.weeks.indices.contains(index) else { return nil }
      let monday = finding.weeks[index].monday
      let own = rows.filter { $0.started.day.monday == monday }
      switch path.last {
      case "minutes":
        return Explanation(.weekMinutes, tenths(own, of: minutes))
      case "minutes_times_rpe":
        return Explanation(
          .weekRated,
          tenths(own) { set in minutes(set).flatMap { own in set.rpe.map { own * $0 } } })
      case "sessions":
        let sessions = table.sessionItems(part: 1).filter { item in
          item.day.map { period.contains($0) && $0.monday == monday } ?? false
        }
        return Explanation(.sessions, sessions)
      default: return Explanation(.weekRows, tenths(own) { _ in nil })
      }
    case "exercises":
      guard finding.exercises.indices.contains(index) else { return nil }
      let exercise = finding.exercises[index]
      let own = rows.filter {
        table.log.names[$0.exercise].lowercased() == exercise.name.lowercased()
      }
      guard path.steps.contains("minutes"), let week = path.steps.last.flatMap({ Int($0) }),
        finding.weeks.indices.contains(week)
      else { return Explanation(.exerciseRows, tenths(own) { _ in nil }) }
      let monday = finding.weeks[week].monday
      return Explanation(
        .exerciseMinutes,
        tenths(own.filter { $0.started.day.monday == monday }, of: minutes))
    default:
      guard finding.inversions.indices.contains(index) else { return nil }
      let day = finding.inversions[index].day
      return Explanation(
        .inversionRows,
        tenths(rows.filter { $0.started.day == day && $0.component == .inversion }) { _ in nil })
    }
  }
}
