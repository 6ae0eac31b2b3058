import Foundation
import GRDB
import TestSupport
import Testing

/// What forgetting leaves: nothing of the person's, and all that others wrote.
@Suite("What is left of who was forgotten")
struct ForgettingTests {
  private struct Clinic {
    let folder: URL
    init(_ folder: URL) throws {
      self.folder = folder
      for name in ["in", "arch", "pub"] {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(name), withIntermediateDirectories: false)
      }
      try write(
        "c.toml",
        [
          "inbox = 'in'", "reports = 'pub'", "archive = 'arch'", "database = 'd.sqlite'",
          "settle = 0",
        ]
        .joined(separator: "\n"))
    }

    func write(_ path: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(path))
    }

    func run(_ command: String...) throws -> Outcome {
      try runProgram(command + ["--config", "c.toml"], in: folder)
    }

    func text(_ path: String) -> String? {
      try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    /// Files whose name or bytes hold one of some words.
    func naming(_ words: [String]) throws -> [String] {
      let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
      return (paths ?? []).sorted().filter { path in
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(path)) else {
          return false
        }
        return words.contains { path.contains($0) || data.range(of: Data($0.utf8)) != nil }
      }
    }
  }

  @Test("file names, headers, half-made reports and copies are cleared; others' words stay, listed")
  func traces() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write(
        "in/pain.csv",
        """
        patient_id,recorded_at,score,notes
        ZQ77,2026-10-01,3,mine
        OTHER,2026-10-01,3,met ZQ77 in the waiting room
        OTHER,2026-10-02,4,fine
        OTHER,2026-10-03,44,ZQ77 asked me

        """)
      try clinic.write(
        "in/ZQ77_diary.csv",
        "patient_id,recorded_at,score,Zelda_Quux_comment\nZQ77,2026-10-05,3,x\nOTHER,2026-10-05,3,x\n"
      )
      #expect(try clinic.run("nightly").exit == 3)
      #expect(try clinic.run("backup", "copies/b.sqlite").exit == 0)
      try clinic.write("pub/2026-10-05/.ZQ77.txt.4243.tmp", "half a report of ZQ77")
      try clinic.write("copies/b.sqlite.4711.tmp", "half a copy with ZQ77")
      let outcome = try clinic.run("forget", "ZQ77", "--yes")
      #expect(outcome.exit == 0, "\(outcome)")
      let others = try clinic.naming(["ZQ77"])
      #expect(
        others == [
          "arch/pain.csv", "copies/b.sqlite", "d.sqlite", "pub/2026-10-05/OTHER.html",
          "pub/2026-10-05/OTHER.json", "pub/2026-10-05/OTHER.txt", "pub/latest/OTHER.html",
          "pub/latest/OTHER.json", "pub/latest/OTHER.txt",
        ])
      // Of unread columns of a file with rows of the person not even the names are kept.
      #expect(try clinic.naming(["Zelda"]) == [])
      let diary = try #require(
        FileManager.default.contentsOfDirectory(atPath: folder.path + "/arch").first {
          $0.hasPrefix("forgotten-")
        })
      #expect(
        clinic.text("arch/" + diary)
          == "patient_id,recorded_at,score,left-out-4\nOTHER,2026-10-05,3,x\n")
      #expect(
        clinic.text("arch/pain.csv") == """
          patient_id,recorded_at,score,notes
          OTHER,2026-10-01,3,met ZQ77 in the waiting room
          OTHER,2026-10-02,4,fine
          OTHER,2026-10-03,44,ZQ77 asked me

          """)
      for place in ["pain.csv, line 3 (OTHER)", "pain.csv, line 5", "the archive's pain.csv"] {
        #expect(outcome.output.contains(place), "\(outcome.output)")
      }
      #expect(try clinic.run("rejections").output.contains("line 5"))
      #expect(try clinic.run("status").output.contains("Pain entries    3"))
    }
  }

  @Test("names that rows of others use stay, those of nobody go, whatever questionnaires hold")
  func names() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      // The second name that is stored has the number of the second instrument.
      try clinic.write(
        "in/a.csv",
        """
        patient_id,started_at,exercise,minutes
        OTHER,2026-10-01,bridge,3
        ZQ77,2026-10-01,Quuxstretch,3

        """)
      try clinic.write(
        "in/b.csv",
        "patient_id,completed_on,instrument,score\nOTHER,2026-10-01,rmdq,8\nOTHER,2026-10-01,odi,20\n"
      )
      #expect(try clinic.run("nightly").exit == 0)
      #expect(try clinic.run("forget", "ZQ77", "--yes").exit == 0)
      #expect(try clinic.naming(["Quuxstretch"]) == [])
    }
  }

  @Test("an id is the same however its letters are typed")
  func decomposed() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write(
        "in/a.csv",
        "patient_id,recorded_at,score,notes\nJos\u{E9},2026-10-01,3,xyzzy\nB,2026-10-02,4,x\n")
      #expect(try clinic.run("nightly").exit == 0)
      let report = try clinic.run("report", "--patient", "Jose\u{301}", "--out", "-")
      #expect(report.exit == 0, "\(report)")
      #expect(try clinic.run("forget", "Jose\u{301}", "--yes").output.contains("1 records"))
      #expect(try clinic.naming(["xyzzy", "Jos\u{E9}"]) == [])
      try clinic.write(
        "in/b.csv", "patient_id,recorded_at,score\nJose\u{301},2026-10-03,3\nB,2026-10-03,4\n")
      #expect(try clinic.run("nightly").exit == 0)
      #expect(try clinic.run("status").output.contains("Patients        1"))
    }
  }

  @Test("refused rows go by the column that names whose they are, wherever it stands")
  func refusedColumn() throws {
    for (id, left) in [("4", "1 of nine"), ("9", "")] {
      try withTemporaryFolder { folder in
        let clinic = try Clinic(folder)
        try clinic.write(
          "in/a.csv",
          """
          score,recorded_at,patient_id,notes
          4,2026-10-01,4,a
          5,2026-10-02,9,b
          4,2026-13-01,9,1 of nine

          """)
        #expect(try clinic.run("nightly").exit == 3)
        #expect(try clinic.run("forget", id, "--yes").exit == 0)
        #expect(try clinic.run("rejections").output.contains("line 4") == !left.isEmpty)
        #expect(try clinic.naming(["1 of nine"]).isEmpty == left.isEmpty)
      }
    }
  }

  @Test("files that were read as the person's go whole, whatever became of their rows")
  func givenPatient() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write(
        "in/q.csv", "patient_id,recorded_at,score\nP1,2026-10-02,4\nQ,2026-10-02,4\n")
      #expect(try clinic.run("nightly").exit == 0)
      try clinic.write(
        "in/a.csv", "recorded_at,score,notes\n2026-10-01,33,xyzzy\n2026-10-02,44,xyzzy\n")
      #expect(try clinic.run("nightly", "--patient", "P1").exit == 3)
      try clinic.write(
        "in/b.csv", "recorded_at,score,notes\n2026-10-04,3,xyzzy\n2026-10-05,4,plugh\n")
      try clinic.write(
        "in/c.csv", "recorded_at,score,notes\n2026-10-05,4,plugh\n2026-10-04,3,xyzzy\n")
      #expect(try clinic.run("nightly", "--patient", "P1").exit == 0)
      let outcome = try clinic.run("forget", "P1", "--yes")
      #expect(outcome.exit == 0, "\(outcome)")
      #expect(try clinic.naming(["xyzzy", "plugh"]) == [])
      #expect(try clinic.run("rejections").output == "No refused rows.\n")
      #expect(clinic.text("arch/q.csv") == "patient_id,recorded_at,score\nQ,2026-10-02,4\n")
    }
  }

  @Test("letters of JSON written as numbers hide nobody; a document of several people is named")
  func escaped() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write(
        "in/d.ndjson",
        #"{"patient_id":"ZQ\u00377","recorded_at":"2026-10-01","score":3,"notes":"xyzzy"}"# + "\n"
          + #"{"patient_id":"OTHER","recorded_at":"2026-10-01","score":4}"# + "\n")
      try clinic.write(
        "in/e.json",
        #"{"pain":[{"patient_id":"ZQ77","recorded_at":"2026-10-02","score":3},"#
          + #"{"patient_id":"OTHER","recorded_at":"2026-10-02","score":3}]}"#)
      #expect(try clinic.run("nightly").exit == 0)
      let outcome = try clinic.run("forget", "ZQ77", "--yes")
      #expect(outcome.exit == 0 && outcome.output.contains("Rows of others went"), "\(outcome)")
      #expect(outcome.output.contains("e.json"))
      #expect(try clinic.naming(["xyzzy", "ZQ77", "u00377"]) == [])
      #expect(clinic.text("arch/d.ndjson")?.contains("OTHER") == true)
    }
  }

  @Test("copies that cannot be are named, and everything else is cleared")
  func oddCopies() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write(
        "in/a.csv", "patient_id,recorded_at,score\nZQ77,2026-10-01,3\nB,2026-10-01,3\n")
      #expect(try clinic.run("nightly").exit == 0)
      try DatabaseQueue(path: folder.path + "/d.sqlite").write {
        for path in [
          "'a'", "'.'", "'é'", "'x/'", "'c' || char(0) || 'd'", "cast(x'ff00fe' AS TEXT)",
        ] {
          try $0.execute(sql: "INSERT INTO backup VALUES (\(path), '')")
        }
      }
      let outcome = try clinic.run("forget", "ZQ77", "--yes")
      #expect([0, 3].contains(outcome.exit), "\(outcome)")
      #expect(try clinic.naming(["ZQ77"]) == [])
    }
  }

  @Test("a table that names a person only where it changes loses just that person's rows")
  func filledDown() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write(
        "in/p.toml",
        """
        name = "filled"
        [[layout]]
        kind = "pain"
        fill_down = ["patient_id"]
        [layout.columns]
        patient_id = "patient_id"
        recorded_at = "recorded_at"
        score = "score"
        """)
      try clinic.write(
        "d.csv",
        "patient_id,recorded_at,score\nOTHER,2026-10-01,3\nZQ77,2026-10-01,4\n,2026-10-02,5\n")
      let imported = try clinic.run("import", "d.csv", "--profile", "in/p.toml")
      #expect(imported.exit == 0, "\(imported)")
      try FileManager.default.moveItem(
        at: folder.appendingPathComponent("d.csv"), to: folder.appendingPathComponent("arch/d.csv"))
      #expect(try clinic.run("forget", "ZQ77", "--yes").exit == 0)
      #expect(clinic.text("arch/d.csv") == "patient_id,recorded_at,score\nOTHER,2026-10-01,3\n")
    }
  }
}
