import Foundation
import Ingest
import Records
import Storage

/// What went wrong with a file, with the path and the system's reason.
public enum FileError: Error, CustomStringConvertible {
  /// No file of a path.
  case missing(String)
  /// A file that may not be read, with the system's cause.
  case unreadable(String, String)
  /// A folder, a pipe or a device.
  case notRegular(String)
  /// Reading that failed, with the system's cause.
  case readFailed(String, String)
  /// A file of the inbox that stays there, with the system's cause.
  case moveFailed(String, String)
  /// Writing that failed, with the system's cause.
  case writeFailed(String, String)

  /// What is wrong and what to do next.
  public var description: String {
    switch self {
    case .missing(let path): "there is no file \(path). Check the path."
    case .unreadable(let path, let cause):
      "\(path) cannot be read: \(cause). Check its permissions."
    case .notRegular(let path): "\(path) is not a regular file. Pass a file or a folder."
    case .readFailed(let path, let cause): "reading \(path) failed: \(cause). Try again."
    case .moveFailed(let path, let cause):
      "\(path) cannot be moved to the archive: \(cause). Check the permissions of its folder."
    case .writeFailed(let path, let cause):
      "\(path) cannot be written: \(cause). Check the folder and the free space."
    }
  }

  /// The code that a command ends with.
  public var exit: Exit {
    switch self {
    case .missing, .unreadable, .notRegular: .noInput
    case .readFailed: .inputOutput
    case .moveFailed, .writeFailed: .cannotCreate
    }
  }
}

/// The system's words for what it refused last.
public func systemCause() -> String { String(cString: strerror(errno)) }

/// A regular file, opened once and read as often as needed.
public final class InputFile: ByteSource {
  /// How messages call it.
  public let path: String
  /// Its bytes.
  public let size: Int
  /// As it was opened.
  public let stamp: FileStamp
  /// How many names it has.
  let links: Int
  private let descriptor: Int32

  /// Opens a regular file; anything else (a pipe, a device) is refused without waiting for it.
  public convenience init(path: String) throws {
    try self.init(descriptor: open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), path: path)
  }

  /// A regular file by what the system gave for it, without waiting; negative is the system's
  /// refusal.
  init(descriptor: Int32, path: String) throws {
    self.path = path
    self.descriptor = descriptor
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? FileError.missing(path) : FileError.unreadable(path, systemCause())
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileError.notRegular(path)
    }
    size = Int(status.st_size)
    stamp = FileStamp(status)
    links = Int(status.st_nlink)
  }

  /// Copies standard input into a private file without a name.
  public init(standardInput: Void) throws {
    path = "standard input"
    descriptor = try temporaryFile()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while true {
      let count = Foundation.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError.readFailed(path, systemCause())
      }
      if count == 0 { break }
      try writeAll(descriptor, buffer[..<count], path: "a temporary file")
      total += count
    }
    size = total
    links = 0
    var status = stat()
    fstat(descriptor, &status)
    stamp = FileStamp(status)
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  /// Goes back to the first byte.
  public func rewind() { lseek(descriptor, 0, SEEK_SET) }

  /// The next bytes, at most as many as the buffer holds; 0 at the end.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw FileError.readFailed(path, systemCause()) }
    }
  }

  /// Whether somebody has written to the file since it was opened.
  var isBeingWritten: Bool {
    var status = stat()
    guard links > 0, fstat(descriptor, &status) == 0 else { return false }
    let now = FileStamp(status)
    return now.bytes != stamp.bytes || now.modified != stamp.modified
  }

  /// Whether the last line has no end: it may be half of one.
  var endsOpen: Bool {
    var last: [UInt8] = [0, 0]
    let count = pread(descriptor, &last, 2, off_t(max(size - 2, 0)))
    guard count > 0 else { return false }
    // In UTF-16 a line feed has a byte of zeros beside it.
    let isWide = count == 2 && last[1] == 0
    let end = isWide ? last[0] : last[count - 1]
    return end != 0x0A && end != 0x0D
  }

  /// Takes the rights of others away.
  func makePrivate() { _ = setPrivate(descriptor) }

  /// Writes the content to a file that is there, with the time it was written at.
  func copy(to path: String) throws {
    let target = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard target >= 0 else { throw FileError.writeFailed(path, systemCause()) }
    defer { close(target) }
    rewind()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
      if count == 0 { break }
      try writeAll(target, buffer[..<count], path: path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return }
    var times = [status.st_atim, status.st_mtim]
    futimens(target, &times)
  }

  /// The SHA-256 of the content; the file is rewound.
  func sha256() throws -> String {
    var hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(into: buffer)
      if count == 0 { break }
      hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    rewind()
    return hash.finish()
  }
}

