import Columns
import Records
import TestSupport
import Testing

@Suite("Sessions")
struct SessionTableTests {
  private func sessions(_ build: (inout LogBuilder) -> Void) -> SessionTable {
    var builder = LogBuilder()
    build(&builder)
    return SessionTable(builder.log.sets)
  }

  @Test("starts at most 90 minutes apart are one session, chained")
  func chained() {
    let table = sessions {
      $0.set(1, "a", minute: 400)
      $0.set(1, "b", minute: 490)
      $0.set(1, "c", minute: 580)
    }
    #expect(table.rowsOfSession == [[0, 1, 2]])
  }

  @Test("91 minutes are two sessions")
  func twoSessions() {
    let table = sessions {
      $0.set(1, "a", minute: 400)
      $0.set(1, "b", minute: 491)
    }
    #expect(table.rowsOfSession == [[0], [1]])
    #expect(table.sessionOfRow == [0, 1])
  }

  @Test("a session does not reach over midnight")
  func midnight() {
    let table = sessions {
      $0.set(1, "a", minute: 1_435)
      $0.set(2, "b", minute: 5)
    }
    #expect(table.days == [LogBuilder.october(1), LogBuilder.october(2)])
  }

  @Test("the source's own session goes before time")
  func namedSessions() {
    let table = sessions {
      $0.set(1, "a", minute: 400)
      $0.session("morning")
      $0.set(1, "b", minute: 405)
      $0.session("other")
      $0.set(1, "c", minute: 900)
      $0.session("morning")
    }
    #expect(table.rowsOfSession == [[0, 2], [1]])
  }

  @Test("rows of a day without a time are one session, after the timed ones")
  func withoutTime() {
    let table = sessions {
      $0.set(1, "a", minute: nil)
      $0.set(1, "b", minute: 400)
      $0.set(1, "c", minute: nil)
    }
    #expect(table.rowsOfSession == [[1], [0, 2]])
  }

  @Test("rows go by order, then start, then line")
  func rowOrder() {
    let table = sessions {
      $0.set(1, "late", minute: 410)
      $0.set(1, "early", minute: 400)
      $0.set(1, "same minute", minute: 400)
      $0.set(1, "first by order", minute: 430)
      $0.session("s", order: 1)
      $0.set(1, "second by order", minute: 420)
      $0.session("s", order: 2)
    }
    #expect(table.rowsOfSession == [[1, 2, 0], [3, 4]])
  }

  @Test("sessions do not depend on the order in which a day's rows are written", arguments: 1...20)
  func writtenOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let minutes = (0..<12).map { _ in random.below(1_440) }.sorted()
    let shuffled = minutes.shuffled(using: &random)
    func times(_ minutes: [Int]) -> [[Int]] {
      let table = sessions { log in for minute in minutes { log.set(1, "a", minute: minute) } }
      return table.rowsOfSession.map { rows in rows.map { minutes[$0] } }
    }
    #expect(times(minutes) == times(shuffled))
    #expect(times(minutes).flatMap(\.self) == minutes)
    #expect(zip(minutes, minutes.dropFirst()).count { $1 - $0 > 90 } + 1 == times(minutes).count)
  }

  @Test("no rows, no sessions")
  func nothing() {
    let table = sessions { _ in }
    #expect(table.rowsOfSession.isEmpty && table.days.isEmpty && table.sessionOfRow.isEmpty)
  }

  @Test("a session that the source names goes on behind midnight, on the day it began")
  func behindMidnight() {
    var builder = LogBuilder()
    for (day, minute, exercise) in [
      (15, 1_430, "march"), (15, 1_435, "fold"), (16, 1, "fold"), (16, 6, "calm"),
      (16, 600, "walk"), (17, 3, "fold"),
    ] {
      builder.set(day, exercise, minute: minute)
      builder.session(exercise == "walk" ? "s2" : "s1")
    }
    let table = SessionTable(builder.log.sets)
    #expect(table.days == [15, 16, 17].map(LogBuilder.october))
    #expect(Array(table.rows(of: 0)) == [0, 1, 2, 3])
    #expect(table.sessionOfRow == [0, 0, 0, 0, 1, 2])
    // Without a name of the source a new day is a new session.
    var unnamed = LogBuilder()
    unnamed.set(15, "march", minute: 1_435)
    unnamed.set(16, "calm", minute: 2)
    #expect(SessionTable(unnamed.log.sets).days.count == 2)
  }
}

extension SessionTable {
  fileprivate var rowsOfSession: [[Int]] { days.indices.map { Array(rows(of: $0)) } }
}
