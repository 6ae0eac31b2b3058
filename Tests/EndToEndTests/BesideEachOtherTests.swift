import Foundation
import GRDB
import TestSupport
import Testing

/// Commands beside each other, databases that are not what they should be, and what restores leave.
@Suite("Commands beside each other")
struct BesideEachOtherTests {
  private struct Place {
    let folder: URL

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    @discardableResult
    func run(_ arguments: String..., database: String = "d.sqlite") throws -> Outcome {
      try runProgram(arguments + ["--database", database], in: folder)
    }

    /// Starts a command; its output goes nowhere.
    func start(_ arguments: String..., output: Any? = FileHandle.nullDevice) throws -> Process {
      let process = Process()
      process.executableURL = program
      process.arguments = arguments + ["--database", "d.sqlite"]
      process.environment = [:]
      process.currentDirectoryURL = folder
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }

    func query(_ sql: String, in database: String = "d.sqlite") throws -> [String] {
      try DatabaseQueue(path: path(database)).read { try String.fetchAll($0, sql: sql) }
    }

    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
  }

  private func withPlace(_ body: (Place) throws -> Void) throws {
    try withTemporaryFolder { try body(Place(folder: $0)) }
  }

  /// Pain of some people over some days, each score that of the file.
  private func pain(_ people: Int, days: Int, score: Int) -> String {
    "patient_id,recorded_at,score\n"
      + (0..<days).map { day in
        (0..<people).map {
          "P\($0),2026-0\(1 + day / 28)-\(String(101 + day % 28).dropFirst()),\(score)\n"
        }.joined()
      }.joined()
  }

