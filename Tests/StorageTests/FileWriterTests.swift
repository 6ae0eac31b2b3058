import Records
import Testing

@testable import Storage

/// Counts of an account in the order new, changed, known, refused, left out.
private func counts(_ file: ImportedFile) -> [Int] {
  let accounts = file.accounts
  return [accounts.new, accounts.changed, accounts.known, accounts.refused, accounts.leftOut]
}

@Suite("FileWriter, the order of rows")
struct RowOrderTests {
  @Test("Rows lie in the order of the table, in whatever order people come up")
  func peopleInAnyOrder() throws {
    try withStore { store in
      try store.importSheet("first") { sheet in
        for code in ["anna", "ben", "carl"] { sheet.pain(code, "2026-03-01", 1) }
      }
      try store.importSheet("second") { sheet in
        for code in ["dora", "carl", "anna", "ben"] {
          for day in ["2026-03-03", "2026-03-02"] {
            sheet.pain(code, day, 5)
            sheet.pain(code, day, 2)
          }
        }
      }
      // Stored in this order, row numbers ascend.
      let rows = try store.rows(
        """
        SELECT code, day - (SELECT min(day) FROM pain_entry), group_concat(score) FROM
          (SELECT * FROM pain_entry ORDER BY id) AS entry
        JOIN patient ON patient.id = entry.patient GROUP BY day, patient ORDER BY min(entry.id)
        """)
      let people = ["anna", "ben", "carl", "dora"]
      #expect(
        rows == people.dropLast().map { "\($0)|0|1.0" }
          + [1, 2].flatMap { day in people.map { "\($0)|\(day)|5.0,2.0" } })
    }
  }
}

@Suite("FileWriter, rows that their source names")
struct IdentifiedRowsTests {
  @Test(
    "Rows behind one that was replaced lie in its patient's day, whichever was the table's last")
  func behindReplaced() throws {
    try withStore { store in
      for (number, order) in [[1, 2, 3], [3, 2, 1], [2, 3, 1]].enumerated() {
        let code = "p\(number)"
        try store.importSheet("first of \(code)") { sheet in
          for row in order { sheet.set(code, "2026-03-02", "plank", as: ("s", Int64(row))) }
        }
        try store.importSheet("second of \(code)") { sheet in
          for row in order {
            sheet.set(code, "2026-03-02", "bridge", as: ("s", Int64(row)))
            try sheet.cut()
            sheet.set(code, "2026-03-02", "squat \(row)")
            sheet.set(code, "2026-03-03", "squat \(row)")
            try sheet.cut()
          }
        }
        let rows = try store.rows(
          """
          SELECT count(*), count(DISTINCT exercise_set.id), sum(name.text = 'bridge') FROM exercise_set
          JOIN name ON name.id = exercise JOIN patient ON patient.id = patient WHERE code = '\(code)'
          AND (exercise_set.id >> 46, exercise_set.id >> 23 & 8388607) = (day, patient)
          """)
        #expect(rows == ["9|9|3"])
      }
    }
  }

  @Test("The same values under the same name are known")
  func known() throws {
    try withStore { store in
      for expected in [[2, 0, 0, 0, 0], [0, 0, 2, 0, 0]] {
        let file = try store.importSheet("file \(expected)") { sheet in
          sheet.set("anna", "2026-03-02", "plank", reps: 10, as: ("s1", 1))
          sheet.set("anna", "2026-03-02", "plank", reps: 10, as: ("s1", 2))
        }
        #expect(counts(file) == expected)
      }
      #expect(try store.overview().records[.sessions] == 2)
      #expect(try store.rows("SELECT * FROM correction").isEmpty)
    }
  }

  @Test("Equal rows under one name are one record, also in a file that keeps equal rows")
  func equalRows() throws {
    try withStore { store in
      let file = try store.importSheet { sheet in
        for _ in 0..<3 { sheet.set("anna", "2026-03-02", "plank", reps: 10, as: ("s1", 1)) }
      }
      #expect(counts(file) == [1, 0, 2, 0, 0])
      #expect(try store.overview().records[.sessions] == 1)
    }
  }

