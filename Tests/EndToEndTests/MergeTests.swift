import Foundation
import TestSupport
import Testing

/// Two ids of one person become one, and two again.
@Suite("Joining two ids")
struct MergeTests {
  private struct Desk {
    let folder: URL

    func write(_ name: String, _ lines: String...) throws {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(
        to: folder.appendingPathComponent(name))
    }

    @discardableResult
    func run(_ arguments: String...) throws -> Outcome {
      try runProgram(arguments + ["--database", folder.path + "/lumbar.sqlite"], in: folder)
    }

    /// Everything that is exported, by file.
    func export() throws -> [String: String] {
      let out = folder.path + "/out-\(UUID().uuidString)"
      try run("export", "--out", out)
      var texts: [String: String] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: out) {
        texts[name] = try String(contentsOfFile: out + "/" + name, encoding: .utf8)
      }
      return texts
    }

    func rows(_ name: String) throws -> [String] {
      try (export()[name] ?? "").split(whereSeparator: \.isNewline).dropFirst().map(String.init)
    }
  }

  /// Rows of `old` and `new` of every sort: equal ones, others, and ones with keys.
  private func withTwo(_ body: (Desk) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let desk = Desk(folder: folder)
      try desk.write(
        "s.csv", "patient_id,started_at,exercise,reps", "new,2026-08-01,Walk,5",
        "new,2026-08-01,Walk,5", "old,2026-08-01,Walk,5", "old,2026-08-02,Walk,5",
        "old,2026-08-02,Walk,5")
      try desk.write(
        "p.csv", "patient_id,exercise,component,sessions_per_week,start_on",
        "new,Walk,aerobic,7,2026-08-01", "old,Walk,aerobic,3,2026-08-01",
        "old,Plank,strengthening,3,2026-08-01")
      try desk.write("n.csv", "patient_id,name,timezone", "old,Ann,UTC")
      try desk.run("import", "s.csv", "p.csv", "n.csv")
      try body(desk)
    }
  }

  @Test("Rows of both are known once, keyed ones of the id that stays count, undo parts them")
  func joined() throws {
    try withTwo { desk in
      let before = try desk.export()
      let outcome = try desk.run("merge", "old", "new", "--json")
      #expect(outcome.exit == 0)
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect(document["joined"] as? Int == 4)
      #expect(document["known"] as? Int == 1)
      #expect(document["replaced"] as? Int == 1)
      #expect(try desk.rows("sessions.csv").count == 4)
      let program = try desk.rows("program.csv")
      #expect(program.count == 2)
      #expect(program.contains { $0.contains("Walk") && $0.contains(",7,") })
      #expect(try desk.rows("patients.csv") == ["new,Ann,UTC,,"])
      let run = try #require(document["run"] as? Int)
      #expect(try desk.run("import", "--undo", "1").exit == 64)
      #expect(try desk.run("import", "--undo", "\(run)").exit == 0)
      #expect(try desk.export() == before)
      // And once more, as if it had never been.
      #expect(try desk.run("merge", "old", "new").exit == 0)
      #expect(try desk.rows("sessions.csv").count == 4)
    }
  }

  @Test("What later imports bring under the id that went is the other's")
  func later() throws {
    try withTwo { desk in
      try desk.run("merge", "old", "new")
      try desk.write(
        "later.csv", "patient_id,started_at,exercise,reps", "old,2026-08-02,Walk,5",
        "new,2026-08-02,Walk,5", "old,2026-08-09,Walk,5", "new,2026-08-09,Squat,5",
        "old,2026-08-09,Plank,5")
      let outcome = try desk.run("import", "later.csv").output
      #expect(outcome.contains("5 read, 3 new, 2 known"), "\(outcome)")
      #expect(try desk.rows("sessions.csv").count == 7)
      #expect(try desk.rows("sessions.csv").allSatisfy { $0.hasPrefix("new,") })
      let page = try desk.run("report", "--patient", "old", "--out", "-")
      #expect(page.exit == 0 && page.output.contains("(new)"), "\(page)")
      // The same file again is known.
      #expect(try desk.run("import", "s.csv").output.contains("5 known"))
      try desk.run("import", "s.csv", "--force")
      #expect(try desk.rows("sessions.csv").count == 7)
    }
  }

  @Test("Ids that are one, unknown, or joined before are refused")
  func refused() throws {
    try withTwo { desk in
      #expect(try desk.run("merge", "new", "new").exit == 64)
      #expect(try desk.run("merge", "nobody", "new").exit == 66)
      #expect(try desk.run("merge", "new", "nobody").exit == 66)
      try desk.run("merge", "old", "new")
      let again = try desk.run("merge", "old", "new")
      #expect(again.exit == 66)
      #expect(again.errors.contains("old was joined with new before"))
    }
  }

  @Test("Who is forgotten under the id that stays is forgotten under the other one too")
  func forgotten() throws {
    try withTwo { desk in
      try desk.write("bad.csv", "patient_id,recorded_at,score", "old,2026-08-01,much")
      try desk.run("import", "bad.csv")
      try desk.run("merge", "old", "new")
      #expect(try desk.run("forget", "old", "--yes").exit == 66)
      #expect(try desk.run("forget", "new", "--yes").exit == 0)
      #expect(try desk.run("rejections").output == "No refused rows.\n")
      #expect(try desk.run("import", "s.csv").output.contains("5 left out"))
      #expect(try desk.run("status").output.hasPrefix("Patients        0\n"))
    }
  }

  @Test("Joined ids can be joined further, and are parted in the opposite order")
  func chain() throws {
    try withTwo { desk in
      try desk.write("t.csv", "patient_id,recorded_at,score", "third,2026-08-01,3")
      try desk.run("import", "t.csv")
      let before = try desk.export()
      try desk.run("merge", "old", "new")
      let between = try desk.export()
      try desk.run("merge", "new", "third")
      #expect(try desk.rows("sessions.csv").allSatisfy { $0.hasPrefix("third,") })
      #expect(try desk.run("import", "s.csv").output.contains("5 known"))
      #expect(try desk.run("import", "--undo", "3").exit == 64)
      #expect(try desk.run("import", "--undo", "4").exit == 0)
      #expect(try desk.export() == between)
      #expect(try desk.run("import", "--undo", "3").exit == 0)
      #expect(try desk.export() == before)
    }
  }

  @Test("New ids that look like known ones are named, in five lines at most")
  func lookAlikes() throws {
    try withTemporaryFolder { folder in
      let desk = Desk(folder: folder)
      let ids = ["007", "7", "p001", "P001", " P001 ", "1E+05", "100000", "Zoë", "Zoe", "8", "18"]
      try Data(
        ("patient_id,recorded_at,score\n" + ids.map { "\($0),2026-08-01T08:00,3\n" }.joined()).utf8
      ).write(to: folder.appendingPathComponent("p.csv"))
      func lines(_ outcome: Outcome) -> [String] {
        outcome.output.split(separator: "\n").map(String.init).filter {
          $0.hasPrefix("new patient") || $0.contains("more new patients")
        }
      }
      #expect(
        lines(try desk.run("import", "p.csv")) == [
          "new patient 7 looks like 007: lumbar merge 7 007 joins them",
          "new patient P001 looks like p001: lumbar merge P001 p001 joins them",
          "new patient 100000 looks like 1E+05: lumbar merge 100000 1E+05 joins them",
          "new patient Zoe looks like Zoë: lumbar merge Zoe 'Zoë' joins them",
        ])
      try desk.write("n.csv", "patient_id,name", "x1,Ann Lee", "x2,ann  lee", "0018,Bo", "008,Cy")
      #expect(lines(try desk.run("import", "n.csv")).count == 3)
      try desk.write(
        "m.csv", "patient_id,name", "00018,", "000018,", "0000018,", "00000018,", "00008,", "08,",
        "0008,")
      let many = lines(try desk.run("import", "m.csv"))
      #expect(many.count == 5)
      #expect(many.last == "3 more new patients look like known ones")
      #expect(lines(try desk.run("import", "m.csv", "--force")).isEmpty)
    }
  }
}
