import Foundation
import TestSupport
import Testing

/// What a fixture is known as and what its rows become.
struct FormatExpectation: Sendable, CustomTestStringConvertible {
  var file: String
  var format: String
  var read: Int
  var new: Int
  var known = 0
  var refused = 0
  var leftOut = 0
  /// What the file leaves open.
  var settled: [String] = []
  var testDescription: String { file }

  static let all: [FormatExpectation] = [
    .init(file: "strong.csv", format: "strong", read: 6, new: 4, refused: 1, leftOut: 1),
    .init(file: "strong-units.csv", format: "strong", read: 2, new: 2),
    .init(file: "hevy.csv", format: "hevy", read: 4, new: 4),
    .init(file: "fitnotes.csv", format: "fitnotes", read: 4, new: 3, refused: 1),
    .init(file: "gymrun.csv", format: "gymrun", read: 2, new: 2, settled: ["--unit", "kg"]),
    .init(
      file: "jefit.csv", format: "jefit", read: 7, new: 2, refused: 2, leftOut: 3,
      settled: ["--unit", "kg"]),
    .init(file: "loop-checkmarks.csv", format: "loop", read: 4, new: 3, leftOut: 1),
    .init(file: "loop-habits.csv", format: "loop-habits", read: 5, new: 3, refused: 1, leftOut: 1),
    .init(file: "002_Cat_Cow__Checkmarks.csv", format: "loop", read: 5, new: 3, leftOut: 2),
    .init(file: "habitbull.csv", format: "habitbull", read: 6, new: 3, known: 1, leftOut: 2),
    .init(file: "daylio.csv", format: "daylio", read: 4, new: 2, refused: 1, leftOut: 1),
    .init(file: "taplog.csv", format: "taplog", read: 7, new: 2, leftOut: 5),
    .init(file: "garmin-fr.csv", format: "garmin-csv", read: 2, new: 2),
    .init(file: "strava.csv", format: "strava-csv", read: 2, new: 2),
    .init(file: "fitbit.csv", format: "fitbit-csv", read: 2, new: 1, leftOut: 1),
    .init(file: "fitbit-sections.csv", format: "fitbit-csv", read: 5, new: 2, leftOut: 3),
    .init(file: "google-fit.csv", format: "google-fit-csv", read: 2, new: 1, leftOut: 1),
    .init(file: "moves.csv", format: "moves", read: 2, new: 1, leftOut: 1),
    .init(file: "oswestry.csv", format: "oswestry", read: 3, new: 2, leftOut: 1),
    .init(file: "fhir-bundle.json", format: "fhir", read: 7, new: 4, refused: 1, leftOut: 2),
    .init(file: "fhir-answers.ndjson", format: "fhir", read: 3, new: 2, leftOut: 1),
    .init(
      file: "open-mhealth.json", format: "open-mhealth", read: 5, new: 2, refused: 1, leftOut: 2),
    .init(file: "openweight.json", format: "openweight", read: 6, new: 4, refused: 2),
    .init(file: "google-fit.json", format: "google-fit", read: 3, new: 1, leftOut: 2),
    .init(file: "garmin.json", format: "garmin", read: 3, new: 2, refused: 1),
    .init(file: "fitbit-steps.json", format: "fitbit", read: 5, new: 1, refused: 1, leftOut: 3),
    .init(file: "fitbit-activities.json", format: "fitbit", read: 2, new: 2),
    .init(file: "strava.json", format: "strava", read: 2, new: 2),
  ]
}

/// One file's account as `import --json` gives it.
private struct Account: Decodable, Equatable {
  var profile: String?
  var read: Int
  var new: Int
  var changed: Int
  var known: Int
  var refused: Int
  var leftOut: Int

  enum CodingKeys: String, CodingKey {
    case profile, read, new, changed, known, refused
    case leftOut = "left_out"
  }
}

private struct Summary: Decodable { var files: [Account] }

@Suite("The exports of other programs")
struct FormatTests {
  private func path(_ name: String) -> String {
    fixture("formats/\(name)").path
  }

