import Foundation
import Ingest
import Records

/// Reads a file on a second thread while the first one writes: each batch is handed over whole, and
/// an empty one comes back to be filled, so that memory stays at a few batches.
final class ReadAhead: @unchecked Sendable {
  private let condition = NSCondition()
  private var waiting: [Batch] = []
  private var empty: [Batch] = []
  private var outcome: Result<ReadingSummary, any Error>?
  private var isCancelled = false
  /// Batches that may wait; a reader that is further ahead pauses.
  private static let mostWaiting = 1

  /// The writer stopped: the reader need not go on.
  private struct Cancelled: Error {}

  /// What the second thread works on; the first one leaves it alone until the reading has ended.
  private struct Work: @unchecked Sendable {
    var read: ((inout Batch) throws -> Void) throws -> ReadingSummary
  }

  /// Runs `read` on another thread and `write` on this one.
  ///
  /// - Throws: what either throws; the other one has ended by then.
  static func run(
    read: @escaping ((inout Batch) throws -> Void) throws -> ReadingSummary,
    write: (Batch) throws -> Void
  ) throws -> ReadingSummary {
    let ahead = ReadAhead()
    let work = Work(read: read)
    let thread = Thread { ahead.produce(work) }
    thread.stackSize = 8 << 20
    thread.start()
    do {
      while let batch = ahead.next() {
        try write(batch)
        ahead.giveBack(batch)
      }
    } catch {
      ahead.cancel()
      throw error
    }
    return try ahead.result()
  }

  private func produce(_ work: Work) {
    let result = Result { try work.read { try self.handOver(&$0) } }
    condition.lock()
    outcome = result
    condition.broadcast()
    condition.unlock()
  }

  /// Takes a full batch and leaves an empty one with the same names.
  private func handOver(_ batch: inout Batch) throws {
    batch.findKeys()
    condition.lock()
    defer { condition.unlock() }
    while waiting.count >= ReadAhead.mostWaiting, !isCancelled { condition.wait() }
    if isCancelled { throw Cancelled() }
    var next = empty.popLast() ?? Batch()
    next.names = batch.names
    next.keepsEqualRows = batch.keepsEqualRows
    next.sharesLines = batch.sharesLines
    swap(&batch, &next)
    waiting.append(next)
    condition.broadcast()
  }

  /// The next batch; nil when the reading has ended.
  private func next() -> Batch? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty, outcome == nil { condition.wait() }
    guard !waiting.isEmpty else { return nil }
    defer { condition.broadcast() }
    return waiting.removeFirst()
  }

  private func giveBack(_ batch: consuming Batch) {
    batch.removeRows()
    batch.names = NamePool()
    condition.lock()
    empty.append(batch)
    condition.unlock()
  }

  /// Ends the reading early and waits for it: nothing of it may outlive the call.
  private func cancel() {
    condition.lock()
    isCancelled = true
    waiting = []
    condition.broadcast()
    while outcome == nil { condition.wait() }
    condition.unlock()
  }

  private func result() throws -> ReadingSummary {
    condition.lock()
    defer { condition.unlock() }
    guard let outcome else { throw Cancelled() }
    return try outcome.get()
  }
}

/// A file whose content is hashed while it is read.
final class HashingFile: ByteSource {
  private let file: InputFile
  private var hash = SHA256()
  private var position = 0
  private let progress: (any WorkWatch)?

  /// - Parameter watch: what watches the reading.
  init(_ file: InputFile, watch: (any WorkWatch)?) {
    self.file = file
    progress = watch
  }

  /// The file's first bytes, at most so many; it is rewound.
  func head(_ count: Int) throws -> [UInt8] {
    var head = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = try head.withUnsafeMutableBytes {
        try file.read(into: .init(rebasing: $0[filled...]))
      }
      if more == 0 { break }
      filled += more
    }
    rewind()
    return Array(head[..<filled])
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try file.read(into: buffer)
    hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    position += count
    progress?.update(position)
    if count == 0 { progress?.clear() }
    return count
  }

  func rewind() {
    file.rewind()
    hash = SHA256()
    position = 0
  }

  /// Reads on to an offset; the hash of all bytes before it.
  func hash(upTo offset: Int) throws -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while position < offset {
      let room = min(buffer.count, offset - position)
      if try read(into: .init(rebasing: buffer[..<room])) == 0 { break }
    }
    var soFar = hash
    return soFar.finish()
  }

  /// The SHA-256 of the whole file, whatever part of it was read so far.
  func finish() throws -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while try read(into: buffer) > 0 {}
    return hash.finish()
  }
}
