import Foundation
import TestSupport
import Testing

/// Names that would act on a terminal, forge a line of a log or hide what they are: wherever they
/// come from, each stays on its line and is seen.
@Suite("Hostile names")
struct HostileNameTests {
  static let names = [
    "\u{1B}[31mred", "\u{1B}]0;owned\u{7}", "a\nlumbar: 0 problems", "a\r\nb", "a\rb", "a\tb",
    "\u{7}bell",
    "ab\u{8}\u{8}", "a\u{B}b", "a\u{C}b", "a\u{7F}b", "a\u{85}b", "\u{9B}31m", "\u{202E}vsc",
    "\u{2066}a",
    "\u{200F}a", "\u{61C}a", "a\u{2028}b", "a\u{2029}b", "\u{FEFF}a", "a\u{200B}b", "a\u{2060}b",
    "'; rm -rf .; '", "$(id)", "`id`", "%n%s%x", "\"a\"", "\\u001b", "<b>&amp;", "=1+1", "-rf",
    "e\u{301}",
    "a b ", "🧘\u{200D}♀️", String(repeating: "w", count: 240),
  ]

  /// What is wrong with a text that is shown; nil when nothing is.
  private func fault(_ text: String) -> String? {
    for scalar in text.unicodeScalars where scalar != "\n" {
      switch scalar.value {
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
        0x2060...0x206F,
        0xFEFF:
        return "U+" + String(scalar.value, radix: 16)
      default: break
      }
    }
    return nil
  }

  /// Lines of what a run shows.
  private func lines(_ outcome: Outcome) -> Int {
    // Ids that differ by characters that nobody sees look like each other, and that is said.
    (outcome.output + outcome.errors).split(separator: "\n", omittingEmptySubsequences: false)
      .count { !$0.hasPrefix("new patient ") && !$0.contains("more new patients look like") }
  }

