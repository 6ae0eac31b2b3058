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
  private static let others = [
    "activities-steps", "activities-minutesLightlyActive", "activities-minutesSedentary",
    "activities-calories", "activities-distance", "activities-floors", "activities-elevation",
    "activities-activityCalories", "activities-heart",
  ]
  static let containers = Set(others).union(minutes.keys).union(["activities"])

  static func knows(_ keys: Set<String>) -> Bool {
    if keys.contains(where: { containers.contains($0) && $0 != "activities" }) { return true }
    return keys.contains("activities.logId") || keys.contains("logId")
      || (keys.contains("dateTime") && keys.contains("value"))
  }

  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow] {
    let line = record.line ?? 1
    if container == "activities" || record["logId"] != nil { return [logged(record, line)] }
    if let name = Fitbit.minutes[container] { return [daily(record, name, line)] }
    if container == "activities-steps" { return [ForeignRow(line, .leftOut("steps"))] }
    let name = container.isEmpty ? "a series without a name" : String(container.dropFirst(11))
    return [ForeignRow(line, .leftOut(name))]
  }

  private func daily(_ record: JSONValue, _ name: String, _ line: Int) -> ForeignRow {
    guard let value = record["value"]?.number else {
      return ForeignRow(line, .refused(.notANumber, path: "value"))
    }
    // A day that the device was not worn says 0.
    if value == 0 { return ForeignRow(line, .leftOut("days of 0 minutes")) }
    let activity = Activity(
      name: name, start: record["dateTime"]?.text, startPath: "dateTime", minutes: value,
      minutesPath: "value")
    var row = ForeignRow(line, .records([activity.draft]))
    row.id = record["dateTime"]?.text.map { "\(name)/\($0)" }
    return row
  }

  private func logged(_ record: JSONValue, _ line: Int) -> ForeignRow {
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
