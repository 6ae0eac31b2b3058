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

  /// Adds a field of a record where it is present; an absent one leaves no trace, so that a field
  /// that later versions add makes no earlier record another one.
  ///
  /// - Parameters:
  ///   - tag: the field's number within its kind of record. Digests are stored: a number is never
  ///     changed and never given again.
  ///   - word: what the field holds.
  @inline(__always)
  public mutating func add(_ tag: UInt64, _ word: UInt64?) {
    guard let word else { return }
    // An odd factor spreads the tags over all bits, away from the small values of fields.
    add(word &+ tag &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Adds a number, where there is one. -0 counts as 0.
  @inline(__always)
  public mutating func add(_ tag: UInt64, _ number: Double?) {
    add(tag, number.map { ($0 == 0 ? 0.0 : $0).bitPattern })
  }

  /// Adds a whole number, where there is one.
  @inline(__always)
  public mutating func add(_ tag: UInt64, _ number: Int64?) {
    add(tag, number.map { UInt64(bitPattern: $0) })
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
