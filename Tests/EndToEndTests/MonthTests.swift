import Foundation
import TestSupport
import Testing

/// The demonstration month, from files to reports.
@Suite("A month of logs")
struct MonthTests {
  private func imported(_ folder: URL, _ more: [String] = []) throws -> Outcome {
    try runProgram(
      ["import", fixture("month").path, "--database", folder.appendingPathComponent("db").path]
        + more)
  }

  private func report(
    _ folder: URL, into name: String, environment: [String: String] = [:]
  ) throws -> [String: Data] {
    let out = folder.appendingPathComponent(name)
    let outcome = try runProgram(
      [
        "report", "--all", "--month", "2026-10", "--database",
        folder.appendingPathComponent("db").path, "--out", out.path,
      ], environment: environment)
    #expect(outcome.exit == 0, "\(outcome.errors)")
    var files: [String: Data] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: out.path) {
      files[file] = try Data(contentsOf: out.appendingPathComponent(file))
    }
    return files
  }

  @Test("imports with three refused rows and says so by its exit code")
  func importsWithThreeRefusedRows() throws {
    try withTemporaryFolder { folder in
      let outcome = try imported(folder, ["--json"])
      #expect(outcome.exit == 3)
      #expect(outcome.errors.isEmpty)
      let account = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect(account["schema"] as? Int == 1)
      let totals = try #require(account["totals"] as? [String: Int])
      #expect(totals["read"] == 398)
      #expect(totals["new"] == 395)
      #expect(totals["refused"] == 3)
      for file in try #require(account["files"] as? [[String: Any]]) {
        let number = { (key: String) in file[key] as? Int ?? -1_000 }
        #expect(
          number("read") == number("new") + number("changed") + number("known")
            + number("refused") + number("left_out"))
      }
    }
  }

  @Test("names each refused row by file, line, column and reason")
  func namesRefusedRows() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      let outcome = try runProgram([
        "rejections", "--json", "--database", folder.appendingPathComponent("db").path,
      ])
      let rows = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
      let found = rows.map {
        "\($0["file"] ?? "")|\($0["line"] ?? "")|\($0["column"] ?? "")|\($0["reason"] ?? "")"
      }
      #expect(
        Set(found) == [
          "flexibility.csv|23||too-few-fields", "pain.csv|36|score|out-of-range",
          "sessions.csv|173|started_at|not-a-date",
        ])
    }
  }

  @Test("keeps the two true repeats")
  func keepsTrueRepeats() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      let outcome = try runProgram([
        "status", "--json", "--database", folder.appendingPathComponent("db").path,
      ])
      let status = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      // 170 rows of the first patient, repeats among them, and 43 of the second.
      #expect((status["records"] as? [String: Int])?["sets"] == 213)
      #expect(status["patients"] as? Int == 2)
    }
  }

  @Test("a second import finds nothing new, also when it reads every row again")
  func secondImportFindsNothing() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      for more in [["--json"], ["--json", "--force"]] {
        let again = try imported(folder, more)
        #expect(again.exit == 3)
        let account = try #require(
          try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any])
        let totals = try #require(account["totals"] as? [String: Int])
        #expect(totals["new"] == 0)
        #expect(totals["changed"] == 0)
        #expect(totals["known"] == 395)
      }
    }
  }

  @Test("writes workbook, text and JSON of both patients and the cohort")
  func writesAllReports() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      let files = try report(folder, into: "reports")
      let names = ["P00001", "P00002", "cohort"].flatMap { name in
        ["html", "xlsx", "txt", "json"].map { "\(name).\($0)" }
      }
      #expect(Set(files.keys) == Set(names))
      let text = String(decoding: files["P00001.txt"] ?? Data(), as: UTF8.self)
      #expect(text.contains("Anna Lindqvist (P00001)"))
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }

  @Test("the same data gives the same bytes: after a second import, in another zone and locale")
  func sameDataSameBytes() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      let first = try report(folder, into: "first")
      _ = try imported(folder, ["--force"])
      #expect(try report(folder, into: "again") == first)
      let elsewhere = [
        "TZ": "Pacific/Auckland", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8",
        "HOME": "/nowhere",
      ]
      #expect(try report(folder, into: "elsewhere", environment: elsewhere) == first)
    }
  }

  @Test("files are for the user alone")
  func filesArePrivate() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      _ = try report(folder, into: "reports")
      let paths = ["db", "reports/P00001.xlsx", "reports/P00001.txt", "reports/cohort.json"]
      for path in paths {
        let attributes = try FileManager.default.attributesOfItem(
          atPath: folder.appendingPathComponent(path).path)
        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(path)")
      }
    }
  }

  @Test("a dry run says the same and leaves no database")
  func dryRunLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let dry = try imported(folder, ["--dry-run"])
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("db").path))
      let real = try imported(folder)
      #expect(dry.output == real.output)
      let after = try imported(folder, ["--dry-run", "--force"])
      #expect(after.output.contains("395 known"))
    }
  }

  @Test("strict refuses the file with the bad row and keeps the good files")
  func strictRefusesTheFile() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let outcome = try runProgram([
        "import", "--strict", fixture("month/pain.csv").path, "--database", database,
      ])
      #expect(outcome.exit == 65)
      #expect(outcome.errors.contains("--strict"))
      let status = try runProgram(["status", "--json", "--database", database])
      #expect(status.output.contains("\"pain\": 0"))
      #expect(status.output.contains("\"refused\": 0"))
    }
  }

  @Test("explain shows the ledger behind a figure, with files and lines")
  func explain() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      let database = folder.appendingPathComponent("db").path
      let call = [
        "explain", "--patient", "P00001", "--month", "2026-10", "--database", database, "--json",
      ]
      let outcome = try runProgram(call + ["pain.change"])
      let ledger = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      let items = try #require(ledger["items"] as? [[String: Any]])
      let parts = items.compactMap { $0["part"] as? Double }
      let value = try #require(ledger["value"] as? Double)
      #expect(ledger["figure"] as? String == "pain.change")
      #expect(abs(parts.reduce(0, +) - value) < 1e-9 && parts.count == items.count)
      #expect(items.allSatisfy { $0["file"] as? String == "pain.csv" && $0["line"] is Int })
      let unknown = try runProgram(call + ["pain.chance"])
      #expect(unknown.exit == 64 && unknown.errors.contains("there is no figure pain.chance"))
      let nobody = try runProgram(
        ["explain", "--patient", "X", "pain.mean", "--database", database])
      #expect(nobody.exit == 66)
    }
  }

  @Test("a changed threshold changes verdicts and the version that the report names")
  func changedThresholds() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      let database = folder.appendingPathComponent("db").path
      let configuration = folder.appendingPathComponent("config.toml")
      func json(_ toml: String) throws -> (exit: Int32, text: String) {
        try Data(toml.utf8).write(to: configuration)
        let outcome = try runProgram([
          "report", "--patient", "P00001", "--month", "2026-10", "--format", "json", "--out",
          folder.path + "/out", "--config", configuration.path, "--database", database,
        ])
        let file = folder.appendingPathComponent("out/P00001.json")
        return (
          outcome.exit, outcome.exit == 0 ? try String(contentsOf: file, encoding: .utf8) : ""
        )
      }
      let plain = try json("")
      #expect(plain.text.contains("\"code\": \"perhaps-less\""))
      let strict = try json("[thresholds]\npain_important = 3\npain_important_share = 0.9")
      #expect(strict.text.contains("\"code\": \"no-change-shown\""))
      #expect(strict.text.contains("2026-11 pain_important=3.0 pain_important_share=0.9"))
      #expect(try json("[thresholds]\npain = 3").exit == 78)
    }
  }

  @Test("the figures as CSV are those of the JSON, for a patient and for all")
  func figuresAsCSV() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      let out = folder.appendingPathComponent("csv").path
      let outcome = try runProgram([
        "report", "--all", "--month", "2026-10", "--format", "csv,json", "--out", out,
        "--database", folder.appendingPathComponent("db").path,
      ])
      #expect(outcome.exit == 0, "\(outcome.errors)")
      let csv = try String(contentsOfFile: out + "/P00001.csv", encoding: .utf8)
      let json = try String(contentsOfFile: out + "/P00001.json", encoding: .utf8)
      let lines = csv.split(separator: "\r\n")
      #expect(lines.first == "patient_id,figure,value,reason")
      let latest = try #require(lines.first { $0.contains(",pain.latest,") })
      let value = latest.split(separator: ",")[2]
      #expect(json.contains("\"latest\": \(value)"))
      let cohort = try String(contentsOfFile: out + "/cohort.csv", encoding: .utf8)
      #expect(cohort.split(separator: "\r\n").count == 3)
      let columns = cohort.split(separator: "\r\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).count
      }
      #expect(Set(columns).count == 1)
    }
  }

  @Test("the JSON holds the keys of the contract and a reason for every absent figure")
  func jsonKeepsTheContract() throws {
    try withTemporaryFolder { folder in
      _ = try imported(folder)
      let files = try report(folder, into: "reports")
      let data = try #require(files["P00001.json"])
      let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let keys = [
        "schema", "lumbar", "options", "patient", "as_of", "period", "answers", "adherence",
        "rules", "pain",
        "flexibility",
        "questionnaires", "associations", "lag_profile", "before", "reasons", "quality",
        "thresholds_version", "sources", "bed_rest", "load",
      ]
      #expect(Set(report.keys) == Set(keys))
      let reasons = try #require(report["reasons"] as? [String: Any])
      #expect(report["before"] is NSNull && reasons["before"] != nil)
      #expect((report["rules"] as? [Any])?.isEmpty == false)
      let pain = try #require(report["pain"] as? [String: Any])
      for (key, value) in pain where value is NSNull {
        #expect(reasons["pain.\(key)"] != nil, "pain.\(key)")
      }
      let tests = try #require(
        (report["associations"] as? [String: Any])?["tests"] as? [[String: Any]])
      #expect(tests.count == 13)
      for (index, test) in tests.enumerated() where test["rho"] is NSNull {
        #expect(reasons["associations.tests[\(index)].rho"] != nil)
      }
      #expect((report["lag_profile"] as? [[String: Any]])?.count == 8)
      #expect(report["schema"] as? Int == 2)
      let answers = try #require(report["answers"] as? [String: [String: Any]])
      #expect(Set(answers.keys) == ["did_it", "flexible", "pain", "links"])
      #expect(answers["pain"]?["code"] as? String == "perhaps-less")
      #expect(answers["pain"]?["change"] as? Double == pain["change"] as? Double)
      #expect(answers["links"]?["code"] as? String == "too-early")
      for (section, answer) in answers {
        for (key, value) in answer where value is NSNull {
          #expect(reasons["answers.\(section).\(key)"] != nil, "answers.\(section).\(key)")
        }
      }
      #expect(pain["kind"] as? String == "average")
      let baseline = try #require(pain["baseline"] as? Double)
      let latest = try #require(pain["latest"] as? Double)
      #expect(pain["change"] as? Double == latest - baseline)
    }
  }
}
