import Foundation
import Storage

/// Files of the inbox that an earlier night read and nobody has written to since: they are known
/// without being opened.
public final class SeenFiles {
  /// The files of this night, for the next one.
  private(set) var current: [FileStamp: String] = [:]
  private let earlier: [FileStamp: String]
  /// A file that changed later may be written to once more within the same tick of the system's
  /// clock.
  private let settled: Int64

  /// - Parameters:
  ///   - earlier: the SHA-256 of files by their stamps.
  ///   - now: seconds since 1970.
  init(_ earlier: [FileStamp: String], now: Int64) {
    self.earlier = earlier
    settled = (now - 2) * 1_000_000_000
  }

  /// The SHA-256 of a file that was read before; nil for any other one.
  func sha256(of stamp: FileStamp) -> String? {
    guard let sha256 = earlier[stamp] else { return nil }
    current[stamp] = sha256
    return sha256
  }

  /// Remembers a file that was read, unless it was written to meanwhile or just before.
  ///
  /// - Parameter now: what stands in its place after it was read.
  func note(_ file: InputFile, standsAs now: FileStamp, sha256: String) {
    guard file.stamp.changed < settled, now == file.stamp else { return }
    current[file.stamp] = sha256
  }
}
