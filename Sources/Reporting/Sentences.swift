import Analysis
import Records

/// The sentences of a report in one language: one for each question, shared by every output.
struct Sentences {
  let words: Words

  init(_ language: Language) { words = Words(language) }

  /// Those of the figures, whatever the language of the report.
  static let ofFigures = Sentences(.english)

  // MARK: Did I do it?

  func adherence(_ finding: AdherenceFinding?, isShort: Bool = false) -> String {
    guard let finding, !finding.exercises.filter(\.isPrescribed).isEmpty else {
      return words[.noProgramme]
    }
    let program = finding.program
    guard let dose = program.doseCapped else { return words[.nothingWasDue] }
    let share = words(.dose, Format.percent(dose))
    let sentence =
      switch program.band {
      case "good": words(.doseGood, share)
      case "moderate": words(.doseModerate, share)
      case "poor": words(.dosePoor, share)
      default: words(.doseUnsure, share, Format.percent(program.unknownShare ?? 1))
      }
    if !isShort, let all = program.doseAllDays, all < dose - 0.005 {
      return words(.doseAllDays, sentence, Format.percent(all))
    }
    return sentence + "."
  }

  // MARK: Am I more flexible?

  func flexibility(_ finding: FlexibilityFinding?, isShort: Bool = false) -> String {
    guard let finding, finding.measures.contains(where: { $0.change != nil }) else {
      return words[.oneMeasurement]
    }
    let better = finding.better
    let worse = finding.worse
    let judged = finding.judged
    if better.isEmpty, worse.isEmpty {
      return judged == 0
        ? words[.noPublishedError] : words(.withinErrorOnly, words.count(judged, .test))
    }
    if isShort {
      let counts = [better.count, judged, worse.count].map { String($0) }
      return worse.isEmpty
        ? words(.shortBetter, counts[0], counts[1])
        : better.isEmpty
          ? words(.shortWorse, counts[2], counts[1])
          : words(.shortMixed, counts[0], counts[1], counts[2])
    }
    var parts: [String] = []
    if !better.isEmpty { parts.append(changes(better, words[.moreFlexible])) }
    if !worse.isEmpty {
      parts.append(changes(worse, words[better.isEmpty ? .stifferOnly : .stiffer]))
    }
    let unchanged = judged - better.count - worse.count
    if unchanged > 0 { parts.append(words(.someWithinError, words.count(unchanged, .test))) }
    return parts.joined(separator: "; ") + "."
  }

  private func changes(_ measures: [FlexibilityFinding.Measure], _ lead: String) -> String {
    let changes = measures.prefix(3).map { measure in
      let side = measure.side.map { " " + self.side($0) } ?? ""
      let unit = measure.unit.map { " " + visible($0) } ?? ""
      let name = title(of: measure)
      return "\(words.language == .english ? name.lowercased() : name)\(side) "
        + Format.signed(measure.change ?? 0) + unit
    }
    let more = measures.count > 3 ? " " + words(.more, String(measures.count - 3)) : ""
    return words(.beyondError, lead, changes.joined(separator: ", ") + more)
  }

  // MARK: Is the pain changing?

  func pain(_ finding: PainFinding?, isShort: Bool = false) -> String {
    guard let finding, finding.series != nil else { return words[.noPain] }
    guard let baseline = finding.baseline, let latest = finding.latest,
      let change = finding.change
    else { return words(.tooEarly, reason(finding.changeAbsence)) }
    let from = Format.decimal(baseline)
    let to = Format.decimal(latest)
    let days = words.count(finding.days, .day)
    guard let verdict = finding.verdict else {
      return words(.noScaleThreshold, from, to, days)
    }
    if isShort { return words(.shortPain, from, to, self.verdict(verdict), days) }
    let points = Format.decimal(abs(change))
    let less = words.either(change < 0, .lessPain)
    switch verdict {
    case .withinError: return words(.painHardly, from, to, days)
    case .minimalBetter, .minimalWorse: return words(.painALittle, less, from, to, points, days)
    case .moderateBetter, .substantialBetter, .moderateWorse, .substantialWorse:
      let isSubstantial = verdict == .substantialBetter || verdict == .substantialWorse
      let size = words.either(isSubstantial, .sizeOfChange)
      let lead = words.language == .german ? Words.capital(less) : less
      return words(.painImportant, lead, from, to, points, days, size)
    }
  }

  /// The slope of the pain in words; empty when there is none to speak of.
  func painTrend(_ finding: PainFinding?) -> String {
    guard let trend = finding?.trend, let slope = trend.slopePerWeek else { return "" }
    let size = Format.signed(slope, places: 2)
    guard let interval = trend.interval, let p = trend.p else { return words(.slope, size) }
    let ends = [interval.low, interval.high].map {
      $0.map { Format.signed($0, places: 2) } ?? Format.absent
    }
    return words(.slopeWithInterval, size, ends[0], ends[1], Format.pValue(p))
  }

