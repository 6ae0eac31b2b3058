import Records

/// The bytes of a short cell as numbers: equal for equal bytes, different for different ones.
struct WordKey: Equatable, Sendable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0
  private var fourth: UInt64 = 0
  private var count = 0

  /// No cell's key.
  init() {}

  /// The key of 1 to 32 bytes; nil for others.
  ///
  /// Words are taken from both ends and may overlap; with the length they say every byte.
  @inline(__always)
  init?(_ bytes: Bytes) {
    guard let base = bytes.baseAddress, bytes.count > 0, bytes.count <= 32 else { return nil }
    let raw = UnsafeRawPointer(base)
    count = bytes.count
    if count >= 8 {
      first = raw.loadUnaligned(as: UInt64.self)
      second = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      if count > 16 {
        third = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        fourth = raw.loadUnaligned(fromByteOffset: count - 16, as: UInt64.self)
      }
    } else if count >= 4 {
      first = UInt64(raw.loadUnaligned(as: UInt32.self))
      second = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    } else {
      first = UInt64(base[0]) | UInt64(base[count / 2]) << 8 | UInt64(base[count - 1]) << 16
    }
  }

  /// A place among 256.
  @inline(__always)
  var place: Int {
    let mixed =
      (first ^ second &* 0x9E37_79B9_7F4A_7C15 ^ third ^ fourth &* 0xA076_1D64_78BD_642F)
      &+ UInt64(truncatingIfNeeded: count)
    return Int(truncatingIfNeeded: (mixed &* 0xE703_7ED1_A0B4_28DB) >> 56)
  }
}

/// What cells were found to mean, by their bytes: of the few words that rows repeat, each is
/// understood once. A word that falls on another's place takes it.
final class WordMemo<Meaning> {
  private let entries: UnsafeMutablePointer<(key: WordKey, meaning: Meaning)>
  private let nothing: Meaning
  private static var places: Int { 256 }

  /// A memo that knows nothing.
  ///
  /// - Parameter nothing: fills places that no word has.
  init(_ nothing: Meaning) {
    self.nothing = nothing
    entries = .allocate(capacity: WordMemo.places)
    entries.initialize(repeating: (WordKey(), nothing), count: WordMemo.places)
  }

  deinit { entries.deinitialize(count: WordMemo.places).deallocate() }

  /// Knows nothing again.
  func forget() { entries.update(repeating: (WordKey(), nothing), count: WordMemo.places) }

  /// What a cell means, as far as it is known.
  @inline(__always)
  subscript(key: WordKey) -> Meaning? {
    let entry = entries[key.place]
    return entry.key == key ? entry.meaning : nil
  }

  func note(_ key: WordKey, _ meaning: Meaning) {
    entries[key.place] = (key, meaning)
  }
}
