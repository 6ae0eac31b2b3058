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
  /// Activities that are no exercise.
  private(set) var leftOut = LeftOutEntries()

  init() {}

  mutating func begin(_ options: ReadingOptions) {
    vocabulary.componentOf = options.component(ofActivity:)
  }

  mutating func rows(line: Int, cell: (String) -> String) -> [ForeignRow] {
    let when = cell("full_date") + " " + cell("time")
    var drafts: [RecordDraft] = []
    eachPart(of: cell("scales"), separator: 0x7C) { part in
      guard var draft = vocabulary.pain(part.text.trimmingSpaces) else { return }
      draft.set(.recordedAt, when, at: "full_date")
      drafts.append(draft)
    }
    eachPart(of: cell("activities"), separator: 0x7C) { part in
      let activity = part.text.trimmingSpaces
      guard var draft = vocabulary.exercise(activity) else {
        leftOut.add(activity, LeftOutEntries.noExercise)
        return
      }
      draft.set(.startedAt, when, at: "full_date")
      drafts.append(draft)
    }
    return [ForeignRow(line, drafts.isEmpty ? .leftOut("no pain or exercise") : .records(drafts))]
  }
}

/// What activities and scales mean, each name worked out once.
private struct Vocabulary {
  /// The component of an activity that was not met yet.
  var componentOf: @Sendable (String) -> Component? = {
    ExerciseCatalogue.activity(named: $0)?.component
  }
  /// The components of activities; nil for those that are no exercise.
  private var exercises: [String: Component?] = [:]
  /// The names of scales of pain, as places; nil for those of other things.
  private var places: [String: String?] = [:]

  mutating func exercise(_ activity: String) -> RecordDraft? {
    let component =
      exercises[activity] ?? componentOf(activity)
    exercises[activity] = .some(component)
    guard let component else { return nil }
    var draft = RecordDraft(.sessions)
    draft.set(.exercise, activity, at: "activities")
    draft.set(.component, component.word)
    return draft
  }

  mutating func place(_ scale: String) -> String? {
    if let known = places[scale] { return known }
    let name = scale.replacingNoBreakSpaces.trimmingSpaces
    let isPain = Vocabulary.isPain(name)
    places[scale] = .some(isPain ? name : nil)
    return isPain ? name : nil
  }

  /// Whether a name is one of pain, by whole words: relief, days without and remedies are none.
  private static func isPain(_ name: String) -> Bool {
    let folded = ExerciseCatalogue.folded(name)
    let words = folded.split(separator: " ")
    let others = [
      "no", "not", "free", "without", "relief", "killer", "killers", "medication", "meds", "days",
      "kein", "keine", "ohne", "frei", "tage", "mittel", "tablette", "tabletten", "sin", "sans",
      "pas",
    ]
    if words.contains(where: { others.contains(String($0)) }) { return false }
    if folded.hasPrefix("mal de dos") || folded.hasPrefix("mal au dos") { return true }
    return words.contains { word in
      ["pain", "pains", "ache", "aches", "aching", "soreness", "douleur", "douleurs", "dolor"]
        .contains(String(word)) || word == "dolores" || word.hasSuffix("ache")
        || word.hasSuffix("schmerz") || word.hasSuffix("schmerzen")
    }
  }

  /// `Back pain: 6/10 points`, with spaces of any kind; nil for scales of other things. Of another
  /// scale than one to 10 the points are kept as they are.
  mutating func pain(_ scale: String) -> RecordDraft? {
    guard let colon = scale.utf8.firstIndex(of: 0x3A),
      let name = place(String(scale[..<colon]))
    else { return nil }
    let value = String(scale[scale.utf8.index(after: colon)...]).replacingNoBreakSpaces
    guard !value.isEmpty else { return nil }
    let first = value.utf8.split(separator: 0x20).first
    let rating = first?.split(separator: 0x2F).map { String(Substring($0)) } ?? []
    var draft = RecordDraft(.pain)
    let points = rating.count == 2 ? Double(rating[0].pointed) : nil
    if let points, let most = Double(rating[1]), (0...max(most, 0)).contains(points), most > 0 {
      draft.set(.score, points, at: "scales")
      if most != 10 { draft.set(.scale, "0-\(rating[1])") }
    } else {
      draft.set(.score, value.trimmingSpaces, at: "scales")
    }
    draft.set(.location, name)
    return draft
  }
}

extension String {
  /// With a point before decimals.
  fileprivate var pointed: String { String(map { $0 == "," ? "." : $0 }) }

  /// With plain spaces in the place of those that do not break.
  fileprivate var replacingNoBreakSpaces: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    return String(map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 })
  }
}
