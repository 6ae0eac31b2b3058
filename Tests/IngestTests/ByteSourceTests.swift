import Testing

@testable import Ingest

@Suite("Byte source")
struct ByteSourceTests {
  @Test("A source in memory gives its bytes in order, then nothing", arguments: [1, 2, 3, 7, 64])
  func memory(size: Int) throws {
    let bytes = (0..<20).map { UInt8($0) }
    let source = MemorySource(bytes)
    #expect(try drain(ReplayingSource([], then: source), by: size) == bytes)
    #expect(try drain(ReplayingSource([], then: source), by: size) == [])
  }

  @Test(
    "Spaces, tabs and no-break spaces are taken off at both ends",
    arguments: [
      ("", ""), (" ", ""), ("\t \u{A0}", ""), ("a", "a"), (" a b ", "a b"),
      ("\u{A0}\u{A0}a\u{A0}", "a"), ("a\u{A0}b", "a\u{A0}b"), ("\n a \n", "\n a \n"),
      ("à ", "à"), (" Ö\u{A0}", "Ö"), ("\u{2003}a", "\u{2003}a"),
    ])
  func trimmed(text: String, expected: String) {
    withBytes(text) { #expect(Array($0.trimmed) == Array(expected.utf8)) }
  }

  @Test("Half a no-break space is no space")
  func halfSpaces() {
    for bytes in [[0xC2], [0xA0], [0x61, 0xC2], [0xA0, 0x61]] as [[UInt8]] {
      bytes.withUnsafeBufferPointer { #expect(Array($0.trimmed) == bytes) }
    }
  }

  @Test("Words are compared without regard to case")
  func equals() {
    #expect(withBytes("NaN") { $0.equals("nan") })
    #expect(withBytes("N/A") { $0.equals("n/a") })
    #expect(!withBytes("nano") { $0.equals("nan") })
    #expect(!withBytes("na") { $0.equals("nan") })
    #expect(withBytes("") { $0.equals("") })
    // Only letters have a case: "@" and "`" are 32 apart as well.
    #expect(!withBytes("@") { $0.equals("`") })
  }

  @Test("Bytes as text have their invalid sequences replaced")
  func text() {
    [0x61, 0xFF, 0x62].withUnsafeBufferPointer { #expect($0.text == "a\u{FFFD}b") }
  }
}
