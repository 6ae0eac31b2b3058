import Foundation
import TestSupport
import Testing

@Suite("lumbar export")
struct ExportTests {
  /// Files with every kind and whatever is hard to bring back.
  private func hardFiles(_ folder: URL) throws {
    let files = [
      "sessions.csv": """
      patient_id,started_at,exercise,component,sets,reps,hold_seconds,minutes,rpe,completed,notes,side,load_kg,angle_deg,pain_before,pain_after,session_id,order,local_day,clock
      漢字 1,2026-10-01T07:15:30.250+05:30,"Bridge, long",strengthening,3,10,,,4,yes,"a ""quote"" and
      a line, and =cmd",left,12.5,,2,3,s1,1,
      漢字 1,2026-10-02T00:30:00-03:00,Bridge,strengthening,3,10,0.1,,,,''=x,,,,,,,,2026-10-01
      漢字 1,2026-10-02T00:30:00-03:00,Bridge,strengthening,3,10,0.1,,,,''=x,,,,,,,,2026-10-01
      ‎é,2026-10-05,Walk,aerobic,,,,0.00001,,no, spaces ,,,,,,,,
      '=A1,2026-10-05,'-twist,other,,,,2,,,'@me,right,-5,30,,,,,
      """,
      "pain.csv": """
      patient_id,recorded_at,score,kind,location,notes,scale,flare
      漢字 1,2026-10-01T21:00:00Z,3.5,worst,lower back,"=1+1",,yes
      漢字 1,2026-10-02,40,average,knee,,VAS 0-100,no
      """,
      "flexibility.csv": """
      patient_id,measured_on,measure,value,unit,side,rater,device,trial,convention
      漢字 1,2026-10-01,straight_leg_raise,-2.5,deg,left,R. Smith,goniometer,2,
      """,
      "program.csv": """
      patient_id,exercise,component,sessions_per_week,weekdays,sets,reps,hold_seconds,minutes,angle_deg,side,start_on,end_on
      漢字 1,Bridge,strengthening,,mon wed sun,3,10,,,,both,2026-09-01,2027-01-01
      漢字 1,Table,inversion,2.5,,,,,3,30,,,
      """,
      "patients.csv": """
      patient_id,name,timezone,sex,language
      漢字 1,"山田, 太郎",Asia/Tokyo,m,ja
      """,
      "days.csv": """
      patient_id,date,status,hours,reason
      漢字 1,2026-10-03,bed-rest,5.5,"-flu"
      """,
      "questionnaires.csv": """
      patient_id,completed_on,instrument,score,items
      漢字 1,2026-10-04,odi,,1 2 3 4 5 0 1 2 3 4
      漢字 1,2026-10-05,rmdq,7,
      """,
    ]
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
  }

  /// All records of a database in words, without provenance, in an order of their own.
  private func content(_ database: String) throws -> [String] {
    let outcome = try runProgram([
      "export", "--format", "json", "--out", "-", "--database", database,
    ])
    #expect(outcome.exit == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let kinds = try #require(object as? [String: [[String: Any]]])
    return try kinds.flatMap { kind, rows in
      try rows.map { row in
        let data = try JSONSerialization.data(withJSONObject: row, options: .sortedKeys)
        return kind + String(decoding: data, as: UTF8.self)
      }
    }.sorted()
  }

  private func withImported(_ body: (URL, String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let hard = folder.appendingPathComponent("hard")
      try FileManager.default.createDirectory(at: hard, withIntermediateDirectories: true)
      try hardFiles(hard)
      let database = folder.appendingPathComponent("db").path
      let outcome = try runProgram([
        "import", hard.path, fixture("month").path, "--database", database,
      ])
      #expect(outcome.exit == 3, "\(outcome.output) \(outcome.errors)")
      try body(folder, database)
    }
  }

  @Test("what was exported imports as the same records", arguments: ["csv", "json"])
  func lossless(_ format: String) throws {
    try withImported { folder, database in
      let out = folder.appendingPathComponent("out").path
      let outcome = try runProgram(
        ["export", "--format", format, "--out", out, "--database", database])
      #expect(outcome.exit == 0, "\(outcome.errors)")
      let copy = folder.appendingPathComponent("copy").path
      let imported = try runProgram(["import", out, "--database", copy])
      #expect(imported.exit == 0, "\(imported.output) \(imported.errors)")
      let (before, after) = (try content(database), try content(copy))
      #expect(before.count > 300)
      #expect(after == before)
      // The database itself says the same: importing the export into it changes nothing.
      let known = try runProgram(["import", out, "--json", "--database", database])
      #expect(known.exit == 0)
      #expect(known.output.contains("\"new\": 0") && known.output.contains("\"changed\": 0"))
    }
  }

  @Test("files are private, whole, and their formulas harmless")
  func files() throws {
    try withImported { folder, database in
      let out = folder.appendingPathComponent("out")
      _ = try runProgram(["export", "--out", out.path, "--database", database])
      let names = try FileManager.default.contentsOfDirectory(atPath: out.path).sorted()
      #expect(names.count == 8 && names.allSatisfy { $0.hasSuffix(".csv") })
      for name in names {
        let path = out.appendingPathComponent(name).path
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
      }
      let pain = try String(contentsOf: out.appendingPathComponent("pain.csv"), encoding: .utf8)
      #expect(pain.contains("'=1+1"))
    }
  }

