import ArgumentParser
import Foundation
import Records
import Reporting
import Storage
import Workflows

/// `lumbar backup`: a copy of the database, whole and private.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies the database, also while it is in use.",
    discussion: """
      Examples:
        lumbar backup ~/backups/lumbar-2026-10-31.sqlite
        lumbar backup /mnt/usb/lumbar.sqlite

      The copy is on the disk when the command returns. Whoever is forgotten later is forgotten \
      there as \
      well, as long as it lies where it was made.
      """)

  @Argument(help: ArgumentHelp("Where the copy goes.", valueName: "file"))
  var file: String

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let moment = Moment()
    let path = try place.databasePath(try place.settings())
    let store = try place.writing(path, moment)
    let (target, earlier) = try CopyRun(path, moment).backUp(store, to: file)
    if let earlier { try printResult("Replaced the backup of \(earlier) at \(visible(target)).\n") }
  }
}

/// `lumbar restore`: the database as a copy of it holds it.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Puts a copy in the place of the database.",
    discussion: """
      Examples:
        lumbar restore ~/backups/lumbar-2026-10-31.sqlite
        lumbar restore old.sqlite --database clinic.sqlite

      The database as it was is kept beside it, under a name that ends in .before-restore. Who was \
      forgotten stays forgotten.
      """)

  @Argument(help: ArgumentHelp("The copy.", valueName: "file"))
  var file: String

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let moment = Moment()
    let settings = try place.settings()
    let path = try place.databasePath(settings)
    let kept = try CopyRun(path, moment).restore(from: file) { say("lumbar: " + $0) }
    try printResult(
      "Restored from \(visible(file)).\n"
        + (kept.map { "The database as it was is kept as \(visible($0)).\n" } ?? ""))
  }
}

/// `lumbar purge`: removes what is older than is to be kept.
struct PurgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Removes what is older than it is to be kept.",
    discussion: """
      Examples:
        lumbar purge --older-than 10y --dry-run
        lumbar purge --older-than 730d

      Records go by their own date, refused rows and corrected values by the date of their \
      import. Files \
      that hold older rows bring them back when they are imported again under another content.
      """)

  @Option(help: ArgumentHelp("Days or years, as 730d or 10y.", valueName: "age"))
  var olderThan: String

  @Flag(help: "Only count.")
  var dryRun = false

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let moment = Moment()
    guard let days = PurgeCommand.days(of: olderThan) else {
      throw Failure(
        .usage, "--older-than takes days or years such as 730d or 10y, not \(olderThan).")
    }
    let store = try place.writing(try place.databasePath(try place.settings()), moment)
    let run =
      dryRun
      ? nil : try store.beginRun(started: moment.text, command: "purge", version: version)
    let first: Day = moment.day - days
    let purged = try store.purge(
      before: first.number, started: "\(first)T00:00:00Z", keep: !dryRun)
    if let run { try store.endRun(run, exit: Exit.done.rawValue, seconds: moment.elapsed) }
    try printResult(
      "\(dryRun ? "Would be removed" : "Removed"): \(purged.records) records, "
        + "\(purged.traces) refused rows and corrected values.\n")
  }

  private static func days(of text: String) -> Int? {
    guard let number = Int(text.dropLast()), (1...40_000).contains(number) else { return nil }
    switch text.last {
    case "d": return number
    case "y": return number <= 100 ? number * 365 + number / 4 : nil
    default: return nil
    }
  }
}
