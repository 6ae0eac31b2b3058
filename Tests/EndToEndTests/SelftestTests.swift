import Foundation
import TestSupport
import Testing

@Suite("The self-test")
struct SelftestTests {
  private func cases(_ folder: String) throws -> (exit: Int32, cases: [[String: Any]]) {
    let outcome = try runProgram(["selftest", "--reference", folder, "--json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    return (outcome.exit, try #require(document["cases"] as? [[String: Any]]))
  }

  private func status(_ text: String) throws -> String? {
    try withTemporaryFolder { folder in
      try Data(text.utf8).write(to: folder.appendingPathComponent("rmcorr.json"))
      return try cases(folder.path).cases.first?["status"] as? String
    }
  }

  @Test("every case of the reference passes")
  func reference() throws {
    let (exit, cases) = try cases(fixture("reference").path)
    #expect(exit == 0 && cases.count > 210)
    let others = cases.filter { $0["status"] as? String != "pass" }
    #expect(others.compactMap { $0["id"] as? String } == [])
    let topics = Set(cases.compactMap { $0["topic"] as? String })
    #expect(topics.count == 21)
  }

  @Test("a wrong expectation fails, whichever figure of whichever topic it is")
  func mutations() throws {
    var random = SeededGenerator(seed: 5)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: fixture("reference").path
    ).filter { $0.hasSuffix(".json") }.sorted()
    #expect(files.count == 20)
    try withTemporaryFolder { folder in
      var expected = 0
      for file in files {
        let data = try Data(contentsOf: fixture("reference").appendingPathComponent(file))
        var document = try JSONDecoder().decode(Tree.self, from: data)
        // Inputs of special functions stand beside their outputs: only the outputs are moved.
        let isTable = file == "special_functions.json"
        expected += document.spoilCases(isTable: isTable, &random)
        try JSONEncoder().encode(document).write(to: folder.appendingPathComponent(file))
      }
      let outcome = try cases(folder.path)
      #expect(outcome.exit == 3)
      let failed = outcome.cases.count { $0["status"] as? String == "fail" }
      #expect(failed == expected && expected > 180)
    }
  }

  @Test("without reference files: digits of certified sets and rates of simulated diaries")
  func own() throws {
    let outcome = try runProgram(["selftest", "--runs", "5", "--people", "4", "--json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let sets = try #require(document["nist"] as? [[String: Any]])
    #expect(sets.count == 19 && sets.allSatisfy { $0["ok"] as? Bool == true })
    // The sets inside the program are those of the reference files: they reach the same digits.
    let files = try cases(fixture("reference/nist").path).cases
    for set in sets {
      let name = try #require(set["set"] as? String)
      let digits = try #require(set["digits"] as? [String: Double])
      let file = try #require(files.first { $0["id"] as? String == name }, "\(name)")
      let error = try #require(file["error"] as? Double)
      #expect(abs(-log10(error) - (digits.values.min() ?? 0)) < 1e-9, "\(name)")
    }
    let null = try #require(document["null"] as? [String: Any])
    let rates = try #require(null["rates"] as? [[String: Any]])
    #expect(rates.count == 10)
    let planted = try #require(null["planted"] as? [[String: Any]])
    #expect(planted.count == 9)
    for rate in rates + planted {
      let share = try #require(rate["rate"] as? Double)
      let error = try #require(rate["monte_carlo_error"] as? Double)
      #expect(abs(error - (share * (1 - share) / 5).squareRoot()) < 1e-12)
      #expect((share * 5).rounded() == (share * 5 * 1e6).rounded() / 1e6)
    }
    let told = try #require(document["told"] as? [[String: Any]])
    #expect(told.count == 41)
    for row in told {
      let share = try #require(row["rate"] as? Double)
      let people = try #require(row["people"] as? Int)
      #expect((1...4).contains(people))
      #expect(abs(share * Double(people) - (share * Double(people)).rounded()) < 1e-12)
      #expect((row["at_most"] == nil) != (row["at_least"] == nil))
    }
    let again = try runProgram(["selftest", "--runs", "5", "--people", "4", "--json"])
    #expect(again.output == outcome.output)
    let other = try runProgram([
      "selftest", "--runs", "5", "--people", "4", "--seed", "2", "--json",
    ])
    #expect(other.output != outcome.output)
    #expect(try runProgram(["selftest", "--runs", "0"]).exit == 64)
    #expect(try runProgram(["selftest", "--people", "0"]).exit == 64)
  }

  @Test("a right expectation passes, a wrong one fails, an unknown figure is unsupported")
  func judgement() throws {
    func text(_ r: String, _ more: String = "") -> String {
      """
      {"cases": [{"id": "a", "method": "rmcorr", "input": {"subject": ["a", "a", "a", "b", "b", "b"],
        "x": [1, 2, 3, 4, 5, 6], "y": [1, 3, 2, 9, 8, 10]}, "output": {"N": 6, "r": \(r)\(more)}}]}
      """
    }
    // Within: x -1 0 1 twice, y -1 1 0 and 0 -1 1: xy 2, xx 4, yy 4.
    #expect(try status(text("0.5")) == "pass")
    #expect(try status(text("0.5000001")) == "fail")
    #expect(try status(text("null")) == "fail")
    #expect(try status(text("0.5", ", \"nobody_knows\": 1")) == "unsupported")
  }

  @Test("a failing case is an exit code, a missing folder another")
  func exits() throws {
    #expect(try cases(fixture("reference").path).exit == 0)
    #expect(try runProgram(["selftest", "--reference", "/no/such/folder"]).exit == 66)
  }
}

/// A JSON document whose expectations can be spoiled.
private enum Tree: Codable {
  case number(Double), text(String), flag(Bool), list([Tree]), object([String: Tree]), null

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([Tree].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: Tree].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .list(let list): try container.encode(list)
    case .object(let members): try container.encode(members)
    case .null: try container.encodeNil()
    }
  }

  /// Moves one expected number of every case that has one by a millionth, or by one.
  ///
  /// - Returns: how many cases were spoiled.
  mutating func spoilCases(isTable: Bool, _ random: inout SeededGenerator) -> Int {
    guard case .object(var members) = self, case .list(var items)? = members["cases"] else {
      return 0
    }
    var count = 0
    for index in items.indices {
      guard case .object(var item) = items[index], var output = item["output"] else { continue }
      let numbers = output.count(isTable: isTable)
      guard numbers > 0 else { continue }
      var left = random.below(numbers)
      output.spoil(&left, isTable: isTable)
      item["output"] = output
      items[index] = .object(item)
      count += 1
    }
    members["cases"] = .list(items)
    self = .object(members)
    return count
  }

  private func count(isTable: Bool) -> Int {
    switch self {
    case .number: 1
    case .list(let list):
      isTable && isRow ? 1 : list.reduce(0) { $0 + $1.count(isTable: isTable) }
    case .object(let members):
      members.reduce(0) { $0 + ($1.key == "R" ? 0 : $1.value.count(isTable: isTable)) }
    default: 0
    }
  }

  private var isRow: Bool {
    guard case .list(let list) = self, case .number? = list.first else { return false }
    return true
  }

  private mutating func spoil(_ left: inout Int, isTable: Bool) {
    switch self {
    case .number(let number):
      if left == 0 { self = .number(abs(number) < 1e-3 ? number + 1 : number * 1.000_1) }
      left -= 1
    case .list(var list):
      if isTable, isRow {
        var first = left
        list[list.count - 1].spoil(&first, isTable: false)
        left -= 1
      } else {
        for index in list.indices where left >= 0 { list[index].spoil(&left, isTable: isTable) }
      }
      self = .list(list)
    case .object(var members):
      // How far a shift reaches, and which lags are shown, are settings beside the figures.
      for key in members.keys.sorted() where left >= 0 && key != "R" {
        members[key]?.spoil(&left, isTable: isTable)
      }
      self = .object(members)
    default: break
    }
  }
}
