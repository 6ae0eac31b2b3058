import Records
import TestSupport
import Testing

@testable import Storage

@Suite("Rows named by their source")
struct NamedRowsTests {
  /// A file of one pain entry that its source names.
  @discardableResult
  private func entry(
    _ store: Store, _ file: String, _ score: Double, _ identity: UInt64 = 7, version: Int64? = nil,
    updated: Int64? = nil, day: String = "2026-03-01"
  ) throws -> Accounts {
    try store.importSheet(file) { sheet in
      sheet.pain("anna", day, score)
      sheet.batch.sharesLines = true
      sheet.batch.sources[.pain] = [
        SourceRow(number: 1, identity: identity, version: version, updated: updated)
      ]
    }.accounts
  }

  private func takeBack(
    _ store: Store, _ file: String, _ identity: UInt64 = 7, version: Int64? = nil
  ) throws {
    try store.importSheet(file) { sheet in
      sheet.leaveOut("entered-in-error")
      sheet.batch.takenBack = [
        SourceLine(SourceRow(number: 1, identity: identity, version: version), line: 1)
      ]
    }
  }

  private func scores(_ store: Store) throws -> [String] {
    try store.rows("SELECT score FROM pain_entry ORDER BY score")
  }

  private func mark(_ store: Store) throws -> Int64 {
    try #require(try store.nightlyPatients(version: "1").first?.mark)
  }

  @Test("Without a version the file imported last wins, also on another day")
  func unversioned() throws {
    try withStore { store throws in
      #expect(try entry(store, "a", 3).new == 1)
      #expect(try entry(store, "b", 4, day: "2026-03-09").changed == 1)
      #expect(try scores(store) == ["4.0"])
      #expect(try entry(store, "c", 4, day: "2026-03-09").known == 1)
      #expect(try store.rows("SELECT count(*) FROM correction") == ["1"])
    }
  }

  @Test("The time of the last change decides where no version is counted")
  func updated() throws {
    try withStore { store throws in
      try entry(store, "a", 3, updated: 200)
      #expect(try entry(store, "b", 4, updated: 100).known == 1)
      #expect(try entry(store, "c", 5, updated: 300).changed == 1)
      #expect(try scores(store) == ["5.0"])
    }
  }

  /// A file of one row with several records.
  @discardableResult
  private func row(_ store: Store, _ file: String, _ scores: [Double], version: Int64) throws
    -> Accounts
  {
    try store.importSheet(file) { sheet in
      for (place, score) in scores.enumerated() {
        sheet.pain("anna", "2026-03-0\(place + 1)", score)
      }
      sheet.batch.sharesLines = true
      sheet.batch.sources[.pain] = scores.indices.map {
        SourceRow(number: 1, identity: 7, part: Int64($0), version: version)
      }
      sheet.batch.read = 1
      sheet.batch.wholeRows = [
        SourceLine(
          SourceRow(number: 1, identity: 7, part: Int64(scores.count), version: version), line: 1)
      ]
    }.accounts
  }

  @Test(
    "Records that a later version no longer has are gone, whichever order the files come in",
    arguments: [[1, 2], [2, 1], [1, 2, 1], [2, 1, 2], [1, 2, 3], [3, 2, 1], [2, 3, 1]])
  func fewerRecords(order: [Int]) throws {
    let versions: [Int: [Double]] = [1: [1, 2, 3], 2: [4], 3: [5, 6]]
    try withStore { store throws in
      for version in order {
        try row(
          store, "\(version)", try #require(versions[version]), version: Int64(version))
      }
      let last = try #require(versions[order.max() ?? 0])
      #expect(try scores(store) == last.map { "\($0)" }, "\(order)")
    }
  }

  @Test("Two rows of equal values and other names are two; one without a name is taken for it")
  func names() throws {
    try withStore { store throws in
      try entry(store, "a", 3, 7)
      #expect(try entry(store, "b", 3, 8).new == 1)
      try store.importSheet("own") { $0.pain("anna", "2026-03-02", 6) }
      #expect(try entry(store, "c", 6, 9, day: "2026-03-02").known == 1)
      #expect(try scores(store) == ["3.0", "3.0", "6.0"])
    }
  }

  @Test("A take-back that comes first keeps the older version out")
  func takenBackFirst() throws {
    try withStore { store throws in
      try takeBack(store, "a", version: 2)
      #expect(try entry(store, "b", 3, version: 1).known == 1)
      #expect(try scores(store) == [])
      #expect(try entry(store, "c", 4, version: 3).new == 1)
      try takeBack(store, "d", version: 2)
      #expect(try entry(store, "e", 4, version: 3).known == 1)
      #expect(try scores(store) == ["4.0"])
    }
  }

  @Test("Within a file without versions the later statement counts", arguments: [1, 3])
  func orderOfFile(number: Int64) throws {
    try withStore { store throws in
      try store.importSheet("both") { sheet in
        sheet.pain("anna", "2026-03-01", 3)
        sheet.leaveOut("entered-in-error")
        sheet.batch.sharesLines = true
        sheet.batch.sources[.pain] = [SourceRow(number: 2, identity: 7)]
        sheet.batch.takenBack = [SourceLine(SourceRow(number: number, identity: 7), line: number)]
      }
      #expect(try scores(store) == (number > 2 ? [] : ["3.0"]))
    }
  }

  @Test("A change and a take-back mark the patient for the night; what is known does not")
  func nights() throws {
    try withStore { store throws in
      try entry(store, "a", 3, version: 1)
      let first = try mark(store)
      try entry(store, "b", 3, version: 1)
      #expect(try mark(store) == first)
      try entry(store, "c", 4, version: 2)
      let second = try mark(store)
      #expect(second > first)
      try takeBack(store, "d", version: 3)
      let third = try mark(store)
      #expect(third > second)
      try takeBack(store, "e", version: 3)
      #expect(try mark(store) == third)
    }
  }

  @Test("Undo of a take-back and of a change gives the record back")
  func undo() throws {
    try withStore { store throws in
      try entry(store, "a", 3, version: 1)
      try entry(store, "b", 4, version: 2)
      try takeBack(store, "c", version: 3)
      #expect(try scores(store) == [])
      _ = try store.undo(run: 3, by: store.beginRun("undo"))
      #expect(try scores(store) == ["4.0"])
      _ = try store.undo(run: 2, by: store.beginRun("undo"))
      #expect(try scores(store) == ["3.0"])
      #expect(try entry(store, "d", 4, version: 2).changed == 1)
      #expect(try scores(store) == ["4.0"])
    }
  }
}
