import Analysis
import Records

/// The sentences of a report in one language, shared by every output.
struct Sentences {
  let words: Words

  init(_ language: Language) { words = Words(language) }

  /// Those of the figures, whatever the language of the report.
  static let ofFigures = Sentences(.english)

  // MARK: Am I more flexible?

  func flexibility(_ finding: FlexibilityFinding?, isShort: Bool = false) -> String {
    guard let finding, finding.measures.contains(where: { $0.count >= 2 }) else {
      return words[.oneMeasurement]
    }
    let better = finding.better
    let worse = finding.worse
    let judged = finding.judged
    if better.isEmpty, worse.isEmpty {
      return judged == 0
        ? words[.noPublishedError] : words(.withinErrorOnly, words.count(judged, .test))
    }
    let tests = words.count(judged, .test)
    let (gained, lost) = (String(better.count), String(worse.count))
    let sentence =
      worse.isEmpty
      ? words(.shortBetter, gained, tests)
      : better.isEmpty ? words(.shortWorse, lost, tests) : words(.shortMixed, gained, tests, lost)
    if isShort { return sentence }
    return sentence
      + (better.isEmpty ? "" : words(.changedBetter, changes(better)))
      + (worse.isEmpty ? "" : words(.changedWorse, changes(worse)))
  }

  /// Tests that a sentence names one by one.
  private static let mostNamed = 2

  private func changes(_ measures: [FlexibilityFinding.Measure]) -> String {
    let changes = measures.prefix(Sentences.mostNamed).map { measure in
      let side = measure.side.map { " " + self.side($0) } ?? ""
      let unit = measure.unit.map { " " + self.unit($0) } ?? ""
      return "\(words.within(title(of: measure)))\(side) "
        + Format.signed(measure.change ?? 0) + unit
    }
    let others = measures.count - changes.count
    return changes.joined(separator: ", ") + (others > 0 ? " " + words(.more, String(others)) : "")
  }

  /// A unit of measurements; degrees have a word in every language, and a shorter one in tables.
  func unit(_ unit: String, inTable: Bool = false) -> String {
    unit == "deg" ? words.either(!inTable, .degrees) : visible(unit)
  }

  // MARK: Is the pain changing?

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
      return words(.minutesOf, words.within(title))
    }
  }
}

// MARK: Dates

extension Sentences {
  private func month(_ number: Int) -> String { words.list(.months)[number - 1] }

  /// The day's number in its month, which may have a form of its own for the first.
  private func number(_ day: Int) -> String { day == 1 ? words[.firstOfMonth] : String(day) }

  /// A period in words, as `1 to 31 October 2026`.
  func period(_ period: Period) -> String {
    let from = period.from.civil
    let to = period.to.civil
    let first = [number(from.day), month(from.month), String(from.year)]
    let last = [number(to.day), month(to.month), String(to.year)]
    if period.from == period.to { return words(.periodOfDay, last[0], last[1], last[2]) }
    if from.year != to.year {
      return words(.periodOverYears, first[0], first[1], first[2], last[0], last[1], last[2])
    }
    if from.month != to.month {
      return words(.periodInYear, first[0], first[1], last[0], last[1], last[2])
    }
    return words(.periodInMonth, first[0], last[0], last[1], last[2])
  }

  /// A day as `18 Oct`.
  func shortDay(_ day: Day) -> String {
    words(.shortDate, String(day.civil.day), words.list(.shortMonths)[day.civil.month - 1])
  }

  /// The month of a day as `Oct 2026`.
  func month(of day: Day) -> String {
    words(.monthAndYear, words.list(.shortMonths)[day.civil.month - 1], String(day.civil.year))
  }

  /// A day as `18 October`.
  func day(_ day: Day) -> String {
    let civil = day.civil
    return words(.dayOfMonth, number(civil.day), month(civil.month))
  }
}
