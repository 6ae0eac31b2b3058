import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("How figures are written")
struct FormatTests {
  @Test(
    "decimals are rounded half away from zero, without a negative zero",
    arguments: [
      (0.0, 1, "0.0"), (-0.04, 1, "0.0"), (2.25, 1, "2.3"), (-2.25, 1, "-2.3"), (0.05, 1, "0.1"),
      (9.96, 1, "10.0"), (1.005, 2, "1.01"), (12, 0, "12"), (0.5, 0, "1"), (-0.5, 0, "-1"),
      (1_234_567.89, 1, "1234567.9"), (0.1 + 0.2, 1, "0.3"), (99.95, 1, "100.0"), (0.07, 2, "0.07"),
    ])
  func decimals(_ value: Double, _ places: Int, _ text: String) {
    #expect(Format.decimal(value, places: places) == text)
  }

  @Test(
    "what is no number is a dash, never NaN",
    arguments: [
      Double.nan, .infinity, -.infinity, 1e300,
    ])
  func noNumber(_ value: Double) {
    #expect(Format.decimal(value) == Format.absent)
  }

  @Test(
    "signs stand where a change is meant",
    arguments: [
      (1.5, "+1.5"), (-1.5, "-1.5"), (0, "0.0"), (0.01, "0.0"), (-0.01, "0.0"),
    ])
  func signs(_ value: Double, _ text: String) {
    #expect(Format.signed(value) == text)
  }

  @Test(
    "shares are whole percent",
    arguments: [
      (0.785, "79 %"), (0, "0 %"), (1, "100 %"), (1.204, "120 %"), (0.004, "0 %"),
    ])
  func shares(_ share: Double, _ text: String) {
    #expect(Format.percent(share) == text)
  }

  @Test(
    "periods name no more than they must",
    arguments: [
      (1, 31, "1 to 31 October 2026"), (5, 5, "5 October 2026"),
      (-1, 3, "29 September to 3 October 2026"),
      (30, 100, "30 October 2026 to 8 January 2027"),
    ])
  func periods(_ from: Int, _ to: Int, _ text: String) {
    let period = Period(from: LogBuilder.october(from), to: LogBuilder.october(to))
    #expect(Sentences(.english).period(period) == text)
  }

  @Test("counts agree with their nouns")
  func counts() {
    #expect(Words(.english).count(1, .day) == "1 day")
    #expect(Words(.english).count(0, .day) == "0 days")
    #expect(Words(.english).count(2, .day) == "2 days")
  }

  @Test("a number is as wide as it is written")
  func widths() {
    for value in [
      0, -0.0, 0.04, -0.04, -0.049, 0.95, 9.94, 9.96, 10, -10, 99.96, 1234.5, -1e9, 1e12, 1e300,
      .nan, .infinity,
    ] {
      for places in 0...4 {
        #expect(
          Format.width(value, places: places, signed: false)
            == displayWidth(Format.decimal(value, places: places)), "\(value) \(places)")
        #expect(
          Format.width(value, places: places, signed: true)
            == displayWidth(Format.signed(value, places: places)), "\(value) \(places) signed")
      }
    }
  }
}
