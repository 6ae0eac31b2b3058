import Analysis
import Foundation
import Ingest
import Records
import Reporting
import Storage

/// What an import says: a line a file, the totals, and what a person should know.
struct ImportSummary {
  private var files: [(path: String, file: ImportedFile, found: ReadingSummary?)] = []
  private(set) var failures: [(path: String, name: String, failure: Failure)] = []
  private var totals = Accounts()

  mutating func add(_ result: (ImportedFile, ReadingSummary?), path: String) {
    files.append((path, result.0, result.1))
    totals += result.0.accounts
  }

  mutating func add(_ failure: Failure, path: String, name: String) {
    failures.append((path, name, failure))
  }

  /// Paths of the files that are in the database now.
  var importedPaths: [String] { files.map(\.path) }

  /// Paths of the files that rows were left out of, as those of people who were forgotten; of a known file
  /// the reason is not known any more.
  var pathsWithRowsLeftOut: [String] { files.filter { $0.file.accounts.leftOut > 0 }.map(\.path) }

  /// The exit code of the whole call.
  var exit: Exit {
    if files.isEmpty, let first = failures.first {
      return failures.contains { $0.failure.exit == .notData } ? .notData : first.failure.exit
    }
    return failures.isEmpty && totals.refused == 0 ? .done : .doneWithRefusals
  }

  var failure: Failure? { exit == .done ? nil : Failure(exit) }

  /// Files that could not be read, for stderr.
  var complaints: [String] { failures.map { "\($0.path): \($0.failure.sentence)" } }

  var text: String {
    var lines: [String] = []
    let width = files.map { $0.file.name.count }.max() ?? 0
    for entry in files {
      let name = entry.file.name.padding(toLength: width, withPad: " ", startingAt: 0)
      let kinds = entry.file.kinds.joined(separator: ", ")
      let profile = entry.file.profile.map { " (profile \($0))" } ?? ""
      lines.append("\(name)  \(kinds)\(profile): \(account(entry.file.accounts))")
      lines += notes(entry.file, entry.found).map { "  \($0)" }
    }
    if files.count > 1 { lines.append("Total: \(account(totals))") }
    if totals.refused > 0 {
      lines.append("Refused rows are kept with their reason: lumbar rejections")
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  private func account(_ accounts: Accounts) -> String {
    var parts = ["\(accounts.read) read"]
    for (count, word) in [
      (accounts.new, "new"), (accounts.changed, "changed"), (accounts.known, "known"),
      (accounts.refused, "refused"), (accounts.leftOut, "left out"),
    ] where count > 0 { parts.append("\(count) \(word)") }
    return parts.joined(separator: ", ")
  }

  private func notes(_ file: ImportedFile, _ found: ReadingSummary?) -> [String] {
    var notes: [String] = []
    if found == nil { notes.append("this file was imported before; nothing changed") }
    for (reason, count) in file.leftOutReasons.sorted(by: { $0.key < $1.key }) {
      notes.append("\(count) left out: \(reason)")
    }
    if !file.ignoredColumns.isEmpty, found != nil {
      let more = file.ignoredColumns.count > 12 ? " and \(file.ignoredColumns.count - 12) more" : ""
      let names = file.ignoredColumns.prefix(12).map(visible).joined(separator: ", ")
      notes.append("columns not read: \(names)\(more)")
    }
    if file.accounts.further > 0 {
      notes.append(
        "\(file.accounts.further) kept beside another record of the same moment with other values")
    }
    if let changes = found?.clockChanges, changes > 0 {
      notes.append("\(changes) local times fell into a change of the clocks")
    }
    let unmapped = (found?.exercisesWithoutComponent ?? []).filter {
      ExerciseCatalogue.entry(of: $0) == nil
    }
    if let first = unmapped.first {
      let names = unmapped.prefix(8).map(visible).joined(separator: ", ")
      let more = unmapped.count > 8 ? " and \(unmapped.count - 8) more" : ""
      notes.append(
        "exercises of no known component: \(names)\(more); a profile maps them: [components] "
          + "\"\(visible(first))\" = \"strengthening\"")
    }
    return notes
  }

  var json: String {
    var entries = files.map { entry in
      Figure.record(
        [
          ("file", .text(entry.file.name)),
          ("kind", .text(entry.file.kinds.joined(separator: ","))),
          ("profile", entry.file.profile.map(Figure.text) ?? .none),
        ] + counts(entry.file.accounts))
    }
    entries += failures.map {
      .record(
        [("file", .text($0.name)), ("kind", .none), ("profile", .none)] + counts(Accounts())
          + [("error", .text($0.failure.sentence))])
    }
    return jsonDocument(
      .record([
        ("schema", .count(1)), ("files", .list(entries)), ("totals", .record(counts(totals))),
      ]))
  }

  private func counts(_ accounts: Accounts) -> [(key: String, value: Figure)] {
    [
      ("read", .count(accounts.read)), ("new", .count(accounts.new)),
      ("changed", .count(accounts.changed)), ("known", .count(accounts.known)),
      ("refused", .count(accounts.refused)), ("left_out", .count(accounts.leftOut)),
      ("records", .count(accounts.records)),
    ]
  }
}
