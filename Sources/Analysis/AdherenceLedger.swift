import Columns
import Records

/// What a line's day was.
public enum DayState: String, CaseIterable, Sendable {
  /// At least one session-equivalent, less, lifted by a status, no record, or a weekday let pass.
  case done, partial, excused, unknown, missed
  /// Nothing done on a covered day that asked for nothing; quotas are missed by the week.
  case notDue = "not-due"
}

/// One exercise and side over a period: done and due by week, and the state of every day.
struct AdherenceLedger {
  /// One ISO week of a figure.
  struct Week {
    var done = 0.0
    var due = 0.0
    var dueAllDays = 0.0
    var sessions: Set<Int> = []
  }

  let exercise: PrescribedExercise
  /// By the week's Monday.
  private(set) var weeks: [Day: Week] = [:]
  /// Days on which a version is in force.
  private(set) var states: [Day: DayState] = [:]
  private(set) var assumed = 0
  /// Rows of the log that were counted.
  private(set) var rows: [Int] = []

  /// Goes over the days of the period.
  ///
  /// - Parameters:
  ///   - exercise: what was prescribed.
  ///   - rows: performed rows of the exercise's name and side, in the order of days.
  ///   - table: the patient's days and sessions.
  init(_ exercise: PrescribedExercise, rows candidates: [Int], in table: PatientTable) {
    self.exercise = exercise
    var doneOnDay: [Day: Double] = [:]
    for row in candidates {
      let set = table.log.sets[row]
      guard let version = exercise.version(on: set.started.day) else { continue }
      let equivalents = exercise.versions[version].dose.equivalents(of: set)
      doneOnDay[set.started.day, default: 0] += equivalents.count
      if equivalents.isAssumed { assumed += 1 }
      rows.append(row)
      weeks[set.started.day.monday, default: Week()].done += equivalents.count
      weeks[set.started.day.monday, default: Week()].sessions.insert(
        table.sessions.sessionOfRow[row])
    }
    for day in table.period.days {
      guard let version = exercise.version(on: day) else { continue }
      let line = exercise.versions[version].line
      let isCovered = table.daily?.covers(day) ?? false
      let isExcused = table.daily?.excuses(day) ?? false
      let share = AdherenceLedger.dueShare(line, on: day)
      if !isExcused {
        weeks[day.monday, default: Week()].dueAllDays += share
        if isCovered { weeks[day.monday, default: Week()].due += share }
      }
      states[day] = AdherenceLedger.state(
        done: doneOnDay[day] ?? 0, isExcused: isExcused, isCovered: isCovered,
        isDue: line.weekdays != 0 && share > 0)
    }
  }

  /// The part of a session that a day makes due: one on a prescribed weekday, a seventh of the
  /// week's quota on any day.
  private static func dueShare(_ line: ProgramLine, on day: Day) -> Double {
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

  /// The figures of the whole period.
  func figures(in table: PatientTable, by thresholds: Thresholds) -> AdherenceFigures {
    var figures = AdherenceFigures(by: thresholds)
    // In the order of time: sums in the order of a dictionary would differ in their last digit.
    let ordered = weeks.sorted { $0.key < $1.key }.map(\.value)
    let due = ordered.reduce(0) { $0 + $1.due }
    let dueAllDays = ordered.reduce(0) { $0 + $1.dueAllDays }
    if due > 0 {
      figures.doseCapped = ordered.reduce(0) { $0 + min($1.done, $1.due) } / due
      figures.doseUncapped = ordered.reduce(0) { $0 + $1.done } / due
      figures.sessions = ordered.reduce(0) { $0 + min(Double($1.sessions.count), $1.due) } / due
      if dueAllDays > 0 {
        figures.doseAllDays =
          ordered.reduce(0) { $0 + min($1.done, $1.dueAllDays) } / dueAllDays
      }
    }
    let inForce = states.keys.filter { !(table.daily?.excuses($0) ?? false) }
    if !inForce.isEmpty {
      let unknown = inForce.count { !(table.daily?.covers($0) ?? false) }
      figures.unknownShare = Double(unknown) / Double(inForce.count)
    }
    return figures
  }
}
