import Records
import Testing

@testable import Storage

@Suite("RecordTable")
struct RecordTableTests {
  @Test("The declared columns are those of the database", arguments: RecordTable.all.map(\.name))
  func columns(name: String) throws {
    let table = try #require(RecordTable.all.first { $0.name == name })
    let behind = table.sort == .person ? ["digest", "file", "line"] : ["file", "line"]
    try withStore { store throws in
      #expect(
        try store.rows("SELECT name FROM pragma_table_info('\(name)') ORDER BY cid")
          == table.keyColumns + table.columns.map(\.name) + behind)
    }
  }

  @Test("A dated and a keyed table are made of what their kinds declare")
  func creation() {
    #expect(
      RecordTable(Measurement.self, .dated).creation
        == "CREATE TABLE measurement (id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, "
        + "day INTEGER NOT NULL, digest INTEGER NOT NULL, copy INTEGER NOT NULL, "
        + "measure INTEGER NOT NULL, value REAL NOT NULL, unit INTEGER, side INTEGER, "
        + "rater INTEGER, device INTEGER, trial INTEGER, convention INTEGER, "
        + "file INTEGER NOT NULL, line INTEGER NOT NULL) STRICT")
    #expect(
      RecordTable(DayEntry.self, .daily).creation
        == "CREATE TABLE day_entry (patient INTEGER NOT NULL, key INTEGER NOT NULL, "
        + "day INTEGER NOT NULL, digest INTEGER NOT NULL, status INTEGER NOT NULL, "
        + "exercise INTEGER, hours REAL, reason TEXT, "
        + "file INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (patient, key)) "
        + "STRICT, WITHOUT ROWID")
  }

  @Test("Names and texts are known by their columns")
  func contents() {
    let table = RecordTable(ExerciseSet.self, .dated)
    #expect(table.columns(of: .name) == ["exercise", "session"])
    #expect(table.columns(of: .text) == ["notes"])
    #expect(RecordTable(Questionnaire.self, .dated).columns(of: .text) == ["items"])
  }

  @Test(
    "An insertion gives every column in order: parameters, NULL for what no row of a batch fills")
  func insertion() {
    var present = PresentColumns()
    let layout = RecordTable(PainEntry.self, .dated)
    let none = repeatElement("NULL", count: 8).joined(separator: ", ")
    #expect(layout.marks(present, file: 3) == "(?, ?, ?, ?, ?, \(none), 3, ?)")
    present.note(2, if: true)
    present.note(3, if: false)
    present.note(7, if: true)
    #expect(present.contains(2) && !present.contains(3) && present.contains(7))
    #expect(
      layout.marks(present, file: 14)
        == "(?, ?, ?, ?, ?, NULL, NULL, ?, NULL, NULL, NULL, NULL, ?, 14, ?)")
  }
}

@Suite("DatedTable, what a day holds")
struct StoredDayTests {
  private static let siblings: [Int64] = [0x1234_5600_0000_0001, 0x1234_56FF_0000_0001]
  private static let other: Int64 = 0x1234_5700_0000_0001

  private func key(_ digest: Int64) throws -> DatedKey {
    DatedKey(day: try RowPlace(day: 1, patient: 1), index: 0, digest: digest)
  }

  @Test("Copies of a row are found whatever lies around them")
  func copies() {
    let day = StoredDay(
      rows: [(7, 1), (-7, 0), (9, 0), (7, 0), (7, 2)].map {
        .init(digest: $0.0, copy: $0.1, file: $0.1 + 10)
      }, next: 5)
    #expect(day.copies(of: 7).map(\.file) == [10, 11, 12])
    #expect(day.copies(of: -7).map(\.file) == [10])
    #expect(day.copies(of: 8).isEmpty)
    #expect(StoredDay().copies(of: 7).isEmpty)
    #expect(day.next == 5)
  }

  @Test("A sibling is another row with the same key, never the row itself")
  func siblings() throws {
    func day(_ digests: [Int64]) -> StoredDay {
      StoredDay(rows: digests.map { .init(digest: $0, copy: 0, file: 1) }, next: 9)
    }
    let first = try key(Self.siblings[0])
    let second = try key(Self.siblings[1])
    #expect(day([Self.siblings[1]]).hasSibling(first))
    #expect(day([Self.siblings[0]]).hasSibling(second))
    #expect(day(Self.siblings).hasSibling(first))
    #expect(!day([Self.siblings[0], Self.siblings[0], Self.other]).hasSibling(first))
    #expect(!day([Self.other]).hasSibling(first))
    #expect(!day([]).hasSibling(first))
  }

