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

  @Test("no case of the reference fails but one that its library loses itself")
  func reference() throws {
    let (_, cases) = try cases(fixture("reference").path)
    #expect(cases.count > 150)
    let failed = cases.filter { $0["status"] as? String == "fail" }.compactMap {
      $0["id"] as? String
    }
    // Exact arithmetic on its Doubles gives another skewness; ReferenceTests holds the figure.
    #expect(failed == ["descriptive/offset-1e6-sd-1e-3"])
    for topic in ["recommended", "special_functions", "rmcorr", "lagged", "nist"] {
      let own = cases.filter { $0["topic"] as? String == topic }
      #expect(own.contains { $0["status"] as? String == "pass" }, "\(topic)")
    }
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
    #expect(try cases(fixture("reference").path).exit == 3)
    #expect(try runProgram(["selftest", "--reference", "/no/such/folder"]).exit == 66)
  }
}
