import Testing

@testable import Records

@Suite("Digest")
struct DigestTests {
  private func digest(of words: UInt64...) -> UInt64 {
    digest { for word in words { $0.add(word) } }
  }

  private func digest(_ add: (inout Digest) -> Void) -> UInt64 {
    var digest = Digest(seed: 1)
    add(&digest)
    return digest.value
  }

  private func hash(_ text: String) -> UInt64 {
    Array(text.utf8).withUnsafeBufferPointer { Digest.hash($0) }
  }

  /// Digests are stored: these values, worked out by a second implementation, must never change.
  @Test("Digests are the same in every version of the program")
  func pinned() {
    #expect(Digest(seed: 0).value == 0x9E37_79B9_7F4A_7C15)
    #expect(digest(of: 1, 2) == 0xB0E2_4201_4C31_B568)
    var mixed = Digest(seed: 2)
    mixed.add(3, 7.5 as Double?)
    mixed.add(4, nil as Double?)
    mixed.add(9, -2 as Int64?)
    #expect(mixed.value == 0x9DC4_6029_F947_4515)
  }

  @Test(
    "Digests of bytes are the same in every version of the program",
    arguments: [
      ("", 0x1D78_6ECA_FD5B_A5A0), ("lumbar", 0x678C_8116_0AB1_ED1A),
      ("Child's pose", 0xFFA7_2921_2FF0_5D22), ("Hüftöffner", 0x52B3_DD19_B83E_D255),
    ] as [(String, UInt64)])
  func pinnedBytes(text: String, value: UInt64) {
    #expect(hash(text) == value)
  }

  @Test("The order of words matters")
  func order() {
    #expect(digest(of: 1, 2) != digest(of: 2, 1))
  }

  @Test("An absent field leaves no trace, and differs from 0")
  func absent() {
    let empty = Digest(seed: 1).value
    #expect(digest { $0.add(5, nil as Double?) } == empty)
    #expect(digest { $0.add(5, nil as Int64?) } == empty)
    #expect(digest { $0.add(5, nil as UInt64?) } == empty)
    #expect(digest { $0.add(5, 0 as Double?) } != empty)
    #expect(digest { $0.add(5, 0 as Int64?) } != empty)
  }

  @Test("The same value in another field is another digest")
  func tags() {
    let values = (0..<64).flatMap { tag in
      (0..<64).map { value in digest { $0.add(UInt64(tag), Int64(value)) } }
    }
    #expect(Set(values).count == 64 * 64)
  }

  @Test("-0 counts as 0")
  func negativeZero() {
    #expect(digest { $0.add(1, -0.0 as Double?) } == digest { $0.add(1, 0.0 as Double?) })
    #expect(digest { $0.add(1, -1.0 as Double?) } != digest { $0.add(1, 1.0 as Double?) })
  }

  @Test("Nothing added differs from a zero added, and one zero from two")
  func length() {
    let values = (0..<10).map { count in
      digest { for _ in 0..<count { $0.add(0 as UInt64) } }
    }
    #expect(Set(values).count == 10)
  }

  @Test("Seeds keep kinds apart")
  func seeds() {
    #expect(Set((0..<100).map { Digest(seed: $0).value }).count == 100)
  }

  @Test("A hundred thousand small numbers have digests of their own")
  func distinct() {
    let values = (0..<100_000).map { digest(of: $0) }
    #expect(Set(values).count == 100_000)
  }

  @Test("Bytes of every length around a word have digests of their own")
  func lengths() {
    let texts = (0...33).map { String(repeating: "a", count: $0) }
    let zeros = (1...33).map { String(repeating: "\0", count: $0) }
    #expect(Set((texts + zeros).map(hash)).count == 67)
  }
}
