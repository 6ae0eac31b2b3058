import Records
import Testing

@testable import Storage

@Suite("Overview")
struct OverviewTests {
  @Test("An empty database holds nothing")
  func empty() throws {
    try withStore { store in
      let overview = try store.overview()
      let counts = [
        overview.patients, overview.sessions, overview.records[.sessions], overview.records[.pain],
        overview.records[.flexibility],
        overview.records[.program], overview.records[.days], overview.records[.questionnaires],
        overview.refused,
      ]
      #expect(counts == [Int](repeating: 0, count: 9))
      #expect(overview.firstDay == nil)
      #expect(overview.lastDay == nil)
      #expect(overview.runs.isEmpty)
      #expect(overview.lastGoodNightly == nil)
      #expect(try store.rejections().isEmpty)
      #expect(try store.rejectionCounts().isEmpty)
    }
  }

  @Test("Each kind of record is counted in its own place")
  func counts() throws {
    try withStore { store in
      try store.importSheet { sheet in
        for number in 1...2 { sheet.set("anna", "2026-03-0\(number)", "plank") }
        for number in 1...3 { sheet.pain("berta", "2026-03-0\(number)", 4) }
        for number in 1...4 { sheet.measure("anna", "2026-03-0\(number)", "finger_to_floor", 12) }
        for number in 1...5 { sheet.program("anna", "exercise \(number)", perWeek: 3) }
        for number in 1...6 { sheet.status("anna", "2026-03-0\(number)", .rest) }
        for number in 1...7 { sheet.answers("anna", "2026-03-0\(number)", .odi, score: 20) }
        for _ in 1...8 { sheet.refuse(.notADate) }
        sheet.person("carl")
      }
      let overview = try store.overview()
      #expect(overview.patients == 3)
      #expect(overview.records[.sessions] == 2)
      #expect(overview.records[.pain] == 3)
      #expect(overview.records[.flexibility] == 4)
      #expect(overview.records[.program] == 5)
      #expect(overview.records[.days] == 6)
      #expect(overview.records[.questionnaires] == 7)
      #expect(overview.refused == 8)
    }
  }

  @Test("A session is a name on a day of a person, rows without a name are one a day")
  func sessions() throws {
    try withStore { store in
      try store.importSheet { sheet in
        for exercise in ["plank", "bridge"] {
          sheet.set("anna", "2026-03-02", exercise)
          sheet.set("anna", "2026-03-03", exercise)
          sheet.set("berta", "2026-03-02", exercise)
          sheet.set("anna", "2026-03-02", exercise) { $0.session = sheet.name("morning") }
          sheet.set("anna", "2026-03-02", exercise) { $0.session = sheet.name("evening") }
          sheet.set("anna", "2026-03-03", exercise) { $0.session = sheet.name("evening") }
        }
      }
      let overview = try store.overview()
      #expect(overview.records[.sessions] == 12)
      #expect(overview.sessions == 6)
    }
  }

  @Test("The span of days is that of all dated records together")
  func span() throws {
    try withStore { store in
      try store.importSheet { sheet in
        sheet.pain("anna", "2026-03-05", 4)
        sheet.status("berta", "1969-12-30", .rest)
        sheet.answers("anna", "2026-04-01", .odi, score: 20)
        sheet.program("anna", "plank", perWeek: 3) { $0.startOn = day("1950-01-01") }
      }
      let overview = try store.overview()
      #expect(overview.firstDay == day("1969-12-30"))
      #expect(overview.lastDay == day("2026-04-01"))
    }
  }

  @Test("The latest runs come newest first, as many as are asked for")
  func runs() throws {
    try withStore { store in
      for number in 1...12 {
        let run = try store.beginRun(
          started: "2026-03-\(number + 10)T21:00:00Z", command: "run \(number)", version: "0.1.0")
        if number == 11 { try store.endRun(run, exit: 3, seconds: 1.5) }
      }
      #expect(try store.overview().runs.count == 10)
      let runs = try store.overview(runs: 2).runs
      #expect(runs.map(\.command) == ["run 12", "run 11"])
      #expect(runs.map(\.started) == ["2026-03-22T21:00:00Z", "2026-03-21T21:00:00Z"])
      #expect(runs.map(\.version) == ["0.1.0", "0.1.0"])
      #expect(runs.map(\.exit) == [nil, 3])
      #expect(runs.map(\.seconds) == [nil, 1.5])
    }
  }

  @Test("The last good nightly run is the latest that ended with 0 or 3")
  func lastGoodNightly() throws {
    let runs: [(command: String, exit: Int32?, expected: String?)] = [
      ("nightly", 75, nil), ("import", 0, nil), ("nightly", 0, "3"), ("nightly", nil, "3"),
      ("nightly", 3, "5"), ("nightly", 65, "5"), ("report", 0, "5"),
    ]
    try withStore { store in
      for (number, run) in runs.enumerated() {
        let id = try store.beginRun(
          started: "\(number + 1)", command: run.command, version: "0.1.0")
        if let exit = run.exit { try store.endRun(id, exit: exit, seconds: 1) }
        #expect(try store.overview().lastGoodNightly == run.expected)
      }
    }
  }

  @Test("Refused rows are listed by file and line without their content, and counted by reason")
  func rejections() throws {
    try withStore { store in
      try store.importSheet("b.csv") { sheet in
        sheet.refuse(.notADate, column: "Datum", value: Array("gestern".utf8))
        sheet.pain("anna", "2026-03-02", 4)
        sheet.refuse(.outOfRange, column: "score")
        try sheet.cut()
        sheet.refuse(.notADate, column: "Datum")
      }
      try store.importSheet("a.csv") { $0.refuse(.noPatient) }
      try store.importSheet("c.csv") { $0.pain("anna", "2026-03-03", 4) }
      let rejections = try store.rejections()
      #expect(rejections.map(\.file) == ["b.csv", "b.csv", "b.csv", "a.csv"])
      #expect(rejections.map(\.line) == [2, 4, 5, 2])
      #expect(rejections.map(\.column) == ["Datum", "score", "Datum", ""])
      #expect(
        rejections.map(\.reason) == ["not-a-date", "out-of-range", "not-a-date", "no-patient"])
      let files = try store.rows("SELECT id FROM file ORDER BY id").compactMap { Int64($0) }
      #expect(
        try store.rejectionCounts() == [
          files[0]: ["not-a-date": 2, "out-of-range": 1], files[1]: ["no-patient": 1],
        ])
    }
  }
}
