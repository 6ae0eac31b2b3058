import Analysis
import Records

/// The words of a report: one plain sentence for each question, shared by every output.
enum Sentences {
  static let safety =
    "See a doctor at once for new numbness, weakness, or trouble with bladder or bowel."

  static func adherence(_ finding: AdherenceFinding?) -> String {
    guard let finding, !finding.exercises.filter(\.isPrescribed).isEmpty else {
      return "Nobody can say yet: no programme was imported."
    }
    let program = finding.program
    guard let dose = program.doseCapped else {
      return "Nobody can say yet: nothing was due on the days that were logged."
    }
    let share = "\(Format.percent(dose)) of the prescribed dose on the days logged"
    var sentence: String
    switch program.band {
    case "good": sentence = "Yes: \(share)"
    case "moderate": sentence = "Mostly: \(share)"
    case "poor": sentence = "Less than planned: \(share)"
    default:
      sentence =
        "Hard to say: \(share), but \(Format.percent(program.unknownShare ?? 1)) "
        + "of the days hold no record"
    }
    if let all = program.doseAllDays, all < dose - 0.005 {
      sentence += "; \(Format.percent(all)) when days without a record count as missed"
    }
    return sentence + "."
  }

  /// Where left and right differ by more than the test's error, one sentence a measure.
  static func sides(_ finding: FlexibilityFinding?) -> [String] {
    (finding?.measures ?? []).compactMap { measure in
      guard measure.side == .left, let difference = measure.sideDifference,
        let error = measure.threshold?.value, abs(difference) > error
      else { return nil }
      let unit = visible(measure.unit ?? "")
      return
        "\(measure.title): left and right differ by \(Format.decimal(abs(difference))) \(unit), "
        + "more than measurement error."
    }
  }

  /// How often a rule of the programme was broken; nil for what no one has to look at.
  static func rule(_ rule: ProgrammeRule, _ count: Int) -> String? {
    let sessions = Format.count(count, "session", "sessions")
    switch rule {
    case .warmUpFirst: return "\(sessions) without a warm-up first."
    case .coolDownLast: return "\(sessions) without a cool-down last."
    case .goSlowly:
      return "\(Format.count(count, "week", "weeks")) with over 10 % more load than before "
        + "(weak evidence)."
    case .painCeiling: return "\(sessions) with too much pain over an exercise."
    case .inversionRamp:
      return "\(sessions) with clearly more inversion than the time before; it raises the pressure "
        + "in the eyes and the blood."
    case .bedRest, .maintenance: return nil
    }
  }

