import Records
import Testing

@Suite("What is known of before")
struct PastTests {
  private let before = Day(number: 20_000)

  private func past(lastDay: Int?) -> Past {
    var past = Past(before: before)
    past.firstRecord = before - 100
    past.lastDay = lastDay.map { before + $0 }
    return past
  }

  @Test(
    "It serves whoever asks for rows from its day on, and some days later", arguments: [0, 1, 14])
  func near(later: Int) {
    #expect(past(lastDay: 20).serving(from: before + later) == past(lastDay: 20))
    #expect(past(lastDay: 0).serving(from: before + later) == past(lastDay: 0))
  }

  @Test("Where rows lie behind it, it does not serve long: they would be read for nothing")
  func far() {
    #expect(past(lastDay: 0).serving(from: before + 15) == nil)
    #expect(past(lastDay: 59).serving(from: before + 300) == nil)
  }

  @Test("It serves nobody who asks for rows of days that it tells of")
  func tooEarly() {
    #expect(past(lastDay: 20).serving(from: before - 1) == nil)
    #expect(past(lastDay: -3).serving(from: before - 1) == nil)
  }

  @Test("With no row behind it, it reaches up to any day", arguments: [nil, -1, -30])
  func silent(lastDay: Int?) {
    var expected = past(lastDay: lastDay)
    expected.before = before + 400
    #expect(past(lastDay: lastDay).serving(from: before + 400) == expected)
  }
}
