import Analysis
import Columns
import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

/// Reads sentences back: which phrase a sentence is, and what stands in its gaps.
private struct SentenceReader {
  let words: Words

  /// What fills the gaps of a phrase, by their numbers, where the text is that phrase; nil otherwise.
  func gaps(_ text: String, _ phrase: Phrase) -> [Int: String]? {
    var pattern = ""
    var numbers: [Int] = []
    var rest = words[phrase][...]
    while let open = rest.firstIndex(of: "{") {
      pattern += NSRegularExpression.escapedPattern(for: String(rest[..<open])) + "(.*?)"
      rest = rest[rest.index(after: open)...]
      let close = rest.firstIndex(of: "}") ?? rest.endIndex
      numbers.append(Int(rest[..<close]) ?? 0)
      rest = rest[rest.index(after: close)...]
    }
    pattern += NSRegularExpression.escapedPattern(for: String(rest))
    guard
      let regex = try? NSRegularExpression(pattern: "^\(pattern)$", options: [.caseInsensitive]),
      let match = regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
    else { return nil }
    var gaps: [Int: String] = [:]
    for (place, number) in numbers.enumerated() {
      gaps[number] = Range(match.range(at: place + 1), in: text).map { String(text[$0]) }
    }
    return gaps
  }

  /// The ends that a range speaks of, with their signs.
  func range(_ text: String) -> (low: Double, high: Double)? {
    func ends(_ phrase: Phrase) -> [Double]? {
      gaps(text, phrase).flatMap { gaps in
        gaps[1].flatMap(Double.init).flatMap { low in
          gaps[2].flatMap(Double.init).map { [low, $0] }
        }
      }
    }
    if let ends = ends(.rangeBoth) { return (-ends[0], ends[1]) }
    if let ends = ends(.rangeLower) { return (-ends[1], -ends[0]) }
    return ends(.rangeHigher).map { ($0[0], $0[1]) }
  }
}

@Suite("Sentences say what the codes say")
struct SentencePropertyTests {
  private func findings(_ seed: UInt64) -> PatientFindings {
    let log = madeUpDiary(seed).log
    let last = (log.pain.map(\.recorded.day) + log.sets.map(\.started.day)).max()
    let end = last ?? LogBuilder.october(3)
    return analyze(PatientTable(log, period: Period(from: end - 29, to: end), asOf: end))
  }

  private func isNear(_ text: String?, _ value: Double) -> Bool {
    text.flatMap(Double.init).map { abs($0 - abs(value)) <= 0.05 + 1e-9 } ?? false
  }

  private func isNear(
    _ range: (low: Double, high: Double)?, _ interval: (low: Double, high: Double)
  ) -> Bool {
    range.map { abs($0.low - interval.low) <= 0.051 && abs($0.high - interval.high) <= 0.051 }
      ?? false
  }

  @Test(
    "500 people in every language: phrase, direction, numbers and certainty are those of the codes")
  func everybody() throws {
    var pain: [PainAnswer.Code: Int] = [:]
    var links: [LinkAnswer.Code: Int] = [:]
    var reversed = 0
    for seed in 1...500 as ClosedRange<UInt64> {
      let findings = findings(seed)
      let answers = findings.answers
      pain[answers.pain.code, default: 0] += 1
      links[answers.links.code, default: 0] += 1
      if answers.links.isTold, answers.links.reverse == true { reversed += 1 }
      for language in Language.allCases {
        let sentences = Sentences(language)
        let who: Comment = "\(seed) \(language)"
        checkPain(answers.pain, sentences, who)
        checkLinks(answers.links, sentences, who)
        checkAdherence(answers.adherence, findings, sentences, who)
        checkFlexibility(answers.flexibility, findings, sentences, who)
      }
    }
    // Every code that people can have is among them.
    #expect(Set(pain.keys).count >= 6, "\(pain)")
    #expect(Set(links.keys).count >= 5, "\(links)")
    #expect(reversed > 0)
  }

