import TestSupport
import Testing

@testable import Ingest

@Suite("Text normalization")
struct TextNormalizationTests {
  private func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("é in two parts becomes é in one")
  func composes() {
    #expect(utf8(normalized("cafe\u{301}")) == utf8("caf\u{E9}"))
    #expect(utf8(normalized("caf\u{E9}")) == utf8("caf\u{E9}"))
    #expect(withBytes("u\u{308}bung") { utf8(normalized($0)) } == utf8("\u{FC}bung"))
  }

  @Test("Compatibility forms stay themselves")
  func canonicalOnly() {
    #expect(utf8(normalized("ﬁ² ①")) == utf8("ﬁ² ①"))
  }

  @Test("Hangul in parts becomes syllables")
  func hangul() {
    #expect(utf8(normalized("\u{1112}\u{1161}\u{11AB}")) == utf8("\u{D55C}"))
  }

  @Test("ASCII, Latin and ideographs need no second look; combining marks do")
  func sure() {
    #expect(withBytes("Cat-cow, 3 × 10") { isSurelyNormalized($0) })
    #expect(withBytes("Hüftöffner") { isSurelyNormalized($0) })
    #expect(withBytes("伸展") { isSurelyNormalized($0) })
    #expect(!withBytes("cafe\u{301}") { isSurelyNormalized($0) })
    #expect(!withBytes("각") { isSurelyNormalized($0) })
    #expect(withBytes("") { isSurelyNormalized($0) })
  }

  @Test("Every single scalar that is taken for normalized is so")
  func singleScalars() {
    var strays: [UInt32] = []
    for value in 0...0x2_FFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      if withBytes(text, { isSurelyNormalized($0) }), utf8(normalized(text)) != utf8(text) {
        strays.append(value)
      }
    }
    #expect(strays.isEmpty)
  }

  @Test("Texts of many scalars that are taken for normalized are so", arguments: 1...4)
  func manyScalars(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x2FF, 0x4E00...0x9FFF, 0x2B0...0x2FF, 0x300...0x36F,
    ]
    var strays: [String] = []
    for _ in 0..<2_000 {
      let scalars = (0..<generator.below(5) + 1).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: generator.pick(ranges), using: &generator))
      }
      let text = String(String.UnicodeScalarView(scalars))
      if withBytes(text, { isSurelyNormalized($0) }), utf8(normalized(text)) != utf8(text) {
        strays.append(text)
      }
    }
    #expect(strays.isEmpty)
  }
}
