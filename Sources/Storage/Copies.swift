import Foundation
import GRDB

extension Store {
  /// Copies the whole database into a file of its own, private and on the disk when it returns.
  ///
  /// A file of that name is replaced as a whole.
  public func copy(to path: String) throws {
    let temporary = path + ".\(getpid()).tmp"
    unlink(temporary)
    defer { unlink(temporary) }
    // SQLite takes an empty file for a new database; made here, nobody else can ever read it.
    let created = Foundation.open(temporary, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard created >= 0 else { throw StorageError.cannotCopy(path: path, cause: Store.cause()) }
    defer { close(created) }
    do {
      try queue.inDatabase {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [temporary])
      }
    } catch let error as DatabaseError {
      throw StorageError.cannotCopy(path: path, cause: error.message ?? "no space")
    }
    try Store.settle(temporary, created, as: path)
  }

  /// Puts a finished file in its place, also after a power cut.
  static func settle(_ temporary: String, _ descriptor: Int32, as path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    let parent = Foundation.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw StorageError.cannotCopy(path: path, cause: cause()) }
    defer { close(parent) }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0, fsync(parent) == 0 else {
      throw StorageError.cannotCopy(path: path, cause: cause())
    }
  }

  static func cause() -> String { String(cString: strerror(errno)) }

  /// Remembers a copy, so that who is forgotten is forgotten there as well.
  public func noteBackup(_ path: String, at moment: String) throws {
    try awaitSoundness()
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
      try queue.read { try String.fetchAll($0, sql: "SELECT path FROM backup ORDER BY at, path") }
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
    try awaitSoundness()
    return try explaining {
      var result = Purged()
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.inTransaction(.immediate) {
          func delete(_ sql: String, _ argument: any DatabaseValueConvertible) throws -> Int {
            try database.execute(sql: "DELETE FROM " + sql, arguments: [argument])
            return database.changesCount
          }
          let dated = DatedLayout.all.map(\.name) + ["day_entry"]
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
