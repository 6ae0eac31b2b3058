import ArgumentParser
import Configuration
import Exporting
import Foundation
import Ingest
import Records
import Reporting
import Storage

/// `lumbar forget`: removes a person everywhere.
struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Removes a person everywhere: database, backups, reports, archive, refused rows.",
    discussion: """
      Examples:
        lumbar forget P00001
        lumbar forget P00001 --yes --out ~/reports

      What stays is a code that tells nobody who it was, so that later imports leave the person out. \
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
    let isKnown = try check(try place.reading(path)).isKnown
    // Asked before the lock is taken: nobody waits for an answer at a terminal.
    if isKnown, !yes { try ask() }
    let store = try place.writing(path, moment)
    try forget(store, path, settings, moment, try check(store).tombstones)
  }

  /// Makes sure that the person is there, or was.
  private func check(_ store: Store) throws -> (isKnown: Bool, tombstones: [Tombstone]) {
    let tombstones = try store.tombstones()
    let isKnown = try store.patientCodes().contains(patient)
    guard isKnown || ForgottenPeople(tombstones).contains(patient) else {
      throw Failure(
        .noInput, "there is no patient \(visible(patient)). lumbar status counts who is there.")
    }
    return (isKnown, tombstones)
  }

  private func ask() throws {
    guard isatty(STDIN_FILENO) != 0 else {
      throw Failure(.usage, "say --yes to remove \(patient) for good, without being asked.")
    }
    FileHandle.standardError.write(
      Data("Remove everything of \(patient) for good? Type the id again: ".utf8))
    guard readLine().map(storedID) == patient else { throw Failure(.usage, "nothing was removed.") }
  }

  private func forget(
    _ store: Store, _ path: String, _ settings: Settings, _ moment: Moment,
    _ present: [Tombstone]
  ) throws {
    let tombstone = ForgottenPeople.tombstone(of: patient, beside: present)
    let run = try store.beginRun(started: moment.text, command: "forget", version: version)
    // Named among those who were there with the person.
    let fileNames = ReportNames(try store.patientCodes())
    let removed = try store.forget(patient, tombstone, at: moment.text, owner: ownerOfRefused)
    var lost: [String] = []
    removeUnfinished(beside: path)
    for leftover in [".restoring", ".restoring-journal"] { unlink(path + leftover) }
    for backup in try store.backups() {
      do {
        removeUnfinished(beside: backup)
        guard FileManager.default.fileExists(atPath: backup) else { continue }
        let lock = try WriterLock(
          database: backup, wait: 60, now: moment.seconds, leavesWord: false)
        let copy = try Store.open(existing: backup, under: lock)
        try copy.lookThrough()
        _ = try copy.forget(patient, tombstone, at: moment.text, owner: ownerOfRefused)
        // A copy that had to be brought up to date first left one of its own.
        for older in try copy.backups() where older.hasPrefix(backup + ".schema-") { unlink(older) }
      } catch {
        lost.append("\(backup): \(Failure(error).sentence)")
      }
    }
    let hasKey = FileManager.default.fileExists(atPath: path + ".key")
    let key = hasKey ? try secretKey(besides: path) : nil
    let traces = PersonalTraces(
      of: patient, reports: fileNames[patient], name: removed?.name,
      pseudonym: key.map { Deidentification(key: $0, exported: nil).code(of: patient) },
      sources: removed?.sources ?? [])
    let reports = out ?? settings.reports ?? "reports"
    let gone = try traces.removeReports(below: reports)
    let archive = try settings.archive.map { try traces.clearArchive($0) }
    try store.endRun(
      run, exit: (lost.isEmpty ? Exit.done : .doneWithRefusals).rawValue, seconds: moment.elapsed)
    var lines = [
      "Forgotten: \(removed?.records ?? 0) records, \(removed?.rejections ?? 0) refused rows, "
        + "\(gone.own) report files."
    ]
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
      (removed?.mentions ?? []).map { mention in
        "\(visible(mention.file)), line \(mention.line)"
          + (mention.patient.map { " (\(visible($0)))" } ?? "")
      } + (archive?.mentioning ?? []).map { "the archive's \(visible($0.nameOfPath))" }
    if !written.isEmpty {
      let more = written.count > 20 ? " and \(written.count - 20) more" : ""
      lines.append(
        "Others wrote of the person; that is theirs and stays: "
          + written.prefix(20).joined(separator: ", ") + more + ".")
    }
    let inbox = settings.inbox.flatMap { try? LogFolder($0, followsLinks: false).files() }
    let dropped = try inbox?.logs.map(\.path.string).filter(traces.holdsRows) ?? []
    if !dropped.isEmpty {
      lines.append(
        "The inbox still holds rows of the person, which later nights leave out; take them away there: "
          + dropped.map { visible($0.nameOfPath) }.joined(separator: ", ")
          + ".")
    }
    if gone.cohort > 0 {
      lines.append(
        "\(gone.cohort) cohort reports listed everybody and are removed: lumbar nightly, or lumbar "
          + "report --all, makes the newest anew.")
    }
    try printResult(lines.joined(separator: "\n") + "\n")
    if !lost.isEmpty {
      throw Failure(
        .doneWithRefusals,
        "these copies still hold the person: \(lost.joined(separator: "; ")) Delete them.")
    }
  }
}
