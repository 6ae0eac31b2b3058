import Analysis
import Foundation
import Ingest
import Records
import Reporting
import Storage
import Workflows

/// What an import says: a line a file, the totals, and what a person should know.
extension ImportSummary {
  var text: String {
    var lines: [String] = []
    let width = imported.map { visible($0.from.name).count }.max() ?? 0
    for file in imported.map(\.file) {
      let name = visible(file.account.name).padding(toLength: width, withPad: " ", startingAt: 0)
      let kinds = file.account.kinds.joined(separator: ", ")
      let profile = file.account.profile.map { " (profile \(visible($0)))" } ?? ""
      lines.append("\(name)  \(kinds)\(profile): \(account(file.account.accounts))")
      lines += notes(file.account, file.found).map { "  \($0)" }
    }
    if imported.count > 1 { lines.append("Total: \(account(totals))") }
    lines += lookAlikeSentences()
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
    notes += file.versions.sentences(isKnown: found == nil)
    notes += found.map { told($0, file) } ?? []
    for (reason, count) in file.leftOutReasons.sorted(by: { $0.key < $1.key }) {
      notes.append("\(count) left out: \(visible(reason))")
    }
    if !file.ignoredColumns.isEmpty, found != nil {
      let more = file.ignoredColumns.count > 12 ? " and \(file.ignoredColumns.count - 12) more" : ""
      let names = file.ignoredColumns.prefix(12).map(nameShown).joined(separator: ", ")
      notes.append("columns not read: \(names)\(more)")
    }
    if file.accounts.further > 0 {
      notes.append(
        "\(file.accounts.further) kept beside another record of the same moment with other values")
    }
    if let changes = found?.clockChanges, changes > 0 {
      notes.append("\(changes) local times fell into a change of the clocks")
    }
    let format = file.profile.flatMap { name in
      foreignFormats.contains { $0.name == name } ? "format = \"\(name)\", " : nil
    }
    notes += (found?.leftOutEntries).map { entries($0, format ?? "") } ?? []
    let unmapped = (found?.exercisesWithoutComponent ?? []).filter {
      ExerciseCatalogue.entry(of: $0) == nil
    }
    if let first = unmapped.first {
      let names = unmapped.prefix(8).map(nameShown).joined(separator: ", ")
      let more = unmapped.count > 8 ? " and \(unmapped.count - 8) more" : ""
      notes.append(
        "exercises of no known component: \(names)\(more); a profile maps them: "
          + "\(format ?? "")[components] \"\(nameShown(first))\" = \"strengthening\"")
    }
    return notes
  }

  /// What the file was found to mean that its rows do not say one by one.
  private func told(_ found: ReadingSummary, _ file: ImportedFile) -> [String] {
    var notes: [String] = []
    if !found.taken.isEmpty {
      notes.append(
        "a table of no known format, taken so: \(found.taken.joined(separator: ", ")). If that is "
          + "wrong, take it back with lumbar import --undo RUN (lumbar status lists the runs), and "
          + "draft a profile with lumbar profile sketch FILE")
    }
    if found.skippedLines > 0 {
      let lines = found.skippedLines == 1 ? "1 line" : "\(found.skippedLines) lines"
      notes.append("\(lines) above the header passed over")
    }
    if let encoding = found.foundEncoding {
      notes.append("read as \(encoding.rawValue), which alone gives words")
    }
    if found.hundredScales > 0 {
      let people = found.hundredScales == 1 ? "1 person" : "\(found.hundredScales) people"
      notes.append("pain of \(people) passes 10 and is kept on a scale from 0 to 100")
    }
    if file.moved > 0 {
      let records = file.moved == 1 ? "1 record" : "\(file.moved) records"
      notes.append("\(records) of people with a new time zone moved to its clocks and days")
    }
    return notes
  }

  /// What of rows no record was made of, by name.
  ///
  /// - Parameter format: what a profile of the file's format begins with; empty for one of columns.
  private func entries(_ entries: LeftOutEntries, _ format: String) -> [String] {
    entries.counts.sorted { $0.key < $1.key }.map { reason, count in
      let names = entries.names(reason)
      let shown = names.prefix(8).map(nameShown).joined(separator: ", ")
      let more = names.count > 8 ? " and \(names.count - 8) more" : ""
      let note =
        "\(count) \(count == 1 ? "entry" : "entries") not taken, \(reason): \(shown)\(more)"
      guard reason == LeftOutEntries.noExercise, let first = names.first else { return note }
      return note + "; a profile makes one an exercise: \(format)[components] "
        + "\"\(nameShown(first))\" = \"other\""
    }
  }

  var json: String {
    var entries = imported.map(\.file.account).map { account in
      Figure.record(
        [
          ("file", .text(account.name)), ("kind", .text(account.kinds.joined(separator: ","))),
          ("profile", account.profile.map(Figure.text) ?? .none),
        ] + counts(account.accounts) + [
          ("no_longer_in_it", .count(account.versions.gone)),
          ("taken_back", .count(account.versions.takenBack + account.versions.cutOff)),
        ])
    }
    entries += failures.map {
      .record(
        [("file", .text($0.from.name)), ("kind", .none), ("profile", .none)] + counts(Accounts())
          + [("error", .text($0.failure.sentence))])
    }
    return jsonDocument(
      .record([
        ("schema", .count(1)), ("files", .list(entries)), ("totals", .record(counts(totals))),
        (
          "look_alikes",
          .list(
            lookAlikes.map {
              .record([("new", .text($0.new)), ("known", .text($0.known))])
            })
        ),
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
