import Records

/// Open mHealth and Granola data points: activities with a time frame; every value carries its
/// unit.
struct OpenMHealth: JSONFormat {
  static let name = "open-mhealth"
  static let title = "Open mHealth"
  static let about = "Open mHealth and Granola data points: physical activity; steps are left out"
  static let kinds: [Kind] = [.sessions]
  static let containers: Set<String> = []

  private static let bodies = [
    "activity_name", "step_count", "minutes_moderate_activity", "kcal_burned", "distance",
  ]

  static func knows(_ keys: Set<String>) -> Bool {
    if keys.contains("header.schema_id") || keys.contains("schema_id.namespace") { return true }
    return bodies.contains(where: keys.contains)
      && (keys.contains("effective_time_frame") || keys.contains("activity_name"))
  }

  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow] {
    var row = ForeignRow(record.line ?? 1, fate(of: record))
    row.id = record["header", "id"]?.text
    return [row]
  }

  private func fate(of record: JSONValue) -> ForeignRow.Fate {
    let isPoint = record["header"] != nil
    guard let body = isPoint ? record["body"] : record, record["schema_id"] == nil else {
      return .refused(.missingValue, path: "body")
    }
    let path = isPoint ? "body." : ""
    if body["step_count"] != nil { return .leftOut("steps") }
    let schema = record["header", "schema_id", "name"]?.text
    let moderate = body["minutes_moderate_activity"]
    guard body["activity_name"] != nil || moderate != nil else {
      return .leftOut(schema ?? "other measurements")
    }
    var activity = Activity()
    activity.name = body["activity_name"]?.text.map(Activity.readable) ?? "Moderate activity"
    activity.patient = record["header", "user_id"]?.text ?? body["user_id"]?.text
    let frame = TimeFrame(body["effective_time_frame"])
    activity.start = frame.start
    activity.startPath = path + "effective_time_frame"
    activity.minutesPath = path + "duration"
    if let duration = moderate ?? body["duration"] {
      guard let minutes = TimeFrame.minutes(duration) else {
        return .refused(.unknownCode, path: path + "duration.unit")
      }
      activity.minutes = minutes
    } else {
      activity.minutes = frame.minutes
    }
    return .records([activity.draft])
  }
}

/// A time frame: a moment, two instants, an instant and a duration, or a day and a part of it.
struct TimeFrame {
  private(set) var start: String?
  private(set) var minutes: Double?

  init(_ frame: JSONValue?) {
    if let moment = frame?["date_time"]?.text {
      start = moment
      return
    }
    guard let interval = frame?["time_interval"] else { return }
    let from = interval["start_date_time"]?.text
    let to = interval["end_date_time"]?.text
    minutes = interval["duration"].flatMap(TimeFrame.minutes)
    if let from {
      start = from
      if minutes == nil, let first = instant(from), let last = to.flatMap(instant), last >= first {
        minutes = Double(last - first) / 60_000
      }
    } else if let to, let last = instant(to), let minutes, minutes < 1e7 {
      start = written(milliseconds: last - Int64(minutes * 60_000))
    } else {
      start = to ?? interval["date"]?.text
    }
  }

  /// A duration in minutes; nil without a unit that is known.
  static func minutes(_ duration: JSONValue) -> Double? {
    guard let value = duration["value"]?.number, let unit = duration["unit"]?.text,
      let factor = FHIRCodes.minutes(in: unit)
    else { return nil }
    return value * factor
  }
}
