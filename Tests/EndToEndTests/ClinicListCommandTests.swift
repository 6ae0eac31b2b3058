import Foundation
import TestSupport
import Testing

@Suite("The list for a clinic: commands and nights")
struct ClinicListCommandTests {
  private let settings = "inbox = \"in\"\nformats = [\"txt\", \"json\"]\n"

  /// Sixty days of two people up to 30 October, of whom one is worse in the last week.
  private func diaries(_ desk: LogDesk) throws {
    var text = "patient_id,recorded_at,score\n"
    for day in 0..<60 {
      let date = day < 30 ? "2026-09-\(two(day + 1))" : "2026-10-\(two(day - 29))"
      text += "anna,\(date),\(day > 52 ? 7 : 4)\nben,\(date),4\n"
    }
    try desk.write("in/pain.csv", text)
    try desk.write("in/patients.csv", "patient_id,name\nanna,Anna Lindqvist\nben,Ben Moser\n")
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func cohort(_ desk: LogDesk) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: desk.path("reports/latest/cohort.json")))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func called(_ desk: LogDesk) throws -> [String] {
    try #require(try cohort(desk)["triage"] as? [[String: Any]]).compactMap {
      $0["patient"] as? String
    }
  }

  private func isThere(_ desk: LogDesk, _ path: String) -> Bool {
    var status = stat()
    return lstat(desk.path(path), &status) == 0
  }

  @Test("a snooze takes somebody off the list, shows at its foot, and can be ended and undone")
  func snooze() throws {
    try withLogDesk { desk in
      try diaries(desk)
      #expect(try desk.night(settings).exit == 0)
      #expect(try called(desk) == ["anna"])
      let done = try desk.run("snooze", "anna", "--for", "2w")
      #expect(done.exit == 0 && done.errors.isEmpty)
      #expect(done.output.hasPrefix("anna is off the list to call until "))
      #expect(try desk.night(settings).exit == 0)
      #expect(try called(desk).isEmpty)
      let until = try #require((try cohort(desk)["snoozed"] as? [[String: String]])?.first)
      #expect(until["patient"] == "anna" && until["until"]?.count == 10)
      let page = try String(contentsOfFile: desk.path("reports/latest/cohort.txt"), encoding: .utf8)
      #expect(page.contains("NOT ON THE LIST\n  - anna: snoozed until \(until["until"] ?? "")"))
      let status = try desk.run("status").output
      #expect(status.contains("Off the list    1 snoozed, 0 discharged\n"))
      _ = try desk.run("report", "--cohort-only", "--pseudonymous", "--out", desk.path("codes"))
      let codes = try String(contentsOfFile: desk.path("codes/cohort.json"), encoding: .utf8)
      #expect(codes.contains("\"until\"") && !codes.contains("anna"))
      // Reports go on.
      #expect(isThere(desk, "reports/latest/anna.json"))
      #expect(try desk.run("readmit", "anna").output.hasPrefix("anna is back"))
      #expect(try desk.night(settings).exit == 0)
      #expect(try called(desk) == ["anna"])
      let json = try desk.run("snooze", "anna", "--for", "14d", "--json").output
      #expect(json.contains("\"standing\": \"snoozed\"") && json.contains("\"changed\": true"))
      let run = try #require(json.firstMatch(of: /"run": ([0-9]+)/)).1
      let undone = try desk.run("import", "--undo", String(run))
      #expect(undone.exit == 0, "\(undone)")
      _ = try desk.night(settings)
      #expect(try called(desk) == ["anna"])
    }
  }

  @Test("a discharge takes the report out of latest, keeps that of the day, and by hand goes on")
  func discharge() throws {
    try withLogDesk { desk in
      try diaries(desk)
      _ = try desk.night(settings)
      let done = try desk.run("discharge", "anna")
      #expect(done.exit == 0 && done.output.hasPrefix("anna is discharged: on no list"))
      _ = try desk.night(settings)
      #expect(!isThere(desk, "reports/latest/anna.json"))
      #expect(isThere(desk, "reports/2026-10-30/anna.json"))
      #expect(isThere(desk, "reports/latest/ben.json"))
      let members = try #require(try cohort(desk)["patients"] as? [[String: Any]])
      #expect(members.compactMap { $0["patient"] as? String } == ["ben"])
      let gone = try #require((try cohort(desk)["discharged"] as? [[String: String]])?.first)
      #expect(gone["patient"] == "anna" && gone["on"]?.count == 10)
      #expect(try called(desk).isEmpty)
      // New rows are imported, and make no report.
      try desk.write("in/more.csv", "patient_id,recorded_at,score\nanna,2026-10-31,8\n")
      _ = try desk.night(settings)
      #expect(!isThere(desk, "reports/latest/anna.json"))
      #expect(!isThere(desk, "reports/2026-10-31/anna.json"))
      let byHand = try desk.run("report", "--patient", "anna", "--out", desk.path("hand"))
      #expect(byHand.exit == 0 && isThere(desk, "hand/anna.json"))
      #expect(try desk.run("discharge", "anna").output.contains("already. Nothing was changed."))
      #expect(
        try desk.run("snooze", "anna", "--for", "3d").output
          == "anna is discharged, and on no list. Nothing was changed.\n")
      _ = try desk.run("readmit", "anna")
      _ = try desk.night(settings)
      #expect(isThere(desk, "reports/latest/anna.json"))
      #expect(try called(desk) == ["anna"])
      #expect(
        try desk.run("readmit", "anna").output
          == "anna is neither discharged nor snoozed. Nothing was changed.\n")
    }
  }

  @Test("nobody of an id is 66, a length that is none 64, and an id that was joined is the other's")
  func wrong() throws {
    try withLogDesk { desk in
      try diaries(desk)
      _ = try desk.night(settings)
      for arguments in [
        ["snooze", "carl", "--for", "2d"], ["discharge", "carl"], ["readmit", "carl"],
      ] {
        let outcome = try runProgram(arguments + ["--database", desk.database])
        #expect(outcome.exit == 66)
        #expect(
          outcome.errors
            == "lumbar: there is no patient carl. lumbar status counts who is there. Nothing was "
            + "changed.\n")
      }
      for length in ["0d", "2m", "d", "-1d", "4000d", "99999999999999999999w"] {
        #expect(try desk.run("snooze", "anna", "--for", length).exit == 64, "\(length)")
      }
      #expect(try desk.run("snooze", "anna").exit == 64)
      _ = try desk.run("merge", "anna", "ben")
      #expect(try desk.run("discharge", "anna").output.hasPrefix("ben is discharged"))
    }
  }

  @Test("tell = changes names who is new once, ids alone or with names, and ends with 3")
  func tell() throws {
    try withLogDesk { desk in
      try diaries(desk)
      let telling = settings + "tell = \"changes\"\n"
      let first = try desk.night(telling)
      #expect(first.exit == 3 && first.output.isEmpty)
      #expect(
        first.errors
          == "lumbar: new on the list to call: anna. The report of all in reports/latest says why.\n"
      )
      let second = try desk.night(telling)
      #expect(second.exit == 0 && second.errors.isEmpty, "\(second)")
      let page = try String(contentsOfFile: desk.path("reports/latest/cohort.txt"), encoding: .utf8)
      #expect(
        page.contains(
          "  - NEW anna: pain up by 3.0 points in the last 7 days, which may be a swing"))
      // The next day she is known, and somebody else is new.
      try desk.write(
        "in/next.csv", "patient_id,recorded_at,score\nanna,2026-10-31,4\nben,2026-10-31,9\n")
      let third = try desk.night(telling + "tell_names = true\n")
      #expect(third.exit == 3 && third.errors.contains("call: ben (Ben Moser). "), "\(third)")
      let triage = try #require(try cohort(desk)["triage"] as? [[String: Any]])
      #expect(triage.map { $0["patient"] as? String } == ["ben", "anna"])
      #expect(triage.map { $0["new"] as? Bool } == [true, false])
      #expect(triage.map { $0["since"] as? String } == ["2026-10-31", "2026-10-30"])
      #expect(triage.map { $0["codes"] as? [String] } == [["flare"], ["pain", "flare"]])
      #expect(try desk.night(settings + "tell = \"all\"\n").exit == 78)
    }
  }

  @Test("what is wrong with the data is a list of its own")
  func problems() throws {
    try withLogDesk { desk in
      try diaries(desk)
      try desk.write(
        "in/bad.csv", "patient_id,recorded_at,score\nben,2026-10-20,99\ncarl,2026-10-20,98\n")
      try desk.write("in/scan.csv", "%PDF-1.4 \u{1} no table")
      try desk.write("in/alike.csv", "patient_id,recorded_at,score\nBEN,2026-10-20,4\n")
      _ = try desk.night(settings)
      #expect(try called(desk) == ["anna", "BEN"])
      let found = try #require(try cohort(desk)["data_problems"] as? [String: Any])
      let refused = try #require(found["refused"] as? [[String: Any]])
      #expect(refused.map { $0["patient"] as? String } == ["ben"])
      #expect(refused.map { $0["rows"] as? Int } == [1])
      #expect(found["refused_of_nobody"] as? Int == 1)
      let alike = try #require(found["look_alikes"] as? [[String: String]])
      #expect(alike.count == 1 && Set(alike[0].values) == ["ben", "BEN"])
      let unread = try #require(found["unread"] as? [[String: String]])
      #expect(unread.map { $0["file"] } == ["scan.csv"])
      let page = try String(contentsOfFile: desk.path("reports/latest/cohort.txt"), encoding: .utf8)
      #expect(page.contains("DATA PROBLEMS, FOR WHOEVER RUNS LUMBAR\n"))
      #expect(page.contains("  - ben: 1 row was refused\n"))
      #expect(page.contains("  - 1 row was refused, naming nobody who is known\n"))
    }
  }

  @Test("a feed that brings nothing is said once a day, by the code 3")
  func age() throws {
    try withLogDesk { desk in
      try desk.write("in/readme.md", "nothing here")
      let strict = settings + "max_data_age = \"3d\"\n"
      let first = try desk.night(strict)
      #expect(first.exit == 3 && first.errors.contains("no record has arrived yet."), "\(first)")
      #expect(try desk.night(strict).exit == 0)
      try desk.write("in/old.csv", "patient_id,recorded_at,score\nanna,2020-10-20,4\n")
      #expect(try desk.night(strict).exit == 0)
      #expect(try desk.night(settings).exit == 0)
    }
  }

  @Test("latest holds copies where the configuration wants them, which go as links do")
  func copies() throws {
    try withLogDesk { desk in
      try diaries(desk)
      _ = try desk.night(settings)
      let path = desk.path("reports/latest/anna.json")
      func isLink() -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
      }
      #expect(isLink())
      let copying = settings + "latest = \"copy\"\n"
      _ = try desk.night(copying)
      #expect(!isLink() && isThere(desk, "reports/latest/anna.json"))
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: path))
          == Data(contentsOf: URL(fileURLWithPath: desk.path("reports/2026-10-30/anna.json"))))
      try desk.write("reports/latest/mine.txt", "somebody's own")
      _ = try desk.run("discharge", "anna")
      _ = try desk.night(copying)
      #expect(!isThere(desk, "reports/latest/anna.json"))
      #expect(isThere(desk, "reports/latest/mine.txt"))
      _ = try desk.run("readmit", "anna")
      _ = try desk.night(settings + "latest = \"link\"\n")
      #expect(isLink())
      #expect(try desk.night(settings + "latest = \"move\"\n").exit == 78)
    }
  }

  @Test("reports are for a group where the configuration names one, and 78 where that cannot be")
  func group() throws {
    try withLogDesk { desk in
      try diaries(desk)
      let own = getegid()
      let name = try #require(getgrgid(own).map { String(cString: $0.pointee.gr_name) })
      #expect(try desk.night(settings).exit == 0)
      let sharing = settings + "reports_group = \"\(name)\"\n"
      #expect(try desk.night(sharing).exit == 0)
      func rights(_ path: String) -> (mode_t, gid_t) {
        var status = stat()
        _ = stat(desk.path(path), &status)
        return (status.st_mode & 0o777, status.st_gid)
      }
      for folder in ["reports", "reports/latest", "reports/2026-10-30"] {
        #expect(rights(folder) == (0o750, own), "\(folder)")
      }
      for file in ["anna.txt", "ben.json", "cohort.txt"] {
        #expect(rights("reports/latest/\(file)") == (0o640, own), "\(file)")
      }
      #expect(rights("lumbar.sqlite").0 == 0o600)
      #expect(try desk.night(settings).exit == 0)
      #expect(rights("reports/latest/anna.txt").0 == 0o600)
      let nobody = try desk.night(settings + "reports_group = \"no-such-group\"\n")
      #expect(nobody.exit == 78)
      #expect(nobody.errors.contains("reports_group: there is no group no-such-group."))
    }
  }
}
