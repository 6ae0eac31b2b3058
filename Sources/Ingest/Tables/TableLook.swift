/// How a delimited text is seen: its encoding, dialect, header, columns and rows, told from its
/// bytes alone.
///
/// Every file has a look: none fails. Time O(n), memory proportional to the file.
public struct TableLook: Sendable {
  /// A line that is no part of the table.
  public struct Skipped: Equatable, Sendable {
    /// The line, counted from 1.
    public let line: Int
    /// "preamble", "comment", "blank", "rule", "separator line", "header again", "footer", "total"
    /// or "another table".
    public let why: String
  }

  /// A column of the table.
  public struct Column: Equatable, Sendable {
    /// The name in the header, or "" without one.
    public let name: String
    /// What its cells are.
    public let type: ColumnType
    /// How they are written, such as "yyyy-mm-dd" or "comma decimals", or "".
    public let format: String
  }

  /// How the bytes were turned into text.
  public let encoding: TableEncoding
  /// How the text is delimited.
  public let dialect: Dialect
  /// The decimal mark of the numbers, "." or ","; "" if none has decimals.
  public let decimal: String
  /// The line of the (first) header row, counted from 1; 0 without a header.
  public let headerLine: Int
  /// The lines that are not part of the table, in their order.
  public let skipped: [Skipped]
  /// The columns, as many as the widest row has cells.
  public let columns: [Column]
  /// The first lines of the rows that, as they are written, have more or fewer cells than the
  /// table: padded, kept long, or mended where quotes or the kinds of cells show what is meant.
  public let ragged: [Int]

  private let reader: RecordReader
  private let records: [TextRecord]

  /// The number of rows, without the header.
  public var rows: Int { records.count }

  /// Looks at a file.
  ///
  /// - Parameters:
  ///   - raw: all bytes of the file.
  ///   - withHeader: false if the first row is known to be no header.
  public init(_ raw: [UInt8], withHeader: Bool = true) {
    let text = DelimitedText(raw)
    let dialect = Dialect.find(in: text.bytes)
    let layout = TableLayout(text.bytes, dialect, withHeader: withHeader)
    encoding = text.encoding
    self.dialect = dialect
    headerLine = layout.header.first?.line ?? 0
    skipped = layout.skipped
    ragged = layout.ragged
    reader = layout.reader
    records = layout.rows
    let widest = max(
      layout.rows.reduce(0) { max($0, $1.count) }, layout.header.reduce(0) { max($0, $1.count) })
    var tallies = [ColumnTally](repeating: ColumnTally(), count: widest)
    for record in layout.rows {
      for column in 0..<record.count {
        tallies[column].add(text.bytes, layout.reader.cells[record.first + column])
      }
    }
    let points = tallies.reduce(0) { $0 + $1.points }
    let commas = tallies.reduce(0) { $0 + $1.commas }
    // A table without a clear decimal mark still has one if "1.234" is all it has of marks.
    let mark: UInt8 = points + commas == 0 ? 0x2E : commas > points ? 0x2C : 0x2E
    let doubtful = tallies.contains { $0.doubtful.count(0x2E) > 0 }
    decimal = points + commas > 0 || doubtful ? String(decoding: [mark], as: UTF8.self) : ""
    let names = Self.names(layout, widest)
    columns = tallies.enumerated().map { column, tally in
      let (type, format) = tally.type(decimal: mark)
      return Column(name: names[column], type: type, format: format)
    }
  }

  /// The names of the columns; those of several header rows are joined with blanks.
  private static func names(_ layout: TableLayout, _ widest: Int) -> [String] {
    (0..<widest).map { column in
      let parts = layout.header.compactMap { record -> String? in
        guard column < record.count else { return nil }
        return String(decoding: layout.reader.content(layout.cell(record, column)), as: UTF8.self)
      }
      return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  /// The cells of a row as text, as many as there are columns; missing ones are empty.
  ///
  /// - Parameter index: from 0 to `rows` - 1. Time O(row).
  public func row(_ index: Int) -> [String] {
    let record = records[index]
    return (0..<columns.count).map { column in
      guard column < record.count else { return "" }
      return String(decoding: reader.content(reader.cells[record.first + column]), as: UTF8.self)
    }
  }

  /// The clean table as CSV (RFC 4180, UTF-8, lines ended by LF): the header if there is one, and
  /// every row. Time O(n).
  public func csv() -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(reader.bytes.count + reader.bytes.count / 8)
    if headerLine > 0 {
      for (column, item) in columns.enumerated() {
        if column > 0 { output.append(0x2C) }
        Self.append(Array(item.name.utf8)[...], to: &output)
      }
      if columns.count == 1, columns[0].name.isEmpty { output += [0x22, 0x22] }
      output.append(10)
    }
    for record in records {
      for column in 0..<columns.count {
        if column > 0 { output.append(0x2C) }
        guard column < record.count else { continue }
        let cell = reader.cells[record.first + column]
        if cell.coded {
          Self.append(reader.content(cell)[...], to: &output)
        } else {
          Self.append(reader.bytes[cell.start..<cell.end], to: &output)
        }
        // A line with nothing on it would be no row.
        if columns.count == 1, cell.start == cell.end { output += [0x22, 0x22] }
      }
      output.append(10)
    }
    return output
  }

  private static func append(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    guard text.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 10 || $0 == 13 }) else {
      output += text
      return
    }
    output.append(0x22)
    for byte in text {
      if byte == 0x22 { output.append(0x22) }
      output.append(byte)
    }
    output.append(0x22)
  }

  /// What was seen, as one line of JSON (schema 1 of `lumbar table --json`).
  public func json() -> String {
    let quote = dialect.quote.map { String(decoding: [$0], as: UTF8.self) } ?? ""
    var text = "{\"schema\":1,\"encoding\":\(Self.quoted(encoding.rawValue))"
    text += ",\"delimiter\":\(Self.quoted(dialect.delimiter)),\"quote\":\(Self.quoted(quote))"
    text += ",\"decimal\":\(Self.quoted(decimal)),\"header_line\":\(headerLine),\"skipped\":["
    text += skipped.map { "{\"line\":\($0.line),\"why\":\(Self.quoted($0.why))}" }
      .joined(separator: ",")
    text += "],\"columns\":["
    text += columns.map {
      "{\"name\":\(Self.quoted($0.name)),\"type\":\(Self.quoted($0.type.rawValue)),"
        + "\"format\":\(Self.quoted($0.format))}"
    }.joined(separator: ",")
    text += "],\"rows\":\(rows),\"ragged\":["
    return text + ragged.map(String.init).joined(separator: ",") + "]}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let control where control.value < 32:
        let hex = String(control.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
