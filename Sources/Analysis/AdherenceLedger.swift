import Columns
import Records

/// What a line's day was.
public enum DayState: String, CaseIterable, Sendable {
  /// At least one session-equivalent, less, lifted by a status, no record, or a weekday let pass.
  case done, partial, excused, unknown, missed
  /// Nothing done on a covered day that asked for nothing; quotas are missed by the week.
  case notDue = "not-due"
}

/// The state of each day of a stretch of days; nil where no line was in force.
public struct DayStates: Sendable {
  private let first: Day
  private var states: [DayState?]

  /// No state for any day of a period.
  public init(_ period: Period) {
    first = period.from
    states = [DayState?](repeating: nil, count: period.count)
  }

  /// The state of a day, nil outside the stretch.
  public subscript(day: Day) -> DayState? {
    get { states.indices.contains(day - first) ? states[day - first] : nil }
    set { if states.indices.contains(day - first) { states[day - first] = newValue } }
  }

  /// Days with a state, in order.
  public var days: [Day] { states.indices.filter { states[$0] != nil }.map { first + $0 } }
}

/// One exercise and side over a period: done and due by week, and the state of every day.
struct AdherenceLedger {
  /// One ISO week of a figure.
  struct Week {
    var done = 0.0
    var due = 0.0
    var dueAllDays = 0.0
    /// Sessions that hold the line.
    var sessions = 0
    /// Whether a line is in force, or anything was done, on any of its days.
    var isUsed = false
  }

  let exercise: PrescribedExercise
  /// The Monday of the first week of the period.
  private let firstMonday: Day
  /// Every week of the period, in order.
  private var weeks: [Week]
  /// Days on which a version is in force.
  private(set) var states: DayStates
  private(set) var assumed = 0
  /// Performed rows of the exercise and side, counted or not.
  private(set) var candidates = 0
  /// Rows of the log that were counted.
  private(set) var rows: [Int] = []
  /// The figures of the whole period.
  private(set) var figures: AdherenceFigures
  private var unknown = 0
  private var inForce = 0

  /// Goes over the days of the period. O(days + rows).
  ///
  /// - Parameters:
  ///   - exercise: what was prescribed.
  ///   - table: the patient's days and sessions.
  init(
    _ exercise: PrescribedExercise, in table: PatientTable, by thresholds: Thresholds
  ) {
    self.exercise = exercise
    let period = table.period
    firstMonday = period.from.monday
    weeks = [Week](repeating: Week(), count: (period.to.monday - firstMonday) / 7 + 1)
    states = DayStates(period)
    figures = AdherenceFigures(by: thresholds)
    var doneOnDay = [Double](repeating: 0, count: period.count)
    let candidates = table.performed(exercise)
    self.candidates = candidates.count
    rows.reserveCapacity(candidates.count)
    var sessions: Set<Int> = []
    for row in candidates {
      let set = table.log.sets[row]
      let day = set.started.day
      guard let version = exercise.version(on: day) else { continue }
      let equivalents = exercise.versions[version].dose.equivalents(of: set)
      doneOnDay[day - period.from] += equivalents.count
      if equivalents.isAssumed { assumed += 1 }
      rows.append(row)
      let week = index(of: day)
      weeks[week].done += equivalents.count
      weeks[week].isUsed = true
      let session = table.sessions.sessionOfRow[row]
      if sessions.insert(session).inserted { weeks[week].sessions += 1 }
    }
    for day in period.days { account(for: day, done: doneOnDay[day - period.from], table) }
    judge()
  }

  private func index(of day: Day) -> Int { (day - firstMonday) / 7 }

  /// A week by its Monday; nil outside the period, and when nothing was in force or done in it.
  func week(of monday: Day) -> Week? {
    let week = index(of: monday)
    return weeks.indices.contains(week) && weeks[week].isUsed ? weeks[week] : nil
  }

  private mutating func account(for day: Day, done: Double, _ table: PatientTable) {
    guard let version = exercise.version(on: day) else { return }
    let line = exercise.versions[version].line
    let isCovered = table.daily?.covers(day) ?? false
    let isExcused = table.daily?.excuses(day) ?? false
    let share = AdherenceLedger.dueShare(line, on: day)
    if !isExcused {
      let week = index(of: day)
      weeks[week].isUsed = true
      weeks[week].dueAllDays += share
      if isCovered { weeks[week].due += share }
      inForce += 1
      if !isCovered { unknown += 1 }
    }
    states[day] = AdherenceLedger.state(
      done: done, isExcused: isExcused, isCovered: isCovered,
      isDue: line.weekdays != 0 && share > 0)
  }

  /// The part of a session that a day makes due: one on a prescribed weekday, a seventh of the
  /// week's quota on any day.
  static func dueShare(_ line: ProgramLine, on day: Day) -> Double {
    if line.weekdays != 0 { return line.weekdays & (1 << UInt8(day.weekday - 1)) != 0 ? 1 : 0 }
    return (line.sessionsPerWeek ?? 0) / 7
  }

  private static func state(done: Double, isExcused: Bool, isCovered: Bool, isDue: Bool)
    -> DayState
  {
    if done >= 1 - 1e-9 { return .done }
    if done > 0 { return .partial }
    if isExcused { return .excused }
    if !isCovered { return .unknown }
    return isDue ? .missed : .notDue
  }

  private mutating func judge() {
    let due = weeks.reduce(0) { $0 + $1.due }
    let dueAllDays = weeks.reduce(0) { $0 + $1.dueAllDays }
    if due > 0 {
      figures.doseCapped = weeks.reduce(0) { $0 + min($1.done, $1.due) } / due
      figures.doseUncapped = weeks.reduce(0) { $0 + $1.done } / due
      figures.sessions = weeks.reduce(0) { $0 + min(Double($1.sessions), $1.due) } / due
      if dueAllDays > 0 {
        figures.doseAllDays = weeks.reduce(0) { $0 + min($1.done, $1.dueAllDays) } / dueAllDays
      }
    }
    if inForce > 0 { figures.unknownShare = Double(unknown) / Double(inForce) }
  }
}
