import Records

/// What a QuestionnaireResponse becomes: its pain scores, and a questionnaire that lumbar knows.
///
/// Questions are known by the LOINC code that the file's own Questionnaire gives them, by a code in
/// their link, else by the words of the link; never by a label.
struct FHIRAnswers {
  private let response: JSONValue
  private let questions: [String: String]
  private var answers: [(link: String, answer: JSONValue, path: String)] = []

  init(_ response: JSONValue, questions: [String: String]) {
    self.response = response
    self.questions = questions
    collect(response["item"]?.list ?? [], path: "item")
  }

  var fate: ForeignRow.Fate {
    let status = response["status"]?.text ?? "completed"
    if status == "entered-in-error" { return .takenBack(status) }
    if status == "in-progress" || status == "stopped" { return .leftOut(status) }
    var drafts = answers.compactMap(painDraft)
    if let questionnaire { drafts.append(questionnaire) }
    return drafts.isEmpty ? .leftOut("no question that is known") : .records(drafts)
  }

  private mutating func collect(_ items: [JSONValue], path: String) {
    for (index, item) in items.enumerated() {
      let place = "\(path)[\(index)]"
      let link = item["linkId"]?.text ?? ""
      for (number, answer) in (item["answer"]?.list ?? []).enumerated() {
        answers.append((link, answer, "\(place).answer[\(number)]"))
        collect(answer["item"]?.list ?? [], path: "\(place).answer[\(number)].item")
      }
      collect(item["item"]?.list ?? [], path: place + ".item")
    }
  }

  private var patient: String? {
    FHIR.patient(of: response)
      ?? response["source"].flatMap { source in
        source["reference"]?.text.flatMap { reference in
          reference.contains("Patient/")
            ? reference.split(separator: "/").last.map(String.init) : nil
        }
      }
  }

  // MARK: Pain

  private func painDraft(_ entry: (link: String, answer: JSONValue, path: String)) -> RecordDraft? {
    let words = FHIRAnswers.words(of: entry.link)
    let code = questions[entry.link]
    guard let value = FHIRValue(of: entry.answer) else { return nil }
    let isRating = entry.answer["valueCoding", "code"]?.text.map { FHIRCodes.ratings[$0] != nil }
    let isRatedPain = isRating == true && words.contains { $0.hasSuffix("pain") }
    guard
      code.map(FHIRCodes.isPain) ?? (isRatedPain || FHIRAnswers.asksForPain(entry.link, words))
    else { return nil }
    var draft = RecordDraft(.pain)
    draft.set(.patientID, patient, at: "subject")
    draft.set(.recordedAt, response["authored"]?.text, at: "authored")
    draft.set(.score, value.text, at: "\(entry.path).\(value.path)")
    let kind = code == FHIRCodes.averagePain ? .average : FHIRAnswers.kind(words)
    draft.set(.kind, kind?.word)
    draft.set(.location, FHIRAnswers.places.first { words.contains($0) })
    return draft
  }

  private static let places = ["neck", "shoulder", "leg", "hip", "knee"]

  /// Whether a link asks how strong a pain is.
  private static func asksForPain(_ link: String, _ words: [String]) -> Bool {
    if FHIRCodes.pain.contains(where: link.contains) || link.contains(FHIRCodes.averagePain) {
      return true
    }
    let measures = ["level", "score", "intensity", "severity", "nrs", "rating", "strength"]
    return words.contains { $0.hasSuffix("pain") } && words.contains { measures.contains($0) }
  }

  /// The pain that a link asks for, by its words; nil when they do not say.
  private static func kind(_ words: [String]) -> PainKind? {
    let signs: [(PainKind, [String])] = [
      (.before, ["before", "pre"]), (.after, ["after", "post"]),
      (.average, ["average", "avg", "mean", "usual"]), (.worst, ["max", "worst", "highest"]),
      (.least, ["min", "least", "lowest"]), (.now, ["current", "now", "today"]),
    ]
    return signs.first { _, starts in
      words.contains { word in starts.contains { word.hasPrefix($0) } }
    }?.0
  }

  /// The words of a link, in lower case: `back_pain_level`, `backPainLevel`, `back-pain-level`.
  static func words(of link: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in link {
      if !character.isLetter || (character.isUppercase && wasLower) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      wasLower = character.isLowercase
      if character.isLetter { word += character.lowercased() }
    }
    return word.isEmpty ? words : words + [word]
  }

  // MARK: Questionnaires

  private static let names: [(Instrument, [String])] = [
    (.odi, ["odi", "oswestry"]), (.rmdq, ["rmdq", "roland", "rdq"]), (.psfs, ["psfs"]),
    (.ears, ["ears"]),
  ]

  private static func instrument(_ text: String) -> Instrument? {
    let words = words(of: text)
    return names.first { _, known in words.contains { known.contains($0) } }?.0
  }

  /// The score of a known questionnaire, or its items in the order of the response.
  private var questionnaire: RecordDraft? {
    let whole = response["questionnaire"]?.text.flatMap(FHIRAnswers.instrument)
    let own = answers.filter { whole != nil || FHIRAnswers.instrument($0.link) != nil }
    let total = answers.first { questions[$0.link] == FHIRCodes.oswestry }
    let kinds = Set(own.compactMap { whole ?? FHIRAnswers.instrument($0.link) })
    guard let instrument = whole ?? (total == nil ? kinds.first : .odi), kinds.count < 2 else {
      return nil
    }
    var draft = RecordDraft(.questionnaires)
    draft.set(.patientID, patient, at: "subject")
    draft.set(
      .completedOn, response["authored"]?.text.map { String($0.prefix(10)) }, at: "authored")
    draft.set(.instrument, instrument.word)
    let sums = ["score", "total", "sum"]
    let sum =
      total
      ?? own.first { entry in
        FHIRAnswers.words(of: entry.link).contains { sums.contains($0) }
      }
    if let sum, let value = FHIRValue(of: sum.answer) {
      draft.set(.score, value.text, at: "\(sum.path).\(value.path)")
      return draft
    }
    let items = own.compactMap { FHIRAnswers.points($0.answer) }
    guard !items.isEmpty else { return nil }
    draft.set(.items, items.joined(separator: " "), at: "item")
    return draft
  }

  /// The points of an answer: a number, yes or no, or the ordinal value of a coding.
  private static func points(_ answer: JSONValue) -> String? {
    if case .bool(let holds)? = answer["valueBoolean"] { return holds ? "1" : "0" }
    let ordinal = answer["valueCoding", "extension"]?.list.first {
      $0["url"]?.text?.hasSuffix("/ordinalValue") ?? false
    }
    if let points = ordinal?["valueDecimal"]?.text { return points }
    guard let value = FHIRValue(of: answer), value.number != nil else { return nil }
    return value.text
  }
}