  @Test("a restore beside an import loses nothing: its rows are in the one database or the other")
  func restoreBesideImport() throws {
    for delay in [0, 20_000, 60_000, 120_000, 200_000] as [UInt32] {
      try withPlace { place in
        try place.write("a.csv", pain(40, days: 30, score: 1))
        try place.write("n.csv", pain(40, days: 60, score: 2))
        try place.run("import", "a.csv")
        try place.run("backup", "b.sqlite")
        let restore = try place.start("restore", "b.sqlite")
        usleep(delay)
        let importing = try place.start("import", "n.csv")
        restore.waitUntilExit()
        importing.waitUntilExit()
        #expect(restore.terminationStatus == 0 && importing.terminationStatus == 0)
        let new = "SELECT count(*) FROM pain_entry WHERE score = 2"
        let kept = try place.query(new, in: "d.sqlite.before-restore")
        #expect(
          try Set([place.query(new), kept]) == [["0"], ["2400"]] || place.query(new) == ["2400"])
        for database in ["d.sqlite", "d.sqlite.before-restore"] {
          #expect(try place.query("PRAGMA integrity_check", in: database) == ["ok"])
        }
      }
    }
  }

  @Test("who is forgotten while a folder is imported is gone at the end")
  func forgetBesideImport() throws {
    for delay in [30_000, 150_000, 300_000] as [UInt32] {
      try withPlace { place in
        try place.write("first.csv", pain(30, days: 1, score: 0))
        try FileManager.default.createDirectory(
          atPath: place.path("in"), withIntermediateDirectories: false)
        for file in 1...9 { try place.write("in/f\(file).csv", pain(60, days: 20, score: file)) }
        try place.run("import", "first.csv")
        let importing = try place.start("import", "in")
        usleep(delay)
        #expect(try place.run("forget", "P7", "--yes").exit == 0)
        importing.waitUntilExit()
        #expect(importing.terminationStatus == 0)
        #expect(try place.query("SELECT code FROM patient WHERE code = 'P7'") == [])
      }
    }
  }

  @Test("whoever looks at an export in a pager keeps no import waiting")
  func pager() throws {
    try withPlace { place in
      try place.write("p.csv", pain(300, days: 40, score: 3))
      try place.run("import", "p.csv")
      let pipe = Pipe()
      let export = try place.start("export", "--format", "fhir", "--out", "-", output: pipe)
      // It fills the pipe, which nobody reads.
      usleep(400_000)
      try place.write("x.csv", pain(1, days: 1, score: 9))
      let start = ContinuousClock.now
      #expect(try place.run("import", "x.csv").exit == 0)
      #expect(ContinuousClock.now - start < .seconds(30))
      #expect(export.isRunning)
      // A pager that is left: an error with a code, not a signal.
      try pipe.fileHandleForReading.close()
      export.waitUntilExit()
      #expect(export.terminationReason == .exit && export.terminationStatus == 74)
    }
  }

  @Test("a backup replaces another backup and says so, and no database that somebody works with")
  func backups() throws {
    try withPlace { place in
      try place.write("a.csv", pain(2, days: 2, score: 1))
      try place.write("b.csv", pain(3, days: 3, score: 2))
      try place.run("import", "a.csv")
      try place.run("import", "b.csv", database: "other.sqlite")
      let before = try Data(contentsOf: URL(fileURLWithPath: place.path("other.sqlite")))
      let refused = try place.run("backup", "other.sqlite")
      #expect(refused.exit == 73 && refused.errors.contains("no copy made by lumbar backup"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: place.path("other.sqlite"))) == before)
      // A copy made by hand is somebody's database, too.
      try FileManager.default.copyItem(
        atPath: place.path("d.sqlite"), toPath: place.path("c.sqlite"))
      #expect(try place.run("backup", "c.sqlite").exit == 73)
      #expect(try place.run("backup", "copy.sqlite").output == "")
      let again = try place.run("backup", "copy.sqlite")
      #expect(again.exit == 0 && again.output.hasPrefix("Replaced the backup of 20"), "\(again)")
      // Working with a backup makes a database of it.
      #expect(try place.run("import", "b.csv", database: "copy.sqlite").exit == 0)
      #expect(try place.run("backup", "copy.sqlite").exit == 73)
      #expect(try !place.names().contains { $0.hasPrefix("copy.sqlite.") && $0.hasSuffix(".tmp") })
    }
  }

  @Test("a backup goes to no name that the database needs, nor into a pipe")
  func backupNames() throws {
    try withPlace { place in
      try place.write("a.csv", pain(2, days: 2, score: 1))
      try place.run("import", "a.csv")
      for name in ["-journal", ".lock", ".key", ".restoring", ".before-restore-7"] {
        #expect(try place.run("backup", "d.sqlite" + name).exit == 64, "\(name)")
      }
      #expect(mkfifo(place.path("pipe"), 0o600) == 0)
      #expect(try place.run("backup", "pipe").exit == 73)
      try FileManager.default.createDirectory(
        atPath: place.path("folder"), withIntermediateDirectories: false)
      try place.write("folder/precious", "mine")
      try place.run("backup", "b.sqlite")
      #expect(try place.run("restore", "b.sqlite", database: "folder").exit == 73)
      #expect(try !place.names().contains { $0.hasPrefix("folder.") || $0.hasPrefix("pipe.") })
    }
  }

  @Test("a link to the database stays a link, and what it leads to is restored")
  func link() throws {
    try withPlace { place in
      try place.write("a.csv", pain(2, days: 2, score: 1))
      try place.write("b.csv", pain(3, days: 3, score: 2))
      try place.run("import", "a.csv")
      try FileManager.default.createSymbolicLink(
        atPath: place.path("link.sqlite"), withDestinationPath: "d.sqlite")
      try place.run("backup", "copy.sqlite")
      try place.run("import", "b.csv")
      #expect(try place.run("restore", "copy.sqlite", database: "link.sqlite").exit == 0)
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: place.path("link.sqlite"))
          == "d.sqlite")
      for database in ["d.sqlite", "link.sqlite"] {
        #expect(try place.query("SELECT count(*) FROM pain_entry", in: database) == ["4"])
      }
      #expect(try place.names().contains("d.sqlite.before-restore"))
    }
  }

  @Test("there is a database at its place at every moment of a restore")
  func neverGone() throws {
    try withPlace { place in
      try place.write("a.csv", pain(2, days: 2, score: 1))
      try place.run("import", "a.csv")
      try place.run("backup", "copy.sqlite")
      for _ in 0..<4 {
        let restore = try place.start("restore", "copy.sqlite")
        while restore.isRunning {
          #expect(access(place.path("d.sqlite"), F_OK) == 0)
          usleep(200)
        }
        #expect(restore.terminationStatus == 0)
      }
    }
  }

  @Test(
    "where a restore was broken off nobody begins an empty database",
    arguments: ["d.sqlite.before-restore", "d.sqlite.before-restore-2", "d.sqlite.restoring"])
  func brokenOff(kept: String) throws {
    try withPlace { place in
      try place.write("a.csv", pain(2, days: 2, score: 1))
      try FileManager.default.createDirectory(
        atPath: place.path("in"), withIntermediateDirectories: false)
      try place.write("in/b.csv", pain(2, days: 3, score: 1))
      try place.run("import", "a.csv")
      try FileManager.default.moveItem(
        atPath: place.path("d.sqlite"), toPath: place.path(kept))
      let night = try place.run("nightly", "--inbox", "in", "--out", "reports")
      #expect(night.exit == 66 && night.errors.contains(kept), "\(night)")
      #expect(try place.run("import", "a.csv").exit == 66)
      #expect(try !place.names().contains("d.sqlite"))
    }
  }

  @Test(
    "a database that was changed by hand is damaged in words, for whoever reads or writes",
    arguments: [
      "UPDATE pain_entry SET score = 9e999 WHERE id = (SELECT max(id) FROM pain_entry)",
      "UPDATE pain_entry SET kind = -1", "UPDATE pain_entry SET day = 2147483648",
      "UPDATE pain_entry SET id = 9223372036854775807 WHERE id = (SELECT max(id) FROM pain_entry)",
      "ALTER TABLE pain_entry DROP COLUMN notes",
      "ALTER TABLE pain_entry ADD COLUMN mine INTEGER NOT NULL DEFAULT 7",
    ])
  func byHand(sql: String) throws {
    try withPlace { place in
      try place.write("a.csv", pain(2, days: 2, score: 1))
      try place.run("import", "a.csv")
      try DatabaseQueue(path: place.path("d.sqlite")).inDatabase { try $0.execute(sql: sql) }
      let report = try place.run("report", "--all", "--out", "reports", "--format", "txt")
      #expect(report.exit == 65 && report.errors.contains("damaged"), "\(report)")
      if sql.hasPrefix("ALTER") {
        try place.write("b.csv", pain(2, days: 3, score: 1))
        let importing = try place.run("import", "b.csv")
        #expect(importing.exit == 65 && importing.errors.contains("another shape"))
      }
    }
  }

  @Test("of bytes that changed under it nothing is reported or written that SQLite's check sees")
  func flippedBytes() throws {
    try withPlace { place in
      try place.write("a.csv", pain(20, days: 40, score: 4))
      try place.run("import", "a.csv")
      try place.write("x.csv", pain(1, days: 1, score: 9))
      let sound = try Data(contentsOf: URL(fileURLWithPath: place.path("d.sqlite")))
      let own = try place.run("report", "--patient", "P3", "--out", "-").output
      var random = SeededGenerator(seed: 8)
      var seen = 0
      for _ in 0..<24 {
        var bytes = sound
        for _ in 0..<8 {
          bytes[100 + random.below(bytes.count - 100)] ^= UInt8(1 + random.below(255))
        }
        try bytes.write(to: URL(fileURLWithPath: place.path("d.sqlite")))
        let verdict = try? place.query("PRAGMA quick_check(1)")
        try bytes.write(to: URL(fileURLWithPath: place.path("d.sqlite")))
        let report = try place.run("report", "--patient", "P3", "--out", "-")
        guard verdict != ["ok"] else {
          #expect([0, 65].contains(report.exit))
          continue
        }
        seen += 1
        #expect(report.exit == 65, "\(report)")
        #expect(try place.run("import", "x.csv").exit == 65)
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.path("d.sqlite"))) == bytes)
      }
      #expect(seen > 4)
      try sound.write(to: URL(fileURLWithPath: place.path("d.sqlite")))
      #expect(try place.run("report", "--patient", "P3", "--out", "-").output == own)
    }
  }

  @Test("a line of any length takes no more room than a field may have")
  func longLine() throws {
    try withPlace { place in
      try place.write("head.csv", "patient_id,recorded_at,score,notes\nA,2026-10-01,5,")
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.currentDirectoryURL = place.folder
      shell.arguments = [
        "-c",
        """
        { cat head.csv; head -c 150000000 /dev/zero | tr '\\0' x; printf '\\nA,2026-10-02,5,ok\\n'; } > l.csv
        ulimit -v 400000 && "$0" import l.csv --database d.sqlite
        """, program.path,
      ]
      shell.environment = ["PATH": "/usr/bin:/bin"]
      let outcome = try finish(shell)
      #expect(outcome.exit == 3 && outcome.output.contains("1 new, 1 refused"), "\(outcome)")
      #expect(try place.run("rejections").output.contains("line 2: field-too-long"))
    }
  }
}
