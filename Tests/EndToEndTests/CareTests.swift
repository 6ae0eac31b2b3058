import Foundation
import TestSupport
import Testing

/// A clinic with two people, nightly reports, an archive and a bad file.
private struct Practice {
  let folder: URL
  var config: String { folder.appendingPathComponent("lumbar.toml").path }
  var database: String { folder.appendingPathComponent("clinic.sqlite").path }

  init(_ folder: URL) throws {
    self.folder = folder
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("inbox"), withIntermediateDirectories: true)
    try """
    database = "\(folder.path)/clinic.sqlite"
    inbox = "\(folder.path)/inbox"
    archive = "\(folder.path)/archive"
    reports = "\(folder.path)/reports"
    formats = ["txt", "json"]
    settle = 0
    """.write(toFile: config, atomically: true, encoding: .utf8)
    try drop("people.csv", "patient_id,name\nanna,Anna Quiet\nben,Ben Loud\n")
    var pain = "patient_id,recorded_at,score,notes\n"
    for day in 11...20 {
      pain += "anna,2026-10-\(day),4,\"xyzzy,\nof anna's own\"\nben,2026-10-\(day),5,\n"
    }
    try drop("pain.csv", pain)
    try drop("bad.csv", "patient_id,recorded_at,score\nanna,2026-10-16,99\nben,2026-10-16,98\n")
    try drop(
      "lines.ndjson",
      """
      {"patient_id":"anna","started_at":"2026-10-12","exercise":"Xyzzy stretch","minutes":5}
      {"patient_id":"ben","started_at":"2026-10-12","exercise":"Cat camel","minutes":5}

      """)
    try drop(
      "all.json",
      #"{"days":[{"patient_id":"anna","date":"2026-10-13","status":"sick","reason":"xyzzy"}]}"#)
  }

  func drop(_ name: String, _ text: String) throws {
    try text.write(
      to: folder.appendingPathComponent("inbox/" + name), atomically: true, encoding: .utf8)
  }

  func run(_ command: String...) throws -> Outcome {
    try runProgram(command + ["--config", config])
  }

  /// Files below the folder whose name or content holds one of some words.
  func traces(_ words: [String]) throws -> [String] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return try (paths ?? []).sorted().filter { path in
      if words.contains(where: path.contains) { return true }
      var isFolder: ObjCBool = false
      let full = folder.path + "/" + path
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder),
        !isFolder.boolValue
      else { return false }
      let bytes = try Data(contentsOf: URL(fileURLWithPath: full))
      return words.contains { bytes.range(of: Data($0.utf8)) != nil }
    }
  }

  func count(_ what: String) throws -> Int? {
    let outcome = try run("status")
    let line = outcome.output.split(separator: "\n").first { $0.hasPrefix(what) }
    return line?.split(separator: " ").last.flatMap { Int($0) }
  }

  func text(_ path: String) -> String? {
    try? String(contentsOfFile: folder.path + "/" + path, encoding: .utf8)
  }
}

private let hers = ["anna", "Anna Quiet", "xyzzy", "Xyzzy"]

