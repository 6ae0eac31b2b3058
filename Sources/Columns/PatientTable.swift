import Records

/// One patient's log, aligned for the analyses of one period.
public struct PatientTable: Sendable {
  /// The rows, in the order of days.
  public let log: PatientLog
  /// What is reported on, cut at the as-of day.
  public let period: Period
  /// The last day that is looked at.
  public let asOf: Day
  /// Sessions of the whole log, those after the as-of day too.
  public let sessions: SessionTable
  /// Nil when nothing was logged up to the as-of day.
  public let daily: DailyTable?
  /// The headline pain series, nil when no pain was logged.
  public let pain: PainSeries?
  /// The programme of all times.
  public let programme: Programme
  /// The rows of the log that lie in the period.
  private let rowsOfPeriod: Range<Int>

  /// Aligns a log for a period that ends on the as-of day or before. O(rows log rows).
  ///
  /// Rows that name no component take that of the line of the programme which takes them, else that
  /// of their exercise from the catalogue, when it has it.
  ///
  /// - Parameters:
  ///   - log: all that is held of the patient.
  ///   - period: what is reported on.
  ///   - asOf: the last day that is looked at.
  ///   - names: what was worked out of names before, for other patients too.
  public init(
    _ log: PatientLog, period: Period, asOf: Day, names: ExerciseNames = ExerciseNames()
  ) {
    self.period = period
    self.asOf = asOf
    sessions = SessionTable(log.sets)
    daily = DailyTable(log, sessions: sessions, asOf: asOf)
    pain = PainSeries(log, asOf: asOf)
    programme = Programme(log, firstRecord: daily?.firstRecord, names)
    self.log = PatientTable.withComponents(log, programme)
    rowsOfPeriod = PatientTable.rows(of: log, in: period)
  }

  /// The same log aligned for an earlier period: what does not depend on the period is shared.
  ///
  /// - Precondition: the period ends before the other table's as-of day.
  public init(_ other: PatientTable, earlier period: Period) {
    precondition(period.to <= other.asOf, "an earlier period ends before the as-of day")
    log = other.log
    self.period = period
    asOf = period.to
    sessions = other.sessions
    daily = other.daily.flatMap { $0.upTo(period.to) }
    pain = other.pain?.upTo(period.to)
    programme = other.programme
    rowsOfPeriod = PatientTable.rows(of: other.log, in: period)
  }

  /// The exercise rows of a period, which lie side by side. O(log rows).
  private static func rows(of log: PatientLog, in period: Period) -> Range<Int> {
    let first = log.sets.end { $0.started.day < period.from }
    return first..<max(first, log.sets.end { $0.started.day <= period.to })
  }

  /// Measures with a value in the period, by measure, then side. O(measurements of the log).
  public var measurements: [MeasurementSeries] { MeasurementSeries.all(log, period: period) }

  /// The performed rows of the period that belong to a prescribed exercise and its side, in order.
  public func performed(_ exercise: PrescribedExercise) -> [Int] {
    programme.rows(of: exercise, in: rowsOfPeriod, log)
  }

  /// The performed rows of the period by the names of their exercises as these are compared, in the
  /// order of names.
  public var performed: [(name: String, rows: [Int])] { programme.performed(in: rowsOfPeriod) }

  /// The days on which a status lifts what was due of an exercise and of no other.
  public func excusedDays(_ exercise: PrescribedExercise) -> Set<Day> {
    programme.excusedDays(of: exercise, log)
  }

  /// The days on which an exercise that is due every so many days falls due, up to the end of the
  /// period: the first day in force, then so many days behind the last session or the last due day,
  /// whichever is later.
  public func dueDays(_ exercise: PrescribedExercise) -> Set<Day> {
    var due: Set<Day> = []
    let held = Set(
      programme.rows(of: exercise, in: log.sets.indices, log).map { log.sets[$0].started.day })
    for version in exercise.versions {
      guard version.line.weekdays == 0, let every = version.line.everyDays else { continue }
      var next = version.first
      var day = version.first
      while day <= min(version.last, period.to) {
        if day == next { due.insert(day) }
        if day == next || held.contains(day) { next = day + Int(every) }
        day = day + 1
      }
    }
    return due
  }

  /// Those of them that no line of the programme takes.
  public var unprescribed: [(name: String, rows: [Int])] {
    programme.unprescribed(in: rowsOfPeriod, log)
  }

  private static func withComponents(_ log: PatientLog, _ programme: Programme) -> PatientLog {
    guard log.sets.contains(where: { $0.component == nil }) else { return log }
    var log = log
    programme.forEachPrescribed(log) { row, component in
      if log.sets[row].component == nil { log.sets[row].component = component }
    }
    var known: [NameID: Component?] = [:]
    for index in log.sets.indices where log.sets[index].component == nil {
      let exercise = log.sets[index].exercise
      let component =
        known[exercise] ?? ExerciseCatalogue.entry(of: log.names[exercise])?.component
      known[exercise] = .some(component)
      log.sets[index].component = component
    }
    return log
  }

  /// Whether the rows of the log and what it tells of its past are enough for the figures of the
  /// period: not where the headline series is another one than that which the past speaks of.
  public var isPastEnough: Bool {
    // What falls due goes back to the last session, however long ago that was.
    if log.past != nil, log.program.contains(where: { $0.everyDays != nil }) { return false }
    guard let past = log.past, let pain else { return true }
    return !past.pain.hasEntries || past.pain.series == pain.name
  }

  /// Days of the period with any record.
  public var coveredDays: Int {
    guard let daily else { return 0 }
    return period.days.count { daily.covers($0) }
  }

  /// The last day with any record up to the as-of day, nil when there is none.
  public var lastRecord: Day? { daily?.lastRecord }
}
