import Records

/// What is known about a flexibility measure.
public struct FlexibilityMeasure: Sendable {
  /// Its code in files.
  public let code: String
  /// `cm`, `deg` or `s`.
  public let unit: String
  /// Whether more is better; nil when a convention decides.
  public let higherIsBetter: Bool?
  /// The minimal detectable change (MDC), and that between two raters.
  public let threshold: Threshold?
  /// MDC between two raters; nil when none is published, then `threshold` stands in.
  public let changedRaterThreshold: Threshold?

  private init(
    _ code: String, higherIsBetter: Bool?, mdc: Double?,
    source: String = "", changedRater: Double? = nil, changedSource: String = ""
  ) {
    self.code = code
    let unit = Quantity.of(measure: code)?.unit ?? ""
    self.unit = unit
    self.higherIsBetter = higherIsBetter
    threshold = mdc.map { Threshold("mdc_\(code)", $0, unit, "low back pain, same rater", source) }
    changedRaterThreshold = changedRater.map {
      Threshold("mdc_\(code)_changed_rater", $0, unit, "low back pain, two raters", changedSource)
    }
  }

  /// The measures with a direction.
  public static let known = [
    FlexibilityMeasure(
      "sit_and_reach", higherIsBetter: true, mdc: 4, source: "PMC3737781"),
    FlexibilityMeasure(
      "fingertip_to_floor", higherIsBetter: false, mdc: 4.5,
      source: "Ekedahl 2012", changedRater: 9.8, changedSource: "Robinson 2014"),
    FlexibilityMeasure(
      "modified_schober", higherIsBetter: true, mdc: 1.8,
      source: "Robinson 2014"),
    FlexibilityMeasure(
      "straight_leg_raise", higherIsBetter: true, mdc: 5.7,
      source: "Ekedahl 2012"),
    FlexibilityMeasure(
      "active_knee_extension", higherIsBetter: nil, mdc: 8,
      source: "doi 10.1123/jsr.2014-0220"),
    FlexibilityMeasure(
      "hip_internal_rotation", higherIsBetter: true, mdc: 5.4,
      source: "Krause"),
    FlexibilityMeasure(
      "hip_external_rotation", higherIsBetter: true, mdc: nil),
    FlexibilityMeasure(
      "back_extensor_hold", higherIsBetter: true, mdc: 32,
      source: "Latimer 1999, from SEM 11.6"),
  ]

  /// The measure of a code, nil for one that lumbar does not know.
  public static func named(_ code: String) -> FlexibilityMeasure? {
    known.first { $0.code == code }
  }

  /// Whether more is better under a convention (`extension` or `deficit`).
  func higherIsBetter(convention: String?) -> Bool? {
    if let higherIsBetter { return higherIsBetter }
    switch convention?.lowercased() {
    case "extension": return true
    case "deficit": return false
    default: return nil
    }
  }
}