  @Test("A key with the highest bit has its siblings too")
  func negative() throws {
    let day = StoredDay(rows: [.init(digest: -0x10_0000_0000, copy: 0, file: 1)], next: 1)
    #expect(try day.hasSibling(key(-0x0F_0000_0000)))
    #expect(try !day.hasSibling(key(0x10_0000_0000)))
  }
}

@Suite("DatedTable, equal rows")
struct EqualRowsTests {
  private func counts(_ store: Store) throws -> [Int] {
    let overview = try store.overview()
    return [.sessions, .pain, .flexibility, .questionnaires].map { overview.records[$0] ?? 0 }
  }

  /// The same row of each dated kind, so many times.
  private func fill(_ sheet: Sheet, times: Int) {
    for _ in 0..<times {
      sheet.set("anna", "2026-03-02", "plank", reps: 10, notes: "ok")
      sheet.pain("anna", "2026-03-02", 4, notes: "ok")
      sheet.measure("anna", "2026-03-02", "finger_to_floor", 12)
      sheet.answers("anna", "2026-03-02", .odi, score: 22, items: "1 2 3")
    }
  }

  @Test(
    "Equal sets of one file are all kept, equal rows of other kinds once", arguments: [1, 2, 7])
  func inOneFile(times: Int) throws {
    try withStore { store in
      let result = try store.importSheet { fill($0, times: times) }
      #expect(try counts(store) == [times, 1, 1, 1])
      #expect(result.accounts.new == times + 3)
      #expect(result.accounts.known == 3 * times - 3)
      #expect(result.accounts.records == result.accounts.new)
      #expect(result.accounts.further == 0)
    }
  }

  @Test("A file may ask for all equal rows, or for each once", arguments: [true, false])
  func override(keeps: Bool) throws {
    try withStore { store in
      let result = try store.importSheet { sheet in
        sheet.batch.keepsEqualRows = keeps
        fill(sheet, times: 3)
      }
      #expect(try counts(store) == (keeps ? [3, 3, 3, 3] : [1, 1, 1, 1]))
      #expect(result.accounts.new == (keeps ? 12 : 4))
      #expect(result.accounts.known == (keeps ? 0 : 8))
    }
  }

