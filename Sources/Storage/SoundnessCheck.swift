import Foundation
import GRDB
import Synchronization

/// Looks through a whole database for damage, on a second thread and connection, while the first one
/// finds out whether anything is to be written at all.
///
/// Nothing may be written before `wait` has returned. O(size of the database).
final class SoundnessCheck: @unchecked Sendable {
  private let path: String
  private let queue: DatabaseQueue
  private let condition = NSCondition()
  private var outcome: Result<Void, any Error>?
  private let isCancelled = Atomic(false)

  /// Starts the check of a database that has been opened before: a journal left by a killed run is
  /// rolled back by then.
  init(path: String) throws {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(60)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cell_size_check = ON") }
    queue = try DatabaseQueue(path: path, configuration: configuration)
    let thread = Thread { [self] in
      let result = Result { try Store.explaining(path) { try look() } }
      condition.lock()
      outcome = result
      condition.broadcast()
      condition.unlock()
    }
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func look() throws {
    let cause: String?
    do {
      cause = try queue.read { database in
        try PageCheck.verdict(
          database, threads: min(2, ProcessInfo.processInfo.activeProcessorCount)
        ) { [self] in isCancelled.load(ordering: .relaxed) }
      }
    } catch is DatabasePages.NotPossible {
      // SQLite's own check is slower and understands every file.
      let verdict = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
      cause = verdict == "ok" ? nil : verdict ?? "no answer"
    }
    if let cause { throw StorageError.damaged(path: path, cause: cause) }
  }

  /// Waits for the verdict.
  ///
  /// - Throws: `StorageError.damaged`.
  func wait() throws {
    condition.lock()
    while outcome == nil { condition.wait() }
    let found = outcome
    condition.unlock()
    try found?.get()
  }

  /// Ends the check early: nobody will write. Returns when its thread is done with the file.
  func cancel() {
    isCancelled.store(true, ordering: .relaxed)
    condition.lock()
    while outcome == nil {
      // Interrupted again in case the check was about to begin.
      queue.interrupt()
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.01))
    }
    condition.unlock()
  }
}
