import Foundation
import TestSupport
import Testing

@testable import Storage

/// Paths as people type them: none ends in a trap, whatever its length or form.
@Suite("Paths")
struct PathTests {
  private static let names = [
    "r", "é", "ü", "e\u{301}", "j/", "./r", "../r", "r/s", ".r", "-", "-r", "a b", " ", "r.", "..r",
    "r//s/", "🧘", "漢", "r\nline", "r\ttab", String(repeating: "x", count: 255),
    String(repeating: "x", count: 256),
    String(repeating: String(repeating: "d", count: 255) + "/", count: 16) + "r",
  ]

  @Test(
    "a part of a path is what lies between its slashes",
    arguments: [
      ("r", "", "r", "", "r"), ("/r", "/", "r", "", "r"), ("a/r.csv", "a", "r.csv", "csv", "r"),
      ("a/b/", "a", "b", "", "b"), ("", "", "", "", ""), ("/", "/", "", "", ""),
      ("a.b/.r", "a.b", ".r", "", ".r"), ("x.tar.gz", "", "x.tar.gz", "gz", "x.tar"),
      ("é", "", "é", "", "é"),
    ])
  func parts(path: String, folder: String, name: String, ending: String, stem: String) {
    #expect(path.folderOfPath == folder)
    #expect(path.nameOfPath == name)
    #expect(path.endingOfPath == ending)
    #expect(path.stemOfPath == stem)
  }

  /// Commands with each option or argument that takes a path, where `%` stands for it.
  private static let commands: [[String]] = [
    ["import", "%", "--database", "db"], ["import", "pain.csv", "--database", "%"],
    ["import", "pain.csv", "--database", "db2", "--profile", "%"],
    ["report", "--all", "--format", "txt", "--database", "db", "--out", "%"],
    ["report", "--all", "--database", "db", "--out", "x", "--config", "%"],
    ["export", "--database", "db", "--out", "%"], ["template", "%"],
    ["rejections", "--database", "db", "--export", "%"], ["backup", "%", "--database", "db"],
    ["restore", "%", "--database", "db3"], ["profile", "sketch", "%"],
    ["profile", "test", "pain.csv", "--profile", "%"],
    ["nightly", "--database", "db", "--inbox", "%", "--out", "rep"],
    ["nightly", "--database", "db", "--inbox", "in", "--out", "%"],
    ["nightly", "--database", "db", "--inbox", "in", "--out", "rep", "--archive", "%"],
    ["forget", "nobody", "--yes", "--database", "db", "--out", "%"], ["status", "--database", "%"],
    ["explain", "--patient", "A", "pain.mean", "--database", "%"],
    ["selftest", "--reference", "%"],
    ["schedule", "install", "--systemd", "--database", "%"],
    ["schedule", "install", "--dry-run", "--config", "%"],
  ]

