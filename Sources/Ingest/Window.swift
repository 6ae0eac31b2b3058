/// A sliding window over a byte source: the bytes from `start` on stay in place while more arrive.
///
/// One buffer serves the whole file and grows only when a single record does not fit.
final class Window {
  private let source: any TextSource
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Offset of the first byte that is still needed.
  var start = 0
  /// Offset after the last byte read.
  private(set) var end = 0
  private(set) var reachedEnd = false
  /// Bytes of the file before `base`.
  private(set) var consumed = 0
  /// Bytes behind `end` that may be looked at, whatever they are.
  static let margin = 64

  /// What the readers of these bytes refuse.
  let limits: ReadingLimits

  init(
    _ source: any TextSource, capacity: Int = 1 << 20, limits: ReadingLimits = ReadingLimits()
  ) {
    self.source = source
    self.limits = limits
    consumed = source.skippedBytes
    self.capacity = capacity
    base = .allocate(capacity: capacity + Window.margin)
  }

  /// A window over bytes that are text already.
  convenience init(
    _ source: any ByteSource, capacity: Int = 1 << 20, limits: ReadingLimits = ReadingLimits()
  ) {
    self.init(ReplayingSource([], then: source), capacity: capacity, limits: limits)
  }

  deinit { base.deallocate() }

  /// Brings more bytes behind `end`, moving what is needed to the front of the buffer.
  ///
  /// - Returns: how far the needed bytes moved towards the front, or nil when the file is at its
  ///   end.
  func fill() throws -> Int? {
    if reachedEnd { return nil }
    let shift = start
    if shift > 0 {
      base.update(from: base + shift, count: end - shift)
      consumed += shift
      end -= shift
      start = 0
    }
    if end == capacity {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + Window.margin)
      larger.update(from: base, count: end)
      base.deallocate()
      base = larger
      capacity *= 2
    }
    let count = try source.read(into: .init(start: base + end, count: capacity - end))
    if count == 0 { reachedEnd = true }
    end += count
    return count == 0 && shift == 0 ? nil : shift
  }

  /// Makes at least `count` bytes visible from `start` on, unless the file ends before.
  func require(_ count: Int) throws {
    while end - start < count, !reachedEnd { _ = try fill() }
  }

  func bytes(_ range: Range<Int>) -> Bytes {
    Bytes(start: base + range.lowerBound, count: range.count)
  }
}
