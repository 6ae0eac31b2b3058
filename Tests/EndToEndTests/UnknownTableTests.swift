import Foundation
import TestSupport
import Testing

/// Tables of no known format: read at once where they say enough, else not at all.
@Suite("Unknown tables")
struct UnknownTableTests {
  private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  private func exported(_ database: String, _ kind: String, in folder: URL) throws -> [String] {
    let place = folder.appendingPathComponent("ex-\(UUID().uuidString)").path
    _ = try runProgram(["export", "--database", database, "--out", place])
    return try String(contentsOfFile: place + "/\(kind).csv", encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst().map(String.init)
  }

  @Test("a diary that says enough is read at once, several kinds from one row, and told how")
  func sure() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let diary = try write(
        "Datum;Schmerz morgens (0-10);Schmerz abends (0-10);Übungen gemacht?;Minuten;Notizen\n"
          + "25.10.2026;6;4-5;ja;15;gut\n26.10.2026;5;5;nein;;\n27.10.2026;;3;ja;20;\n",
        "tagebuch.csv", in: folder)
      let run = try runProgram(["import", diary, "--patient", "P1", "--database", database])
      #expect(run.exit == 0 && run.output.contains("3 read, 3 new"), "\(run)")
      #expect(run.output.contains("Schmerz morgens (0-10) as score"))
      let pain = try exported(database, "pain", in: folder)
      #expect(pain.count == 5 && pain.contains { $0.contains("2026-10-25,4.5") })
      let sets = try exported(database, "sessions", in: folder)
      #expect(sets.filter { $0.contains(",yes,") }.count == 2)
      #expect(sets.filter { $0.contains(",no,") }.count == 1 && sets.count == 3)
    }
  }

  @Test("how often a week is a programme, never a session; what an exercise is for is asked")
  func programme() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let plan = "Exercise,Sets,Reps,Times per week,Type\nPlank,3,10,3,strengthening\n"
      let sure = try write(plan + "Cat-cow,2,8,7,mobility\n", "plan.csv", in: folder)
      let run = try runProgram(["import", sure, "--patient", "P1", "--database", database])
      #expect(run.exit == 0 && run.output.contains("plan.csv  program"), "\(run)")
      #expect(
        try exported(database, "program", in: folder).contains {
          $0.hasPrefix("P1,Plank,strengthening,3,")
        })
      let open = try write(
        "Übung;Sätze;Wdh;x pro Woche;ab\nPlank;3;10;3;1.10.2026\nBird Dog;3;10;5;1.10.2026\n",
        "plan-de.csv", in: folder)
      let asked = try runProgram(["import", open, "--patient", "P1", "--database", database])
      #expect(asked.exit == 65, "\(asked)")
      let sketch = try runProgram(["profile", "sketch", open]).output
      #expect(sketch.contains("kind = \"program\"") && sketch.contains("component = \"?\""))
      #expect(sketch.contains("sessions_per_week = \"x pro Woche\""), "\(sketch)")
    }
  }

  @Test(
    "a long question is a header, nobody's table is refused once, and a diary is no list of people")
  func longHeadersAndPeople() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let form = try write(
        "Timestamp,How bad is your back pain right now? (0 = none and 10 = worst)\n"
          + "2026-10-01 08:00:00,6\n2026-10-02 08:00:00,5\n", "form.csv", in: folder)
      let nobody = try runProgram(["import", form, "--database", database])
      #expect(nobody.exit == 65)
      #expect(
        nobody.errors.contains(
          "no row of it names a person. Say whose it is: lumbar import FILE --patient ID"))
      let own = try runProgram(["import", form, "--patient", "P1", "--database", database])
      #expect(own.exit == 0 && own.output.contains("form.csv  pain"), "\(own)")
      #expect(try exported(database, "pain", in: folder).count == 2)
      #expect(
        try runProgram(["rejections", "--database", database]).output == "No refused rows.\n")
      let visits = try write(
        "participant_id,sex,visit_timestamp,pain_now\nS1,1,2026-10-01 09:00:00,6\n"
          + "S2,2,2026-10-01 10:00:00,4\n", "visits.csv", in: folder)
      let both = try runProgram(["import", visits, "--database", database])
      #expect(both.output.contains("visits.csv  pain") && both.output.contains("not read: sex"))
      #expect(try exported(database, "pain", in: folder).count == 4)
    }
  }

  @Test("a doubt stores nothing, names the next command, and does not import until it is settled")
  func doubt() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let diary = try write(
        "date,pain\n03/04/2026,3\n04/05/2026,8\n05/06/2026,2\n", "d.csv", in: folder)
      let run = try runProgram(["import", diary, "--patient", "P1", "--database", database])
      #expect(run.exit == 65 && run.errors.contains("lumbar profile sketch FILE > FILE.toml"))
      #expect(!run.errors.contains("03/04"))
      let sketch = try runProgram(["profile", "sketch", diary])
      #expect(sketch.exit == 0 && sketch.output.contains("date_order = \"?\""))
      let draft = try write(sketch.output, "d.toml", in: folder)
      let import1 = ["import", diary, "--patient", "P1", "--database", database]
      let open = try runProgram(import1 + ["--profile", draft])
      #expect(open.exit == 78 && open.errors.contains("to be settled first (line "), "\(open)")
      let settled = try write(
        sketch.output.replacing("date_order = \"?\"", with: "date_order = \"dmy\""), "s.toml",
        in: folder)
      let done = try runProgram(import1 + ["--profile", settled])
      #expect(done.exit == 0 && done.output.contains("3 read, 3 new"), "\(done)")
      #expect(try exported(database, "pain", in: folder).contains { $0.contains("2026-04-03") })
    }
  }

  @Test(
    "what is neither pain, exercise, test nor questionnaire gives no draft",
    arguments: [
      "Date,Asleep duration (min),Resting heart rate\n2026-10-01,430,58\n2026-10-02,455,57\n",
      "Date,Energy level\n2026-10-01,8\n2026-10-02,9\n",
      "Date,Painkillers taken,Pain relief,Pain-free hours\n2026-10-01,2,5,8\n2026-10-02,1,6,9\n",
      "Date,Weight,Steps\n2026-10-01,80,5000\n2026-10-02,81,6000\n",
      "date,amount,shop\n2026-10-01,3.5,bakery\n2026-10-02,7,market\n",
      "record_id,form_complete,age,is_patient\n1,2,40,1\n2,2,50,0\n",
    ])
  func nothing(text: String) throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let file = try write(text, "t.csv", in: folder)
      let run = try runProgram(["import", file, "--patient", "P1", "--database", database])
      #expect(run.exit == 65 && run.errors.contains("nothing was found in it"), "\(run)")
      let sketch = try runProgram(["profile", "sketch", file])
      #expect(sketch.exit == 65 && sketch.output.isEmpty)
    }
  }

  @Test("an array of flat objects is a table")
  func json() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let file = try write(
        #"[{"date":"2026-10-01","mood":"ok","pain":2},{"date":"2026-10-02","pain":7}]"#, "d.json",
        in: folder)
      let run = try runProgram(["import", file, "--patient", "P1", "--database", database])
      #expect(run.exit == 0 && run.output.contains("2 read, 2 new"), "\(run)")
      #expect(run.output.contains("columns not read: mood"))
      let sketch = try runProgram(["profile", "sketch", file])
      #expect(sketch.exit == 0 && sketch.output.contains("score = \"pain\""))
    }
  }

  @Test("a file that is nobody's is refused once, with the option")
  func nobody() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let file = try write(
        "recorded_at,score\n2026-10-01,2\n2026-10-02,3\n", "p.csv", in: folder)
      let run = try runProgram(["import", file, "--database", database])
      #expect(run.exit == 65 && run.errors.contains("--patient ID"))
      #expect(
        try runProgram(["rejections", "--database", database]).output == "No refused rows.\n")
    }
  }

  @Test("a table is shown as it is seen, and comes out clean")
  func table() throws {
    try withTemporaryFolder { folder in
      let file = try write(
        "Diary of X\n\nday;pain;note\n1.10.2026;4,5;\"a;b\"\n2.10.2026;5\n", "t.csv", in: folder)
      let look = try runProgram(["table", file, "--json"])
      #expect(look.exit == 0, "\(look)")
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(look.output.utf8)) as? [String: Any])
      #expect(json["schema"] as? Int == 1 && json["delimiter"] as? String == ";")
      #expect(json["header_line"] as? Int == 3 && json["decimal"] as? String == ",")
      #expect(json["rows"] as? Int == 2 && json["ragged"] as? [Int] == [5])
      let columns = try #require(json["columns"] as? [[String: String]])
      #expect(columns.map { $0["name"] } == ["day", "pain", "note"])
      let clean = try runProgram(["table", file, "--format", "csv"])
      #expect(clean.output == "day,pain,note\n1.10.2026,\"4,5\",a;b\n2.10.2026,5,\n")
      #expect(try runProgram(["table", file]).output.contains("Header     line 3"))
      #expect(try runProgram(["table", folder.path + "/no.csv"]).exit == 66)
    }
  }
}
