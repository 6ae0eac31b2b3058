import Columns
import Foundation
import Records
import TestSupport
import Testing

@testable import Analysis

/// A worked diary of the reference file.
private struct Worked: Decodable {
  struct Input: Decodable {
    var pain: [Double?]
    var session: [Double?]?
    var minutes: [Double?]?
  }

  struct Fit: Decodable {
    var rowDays: [Int]?
    var dropped: [String]?
    var coefficients: [Double]?
    var hc3Se: [Double]?
    var keptSumOfSquares: Double?
    var df: Int?
    var points: Double?
    var se: Double?
    var p: Double?
    var interval: [Double]?
    var notAsked: Bool?
    var coefficient: Double?
    var found: Bool?
  }

  struct Answer: Decodable {
    var questions: Int
    var shown: String?
    var code: String
  }

  struct Choice: Decodable {
    var capMinutes: Double?
  }

  var name: String
  var input: Input
  var exposureChoice: Choice?
  var exposure: String?
  var `guard`: Double?
  var alpha: Double
  var lookDayIndex: Int?
  var sameDay: Fit?
  var nextDay: Fit?
  var reverse: Fit?
  var answer: Answer?

  static let links: [Worked] = {
    struct Document: Decodable { var cases: [Worked] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let data = try? Data(contentsOf: fixture("answers/worked.json")),
      let document = try? decoder.decode(Document.self, from: data)
    else { return [] }
    return document.cases.filter { $0.answer != nil }
  }()

  var diary: LinkDiary {
    // Day 0 is a Monday.
    LinkDiary(
      first: LogBuilder.october(5), pain: input.pain.map { $0 ?? .nan },
      session: (input.session ?? []).map { $0 ?? .nan },
      minutes: (input.minutes ?? []).map { $0 ?? .nan })
  }
}

@Suite("Links: planned looks at one question")
struct LinkTests {
  private func isClose(_ found: Double?, _ expected: Double?) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    return abs(found - expected) <= 1e-9 * max(1, abs(expected))
  }

