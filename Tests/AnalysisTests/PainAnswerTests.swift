import Columns
import Foundation
import Records
import TestSupport
import Testing

@testable import Analysis

/// A worked change of pain of the reference file.
private struct Worked: Decodable {
  struct Input: Decodable { var pain: [Double?] }

  var name: String
  var input: Input
  var T: Int
  var windows: [Int]
  var alpha: Double
  var baselineDays: [Int]
  var latestDays: [Int]
  var baseline: Double
  var latest: Double
  var logReml: [Double]
  var weights: [Double]
  var variance: [Double]
  var standardError: [Double]
  var meanPhi: Double
  var p: Double
  var interval: [Double]
  var code: String

  static func all() throws -> [Worked] {
    struct Document: Decodable { var cases: [Case] }
    struct Case: Decodable {
      var pain: Worked?

      init(from decoder: any Decoder) throws {
        pain = try? Worked(from: decoder)
      }
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = try Data(contentsOf: fixture("answers/worked.json"))
    return try decoder.decode(Document.self, from: data).cases.compactMap(\.pain)
  }

  var diary: PainDiary { PainDiary(LogBuilder.october(5), input.pain) }
}

extension PainDiary {
  fileprivate init(_ first: Day, _ pain: [Double?]) {
    let logged = pain.enumerated().filter { $0.element != nil }
    self.init(first: first, days: logged.map(\.offset), values: logged.compactMap(\.element))
  }
}

@Suite("Pain: important, and more than the diary's own swing")
struct PainAnswerTests {
  private func expectClose(_ found: [Double], _ expected: [Double], _ place: String) {
    #expect(found.count == expected.count, "\(place)")
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(place): \(found)")
    }
  }

  @Test("the worked diaries, every step")
  func worked() throws {
    let all = try Worked.all()
    #expect(all.map(\.name) == ["pain-1-less", "pain-2-perhaps"])
    for item in all {
      let first = LogBuilder.october(5)
      let night = item.T - 1
      let change = try item.diary.change(asOf: night).get()
      #expect(change.baselineWindow.count == item.windows[0])
      #expect(change.latestWindow.count == item.windows[1])
      #expect(item.baselineDays.allSatisfy { change.baselineWindow.contains(first + $0) })
      #expect(item.latestDays.allSatisfy { change.latestWindow.contains(first + $0) })
      expectClose(
        [change.baseline, change.latest], [item.baseline, item.latest], "\(item.name) means")
      let swing = try #require(item.diary.swing(of: change, asOf: night))
      let likelihood = swing.carryOver.logLikelihood
      expectClose(likelihood, item.logReml, "\(item.name) likelihood")
      expectClose(swing.carryOver.weights, item.weights, "\(item.name) weights")
      expectClose(swing.carryOver.variances, item.variance, "\(item.name) variances")
      expectClose(swing.errors, item.standardError, "\(item.name) errors")
      expectClose(
        [swing.carryOver.meanCarryOver, swing.p(of: change.points)], [item.meanPhi, item.p],
        "\(item.name) carry-over and p")
      let answer = PainAnswer(item.diary, asOf: night, isJudged: true, by: .standard)
      #expect(answer.code.rawValue == item.code)
      #expect(answer.lookedOn == first + night && answer.nextLook == 60 && answer.logged == 30)
      #expect((answer.toldOn == nil) == (answer.code != .less))
      let interval = try #require(answer.interval)
      expectClose([interval.low, interval.high], item.interval, "\(item.name) interval")
    }
  }

  private func answer(_ pain: [Double?], isJudged: Bool = true) -> PainAnswer {
    PainAnswer(
      PainDiary(LogBuilder.october(5), pain), asOf: pain.count - 1, isJudged: isJudged,
      by: .standard)
  }

  /// A diary that swings by a point, around a level of each day.
  private func swinging(_ days: Int, _ level: (Int) -> Double) -> [Double?] {
    (0..<days).map { level($0) + Double([0, 1, -1, 1, 0, -1][$0 % 6]) }
  }

  @Test(
    "windows grow with the diary",
    arguments: [
      (14, 7, 7), (41, 7, 7), (42, 14, 14), (69, 14, 14), (70, 14, 28), (111, 14, 28),
      (112, 28, 28), (400, 28, 28),
    ])
  func windows(_ days: Int, _ baseline: Int, _ latest: Int) throws {
    let diary = PainDiary(LogBuilder.october(5), swinging(days) { _ in 5 })
    let change = try diary.change(asOf: days - 1).get()
    #expect(change.baselineWindow.count == baseline && change.latestWindow.count == latest)
    #expect(change.baselineWindow.from == LogBuilder.october(5))
    #expect(change.latestWindow.to == LogBuilder.october(5) + (days - 1))
  }

  @Test("too little for a window is said, with what it takes")
  func refusals() {
    #expect(answer(swinging(13) { _ in 5 }).absence == Absence(.windowsOverlap))
    #expect(answer([]).code == .noData)
    var sparse = swinging(30) { _ in 5 }
    for day in 24..<29 { sparse[day] = nil }
    let found = answer(sparse)
    #expect(found.code == .tooEarly && found.change == nil && found.interval == nil)
    #expect(found.absence == Absence(.tooEarly, have: 2, need: 3))
  }

  @Test("a steady diary shows no change, and between which points it lies")
  func steady() throws {
    let found = answer(swinging(90) { _ in 5 })
    #expect(found.code == .noChangeShown && found.isImportant == false)
    let interval = try #require(found.interval)
    #expect(interval.low < 0 && interval.high > 0)
  }

  @Test("a lasting fall is told at a look, stays told, and is taken back when it vanishes")
  func takenBack() throws {
    func level(_ day: Int) -> Double { day < 20 || day >= 100 ? 7 : 3 }
    let told = answer(swinging(75, level))
    #expect(told.code == .less && told.toldOn == LogBuilder.october(5) + 59)
    let interval = try #require(told.interval)
    #expect(interval.high < 0)
    let gone = answer(swinging(119, level))
    #expect(gone.code != .less && gone.toldOn == nil)
    // Before the look that is strict enough, as large a change is only a perhaps.
    let early = answer(swinging(29, level))
    #expect(early.code == .perhapsLess && early.lookedOn == nil && early.nextLook == 30)
  }

  @Test("more pain is told as less is, and another scale has figures without a judgement")
  func more() {
    let rising = swinging(75) { $0 < 20 ? 2 : 7 }
    #expect(answer(rising).code == .more)
    let other = answer(rising, isJudged: false)
    #expect(other.code == .noThreshold && other.isImportant == nil)
    #expect(other.change?.points == answer(rising).change?.points)
  }

  @Test(
    "how large an important change is, by its baseline",
    arguments: [
      (6.0, 4.0, true), (6, 4.2, true), (6, 4.3, false), (3, 2, true), (2, 1.1, false),
      (8, 6.01, false), (8, 6, true), (1, 2.9, false), (1, 3, true), (4, 5.2, true),
      (4, 5.1, false), (5, 5, false), (3.3, 3.3 - 0.99 - 0.01, true), (4.1, 2.1, true),
    ])
  func important(_ baseline: Double, _ latest: Double, _ isImportant: Bool) {
    let week = Period(from: LogBuilder.october(1), to: LogBuilder.october(7))
    let change = PainChange(
      baselineWindow: week, latestWindow: week, baseline: baseline, latest: latest)
    #expect(change.isImportant(by: .standard) == isImportant)
  }
}
