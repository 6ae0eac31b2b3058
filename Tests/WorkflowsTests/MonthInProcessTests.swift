import Analysis
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Storage
import TestSupport
import Testing

@testable import Workflows

/// What commands do, without one: a month from files to reports in this process.
@Suite("A month in process")
struct MonthInProcessTests {
  private let moment = Moment()

  private func options() throws -> ReadingOptions {
    var options = ReadingOptions(latestDay: Day(number: 22_000))
    options.profiles = try builtInProfiles()
    options.zoneNamed = { zoneRules(named: $0) }
    return options
  }

  private func imported(to path: String) throws -> (Store, ImportSummary) {
    let store = try Store.open(creating: path)
    let options = try options()
    let session = try ImportSession(
      store: store, options: options, reading: "1", moment: moment, isDryRun: false,
      isStrict: false, isForced: false)
    return (store, try session.importAll(try FoundFiles(at: [fixture("month").path])))
  }

  @Test("is imported once, whatever is imported twice, and told by file")
  func importing() throws {
    try withTemporaryFolder { folder in
      for (new, known) in [(395, 0), (0, 395)] {
        let (_, summary) = try imported(to: folder.path + "/db")
        #expect(summary.exit == .doneWithRefusals && summary.failures.isEmpty)
        #expect(summary.totals.read == 398 && summary.totals.refused == 3)
        #expect(summary.totals.new == new && summary.totals.known == known)
        #expect(summary.imported.map(\.from.name).first == "patients.csv", "zones come first")
      }
    }
  }

  @Test("comes out as the reports that the program writes")
  func reporting() throws {
    try withTemporaryFolder { folder in
      _ = try imported(to: folder.path + "/db")
      let store = try Store.open(existing: folder.path + "/db")
      let target = ReportTarget(
        folder: folder.path + "/r", formats: ["json", "txt"], isASCII: false)
      let first = try #require(Day(year: 2026, month: 10, day: 1))
      let last = try #require(try store.lastDay())
      var style = ReportStyle()
      style.language = .english
      try ReportRun(
        store: store, days: .period(Period(from: first, to: min(last, first.lastOfMonth))),
        asOf: last,
        thresholds: try Thresholds(changing: [:]), style: style, target: target, withCohort: true,
        isCohortAlone: false, pseudonyms: nil
      ).write(try store.patientCodes())
      #expect(target.written.count == 6)
      for name in ["P00001.json", "P00002.txt", "cohort.json"] {
        let expected = fixture("cases/reports-month-en/expected/reports/" + name)
        #expect(
          try Data(contentsOf: expected)
            == Data(contentsOf: folder.appendingPathComponent("r/" + name)), "\(name)")
      }
    }
  }

  @Test("is published by a night, which says what somebody should hear, once")
  func night() throws {
    try withTemporaryFolder { folder in
      let inbox = folder.path + "/in"
      try FileManager.default.copyItem(atPath: fixture("month").path, toPath: inbox)
      var settings = Settings()
      settings.formats = ["json"]
      settings.settleSeconds = 0
      let options = try options()
      for expected in [["3 rows were refused in new files; lumbar rejections lists them."], []] {
        var said: [String] = []
        let store = try Store.open(creating: folder.path + "/db")
        let night = Night(
          settings: settings, thresholds: try Thresholds(changing: [:]), style: ReportStyle(),
          moment: moment, store: store,
          inboxes: [
            NightInbox(path: inbox, options: options, reading: "1", origin: FileOrigin())
          ], reports: folder.path + "/r", archive: nil,
          place: "", watch: { _, _ in nil },
          tell: {
            said.append($0); return true
          })
        let exit = try night.run()
        #expect(said == expected && exit == (expected.isEmpty ? .done : .doneWithRefusals))
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/r/latest")
      #expect(names.sorted() == ["P00001.json", "P00002.json", "cohort.json"])
    }
  }

  @Test("is copied, and restored as it was")
  func copying() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/db"
      _ = try imported(to: path)
      let copy = folder.path + "/copy"
      let made = try CopyRun(path, moment).backUp(
        try Store.open(existing: path, writing: true), to: copy)
      #expect(made.path == copy && made.replaced == nil)
      _ = try ForgetRun(patient: "P00002", archive: nil, inboxes: []).run(
        try Store.open(existing: path, writing: true), at: path, reports: folder.path + "/r",
        beside: [], moment)
      #expect(try Store.open(existing: path).patientCodes() == ["P00001"])
      let kept = try CopyRun(path, moment).restore(from: copy) { _ in }
      #expect(kept?.hasSuffix(".before-restore") == true)
      // Who was forgotten stays forgotten, in the copy as well.
      #expect(try Store.open(existing: path).patientCodes() == ["P00001"])
    }
  }

  @Test("names of files in the archive are short enough for a temporary one, their endings kept")
  func shortNames() {
    #expect(shortName("a.csv") == "a.csv")
    let long = shortName(String(repeating: "漢", count: 120) + ".csv")
    #expect(long.utf8.count <= 200 && long.hasSuffix("漢.csv"))
    #expect(shortName(String(repeating: "x", count: 255)).utf8.count == 200)
  }

  @Test("a path stands from the root, through links as far as it is there")
  func realPaths() throws {
    try withTemporaryFolder { folder in
      let root = realPath(folder.path)
      try FileManager.default.createDirectory(
        atPath: root + "/a/b", withIntermediateDirectories: true)
      symlink("a/b", root + "/way")
      #expect(realPath(root + "/way/c/d") == root + "/a/b/c/d")
      #expect(realPath(root + "/way/../x") == root + "/x")
      #expect(realPath("/") == "/" && realPath("/no/such") == "/no/such")
    }
  }
}
