import GRDB
import Records
import TestSupport
import Testing

@testable import Storage

@Suite("Standings, and what lists gave")
struct StandingTests {
  private let today = Day(number: 20_000)

  @discardableResult
  private func say(_ act: StandingAct, _ code: String, _ store: Store) throws -> Int64 {
    let run = try store.beginRun(act.word)
    #expect(try store.note(act, of: code, run: run, on: today))
    return run
  }

  private func withPeople(_ body: (Store) throws -> Void) throws {
    try withStore { store throws in
      try store.importSheet("first") { sheet in
        for code in ["a", "b"] { sheet.pain(code, "2026-10-01", 4) }
      }
      try body(store)
    }
  }

  private func endNight(_ store: Store, asOf: Day, _ notes: [String: [CallNote]]) throws {
    let run = try store.beginRun("nightly")
    try store.endNight(
      run,
      NightlyEnd(exit: 0, seconds: 0, cohortMadeOf: nil, seen: [:], list: (asOf, notes)))
  }

  @Test("the last word counts, history stays, and a run is taken back by its number")
  func acts() throws {
    try withPeople { store in
      #expect(try store.standings().isEmpty)
      let first = try store.standingsMark()
      let snooze = try say(.snooze(until: today + 14), "a", store)
      #expect(try store.standings() == ["a": .snoozed(until: today + 14)])
      let discharge = try say(.discharge, "a", store)
      #expect(try store.standings() == ["a": .discharged(on: today)])
      let readmit = try say(.readmit, "a", store)
      #expect(try store.standings().isEmpty)
      #expect(try store.standingsMark() != first)
      let undone = try store.undo(run: readmit, by: store.beginRun("undo"))
      #expect(undone.restored == 1 && undone.files == 0 && undone.removed == 0)
      #expect(try store.standings() == ["a": .discharged(on: today)])
      _ = try store.undo(run: discharge, by: store.beginRun("undo"))
      #expect(try store.standings() == ["a": .snoozed(until: today + 14)])
      #expect(throws: StorageError.self) {
        try store.undo(run: discharge, by: store.beginRun("undo"))
      }
      _ = try store.undo(run: snooze, by: store.beginRun("undo"))
      #expect(try store.standings().isEmpty)
      #expect(try store.rows("SELECT count(*) FROM standing") == ["3"])
      #expect(try !store.note(.discharge, of: "nobody", run: snooze, on: today))
    }
  }

  @Test("what a list gave is known to the next, for a week after it was last so")
  func notes() throws {
    try withPeople { store in
      #expect(try store.callNotes().lastList == nil)
      let note = CallNote("flare", since: today - 2, last: today, isTold: true)
      try endNight(store, asOf: today, ["a": [note], "nobody": [note]])
      #expect(try store.callNotes().notes == ["a": [note]])
      #expect(try store.callNotes().lastList == today)
      try endNight(store, asOf: today + 7, [:])
      #expect(try store.callNotes().notes == ["a": [note]])
      try endNight(store, asOf: today + 8, [:])
      #expect(try store.callNotes().notes.isEmpty)
      #expect(try store.callNotes().lastList == today + 8)
      // Who is snoozed is news afterwards.
      try endNight(store, asOf: today + 8, ["a": [note], "b": [note]])
      try say(.snooze(until: today + 9), "a", store)
      #expect(try store.callNotes().notes.keys.sorted() == ["b"])
    }
  }

  @Test(
    "of two ids that are joined the one that stays counts; parted again each has its own",
    arguments: [
      (StandingAct?.none, StandingAct?.none, Standing?.none),
      (.snooze(until: Day(number: 20_009)), nil, .snoozed(until: Day(number: 20_009))),
      (
        .snooze(until: Day(number: 20_009)), .snooze(until: Day(number: 20_005)),
        .snoozed(until: Day(number: 20_009))
      ), (.snooze(until: Day(number: 20_009)), .readmit, nil), (.discharge, nil, nil),
      (.discharge, .snooze(until: Day(number: 20_005)), .snoozed(until: Day(number: 20_005))),
      (.snooze(until: Day(number: 20_009)), .discharge, .discharged(on: Day(number: 20_000))),
      (nil, .discharge, .discharged(on: Day(number: 20_000))),
    ] as [(StandingAct?, StandingAct?, Standing?)])
  func merging(old: StandingAct?, new: StandingAct?, expected: Standing?) throws {
    try withPeople { store in
      if let new { try say(new, "b", store) }
      if let old { try say(old, "a", store) }
      let note = CallNote("flare", since: today - 2, last: today)
      let other = CallNote("flare", since: today - 1, last: today)
      try endNight(
        store, asOf: today,
        ["a": [note, CallNote("pain-1", since: today, last: today)], "b": [other]])
      let before = try store.standings()
      let run = try store.beginRun("merge")
      #expect(try store.merge("a", into: "b", run: run)?.moved ?? 0 >= 0)
      #expect(try store.standings() == (expected.map { ["b": $0] } ?? [:]))
      #expect(
        try store.callNotes().notes
          == ["b": [other, CallNote("pain-1", since: today, last: today)]])
      _ = try store.undo(run: run, by: store.beginRun("undo"))
      #expect(try store.standings() == before)
    }
  }

  @Test("who is forgotten, or gone with an import that is undone, leaves nothing of it")
  func gone() throws {
    try withPeople { store in
      let note = CallNote("flare", since: today, last: today)
      try say(.discharge, "a", store)
      try say(.discharge, "b", store)
      try endNight(store, asOf: today, ["a": [note], "b": [note]])
      _ = try store.forget("a", Tombstone(salt: [1], code: "x"), at: "2026-10-02T00:00:00Z")
      #expect(try store.rows("SELECT count(*) FROM standing") == ["1"])
      #expect(try store.callNotes().notes.keys.sorted() == ["b"])
      let run = try #require(Int64(try store.rows("SELECT min(run) FROM file")[0]))
      _ = try store.undo(run: run, by: store.beginRun("undo"))
      #expect(try store.rows("SELECT count(*) FROM standing") == ["0"])
      #expect(try store.rows("SELECT count(*) FROM run_call WHERE patient > 0") == ["0"])
    }
  }
}
