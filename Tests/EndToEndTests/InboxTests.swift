import Foundation
import Ingest
import TestSupport
import Testing

/// What lies in a folder that others may write to.
@Suite("The inbox")
struct InboxTests {
  private struct Clinic {
    let folder: URL

    init(_ folder: URL, settle: String = "0", more: String = "") throws {
      self.folder = folder
      for name in ["in", "arch"] {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(name), withIntermediateDirectories: false)
      }
      try write(
        "c.toml",
        """
        inbox = "in"
        reports = "pub"
        database = "d.sqlite"
        formats = ["txt"]
        settle = \(settle)
        \(more)

        """)
    }

    func path(_ name: String) -> String { folder.path + "/" + name }

    func write(_ name: String, _ text: String, secondsAgo: Double = 0) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -secondsAgo)], ofItemAtPath: path(name))
    }

    func run(_ command: String...) throws -> Outcome {
      try runProgram(command + ["--config", "c.toml"], in: folder)
    }

    func names(_ folder: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
    }

    func mode(_ name: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
    }
  }

  private func diary(_ person: String, days: ClosedRange<Int>, score: Int = 4) -> String {
    "patient_id,recorded_at,score\n"
      + days.map { "\(person),2026-10-\($0 < 10 ? "0" : "")\($0),\(score)\n" }.joined()
  }

  @Test("links are left alone, named once, and stay on status until they are gone")
  func links() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, more: "archive = \"arch\"")
      try clinic.write("secret", diary("SECRET", days: 1...3))
      chmod(clinic.path("secret"), 0o644)
      let files = FileManager.default
      try files.createSymbolicLink(
        atPath: clinic.path("in/s.csv"), withDestinationPath: clinic.path("secret"))
      try files.createDirectory(
        atPath: clinic.path("elsewhere"), withIntermediateDirectories: false)
      try clinic.write("elsewhere/e.csv", diary("ELSE", days: 1...3))
      try files.createSymbolicLink(
        atPath: clinic.path("in/sub"), withDestinationPath: clinic.path("elsewhere"))
      try clinic.write("in/good.csv", diary("A", days: 1...3))
      let first = try clinic.run("nightly")
      #expect(first.exit == 3, "\(first)")
      #expect(
        first.errors.split(separator: "\n").allSatisfy { $0.contains("is a link") }
          && first.errors.contains("s.csv") && first.errors.contains("sub"), "\(first)")
      #expect(try clinic.run("nightly").exit == 0)
      let status = try clinic.run("status").output
      #expect(status.contains("Patients        1\n") && status.contains("Not read        in/s.csv"))
      #expect(try clinic.names("arch") == ["good.csv"])
      #expect(try clinic.mode("secret") == 0o644)
      try files.removeItem(atPath: clinic.path("in/s.csv"))
      #expect(try !clinic.run("status").output.contains("s.csv"))
    }
  }

  @Test("a file with a second name elsewhere is archived by copy; the other keeps its rights")
  func secondName() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, more: "archive = \"arch\"")
      try clinic.write("mine.csv", diary("A", days: 1...3))
      chmod(clinic.path("mine.csv"), 0o644)
      #expect(link(clinic.path("mine.csv"), clinic.path("in/a.csv")) == 0)
      #expect(try clinic.run("nightly").exit == 0)
      #expect(try clinic.names("in").isEmpty)
      #expect(try clinic.mode("mine.csv") == 0o644 && clinic.mode("arch/a.csv") == 0o600)
      #expect(
        try String(contentsOfFile: clinic.path("arch/a.csv"), encoding: .utf8)
          == diary("A", days: 1...3))
    }
  }

  @Test("a file of the same name in the archive stays, and times are kept")
  func sameName() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, more: "archive = \"arch\"")
      for score in [3, 4] {
        try clinic.write(
          "in/a.csv", diary("A", days: score...score, score: score), secondsAgo: 9_999)
        #expect(try clinic.run("nightly").exit == 0)
      }
      let names = try clinic.names("arch")
      #expect(
        names.count == 2 && names.contains("a.csv") && names.allSatisfy { $0.hasSuffix("a.csv") })
      for name in names {
        let time =
          try FileManager.default.attributesOfItem(atPath: clinic.path("arch/" + name))[
            .modificationDate] as? Date
        #expect(try abs(#require(time).timeIntervalSinceNow + 9_999) < 60)
      }
    }
  }

  @Test("no file of the archive is written over, whatever names are taken or are no UTF-8")
  func takenNames() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, more: "archive = \"arch\"")
      let third = diary("C", days: 3...3)
      let sum = SHA256.hex(of: third.utf8).prefix(8)
      try clinic.write("in/a.csv", diary("A", days: 1...1))
      try clinic.write("in/\(sum)-a.csv", diary("B", days: 2...2))
      let long = String(repeating: "x", count: 251) + ".csv"
      for (index, text) in [diary("D", days: 4...4), diary("E", days: 5...5), third].enumerated() {
        let latin =
          Array(clinic.path("in/").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF)]
          + ".csv".utf8CString
        let file = try #require(fopen(latin, "w"))
        fputs(text.replacing(",4\n", with: ",\(index)\n"), file)
        fclose(file)
        try clinic.write("in/" + long, text.replacing("2026-10", with: "2026-09"))
        if index == 2 { try clinic.write("in/a.csv", third) }
        #expect(try clinic.run("nightly").exit == 0)
      }
      #expect(try clinic.names("in").isEmpty)
      let texts = try clinic.names("arch").map {
        try String(contentsOfFile: clinic.path("arch/" + $0), encoding: .utf8)
      }
      #expect(texts.count == 9 && Set(texts).count == 9)
    }
  }

  @Test(
    "a file that cannot be moved keeps no other in the inbox, and nobody from hearing of refused rows"
  )
  func unmovable() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, more: "archive = \"arch\"")
      try clinic.write("in/a.csv", diary("A", days: 1...3) + "A,2026-10-09,99\n")
      try clinic.write("in/note.txt", "nothing to read\n")
      // The archive is a file.
      try FileManager.default.removeItem(atPath: clinic.path("arch"))
      try clinic.write("arch", "")
      let night = try clinic.run("nightly")
      #expect(night.exit == 73 && night.errors.contains("1 row was refused"), "\(night)")
      #expect(night.errors.contains("note.txt") && night.errors.split(separator: "\n").count == 3)
      #expect(try clinic.run("status").output.contains("Not read        in/note.txt"))
      try FileManager.default.removeItem(atPath: clinic.path("arch"))
      let next = try clinic.run("nightly")
      #expect(next.exit == 0 && next.errors.isEmpty, "\(next)")
      #expect(try clinic.names("in") == ["note.txt"] && clinic.names("arch") == ["a.csv"])
    }
  }

  @Test("an archive or reports that lie in the inbox by way of a link are refused")
  func inInboxByLink() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      symlink("in", clinic.path("way"))
      for key in ["archive", "reports"] {
        for path in ["way", "way/x", "way/x/y", "./in/../way"] {
          try clinic.write(
            "c.toml",
            "inbox = 'in'\ndatabase = 'd.sqlite'\n\(key) = '\(path)'\n"
              + (key == "archive" ? "reports = 'pub'\n" : ""))
          let night = try clinic.run("nightly")
          #expect(
            night.exit == 78 && night.errors.contains("lies in the inbox"), "\(path): \(night)")
        }
      }
    }
  }

  @Test("a file that was just written to waits, and the ledger says so; the future does not count")
  func settle() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, settle: "60")
      // The last row is cut: 1 of 10.
      try clinic.write("in/f.csv", diary("GX", days: 1...3) + "GX,2026-10-04,1")
      try clinic.write("in/future.csv", diary("F", days: 1...3), secondsAgo: -9_999)
      try clinic.write("in/old.csv", diary("O", days: 1...3), secondsAgo: 61)
      let first = try clinic.run("nightly")
      #expect(first.exit == 0 && first.errors.isEmpty, "\(first)")
      let waiting = try clinic.run("status").output
      #expect(waiting.contains("Patients        2\n"), "\(waiting)")
      #expect(waiting.contains("Not read        in/f.csv"), "\(waiting)")
      try clinic.write(
        "in/f.csv", diary("GX", days: 1...3) + "GX,2026-10-04,10\n", secondsAgo: 100)
      #expect(try clinic.run("nightly").exit == 0)
      #expect(try !clinic.run("status").output.contains("Not read"))
      let latest = try clinic.run("explain", "--patient", "GX", "pain.mean")
      #expect(
        latest.output.contains("score 10") && !latest.output.contains("score 1 "), "\(latest)")
      #expect(try clinic.run("status").output.contains("Pain entries    10\n"))
    }
  }

  @Test("what cannot be read is told once and stays on status until it is gone")
  func unreadable() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write("in/note.txt", "Anna Lindqvist born 1961 pain 8 and crying\nsecond\n")
      try clinic.write("in/s.json", "\"PRIVATE-x\"\n")
      try clinic.write("in/t.csv", "Anna Lindqvist;back pain since the divorce\n")
      let first = try clinic.run("nightly")
      #expect(first.exit == 3 && first.errors.split(separator: "\n").count == 3, "\(first)")
      #expect(try clinic.run("nightly").exit == 0)
      let status = try clinic.run("status")
      let json = try clinic.run("status", "--json")
      for text in [first.errors, status.output, json.output] {
        for name in ["note.txt", "s.json", "t.csv"] { #expect(text.contains(name), "\(text)") }
        for content in ["Lindqvist", "crying", "PRIVATE", "divorce", "1961"] {
          #expect(!text.contains(content), "\(text)")
        }
      }
      for name in ["note.txt", "s.json", "t.csv"] {
        try FileManager.default.removeItem(atPath: clinic.path("in/" + name))
      }
      #expect(try !clinic.run("status").output.contains("Not read"))
    }
  }

  @Test("what nobody could be told is told again")
  func toldOnce() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write("in/a.csv", diary("A", days: 1...3) + "A,2026-10-04,44\n")
      let full = Process()
      full.executableURL = URL(fileURLWithPath: "/bin/sh")
      full.arguments = ["-c", "exec \"$0\" nightly --config c.toml 2>/dev/full", program.path]
      full.currentDirectoryURL = folder
      #expect(try finish(full).exit == 3)
      let told = try clinic.run("nightly")
      #expect(told.exit == 3 && told.errors.contains("1 row was refused"), "\(told)")
      #expect(told.errors.contains("lumbar rejections --config c.toml"), "\(told)")
      #expect(try clinic.run("nightly").exit == 0)
    }
  }

  @Test(
    "records that no longer arrive are told of, where a limit is set; status says how old always")
  func dataAge() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      try clinic.write("in/a.csv", diary("A", days: 1...3).replacing("2026", with: "2024"))
      #expect(try clinic.run("nightly").exit == 0)
      let status = try clinic.run("status").output
      #expect(status.contains("Newest record   2024-10-03, ") && status.contains(" days ago\n"))
      try clinic.write(
        "c.toml", "inbox='in'\nreports='pub'\ndatabase='d.sqlite'\nmax_data_age='3d'\n")
      let night = try clinic.run("nightly")
      #expect(
        night.exit == 3 && night.errors.contains("newest record is of 2024-10-03"), "\(night)")
      #expect(night.errors.split(separator: "\n").count == 1)
      try clinic.write(
        "c.toml", "inbox='in'\nreports='pub'\ndatabase='d.sqlite'\nmax_data_age='90000h'\n")
      #expect(try clinic.run("nightly").exit == 0)
    }
  }

  @Test("a name that is no UTF-8 is a file like any other, also in a folder that is imported")
  func latinName() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder, more: "archive = \"arch\"")
      let text = diary("A", days: 1...3)
      for place in ["in/", ""] {
        let name =
          Array((clinic.path(place) + "/caf").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9)]
          + ".csv".utf8CString
        let file = try #require(fopen(name, "w"))
        fputs(place.isEmpty ? text.replacing("A,", with: "B,") : text, file)
        fclose(file)
      }
      let imported = try clinic.run("import", ".")
      #expect(imported.output.contains("caf\u{FFFD}.csv") && imported.output.contains("3 new"))
      #expect(try clinic.run("nightly").exit == 0)
      #expect(try clinic.run("status").output.contains("Patients        2\n"))
      #expect(try clinic.names("in").isEmpty)
    }
  }

  @Test("folders within folders within folders are looked into, but not without end")
  func deep() throws {
    try withTemporaryFolder { folder in
      let clinic = try Clinic(folder)
      let deep = "in/" + (1...31).map { "\($0)" }.joined(separator: "/")
      let deeper = "in/" + String(repeating: "x/", count: 60)
      for path in [deep, deeper] {
        try FileManager.default.createDirectory(
          atPath: clinic.path(path), withIntermediateDirectories: true)
        try clinic.write(path + "/a.csv", diary(path == deep ? "A" : "B", days: 1...3))
      }
      let night = try clinic.run("nightly")
      #expect(night.exit == 3 && night.errors.contains("too deep"), "\(night)")
      #expect(try clinic.run("status").output.contains("Patients        1\n"))
    }
  }
}
