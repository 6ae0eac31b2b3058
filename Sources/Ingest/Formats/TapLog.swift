import Records

/// TapLog: one row a press of a button; a start of the category Sport and the next end are one
/// session.
///
/// A start within another session begins anew: minutes are never counted twice.
struct TapLog: HeadedTableFormat {
  static let name = "taplog"
  static let about = "starts and ends of sport pressed in TapLog, paired"
  static let kinds: [Kind] = [.sessions]

  static func knows(_ header: [String]) -> Bool {
    Set(header).isSuperset(of: ["Milliseconds", "timezoneOffset", "timestamp", "cat1", "cat2"])
  }

  static let columns: Set<String>? = ["cat1", "cat2", "Milliseconds", "timestamp"]

  private struct Press {
    var what: String
    var line: Int
    var timestamp: String
    var milliseconds: Int64
  }

  var header: TableHeader?
  /// Parts of the programme by what was pressed.
  private var components: [String: Component] = [:]
  /// The start that waits for its end.
  private var started: Press?

  init() {}

  mutating func rows(line: Int, cell: (String) -> String) -> [ForeignRow] {
    guard cell("cat1").lowercased() == "sport" else {
      return [ForeignRow(line, .leftOut("no sport"))]
    }
    guard let milliseconds = Int64(cell("Milliseconds")), milliseconds.magnitude < 1 << 50 else {
      return [ForeignRow(line, .refused(.notANumber, path: "Milliseconds"))]
    }
    let label = cell("cat2")
    let press = Press(
      what: String(label.dropLast(4)), line: line, timestamp: cell("timestamp"),
      milliseconds: milliseconds)
    if label.hasSuffix(" Str") {
      defer { started = press }
      return rest()
    }
    guard label.hasSuffix(" End") else { return [ForeignRow(line, .leftOut("no start or end"))] }
    guard let start = started, start.milliseconds <= milliseconds else {
      return [ForeignRow(line, .leftOut("end without a start"))]
    }
    started = nil
    return [
      ForeignRow(start.line, .records([draft(from: start, to: press)])),
      ForeignRow(line, .leftOut("end of a session")),
    ]
  }

  private mutating func draft(from start: Press, to end: Press) -> RecordDraft {
    var activity = Activity()
    activity.name = start.what
    let component = components[start.what] ?? Activity.component(of: start.what)
    components[start.what] = component
    activity.component = component
    activity.start = start.timestamp
    activity.startPath = "timestamp"
    activity.minutes = Double(end.milliseconds - start.milliseconds) / 60_000
    activity.minutesPath = "Milliseconds"
    return activity.draft
  }

  mutating func rest() -> [ForeignRow] {
    defer { started = nil }
    return started.map { [ForeignRow($0.line, .leftOut("start without an end"))] } ?? []
  }
}
