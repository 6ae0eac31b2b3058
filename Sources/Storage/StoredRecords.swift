import GRDBSQLite
import Records

/// A record that is read from a row of a dated table, column by column in the order of the layout,
/// as `DatedRow.put` writes them.
protocol StoredRecord {
  /// - Parameters:
  ///   - columns: those of the layout, then the file and the line.
  ///   - patient: whose row it is.
  ///   - day: the day that the row lies under.
  init(_ columns: inout StoredColumns, of patient: NameID, on day: Day) throws
}

/// Gives the columns of a row one after the other, as what they stand for, and notes the first one
/// whose value lumbar never writes.
struct StoredColumns {
  private var values: RowValues?
  private let reader: LogReader
  private var column = 0
  /// The first column whose value may not be, by its place.
  private(set) var damaged: Int?

  init(_ reader: LogReader) { self.reader = reader }

  /// Begins with the columns of a row.
  @inline(__always)
  mutating func start(_ values: RowValues) {
    self.values = values
    column = 0
  }

  /// Whether a value was read that may not be.
  @inline(__always)
  var isDamaged: Bool { damaged != nil }

  /// The value of the next column.
  @inline(__always)
  private mutating func next() -> OpaquePointer? {
    defer { column += 1 }
    return values?[column]
  }

  /// The value of the next column; nil for NULL.
  @inline(__always)
  private mutating func nextPresent() -> OpaquePointer? {
    let value = next()
    return sqlite3_value_type(value) == SQLITE_NULL ? nil : value
  }

  @inline(__always)
  private mutating func note() { damaged = damaged ?? column - 1 }

  /// Notes that a column read before does not go with another one.
  mutating func noteDamage(back columns: Int) { damaged = damaged ?? column - columns }

  @inline(__always)
  mutating func integer(_ range: ClosedRange<Int64>) -> Int64? {
    guard let value = integer() else { return nil }
    if range.contains(value) { return value }
    note()
    return nil
  }

  /// An integer of any size.
  @inline(__always)
  mutating func integer() -> Int64? { nextPresent().map(sqlite3_value_int64) }

  /// An integer of any size, from a column that is never NULL.
  @inline(__always)
  mutating func knownInteger() -> Int64 { sqlite3_value_int64(next()) }

  /// A number from a column that is never NULL.
  @inline(__always)
  mutating func knownNumber(_ range: ClosedRange<Double>) -> Double {
    let value = sqlite3_value_double(next())
    if !range.contains(value) { note() }
    return value
  }

  @inline(__always)
  mutating func number(_ range: ClosedRange<Double>) -> Double? {
    guard let value = nextPresent().map(sqlite3_value_double) else { return nil }
    // Neither infinite nor NaN lies in any range.
    if range.contains(value) { return value }
    note()
    return nil
  }

  @inline(__always)
  mutating func code<T: Code>() -> T? {
    guard let value = integer() else { return nil }
    if let code = UInt8(exactly: value).flatMap(T.init(rawValue:)) { return code }
    note()
    return nil
  }

  /// A code that is never absent; one that is, is damage, and stands for nothing.
  @inline(__always)
  mutating func knownCode<T: Code>(_ substitute: T) -> T {
    if let code: T = code() { return code }
    note()
    return substitute
  }

  @inline(__always)
  mutating func flag() -> Bool? { integer(0...1).map { $0 != 0 } }

  /// A day, where there is one.
  mutating func day() -> Day? {
    integer(StoredColumns.days).map { Day(number: Int32(truncatingIfNeeded: $0)) }
  }

  /// A day that is never absent.
  mutating func knownDay() -> Day {
    if let day = day() { return day }
    note()
    return Day(number: 0)
  }

  private static let days =
    Int64(Day.possible.lowerBound.number)...Int64(Day.possible.upperBound.number)

  @inline(__always)
  mutating func name() throws -> NameID? { try integer().map(reader.name) }

  /// A word that is stored as such, without a number.
  mutating func word() -> NameID? {
    nextPresent().map { reader.names.intern(StoredColumns.bytes($0)) }
  }

  /// The name of a column that is never NULL.
  @inline(__always)
  mutating func knownName() throws -> NameID {
    try reader.name(knownInteger())
  }

  @inline(__always)
  mutating func text() -> TextRange? {
    nextPresent().flatMap { reader.texts.append(StoredColumns.bytes($0)) }
  }

  /// Text where it lies.
  @inline(__always)
  private static func bytes(_ value: OpaquePointer) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_value_text(value)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  /// The time of a day, in two columns.
  @inline(__always)
  mutating func time(on day: Day) -> Timestamp {
    let milliseconds = integer(ValueRange.milliseconds)
    let offset = knownInteger()
    if !ValueRange.offsetMinutes.contains(offset) { note() }
    return Timestamp(
      day: day, milliseconds: milliseconds, offsetMinutes: Int16(truncatingIfNeeded: offset))
  }

  @inline(__always)
  mutating func position() -> SourcePosition {
    let file = knownInteger()
    return SourcePosition(file: file, line: knownInteger())
  }
}

extension ExerciseSet: StoredRecord {
  @inline(__always)
  init(_ columns: inout StoredColumns, of patient: NameID, on day: Day) throws {
    let started = columns.time(on: day)
    self.init(
      patient: patient, started: started, exercise: try columns.knownName(),
      position: SourcePosition(line: 0))
    component = columns.code()
    side = columns.code()
    sets = columns.number(ValueRange.amount)
    reps = columns.number(ValueRange.amount)
    holdSeconds = columns.number(ValueRange.amount)
    minutes = columns.number(ValueRange.amount)
    rpe = columns.number(ValueRange.score)
    completed = columns.flag()
    loadKilograms = columns.number(ValueRange.load)
    angleDegrees = columns.number(ValueRange.angle)
    painBefore = columns.number(ValueRange.score)
    painAfter = columns.number(ValueRange.score)
    session = try columns.name()
    order = columns.integer()
    notes = columns.text()
    position = columns.position()
  }
}

extension PainEntry: StoredRecord {
  @inline(__always)
  init(_ columns: inout StoredColumns, of patient: NameID, on day: Day) throws {
    let recorded = columns.time(on: day)
    self.init(
      patient: patient, recorded: recorded, score: columns.knownNumber(ValueRange.otherScore),
      position: SourcePosition(line: 0))
    kind = columns.code()
    location = try columns.name()
    scale = try columns.name()
    if scale == nil, !ValueRange.score.contains(score) { columns.noteDamage(back: 4) }
    flare = columns.flag()
    notes = columns.text()
    position = columns.position()
  }
}

extension Measurement: StoredRecord {
  @inline(__always)
  init(_ columns: inout StoredColumns, of patient: NameID, on day: Day) throws {
    self.init(
      patient: patient, day: day, measure: try columns.knownName(),
      value: columns.knownNumber(ValueRange.measurement),
      position: SourcePosition(line: 0))
    unit = try columns.name()
    side = columns.code()
    rater = try columns.name()
    device = try columns.name()
    trial = columns.integer()
    convention = try columns.name()
    position = columns.position()
  }
}

extension Questionnaire: StoredRecord {
  @inline(__always)
  init(_ columns: inout StoredColumns, of patient: NameID, on day: Day) throws {
    self.init(
      patient: patient, day: day, instrument: columns.knownCode(.odi),
      position: SourcePosition(line: 0))
    score = columns.number(ValueRange.questionnaire)
    items = columns.text()
    position = columns.position()
  }
}