  @Test("de-identified files name nobody, and come out the same each time")
  func deidentified() throws {
    try withImported { folder, database in
      var texts: [String] = []
      for run in ["a", "b"] {
        let out = folder.appendingPathComponent(run)
        let outcome = try runProgram(
          ["export", "--deidentified", "--out", out.path, "--database", database])
        #expect(outcome.exit == 0, "\(outcome.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: out.path).sorted()
        #expect(names.contains("dictionary.csv"))
        texts.append(
          try names.map {
            try String(contentsOf: out.appendingPathComponent($0), encoding: .utf8)
          }.joined())
      }
      #expect(texts[0] == texts[1])
      for secret in [
        "漢字", "山田", "P00001", "Lindqvist", "R. Smith", "goniometer", "quote", "flu", "Tokyo",
        "2026-10-31", "2027-01-01", "s1,",
      ] { #expect(!texts[0].contains(secret), "\(secret)") }
      let copy = folder.appendingPathComponent("copy").path
      let imported = try runProgram(
        ["import", folder.appendingPathComponent("a").path, "--database", copy])
      #expect([0, 3].contains(imported.exit), "\(imported.errors)")
    }
  }

  @Test("one person, some days, or FHIR on standard output")
  func choices() throws {
    try withImported { _, database in
      let one = try runProgram([
        "export", "--patient", "P00001", "--from", "2026-10-05", "--to", "2026-10-06", "--format",
        "fhir", "--out", "-", "--database", database,
      ])
      #expect(one.exit == 0)
      let lines = one.output.split(separator: "\n")
      #expect(lines.first?.contains("\"Patient\"") == true)
      #expect(
        lines.dropFirst().allSatisfy { $0.contains("2026-10-05") || $0.contains("2026-10-06") })
      #expect(lines.count > 2)
    }
  }

  @Test(
    "wrong calls are said in words",
    arguments: [
      (["--format", "xml"], 64), (["--out", "-"], 64), (["--patient", "nobody"], 66),
      (["--from", "2026-10-09", "--to", "2026-10-01"], 64), (["--out", "/dev/null/x"], 73),
    ] as [([String], Int32)])
  func wrongCalls(_ arguments: [String], _ exit: Int32) throws {
    try withImported { folder, database in
      var arguments = arguments
      if !arguments.contains("--out") { arguments += ["--out", folder.path + "/x"] }
      let outcome = try runProgram(["export"] + arguments + ["--database", database])
      #expect(outcome.exit == exit, "\(outcome.errors)")
      #expect(!outcome.errors.isEmpty)
    }
  }
}

@Suite("Reports that name nobody")
struct PseudonymousTests {
  @Test("hold no id, name, note or file name, and the same codes each time")
  func nobody() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      _ = try runProgram(["import", fixture("month").path, "--database", database])
      var lists: [[String]] = []
      for run in ["a", "b"] {
        let out = folder.appendingPathComponent(run)
        let outcome = try runProgram([
          "report", "--all", "--month", "2026-10", "--pseudonymous", "--format",
          "xlsx,txt,json,csv", "--out", out.path, "--database", database,
        ])
        #expect(outcome.exit == 0, "\(outcome.errors)")
        lists.append(try FileManager.default.contentsOfDirectory(atPath: out.path).sorted())
      }
      #expect(lists[0] == lists[1] && lists[0].count == 12)
      let out = folder.appendingPathComponent("a")
      for name in lists[0] {
        let data = try Data(contentsOf: out.appendingPathComponent(name))
        let parts = name.hasSuffix(".xlsx") ? try unzipped(Array(data)) : ["": Array(data)]
        for (part, bytes) in parts {
          let text = String(decoding: bytes, as: UTF8.self)
          for secret in ["P00001", "P00002", "Lindqvist", "sessions.csv"] {
            #expect(!text.contains(secret), "\(secret) in \(name) \(part)")
          }
        }
      }
      let key = try FileManager.default.attributesOfItem(atPath: database + ".key")
      #expect(key[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("figures are those of the named report")
  func sameFigures() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      _ = try runProgram(["import", fixture("month").path, "--database", database])
      func page(_ more: [String]) throws -> [Substring] {
        try runProgram(
          [
            "report", "--patient", "P00001", "--month", "2026-10", "--out", "-", "--database",
            database,
          ]
            + more
        ).output.split(separator: "\n").filter { !$0.contains("P00001") && !$0.contains("P-") }
      }
      let named = try page([]).filter { !$0.contains("Sources") && !$0.contains("Thresholds") }
      let coded = try page(["--pseudonymous"])
      #expect(named.prefix(40).allSatisfy { coded.contains($0) })
    }
  }

  @Test("a spoilt key is said, not replaced")
  func spoiltKey() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      _ = try runProgram(["import", fixture("month").path, "--database", database])
      try "abc".write(toFile: database + ".key", atomically: true, encoding: .utf8)
      let outcome = try runProgram([
        "report", "--all", "--pseudonymous", "--out", folder.path, "--database", database,
      ])
      #expect(outcome.exit == 78)
      #expect(outcome.errors.contains(".key"))
    }
  }
}
