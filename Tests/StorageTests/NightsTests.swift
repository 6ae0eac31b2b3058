import Records
import TestSupport
import Testing

@testable import Storage

@Suite("What nights leave to each other")
struct NightsTests {
  private func filled(_ codes: [String]) throws -> Store {
    let store = try Store.inMemory()
    try bring(codes, "2026-10-01", to: store)
    return store
  }

  private func bring(_ codes: [String], _ date: String, to store: Store) throws {
    try store.importSheet("\(date).csv") { sheet in
      for code in codes { sheet.pain(code, date, 4) }
    }
  }

  /// A past with something in every place.
  private var past: Past {
    var past = Past(before: day("2026-09-01"))
    past.firstRecord = day("2026-01-02")
    past.lastRecord = day("2026-08-31")
    past.lastSession = day("2026-08-30")
    past.lastDay = day("2026-09-12")
    past.pain.scales = ["VAS 0-100": 7, "faces\n8 of them": 2]
    past.pain.series = PainSeriesName(scale: "VAS 0-100", location: "knee", kind: .worst)
    past.pain.firstDay = day("2026-01-03")
    past.pain.firstValues = [.init(day: 0, value: 41.0 / 3), .init(day: 27, value: 8)]
    return past
  }

  @Test("What is known of before comes back as it was noted, while the rows stay as they are")
  func pasts() throws {
    let store = try filled(["anna", "ben"])
    let before = try store.nightlyPatients(version: "1")
    #expect(before.map(\.code) == ["anna", "ben"])
    #expect(before.allSatisfy { $0.past == nil && $0.madeOf == nil })
    let empty = Past(before: day("2026-09-01"))
    var nrs = empty
    nrs.pain.hasNRS = true
    nrs.pain.series = PainSeriesName(scale: nil, location: nil, kind: .now)
    for (anna, ben) in [(past, empty), (empty, nrs), (nrs, past)] {
      try store.note(
        zip(before, [anna, ben]).map {
          NightlyNote(code: $0.code, mark: $0.mark, madeOf: "\($0.code) of now", past: $1)
        }, version: "1")
      let after = try store.nightlyPatients(version: "1")
      #expect(after.map(\.past) == [anna, ben])
      #expect(after.map(\.madeOf) == ["anna of now", "ben of now"])
    }
    #expect(try store.nightlyPatients(version: "2").allSatisfy { $0.past == nil })
    // A new row of one of them; her report is still the one that was made.
    try bring(["anna"], "2026-10-02", to: store)
    let changed = try store.nightlyPatients(version: "1")
    #expect(changed.map { $0.past == nil } == [true, false])
    #expect(changed.map(\.madeOf) == ["anna of now", "ben of now"])
  }

  @Test("A report that could not be written leaves the note of the one before")
  func unpublished() throws {
    let store = try filled(["anna"])
    let mark = try store.nightlyPatients(version: "1")[0].mark
    try store.note([NightlyNote(code: "anna", mark: mark, madeOf: "a", past: past)], version: "1")
    try store.note([NightlyNote(code: "anna", mark: mark, past: past)], version: "1")
    #expect(try store.nightlyPatients(version: "1").map(\.madeOf) == ["a"])
  }

  @Test("What is known of before of rows that changed meanwhile is not taken")
  func changedMeanwhile() throws {
    let store = try filled(["anna"])
    let mark = try store.nightlyPatients(version: "1")[0].mark
    try bring(["anna"], "2026-10-02", to: store)
    try store.note([NightlyNote(code: "anna", mark: mark, past: past)], version: "1")
    #expect(try store.nightlyPatients(version: "1").map(\.past) == [nil])
  }

  @Test("An undone import and a purge make what is known of before void")
  func undone() throws {
    let store = try filled(["anna"])
    func note() throws {
      let mark = try store.nightlyPatients(version: "1")[0].mark
      try store.note([NightlyNote(code: "anna", mark: mark, past: past)], version: "1")
      #expect(try store.nightlyPatients(version: "1")[0].past == past)
    }
    try note()
    let run = try store.beginRun(started: "2026-10-03T00:00:00Z", command: "undo", version: "1")
    _ = try store.undo(run: run - 1, by: run)
    #expect(try store.nightlyPatients(version: "1").compactMap(\.past).isEmpty)
  }

  @Test("Purging a programme line that ended marks whose report changes")
  func purgedLine() throws {
    let store = try Store.inMemory()
    try store.importSheet { sheet in
      sheet.program("anna", "plank", perWeek: 3) { $0.endOn = day("2026-01-31") }
      sheet.program("ben", "plank", perWeek: 3)
    }
    let marks = try store.nightlyPatients(version: "1").map(\.mark)
    _ = try store.purge(
      before: day("2026-06-01").number, started: "2000-01-01T00:00:00Z", keep: true)
    #expect(try store.nightlyPatients(version: "1").map(\.mark) == [marks[0] + 1, marks[1]])
  }

  @Test("Nothing of a past is left of somebody who was forgotten")
  func forgotten() throws {
    let store = try filled(["anna", "ben"])
    try store.note(
      try store.nightlyPatients(version: "1").map {
        NightlyNote(code: $0.code, mark: $0.mark, past: past)
      }, version: "1")
    let stone = Tombstone(salt: [1], code: "c")
    _ = try store.forget("anna", stone, at: "2026-10-02T00:00:00Z")
    #expect(try store.rows("SELECT count(*) FROM run_past") == ["1"])
    #expect(try store.nightlyPatients(version: "1").map(\.past) == [past])
  }

  @Test("People are read in the order in which their rows lie, those of nobody last")
  func readingOrder() throws {
    let store = try filled(["dora", "anna", "cem", "ben"])
    let codes = ["anna", "ben", "nobody", "cem", "dora"]
    #expect(
      try store.readingOrder(of: codes).map { codes[$0] } == [
        "dora", "anna", "cem", "ben", "nobody",
      ])
    #expect(try store.readingOrder(of: ["ben", "anna"]) == [0, 1])
    #expect(try store.readingOrder(of: []).isEmpty)
  }
}
