import Foundation
import TestSupport
import Testing

@testable import Workflows

/// A crontab command of the test's own, which keeps its table in a file, and a configuration or
/// two.
private struct Desk {
  let folder: URL
  let environment: [String: String]

  /// - Parameter body: of the command, where `$table` is the file.
  init(_ folder: URL, command body: String? = nil) throws {
    self.folder = folder
    environment = ["PATH": folder.path + ":/usr/bin:/bin", "HOME": folder.path]
    let usual = """
      if [ "$1" = "-l" ]; then
        [ -f "$table" ] || { echo "no crontab for you" >&2; exit 1; }
        cat "$table"
      else
        cat > "$table"
      fi
      """
    try write("crontab", "#!/bin/sh\ntable='\(folder.path)/table'\n" + (body ?? usual))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.path + "/crontab")
    for name in ["one", "two"] {
      try write(
        name + ".toml", "inbox = '\(folder.path)'\ndatabase = '\(folder.path)/\(name).sqlite'\n")
    }
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func bytes(_ name: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appendingPathComponent(name))).map { [UInt8]($0) }
  }

  var table: String { bytes("table").map { String(decoding: $0, as: UTF8.self) } ?? "" }
  var nights: [Substring] { table.split(separator: "\n").filter { $0.contains("'nightly'") } }

  @discardableResult
  func schedule(_ command: String...) throws -> Outcome {
    try runProgram(["schedule"] + command, environment: environment, in: folder)
  }
}

@Suite("The schedule")
struct ScheduleTests {
  private func withDesk(command: String? = nil, _ body: (Desk) throws -> Void) throws {
    try withTemporaryFolder { try body(try Desk($0, command: command)) }
  }

  private let begin = "# BEGIN lumbar nightly (written by lumbar schedule)"
  private let end = "# END lumbar nightly"

  @Test("installs one block, keeps other lines and a copy, and removes its own alone")
  func block() throws {
    try withDesk { desk in
      let others = "MAILTO=me\n5 5 * * * true # mine\n"
      try desk.write("table", others)
      let database = desk.folder.path + "/100%.sqlite"
      for time in ["04:15", "03:07"] {
        let outcome = try desk.schedule("install", "--at", time, "--database", database)
        #expect(outcome.exit == 0, "\(outcome)")
      }
      #expect(desk.table.hasPrefix(others))
      #expect(desk.nights.count == 1)
      #expect(desk.nights[0].hasPrefix("7 3 * * * '/"))
      #expect(desk.nights[0].hasSuffix("/100\\%.sqlite'"))
      #expect(desk.bytes("100%.sqlite.crontab-backup") != nil)
      let shown = try desk.schedule("show", "--database", database)
      #expect(shown.output.contains("Next run:") && shown.output.contains("03:07"))
      #expect(try desk.schedule("remove").exit == 0)
      #expect(desk.table == others)
    }
  }

