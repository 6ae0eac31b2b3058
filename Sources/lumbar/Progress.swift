import Foundation

/// A bar on stderr for work over a second, on a terminal only.
final class Progress {
  private let label: String
  private let total: Int
  private let start = ContinuousClock.now
  private var next: ContinuousClock.Instant
  private var isShown = false
  private static let width = 30

  /// Nil where nobody watches.
  init?(_ label: String, total: Int) {
    guard isatty(STDERR_FILENO) == 1, total > 0 else { return nil }
    self.label = label
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
