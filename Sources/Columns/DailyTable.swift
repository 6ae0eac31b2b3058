import Records

/// A patient's days from the first record to the as-of day, one element a day in every column; of a
/// log that tells of its past without rows, from the day behind that.
///
/// A day with any record is covered; any other is unknown, which is not the same as a day of rest.
public struct DailyTable: Sendable {
  /// The day of element 0.
  public let first: Day
  /// What is told of the days before it.
  private let past: Past?
  /// Whether the patient has any record of the day.
  public let isCovered: [Bool]
  /// What the patient or clinic says about the day.
  public let status: [DayStatus?]
  /// Sessions of the day, not counting those of which nothing was performed.
  public let sessions: [Int]
  /// Active minutes in tenths; nil where unknown, and where a performed row gives no figure.
  public let activeTenths: [Int?]

  /// Aligns a log. O(days + rows).
  ///
  /// - Parameters:
  ///   - log: rows of days after `asOf` are not looked at.
  ///   - sessions: the log's sessions.
  ///   - asOf: the last day.
  public init?(_ log: PatientLog, sessions table: SessionTable, asOf: Day) {
    guard let record = DailyTable.firstRecord(of: log), record <= asOf else { return nil }
    past = log.past
    let first = past.map { max(record, $0.before) } ?? record
    let count = max(0, asOf - first + 1)
    var covered = [Bool](repeating: false, count: count)
    var status = [DayStatus?](repeating: nil, count: count)
    var tenths = [Int?](repeating: nil, count: count)
    var held = [Int](repeating: 0, count: count)
    func mark(_ day: Day) {
      guard day <= asOf, !covered[day - first] else { return }
      covered[day - first] = true
      tenths[day - first] = 0
    }
    for row in log.sets where row.started.day <= asOf {
      let day = row.started.day - first
      mark(row.started.day)
      guard row.isPerformed else { continue }
      tenths[day] = row.activeTenths.flatMap { more in tenths[day].map { $0 + more } }
    }
    for row in log.pain { mark(row.recorded.day) }
    for row in log.measurements { mark(row.day) }
    for row in log.questionnaires { mark(row.day) }
    for row in log.days where row.day <= asOf {
      mark(row.day)
      if row.exercise == nil { status[row.day - first] = row.status }
    }
    for (session, day) in table.days.enumerated()
    where day <= asOf && table.rows(of: session).contains(where: { log.sets[$0].isPerformed }) {
      held[day - first] += 1
    }
    self.first = first
    isCovered = covered
    self.status = status
    self.sessions = held
    activeTenths = tenths
  }

  private init(_ other: DailyTable, count: Int) {
    first = other.first
    past = other.past
    isCovered = Array(other.isCovered[..<count])
    status = Array(other.status[..<count])
    sessions = Array(other.sessions[..<count])
    activeTenths = Array(other.activeTenths[..<count])
  }

  /// The same days without those behind a day; nil when none is left.
  public func upTo(_ last: Day) -> DailyTable? {
    let count = min(self.count, last - first + 1)
    return count > 0 ? DailyTable(self, count: count) : nil
  }

  /// The day of the first record of any kind.
  public static func firstRecord(of log: PatientLog) -> Day? {
    [
      log.past?.firstRecord, log.sets.first?.started.day,
      log.pain.first?.recorded.day,
      log.measurements.first?.day, log.days.first?.day, log.questionnaires.first?.day,
    ].compactMap { $0 }.min()
  }

  /// The day of the first record of any kind.
  public var firstRecord: Day { past?.firstRecord ?? first }

  /// The last day with any record; nil when there is none.
  public var lastRecord: Day? {
    isCovered.lastIndex(of: true).map { first + $0 } ?? past?.lastRecord
  }

  /// The last day with a session; nil when there is none.
  public var lastSession: Day? {
    sessions.lastIndex { $0 > 0 }.map { first + $0 } ?? past?.lastSession
  }

  /// How many days it holds.
  public var count: Int { isCovered.count }

  /// The element of a day, nil outside the table.
  public func index(of day: Day) -> Int? {
    let index = day - first
    return index >= 0 && index < count ? index : nil
  }

  /// Whether the patient has any record of a day.
  public func covers(_ day: Day) -> Bool { index(of: day).map { isCovered[$0] } ?? false }

  /// Whether a day's status lifts what was due.
  public func excuses(_ day: Day) -> Bool {
    index(of: day).flatMap { status[$0] }?.excuses ?? false
  }
}

extension ExerciseSet {
  /// Active minutes in tenths, rounded half away from zero: `minutes`; else sets × reps × hold ÷
  /// 60; else sets × reps × 3 s. Nil when no figure is given.
  public var activeTenths: Int? {
    let minutes: Double
    if let given = self.minutes {
      minutes = given
    } else if let hold = holdSeconds {
      minutes = (sets ?? 1) * (reps ?? 1) * hold / 60
    } else if sets != nil || reps != nil {
      minutes = (sets ?? 1) * (reps ?? 1) * 3 / 60
    } else {
      return nil
    }
    return Int((minutes * 10).rounded(.toNearestOrAwayFromZero))
  }
}
