import Foundation
import Records
import Testing

@testable import Workflows

@Suite("Time zones")
struct ZoneTests {
  // 1 January 2026, noon on the clock of the zone, in seconds.
  private static let noon: Int64 = 1_767_268_800

  @Test(
    "Every name of the system is taken, links to others too",
    arguments: [
      ("Asia/Kolkata", 19_800), ("Asia/Calcutta", 19_800), ("US/Eastern", -18_000),
      ("Singapore", 28_800), ("Etc/GMT+3", -10_800), ("Europe/Nicosia", 7_200), ("UTC", 0),
      ("Europe/Berlin", 3_600),
    ] as [(String, Int32)])
  func names(name: String, offset: Int32) throws {
    let rules = try #require(zoneRules(named: name))
    #expect(rules.name == name)
    #expect(rules.resolve(local: Self.noon).offset == offset)
  }

  @Test(
    "What is no zone of the system is none",
    arguments: [
      "", "Nowhere/Town", "../zoneinfo/UTC", "/etc/localtime", "Europe", "zone.tab",
      "Europe/Berlin\n",
      "europe/berlin!", "tzdata.zi",
    ])
  func others(name: String) { #expect(zoneRules(named: name) == nil) }
}
