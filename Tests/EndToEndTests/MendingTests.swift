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

  @Test("a template imports as it is, and leaves alone what is there")
  func template() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db")
      let diary = folder.appendingPathComponent("diary")
      let outcome = try runProgram(["template", diary.path])
      #expect(outcome.exit == 0)
      let imported = try run(database, "import", diary.path)
      #expect(imported.exit == 0 && imported.output.contains("Total: 5 read, 5 new"))
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
}