  @Test(
    "Over several files the stored count is the largest of a file, never the sum",
    arguments: [[2, 3], [3, 2], [1, 1], [4, 1, 6, 5], [6, 5, 4, 1], [1, 2, 3], [3, 3, 3]])
  func overFiles(times: [Int]) throws {
    try withStore { store in
      var largest = 0
      for (number, count) in times.enumerated() {
        let result = try store.importSheet("file \(number)") { sheet in
          for _ in 0..<count { sheet.set("anna", "2026-03-02", "plank", reps: 10) }
        }
        #expect(result.accounts.new == max(0, count - largest))
        #expect(result.accounts.known == min(count, largest))
        largest = max(largest, count)
        #expect(try store.overview().records[.sessions] == largest)
      }
      #expect(
        try store.rows("SELECT copy FROM exercise_set ORDER BY copy")
          == (0..<largest).map(String.init))
    }
  }

  @Test(
    "Equal rows count alike wherever a file is cut into batches",
    arguments: [[5], [1, 4], [4, 1], [2, 1, 2], [1, 1, 1, 1, 1]])
  func overBatches(cuts: [Int]) throws {
    try withStore { store in
      func fill(_ sheet: Sheet) throws {
        for (number, count) in cuts.enumerated() {
          for _ in 0..<count { sheet.set("anna", "2026-03-02", "plank", reps: 10) }
          sheet.set("anna", "2026-03-02", "bridge", reps: Double(number))
          try sheet.cut()
        }
      }
      try store.importSheet("before.csv") { sheet in
        for _ in 0..<3 { sheet.set("anna", "2026-03-02", "plank", reps: 10) }
      }
      let first = try store.importSheet("first.csv", fill)
      #expect(first.accounts.known == 3)
      #expect(first.accounts.new == 2 + cuts.count)
      let stored = try store.stored()
      let second = try store.importSheet("second.csv", fill)
      #expect(second.accounts.known == 5 + cuts.count)
      #expect(second.accounts.new == 0)
      #expect(try store.stored() == stored)
    }
  }

  @Test("A copy belongs to the file that brought it")
  func copiesKnowTheirFile() throws {
    try withStore { store in
      for (name, count) in [("a.csv", 1), ("b.csv", 3), ("c.csv", 4)] {
        try store.importSheet(name) { sheet in
          for _ in 0..<count { sheet.set("anna", "2026-03-02", "plank", reps: 10) }
        }
      }
      let sources = try store.rows(
        """
        SELECT copy, name, line FROM exercise_set JOIN file ON file.id = exercise_set.file
        ORDER BY copy
        """)
      #expect(sources == ["0|a.csv|2", "1|b.csv|3", "2|b.csv|4", "3|c.csv|5"])
    }
  }

  @Test("A file that takes each row once does not take away copies of another")
  func onceAfterKeep() throws {
    for order in [[true, false], [false, true]] {
      try withStore { store in
        for keeps in order {
          try store.importSheet("\(keeps)") { sheet in
            sheet.batch.keepsEqualRows = keeps
            for _ in 0..<3 { sheet.set("anna", "2026-03-02", "plank", reps: 10) }
          }
        }
        #expect(try store.overview().records[.sessions] == 3)
      }
    }
  }

  @Test(
    "Rows that differ in one field only are different rows",
    arguments: [
      { $0.started.milliseconds = 1_772_438_400_000 }, { $0.component = .aerobic },
      { $0.side = .left }, { $0.side = .right }, { $0.sets = 3 }, { $0.reps = 10.5 },
      { $0.reps = nil }, { $0.reps = 0 }, { $0.holdSeconds = 10 }, { $0.minutes = 10 },
      { $0.rpe = 10 }, { $0.completed = true }, { $0.completed = false },
      { $0.loadKilograms = 10 }, { $0.angleDegrees = 10 }, { $0.painBefore = 10 },
      { $0.painAfter = 10 }, { $0.order = 10 }, { $0.session = $0.patient },
      { $0.exercise = $0.patient },
    ] as [@Sendable (inout ExerciseSet) -> Void])
  func oneFieldSets(change: @Sendable (inout ExerciseSet) -> Void) throws {
    try withStore { store in
      let result = try store.importSheet { sheet in
        sheet.batch.keepsEqualRows = false
        sheet.set("anna", "2026-03-02", "plank", reps: 10)
        sheet.set("anna", "2026-03-02", "plank", reps: 10, change)
      }
      #expect(result.accounts.new == 2)
      #expect(try store.overview().records[.sessions] == 2)
    }
  }

  @Test("Notes tell rows apart by every byte")
  func notesDiffer() throws {
    let notes = [nil, "ok", "ok ", " ok", "OK", "ok\n", "okok", "\u{F6}k", "o\u{308}k", "ko"]
    try withStore { store in
      let result = try store.importSheet { sheet in
        for note in notes { sheet.pain("anna", "2026-03-02", 4, notes: note) }
        for note in notes { sheet.pain("anna", "2026-03-02", 4, notes: note) }
      }
      #expect(result.accounts.new == notes.count)
      #expect(result.accounts.known == notes.count)
    }
  }
}

@Suite("DatedTable, further records")
struct FurtherRecordsTests {
  @Test("Other values under the same key make a further record, counted as such")
  func otherValues() throws {
    try withStore { store in
      let first = try store.importSheet("a.csv") { $0.pain("anna", "2026-03-02", 4) }
      #expect(first.accounts.further == 0)
      let second = try store.importSheet("b.csv") { sheet in
        sheet.pain("anna", "2026-03-02", 5)
        sheet.pain("anna", "2026-03-02", 6)
        sheet.pain("anna", "2026-03-02", 4)
      }
      #expect(second.accounts.new == 2)
      #expect(second.accounts.known == 1)
      #expect(second.accounts.further == 2)
      #expect(try store.overview().records[.pain] == 3)
      #expect(try store.rows("SELECT new, further FROM file ORDER BY id") == ["1|0", "2|2"])
    }
  }

