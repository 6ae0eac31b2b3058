import Foundation
import TestSupport
import Testing

/// A cohort's report alone reads fewer rows than one beside all patients' own, and is the same.
@Suite("The cohort alone")
struct CohortAloneTests {
  @Test("writes the same files as beside every patient's report, whatever the period")
  func same() throws {
    try withTemporaryFolder { folder in
      var random = SeededGenerator(seed: 4)
      var sessions = "patient_id,started_at,exercise,minutes,completed\n"
      var pain = "patient_id,recorded_at,score\n"
      for person in 0..<12 {
        // Some stopped long ago, some began late, some log sessions alone.
        for day in stride(from: person % 4 * 17, to: 130 - person % 5 * 25, by: 1) {
          let date = "2026-0\(1 + day / 28)-\(String(1_00 + 1 + day % 28).dropFirst())"
          if random.below(3) > 0 {
            let name = random.pick(["walk", "plank", "bridge"])
            let done = random.pick(["", "yes", "no"])
            sessions += "P\(person),\(date),\(name),\(random.below(40)),\(done)\n"
          }
          if person % 3 > 0 { pain += "P\(person),\(date),\(random.below(11))\n" }
        }
      }
      let program =
        "patient_id,exercise,component,sessions_per_week\n"
        + (0..<9).map { "P\($0),walk,aerobic,4\nP\($0),plank,strengthening,3\n" }.joined()
      for (name, text) in [("sessions", sessions), ("pain", pain), ("program", program)] {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name + ".csv"))
      }
      let database = folder.appendingPathComponent("db").path
      let imported = try runProgram(["import", folder.path, "--database", database])
      #expect(imported.exit == 0, "\(imported.errors)")
      for days in [["--last", "7d"], [], ["--from", "2026-03-01", "--to", "2026-03-20"]] {
        let texts = try ["--all", "--cohort-only"].map { which in
          let out = folder.appendingPathComponent("out\(which)\(days.count)").path
          let report = try runProgram(
            ["report", which, "--format", "txt,json", "--database", database, "--out", out] + days)
          #expect(report.exit == 0, "\(report.errors)")
          return try ["txt", "json"].map {
            try String(contentsOfFile: "\(out)/cohort.\($0)", encoding: .utf8)
          }
        }
        #expect(texts[0] == texts[1])
        #expect(texts[0][1].contains("P11"))
      }
    }
  }
}