  private func checkPain(_ answer: PainAnswer, _ sentences: Sentences, _ who: Comment) {
    let reader = SentenceReader(words: sentences.words)
    let text = sentences.answer(answer)
    let phrases: [Phrase] =
      switch answer.code {
      case .less, .more: [.painTold, .painToldBefore]
      case .perhapsLess, .perhapsMore: [.painPerhaps, .painUntilLook]
      case .noChangeShown: [.painNoChange]
      case .noThreshold: [.noScaleThreshold]
      case .tooEarly: [.tooEarly]
      case .noData: [.noPain]
      }
    let all: [Phrase] = [
      .painTold, .painToldBefore, .painPerhaps, .painUntilLook, .painNoChange, .noScaleThreshold,
      .tooEarly, .noPain,
    ]
    let matching = all.filter { reader.gaps(text, $0) != nil }
    #expect(matching.count == 1 && phrases.contains(matching[0]), "\(who): \(text)")
    guard let phrase = matching.first, let gaps = reader.gaps(text, phrase),
      let change = answer.change, let interval = answer.interval
    else { return }
    // The interval holds its point, and is at the side of 0 that the certainty speaks of.
    #expect(interval.low <= change.points && change.points <= interval.high, who)
    if phrase == .painTold { #expect(interval.low > 0 || interval.high < 0, "\(who): \(text)") }
    if phrase == .painToldBefore || phrase == .painPerhaps {
      #expect(interval.low <= 0 && 0 <= interval.high, "\(who): \(text)")
    }
    let isLess = change.points < 0
    switch answer.code {
    case .less, .more, .perhapsLess, .perhapsMore:
      #expect(isLess == (answer.code == .less || answer.code == .perhapsLess), who)
      let lead = sentences.words.either(isLess, .lessPain)
      #expect(gaps[1]?.lowercased() == lead.lowercased(), "\(who): \(text)")
      #expect(isNear(gaps[2], change.baseline) && isNear(gaps[3], change.latest), "\(who): \(text)")
      #expect(isNear(gaps[4], change.points), "\(who): \(text)")
      #expect(gaps[5] == sentences.words[isLess ? .lower : .higher], "\(who): \(text)")
      #expect(isNear(gaps[6].flatMap(reader.range), interval), "\(who): \(text)")
      #expect(answer.isImportant == true || answer.toldOn != nil, who)
    case .noChangeShown:
      #expect(isNear(gaps[1], change.baseline) && isNear(gaps[2], change.latest), "\(who): \(text)")
      #expect(isNear(gaps[3].flatMap(reader.range), interval), "\(who): \(text)")
      #expect(answer.isImportant == false && answer.toldOn == nil, who)
    case .noThreshold, .tooEarly, .noData: break
    }
  }

  private func checkLinks(_ answer: LinkAnswer, _ sentences: Sentences, _ who: Comment) {
    let words = sentences.words
    let reader = SentenceReader(words: words)
    let short = sentences.answer(answer, isShort: true)
    // The caution stands also where there is little room.
    let caution = words[.linkUnknown]
    #expect(
      short.hasSuffix(caution) == (answer.isTold && answer.direction == .unknown),
      "\(who): \(short)")
    let text = short.hasSuffix(caution) ? String(short.dropLast(caution.count)) : short
    let phrases: [Phrase] =
      switch answer.code {
      case .lessPain, .morePain: [.linkTold]
      case .noneShown: [.linkNone]
      case .tooEarly: [.linkFirstLook, .linkTooFew]
      case .tooLittleVariation: [.linkVariation, .linkNoSessions]
      case .noData: [.noPairs]
      }
    let all: [Phrase] = [
      .linkTold, .linkNone, .linkFirstLook, .linkTooFew, .linkVariation, .linkNoSessions, .noPairs,
    ]
    let matching = all.filter { reader.gaps(text, $0) != nil }
    #expect(matching.count == 1 && phrases.contains(matching[0]), "\(who): \(text)")
    guard let shown = answer.shown, let interval = answer.interval, let phrase = matching.first,
      let gaps = reader.gaps(text, phrase)
    else { return }
    let isOutside = interval.low > 0 || interval.high < 0
    #expect(answer.isTold == isOutside, who)
    #expect(answer.code != .lessPain || shown.points < 0, who)
    #expect(answer.code != .morePain || shown.points > 0, who)
    #expect(isNear(gaps[2], shown.points), "\(who): \(text)")
    #expect(gaps[3] == words[shown.points < 0 ? .lower : .higher], "\(who): \(text)")
    #expect(isNear(gaps[4].flatMap(reader.range), interval), "\(who): \(text)")
    let when = words.list(.linkWhen)[(answer.exposure == .session ? 0 : 2) + shown.lag]
    #expect(gaps[1]?.lowercased() == when.lowercased(), "\(who): \(text)")
    // What is added speaks of what was found, and of nothing else.
    let long = sentences.answer(answer)
    let isUnsure = answer.isTold && answer.direction == .unknown
    #expect(long.contains(words[.linkUnknown]) == isUnsure, "\(who): \(long)")
    for isLess in [true, false] {
      let said = long.contains(words(.linkReverse, words.either(isLess, .lessPain)))
      let isFound =
        answer.isTold && answer.reverse == true && answer.isLessAfterPain == isLess
      #expect(said == isFound, "\(who): \(long)")
    }
  }

