import TestSupport
import Testing

@testable import Statistics

@Suite("Conditional logistic regression")
struct ConditionalLogisticTests {
  private func sets(_ item: [String: Any]) throws -> [MatchedSet] {
    let input = try #require(item["input"] as? [String: Any])
    let groups = column(input["groups"])
    let cases = column(input["cases"])
    let exposure = column(input["exposure"])
    return Set(groups.compactMap { $0 }).sorted().map { group in
      let own = groups.indices.filter { groups[$0] == group }
      return MatchedSet(
        isCase: own.map { cases[$0] == 1 }, exposure: own.compactMap { exposure[$0] })
    }
  }

  @Test("coefficients and errors are those of another library")
  func reference() throws {
    for item in try referenceCases("conditional_logistic") {
      let id = item["id"] as? String ?? ""
      let output = try #require(item["output"] as? [String: Any])
      let fit = try #require(ConditionalLogistic(try sets(item)), "\(id)")
      expectClose(fit.coefficient, number(output["coefficient"]), 1e-9, "\(id) coefficient")
      expectClose(fit.standardError, number(output["standard_error"]), 1e-9, "\(id) error")
    }
  }

  @Test("pairs that differ: the odds ratio is the quotient of their counts")
  func pairs() throws {
    // 12 pairs with the case exposed alone, 4 with the control exposed alone, 9 alike.
    let alone = (0..<12).map { _ in MatchedSet(isCase: [true, false], exposure: [1, 0]) }
    let other = (0..<4).map { _ in MatchedSet(isCase: [true, false], exposure: [0, 1]) }
    let alike = (0..<9).map { _ in MatchedSet(isCase: [true, false], exposure: [1, 1]) }
    let fit = try #require(ConditionalLogistic(alone + other + alike))
    expectClose(fit.oddsRatio, 3, 1e-12, "odds ratio")
    expectClose(fit.standardError, (1.0 / 12 + 1.0 / 4).squareRoot(), 1e-12, "error")
    #expect(fit.cases == 16)
    #expect(fit.interval.low < 3 && fit.interval.high > 3)
  }

  @Test("the unit of the exposure scales the coefficient and nothing else")
  func scale() throws {
    let item = try #require(try referenceCases("conditional_logistic").last)
    let plain = try #require(ConditionalLogistic(try sets(item)))
    let scaled = try #require(
      ConditionalLogistic(
        try sets(item).map {
          MatchedSet(isCase: $0.isCase, exposure: $0.exposure.map { $0 * 1e6 + 5e6 })
        }))
    expectClose(scaled.coefficient * 1e6, plain.coefficient, 1e-8, "coefficient")
    expectClose(scaled.standardError * 1e6, plain.standardError, 1e-8, "error")
  }

  @Test("nothing to compare, or nothing but a perfect parting, has no estimate")
  func refused() {
    #expect(ConditionalLogistic([]) == nil)
    #expect(ConditionalLogistic([MatchedSet(isCase: [true, true], exposure: [1, 0])]) == nil)
    #expect(ConditionalLogistic([MatchedSet(isCase: [true, false], exposure: [1, 1])]) == nil)
    let parted = (0..<20).map { _ in MatchedSet(isCase: [true, false], exposure: [1, 0]) }
    #expect(ConditionalLogistic(parted) == nil)
    let wrong = MatchedSet(isCase: [true, false], exposure: [.nan, 1])
    #expect(ConditionalLogistic([wrong]) == nil)
  }
}
