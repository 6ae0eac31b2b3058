import Ingest

/// Codes that stand for people and things, the same from run to run for who holds the key, and that
/// say nothing to anyone else.
///
/// HMAC-SHA-256 (RFC 2104, FIPS 198-1), cut to the first bytes. Checked against RFC 4231.
public struct KeyedCode: Sendable {
  private let inner: [UInt8]
  private let outer: [UInt8]

  /// - Parameter key: the secret, at most 64 bytes are used as they are; 32 random bytes are
  ///   enough.
  public init(key: [UInt8]) {
    var block = key.count > 64 ? KeyedCode.hash(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    inner = block.map { $0 ^ 0x36 }
    outer = block.map { $0 ^ 0x5C }
  }

  private static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    let digits = Array(hash.finish().utf8)
    return stride(from: 0, to: digits.count, by: 2).map { index in
      digits[index...(index + 1)].reduce(0) { sum, digit in
        sum << 4 | (digit < 0x3A ? digit - 0x30 : digit - 0x57)
      }
    }
  }

  /// The whole code of a text, 32 bytes. O(length).
  public func bytes(of text: String) -> [UInt8] {
    KeyedCode.hash(outer + KeyedCode.hash(inner + Array(text.utf8)))
  }

  /// A short code of a text: 12 hexadecimal digits behind a letter or word.
  ///
  /// - Parameters:
  ///   - text: what the code stands for.
  ///   - start: what the code begins with; codes of different starts tell nothing of each other.
  public func short(_ text: String, after start: String) -> String {
    start + digits(of: start + "\u{0}" + text).prefix(12)
  }

  /// The whole code of a text as 64 hexadecimal digits. O(length).
  func digits(of text: String) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes(of: text).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// A number from 0 up to a bound, drawn for a text.
  func number(_ text: String, below bound: UInt64) -> UInt64 {
    bytes(of: text).prefix(8).reduce(0) { $0 << 8 | UInt64($1) } % bound
  }
}
