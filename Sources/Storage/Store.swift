import Foundation
import GRDB
import Records

/// The one SQLite file that holds everything: opened, checked and migrated here, and nowhere else.
///
/// Rollback journal with synchronous=EXTRA: what a finished transaction reported is on the disk, also
/// after a power cut. Every import of a file is one transaction.
public final class Store {
  /// Where the database lies; nil in memory.
  public let path: String?
  let queue: DatabaseQueue
  /// Whose rows imports leave out, by id: people who were forgotten; nil for nobody.
  public var isForgotten: (@Sendable (String) -> Bool)?
  private var soundness: SoundnessCheck?
  /// Whether a full check has to come before the first write.
  private var isUnchecked: Bool

  private init(path: String?, queue: DatabaseQueue, isUnchecked: Bool = false) {
    self.path = path
    self.queue = queue
    self.isUnchecked = isUnchecked
  }

  deinit { soundness?.cancel() }

  /// Begins to look through the database for damage, while the caller finds out what to write.
  public func beginSoundnessCheck() throws {
    guard isUnchecked, soundness == nil, let path else { return }
    soundness = try SoundnessCheck(path: path)
  }

  /// Spares the look through the database: the caller knows that nobody has written to the file since one.
  public func takeForSound() { isUnchecked = false }

  /// Waits until the database is known to be sound: before the first write of a run, and before anybody
  /// is told that all is well.
  ///
  /// - Throws: `StorageError.damaged`; nothing has been written then.
  public func awaitSoundness() throws {
    guard isUnchecked else { return }
    try beginSoundnessCheck()
    try soundness?.wait()
    soundness = nil
    isUnchecked = false
  }

  /// Opens a database for writing, creating it (file 0600, folder 0700) when there is none.
  ///
  /// - Parameter path: the file's path.
  /// - Throws: `StorageError`; a file that is no database of lumbar keeps every byte.
  public static func open(creating path: String) throws -> Store {
    if !FileManager.default.fileExists(atPath: path) { try createFile(path) }
    return try open(existing: path, writing: true)
  }

  /// Opens a database that must be there.
  public static func open(existing path: String, writing: Bool = false) throws -> Store {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StorageError.missing(path: path)
    }
    var status = stat()
    let size = stat(path, &status) == 0 ? Int(status.st_size) : 0
    // SQLite takes a file shorter than its header for an empty database and would write over it.
    if (1..<100).contains(size) { throw StorageError.notADatabase(path: path) }
    return try explaining(path) {
      var configuration = configuration()
      // Opened for writing also to read: only a writer may roll back what a killed run left.
      configuration.readonly = !FileManager.default.isWritableFile(atPath: path)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      // Health data: a file that others may read, as one copied here by hand, is closed to them.
      if writing, status.st_mode & 0o077 != 0 { chmod(path, 0o600) }
      let version = try queue.inDatabase { try check($0, path: path, writing: writing) }
      let store = Store(path: path, queue: queue, isUnchecked: writing && version ?? 0 > 0)
      // A database of an earlier version is brought up to date also to be read.
      if version == nil {
        try queue.inDatabase(Schema.create)
      } else if let version, version < Schema.version, writing || !configuration.readonly {
        try store.awaitSoundness()
        // As it was, in case this version or the disk fails: to be removed when all is well.
        let copy = "\(path).schema-\(version)"
        try store.copy(to: copy)
        try Schema.migrator.migrate(queue)
        try queue.write {
          try $0.execute(sql: "INSERT OR REPLACE INTO backup VALUES (?, '')", arguments: [copy])
        }
      }
      return store
    }
  }

  /// A database in memory, for dry runs and tests.
  public static func inMemory() throws -> Store {
    let queue = try DatabaseQueue(configuration: configuration())
    _ = try queue.inDatabase { try check($0, path: "in memory", writing: true) }
    try queue.inDatabase(Schema.create)
    return Store(path: nil, queue: queue)
  }

  private static func createFile(_ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      if !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      }
    } catch {
      throw StorageError.cannotOpen(path: path, cause: "its folder cannot be created")
    }
    let descriptor = Foundation.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StorageError.cannotOpen(path: path, cause: String(cString: strerror(errno)))
    }
    close(descriptor)
  }

  private static func configuration() -> Configuration {
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
    if version == 0, !writing { throw StorageError.missing(path: path) }
    guard version <= Schema.version else {
      throw StorageError.newer(path: path, version: version, known: Schema.version)
    }
    try limitCache(database)
    return version
  }

  /// SQLite counts the pages of its cache by the page size that it knows of: first then is the limit
  /// what it says.
  private static func limitCache(_ database: Database) throws {
    try database.execute(sql: "PRAGMA cache_size = -12288")
  }

  /// Runs a closure and puts SQLite's error codes into words.
  static func explaining<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_NOTADB: throw StorageError.notADatabase(path: path)
      case .SQLITE_CORRUPT: throw StorageError.damaged(path: path, cause: error.message ?? "")
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw StorageError.busy(path: path)
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