  private func bring(_ arguments: [String], to database: String) throws -> [Account] {
    let outcome = try runProgram(
      ["import", "--json", "--database", database, "--patient", "me"] + arguments)
    #expect([0, 3].contains(outcome.exit), "\(outcome.errors)")
    return try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8)).files
  }

  /// Rows of an export of one kind, without their header, in the order of the file.
  private func rows(_ kind: String, _ database: String, _ folder: URL) throws -> [[String: String]]
  {
    let out = folder.appendingPathComponent("out-\(UUID().uuidString)").path
    _ = try runProgram(["export", "--database", database, "--format", "csv", "--out", out])
    guard let text = try? String(contentsOfFile: "\(out)/\(kind).csv", encoding: .utf8) else {
      return []
    }
    let lines = text.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { cells in
      Dictionary(zip(header, cells)) { first, _ in first }
    }
  }

  @Test("is known by its content, every row is accounted for", arguments: FormatExpectation.all)
  func account(_ expected: FormatExpectation) throws {
    try withTemporaryFolder { folder in
      let found = try #require(
        try bring([path(expected.file)] + expected.settled, to: folder.path + "/db").first)
      #expect(found.profile == expected.format)
      #expect(found.read == expected.read && found.new == expected.new, "\(found)")
      #expect(found.known == expected.known && found.refused == expected.refused, "\(found)")
      #expect(found.leftOut == expected.leftOut && found.changed == 0, "\(found)")
    }
  }

  @Test("imported twice, also read anew, changes nothing", arguments: FormatExpectation.all)
  func twice(_ expected: FormatExpectation) throws {
    try withTemporaryFolder { folder in
      let database = folder.path + "/db"
      let file = [path(expected.file)] + expected.settled
      _ = try bring(file, to: database)
      let again = try #require(try bring(["--force"] + file, to: database).first)
      #expect(again.new == 0 && again.changed == 0, "\(again)")
      #expect(again.known == expected.new + expected.known)
      #expect(again.read == expected.read && again.refused == expected.refused)
    }
  }

  @Test("the profile by name reads the same as the content tells", arguments: FormatExpectation.all)
  func byName(_ expected: FormatExpectation) throws {
    try withTemporaryFolder { folder in
      let found = try bring(
        ["--profile", expected.format, path(expected.file)] + expected.settled,
        to: folder.path + "/db")
      #expect(found.first?.new == expected.new && found.first?.profile == expected.format)
    }
  }

  @Test("every format that is listed has a fixture, and the other way round")
  func complete() throws {
    let listed = try runProgram(["profile", "list"]).output.split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    // The two diaries of profiles have tests of their own.
    #expect(Set(listed) == Set(FormatExpectation.all.map(\.format) + ["split-date", "fill-down"]))
    let files = try FileManager.default.contentsOfDirectory(atPath: path(""))
    #expect(Set(files).isSuperset(of: FormatExpectation.all.map(\.file)))
  }

  @Test("weights come in kilograms, whatever unit column, header or second column says")
  func weights() throws {
    try withTemporaryFolder { folder in
      let database = folder.path + "/db"
      _ = try bring(["strong-units.csv", "hevy.csv", "fitnotes.csv"].map(path), to: database)
      let loads = try rows("sessions", database, folder).compactMap { row in
        row["load_kg"].flatMap(Double.init).map { ($0 * 100).rounded() / 100 }
      }
      #expect(loads.sorted() == [10, 10, 22.68, 40, 45, 45.36, 49.9])
    }
  }

  @Test("ticks are done, missed or no data, and one habit is one in both of its files")
  func ticks() throws {
    try withTemporaryFolder { folder in
      let database = folder.path + "/db"
      _ = try bring(
        ["loop-checkmarks.csv", "002_Cat_Cow__Checkmarks.csv"].map(path), to: database)
      let found = try rows("sessions", database, folder).map {
        "\($0["started_at"] ?? "") \($0["exercise"] ?? "") \($0["completed"] ?? "")"
      }
      #expect(
        found.sorted() == [
          "2026-09-07 Cat Cow no", "2026-09-09 Cat Cow yes",
          "2026-09-09 Hamstring Stretch no", "2026-09-10 Hamstring Stretch yes",
          "2026-09-10 Walk minutes ",
        ])
      // Days on which a habit was skipped on purpose excuse it, with the note as their reason.
      let days = try rows("days", database, folder).map {
        "\($0["date"] ?? "") \($0["exercise"] ?? "") \($0["status"] ?? "")"
      }
      #expect(days.sorted() == ["2026-09-06 Cat Cow excused", "2026-09-08 Cat Cow excused"])
    }
  }

  @Test("how often a habit is meant to be done is a line of the programme")
  func habits() throws {
    try withTemporaryFolder { folder in
      let database = folder.path + "/db"
      _ = try bring([path("loop-habits.csv")], to: database)
      let found = try rows("program", database, folder).map {
        "\($0["exercise"] ?? "") \($0["component"] ?? "") \($0["sessions_per_week"]?.prefix(4) ?? "")"
      }
      #expect(
        found.sorted() == [
          "Cat-Cow mobility 7", "Glute bridge strengthening 3", "Walk the dog aerobic 4.66",
        ])
    }
  }

  @Test("every table beside a profile of Fixtures/profiles is read with it")
  func profiles() throws {
    let folder = fixture("profiles")
    let tables = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter {
      $0.hasSuffix(".csv")
        && FileManager.default.fileExists(
          atPath: folder.path + "/" + $0.dropLast(3) + "toml")
    }
    #expect(tables.count >= 3)
    for table in tables {
      try withTemporaryFolder { scratch in
        let run = try runProgram([
          "import", folder.path + "/" + table, "--profile",
          folder.path + "/" + table.dropLast(3) + "toml", "--patient", "P1", "--database",
          scratch.path + "/db",
        ])
        // One of the tables shows what is refused, too.
        let exit: Int32 = table == "before-after.csv" ? 3 : 0
        #expect(run.exit == exit && run.output.contains(" new"), "\(table): \(run)")
      }
    }
  }

  @Test("a press and its end are one session; one within another is not counted twice")
  func presses() throws {
    try withTemporaryFolder { folder in
      let database = folder.path + "/db"
      _ = try bring([path("taplog.csv")], to: database)
      let found = try rows("sessions", database, folder).map {
        "\($0["exercise"] ?? "") \($0["minutes"] ?? "")"
      }
      #expect(found == ["Sport 30", "Climb 10"])
    }
  }

  @Test("pain is read by code and from scales, never from a label")
  func pain() throws {
    try withTemporaryFolder { folder in
      let database = folder.path + "/db"
      _ = try bring(
        ["fhir-answers.ndjson", "daylio.csv"].map(path), to: database)
      let scores = try rows("pain", database, folder).compactMap {
        $0["score"].flatMap(Double.init)
      }
      #expect(scores.sorted() == [2, 2.5, 3, 5])
    }
  }

  @Test("an observation that a later version corrects to one of something else is gone")
  func correctedToOther() throws {
    func observation(_ version: Int, _ code: String) -> String {
      """
      {"resourceType":"Observation","id":"o","status":"final","meta":{"versionId":"\(version)"},\
      "code":{"coding":[{"system":"http://loinc.org","code":"\(code)"}]},\
      "subject":{"reference":"Patient/7"},"effectiveDateTime":"2026-09-01","valueInteger":4}
      """
    }
    try withTemporaryFolder { folder in
      let database = folder.path + "/db"
      for (version, code, left) in [(1, "72514-3", 1), (2, "8302-2", 0), (1, "72514-3", 0)] {
        let file = folder.path + "/\(version).json"
        try observation(version, code).write(toFile: file, atomically: true, encoding: .utf8)
        _ = try bring([file, "--force"], to: database)
        #expect(try rows("pain", database, folder).count == left, "version \(version)")
      }
    }
  }

  @Test("a corrected FHIR version counts whichever file comes first; a withdrawn one goes")
  func versions() throws {
    func observation(_ version: Int, _ score: Int, _ status: String = "final") -> String {
      """
      {"resourceType":"Observation","id":"o","status":"\(status)","meta":{"versionId":"\(version)"},\
      "code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},\
      "subject":{"reference":"Patient/7"},"effectiveDateTime":"2026-09-01","valueInteger":\(score)}
      """
    }
    for order in [[1, 2], [2, 1]] {
      try withTemporaryFolder { folder in
        let database = folder.path + "/db"
        for version in order {
          let file = folder.path + "/v\(version).json"
          try observation(version, 3 + version).write(
            toFile: file, atomically: true, encoding: .utf8)
          _ = try bring([file], to: database)
        }
        #expect(try rows("pain", database, folder).map { $0["score"] } == ["5"], "\(order)")
        let gone = folder.path + "/v3.json"
        try observation(3, 5, "entered-in-error").write(
          toFile: gone, atomically: true, encoding: .utf8)
        _ = try bring([gone], to: database)
        #expect(try rows("pain", database, folder).isEmpty)
      }
    }
  }

  @Test("what lumbar exports as FHIR comes back: pain and minutes")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      let own = folder.path + "/own.json"
      try """
      {"pain": [{"patient_id": "P1", "recorded_at": "2026-09-01T08:00:00+02:00", "score": 4.5}],
       "sessions": [{"patient_id": "P1", "started_at": "2026-09-01T09:00:00+02:00",
         "exercise": "Walking", "component": "aerobic", "minutes": 25}]}
      """.write(toFile: own, atomically: true, encoding: .utf8)
      _ = try runProgram(["import", "--database", folder.path + "/a", own])
      let out = folder.path + "/fhir"
      _ = try runProgram(
        ["export", "--database", folder.path + "/a", "--format", "fhir", "--out", out])
      let outcome = try runProgram(["import", "--database", folder.path + "/b", out])
      #expect(outcome.exit == 0, "\(outcome)")
      for (kind, column, value) in [("pain", "score", "4.5"), ("sessions", "minutes", "25")] {
        let found = try rows(kind, folder.path + "/b", folder)
        #expect(found.map { $0[column] } == [value], "\(kind)")
        #expect(found.first?["patient_id"] == "P1")
      }
    }
  }

  @Test("diary and workout log of two apps for one person make one report with associations")
  func oneReport() throws {
    try withTemporaryFolder { folder in
      var strong =
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,"
      strong += "Notes,Workout Notes,RPE\n"
      var diary = "name,intensity,startday,startmonth,startyear\n"
      for day in 1...30 {
        if day % 3 != 0 {
          strong += "2026-09-\(day < 10 ? "0" : "")\(day) 07:00:00,A,20m,Plank,1,0,0,0,"
          strong += "\(30 + day),,,\n"
        }
        diary += "lower back,\(3 + (day * 7) % 5),\(day),9,2026\n"
      }
      try strong.write(
        toFile: folder.path + "/strong.csv", atomically: true, encoding: .utf8)
      try diary.write(toFile: folder.path + "/diary.csv", atomically: true, encoding: .utf8)
      let database = folder.path + "/db"
      let files = try bring(
        [folder.path + "/strong.csv", folder.path + "/diary.csv"], to: database)
      #expect(Set(files.compactMap(\.profile)) == ["strong", "split-date"])
      let out = folder.path + "/reports"
      let outcome = try runProgram(
        ["report", "--database", database, "--patient", "me", "--format", "json", "--out", out])
      #expect(outcome.exit == 0)
      let report = try String(contentsOfFile: out + "/me.json", encoding: .utf8)
      #expect(report.contains("\"exposure\""))
    }
  }

  @Test("a table that two profiles fit is refused with both names; --profile decides")
  func twoFit() throws {
    try withTemporaryFolder { folder in
      for name in ["first", "second"] {
        try """
        name = "\(name)"
        kind = "pain"
        [columns]
        recorded_at = "Tag"
        score = "Wert"
        """.write(
          toFile: folder.path + "/\(name).toml", atomically: true, encoding: .utf8)
      }
      let file = folder.path + "/table.csv"
      try "Tag,Wert\n2026-09-01,4\n".write(toFile: file, atomically: true, encoding: .utf8)
      let found = try bring(
        ["--profile", folder.path + "/second.toml", file], to: folder.path + "/db")
      #expect(found.first?.profile == "second")
    }
  }

  @Test("files that are no data of ours are refused in words")
  func foreign() throws {
    try withTemporaryFolder { folder in
      let files = [
        "people.csv": "Name,Age,City\nAlice,30,Bern\n", "point.json": "{\"lat\": 1, \"lon\": 2}",
        "questions.json": "{\"resourceType\": \"Questionnaire\", \"item\": []}",
        "dictionary.csv": "Variable / Field Name,Form Name\nrecord_id,intake\n",
      ]
      for (name, text) in files {
        let file = folder.path + "/" + name
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try runProgram(["import", "--database", folder.path + "/db", file])
        #expect(outcome.exit == 65, "\(name)")
        #expect(outcome.errors.count > 60 && !outcome.errors.contains("bug"), "\(outcome.errors)")
      }
    }
  }
}
