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

/// Pages of people whose diaries hold every kind of record, in every language.
@Suite("People's pages")
struct PeoplesPagesTests {
  @Test("keep to plain words, short answers and 80 columns", arguments: Language.allCases)
  func pages(_ language: Language) throws {
    try withTemporaryFolder { folder in
      let inbox = folder.appendingPathComponent("in")
      try GeneratedPeople(45, seed: 7).write(to: inbox)
      let store = try Store.open(creating: folder.path + "/db")
      var options = ReadingOptions(latestDay: Day(number: 22_000))
      options.profiles = try builtInProfiles()
      options.zoneNamed = { zoneRules(named: $0) }
      let session = try ImportSession(
        store: store, options: options, reading: "1", moment: Moment(), isDryRun: false,
        isStrict: false, isForced: false)
      _ = try session.importAll(try FoundFiles(at: [inbox.path]))
      var style = ReportStyle()
      style.language = language
      let last = try #require(try store.lastDay())
      let target = ReportTarget(folder: folder.path + "/r", formats: ["txt"], isASCII: false)
      try ReportRun(
        store: store, days: .period(Period(from: last - 59, to: last)), asOf: last,
        thresholds: try Thresholds(changing: [:]), style: style, target: target, withCohort: false,
        isCohortAlone: false, pseudonyms: nil
      ).write(try store.patientCodes())
      #expect(target.written.count == 45)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/r") {
        let page = try String(contentsOfFile: folder.path + "/r/" + name, encoding: .utf8)
        #expect(PlainWords.banned(in: page, language.rawValue) == [], "\(name)")
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { displayWidth(String($0)) <= 80 }, "\(name)")
        // The answers stand beside their questions, above the first rule.
        let answers = lines.dropFirst(2).prefix { !$0.hasPrefix("───") }.map { $0.dropFirst(23) }
        for sentence in PlainWords.sentences(answers.joined(separator: " ")) {
          #expect(sentence.count <= PlainWords.mostWords, "\(name): \(sentence)")
        }
      }
    }
  }
}
