import Foundation
import TestSupport
import Testing

/// What goes wrong ends in words and an exit code, and harms nothing.
@Suite("Failures")
struct FailureTests {
  private func run(_ arguments: String...) throws -> Outcome {
    try runProgram(arguments)
  }

  private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  @Test("a missing file exits 66 and is named")
  func missingFile() throws {
    try withTemporaryFolder { folder in
      let outcome = try run(
        "import", "/no/such/file.csv", "--database", folder.appendingPathComponent("db").path)
      #expect(outcome.exit == 66)
      #expect(outcome.errors.contains("/no/such/file.csv"))
      #expect(outcome.output.isEmpty || !outcome.output.contains("read"))
    }
  }

  @Test(
    "wrong usage exits 64",
    arguments: [
      ["report"], ["import"], ["report", "--all", "--month", "2026-13"], ["nonsense"],
      ["report", "--all", "--month", "2026-10", "--last", "30d"],
      ["report", "--all", "--sections", "pains"], ["report", "--all", "--language", "it"],
      ["report", "--all", "--paper", "a5"], ["report", "--all", "--sections", ","],
      ["report", "--all", "--format", "pdf"], ["report", "--all", "--last", "0d"],
      ["report", "--all", "--from", "2026-10-01"], ["import", "x", "--kind", "steps"],
      ["import", "x", "--date-order", "dym"], ["import", "x", "--timezone", "Mars/Olympus"],
    ])
  func wrongUsage(_ arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      _ = try runProgram(["import", fixture("month").path, "--database", database])
      var arguments = arguments
      if arguments != ["nonsense"] { arguments += ["--database", database] }
      let outcome = try runProgram(arguments)
      #expect(outcome.exit == 64, "\(arguments): \(outcome.errors)")
      #expect(!outcome.errors.isEmpty)
    }
  }

  @Test(
    "help exits 0 and opens with two examples",
    arguments: [
      "import", "report", "status", "rejections", "selftest",
    ])
  func helpShowsExamples(_ command: String) throws {
    let outcome = try run(command, "--help")
    #expect(outcome.exit == 0)
    #expect(outcome.output.components(separatedBy: "  lumbar \(command)").count >= 3)
  }

  @Test(
    "no database exits 66 and nothing is created",
    arguments: [
      ["status"], ["rejections"], ["report", "--all"],
    ])
  func noDatabase(_ arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("none").path
      let outcome = try runProgram(arguments + ["--database", path])
      #expect(outcome.exit == 66)
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("an unknown patient exits 66")
  func unknownPatient() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      _ = try run("import", fixture("month").path, "--database", database)
      let outcome = try run(
        "report", "--patient", "P99999", "--database", database, "--out", folder.path)
      #expect(outcome.exit == 66)
      #expect(outcome.errors.contains("P99999"))
    }
  }

  @Test(
    "files that are no data exit 65 in words",
    arguments: [
      ("empty.csv", "", "empty"), ("gz.csv", "\u{1F}\u{8B}rest", "gzip"),
      ("zip.csv", "PK\u{3}\u{4}rest", "zip"), ("other.csv", "a,b\n1,2\n", "nothing was found"),
      ("cut.json", "{\"pain\": [{\"score\": 3", "JSON"), ("list.json", "[1, 2", "JSON"),
    ])
  func noData(_ name: String, _ text: String, _ word: String) throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent(name)
      try Data(text.unicodeScalars.map { UInt8($0.value) }).write(to: file)
      let outcome = try run(
        "import", file.path, "--database", folder.appendingPathComponent("db").path)
      #expect(outcome.exit == 65, "\(outcome.errors)")
      #expect(outcome.errors.contains(word), "\(outcome.errors)")
    }
  }

  @Test("one file that is no data does not lose the others")
  func oneBadFile() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let bad = try write("a,b\n1,2\n", "bad.csv", in: folder)
      let good = try write(
        "patient_id,recorded_at,score\nA,2026-10-01,3\n", "good.csv", in: folder)
      let outcome = try run("import", bad, good, "--database", database)
      #expect(outcome.exit == 3)
      #expect(outcome.output.contains("1 new"))
      #expect(outcome.errors.contains("bad.csv"))
    }
  }

  @Test("a foreign, newer, damaged or text database is refused and keeps every byte")
  func foreignDatabases() throws {
    try withTemporaryFolder { folder in
      let text = try write("not a database, but long enough to be looked at", "text", in: folder)
      let database = folder.appendingPathComponent("real").path
      _ = try run("import", fixture("month").path, "--database", database)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: database))
      // The header's user_version (offset 60) and application_id (68), and pages in the middle.
      let newer = folder.appendingPathComponent("newer")
      var changed = bytes
      changed[63] = 99
      try changed.write(to: newer)
      let foreign = folder.appendingPathComponent("foreign")
      changed = bytes
      changed[68] = 0
      try changed.write(to: foreign)
      let damaged = folder.appendingPathComponent("damaged")
      for offset in 8_192..<min(40_960, bytes.count) { bytes[offset] = 0xAA }
      try bytes.write(to: damaged)
      for path in [text, newer.path, foreign.path, damaged.path] {
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let outcome = try run("import", fixture("month").path, "--database", path)
        #expect(outcome.exit == 65, "\(path): \(outcome.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before, "\(path)")
      }
    }
  }

  @Test("ten thousand rows with one bad row: the others are in, the one is named")
  func oneBadRowOfTenThousand() throws {
    try withTemporaryFolder { folder in
      var text = "patient_id,recorded_at,score,notes\n"
      for row in 1...10_000 {
        let score = row == 6_789 ? "eleven" : String(row % 11)
        text +=
          "P\(row % 50),2026-0\(row % 9 + 1)-1\(row % 7)T0\(row % 10):00:00Z,\(score),n\(row)\n"
      }
      let file = try write(text, "pain.csv", in: folder)
      let database = folder.appendingPathComponent("db").path
      let outcome = try run("import", file, "--database", database)
      #expect(outcome.exit == 3)
      #expect(outcome.output.contains("10000 read, 9999 new, 1 refused"))
      let rejections = try run("rejections", "--database", database)
      #expect(rejections.output.contains("pain.csv, line 6790, column score: not-a-number"))
      #expect(!rejections.output.contains("eleven"))
    }
  }

  @Test("a file that is read ahead ends like any other: whole, known again, or not at all")
  func readAhead() throws {
    try withTemporaryFolder { folder in
      // Four batches and more than a megabyte; the last row but one is bad.
      var text = "patient_id,recorded_at,score,notes\n"
      for row in 0..<60_000 {
        let score = row == 59_998 ? "x" : String(row % 11)
        text +=
          "P\(row / 365),20\(10 + row % 365 / 28)-0\(1 + row % 9)-1\(row % 8),\(score),n\(row)\n"
      }
      let file = try write(text, "pain.csv", in: folder)
      let database = folder.appendingPathComponent("db").path
      let strict = try run("import", file, "--strict", "--database", database)
      #expect(strict.exit == 65 && strict.errors.contains("nothing of it was imported"))
      #expect(try run("status", "--json", "--database", database).output.contains("\"pain\": 0"))
      let outcome = try run("import", file, "--database", database)
      #expect(outcome.exit == 3 && outcome.output.contains("60000 read, 59999 new, 1 refused"))
      let before = try Data(contentsOf: URL(fileURLWithPath: database))
      let again = try run("import", file, "--database", database)
      #expect(again.output.contains("59999 known, 1 refused"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before, "not a byte changed")
      #expect(again.output.contains("imported before"))
      let cut = try write(String(text.dropLast(9)) + "\u{0}", "cut.csv", in: folder)
      let broken = try run("import", cut, "--database", database)
      #expect(broken.exit == 65)
      let status = try run("status", "--json", "--database", database).output
      #expect(status.contains("\"pain\": 59999"))
    }
  }

  @Test("a wide table gives several records a row, counted as rows, and none of a refused row")
  func pivot() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let call = [
        "import", fixture("profiles/before-after.csv").path, "--profile",
        fixture("profiles/before-after.toml").path, "--json", "--database", database,
      ]
      func account(_ call: [String]) throws -> [String: Int] {
        let outcome = try runProgram(call)
        #expect(outcome.exit == 3)
        let json = try #require(
          try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        return (json["totals"] as? [String: Any] ?? [:]).compactMapValues { $0 as? Int }
      }
      // Row 1 has four records, row 2 three, row 3 two; row 4 says ninety, row 5 nothing.
      let first = try account(call)
      #expect(first["read"] == 5 && first["new"] == 3 && first["refused"] == 2)
      #expect(first["records"] == 9)
      let again = try account(call + ["--force"])
      #expect(again["known"] == 3 && again["new"] == 0 && again["refused"] == 2)
      let refused = try run("rejections", "--database", database).output
      #expect(refused.contains("line 5, column flex bef: not-a-number"))
      #expect(refused.contains("line 6: missing-value"))
    }
  }

  @Test("a database in a folder that is not there is refused; lumbar's own folder is made")
  func missingFolder() throws {
    try withTemporaryFolder { folder in
      let file = try write("patient_id,recorded_at,score\nA,2026-04-03,3\n", "p.csv", in: folder)
      let named = folder.path + "/usb/db"
      let outcome = try run("import", file, "--database", named)
      #expect(outcome.exit == 73)
      #expect(outcome.errors.contains("the folder \(folder.path)/usb does not exist"))
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/usb"))
      let own = try runProgram(["import", file], environment: ["HOME": folder.path])
      #expect(own.exit == 0)
      #expect(
        FileManager.default.fileExists(atPath: folder.path + "/.local/share/lumbar/lumbar.sqlite"))
    }
  }

  @Test("read again with the option that settles it, a file leaves no old refusals behind")
  func settledRefusals() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let file = try write(
        "patient_id,recorded_at,score\nA,03.04.2026,3\nA,2026-04-04,3\n", "p.csv", in: folder)
      #expect(try run("import", file, "--database", database).output.contains("1 refused"))
      let again = try run("import", file, "--date-order", "dmy", "--database", database)
      #expect(again.exit == 0 && again.output.contains("1 new, 1 known"))
      #expect(try run("rejections", "--database", database).output == "No refused rows.\n")
    }
  }

  @Test("dates that nobody can order refuse the file with three of them and the option")
  func undecidedDates() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let rows = (1...9).map { "A,0\($0)/04/2026,3\n" }.joined()
      let file = try write("patient_id,recorded_at,score\n" + rows, "p.csv", in: folder)
      let outcome = try run("import", file, "--database", database)
      #expect(outcome.exit == 65)
      #expect(outcome.errors.contains("01/04/2026, 02/04/2026, 03/04/2026"))
      #expect(outcome.errors.contains("--date-order"))
      let told = try run("import", file, "--date-order", "mdy", "--database", database)
      #expect(told.exit == 0 && told.output.contains("9 new"))
      let marks = try write(
        "patient_id;measured_on;measure;value\nA;2026-04-01;reach;1,5\nA;2026-04-02;reach;1.5\n",
        "m.csv", in: folder)
      let mixed = try run("import", marks, "--database", database)
      #expect(mixed.exit == 65 && mixed.errors.contains("--decimal"))
      #expect(try run("import", marks, "--decimal", "half", "--database", database).exit == 64)
      let comma = try run("import", marks, "--decimal", "comma", "--database", database)
      #expect(comma.exit == 3 && comma.output.contains("1 new, 1 refused"))
    }
  }

  @Test("standard input is a file like any other")
  func standardInput() throws {
    try withTemporaryFolder { folder in
      let outcome = try runProgram(
        ["import", "-", "--database", folder.appendingPathComponent("db").path],
        input: "patient_id,recorded_at,score\nA,2026-10-01,3\n")
      #expect(outcome.exit == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("1 new"))
    }
  }

  @Test("people with names that are no file names get files of their own")
  func hostileNames() throws {
    try withTemporaryFolder { folder in
      let names = ["../etc", "a/b", "a b", "A B", "cohort", "漢字", "-x", ".hidden", "ok-1"]
      let rows = names.map { "\"\($0)\",2026-10-01,3" }.joined(separator: "\n")
      let file = try write("patient_id,recorded_at,score\n\(rows)\n", "p.csv", in: folder)
      let database = folder.appendingPathComponent("db").path
      _ = try run("import", file, "--database", database)
      let out = folder.appendingPathComponent("out")
      let outcome = try run(
        "report", "--all", "--format", "txt", "--database", database, "--out", out.path)
      #expect(outcome.exit == 0, "\(outcome.errors)")
      let files = try FileManager.default.contentsOfDirectory(atPath: out.path)
      #expect(files.count == names.count + 1)
      #expect(files.contains("ok-1.txt"))
      #expect(files.allSatisfy { !$0.hasPrefix(".") && !$0.hasPrefix("-") })
    }
  }
}
