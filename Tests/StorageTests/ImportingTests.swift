import Records
import TestSupport
import Testing

@testable import Storage

private struct Stop: Error, Equatable {}

/// A file with each kind of row, a refused and a left-out one.
private func fillMonth(_ sheet: Sheet) throws {
  sheet.person("anna", name: "Anna Ångström", zone: "Europe/Berlin", language: "sv")
  for number in 1...9 {
    let date = "2026-03-0\(number)"
    for exercise in ["plank", "bridge", "plank"] {
      sheet.set("anna", date, exercise, reps: 10, notes: "day \(number)")
    }
    sheet.set("berta", date, "plank", reps: Double(number), as: ("s\(number)", 1))
    sheet.pain("anna", date, Double(number), notes: "L5\nleft")
    sheet.pain("anna", date, Double(number), notes: "L5\nleft")
    if number % 4 == 0 { try sheet.cut() }
  }
  sheet.measure("anna", "2026-03-02", "finger_to_floor", 12.5)
  sheet.program("anna", "plank", perWeek: 3)
  sheet.status("berta", "2026-03-08", .sick, reason: "flu")
  sheet.answers("anna", "2026-03-09", .odi, score: 22, items: "1 2 3")
  sheet.refuse(.notANumber, column: "reps")
  sheet.leaveOut("empty row")
}

@Suite("Importing")
struct ImportingTests {
  @Test("A file imported twice is imported once")
  func twiceIsOnce() throws {
    try withStore { store in
      let first = try store.importSheet("a.csv", fillMonth)
      #expect(first.accounts.read == 61)
      #expect(first.accounts.new == 50)
      #expect(first.accounts.known == 9)
      let stored = try store.stored()
      let second = try store.importSheet("a.csv", fillMonth)
      var expected = Accounts()
      expected.read = 61
      expected.known = 59
      expected.refused = 1
      expected.leftOut = 1
      #expect(second.accounts == expected)
      #expect(try store.stored() == stored)
      #expect(try store.rows("SELECT * FROM correction").isEmpty)
    }
  }

  @Test("What stops the reading leaves nothing of the file, and the next import is whole")
  func stopped() throws {
    try withStore { store in
      try store.importSheet("before.csv") { sheet in
        for _ in 0..<2 { sheet.set("anna", "2026-03-01", "plank", reps: 10, notes: "day 1") }
      }
      let stored = try store.stored()
      let files = try store.rows("SELECT * FROM file")
      #expect(throws: Stop()) {
        try store.importSheet("a.csv") { sheet in
          try fillMonth(sheet)
          try sheet.cut()
          throw Stop()
        }
      }
      #expect(try store.stored() == stored)
      #expect(try store.rows("SELECT * FROM file") == files)
      #expect(try store.rejections().isEmpty)
      #expect(try store.knownFile(sha256: "sha of a.csv", reading: "plain") == nil)

      let again = try store.importSheet("a.csv", fillMonth)
      #expect(again.accounts.new == 48)
      #expect(again.accounts.known == 11)
    }
  }

  @Test("A dry run gives the account and leaves nothing")
  func dryRun() throws {
    try withStore { store in
      let dry = try store.importSheet("a.csv", keep: false, fillMonth)
      #expect(dry.accounts.new == 50)
      #expect(try store.stored().isEmpty)
      for table in ["run", "file", "rejection", "correction"] {
        #expect(try store.rows("SELECT * FROM \(table)").isEmpty, "\(table)")
      }
      let real = try store.importSheet("a.csv", fillMonth)
      #expect(real.accounts == dry.accounts)
      let again = try store.importSheet("a.csv", keep: false, fillMonth)
      #expect(again.accounts.known == 59)
      #expect(try store.rows("SELECT count(*) FROM file") == ["1"])
    }
  }

  @Test("A file whose rows do not add up is not kept", arguments: [-1, 1])
  func accountsThatDoNotAddUp(error: Int) throws {
    try withStore { store throws in
      #expect(throws: StorageError.accountsDoNotAddUp(file: "a.csv")) {
        try store.importSheet("a.csv") { sheet in
          try fillMonth(sheet)
          sheet.batch.read += error
        }
      }
      #expect(try store.stored().isEmpty)
      #expect(try store.rows("SELECT * FROM file").isEmpty)
    }
  }

  @Test("A file belongs to a run that is there")
  func runMustExist() throws {
    try withStore { store in
      let error = #expect(throws: StorageError.self) {
        try store.importFile(
          ImportedFile(name: "a.csv", sha256: "a", bytes: 1, reading: ""), run: 99
        ) { _ in }
      }
      #expect(error == .failed(cause: "FOREIGN KEY constraint failed"))
    }
  }

  @Test("Names number anew in each file, and rows keep their words")
  func namesOfEachFile() throws {
    try withStore { store in
      try store.importSheet("a") { sheet in
        sheet.set("anna", "2026-03-02", "plank")
        sheet.set("berta", "2026-03-02", "bridge")
      }
      try store.importSheet("b") { sheet in
        sheet.set("berta", "2026-03-03", "dips")
        sheet.set("anna", "2026-03-03", "bridge")
      }
      let rows = try store.rows(
        """
        SELECT code, day - \(day("2026-03-02").number), text FROM exercise_set
        JOIN patient ON patient.id = exercise_set.patient
        JOIN name ON name.id = exercise_set.exercise ORDER BY 1, 2
        """)
      #expect(rows == ["anna|0|plank", "anna|1|bridge", "berta|0|bridge", "berta|1|dips"])
      #expect(
        try store.rows("SELECT text FROM name ORDER BY text") == ["bridge", "dips", "plank"])
    }
  }
}