  /// A rule's name for people.
  static func title(of rule: ProgrammeRule) -> String {
    let words = rule.rawValue.replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  static func flexibility(_ finding: FlexibilityFinding?) -> String {
    let measures = (finding?.measures ?? []).filter { $0.change != nil }
    guard !measures.isEmpty else {
      return "Nobody can say yet: it takes two measurement days of the same test."
    }
    func named(_ wanted: [FlexibilityVerdict]) -> [FlexibilityFinding.Measure] {
      measures.filter { $0.verdict.map(wanted.contains) ?? false }
    }
    let better = named([.improved, .detectableBetter])
    let worse = named([.worsened, .detectableWorse])
    let judged = measures.filter { $0.verdict != nil }
    if better.isEmpty, worse.isEmpty {
      return judged.isEmpty
        ? "There are figures, but no published error to judge them by."
        : "No change that can be told from measurement error "
          + "(\(Format.count(judged.count, "test", "tests")))."
    }
    var parts: [String] = []
    if !better.isEmpty { parts.append(words(better, "Yes")) }
    if !worse.isEmpty { parts.append(words(worse, better.isEmpty ? "No, stiffer" : "stiffer")) }
    let unchanged = judged.count - better.count - worse.count
    if unchanged > 0 {
      parts.append(
        "\(Format.count(unchanged, "test", "tests")) within measurement error")
    }
    return parts.joined(separator: "; ") + "."
  }

  private static func words(_ measures: [FlexibilityFinding.Measure], _ lead: String) -> String {
    let changes = measures.prefix(3).map { measure in
      let side = measure.side.map { " " + $0.word } ?? ""
      let unit = measure.unit.map { " " + $0 } ?? ""
      return "\(measure.title.lowercased())\(side) "
        + Format.signed(measure.change ?? 0) + unit
    }
    let more = measures.count > 3 ? " and \(measures.count - 3) more" : ""
    return "\(lead): " + changes.joined(separator: ", ") + more
      + ", more than measurement error"
  }

  /// The slope of the pain in words; empty when there is none to speak of.
  static func painTrend(_ finding: PainFinding?) -> String {
    guard let trend = finding?.trend, let slope = trend.slopePerWeek else { return "" }
    let size = "\(Format.signed(slope, places: 2)) points a week"
    guard let interval = trend.interval, let p = trend.p else { return "Median slope \(size)." }
    let ends = [interval.low, interval.high].map {
      $0.map { Format.signed($0, places: 2) } ?? Format.absent
    }
    return "Median slope \(size) (95 % interval \(ends[0]) to \(ends[1]), p \(Format.pValue(p)))."
  }

  static func pain(_ finding: PainFinding?) -> String {
    guard let finding, finding.series != nil else {
      return "Nobody can say yet: no pain was logged."
    }
    guard let baseline = finding.baseline, let latest = finding.latest,
      let change = finding.change
    else { return "Too early to tell: \(reason(finding.changeAbsence))." }
    let from = Format.decimal(baseline)
    let to = Format.decimal(latest)
    let days = Format.count(finding.days, "day", "days")
    guard let verdict = finding.verdict else {
      return "It went from \(from) to \(to) (\(days)); this scale has no published threshold."
    }
    let points = Format.decimal(abs(change))
    switch verdict {
    case .withinError:
      return "Hardly: it went from \(from) to \(to) of 10, less than people notice (\(days))."
    case .minimalBetter, .minimalWorse:
      return "A little \(change < 0 ? "less" : "more"): from \(from) to \(to) of 10, "
        + "a change of \(points) points, below what most people call important (\(days))."
    case .moderateBetter, .substantialBetter, .moderateWorse, .substantialWorse:
      let size = verdict.rawValue.hasPrefix("substantial") ? "substantial" : "clinically important"
      return "Yes, \(change < 0 ? "less" : "more") pain: from \(from) to \(to) of 10, "
        + "a \(size) change of \(points) points (\(days))."
    }
  }

  static func associations(_ finding: AssociationFinding?) -> String {
    guard let finding, finding.absence?.code != .noData else {
      return "Nobody can say yet: it takes days with both a pain score and a log of exercise."
    }
    if let absence = finding.absence { return "Too early to tell: \(reason(absence))." }
    let asked = Format.count(finding.familySize, "question", "questions")
    guard let link = finding.links.first else {
      let clear = finding.tests.filter { $0.verdict == .noClearLink }.count
      let rest =
        clear > 0 ? "\(clear) show no clear link, the others cannot be told" : "none stood out"
      return "Nothing that goes beyond chance: of \(asked) asked, \(rest) "
        + "(\(Format.count(finding.pairs, "day", "days")))."
    }
    return sentence(link)
      + " \(Format.count(finding.links.count, "link", "links")) of \(asked) asked."
  }

  /// One link in words: what went with what, by how much, on how many days.
  static func sentence(_ test: AssociationFinding.Test) -> String {
    let words = words(test)
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private static func words(_ test: AssociationFinding.Test) -> String {
    let early = test.isEarlySign ? "An early sign: " : ""
    let worth = test.association.map { Format.decimal($0.effectiveN, places: 0) } ?? ""
    let days = "(\(test.n) days, worth about \(worth) independent ones)"
    guard test.outcome == "pain" else {
      let direction = (test.association?.r ?? 0) < 0 ? "fewer" : "more"
      return "\(early)days after more pain tended to have \(direction) active minutes \(days)."
    }
    let when = later(test.lag)
    guard let contrast = test.contrast else {
      return "\(early)\(exposure(test.exposure)) went with other pain \(when) \(days)."
    }
    let amount = Format.decimal(abs(contrast.points))
    let range =
      "likely range \(Format.signed(contrast.interval.low)) to "
      + Format.signed(contrast.interval.high)
    let direction = contrast.points < 0 ? "lower" : "higher"
    let caution = test.lag == 0 ? " People exercise less on bad days." : ""
    if contrast.kind == "shift" {
      return
        "\(early)on days with \(exposure(test.exposure)), pain \(when) was typically \(amount) "
        + "\(direction) (\(range); \(test.n) days, worth about \(worth) independent ones).\(caution)"
    }
    return
      "\(early)ten more \(exposure(test.exposure)) went with pain \(amount) \(direction) \(when) "
      + "(\(range); \(test.n) days, worth about \(worth) independent ones).\(caution)"
  }

  /// Bed rest and the pain of the day after it; nil for a period without any.
  static func bedRest(_ finding: BedRestFinding?) -> String? {
    guard let finding, finding.days > 0 else { return nil }
    let days =
      Format.count(finding.days, "day of bed rest", "days of bed rest")
      + " (\(Format.decimal(finding.perWeek)) a week)"
    guard let contrast = finding.nextDay else {
      return "\(days). Too early to compare the day after with that after sessions: "
        + "\(reason(finding.absence))."
    }
    let direction = contrast.points < 0 ? "lower" : "higher"
    let points =
      contrast.points == 0
      ? "the same as" : "\(Format.decimal(abs(contrast.points))) \(direction) than"
    return
      "\(days). Pain the day after was typically \(points) the day after a session (likely range "
      + "\(Format.signed(contrast.interval.low)) to \(Format.signed(contrast.interval.high)); "
      + "\(contrast.with) and \(contrast.without) days)."
  }

  /// A lag for people.
  static func later(_ lag: Int) -> String {
    [0: "the same day", 1: "the next day"][lag] ?? "\(lag) days later"
  }

  /// An exposure for people.
  static func exposure(_ name: String) -> String {
    switch name {
    case "active_minutes": "active minutes"
    case "session": "a session"
    case "bed_rest": "bed rest"
    case "pain": "pain"
    default:
      "minutes of " + name.split(separator: ":").dropFirst().joined().replacing("-", with: " ")
    }
  }

  /// A verdict of an association for a table.
  static func verdict(_ test: AssociationFinding.Test) -> String {
    switch test.verdict {
    case .goesWithLessPain: test.outcome == "pain" ? "goes with less pain" : "goes with less"
    case .goesWithMorePain: test.outcome == "pain" ? "goes with more pain" : "goes with more"
    case .noClearLink: "no clear link"
    case .cannotTell: "cannot tell"
    case nil: test.refusal.map(reason) ?? "too few independent days"
    }
  }

  /// An absence in words.
  static func reason(_ absence: Absence) -> String {
    if let have = absence.have, let need = absence.need {
      return "have \(Format.count(have, "day", "days")), need \(need)"
    }
    switch absence.code {
    case .noData: return "no data"
    case .nothingDue: return "nothing was due"
    case .tooEarly: return "too many days without a record"
    case .tooFewConsecutive: return "too few days in a row"
    case .tooLittleVariation, .constant: return "too little variation"
    case .lowEffectiveN: return "too few independent days"
    case .windowsOverlap: return "the first and the last week of the diary overlap"
    case .noThreshold: return "no published threshold"
    case .tooFewFlares: return "too few flares"
    case .notReached: return "not reached"
    }
  }

  static func verdict(_ verdict: FlexibilityVerdict?) -> String {
    switch verdict {
    case .improved: "improved"
    case .worsened: "worsened"
    case .detectableBetter: "better"
    case .detectableWorse: "worse"
    case .withinError: "within error"
    case nil: Format.absent
    }
  }

  static func verdict(_ verdict: PainVerdict?) -> String {
    verdict?.rawValue.replacing("-", with: " ") ?? Format.absent
  }
}
