import Foundation

/// What the system says of a file: while all of it stays as it was, nobody has written to the file.
public struct FileStamp: Hashable, Sendable {
  /// The file system, and the file within it.
  public var device: Int64
  /// The file's number within it.
  public var inode: Int64
  /// The file's size.
  public var bytes: Int64
  /// When the content was last written, in nanoseconds since 1970; programs can set it.
  public var modified: Int64
  /// When anything of the file last changed, likewise; the system alone sets it.
  public var changed: Int64

  /// A stamp of these numbers.
  public init(device: Int64, inode: Int64, bytes: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.bytes = bytes
    self.modified = modified
    self.changed = changed
  }

  /// The stamp in what the system says of a file.
  public init(_ status: stat) {
    func nanoseconds(_ time: timespec) -> Int64 {
      Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
    self.init(
      device: Int64(truncatingIfNeeded: status.st_dev),
      inode: Int64(truncatingIfNeeded: status.st_ino), bytes: Int64(status.st_size),
      modified: nanoseconds(status.st_mtim), changed: nanoseconds(status.st_ctim))
  }

  /// The stamp of the file that a path leads to; nil when there is none.
  public init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}

/// Leaves a file to its owner alone; a file system that keeps no rights of files, as a stick's, has
/// none to take away.
///
/// - Returns: false when the system refuses for another reason, which `errno` then holds.
public func setPrivate(_ descriptor: Int32) -> Bool {
  fchmod(descriptor, 0o600) == 0 || [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(errno)
}
