import Records

/// JEFIT: tables under banners, sessions first, then exercises with their sets packed as
/// `80x8,85x6`.
///
/// Weights carry no unit: the caller says it. Each set is a record.
struct JEFIT: TableFormat {
  static let name = "jefit"
  static let about = "sets of workouts exported from JEFIT"
  static let kinds: [Kind] = [.sessions]

  static func knows(_ header: [String]) -> Bool {
    header.first.map { $0.hasPrefix("### ") && $0.hasSuffix(" ###") } ?? false
  }

  private var section = ""
  private var header: TableHeader?
  /// The last header of each section.
  private var headers: [String: (cells: [String], header: TableHeader)] = [:]
  private var sessions: [String: String] = [:]
  /// The components of exercises that were met; nil for those that the catalogue does not hold.
  private var components: [String: Component?] = [:]

  private var weightUnit: WeightUnit?

  init() {}

  mutating func begin(_ options: ReadingOptions) { weightUnit = options.weightUnitOfFormat }

  mutating func rows(of cells: [String], line: Int) -> [ForeignRow] {
    if let first = cells.first, first.utf8.first == 0x23, first.hasPrefix("###") {
      section = ""
      eachPart(of: first, separator: 0x23) { section = $0.text }
      header = nil
      return []
    }
    guard let header else {
      if headers[section]?.cells != cells {
        headers[section] = (cells, TableHeader(cells.map { $0.lowercased() }))
      }
      header = headers[section]?.header
      return []
    }
    if let reason = header.refusal(of: cells) {
      return [ForeignRow(line, .refused(reason, path: section.lowercased()))]
    }
    let cell = { (name: String) in header.cell(name, of: cells) }
    switch section {
    case "WORKOUT SESSIONS": return [session(cell, line)]
    case "EXERCISE LOGS": return [exercise(cell, line)]
    default: return [ForeignRow(line, .leftOut(section.lowercased()))]
    }
  }

  private mutating func session(_ cell: (String) -> String?, _ line: Int) -> ForeignRow {
    guard let number = cell("_id"), let day = cell("mydate"), !day.isEmpty else {
      return ForeignRow(line, .refused(.missingValue, path: "mydate"))
    }
    guard sessions[number] == nil else {
      return ForeignRow(line, .leftOut("second session of one number"))
    }
    // The moment, where it falls on the day that the app gives.
    let moment = cell("starttime").flatMap { Int64($0) }.flatMap {
      $0.magnitude < 100_000_000_000 ? written(milliseconds: $0 * 1_000) : nil
    }
    sessions[number] = moment.map { $0.hasPrefix(day) ? $0 : day } ?? day
    return ForeignRow(line, .leftOut("session"))
  }

  private mutating func exercise(_ cell: (String) -> String?, _ line: Int) -> ForeignRow {
    guard let start = cell("belongsession").flatMap({ sessions[$0] }) else {
      return ForeignRow(line, .refused(.missingValue, path: "belongsession"))
    }
    var reps: [String] = []
    var weights: [String] = []
    eachPart(of: cell("logs") ?? "", separator: 0x2C) { set in
      let times = set.firstIndex(of: 0x78)
      weights.append(times.map { Bytes(rebasing: set[..<$0]).trimmed.text } ?? "")
      let rest = times.map { Bytes(rebasing: set[($0 + 1)...]) }
      reps.append(rest.map { $0.contains(0x78) ? "?" : $0.trimmed.text } ?? "?")
    }
    guard !reps.isEmpty else { return ForeignRow(line, .refused(.missingValue, path: "logs")) }
    let name = cell("ename")
    var draft = RecordDraft(.sessions)
    draft.set(.startedAt, start, at: "mydate")
    draft.set(.exercise, name, at: "ename")
    draft.set(.component, component(of: name ?? "")?.word)
    draft.set(.sets, "1")
    draft.set(.reps, each: reps, at: "logs")
    // A weight of 0 is the body's own.
    if weights.contains(where: { Double($0) != 0 && !$0.isEmpty }) {
      guard let weightUnit else { return ForeignRow(line, .openQuestion(.weightWithoutUnit)) }
      let times = weightUnit == .kg ? 1 : 0.45359237
      draft.set(
        .loadKilograms,
        each: weights.map { weight in
          Double(weight).map { $0 == 0 ? "" : "\($0 * times)" } ?? weight
        }, at: "logs")
    }
    return ForeignRow(line, .records([draft]))
  }

  private mutating func component(of name: String) -> Component? {
    if let known = components[name] { return known }
    let found = ExerciseCatalogue.entry(of: name)?.component
    components[name] = .some(found)
    return found
  }
}

extension String {
  /// Without spaces at its ends.
  var trimmingSpaces: String {
    var kept = Substring(self)
    while kept.first == " " { kept.removeFirst() }
    while kept.last == " " { kept.removeLast() }
    return String(kept)
  }
}
