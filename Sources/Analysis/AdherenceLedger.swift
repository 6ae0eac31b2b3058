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
  private let states: [DayState?]

  /// No state for any day of a period.
  public init(_ period: Period) {
    first = period.from
    states = [DayState?](repeating: nil, count: period.count)
  }

  /// - Parameter states: of a first day and those that follow it.
  init(from first: Day, _ states: [DayState?]) {
    self.first = first
    self.states = states
  }

  /// The state of a day, nil outside the stretch.
  public subscript(day: Day) -> DayState? {
    states.indices.contains(day - first) ? states[day - first] : nil
  }

  /// Days with a state, in order.
  public var days: [Day] { states.indices.filter { states[$0] != nil }.map { first + $0 } }
}

/// One exercise and side over a period: done and due by week, and the state of every day.
final class AdherenceLedger {
  /// Session-equivalents done, each side apart: a line for both sides is met when both are.
  struct Done {
    var left = 0.0
    var right = 0.0

    mutating func add(_ count: Double, on sides: [Side]) {
      if sides.contains(.left) { left += count }
      if sides.contains(.right) { right += count }
    }

    /// Whatever was due.
    var mean: Double { (left + right) / 2 }

    /// At most what was due, of each side.
    func capped(at due: Double) -> Double { (min(left, due) + min(right, due)) / 2 }
  }

  /// One ISO week of a figure.
  struct Week {
    var done = Done()
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
  private let weeks: [Week]
  /// Days on which a version is in force.
  let states: DayStates
  /// Rows whose dose was taken to be the prescribed one.
  let assumed: Int
  /// Performed rows of the exercise and side, counted or not.
  let candidates: Int
  /// Rows of the log that were counted.
  let rows: [Int]
  /// The figures of the whole period.
  let figures: AdherenceFigures
  /// Days on which the line may have been due, excused ones left out.
  let judgedDays: Int
  /// Those of them of which it is not known whether it was done, and matters.
  let unknownDays: [Day]

  /// Days that fall due every so many days.
  private let dueDays: Set<Day>
  /// Days on which a status lifts what was due of this exercise alone.
  let excusedDays: Set<Day>

  /// Goes over the days of the period. O(days + rows).
  ///
  /// - Parameters:
  ///   - exercise: what was prescribed.
  ///   - table: the patient's days and sessions.
  ///   - days: those of the table's period.
  init(
    _ exercise: PrescribedExercise, in table: PatientTable, _ days: DaysOfPeriod,
    by thresholds: Thresholds
  ) {
    let candidates = table.performed(exercise)
    var sums = Sums(table.period)
    sums.count(candidates, of: exercise, in: table)
    dueDays = table.dueDays(exercise)
    let ownExcuses = table.excusedDays(exercise)
    excusedDays = ownExcuses
    sums.account(for: exercise, days.excusing(ownExcuses, from: table.period.from), dueDays)
    self.exercise = exercise
    self.candidates = candidates.count
    firstMonday = sums.firstMonday
    weeks = sums.weeks
    states = DayStates(from: table.period.from, sums.states)
    assumed = sums.assumed
    rows = sums.rows
    judgedDays = sums.judged
    unknownDays = sums.unknown
    figures = sums.figures(by: thresholds)
  }

  /// What is known of each day of a period, whatever the exercise.
  struct DaysOfPeriod {
    /// Whether there is any record.
    private(set) var isCovered: [Bool]
    /// Whether a status lifts what was due.
    private(set) var isExcused: [Bool]

    init(_ table: PatientTable) {
      guard let daily = table.daily else {
        isCovered = table.period.days.map { _ in false }
        isExcused = isCovered
        return
      }
      isCovered = table.period.days.map { daily.covers($0) }
      isExcused = table.period.days.map { daily.excuses($0) }
    }

    /// The same with further days on which what was due is lifted.
    func excusing(_ days: Set<Day>, from first: Day) -> DaysOfPeriod {
      var result = self
      for day in days where isExcused.indices.contains(day - first) {
        result.isExcused[day - first] = true
      }
      return result
    }
  }

  /// A week by its Monday; nil outside the period, and when nothing was in force or done in it.
  func week(of monday: Day) -> Week? {
    let week = (monday - firstMonday) / 7
    return weeks.indices.contains(week) && weeks[week].isUsed ? weeks[week] : nil
  }

  /// The part of a session that a day makes due: one on a prescribed weekday, and on a day that
  /// falls due every so many days; a seventh of the week's quota on any day.
  func dueShare(_ line: ProgramLine, on day: Day) -> Double {
    AdherenceLedger.dueShare(line, on: day, dueDays)
  }