  @Test("each configuration has a block of its own, which show and remove find")
  func two() throws {
    try withDesk { desk in
      try desk.schedule("install", "--at", "04:15", "--config", "one.toml")
      try desk.schedule("install", "--at", "02:30", "--config", "two.toml")
      try desk.schedule("install", "--at", "02:31", "--config", "./two.toml")
      #expect(desk.nights.map { $0.prefix(9) } == ["15 4 * * ", "31 2 * * "])
      // The same configuration with another database is another night.
      try desk.schedule("install", "--config", "one.toml", "--database", "three.sqlite")
      #expect(desk.nights.count == 3)
      let all = try desk.schedule("show").output
      #expect(all.components(separatedBy: "Scheduled:").count == 4, "\(all)")
      #expect(
        try desk.schedule("show", "--config", "two.toml").output.contains("two.toml"))
      let which = try desk.schedule("remove")
      #expect(which.exit == 64 && which.errors.contains("--config"), "\(which)")
      #expect(desk.nights.count == 3)
      #expect(try desk.schedule("remove", "--config", "one.toml").exit == 0)
      #expect(desk.nights.count == 2)
      #expect(desk.nights.contains { $0.contains("three.sqlite") })
    }
  }

  @Test("a block of the version before, which named the database always, is replaced")
  func earlier() throws {
    try withDesk { desk in
      try desk.write(
        "table",
        """
        \(begin)
        15 4 * * * '/old/lumbar' 'nightly' '--config' '\(desk.folder.path)/one.toml' '--database' \
        '\(desk.folder.path)/one.sqlite'
        \(end)

        """)
      let outcome = try desk.schedule("install", "--config", "one.toml", "--at", "01:00")
      #expect(outcome.exit == 0 && outcome.output.contains("in the place of"), "\(outcome)")
      #expect(desk.nights.count == 1 && desk.nights[0].hasPrefix("0 1 * * *"))
    }
  }

  @Test("other bytes stay as they are, whatever they are")
  func bytes() throws {
    try withDesk { desk in
      let others: [UInt8] =
        Array("0 1 * * * /home/jos".utf8) + [0xE9, 0x00, 0xFF]
        + Array("/b\r\n\r\n \t\n@daily x".utf8)
      try Data(others).write(to: desk.folder.appendingPathComponent("table"))
      #expect(try desk.schedule("install", "--config", "one.toml").exit == 0)
      #expect(desk.bytes("table")?.prefix(others.count) == others[...])
      #expect(desk.bytes("one.sqlite.crontab-backup") == others)
      try desk.schedule("install", "--config", "two.toml")
      try desk.schedule("install", "--config", "one.toml", "--at", "00:01")
      #expect(desk.nights.map { $0.prefix(2) } == ["1 ", "15"])
      try desk.schedule("remove", "--config", "one.toml")
      try desk.schedule("remove", "--config", "two.toml")
      #expect(desk.bytes("table") == others + [0x0A])
    }
  }

  @Test("a block with line ends of another system is the same block")
  func lineEnds() throws {
    try withDesk { desk in
      try desk.schedule("install", "--config", "one.toml")
      try desk.write("table", "A=1\r\n" + desk.table.replacing("\n", with: "\r\n") + "B=2\r\n")
      try desk.schedule("install", "--config", "one.toml", "--at", "05:00")
      #expect(desk.nights.count == 1)
      #expect(desk.table.hasPrefix("A=1\r\n#") && desk.table.hasSuffix("\nB=2\r\n"))
      try desk.schedule("remove")
      #expect(desk.table == "A=1\r\nB=2\r\n")
    }
  }

  @Test(
    "a block that is not as it was written is told of, and nothing is changed",
    arguments: [
      "BEGIN\n15 4 * * * x\n0 2 * * * /bin/after1\n",
      "BEGIN\n15 4 * * * x\nBEGIN\n1 1 * * * y\nEND\n",
      "BEGIN\nEND\n", "BEGIN\n15 4 * * * x\n0 2 * * * /mine\nEND\n",
    ])
  func unclear(block: String) throws {
    try withDesk { desk in
      let text =
        "0 1 * * * /bin/before\n"
        + block.replacing("BEGIN", with: begin).replacing("END", with: end)
        + "9 9 * * * /bin/last\n"
      try desk.write("table", text)
      for command in [["install"], ["remove"], ["show"]] {
        let outcome = try desk.schedule(command[0], "--config", "one.toml")
        #expect(outcome.exit == 78 && outcome.errors.contains("line 2"), "\(outcome)")
        #expect(desk.table == text)
      }
    }
  }

  @Test(
    "a crontab command that fails, ends early or does nothing is told of; nothing changes",
    arguments: [
      "case $1 in -l) cat \"$table\";; *) exec <&-; exit 1;; esac",
      "case $1 in -l) cat \"$table\";; *) exit 0;; esac",
      "case $1 in -l) yes '# x' | head -100000;; *) echo nope >&2; exit 2;; esac",
      "exit 1", "kill -9 $$",
    ])
  func failing(command: String) throws {
    try withDesk(command: command) { desk in
      try desk.write("table", "A=1\n")
      let outcome = try desk.schedule("install", "--config", "one.toml")
      #expect(outcome.exit == 74 && outcome.errors.contains("crontab"), "\(outcome)")
      #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.output.isEmpty)
      #expect(desk.table == "A=1\n")
    }
  }

  @Test("only the word that there is none counts as no crontab")
  func unreadableTable() throws {
    try withDesk(
      command:
        "case $1 in -l) echo 'crontab: no crontab access for you right now' >&2; exit 1;; *) cat > $table;; esac"
    ) { desk in
      try desk.write("table", "0 1 * * * precious\n")
      let outcome = try desk.schedule("install", "--config", "one.toml")
      #expect(outcome.exit == 74 && desk.table == "0 1 * * * precious\n", "\(outcome)")
    }
  }

  @Test("a night whose configuration is gone is shown and removed")
  func configurationGone() throws {
    try withDesk { desk in
      try desk.schedule("install", "--config", "one.toml")
      try desk.schedule("install", "--config", "two.toml")
      try FileManager.default.removeItem(atPath: desk.folder.path + "/one.toml")
      #expect(try desk.schedule("show", "--config", "one.toml").output.contains("one.toml"))
      #expect(try desk.schedule("remove", "--config", "one.toml").exit == 0)
      #expect(desk.nights.count == 1 && desk.nights[0].contains("two.toml"))
      try FileManager.default.removeItem(atPath: desk.folder.path + "/two.toml")
      #expect(try desk.schedule("remove").exit == 0 && desk.nights.isEmpty)
    }
  }

  @Test("names that differ in their bytes alone are two configurations")
  func twoForms() throws {
    try withDesk { desk in
      for name in ["\u{E9}.toml", "e\u{301}.toml"] {
        try desk.write(name, "database = '\(desk.folder.path)/one.sqlite'\n")
        try desk.schedule("install", "--config", name)
      }
      #expect(desk.nights.count == 2)
    }
  }

  @Test(
    "the usual configuration is named in the line, which runs without the variables of the shell")
  func usualConfiguration() throws {
    try withDesk { desk in
      let files = FileManager.default
      try files.createDirectory(
        atPath: desk.folder.path + "/x/lumbar", withIntermediateDirectories: true)
      try files.moveItem(
        atPath: desk.folder.path + "/one.toml", toPath: desk.folder.path + "/x/lumbar/config.toml")
      for _ in 0..<2 {
        let outcome = try runProgram(
          ["schedule", "install"],
          environment: desk.environment.merging(["XDG_CONFIG_HOME": desk.folder.path + "/x"]) {
            $1
          },
          in: desk.folder)
        #expect(outcome.exit == 0, "\(outcome)")
      }
      #expect(desk.nights.count == 1 && desk.nights[0].contains("/x/lumbar/config.toml'"))
    }
  }

  @Test("without cron it says so")
  func noCron() throws {
    try withDesk { desk in
      try FileManager.default.removeItem(atPath: desk.folder.path + "/crontab")
      let outcome = try runProgram(
        ["schedule", "install", "--database", "d"],
        environment: ["PATH": desk.folder.path, "HOME": desk.folder.path], in: desk.folder)
      #expect(outcome.exit == 74 && outcome.errors.contains("Install cron"), "\(outcome)")
    }
  }

  @Test("no path with a line break reaches a crontab or a unit")
  func lineBreak() throws {
    try withDesk { desk in
      try desk.write("table", "A=1\n")
      for name in ["d\n* * * * * touch pwned #", "d\r", "d\u{1B}[1m", "d\u{7F}"] {
        for more in [[], ["--systemd"]] {
          let outcome = try runProgram(
            ["schedule", "install", "--config", "one.toml", "--database", name + "/x.sqlite"]
              + more,
            environment: desk.environment, in: desk.folder)
          #expect(outcome.exit == 78 && outcome.output.isEmpty, "\(outcome)")
        }
      }
      #expect(desk.table == "A=1\n")
      #expect(desk.bytes("one.sqlite.crontab-backup") == nil)
    }
  }

  @Test("what will be written is shown, and with --dry-run only shown")
  func dryRun() throws {
    try withDesk { desk in
      try desk.write("table", "A=1\n")
      let dry = try desk.schedule("install", "--config", "one.toml", "--dry-run")
      #expect(dry.exit == 0 && dry.output.contains("nothing was changed"), "\(dry)")
      #expect(desk.table == "A=1\n" && desk.bytes("one.sqlite.crontab-backup") == nil)
      let wet = try desk.schedule("install", "--config", "one.toml")
      for outcome in [dry, wet] {
        #expect(outcome.output.contains(desk.table.dropFirst(4)), "\(outcome)")
      }
      let removal = try desk.schedule("remove", "--dry-run")
      #expect(removal.output.hasPrefix("Would be removed: 15 4") && desk.nights.count == 1)
    }
  }

  @Test("nothing scheduled is said, and wrong times are refused")
  func nothing() throws {
    try withDesk { desk in
      let shown = try desk.schedule("show")
      #expect(shown.exit == 0 && shown.output.contains("Nothing is scheduled"))
      for time in [
        "24:00", "4", "04:60", "x:y", "4:5", "04:5", "004:15", "+4:15", "٠٤:١٥", "04:15 ", "-1:00",
        "04:15:00",
        "04.15", "",
      ] {
        #expect(try desk.schedule("install", "--at=" + time).exit == 64, "\(time)")
      }
      #expect(desk.table.isEmpty)
    }
  }

  @Test("a line of a crontab gives back the words that it was made of")
  func words() {
    let words = ["/a b/lumbar", "nightly", "--config", "/it's/100%.toml", "", "\\", "é漢", "b\\%c"]
    let line = words.map(inShellQuotes).joined(separator: " ").replacing("\\%", with: "\\''%")
      .replacing("%", with: "\\%")
    #expect(shellWords(line) == words)
    #expect(words.map(shellQuoted)[1] == "nightly" && words.map(shellQuoted)[0] == "'/a b/lumbar'")
  }

  @Test("units for systemd name the program, the time and what may be written")
  func systemd() throws {
    try withDesk { desk in
      let outcome = try desk.schedule(
        "install", "--systemd", "--at", "02:30", "--database", "/var/lib/l 1/db")
      #expect(outcome.exit == 0)
      for part in [
        "OnCalendar=*-*-* 02:30:00", "ExecStart=\"/", "\"/var/lib/l 1/db\"", "PrivateNetwork=yes",
        "ReadWritePaths=\"/var/lib/l 1\"",
      ] { #expect(outcome.output.contains(part), "\(part)") }
      #expect(desk.table.isEmpty)
    }
  }
}
