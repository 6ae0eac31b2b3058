import Foundation
import Ingest
import TestSupport
import Testing

/// Every byte of the reports and the export of two sets of diaries, by SHA-256, in Fixtures/pinned.
///
/// They change when a report is meant to change: run with LUMBAR_RECORD=1 to record them anew, and
/// look at what changed. Workbooks are compared by their parts, since the packing of the archive is
/// the system's library's.
@Suite("Pinned reports")
struct PinnedReportTests {
  @Test("of the fixture month are the same, byte for byte")
  func month() throws {
    try compare("month", days: ["--month", "2026-10"], import: fixture("month"))
  }

  @Test("of 200 generated people are the same, byte for byte")
  func people() throws {
    try withTemporaryFolder { folder in
      try GeneratedPeople(200, seed: 21).write(to: folder)
      try compare("people", days: ["--last", "30d"], import: folder)
    }
  }

  private func compare(_ name: String, days: [String], import logs: URL) throws {
    try withTemporaryFolder { folder in
      let database = folder.appendingPathComponent("db").path
      let imported = try runProgram(["import", logs.path, "--database", database])
      #expect([0, 3].contains(imported.exit), "\(imported.errors)")
      let (reports, copy) = (folder.appendingPathComponent("r"), folder.appendingPathComponent("c"))
      let report = try runProgram(
        [
          "report", "--all", "--format", "xlsx,txt,json,csv", "--database", database, "--out",
          reports.path,
        ] + days)
      #expect(report.exit == 0, "\(report.errors)")
      let export = try runProgram(["export", "--database", database, "--out", copy.path])
      #expect(export.exit == 0, "\(export.errors)")
      let lines = try PinnedReportTests.digests(of: [reports, copy])
      let pinned = fixture("pinned/\(name).txt")
      if ProcessInfo.processInfo.environment["LUMBAR_RECORD"] != nil {
        try FileManager.default.createDirectory(
          at: pinned.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: pinned)
      }
      let expected = try String(contentsOf: pinned, encoding: .utf8)
        .split(separator: "\n").map(String.init)
      #expect(lines.count == expected.count)
      for (line, expected) in zip(lines, expected) { #expect(line == expected) }
    }
  }

  /// A line a name: the name, then each of its files' ending and the first twelve digits of its
  /// SHA-256.
  private static func digests(of folders: [URL]) throws -> [String] {
    var byName: [String: [String]] = [:]
    for folder in folders {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
        let file = folder.appendingPathComponent(name)
        let stem = file.deletingPathExtension().lastPathComponent
        let content =
          file.pathExtension == "xlsx" ? try parts(of: file) : try Data(contentsOf: file)
        var hash = SHA256()
        content.withUnsafeBytes { hash.update($0) }
        byName[stem, default: []].append("\(file.pathExtension) \(hash.finish().prefix(12))")
      }
    }
    return byName.sorted { $0.key < $1.key }.map { ([$0.key] + $0.value).joined(separator: " ") }
  }

  /// The parts of a workbook one behind the other, by name.
  private static func parts(of workbook: URL) throws -> Data {
    let files = try unzipped([UInt8](try Data(contentsOf: workbook)))
    return files.sorted { $0.key < $1.key }.reduce(into: Data()) { content, file in
      content += Data((file.key + "\n").utf8) + Data(file.value)
    }
  }
}
