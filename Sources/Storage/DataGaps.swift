import GRDB
import Records

/// What is missing in the records of all people.
public struct DataGaps: Sendable, Equatable {
  /// Days between the first and the last record on which nobody has any, in order.
  public var days: [Period] = []
  /// The codes of people without a record in the last days, in order.
  public var silent: [String] = []

  /// Nothing is missing.
  public init() {}
}

extension Store {
  /// Looks for days without any record, and for people without a record in the last days.
  ///
  /// - Parameter window: how many days, up to the last one with any record, people may be silent.
  /// - Returns: nothing for a database without records.
  ///   Complexity: O(days + rows of the last days + day statuses).
  public func dataGaps(silentFor window: Int) throws -> DataGaps {
    try explaining {
      try queue.read { database in
        let days = try Store.recordedDays(database)
        guard let last = days.last else { return DataGaps() }
        var gaps = DataGaps()
        for (day, next) in zip(days, days.dropFirst()) where next > day + 1 {
          gaps.days.append(Period(from: day + 1, to: next - 1))
        }
        let first = last - (window - 1)
        let recent = try RowPlace(day: first.number, patient: 0).number
        let heard = RecordTable.ofPeople.compactMap { table in
          table.isSince(place: "?1", day: "?2").map {
            "SELECT patient FROM \(table.name) WHERE \($0)"
          }
        }
        gaps.silent = try String.fetchAll(
          database,
          sql: """
            SELECT code FROM patient WHERE id NOT IN (\(heard.joined(separator: " UNION ")))
            ORDER BY code
            """, arguments: [recent, first.number])
        return gaps
      }
    }
  }

  /// The days with a record of anybody, in order: one seek a day and table of many rows.
  private static func recordedDays(_ database: Database) throws -> [Day] {
    var days: Set<Day> = []
    for table in RecordTable.ofPeople where table.hasDays {
      if table.sort != .dated {
        for day in try Int64.fetchAll(database, sql: "SELECT DISTINCT day FROM \(table.name)") {
          days.insert(try Day(stored: day, of: table.name))
        }
        continue
      }
      let next = try RawStatement(
        database, "SELECT id FROM \(table.name) WHERE id >= ?1 ORDER BY id LIMIT 1")
      var from = Int64.min
      while true {
        next.bind(1, from)
        defer { next.reset() }
        guard try next.step() else { break }
        let day = try RowPlace(stored: next.integer(0), of: table.name).day
        days.insert(Day(number: day))
        from = try RowPlace(day: day + 1, patient: 0).number
      }
    }
    return days.sorted()
  }
}
