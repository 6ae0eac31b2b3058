import Foundation
import GRDB
import Records

/// The one SQLite file that holds everything: opened, checked and migrated here, and nowhere else.
///
/// Rollback journal with synchronous=EXTRA: what a finished transaction reported is on the disk,
/// also after a power cut. Every import of a file is one transaction.
public final class Store {
  /// Where the database lies; nil in memory.
  public let path: String?
  let queue: DatabaseQueue
  /// Names of exercises that are read for others, as a configuration says; rows keep what their
  /// files say.
  public var aliases = ExerciseAliases()
  /// The rules of a time zone by its name; nil for one that does not exist. Without it rows stay
  /// where they are when the zone of their person changes.
  public var zoneNamed: (@Sendable (String) -> ZoneRules?)?
  /// Who is left out by imports, told from the tombstones that the database holds when it is
  /// written to; nil for nobody.
  public var forgotten: (@Sendable ([Tombstone]) -> @Sendable (String) -> Bool)?
  /// Runs a look through the whole file of so many bytes, and may tell somebody how far it is.
  public var whileLooking: (_ bytes: Int64, _ look: () throws -> Void) throws -> Void = {
    try $1()
  }
  /// Held by whoever may write.
  let lock: WriterLock?
  /// When the whole database was last looked through for damage; nil when that has to come first.
  private var lookedThrough: Int64?

  private init(path: String?, queue: DatabaseQueue, lock: WriterLock?, lookedThrough: Int64?) {
    self.path = path
    self.queue = queue
    self.lock = lock
    self.lookedThrough = lookedThrough
  }

  deinit {
    // Whatever became of the run: what it did not finish has been rolled back.
    if let lock, let path, lock.database == path, let lookedThrough {
      lock.note(lookedThrough: lookedThrough)
    }
  }

  /// Makes sure that the database is sound: before the first write of a run, before a report, and
  /// before anybody is told that all is well.
  ///
  /// It is looked through when that was last done a week ago, or when the file is not as the last
  /// run left it. O(size of the database) then.
  ///
  /// - Throws: `StorageError.damaged`; nothing has been written then.
  public func requireSound() throws {
    if lookedThrough == nil { try lookThrough() }
  }

  /// Looks through the whole database for damage, as SQLite sees it.
  ///
  /// - Throws: `StorageError.damaged`.
  public func lookThrough() throws {
    guard let path else { return }
    var verdict = "no answer"
    try whileLooking(FileStamp(path: path)?.bytes ?? 0) {
      try explaining {
        verdict =
          try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") } ?? verdict
      }
    }
    guard verdict == "ok" else { throw StorageError.damaged(path: path, cause: verdict) }
    lookedThrough = lock?.now ?? 0
  }

  /// Opens a database for writing, creating it (file 0600, folder 0700) when there is none.
  ///
  /// - Parameters:
  ///   - path: the file's path.
  ///   - lock: the writer's lock of this database; nil to take it here.
  ///   - seconds: how long to wait for another run that writes.
  /// - Throws: `StorageError`; a file that is no database of lumbar keeps every byte.
  public static func open(
    creating path: String, lock: WriterLock? = nil, wait seconds: Double = 60,
    now: Int64 = Store.clock()
  ) throws -> Store {
    let isThere = FileManager.default.fileExists(atPath: path)
    if isThere { try refuseOthers(path) } else { try createFolder(of: path) }
    let lock = try lock ?? WriterLock(database: path, wait: seconds, now: now)
    if !FileManager.default.fileExists(atPath: lock.database) { try createFile(lock.database) }
    return try open(existing: path, under: lock)
  }