@Suite("Importing, the ledger and known files")
struct LedgerTests {
  @Test("A run is noted at its start and at its end")
  func runs() throws {
    try withStore { store in
      let first = try store.beginRun(
        started: "2026-03-09T21:00:00Z", command: "nightly", version: "0.1.0")
      let second = try store.beginRun(
        started: "2026-03-10T21:00:00Z", command: "import", version: "0.2.0")
      #expect(first != second)
      let sql = "SELECT started, command, version, exit, seconds FROM run ORDER BY id"
      #expect(
        try store.rows(sql) == [
          "2026-03-09T21:00:00Z|nightly|0.1.0|-|-", "2026-03-10T21:00:00Z|import|0.2.0|-|-",
        ])
      try store.endRun(first, exit: 3, seconds: 1.25)
      #expect(
        try store.rows(sql) == [
          "2026-03-09T21:00:00Z|nightly|0.1.0|3|1.25", "2026-03-10T21:00:00Z|import|0.2.0|-|-",
        ])
    }
  }

  @Test("A file is known again by its bytes and the way it is read")
  func knownFile() throws {
    try withStore { store in
      let run = try store.beginRun()
      let file = ImportedFile(name: "a.csv", sha256: "00ff", bytes: 512, reading: "kind=pain")
      _ = try store.importFile(file, run: run) { writer in
        writer.describe(
          format: "csv", kinds: ["pain", "sessions"], profile: "clinic",
          ignoredColumns: ["mood", "sleep quality"])
        let sheet = Sheet(emit: writer.write)
        for score in [4.0, 5, 6] { sheet.pain("anna", "2026-03-02", score) }
        sheet.refuse(.notADate)
        sheet.leaveOut("empty row")
        sheet.leaveOut("empty row")
        try sheet.cut()
      }
      let known = try #require(try store.knownFile(sha256: "00ff", reading: "kind=pain"))
      #expect(known.name == "a.csv")
      #expect(known.bytes == 512)
      #expect(known.format == "csv")
      #expect(known.kinds == ["pain", "sessions"])
      #expect(known.profile == "clinic")
      #expect(known.ignoredColumns == ["mood", "sleep quality"])
      var accounts = Accounts()
      accounts.read = 6
      accounts.known = 3
      accounts.refused = 1
      accounts.leftOut = 2
      #expect(known.accounts == accounts)
      #expect(try store.knownFile(sha256: "00ff", reading: "kind=sessions") == nil)
      #expect(try store.knownFile(sha256: "00fe", reading: "kind=pain") == nil)
    }
  }

  @Test("Of several imports of the same bytes the last one is remembered")
  func knownFileIsTheLast() throws {
    try withStore { store in
      for name in ["old.csv", "new.csv"] {
        _ = try store.importFile(
          ImportedFile(name: name, sha256: "00ff", bytes: 1, reading: ""),
          run: try store.beginRun()
        ) { _ in }
      }
      #expect(try store.knownFile(sha256: "00ff", reading: "")?.name == "new.csv")
    }
  }

  @Test("An ignored column with a line break in its name is remembered as one column")
  func ignoredColumnWithLineBreak() throws {
    try withStore { store in
      _ = try store.importFile(
        ImportedFile(name: "a.csv", sha256: "a", bytes: 1, reading: ""), run: try store.beginRun()
      ) {
        $0.describe(
          format: "csv", kinds: ["pain"], profile: nil, ignoredColumns: ["sleep\n(hours)", "mood"])
      }
      let known = try #require(try store.knownFile(sha256: "a", reading: ""))
      #expect(known.ignoredColumns == ["sleep\n(hours)", "mood"])
    }
  }

  @Test("The zones of people are known, of those that have one")
  func zones() throws {
    try withStore { store in
      #expect(try store.zones() == [:])
      try store.importSheet { sheet in
        sheet.person("anna", zone: "Europe/Berlin")
        sheet.person("Zoë", zone: "America/Sao_Paulo")
        sheet.person("berta", name: "Berta")
        sheet.pain("carl", "2026-03-02", 4)
      }
      #expect(try store.zones() == ["anna": "Europe/Berlin", "Zoë": "America/Sao_Paulo"])
    }
  }
}