  @Test("Other values under a known name change the row, and the old one is kept")
  func changed() throws {
    let notes = "felt \"ok\"\nand it's fine — Zoë"
    try withStore { store in
      try store.importSheet("first.csv") { sheet in
        sheet.set("anna", "2026-03-02", "plank", reps: 10, notes: notes, as: ("s1", 1))
        sheet.set("anna", "2026-03-02", "plank", reps: 8, as: ("s1", 2))
      }
      let file = try store.importSheet("second.csv") { sheet in
        sheet.set("anna", "2026-03-02", "bridge", reps: 8, as: ("s2", 1))
        sheet.set("anna", "2026-03-02", "plank", reps: 12, as: ("s1", 1))
      }
      #expect(counts(file) == [1, 1, 0, 0, 0])
      #expect(file.accounts.records == 2)
      let sets = """
        SELECT "order", reps, notes, name, line FROM exercise_set
        JOIN file ON file.id = exercise_set.file ORDER BY 1, 2
        """
      #expect(
        try store.rows(sets) == [
          "1|8.0|-|second.csv|2", "1|12.0|-|second.csv|3", "2|8.0|-|first.csv|3",
        ])
      let corrections = try store.rows(
        """
        SELECT file.name, correction.line, kind, patient.code, day, json_extract(old, '$.reps'),
          json_extract(old, '$.notes'), json_extract(old, '$.line')
        FROM correction JOIN file ON file.id = correction.file
        JOIN patient ON patient.id = correction.patient
        """)
      #expect(
        corrections == [
          "second.csv|3|sessions|anna|\(day("2026-03-02").number)|10.0|\(notes)|2"
        ])
    }
  }

  @Test("A row that moves to another day and exercise leaves nothing behind")
  func moved() throws {
    try withStore { store in
      try store.importSheet("a.csv") {
        $0.set("anna", "2026-03-02", "plank", reps: 10, as: ("s1", 1))
      }
      let file = try store.importSheet("b.csv") {
        $0.set("anna", "2026-03-05", "bridge", as: ("s1", 1))
      }
      #expect(counts(file) == [0, 1, 0, 0, 0])
      #expect(
        try store.rows("SELECT day, reps FROM exercise_set") == ["\(day("2026-03-05").number)|-"])
      #expect(
        try store.rows("SELECT day FROM correction") == ["\(day("2026-03-02").number)"])
    }
  }

  @Test("The file imported last wins, and each change is kept in the history")
  func backAndForth() throws {
    try withStore { store in
      for (number, reps) in [10.0, 12, 10, 10, 14].enumerated() {
        try store.importSheet("file \(number)") {
          $0.set("anna", "2026-03-02", "plank", reps: reps, as: ("s1", 1))
        }
      }
      #expect(try store.rows("SELECT reps FROM exercise_set") == ["14.0"])
      #expect(
        try store.rows("SELECT json_extract(old, '$.reps') FROM correction ORDER BY id")
          == ["10.0", "12.0", "10.0"])
    }
  }

  @Test("A name belongs to one person, and needs both session and order")
  func whatIsAName() throws {
    try withStore { store in
      let file = try store.importSheet { sheet in
        sheet.set("anna", "2026-03-02", "plank", reps: 10, as: ("s1", 1))
        sheet.set("berta", "2026-03-02", "plank", reps: 11, as: ("s1", 1))
        sheet.set("anna", "2026-03-02", "plank", reps: 12) { $0.session = sheet.name("s1") }
        sheet.set("anna", "2026-03-02", "plank", reps: 13) { $0.session = sheet.name("s1") }
        sheet.set("anna", "2026-03-02", "plank", reps: 14) { $0.order = 1 }
        sheet.set("anna", "2026-03-02", "plank", reps: 15) { $0.order = 1 }
      }
      #expect(counts(file) == [6, 0, 0, 0, 0])
      #expect(try store.overview().records[.sessions] == 6)
    }
  }

  @Test(
    "Of two rows under one name in one file the later line stands",
    arguments: [([10, 12], false), ([12, 10], false), ([10, 12], true), ([12, 10], true)]
      as [([Double], Bool)])
  func laterLineStands(reps: [Double], inTwoBatches: Bool) throws {
    try withStore { store in
      let file = try store.importSheet { sheet in
        sheet.set("anna", "2026-03-02", "plank", reps: reps[0], as: ("s1", 1))
        if inTwoBatches { try sheet.cut() }
        sheet.set("anna", "2026-03-02", "plank", reps: reps[1], as: ("s1", 1))
      }
      #expect(counts(file) == [1, 1, 0, 0, 0])
      #expect(try store.rows("SELECT reps, line FROM exercise_set") == ["\(reps[1])|3"])
      #expect(
        try store.rows("SELECT json_extract(old, '$.reps'), line FROM correction")
          == ["\(reps[0])|3"])
    }
  }

  @Test("Of two days under one name in one file the later line stands")
  func laterLineOfAnEarlierDayStands() throws {
    try withStore { store in
      try store.importSheet { sheet in
        sheet.set("anna", "2026-03-05", "plank", as: ("s1", 1))
        sheet.set("anna", "2026-03-02", "plank", as: ("s1", 1))
      }
      #expect(
        try store.rows("SELECT day FROM exercise_set") == ["\(day("2026-03-02").number)"])
    }
  }
}

