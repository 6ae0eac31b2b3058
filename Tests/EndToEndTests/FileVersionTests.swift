import Foundation
import TestSupport
import Testing

/// A file that comes again with other content: what it does not hold any more is told, and taken
/// back where that is asked for.
@Suite("Versions of a file")
struct FileVersionTests {
  private func pain(_ rows: String...) -> String {
    "patient_id,recorded_at,score\n" + rows.map { $0 + "\n" }.joined()
  }

  @Test(
    "Rows that are gone are told and stay; --replace takes them back, and undo brings them again")
  func goneRows() throws {
    try withLogDesk { desk in
      try desk.write(
        "a.csv", pain("A,2026-08-01,1", "A,2026-08-02,2", "A,2026-08-03,3", "A,2026-08-04,4"))
      try desk.run("import", "a.csv")
      try desk.write("a.csv", pain("A,2026-08-01,1", "A,2026-08-04,4"))
      let told = try desk.run("import", "a.csv").output
      #expect(
        told.contains(
          "2 rows of the earlier version of this file are no longer in it; --replace takes them back"
        ))
      #expect(try desk.status()["pain"] == 4)
      // The same bytes once more: the option is heard all the same.
      #expect(
        try desk.run("import", "a.csv", "--replace").output.contains(
          "2 rows of the earlier version of this file taken back"))
      #expect(try desk.scores() == ["A 2026-08-01 1", "A 2026-08-04 4"])
      #expect(
        try desk.counts("a.csv", "--replace") == [
          "read": 2, "new": 0, "changed": 0, "known": 2, "refused": 0, "left_out": 0, "records": 0,
          "no_longer_in_it": 0, "taken_back": 0,
        ])
      #expect(
        try desk.run("import", "--undo", "3").output
          == "Run 3 undone: 1 file, 0 records removed, 2 corrections taken back.\n")
      #expect(try desk.status()["pain"] == 4)
    }
  }

  @Test("A row that differs is a change with --replace, and beside the other without")
  func corrected() throws {
    try withLogDesk { desk in
      try desk.write("a.csv", pain("A,2026-08-01T20:00,8", "A,2026-08-02T20:00,7"))
      try desk.run("import", "a.csv")
      try desk.write("a.csv", pain("A,2026-08-01T20:00,2", "A,2026-08-02T20:00,7"))
      let dry = try desk.run("import", "a.csv", "--dry-run").output
      #expect(dry.contains("1 row of the earlier version of this file is no longer in it"))
      let counts = try desk.counts("a.csv", "--replace")
      #expect(counts["changed"] == 1)
      #expect(counts["known"] == 1)
      #expect(counts["new"] == 0)
      #expect(try desk.scores().map { $0.suffix(1) } == ["2", "7"])
      try desk.run("import", "--undo", "2")
      #expect(try desk.scores().map { $0.suffix(1) } == ["8", "7"])
    }
  }

  @Test("A file that does not reach over the days of its earlier version takes nothing back")
  func otherDays() throws {
    try withLogDesk { desk in
      try desk.write("a.csv", pain("A,2026-08-01,1", "A,2026-08-02,2"))
      try desk.run("import", "a.csv")
      try desk.write("a.csv", pain("A,2026-08-02,2", "A,2026-08-03,3"))
      let plain = try desk.run("import", "a.csv").output
      #expect(!plain.contains("earlier version"))
      try desk.write("a.csv", pain("A,2026-08-03,3", "A,2026-08-04,4"))
      let outcome = try desk.run("import", "a.csv", "--replace").output
      #expect(outcome.contains("it does not reach over all days of its earlier version"))
      #expect(try desk.status()["pain"] == 4)
    }
  }

  @Test("A row that another file holds too stays")
  func heldElsewhere() throws {
    try withLogDesk { desk in
      let whole = pain("A,2026-08-01,1", "A,2026-08-02,2", "A,2026-08-03,3")
      let cut = pain("A,2026-08-01,1", "A,2026-08-03,3")
      try desk.write("a.csv", whole)
      try desk.write("b.csv", whole + "A,2026-08-04,4\n")
      try desk.run("import", "a.csv")
      try desk.run("import", "b.csv")
      try desk.write("a.csv", cut)
      let outcome = try desk.run("import", "a.csv", "--replace").output
      #expect(outcome.contains("another file holds rows of the same days"), "\(outcome)")
      #expect(try desk.status()["pain"] == 4)
      // The same bytes elsewhere are another file as well.
      try desk.write("c.csv", pain("B,2026-08-01,1", "B,2026-08-02,2", "B,2026-08-03,3"))
      try desk.run("import", "c.csv")
      try desk.write("d.csv", pain("B,2026-08-01,1", "B,2026-08-02,2", "B,2026-08-03,3"))
      try desk.run("import", "d.csv")
      try desk.write("c.csv", pain("B,2026-08-01,1", "B,2026-08-03,3"))
      try desk.run("import", "c.csv", "--replace")
      #expect(try desk.status()["pain"] == 7)
      // When the other one does not hold it any more either, that one's rows still are its own.
      try desk.write("d.csv", pain("B,2026-08-01,1", "B,2026-08-03,3"))
      try desk.run("import", "d.csv", "--replace")
      #expect(try desk.status()["pain"] == 6)
    }
  }

  @Test("A longer export under another name holds what it begins with")
  func continued() throws {
    try withLogDesk { desk in
      func rows(_ days: Int) -> String {
        "patient_id,recorded_at,score,notes\n"
          + (0..<days).map { "A,20\(10 + $0 / 28)-01-\(10 + $0 % 28 / 2),\($0 % 10),note \($0)\n" }
          .joined()
      }
      try desk.write("a.csv", rows(200))
      try desk.run("import", "a.csv")
      try desk.write("b.csv", rows(210))
      #expect(try desk.counts("b.csv")["new"] == 10)
      let cut = rows(200).split(separator: "\n").filter { !$0.hasSuffix("note 50") }
      try desk.write("a.csv", cut.joined(separator: "\n") + "\n")
      let outcome = try desk.run("import", "a.csv", "--replace").output
      #expect(outcome.contains("another file holds rows of the same days"), "\(outcome)")
      #expect(try desk.status()["pain"] == 210)
      // Under its own name it is the next version: of that only the end is read.
      try desk.write("b.csv", rows(220))
      #expect(try desk.counts("b.csv")["new"] == 10)
      let shorter = rows(220).split(separator: "\n").filter { !$0.hasSuffix("note 215") }
      try desk.write("b.csv", shorter.joined(separator: "\n") + "\n")
      #expect(try desk.counts("b.csv", "--replace")["taken_back"] == 1)
      #expect(try desk.status()["pain"] == 219)
    }
  }

  @Test("Files of one name in two folders are versions only of the same people")
  func sameNames() throws {
    try withLogDesk { desk in
      try desk.write("one/pain.csv", pain("A,2026-08-01,1", "A,2026-08-02,2"))
      try desk.write("two/pain.csv", pain("B,2026-08-01,1", "B,2026-08-03,2"))
      try desk.run("import", "one/pain.csv")
      let other = try desk.run("import", "two/pain.csv", "--replace").output
      #expect(!other.contains("earlier version"))
      #expect(try desk.status()["pain"] == 4)
      try desk.write("two/pain.csv", pain("B,2026-08-01,1", "B,2026-08-03,2", "B,2026-08-04,2"))
      #expect(try !desk.run("import", "two/pain.csv", "--replace").output.contains("version"))
      #expect(try desk.status()["pain"] == 5)
      try desk.write("two/pain.csv", pain("B,2026-08-01,1", "B,2026-08-03,2"))
      try desk.run("import", "two/pain.csv")
      // A file that was moved is the same one still.
      try desk.write("new/pain.csv", pain("B,2026-08-01,1", "B,2026-08-03,9"))
      #expect(try desk.counts("new/pain.csv", "--replace")["changed"] == 1)
    }
  }

  @Test("A last row without an end is replaced by the next version, whatever is asked for")
  func cutRow() throws {
    try withLogDesk { desk in
      try desk.write("a.csv", "patient_id,recorded_at,score\nA,2026-08-01,3\nA,2026-08-02,1")
      try desk.run("import", "a.csv")
      try desk.write("a.csv", "patient_id,recorded_at,score\nA,2026-08-01,3\nA,2026-08-02,10\n")
      let outcome = try desk.run("import", "a.csv").output
      #expect(outcome.contains("1 changed, 1 known"), "\(outcome)")
      #expect(outcome.contains("1 row of the earlier version, cut off at its end, is replaced"))
      #expect(try desk.scores() == ["A 2026-08-01 3", "A 2026-08-02 10"])
      try desk.run("import", "--undo", "2")
      #expect(try desk.scores() == ["A 2026-08-01 3", "A 2026-08-02 1"])
    }
  }

  @Test("and so is its refusal; a whole last row without an end stays")
  func cutAndRefused() throws {
    try withLogDesk { desk in
      try desk.write("a.csv", "patient_id,recorded_at,score\nA,2026-08-01,3\nA,2026-08-0")
      #expect(try desk.run("import", "a.csv").exit == 3)
      try desk.write("a.csv", "patient_id,recorded_at,score\nA,2026-08-01,3\nA,2026-08-02,10")
      try desk.run("import", "a.csv")
      #expect(try desk.run("rejections").output == "No refused rows.\n")
      try desk.write(
        "a.csv", "patient_id,recorded_at,score\nA,2026-08-01,3\nA,2026-08-02,10\nA,2026-08-03,4")
      let outcome = try desk.run("import", "a.csv").output
      #expect(outcome == "a.csv  pain: 3 read, 1 new, 2 known\n")
    }
  }

  @Test("A last row of one letter is half a row; in UTF-16 and with other line ends it is seen too")
  func oddEnds() throws {
    try withLogDesk { desk in
      let header = "patient_id,recorded_at,score\n"
      try desk.write("a.csv", header + "A,2026-08-01,3\nA")
      #expect(try desk.run("import", "a.csv").exit == 3)
      try desk.write("a.csv", header + "A,2026-08-01,3\nA,2026-08-02,10\n")
      try desk.run("import", "a.csv")
      #expect(try desk.run("rejections").output == "No refused rows.\n")
      func wide(_ text: String) -> Data {
        Data([0xFF, 0xFE]) + text.data(using: .utf16LittleEndian)!
      }
      let file = desk.folder.appendingPathComponent("w.csv")
      try wide(header + "B,2026-08-01,1").write(to: file)
      try desk.run("import", "w.csv")
      try wide(header + "B,2026-08-01,10\n").write(to: file)
      #expect(try desk.run("import", "w.csv").output.contains("1 read, 1 changed"))
    }
  }

  @Test("An exercise with another name at the same times may have been renamed")
  func rename() throws {
    try withLogDesk { desk in
      func sessions(_ name: String) -> String {
        "patient_id,started_at,exercise,minutes\n"
          + (1...5).map { "A,2026-08-0\($0)T07:30,\(name),20\nA,2026-08-0\($0)T08:00,Plank,1\n" }
          .joined()
      }
      try desk.write("s.csv", sessions("Walking"))
      try desk.run("import", "s.csv")
      try desk.write("s.csv", sessions("Brisk walking"))
      let outcome = try desk.run("import", "s.csv").output
      #expect(outcome.contains("[aliases] \"Walking\" = \"Brisk walking\""), "\(outcome)")
      #expect(outcome.contains("5 rows of the earlier version of this file are no longer in it"))
    }
  }

  private let draft =
    "name = \"p\"\nkind = \"sessions\"\n[columns]\nstarted_at = \"day\"\n[constants]\nexercise = "

  @Test("A corrected profile replaces what its earlier text made of a file; another one does not")
  func correctedProfile() throws {
    try withLogDesk { desk in
      try desk.write("d.csv", "day,pain\n2026-08-01,4\n2026-08-02,bad\n")
      try desk.write("p.toml", draft + "\"walk\"\n")
      try desk.run("import", "d.csv", "--profile", "p.toml", "--patient", "A")
      try desk.write("p.toml", draft + "\"swim\"\n")
      let again = try desk.run("import", "d.csv", "--profile", "p.toml", "--patient", "A").output
      #expect(
        again.contains(
          "this file was imported before as sessions (run 1): 2 rows of it taken back"), "\(again)")
      #expect(try desk.status()["sets"] == 2)
      try desk.write(
        "q.toml",
        "name = \"q\"\nkind = \"pain\"\n[columns]\nrecorded_at = \"day\"\nscore = \"pain\"\n")
      let other = try desk.run("import", "d.csv", "--profile", "q.toml", "--patient", "A").output
      #expect(
        other.contains(
          "this file was imported before (run 2) as sessions; those 2 rows stay: lumbar import --undo "
            + "2"), "\(other)")
      #expect(try desk.status()["sets"] == 2)
      #expect(try desk.run("rejections").output.contains("d.csv, line 3"))
      try desk.write("p.toml", draft + "\"row\"\n")
      try desk.run("import", "d.csv", "--profile", "p.toml", "--patient", "A")
      // What another profile refused is refused still.
      #expect(try desk.run("rejections").output.contains("d.csv, line 3"))
    }
  }

  // MARK: Nights

  @Test("A night tells once what is gone; replaces = true takes it back, also later")
  func nightly() throws {
    try withLogDesk { desk in
      let plain = "inbox = \"in\"\n"
      try desk.write("in/a.csv", pain("A,2026-08-01T20:00,8", "A,2026-08-02T20:00,7"))
      #expect(try desk.night(plain).exit == 0)
      try desk.write("in/a.csv", pain("A,2026-08-01T20:00,2", "A,2026-08-02T20:00,7"))
      let told = try desk.night(plain)
      #expect(told.exit == 3)
      #expect(
        told.errors.contains("a.csv: 1 row of its earlier version is no longer in it, and stays."))
      #expect(try desk.night(plain).exit == 0)
      #expect(try desk.status()["pain"] == 3)
      let replacing = "[[inbox]]\npath = \"in\"\nreplaces = true\n"
      let silent = try desk.night(replacing)
      #expect(silent.exit == 0 && silent.errors.isEmpty, "\(silent)")
      #expect(try desk.scores().map { $0.suffix(1) } == ["2", "7"])
      try desk.write("in/a.csv", pain("A,2026-08-01T20:00,3", "A,2026-08-02T20:00,7"))
      #expect(try desk.night(replacing).exit == 0)
      #expect(try desk.scores().map { $0.suffix(1) } == ["3", "7"])
    }
  }

  @Test("Each inbox is read in its own way, the innermost counts, and a file may come later")
  func inboxes() throws {
    try withLogDesk { desk in
      let rows = "recorded_at,score\n2026-08-01,3\n"
      try desk.write("box/y.csv", pain("A,2026-08-01,1"))
      try desk.write("box/sub/x.csv", rows)
      try desk.write("one.csv", rows)
      let configuration = """
        [[inbox]]
        path = "box"
        [[inbox]]
        path = "box/sub"
        patient = "B"
        [[inbox]]
        path = "one.csv"
        patient = "C"
        [[inbox]]
        path = "later.csv"
        """
      let first = try desk.night(configuration)
      #expect(first.exit == 0 && first.errors.isEmpty, "\(first)")
      #expect(try desk.scores() == ["A 2026-08-01 1", "B 2026-08-01 3", "C 2026-08-01 3"])
      try desk.write("later.csv", pain("D,2026-08-01,4"))
      #expect(try desk.night(configuration).exit == 0)
      #expect(try desk.scores().count == 4)
      #expect(try desk.night("[[inbox]]\npath = \"nowhere/at/all.csv\"").exit == 66)
      // Without any inbox it is a matter of the configuration.
      #expect(try desk.night("").exit == 78)
    }
  }

  @Test("A half written last row is replaced in the next night, and a look-alike is told once")
  func nightlyCut() throws {
    try withLogDesk { desk in
      let plain = "inbox = \"in\"\n"
      try desk.write("in/a.csv", "patient_id,recorded_at,score\n007,2026-08-01,3\n007,2026-08-02,1")
      #expect(try desk.night(plain).exit == 0)
      try desk.write(
        "in/a.csv", "patient_id,recorded_at,score\n007,2026-08-01,3\n007,2026-08-02,10\n")
      #expect(try desk.night(plain).exit == 0)
      #expect(try desk.scores().map { $0.split(separator: " ")[2] } == ["3", "10"])
      try desk.write("in/b.csv", pain("7,2026-08-01,3"))
      let told = try desk.night(plain)
      #expect(told.exit == 3)
      #expect(told.errors.contains("new patient 7 looks like 007: lumbar merge"))
      #expect(try desk.night(plain).exit == 0)
    }
  }

  @Test("Aliases join exercises in reports, and rows keep what their files say")
  func aliases() throws {
    try withLogDesk { desk in
      try desk.write(
        "p.csv",
        "patient_id,exercise,component,sessions_per_week,start_on\nA,Zorb,aerobic,7,2026-08-03\n")
      try desk.write(
        "s.csv",
        "patient_id,started_at,exercise,minutes\n"
          + (3...9).map { "A,2026-08-0\($0)T07:30,flup,20\n" }.joined())
      try desk.run("import", "p.csv", "s.csv")
      try desk.write("c.toml", "[aliases]\n\"Flup\" = \"Zorb\"\n")
      func dose(_ more: String...) throws -> Double? {
        let outcome = try runProgram(
          ["explain", "--patient", "A", "adherence.program.dose_capped", "--json"] + more
            + ["--database", desk.database], in: desk.folder)
        let document =
          try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return document?["value"] as? Double
      }
      #expect(try dose() == 0)
      #expect(try dose("--config", "c.toml") == 1)
      try desk.run("export", "--out", "out", "--config", "c.toml")
      #expect(
        try String(contentsOfFile: desk.path("out/sessions.csv"), encoding: .utf8).contains("flup"))
    }
  }
}
