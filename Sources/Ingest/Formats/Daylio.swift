import Records

/// Daylio: moods with activities and scales; scales of pain and activities that are exercises are ours.
struct Daylio: TableFormat {
  static let name = "daylio"
  static let about = "scales of pain and activities that are exercises, from Daylio"
  static let kinds: [Kind] = [.sessions, .pain]

  static func knows(_ header: [String]) -> Bool {
    Set(header).isSuperset(of: ["full_date", "weekday", "time", "mood", "activities"])
  }

  private var columns: [String: Int] = [:]
  private var width = 0

  init() {}

  mutating func rows(of cells: [String], line: Int) -> [ForeignRow] {
    guard width > 0 else {
      width = cells.count
      columns = Dictionary(cells.enumerated().map { ($1, $0) }) { first, _ in first }
      return []
    }
    guard cells.count == width else {
      return [
        ForeignRow(line, .refused(cells.count < width ? .tooFewFields : .tooManyFields, path: ""))
      ]
    }
    func cell(_ name: String) -> String { columns[name].map { cells[$0] } ?? "" }
    let when = cell("full_date") + " " + cell("time")
    var drafts: [RecordDraft] = []
    for scale in cell("scales").split(separator: "|") {
      if let draft = pain(String(scale), when) { drafts.append(draft) }
    }
    for activity in cell("activities").split(separator: "|") {
      let name = String(activity).trimmingSpaces
      guard let entry = ExerciseCatalogue.entry(of: name) else { continue }
      var draft = RecordDraft(.sessions)
      draft.set(.startedAt, when, at: "full_date")
      draft.set(.exercise, name, at: "activities")
      draft.set(.component, entry.component.word)
      drafts.append(draft)
    }
    return [ForeignRow(line, drafts.isEmpty ? .leftOut("no pain or exercise") : .records(drafts))]
  }

  /// `Back pain: 6/10 points`, with spaces of any kind; nil for scales of other things.
  private func pain(_ scale: String, _ when: String) -> RecordDraft? {
    let parts = scale.replacingNoBreakSpaces.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let name = String(parts[0]).trimmingSpaces
    let folded = name.lowercased()
    guard ["pain", "schmerz", "douleur", "dolor", "ache"].contains(where: folded.contains) else {
      return nil
    }
    let rating = parts[1].split(separator: " ").first?.split(separator: "/") ?? []
    var draft = RecordDraft(.pain)
    draft.set(.recordedAt, when, at: "full_date")
    let points = rating.count == 2 ? Double(rating[0]) : nil
    if let points, let most = Double(rating[1]), most > 0 {
      draft.set(.score, points * 10 / most, at: "scales")
    } else {
      draft.set(.score, String(parts[1]).trimmingSpaces, at: "scales")
    }
    draft.set(.location, name)
    return draft
  }
}

extension String {
  /// With plain spaces in the place of those that do not break.
  fileprivate var replacingNoBreakSpaces: String {
    String(map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 })
  }
}
