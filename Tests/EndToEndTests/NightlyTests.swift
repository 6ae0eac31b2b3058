import Foundation
import Records
import TestSupport
import Testing

/// A clinic's folders for one test.
private struct Clinic {
  let folder: URL
  var database: String { folder.appendingPathComponent("clinic.sqlite").path }
  var inbox: URL { folder.appendingPathComponent("inbox") }
  var reports: URL { folder.appendingPathComponent("reports") }
  var config: String { folder.appendingPathComponent("lumbar.toml").path }

  init(_ folder: URL, more: String = "") throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    try """
    database = "\(folder.path)/clinic.sqlite"
    inbox = "\(folder.path)/inbox"
    reports = "\(folder.path)/reports"
    formats = ["txt", "json"]
    settle = 0
    \(more)
    """.write(toFile: config, atomically: true, encoding: .utf8)
  }

  func drop(_ name: String, _ text: String) throws {
    try text.write(to: inbox.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }

  /// Ten days of two people.
  func dropDiaries() throws {
    var text = "patient_id,recorded_at,score\n"
    for day in 1...10 { text += "anna,2026-10-\(day + 10),4\nben,2026-10-\(day + 10),5\n" }
    try drop("pain.csv", text)
  }

  func night(_ more: [String] = [], environment: [String: String] = [:]) throws -> Outcome {
    try runProgram(["nightly", "--config", config] + more, environment: environment)
  }

  func files(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: reports.path + "/" + path)) ?? [])
      .sorted()
  }

  func written(_ path: String) throws -> Date? {
    try FileManager.default.attributesOfItem(atPath: reports.path + "/" + path)[.modificationDate]
      as? Date
  }
}

