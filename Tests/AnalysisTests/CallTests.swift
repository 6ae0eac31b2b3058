import Columns
import Records
import TestSupport
import Testing

@testable import Analysis

@Suite("Whom to call")
struct CallTests {
  private func reasons(_ builder: LogBuilder, to: Int = 31, asOf: Int? = nil) -> [CallReason] {
    let end = LogBuilder.october(asOf ?? to)
    let period = Period(from: end - 29, to: end)
    var group = CohortFindings(period: period, asOf: end)
    group.add(analyze(PatientTable(builder.log, period: period, asOf: end), with: cohortAnalyses))
    return group.members[0].reasons
  }

  /// Eight weeks of pain 4 up to 31 October, with what is added to some days.
  private func diary(_ more: [ClosedRange<Int>: Double], base: Double = 4) -> LogBuilder {
    var builder = LogBuilder()
    for day in -25...31 {
      builder.pain(day, base + (more.first { $0.key.contains(day) }?.value ?? 0))
    }
    return builder
  }

  @Test("pain of the last 7 days against the first ones: 30 % and a point, worded as a swing")
  func rise() {
    #expect(reasons(diary([:])).isEmpty)
    // 1.2 is 30 % of 4.
    #expect(reasons(diary([25...31: 1.2])).map(\.code) == [.pain])
    #expect(reasons(diary([25...31: 1.1])).isEmpty)
    // From a baseline below 2 the two points alone.
    #expect(reasons(diary([25...31: 1.9], base: 1)).isEmpty)
    #expect(reasons(diary([25...31: 2], base: 1)).contains { $0.code == .pain })
    // Three of the last seven days are enough, two are not.
    var few = LogBuilder()
    for day in -25...24 { few.pain(day, 4) }
    for day in 29...30 { few.pain(day, 6) }
    #expect(!reasons(few).contains { $0.code == .pain })
    few.pain(31, 6)
    #expect(reasons(few).contains(.painUp(2, isTold: false, steps: 1)))
  }

  @Test("a rise twice as large is told anew, and holds the smaller one")
  func steps() {
    let (small, large) = (
      CallReason.painUp(2.5, isTold: false, steps: 1),
      CallReason.painUp(4.2, isTold: true, steps: 2)
    )
    #expect(small.keys == ["pain-1"] && large.keys == ["pain-told", "pain-2", "pain-1"])
    #expect(reasons(diary([25...31: 4.5])).contains { $0.keys == ["pain-2", "pain-1"] })
    let day = LogBuilder.october(1)
    var book = CallBook(today: day, isNoted: true)
    book.notes = ["a": [CallNote("pain-1", since: day - 20, last: day - 1)]]
    book.lastList = day - 1
    #expect(book.judged([small], of: "a", asOf: day).calls.map(\.isNew) == [false])
    let (calls, notes) = book.judged([large], of: "a", asOf: day)
    #expect(calls.map(\.isNew) == [true] && calls[0].since == day)
    #expect(notes.map(\.reason) == ["pain-told", "pain-2", "pain-1"])
    #expect(notes.map(\.since) == [day, day, day - 20])
  }

