import Records

/// A table of another program that no profile can describe, because rows belong together or cells
/// hold several things.
protocol TableFormat: Sendable {
  /// The name in the summary and for `--profile`.
  static var name: String { get }
  /// What of it is read, in one line.
  static var about: String { get }
  /// The kinds of the records that its rows become.
  static var kinds: [Kind] { get }
  /// Whether a file begins with these cells in its first line.
  static func knows(_ header: [String]) -> Bool

  /// The columns that are read; the cells of others come empty. Nil for all, where lines differ.
  static var columns: Set<String>? { get }

  /// The order in which the program writes dates, where a file does not prove another one; nil for
  /// none.
  static var dateOrder: DateOrder? { get }

  init()

  /// Takes what the caller knows before the first line comes.
  mutating func begin(_ options: ReadingOptions)
  /// Entries of rows that no record is made of, so far.
  var leftOut: LeftOutEntries { get }

  /// The rows that are complete with one more line of cells; the header is the first.
  mutating func rows(of cells: [String], line: Int) -> [ForeignRow]
  /// The rows that wait for more when the file ends.
  mutating func rest() -> [ForeignRow]
}

/// The names of a table's columns.
struct TableHeader {
  private let places: [String: Int]
  private let width: Int

  init(_ names: [String]) {
    width = names.count
    places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// Why a line is none of the table's, as far as the count of its cells tells.
  func refusal(of cells: [String]) -> RejectionReason? {
    cells.count == width ? nil : cells.count < width ? .tooFewFields : .tooManyFields
  }

  /// Whether there is such a column.
  func has(_ name: String) -> Bool { places[name] != nil }

  /// A line's cell by the name of its column; nil where there is no such column.
  func cell(_ name: String, of cells: [String]) -> String? { places[name].map { cells[$0] } }
}

/// A table whose first line names the columns of all others.
protocol HeadedTableFormat: TableFormat {
  /// Nil before the first line.
  var header: TableHeader? { get set }

  /// The rows that are complete with one more line.
  ///
  /// - Parameter cell: the line's cell of a column; empty where there is none.
  mutating func rows(line: Int, cell: (String) -> String) -> [ForeignRow]
}

extension HeadedTableFormat {
  mutating func rows(of cells: [String], line: Int) -> [ForeignRow] {
    guard let header else {
      self.header = TableHeader(cells)
      return []
    }
    if let reason = header.refusal(of: cells) {
      return [ForeignRow(line, .refused(reason, path: ""))]
    }
    return rows(line: line) { header.cell($0, of: cells) ?? "" }
  }
}

extension TableFormat {
  static var columns: Set<String>? { nil }
  static var dateOrder: DateOrder? { nil }
  mutating func rest() -> [ForeignRow] { [] }
  mutating func begin(_ options: ReadingOptions) {}
  var leftOut: LeftOutEntries { LeftOutEntries() }
}

/// Calls a closure with the bytes of each part of a cell, between separators and without the spaces
/// around it; parts of nothing are passed over.
@inline(__always)
func eachPart(of cell: String, separator: UInt8, _ body: (Bytes) -> Void) {
  var cell = cell
  cell.withUTF8 { bytes in
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == separator {
      let part = Bytes(rebasing: bytes[start..<end]).trimmed
      start = end + 1
      if !part.isEmpty { body(part) }
    }
  }
}

/// Every table format of other programs, in alphabetical order.
var tableFormats: [any TableFormat.Type] {
  [Daylio.self, FitbitExport.self, JEFIT.self, LoopHabits.self, TapLog.self]
}

/// Every format that `--profile` may choose beside profiles: its name, what of it is read, and the
/// kinds that it becomes.
public var foreignFormats: [(name: String, about: String, kinds: [Kind])] {
  (jsonFormats.map { ($0.name, $0.about, $0.kinds) }
    + tableFormats.map { ($0.name, $0.about, $0.kinds) }).sorted { $0.0 < $1.0 }
}

/// The format of a table by its first line; nil for others.
func tableFormat(of head: [UInt8], options: ReadingOptions) throws -> (any TableFormat.Type)? {
  if let name = options.foreignFormat ?? options.profileOfFormat?.format {
    return tableFormats.first { $0.name == name }
  }
  guard !options.profileIsChosen else { return nil }
  let reader = CSVReader(Window(MemorySource(head)), delimiter: 0x2C)
  guard try reader.next(), reader.problem == nil else { return nil }
  let header = reader.fields.indices.map { reader.bytes($0).trimmed.text }
  return tableFormats.first { $0.knows(header) }
}

/// Reads a table of another program line by line; memory holds one batch.
func readForeignTable(
  _ window: Window, format: any TableFormat.Type, decoder: RowDecoder, options: ReadingOptions,
  emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  let sink = ForeignRows(decoder, named: format.name, options: options)
  decoder.use(components: options.profileOfFormat?.components ?? [:])
  let reader = CSVReader(window, delimiter: 0x2C)
  let wanted = format.columns
  var isRead: [Bool] = []
  var format = format.init()
  format.begin(options)
  while try reader.next() {
    if let problem = reader.problem {
      sink.refuse(problem, line: reader.line, path: "")
      continue
    }
    let cells = reader.fields.indices.map { index in
      index < isRead.count && !isRead[index] ? "" : reader.bytes(index).trimmed.text
    }
    if isRead.isEmpty, let wanted { isRead = cells.map(wanted.contains) }
    for row in format.rows(of: cells, line: reader.line) { try sink.take(row, path: "") }
    try sink.flush(emit)
  }
  for row in format.rest() { try sink.take(row, path: "") }
  try emit(&decoder.batch)
  decoder.batch.removeRows()
  return ReadingSummary(
    format: "csv", kinds: Kind.allCases.filter(sink.kinds.contains),
    profile: type(of: format).name, ignoredColumns: [], clockChanges: decoder.clockChanges,
    exercisesWithoutComponent: decoder.unmappedExercises, leftOutEntries: format.leftOut)
}
