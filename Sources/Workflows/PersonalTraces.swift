import Foundation
import Ingest
import Records
import Reporting
import Storage

/// What names a person outside the database: reports, and files in the archive.
///
/// Rows are the person's by the column or key that names whose they are. What other people wrote,
/// of whomever, is theirs.
struct PersonalTraces {
  /// The names of the person's reports without their endings.
  private let names: Set<String>
  /// The files that the person's rows came from, by SHA-256.
  private let sources: [String: Forgotten.Source]
  /// Whether bytes hold the person's id.
  private let tells: ([UInt8]) -> Bool
  /// Whether an id is the person's.
  private let isPerson: (String) -> Bool
  /// What tells of the person wherever it stands.
  private let words: [String]

  /// The traces of one person.
  ///
  /// - Parameters:
  ///   - code: the person's id.
  ///   - reports: the name of the person's reports without its ending.
  ///   - name: the name that people read, where one is known.
  ///   - pseudonym: the code that stands for the id in pseudonymous reports.
  ///   - sources: the files that the person's rows came from.
  init(
    of code: String, reports: String, name: String?, pseudonym: String?, sources: [Forgotten.Source]
  ) {
    names = Set([reports] + (pseudonym.map { [$0] } ?? []))
    self.sources = Dictionary(sources.map { ($0.sha256, $0) }) { first, _ in first }
    tells = { holds($0, word: code) }
    isPerson = { storedID($0) == code }
    words = wordsTelling(of: code, name: name)
  }

  /// The traces of people of whom only keyed codes are left.
  init(of people: ForgottenPeople) {
    names = []
    sources = [:]
    tells = { bytes in cells(of: bytes).contains { people.contains($0) } }
    isPerson = { people.contains($0) }
    words = []
  }

  /// Whether bytes tell of the person, whoever wrote them.
  private func mention(_ bytes: [UInt8]) -> Bool { words.contains { holds(bytes, word: $0) } }

  // MARK: Reports

  /// Removes the person's reports below a folder, and all cohort reports, which list everybody.
  ///
  /// - Returns: how many files of the person's, and of the cohort's, are gone.
  func removeReports(below folder: String) throws -> (own: Int, cohort: Int) {
    var removed = (own: 0, cohort: 0)
    for path in files(below: folder) {
      guard let stem = PersonalTraces.reportName(path.nameOfPath),
        names.contains(stem) || stem == "cohort"
      else { continue }
      guard unlink(path) == 0 || errno == ENOENT else {
        throw FileError.writeFailed(path, systemCause())
      }
      if stem == "cohort" { removed.cohort += 1 } else { removed.own += 1 }
    }
    return removed
  }

  /// Whose report a file is; also one that a killed run left half made, as `.P00001.txt.4243.tmp`.
  private static func reportName(_ file: String) -> String? {
    var name = file[...]
    if name.hasPrefix("."), name.hasSuffix(".tmp") {
      name = name.dropFirst().dropLast(4)
      guard let process = name.lastIndex(of: ".") else { return nil }
      name = name[..<process]
    }
    let ending = reportFormats.map { "." + $0.name }.first { name.hasSuffix($0) }
    return ending.map { String(name.dropLast($0.count)) }
  }

  // MARK: Files that were imported

  /// What became of a file that named the person.
  enum Clearing { case none, changed, removed }

  /// Takes the person's rows out of the files of the archive, and the person out of their names.
  func clearArchive(_ folder: String) throws -> ClearedArchive {
    var cleared = ClearedArchive()
    for path in files(below: folder) {
      let isShared = try sharedWithOthers(path)
      switch try clear(path) {
      case .none: break
      case .changed: cleared.changed += 1
      case .removed:
        cleared.removed += 1
        if isShared { cleared.removedShared.append(path) }
        continue
      }
      let kept = try renamed(path)
      if kept != path { cleared.changed += 1 }
      if try mention(PersonalTraces.text(of: kept)) { cleared.mentioning.append(kept) }
    }
    return cleared
  }

  /// Whether a file that holds rows of the person may hold others'.
  private func sharedWithOthers(_ path: String) throws -> Bool {
    guard let input = try? InputFile(path: path), let source = sources[try input.sha256()] else {
      return true
    }
    return !source.isTheirs
  }

  /// Takes the person's rows out of a file, or removes it.
  func clear(_ path: String) throws -> Clearing {
    guard let input = try? InputFile(path: path) else { return .none }
    let source = sources.isEmpty ? nil : sources[try input.sha256()]
    guard try source != nil || holdsRows(path) else { return .none }
    if source?.isTheirs != true, let rest = try withoutRows(path, source) {
      try replaceFile(path, bytes: rest)
      return .changed
    }
    guard unlink(path) == 0 else { throw FileError.writeFailed(path, systemCause()) }
    return .removed
  }

