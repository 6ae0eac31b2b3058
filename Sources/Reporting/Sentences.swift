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
    return words(.dayOfMonth, String(civil.day), month(civil.month))
  }
}
