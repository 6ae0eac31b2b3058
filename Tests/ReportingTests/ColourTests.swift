import Foundation
import Testing

@testable import Reporting

/// Contrast after WCAG 2.1 (relative luminance) and colour vision after Viénot, Brettel and Mollon
/// 1999.
@Suite("Colours")
struct ColourTests {
  private func channels(_ colour: UInt32) -> [Double] {
    [16, 8, 0].map { shift in
      let value = Double((colour >> UInt32(shift)) & 0xFF) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  private func luminance(_ linear: [Double]) -> Double {
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  private func contrast(_ left: UInt32, _ right: UInt32) -> Double {
    let lights = [left, right].map { luminance(channels($0)) + 0.05 }
    return (lights.max() ?? 1) / (lights.min() ?? 1)
  }

  @Test("texts stand out from their ground, 4.5 to 1")
  func texts() {
    #expect(contrast(Shade.white, Palette.blue.rawValue) >= 4.5)
    #expect(contrast(Palette.blue.rawValue, Shade.white) >= 4.5)
    #expect(contrast(Shade.absent, Shade.white) >= 4.5)
    for (mark, tint) in Shade.tints { #expect(contrast(0, tint) >= 4.5, "\(mark)") }
  }

  /// Linear RGB as a person without one kind of cones sees it.
  private func seen(_ colour: UInt32, without cone: Int) -> [Double] {
    let rgb = channels(colour)
    let rows =
      cone == 0
      ? [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]
      : [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]
    return rows.map { row in zip(row, rgb).map { $0 * $1 }.reduce(0, +) }
  }

  @Test(
    "colours that share a chart differ for people who see no red or no green", arguments: [0, 1])
  func colourVision(_ cone: Int) {
    let together: [[Palette]] = [[.sky, .blue], [.sky, .blue, .vermilion], [.blue, .orange]]
    for colours in together {
      for (index, first) in colours.enumerated() {
        for second in colours[(index + 1)...] {
          let difference =
            zip(
              seen(first.rawValue, without: cone), seen(second.rawValue, without: cone)
            ).map { abs($0 - $1) }.max() ?? 0
          #expect(difference > 0.15, "\(first) and \(second)")
        }
      }
    }
  }

  @Test("days of the grid differ in letter, not in colour alone", arguments: Language.allCases)
  func letters(_ language: Language) {
    let letters = Words(language).list(.gridLetters)
    #expect(letters.count == 6 && Set(letters).count == 6)
  }
}

@Suite("Figures as CSV")
struct CSVWritingTests {
  @Test(
    "fields are quoted where they must be, and never a formula",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
      ("two\nlines", "\"two\nlines\""), ("=1+1", "'=1+1"), ("-x", "'-x"), ("@a,b", "\"'@a,b\""),
      ("\tx", "'\tx"), ("", ""),
    ])
  func fields(_ text: String, _ field: String) {
    #expect(CSVWriting.field(.text(text)) == field)
  }

  @Test("numbers stay numbers, absent figures are empty")
  func numbers() {
    #expect(CSVWriting.field(.number(-2.5)) == "-2.5")
    #expect(CSVWriting.field(.number(.nan)) == "")
    #expect(CSVWriting.field(.count(3)) == "3")
    #expect(CSVWriting.field(.flag(true)) == "true")
    #expect(CSVWriting.field(.none) == "")
  }

  @Test("a document has a header and lines of CR LF")
  func document() {
    #expect(CSVWriting.document(["a", "b"], [[.count(1), .none]]) == "a,b\r\n1,\r\n")
  }
}
