import Records

/// The programme lines of one exercise and side: versions of one figure.
public struct PrescribedExercise: Sendable {
  /// The name as the latest version writes it.
  public let name: String
  /// The name as names are compared, and its number in the programme: one for all sides.
  public let foldedName: String
  let number: Int
  /// Nil where rows of either side do.
  public let side: PrescribedSide?
  /// Component of the latest version.
  public let component: Component
  /// In the order of their first days.
  public let versions: [Version]

  /// One line with the days on which it is in force.
  public struct Version: Sendable {
    /// As it was imported.
    public let line: ProgramLine
    /// What one session of it is.
    public let dose: PrescribedDose
    /// The first and the last day in force.
    let first: Day
    let last: Day
  }

  /// The version in force on a day: of several, the one that started last.
  public func version(on day: Day) -> Int? {
    var index = versions.count - 1
    while index >= 0 {
      if versions[index].first <= day, day <= versions[index].last { return index }
      index -= 1
    }
    return nil
  }

  /// Whether a row of the same exercise belongs to this side: rows without a side belong to every
  /// prescribed side, lines without a side take every row.
  public func takes(_ rowSide: Side?) -> Bool {
    guard let one = side?.one, let rowSide else { return true }
    return one == rowSide
  }

  /// Whether a row of the same exercise counts for the line: it is of its side, and no set that
  /// warms up for an exercise of another part of the programme.
  public func takes(_ row: ExerciseSet) -> Bool {
    takes(row.side) && (row.component != .warmUp || component == .warmUp)
  }

  /// The sides that a row is done on: of a line for both, a row of one side is half of it.
  public func sides(of row: ExerciseSet) -> [Side] {
    if side == .both, let own = row.side { return [own] }
    return [.left, .right]
  }

  /// Whether another one is the same exercise, of whatever side.
  public func isSameExercise(as other: PrescribedExercise) -> Bool { number == other.number }
}

/// A patient's programme, with the performed rows of all days by exercise.
public struct Programme: Sendable {
  /// By component, then name, then side.
  public let exercises: [PrescribedExercise]
  /// Names as they are compared, of lines and of performed rows.
  private let names: [String]
  /// The performed rows by name, of each in the order of days, and where each name's begin; one
  /// more start is the end of the last.
  private let rows: [Int]
  private let starts: [Int]

  /// Sorts lines and rows by exercise. O(rows + lines log lines).
  ///
  /// A name of the programme is that exercise. Another one is the exercise whose name the catalogue
  /// holds for a synonym, when the programme has just one such.
  ///
  /// - Parameters:
  ///   - log: rows in the order of days.
  ///   - firstRecord: a line without a first day is in force from here on.
  init(_ log: PatientLog, firstRecord: Day?, _ known: ExerciseNames) {
    var names: [String] = []
    /// The exercise that a name of the catalogue means; nil for one that two lines write
    /// differently.
    var numberOfEntry: [String: Int?] = [:]
    // By the pool's number of a name: its number here.
    var numbers = [Int?](repeating: nil, count: log.names.count)
    func number(_ folded: String) -> Int {
      // Few names: comparing them is faster than a table.
      if let number = names.firstIndex(of: folded) { return number }
      names.append(folded)
      return names.count - 1
    }
    for line in log.program where numbers[Int(line.exercise.index)] == nil {
      let form = known.form(line.exercise, of: log.names)
      let isNew = !names.contains(form.folded)
      numbers[Int(line.exercise.index)] = number(form.folded)
      guard isNew, let entry = form.entry else { continue }
      numberOfEntry[entry.name] =
        numberOfEntry[entry.name] == nil ? numbers[Int(line.exercise.index)] : .some(nil)
    }
    let prescribed = names.count
    var numberOfRow = [Int32](repeating: -1, count: log.sets.count)
    var counts = [Int](repeating: 0, count: prescribed)
    for (index, row) in log.sets.enumerated() where row.isPerformed {
      let name = Int(row.exercise.index)
      let own: Int
      if let number = numbers[name] {
        own = number
      } else {
        let form = known.form(row.exercise, of: log.names)
        let isPrescribed = names[..<prescribed].contains(form.folded)
        let meant = isPrescribed ? nil : form.entry.flatMap { numberOfEntry[$0.name] ?? nil }
        own = meant ?? number(form.folded)
        numbers[name] = own
      }
      while counts.count <= own { counts.append(0) }
      counts[own] += 1
      numberOfRow[index] = Int32(own)
    }
    var starts = [0]
    starts.reserveCapacity(names.count + 1)
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var next = starts
    var rows = [Int](repeating: 0, count: starts[starts.count - 1])
    for (index, number) in numberOfRow.enumerated() where number >= 0 {
      rows[next[Int(number)]] = index
      next[Int(number)] += 1
    }
    self.names = names
    self.rows = rows
    self.starts = starts
    exercises = Programme.exercises(log, numbers, names, start: firstRecord)
  }

