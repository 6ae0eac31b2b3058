import Records

/// The beginning of a table as text, for drafting a profile of a format that nobody described.
public struct TableSample: Sendable {
  /// One record.
  public struct Row: Sendable {
    /// The physical line it begins on, from 1.
    public var line: Int
    /// Its cells without spaces at their ends.
    public var cells: [String]
    /// How many cells it has up to the last that says something.
    var width: Int { cells.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0 }
  }

  /// The byte between columns.
  public var delimiter: UInt8
  /// Nil for UTF-8 and for what a byte-order mark tells.
  public var encoding: TextEncoding?
  /// Physical lines before the header.
  public var skippedLines: Int
  /// Names of the columns.
  public var header: [String]
  /// The first records behind the header, each with as many cells as it; rows of totals, headings
  /// and headers that come again are left out.
  public var rows: [Row]
  /// Whether the rows are all of the table.
  public var isWhole = true
  /// The lines before the header, without their separators.
  public var titles: [String] = []

  /// Further tables below it, each with a header of its own.
  public var following: [TableSample] = []

  /// The years, from 2000 on, that the lines before the header name.
  public var years: [Int] {
    let numbers = titles.flatMap { $0.split { !("0"..."9").contains($0) } }.compactMap { part in
      part.count == 4 ? Int(part) : nil
    }
    return Set(numbers.filter { (2000...2099).contains($0) }).sorted()
  }

