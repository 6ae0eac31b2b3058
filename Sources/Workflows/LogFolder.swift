import Foundation
import Ingest
import Storage
import SystemPackage

/// A folder of logs. Others may write to it: no link in it is followed unless that was asked for,
/// and what is done to a file is done to the one that was read.
public final class LogFolder {
  /// The folder's path, as it was given.
  public let path: FilePath
  private let root: Int32
  private let followsLinks: Bool

  /// Opens a folder.
  ///
  /// - Parameter followsLinks: whether a link to a file is read as that file.
  public init(_ path: String, followsLinks: Bool) throws {
    self.path = FilePath(path)
    self.followsLinks = followsLinks
    root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw FileError.unreadable(path, systemCause()) }
  }

  deinit { close(root) }

  /// Files below the folder, in the order of their names.
  public func files() -> FoundFiles {
    var listing = FoundFiles()
    list(FilePath(), depth: 0, into: &listing)
    listing.logs.sort { $0.path.string < $1.path.string }
    return listing
  }

  /// One file of the folder.
  func file(_ name: String) -> FoundFiles {
    var listing = FoundFiles()
    let file = LogFile(below: FilePath(name), of: self)
    var status = stat()
    if lstat(file.path.string, &status) == 0, status.st_mode & S_IFMT == S_IFLNK, !followsLinks {
      listing.left.append(
        (file, "it is a link, and none is followed here. Put the file itself there."))
    } else {
      listing.logs.append(file)
    }
    return listing
  }

  /// Folders within folders that are looked into; each takes an open file while it is.
  private static let mostLevels = 32
  private static let endings: Set<String> = [
    "csv", "tsv", "txt", "json", "ndjson", "jsonl", "xlsx", "xlsm", "xls", "ods",
  ]

  private func list(_ below: FilePath, depth: Int, into listing: inout FoundFiles) {
    let folder = LogFile(below: below, of: self)
    guard depth <= LogFolder.mostLevels else {
      return listing.left.append((folder, "it lies too deep in folders. Move it up."))
    }
    let descriptor = descend(below, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0, let stream = fdopendir(descriptor) else {
      if descriptor >= 0 { close(descriptor) }
      return listing.left.append(
        (folder, "the folder cannot be read: \(systemCause()). Check its permissions."))
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) {
          FilePath.Component(platformString: $0)
        }
      }
      guard let name, name.kind == .regular else { continue }
      if name.string.hasPrefix(".") {
        // What a night was taking away when it was killed; it lies in the archive.
        if name.string.wholeMatch(of: /\.lumbar\.\d+\.tmp/) != nil, !followsLinks {
          unlinkat(descriptor, name.platform, 0)
        }
        continue
      }
      let path = below.appending(name)
      var status = stat()
      guard fstatat(descriptor, name.platform, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      let file = LogFile(below: path, of: self)
      let mayBeLog = LogFolder.endings.contains(name.extension?.lowercased() ?? "")
      switch status.st_mode & S_IFMT {
      case S_IFDIR: list(path, depth: depth + 1, into: &listing)
      case S_IFLNK where !followsLinks:
        listing.left.append(
          (file, "it is a link, and none is followed here. Put the file itself there."))
      default: if mayBeLog { listing.logs.append(file) }
      }
    }
  }

  /// Opens what lies below the folder, one name after the other; negative when a link is on the
  /// way, or the system refuses.
  private func descend(_ below: FilePath, _ flags: Int32) -> Int32 {
    let stays = followsLinks ? 0 : O_NOFOLLOW
    var folder = fcntl(root, F_DUPFD_CLOEXEC, 0)
    guard !below.isEmpty else {
      close(folder)
      // A descriptor of its own: those that share a place in the folder read on where others
      // stopped.
      return openat(root, ".", flags | O_CLOEXEC)
    }
    let names = Array(below.components)
    for (index, name) in names.enumerated() {
      guard folder >= 0 else { return folder }
      let isLast = index == names.count - 1
      let next = openat(
        folder, name.platform,
        isLast ? flags | stays | O_CLOEXEC : O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let code = errno
      close(folder)
      errno = code
      folder = next
    }
    return folder
  }

  /// Opens a file to read it.
  fileprivate func input(_ below: FilePath) throws -> InputFile {
    try InputFile(
      descriptor: descend(below, O_RDONLY | O_NONBLOCK), path: path.pushing(below).string)
  }

  /// What the system says of a file; nil when there is none.
  fileprivate func stamp(_ below: FilePath) -> FileStamp? {
    let descriptor = descend(below.removingLastComponent(), O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0, let name = below.lastComponent else { return nil }
    defer { close(descriptor) }
    var status = stat()
    let flags = followsLinks ? 0 : AT_SYMLINK_NOFOLLOW
    return fstatat(descriptor, name.platform, &status, flags) == 0 ? FileStamp(status) : nil
  }

  // MARK: Archive

  /// Moves a file that was read to another folder; where it cannot be moved, it is copied.
  ///
  /// - Parameters:
  ///   - below: the file's path below the folder.
  ///   - read: the file as it was read: one that was written to since, or is another one, stays.
  ///   - archive: the folder, which is lumbar's own.
  ///   - clear: takes what is not to be kept out of a copy, false when nothing is left; nil where
  ///     everything is kept.
  fileprivate func move(
    _ below: FilePath, read: FileStamp, to archive: String, clear: ((String) throws -> Bool)?
  ) throws {
    guard let name = below.lastComponent else { return }
    let folder = descend(below.removingLastComponent(), O_RDONLY | O_DIRECTORY)
    let target = open(archive, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { for descriptor in [folder, target] where descriptor >= 0 { close(descriptor) } }
    guard target >= 0 else { throw FileError.writeFailed(archive, systemCause()) }
    guard folder >= 0, let input = try? self.input(below), input.stamp == read else { return }
    let kept = try LogFolder.freeName(name, in: target, for: input)
    if input.links == 1, clear == nil, renameat(folder, name.platform, target, kept) == 0 {
      guard leads(kept, in: target, to: input.stamp) else {
        // Another one took its place a moment ago.
        renameat(target, kept, folder, name.platform)
        return
      }
      // Others may have been able to read it where it was dropped.
      input.makePrivate()
      try syncFolder(archive)
      guard fsync(folder) == 0 else { throw FileError.writeFailed(path.string, systemCause()) }
      return
    }
    do {
      try replaceFile(archive + "/" + kept) { temporary in
        try input.copy(to: temporary)
        if let clear, try !clear(temporary) { throw NothingLeft() }
      }
    } catch is NothingLeft {
      // Nothing of the file is to be kept.
    }
    // Another file that takes the place now is put back.
    let aside = ".lumbar.\(getpid()).tmp"
    guard renameat(folder, name.platform, folder, aside) == 0 else {
      throw FileError.moveFailed(path.pushing(below).string, systemCause())
    }
    guard leads(aside, in: folder, to: input.stamp) else {
      renameat(folder, aside, folder, name.platform)
      return
    }
    unlinkat(folder, aside, 0)
  }

  /// A name in the archive that nothing has yet; that of a file is kept where it can be.
  ///
  /// Bytes that are no UTF-8 become U+FFFD, so that every name can be shown and typed.
  private static func freeName(
    _ name: FilePath.Component, in archive: Int32, for input: InputFile
  ) throws -> String {
    func isFree(_ name: String) -> Bool {
      var status = stat()
      return fstatat(archive, name, &status, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT
    }
    let own = shortName(name.string)
    if isFree(own) { return own }
    let sum = try input.sha256()
    for number in 1...10_000 {
      let start = sum.prefix(8) + "-" + (number == 1 ? "" : "\(number)-")
      let candidate = shortName(start + name.string)
      if isFree(candidate) { return candidate }
    }
    throw FileError.moveFailed(input.path, "the archive holds too many files of its name")
  }

  private struct NothingLeft: Error {}

  /// Whether a name of a folder leads to a file itself.
  private func leads(_ name: String, in folder: Int32, to stamp: FileStamp) -> Bool {
    var status = stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return false }
    let found = FileStamp(status)
    return found.device == stamp.device && found.inode == stamp.inode
  }
}

/// A name so short that a temporary name can be made of it (NAME_MAX is 255 bytes): its ending
/// stays.
func shortName(_ name: String) -> String {
  let most = 200
  guard name.utf8.count > most else { return name }
  let ending = name.endingOfPath.utf8.count < 20 ? "." + name.endingOfPath : ""
  var stem = name.stemOfPath.unicodeScalars
  while String(stem).utf8.count + ending.utf8.count > most { stem.removeLast() }
  return String(stem) + ending
}

/// Files to import.
public struct FoundFiles {
  /// Files that may be logs: in folders by their endings, hidden ones left aside. Workbooks are
  /// among them: reading them says what is wrong.
  public var logs: [LogFile] = []
  /// What is left alone, with the reason.
  public var left: [(file: LogFile, why: String)] = []

  /// None yet.
  public init() {}

  /// The files at some paths, folders opened; `-` is standard input.
  ///
  /// - Throws: for a folder without a file that may be a log.
  public init(at paths: [String]) throws {
    for path in paths {
      var isFolder: ObjCBool = false
      if path == "-" {
        // Whoever writes to it may take their time: the database is not opened yet.
        logs.append(LogFile(standardInput: try InputFile(standardInput: ())))
      } else if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        isFolder.boolValue
      {
        let found = try LogFolder(path, followsLinks: true).files()
        if found.logs.isEmpty, found.left.isEmpty {
          throw Failure(.noInput, "the folder \(path) holds no .csv, .tsv, .txt or .json file.")
        }
        logs += found.logs
        left += found.left
      } else {
        logs.append(LogFile(named: path))
      }
    }
  }
}

/// A file to import: one of a folder, one that was named, or standard input.
public struct LogFile {
  /// How messages call it.
  public let path: FilePath
  private enum Place {
    case below(FilePath, of: LogFolder)
    case named
    case opened(InputFile)
  }
  private let lies: Place

  fileprivate init(below: FilePath, of folder: LogFolder) {
    path = folder.path.pushing(below)
    lies = .below(below, of: folder)
  }

  /// A file that somebody named.
  public init(named path: String) {
    self.path = FilePath(path)
    lies = .named
  }

  /// What was read from standard input.
  public init(standardInput: InputFile) {
    path = "-"
    lies = .opened(standardInput)
  }

  /// The name that the database knows it by.
  public var name: String { path.lastComponent?.string ?? path.string }

  /// What tells its path from others: nobody reads the path itself in the database. Nil for
  /// standard input.
  var place: String? {
    if case .opened = lies { return nil }
    return placeKey(of: path.string)
  }

  /// Opens it.
  func open() throws -> InputFile {
    switch lies {
    case .below(let below, let folder): try folder.input(below)
    case .named: try InputFile(path: path.string)
    case .opened(let input): input
    }
  }

  /// What the system says of it; nil when there is none.
  var stamp: FileStamp? {
    switch lies {
    case .below(let below, let folder): folder.stamp(below)
    case .named: FileStamp(path: path.string)
    case .opened: nil
    }
  }

  /// Moves a file of a folder to the archive; see `LogFolder.move`.
  func move(
    read: FileStamp, to archive: String, clear: ((String) throws -> Bool)?
  ) throws {
    guard case .below(let below, let folder) = lies else { return }
    try folder.move(below, read: read, to: archive, clear: clear)
  }
}

extension FilePath.Component {
  /// The name's bytes, as the system takes them.
  fileprivate var platform: [CChar] {
    withPlatformString { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
  }
}

/// What tells the path of a file from others, by which its next version is known. The path itself,
/// which may name people, is not kept.
public func placeKey(of path: String) -> String { SHA256.hex(of: realPath(path).utf8) }
