import TestSupport
import Testing

@testable import Ingest

@Suite("Number parsing")
struct NumberParsingTests {
  private func parse(_ text: String, decimalMark: Character = ".") -> ParsedNumber {
    withBytes(text) { parseNumber($0, decimalMark: decimalMark.asciiValue ?? 0) }
  }

  @Test(
    "Decimal numbers are the doubles nearest to them",
    arguments: [
      ("0", 0), ("7", 7), ("-7", -7), ("+7", 7), ("7.5", 7.5), ("007.50", 7.5), ("5.", 5),
      (".5", 0.5), ("-.5", -0.5), ("0.1", 0.1), ("1e3", 1_000), ("1.5E-3", 0.0015), ("1e+2", 100),
      // 15 digits are exact, 2^53 + 1 lies between two doubles and goes to the even one.
      ("123456789012345", 123_456_789_012_345), ("9007199254740993", 9_007_199_254_740_992),
      ("12345678901234567890", 12_345_678_901_234_567_168),
      ("0.0000000000000000000001", 1e-22), ("0.00000000000000000000001", 1e-23), ("1e22", 1e22),
      ("1e23", 1e23), ("1.7976931348623157e308", 1.7976931348623157e308),
      ("5e-324", .leastNonzeroMagnitude),
      ("1e-999", 0), ("0e999", 0),
    ] as [(String, Double)])
  func decimal(text: String, value: Double) {
    #expect(parse(text) == .value(value))
  }

  @Test("-0 keeps its sign")
  func negativeZero() throws {
    guard case .value(let value) = parse("-0") else {
      Issue.record("-0 is a number")
      return
    }
    #expect(value == 0 && value.sign == .minus)
  }

  @Test("Twenty thousand decimal strings give what the standard library gives", arguments: 1...4)
  func asTheStandardLibrary(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func digits(_ count: Int) -> String {
      String((0..<count).map { _ in generator.pick(Array("00123456789")) })
    }
    var strays: [String] = []
    for _ in 0..<5_000 {
      var text = generator.pick(["", "", "-", "+"]) + digits(generator.below(20) + 1)
      if generator.below(4) > 0 { text += "." + digits(generator.below(26) + 1) }
      if generator.below(4) == 0 {
        text +=
          generator.pick(["e", "E"]) + generator.pick(["", "-", "+"])
          + String(generator.below(340))
      }
      let nearest = Double(text).flatMap { $0.isFinite ? $0 : nil }
      let expected = nearest.map(ParsedNumber.value) ?? .invalid
      if parse(text) != expected { strays.append(text) }
    }
    #expect(strays.isEmpty)
  }

  @Test("Every number with up to two decimals from -50 to 50 is exact")
  func twoDecimals() {
    var strays: [String] = []
    for hundredths in 0...5_000 {
      let decimals = hundredths % 100
      let text = "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
      let value = Double(hundredths) / 100
      if parse(text) != .value(value) || parse("-" + text) != .value(-value) { strays.append(text) }
    }
    #expect(strays.isEmpty)
  }

  @Test(
    "Anything else is no number",
    arguments: [
      "inf", "-inf", "+inf", "Infinity", "-nan", "nan(1)", "0x7", "0x1p3", "1e999", "-1e999", "1e",
      "1e+", "1e-", "e5", "1e5.0", "1e5e5", "+", "+.", "-.", "..", ".e1", "1.2.3", "1,5", "1 000",
      "1_000", "1'000", "--1", "+-1", "1-", "7kg", "7%", " 7", "7 ", "٣", "７", "½", "\u{2212}5",
      "NaN0", "seven", "1\0",
    ])
  func invalid(text: String) {
    #expect(parse(text) == .invalid)
  }

  @Test(
    "Empty, NA, N/A, NaN, NULL, dashes and a lone point are missing, in any case",
    arguments: [
      "", "NA", "na", "Na", "N/A", "n/a", "NaN", "nan", "NULL", "null", "Null", "--", "-", ".",
    ])
  func missing(text: String) {
    #expect(parse(text) == .missing)
    #expect(withBytes(text) { isMissing($0) })
  }

  @Test(
    "Words that only resemble those for missing are not missing",
    arguments: ["0", "N", "none", "nil", "NAN0", "---", "..", "n.a", "n-a", "-0", "nulls", " "])
  func notMissing(text: String) {
    #expect(withBytes(text) { !isMissing($0) })
  }

  @Test("A decimal comma is a decimal mark when told, and then the point is none")
  func decimalComma() {
    #expect(parse("7,5", decimalMark: ",") == .value(7.5))
    #expect(parse("-0,25", decimalMark: ",") == .value(-0.25))
    #expect(parse("1,5e3", decimalMark: ",") == .value(1_500))
    #expect(parse("0,1234567890123456789", decimalMark: ",") == .value(0.1234567890123456789))
    #expect(parse("7.5", decimalMark: ",") == .invalid)
    #expect(parse("1.5e3", decimalMark: ",") == .invalid)
    #expect(parse("1,2,3", decimalMark: ",") == .invalid)
    #expect(parse(",", decimalMark: ",") == .invalid)
    #expect(parse("7", decimalMark: ",") == .value(7))
  }

  @Test("A long number beside a comma cannot smuggle a point in")
  func mixedMarks() {
    #expect(parse("1234567890123456.5,5", decimalMark: ",") == .invalid)
    #expect(parse("1234567890123456,5.5", decimalMark: ",") == .invalid)
  }

  @Test(
    "Whole numbers have 1 to 18 digits and perhaps a sign",
    arguments: [
      ("0", 0), ("7", 7), ("+7", 7), ("-7", -7), ("007", 7), ("-0", 0),
      ("999999999999999999", 999_999_999_999_999_999),
      ("-999999999999999999", -999_999_999_999_999_999), ("000000000000000001", 1),
      ("1000000000000000000", nil), ("0000000000000000001", nil), ("", nil), ("+", nil), ("-", nil),
      ("1.0", nil), ("1,0", nil), ("1e3", nil), (" 1", nil), ("1 ", nil), ("--1", nil),
      ("+-1", nil), ("0x1", nil), ("٣", nil), ("one", nil),
    ] as [(String, Int64?)])
  func integers(text: String, value: Int64?) {
    #expect(withBytes(text) { parseInteger($0) } == value)
  }
}
