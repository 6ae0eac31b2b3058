import Testing

@testable import Reporting

@Suite("The width of text")
struct DisplayWidthTests {
  @Test(
    "letters, wide characters, marks and pictures",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｱ", 1), ("한국", 4), ("🙂", 2),
      ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("שלום", 4), ("a\u{200B}b", 2), ("█░", 2), ("–", 1),
    ])
  func widths(_ text: String, _ width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test(
    "padding fills and cuts to the width asked for",
    arguments: [
      ("ab", 4, "ab  "), ("漢字", 5, "漢字 "), ("abcdef", 4, "abc…"), ("漢字漢", 4, "漢… "), ("", 2, "  "),
    ])
  func padding(_ text: String, _ width: Int, _ result: String) {
    #expect(padded(text, to: width) == result)
  }

  @Test("right-aligned")
  func rightAligned() {
    #expect(padded("7", to: 3, right: true) == "  7")
  }

  @Test("paragraphs break at blanks and keep the width")
  func wrapping() {
    let lines = wrapped("one two three four five", to: 9)
    #expect(lines == ["one two", "three", "four five"])
    #expect(wrapped("", to: 9).isEmpty)
    #expect(wrapped("abcdefghijkl", to: 5) == ["abcd…"])
    #expect(wrapped("漢字 漢字 漢字", to: 9).allSatisfy { displayWidth($0) <= 9 })
  }
}
