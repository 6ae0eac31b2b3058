import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("Flexibility")
struct FlexibilityTests {
  private func measures(_ build: (inout LogBuilder) -> Void) -> [FlexibilityFinding.Measure] {
    var builder = LogBuilder()
    build(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    return FlexibilityAnalysis().find(in: table).measures
  }

  private func verdict(
    _ measure: String, _ first: Double, _ last: Double, unit: String? = nil,
    raters: (String, String) = ("a", "a"), convention: String? = nil
  ) -> String? {
    measures {
      $0.measure(1, measure, first, unit: unit, rater: raters.0, convention: convention)
      $0.measure(20, measure, last, unit: unit, rater: raters.1, convention: convention)
    }.first?.verdict?.rawValue
  }

  @Test("a change up to the MDC is within error, above it detectable")
  func mdc() {
    #expect(verdict("sit_and_reach", 10, 14) == "within-error")
    #expect(verdict("sit_and_reach", 10, 14.1) == "detectable-better")
    #expect(verdict("sit_and_reach", 14.1, 10) == "detectable-worse")
    #expect(verdict("back_extensor_hold", 60, 93) == "detectable-better")
  }

  @Test("the back extensor hold ends at 240 seconds: longer trials count as that, and are counted")
  func longestHold() throws {
    let held = try #require(
      measures {
        $0.measure(1, "back_extensor_hold", 300)
        $0.measure(8, "back_extensor_hold", 240)
        $0.measure(15, "back_extensor_hold", 180)
      }.first)
    #expect(held.series.values == [240, 240, 180] && held.series.capped == 1)
    #expect(held.change == -60 && held.verdict == .detectableWorse)
    #expect(measures { $0.measure(1, "plank hold", 300) }.first?.series.values == [300])
  }

  @Test("deficits and extensions are brought to one; what does not say which is compared with none")
  func conventions() throws {
    func knee(_ values: [(Double, String?)]) -> [FlexibilityFinding.Measure] {
      measures {
        for (index, value) in values.enumerated() {
          $0.measure(1 + 7 * index, "active_knee_extension", value.0, convention: value.1)
        }
      }
    }
    let both = try #require(knee([(40, "deficit"), (160, "Extension")]).first)
    #expect(both.series.values == [140, 160] && both.series.convention == "extension")
    #expect(both.change == 20 && both.verdict == .detectableBetter)
    let deficits = try #require(knee([(40, "deficit"), (20, "deficit")]).first)
    #expect(deficits.series.values == [40, 20] && deficits.change == -20)
    #expect(deficits.verdict == .detectableBetter)
    let unknown = knee([(40, nil), (160, nil)])
    #expect(unknown.count == 1 && unknown[0].change == nil && unknown[0].verdict == nil)
    let mixed = knee([(40, "deficit"), (160, nil), (30, "deficit")])
    #expect(mixed.map(\.change) == [nil, -10])
    #expect(mixed.map(\.series.convention) == [nil, "deficit"])
  }

  @Test("fingertips nearer to the floor are better, also beyond it")
  func fingertips() {
    #expect(verdict("fingertip_to_floor", 10, 5) == "detectable-better")
    #expect(verdict("fingertip_to_floor", 2, -3) == "detectable-better")
    #expect(verdict("fingertip_to_floor", 5, 10) == "detectable-worse")
  }

  @Test("another rater needs a larger change")
  func rater() {
    #expect(verdict("fingertip_to_floor", 10, 4, raters: ("a", "b")) == "within-error")
    #expect(verdict("fingertip_to_floor", 10, 0, raters: ("a", "b")) == "detectable-better")
  }

