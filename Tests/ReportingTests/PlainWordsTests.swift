import Columns
import Records
import TestSupport
import Testing

@testable import Analysis
@testable import Reporting

/// What a person is told to one question, in one of its forms.
private struct Told {
  let question: Phrase
  let code: String
  let text: String
}

/// Answers in words: of made-up diaries, and of findings by hand where each code has every form.
private struct Speech {
  let language: Language
  var sentences: Sentences { Sentences(language) }

  static func findings(_ log: PatientLog) -> PatientFindings {
    let last = (log.pain.map(\.recorded.day) + log.sets.map(\.started.day)).max()
    let end = last ?? LogBuilder.october(3)
    return analyze(PatientTable(log, period: Period(from: end - 29, to: end), asOf: end))
  }

  /// 150 people, three of many tests, and one of nothing, with their answers.
  static let people: [(findings: PatientFindings, answers: Answers)] =
    ((1...150 as ClosedRange<UInt64>).map { findings(madeUpDiary($0).log) }
    + [manyTests(1), manyTests(-1), manyTests(0), findings(LogBuilder().log)])
    .map { ($0, $0.answers) }

  /// Every known test of both sides, better, worse, or one this way and one that.
  private static func manyTests(_ way: Double) -> PatientFindings {
    var builder = LogBuilder("T")
    for (index, measure) in FlexibilityMeasure.known.map(\.code).sorted().enumerated() {
      for side in [Side.left, .right] {
        for day in [1, 10, 20, 30] {
          let step = way == 0 ? (index % 2 == 0 ? 1 : -1) : way
          builder.measure(day, measure, 60 + step * Double(day), side: side)
        }
      }
    }
    return findings(builder.log)
  }

  func answers(of findings: PatientFindings, _ answers: Answers) -> [Told] {
    let adherence = findings.finding(AdherenceFinding.self)
    let flexibility = findings.finding(FlexibilityFinding.self)
    return [false, true].flatMap { isShort in
      [
        Told(
          question: .didIDoIt, code: answers.adherence.code.rawValue,
          text: sentences.answer(answers.adherence, adherence, isShort: isShort)),
        Told(
          question: .amIMoreFlexible, code: answers.flexibility.code.rawValue,
          text: sentences.flexibility(flexibility, isShort: isShort)),
        Told(
          question: .isPainChanging, code: answers.pain.code.rawValue,
          text: sentences.answer(answers.pain, isShort: isShort)),
        Told(
          question: .whatGoesWith, code: answers.links.code.rawValue,
          text: sentences.answer(answers.links, isShort: isShort)),
      ]
    }
  }

  /// Pain in every code, with every absence, and an interval on either side of 0 or around it.
  var pain: [Told] {
    let window = Period(from: LogBuilder.october(1), to: LogBuilder.october(7))
    var answers: [PainAnswer] = [.init(.noData, logged: 0)]
    for code in AbsenceCode.allCases {
      var answer = PainAnswer(.tooEarly, logged: 5)
      answer.absence = Absence(code)
      answers.append(answer)
      answer.absence = Absence(code, have: 1, need: 14)
      answers.append(answer)
    }
    for code in PainAnswer.Code.allCases where code != .noData && code != .tooEarly {
      for points in [-2.7, 2.7] {
        for half in [1.1, 3.9] {
          var answer = PainAnswer(code, logged: 40)
          answer.change = PainChange(
            baselineWindow: window, latestWindow: window, baseline: 5.7, latest: 5.7 + points)
          answer.interval = (points - half, points + half)
          answer.toldOn = LogBuilder.october(1)
          answers.append(answer)
        }
      }
    }
    return told(answers.map { ($0.code.rawValue, sentences.answer($0)) }, .isPainChanging)
      + told(
        answers.map { ($0.code.rawValue, sentences.answer($0, isShort: true)) }, .isPainChanging)
  }

  /// Links in every code, of both exposures and lags, with and without what is added.
  var links: [Told] {
    var answers: [LinkAnswer] = [.init(.noData, logged: 0)]
    for hasSessions in [false, true] {
      var answer = LinkAnswer(.tooLittleVariation, logged: 60)
      answer.hasSessions = hasSessions
      answers.append(answer)
      answer = LinkAnswer(.tooEarly, logged: 26)
      answer.look = hasSessions ? 1 : nil
      answers.append(answer)
    }
    for code in [LinkAnswer.Code.lessPain, .morePain, .noneShown] {
      for exposure in [LinkAnswer.Exposure.session, .activeMinutes(cap: 60)] {
        for lag in 0...1 {
          for isLess in [true, false] {
            var answer = LinkAnswer(code, logged: 60)
            let points = code == .morePain ? 0.8 : -0.8
            answer.look = 1
            answer.exposure = exposure
            answer.shown = LinkAnswer.Question(
              lag: lag, points: points, error: 0.2, degreesOfFreedom: 40, days: 50, p: 0.001)
            let half = code == .noneShown ? 1.9 : 0.6
            answer.interval = (points - half, points + half)
            answer.direction = isLess ? .unknown : .after
            answer.reverse = true
            answer.isLessAfterPain = isLess
            answers.append(answer)
          }
        }
      }
    }
    return told(answers.map { ($0.code.rawValue, sentences.answer($0)) }, .whatGoesWith)
      + told(answers.map { ($0.code.rawValue, sentences.answer($0, isShort: true)) }, .whatGoesWith)
  }

