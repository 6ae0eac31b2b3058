import Records
import TestSupport
import Testing

@testable import Ingest

@Suite("Units and durations")
struct UnitsTests {
  private func set(_ header: String, _ cell: String) throws -> Reading {
    try read("patient_id;started_at;exercise;\(header)\nP1;2026-10-01;walk;\(cell)\n")
  }

  @Test("a unit in brackets behind a column's name is heeded")
  func brackets() throws {
    #expect(try set("Load (lbs)", "100").batch.sets[0].loadKilograms == 45.359_237)
    #expect(try set("load (kg)", "20").batch.sets[0].loadKilograms == 20)
    #expect(try set("Minutes (s)", "90").batch.sets[0].minutes == 1.5)
    #expect(try set("minutes (h)", "0.5").batch.sets[0].minutes == 30)
    #expect(try set("hold (min)", "2").batch.sets[0].holdSeconds == 120)
    // What is no unit of the field is no part of the name either: the column is not read.
    #expect(try set("minutes (km)", "3").summary.ignoredColumns == ["minutes (km)"])
  }

  @Test(
    "durations in words and in three parts",
    arguments: [
      ("1h 23m 5s", 83.083_333_333_333_33), ("45 min", 45), ("90s", 1.5),
      ("1:23:05", 83.083_333_333_333_33),
      ("2h", 120), ("00:30:00", 30), ("1 hr 30 min", 90), ("0:00:30", 0.5),
    ] as [(String, Double)])
  func durations(text: String, minutes: Double) throws {
    #expect(abs(try #require(try set("minutes", text).batch.sets.first?.minutes) - minutes) < 1e-12)
  }

  @Test(
    "what only looks like a duration is refused",
    arguments: ["23:05", "5m 1h", "1h 2h", "h", "1x", "1:60:00", "1:00:60", "1:2:3:4", "min 5"])
  func noDurations(text: String) throws {
    #expect(try set("minutes", text).refusals == ["2 minutes not-a-number"])
  }

  @Test("a scale applies before the range is looked at")
  func ranges() throws {
    #expect(try set("minutes (h)", "20000").batch.rejections.map(\.reason) == [.outOfRange])
    #expect(try set("minutes (ms)", "90000000").batch.sets.first?.minutes == 1_500)
  }

  @Test("a profile's units and components are heeded; a component in the row goes first")
  func profile() throws {
    var layout = Layout(
      kind: .sessions,
      fields: [
        .patientID: .constant("P1"), .startedAt: .column("day"), .exercise: .column("what"),
        .minutes: .column("time"), .component: .column("part"),
      ])
    layout.units = [.minutes: "s"]
    layout.components = ["My Stretch": .gluteStretch]
    let reading = try read(
      "day,what,time,part\n2026-10-01,my stretch,90,\n2026-10-01,my stretch,60,mobility\n2026-10-01,odd,60,\n"
    ) {
      $0.profiles = [Profile(name: "own", about: "", layouts: [layout])]
      $0.profileIsChosen = true
    }
    #expect(reading.batch.sets.map(\.minutes) == [1.5, 1, 1])
    #expect(reading.batch.sets.map(\.component) == [.gluteStretch, .mobility, nil])
    #expect(reading.summary.exercisesWithoutComponent == ["odd"])
  }
}
