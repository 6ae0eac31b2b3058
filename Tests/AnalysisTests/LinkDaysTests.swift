import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("The days behind the answer about links")
struct LinkDaysTests {
  private func findings(_ days: Int = 60, _ build: (Int, inout LogBuilder) -> Void)
    -> PatientFindings
  {
    var builder = LogBuilder("P1")
    for day in 1...days { build(day, &builder) }
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(days))
    return analyze(PatientTable(builder.log, period: period, asOf: period.to))
  }

  /// A day with a session or without, by a rule that no week repeats.
  private func isHeld(_ day: Int) -> Bool { day * day % 5 < 2 }

  @Test("are those with and without a session up to the look, with the pain of the lag told")
  func sessions() throws {
    let found = findings { day, log in
      if isHeld(day) { log.set(day, "walk") { $0.minutes = 20 } }
      log.pain(day, isHeld(day) ? 3 : 6)
    }
    let answer = found.answers.links
    #expect(answer.daysLooked == 42 && answer.shown?.lag == 0)
    let days = try #require(found.linkDays(answer))
    #expect(days.lag == 0)
    #expect(days.groups.map(\.exercise) == [.session(false), .session(true)])
    let held = (1...42).count { isHeld($0) }
    #expect(days.groups.map(\.pain.count) == [42 - held, held])
    #expect(days.groups.map { $0.share(of: 6) } == [1, 0])
    #expect(days.groups.map { $0.share(of: 3) } == [0, 1])
  }

  @Test("are none before the first look, nor for pain on another scale")
  func none() {
    let early = findings(41) { day, log in
      if isHeld(day) { log.set(day, "walk") }
      log.pain(day, Double(day % 5))
    }
    #expect(early.answers.links.shown == nil && early.linkDays(early.answers.links) == nil)
  }

  @Test("minutes fall into bands at their middle, where every day has a session")
  func minutes() throws {
    let found = findings { day, log in
      log.set(day, "walk") { $0.minutes = Double(10 * (1 + day * day % 7 % 3)) }
      log.pain(day, Double(day * day % 6))
    }
    let answer = found.answers.links
    let days = try #require(found.linkDays(answer))
    let isInOrder =
      days.groups.map(\.exercise) == [
        .minutes(from: 0, to: 20), .minutes(from: 20, to: 30),
      ]
    #expect(isInOrder, "\(days.groups.map(\.exercise))")
    #expect(days.groups.reduce(0) { $0 + $1.pain.count } == 42 - days.lag)
  }

  @Test("a group of hardly any days is left out, and one alone is none")
  func few() {
    let many = LinkDays.Group(exercise: .session(true), pain: [1, 2, 2, 3.5])
    let few = LinkDays.Group(exercise: .session(false), pain: [1, 2, 3])
    #expect(LinkDays(0, [few, many]) == nil)
    #expect(LinkDays(1, [many, many])?.groups.count == 2)
    #expect(many.share(of: 2) == 0.5 && many.share(of: 4) == 0.25)
    #expect(LinkDays.Group(exercise: .session(true), pain: []).share(of: 0) == nil)
  }

  @Test("sessions are marked on their days, and only within the period")
  func sessionDays() {
    let found = findings(9) { day, log in
      if day == 3 || day == 7 { log.set(day, "walk") }
      if day == 5 { log.set(day, "walk") { $0.completed = false } }
      log.pain(day, 2)
    }
    #expect(found.sessionDays == [LogBuilder.october(3), LogBuilder.october(7)])
  }
}
