import Foundation
import TestSupport
import Testing

/// A file that begins with one that is known: only its end is read, and the end of it all is the
/// same.
@Suite("Longer exports")
struct LongerExportTests {
  private let header = "patient_id,started_at,exercise,reps,notes\n"

  /// Rows of some days, more than the 4,096 bytes that tell a beginning.
  private func rows(_ days: ClosedRange<Int>) -> String {
    days.flatMap { day in
      (0..<12).map { number in
        let date = "2026-0\(1 + day / 18)-\(10 + day % 18)"
        return "P\(number % 3),\(date),move \(number),\(1 + day % 9),n\n"
      }
    }.joined()
  }

  private func counts(_ outcome: Outcome) throws -> [String: Int] {
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    return try #require(document["totals"] as? [String: Int])
  }

  /// The figures of a database and its refused rows.
  private func state(_ database: String, _ folder: URL) throws -> [String] {
    let out = folder.appendingPathComponent("out-\(UUID().uuidString)").path
    _ = try runProgram([
      "report", "--database", database, "--all", "--from", "2026-01-01", "--to", "2026-06-30",
      "--format", "txt", "--out", out,
    ])
    let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
    let status = try runProgram(["status", "--json", "--database", database]).output
    return try names.map { try String(contentsOfFile: out + "/" + $0, encoding: .utf8) }
      + [String(status.prefix { $0 != "[" })]
  }

  /// Imports a beginning and a longer file, and the longer one alone; both ends must be equal.
  private func expectSame(
    _ beginning: String, _ longer: String, new: Int, isSame: Bool = true,
    _ source: SourceLocation = #_sourceLocation
  ) throws {
    try withTemporaryFolder { folder in
      let first = folder.appendingPathComponent("a.csv")
      let second = folder.appendingPathComponent("b.csv")
      try Data(beginning.utf8).write(to: first)
      try Data(longer.utf8).write(to: second)
      let both = folder.appendingPathComponent("both").path
      let alone = folder.appendingPathComponent("alone").path
      _ = try runProgram(["import", first.path, "--database", both])
      let after = try counts(
        try runProgram(["import", second.path, "--database", both, "--json"]))
      let whole = try counts(
        try runProgram(["import", second.path, "--database", alone, "--json"]))
      #expect(after["new"] == new, "\(after)", sourceLocation: source)
      for key in ["read", "refused", "left_out"] {
        #expect(after[key] == whole[key], "\(key)", sourceLocation: source)
      }
      #expect(
        (after["new"] ?? 0) + (after["known"] ?? 0) + (after["changed"] ?? 0)
          == (whole["new"] ?? 0) + (whole["known"] ?? 0), sourceLocation: source)
      // Rows of the first file alone stay, and its refusals are shown beside those of the second.
      guard isSame else { return }
      func withoutFiles(_ lines: [String]) -> [String] {
        lines.map { $0.replacing("a.csv, b.csv", with: "b.csv") }
      }
      #expect(
        withoutFiles(try state(both, folder)) == withoutFiles(try state(alone, folder)),
        sourceLocation: source)
      let again = try counts(
        try runProgram(["import", second.path, "--database", both, "--json"]))
      #expect(again["new"] == 0, sourceLocation: source)
    }
  }

  @Test("new days behind the known ones")
  func newDays() throws {
    let start = header + rows(0...20)
    try expectSame(start, start + rows(21...22), new: 24)
  }

  @Test("refused rows of the beginning are refused again, those of the end on their own lines")
  func refusals() throws {
    let start = header + rows(0...20) + "P1,2026-99-01,x,1,n\n"
    try expectSame(start, start + "P1,2026-03-01,x,many,\n" + rows(21...21), new: 12, isSame: false)
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.csv")
      let database = folder.appendingPathComponent("db").path
      try Data(start.utf8).write(to: file)
      _ = try runProgram(["import", file.path, "--database", database])
      try Data((start + "\nP1,2026-03-01,x,many,\n").utf8).write(to: file)
      _ = try runProgram(["import", file.path, "--database", database])
      let lines = try runProgram(["rejections", "--database", database]).output
      // 21 days of 12 rows behind the header; the blank line counts.
      #expect(lines.contains("line 254, column started_at"))
      #expect(lines.contains("line 256, column reps"))
    }
  }

  @Test("a row of the end that stands in the beginning too is counted over the whole file")
  func repeats() throws {
    let start = header + rows(0...20)
    let row = "P0,2026-01-10,move 0,1,n\n"
    try expectSame(start, start + row + rows(21...21), new: 13)
  }

  @Test("the first file's last line without an end, a changed beginning, another order")
  func notContinued() throws {
    let start = header + rows(0...20)
    try expectSame(String(start.dropLast()), start + rows(21...21), new: 12)
    try expectSame(
      start, start.replacing("move 3,1", with: "move 3,7") + rows(21...21), new: 15, isSame: false)
    try expectSame(start, header + rows(10...21), new: 12, isSame: false)
  }

  @Test("dates that only the whole file orders are read as a whole")
  func surveyed() throws {
    func day(_ number: Int) -> String {
      "P1;\(number < 10 ? "0" : "")\(number)/02/2026;3;nothing to say\n"
    }
    let header = "patient_id;recorded_at;score;notes\n"
    let many = (0..<200).map { day(13 + $0 % 15) }.joined()
    try expectSame(header + many, header + many + day(5) + day(28), new: 2)
  }

  @Test("a shorter file after a longer one, and an undone beginning")
  func undone() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.csv")
      let database = folder.appendingPathComponent("db").path
      let start = header + rows(0...20)
      try Data(start.utf8).write(to: file)
      _ = try runProgram(["import", file.path, "--database", database])
      _ = try runProgram(["import", "--undo", "1", "--database", database])
      try Data((start + rows(21...21)).utf8).write(to: file)
      let longer = try counts(
        try runProgram(["import", file.path, "--database", database, "--json"]))
      #expect(longer["new"] == 264)
      try Data(start.utf8).write(to: file)
      let shorter = try counts(
        try runProgram(["import", file.path, "--database", database, "--json"]))
      #expect(shorter["new"] == 0 && shorter["known"] == 252)
    }
  }
}
