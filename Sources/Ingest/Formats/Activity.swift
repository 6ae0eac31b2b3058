import Records

/// A session as apps and watches record it: what, when, how long.
struct Activity {
  var name: String?
  var start: String?
  var startPath = ""
  var minutes: Double?
  var minutesPath = ""
  var patient: String?
  var notes: String?
  /// The part of the programme, where it is known already.
  var component: Component?

  /// The session as a record of one exercise row.
  var draft: RecordDraft {
    var draft = RecordDraft(.sessions)
    draft.set(.patientID, patient)
    draft.set(.startedAt, start, at: startPath)
    draft.set(.exercise, name, at: "name")
    draft.set(.component, (component ?? name.map(Activity.component))?.word)
    draft.set(.minutes, minutes, at: minutesPath)
    draft.set(.notes, notes)
    return draft
  }

  /// The part of the programme: that of the catalogue, else by the name's words, else aerobic.
  static func component(of name: String) -> Component {
    if let entry = ExerciseCatalogue.entry(of: name) { return entry.component }
    let words = ExerciseCatalogue.folded(name)
    if words.contains("strength") || words.contains("weight") || words.contains("core") {
      return .strengthening
    }
    if ["yoga", "pilates", "stretch", "flexib", "mobil"].contains(where: words.contains) {
      return .mobility
    }
    return .aerobic
  }

  /// A name in words: `HKWorkoutActivityTypeCycling` and `indoor_cycling` as people write them.
  static func readable(_ name: String) -> String {
    let prefix = "HKWorkoutActivityType"
    let plain = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    if plain.contains(" ") { return plain }
    var text = ""
    for character in plain {
      if character == "_" || character == "-" { text += " "; continue }
      if character.isUppercase, let last = text.last, last.isLowercase { text += " " }
      text.append(contentsOf: text.isEmpty ? character.uppercased() : character.lowercased())
    }
    return text
  }
}

/// A time in ISO 8601 from milliseconds of UTC and an offset.
///
/// - Returns: nil for years that four digits do not hold.
func written(milliseconds: Int64, offsetMinutes: Int64 = 0) -> String? {
  guard milliseconds.magnitude < 250_000_000_000_000, offsetMinutes.magnitude <= 18 * 60 else {
    return nil
  }
  let local = milliseconds + offsetMinutes * 60_000
  let day = Int32((local >= 0 ? local : local - 86_399_999) / 86_400_000)
  let ofDay = Int(local - Int64(day) * 86_400_000)
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let clock = "\(two(ofDay / 3_600_000)):\(two(ofDay / 60_000 % 60)):\(two(ofDay / 1_000 % 60))"
  let rest = ofDay % 1_000
  let fraction = rest == 0 ? "" : "." + (rest < 10 ? "00" : rest < 100 ? "0" : "") + "\(rest)"
  let away = Int(offsetMinutes.magnitude)
  let zone = "\(offsetMinutes < 0 ? "-" : "+")\(two(away / 60)):\(two(away % 60))"
  return "\(Day(number: day))T\(clock)\(fraction)\(zone)"
}