  private func told(_ answers: [(String, String)], _ question: Phrase) -> [Told] {
    answers.map { Told(question: question, code: $0.0, text: $0.1) }
  }

  /// All of them.
  var all: [Told] { Speech.people.flatMap(answers) + pain + links }
}

@Suite("Plain words")
struct PlainWordsTests {
  @Test("every code of every answer is said, in every language", arguments: Language.allCases)
  func codes(_ language: Language) {
    let all = Speech(language: language).all
    func codes(_ question: Phrase) -> Set<String> {
      Set(all.filter { $0.question == question }.map(\.code))
    }
    #expect(codes(.didIDoIt) == Set(AdherenceAnswer.Code.allCases.map(\.rawValue)))
    #expect(codes(.amIMoreFlexible) == Set(FlexibilityAnswer.Code.allCases.map(\.rawValue)))
    #expect(codes(.isPainChanging) == Set(PainAnswer.Code.allCases.map(\.rawValue)))
    #expect(codes(.whatGoesWith) == Set(LinkAnswer.Code.allCases.map(\.rawValue)))
  }

  @Test("sentences of the answers are short", arguments: Language.allCases)
  func shortSentences(_ language: Language) {
    for answer in Speech(language: language).all {
      for sentence in PlainWords.sentences(answer.text) {
        #expect(sentence.count <= PlainWords.mostWords, "\(sentence.joined(separator: " "))")
      }
    }
  }

  @Test("each answer is easy to read", arguments: Language.allCases)
  func easy(_ language: Language) {
    let most = PlainWords.mostLIX(language.rawValue)
    for text in Set(Speech(language: language).all.map(\.text)) {
      let lix = PlainWords.lix([text])
      #expect(lix <= most, "\(lix) \(text)")
    }
  }

  @Test("no answer and no page speaks in the words of method", arguments: Language.allCases)
  func plain(_ language: Language) {
    for answer in Speech(language: language).all {
      #expect(PlainWords.banned(in: answer.text, language.rawValue) == [], "\(answer.text)")
    }
    var style = ReportStyle()
    style.language = language
    for (findings, _) in Speech.people.suffix(40) {
      let text = PatientReport(
        findings, refused: [1: ["out-of-range": 3]], version: "", style: style
      )
      .text()
      #expect(PlainWords.banned(in: text, language.rawValue) == [], "\(text)")
      #expect(!text.contains("lumbar "), "no command of the program on a person's page")
    }
  }

  @Test(
    "what needs attention and what is missing is said in plain words", arguments: Language.allCases)
  func attention(_ language: Language) throws {
    let sentences = Sentences(language)
    let measures = Speech.people.compactMap {
      $0.findings.finding(FlexibilityFinding.self)?.measures.first
    }
    let measure = try #require(measures.first)
    let found: [Attention] =
      [
        .painRose(2.5), .painCameBack(LogBuilder.october(1)), .flareDays(1), .flareDays(3),
        .noSession(days: 9), .uncertain(share: 0.45), .lowDose, .lowComponentDose(.inversion, 0.5),
        .measureWorse(measure), .sidesDiffer(measure, by: 9),
      ] + ProgrammeRule.allCases.flatMap { [.rule($0, 1), .rule($0, 3)] }
    let gaps: [Gap] = [
      .noRecord(days: 1, of: 31), .noRecord(days: 4, of: 31),
      .changeOfPain(Absence(.windowsOverlap)), .links(Absence(.tooEarly, have: 1, need: 42)),
      .refused(1), .refused(3),
    ]
    let texts = found.compactMap(sentences.attention) + gaps.map(sentences.gap)
    for text in texts {
      #expect(PlainWords.banned(in: text, language.rawValue) == [], "\(text)")
      #expect(text.hasSuffix(".") && !text.contains("{"), "\(text)")
    }
  }

  @Test("how plain a text is")
  func measuring() {
    let text = "Perhaps less: 5.7 of 10 (could be more). Is it so? Yes"
    #expect(PlainWords.sentences(text).map(\.count) == [8, 3, 1])
    // Twelve words in three sentences, one of them long.
    #expect(abs(PlainWords.lix([text]) - (4 + 100.0 / 12)) < 1e-12)
    #expect(PlainWords.banned(in: "The DOSE, rho; session-equivalents.", "en").count == 3)
    #expect(PlainWords.banned(in: "Overdose and rhomboid", "en") == [])
  }
}
