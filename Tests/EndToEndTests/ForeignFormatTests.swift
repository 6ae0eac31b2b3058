import Foundation
import TestSupport
import Testing

/// Rows that their source names, through the program: versions, take-backs, undo, and back again.
@Suite("Files of other programs")
struct ForeignFormatTests {
  private func observation(
    _ id: String, _ score: Int, version: Int? = nil, status: String = "final"
  ) -> String {
    let meta = version.map { "\"meta\":{\"versionId\":\"\($0)\"}," } ?? ""
    return "{\"resourceType\":\"Observation\",\"id\":\"\(id)\",\(meta)\"status\":\"\(status)\","
      + "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"72514-3\"}]},"
      + "\"subject\":{\"reference\":\"Patient/P1\"},\"effectiveDateTime\":\"2026-03-0\(score + 1)\","
      + "\"valueInteger\":\(score)}\n"
  }

  /// A folder with a database that nothing is in yet.
  private struct Place {
    let folder: URL
    var database: String { folder.appendingPathComponent("test.db").path }

    @discardableResult
    func run(_ arguments: [String]) throws -> String {
      let outcome = try runProgram(arguments + ["--database", database])
      #expect([0, 3].contains(outcome.exit), "\(arguments): \(outcome.errors)")
      return outcome.output
    }

    @discardableResult
    func importing(_ text: String, as name: String) throws -> String {
      let file = folder.appendingPathComponent(name)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return try run(["import", file.path])
    }

    /// All records in words.
    func content() throws -> [String] {
      let text = try run(["export", "--format", "json", "--out", "-"])
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
      let kinds = try #require(object as? [String: [[String: Any]]])
      return try kinds.flatMap { kind, rows in
        try rows.map { row in
          let data = try JSONSerialization.data(withJSONObject: row, options: .sortedKeys)
          return kind + String(decoding: data, as: UTF8.self)
        }
      }.sorted()
    }

    /// The number of the run that imported last.
    var lastImport: Int {
      get throws {
        let text = try run(["status", "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let runs = try #require(object?["runs"] as? [[String: Any]])
        return try #require(
          runs.filter { $0["command"] as? String == "import" }.compactMap { $0["run"] as? Int }
            .max())
      }
    }

    var scores: [Int] {
      get throws {
        try content().filter { $0.hasPrefix("pain") }.compactMap { row in
          row.components(separatedBy: "\"score\":").last?.prefix { $0.isNumber }
        }.compactMap { Int($0) }
      }
    }
  }

  private func withPlace(_ body: (Place) throws -> Void) throws {
    try withTemporaryFolder { try body(Place(folder: $0)) }
  }

  @Test("A later version wins whichever order the files come in", arguments: [true, false])
  func versions(inOrder: Bool) throws {
    try withPlace { place in
      let first = observation("o1", 3, version: 1) + observation("o2", 5, version: 1)
      let second = observation("o1", 7, version: 2)
      let files = inOrder ? [first, second] : [second, first]
      try place.importing(files[0], as: "a.ndjson")
      let said = try place.importing(files[1], as: "b.ndjson")
      #expect(said.contains(inOrder ? "1 read, 1 changed" : "2 read, 1 new, 1 known"), "\(said)")
      #expect(try place.scores == [5, 7])
    }
  }

  @Test("What is entered in error takes back what was imported before, and does not come again")
  func takenBack() throws {
    try withPlace { place in
      let first = observation("o1", 3, version: 1) + observation("o2", 5)
      try place.importing(first, as: "a.ndjson")
      let said = try place.importing(
        observation("o1", 3, version: 2, status: "entered-in-error"), as: "b.ndjson")
      #expect(said.contains("1 left out: entered-in-error"), "\(said)")
      #expect(try place.scores == [5])
      try place.importing(first + "\n", as: "c.ndjson")
      #expect(try place.scores == [5])
      try place.importing(observation("o1", 6, version: 3), as: "d.ndjson")
      #expect(try place.scores == [5, 6])
      // An older take-back, come late, neither removes the later version nor hides it.
      try place.importing(
        observation("o1", 3, version: 2, status: "entered-in-error") + "\n", as: "e.ndjson")
      try place.importing(observation("o1", 6, version: 3) + "\n", as: "f.ndjson")
      #expect(try place.scores == [5, 6])
    }
  }

