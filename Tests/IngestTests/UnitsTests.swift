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

  @Test(
    "lengths, angles and times of known tests come into the unit of the test",
    arguments: [
      ("fingertip_to_floor", "100", "mm", 10, "cm"), ("sit_and_reach", "10", "in", 25.4, "cm"),
      ("modified_schober", "2.6", "inch", 6.604, "cm"), ("sit_and_reach", "0.2", "m", 20, "cm"),
      ("sit_and_reach", "0.5", "ft", 15.24, "cm"), ("sit_and_reach", "20", "CM", 20, "cm"),
      ("sit_and_reach", "25", "centimeters", 25, "cm"),
      ("straight_leg_raise_left", "1.22", "rad", 1.22 * 180 / Double.pi, "deg"),
      ("hip_internal_rotation", "30", "°", 30, "deg"),
      ("back_extensor_hold", "2", "min", 120, "s"), ("grip", "30", "stone", 30, "stone"),
    ] as [(String, String, String, Double, String)])
  func measures(
    measure: String, value: String, unit: String, expected: Double, kept: String
  ) throws {
    let reading = try read(
      "patient_id,measured_on,measure,value,unit\nP1,2026-10-01,\(measure),\(value),\(unit)\n")
    let row = try #require(reading.batch.measurements.first)
    #expect(abs(row.value - expected) < 1e-12 && reading.name(row.unit) == kept)
    let json = try read(
      "[{\"patient_id\": \"P1\", \"measured_on\": \"2026-10-01\", \"measure\": \"\(measure)\", "
        + "\"value\": \(value), \"unit\": \"\(unit)\"}]")
    #expect(json.batch.measurements.first?.value == row.value)
  }

  @Test(
    "a unit that a known test is not measured in is refused; without a unit it is the test's own")
  func wrongUnits() throws {
    let reading = try read(
      """
      patient_id,measured_on,measure,value,unit
      P1,2026-10-01,sit_and_reach,20,deg
      P1,2026-10-02,straight_leg_raise,55,cm
      P1,2026-10-03,sit_and_reach,20,spans
      P1,2026-10-04,sit_and_reach,20,

      """)
    #expect(reading.refusals == [2, 3, 4].map { "\($0) unit unknown-unit" })
    #expect(reading.batch.measurements.map(\.value) == [20])
    #expect(reading.batch.measurements[0].unit == nil)
  }

  @Test("a line of the programme keeps both sides as such; a row done on both is one of no side")
  func bothSides() throws {
    let lines = try read(
      """
      patient_id,exercise,component,sessions_per_week,every_days,side
      P1,stretch,hamstring-stretch,7,,both
      P1,raise,strengthening,,3,left
      P1,march,warm-up,7,,
      P1,plank,strengthening,,2.5,

      """)
    #expect(lines.batch.program.map(\.side) == [.both, .left, nil])
    #expect(lines.batch.program.map(\.everyDays) == [nil, 3, nil])
    #expect(lines.refusals == ["5 every_days not-a-number"])
    let rows = try read("patient_id,started_at,exercise,side\nP1,2026-10-01,stretch,both\n")
    #expect(rows.batch.sets.map(\.side) == [nil])
  }

  @Test(
    "a questionnaire stays within the scale of its instrument, and so do its answers",
    arguments: [
      ("odi", "101", "", "score out-of-range"), ("rmdq", "25", "", "score out-of-range"),
      ("psfs", "12", "", "score out-of-range"), ("ears", "30", "", "score out-of-range"),
      ("odi", "", "9 9 9 1 1 1 1 1 1 1", "items out-of-range"),
      ("odi", "", "1 1 1 1 1 1 1 - - -", "items missing-value"),
      ("odi", "40", "9 1 1 1 1 1 1 1 1 1", "items out-of-range"), ("odi", "40", "1 1 - - -", nil),
      ("rmdq", "24", "", nil), ("psfs", "", "4 6 8", nil), ("odi", "", "1 1 1 1 1 1 1 1 1 -", nil),
    ] as [(String, String, String, String?)])
  func questionnaires(
    instrument: String, score: String, items: String, refusal: String?
  ) throws {
    let reading = try read(
      "patient_id,completed_on,instrument,score,items\nP1,2026-10-01,\(instrument),\(score),\(items)\n"
    )
    #expect(reading.refusals == (refusal.map { ["2 \($0)"] } ?? []))
    #expect(reading.batch.questionnaires.count == (refusal == nil ? 1 : 0))
  }
}
