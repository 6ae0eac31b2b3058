import Records

/// A patient's exercise rows grouped into sessions, as columns aligned with the rows.
///
/// A session is what the source calls one (`session_id`), else the rows of one local day whose
/// starts follow each other at most 90 minutes apart; rows of a day without a time form one
/// session.
public struct SessionTable: Sendable {
  /// The longest step from one start to the next within a session, in milliseconds.
  public static let longestStep: Int64 = 90 * 60_000

  /// For each row of the log, its session's number from 0, in the order of the days.
  public let sessionOfRow: [Int]
  /// The rows, session by session, and where each session begins; one more start is the end of the
  /// last.
  private let rows: [Int]
  private let starts: [Int]
  /// The day of each session.
  public let days: [Day]

  /// Groups rows that are in the order of days. What the source calls one session is one on the day
  /// it began, also where it goes on behind midnight. O(n log n).
  public init(_ sets: [ExerciseSet]) {
    var moved = sets
    var isMoved = false
    for row in sets.indices {
      guard let began = SessionTable.dayBegan(row, moved) else { continue }
      moved[row].started.day = began
      isMoved = true
    }
    guard isMoved else {
      self.init(byDay: sets)
      return
    }
    let order = moved.indices.sorted {
      (moved[$0].started.day, $0) < (moved[$1].started.day, $1)
    }
    let table = SessionTable(byDay: order.map { moved[$0] })
    var sessionOfRow = table.sessionOfRow
    for (place, row) in order.enumerated() { sessionOfRow[row] = table.sessionOfRow[place] }
    self.init(
      sessionOfRow: sessionOfRow, rows: table.rows.map { order[$0] }, starts: table.starts,
      days: table.days)
  }

  private init(sessionOfRow: [Int], rows: [Int], starts: [Int], days: [Day]) {
    self.sessionOfRow = sessionOfRow
    self.rows = rows
    self.starts = starts
    self.days = days
  }

  /// Milliseconds behind midnight until which a session of the day before may go on.
  private static let latestEnd: Int64 = 3 * 3_600_000

  /// The day before, where a row of the early hours belongs to a session that the source names and
  /// that began then; nil otherwise.
  private static func dayBegan(_ row: Int, _ sets: [ExerciseSet]) -> Day? {
    guard let name = sets[row].session, let at = sets[row].started.milliseconds else { return nil }
    let local = at + Int64(sets[row].started.offsetMinutes) * 60_000
    guard ((local % 86_400_000) + 86_400_000) % 86_400_000 < latestEnd else { return nil }
    let before = sets[row].started.day - 1
    var earlier = row - 1
    while earlier >= 0, sets[earlier].started.day >= before {
      if sets[earlier].session == name, sets[earlier].started.day == before,
        let began = sets[earlier].started.milliseconds, at - began <= 2 * latestEnd
      {
        return before
      }
      earlier -= 1
    }
    return nil
  }

  /// Groups rows day by day.
  private init(byDay sets: [ExerciseSet]) {
    var sessionOfRow = [Int](repeating: 0, count: sets.count)
    // As they lie, which is how most were done.
    var rows = Array(sets.indices)
    var starts: [Int] = []
    var days: [Day] = []
    var start = 0
    while start < sets.count {
      var end = start
      while end < sets.count, sets[end].started.day == sets[start].started.day { end += 1 }
      while start < end, SessionTable.isOrderly(sets, start..<end) {
        let next = SessionTable.endOfSession(sets, start..<end)
        for row in start..<next { sessionOfRow[row] = starts.count }
        starts.append(start)
        days.append(sets[start].started.day)
        start = next
      }
      if start == end { continue }
      for group in SessionTable.groups(sets, start..<end) {
        for row in group { sessionOfRow[row] = starts.count }
        starts.append(start)
        days.append(sets[group[0]].started.day)
        for row in group.sorted(by: { SessionTable.precedes(sets[$0], sets[$1]) }) {
          rows[start] = row
          start += 1
        }
      }
    }
    self.init(
      sessionOfRow: sessionOfRow, rows: rows, starts: starts + [sets.count], days: days)
  }

  /// Row numbers of a session in the order they were done: `order`, start, file, line.
  public func rows(of session: Int) -> ArraySlice<Int> {
    rows[starts[session]..<starts[session + 1]]
  }

  /// Whether a day's rows stand in the order they were done and only their times part them, as on
  /// most days.
  private static func isOrderly(_ sets: [ExerciseSet], _ day: Range<Int>) -> Bool {
    var last = Int64.min
    for row in day {
      guard let at = sets[row].started.milliseconds, at >= last, sets[row].session == nil,
        sets[row].order == nil
      else { return false }
      // Equal starts go by their place in the source.
      if at == last, precedes(sets[row], sets[row - 1]) { return false }
      last = at
    }
    return true
  }

  /// Where the session ends that orderly rows begin with.
  private static func endOfSession(_ sets: [ExerciseSet], _ day: Range<Int>) -> Int {
    var row = day.lowerBound + 1
    while row < day.upperBound, let at = sets[row].started.milliseconds,
      let before = sets[row - 1].started.milliseconds, at - before <= longestStep
    { row += 1 }
    return row
  }

  /// The sessions of one day, the earliest first.
  private static func groups(_ sets: [ExerciseSet], _ day: Range<Int>) -> [[Int]] {
    var named: [NameID: [Int]] = [:]
    var names: [NameID] = []
    var timed: [Int] = []
    var untimed: [Int] = []
    for row in day {
      if let name = sets[row].session {
        if named[name] == nil { names.append(name) }
        named[name, default: []].append(row)
      } else if sets[row].started.milliseconds != nil {
        timed.append(row)
      } else {
        untimed.append(row)
      }
    }
    var groups = names.compactMap { named[$0] }
    timed.sort {
      (sets[$0].started.milliseconds ?? 0, $0) < (sets[$1].started.milliseconds ?? 0, $1)
    }
    var last: Int64?
    for row in timed {
      let at = sets[row].started.milliseconds ?? 0
      if let last, at - last <= longestStep {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
      last = at
    }
    if !untimed.isEmpty { groups.append(untimed) }
    return groups.sorted { earliest($0, sets) < earliest($1, sets) }
  }

  private static func earliest(_ rows: [Int], _ sets: [ExerciseSet]) -> Int64 {
    rows.compactMap { sets[$0].started.milliseconds }.min() ?? .max
  }

  private static func precedes(_ left: ExerciseSet, _ right: ExerciseSet) -> Bool {
    let leftKey = (left.order ?? .max, left.started.milliseconds ?? .max)
    let rightKey = (right.order ?? .max, right.started.milliseconds ?? .max)
    if leftKey != rightKey { return leftKey < rightKey }
    return (left.position.file, left.position.line) < (right.position.file, right.position.line)
  }
}
