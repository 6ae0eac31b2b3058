import Foundation

/// Work in numbered parts on several threads, each part done once, results in the order of the
/// parts.
enum Parallel {
  /// What the threads share; guarded by the condition.
  private final class Board<Value>: @unchecked Sendable {
    let condition = NSCondition()
    var next = 0
    var results: [Result<Value, any Error>?]
    var running = 0

    init(parts: Int) { results = .init(repeating: nil, count: parts) }
  }

  private struct Work<Worker, Value>: @unchecked Sendable {
    var begin: () throws -> Worker
    var body: (Worker, Int) throws -> Value
  }

  /// Runs a body for every part.
  ///
  /// - Parameters:
  ///   - parts: how many there are.
  ///   - threads: how many work at once; one works on the caller's own thread.
  ///   - begin: makes what a thread needs for itself, as a reader of the database.
  ///   - body: does one part.
  /// - Returns: one result a part, in their order, whatever thread did it.
  /// - Throws: the error of the first part that failed; later parts are not begun then.
  static func run<Worker, Value>(
    parts: Int, threads: Int, begin: @escaping () throws -> Worker,
    body: @escaping (Worker, Int) throws -> Value
  ) throws -> [Value] {
    let board = Board<Value>(parts: parts)
    let work = Work(begin: begin, body: body)
    let extra = max(0, min(threads, parts) - 1)
    board.running = extra
    for _ in 0..<extra {
      let thread = Thread {
        take(board, work)
        board.condition.lock()
        board.running -= 1
        board.condition.broadcast()
        board.condition.unlock()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    take(board, work)
    board.condition.lock()
    while board.running > 0 { board.condition.wait() }
    board.condition.unlock()
    var values: [Value] = []
    for result in board.results {
      guard let result else { break }
      values.append(try result.get())
    }
    return values
  }

  /// Shares of some elements, as large as they may be and smaller towards the end, so that no
  /// thread works long on a last one alone.
  static func shares(of count: Int, atMost largest: Int) -> [Range<Int>] {
    var shares: [Range<Int>] = []
    var first = 0
    while first < count {
      let share = min(largest, max((count - first + 3) / 4, min(largest, 8)))
      shares.append(first..<min(count, first + share))
      first += share
    }
    return shares
  }

  /// Takes parts until none is left or one has failed.
  private static func take<Worker, Value>(_ board: Board<Value>, _ work: Work<Worker, Value>) {
    var worker: Worker?
    while let part = nextPart(board) {
      let result = Result {
        let ready = try worker ?? work.begin()
        worker = ready
        return try work.body(ready, part)
      }
      board.condition.lock()
      board.results[part] = result
      // Nothing behind a failure is begun; what lies before it is.
      if case .failure = result { board.next = board.results.count }
      board.condition.unlock()
    }
  }

  private static func nextPart<Value>(_ board: Board<Value>) -> Int? {
    board.condition.lock()
    defer { board.condition.unlock() }
    guard board.next < board.results.count else { return nil }
    defer { board.next += 1 }
    return board.next
  }
}
