import Analysis
import ArgumentParser
import Foundation
import Reporting
import Statistics
import Storage

/// `lumbar selftest`: certified sets, simulated diaries, or reference cases, computed anew.
struct SelftestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Checks the statistics against certified data and simulated diaries.",
    discussion: """
      Examples:
        lumbar selftest
        lumbar selftest --reference Fixtures/reference
        lumbar selftest --reference Fixtures/reference --json

      Without --reference it prints the digits reached on NIST's certified sets, how often the methods
      of the reports see a link or a trend in simulated diaries that have none, and how often their
      intervals hold what was planted.

      A reference case passes when every one of its figures agrees, is unsupported when one of them has
      no method here, and fails when one disagrees: 1e-12 relative for statistics, 1e-9 for p-values and
      ends of intervals.
      """)

  @Option(help: ArgumentHelp("A folder of reference files in JSON.", valueName: "folder"))
  var reference: String?

  @Option(help: ArgumentHelp("Simulated diaries for each figure.", valueName: "number"))
  var runs = 4000

  @Option(help: ArgumentHelp("Where the random numbers start.", valueName: "number"))
  var seed: UInt64 = 1

  @Flag(help: "Print as JSON.")
  var json = false

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs must be at least 1.") }
  }

  func run() throws {
    guard let reference else { return try runOwn() }
    let results = try referenceFiles(reference).flatMap(referenceResults)
    try printResult(json ? document(results) : text(results))
    if results.contains(where: { $0.status == .fail }) { throw Failure(.doneWithRefusals) }
  }

  private func runOwn() throws {
    let sets = CertifiedSet.all.map { (set: $0, reached: $0.reached()) }
    let check = NullCheck(runs: runs, seed: seed)
    let (null, planted) = (check.null(), check.planted())
    let isGood =
      sets.allSatisfy { $0.reached?.isGood ?? false } && (null + planted).allSatisfy(\.isGood)
    try printResult(
      json
        ? ownDocument(sets, null, planted)
        : ownText(sets, null, planted) + (isGood ? "All as it should be.\n" : ""))
    if !isGood {
      throw Failure(.doneWithRefusals, "selftest: some figures are not as they should be.")
    }
  }

  private typealias Sets = [(set: CertifiedSet, reached: CertifiedSet.Reached?)]

  private func ownText(_ sets: Sets, _ null: [NullCheck.Rate], _ planted: [NullCheck.Rate])
    -> String
  {
    func padded(_ text: String, _ width: Int) -> String {
      text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
    }
    var lines = ["Certified data (NIST StRD), correct digits out of 15:"]
    for (set, reached) in sets {
      let digits = reached?.digits.map { String(format: "%.1f", $0) } ?? ["no method"]
      let what =
        set.columns.isEmpty
        ? zip(set.figures, digits).map { "\($0) \($1)" }.joined(separator: ", ")
        : "worst coefficient "
          + (reached?.digits.min().map { String(format: "%.1f", $0) } ?? "none")
      let mark = reached?.isGood ?? false ? "" : "  TOO FEW"
      lines.append("  \(padded(set.name, 10))\(what)\(mark)")
    }
    func add(_ rates: [NullCheck.Rate]) {
      for rate in rates {
        let share = String(format: "%5.1f %%  ± %.1f", 100 * rate.share, 100 * rate.error)
        let bounds = String(
          format: "%g to %g %%", 100 * rate.bounds.lowerBound, 100 * rate.bounds.upperBound)
        let mark = rate.isRough ? "  too few runs to judge" : rate.isGood ? "" : "  OUT OF BOUNDS"
        lines.append(
          "  \(padded(rate.name, 22))\(padded("\(rate.days) days", 9))\(share)"
            + "   ought to be \(bounds)\(mark)")
      }
    }
    lines += ["", "Simulated diaries with nothing in them, \(runs) each: called something at 5 %"]
    lines += ["(± the Monte-Carlo error; 15 % of days missing, carry-over 0.5):"]
    add(null)
    lines += [
      "", "Simulated diaries with something planted, \(runs) each: inside the 95 % interval",
    ]
    add(planted)
    return lines.joined(separator: "\n") + "\n"
  }

  private func ownDocument(_ sets: Sets, _ null: [NullCheck.Rate], _ planted: [NullCheck.Rate])
    -> String
  {
    func figures(_ rates: [NullCheck.Rate]) -> Figure {
      .list(
        rates.map { rate in
          .record([
            ("name", .text(rate.name)), ("days", .count(rate.days)), ("rate", .number(rate.share)),
            ("monte_carlo_error", .number(rate.error)), ("runs", .count(rate.runs)),
            ("low", .number(rate.bounds.lowerBound)), ("high", .number(rate.bounds.upperBound)),
            ("ok", .flag(rate.isGood)),
          ])
        })
    }
    let nist = sets.map { item -> Figure in
      let digits = zip(item.set.figures, item.reached?.digits ?? []).map {
        (key: $0.replacingOccurrences(of: " ", with: "_"), value: Figure.number($1))
      }
      return .record([
        ("set", .text(item.set.name)), ("digits", .record(digits)),
        ("ok", .flag(item.reached?.isGood ?? false)),
      ])
    }
    return jsonDocument(
      .record([
        ("nist", .list(nist)),
        ("null", .record([("rates", figures(null)), ("planted", figures(planted))])),
      ]))
  }

  /// What became of one case.
  struct Result {
    enum Status: String { case pass, fail, unsupported }

    var id: String
    var topic: String
    var status: Status
    /// The largest relative error of its figures; nil when none was computed.
    var error: Double?
    /// The figure that is furthest from what it may be, for a case that fails.
    var worst: String?
  }

  private func referenceFiles(_ reference: String) throws -> [String] {
    let entries = FileManager.default.enumerator(atPath: reference)?.compactMap { $0 as? String }
    let files = (entries ?? []).filter { $0.hasSuffix(".json") }.sorted()
    if files.isEmpty { throw Failure(.noInput, "there are no reference files in \(reference).") }
    return files.map { reference + "/" + $0 }
  }

  private func referenceResults(_ path: String) throws -> [Result] {
    guard let data = FileManager.default.contents(atPath: path),
      let document = try? JSONDecoder().decode(ReferenceValue.self, from: data)
    else { throw Failure(.notData, "\(path) is no reference file. Check its JSON.") }
    let topic = path.stemOfPath
    if document["certified"] != nil {
      let reached = CertifiedSet(document)?.reached()
      return [
        Result(
          id: topic, topic: "nist",
          status: reached.map { $0.isGood ? .pass : .fail } ?? .unsupported,
          error: reached?.digits.min().map { pow(10, -$0) })
      ]
    }
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
    var furthest = 1.0
    for (path, value) in expected {
      guard let found = computed.values[path] else {
        isComplete = false
        continue
      }
      let error = SelftestCommand.error(found, value)
      result.error = max(result.error ?? 0, error)
      let share = error / max(SelftestCommand.tolerance(path), computed.limits[path] ?? 0)
      guard share > furthest else { continue }
      furthest = share
      result.status = .fail
      let text = { (figure: Double?) in figure.map { "\($0)" } ?? "undefined" }
      result.worst = "\(path) is \(text(found)), expected \(text(value))"
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
    let last = path.split(separator: ".").last ?? ""
    let key = String(last.prefix { $0 != "[" })
    let isTail = key == "p" || key.hasPrefix("p_") || key.contains("_p_") || key.hasSuffix("_p")
    return isTail || key.contains("ci95") || key.hasPrefix("wilson") || key.hasPrefix("clopper")
      ? 1e-9 : 1e-12
  }

  private func text(_ results: [Result]) -> String {
    var lines = results.map { result in
      let error = result.error.map { "largest error \($0)" } ?? "nothing computed"
      return "\(result.status.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0))"
        + "\(result.topic)  \(result.id)  \(error)" + (result.worst.map { ": \($0)" } ?? "")
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
