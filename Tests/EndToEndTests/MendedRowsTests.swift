import Foundation
import TestSupport
import Testing

/// Refused rows leave the list when they are imported mended, and for nothing else.
@Suite("Refused rows that were mended")
struct MendedRowsTests {
  private struct Diary {
    let folder: URL

    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    @discardableResult
    func run(_ arguments: String...) throws -> Outcome {
      try runProgram(arguments + ["--database", "db"], in: folder)
    }

    /// Refused rows as file and line.
    func refused() throws -> [String] {
      try run("rejections").output.split(separator: "\n").filter { $0.contains(", line ") }.map {
        $0.split(separator: ":").first.map(String.init) ?? ""
      }
    }
  }

  private func withDiary(_ body: (Diary) throws -> Void) throws {
    try withTemporaryFolder { try body(Diary(folder: $0)) }
  }

  private static let head = "patient_id,recorded_at,score,notes\n"
  private static let rows = [
    "P1,2026-10-01,44,warm\n", "P1,2026-10-32,4,\"cold, wet\"\n", "P1,2026-10-03,5\n",
    "P1,2026-10-04,6,fine\n",
  ]
  private static let mended = [
    "P1,2026-10-01,4,warm\n", "P1,2026-10-31,4,\"cold, wet\"\n", "P1,2026-10-03,5,\n",
  ]

