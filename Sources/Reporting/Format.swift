import Records

/// How figures are written, in one place for every output, never by locale.
public enum Format {
  /// The sign that stands for an absent figure.
  public static let absent = "–"

  /// A number with a fixed count of decimals, rounded half away from zero, as `-2.7`.
  public static func decimal(_ value: Double, places: Int = 1) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return absent }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (abs(value) * scale + 1e-9).rounded(.toNearestOrAwayFromZero)
    let whole = Int64(scaled / scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return sign + String(whole) }
    let fraction = String(Int64(scaled) - whole * Int64(scale))
    let zeros = String(repeating: "0", count: max(0, places - fraction.count))
    return "\(sign)\(whole).\(zeros)\(fraction)"
  }

  /// A number with its sign, as `+1.5`.
  public static func signed(_ value: Double, places: Int = 1) -> String {
    let text = decimal(value, places: places)
    return text.hasPrefix("-") || text == decimal(0, places: places) ? text : "+" + text
  }

  /// A p-value with three decimals, `< 0.0001` below that.
  public static func pValue(_ p: Double) -> String {
    if p < 0.0001 { return "< 0.0001" }
    return p < 0.001 ? decimal(p, places: 4) : decimal(p, places: 3)
  }

  /// A share as whole percent, as `79 %`.
  public static func percent(_ share: Double) -> String { decimal(share * 100, places: 0) + " %" }
}
