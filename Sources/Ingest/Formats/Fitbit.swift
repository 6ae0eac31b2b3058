import Records

/// Fitbit: daily series (`activities-…`) and logged activities, from the web interface or an
/// archive.
struct Fitbit: JSONFormat {
  static let name = "fitbit"
  static let title = "Fitbit"
  static let about =
    "Fitbit archive or web interface: logged activities and active minutes "
    + "a day; steps are left out"
  static let kinds: [Kind] = [.sessions]
  private static let minutes = [
    "activities-minutesFairlyActive": "Fairly active minutes",
    "activities-minutesVeryActive": "Very active minutes",
  ]
  /// Series of an archive, which only the names of files tell, as `very_active_minutes-2026-01-01`.
  private static let archived = [
    "moderately_active_minutes": "Fairly active minutes",
    "very_active_minutes": "Very active minutes",
  ]
  private static let archivedOthers: Set<String> = [
    "steps", "lightly_active_minutes", "sedentary_minutes", "calories", "distance", "altitude",
    "heart_rate", "resting_heart_rate",
  ]
  private static let others = [
    "activities-steps", "activities-minutesLightlyActive", "activities-minutesSedentary",
    "activities-calories", "activities-distance", "activities-floors", "activities-elevation",
    "activities-activityCalories", "activities-heart",
  ]
  /// The archive writes `10/13/26 07:15:00` whatever the country.
  static let dateOrder: DateOrder? = .mdy
  static let containers = Set(others).union(minutes.keys).union(["activities"])

  static func knows(_ keys: Set<String>) -> Bool {
    if keys.contains(where: { containers.contains($0) && $0 != "activities" }) { return true }
    return keys.contains("activities.logId") || keys.contains("logId")
      || (keys.contains("dateTime") && keys.contains("value"))
  }

  /// What the file's name says of a series without a name, up to its day; empty for nothing.
  private var series = ""

  mutating func begin(_ options: ReadingOptions) {
    series = String((options.fileName ?? "").prefix { $0.isLetter || $0 == "_" })
  }

  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow] {
    let line = record.line ?? 1
    if container == "activities" || record["logId"] != nil { return [logged(record, line)] }
    if let name = Fitbit.minutes[container] { return [daily(record, name, line)] }
    if container.isEmpty, let name = Fitbit.archived[series] { return [daily(record, name, line)] }
    if container == "activities-steps" { return [ForeignRow(line, .leftOut("steps"))] }
    let unnamed = Fitbit.archivedOthers.contains(series) ? series : "a series without a name"
    let name = container.isEmpty ? unnamed : String(container.dropFirst(11))
    return [ForeignRow(line, .leftOut(name))]
  }

  private func daily(_ record: JSONValue, _ name: String, _ line: Int) -> ForeignRow {
    guard let value = record["value"]?.number else {
      return ForeignRow(line, .refused(.notANumber, path: "value"))
    }
    // A day that the device was not worn says 0.
    if value == 0 { return ForeignRow(line, .leftOut("days of 0 minutes")) }
    // An archive gives days the clock of their beginning.
    let day = record["dateTime"]?.text.map { String($0.prefix { $0 != " " }) }
    let activity = Activity(
      name: name, start: day, startPath: "dateTime", minutes: value, minutesPath: "value")
    var row = ForeignRow(line, .records([activity.draft]))
    row.id = record["dateTime"]?.text.map { "\(name)/\($0)" }
    return row
  }

  private func logged(_ record: JSONValue, _ line: Int) -> ForeignRow {
    // Nights and weights have numbers of their own too.
    if record["dateOfSleep"] != nil { return ForeignRow(line, .leftOut("sleep")) }
    if record["weight"] != nil { return ForeignRow(line, .leftOut("weight")) }
    let duration = record["activeDuration"] ?? record["duration"]
    var start = record["originalStartTime"]?.text ?? record["startTime"]?.text
    // Interfaces write the day apart from the clock.
    if let clock = start, clock.count <= 8, let day = record["startDate"]?.text {
      start = day + "T" + clock
    }
    let activity = Activity(
      name: (record["activityName"] ?? record["name"])?.text.map(Activity.readable), start: start,
      startPath: "startTime", minutes: duration?.number.map { $0 / 60_000 },
      minutesPath: "duration")
    var row = ForeignRow(line, .records([activity.draft]))
    row.id = record["logId"]?.text
    row.updated = record["lastModified"]?.text.flatMap(instant)
    return row
  }
}
