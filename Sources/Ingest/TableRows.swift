/// A table row by row as it stands, for whoever keeps some of its rows or compares them with
/// others.
public final class TableRows {
  /// One record.
  public struct Row: Sendable {
    /// The physical line it begins on, from 1.
    public var line: Int
    /// As it stands, in UTF-8, without its line end; of a very long row the first 64 KiB.
    public var bytes: [UInt8]
    /// Its cells without quotes and without spaces at their ends; none where its quotes do not fit.
    public var cells: [String]
  }

  /// Names of the columns.
  public let header: [String]
  /// The lines up to and with the header, in UTF-8, each with a line feed.
  public let top: [UInt8]
  /// The byte between columns.
  public let delimiter: UInt8
  private let reader: CSVReader

  /// Reads up to the header, which is found as for a draft of a profile.
  ///
  /// - Parameter source: the file's bytes from the start.
  /// - Throws: `IngestError` when the file is no table.
  public init(_ source: any ByteSource) throws {
    let sample = try TableSample(source, rows: 1, readsJSON: false)
    header = sample.header
    delimiter = sample.delimiter
    reader = CSVReader(
      Window(try openText(source, encoding: sample.encoding)), delimiter: sample.delimiter)
    var top: [UInt8] = []
    for _ in 0..<sample.skippedLines {
      try reader.skipLines(1)
      top += reader.head + [0x0A]
    }
    if try reader.next() { top += reader.head + [0x0A] }
    self.top = top
  }

  /// The lines up to and with the header, with other names for some columns.
  ///
  /// - Parameter columns: names that are not to be seen.
  public func top(hiding columns: Set<String>) -> [UInt8] {
    guard header.contains(where: columns.contains) else { return top }
    let lines = top.dropLast().lastIndex(of: 0x0A).map { top[...$0] } ?? []
    let names = header.enumerated().map { index, name in
      columns.contains(name) ? "left-out-\(index + 1)" : name
    }
    let cells = names.map { name in
      name.withBytes { csvCell($0, delimiter: delimiter) }
    }
    return lines + cells.joined(separator: [delimiter]) + [0x0A]
  }

  /// The next row, blank ones passed over; nil behind the last one.
  public func next() throws -> Row? {
    guard try reader.next() else { return nil }
    return Row(
      line: reader.line, bytes: reader.head,
      cells: reader.fields.indices.map { reader.bytes($0).trimmed.text })
  }

  /// The cells of one row that stands alone.
  public static func cells(of row: [UInt8], delimiter: UInt8) -> [String] {
    let reader = CSVReader(Window(MemorySource(row), capacity: row.count + 1), delimiter: delimiter)
    guard (try? reader.next()) == true else { return [] }
    return reader.fields.indices.map { reader.bytes($0).trimmed.text }
  }
}

/// A cell as CSV writes it: in quotes, with its quotes doubled, where it would be misread without.
func csvCell(_ bytes: Bytes, delimiter: UInt8) -> [UInt8] {
  let needsQuotes = bytes.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
  guard needsQuotes else { return Array(bytes) }
  return [0x22] + bytes.flatMap { $0 == 0x22 ? [$0, $0] : [$0] } + [0x22]
}
