import Foundation
import GRDB
import Ingest
import Records
import Storage
import TestSupport
import Testing

@testable import Workflows

/// Times are what a file says and where their person lives, whichever comes first.
@Suite("Zones and the order of files")
struct ZoneOrderTests {
  private func session(_ store: Store) throws -> ImportSession {
    store.zoneNamed = { zoneRules(named: $0) }
    var options = ReadingOptions(latestDay: Day(number: 22_000))
    options.zoneNamed = { zoneRules(named: $0) }
    return try ImportSession(
      store: store, options: options, reading: "1", moment: Moment(), isDryRun: false,
      isStrict: false, isForced: false)
  }

  /// Every record as the fields of lumbar's own format, in order.
  private func content(_ store: Store) throws -> [String] {
    let codes = try store.patientCodes()
    return try store.readLogs { reader in
      try codes.flatMap { code -> [String] in
        let log = try #require(try reader.log(of: code))
        let own = RecordFields(names: log.names, texts: log.texts)
        var lines: [String] = []
        log.records.each { row in
          lines.append(own.fields(of: row).map { "\($0.field.name)=\($0.text)" }.joined(by: " "))
        }
        return lines + [log.zone ?? "nowhere"]
      }
    }.sorted()
  }

  /// A database of files, in their order.
  private func imported(_ files: [(name: String, text: String)], in folder: URL) throws
    -> [String]
  {
    let place = folder.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let store = try Store.open(creating: place.path + "/db")
    for (number, file) in files.enumerated() {
      let path = place.appendingPathComponent("\(number)-\(file.name)")
      try Data(file.text.utf8).write(to: path)
      let summary = try session(store).importAll(try FoundFiles(at: [path.path]))
      #expect(summary.failures.isEmpty)
      let totals = summary.totals
      #expect(
        totals.read
          == totals.new + totals.changed + totals.known + totals.refused + totals.leftOut)
    }
    return try content(store)
  }

  /// A written time near noon, near midnight, or where clocks change; with every kind of offset.
  private func time(_ random: inout SeededGenerator) -> String {
    let days = ["2026-03-08", "2026-03-29", "2026-07-01", "2026-10-25", "2026-11-01"]
    let clocks = ["00:10", "01:30", "02:15", "02:30", "03:05", "12:00", "18:45", "23:50"]
    let ends = ["", "", "Z", "+00:00", "+02:00", "-05:00", "+05:30"]
    let day = random.pick(days)
    return random.below(6) == 0 ? day : "\(day)T\(random.pick(clocks))\(random.pick(ends))"
  }

  @Test(
    "any order and split of files, zones before, between or after, once or twice",
    arguments: [0..<50, 50..<100, 100..<150, 150..<200])
  func anyOrder(seeds: Range<Int>) throws {
    try withTemporaryFolder { folder in
      for seed in seeds {
        var random = SeededGenerator(seed: UInt64(seed))
        let zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"]
        let people = "patient_id,timezone\nA,\(random.pick(zones))\nB,\(random.pick(zones))\n"
        let pain = (0..<12).map { number in
          "\(random.pick(["A", "B"])),\(time(&random)),\(random.below(11)),n\(number)\n"
        }
        let sets = (0..<8).map { number in
          "\(random.pick(["A", "B"])),\(time(&random)),Plank,\(1 + random.below(3)),s\(number)\n"
        }
        func file(_ kind: String, _ rows: ArraySlice<String>) -> (name: String, text: String) {
          let header =
            kind == "pain"
            ? "patient_id,recorded_at,score,notes\n" : "patient_id,started_at,exercise,sets,notes\n"
          return ("\(kind).csv", header + rows.joined())
        }
        let whole = [("patients.csv", people), file("pain", pain[...]), file("sets", sets[...])]
        let (cut, other) = (1 + random.below(10), 1 + random.below(6))
        var parts = [
          ("patients.csv", people), file("pain", pain[..<cut]), file("pain", pain[cut...]),
          file("sets", sets[..<other]), file("sets", sets[other...]), random.pick(whole),
        ]
        for index in parts.indices.reversed() { parts.swapAt(index, random.below(index + 1)) }
        let expected = try imported(whole, in: folder)
        let found = try imported(parts, in: folder)
        #expect(found == expected, "seed \(seed)")
      }
    }
  }

  @Test("rows of before it was kept how times are written are taken for what a file brings again")
  func rowsOfBefore() throws {
    try withTemporaryFolder { folder in
      let store = try Store.open(creating: folder.path + "/db")
      func add(_ name: String, _ text: String) throws -> Accounts {
        let path = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: path)
        return try session(store).importAll(try FoundFiles(at: [path.path])).totals
      }
      _ = try add("patients.csv", "patient_id,timezone\nA,Europe/Berlin\n")
      // As a program of before stored them: the moment on the clock of the zone, or of UTC.
      _ = try add(
        "old.csv",
        """
        patient_id,recorded_at,score
        A,2026-06-02T07:30+02:00,5
        A,2026-06-03T07:30,6
        A,2026-12-03T23:30+01:00,7
        A,2026-06-05T09:00-04:00,8

        """)
      try DatabaseQueue(path: folder.path + "/db").inDatabase {
        try $0.execute(sql: "INSERT INTO unmarked_time VALUES (2)")
      }
      let again = try add(
        "again.csv",
        """
        patient_id,recorded_at,score
        A,2026-06-02T07:30,5
        A,2026-06-03T07:30,6
        A,2026-12-03T23:30,7
        A,2026-06-05T09:00-04:00,8
        A,2026-06-06T09:00,9

        """)
      #expect(again.known == 4 && again.new == 1, "\(again)")
      // They follow the person's zone from now on.
      _ = try add("moved.csv", "patient_id,timezone\nA,America/New_York\n")
      let third = try add("third.csv", "patient_id,recorded_at,score\nA,2026-12-03T23:30,7\n")
      #expect(third.known == 1 && third.new == 0, "\(third)")
    }
  }

  @Test("a zone that is set, changed and taken back moves the days that it decides, and says so")
  func changed() throws {
    try withTemporaryFolder { folder in
      let store = try Store.open(creating: folder.path + "/db")
      func add(_ name: String, _ text: String) throws -> ImportSummary {
        let path = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: path)
        return try session(store).importAll(try FoundFiles(at: [path.path]))
      }
      func days() throws -> Set<String> {
        let found = try store.readLogs { reader in
          let log = try #require(try reader.log(of: "A"))
          return log.pain.map { "\($0.recorded.day) \($0.recorded.clock ?? "-")" }
        }
        return Set(found)
      }
      let pain = """
        patient_id,recorded_at,score
        A,2026-06-02T04:30Z,5
        A,2026-06-02T08:00,4
        A,2026-06-02T23:00-03:00,3
        A,2026-06-02,2

        """
      _ = try add("pain.csv", pain)
      let before = ["2026-06-02 04:30", "2026-06-02 08:00", "2026-06-02 23:00", "2026-06-02 -"]
      #expect(try days() == Set(before))
      let west = try add("a.csv", "patient_id,timezone\nA,America/Los_Angeles\n")
      #expect(west.imported.map(\.file.account.moved) == [2])
      let there = ["2026-06-01 21:30", "2026-06-02 08:00", "2026-06-02 23:00", "2026-06-02 -"]
      #expect(try days() == Set(there))
      // The same rows in a later export are known in any zone.
      let again = try add("later.csv", pain + "A,2026-06-03T08:00,1\n")
      #expect(again.totals.known == 4 && again.totals.new == 1)
      let east = try add("b.csv", "patient_id,timezone\nA,Asia/Tokyo\n")
      #expect(east.imported.map(\.file.account.moved) == [3])
      #expect(try days().contains("2026-06-02 13:30"))
      let run = try store.beginRun(started: "2026-11-01T00:00:00Z", command: "undo", version: "t")
      _ = try store.undo(run: run - 1, by: run)
      #expect(try days() == Set(there + ["2026-06-03 08:00"]))
    }
  }
}

extension [String] {
  fileprivate func joined(by separator: String) -> String { joined(separator: separator) }
}