  @Test("of every option end in words or in what was asked, never in a trap", arguments: commands)
  func options(command: [String]) throws {
    try withTemporaryFolder { folder in
      let work = folder.appendingPathComponent("w")
      try FileManager.default.createDirectory(
        at: work.appendingPathComponent("in"), withIntermediateDirectories: true)
      try Data("patient_id,recorded_at,score\nA,2026-10-01,5\nA,2026-10-02,55\n".utf8)
        .write(to: work.appendingPathComponent("pain.csv"))
      #expect(try runProgram(["import", "pain.csv", "--database", "db"], in: work).exit == 3)
      for name in Self.names {
        let arguments = command.map { $0 == "%" ? name : $0 }
        let outcome = try runProgram(arguments, in: work)
        let isWord = [0, 3, 64, 65, 66, 70, 73, 74, 75, 78].contains(outcome.exit)
        #expect(isWord && outcome.exit != 70, "\(arguments): \(outcome)")
        if outcome.exit >= 64 { #expect(!outcome.errors.isEmpty, "\(arguments)") }
      }
    }
  }

  @Test(
    "of every key of the configuration end in words or in what was asked",
    arguments: ["database", "inbox", "reports", "archive"])
  func keys(key: String) throws {
    try withTemporaryFolder { folder in
      let work = folder.appendingPathComponent("w")
      try FileManager.default.createDirectory(
        at: work.appendingPathComponent("in"), withIntermediateDirectories: true)
      try Data("patient_id,recorded_at,score\nA,2026-10-01,5\n".utf8)
        .write(to: work.appendingPathComponent("in/pain.csv"))
      // Each key meets every second name, and the longest.
      let offset = key.utf8.count % 2
      let names = Self.names.enumerated().filter {
        $0.offset % 2 == offset || $0.element.utf8.count > 256
      }
      for name in names.map(\.element) {
        var keys = ["database": "db", "inbox": "in", "reports": "rep", "archive": "arch"]
        keys[key] = name
        let lines = keys.map { key, path in
          let quoted = path.replacing("\n", with: "\\n").replacing("\t", with: "\\t")
          return "\(key) = \"\(quoted)\"\n"
        }
        try Data(("settle = 0\n" + lines.joined()).utf8)
          .write(to: work.appendingPathComponent("c.toml"))
        for command in [["nightly"], ["schedule", "install", "--systemd"], ["status"]] {
          let outcome = try runProgram(command + ["--config", "c.toml"], in: work)
          #expect(
            [0, 3, 64, 65, 66, 73, 74, 75, 78].contains(outcome.exit),
            "\(command) \(name): \(outcome)")
          if outcome.exit >= 64 { #expect(!outcome.errors.isEmpty, "\(command) \(name)") }
        }
      }
    }
  }

  @Test("a folder of one letter holds the report", arguments: ["r", "j/", "é"])
  func oneLetter(name: String) throws {
    try withTemporaryFolder { folder in
      try Data("patient_id,recorded_at,score\nA,2026-10-01,5\n".utf8)
        .write(to: folder.appendingPathComponent("pain.csv"))
      _ = try runProgram(["import", "pain.csv", "--database", "d"], in: folder)
      let report = try runProgram(
        ["report", "--patient", "A", "--database", "d", "--format", "txt", "--out", name],
        in: folder)
      #expect(report.exit == 0, "\(report)")
      #expect(FileManager.default.fileExists(atPath: folder.path + "/" + name + "/A.txt"))
    }
  }

  @Test("names that are no files are refused", arguments: [":memory:", "file:y?mode=memory"])
  func noFiles(name: String) throws {
    try withTemporaryFolder { folder in
      try Data("patient_id,recorded_at,score\nA,2026-10-01,5\n".utf8)
        .write(to: folder.appendingPathComponent("pain.csv"))
      let outcome = try runProgram(["import", "pain.csv", "--database", name], in: folder)
      #expect(outcome.exit == 64 && outcome.errors.contains("names no file"), "\(outcome)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pain.csv"])
    }
  }

  @Test("two people never share a report, by hashes or by the case of letters")
  func twoPeople() throws {
    for ids in [
      ["Jürgen 1", "j-rgen-1-c9bd9db4"], ["儨两一", "侹丱一"], ["Ab", "aB"], ["cohort", "Cohort"],
    ] {
      try withTemporaryFolder { folder in
        let rows = ids.enumerated().map { "\($1),2026-10-01,\($0 + 1)\n" }.joined()
        try Data(("patient_id,recorded_at,score\n" + rows).utf8)
          .write(to: folder.appendingPathComponent("pain.csv"))
        _ = try runProgram(["import", "pain.csv", "--database", "db"], in: folder)
        let out = folder.appendingPathComponent("out")
        let report = try runProgram(
          ["report", "--all", "--database", "db", "--format", "txt", "--out", "out"], in: folder)
        #expect(report.exit == 0, "\(report)")
        let names = try FileManager.default.contentsOfDirectory(atPath: out.path)
        #expect(Set(names.map { $0.lowercased() }).count == 3, "\(names)")
        for id in ids {
          #expect(
            try names.contains { name in
              try String(contentsOf: out.appendingPathComponent(name), encoding: .utf8)
                .hasPrefix("BACK EXERCISE REPORT")
                && String(contentsOf: out.appendingPathComponent(name), encoding: .utf8)
                  .split(separator: "\n")[1].hasPrefix(id + " ")
            }, "\(id)")
        }
      }
    }
  }
}