@Suite("FileWriter, records known by a key")
struct KeyedRowsTests {
  @Test("A programme line is known by patient, exercise, side and start, and changed under it")
  func program() throws {
    func fill(_ sheet: Sheet, perWeek: Double) {
      sheet.program("anna", "plank", perWeek: perWeek)
      sheet.program("anna", "plank", perWeek: 3) { $0.side = .left }
      sheet.program("anna", "plank", perWeek: 3) { $0.startOn = day("2026-03-02") }
      sheet.program("anna", "bridge", perWeek: 3)
      sheet.program("berta", "plank", perWeek: 3)
    }
    try withStore { store in
      #expect(counts(try store.importSheet("a") { fill($0, perWeek: 3) }) == [5, 0, 0, 0, 0])
      #expect(counts(try store.importSheet("b") { fill($0, perWeek: 3) }) == [0, 0, 5, 0, 0])
      let changed = try store.importSheet("c") { fill($0, perWeek: 4) }
      #expect(counts(changed) == [0, 1, 4, 0, 0])
      #expect(changed.accounts.records == 1)
      #expect(changed.accounts.further == 0)
      #expect(try store.overview().records[.program] == 5)
      #expect(
        try store.rows(
          """
          SELECT sessions_per_week, line FROM program_line JOIN file ON file.id = program_line.file
          WHERE name = 'c'
          """) == ["4.0|2"])
      #expect(
        try store.rows(
          """
          SELECT kind, patient.code, json_extract(old, '$.sessions_per_week'), correction.line
          FROM correction JOIN patient ON patient.id = correction.patient
          """) == ["program|anna|3.0|2"])
    }
  }

  @Test(
    "Each value of a programme line is a change under its key",
    arguments: [
      { $0.component = .strengthening }, { $0.sessionsPerWeek = nil }, { $0.weekdays = 0b10101 },
      { $0.sets = 3 }, { $0.reps = 3 }, { $0.holdSeconds = 3 }, { $0.minutes = 3 },
      { $0.angleDegrees = 3 }, { $0.endOn = day("2026-12-31") },
    ] as [@Sendable (inout ProgramLine) -> Void])
  func programValues(change: @Sendable (inout ProgramLine) -> Void) throws {
    try withStore { store in
      try store.importSheet("a") { $0.program("anna", "plank", perWeek: 3) }
      let file = try store.importSheet("b") {
        $0.program("anna", "plank", perWeek: 3, .mobility, change)
      }
      #expect(counts(file) == [0, 1, 0, 0, 0])
      #expect(try store.overview().records[.program] == 1)
    }
  }

  @Test("A day's status is known by patient and day, and changed under it")
  func status() throws {
    try withStore { store in
      try store.importSheet("a") { sheet in
        sheet.status("anna", "2026-03-02", .rest, hours: 1.5, reason: "it's \"late\"\nZoë")
        sheet.status("anna", "2026-03-03", .rest)
        sheet.status("berta", "2026-03-02", .sick)
      }
      let file = try store.importSheet("b") { sheet in
        sheet.status("anna", "2026-03-02", .travel)
        sheet.status("anna", "2026-03-03", .rest)
        sheet.status("anna", "2026-03-04", .excused)
      }
      #expect(counts(file) == [1, 1, 1, 0, 0])
      #expect(
        try store.rows("SELECT status, hours, reason, line FROM day_entry ORDER BY patient, day")
          == ["4|-|-|2", "1|-|-|3", "5|-|-|4", "3|-|-|4"])
      #expect(
        try store.rows(
          """
          SELECT kind, day, json_extract(old, '$.status'), json_extract(old, '$.hours'),
            json_extract(old, '$.reason') FROM correction
          """) == ["days|\(day("2026-03-02").number)|1|1.5|it's \"late\"\nZoë"])
    }
  }

  @Test("Of two lines under one key in one file the later one stands", arguments: [true, false])
  func laterLineStands(inTwoBatches: Bool) throws {
    try withStore { store in
      let file = try store.importSheet { sheet in
        for (number, words) in ["one", "two", "three"].enumerated() {
          sheet.program("anna", "plank", perWeek: Double(number + 1))
          sheet.status("anna", "2026-03-02", .rest, reason: words)
          sheet.person("anna", name: words)
          if inTwoBatches { try sheet.cut() }
        }
      }
      #expect(counts(file) == [3, 6, 0, 0, 0])
      #expect(try store.rows("SELECT sessions_per_week FROM program_line") == ["3.0"])
      #expect(try store.rows("SELECT reason FROM day_entry") == ["three"])
      #expect(try store.rows("SELECT code, name FROM patient") == ["anna|three"])
      #expect(
        try store.rows(
          "SELECT json_extract(old, '$.reason') FROM correction WHERE kind = 'days' ORDER BY id")
          == ["one", "two"])
    }
  }

  @Test("People that rows speak of are there, without a name until a file gives one")
  func unknownPeople() throws {
    try withStore { store in
      let rows = try store.importSheet("rows") { sheet in
        sheet.pain("Zoë", "2026-03-02", 4)
        sheet.program("佐藤", "plank", perWeek: 3)
        sheet.status("anna", "2026-03-02", .rest)
      }
      #expect(counts(rows) == [3, 0, 0, 0, 0])
      #expect(try store.patientCodes() == ["Zoë", "anna", "佐藤"])
      let people = try store.importSheet("people") { sheet in
        sheet.person("Zoë", name: "Zoë Müller", zone: "Europe/Zurich", sex: "f", language: "de")
        sheet.person("new")
      }
      #expect(counts(people) == [2, 0, 0, 0, 0])
      #expect(people.accounts.records == 2)
      #expect(
        try store.rows("SELECT code, name, zone, sex, language, line FROM patient ORDER BY code")
          == [
            "Zoë|Zoë Müller|Europe/Zurich|f|de|2", "anna|-|-|-|-|-", "new|-|-|-|-|3",
            "佐藤|-|-|-|-|-",
          ])
      #expect(try store.rows("SELECT * FROM correction").isEmpty)
    }
  }

  @Test("A person's other values are a change, with the old ones kept")
  func changedPeople() throws {
    try withStore { store in
      try store.importSheet("a") { $0.person("anna", name: "Anna", zone: "Europe/Berlin") }
      let same = try store.importSheet("b") {
        $0.person("anna", name: "Anna", zone: "Europe/Berlin")
      }
      #expect(counts(same) == [0, 0, 1, 0, 0])
      let file = try store.importSheet("c") { $0.person("anna", name: "Anna", zone: "Asia/Tokyo") }
      #expect(counts(file) == [0, 1, 0, 0, 0])
      #expect(try store.zones() == ["anna": "Asia/Tokyo"])
      #expect(
        try store.rows(
          "SELECT kind, day, json_extract(old, '$.zone'), json_extract(old, '$.code') FROM correction"
        )
          == ["patients|-|Europe/Berlin|anna"])
    }
  }

  // 1 h 23 min 5 s; SQLite's own JSON writes 15 digits, which is another number.
  @Test("The old value of a change is kept bit for bit")
  func oldValueIsExact() throws {
    let minutes = 83.0 + 5.0 / 60.0
    try withStore { store in
      try store.importSheet("a") { sheet in
        sheet.program("anna", "walk", perWeek: 3) { $0.minutes = minutes }
      }
      try store.importSheet("b") { sheet in
        sheet.program("anna", "walk", perWeek: 3) { $0.minutes = 90 }
      }
      #expect(
        try store.rows("SELECT json_extract(old, '$.minutes') FROM correction") == ["\(minutes)"])
    }
  }

  @Test("The history of a programme line without a start names no day")
  func programCorrectionHasNoDay() throws {
    try withStore { store in
      for perWeek in [3.0, 4] {
        try store.importSheet("\(perWeek)") { $0.program("anna", "plank", perWeek: perWeek) }
      }
      #expect(try store.rows("SELECT kind, day FROM correction") == ["program|-"])
    }
  }
}

