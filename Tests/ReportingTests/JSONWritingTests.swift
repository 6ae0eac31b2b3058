import Analysis
import Foundation
import Testing

@testable import Reporting

@Suite("JSON")
struct JSONWritingTests {
  @Test("keys keep their order, absent figures are null")
  func order() {
    let figure = Figure.record([
      ("b", .count(1)), ("a", .absent(Absence(.noData))), ("c", .list([.flag(true), .none])),
      ("d", .record([])), ("e", .list([])),
    ])
    #expect(
      jsonDocument(figure) == """
        {
          "b": 1,
          "a": null,
          "c": [
            true,
            null
          ],
          "d": {},
          "e": []
        }

        """)
  }

  @Test(
    "numbers read back as the same Double",
    arguments: [
      0.1, 1.0 / 3, 1e-7, 123_456_789.125, -2.5, 1e22, 5e-324, 1.7976931348623157e308,
    ])
  func numbers(_ value: Double) throws {
    let text = jsonDocument(.list([.number(value)]))
    let back = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Double])
    #expect(back == [value])
  }

  @Test("NaN and infinity are null", arguments: [Double.nan, .infinity, -.infinity])
  func noNumbers(_ value: Double) {
    #expect(jsonDocument(.number(value)) == "null\n")
  }

  @Test(
    "any text survives",
    arguments: [
      "\"quoted\"", "back\\slash", "line\nbreak\r\ttab", "\u{0}\u{1}\u{1F}\u{7F}", "é漢🙂",
      "</script>", "",
    ])
  func texts(_ text: String) throws {
    let document = jsonDocument(.record([("k", .text(text))]))
    let back = try #require(
      try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: String])
    #expect(back["k"] == text)
  }

  @Test("reasons are found by the path of their figure")
  func reasonsByPath() throws {
    let figure = Figure.record([
      ("pain", .record([("change", .absent(Absence(.tooEarly, have: 18, need: 21)))])),
      ("list", .list([.count(1), .record([("x", .absent(Absence(.constant)))]), .none])),
    ])
    let found = reasons(in: figure)
    #expect(found.map(\.key) == ["pain.change", "list[1].x"])
    let text = jsonDocument(.record(found))
    let back = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Any]])
    #expect(back["pain.change"]?["code"] as? String == "too-early")
    #expect(back["pain.change"]?["have"] as? Int == 18)
    #expect(back["pain.change"]?["need"] as? Int == 21)
  }
}
