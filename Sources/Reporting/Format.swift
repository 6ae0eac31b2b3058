import Records

/// How figures are written, in one place for every output, never by locale.
public enum Format {
  /// The sign that stands for an absent figure.
  public static let absent = "–"

  /// A number with a fixed count of decimals, rounded half away from zero, as `-2.7`.
  public static func decimal(_ value: Double, places: Int = 1) -> String {
    guard let digits = Digits(value, places: places) else { return absent }
    let sign = digits.isNegative ? "-" : ""
    guard places > 0 else { return sign + String(digits.whole) }
    let fraction = String(digits.fraction)
    let zeros = String(repeating: "0", count: max(0, places - fraction.count))
    return "\(sign)\(digits.whole).\(zeros)\(fraction)"
  }

  /// A number in parts, as it is written; nil for one that is not.
  private struct Digits {
    let whole: Int64
    let fraction: Int64
    let isNegative: Bool
    var isZero: Bool { whole == 0 && fraction == 0 }

    init?(_ value: Double, places: Int) {
      guard value.isFinite, abs(value) < 1e12 else { return nil }
      var scale = 1.0
      for _ in 0..<places { scale *= 10 }
      let scaled = (abs(value) * scale + 1e-9).rounded(.toNearestOrAwayFromZero)
      whole = Int64(scaled / scale)
      fraction = Int64(scaled) - whole * Int64(scale)
      isNegative = value < 0 && scaled > 0
    }
  }

  /// How many columns a number takes as `decimal` or `signed` writes it.
  static func width(_ value: Double, places: Int, signed: Bool) -> Int {
    guard let digits = Digits(value, places: places) else { return absent.count }
    var width = 1
    var rest = digits.whole
    while rest >= 10 {
      rest /= 10
      width += 1
    }
    if places > 0 { width += 1 + places }
    return width + (digits.isNegative || signed && !digits.isZero ? 1 : 0)
  }

  /// A number with one decimal, or none where it is whole.
  static func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String((value * 10).rounded() / 10)
  }

  /// A number with its sign, as `+1.5`.
  public static func signed(_ value: Double, places: Int = 1) -> String {
    let text = decimal(value, places: places)
    guard let digits = Digits(value, places: places), !digits.isNegative, !digits.isZero else {
      return text
    }
    return "+" + text
  }

  /// A p-value with three decimals, `< 0.0001` below that.
  public static func pValue(_ p: Double) -> String {
    if p < 0.0001 { return "< 0.0001" }
    return p < 0.001 ? decimal(p, places: 4) : decimal(p, places: 3)
  }

  /// A share as whole percent, as `79 %`.
  public static func percent(_ share: Double) -> String { decimal(share * 100, places: 0) + " %" }
}