  /// Reads the first rows of a table.
  ///
  /// Prose before the header and separators at the ends of lines are passed over; text that is not
  /// UTF-8 is tried as Windows-1252.
  ///
  /// - Parameters:
  ///   - source: the file's bytes from the start; it is rewound at the end.
  ///   - count: the most rows wanted.
  ///   - readsJSON: whether an array of flat objects is a table.
  /// - Throws: `IngestError` when the file is empty, packed or no text.
  public init(
    _ source: any ByteSource, rows count: Int = 500, readsJSON: Bool = true
  ) throws {
    var encoding: TextEncoding?
    var head = try TableSample.head(source, nil)
    let isWindows = head.withUnsafeBufferPointer { bytes in
      firstInvalidUTF8(bytes) != nil && readsAsWindows1252(bytes[...])
    }
    if isWindows {
      encoding = .windows1252
      try source.rewind()
      head = try TableSample.head(source, .windows1252)
    }
    try source.rewind()
    guard head.contains(where: { $0 > 0x20 }) else { throw IngestError.empty }
    try requireNoMarkup(head)
    let first = head.first { $0 > 0x20 }
    if readsJSON, first == 0x5B || first == 0x7B {
      let window = Window(try openText(source, encoding: nil), capacity: 1 << 18)
      let table = try JSONTable.csv(window, isLines: looksLikeLines(head))
      try source.rewind()
      guard let table else { throw IngestError.unknownJSON(keys: []) }
      try self.init(MemorySource(table), rows: count)
      return
    }
    let said = delimiterLine(head)
    var best: (score: Int, delimiter: UInt8, records: [Row], width: Int)?
    for delimiter in said.map({ [$0] }) ?? candidateDelimiters(head) {
      let records = try TableSample.records(
        head, delimiter, behind: said == nil ? 0 : 1, most: count + 60)
      var widths: [Int: Int] = [:]
      for record in records where record.width > 1 { widths[record.cells.count, default: 0] += 1 }
      guard let common = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
        continue
      }
      let score = common.value * 1_000 + common.key
      if score > best?.score ?? 0 { best = (score, delimiter, records, common.key) }
    }
    guard let best, let top = TableSample.header(of: best.records, width: best.width) else {
      throw IngestError.unknownKind(columns: [])
    }
    self.init(
      best.records[top...], titles: best.records[..<top], delimiter: best.delimiter,
      encoding: encoding, count: count, isWhole: best.records.count < count + 60)
  }

  /// A table of records that begin with its header.
  private init(
    _ records: ArraySlice<Row>, titles: ArraySlice<Row>, delimiter: UInt8,
    encoding: TextEncoding?, count: Int, isWhole: Bool
  ) {
    let names = records[records.startIndex]
    self.delimiter = delimiter
    self.encoding = encoding
    self.isWhole = isWhole
    skippedLines = names.line - 1
    self.titles = titles.map { $0.cells.filter { !$0.isEmpty }.joined(separator: " ") }
    let all = records.dropFirst()
    let end = TableSample.nextHeader(in: all, behind: names)
    let behind = all[..<(end ?? all.endIndex)]
    // A last column without a name counts where cells stand in it.
    let isWider = behind.count { $0.width > names.width } * 2 > behind.count
    let width = max(names.width, isWider ? behind.map(\.width).max() ?? 0 : 0)
    let named = names.cells + repeatElement("", count: max(width - names.cells.count, 0))
    let header = Array(named.prefix(width))
    self.header = header
    rows = Array(
      behind.compactMap { row -> Row? in
        guard row.width <= width, row.width > 0 else { return nil }
        var row = row
        row.cells = Array(row.cells.prefix(width))
        row.cells += repeatElement("", count: width - row.cells.count)
        let role = RowRole(row.cells, header: header, endsWithLine: true)
        return [.headerAgain, .heading, .totals].contains(role) ? nil : row
      }.prefix(count))
    guard let end else { return }
    let next = TableSample(
      all[end...], titles: titles, delimiter: delimiter, encoding: encoding, count: count,
      isWhole: isWhole)
    following = [next] + next.following
  }

  /// The place of a header of other columns among the rows of a table: words alone, one of them a
  /// name of the table's own or for a date, and figures below it.
  private static func nextHeader(in rows: ArraySlice<Row>, behind names: Row) -> Int? {
    let own = Set(names.cells.filter { !$0.isEmpty }.map(Field.folded))
    return rows.indices.dropLast().first { index in
      let row = rows[index]
      guard row.width > 1,
        case .otherHeader = RowRole(row.cells, header: names.cells, endsWithLine: true)
      else { return false }
      let isApart =
        index > rows.startIndex && rows[index - 1].width == 0
        || index == rows.startIndex || rows[index - 1].line + 1 < row.line
      let isNamed = row.cells.contains { cell in
        own.contains(Field.folded(cell))
          || (isApart && ColumnLook.words(cell).contains(where: DraftWords.date.contains))
      }
      return isNamed
        && rows[index + 1].cells.contains { cell in
          if case .text = CellForm(cell) { false } else { true }
        }
    }
  }

  /// The place of the header: of the records before the first that holds a date or a number, the
  /// last that names at least half of the columns; nil where there is none.
  private static func header(of records: [Row], width: Int) -> Int? {
    func isData(_ row: Row) -> Bool {
      row.width * 2 >= width
        && row.cells.contains { cell in
          switch CellForm(cell) {
          case .number, .date, .duration: true
          case .text: false
          }
        }
    }
    func isHeader(_ row: Row) -> Bool {
      let filled = row.cells.filter { !$0.isEmpty }
      return filled.count >= 2 && filled.count * 2 >= width && !isData(row)
        && !RowRole.isImportID(filled[0])
    }
    guard let first = records.firstIndex(where: isData) else {
      return records.firstIndex { $0.width == width }
    }
    return records[..<first].lastIndex(where: isHeader)
  }

  private static func head(_ source: any ByteSource, _ encoding: TextEncoding?) throws -> [UInt8] {
    let window = Window(try openText(source, encoding: encoding), capacity: 1 << 18)
    try window.require(1 << 18)
    let head = Array(window.bytes(window.start..<window.end))
    guard !window.reachedEnd, let end = head.lastIndex(of: 0x0A) else { return head }
    return Array(head[...end])
  }

  private static func records(
    _ head: [UInt8], _ delimiter: UInt8, behind skipped: Int, most: Int
  ) throws -> [Row] {
    let reader = CSVReader(Window(MemorySource(head)), delimiter: delimiter)
    try reader.skipLines(skipped)
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
      !text.withBytes { isMissing($0) }
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
    self = text.withBytes { bytes in
      if case .success = parseTime(bytes, order: nil) { return .date([]) }
      let orders = fittingOrders(bytes)
      if !orders.isEmpty { return .date(orders) }
      for mark in [0x2E, 0x2C] as [UInt8] {
        if case .value(let value) = parseNumber(bytes, decimalMark: mark) { return .number(value) }
      }
      return parseDuration(bytes).map { .duration($0) } ?? .text
    }
  }
}
