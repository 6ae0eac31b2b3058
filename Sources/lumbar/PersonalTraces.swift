import Foundation
import Ingest
import Records
import Storage

/// What names a person outside the database: reports, and files in the archive.
struct PersonalTraces {
  /// The names of the person's reports without their endings.
  private let names: Set<String>
  /// The files that the person's rows came from, by SHA-256.
  private let sources: [String: Forgotten.Source]
  /// Whether bytes name the person.
  private let tells: ([UInt8]) -> Bool
  /// Whether an id is the person's.
  private let isPerson: (String) -> Bool
  /// Whether the id tells of the person wherever it stands: a short number may be a score or a date.
  private let isDistinct: Bool

  /// The traces of one person.
  ///
  /// - Parameters:
  ///   - code: the person's id.
  ///   - pseudonym: the code that stands for it in pseudonymous reports.
  ///   - sources: the files that the person's rows came from.
  init(of code: String, pseudonym: String?, sources: [Forgotten.Source]) {
    names = Set([safeFileName(for: code)] + (pseudonym.map { [$0] } ?? []))
    self.sources = Dictionary(sources.map { ($0.sha256, $0) }) { first, _ in first }
    tells = { holds($0, word: code) || PersonalTraces.holdsWide($0, code) }
    isPerson = { $0 == code }
    isDistinct = code.utf8.count >= 5 || !code.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The traces of people of whom only keyed codes are left.
  init(of people: ForgottenPeople) {
    names = []
    sources = [:]
    tells = { bytes in cells(of: bytes).contains { people.contains($0) } }
    isPerson = { people.contains($0) }
    isDistinct = false
  }

  /// Removes the person's reports below a folder, and all cohort reports, which list everybody.
  ///
  /// - Returns: how many files of the person's, and of the cohort's, are gone.
  func removeReports(below folder: String) throws -> (own: Int, cohort: Int) {
    var removed = (own: 0, cohort: 0)
    for path in files(below: folder) {
      let name = (path as NSString).lastPathComponent
      let stem = PersonalTraces.endings.first { name.hasSuffix($0) }.map {
        String(name.dropLast($0.count))
      }
      guard let stem, names.contains(stem) || stem == "cohort" else { continue }
      guard unlink(path) == 0 || errno == ENOENT else {
        throw FileError.writeFailed(path, systemCause())
      }
      if stem == "cohort" { removed.cohort += 1 } else { removed.own += 1 }
    }
    return removed
  }

  private static let endings = [".xlsx", ".txt", ".json", ".csv"]

  /// What became of a file that named the person.
  enum Clearing { case none, changed, removed }

  /// Takes the person's rows out of the files of the archive.
  ///
  /// - Returns: how many files were changed, and how many removed: those of the person alone, and those
  ///   of which rows cannot be taken out one by one.
  func clearArchive(_ folder: String) throws -> (changed: Int, removed: Int) {
    let found = try files(below: folder).map { try clear($0) }
    return (found.count { $0 == .changed }, found.count { $0 == .removed })
  }

  /// Takes the person's rows out of a file, or removes it.
  func clear(_ path: String) throws -> Clearing {
    guard let input = try? InputFile(path: path) else { return .none }
    let source = sources.isEmpty ? nil : sources[try input.sha256()]
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    guard source != nil || holdsRows(path) else { return .none }
    if source?.isTheirs != true, let rest = withoutRows(bytes, source) {
      try replaceFile(path, bytes: rest)
      return .changed
    }
    guard unlink(path) == 0 else { throw FileError.writeFailed(path, systemCause()) }
    return .removed
  }

  /// The lines of a table or of NDJSON that are not the person's; nil when that leaves a trace, or nothing.
  private func withoutRows(_ bytes: [UInt8], _ source: Forgotten.Source?) -> [UInt8]? {
    var rest: [UInt8] = []
    rest.reserveCapacity(bytes.count)
    var dropped = 0
    let records = PersonalTraces.records(of: bytes)
    let column = records.first.flatMap { PatientColumn(header: Array($0)) }
    for record in records {
      if isTheirs(Array(record), column) { dropped += 1 } else { rest += record }
    }
    // Rows may go without the id, as where it is only written when it changes.
    let isTraced = column == nil ? isTheirs(rest, nil) : isDistinct && tells(rest)
    if isTraced || dropped < (source?.rows ?? 0) || rest.isEmpty { return nil }
    let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
    let isDocument = first == 0x5B || (first == 0x7B && !isOneObjectALine(bytes))
    return isDocument ? nil : rest
  }

  /// Whether a row is the person's: by the column or key that names whose it is, else by any mention.
  private func isTheirs(_ row: [UInt8], _ column: PatientColumn?) -> Bool {
    if isDistinct { return tells(row) }
    if let column { return isPerson(column.cell(of: row)) }
    let named = PersonalTraces.idsInJSON(row)
    return named.isEmpty ? tells(row) : named.contains(where: isPerson)
  }

  /// The ids that JSON names under keys for them.
  private static func idsInJSON(_ bytes: [UInt8]) -> [String] {
    var ids: [String] = []
    // Strings stand at odd places; what follows a key begins with a colon.
    let parts = bytes.split(separator: 0x22, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    for index in parts.indices.dropLast()
    where index % 2 == 1 && Field(header: parts[index]) == .patientID {
      let behind = parts[index + 1].drop { $0.isWhitespace }
      guard behind.first == ":" else { continue }
      let value = behind.dropFirst().prefix { !",}]".contains($0) }
        .trimmingCharacters(in: .whitespacesAndNewlines)
      ids.append(value.isEmpty && index + 2 < parts.count ? parts[index + 2] : value)
    }
    return ids
  }

  /// Whether a file holds rows of the person.
  func holdsRows(_ path: String) -> Bool {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return false }
    let bytes = [UInt8](data)
    guard tells(bytes) else { return false }
    let records = PersonalTraces.records(of: bytes)
    guard let column = records.first.flatMap({ PatientColumn(header: Array($0)) }) else {
      return isTheirs(bytes, nil)
    }
    return records.contains { isTheirs(Array($0), column) }
  }

  private func isOneObjectALine(_ bytes: [UInt8]) -> Bool {
    bytes.split(separator: 0x0A).allSatisfy { line in
      let visible = line.filter { $0 > 0x20 }
      return visible.isEmpty || (visible.first == 0x7B && visible.last == 0x7D)
    }
  }

  /// Records end with a line that no quotation mark holds open.
  private static func records(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var records: [ArraySlice<UInt8>] = []
    var start = 0
    var isQuoted = false
    for (index, byte) in bytes.enumerated() {
      if byte == 0x22 { isQuoted.toggle() }
      guard byte == 0x0A, !isQuoted else { continue }
      records.append(bytes[start...index])
      start = index + 1
    }
    if start < bytes.count { records.append(bytes[start...]) }
    return records
  }

  /// Whether a word stands there in UTF-16 of either byte order.
  private static func holdsWide(_ bytes: [UInt8], _ word: String) -> Bool {
    guard bytes.contains(0) else { return false }
    return [true, false].contains { isLittle in
      let wide = word.utf16.flatMap { unit in
        let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8))
        return isLittle ? [low, high] : [high, low]
      }
      return Data(bytes).range(of: Data(wide)) != nil
    }
  }

  private func files(below folder: String) -> [String] {
    let entries = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return entries.sorted().map { folder + "/" + $0 }.filter { path in
      var status = stat()
      return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }
  }
}

/// The column of a table that names whose row it is.
private struct PatientColumn {
  private let separator: UInt8
  private let index: Int

  /// Nil for a first line that is no header with such a column.
  init?(header: [UInt8]) {
    var header = header[...]
    if header.starts(with: [0xEF, 0xBB, 0xBF]) { header = header.dropFirst(3) }
    for separator in [0x2C, 0x3B, 0x09, 0x7C] as [UInt8] {
      let names = PatientColumn.cells(of: Array(header), separator)
      if names.count > 1, let index = names.firstIndex(where: { Field(header: $0) == .patientID }) {
        self.separator = separator
        self.index = index
        return
      }
    }
    return nil
  }

  /// The id that a row names; empty for a row that is too short.
  func cell(of row: [UInt8]) -> String {
    let cells = PatientColumn.cells(of: row, separator)
    return index < cells.count ? cells[index] : ""
  }

  /// Cells without their quotation marks and the spaces at their ends.
  private static func cells(of row: [UInt8], _ separator: UInt8) -> [String] {
    var cells: [[UInt8]] = [[]]
    var isQuoted = false
    for byte in row {
      if byte == 0x22 {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        cells.append([])
      } else {
        cells[cells.count - 1].append(byte)
      }
    }
    return cells.map {
      String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
