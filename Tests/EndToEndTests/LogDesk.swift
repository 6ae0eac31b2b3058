import Foundation
import TestSupport
import Testing

/// A folder with a database; files are written into it by name.
struct LogDesk {
  let folder: URL
  var database: String { folder.path + "/lumbar.sqlite" }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func write(_ name: String, _ text: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @discardableResult
  func run(_ arguments: String...) throws -> Outcome {
    try runProgram(arguments + ["--database", database], in: folder)
  }

  /// Imports a file and gives its account.
  func counts(_ arguments: String...) throws -> [String: Int] {
    let outcome = try runProgram(
      ["import", "--json"] + arguments + ["--database", database], in: folder)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let files = try #require(document["files"] as? [[String: Any]])
    return (files.first ?? [:]).compactMapValues { $0 as? Int }
  }

  func status() throws -> [String: Int] {
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(try run("status", "--json").output.utf8))
        as? [String: Any])
    return try #require(document["records"] as? [String: Int])
  }

  /// The scores of an export, with their days.
  func scores() throws -> [String] {
    let out = path("out-\(UUID().uuidString)")
    try run("export", "--out", out)
    guard let text = try? String(contentsOfFile: out + "/pain.csv", encoding: .utf8) else {
      return []
    }
    return text.split(whereSeparator: \.isNewline).dropFirst().map {
      let cells = $0.split(separator: ",", omittingEmptySubsequences: false)
      return "\(cells[0]) \(cells[2].prefix(10)) \(cells[3])"
    }
  }

  /// A night with what a configuration says.
  func night(_ configuration: String) throws -> Outcome {
    try write("c.toml", "settle = 0\nreports = \"reports\"\n" + configuration)
    return try run("nightly", "--config", "c.toml")
  }
}

/// Works at a desk of its own.
func withLogDesk(_ body: (LogDesk) throws -> Void) throws {
  try withTemporaryFolder { try body(LogDesk(folder: $0)) }
}