  @Test("the convention decides the direction of knee extension")
  func convention() {
    #expect(
      verdict("active_knee_extension", 60, 70, convention: "extension") == "detectable-better")
    #expect(verdict("active_knee_extension", 60, 70, convention: "deficit") == "detectable-worse")
    #expect(verdict("active_knee_extension", 60, 70) == nil)
  }

  @Test("no published error, an unknown measure or another unit: figures without a verdict")
  func withoutVerdict() throws {
    #expect(verdict("hip_external_rotation", 30, 60) == nil)
    #expect(verdict("toe_touch_score", 1, 9) == nil)
    #expect(verdict("sit_and_reach", 4, 9, unit: "inch") == nil)
    let measure = try #require(
      measures {
        $0.measure(1, "toe_touch_score", 1)
        $0.measure(9, "toe_touch_score", 9)
      }.first)
    #expect(measure.change == 8)
    #expect(measure.code == "toe_touch_score")
  }

  @Test("one measurement day has no change and says what it takes")
  func single() throws {
    let measure = try #require(measures { $0.measure(1, "sit_and_reach", 10) }.first)
    #expect(measure.change == nil)
    #expect(measure.first == 10)
  }

  @Test("sides are apart and degrees are known by their sign")
  func sides() {
    let measures = measures {
      $0.measure(1, "straight_leg_raise", 50, side: .left, unit: "°")
      $0.measure(9, "straight_leg_raise", 60, side: .left, unit: "°")
      $0.measure(1, "straight_leg_raise", 50, side: .right)
    }
    #expect(measures.map(\.side) == [.left, .right])
    #expect(measures[0].verdict == .detectableBetter)
    #expect(measures[1].verdict == nil)
  }
}

@Suite("Questionnaires")
struct QuestionnaireTests {
  private func scores(_ build: (inout LogBuilder) -> Void) -> [QuestionnaireFinding.Score] {
    var builder = LogBuilder()
    build(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let table = PatientTable(builder.log, period: period, asOf: period.to)
    return QuestionnaireAnalysis().find(in: table).scores
  }

  @Test(
    "less disability is better, more function is better",
    arguments: [
      (Instrument.odi, 40.0, 30.0, "improved"), (.odi, 40, 31, "within-error"),
      (.odi, 30, 40, "worsened"), (.rmdq, 12, 7, "improved"), (.psfs, 4, 6, "improved"),
      (.psfs, 6, 4, "worsened"), (.ears, 10, 15.5, "improved"), (.ears, 10, 15, "within-error"),
    ])
  func verdicts(_ instrument: Instrument, _ first: Double, _ latest: Double, _ verdict: String) {
    let scores = scores {
      $0.questionnaire(1, instrument, first)
      $0.questionnaire(20, instrument, latest)
    }
    #expect(scores.first?.verdict == verdict)
    #expect(scores.first?.change == latest - first)
  }

  @Test("one score has no change; one without a score is left out")
  func single() {
    let scores = scores {
      $0.questionnaire(1, .odi, 40)
      $0.questionnaire(2, .odi, nil)
      $0.questionnaire(40, .odi, 10)
    }
    #expect(scores.count == 1)
    #expect(scores.first?.change == nil)
    #expect(scores.first?.verdict == nil)
  }

  @Test("left and right are compared on their latest values")
  func sides() throws {
    var builder = LogBuilder()
    builder.measure(2, "straight_leg_raise", 50, side: .left)
    builder.measure(20, "straight_leg_raise", 54, side: .left)
    builder.measure(20, "straight_leg_raise", 62, side: .right)
    builder.measure(20, "hip_internal_rotation", 30, side: .left)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let found = FlexibilityAnalysis().find(
      in: PatientTable(builder.log, period: period, asOf: period.to))
    let differences = found.measures.map { "\($0.code) \($0.side?.word ?? "")" }
    #expect(
      differences == [
        "hip_internal_rotation left", "straight_leg_raise left", "straight_leg_raise right",
      ])
    #expect(found.measures.map(\.sideDifference) == [nil, -8, 8])
  }
}

@Suite("Scores from items")
struct QuestionnaireItemTests {
  @Test(
    "a questionnaire is scored from its items, with what may be missing",
    arguments: [
      (.odi, "1 2 3 4 5 0 1 2 3 4", 50), (.odi, "1 2 3 4 5 0 1 2 3 -", 100 * 21.0 / 45),
      (.odi, "1 2 3 4 5 0 1 2 - -", nil), (.odi, "1 2 3 4 6 0 1 2 3 4", nil),
      (.rmdq, String(repeating: "1 0 ", count: 12), 12), (.rmdq, "1 0 1", nil),
      (.psfs, "4 6 8", 6), (.psfs, "4 x 8", nil), (.ears, "4 4 4 3 2 1", 18),
      (.ears, "4 4 4 3 2", nil), (.ears, "4 4 4 3 2 5", nil),
    ] as [(Instrument, String, Double?)])
  func scores(instrument: Instrument, items: String, expected: Double?) {
    let score = try? instrument.score(items: items).get()
    guard let expected else {
      #expect(score == nil)
      return
    }
    #expect(abs((score ?? -1) - expected) < 1e-9)
  }
}
