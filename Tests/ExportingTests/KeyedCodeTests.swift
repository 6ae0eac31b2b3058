import Testing

@testable import Exporting

@Suite("Keyed codes")
struct KeyedCodeTests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String(256 + Int($0), radix: 16).dropFirst() }.joined()
  }

  /// Test cases 1, 2 and 6 of RFC 4231.
  @Test("is HMAC-SHA-256, by the standard's own examples")
  func standard() {
    let first = KeyedCode(key: [UInt8](repeating: 0x0B, count: 20)).bytes(of: "Hi There")
    #expect(hex(first) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    let second = KeyedCode(key: Array("Jefe".utf8)).bytes(of: "what do ya want for nothing?")
    #expect(hex(second) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    let sixth = KeyedCode(key: [UInt8](repeating: 0xAA, count: 131))
      .bytes(of: "Test Using Larger Than Block-Size Key - Hash Key First")
    #expect(hex(sixth) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }

  @Test("the same key gives the same code, another key another one")
  func keys() {
    let key = KeyedCode(key: [1, 2, 3])
    #expect(key.short("Anna", after: "P-") == key.short("Anna", after: "P-"))
    #expect(key.short("Anna", after: "P-") != key.short("Anne", after: "P-"))
    #expect(KeyedCode(key: [1, 2, 4]).short("Anna", after: "P-") != key.short("Anna", after: "P-"))
    #expect(key.short("Anna", after: "P-").count == 14)
    #expect(
      key.short("Anna", after: "R-").dropFirst(2) != key.short("Anna", after: "P-").dropFirst(2))
  }

  @Test("numbers lie below their bound and are spread over it")
  func numbers() {
    let key = KeyedCode(key: [7])
    let drawn = (0..<2_000).map { key.number(String($0), below: 52) }
    #expect(drawn.allSatisfy { $0 < 52 })
    #expect(Set(drawn).count == 52)
  }
}
