import Foundation
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
  }

  /// The traces of people of whom only keyed codes are left.
  init(of people: ForgottenPeople) {
    names = []
    sources = [:]
    tells = { bytes in cells(of: bytes).contains { people.contains($0) } }
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
    guard source != nil || tells(bytes) else { return .none }
    if source?.isTheirs != true, let rest = withoutRows(bytes, source) {
      try replaceFile(path, bytes: rest)
      return .changed
    }
    guard unlink(path) == 0 else { throw FileError.writeFailed(path, systemCause()) }
    return .removed
  }

  /// The lines of a table or of NDJSON that do not name the person; nil when that leaves a trace.
  private func withoutRows(_ bytes: [UInt8], _ source: Forgotten.Source?) -> [UInt8]? {
    var rest: [UInt8] = []
    rest.reserveCapacity(bytes.count)
    var dropped = 0
    for record in PersonalTraces.records(of: bytes) {
      if tells(Array(record)) { dropped += 1 } else { rest += record }
    }
    // Rows may go without the id, as where it is only written when it changes.
    if tells(rest) || dropped < (source?.rows ?? 0) { return nil }
    let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
    let isDocument = first == 0x5B || (first == 0x7B && !isOneObjectALine(bytes))
    return isDocument ? nil : rest
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
