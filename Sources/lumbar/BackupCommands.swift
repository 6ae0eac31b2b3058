import ArgumentParser
import Foundation
import Records
import Reporting
import Storage

/// `lumbar backup`: a copy of the database, whole and private.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies the database, also while it is in use.",
    discussion: """
      Examples:
        lumbar backup ~/backups/lumbar-2026-10-31.sqlite
        lumbar backup /mnt/usb/lumbar.sqlite

      The copy is on the disk when the command returns. Whoever is forgotten later is forgotten there as \
      well, as long as it lies where it was made.
      """)

  @Argument(help: ArgumentHelp("Where the copy goes.", valueName: "file"))
  var file: String

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let moment = Moment()
    let path = try place.databasePath(try place.settings())
    let store = try place.writing(path, moment)
    let target = file.absolutePath
    guard FileStamp(path: target) == nil || FileStamp(path: target) != FileStamp(path: path) else {
      throw Failure(.usage, "\(file) is the database itself. Name another file.")
    }
    let own = path.absolutePath
    let needed = ["-journal", "-wal", "-shm", ".lock", ".key", ".restoring"].map { own + $0 }
    guard !needed.contains(target), !target.hasPrefix(own + ".before-restore") else {
      throw Failure(.usage, "\(file) is a name that the database itself needs. Name another file.")
    }
    let parent = target.folderOfPath
    if !FileManager.default.fileExists(atPath: parent) { try makeFolder(parent) }
    try store.lookThrough()
    // Remembered first: a copy that nobody knows of could not be cleared of who is forgotten.
    try store.noteBackup(target, at: moment.text)
    let run = try store.beginRun(started: moment.text, command: "backup", version: version)
    let earlier = try store.backUp(to: target, at: moment.text, now: moment.seconds)
    try store.endRun(run, exit: Exit.done.rawValue, seconds: moment.elapsed)
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
    guard FileManager.default.fileExists(atPath: file) else {
      throw Failure(.noInput, "there is no copy \(file). Check the path.")
    }
    guard FileStamp(path: file) != FileStamp(path: path) else {
      throw Failure(.usage, "\(file) is the database itself. Name a copy of it.")
    }
    let parent = path.folderOfPath
    if !parent.isEmpty { try makeFolder(parent) }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw Failure(.cannotCreate, "\(path) is no file. Pass another --database PATH.")
    }
    let lock = try WriterLock(database: path, wait: 60, now: moment.seconds)
    let before = freeName(lock.database + ".before-restore")
    let isThere = FileManager.default.fileExists(atPath: lock.database)
    try withExtendedLifetime(lock) {
      let present = try presentState(lock, keptAs: before)
      let source = try Store.open(existing: file)
      try source.lookThrough()
      let fresh = lock.database + ".restoring"
      for leftover in [fresh, fresh + "-journal"] { unlink(leftover) }
      removeUnfinished(beside: fresh)
      // A kill leaves it where no database is, so that nobody takes the place for an empty one.
      defer { unlink(fresh) }
      try source.copy(to: fresh)
      try carryOver(present, to: fresh, lock, before: isThere ? before : nil, moment)
      try Store.replace(lock.database, by: fresh, keeping: before)
      try Store.open(existing: lock.database, under: lock).lookThrough()
    }
    try printResult(
      "Restored from \(visible(file)).\n"
        + (isThere ? "The database as it was is kept as \(visible(before)).\n" : ""))
  }

  /// A name that nothing has yet: the state before an earlier restore stays.
  private func freeName(_ name: String) -> String {
    var number = 1
    func candidate() -> String { number == 1 ? name : "\(name)-\(number)" }
    while FileManager.default.fileExists(atPath: candidate()) { number += 1 }
    return candidate()
  }

  /// Who was forgotten and which copies there are; nothing of a database that is damaged or not there.
  private func presentState(_ lock: WriterLock, keptAs before: String) throws -> (
    tombstones: [Tombstone], backups: [String]
  ) {
    guard FileManager.default.fileExists(atPath: lock.database) else { return ([], []) }
    do {
      let store = try Store.open(existing: lock.database, under: lock)
      try store.requireSound()
      return (try store.tombstones(), try store.backups())
    } catch let error as StorageError {
      if case .busy = error { throw error }
      say("lumbar: the database could not be read and is kept as \(before).")
      return ([], [])
    }
  }

  /// The copy may be older than what was forgotten since.
  private func carryOver(
    _ present: (tombstones: [Tombstone], backups: [String]), to fresh: String, _ lock: WriterLock,
    before: String?, _ moment: Moment
  ) throws {
    let store = try Store.open(existing: fresh, under: lock)
    let run = try store.beginRun(started: moment.text, command: "restore", version: version)
    let people = ForgottenPeople(present.tombstones)
    for code in try store.patientCodes() where people.contains(code) {
      let tombstone = ForgottenPeople.tombstone(of: code, beside: present.tombstones)
      _ = try store.forget(code, tombstone, at: moment.text, owner: ownerOfRefused)
    }
    try store.add(present.tombstones, at: moment.text)
    try store.makeReportsAnew()
    for backup in present.backups + [before].compactMap(\.self) {
      try store.noteBackup(backup, at: moment.text)
    }
    try store.endRun(run, exit: Exit.done.rawValue, seconds: moment.elapsed)
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

      Records go by their own date, refused rows and corrected values by the date of their import. Files \
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
