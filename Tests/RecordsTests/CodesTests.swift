import Testing

@testable import Records

@Suite("Codes")
struct CodesTests {
  private func check<T: Code>(_ type: T.Type, _ words: [String]) {
    #expect(T.words == words)
    #expect(T.allCases.map(\.word) == words)
    #expect(T.allCases.map { Int($0.rawValue) } == Array(1...words.count))
    #expect(words.map { T(word: $0) } == T.allCases.map { Optional($0) })
    #expect(T(word: "") == nil && T(word: words[0].uppercased()) == nil)
    #expect(T(rawValue: 0) == nil && T(rawValue: UInt8(words.count + 1)) == nil)
  }

  /// Numbers and words are stored and printed; they are only ever appended to.
  @Test("The vocabularies are those of the formats, numbered from 1")
  func vocabularies() {
    check(
      Component.self,
      [
        "warm-up", "back-stretch", "mobility", "glute-stretch", "hamstring-stretch",
        "strengthening", "inversion", "cool-down", "aerobic", "other",
      ])
    check(Side.self, ["left", "right"])
    check(PainKind.self, ["now", "average", "worst", "least", "before", "after"])
    check(DayStatus.self, ["rest", "bed-rest", "sick", "travel", "excused"])
    check(Instrument.self, ["odi", "rmdq", "psfs", "ears"])
  }

  @Test("Each code has the word of its name")
  func words() {
    #expect(Component.hamstringStretch.word == "hamstring-stretch")
    #expect(Component.coolDown.word == "cool-down")
    #expect(Side.right.word == "right")
    #expect(PainKind.least.word == "least")
    #expect(DayStatus.bedRest.word == "bed-rest")
    #expect(Instrument.ears.word == "ears")
  }

  @Test("The kinds are the words of files and tables")
  func kinds() {
    #expect(
      Kind.allCases.map(\.rawValue) == [
        "sessions", "pain", "flexibility", "program", "patients", "days", "factors",
        "questionnaires",
      ])
  }

  @Test("Only warm-up and cool-down are rules")
  func rules() {
    #expect(Component.allCases.filter(\.isRule) == [.warmUp, .coolDown])
  }

  @Test("Every status lifts what was due but bed rest")
  func excuses() {
    #expect(DayStatus.allCases.filter { !$0.excuses } == [.bedRest])
  }
}
