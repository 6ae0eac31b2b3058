import Foundation
import TestSupport
import Testing

/// One record, though files say it twice or read it in two ways.
@Suite("The same record")
struct SameRecordTests {
  private func diary(_ scores: [Int]) -> String {
    "patient_id,recorded_at,score\n"
      + scores.enumerated().map { "A,2026-08-0\($0 + 1)T20:00,\($1)\n" }.joined()
  }

  @Test("Scores of a short export turn out to be from 0 to 100 with the longer one: changes")
  func scaleLater() throws {
    try withLogDesk { desk in
      try desk.write("a.csv", diary([4, 6, 8]))
      try desk.run("import", "a.csv")
      try desk.write("a.csv", diary([4, 6, 8, 45, 60, 30]))
      let longer = try desk.run("import", "a.csv").output
      #expect(longer.contains("6 read, 3 new, 3 changed"), "\(longer)")
      #expect(
        longer.contains(
          "3 scores that were taken before on a scale from 0 to 10 are on one from 0 to 100 now"))
      #expect(!longer.contains("no longer in it"), "\(longer)")
      #expect(
        try desk.scores().map { $0.split(separator: " ")[2] } == ["4", "6", "8", "45", "60", "30"])
      try desk.run("import", "--undo", "2")
      #expect(try desk.scores().map { $0.split(separator: " ")[2] } == ["4", "6", "8"])
    }
  }

  @Test("and the short one after the longer one, or as another file, adds nothing")
  func scaleBefore() throws {
    try withLogDesk { desk in
      try desk.write("long.csv", diary([4, 6, 8, 45, 60, 30]))
      try desk.run("import", "long.csv")
      try desk.write("short.csv", diary([4, 6, 8]))
      let short = try desk.run("import", "short.csv").output
      #expect(short.contains("3 read, 3 known"), "\(short)")
      #expect(try desk.scores().count == 6)
      // Another number at the same time is another record.
      try desk.write("other.csv", diary([5]))
      #expect(try desk.counts("other.csv")["new"] == 1)
    }
  }

  @Test("A key twice in one file: the last value stands, and once more it changes nothing")
  func twiceInOneFile() throws {
    try withLogDesk { desk in
      try desk.write(
        "p.csv",
        """
        patient_id,exercise,component,sessions_per_week,sets,start_on
        A,Plank,strengthening,3,2,2026-08-03
        A,Plank,strengthening,3,4,2026-08-03
        B,Plank,strengthening,3,1,2026-08-03

        """)
      try desk.write("d.csv", "patient_id,date,status\nA,2026-08-04,sick\nA,2026-08-04,excused\n")
      try desk.write("people.csv", "patient_id,timezone\nA,Europe/Berlin\nA,Europe/Paris\n")
      for name in ["p.csv", "d.csv", "people.csv"] {
        let first = try desk.counts(name)
        #expect(first["changed"] == 1, "\(name) \(first)")
        let again = try desk.counts(name, "--force")
        #expect(again["known"] == again["read"], "\(name) \(again)")
        #expect(again["changed"] == 0 && again["records"] == 0)
      }
      try desk.run("export", "--out", "out")
      func exported(_ name: String) throws -> String {
        try String(contentsOfFile: desk.path("out/\(name).csv"), encoding: .utf8)
      }
      #expect(try exported("program").contains("A,Plank,") && exported("program").contains(",4,"))
      #expect(try exported("patients").contains("Europe/Paris"))
      #expect(try exported("days").contains("excused"))
      // One correction of each first import is all that the history holds.
      for run in [6, 5, 4, 3, 2, 1] {
        let undone = try desk.run("import", "--undo", "\(run)").output
        #expect(run % 2 == 1 || undone.contains("0 records removed"), "\(run) \(undone)")
      }
    }
  }

  @Test("What was undone stays out at night while the file lies there; by hand it comes back")
  func undoneStaysOut() throws {
    try withLogDesk { desk in
      let plain = "inbox = \"in\"\n"
      try desk.write("in/a.csv", diary([4, 6]))
      #expect(try desk.night(plain).exit == 0)
      try desk.run("import", "--undo", "1")
      let told = try desk.night(plain)
      #expect(told.exit == 3)
      #expect(
        told.errors.contains("a.csv: it was imported by run 1, which was taken back (run 3)"),
        "\(told)")
      let silent = try desk.night(plain)
      #expect(silent.exit == 0 && silent.errors.isEmpty, "\(silent)")
      #expect(try desk.status()["pain"] == 0)
      #expect(try desk.run("status").output.contains("Not read        in/a.csv"))
      try desk.run("import", "in/a.csv")
      #expect(try desk.status()["pain"] == 2)
      #expect(try desk.night(plain).exit == 0)
      #expect(!(try desk.run("status").output.contains("Not read")))
    }
  }

  @Test("A night tells once what it took the columns of an unknown table for")
  func draftAtNight() throws {
    try withLogDesk { desk in
      let table = "Datum,Schmerz (0-10)\n27.07.2026,4\n28.07.2026,5\n29.07.2026,3\n"
      let plain = "[[inbox]]\npath = \"in\"\npatient = \"A\"\n"
      try desk.write("in/d.csv", table)
      let told = try desk.night(plain)
      #expect(told.exit == 3)
      #expect(
        told.errors.contains(
          "d.csv: a table of no known format, taken so: Datum as recorded_at, Schmerz (0-10) as "
            + "score."), "\(told)")
      try desk.write("in/d.csv", table + "30.07.2026,2\n")
      let silent = try desk.night(plain)
      #expect(silent.exit == 0 && silent.errors.isEmpty, "\(silent)")
      #expect(try desk.status()["pain"] == 4)
    }
  }
}