@Suite("FileWriter, refusals and the account")
struct FileAccountTests {
  @Test("Refused rows are kept with place, reason, value and row, byte for byte")
  func refusals() throws {
    try withStore { store in
      let file = try store.importSheet("night.csv") { sheet in
        sheet.refuse(
          .notANumber, column: "score (0–10)", value: Array("vier".utf8),
          row: Array("anna,\"2026\",vier\n".utf8))
        sheet.pain("anna", "2026-03-02", 4)
        sheet.refuse(.badEncoding, column: "byte 7", row: [0xFF, 0x00, 0x0A])
        try sheet.cut()
        sheet.refuse(.tooFewFields)
      }
      #expect(counts(file) == [1, 0, 0, 3, 0])
      #expect(file.accounts.read == 4)
      let rows = try store.rows(
        """
        SELECT name, line, "column", reason, CAST(value AS TEXT), row FROM rejection
        JOIN file ON file.id = rejection.file ORDER BY rejection.id
        """)
      let row = Array("anna,\"2026\",vier\n".utf8).map { String($0, radix: 16) }
      #expect(
        rows == [
          "night.csv|2|score (0–10)|not-a-number|vier|x" + row.joined(separator: " "),
          "night.csv|4|byte 7|bad-encoding||xff 0 a", "night.csv|5||too-few-fields||x",
        ])
    }
  }

  @Test("The writer knows how many rows it refused so far")
  func refusedSoFar() throws {
    try withStore { store in
      let file = ImportedFile(name: "a.csv", sha256: "a", bytes: 1, reading: "")
      _ = try store.importFile(file, run: try store.beginRun()) { writer in
        #expect(writer.refused == 0)
        let sheet = Sheet(emit: writer.write)
        for expected in [2, 4] {
          sheet.refuse(.notADate)
          sheet.refuse(.outOfRange)
          try sheet.cut()
          #expect(writer.refused == expected)
        }
      }
    }
  }

  @Test("Rows left out are counted by reason over all batches")
  func leftOut() throws {
    try withStore { store in
      let file = try store.importSheet { sheet in
        sheet.leaveOut("empty row")
        sheet.leaveOut("not pain: happiness")
        try sheet.cut()
        sheet.leaveOut("not pain: happiness")
        sheet.pain("anna", "2026-03-02", 4)
      }
      #expect(counts(file) == [1, 0, 0, 0, 3])
      #expect(file.leftOutReasons == ["empty row": 1, "not pain: happiness": 2])
    }
  }

  @Test("The stored account of a file is the one given back")
  func storedAccount() throws {
    try withStore { store in
      let run = try store.beginRun()
      let file = ImportedFile(name: "a.csv", sha256: "00ff", bytes: 512, reading: "kind=pain")
      let result = try store.importFile(file, run: run) { writer in
        writer.describe(
          format: "csv", kinds: ["pain", "sessions"], profile: "split-date",
          ignoredColumns: ["mood", "wetter – außen"])
        let sheet = Sheet(emit: writer.write)
        sheet.pain("anna", "2026-03-02", 4)
        sheet.pain("anna", "2026-03-02", 4)
        sheet.pain("anna", "2026-03-02", 5)
        sheet.set("anna", "2026-03-02", "plank", reps: 1, as: ("s", 1))
        try sheet.cut()
        sheet.set("anna", "2026-03-02", "plank", reps: 2, as: ("s", 1))
        sheet.refuse(.notADate)
        sheet.leaveOut("empty row")
        try sheet.cut()
      }
      #expect(counts(result) == [3, 1, 1, 1, 1])
      #expect(result.accounts.read == 7)
      #expect(result.accounts.records == 4)
      #expect(result.accounts.addUp)
      #expect(result.format == "csv")
      #expect(result.kinds == ["pain", "sessions"])
      #expect(
        try store.rows(
          """
          SELECT run, name, sha256, bytes, reading, format, kinds, profile, read, new, changed,
            known, refused, left_out, records, further, ignored FROM file
          """) == [
            "\(run)|a.csv|00ff|512|kind=pain|csv|pain sessions|split-date|7|3|1|1|1|1|4|1|mood\u{1F}"
              + "wetter – außen"
          ])
    }
  }

  @Test("Names are numbered in the order of the file, so that equal imports make equal databases")
  func namesInOrder() throws {
    try withStore { store in
      try store.importSheet { sheet in
        for index in 0..<12 { sheet.set("anna", "2026-03-02", "exercise \(index)", reps: 1) }
      }
      #expect(
        try store.rows("SELECT text FROM name ORDER BY id") == (0..<12).map { "exercise \($0)" })
    }
  }
}