  @Test("Copies of one row are not further records")
  func copies() throws {
    try withStore { store in
      let result = try store.importSheet { sheet in
        for _ in 0..<3 { sheet.set("anna", "2026-03-02", "plank", reps: 10) }
        sheet.set("anna", "2026-03-02", "plank", reps: 12)
      }
      #expect(result.accounts.new == 4)
      #expect(result.accounts.further == 1)
    }
  }

  @Test("Another time, place, side, trial or day is another key")
  func otherKeys() throws {
    try withStore { store in
      let result = try store.importSheet { sheet in
        sheet.pain("anna", "2026-03-02", 4)
        sheet.pain("anna", "2026-03-03", 5)
        sheet.pain("anna", "2026-03-02", 6) { $0.recorded.milliseconds = 1_772_438_400_000 }
        sheet.pain("anna", "2026-03-02", 7) { $0.kind = .worst }
        sheet.pain("anna", "2026-03-02", 8) { $0.location = sheet.name("knee") }
        sheet.set("anna", "2026-03-02", "plank", reps: 10)
        sheet.set("anna", "2026-03-02", "side plank", reps: 11)
        sheet.set("anna", "2026-03-02", "plank", reps: 12) { $0.side = .left }
        sheet.measure("anna", "2026-03-02", "finger_to_floor", 12)
        sheet.measure("anna", "2026-03-02", "finger_to_floor", 13) { $0.trial = 2 }
        sheet.measure("anna", "2026-03-02", "straight_leg_raise", 60) { $0.side = .left }
        sheet.measure("anna", "2026-03-02", "straight_leg_raise", 61) { $0.side = .right }
        sheet.answers("anna", "2026-03-02", .odi, score: 20)
        sheet.answers("anna", "2026-03-02", .rmdq, score: 9)
      }
      #expect(result.accounts.new == 14)
      #expect(result.accounts.further == 0)
    }
  }

  @Test(
    "A row without a name beside one that its source names is a further record, wherever that stands",
    arguments: ["same batch", "next batch", "next file"])
  func besideNumbered(place: String) throws {
    try withStore { store in
      func first(_ sheet: Sheet) {
        sheet.set("anna", "2026-03-02", "plank", reps: 10, as: ("s1", 1))
        sheet.set("anna", "2026-03-02", "bridge", reps: 10, as: ("s1", 2))
      }
      if place == "next file" { try store.importSheet("first.csv", first) }
      let result = try store.importSheet("second.csv") { sheet in
        if place != "next file" { first(sheet) }
        if place == "next batch" { try sheet.cut() }
        sheet.set("anna", "2026-03-02", "plank", reps: 12)
      }
      #expect(try store.overview().records[.sessions] == 3)
      #expect(result.accounts.further == 1)
    }
  }

  @Test("Further records count alike wherever a file is cut, on new days and on old ones")
  func cuts() throws {
    let scores: [Double] = [4, 5, 4, 6, 5, 7]
    for cutAfter in 0...scores.count {
      try withStore { store in
        try store.importSheet("before.csv") { sheet in
          sheet.pain("anna", "2026-03-02", 3)
          sheet.pain("anna", "2026-03-09", 3)
        }
        let result = try store.importSheet("after.csv") { sheet in
          for (number, score) in scores.enumerated() {
            if number == cutAfter { try sheet.cut() }
            for date in ["2026-03-02", "2026-03-05", "2026-03-12"] {
              sheet.pain("anna", date, score)
              sheet.pain("berta", date, score)
            }
          }
        }
        #expect(result.accounts.new == 24)
        #expect(result.accounts.further == 4 + 5 * 3)
      }
    }
  }

  // inputs.md, Identity: further records are rows *without* an id; these are known by theirs.
  @Test("Sets that their source numbers are no further records of each other")
  func numberedSets() throws {
    try withStore { store in
      let result = try store.importSheet { sheet in
        for order in 1...3 { sheet.set("anna", "2026-03-02", "plank", as: ("s1", Int64(order))) }
      }
      #expect(result.accounts.new == 3)
      #expect(result.accounts.further == 0)
    }
  }
}
