/// A 64-bit digest of a record's content, stable over runs, machines and versions.
///
/// Two rows of one patient and day with equal digests are taken for equal rows. Each word is folded
/// in by a 64 × 64 → 128-bit multiplication whose halves are combined; with at most some hundred
/// rows a patient and day, the chance of a false match is below 1e-15 a day.
public struct Digest: Sendable {
  private var state: UInt64

  /// The digest of nothing; `seed` keeps kinds of record apart.
  public init(seed: UInt64) { state = seed ^ 0x9E37_79B9_7F4A_7C15 }

  /// Adds a word.
  @inline(__always)
  public mutating func add(_ word: UInt64) {
    let product = (state ^ word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
      by: 0xE703_7ED1_A0B4_28DB ^ (word << 32 | word >> 32))
    state = (product.high ^ product.low) &+ 0x9E37_79B9_7F4A_7C15
  }

  /// Adds a number that may be absent; absent differs from every number. -0 counts as 0.
  @inline(__always)
  public mutating func add(_ number: Double?) {
    add(number.map { ($0 == 0 ? 0.0 : $0).bitPattern } ?? 0x7FF8_DEAD_BEEF_0001)
  }

  /// Adds a whole number that may be absent.
  @inline(__always)
  public mutating func add(_ number: Int64?) {
    add(number.map { UInt64(bitPattern: $0) } ?? 0x7FF8_DEAD_BEEF_0002)
  }

  /// The digest of all that was added.
  public var value: UInt64 { state }

  /// The digest of a run of bytes. O(length).
  public static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var digest = Digest(seed: UInt64(bytes.count))
    var index = 0
    while index + 8 <= bytes.count {
      var word: UInt64 = 0
      for offset in 0..<8 { word |= UInt64(bytes[index + offset]) << UInt64(8 * offset) }
      digest.add(word)
      index += 8
    }
    var tail: UInt64 = 0
    while index < bytes.count {
      tail = tail << 8 | UInt64(bytes[index])
      index += 1
    }
    digest.add(tail)
    return digest.value
  }
}
