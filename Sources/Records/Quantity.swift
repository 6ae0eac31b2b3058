/// What a number of one unit is multiplied and divided by to be in another.
public struct UnitScale: Equatable, Sendable {
  /// Multiplied by.
  public var times: Double
  /// Divided by: most units are a whole number of times smaller, which a factor would round.
  public var over: Double

  /// A scale.
  public init(times: Double, over: Double) {
    self.times = times
    self.over = over
  }

  /// A number in the other unit.
  public func apply(_ value: Double) -> Double { value * times / over }
}

/// What is measured, with the unit that it is kept in.
public enum Quantity: Sendable {
  /// In seconds.
  case duration
  /// In centimetres.
  case length
  /// In degrees.
  case angle
  /// In kilograms.
  case mass

  /// The unit that it is kept in.
  public var unit: String {
    switch self {
    case .duration: "s"
    case .length: "cm"
    case .angle: "deg"
    case .mass: "kg"
    }
  }

  /// The scale from a unit to the one that the quantity is kept in.
  ///
  /// - Parameter unit: as people write it; case and a point at its end do not matter.
  /// - Returns: nil for a unit that the quantity is not measured in.
  public func scale(from unit: String) -> UnitScale? {
    var word = unit.lowercased()
    if word.hasSuffix(".") { word.removeLast() }
    return words.first { $0.words.contains(word) }?.scale
  }

  private var words: [(words: [String], scale: UnitScale)] {
    let one = UnitScale(times: 1, over: 1)
    switch self {
    case .duration:
      return [
        (["ms"], UnitScale(times: 1, over: 1_000)),
        (["s", "sec", "secs", "second", "seconds", "sekunde", "sekunden"], one),
        (
          ["min", "mins", "minute", "minutes", "minuten"], UnitScale(times: 60, over: 1)
        ),
        (["h", "hour", "hours", "stunde", "stunden"], UnitScale(times: 3_600, over: 1)),
      ]
    case .length:
      return [
        (["cm", "centimeter", "centimeters", "centimetre", "centimetres", "zentimeter"], one),
        (
          ["mm", "millimeter", "millimeters", "millimetre", "millimetres"],
          UnitScale(times: 1, over: 10)
        ), (["m", "meter", "meters", "metre", "metres"], UnitScale(times: 100, over: 1)),
        (["in", "inch", "inches", "zoll", "\""], UnitScale(times: 2.54, over: 1)),
        (["ft", "foot", "feet"], UnitScale(times: 30.48, over: 1)),
      ]
    case .angle:
      return [
        (["deg", "degree", "degrees", "°", "grad"], one),
        (["rad", "radian", "radians"], UnitScale(times: 180, over: Double.pi)),
      ]
    case .mass:
      return [
        (["kg", "kgs", "kilogram", "kilograms"], one), (["g"], UnitScale(times: 1, over: 1_000)),
        (["lb", "lbs", "pound", "pounds"], UnitScale(times: 0.453_592_37, over: 1)),
      ]
    }
  }

  /// What a known test of flexibility or strength measures; nil for any other one.
  public static func of(measure: String) -> Quantity? {
    switch measure {
    case "sit_and_reach", "fingertip_to_floor", "modified_schober": .length
    case "straight_leg_raise", "active_knee_extension", "hip_internal_rotation",
      "hip_external_rotation":
      .angle
    case "back_extensor_hold": .duration
    default: nil
    }
  }
}
