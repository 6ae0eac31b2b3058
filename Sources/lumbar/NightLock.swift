import Foundation
import Storage

/// One nightly run at a time: a lock of the system on a file beside the database, which ends with the
/// process however it ends.
///
/// The file names the process that holds it. A night that went well leaves there how it left the database,
/// so that the next one need not look through a file that nobody has written to since.
final class NightLock {
  /// A database that was sound.
  struct Sound: Equatable {
    /// The file as the night left it.
    var stamp: FileStamp
    /// When all of it was last looked through, in seconds since 1970.
    var lookedThrough: Int64

    /// For how long the word of an earlier night is taken: what a disk loses, no stamp shows.
    private static let longest: Int64 = 7 * 86_400

    /// Whether it tells of a file as it is now.
    func holds(of path: String, now: Int64) -> Bool {
      (0..<Sound.longest).contains(now - lookedThrough) && FileStamp(path: path) == stamp
    }
  }

  private let path: String
  private let descriptor: Int32
  private let firstLine: String
  /// What the last night left, if it went well.
  let sound: Sound?

  /// Takes the lock, waiting at most some seconds for another run.
  ///
  /// - Throws: `Failure` with exit 75, naming the other run's process and how long it has been running.
  init(besides database: String, wait seconds: Double, now: Moment) throws {
    path = database + ".nightly"
    descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileError.writeFailed(path, systemCause()) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        let cause = systemCause()
        close(descriptor)
        throw FileError.writeFailed(path, cause)
      }
      if now.elapsed >= seconds {
        let other = NightLock.words(descriptor)
        close(descriptor)
        throw Failure(
          .busy,
          "another nightly run holds the database\(other). Wait for it and try again; nightly waits "
            + "with --wait SECONDS.")
      }
      usleep(100_000)
    }
    sound = NightLock.numbers(descriptor).dropFirst().first.flatMap(Sound.init)
    firstLine = "\(getpid()) \(Int(Date().timeIntervalSince1970))\n"
    // A night that does not come to its end leaves no second line.
    try write(firstLine)
  }

  /// Leaves word of the database for the next night.
  func note(_ sound: Sound) throws { try write(firstLine + sound.line + "\n") }

  private func write(_ text: String) throws {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw FileError.writeFailed(path, systemCause())
    }
    try writeAll(descriptor, Array(text.utf8)[...], path: path)
  }

  /// The numbers of the file, line by line.
  private static func numbers(_ descriptor: Int32) -> [[Int64]] {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: "\n").map
    {
      $0.split(separator: " ").compactMap { Int64($0) }
    }
  }

  private static func words(_ descriptor: Int32) -> String {
    guard let parts = numbers(descriptor).first, parts.count == 2 else { return "" }
    let age = max(0, Int64(Date().timeIntervalSince1970) - parts[1])
    return " (process \(parts[0]), for \(age) s)"
  }

  deinit { close(descriptor) }
}

extension NightLock.Sound {
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

/// Ends the process when a run takes too long; what it wrote so far is whole.
func setDeadline(hours: Int) {
  let thread = Thread {
    Thread.sleep(forTimeInterval: Double(hours) * 3_600)
    say("lumbar: the nightly run took longer than \(hours) h and was ended. The next one goes on.")
    _exit(Exit.inputOutput.rawValue)
  }
  thread.stackSize = 256 << 10
  thread.start()
}
