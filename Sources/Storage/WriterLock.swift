import Foundation

/// One writer at a time: a lock of the system on a file beside the database, which ends with its
/// process however that ends.
///
/// Everything that writes or replaces a database takes it first, whatever name or link it was
/// called by. The file may remain; it names the process that holds the lock, and then how the last
/// run left the database, so that a file that nobody else has written to is not looked through
/// again.
public final class WriterLock {
  /// A database that was sound when a run left it.
  struct Left: Equatable {
    /// The file as the run left it.
    var stamp: FileStamp
    /// When all of it was last looked through, in seconds since 1970.
    var lookedThrough: Int64

    /// How long a look through the whole file counts: a disk that loses bytes by itself changes no
    /// stamp.
    static let longest: Int64 = 7 * 86_400

    /// Whether it tells of a file as it is now.
    func holds(of path: String) -> Bool { FileStamp(path: path) == stamp }

    /// Whether the whole file was looked through within the last week.
    func isRecent(now: Int64) -> Bool { (0..<Left.longest).contains(now - lookedThrough) }
  }

  /// The database's own path, behind all links.
  public let database: String
  /// When the lock was asked for, in seconds since 1970.
  let now: Int64
  /// What the last run left; nil when it did not come to its end.
  let left: Left?
  private let path: String
  private let descriptor: Int32
  private let firstLine: String
  private let leavesWord: Bool
  /// What the file held before, which a run that wrote nothing leaves there again.
  private let before: [UInt8]
  private var isNoted = false

  /// Takes the lock.
  ///
  /// - Parameters:
  ///   - database: the database's path; there need not be one yet, but its folder.
  ///   - seconds: how long to wait for another run.
  ///   - now: seconds since 1970.
  ///   - leavesWord: false for a database that is only met this once, as a copy: no file stays
  ///     beside it.
  /// - Throws: `StorageError.busy`, naming the other run's process and how long it has been
  ///   running; `.cannotOpen` where the lock's file cannot be made.
  public init(
    database: String, wait seconds: Double, now: Int64, leavesWord: Bool = true
  ) throws {
    let own = WriterLock.resolved(database)
    let path = own + ".lock"
    let start = ContinuousClock.now
    var taken: Int32?
    repeat {
      let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
      guard descriptor >= 0 else {
        throw StorageError.cannotOpen(path: own, cause: Store.cause())
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        // Whoever let go of it may have taken the file away: then this is the lock of nothing.
        if WriterLock.leads(path, to: descriptor) { taken = descriptor } else { close(descriptor) }
        continue
      }
      let cause = Store.cause()
      let isHeld = errno == EWOULDBLOCK || errno == EINTR
      let holder = WriterLock.holder(descriptor, now: now)
      close(descriptor)
      guard isHeld else { throw StorageError.cannotOpen(path: own, cause: cause) }
      guard ContinuousClock.now - start < .seconds(seconds) else {
        throw StorageError.busy(path: database, by: holder)
      }
      usleep(20_000)
    } while taken == nil
    self.database = own
    self.path = path
    self.now = now
    self.leavesWord = leavesWord
    descriptor = taken ?? -1
    before = WriterLock.content(descriptor)
    left = WriterLock.left(descriptor)
    firstLine = "\(getpid()) \(now)\n"
    // A run that does not come to its end leaves no second line.
    try? write(Array(firstLine.utf8))
  }

  deinit {
    if !leavesWord || !isNoted && before.isEmpty {
      unlink(path)
    } else if !isNoted {
      try? write(before)
    }
    close(descriptor)
  }

  private static func leads(_ path: String, to descriptor: Int32) -> Bool {
    var named = stat()
    var opened = stat()
    return stat(path, &named) == 0 && fstat(descriptor, &opened) == 0
      && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }

  /// The path behind links, also where the last of them leads to nothing.
  ///
  /// - Parameter links: how many are followed at most; the system takes no more either.
  static func resolved(_ path: String, links: Int = 40) -> String {
    if let whole = realPath(path) { return whole }
    let name = path.nameOfPath
    let folder = path.folderOfPath
    var link = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &link, link.count - 1)
    if count > 0, links > 0 {
      let target = String(decoding: link[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return resolved(
        target.hasPrefix("/") || folder.isEmpty ? target : folder + "/" + target,
        links: links - 1)
    }
    guard let parent = realPath(folder.isEmpty ? "." : folder) else { return path }
    return parent == "/" ? "/" + name : parent + "/" + name
  }

  private static func realPath(_ path: String) -> String? {
    guard let whole = realpath(path, nil) else { return nil }
    defer { free(whole) }
    return String(cString: whole)
  }

  /// What the last run of a database left, for who only reads it.
  static func left(of database: String) -> Left? {
    let descriptor = open(
      resolved(database) + ".lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return left(descriptor)
  }

  /// Leaves word of the database, which is sound, for the next run.
  ///
  /// - Parameter lookedThrough: when all of it was last looked through, in seconds since 1970.
  func note(lookedThrough: Int64) {
    guard let stamp = FileStamp(path: database) else { return }
    // Without this word the next run looks for itself.
    let text = firstLine + Left(stamp: stamp, lookedThrough: lookedThrough).line + "\n"
    try? write(Array(text.utf8))
    isNoted = true
  }

  private func write(_ bytes: [UInt8]) throws {
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    else { throw StorageError.cannotOpen(path: path, cause: Store.cause()) }
  }

  /// The numbers of the file, line by line.
  private static func numbers(_ descriptor: Int32) -> [[Int64]] {
    String(decoding: content(descriptor), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: " ").compactMap { Int64($0) } }
  }

  private static func content(_ descriptor: Int32) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    return Array(buffer.prefix(max(0, count)))
  }

  private static func left(_ descriptor: Int32) -> Left? {
    numbers(descriptor).dropFirst().first.flatMap(Left.init)
  }

  private static func holder(_ descriptor: Int32, now: Int64) -> String {
    guard let parts = numbers(descriptor).first, parts.count == 2 else { return "another run" }
    let seconds = now &- parts[1]
    return "another run (process \(parts[0]), for \(max(0, seconds)) s)"
  }
}

extension WriterLock.Left {
  /// Reads a line of the lock's file; nil for anything else.
  fileprivate init?(_ numbers: [Int64]) {
    guard numbers.count == 6 else { return nil }
    stamp = FileStamp(
      device: numbers[0], inode: numbers[1], bytes: numbers[2], modified: numbers[3],
      changed: numbers[4])
    lookedThrough = numbers[5]
  }

  fileprivate var line: String {
    [stamp.device, stamp.inode, stamp.bytes, stamp.modified, stamp.changed, lookedThrough]
      .map(String.init).joined(separator: " ")
  }
}