  private func check(
    _ outcome: Outcome, as plain: Outcome, _ what: String,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      fault(outcome.output + outcome.errors) == nil, "\(what): \(outcome)", sourceLocation: location
    )
    #expect(
      lines(outcome) == lines(plain), "\(what): \(outcome), and \(plain)", sourceLocation: location)
    #expect(
      outcome.exit == plain.exit, "\(what): \(outcome), and \(plain)", sourceLocation: location)
  }

  /// Commands where `%` stands for a word that nothing knows.
  private static let commands: [[String]] = [
    ["import", "%"], ["import", "pain.csv", "--kind=%"], ["import", "pain.csv", "--profile=%"],
    ["import", "pain.csv", "--timezone=%"], ["import", "pain.csv", "--date-order=%"],
    ["import", "pain.csv", "--decimal=%"], ["import", "--undo=%"],
    ["import", "pain.csv", "--database=%/x/y"],
    ["status", "--config=%"], ["status", "--database=%"], ["status", "--max-age=%"],
    ["report", "--patient=%"], ["report", "--all", "--month=%"], ["report", "--all", "--from=%"],
    ["report", "--all", "--as-of=%"], ["report", "--all", "--last=%"],
    ["report", "--all", "--format=%"],
    ["report", "--all", "--language=%"], ["report", "--all", "--paper=%"],
    ["report", "--all", "--sections=%"],
    ["report", "--all", "--format=txt", "--out=o/%"], ["explain", "--patient=%", "pain.mean"],
    ["explain", "--patient=A", "%"], ["export", "--patient=%"], ["export", "--format=%"],
    ["export", "--out=e/%"], ["rejections", "--export=m/%"], ["template", "t/%"],
    ["purge", "--older-than=%"], ["forget", "--yes", "%"], ["restore", "%"], ["backup", "no/%/x"],
    ["schedule", "install", "--at=%"], ["nightly", "--inbox=%"],
    ["nightly", "--wait=%", "--inbox=."],
    ["profile", "sketch", "%"], ["profile", "test", "pain.csv", "--profile=%"],
    ["selftest", "--reference=%"],
    ["status", "--no-such=%"], ["--%"],
  ]

  @Test("in options and arguments", arguments: commands)
  func options(command: [String]) throws {
    try withTemporaryFolder { folder in
      try Data("patient_id,recorded_at,score\nA,2026-10-01,5\nA,2026-10-02,55\n".utf8)
        .write(to: folder.appendingPathComponent("pain.csv"))
      func run(_ name: String) throws -> Outcome {
        try runProgram(
          command.map { $0.replacing("%", with: name) }, environment: ["LUMBAR_DATABASE": "db"],
          in: folder)
      }
      _ = try run("pain.csv")
      _ = try runProgram(["import", "pain.csv", "--database", "db"], in: folder)
      let plain = try run("nobody")
      // Each command meets every third name, another third than the command before.
      let offset = Self.commands.firstIndex(of: command) ?? 0
      for (index, name) in Self.names.enumerated() where (index + offset) % 3 == 0 {
        // A word that begins with a dash may be an option.
        if name.first == "-", command.contains("%") { continue }
        // Where something is made, it is made once more.
        check(try run(name), as: plain, "\(command) \(name.debugDescription)")
      }
    }
  }

  /// As many names, of which nothing is to be feared.
  private static let plain = names.indices.map { "plain\($0)-" }

  @Test("of files: good ones, bad ones, pipes and links, by hand and by night")
  func files() throws {
    func outcomes(_ names: [String]) throws -> [Outcome] {
      try withTemporaryFolder { folder in
        let inbox = folder.appendingPathComponent("in")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: false)
        for (index, name) in names.enumerated() {
          func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: inbox.appendingPathComponent(name))
          }
          try write(
            name + ".csv",
            "patient_id,recorded_at,score,mood\nA,2026-10-01,5,x\nA,2026-10-02,\(index + 50),x\n")
          try write(name + "1.csv", "nope \(index)")
          try write(name + "2.json", "{\(index)")
          try write(name + "3.xlsx", "PK\u{3}\u{4}\(index)")
          try write(name + "4.csv", "x\0y\(index)")
          #expect(mkfifo(inbox.path + "/" + name + "5.csv", 0o600) == 0)
          symlink("nowhere", inbox.path + "/" + name + "6.csv")
        }
        try Data("settle = 0\n".utf8).write(to: folder.appendingPathComponent("c.toml"))
        let place = ["--database", "db", "--config", "c.toml"]
        var commands: [[String]] = [
          ["import", "in"], ["nightly", "--inbox", "in", "--out", "pub"], ["status"],
          ["rejections"], ["rejections", "--json"], ["status", "--json"],
          ["rejections", "--export", "mend"], ["explain", "--patient", "A", "pain.mean"],
          ["explain", "--patient", "A", "pain.mean", "--json"], ["import", "--json", "in"],
        ]
        for name in names {
          commands.append(["profile", "sketch", "in/" + name + ".csv"])
          commands.append(["import", "in/" + name + "1.csv"])
        }
        return try commands.map { try runProgram($0 + place, in: folder) }
      }
    }
    let pairs = zip(try outcomes(Self.names), try outcomes(Self.plain))
    for (place, (outcome, usual)) in pairs.enumerated() { check(outcome, as: usual, "\(place)") }
  }

  @Test("of people, exercises, places, measures, columns and notes")
  func fields() throws {
    func outcomes(_ names: [String]) throws -> [Outcome] {
      try withTemporaryFolder { folder in
        let cells = names.map { "\"p" + $0.replacing("\"", with: "\"\"") + "\"" }
        var pain = "patient_id,recorded_at,score,location,notes,\(cells.joined(separator: ","))\n"
        var sessions = "patient_id,started_at,exercise,minutes,session_id\n"
        var flexibility = "patient_id,measured_on,measure,value,unit,rater\n"
        var program = "patient_id,exercise,component,sessions_per_week\n"
        var patients = "patient_id,name,language\n"
        for cell in cells {
          for day in 10...18 {
            pain += "\(cell),2026-10-\(day),\(day % 11),\(cell),\(cell)\n"
            sessions += "\(cell),2026-10-\(day),\(cell),\(day),\(cell)\n"
            flexibility += "\(cell),2026-10-\(day),\(cell),\(day),\(cell),\(cell)\n"
          }
          pain += "\(cell),2026-10-29,\(cell)\n\(cell),\(cell),3\n"
          program += "\(cell),\(cell),other,3\n"
          patients += "\(cell),\(cell),en\n"
        }
        for (file, text) in [
          ("pain.csv", pain), ("sessions.csv", sessions), ("flexibility.csv", flexibility),
          ("program.csv", program), ("patients.csv", patients),
          ("odd.csv", "\(cells[0]),recorded_at,score\n1,2,3\n"),
        ] { try Data(text.utf8).write(to: folder.appendingPathComponent(file)) }
        var commands: [[String]] = [
          ["import", "."], ["status"], ["status", "--json"], ["rejections"],
          ["rejections", "--json"],
          ["profile", "sketch", "pain.csv"], ["profile", "test", "pain.csv"],
          ["profile", "test", "pain.csv", "--json"],
          ["export", "--format", "json", "--out", "-"],
          ["export", "--format", "fhir", "--out", "-"],
          ["report", "--all", "--out", "pub", "--format", "txt"],
          ["report", "--all", "--out", "-"],
          ["report", "--all", "--out", "-", "--ascii"],
        ]
        for name in names {
          commands.append(["explain", "--patient", "p" + name, "pain.mean"])
          commands.append(["forget", "p" + name, "--yes"])
        }
        return try commands.map { try runProgram($0 + ["--database", "db"], in: folder) }
      }
    }
    let pairs = zip(try outcomes(Self.names), try outcomes(Self.plain))
    for (place, (outcome, usual)) in pairs.enumerated() {
      #expect(fault(outcome.output + outcome.errors) == nil, "\(place): \(outcome)")
      // In the text of a report long words are broken into lines.
      if ![11, 12].contains(place) { check(outcome, as: usual, "\(place)") }
    }
  }
}
