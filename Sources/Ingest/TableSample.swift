import Records

/// The beginning of a table as text, for drafting a profile of a format that nobody described.
public struct TableSample: Sendable {
  /// One record.
  public struct Row: Sendable {
    /// The physical line it begins on, from 1.
    public var line: Int
    /// Its cells without spaces at their ends.
    public var cells: [String]
  }

  /// The byte between columns.
  public var delimiter: UInt8
  /// Nil for UTF-8 and for what a byte-order mark tells.
  public var encoding: TextEncoding?
  /// Physical lines before the header.
  public var skippedLines: Int
  /// Names of the columns.
  public var header: [String]
  /// The first records behind the header that have as many cells as it.
  public var rows: [Row]

  /// Reads the first rows of a table.
  ///
  /// The header is the first record as wide as most of the others, so that prose before it is
  /// passed over; text that is not UTF-8 is tried as Windows-1252.
  ///
  /// - Parameters:
  ///   - source: the file's bytes from the start; it is rewound at the end.
  ///   - count: the most rows wanted.
  /// - Throws: `IngestError` when the file is empty, packed or no text.
  public init(_ source: any ByteSource, rows count: Int = 500) throws {
    encoding = nil
    var head = try TableSample.head(source, nil)
    if head.withUnsafeBufferPointer({ firstInvalidUTF8($0) }) != nil {
      encoding = .windows1252
      try source.rewind()
      head = try TableSample.head(source, .windows1252)
    }
    try source.rewind()
    guard head.contains(where: { $0 > 0x20 }) else { throw IngestError.empty }
    var best: (score: Int, delimiter: UInt8, records: [Row], width: Int)?
    for delimiter in candidateDelimiters(head) {
      let records = try TableSample.records(head, delimiter, most: count + 60)
      var widths: [Int: Int] = [:]
      for record in records where record.cells.count > 1 {
        widths[record.cells.count, default: 0] += 1
      }
      guard let common = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
        continue
      }
      let score = common.value * 1_000 + common.key
      if score > best?.score ?? 0 { best = (score, delimiter, records, common.key) }
    }
    guard let best, let top = best.records.firstIndex(where: { $0.cells.count == best.width })
    else { throw IngestError.unknownKind(columns: []) }
    delimiter = best.delimiter
    skippedLines = best.records[top].line - 1
    header = best.records[top].cells
    rows = Array(
      best.records[(top + 1)...].filter { $0.cells.count == best.width }.prefix(count))
  }

  private static func head(_ source: any ByteSource, _ encoding: TextEncoding?) throws -> [UInt8] {
    let window = Window(try openText(source, encoding: encoding), capacity: 1 << 18)
    try window.require(1 << 18)
    let head = Array(window.bytes(window.start..<window.end))
    guard !window.reachedEnd, let end = head.lastIndex(of: 0x0A) else { return head }
    return Array(head[...end])
  }

  private static func records(_ head: [UInt8], _ delimiter: UInt8, most: Int) throws -> [Row] {
    let reader = CSVReader(Window(MemorySource(head)), delimiter: delimiter)
    var records: [Row] = []
    while records.count < most, try reader.next() {
      guard reader.problem == nil else { continue }
      records.append(
        Row(
          line: reader.line, cells: reader.fields.indices.map { reader.bytes($0).trimmed.text }))
    }
    return records
  }

  /// The cells of a column that are not missing.
  public func values(_ column: Int) -> [String] {
    rows.map { $0.cells[column] }.filter { text in
      !Array(text.utf8).withUnsafeBufferPointer { isMissing($0) }
    }
  }
}

/// What a cell can be read as.
public enum CellForm: Sendable {
  /// A date or a time in any order; the orders that fit.
  case date([DateOrder])
  /// A number with a point or a comma.
  case number(Double)
  /// A duration such as 1:23:05, in seconds.
  case duration(Double)
  /// Anything else.
  case text

  /// What a cell's text can be read as, dates first.
  public init(_ text: String) {
    self = Array(text.utf8).withUnsafeBufferPointer { bytes in
      if case .success = parseTime(bytes, order: nil) { return .date([]) }
      let orders = DateOrder.allCases.filter { order in
        if case .success = parseTime(bytes, order: order) { true } else { false }
      }
      if !orders.isEmpty { return .date(orders) }
      for mark in [0x2E, 0x2C] as [UInt8] {
        if case .value(let value) = parseNumber(bytes, decimalMark: mark) { return .number(value) }
      }
      return parseDuration(bytes).map { .duration($0) } ?? .text
    }
  }
}
