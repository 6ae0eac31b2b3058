import Foundation
import Storage

/// Copies of the database, and back.
public struct CopyRun {
  private let path: String
  private let moment: Moment

  /// - Parameters:
  ///   - path: the database.
  ///   - moment: when the command began.
  public init(_ path: String, _ moment: Moment) {
    self.path = path
    self.moment = moment
  }

  /// Copies the database, whole and private.
  ///
  /// - Parameters:
  ///   - store: the database, to write to it.
  ///   - file: where the copy goes; its folder is made.
  /// - Returns: the copy's path, and of when the copy was that it replaced.
  public func backUp(_ store: Store, to file: String) throws -> (path: String, replaced: String?) {
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
    return (target, earlier)
  }

  /// Puts a copy in the place of the database. Who was forgotten stays forgotten.
  ///
  /// - Parameters:
  ///   - file: the copy.
  ///   - tell: says a sentence to somebody.
  /// - Returns: where the database is kept as it was; nil where there was none.
  public func restore(from file: String, tell: (String) -> Void) throws -> String? {
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
      let present = try presentState(lock, keptAs: before, tell)
      let source = try Store.open(existing: file)
      try source.lookThrough()
      let fresh = lock.database + ".restoring"
      for leftover in [fresh, fresh + "-journal"] { unlink(leftover) }
      removeUnfinished(beside: fresh)
      // A kill leaves it where no database is, so that nobody takes the place for an empty one.
      defer { unlink(fresh) }
      try source.copy(to: fresh)
      try carryOver(present, to: fresh, lock, before: isThere ? before : nil)
      try Store.replace(lock.database, by: fresh, keeping: before)
      try Store.open(existing: lock.database, under: lock).lookThrough()
    }
    return isThere ? before : nil
  }

  /// A name that nothing has yet: the state before an earlier restore stays.
  private func freeName(_ name: String) -> String {
    var number = 1
    func candidate() -> String { number == 1 ? name : "\(name)-\(number)" }
    while FileManager.default.fileExists(atPath: candidate()) { number += 1 }
    return candidate()
  }

  /// Who was forgotten and which copies there are; nothing of a database that is damaged or not
  /// there.
  private func presentState(
    _ lock: WriterLock, keptAs before: String, _ tell: (String) -> Void
  ) throws -> (
    tombstones: [Tombstone], backups: [String]
  ) {
    guard FileManager.default.fileExists(atPath: lock.database) else { return ([], []) }
    do {
      let store = try Store.open(existing: lock.database, under: lock)
      try store.requireSound()
      return (try store.tombstones(), try store.backups())
    } catch let error as StorageError {
      if case .busy = error { throw error }
      tell("the database could not be read and is kept as \(before).")
      return ([], [])
    }
  }

  /// The copy may be older than what was forgotten since.
  private func carryOver(
    _ present: (tombstones: [Tombstone], backups: [String]), to fresh: String, _ lock: WriterLock,
    before: String?
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
