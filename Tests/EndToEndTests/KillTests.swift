import Foundation
import TestSupport
import Testing

/// A run that is killed leaves the old state or the new; the next run completes by itself.
@Suite("Killed runs")
struct KillTests {
  @Test("an import killed at any moment is completed by the next")
  func killedImportIsCompleted() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      for kind in ["a", "b", "c"] {
        var text = "patient_id,recorded_at,score,notes\n"
        for row in 0..<3_000 {
          text +=
            "P\(row % 20),2026-0\(row % 9 + 1)-1\(row % 8)T0\(row % 10):30:00Z,\(row % 11),\(kind)\(row)\n"
        }
        try Data(text.utf8).write(to: data.appendingPathComponent("\(kind).csv"))
      }
      let quiet = try figures(folder, "quiet", data)
      for round in 0..<50 {
        let database = folder.appendingPathComponent("db\(round)").path
        let process = Process()
        process.executableURL = program
        process.arguments = ["import", data.path, "--database", database]
        process.environment = [:]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        usleep(UInt32(round) * 4_000)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try figures(folder, "db\(round)", data) == quiet, "killed after \(round * 4) ms")
      }
    }
  }

  /// Imports and returns what the database then holds.
  private func figures(_ folder: URL, _ name: String, _ data: URL) throws -> String {
    let database = folder.appendingPathComponent(name).path
    let outcome = try runProgram(["import", data.path, "--database", database])
    #expect(outcome.exit == 0, "\(outcome.errors)")
    let reports = folder.appendingPathComponent(name + "-out")
    let report = try runProgram([
      "report", "--all", "--cohort-only", "--format", "json", "--from", "2026-01-01", "--to",
      "2026-09-30", "--database", database, "--out", reports.path,
    ])
    #expect(report.exit == 0, "\(report.errors)")
    let status = try runProgram(["status", "--json", "--database", database])
    let records = status.output.split(separator: "\n").filter { $0.contains("\"pain\"") }
    return records.joined()
      + (try String(contentsOf: reports.appendingPathComponent("cohort.json"), encoding: .utf8))
  }
}
