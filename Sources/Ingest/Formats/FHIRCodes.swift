/// The codes that lumbar understands, by LOINC.
enum FHIRCodes {
  /// Pain from 0 to 10: numeric rating, and severity as reported.
  static let pain: Set<String> = ["72514-3", "38208-5"]
  /// Average pain of the past week, an item of the PEG scale.
  static let averagePain = "75893-8"
  /// Duration of an exercise.
  static let exerciseDuration = "55411-3"
  /// Steps, however counted; they are no exercise of the programme.
  static let steps: Set<String> = ["41950-7", "55423-8", "41951-5", "41952-3", "41953-1"]
  /// Score of the Oswestry Disability Index, 0-100.
  static let oswestry = "97909-6"
  /// Its panel, which may hold the score as a component.
  static let oswestryPanel = "97908-8"

  static let known = pain.union(steps).union([
    averagePain, exerciseDuration, oswestry, oswestryPanel,
  ])

  /// Whether an observation's code is one of pain.
  static func isPain(_ code: String) -> Bool { pain.contains(code) || code == averagePain }

  /// The answers of the list LL2335-9, 0 to 10, by code: their labels are in any language.
  static let ratings = [
    "LA6111-4": "0", "LA6112-2": "1", "LA6113-0": "2", "LA6114-8": "3", "LA6115-5": "4",
    "LA10137-0": "5", "LA10138-8": "6", "LA10139-6": "7", "LA10140-4": "8", "LA10141-2": "9",
    "LA13942-0": "10",
  ]

  /// Minutes in one of a unit of time (UCUM or as written); nil for another unit.
  static func minutes(in unit: String) -> Double? {
    switch unit.lowercased() {
    case "ms", "millisecond", "milliseconds": 1 / 60_000.0
    case "s", "sec", "second", "seconds": 1 / 60.0
    case "min", "minute", "minutes": 1
    case "h", "hr", "hour", "hours": 60
    case "d", "day", "days": 1_440
    default: nil
    }
  }

  /// Whether a unit counts points of a scale.
  static func countsPoints(_ unit: String?) -> Bool {
    guard let unit else { return true }
    return unit.hasPrefix("{") || ["1", "score", "points", "point", "/10"].contains(unit)
  }
}
