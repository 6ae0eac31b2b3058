import Records

/// Garmin: the summarized activities of an account's archive, with milliseconds and two starts.
struct Garmin: JSONFormat {
  static let name = "garmin"
  static let title = "Garmin"
  static let about = "Garmin archive: summarized activities"
  static let kinds: [Kind] = [.sessions]
  static let containers: Set<String> = ["summarizedActivitiesExport"]

  static func knows(_ keys: Set<String>) -> Bool {
    keys.contains("summarizedActivitiesExport")
      || (keys.contains("activityType") && keys.contains("startTimeGmt"))
  }

  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow] {
    let line = record.line ?? 1
    // Both starts as milliseconds, written as whole or as floating numbers: their difference is the
    // offset of the watch.
    let gmt = (record["startTimeGmt"] ?? record["beginTimestamp"])?.integer
    let local = record["startTimeLocal"]?.integer
    let offset = gmt.flatMap { gmt in local.map { ($0 - gmt) / 60_000 } } ?? 0
    let type = (record["activityType"] ?? record["sportType"])?.text
    let duration = record["duration"]?.number ?? record["elapsedDuration"]?.number
    let activity = Activity(
      name: type.map(Activity.readable),
      start: gmt.flatMap { written(milliseconds: $0, offsetMinutes: offset) },
      startPath: "startTimeGmt",
      minutes: duration.map { $0 / 60_000 },
      minutesPath: "duration", notes: record["description"]?.text)
    var row = ForeignRow(line, .records([activity.draft]))
    row.id = record["activityId"]?.text
    return [row]
  }
}