  private static func dueShare(_ line: ProgramLine, on day: Day, _ dueDays: Set<Day>) -> Double {
    if line.weekdays != 0 { return line.weekdays & (1 << UInt8(day.weekday - 1)) != 0 ? 1 : 0 }
    if line.everyDays != nil { return dueDays.contains(day) ? 1 : 0 }
    return (line.sessionsPerWeek ?? 0) / 7
  }

  /// What a ledger adds up.
  private struct Sums {
    private let period: Period
    let firstMonday: Day
    var weeks: [Week]
    var states: [DayState?]
    var assumed = 0
    var rows: [Int] = []
    private var doneOnDay: [Done]
    private(set) var unknown: [Day] = []
    private(set) var judged = 0

    init(_ period: Period) {
      self.period = period
      firstMonday = period.from.monday
      weeks = [Week](repeating: Week(), count: (period.to.monday - firstMonday) / 7 + 1)
      states = [DayState?](repeating: nil, count: period.count)
      doneOnDay = [Done](repeating: Done(), count: period.count)
    }

    /// Counts the performed rows on whose day a version is in force.
    mutating func count(
      _ candidates: [Int], of exercise: PrescribedExercise, in table: PatientTable
    ) {
      rows.reserveCapacity(candidates.count)
      // Sessions are numbered in the order of days; only a named one may come back behind another.
      var highest = -1
      for row in candidates {
        let day = table.log.sets[row].started.day
        guard let version = exercise.version(on: day) else { continue }
        let equivalents = exercise.versions[version].dose.equivalents(of: table.log.sets[row])
        let sides = exercise.sides(of: table.log.sets[row])
        doneOnDay[day - period.from].add(equivalents.count, on: sides)
        if equivalents.isAssumed { assumed += 1 }
        let week = (day - firstMonday) / 7
        weeks[week].done.add(equivalents.count, on: sides)
        weeks[week].isUsed = true
        let sessionOfRow = table.sessions.sessionOfRow
        let session = sessionOfRow[row]
        if session > highest || !rows.contains(where: { sessionOfRow[$0] == session }) {
          highest = max(highest, session)
          weeks[week].sessions += 1
        }
        rows.append(row)
      }
    }

    /// Adds what each day makes due, and what state that leaves it in.
    ///
    /// Days without a record are unknown where they matter: with weekdays on those days, with a
    /// quota in weeks in which it is not met.
    mutating func account(
      for exercise: PrescribedExercise, _ days: DaysOfPeriod, _ dueDays: Set<Day>
    ) {
      let daysBefore = period.from - firstMonday
      var open: [Day] = []
      for index in states.indices {
        let day = period.from + index
        guard let version = exercise.version(on: day) else { continue }
        let line = exercise.versions[version].line
        let share = AdherenceLedger.dueShare(line, on: day, dueDays)
        let isRestDay = !line.isQuota && share == 0
        if !days.isExcused[index] {
          let week = (daysBefore + index) / 7
          weeks[week].isUsed = true
          weeks[week].dueAllDays += share
          if days.isCovered[index] { weeks[week].due += share }
          if !isRestDay {
            judged += 1
            if !days.isCovered[index] { open.append(day) }
          }
        }
        states[index] = state(
          done: doneOnDay[index].capped(at: 1), isExcused: days.isExcused[index],
          isCovered: days.isCovered[index] || isRestDay,
          isDue: !line.isQuota && share > 0)
      }
      unknown = open.filter { day in
        let isQuota = exercise.version(on: day).map { exercise.versions[$0].line.isQuota }
        let week = weeks[(day - firstMonday) / 7]
        return isQuota != true || week.done.capped(at: week.dueAllDays) < week.dueAllDays - 1e-9
      }
    }

    private func state(done: Double, isExcused: Bool, isCovered: Bool, isDue: Bool) -> DayState {
      if done >= 1 - 1e-9 { return .done }
      if done > 0 { return .partial }
      if isExcused { return .excused }
      if !isCovered { return .unknown }
      return isDue ? .missed : .notDue
    }

    func figures(by thresholds: Thresholds) -> AdherenceFigures {
      var figures = AdherenceFigures(by: thresholds)
      let due = weeks.reduce(0) { $0 + $1.due }
      let dueAllDays = weeks.reduce(0) { $0 + $1.dueAllDays }
      if due > 0 {
        figures.doseCapped = weeks.reduce(0) { $0 + $1.done.capped(at: $1.due) } / due
        figures.doseUncapped = weeks.reduce(0) { $0 + $1.done.mean } / due
        figures.sessions = weeks.reduce(0) { $0 + min(Double($1.sessions), $1.due) } / due
        if dueAllDays > 0 {
          figures.doseAllDays =
            weeks.reduce(0) { $0 + $1.done.capped(at: $1.dueAllDays) } / dueAllDays
        }
      }
      if judged > 0 { figures.unknownShare = Double(unknown.count) / Double(judged) }
      return figures
    }
  }
}