@Suite("Every night")
struct NightlyTests {
  @Test("publishes in silence: a folder a day, links to the newest, all private")
  func silence() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      let outcome = try clinic.night()
      #expect(outcome.exit == 0 && outcome.output.isEmpty && outcome.errors.isEmpty, "\(outcome)")
      let names = ["anna.json", "anna.txt", "ben.json", "ben.txt", "cohort.json", "cohort.txt"]
      #expect(clinic.files("2026-10-20") == names)
      #expect(clinic.files("latest") == names)
      let link = try FileManager.default.destinationOfSymbolicLink(
        atPath: clinic.reports.path + "/latest/anna.txt")
      #expect(link == "../2026-10-20/anna.txt")
      let mode =
        try FileManager.default.attributesOfItem(
          atPath: clinic.reports.path + "/2026-10-20/anna.txt")[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test(
    "refused rows that a killed run told nobody of are told by the next; those of imports by hand not"
  )
  func toldAfterKill() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      let bad = "patient_id,recorded_at,score\nanna,2026-10-21,99\n"
      try clinic.drop("by-hand.csv", bad)
      let byHand = clinic.inbox.appendingPathComponent("by-hand.csv").path
      _ = try runProgram(["import", "--config", clinic.config, byHand])
      #expect(try clinic.night().exit == 0)
      // A folder where the report should go: the night ends before it could tell.
      try clinic.drop("bad.csv", bad + "anna,2026-10-22,98\nanna,2026-10-22,5\n")
      let reports = clinic.reports.path
      try FileManager.default.moveItem(atPath: reports, toPath: reports + ".away")
      try Data().write(to: clinic.reports)
      #expect(try clinic.night().exit == 73)
      try FileManager.default.removeItem(atPath: reports)
      try FileManager.default.moveItem(atPath: reports + ".away", toPath: reports)
      let outcome = try clinic.night()
      #expect(outcome.exit == 3 && outcome.errors.contains("2 rows were refused"), "\(outcome)")
      #expect(try clinic.night().exit == 0)
      // A longer export of a file that was told of tells of its new rows alone.
      try clinic.drop(
        "bad.csv", bad + "anna,2026-10-22,98\nanna,2026-10-22,5\nanna,2026-10-23,-7\n")
      let longer = try clinic.night()
      #expect(longer.errors.contains("1 row was refused"), "\(longer)")
    }
  }

  @Test("what a killed night was writing is gone after the next one")
  func leftovers() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      _ = try clinic.night()
      let reports = clinic.reports.path
      try Data("half".utf8).write(
        to: URL(fileURLWithPath: reports + "/2026-10-20/.anna.txt.99999.tmp"))
      try FileManager.default.createSymbolicLink(
        atPath: reports + "/latest/.anna.txt.99999.tmp", withDestinationPath: "../nowhere")
      try clinic.drop("more.csv", "patient_id,recorded_at,score\nanna,2026-10-21,3\n")
      #expect(try clinic.night().exit == 0)
      for day in ["latest", "2026-10-20", "2026-10-21"] {
        #expect(!clinic.files(day).contains { $0.hasSuffix(".tmp") }, "\(day)")
      }
    }
  }

  @Test("whose rows were refused stands on the list of those to call, and nobody else")
  func refusedReason() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      try clinic.drop(
        "bad.csv", "patient_id,recorded_at,score\nben,2026-10-20,99\nben,2026-10-19,98\n")
      _ = try clinic.night()
      let text = try String(
        contentsOfFile: clinic.reports.path + "/latest/cohort.txt", encoding: .utf8)
      #expect(text.contains("2 rows were refused"), "\(text)")
      let json = try String(
        contentsOfFile: clinic.reports.path + "/latest/cohort.json", encoding: .utf8)
      let triage = try #require(json.range(of: "\"triage\""))
      #expect(json[triage.lowerBound...].contains("ben"))
      #expect(!json[triage.lowerBound...].contains("anna"))
    }
  }

  @Test("the reports are those that lumbar report writes")
  func sameReports() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      _ = try clinic.night()
      let out = folder.appendingPathComponent("by-hand").path
      _ = try runProgram([
        "report", "--all", "--format", "txt,json", "--out", out, "--database", clinic.database,
      ])
      for name in clinic.files("latest") {
        let night = try Data(contentsOf: clinic.reports.appendingPathComponent("latest/\(name)"))
        #expect(try night == Data(contentsOf: URL(fileURLWithPath: out + "/" + name)), "\(name)")
      }
    }
  }

  @Test(
    "a second night changes no report; one patient's new row makes that report and the cohort's")
  func onlyWhatChanged() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      _ = try clinic.night()
      let before = try ["anna.txt", "ben.txt", "cohort.txt"].map {
        try clinic.written("2026-10-20/\($0)")
      }
      _ = try clinic.night()
      #expect(try clinic.written("2026-10-20/cohort.txt") == before[2])
      try clinic.drop("more.csv", "patient_id,recorded_at,score,kind\nanna,2026-10-19,7,worst\n")
      let outcome = try clinic.night()
      #expect(outcome.exit == 0 && outcome.errors.isEmpty, "\(outcome)")
      #expect(try clinic.written("2026-10-20/anna.txt") != before[0])
      #expect(try clinic.written("2026-10-20/ben.txt") == before[1])
      #expect(try clinic.written("2026-10-20/cohort.txt") != before[2])
    }
  }

  @Test(
    "the report of all says the same as one made at once, whoever changed and whoever fell silent")
  func cohortFromPasts() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      var random = SeededGenerator(seed: 8)
      let people = (0..<40).map { "p\(($0 * 7) % 40)" }
      func rows(_ days: ClosedRange<Int>, of people: [String]) -> String {
        var text = "patient_id,recorded_at,score,location\n"
        for day in days {
          for person in people where random.below(3) > 0 {
            let number = (day - 1) % 30 + 1
            let date = "2026-0\(6 + (day - 1) / 30)-\(number < 10 ? "0" : "")\(number)"
            let place = random.below(9) == 0 ? "knee" : "lower back"
            text += "\(person),\(date),\(random.below(11)),\(place)\n"
          }
        }
        return text
      }
      func check(_ night: Int, isUndone: Bool = false) throws {
        let outcome = try clinic.night()
        #expect(outcome.exit == (isUndone ? 3 : 0), "\(night): \(outcome)")
        #expect(outcome.errors.contains("is left alone") == isUndone, "\(night): \(outcome)")
        #expect(isUndone || outcome.errors.isEmpty, "\(night): \(outcome)")
        let out = folder.appendingPathComponent("by-hand").path
        _ = try runProgram([
          "report", "--all", "--cohort-only", "--format", "txt,json", "--out", out, "--database",
          clinic.database,
        ])
        for name in ["cohort.json", "cohort.txt"] {
          let made = try String(
            contentsOfFile: clinic.reports.path + "/latest/" + name, encoding: .utf8)
          let anew = try String(contentsOfFile: out + "/" + name, encoding: .utf8)
          #expect(made == anew, "night \(night), \(name)")
        }
      }
      try clinic.drop("start.csv", rows(1...80, of: people))
      try check(0)
      // From now on half of them log; a few rows of theirs are corrected, taken back and forgotten.
      for night in 1...7 {
        try clinic.drop(
          "n\(night).csv",
          rows(80 + night * 2 - 1...80 + night * 2, of: Array(people[..<(3 * night)])))
        if night == 4 {
          let undone = try runProgram([
            "import", "--undo", "1", "--database", clinic.database,
          ])
          #expect(undone.exit == 0, "\(undone)")
          try check(night, isUndone: true)
          try clinic.drop("start.csv", rows(1...70, of: people))
        }
        if night == 6 {
          _ = try runProgram(["forget", people[2], "--yes", "--config", clinic.config])
        }
        try check(night)
      }
    }
  }

  @Test("who falls silent gets a new report every two weeks, until there is nothing more to say")
  func longSilence() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      var days: [String] = []
      // Ben logs up to the 20th of January, Anna on the last day of every week after it.
      var rows = ["ben,2026-01-20,5", "anna,2026-01-20,4"]
      for week in 0...18 {
        try clinic.drop(
          "w\(week).csv", "patient_id,recorded_at,score\n" + rows.joined(separator: "\n") + "\n")
        #expect(try clinic.night().exit == 0)
        days.append(
          try FileManager.default.destinationOfSymbolicLink(
            atPath: clinic.reports.path + "/latest/ben.txt"))
        let day = try #require(Day(year: 2026, month: 1, day: 20)) + 7 * (week + 1)
        rows = ["anna,\(day),4"]
      }
      let made = days.enumerated().filter { $0.offset == 0 || days[$0.offset - 1] != $0.element }
      #expect(made.map(\.offset) == [0, 2, 4, 6, 8])
      #expect(clinic.files("latest").contains("anna.txt"))
    }
  }

  @Test("damage done to the database after a good night is refused, and every byte stays")
  func damagedMeanwhile() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      for _ in 0..<2 { #expect(try clinic.night().exit == 0) }
      let lines = try String(contentsOfFile: clinic.database + ".lock", encoding: .utf8)
      #expect(lines.split(separator: "\n").count == 2)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: clinic.database))
      let handle = try #require(FileHandle(forWritingAtPath: clinic.database))
      for page in stride(from: 2, to: bytes.count / 16_384, by: 2) {
        let place = page * 16_384..<page * 16_384 + 200
        bytes.replaceSubrange(place, with: Data(repeating: 0xA5, count: 200))
        try handle.seek(toOffset: UInt64(place.lowerBound))
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 200))
      }
      try handle.close()
      for _ in 0..<2 {
        let outcome = try clinic.night()
        #expect(outcome.exit == 65 && outcome.errors.contains("damaged"), "\(outcome)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: clinic.database)) == bytes)
      }
    }
  }

  @Test("a file with other bytes of the same number and time is imported")
  func sameSizeAndTime() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.drop("pain.csv", "patient_id,recorded_at,score\nanna,2026-10-11,4\n")
      _ = try clinic.night()
      let path = clinic.inbox.appendingPathComponent("pain.csv").path
      let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
      try clinic.drop("pain.csv", "patient_id,recorded_at,score\nanna,2026-10-12,4\n")
      try FileManager.default.setAttributes([.modificationDate: time as Any], ofItemAtPath: path)
      _ = try clinic.night()
      #expect(clinic.files("2026-10-12").contains("anna.txt"))
    }
  }

  @Test("another threshold makes every report anew")
  func thresholds() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      _ = try clinic.night()
      let before = try clinic.written("2026-10-20/ben.txt")
      _ = try Clinic(folder, more: "[thresholds]\npain_important = 3")
      _ = try clinic.night()
      #expect(try clinic.written("2026-10-20/ben.txt") != before)
    }
  }

  @Test("a new day has a folder of its own; only so many are kept, and what latest points to")
  func retention() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, more: "keep = 2")
      try clinic.dropDiaries()
      _ = try clinic.night()
      for day in 21...24 {
        try clinic.drop("d\(day).csv", "patient_id,recorded_at,score\nanna,2026-10-\(day),3\n")
        let outcome = try clinic.night()
        #expect(outcome.exit == 0, "\(outcome)")
      }
      let days = clinic.files("").filter { $0 != "latest" }
      #expect(days == ["2026-10-20", "2026-10-23", "2026-10-24"])
      #expect(clinic.files("2026-10-20") == ["ben.json", "ben.txt"])
      #expect(clinic.files("latest").contains("ben.txt"))
    }
  }

  @Test("refused rows and files that are no data are told once")
  func toldOnce() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      try clinic.drop("bad.csv", "patient_id,recorded_at,score\nanna,2026-10-12,99\n")
      try clinic.drop("noise.csv", "what,is,this\n1,2,3\n")
      let first = try clinic.night()
      #expect(first.exit == 3 && first.output.isEmpty)
      #expect(first.errors.contains("1 row was refused") && first.errors.contains("noise.csv"))
      #expect(clinic.files("latest").contains("anna.txt"))
      let second = try clinic.night()
      #expect(second.exit == 0 && second.errors.isEmpty, "\(second)")
    }
  }

  @Test("reports that were taken away are made again, also elsewhere")
  func takenAway() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      _ = try clinic.night()
      let all = clinic.files("latest")
      for path in ["", "/latest", "/2026-10-20", "/latest/ben.txt", "/2026-10-20/cohort.json"] {
        try FileManager.default.removeItem(atPath: clinic.reports.path + path)
        #expect(try clinic.night().exit == 0)
        #expect(clinic.files("latest") == all, "\(path)")
        #expect(clinic.files("2026-10-20") == all, "\(path)")
      }
      let elsewhere = folder.path + "/elsewhere"
      #expect(try clinic.night(["--out", elsewhere]).exit == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere + "/latest").count == 6)
    }
  }

  @Test("formats that are not wanted any more are linked to no more")
  func fewerFormats() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      _ = try clinic.night()
      let text = try String(contentsOfFile: clinic.config, encoding: .utf8)
      try text.replacingOccurrences(of: "[\"txt\", \"json\"]", with: "[\"json\"]").write(
        toFile: clinic.config, atomically: true, encoding: .utf8)
      _ = try clinic.night()
      #expect(clinic.files("latest") == ["anna.json", "ben.json", "cohort.json"])
    }
  }

  @Test("files of somebody's own in the folders of days are left alone")
  func foreignFiles() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, more: "keep = 1")
      try clinic.dropDiaries()
      let own = clinic.reports.appendingPathComponent("2020-01-01")
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: own.appendingPathComponent("notes.docx"))
      _ = try clinic.night()
      #expect(clinic.files("2020-01-01") == ["notes.docx"])
    }
  }

  @Test("a workbook in the inbox is told of, and reports or an archive within it are refused")
  func inboxOnly() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.drop("sessions.xlsx", "PK\u{3}\u{4} and so on")
      let told = try clinic.night()
      #expect(told.exit == 3 && told.errors.contains("sessions.xlsx"), "\(told)")
      #expect(try clinic.night().exit == 0)
      for (key, path) in [("reports", "inbox/r"), ("archive", "inbox")] {
        try "inbox = \"\(folder.path)/inbox\"\n\(key) = \"\(folder.path)/\(path)\"\n".write(
          toFile: clinic.config, atomically: true, encoding: .utf8)
        let outcome = try clinic.night(["--database", clinic.database])
        #expect(outcome.exit == 78 && outcome.errors.contains("lies in the inbox"), "\(outcome)")
      }
    }
  }

  @Test("a path of the configuration may begin with the home folder's sign")
  func tilde() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      try """
      database = "~/clinic.sqlite"
      inbox = "~/inbox"
      reports = "~/reports"
      formats = ["txt", "json"]
      settle = 0
      """.write(toFile: clinic.config, atomically: true, encoding: .utf8)
      let outcome = try clinic.night(environment: ["HOME": folder.path])
      #expect(outcome.exit == 0 && outcome.errors.isEmpty, "\(outcome)")
      #expect(clinic.files("latest").count == 6)
    }
  }

  @Test("imported files go to the archive, what is no data stays")
  func archive() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      try clinic.drop("noise.csv", "what,is,this\n1,2,3\n")
      _ = try clinic.night(["--archive", folder.path + "/done"])
      let left = try FileManager.default.contentsOfDirectory(atPath: clinic.inbox.path)
      #expect(left == ["noise.csv"])
      #expect(FileManager.default.fileExists(atPath: folder.path + "/done/pain.csv"))
      try clinic.drop("pain.csv", "patient_id,recorded_at,score\nben,2026-10-09,2\n")
      _ = try clinic.night(["--archive", folder.path + "/done"])
      let done = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/done")
      #expect(done.count == 2)
    }
  }

  @Test("a bare environment gives the same reports, in silence")
  func bare() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      // `runProgram` gives the program no environment at all.
      let outcome = try clinic.night(environment: [:])
      #expect(outcome.exit == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
      #expect(clinic.files("latest").count == 6)
    }
  }

  @Test("a run that holds the lock makes another one busy, with its process")
  func busy() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      _ = try clinic.night()
      let held = open(clinic.database + ".lock", O_RDWR)
      #expect(flock(held, LOCK_EX) == 0)
      let outcome = try clinic.night(["--wait", "0.3"])
      #expect(outcome.exit == 75)
      #expect(outcome.errors.contains("process"))
      close(held)
      #expect(try clinic.night().exit == 0)
    }
  }

  @Test("what is missing is said in words")
  func missing() throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let none = try runProgram(["nightly", "--database", database])
      #expect(none.exit == 78 && none.errors.contains("inbox"))
      let gone = try runProgram(["nightly", "--database", database, "--inbox", "/no/such/inbox"])
      #expect(gone.exit == 66)
      let clinic = try Clinic(folder)
      #expect(try clinic.night().exit == 0, "an empty inbox is no reason to wake anybody")
    }
  }

  @Test("status names the days without any record and the people who fell silent")
  func gaps() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      var text = "patient_id,recorded_at,score\n"
      for day in [1, 2, 3, 5, 8, 12, 13] { text += "anna,2026-10-0\(day),4\n" }
      text = text.replacingOccurrences(of: "-012", with: "-12").replacingOccurrences(
        of: "-013", with: "-13")
      try clinic.drop("pain.csv", text + "ben,2026-10-06,5\ncem\u{1B},2026-10-05,5\n")
      _ = try runProgram(["import", clinic.inbox.path, "--database", clinic.database])
      let shown = try runProgram(["status", "--database", clinic.database])
      #expect(
        shown.output.contains(
          "5 days without any record: 2026-10-09 to 2026-10-11, 2026-10-07, 2026-10-04"),
        "\(shown)")
      #expect(shown.output.contains("2 of 3 without a record in the last 7 days: ben, cem"))
      #expect(!shown.output.contains("\u{1B}"))
      let json = try runProgram(["status", "--json", "--database", clinic.database])
      #expect(json.output.contains("\"to\": \"2026-10-11\",\n      \"days\": 3"), "\(json)")
      try clinic.dropDiaries()
      _ = try runProgram(["import", clinic.inbox.path, "--database", clinic.database])
      let sound = try runProgram(["status", "--database", clinic.database])
      #expect(!sound.output.contains("ben,"))
    }
  }

  @Test("status says how old the last good night is")
  func status() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.dropDiaries()
      _ = try runProgram(["import", clinic.inbox.path, "--database", clinic.database])
      let never = try runProgram(["status", "--max-age", "26h", "--database", clinic.database])
      #expect(never.exit == 3 && never.errors.contains("no nightly run"))
      _ = try clinic.night()
      let fresh = try runProgram(
        ["status", "--json", "--max-age", "1h", "--database", clinic.database])
      #expect(fresh.exit == 0)
      #expect(!fresh.output.contains("\"last_good_nightly\": null"))
      #expect(
        try runProgram(["status", "--max-age", "soon", "--database", clinic.database]).exit == 64)
    }
  }
}
