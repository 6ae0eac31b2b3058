import Foundation

/// One nightly run at a time: a lock of the system on a file beside the database, which ends with the
/// process however it ends.
final class NightLock {
  private let path: String
  private let descriptor: Int32

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
          .busy, "another nightly run holds the database\(other). Wait for it, or use --wait.")
      }
      usleep(100_000)
    }
    ftruncate(descriptor, 0)
    let text = "\(getpid()) \(Int(Date().timeIntervalSince1970))\n"
    try writeAll(descriptor, Array(text.utf8)[...], path: path)
  }

  private static func words(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let parts = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard parts.count == 2 else { return "" }
    let age = max(0, Int(Date().timeIntervalSince1970) - parts[1])
    return " (process \(parts[0]), for \(age) s)"
  }

  deinit { close(descriptor) }
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
