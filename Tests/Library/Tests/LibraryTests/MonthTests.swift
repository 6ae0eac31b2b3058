import Analysis
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Statistics
import Storage
import Testing
import Workflows

@Suite("lumbar as a library")
struct MonthTests {
  @Test("A month is imported and reported in the process of another program")
  func month() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/lumbar-library-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../.."
    var options = ReadingOptions(latestDay: Day(number: 22_000))
    options.profiles = try builtInProfiles()
    options.zoneNamed = { zoneRules(named: $0) }
    let store = try Store.open(creating: folder + "/db")
    let summary = try ImportSession(
      store: store, options: options, reading: "1", moment: Moment(), isDryRun: false,
      isStrict: false, isForced: false
    ).importAll(try FoundFiles(at: [root + "/Fixtures/month"]))
    #expect(summary.totals.new == 395 && summary.totals.refused == 3)

    let target = ReportTarget(folder: folder + "/r", formats: ["json"], isASCII: false)
    let first = try #require(Day(year: 2026, month: 10, day: 1))
    let last = try #require(try store.lastDay())
    try ReportRun(
      store: store, days: .period(Period(from: first, to: last)), asOf: last,
      thresholds: try Thresholds(changing: [:]), style: ReportStyle(), target: target,
      withCohort: false, isCohortAlone: false, pseudonyms: nil
    ).write(["P00001"])
    let expected = root + "/Fixtures/cases/reports-month-en/expected/reports/P00001.json"
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder + "/r/P00001.json"))
        == Data(contentsOf: URL(fileURLWithPath: expected)))
  }

  @Test("The statistics stand by themselves")
  func statistics() {
    #expect(median([3, 1, 2, 10]) == 2.5)
  }
}
