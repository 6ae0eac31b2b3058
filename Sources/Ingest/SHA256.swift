import CKernels

/// SHA-256 (FIPS 180-4), for recognising files that were imported before.
///
/// Where the processor has instructions for it they are used, with the same result. Checked in the
/// tests against the standard's own examples, both ways.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  private let usesInstructions: Bool
  private static let hasInstructions = lumbar_has_sha256()

  /// The hash of nothing so far.
  public init() { self.init(plainly: false) }

  /// The hash of nothing so far; `plainly` leaves the processor's own instructions aside.
  init(plainly: Bool) { usesInstructions = !plainly && SHA256.hasInstructions }

  /// Adds bytes. O(count).
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    var offset = 0
    if !pending.isEmpty {
      offset = min(64 - pending.count, bytes.count)
      pending.append(contentsOf: bytes[..<offset])
      if pending.count < 64 { return }
      let block = pending
      block.withUnsafeBytes { compress($0, at: 0, blocks: 1) }
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - offset) / 64
    compress(bytes, at: offset, blocks: blocks)
    offset += blocks * 64
    pending.append(contentsOf: bytes[offset...])
  }

  /// The hash in hexadecimal.
  public mutating func finish() -> String {
    let bits = length * 8
    var tail: [UInt8] = [0x80]
    while (pending.count + tail.count) % 64 != 56 { tail.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    tail.withUnsafeBytes { update($0) }
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for word in state {
      for shift in stride(from: 28, through: 0, by: -4) {
        text.append(digits[Int(word >> UInt32(shift) & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Hashes whole blocks of 64 bytes, the state in local words from the first to the last.
  private mutating func compress(_ bytes: UnsafeRawBufferPointer, at start: Int, blocks: Int) {
    guard blocks > 0, let base = bytes.baseAddress else { return }
    if usesInstructions {
      let first = (base + start).assumingMemoryBound(to: UInt8.self)
      state.withUnsafeMutableBufferPointer { lumbar_sha256_blocks($0.baseAddress, first, blocks) }
      return
    }
    var own = Words(state)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
      SHA256.constants.withUnsafeBufferPointer { constants in
        for block in 0..<blocks {
          SHA256.schedule(base + start + block * 64, words)
          var round = own
          // Eight rounds bring every word back to its name.
          for index in stride(from: 0, to: 64, by: 8) {
            func next(_ offset: Int) -> UInt32 {
              constants[index + offset] &+ words[index + offset]
            }
            step(round.a, round.b, round.c, &round.d, round.e, round.f, round.g, &round.h, next(0))
            step(round.h, round.a, round.b, &round.c, round.d, round.e, round.f, &round.g, next(1))
            step(round.g, round.h, round.a, &round.b, round.c, round.d, round.e, &round.f, next(2))
            step(round.f, round.g, round.h, &round.a, round.b, round.c, round.d, &round.e, next(3))
            step(round.e, round.f, round.g, &round.h, round.a, round.b, round.c, &round.d, next(4))
            step(round.d, round.e, round.f, &round.g, round.h, round.a, round.b, &round.c, next(5))
            step(round.c, round.d, round.e, &round.f, round.g, round.h, round.a, &round.b, next(6))
            step(round.b, round.c, round.d, &round.e, round.f, round.g, round.h, &round.a, next(7))
          }
          own.add(round)
        }
      }
    }
    state = [own.a, own.b, own.c, own.d, own.e, own.f, own.g, own.h]
  }

  /// The eight working words.
  private struct Words {
    var a: UInt32, b: UInt32, c: UInt32, d: UInt32
    var e: UInt32, f: UInt32, g: UInt32, h: UInt32

    init(_ state: [UInt32]) {
      (a, b, c, d) = (state[0], state[1], state[2], state[3])
      (e, f, g, h) = (state[4], state[5], state[6], state[7])
    }

    mutating func add(_ other: Words) {
      a &+= other.a
      b &+= other.b
      c &+= other.c
      d &+= other.d
      e &+= other.e
      f &+= other.f
      g &+= other.g
      h &+= other.h
    }
  }

  /// The block's sixteen words and the 48 that follow from them.
  @inline(__always)
  private static func schedule(
    _ block: UnsafeRawPointer, _ words: UnsafeMutableBufferPointer<UInt32>
  ) {
    for index in 0..<16 {
      words[index] = UInt32(
        bigEndian: block.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
    }
    for index in 16..<64 {
      let early = words[index - 15]
      let late = words[index - 2]
      let small = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
      let large = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
      words[index] = words[index - 16] &+ small &+ words[index - 7] &+ large
    }
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

/// One round: the words that change are `d` and `h`.
@inline(__always)
private func step(
  _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
  _ h: inout UInt32, _ word: UInt32
) {
  let mixed = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
  let first = h &+ mixed &+ (g ^ (e & (f ^ g))) &+ word
  let other = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
  d &+= first
  h = first &+ other &+ ((a & b) | (c & (a | b)))
}

@inline(__always)
private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word >> count | word << (32 - count)
}

extension SHA256 {
  /// The hash of bytes, as 64 hexadecimal digits. O(count).
  public static func hex(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    Array(bytes).withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }
}