  private func checkAdherence(
    _ answer: AdherenceAnswer, _ findings: PatientFindings, _ sentences: Sentences, _ who: Comment
  ) {
    let words = sentences.words
    let reader = SentenceReader(words: words)
    let adherence = findings.finding(AdherenceFinding.self)
    let text = String(sentences.answer(answer, adherence, isShort: true).dropLast())
    let phrase: Phrase? =
      switch answer.code {
      case .yes: .doseGood
      case .mostly: .doseModerate
      case .partly: .dosePartly
      case .hardly: .doseHardly
      case .cannotTell: .doseUnsure
      case .nothingDue, .noData: nil
      }
    guard let phrase, let dose = answer.doseCapped else {
      #expect(text + "." == words[answer.code == .noData ? .noProgramme : .nothingWasDue], who)
      return
    }
    let all: [Phrase] = [.doseGood, .doseModerate, .dosePartly, .doseHardly, .doseUnsure]
    #expect(all.filter { reader.gaps(text, $0) != nil } == [phrase], "\(who): \(text)")
    // What is read stands in the band of the code, and is the dose but for rounding.
    let said = reader.gaps(text, phrase)?[1]?.prefix { $0.isNumber || $0 == "." } ?? ""
    let share = (Double(said) ?? -1) / 100
    #expect(abs(share - dose) <= 0.005 + 1e-9, "\(who): \(text)")
    let bounds: [AdherenceAnswer.Code: Range<Double>] = [
      .yes: 0.9..<2, .mostly: 0.7..<0.9, .partly: 0.4..<0.7, .hardly: -1..<0.4,
    ]
    if let own = bounds[answer.code] {
      #expect(own.contains(dose + 1e-12) && own.contains(share), "\(who): \(text)")
    }
  }

  private func checkFlexibility(
    _ answer: FlexibilityAnswer, _ findings: PatientFindings, _ sentences: Sentences,
    _ who: Comment
  ) {
    let reader = SentenceReader(words: sentences.words)
    let text = sentences.flexibility(findings.finding(FlexibilityFinding.self), isShort: true)
    let phrases: [Phrase] =
      switch answer.code {
      case .yes: [.shortBetter]
      case .worse: [.shortWorse]
      case .mixed: [.shortMixed]
      case .noChangeShown: [.withinErrorOnly]
      case .tooEarly: [.oneMeasurement]
      case .noData: [.noPublishedError, .oneMeasurement]
      }
    let all: [Phrase] = [
      .shortBetter, .shortWorse, .shortMixed, .withinErrorOnly, .oneMeasurement, .noPublishedError,
    ]
    let matching = all.filter { reader.gaps(text, $0) != nil }
    #expect(matching.count == 1 && phrases.contains(matching[0]), "\(who): \(text)")
    let gaps = matching.first.flatMap { reader.gaps(text, $0) } ?? [:]
    let tests = sentences.words.count(answer.judged, .test)
    switch answer.code {
    case .yes: #expect(gaps[1] == "\(answer.better)" && gaps[2] == tests, who)
    case .worse: #expect(gaps[1] == "\(answer.worse)" && gaps[2] == tests, who)
    case .mixed: #expect(gaps[1] == "\(answer.better)" && gaps[3] == "\(answer.worse)", who)
    case .noChangeShown, .tooEarly, .noData: break
    }
  }
}