  @Test("the worked diaries, every step", arguments: Worked.links.map(\.name))
  func worked(name: String) throws {
    let item = try #require(Worked.links.first { $0.name == name })
    let seen = item.diary.upTo(try #require(item.lookDayIndex) + 1)
    let exposure = try #require(seen.exposure)
    if let cap = item.exposureChoice?.capMinutes {
      guard case .activeMinutes(let found) = exposure else {
        Issue.record("\(exposure)")
        return
      }
      #expect(isClose(found, cap))
    } else {
      #expect(exposure == .session)
    }
    let look = LinkLook(seen, exposure, share: item.alpha)
    #expect(isClose(look.guardSquares, item.guard))
    for (fit, expected, column) in [
      (look.model.fit(yesterdayOnly: false, allErrors: true), item.sameDay, 0),
      (look.model.fit(yesterdayOnly: true, allErrors: true), item.nextDay, 1),
    ] {
      let fit = try #require(fit)
      let expected = try #require(expected)
      #expect(fit.days == expected.rowDays)
      #expect(fit.squares.degreesOfFreedom == expected.df)
      #expect(fit.squares.isKept.count { !$0 } == expected.dropped?.count)
      #expect(isClose(fit.squares.keptSquares[column], expected.keptSumOfSquares))
      let kept = fit.columns.indices.filter { fit.squares.isKept[$0] }
      for (place, own) in kept.enumerated() {
        #expect(isClose(fit.squares.coefficients[own], expected.coefficients?[place]), "\(place)")
        #expect(isClose(fit.squares.standardError(own), expected.hc3Se?[place]), "\(place)")
      }
    }
    let outcome = look.outcome
    let asked = [item.sameDay, item.nextDay].compactMap { $0 }.filter { $0.notAsked != true }
    #expect(outcome.questions.count == asked.count)
    for (question, expected) in zip(outcome.questions, asked) {
      #expect(isClose(question.points, expected.points))
      #expect(isClose(question.error, expected.se))
      #expect(isClose(question.p, expected.p))
    }
    #expect(outcome.reverse == (item.reverse?.notAsked == true ? nil : item.reverse?.found))
  }

  @Test("the answer of the worked diaries, with the interval at the look's level")
  func answers() throws {
    for item in Worked.links {
      let answer = LinkAnswer(item.diary)
      let expected = try #require(item.answer)
      #expect(answer.code.rawValue == expected.code, "\(item.name)")
      #expect(answer.asked == expected.questions)
      #expect(answer.look == 1 && answer.nextLook == 84)
      #expect(answer.lookedOn == LogBuilder.october(5) + (item.lookDayIndex ?? 0))
      let shown = expected.shown == "same" ? item.sameDay : item.nextDay
      guard expected.shown != nil else {
        #expect(answer.shown == nil && answer.interval == nil)
        continue
      }
      #expect(isClose(answer.shown?.points, shown?.points))
      #expect(isClose(answer.interval?.low, shown?.interval?[0]))
      #expect(isClose(answer.interval?.high, shown?.interval?[1]))
      let interval = try #require(answer.interval)
      #expect(answer.isTold == (interval.low > 0 || interval.high < 0))
    }
  }

  @Test("whether exercise follows pain is the same fitted anew as worked out of the other fit")
  func reverse() throws {
    for item in Worked.links where item.reverse?.notAsked != true {
      let seen = item.diary.upTo((item.lookDayIndex ?? 0) + 1)
      let model = LinkLook(seen, try #require(seen.exposure), share: item.alpha).model
      let fit = try #require(model.fit(yesterdayOnly: false))
      let short = try #require(fit.squares.fit(of: 0, coefficient: 2, allRows: fit.given))
      let anew = try #require(model.reverse())
      #expect(isClose(short.coefficient, item.reverse?.coefficient))
      #expect(isClose(short.standardError, item.reverse?.se))
      #expect(isClose(anew.squares.coefficients[0], item.reverse?.coefficient))
      #expect(isClose(anew.squares.standardError(0), item.reverse?.se))
      #expect(anew.squares.degreesOfFreedom == short.degreesOfFreedom)
    }
  }

  @Test(
    "looks and their shares",
    arguments: [
      (41, 0, 42, 0.01), (42, 1, 84, 0.0125), (83, 1, 84, 0.0125), (84, 2, 168, 0.0125),
      (200, 3, 252, 0.01), (503, 4, 504, 0.0025), (504, 5, 1008, 0.00125),
      (2500, 7, 4032, 0.0003125),
    ])
  func looks(_ logged: Int, _ passed: Int, _ next: Int, _ share: Double) {
    #expect(LookPlan.links.passed(logged) == passed)
    #expect(LookPlan.links.days(passed + 1) == next)
    #expect(LookPlan.links.share(passed + 1) == share)
  }

  @Test("between looks the answer stays, whatever is logged")
  func between() throws {
    var random = SeededGenerator(seed: 12)
    let count = 100
    let session = (0..<count).map { _ in random.share() < 0.5 ? 1.0 : 0 }
    let pain = session.map { Double(random.below(5)) + 4 - 3 * $0 }
    let diary = LinkDiary(
      first: LogBuilder.october(1), pain: pain, session: session, minutes: session)
    let first = LinkAnswer(diary.upTo(42))
    #expect(first.code == .lessPain && first.look == 1)
    for days in [43, 60, 83] {
      let later = LinkAnswer(diary.upTo(days))
      #expect(later.shown?.points == first.shown?.points)
      #expect(later.lookedOn == first.lookedOn && later.code == first.code)
    }
    #expect(LinkAnswer(diary.upTo(84)).look == 2)
    #expect(LinkAnswer(diary.upTo(41)).code == .tooEarly)
    var none = diary
    none.pain = pain.map { _ in .nan }
    #expect(LinkAnswer(none).code == .noData)
  }

  @Test("nobody is asked about what they always do, or never, or by the week's routine")
  func variation() {
    let pain = (0..<60).map { Double($0 * 7 % 5) }
    func code(_ session: (Int) -> Double, _ minutes: (Int) -> Double) -> LinkAnswer.Code {
      LinkAnswer(
        LinkDiary(
          first: LogBuilder.october(1), pain: pain, session: (0..<60).map(session),
          minutes: (0..<60).map(minutes))
      ).code
    }
    #expect(code({ _ in 1 }, { _ in 20 }) == .tooLittleVariation)
    #expect(code({ _ in 0 }, { _ in 0 }) == .tooLittleVariation)
    #expect(code({ [0, 2, 4].contains($0 % 7) ? 1 : 0 }, { _ in 0 }) == .tooLittleVariation)
    #expect(code({ _ in 1 }, { Double($0 * 13 % 40) }) != .tooLittleVariation)
  }
}
