import Foundation
import Ingest
import Storage

/// A folder of new logs, or one file, and how they are read.
public struct NightInbox {
  /// The path of the folder or file.
  public var path: String
  /// How files are read.
  public var options: ReadingOptions
  /// What tells these options from others.
  public var reading: String
  /// What later versions of files are known by, as far as it is the same of all.
  public var origin: FileOrigin

  /// A folder or file, with how it is read.
  public init(path: String, options: ReadingOptions, reading: String, origin: FileOrigin) {
    self.path = path
    self.options = options
    self.reading = reading
    self.origin = origin
  }

  /// What lies there; none where a file is not there yet.
  func files() throws -> FoundFiles { try NightInbox.files(at: path) }

  /// What lies in an inbox of a path.
  static func files(at path: String) throws -> FoundFiles {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return FoundFiles()
    }
    if isFolder.boolValue { return try LogFolder(path, followsLinks: false).files() }
    let folder = path.folderOfPath.isEmpty ? "." : path.folderOfPath
    return try LogFolder(folder, followsLinks: false).file(path.nameOfPath)
  }
}