  /// Gives a file whose name tells of the person another one.
  private func renamed(_ path: String) throws -> String {
    let name = path.nameOfPath
    guard mention(Array(name.utf8)) else { return path }
    let ending = name.endingOfPath
    let sha256 = try InputFile(path: path).sha256()
    let other =
      path.folderOfPath + "/forgotten-" + sha256.prefix(8)
      + (ending.isEmpty ? "" : "." + ending)
    guard rename(path, other) == 0 else { throw FileError.writeFailed(other, systemCause()) }
    return other
  }

  /// Whether a file holds rows of the person.
  func holdsRows(_ path: String) throws -> Bool {
    guard let text = try? PersonalTraces.text(of: path) else { return false }
    // JSON may write letters of the id as numbers.
    guard tells(text) || text.contains(0x5C) else { return false }
    guard let (table, column) = PersonalTraces.table(path) else { return isTheirs(text) }
    var last = ""
    while let row = try table.next() {
      if isTheirs(row, column, &last) { return true }
    }
    return false
  }

  /// The rows of a table or of NDJSON that are not the person's; nil when rows cannot be taken out
  /// one by one, or none is left.
  private func withoutRows(_ path: String, _ source: Forgotten.Source?) throws -> [UInt8]? {
    var rest: [UInt8] = []
    var (kept, dropped) = (0, 0)
    func sort(_ row: [UInt8], isTheirs: Bool) {
      if isTheirs {
        dropped += 1
      } else {
        rest += row + [0x0A]
        kept += 1
      }
    }
    if let (table, column) = PersonalTraces.table(path) {
      // Lines above the header belong to whoever the export is of.
      let top = table.top(hiding: Set(source?.ignoredColumns ?? []))
      rest = top.split(separator: 0x0A).filter { !tells(Array($0)) }.flatMap { $0 + [0x0A] }
      var last = ""
      while let row = try table.next() {
        sort(row.bytes, isTheirs: isTheirs(row, column, &last))
      }
    } else {
      let text = try PersonalTraces.text(of: path)
      let lines = text.split(separator: 0x0A).map { Array($0) }
      guard lines.allSatisfy(PersonalTraces.isObject) else { return nil }
      for line in lines { sort(line, isTheirs: isTheirs(line)) }
    }
    // Rows that go without the id were not found.
    return dropped < source?.rows ?? 0 || kept == 0 ? nil : rest
  }

  /// A file as a table that names whose each row is, and that column; nil for any other file.
  private static func table(_ path: String) -> (TableRows, Int)? {
    guard let input = try? InputFile(path: path), let table = try? TableRows(input),
      let column = table.header.firstIndex(where: { Field(header: $0) == .patientID })
    else { return nil }
    return (table, column)
  }

  /// Whether a row of a table is the person's; an empty cell goes on with the id above.
  private func isTheirs(_ row: TableRows.Row, _ column: Int, _ last: inout String) -> Bool {
    guard column < row.cells.count else { return tells(row.bytes) }
    if !row.cells[column].isEmpty { last = row.cells[column] }
    return isPerson(last)
  }

  /// Whether a JSON object is the person's: by the keys that name whose it is, else by any mention.
  private func isTheirs(_ object: [UInt8]) -> Bool {
    let named = PersonalTraces.idsInJSON(object)
    return named.isEmpty ? tells(object) : named.contains(where: isPerson)
  }

  /// The ids that JSON names under keys for them.
  fileprivate static func idsInJSON(_ bytes: [UInt8]) -> [String] {
    if let object = try? JSONSerialization.jsonObject(with: Data(bytes)) {
      return idsInJSON(object)
    }
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

  private static func idsInJSON(_ value: Any) -> [String] {
    if let list = value as? [Any] { return list.flatMap { idsInJSON($0) } }
    guard let object = value as? [String: Any] else { return [] }
    return object.flatMap { key, value in
      Field(header: key) == .patientID && !(value is [Any]) && !(value is [String: Any])
        ? ["\(value)"] : idsInJSON(value)
    }
  }

  private static func isObject(_ line: [UInt8]) -> Bool {
    let visible = line.filter { $0 > 0x20 }
    return visible.isEmpty || (visible.first == 0x7B && visible.last == 0x7D)
  }

  /// A file's bytes, those of UTF-16 as UTF-8.
  private static func text(of path: String) throws -> [UInt8] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    guard data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]),
      let text = String(data: data, encoding: .utf16)
    else { return [UInt8](data) }
    return Array(text.utf8)
  }

  private func files(below folder: String) -> [String] {
    let entries = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return entries.sorted().map { folder + "/" + $0 }.filter { path in
      var status = stat()
      return lstat(path, &status) == 0 && [S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT)
    }
  }
}

/// Whose a refused row is, by the column or key that says so; nil where nothing does.
@Sendable func ownerOfRefused(_ row: OwnedRow) -> String? {
  if row.head.isEmpty { return PersonalTraces.idsInJSON(row.row).first }
  guard let table = try? TableRows(MemorySource(row.head + [0x0A])),
    let column = table.header.firstIndex(where: { Field(header: $0) == .patientID })
  else { return nil }
  let cells = TableRows.cells(of: row.row, delimiter: table.delimiter)
  return column < cells.count && !cells[column].isEmpty ? storedID(cells[column]) : nil
}
