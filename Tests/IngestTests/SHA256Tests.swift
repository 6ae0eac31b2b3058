import TestSupport
import Testing

@testable import Ingest

@Suite("SHA-256")
struct SHA256Tests {
  private func hash(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  /// FIPS 180-4 and its example documents (csrc.nist.gov, "SHA256.pdf").
  @Test(
    "The examples of the standard",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func examples(text: String, expected: String) {
    #expect(hash(Array(text.utf8)) == expected)
  }

  @Test("The processor's own instructions give what the plain way gives", arguments: 0..<200)
  func plainly(length: Int) {
    let bytes = (0..<length * 3).map { UInt8(truncatingIfNeeded: $0 &* 167 ^ $0 >> 3) }
    var plain = SHA256(plainly: true)
    bytes.withUnsafeBytes { plain.update($0) }
    #expect(plain.finish() == hash(bytes))
  }

  @Test("One million times the letter a")
  func million() {
    #expect(
      hash([UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(
    "Lengths around the block and its padding",
    arguments: [
      (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
      (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
      (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      (65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
    ])
  func edges(count: Int, expected: String) {
    #expect(hash([UInt8](repeating: 0x61, count: count)) == expected)
  }

  @Test("However the bytes are split, the hash is the same", arguments: 1...16)
  func splits(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<generator.below(600)).map { _ in UInt8(generator.below(256)) }
    var split = SHA256()
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(generator.below(100))
      Array(part).withUnsafeBytes { split.update($0) }
      rest = rest.dropFirst(part.count)
    }
    #expect(split.finish() == hash(bytes))
  }
}