  @Test("in the file that rejections --export wrote, one by one")
  func export() throws {
    try withDiary { diary in
      try diary.write("diary.csv", Self.head + Self.rows.joined())
      try diary.run("import", "diary.csv")
      #expect(
        try diary.refused() == [
          "diary.csv, line 2, column score", "diary.csv, line 3, column recorded_at",
          "diary.csv, line 4",
        ])
      try diary.run("rejections", "--export", "mend")
      for (count, left) in [(1, 2), (2, 1), (3, 0)] {
        let rows = zip(Self.rows, Self.mended).enumerated().map { index, pair in
          index < count ? pair.1 : pair.0
        }
        try diary.write("mend/diary.refused.csv", Self.head + rows.joined())
        let outcome = try diary.run("import", "mend")
        #expect(outcome.exit == (left == 0 ? 0 : 3), "\(outcome)")
        #expect(try diary.refused().count == left)
      }
      #expect(try diary.run("status").output.contains("Pain entries    4"))
    }
  }

  @Test("in a later version of the same file, where lines stay")
  func corrected() throws {
    try withDiary { diary in
      try diary.write("d.csv", Self.head + Self.rows.joined())
      try diary.run("import", "d.csv")
      try diary.write("d.csv", Self.head + Self.mended.joined() + Self.rows[3])
      #expect(try diary.run("import", "d.csv").exit == 0)
      #expect(try diary.refused() == [])
      #expect(try diary.run("import", "--undo", "2").exit == 0)
      #expect(try diary.refused().count == 3, "what mended them is gone")
    }
  }

  @Test("in any file where just the refused cell differs and a date is among the others")
  func elsewhere() throws {
    try withDiary { diary in
      try diary.write("d.csv", Self.head + Self.rows.joined())
      try diary.run("import", "d.csv")
      try diary.write("fixed.csv", Self.head + "P1,2026-10-09,1,warm\n" + Self.mended[0])
      #expect(try diary.run("import", "fixed.csv").exit == 0)
      #expect(
        try diary.refused() == ["d.csv, line 3, column recorded_at", "d.csv, line 4"])
    }
  }

  @Test("not by another week's or another person's file of the same name, on the same line")
  func otherWeek() throws {
    for rows in [
      "B,2026-10-01,5,x\nB,2026-10-02,4,x\nB,2026-10-03,4,x\n",
      "A,2026-10-08,5,x\nA,2026-10-09,4,x\nA,2026-10-10,4,x\n",
      "D,2026-10-01,5,x\nD,2026-10-02,44,x\nD,2026-10-03,4,x\n",
    ] {
      try withDiary { diary in
        try diary.write(
          "d.csv", Self.head + "A,2026-10-01,5,x\nA,2026-10-02,44,x\nA,2026-10-32,4,x\n")
        try diary.run("import", "d.csv")
        try diary.write("d.csv", Self.head + rows)
        try diary.run("import", "d.csv")
        let listed = try diary.run("rejections").output
        #expect(listed.contains("d.csv, line 3, column score"))
        #expect(listed.contains("d.csv, line 4, column recorded_at"))
        #expect(try diary.refused().count == (rows.contains("44") ? 3 : 2))
      }
    }
  }

  @Test("by an export whose mended row is known already")
  func known() throws {
    try withDiary { diary in
      try diary.write("d.csv", Self.head + Self.rows[1])
      try diary.run("import", "d.csv")
      try diary.write("fix.csv", Self.head + Self.mended[1] + Self.rows[3])
      try diary.run("import", "fix.csv")
      try diary.run("rejections", "--export", "mend")
      try diary.write("mend/d.refused.csv", Self.head + Self.mended[1])
      #expect(try diary.run("import", "mend").output.contains("1 known"))
      #expect(try diary.refused() == [])
    }
  }

  @Test("not by what another file of the same run says of that day")
  func sameRun() throws {
    try withDiary { diary in
      try diary.write("a.csv", Self.head + Self.rows[0])
      try diary.write("b.csv", Self.head + Self.mended[0])
      #expect(try diary.run("import", "a.csv", "b.csv").exit == 3)
      #expect(try diary.refused() == ["a.csv, line 2, column score"])
    }
  }

  @Test("not by rows of other days, of another month's file or of another table")
  func others() throws {
    try withDiary { diary in
      try diary.write("d.csv", Self.head + Self.rows.joined())
      try diary.run("import", "d.csv")
      try diary.write(
        "d.csv",
        Self.head + "P1,2026-11-01,4,\nP1,2026-11-02,3,warm\nP1,2026-11-03,4,\"cold, wet\"\n")
      #expect(try diary.run("import", "d.csv").exit == 0)
      try diary.write("other.csv", "patient_id,recorded_at,score,kind\nP1,2026-10-01,4,now\n")
      #expect(try diary.run("import", "other.csv").exit == 0)
      #expect(try diary.refused().count == 3)
    }
  }

  @Test("as one object a line")
  func objects() throws {
    try withDiary { diary in
      try diary.write(
        "d.ndjson",
        """
        {"patient_id":"P1","recorded_at":"2026-10-01","score":44,"notes":"warm"}
        {"patient_id":"P1","recorded_at":"2026-10-02","score":4}

        """)
      try diary.run("import", "d.ndjson")
      #expect(try diary.refused() == ["d.ndjson, line 1, column score"])
      try diary.run("rejections", "--export", "mend")
      let path = diary.folder.appendingPathComponent("mend/d.refused.ndjson")
      let text = try String(contentsOf: path, encoding: .utf8)
      try diary.write("mend/d.refused.ndjson", text.replacingOccurrences(of: "44", with: "4"))
      #expect(try diary.run("import", "mend").exit == 0)
      #expect(try diary.refused() == [])
    }
  }

  private static let twoViews =
    "when,pain,did\n2026-09-01,bad,walk\n2026-09-02,5,walk\n2026-09-03,ok,walk\n"

  private func profile(_ name: String, _ kind: String, _ columns: [String]) -> String {
    "name = \"\(name)\"\nkind = \"\(kind)\"\n[columns]\n" + columns.joined(separator: "\n") + "\n"
  }

  @Test("a second profile takes no refused row of the first off the list, the same one again does")
  func profiles() throws {
    try withDiary { diary in
      try diary.write("d.csv", Self.twoViews)
      try diary.write(
        "p.toml", profile("p", "pain", ["recorded_at = \"when\"", "score = \"pain\""]))
      try diary.write(
        "s.toml", profile("s", "sessions", ["started_at = \"when\"", "exercise = \"did\""]))
      for toml in ["p.toml", "s.toml", "p.toml", "s.toml"] {
        try diary.run("import", "d.csv", "--profile", toml, "--patient", "P1", "--force")
        let refused = try diary.refused()
        #expect(refused == ["d.csv, line 2, column pain", "d.csv, line 4, column pain"])
      }
    }
  }

  @Test("one file read with two profiles gives the same bytes, sources in the order of import")
  func sources() throws {
    try withDiary { diary in
      try diary.write("d.csv", Self.twoViews)
      try diary.write(
        "p.toml", profile("p", "pain", ["recorded_at = \"when\"", "score = \"pain\""]))
      try diary.write(
        "s.toml", profile("s", "sessions", ["started_at = \"when\"", "exercise = \"did\""]))
      for toml in ["p.toml", "s.toml"] {
        try diary.run("import", "d.csv", "--profile", toml, "--patient", "P1")
      }
      var seen: Set<String> = []
      for _ in 0..<12 {
        let report = try diary.run(
          "report", "--patient", "P1", "--out", "reports", "--format", "json,txt,csv,xlsx")
        #expect(report.exit == 0)
        let files = try ["json", "txt", "csv", "xlsx"].map {
          try Data(contentsOf: diary.folder.appendingPathComponent("reports/P1.\($0)"))
            .base64EncodedString()
        }
        seen.insert(files.joined())
        let json = try String(
          contentsOf: diary.folder.appendingPathComponent("reports/P1.json"), encoding: .utf8)
        let counts = json.split(separator: "\n").filter { $0.contains("\"rows\": ") }
        #expect(counts.map { $0.filter(\.isNumber) }.last == "3", "\(counts)")
      }
      #expect(seen.count == 1)
    }
  }
}
