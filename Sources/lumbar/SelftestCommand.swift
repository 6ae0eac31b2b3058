import Analysis
import ArgumentParser
import Foundation
import Reporting
import Statistics

/// `lumbar selftest`: computes reference cases anew and says how far they agree.
struct SelftestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Checks the statistics against reference cases.",
    discussion: """
      Examples:
        lumbar selftest --reference Fixtures/reference
        lumbar selftest --reference Fixtures/reference --json

      A case passes when every one of its figures agrees, is unsupported when one of them has no method
      here, and fails when one disagrees: 1e-12 relative for statistics, 1e-9 for p-values and ends of
      intervals.
      """)

  @Option(help: ArgumentHelp("A folder of reference files in JSON.", valueName: "folder"))
  var reference: String

  @Flag(help: "Print as JSON.")
  var json = false

  func run() throws {
    let results = try referenceFiles().flatMap(results)
    try printResult(json ? document(results) : text(results))
    if results.contains(where: { $0.status == .fail }) { throw Failure(.doneWithRefusals) }
  }

  /// What became of one case.
  struct Result {
    enum Status: String { case pass, fail, unsupported }

    var id: String
    var topic: String
    var status: Status
    /// The largest relative error of its figures; nil when none was computed.
    var error: Double?
  }

  private func referenceFiles() throws -> [String] {
    let entries = FileManager.default.enumerator(atPath: reference)?.compactMap { $0 as? String }
    let files = (entries ?? []).filter { $0.hasSuffix(".json") }.sorted()
    if files.isEmpty { throw Failure(.noInput, "there are no reference files in \(reference).") }
    return files.map { reference + "/" + $0 }
  }

  private func results(_ path: String) throws -> [Result] {
    guard let data = FileManager.default.contents(atPath: path),
      let document = try? JSONDecoder().decode(ReferenceValue.self, from: data)
    else { throw Failure(.notData, "\(path) is no reference file. Check its JSON.") }
    let topic = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    if let certified = document["certified"] { return [certifiedSet(topic, document, certified)] }
    return (document["cases"]?.list ?? []).map { item in
      let input = item["input"] ?? .null
      let output = item["output"] ?? .null
      let computed = evaluate(
        topic: topic, method: item["method"]?.string ?? "", input: input, output: output)
      return judge(item["id"]?.string ?? topic, topic, output.leaves(), computed)
    }
  }

  private func judge(
    _ id: String, _ topic: String, _ expected: [(path: String, value: Double?)],
    _ computed: ComputedFigures
  ) -> Result {
    var result = Result(id: id, topic: topic, status: .pass, error: nil)
    var isComplete = true
    for (path, value) in expected {
      guard let found = computed.values[path] else {
        isComplete = false
        continue
      }
      let error = SelftestCommand.error(found, value)
      result.error = max(result.error ?? 0, error)
      if error > SelftestCommand.tolerance(path) { result.status = .fail }
    }
    if result.status == .pass, !isComplete { result.status = .unsupported }
    return result
  }

  /// The relative error; infinite when only one of the two is defined.
  private static func error(_ found: Double?, _ expected: Double?) -> Double {
    guard let found, let expected else {
      return found == nil && expected == nil ? 0 : .infinity
    }
    if found == expected || abs(found - expected) < 1e-15 { return 0 }
    return abs(found - expected) / max(abs(expected), 1e-300)
  }

  private static func tolerance(_ path: String) -> Double {
    let key = path.split(separator: ".").last.map(String.init) ?? path
    let isTail = key == "p" || key.hasPrefix("p_") || key.contains("_p_")
    return isTail || key.contains("ci95") || key.hasPrefix("wilson") ? 1e-9 : 1e-12
  }

  /// A set of NIST's with its certified values, judged by digits.
  private func certifiedSet(
    _ name: String, _ document: ReferenceValue, _ certified: ReferenceValue
  ) -> Result {
    let y = (document["y"]?.column ?? []).compactMap { $0 }
    guard document["family"]?.string == "univariate" else {
      return Result(id: name, topic: "nist", status: .unsupported, error: nil)
    }
    let ceilings = ["Mavro": 13.1, "Michelso": 13.8, "NumAcc3": 9.5, "NumAcc4": 8.3]
    let digits = [
      SelftestCommand.digits(mean(y), certified["mean"]?.double),
      SelftestCommand.digits(
        standardDeviation(y), certified["sample_standard_deviation"]?.double),
    ]
    let isGood = digits[0] >= 14.5 && digits[1] >= (ceilings[name] ?? 15) - 0.5
    return Result(
      id: name, topic: "nist", status: isGood ? .pass : .fail,
      error: pow(10, -(digits.min() ?? 0)))
  }

  /// Certified digits reached: -log10 of the relative error, at most 15.
  private static func digits(_ found: Double?, _ certified: Double?) -> Double {
    guard let found, let certified else { return 0 }
    if found == certified { return 15 }
    return min(15, -log10(abs(found - certified) / abs(certified)))
  }

  private func text(_ results: [Result]) -> String {
    var lines = results.map { result in
      let error = result.error.map { "largest error \($0)" } ?? "nothing computed"
      return "\(result.status.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0))"
        + "\(result.topic)  \(result.id)  \(error)"
    }
    let counts = [Result.Status.pass, .fail, .unsupported].map { status in
      "\(results.count { $0.status == status }) \(status.rawValue)"
    }
    lines.append(counts.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  private func document(_ results: [Result]) -> String {
    jsonDocument(
      .record([
        (
          "cases",
          .list(
            results.map { result in
              .record([
                ("id", .text(result.id)), ("topic", .text(result.topic)),
                ("status", .text(result.status.rawValue)),
                ("error", result.error.map(Figure.number) ?? .none),
              ])
            })
        )
      ]))
  }
}
