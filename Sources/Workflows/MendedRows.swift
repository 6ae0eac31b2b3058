import Foundation
import Ingest
import Records
import Storage

/// Finds which refused rows of earlier files stand mended in a file that is being imported.
///
/// A row mends another one when both have the same header and it differs from it in the refused
/// cell alone: in a later run where a date is among the cells that stayed, or on the very line of a
/// later version of the same file, which holds rows that are known. In a file that `lumbar
/// rejections --export` wrote half of the cells are enough.
struct MendedRows {
  /// Refused rows that are looked at, at most.
  static let most = 1_000

  private let name: String
  /// Whether some rows of the file are known, as those of another version of it.
  private let isVersion: Bool
  private var open: [OpenRefusal]
  private(set) var mended: [Int64] = []

  /// - Parameters:
  ///   - name: the name of the file that is being imported.
  ///   - isVersion: whether some of its rows are known.
  ///   - refusals: the refused rows that wait.
  init(in name: String, isVersion: Bool, of refusals: [OpenRefusal]) {
    self.name = name
    self.isVersion = isVersion
    open = refusals
  }

  /// Looks at the rows of a file that are new or refused.
  mutating func look(through source: any ByteSource, format: String, lines: Set<Int64>) throws {
    if format == "csv" {
      let table = try TableRows(source)
      let header = MendedRows.lastLine(table.top)
      open = open.filter { $0.format == "csv" && MendedRows.lastLine($0.head) == header }
      guard !open.isEmpty else { return }
      let cells = open.map { TableRows.cells(of: $0.row, delimiter: table.delimiter) }
      try match(cells) {
        while let row = try table.next() {
          if lines.contains(Int64(row.line)) {
            return (Int64(row.line), row.cells, { table.header.firstIndex(of: $0) })
          }
        }
        return nil
      }
    } else {
      open = open.filter { $0.format != "csv" }
      guard !open.isEmpty else { return }
      var found = try MendedRows.objects(source, lines)[...]
      // Objects are compared as cells in the order of all their keys.
      let objects = open.map { MendedRows.fields($0.row) }
      let keys = Set(objects.flatMap(\.keys) + found.flatMap(\.fields.keys)).sorted()
      func cells(_ fields: [String: String]) -> [String] { keys.map { fields[$0] ?? "" } }
      match(objects.map(cells)) {
        found.popFirst().map { ($0.line, cells($0.fields), { keys.firstIndex(of: $0) }) }
      }
    }
  }

  /// Takes each new row for the refused one that it is most like, of those that it can mend.
  private mutating func match(
    _ cells: [[String]],
    _ next: () throws -> (line: Int64, cells: [String], column: (String) -> Int?)?
  ) rethrows {
    var waiting = Array(open.indices)
    while !waiting.isEmpty, let row = try next() {
      let found = waiting.map { index in
        likeness(
          row.cells, line: row.line, open[index], cells[index], row.column(open[index].column))
      }
      guard let most = found.max(), most > 0, let place = found.lastIndex(of: most) else {
        continue
      }
      mended.append(open[waiting[place]].id)
      waiting.remove(at: place)
    }
  }

  /// How many cells of a refused row a new one kept; 0 where it is no mended one.
  private func likeness(
    _ row: [String], line: Int64, _ refusal: OpenRefusal, _ refused: [String], _ column: Int?
  ) -> Int {
    if name.hasPrefix(refusedRowsName(of: refusal.file)) {
      // Fields may have been put in or joined: those that stayed stand in the same order.
      let kept = refused.filter { !$0.isEmpty }
      var rest = row[...]
      let equal = kept.count { cell in
        guard let place = rest.firstIndex(of: cell) else { return false }
        rest = rest[(place + 1)...]
        return true
      }
      return 2 * equal >= kept.count ? equal : 0
    }
    let isThere = isVersion && refusal.file == name && refusal.line == line
    guard let column else {
      // Separators and quotes were mended, and nothing else.
      return isThere && MendedRows.letters(row) == MendedRows.letters(refused) ? row.count : 0
    }
    guard row.count == refused.count, row[column] != refused[column] else { return 0 }
    let others = row.indices.filter { $0 != column }
    let hasDate = others.contains { if case .date = CellForm(row[$0]) { true } else { false } }
    guard others.allSatisfy({ row[$0] == refused[$0] }),
      hasDate && !refusal.isOfThisRun || isThere
    else { return 0 }
    return others.count
  }

  private static func letters(_ cells: [String]) -> String {
    String(cells.joined().filter { !$0.isWhitespace && $0 != "\"" })
  }

  private static func lastLine(_ head: [UInt8]) -> [UInt8] {
    let lines = head.split { $0 == 0x0A || $0 == 0x0D }
    let line = lines.last ?? []
    return Array(line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line)
  }

  /// The objects that stand alone on some lines.
  private static func objects(_ source: any ByteSource, _ lines: Set<Int64>) throws -> [(
    line: Int64, fields: [String: String]
  )] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    // Mended rows are few; a longer file is none of them.
    while bytes.count < 1 << 26 {
      let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap {
      let line = Int64($0.offset + 1)
      return lines.contains(line) ? (line, fields(Array($0.element))) : nil
    }.filter { !$0.fields.isEmpty }
  }

  private static func fields(_ object: [UInt8]) -> [String: String] {
    let parsed = try? JSONSerialization.jsonObject(with: Data(object)) as? [String: Any]
    return (parsed ?? [:]).mapValues { "\($0)" }
  }
}

/// How names of files begin that hold the refused rows of a file, to be mended.
public func refusedRowsName(of file: String) -> String {
  let original = file.stemOfPath
  return safeFileName(for: original.isEmpty || original == "-" ? "input" : original) + ".refused."
}