  @Test("who stopped logging is told of at 7, 14 and 28 days, of nothing else, and no more from 56")
  func stopped() {
    var builder = LogBuilder()
    for day in -25...0 { builder.pain(day, day < -6 ? 3 : 8) }
    for (silence, milestone) in [(6, nil), (7, 7), (13, 7), (14, 14), (27, 14), (28, 28), (55, 28)]
      as [(Int, Int?)]
    {
      let found = reasons(builder, asOf: silence)
      let expected = milestone.map {
        [CallReason.stoppedLogging(days: silence, milestone: $0, last: LogBuilder.october(0))]
      }
      if let expected { #expect(found == expected, "\(silence)") }
      if milestone == nil { #expect(!found.contains { $0.code == .stoppedLogging }) }
    }
    #expect(reasons(builder, asOf: 56).isEmpty)
    let reason = CallReason.stoppedLogging(days: 7, milestone: 7, last: LogBuilder.october(0))
    let day = LogBuilder.october(7)
    var book = CallBook(today: day + 1, isNoted: true)
    let (calls, notes) = book.judged([reason], of: "a", asOf: day)
    #expect(calls.map(\.isNew) == [true])
    (book.notes, book.lastList) = (["a": notes], day)
    // The same list once more has it, the next one not.
    #expect(book.judged([reason], of: "a", asOf: day).calls.count == 1)
    #expect(book.judged([reason], of: "a", asOf: day + 1).calls.isEmpty)
  }

  @Test("a reason stays 28 days, is the same one after a week away, and news after a longer one")
  func stay() {
    let day = LogBuilder.october(1)
    let reason = CallReason.noSession(days: 9)
    func isGiven(since: Int, last: Int, lastList: Int = -1) -> Bool? {
      let book = CallBook(
        notes: ["a": [CallNote("no-session", since: day + since, last: day + last)]],
        lastList: day + lastList, today: day, isNoted: true)
      return book.judged([reason], of: "a", asOf: day).calls.first?.isNew
    }
    #expect(isGiven(since: -27, last: -1) == false)
    #expect(isGiven(since: -28, last: -1) == nil)
    #expect(isGiven(since: -28, last: -7) == nil)
    #expect(isGiven(since: -28, last: -8) == true)
    // Nights that did not come are no time away.
    #expect(isGiven(since: -20, last: -12, lastList: -12) == false)
  }

  @Test("the snoozed and discharged are on no list, until the day and for good")
  func standings() {
    let day = LogBuilder.october(1)
    let reason = CallReason.noSession(days: 9)
    let book = CallBook(
      standings: [
        "a": .snoozed(until: day + 1), "b": .snoozed(until: day), "c": .discharged(on: day - 100),
      ], today: day, isNoted: true)
    #expect(book.judged([reason], of: "a", asOf: day).calls.isEmpty)
    #expect(book.judged([reason], of: "a", asOf: day).notes.isEmpty)
    #expect(book.judged([reason], of: "b", asOf: day).calls.count == 1)
    #expect(book.judged([reason], of: "c", asOf: day).calls.isEmpty)
    #expect(book.away.map(\.patient) == ["a", "c"])
    // A report by hand before any night marks nothing.
    let byHand = CallBook(today: day).judged([reason], of: "a", asOf: day)
    #expect(byHand.calls.map(\.isNew) == [false] && byHand.calls[0].since == nil)
  }

  @Test("who is new stands first, then by what can wait least")
  func order() {
    let end = LogBuilder.october(31)
    var book = CallBook(lastList: end - 1, today: end, isNoted: true)
    book.notes = [
      "pain": ["pain-2", "pain-1"].map { CallNote($0, since: end - 3, last: end - 1) },
      "flare": [CallNote("flare", since: end - 3, last: end - 1)],
    ]
    var group = CohortFindings(
      period: Period(from: end - 29, to: end), asOf: end, book: book)
    var idle = LogBuilder("idle")
    for day in -25...31 {
      idle.pain(day, 4)
      if day < 20 { idle.set(day, "walk") }
    }
    var (flare, pain, silent) = (
      LogBuilder("flare"), LogBuilder("pain"), LogBuilder("silent")
    )
    for day in -25...31 {
      flare.pain(day, day == 30 ? 7 : 4)
      pain.pain(day, day > 24 ? 8 : 4)
      if day < 25 { silent.pain(day, 4) }
    }
    for builder in [pain, flare, idle, silent] {
      group.add(
        analyze(
          PatientTable(builder.log, period: group.period, asOf: end), with: cohortAnalyses))
    }
    #expect(group.triage.map(\.patient) == ["pain", "silent", "idle", "flare"])
    #expect(group.triage.map(\.isNewCall) == [true, true, true, false])
    #expect(group.triage[0].reasons.map(\.code) == [.pain, .flare])
    // A flare that has come to a known rise is news; what was told of is not told twice.
    #expect(group.untold.map(\.patient) == ["pain", "silent", "idle", "flare"])
    book.notes = group.callNotes(told: true)
    book.lastList = end
    var again = CohortFindings(period: group.period, asOf: end, book: book)
    again.add(analyze(PatientTable(pain.log, period: group.period, asOf: end)))
    #expect(again.untold.isEmpty && again.triage.map(\.isNewCall) == [true])
  }
}
