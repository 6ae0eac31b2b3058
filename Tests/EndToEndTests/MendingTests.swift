import Foundation
import TestSupport
import Testing

/// What people do after an import: take it back, mend what was refused, start without an app.
@Suite("Undo, mending and templates")
struct MendingTests {
  private func run(_ database: URL, _ arguments: String...) throws -> Outcome {
    try runProgram(arguments + ["--database", database.path])
  }

  private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  @Test("import --undo leaves the figures of the state before")
  func undo() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      _ = try run(database, "import", fixture("month/pain.csv").path)
      let before = try run(database, "status", "--json").output
      _ = try run(database, "import", fixture("month/sessions.csv").path)
      let undone = try run(database, "import", "--undo", "2")
      #expect(undone.exit == 0)
      #expect(
        undone.output == "Run 2 undone: 1 file, 170 records removed, 0 corrections taken back.\n")
      func records(_ text: String) -> Substring { text.prefix { $0 != "[" } }
      #expect(records(try run(database, "status", "--json").output) == records(before))
      let again = try run(database, "import", "--undo", "2")
      #expect(again.exit == 64 && again.errors.contains("undone before"))
      #expect(try run(database, "import", "--undo", "99").exit == 64)
      #expect(try run(database, "import", "--undo", "1", "more.csv").exit == 64)
      let json = try run(database, "import", "--undo", "1", "--json")
      #expect(json.output.contains("\"restored\": 0"))
    }
  }

  @Test("refused rows are exported under their header, mended and imported")
  func export() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      let diary = try write(
        "patient_id;recorded_at;score;notes\r\nP1;2026-10-01;3;good\r\n"
          + "P1;2026-10-02;zwölf;\"a \"\"bad\"\"; day\"\r\n", "my diary.csv", in: folder)
      #expect(try run(database, "import", diary).exit == 3)
      let mend = folder.appendingPathComponent("mend")
      let outcome = try run(database, "rejections", "--export", mend.path)
      #expect(outcome.exit == 0)
      let files = try FileManager.default.contentsOfDirectory(atPath: mend.path)
      let name = try #require(files.first)
      #expect(files.count == 1 && name.hasSuffix(".refused.csv"))
      let path = mend.appendingPathComponent(name)
      let text = try String(contentsOf: path, encoding: .utf8)
      #expect(
        text
          == "patient_id;recorded_at;score;notes\nP1;2026-10-02;zwölf;\"a \"\"bad\"\"; day\"\n")
      let mode = try FileManager.default.attributesOfItem(atPath: path.path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      try Data(text.replacingOccurrences(of: "zwölf", with: "7").utf8).write(to: path)
      let mended = try run(database, "import", path.path)
      #expect(mended.exit == 0 && mended.output.contains("1 new"))
    }
  }

  @Test("refused JSON records are exported one a line, with what they have from around them")
  func exportJSON() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      let diary = try write(
        """
        {"sessions": [{"patient_id": "P1", "started_at": "2026-10-01",
          "exercises": [{"exercise": "plank \\"high\\"", "reps": "many"}, {"exercise": "bridge"}]}]}
        """, "diary.json", in: folder)
      #expect(try run(database, "import", diary).exit == 3)
      let mend = folder.appendingPathComponent("mend")
      #expect(try run(database, "rejections", "--export", mend.path, "--json").exit == 0)
      let path = mend.appendingPathComponent("diary.refused.ndjson")
      let text = try String(contentsOf: path, encoding: .utf8)
      try Data(text.replacingOccurrences(of: "many", with: "12").utf8).write(to: path)
      let mended = try run(database, "import", path.path)
      #expect(mended.exit == 0 && mended.output.contains("sessions: 1 read, 1 new"))
    }
  }

  @Test("filled-down cells are written out, so that a mended row keeps its day")
  func exportFilledDown() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      let profile = try write(
        """
        kind = "pain"
        fill_down = ["Day"]
        [columns]
        recorded_at = "Day"
        score = "Score"
        """, "own.toml", in: folder)
      let diary = try write("Day,Score\n2026-10-01,3\n,bad\n", "diary.csv", in: folder)
      let options = ["--profile", profile, "--patient", "P1", "--database", database.path]
      #expect(try runProgram(["import", diary] + options).exit == 3)
      let mend = folder.appendingPathComponent("mend")
      _ = try run(database, "rejections", "--export", mend.path)
      let path = mend.appendingPathComponent("diary.refused.csv")
      let text = try String(contentsOf: path, encoding: .utf8)
      #expect(text == "Day,Score\n2026-10-01,bad\n")
      try Data(text.replacingOccurrences(of: "bad", with: "4").utf8).write(to: path)
      #expect(try runProgram(["import", path.path] + options).exit == 0)
    }
  }

  @Test("without refused rows nothing is written")
  func nothingToExport() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      _ = try run(database, "import", fixture("month/program.csv").path)
      let mend = folder.appendingPathComponent("mend")
      #expect(try run(database, "rejections", "--export", mend.path).output == "No refused rows.\n")
    }
  }

  @Test("a template's examples are refused as such, own rows are taken, what is there stays")
  func template() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      let diary = folder.appendingPathComponent("diary")
      let outcome = try runProgram(["template", diary.path])
      #expect(outcome.exit == 0)
      let imported = try run(database, "import", diary.path)
      #expect(imported.exit == 3 && imported.output.contains("Total: 6 read, 6 refused"))
      let listed = try run(database, "rejections").output
      #expect(listed.split(separator: "\n").filter { $0.contains("example-row") }.count == 6)
      let pain = diary.appendingPathComponent("pain.csv").path
      let text = try String(contentsOfFile: pain, encoding: .utf8)
      _ = try write(text.replacingOccurrences(of: ",4,", with: ",6,"), "pain.csv", in: diary)
      #expect(try run(database, "import", pain).output.contains("1 read, 1 new"))
      let own = try write("mine", "pain.csv", in: diary)
      let again = try runProgram(["template", diary.path])
      #expect(again.output.contains("is there already"))
      #expect(try String(contentsOfFile: own, encoding: .utf8) == "mine")
      let report = try run(
        database, "report", "--all", "--month", "2026-01", "--format", "txt", "--out",
        folder.appendingPathComponent("reports").path)
      #expect(report.exit == 0)
    }
  }

  @Test("an unknown table is mapped in two commands")
  func twoCommands() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      let diary = try write(
        "Datum;Schmerz;Ort\n31.10.2025;7,5;Rücken\n30.10.2025;zwei;Rücken\n29.10.2025;3;Knie\n"
          + "28.10.2025;4;Knie\n", "tagebuch.csv",
        in: folder)
      let unsaid = try run(database, "import", diary)
      #expect(unsaid.exit == 65 && unsaid.errors.contains("--patient ID"))
      let sketch = try runProgram(["profile", "sketch", diary])
      #expect(sketch.exit == 0)
      let profile = try write(sketch.output, "tagebuch.toml", in: folder)
      let test = try runProgram([
        "profile", "test", diary, "--profile", profile, "--patient", "P1",
      ])
      #expect(test.exit == 3)
      #expect(
        test.output.contains(
          "line 2: 31.10.2025 | 7,5 | Rücken\n  pain: patient_id=P1 recorded_at=2025-10-31 "
            + "score=7.5 location=Rücken\n"))
      #expect(test.output.contains("refused in Schmerz: not-a-number."))
      let imported = try run(
        database, "import", diary, "--profile", profile, "--patient", "P1")
      #expect(imported.exit == 3 && imported.output.contains("4 read, 3 new, 1 refused"))
      let json = try runProgram([
        "profile", "test", diary, "--profile", profile, "--patient", "P1", "--json",
      ])
      #expect(json.output.contains("\"location\": \"Rücken\""))
      let drafted = try runProgram(["profile", "sketch", diary, "--json"])
      #expect(drafted.output.contains("\"kind\": \"pain\""))
    }
  }

  @Test("profile list names what is built in; what cannot be drafted says why")
  func profiles() throws {
    try withTemporaryFolder { folder in
      let list = try runProgram(["profile", "list"])
      #expect(list.output.contains("split-date  pain") && list.output.contains("fill-down"))
      #expect(try runProgram(["profile", "list", "--json"]).output.contains("\"split-date\""))
      #expect(try runProgram(["profile", "sketch", "/no/file.csv"]).exit == 66)
      let empty = try write("", "empty.csv", in: folder)
      let outcome = try runProgram(["profile", "sketch", empty])
      #expect(outcome.exit == 65 && outcome.errors.contains("empty"))
      #expect(try runProgram(["profile", "test", empty]).exit == 65)
    }
  }

  @Test("exercises that nobody gave a component are listed once, with the line that maps them")
  func unknownExercises() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      let rows = ["Bird Dog", "Odd thing", "Odd thing", "Kindhaltung"].map {
        "P1,2026-01-05,\($0),10\n"
      }
      let file = try write(
        "patient_id,started_at,exercise,minutes\n" + rows.joined(), "s.csv", in: folder)
      let outcome = try run(database, "import", file)
      #expect(
        outcome.output.contains(
          "exercises of no known component: Odd thing; a profile maps them: [components] "
            + "\"Odd thing\" = \"strengthening\""))
      let out = folder.appendingPathComponent("out").path
      _ = try run(
        database, "report", "--all", "--month", "2026-01", "--format", "json", "--out", out)
      let json = try String(contentsOfFile: out + "/P1.json", encoding: .utf8)
      #expect(json.contains("\"component\": \"back-stretch\""))
    }
  }
}