/// Writes all bytes, however many the system takes at once.
public func writeAll(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>, path: String) throws {
  var rest = bytes
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      throw FileError.writeFailed(path, systemCause())
    }
    rest = rest.dropFirst(count)
  }
}

/// Makes a folder private to the user unless it is there.
public func makeFolder(_ path: String) throws {
  let parent = path.folderOfPath
  if mkdir(path, 0o700) == 0 { return try syncFolder(parent) }
  if errno == EEXIST {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
    throw FileError.writeFailed(path, "it is not a folder")
  }
  guard errno == ENOENT else { throw FileError.writeFailed(path, systemCause()) }
  guard !parent.isEmpty, parent != path else { throw FileError.writeFailed(path, systemCause()) }
  try makeFolder(parent)
  if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileError.writeFailed(path, systemCause()) }
  try syncFolder(parent)
}

/// Replaces a file as a whole: readers see the old content or the new, also after a power cut.
///
/// - Parameters:
///   - path: the file to replace; mode 0600 unless others may read it.
///   - write: writes the content to the temporary path it is given, in the same folder.
public func replaceFile(
  _ path: String, for access: ReportAccess = .owner, write: (_ temporary: String) throws -> Void
) throws {
  let folder = path.folderOfPath
  let name = path.nameOfPath
  let temporary = (folder.isEmpty ? "" : folder + "/") + ".\(name).\(getpid()).tmp"
  defer { unlink(temporary) }
  let created = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
  guard created >= 0 else { throw FileError.writeFailed(path, systemCause()) }
  // The lock says that somebody is still writing, for as long as that is so.
  defer { close(created) }
  flock(created, LOCK_EX | LOCK_NB)
  try write(temporary)
  let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError.writeFailed(path, systemCause()) }
  defer { close(descriptor) }
  guard access.apply(to: descriptor), fsync(descriptor) == 0, rename(temporary, path) == 0 else {
    throw FileError.writeFailed(path, systemCause())
  }
  try syncFolder(folder)
}

/// Makes the names of a folder outlast a power cut.
func syncFolder(_ path: String) throws {
  let path = path.isEmpty ? "." : path
  let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard folder >= 0 else { throw FileError.writeFailed(path, systemCause()) }
  defer { close(folder) }
  guard fsync(folder) == 0 else { throw FileError.writeFailed(path, systemCause()) }
}

/// Removes what `replaceFile` was writing in a folder when its process was killed.
func removeLeftovers(in folder: String) {
  for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
    let path = folder + "/" + name
    if name.hasPrefix("."), name.hasSuffix(".tmp") {
      var status = stat()
      // A link on its way to its place: nobody else makes any here.
      if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { unlink(path) }
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
      close(descriptor)
    } else if name.hasPrefix("tmp."), name.utf8.count == 14, isPrivateFile(path) {
      // What the workbook writer makes, and takes out of the folder at once if it can.
      unlink(path)
    }
  }
}

private func isPrivateFile(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode == S_IFREG | 0o600
}

/// Opens a private file without a name, which is gone when it is closed.
func temporaryFile() throws -> Int32 {
  var template = Array("\(temporaryFolder())/lumbar-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else { throw FileError.writeFailed("a temporary file", systemCause()) }
  unlink(template)
  return descriptor
}

/// The folder for files of a moment.
public func temporaryFolder() -> String {
  ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
}

/// Replaces a file by a text.
public func replaceFile(_ path: String, for access: ReportAccess = .owner, text: String) throws {
  try replaceFile(path, for: access, bytes: Array(text.utf8))
}

/// Replaces a file by bytes.
public func replaceFile(
  _ path: String, for access: ReportAccess = .owner, bytes: [UInt8]
) throws {
  try replaceFile(path, for: access) { temporary in
    let descriptor = open(temporary, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError.writeFailed(path, systemCause()) }
    defer { close(descriptor) }
    try writeAll(descriptor, bytes[...], path: path)
  }
}

/// Removes what a copy of a database that was killed left beside the place of the copy.
func removeUnfinished(beside path: String) {
  let folder = path.folderOfPath.isEmpty ? "." : path.folderOfPath
  for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  where name.hasPrefix(path.nameOfPath + ".")
    && (name.hasSuffix(".tmp") || name.hasSuffix(".tmp-journal"))
  {
    unlink(folder + "/" + name)
  }
}

/// A path from the root without links, as far as it is there.
func realPath(_ path: String) -> String {
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  var real = ""
  let names = path.absolutePath.split(separator: "/")
  for (index, name) in names.enumerated() {
    let next = real + "/" + name
    guard next.utf8.count < buffer.count, realpath(next, &buffer) != nil else {
      return real + "/" + names[index...].joined(separator: "/")
    }
    real = String(
      decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if real == "/" { real = "" }
  }
  return real.isEmpty ? "/" : real
}
