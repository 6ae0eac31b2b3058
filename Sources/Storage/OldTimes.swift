import GRDB
import Records

/// Rows of databases from before it was kept how a source writes its times.
///
/// Such a row says only at which moment and on which clock it was read. When a file brings a row
/// whose time it writes without an offset or in UTC, the stored one that it would have been then is
/// taken for it and says so from now on, so that an export that comes again changes nothing.
struct OldTimes {
  private let database: Database
  /// The last file of before; nil where there is none.
  private let last: Int64?

  init(_ database: Database) throws {
    self.database = database
    last = try Int64.fetchOne(database, sql: "SELECT max(last) FROM unmarked_time")
  }

  /// Whether any stored row may be of before.
  var areThere: Bool { last != nil }

  /// Takes stored rows for those that a file brings now. O(rows log stored rows).
  func adopt<R: DatedRow>(
    _ rows: [R], _ digests: [UInt64], in table: RecordTable, _ names: NamePool, _ texts: TextArena,
    patient: (NameID) throws -> Int64
  ) throws {
    guard let last, table.columns.contains(where: { $0.name == "at" }) else { return }
    let find = try RawStatement(
      database,
      "SELECT id FROM \(table.name) WHERE id BETWEEN ?1 AND ?2 AND digest = ?3 AND file <= ?4")
    for (index, row) in rows.enumerated() {
      var visitor = TimeVisitor()
      var earlier = row
      earlier.visit(&visitor)
      guard let time = visitor.found, time.written != .offset else { continue }
      for old in OldTimes.formerReadings(time) {
        visitor.other = old
        earlier.visit(&visitor)
        let digest = earlier.digest(names: names, texts: texts)
        let day = try RowPlace(day: old.day.number, patient: try patient(row.patient))
        find.bind(1, day.number)
        find.bind(2, day.last.number)
        find.bind(3, Int64(bitPattern: digest))
        find.bind(4, last)
        let found = try find.step() ? find.integer(0) : nil
        find.reset()
        guard let found else { continue }
        try ZoneMoves.move(
          RowPlace(found), digest: Int64(bitPattern: digest), to: time,
          as: Int64(bitPattern: digests[index]), in: table, database)
        break
      }
    }
  }

  /// Finds the time of a row, and gives it another one.
  private struct TimeVisitor: FieldVisitor {
    typealias Failure = Never
    /// The time that was found.
    var found: Timestamp?
    /// The time to be given; nil for none.
    var other: Timestamp?

    mutating func time(_ value: inout Timestamp, _ use: FieldUse) {
      found = value
      if let other { value = other }
    }
    mutating func day(_ value: inout Day, _ use: FieldUse) {}
    mutating func date(_ value: inout Day?, _ use: FieldUse) {}
    mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {}
    mutating func integer(_ value: inout Int64?, _ use: FieldUse) {}
    mutating func flag(_ value: inout Bool?, _ use: FieldUse) {}
    mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) {}
    mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) {}
    mutating func name(_ value: inout NameID?, _ use: FieldUse) {}
    mutating func text(_ value: inout TextRange?, _ use: FieldUse) {}
  }

  /// How a time was read before: in the zone of now, and in UTC, as where no zone was known.
  private static func formerReadings(_ time: Timestamp) -> [Timestamp] {
    guard let clock = time.writtenClock else { return [] }
    let plain = Timestamp(
      day: Day(number: Int32((Double(clock) / 86_400_000).rounded(.down))), milliseconds: clock)
    if time.written == .utc { return [plain] }
    let zoned = Timestamp(
      day: time.day, milliseconds: time.milliseconds, offsetMinutes: time.offsetMinutes)
    return zoned == plain ? [plain] : [zoned, plain]
  }
}