  /// Opens a database that must be there, to read it, or to write to it as well.
  ///
  /// - Parameters:
  ///   - path: the file's path.
  ///   - writing: whether the writer's lock is taken.
  ///   - seconds: how long to wait for another run that writes.
  public static func open(
    existing path: String, writing: Bool = false, wait seconds: Double = 60,
    now: Int64 = Store.clock()
  ) throws -> Store {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StorageError.missing(path: path)
    }
    if writing {
      try refuseOthers(path)
      return try open(
        existing: path, under: WriterLock(database: path, wait: seconds, now: now))
    }
    do {
      return try open(existing: path, under: nil)
    } catch StorageError.unfinished {
      // Only who holds the lock takes back what a killed run left: then nobody else is at work on
      // it.
      _ = try open(existing: path, under: WriterLock(database: path, wait: seconds, now: now))
      return try open(existing: path, under: nil)
    }
  }

  /// The system's clock, in seconds since 1970.
  public static func clock() -> Int64 { Int64(Date().timeIntervalSince1970) }

  /// Opens a database that is there.
  ///
  /// - Parameter lock: held by whoever may write to this database; nil to read it.
  public static func open(existing path: String, under lock: WriterLock?) throws -> Store {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StorageError.missing(path: path)
    }
    let own = WriterLock.resolved(path)
    var status = stat()
    let size = stat(own, &status) == 0 ? Int(status.st_size) : 0
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError.cannotOpen(path: path, cause: "it is not a file")
    }
    // SQLite takes a file shorter than its header for an empty database and would write over it.
    if (1..<100).contains(size) { throw StorageError.notADatabase(path: path) }
    return try explaining(path) {
      var configuration = configuration()
      let isWritable = FileManager.default.isWritableFile(atPath: own)
      configuration.readonly = lock == nil || !isWritable
      let queue = try DatabaseQueue(path: own, configuration: configuration)
      // Health data: a file that others may read, as one copied here by hand, is closed to them.
      if lock != nil, status.st_mode & 0o077 != 0 { chmod(own, 0o600) }
      let version = try queue.inDatabase { try check($0, path: path, writing: lock != nil) }
      // What is empty is sound.
      let looked = version == nil ? lock?.now : soundness(of: own, under: lock)
      let store = Store(path: own, queue: queue, lock: lock, lookedThrough: looked)
      if version == nil {
        try queue.inDatabase(Schema.create)
      } else if let version, version < Schema.version {
        if !isWritable { throw StorageError.outdated(path: path) }
        // A database of an earlier version is brought up to date also to be read.
        guard lock != nil else {
          _ = try open(existing: path, under: WriterLock(database: path, wait: 60, now: clock()))
          return try open(existing: path, under: nil)
        }
        try store.migrate(from: version)
      }
      try queue.inDatabase { try Schema.compare($0, path: path) }
      return store
    }
  }

  /// When a database was last looked through, if that still counts: for who writes a week, and for
  /// everybody while nobody else has written to the file.
  private static func soundness(of path: String, under lock: WriterLock?) -> Int64? {
    guard let left = lock?.left ?? WriterLock.left(of: path), left.holds(of: path),
      lock.map({ left.isRecent(now: $0.now) }) ?? true
    else { return nil }
    return left.lookedThrough
  }

  /// Brings a database of an earlier version up to date; a copy of it as it was stays beside it, in
  /// case this version or the disk fails, to be removed when all is well.
  private func migrate(from version: Int) throws {
    guard let path else { return }
    try lookThrough()
    let copy = "\(path).schema-\(version)"
    try self.copy(to: copy)
    try queue.inDatabase { try Schema.migrate($0) }
    try queue.write {
      try $0.execute(sql: "INSERT OR REPLACE INTO backup VALUES (?, '')", arguments: [copy])
    }
  }

  /// Another connection to the same database, for a thread of its own to read by.
  public func anotherReader() throws -> Store {
    guard let path else { return self }
    return try explaining {
      var configuration = Store.configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let reader = Store(path: path, queue: queue, lock: nil, lookedThrough: lookedThrough)
      reader.aliases = aliases
      return reader
    }
  }

  /// A database in memory, for dry runs and tests.
  public static func inMemory() throws -> Store {
    let queue = try DatabaseQueue(configuration: configuration())
    _ = try queue.inDatabase { try check($0, path: "in memory", writing: true) }
    try queue.inDatabase(Schema.create)
    return Store(path: nil, queue: queue, lock: nil, lookedThrough: 0)
  }

  /// Refuses a file that is another program's before a lock is made beside it.
  private static func refuseOthers(_ path: String) throws {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw StorageError.cannotOpen(path: path, cause: "it is not a file")
    }
    var configuration = configuration()
    configuration.readonly = true
    do {
      try explaining(path) {
        _ = try DatabaseQueue(path: path, configuration: configuration).inDatabase {
          try check($0, path: path, writing: true)
        }
      }
    } catch let error as StorageError {
      switch error {
      case .foreign, .newer, .notADatabase: throw error
      // Found again, and dealt with, under the lock.
      default: return
      }
    }
  }

  private static func createFolder(of path: String) throws {
    let folder = path.folderOfPath
    guard !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw StorageError.cannotOpen(path: path, cause: "its folder cannot be created")
    }
  }

  /// Makes an empty file, but not in the place of a database that a restore was about to replace.
  private static func createFile(_ path: String) throws {
    let folder = path.folderOfPath
    let name = path.nameOfPath
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    if let kept = names.sorted().first(where: {
      $0.hasPrefix(name + ".before-restore") || $0 == name + ".restoring"
    }) {
      throw StorageError.restoreUnfinished(path: path, kept: folder + "/" + kept)
    }
    let descriptor = Foundation.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StorageError.cannotOpen(path: path, cause: String(cString: strerror(errno)))
    }
    close(descriptor)
  }

  static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(60)
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA synchronous = EXTRA;
          """)
    }
    return configuration
  }

  /// Looks at the header before anything is written.
  ///
  /// - Returns: the version of the tables; nil when there are none yet.
  private static func check(_ database: Database, path: String, writing: Bool) throws -> Int? {
    var (application, version, tables) = (0, 0, 0)
    // All from one state: another run may be making the tables.
    try database.inTransaction(.deferred) {
      tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      return .commit
    }
    if tables == 0, application == 0 || application == Schema.applicationID, version == 0 {
      if !writing { throw StorageError.missing(path: path) }
      // Large pages: a quarter of the calls that write them, and flatter trees.
      try database.execute(sql: "PRAGMA page_size = 16384")
      try limitCache(database)
      return nil
    }
    guard application == Schema.applicationID else { throw StorageError.foreign(path: path) }
    let encoding = try String.fetchOne(database, sql: "PRAGMA encoding") ?? ""
    guard encoding == "UTF-8" else {
      throw StorageError.damaged(path: path, cause: "its text is in \(encoding), not in UTF-8")
    }
    if version == 0, !writing { throw StorageError.missing(path: path) }
    guard version <= Schema.version else {
      throw StorageError.newer(path: path, version: version, known: Schema.version)
    }
    try limitCache(database)
    return version
  }

  /// SQLite counts the pages of its cache by the page size that it knows of: first then is the
  /// limit what it says.
  private static func limitCache(_ database: Database) throws {
    try database.execute(sql: "PRAGMA cache_size = -12288")
  }

  /// Runs a closure and puts SQLite's error codes into words.
  static func explaining<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let damage as StoredDamage {
      throw StorageError.damaged(path: path, cause: damage.description)
    } catch let error as DatabaseError
      where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK
      || error.extendedResultCode == .SQLITE_READONLY_RECOVERY
    {
      throw StorageError.unfinished(path: path)
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB: throw StorageError.notADatabase(path: path)
      case .SQLITE_CORRUPT: throw StorageError.damaged(path: path, cause: error.message ?? "")
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        throw StorageError.busy(path: path, by: "another program")
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM:
        throw StorageError.cannotOpen(path: path, cause: error.message ?? "no permission")
      default: throw StorageError.failed(cause: error.message ?? error.resultCode.description)
      }
    }
  }

  func explaining<T>(_ body: () throws -> T) throws -> T {
    try Store.explaining(path ?? "in memory", body)
  }
}
