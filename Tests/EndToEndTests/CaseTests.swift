import Foundation
import GRDB
import Ingest
import TestSupport
import Testing

/// The folders of Fixtures/cases: `input`, the commands of `command`, and what they give in
/// `expected`.
///
/// `input` is a folder of files, or a file that names another: `fixture month`, or `people 200 21`
/// for generated ones and their seed. `command` holds a call a line, where `{in}`, `{db}` and
/// `{out}` stand for paths, `{patient}` for each person in turn and `{figure}` for each figure of
/// the person's JSON report in `{out}`. `expected` is a folder of what was printed and written, or
/// a file of digests of these, a line each. What changes on purpose is recorded anew with
/// LUMBAR_RECORD=1; then look at the difference.
@Suite("Cases")
struct CaseTests {
  private static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: fixture("cases").path)) ?? []).sorted()

  @Test("give what they gave", arguments: names)
  func given(name: String) throws {
    let folder = fixture("cases/" + name)
    let expected = folder.appendingPathComponent("expected")
    let outcome = try Self.run(folder)
    var isFolder: ObjCBool = false
    FileManager.default.fileExists(atPath: expected.path, isDirectory: &isFolder)
    if ProcessInfo.processInfo.environment["LUMBAR_RECORD"] != nil {
      try Self.record(outcome, to: expected, asFolder: isFolder.boolValue)
    }
    if isFolder.boolValue {
      let names = try FileManager.default.subpathsOfDirectory(atPath: expected.path).filter {
        !expected.appendingPathComponent($0).hasDirectoryPath
      }
      #expect(Set(names) == Set(outcome.keys))
      for (name, content) in outcome {
        let before = try? Data(contentsOf: expected.appendingPathComponent(name))
        #expect(before == content, "\(name) is another: \(Self.difference(before, content))")
      }
    } else {
      let lines = try String(contentsOf: expected, encoding: .utf8).split(separator: "\n")
      let differing = Set(Self.digests(outcome)).symmetricDifference(lines.map(String.init))
      #expect(differing.sorted().prefix(4) == [])
    }
  }

  /// The first line that differs.
  private static func difference(_ before: Data?, _ now: Data) -> String {
    let lines = [before ?? Data(), now].map {
      String(decoding: $0, as: UTF8.self).components(separatedBy: "\n")
    }
    for (number, (old, new)) in zip(lines[0], lines[1]).enumerated() where old != new {
      return "line \(number + 1) was \(old), is \(new)"
    }
    return "\(lines[0].count) lines, now \(lines[1].count)"
  }

  private static func digests(_ outcome: [String: Data]) -> [String] {
    outcome.sorted { $0.key < $1.key }.map { name, content in
      "\(name) \(SHA256.hex(of: content).prefix(12))"
    }
  }

  private static func record(
    _ outcome: [String: Data], to expected: URL, asFolder: Bool
  ) throws {
    guard asFolder else {
      return try Data((digests(outcome).joined(separator: "\n") + "\n").utf8).write(to: expected)
    }
    try FileManager.default.removeItem(at: expected)
    for (name, content) in outcome {
      let file = expected.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file)
    }
  }

  // MARK: Running a case

  /// What the commands of a case print, as `1.txt` and so on, and write, by path.
  private static func run(_ folder: URL) throws -> [String: Data] {
    try withTemporaryFolder { work in
      let input = try Self.input(folder.appendingPathComponent("input"), work)
      let (database, out) = (work.path + "/db", work.path + "/out")
      let places = ["{in}": input.path, "{db}": database, "{out}": out]
      var outcome: [String: Data] = [:]
      let lines = try String(
        contentsOf: folder.appendingPathComponent("command"), encoding: .utf8)
      for (number, line) in lines.split(separator: "\n").enumerated() {
        var printed = ""
        for command in try commands(String(line), database, out) {
          let words = command.map { word in
            places.reduce(word) { $0.replacing($1.key, with: $1.value) }
          }
          let result = try runProgram(words, in: work)
          let name = line.contains("{patient}") ? "$ \(command.joined(separator: " "))\n" : ""
          printed +=
            name + (result.output + result.errors).replacing(work.path, with: "{work}")
            + (result.exit == 0 ? "" : "exit \(result.exit)\n")
        }
        outcome["\(number + 1).txt"] = Data(printed.utf8)
      }
      for name in (try? FileManager.default.subpathsOfDirectory(atPath: out)) ?? [] {
        let file = URL(fileURLWithPath: out + "/" + name)
        guard !file.hasDirectoryPath, let content = try? Data(contentsOf: file) else { continue }
        if name.hasSuffix(".xlsx") {
          outcome[name + ".parts"] = try parts(of: content)
        } else {
          outcome[name] = content
        }
      }
      return outcome
    }
  }

  private static func input(_ input: URL, _ work: URL) throws -> URL {
    if input.hasDirectoryPath { return input }
    let words = try String(contentsOf: input, encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).map(String.init)
    if words[0] == "fixture" { return fixture(words[1]) }
    let folder = work.appendingPathComponent("in")
    try GeneratedPeople(#require(Int(words[1])), seed: #require(UInt64(words[2]))).write(to: folder)
    return folder
  }

  /// A line's calls: one, or one for each patient and figure.
  private static func commands(_ line: String, _ database: String, _ out: String) throws
    -> [[String]]
  {
    let words = line.split(separator: " ").map(String.init)
    guard words.contains("{patient}") else { return [words] }
    let people = try DatabaseQueue(path: database).read {
      try String.fetchAll($0, sql: "SELECT code FROM patient ORDER BY code")
    }
    return try people.flatMap { person in
      let own = words.map { $0 == "{patient}" ? person : $0 }
      guard own.contains("{figure}") else { return [own] }
      let report = try Data(contentsOf: URL(fileURLWithPath: out + "/reports/\(person).json"))
      return figures(try JSONSerialization.jsonObject(with: report)).map { figure in
        own.map { $0 == "{figure}" ? figure : $0 }
      }
    }
  }

  /// The paths of single figures below the first level of a report, those in lists left out.
  private static func figures(_ report: Any, below path: String = "") -> [String] {
    guard let members = report as? [String: Any] else { return [path] }
    return members.sorted { $0.key < $1.key }.flatMap { key, value in
      path.isEmpty && !(value is [String: Any])
        ? [] : value is [Any] ? [] : figures(value, below: path.isEmpty ? key : path + "." + key)
    }
  }

  /// Digests of the parts of a workbook: the packing of the archive is the system's library's.
  private static func parts(of workbook: Data) throws -> Data {
    let files = try unzipped([UInt8](workbook)).sorted { $0.key < $1.key }
    return Data(
      files.map { "\($0.key) \(SHA256.hex(of: $0.value).prefix(12))\n" }.joined().utf8)
  }
}
