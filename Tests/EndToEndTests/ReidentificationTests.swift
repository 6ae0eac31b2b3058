import Foundation
import Records
import TestSupport
import Testing

/// What somebody can find out who gets a de-identified export, knows the day it was made on, and
/// has seen something of the diaries.
@Suite("Finding out who it was")
struct ReidentificationTests {
  /// Forty people who log up to today, each with a word and a minute of their own.
  private struct People {
    let folder: URL
    let today = Day(number: Int32(Int64(Date().timeIntervalSince1970) / 86_400))
    let codes = (1...40).map { "person-\($0 * 7 % 41)" }
    let length = 120
    var database: String { folder.path + "/d.sqlite" }

    init(_ folder: URL) throws {
      self.folder = folder
      var sessions = "patient_id,started_at,exercise,minutes,notes\n"
      var pain = "patient_id,recorded_at,score,location\n"
      for (index, code) in codes.enumerated() {
        for back in 0..<length where (back + index) % 3 > 0 {
          let day = today - back
          let time = "0\(index % 9):\(index + 11 > 59 ? 59 : index + 11)"
          sessions += "\(code),\(day)T\(time):00,\(Self.word(index)) twist,\(5 + index),secret\n"
          pain += "\(code),\(day),\((back + index) % 11),\(Self.word(index)) side\n"
        }
      }
      try Data(sessions.utf8).write(to: folder.appendingPathComponent("sessions.csv"))
      try Data(pain.utf8).write(to: folder.appendingPathComponent("pain.csv"))
      let outcome = try runProgram(
        ["import", "sessions.csv", "pain.csv", "--timezone", "UTC", "--database", database],
        in: folder)
      try #require(outcome.exit == 0, "\(outcome)")
    }

    static func word(_ index: Int) -> String {
      "quux" + String(repeating: "abcdefg", count: 1 + index % 5) + "\(index)"
    }

    /// Rows of an exported file by column, in its order.
    func rows(_ name: String) throws -> [[String: String]] {
      let lines = try String(contentsOfFile: folder.path + "/study/" + name, encoding: .utf8)
        .split(whereSeparator: \.isNewline).map { $0.components(separatedBy: ",") }
      return lines.dropFirst().map {
        Dictionary(zip(lines[0], $0)) { first, _ in first }.filter { !$0.value.isEmpty }
      }
    }
  }

  private func day(_ text: String) throws -> Day {
    let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    return try #require(Day(year: parts[0], month: parts[1], day: parts[2]))
  }

  @Test("by the day of export, the order, times and rare words: of forty people no shift is found")
  func attacks() throws {
    try withTemporaryFolder { folder in
      let people = try People(folder)
      let outcome = try runProgram(
        ["export", "--deidentified", "--out", "study", "--database", people.database], in: folder)
      #expect(outcome.exit == 0 && outcome.errors.contains("were left out"), "\(outcome)")
      let pain = try people.rows("pain.csv")
      let sessions = try people.rows("sessions.csv")
      let coded = Dictionary(grouping: pain) { $0["patient_id"]! }
      #expect(coded.count == 40)

      // The day of export: whoever takes the last row to be of that day is wrong about every one.
      var first: [String: Day] = [:]
      var guesses: [String: Set<Int32>] = [:]
      for (code, rows) in coded {
        let days = try rows.map { try day($0["recorded_at"]!) }
        let last = try #require(days.max())
        first[code] = days.min()
        let seen = (people.today - last) / 7
        // The diaries end today or yesterday: what is seen is the shift and one to four weeks more.
        guesses[code] = Set((1...4).map { Int32(seen) - $0 })
      }
      // What the diaries were, which nobody outside knows: the first day is 119 to 117 days before
      // today.
      var found = 0
      for (code, start) in first {
        let begin = people.today - (people.length - 1)
        let shift = Int32((Int(begin - start) + 3) / 7)
        let naive = Int32(
          (people.today - (try coded[code]!.map { try day($0["recorded_at"]!) }.max()!)) / 7)
        if naive == shift { found += 1 }
        #expect(guesses[code]?.contains(shift) == true && guesses[code]?.count == 4)
      }
      #expect(found == 0)

      // The order of the rows, and of the codes, is not that of the ids.
      let order = pain.map { $0["patient_id"]! }.reduce(into: [String]()) {
        if $0.last != $1 { $0.append($1) }
      }
      #expect(order == order.sorted() && order.count == 40)

      // Times: none but quarters of an hour, so that no minute that somebody saw is found.
      #expect(
        sessions.allSatisfy { row in
          [":00", ":15", ":30", ":45"].contains(row["started_at"]!.dropFirst(13).prefix(3))
        })

      // Rare words: neither the words nor their lengths.
      let text = (pain + sessions).map { $0.values.joined(separator: ",") }.joined(separator: "\n")
      #expect(!text.contains("quux") && !text.contains("secret") && !text.contains("person-"))
      #expect(Set(sessions.map { $0["exercise"]!.count }).count == 1)
      #expect(Set(pain.compactMap { row in row["location"] }).count == 40)

      let from = try runProgram(
        [
          "export", "--deidentified", "--from", "2020-01-01", "--out", "x", "--database",
          people.database,
        ],
        in: folder)
      #expect(from.exit == 64)
    }
  }

  @Test("rows asked for up to a day end one to four weeks before it, of each person elsewhere")
  func upTo() throws {
    try withTemporaryFolder { folder in
      let people = try People(folder)
      _ = try runProgram(
        [
          "export", "--deidentified", "--to", "\(people.today - 40)", "--out", "study",
          "--database",
          people.database,
        ], in: folder)
      let coded = Dictionary(grouping: try people.rows("pain.csv")) { $0["patient_id"]! }
      let lengths = try coded.values.map { rows in
        let days = try rows.map { try day($0["recorded_at"]!) }
        return try #require(days.max()) - #require(days.min()) + 1
      }
      #expect(lengths.allSatisfy { (48...73).contains($0) } && Set(lengths).count > 3, "\(lengths)")
    }
  }

  @Test("a pseudonymous report has the figures of the named one, and no word of the person's")
  func pseudonymous() throws {
    try withTemporaryFolder { folder in
      let people = try People(folder)
      func report(_ more: [String], to out: String) throws -> [String: Any] {
        let outcome = try runProgram(
          [
            "report", "--patient", people.codes[4], "--format", "json,txt", "--out", out,
            "--database", people.database,
          ]
            + more, in: folder)
        #expect(outcome.exit == 0, "\(outcome)")
        let name = try #require(
          try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + out).first {
            $0.hasSuffix("json")
          })
        let data = try Data(contentsOf: folder.appendingPathComponent(out + "/" + name))
        if !more.isEmpty {
          let text = String(decoding: data, as: UTF8.self)
          #expect(!text.contains("quux") && !text.contains(people.codes[4]))
        }
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      }
      let named = try report([], to: "named")
      let coded = try report(["--pseudonymous"], to: "coded")
      for key in ["pain", "associations", "lag_profile", "before", "flexibility", "rules"] {
        var (a, b) = (try #require(named[key]), try #require(coded[key]))
        if var pain = a as? [String: Any], key == "pain" {
          pain["location"] = (b as? [String: Any])?["location"]
          a = pain
        }
        b = b as AnyObject
        #expect((a as? NSObject) == (b as? NSObject), "\(key)")
      }
      let shares = [named, coded].map {
        ($0["adherence"] as? [String: Any])?["program"] as? NSObject
      }
      #expect(shares[0] != nil && shares[0] == shares[1])
    }
  }
}
