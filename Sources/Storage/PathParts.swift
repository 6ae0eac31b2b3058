import Foundation
import SystemPackage

/// Parts of a path, by its bytes: every path that the system takes has them, whatever its length or
/// form.
extension String {
  /// The folder that a path leads into; empty for a name alone.
  public var folderOfPath: String { FilePath(self).removingLastComponent().string }

  /// The last name of a path; empty where it has none, as the root.
  public var nameOfPath: String { FilePath(self).lastComponent?.string ?? "" }

  /// What follows the last point of the last name; empty where nothing does.
  public var endingOfPath: String { FilePath(self).extension ?? "" }

  /// The last name without its ending.
  public var stemOfPath: String { FilePath(self).stem ?? "" }

  /// A path from the root, without points and double slashes.
  public var absolutePath: String {
    let path = FilePath(self)
    let whole =
      path.isAbsolute ? path : FilePath(FileManager.default.currentDirectoryPath).pushing(path)
    return whole.lexicallyNormalized().string
  }
}
