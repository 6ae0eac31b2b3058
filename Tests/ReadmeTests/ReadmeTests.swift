import Foundation
import TestSupport
import Testing

/// The README's console blocks, run as they stand.
@Suite("The README")
struct ReadmeTests {
  /// A command with the output that the README shows under it.
  struct Step: Equatable {
    var command: String
    var output: String
  }

  static func steps() throws -> [Step] {
    let text = try String(
      contentsOf: projectFolder.appendingPathComponent("README.md"), encoding: .utf8)
    var steps: [Step] = []
    for block in text.components(separatedBy: "```console\n").dropFirst() {
      let body = block.components(separatedBy: "```")[0]
      for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("$ ") {
          steps.append(Step(command: String(line.dropFirst(2)), output: ""))
        } else if !steps.isEmpty, !line.isEmpty {
          steps[steps.count - 1].output += line + "\n"
        }
      }
    }
    return steps
  }

  @Test("every console block prints what it shows")
  func consoleBlocks() throws {
    let steps = try Self.steps()
    #expect(steps.count >= 4)
    try withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent("Fixtures"), withDestinationURL: fixture(""))
      for step in steps {
        let words = step.command.split(separator: " ").map(String.init)
        #expect(words.first == "lumbar")
        let outcome = try runProgram(
          Array(words.dropFirst()),
          environment: ["LUMBAR_DATABASE": folder.appendingPathComponent("db").path], in: folder)
        // Blank lines part paragraphs on both sides.
        let lines = outcome.output.split(separator: "\n").map { $0 + "\n" }.joined()
        #expect(lines == step.output, "\(step.command)\n\(outcome.errors)")
      }
    }
  }

  @Test("the page that the README shows is the committed sample")
  func pageIsTheSample() throws {
    let readme = try String(
      contentsOf: projectFolder.appendingPathComponent("README.md"), encoding: .utf8)
    let page = try String(
      contentsOf: projectFolder.appendingPathComponent("reports/example/P00001.txt"),
      encoding: .utf8)
    #expect(readme.contains(page))
  }

  @Test("the committed samples are what the program writes, workbooks compared unzipped")
  func samplesAreCurrent() throws {
    try withTemporaryFolder { folder in
      let environment = ["LUMBAR_DATABASE": folder.appendingPathComponent("db").path]
      _ = try runProgram(["import", fixture("month").path], environment: environment)
      let report = try runProgram(
        ["report", "--all", "--month", "2026-10", "--out", folder.path], environment: environment)
      #expect(report.exit == 0)
      for name in ["P00001", "P00002", "cohort"] {
        for ending in ["txt", "json", "xlsx"] {
          let file = "\(name).\(ending)"
          let fresh = try Data(contentsOf: folder.appendingPathComponent(file))
          let sample = try Data(
            contentsOf: projectFolder.appendingPathComponent("reports/example/\(file)"))
          if ending == "xlsx" {
            let (left, right) = (try unzipped(Array(fresh)), try unzipped(Array(sample)))
            #expect(Set(left.keys) == Set(right.keys))
            for part in left.keys where part.hasPrefix("xl/") {
              #expect(content(left[part]) == content(right[part]), "\(file): \(part)")
            }
          } else {
            #expect(fresh == sample, "\(file): run `make example` and look at the difference")
          }
        }
      }
    }
  }

  /// The texts and values of a part, without the mark-up in which library versions differ.
  private func content(_ part: [UInt8]?) -> [String] {
    String(decoding: part ?? [], as: UTF8.self).components(separatedBy: "<").compactMap {
      let pieces = $0.split(separator: ">", maxSplits: 1)
      return pieces.count == 2 ? String(pieces[1]) : nil
    }
  }
}