@Suite("People forgotten, copies and retention")
struct CareTests {
  @Test("who is forgotten is in no byte of database, copies, reports, archive and refused rows")
  func forgotten() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      #expect(try practice.run("nightly").exit == 3)
      #expect(try practice.run("backup", folder.path + "/copy.sqlite").exit == 0)
      #expect(try practice.traces(hers).count > 8)
      let outcome = try practice.run("forget", "anna", "--yes")
      #expect(outcome.exit == 0, "\(outcome)")
      #expect(try practice.traces(hers) == [])
      #expect(try practice.count("Patients") == 1)
      #expect(try practice.count("Pain entries") == 10)
      #expect(try practice.count("Refused rows") == 1)
      #expect(practice.text("archive/lines.ndjson")?.contains("Cat camel") == true)
      #expect(practice.text("archive/pain.csv")?.contains("ben,2026-10-20,5,") == true)
      #expect(practice.text("archive/all.json") == nil)
    }
  }

  @Test("a re-import does not bring the person back, nor do her refused rows or the archive")
  func staysForgotten() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      _ = try practice.run("forget", "anna", "--yes")
      try practice.drop(
        "again.csv",
        """
        patient_id,recorded_at,score,notes
        anna,2026-10-21,4,xyzzy
        anna,2026-10-22,99,xyzzy
        ben,2026-10-21,6,

        """)
      let outcome = try practice.run("nightly")
      #expect(outcome.exit == 0 && outcome.errors.isEmpty, "\(outcome)")
      #expect(try practice.traces(hers) == [])
      #expect(try practice.count("Pain entries") == 11)
      #expect(practice.text("reports/latest/cohort.txt")?.contains("ben") == true)
      let summary = try practice.run(
        "import", "--dry-run", "--json", folder.path + "/archive/again.csv")
      #expect(summary.output.contains(#""read": 1"#))
    }
  }

  @Test("rows of the forgotten are counted as left out, under that word")
  func leftOut() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      _ = try practice.run("forget", "anna", "--yes")
      let file = folder.path + "/more.csv"
      try "patient_id,recorded_at,score\nanna,2026-10-21,4\nanna,2026-10-22,99\nben,2026-10-21,6\n"
        .write(toFile: file, atomically: true, encoding: .utf8)
      let outcome = try practice.run("import", file)
      #expect(outcome.exit == 0)
      #expect(outcome.output.contains("3 read, 1 new, 2 left out"), "\(outcome.output)")
      #expect(outcome.output.contains("forgotten person"))
      let alone = try practice.run("import", "--patient", "anna", file)
      #expect(alone.exit == 64 && alone.errors.contains("was forgotten"))
    }
  }

  @Test("forget asks, knows nobody it does not know, and does no harm when said twice")
  func asks() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      let unasked = try practice.run("forget", "anna")
      #expect(unasked.exit == 64 && unasked.errors.contains("--yes"))
      #expect(try practice.count("Patients") == 2)
      #expect(try practice.run("forget", "nobody", "--yes").exit == 66)
      #expect(try practice.run("forget", "anna", "--yes").exit == 0)
      #expect(try practice.run("forget", "anna", "--yes").exit == 0)
      #expect(try practice.count("Patients") == 1)
    }
  }

  @Test("a copy that cannot be cleared is named, with exit code 3")
  func lostCopy() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      let copy = folder.path + "/copy.sqlite"
      _ = try practice.run("backup", copy)
      try Data("no longer a database, but a long enough file to be looked at as one".utf8)
        .write(to: URL(fileURLWithPath: copy))
      let outcome = try practice.run("forget", "anna", "--yes")
      #expect(outcome.exit == 3 && outcome.errors.contains("copy.sqlite"), "\(outcome)")
    }
  }

  @Test("a copy restores what it held; the state before is kept beside it")
  func restored() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      let copy = folder.path + "/copy.sqlite"
      #expect(try practice.run("backup", copy).exit == 0)
      let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      try practice.drop("more.csv", "patient_id,recorded_at,score\nben,2026-10-21,6\n")
      _ = try practice.run("nightly")
      #expect(try practice.count("Pain entries") == 21)
      #expect(try practice.run("restore", copy).exit == 0)
      #expect(try practice.count("Pain entries") == 20)
      let before = try runProgram(
        ["status", "--database", practice.database + ".before-restore"])
      #expect(before.output.contains("Pain entries    21"))
      // What came after the copy comes again.
      #expect(try practice.run("import", folder.path + "/archive/more.csv").exit == 0)
      #expect(try practice.count("Pain entries") == 21)
    }
  }

  @Test("files of before, dropped once more, neither bring the person back nor into the archive")
  func droppedAgain() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      let pain = practice.text("inbox/pain.csv") ?? ""
      _ = try practice.run("nightly")
      _ = try practice.run("forget", "anna", "--yes")
      for name in ["pain.csv", "other.csv"] {
        try practice.drop(name, pain)
        let night = try practice.run("nightly")
        #expect(night.exit == 0, "\(night)")
        #expect(try practice.traces(hers) == [], "\(name)")
      }
      #expect(try practice.count("Pain entries") == 10)
      try practice.drop("pain.csv", pain)
      let told = try practice.run("import", folder.path + "/inbox/pain.csv")
      #expect(told.output.contains("10 left out"), "\(told)")
    }
  }

  @Test("forgetting a person with a number for an id takes nobody else's rows away")
  func numericID() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      try practice.drop(
        "numbers.csv",
        """
        patient_id;recorded_at;score;notes
        7;2026-10-01;4;mine
        17;2026-10-01;7;theirs
        17;2026-10-02;3;"walked 7 km
        and rested"
        7;2026-10-03;4;mine

        """)
      let lines = [
        #"{"patient_id": 17, "recorded_at": "2026-10-05", "score": 7}"#,
        #"{"patient_id": "7", "recorded_at": "2026-10-05", "score": 3}"#,
      ]
      try practice.drop("lines7.ndjson", lines.joined(separator: "\n") + "\n")
      try practice.drop(
        "seventeen.json", #"{"pain":[{"patient_id":"17","recorded_at":"2026-10-06","score":7}]}"#)
      try practice.drop("one.csv", "score,patient_id,recorded_at\n7,17,2026-10-04\n")
      _ = try practice.run("nightly")
      let outcome = try practice.run("forget", "7", "--yes")
      #expect(outcome.exit == 0, "\(outcome)")
      #expect(
        practice.text("archive/numbers.csv") == """
          patient_id;recorded_at;score;notes
          17;2026-10-01;7;theirs
          17;2026-10-02;3;"walked 7 km
          and rested"

          """)
      #expect(practice.text("archive/lines7.ndjson") == lines[0] + "\n")
      #expect(practice.text("archive/seventeen.json") != nil)
      #expect(practice.text("archive/one.csv")?.contains("7,17,2026-10-04") == true)
      try practice.drop(
        "two.csv", "score,patient_id,recorded_at\n7,17,2026-10-05\n3,7,2026-10-05\n")
      _ = try practice.run("nightly")
      #expect(
        practice.text("archive/two.csv") == "score,patient_id,recorded_at\n7,17,2026-10-05\n")
    }
  }

  @Test("what still lies in the inbox is named when a person is forgotten")
  func inboxNamed() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      try practice.drop("late.csv", "patient_id,recorded_at,score\nanna,2026-10-21,4\n")
      try practice.drop("ben.csv", "patient_id,recorded_at,score\nben,2026-10-21,4\n")
      let outcome = try practice.run("forget", "anna", "--yes")
      #expect(outcome.output.contains("inbox still holds") && outcome.output.contains("late.csv"))
      #expect(!outcome.output.contains("ben.csv"))
    }
  }

  @Test("after a restore the night makes every report anew, and links to nobody's are gone")
  func nightAfterRestore() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      // The folder of the copy is made for it.
      let copy = folder.path + "/safe/copies/db.sqlite"
      #expect(try practice.run("backup", copy).exit == 0)
      try practice.drop("cem.csv", "patient_id,recorded_at,score\ncem,2026-10-25,4\n")
      _ = try practice.run("nightly")
      #expect(practice.text("reports/latest/cem.txt") != nil)
      #expect(try practice.run("restore", copy).output.contains(".before-restore"))
      _ = try practice.run("nightly")
      #expect(practice.text("reports/latest/cem.txt") == nil)
      _ = try practice.run(
        "report", "--all", "--cohort-only", "--format", "txt,json", "--out", folder.path + "/anew")
      for name in ["cohort.txt", "cohort.json"] {
        #expect(practice.text("reports/latest/" + name) == practice.text("anew/" + name))
      }
    }
  }

  @Test("each restore keeps the state before it under a name of its own")
  func restoredTwice() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      let copy = folder.path + "/copy.sqlite"
      _ = try practice.run("backup", copy)
      for _ in 0..<2 { #expect(try practice.run("restore", copy).exit == 0) }
      let kept = practice.database + ".before-restore"
      #expect(FileManager.default.fileExists(atPath: kept))
      #expect(FileManager.default.fileExists(atPath: kept + "-2"))
      #expect(try practice.run("restore", practice.database).exit == 64)
      let missing = try practice.run("restore", folder.path + "/none.sqlite")
      #expect(missing.exit == 66 && missing.errors.contains("there is no copy"), "\(missing)")
    }
  }

  @Test("a copy from before somebody was forgotten restores everybody else")
  func restoredWithoutForgotten() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      let copy = folder.path + "/copy.sqlite"
      _ = try practice.run("backup", copy)
      let away = folder.deletingLastPathComponent().appendingPathComponent(UUID().uuidString)
      try FileManager.default.moveItem(atPath: copy, toPath: away.path)
      defer { try? FileManager.default.removeItem(at: away) }
      _ = try practice.run("forget", "anna", "--yes")
      #expect(try practice.run("restore", away.path).exit == 0)
      #expect(try practice.traces(hers) == [])
      #expect(try practice.count("Patients") == 1)
    }
  }

  @Test("a damaged database is replaced by its copy and kept")
  func damaged() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      let copy = folder.path + "/copy.sqlite"
      _ = try practice.run("backup", copy)
      try Data(repeating: 7, count: 5_000).write(to: URL(fileURLWithPath: practice.database))
      let outcome = try practice.run("restore", copy)
      #expect(outcome.exit == 0, "\(outcome)")
      #expect(try practice.count("Pain entries") == 20)
      let kept = try Data(contentsOf: URL(fileURLWithPath: practice.database + ".before-restore"))
      #expect(kept == Data(repeating: 7, count: 5_000))
    }
  }

  @Test("backup writes over no other file, and restore takes no other")
  func otherFiles() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      let letter = folder.path + "/letter.txt"
      try String(repeating: "Dear doctor. ", count: 20).write(
        toFile: letter, atomically: true, encoding: .utf8)
      #expect(try practice.run("backup", letter).exit == 73)
      #expect(try practice.run("restore", letter).exit == 65)
      #expect(try practice.run("restore", folder.path + "/none").exit == 66)
      #expect(try practice.run("backup", practice.database).exit == 64)
      #expect(practice.text("letter.txt")?.hasPrefix("Dear doctor.") == true)
      #expect(try practice.count("Pain entries") == 20)
    }
  }

  @Test("purge counts first, then removes what is older by its own date")
  func purged() throws {
    try withTemporaryFolder { folder in
      let practice = try Practice(folder)
      _ = try practice.run("nightly")
      try practice.drop("old.csv", "patient_id,recorded_at,score\nben,1990-01-01,3\n")
      _ = try practice.run("nightly")
      #expect(try practice.count("Pain entries") == 21)
      let counted = try practice.run("purge", "--older-than", "30y", "--dry-run")
      #expect(counted.output.hasPrefix("Would be removed: 1 records"), "\(counted)")
      #expect(try practice.count("Pain entries") == 21)
      let removed = try practice.run("purge", "--older-than", "30y")
      #expect(removed.output.hasPrefix("Removed: 1 records"))
      #expect(try practice.count("Pain entries") == 20)
      #expect(try practice.run("purge", "--older-than", "tomorrow").exit == 64)
    }
  }
}
