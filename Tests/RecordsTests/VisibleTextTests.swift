import Testing

@testable import Records

@Suite("Names as they are shown")
struct VisibleTextTests {
  @Test("nothing in a name can act on a terminal, hide, or turn the text around")
  func visibleText() {
    #expect(visible("a\u{1B}[31mb") == "a\u{FFFD}[31mb")
    #expect(visible("a\u{202E}b") == "a\u{FFFD}b")
    #expect(visible("a\u{200B}b\u{2066}c\u{61C}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
    #expect(visible("a\nb\tc\u{2028}d\r\ne\u{85}") == "a b c d  e ")
    #expect(visible("a\u{9B}31mb") == "a\u{FFFD}31mb")
    #expect(visible("Béla 漢字 שלום 👩‍👩‍👧 می‌خواهم") == "Béla 漢字 שלום 👩‍👩‍👧 می‌خواهم")
  }

  @Test("a long name is shortened, a short one is not")
  func shortened() {
    #expect(nameShown("Pain score, morning\u{7}") == "Pain score, morning\u{FFFD}")
    let long = String(repeating: "wept all night ", count: 10)
    #expect(nameShown(long) == long.prefix(39) + "…")
    #expect(nameShown(String(repeating: "é", count: 40)) == String(repeating: "é", count: 40))
  }

  @Test("JSON has what could act or hide as numbers, and every other letter as it is")
  func json() {
    var json = JSONText()
    json.quote("a\u{1B}\u{9B}\u{202E}\u{200B}\u{2028}\u{FEFF}\u{61C}b é漢🙂\u{200D}–\u{2070}".utf8)
    #expect(
      json.text
        == "\"a\\u001b\\u009b\\u202e\\u200b\\u2028\\ufeff\\u061cb é漢🙂\u{200D}–\u{2070}\"")
  }
}
