import Dispatch
import Foundation
import Records
import Synchronization
import Workflows

/// Looks through a database with a bar, where somebody watches.
func watchedLook(bytes: Int64, _ look: () throws -> Void) throws {
  let watch = LookWatch(bytes: bytes)
  defer { watch?.end() }
  try look()
}

/// A bar for as long as a database is looked through, which reads each of its bytes once.
final class LookWatch: Sendable {
  private let isDone = Atomic(false)
  private let isCleared = DispatchSemaphore(value: 0)

  /// Nil where nobody watches.
  init?(bytes: Int64) {
    guard let bar = Progress("looking through the database", total: Int(bytes)) else { return nil }
    let start = LookWatch.bytesRead()
    Thread { [self] in
      while !isDone.load(ordering: .relaxed) {
        bar.update(LookWatch.bytesRead() - start)
        Thread.sleep(forTimeInterval: 0.05)
      }
      bar.clear()
      isCleared.signal()
    }.start()
  }

  /// Takes the bar away.
  func end() {
    isDone.store(true, ordering: .relaxed)
    isCleared.wait()
  }

  /// How many bytes this process has read so far.
  private static func bytesRead() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/io", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").first.flatMap { $0.split(separator: " ").last }
      .flatMap { Int($0) } ?? 0
  }
}

/// A bar on stderr for work over a second, on a terminal only.
final class Progress: WorkWatch, @unchecked Sendable {
  private let label: String
  private let total: Int
  private let start = ContinuousClock.now
  private var next: ContinuousClock.Instant
  private var isShown = false
  private static let width = 30

  /// Nil where nobody watches.
  init?(_ label: String, total: Int) {
    guard isatty(STDERR_FILENO) == 1, total > 0 else { return nil }
    self.label = visible(label)
    self.total = total
    next = start + .seconds(1)
  }

  deinit { clear() }

  /// Says how much is done, a few times a second.
  func update(_ done: Int) {
    let now = ContinuousClock.now
    guard now >= next else { return }
    next = now + .milliseconds(200)
    isShown = true
    FileHandle.standardError.write(Data(("\r" + Progress.line(label, done, of: total)).utf8))
  }

  /// Takes the bar away.
  func clear() {
    guard isShown else { return }
    isShown = false
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }

  /// The bar as text.
  static func line(_ label: String, _ done: Int, of total: Int) -> String {
    let share = min(max(Double(done) / Double(max(total, 1)), 0), 1)
    let filled = Int(share * Double(width))
    return "\(label)  [" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: width - filled) + "] \(Int(share * 100)) %"
  }
}
