import Foundation
import TestSupport
import Testing

/// Histories worked out by hand, through the real program: files in, JSON out.
@Suite("Adherence histories worked out by hand")
struct AdherenceHistoryTests {
  static let histories: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: fixture("adherence").path)) ?? [])
    .filter { !$0.hasSuffix(".md") }.sorted()

  @Test("there are a dozen of them and more")
  func thereAreADozen() {
    #expect(Self.histories.count >= 12)
  }

  @Test("every figure agrees exactly", arguments: histories)
  func everyFigureAgrees(_ history: String) throws {
    let expected = try #require(
      try json(Data(contentsOf: fixture("adherence/\(history)/expected.json"))))
    let report = try reported(history, expected)
    let adherence = try #require(report["adherence"] as? [String: Any])
    compare(expected["program"], adherence["program"], "program")
    let components = records(adherence["components"])
    for (name, figures) in expected["components"] as? [String: Any] ?? [:] {
      compare(figures, components.first { $0["component"] as? String == name }, name)
    }
    let exercises = records(adherence["exercises"])
    for exercise in records(expected["exercises"]) {
      let name = exercise["exercise"] as? String
      let found = exercises.first {
        $0["exercise"] as? String == name && $0["side"] as? String == exercise["side"] as? String
      }
      compare(exercise, found, name ?? "")
    }
    compareWeeks(records(expected["weeks"]), records(adherence["weeks"]))
  }

  private func reported(_ history: String, _ expected: [String: Any]) throws -> [String: Any] {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let imported = try runProgram([
        "import", fixture("adherence/\(history)").path, "--database", database,
      ])
      // A folder with expected.json: the file is no data and is named, the others are in.
      #expect(imported.exit == 3, "\(imported.errors)")
      let from = try #require(expected["from"] as? String)
      let to = try #require(expected["to"] as? String)
      let asOf = try #require(expected["as_of"] as? String)
      let outcome = try runProgram([
        "report", "--patient", "A", "--from", from, "--to", to, "--as-of", asOf, "--format", "json",
        "--database", database, "--out", folder.path,
      ])
      #expect(outcome.exit == 0, "\(outcome.errors)")
      return try #require(try json(Data(contentsOf: folder.appendingPathComponent("A.json"))))
    }
  }

  private func json(_ data: Data) throws -> [String: Any]? {
    try JSONSerialization.jsonObject(with: data) as? [String: Any]
  }

  private func records(_ value: Any?) -> [[String: Any]] { value as? [[String: Any]] ?? [] }

  private func compareWeeks(_ expected: [[String: Any]], _ found: [[String: Any]]) {
    func name(_ week: [String: Any]) -> String {
      "\(week["week"] as? String ?? "") \(week["component"] as? String ?? "")"
    }
    #expect(Set(expected.map(name)) == Set(found.map(name)))
    for week in expected { compare(week, found.first { name($0) == name(week) }, name(week)) }
  }

  /// Compares the keys that were worked out: fractions as numbers, everything else as it is.
  private func compare(_ expected: Any?, _ found: Any?, _ place: String) {
    guard let expected = expected as? [String: Any], let found = found as? [String: Any] else {
      Issue.record("\(place) is missing")
      return
    }
    for (key, value) in expected where !["exercise", "side", "week", "component"].contains(key) {
      if let text = value as? String, let fraction = fraction(text) {
        guard let number = found[key] as? Double else {
          Issue.record("\(place).\(key): expected \(text), found \(found[key] ?? "nothing")")
          continue
        }
        #expect(abs(number - fraction) <= 1e-12, "\(place).\(key): \(number), expected \(text)")
      } else if value is NSNull {
        #expect(found[key] is NSNull, "\(place).\(key): \(found[key] ?? ""), expected null")
      } else {
        let isSame = (value as? NSObject) == (found[key] as? NSObject)
        #expect(isSame, "\(place).\(key): \(found[key] ?? ""), expected \(value)")
      }
    }
  }

  private func fraction(_ text: String) -> Double? {
    let parts = text.split(separator: "/").compactMap { Double($0) }
    return parts.count == 2 ? parts[0] / parts[1] : nil
  }
}
