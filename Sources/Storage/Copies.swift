import Foundation
import GRDB

extension Store {
  /// Copies the whole database into a file of its own, private and on the disk when it returns.
  ///
  /// - Parameter path: a file of that name is replaced as a whole.
  public func copy(to path: String) throws {
    try copying(to: path) { try Store.settle($0, as: path) }
  }

  /// Copies the whole database as a backup, which only another backup ever replaces.
  ///
  /// - Parameters:
  ///   - path: where it goes; its folder is there.
  ///   - moment: ISO 8601 in UTC.
  ///   - now: seconds since 1970.
  /// - Returns: when the backup was made that this one replaces; nil where there was none.
  /// - Throws: `StorageError.notACopy` where another file is in the way; `.busy` where one is in
  ///   use.
  public func backUp(to path: String, at moment: String, now: Int64) throws -> String? {
    let target = WriterLock.resolved(path)
    let lock = try WriterLock(database: target, wait: 60, now: now, leavesWord: false)
    return try withExtendedLifetime(lock) {
      let earlier = try Store.momentOfBackup(path)
      try copying(to: target) { fresh in
        try Store.mark(fresh, asBackupOf: moment)
        try Store.replace(target, by: fresh, keeping: nil)
      }
      return earlier
    }
  }

  /// When a backup was made; nil where there is no file.
  ///
  /// - Throws: `StorageError.notACopy` for any other file.
  private static func momentOfBackup(_ path: String) throws -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    // A pipe would be waited for.
    guard status.st_mode & S_IFMT == S_IFREG else { throw StorageError.notACopy(path: path) }
    // Of whatever version: it is only looked at.
    var configuration = Configuration()
    configuration.readonly = true
    let moment = try? DatabaseQueue(path: path, configuration: configuration).read { database in
      try Int.fetchOne(database, sql: "PRAGMA application_id") == Schema.applicationID
        ? try String.fetchOne(database, sql: "SELECT at FROM backup WHERE path = ''") : nil
    }
    guard let moment else { throw StorageError.notACopy(path: path) }
    return moment
  }

  /// A database is marked as a backup by an entry without a path among its copies, until somebody
  /// works with it.
  private static func mark(_ path: String, asBackupOf moment: String) throws {
    try explaining(path) {
      try DatabaseQueue(path: path, configuration: configuration()).write {
        try $0.execute(
          sql: "INSERT OR REPLACE INTO backup (path, at) VALUES ('', ?)", arguments: [moment])
      }
    }
  }

  /// Makes a copy under a name of its own beside where it is to go.
  private func copying(to path: String, _ body: (String) throws -> Void) throws {
    let temporary = path + ".\(getpid()).tmp"
    unlink(temporary)
    defer { unlink(temporary) }
    // SQLite takes an empty file for a new database; made here, nobody else can ever read it.
    let created = Foundation.open(temporary, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard created >= 0 else { throw StorageError.cannotCopy(path: path, cause: Store.cause()) }
    close(created)
    do {
      try queue.inDatabase {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [temporary])
      }
    } catch let error as DatabaseError {
      throw StorageError.cannotCopy(path: path, cause: error.message ?? "no space")
    }
    try body(temporary)
  }

  /// Puts a finished database in the place of another, so that whoever is killed leaves the one or
  /// the other, and no journal of the one is ever taken for one of the other.
  ///
  /// - Parameters:
  ///   - path: the place, behind all links; its writer's lock is held.
  ///   - fresh: the finished database, in the same folder.
  ///   - before: the name under which the present one is kept; nil to let it go.
  public static func replace(_ path: String, by fresh: String, keeping before: String?) throws {
    guard FileManager.default.fileExists(atPath: path) else { return try settle(fresh, as: path) }
    func swap() throws {
      if let before { try keep(path, as: before) }
      try settle(fresh, as: path)
    }
    do {
      // While nobody reads or writes the present one, and what a killed run left is taken back.
      try DatabaseQueue(path: path, configuration: configuration()).inDatabase { database in
        try database.inTransaction(.exclusive) {
          _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master")
          unlink(path + "-journal")
          try swap()
          return .rollback
        }
      }
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        throw StorageError.busy(path: path, by: "another program")
      default:
        // It is no database any more: its journal stays with it.
        if let before, rename(path + "-journal", before + "-journal") == 0 {
          try syncFolder(of: path)
        }
        unlink(path + "-journal")
        try swap()
      }
    }
  }

  /// Keeps a file under a second name.
  private static func keep(_ path: String, as name: String) throws {
    if link(path, name) == 0 { return }
    // Where a file has one name alone: a copy.
    do {
      try FileManager.default.copyItem(atPath: path, toPath: name)
    } catch {
      throw StorageError.cannotCopy(path: name, cause: cause())
    }
    let copied = Foundation.open(name, O_RDONLY | O_CLOEXEC)
    defer { close(copied) }
    guard copied >= 0, setPrivate(copied), fsync(copied) == 0 else {
      throw StorageError.cannotCopy(path: name, cause: cause())
    }
  }

  /// Puts a finished file in its place, also after a power cut.
  static func settle(_ temporary: String, as path: String) throws {
    let descriptor = Foundation.open(temporary, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageError.cannotCopy(path: path, cause: cause()) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw StorageError.cannotCopy(path: path, cause: cause())
    }
    try syncFolder(of: path)
  }

  private static func syncFolder(of path: String) throws {
    let folder = path.folderOfPath
    let parent = Foundation.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw StorageError.cannotCopy(path: path, cause: cause()) }
    defer { close(parent) }
    guard fsync(parent) == 0 else { throw StorageError.cannotCopy(path: path, cause: cause()) }
  }

  static func cause() -> String { String(cString: strerror(errno)) }

  /// Remembers a copy, so that who is forgotten is forgotten there as well.
  public func noteBackup(_ path: String, at moment: String) throws {
    try requireSound()
    try explaining {
      try queue.write {
        try $0.execute(
          sql: "INSERT OR REPLACE INTO backup (path, at) VALUES (?, ?)", arguments: [path, moment])
      }
    }
  }

  /// Copies that lumbar made of this database, wherever they are now, the oldest first.
  public func backups() throws -> [String] {
    try explaining {
      try queue.read {
        try String.fetchAll($0, sql: "SELECT path FROM backup WHERE path <> '' ORDER BY at, path")
      }
    }
  }
}