  // MARK: What goes with what?

  /// The strongest link with how many were asked for; short, without the range's name and the
  /// caution, which then stand further down.
  func associations(_ finding: AssociationFinding?, isShort: Bool = false) -> String {
    guard let finding, finding.absence?.code != .noData else { return words[.noPairs] }
    if let absence = finding.absence { return words(.tooEarly, reason(absence)) }
    let asked = words.count(finding.familySize, .question)
    guard let link = finding.links.first else {
      let clear = finding.tests.count { $0.verdict == .noClearLink }
      let rest =
        switch clear {
        case 0: words[.noneStoodOut]
        case finding.familySize: words[.allWithoutLink]
        default: words(.noClearLinks, String(clear))
        }
      return words(.nothingBeyondChance, asked, rest, words.count(finding.pairs, .day))
    }
    let links = words(.linksOfQuestions, words.count(finding.links.count, .link), asked)
    return sentence(link, isShort: isShort) + " " + links
  }

  /// One link in words: what went with what, by how much, on how many days.
  func sentence(_ test: AssociationFinding.Test, isShort: Bool = false) -> String {
    let early = test.isEarlySign ? words[.earlySign] : ""
    let worth = test.association.map { Format.decimal($0.effectiveN, places: 0) } ?? ""
    let days = words(.worth, words.count(test.n, .day), worth)
    guard test.outcome == "pain" else {
      let fewer = words.either((test.association?.r ?? 0) < 0, .fewerOrMore)
      return Words.capital(words(.painBeforeActivity, early, fewer, days))
    }
    let when = later(test.lag)
    guard let contrast = test.contrast else {
      return Words.capital(words(.otherPain, early, exposure(test.exposure), when, days))
    }
    let isShift = contrast.kind == "shift"
    let parts = [
      early, isShift && test.exposure == "session" ? words[.withSession] : exposure(test.exposure),
      when, Format.decimal(abs(contrast.points)), words[contrast.points < 0 ? .lower : .higher],
      Format.signed(contrast.interval.low), Format.signed(contrast.interval.high),
      isShort ? words.count(test.n, .day) : days,
    ]
    let phrase: Phrase =
      isShort ? (isShift ? .shortShift : .shortSlope) : (isShift ? .shift : .slopePerTen)
    let sentence = Words.capital(
      words(
        phrase, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7]))
    return sentence + (test.lag == 0 && !isShort ? words[.badDays] : "")
  }

  /// Bed rest and the pain of the day after it; nil for a period without any.
  func bedRest(_ finding: BedRestFinding?) -> String? {
    guard let finding, finding.days > 0 else { return nil }
    let days = words.count(finding.days, .dayOfBedRest)
    let weekly = Format.decimal(finding.perWeek)
    guard let contrast = finding.nextDay else {
      return words(.restTooEarly, days, weekly, reason(finding.absence))
    }
    let points =
      contrast.points == 0
      ? words[.restSame]
      : words(
        .restDiffers, Format.decimal(abs(contrast.points)),
        words[contrast.points < 0 ? .lower : .higher])
    return words(
      .restCompared, days, weekly, points, Format.signed(contrast.interval.low),
      Format.signed(contrast.interval.high), String(contrast.with), String(contrast.without))
  }

  /// A lag for people.
  func later(_ lag: Int) -> String {
    switch lag {
    case 0: words[.sameDay]
    case 1: words[.nextDay]
    default: words(.daysLater, String(lag))
    }
  }

  /// An exposure for people.
  func exposure(_ name: String) -> String {
    switch name {
    case "active_minutes": return words[.activeMinutes]
    case "session": return words[.aSession]
    case "bed_rest": return words[.bedRest]
    case "pain": return words[.pain]
    default:
      let code = name.split(separator: ":").dropFirst().joined()
      let title = Component.allCases.first { $0.word == code }.map(title(of:)) ?? code
      return words(.minutesOf, words.language == .english ? title.lowercased() : title)
    }
  }
}

// MARK: Dates

extension Sentences {
  private func month(_ number: Int) -> String { words.list(.months)[number - 1] }

  /// A period in words, as `1 to 31 October 2026`.
  func period(_ period: Period) -> String {
    let from = period.from.civil
    let to = period.to.civil
    let first = [String(from.day), month(from.month), String(from.year)]
    let last = [String(to.day), month(to.month), String(to.year)]
    if period.from == period.to { return words(.periodOfDay, last[0], last[1], last[2]) }
    if from.year != to.year {
      return words(.periodOverYears, first[0], first[1], first[2], last[0], last[1], last[2])
    }
    if from.month != to.month {
      return words(.periodInYear, first[0], first[1], last[0], last[1], last[2])
    }
    return words(.periodInMonth, first[0], last[0], last[1], last[2])
  }

  /// A day as `18 October`.
  func day(_ day: Day) -> String {
    let civil = day.civil
    return words(.dayOfMonth, String(civil.day), month(civil.month))
  }
}
