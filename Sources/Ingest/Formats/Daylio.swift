import Records

/// Daylio: moods with activities and scales; scales of pain and activities that are exercises are
/// ours.
struct Daylio: HeadedTableFormat {
  static let name = "daylio"
  static let about = "scales of pain and activities that are exercises, from Daylio"
  static let kinds: [Kind] = [.sessions, .pain]

  static func knows(_ header: [String]) -> Bool {
    Set(header).isSuperset(of: ["full_date", "weekday", "time", "mood", "activities"])
  }

  static let columns: Set<String>? = ["full_date", "time", "activities", "scales"]

  var header: TableHeader?
  private var vocabulary = Vocabulary()

  init() {}

  mutating func rows(line: Int, cell: (String) -> String) -> [ForeignRow] {
    let when = cell("full_date") + " " + cell("time")
    var drafts: [RecordDraft] = []
    eachPart(of: cell("scales"), separator: 0x7C) { part in
      guard var draft = vocabulary.pain(part.text.trimmingSpaces) else { return }
      draft.set(.recordedAt, when, at: "full_date")
      drafts.append(draft)
    }
    eachPart(of: cell("activities"), separator: 0x7C) { part in
      guard var draft = vocabulary.exercise(part.text.trimmingSpaces) else { return }
      draft.set(.startedAt, when, at: "full_date")
      drafts.append(draft)
    }
    return [ForeignRow(line, drafts.isEmpty ? .leftOut("no pain or exercise") : .records(drafts))]
  }
}

/// What activities and scales mean, each name worked out once.
private struct Vocabulary {
  /// The components of activities; nil for those that are no exercise.
  private var exercises: [String: Component?] = [:]
  /// The names of scales of pain, as places; nil for those of other things.
  private var places: [String: String?] = [:]

  mutating func exercise(_ activity: String) -> RecordDraft? {
    let component =
      exercises[activity] ?? ExerciseCatalogue.entry(of: activity)?.component
    exercises[activity] = .some(component)
    guard let component else { return nil }
    var draft = RecordDraft(.sessions)
    draft.set(.exercise, activity, at: "activities")
    draft.set(.component, component.word)
    return draft
  }

  private mutating func place(_ scale: String) -> String? {
    if let known = places[scale] { return known }
    let name = scale.replacingNoBreakSpaces.trimmingSpaces
    let folded = name.lowercased()
    let isPain =
      !name.isEmpty
      && ["pain", "schmerz", "douleur", "dolor", "ache"].contains(where: folded.contains)
    places[scale] = .some(isPain ? name : nil)
    return isPain ? name : nil
  }

  /// `Back pain: 6/10 points`, with spaces of any kind; nil for scales of other things.
  mutating func pain(_ scale: String) -> RecordDraft? {
    guard let colon = scale.utf8.firstIndex(of: 0x3A),
      let name = place(String(scale[..<colon]))
    else { return nil }
    let value = String(scale[scale.utf8.index(after: colon)...]).replacingNoBreakSpaces
    guard !value.isEmpty else { return nil }
    let first = value.utf8.split(separator: 0x20).first
    let rating = first?.split(separator: 0x2F).map { String(Substring($0)) } ?? []
    var draft = RecordDraft(.pain)
    let points = rating.count == 2 ? Double(rating[0]) : nil
    if let points, let most = Double(rating[1]), most > 0 {
      draft.set(.score, points * 10 / most, at: "scales")
    } else {
      draft.set(.score, value.trimmingSpaces, at: "scales")
    }
    draft.set(.location, name)
    return draft
  }
}

extension String {
  /// With plain spaces in the place of those that do not break.
  fileprivate var replacingNoBreakSpaces: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    return String(map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 })
  }
}