  @Test("Undoing a correction or a take-back brings the earlier record back")
  func undo() throws {
    try withPlace { place in
      try place.importing(observation("o1", 3, version: 1), as: "a.ndjson")
      let before = try place.content()
      for later in [
        observation("o1", 4, version: 2),
        observation("o1", 3, version: 2, status: "entered-in-error"),
      ] {
        try place.importing(later, as: "b.ndjson")
        #expect(try place.content() != before)
        try place.run(["import", "--undo", "\(try place.lastImport)"])
        #expect(try place.content() == before)
      }
    }
  }

  @Test("Importing a file twice, and as a copy of other bytes, changes nothing")
  func twice() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: fixture("formats").path)
      .filter { !["README.md", "fhir-questions.json", "openweight-undated.json"].contains($0) }
      .sorted()
    #expect(names.count >= 10)
    for name in names {
      try withPlace { place in
        let path = fixture("formats").appendingPathComponent(name).path
        let said = try place.run(["import", path, "--patient", "X1", "--unit", "kg"])
        #expect(said.contains("(profile "), "\(name): \(said)")
        let before = try place.content()
        try place.run(["import", path, "--patient", "X1", "--unit", "kg"])
        #expect(try place.content() == before)
        // Under its own name, which may say what it holds.
        let copies = place.folder.appendingPathComponent("copies")
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        let copy = copies.appendingPathComponent(name)
        try (String(decoding: try fixtureBytes("formats/" + name), as: UTF8.self) + "\n")
          .write(to: copy, atomically: true, encoding: .utf8)
        let again = try place.run(["import", copy.path, "--patient", "X1", "--unit", "kg"])
        #expect(!again.contains(" new") && !again.contains(" changed"), "\(again)")
        #expect(try place.content() == before)
      }
    }
  }

  @Test("What export writes as FHIR comes back: pain and minutes, without a further copy")
  func roundTrip() throws {
    try withPlace { place in
      let month = fixture("month")
      for name in ["pain.csv", "sessions.csv"] {
        try place.run(["import", month.appendingPathComponent(name).path])
      }
      let before = try place.content()
      let lines = try place.run(["export", "--format", "fhir", "--out", "-"])
      let observations = lines.split(separator: "\n").filter { $0.contains("\"Observation\"") }
      #expect(observations.count > 20)
      let other = Place(folder: place.folder.appendingPathComponent("other"))
      try FileManager.default.createDirectory(at: other.folder, withIntermediateDirectories: true)
      let summary = try other.importing(lines, as: "back.ndjson")
      #expect(!summary.contains("refused") && !summary.contains("left out"), "\(summary)")
      let pain = { (rows: [String]) in rows.filter { $0.hasPrefix("pain") } }
      #expect(try pain(other.content()).count == pain(before).count)
      // Ids follow from whole rows; sets and notes do not travel.
      func said(_ lines: String) -> [Substring] {
        lines.split(separator: "\n").filter { $0.contains("\"Observation\"") }.map { line in
          line[(line.range(of: "\"status\"")?.lowerBound ?? line.startIndex)...]
        }
      }
      let twice = try other.run(["export", "--format", "fhir", "--out", "-"])
      #expect(said(twice) == said(lines))
    }
  }

  @Test("profile list names the formats, and what of them is read")
  func list() throws {
    let list = try runProgram(["profile", "list"])
    for name in [
      "fhir", "fitbit", "garmin", "google-fit", "open-mhealth", "openweight", "strava",
    ] { #expect(list.output.contains("\n\(name)  "), "\(name)") }
  }
}
