import Records

/// Strava: activities as its web interface gives them.
struct Strava: JSONFormat {
  static let name = "strava"
  static let title = "Strava"
  static let about = "Strava activities of its web interface"
  static let kinds: [Kind] = [.sessions]
  static let containers: Set<String> = []

  static func knows(_ keys: Set<String>) -> Bool {
    keys.contains("start_date") && (keys.contains("elapsed_time") || keys.contains("moving_time"))
  }

  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow] {
    let type = (record["sport_type"] ?? record["type"])?.text
    var activity = Activity(name: type.map(Activity.readable))
    activity.start = record["start_date"]?.text
    activity.startPath = "start_date"
    let offset = record["utc_offset"]?.number
    if let offset, offset.magnitude <= 64_800, let utc = activity.start.flatMap(instant) {
      activity.start = written(milliseconds: utc, offsetMinutes: Int64(offset) / 60)
    }
    let seconds = record["moving_time"]?.number ?? record["elapsed_time"]?.number
    activity.minutes = seconds.map { $0 / 60 }
    activity.minutesPath = "moving_time"
    activity.notes = record["description"]?.text
    activity.patient = record["athlete", "id"]?.text
    var row = ForeignRow(record.line ?? 1, .records([activity.draft]))
    row.id = record["id"]?.text
    return [row]
  }
}