/// What was removed for its age, or would be.
public struct Purged: Sendable {
  /// Records of every kind.
  public var records = 0
  /// Refused rows, and values that were corrected.
  public var traces = 0
}

extension Store {
  /// Removes records dated before a day, with refused rows and corrections of runs before it.
  ///
  /// People stay, and so do programme lines that had not ended by then.
  ///
  /// - Parameters:
  ///   - day: the first day that is kept.
  ///   - keep: false counts and removes nothing.
  public func purge(before day: Int32, started moment: String, keep: Bool) throws -> Purged {
    try requireSound()
    return try explaining {
      var result = Purged()
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.inTransaction(.immediate) {
          func delete(_ sql: String, _ argument: any DatabaseValueConvertible) throws -> Int {
            try database.execute(sql: "DELETE FROM " + sql, arguments: [argument])
            return database.changesCount
          }
          let dated = RecordTable.ofPeople.filter(\.hasDays).map(\.name)
          let ended = "program_line WHERE end_on < ?1"
          let touched = (dated.map { "\($0) WHERE day < ?1" } + [ended])
            .map { "SELECT patient FROM " + $0 }.joined(separator: " UNION ")
          try database.execute(
            sql: """
              INSERT INTO run_change (patient, mark) SELECT patient, 1 FROM (\(touched)) WHERE true
              ON CONFLICT (patient) DO UPDATE SET mark = mark + 1
              """, arguments: [day])
          for table in dated { result.records += try delete("\(table) WHERE day < ?", day) }
          result.records += try delete(ended, day)
          let old = "file IN (SELECT file.id FROM file JOIN run ON run.id = run WHERE started < ?)"
          result.traces += try delete("rejection WHERE \(old)", moment)
          result.traces += try delete("correction WHERE \(old)", moment)
          return keep ? .commit : .rollback
        }
        if keep, result.records + result.traces > 0 { try database.execute(sql: "VACUUM") }
      }
      return result
    }
  }
}
