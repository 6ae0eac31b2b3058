import ArgumentParser
import Configuration
import Exporting
import Foundation
import Ingest
import Records
import Reporting
import Storage
import Workflows

/// `lumbar forget`: removes a person everywhere.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Removes a person everywhere: database, backups, reports, archive, refused rows.",
    discussion: """
      Examples:
        lumbar forget P00001
        lumbar forget P00001 --yes --out ~/reports

      What stays is a code that tells nobody who it was, so that later imports leave the person \
      out. \
      Cohort reports list everybody: they are removed, and the nightly run makes them anew.
      """)

  @Argument(help: ArgumentHelp("The person's id.", valueName: "patient"))
  var patient: String

  @Flag(help: "Do not ask.")
  var yes = false

  @Option(help: ArgumentHelp("Where reports are.", valueName: "folder"))
  var out: String?

  @OptionGroup var place: PlaceOptions

  mutating func run() throws {
    patient = storedID(patient)
    let moment = Moment()
    let settings = try place.settings()
    let path = try place.databasePath(settings)
    let run = ForgetRun(
      patient: patient, archive: settings.archive,
      inboxes: (settings.inbox.map { [$0] } ?? []) + settings.inboxes.map(\.path))
    let isKnown = try run.check(try place.reading(path)).isKnown
    // Asked before the lock is taken: nobody waits for an answer at a terminal.
    if isKnown, !yes { try ask() }
    let store = try place.writing(path, moment)
    let outcome = try run.run(
      store, at: path, reports: out ?? settings.reports ?? "reports",
      beside: try run.check(store).tombstones, moment)
    try printResult(words(outcome).joined(separator: "\n") + "\n")
    if !outcome.copiesLost.isEmpty {
      throw Failure(
        .doneWithRefusals,
        "these copies still hold the person: \(outcome.copiesLost.joined(separator: "; ")) Delete "
          + "them."
      )
    }
  }

  private func ask() throws {
    guard isatty(STDIN_FILENO) != 0 else {
      throw Failure(.usage, "say --yes to remove \(patient) for good, without being asked.")
    }
    FileHandle.standardError.write(
      Data("Remove everything of \(patient) for good? Type the id again: ".utf8))
    guard readLine().map(storedID) == patient else { throw Failure(.usage, "nothing was removed.") }
  }

  private func words(_ outcome: ForgetRun.Outcome) -> [String] {
    var lines = [
      "Forgotten: \(outcome.records) records, \(outcome.refusedRows) refused rows, "
        + "\(outcome.reports) report files."
    ]
    let archive = outcome.archive
    if let archive {
      lines.append(
        "Archive: rows or names taken out of \(archive.changed) files, \(archive.removed) files "
          + "removed.")
    }
    if let shared = archive?.removedShared, !shared.isEmpty {
      lines.append(
        "Rows of others went with these files, which cannot be parted: "
          + shared.map { visible($0.nameOfPath) }.joined(separator: ", ") + ".")
    }
    let written =
      outcome.mentions.map { mention in
        "\(visible(mention.file)), line \(mention.line)"
          + (mention.patient.map { " (\(visible($0)))" } ?? "")
      } + (archive?.mentioning ?? []).map { "the archive's \(visible($0.nameOfPath))" }
    if !written.isEmpty {
      let more = written.count > 20 ? " and \(written.count - 20) more" : ""
      lines.append(
        "Others wrote of the person; that is theirs and stays: "
          + written.prefix(20).joined(separator: ", ") + more + ".")
    }
    if !outcome.stillInInbox.isEmpty {
      lines.append(
        "The inbox still holds rows of the person, which later nights leave out; take them away "
          + "there: "
          + outcome.stillInInbox.map { visible($0.nameOfPath) }.joined(separator: ", ")
          + ".")
    }
    if outcome.cohortReports > 0 {
      lines.append(
        "\(outcome.cohortReports) cohort reports listed everybody and are removed: lumbar nightly, "
          + "or lumbar "
          + "report --all, makes the newest anew.")
    }
    return lines
  }
}
