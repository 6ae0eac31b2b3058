import Records

/// A record that is read from a row of a dated table, column by column in the order of the layout, as
/// `DatedRow.put` writes them.
protocol StoredRecord {
  /// - Parameters:
  ///   - columns: those behind `copy`; what is left of them are the file and the line.
  ///   - patient: whose row it is.
  ///   - day: the day that the row lies under.
  init<C: StoredColumns>(_ columns: inout ColumnSource<C>, of patient: NameID, on day: Day) throws
}

/// Gives the columns of a row one after the other, as what they stand for.
struct ColumnSource<Columns: StoredColumns> {
  private var columns: Columns
  private let reader: LogReader

  @inline(__always)
  init(_ columns: Columns, _ reader: LogReader) {
    self.columns = columns
    self.reader = reader
  }

  /// Whether a column was asked for that does not lie within its row.
  var isDamaged: Bool { columns.isDamaged }

  @inline(__always)
  mutating func integer() -> Int64? { columns.integer() }

  @inline(__always)
  mutating func number() -> Double? { columns.number() }

  @inline(__always)
  mutating func code<T: Code>() -> T? {
    integer().flatMap { T(rawValue: UInt8(truncatingIfNeeded: $0)) }
  }

  @inline(__always)
  mutating func flag() -> Bool? { integer().map { $0 != 0 } }

  @inline(__always)
  mutating func name() throws -> NameID? { try integer().map(reader.name) }

  /// The name of a column that is never NULL.
  @inline(__always)
  mutating func knownName() throws -> NameID {
    guard let name = try name() else { throw StorageError.failed(cause: "a row lacks its name") }
    return name
  }

  @inline(__always)
  mutating func text() -> TextRange? {
    let bytes = columns.text()
    return bytes.count > 0 ? reader.texts.append(bytes) : nil
  }

  /// The time of a day, in two columns.
  @inline(__always)
  mutating func time(on day: Day) -> Timestamp {
    let milliseconds = integer()
    return Timestamp(
      day: day, milliseconds: milliseconds, offsetMinutes: Int16(truncatingIfNeeded: integer() ?? 0)
    )
  }

  @inline(__always)
  mutating func position() -> SourcePosition {
    let file = integer() ?? 0
    return SourcePosition(file: file, line: integer() ?? 0)
  }
}

extension ExerciseSet: StoredRecord {
  @inline(__always)
  init<C: StoredColumns>(_ columns: inout ColumnSource<C>, of patient: NameID, on day: Day) throws {
    let started = columns.time(on: day)
    self.init(
      patient: patient, started: started, exercise: try columns.knownName(),
      position: SourcePosition(line: 0))
    component = columns.code()
    side = columns.code()
    sets = columns.number()
    reps = columns.number()
    holdSeconds = columns.number()
    minutes = columns.number()
    rpe = columns.number()
    completed = columns.flag()
    loadKilograms = columns.number()
    angleDegrees = columns.number()
    painBefore = columns.number()
    painAfter = columns.number()
    session = try columns.name()
    order = columns.integer()
    notes = columns.text()
    position = columns.position()
  }
}

extension PainEntry: StoredRecord {
  @inline(__always)
  init<C: StoredColumns>(_ columns: inout ColumnSource<C>, of patient: NameID, on day: Day) throws {
    let recorded = columns.time(on: day)
    self.init(
      patient: patient, recorded: recorded, score: columns.number() ?? 0,
      position: SourcePosition(line: 0))
    kind = columns.code()
    location = try columns.name()
    scale = try columns.name()
    flare = columns.flag()
    notes = columns.text()
    position = columns.position()
  }
}

extension Measurement: StoredRecord {
  @inline(__always)
  init<C: StoredColumns>(_ columns: inout ColumnSource<C>, of patient: NameID, on day: Day) throws {
    self.init(
      patient: patient, day: day, measure: try columns.knownName(),
      value: columns.number() ?? 0, position: SourcePosition(line: 0))
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
  init<C: StoredColumns>(_ columns: inout ColumnSource<C>, of patient: NameID, on day: Day) throws {
    self.init(
      patient: patient, day: day, instrument: columns.code() ?? .odi,
      position: SourcePosition(line: 0))
    score = columns.number()
    items = columns.text()
    position = columns.position()
  }
}
