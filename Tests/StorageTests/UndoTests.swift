import Records
import TestSupport
import Testing

@testable import Storage

/// A first file with every kind of record, one of them refused.
private func fillFirst(_ sheet: Sheet) {
  sheet.person("anna", name: "Anna", zone: "Europe/Berlin")
  for _ in 0..<2 { sheet.set("anna", "2026-03-01", "plank", reps: 10, notes: "dawn") }
  sheet.set("anna", "2026-03-02", "bridge", reps: 8, as: ("s1", 1))
  sheet.pain("anna", "2026-03-01", 4.25)
  sheet.measure("anna", "2026-03-02", "sit_and_reach", 12.5)
  sheet.program("anna", "plank", perWeek: 3)
  sheet.status("anna", "2026-03-03", .sick, hours: 7.1, reason: "flu")
  sheet.answers("anna", "2026-03-04", .odi, score: 22, items: "1 2")
  sheet.refuse(.notANumber, column: "reps", row: Array("anna,x".utf8))
}

/// A second file that changes what can be changed, adds to a group, and brings a person of its own.
private func fillSecond(_ sheet: Sheet) {
  sheet.person("anna", name: "Anna B.", zone: "Europe/Paris")
  for _ in 0..<3 { sheet.set("anna", "2026-03-01", "plank", reps: 10, notes: "dawn") }
  sheet.set("anna", "2026-03-05", "bridge", reps: 9, as: ("s1", 1))
  sheet.program("anna", "plank", perWeek: 5)
  sheet.status("anna", "2026-03-03", .travel)
  sheet.pain("berta", "2026-03-01", 6)
  sheet.refuse(.notADate, column: "day")
}

@Suite("Undo")
struct UndoTests {
  private func undo(_ store: Store, _ run: Int64) throws -> UndoneRun {
    try store.undo(run: run, by: store.beginRun())
  }

  private func refusals(_ store: Store) throws -> [String] {
    try store.rejections().map { "\($0.file) \($0.line) \($0.reason)" }
  }

  @Test("the state before, corrections and groups and people and all")
  func before() throws {
    try withStore { store in
      try store.importSheet("first.csv", fillFirst)
      let stored = try store.stored()
      let refused = try refusals(store)
      let second = try store.importSheet("second.csv", fillSecond)
      #expect(second.accounts.changed == 4 && second.accounts.new == 2)
      #expect(try store.stored() != stored)
      let result = try undo(store, 2)
      #expect(try store.stored() == stored)
      #expect(try refusals(store) == refused)
      #expect(result.files == 1 && result.restored == 4 && result.removed == 2)
      // The ledger keeps both.
      #expect(
        try store.rows("SELECT name, undone FROM file").sorted() == [
          "first.csv|-", "second.csv|3",
        ])
    }
  }

  @Test("what was undone can be imported again, to the same end")
  func again() throws {
    try withStore { store in
      try store.importSheet("first.csv", fillFirst)
      try store.importSheet("second.csv", fillSecond)
      let content = try store.content()
      _ = try undo(store, 2)
      #expect(try store.knownFile(sha256: "sha of second.csv", reading: "plain") == nil)
      #expect(try store.knownFile(sha256: "sha of first.csv", reading: "plain") != nil)
      try store.importSheet("second.csv", fillSecond)
      #expect(try store.content() == content)
    }
  }

  @Test("the only run leaves nothing but the ledger")
  func onlyRun() throws {
    try withStore { store in
      let empty = try store.stored()
      try store.importSheet("first.csv", fillFirst)
      let result = try undo(store, 1)
      #expect(try store.stored() == empty && empty.isEmpty)
      #expect(result.removed == 9 && result.restored == 0)
      #expect(try store.rejections().isEmpty)
      #expect(try store.overview().patients == 0)
    }
  }

  @Test("what a run brought and corrected itself stays away, and older values come back")
  func withinOneRun() throws {
    try withStore { store in
      try store.importSheet("first.csv") { $0.status("anna", "2026-03-03", .sick, hours: 0.1) }
      let stored = try store.stored()
      let run = try store.beginRun()
      for (name, status) in [("a.csv", DayStatus.rest), ("b.csv", .travel)] {
        let file = ImportedFile(name: name, sha256: name, bytes: 1, reading: "plain")
        _ = try store.importFile(file, run: run) { writer in
          let sheet = Sheet(emit: writer.write)
          sheet.status("anna", "2026-03-03", status)
          sheet.status("anna", "2026-03-09", status)
          try sheet.cut()
        }
      }
      let result = try undo(store, run)
      #expect(try store.stored() == stored)
      #expect(result.restored == 1 && result.files == 2)
    }
  }

  @Test("a run whose records later runs met is refused with their numbers, and nothing changes")
  func laterRuns() throws {
    try withStore { store in
      try store.importSheet("first.csv", fillFirst)
      try store.importSheet("second.csv", fillSecond)
      try store.importSheet("third.csv") { $0.pain("carl", "2026-03-01", 1) }
      let stored = try store.stored()
      #expect(throws: StorageError.laterRuns(1, [2])) { try undo(store, 1) }
      #expect(try store.stored() == stored)
      // The third stands alone: it may go first or last.
      _ = try undo(store, 2)
      _ = try undo(store, 1)
      #expect(try store.rows("SELECT code FROM patient") == ["carl"])
    }
  }

  @Test("an unknown run, one that imported nothing, and one undone before say so")
  func nothing() throws {
    try withStore { store in
      #expect(throws: StorageError.unknownRun(7)) { try undo(store, 7) }
      let idle = try store.beginRun()
      #expect(throws: StorageError.nothingToUndo(idle)) { try undo(store, idle) }
      try store.importSheet("first.csv", fillFirst)
      let run = try #require(try store.overview().runs.first).id
      _ = try undo(store, run)
      #expect(throws: StorageError.nothingToUndo(run)) { try undo(store, run) }
    }
  }

  @Test("refusals of a file read once more come back with the reading that is undone")
  func refusalsReadAgain() throws {
    try withStore { store in
      try store.importSheet("first.csv", fillFirst)
      let refused = try refusals(store)
      try store.importSheet("first.csv") { $0.refuse(.outOfRange, column: "reps") }
      #expect(try refusals(store) != refused)
      let run = try #require(try store.overview().runs.first).id
      _ = try undo(store, run)
      #expect(try refusals(store) == refused)
    }
  }
}
