import ArgumentParser
import Foundation
import Storage
import Validation
import Workflows

/// `lumbar selftest`: certified sets, simulated diaries, or reference cases, computed anew.
struct SelftestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Checks the statistics against certified data and simulated diaries.",
    discussion: """
      Examples:
        lumbar selftest
        lumbar selftest --full
        lumbar selftest --reference Fixtures/reference
        lumbar selftest --reference Fixtures/reference --json

      Without --reference it prints the digits reached on NIST's certified sets, how often the \
      methods
      of the reports see a link or a trend in simulated diaries that have none, how often their
      intervals hold what was planted, and how often people are told of a link or a change within a
      year of nightly reports, where there is none and where there is one.

      A reference case passes when every one of its figures agrees, is unsupported when one of \
      them has
      no method here, and fails when one disagrees: 1e-12 relative for statistics, 1e-9 for \
      p-values and
      ends of intervals.
      """)

  @Option(help: ArgumentHelp("A folder of reference files in JSON.", valueName: "folder"))
  var reference: String?

  @Option(help: ArgumentHelp("Simulated diaries for each figure.", valueName: "number"))
  var runs = 4000

  @Option(help: ArgumentHelp("Where the random numbers start.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp("Simulated people of each kind who are told something.", valueName: "number")
  )
  var people: Int?

  @Flag(help: "Asks 1,000 people of every kind at every carry-over, over one year and two.")
  var full = false

  @Flag(help: "Print as JSON.")
  var json = false

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs must be at least 1.") }
    if let people, people < 1 { throw ValidationError("--people must be at least 1.") }
  }

  func run() throws {
    guard let reference else { return try runOwn() }
    let results = try referenceFiles(reference).flatMap(referenceResults)
    try printResult(
      json ? SelftestWords.document(results) : SelftestWords.text(results))
    if results.contains(where: { $0.status == .fail }) { throw Failure(.doneWithRefusals) }
  }

  private func runOwn() throws {
    let sets = CertifiedSet.all.map { (set: $0, reached: $0.reached()) }
    let check = NullCheck(runs: runs, seed: seed)
    let (null, planted) = (check.null(), check.planted())
    let told = ToldCheck(
      people: people ?? (full ? 1_000 : 300), seed: seed, isFull: full
    ).rows()
    let isGood =
      sets.allSatisfy { $0.reached?.isGood ?? false } && (null + planted).allSatisfy(\.isGood)
      && told.allSatisfy(\.isGood)
    try printResult(
      json
        ? SelftestWords.document(sets, null, planted, told)
        : SelftestWords.text(sets, null, planted, told, runs: runs)
          + (isGood ? "All as it should be.\n" : ""))
    if !isGood {
      throw Failure(.doneWithRefusals, "selftest: some figures are not as they should be.")
    }
  }

  private func referenceFiles(_ reference: String) throws -> [String] {
    let entries = FileManager.default.enumerator(atPath: reference)?.compactMap { $0 as? String }
    let files = (entries ?? []).filter { $0.hasSuffix(".json") }.sorted()
    if files.isEmpty { throw Failure(.noInput, "there are no reference files in \(reference).") }
    return files.map { reference + "/" + $0 }
  }

  private func referenceResults(_ path: String) throws -> [ReferenceFile.Result] {
    guard let data = FileManager.default.contents(atPath: path),
      let file = ReferenceFile(json: data, topic: path.stemOfPath)
    else { throw Failure(.notData, "\(path) is no reference file. Check its JSON.") }
    return file.results()
  }
}
