import Records

/// Google Fit: buckets of the web interface, sessions of it, and sessions of an archive.
struct GoogleFit: JSONFormat {
  static let name = "google-fit"
  static let title = "Google Fit"
  static let about = "Google Fit buckets and sessions: activities; steps are left out"
  static let kinds: [Kind] = [.sessions]
  static let containers: Set<String> = ["bucket", "session", "deletedSession"]

  static func knows(_ keys: Set<String>) -> Bool {
    keys.contains("bucket.dataset") || keys.contains("session.activityType")
      || (keys.contains("fitnessActivity") && keys.contains("startTime"))
  }

  /// Activities by Google's number; others are named by it.
  private static let activities: [Int64: String] = [
    1: "Biking", 7: "Walking", 8: "Running", 9: "Aerobics", 22: "Circuit training",
    24: "Dancing", 25: "Elliptical", 35: "Hiking", 49: "Pilates", 52: "Rowing",
    53: "Rowing machine", 54: "Running machine", 58: "Treadmill", 77: "Stair climbing",
    80: "Strength training", 82: "Swimming", 83: "Swimming", 84: "Swimming", 93: "Walking",
    94: "Walking", 95: "Walking treadmill", 97: "Weightlifting", 100: "Yoga",
  ]
  /// In a vehicle, still, unknown, tilting, sleep.
  private static let rests: Set<Int64> = [0, 3, 4, 5, 72, 109, 110, 111, 112]

  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow] {
    let line = record.line ?? 1
    switch container {
    case "bucket": return bucket(record, line)
    case "session": return [session(record, line)]
    case "deletedSession": return [ForeignRow(line, .leftOut("deleted session"))]
    default: return [archived(record, line)]
    }
  }

  /// A stretch of time with the points that were measured in it; none is no data, not 0.
  private func bucket(_ bucket: JSONValue, _ line: Int) -> [ForeignRow] {
    let points = (bucket["dataset"]?.list ?? []).flatMap { $0["point"]?.list ?? [] }
    if points.isEmpty { return [ForeignRow(line, .leftOut("no data"))] }
    var drafts: [RecordDraft] = []
    var others: Set<String> = []
    for point in points {
      let type = point["dataTypeName"]?.text ?? ""
      let values = point["value"]?.list ?? []
      let start = point["startTimeNanos"]?.integer.map { $0 / 1_000_000 }
      let when = (start ?? bucket["startTimeMillis"]?.integer).flatMap { written(milliseconds: $0) }
      var activity = Activity(start: when, startPath: "startTimeMillis")
      switch type {
      case "com.google.activity.summary", "com.google.activity.segment":
        let number = values.first?["intVal"]?.integer ?? 4
        if GoogleFit.rests.contains(number) { others.insert("rest"); continue }
        activity.name = GoogleFit.activities[number] ?? "Activity \(number)"
        let end = point["endTimeNanos"]?.integer.map { $0 / 1_000_000 }
        let spent =
          type.hasSuffix("summary")
          ? values.dropFirst().first?["intVal"]?.integer
          : start.flatMap { from in end.map { $0 - from } }
        activity.minutes = spent.map { Double($0) / 60_000 }
      case "com.google.active_minutes":
        activity.name = "Active minutes"
        activity.minutes = values.first?["intVal"]?.number
      default:
        others.insert(type.contains("step_count") ? "steps" : "other measurements")
        continue
      }
      drafts.append(activity.draft)
    }
    if drafts.isEmpty { return [ForeignRow(line, .leftOut(others.min() ?? "no data"))] }
    return [ForeignRow(line, .records(drafts))]
  }

  private func session(_ session: JSONValue, _ line: Int) -> ForeignRow {
    let number = session["activityType"]?.integer ?? 4
    if GoogleFit.rests.contains(number) { return ForeignRow(line, .leftOut("rest")) }
    let start = session["startTimeMillis"]?.integer
    let end = session["endTimeMillis"]?.integer
    var activity = Activity(name: GoogleFit.activities[number] ?? "Activity \(number)")
    activity.start = start.flatMap { written(milliseconds: $0) }
    activity.startPath = "startTimeMillis"
    let spent =
      session["activeTimeMillis"]?.integer ?? start.flatMap { from in end.map { $0 - from } }
    activity.minutes = spent.map { Double($0) / 60_000 }
    activity.minutesPath = "endTimeMillis"
    activity.notes = session["description"]?.text
    var row = ForeignRow(line, .records([activity.draft]))
    row.id = session["id"]?.text
    row.updated = session["modifiedTimeMillis"]?.integer
    return row
  }

  private func archived(_ session: JSONValue, _ line: Int) -> ForeignRow {
    guard let name = session["fitnessActivity"]?.text else {
      return ForeignRow(line, .refused(.missingValue, path: "fitnessActivity"))
    }
    let start = session["startTime"]?.text
    var activity = Activity(name: Activity.readable(name), start: start, startPath: "startTime")
    activity.minutesPath = "duration"
    if let written = session["duration"]?.text, written.hasSuffix("s") {
      activity.minutes = JSONValue.string(String(written.dropLast())).number.map { $0 / 60 }
    } else if let first = start.flatMap(instant),
      let last = session["endTime"]?.text.flatMap(instant)
    {
      activity.minutes = Double(last - first) / 60_000
    }
    return ForeignRow(line, .records([activity.draft]))
  }
}