  private static func exercises(
    _ log: PatientLog, _ numbers: [Int?], _ names: [String], start: Day?
  ) -> [PrescribedExercise] {
    let start = start ?? Day(number: .min / 2)
    var groups: [(number: Int, side: PrescribedSide?, lines: [ProgramLine])] = []
    for line in log.program {
      let number = numbers[Int(line.exercise.index)] ?? 0
      if let own = groups.firstIndex(where: { $0.number == number && $0.side == line.side }) {
        groups[own].lines.append(line)
      } else {
        groups.append((number, line.side, [line]))
      }
    }
    return groups.map { group in
      var versions = group.lines.map {
        PrescribedExercise.Version(
          line: $0, dose: PrescribedDose($0), first: $0.startOn ?? start,
          last: $0.endOn ?? Day(number: .max / 2))
      }
      if versions.count > 1 { versions.sort { $0.first < $1.first } }
      let latest = versions[versions.count - 1].line
      return PrescribedExercise(
        name: log.names[latest.exercise], foldedName: names[group.number], number: group.number,
        side: group.side, component: latest.component, versions: versions)
    }.sorted {
      ($0.component.rawValue, $0.foldedName, $0.side?.rawValue ?? 0)
        < ($1.component.rawValue, $1.foldedName, $1.side?.rawValue ?? 0)
    }
  }

  /// The performed rows of a name among some rows of the log. O(log rows).
  private func rows(of number: Int, in range: Range<Int>) -> ArraySlice<Int> {
    let own = rows[starts[number]..<starts[number + 1]]
    return own[own.end { $0 < range.lowerBound }..<own.end { $0 < range.upperBound }]
  }

  /// The performed rows of an exercise and its side among some rows of the log.
  func rows(of exercise: PrescribedExercise, in range: Range<Int>, _ log: PatientLog) -> [Int] {
    let own = rows(of: exercise.number, in: range)
    return own.filter { exercise.takes(log.sets[$0]) }
  }

  /// The days on which a status lifts what was due of an exercise and of no other.
  func excusedDays(of exercise: PrescribedExercise, _ log: PatientLog) -> Set<Day> {
    Set(
      log.days.compactMap { row in
        guard let name = row.exercise, row.status.excuses,
          number(of: name, log) == exercise.number
        else { return nil }
        return row.day
      })
  }

  /// The number of a name that rows or statuses write.
  private func number(of name: NameID, _ log: PatientLog) -> Int? {
    names.firstIndex(of: ExerciseNames.folded(log.names[name]))
  }

  /// Shows every performed row that a line takes, with the component of the line in force on its
  /// day, else of the latest. O(rows).
  func forEachPrescribed(_ log: PatientLog, _ body: (_ row: Int, Component) -> Void) {
    for exercise in exercises {
      for row in rows(of: exercise, in: log.sets.indices, log) {
        let version = exercise.version(on: log.sets[row].started.day)
        body(row, version.map { exercise.versions[$0].line.component } ?? exercise.component)
      }
    }
  }

  /// The names of all performed rows among some rows of the log as they are compared, in order,
  /// each with its rows.
  func performed(in range: Range<Int>) -> [(name: String, rows: [Int])] {
    names.indices.compactMap { number in
      let own = rows(of: number, in: range)
      return own.isEmpty ? nil : (names[number], Array(own))
    }.sorted { $0.0 < $1.0 }
  }

  /// The names with performed rows among some rows of the log that no line takes, in order, each
  /// with those rows.
  func unprescribed(in range: Range<Int>, _ log: PatientLog) -> [(name: String, rows: [Int])] {
    names.indices.compactMap { number in
      let lines = exercises.filter { $0.number == number }
      let own = rows(of: number, in: range).filter { row in
        !lines.contains { $0.takes(log.sets[row]) }
      }
      return own.isEmpty ? nil : (names[number], own)
    }.sorted { $0.0 < $1.0 }
  }
}
