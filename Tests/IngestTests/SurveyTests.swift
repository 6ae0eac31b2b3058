import Records
import TestSupport
import Testing

@testable import Ingest

@Suite("What a whole file decides")
struct SurveyTests {
  private func pain(_ days: [String], score: String = "3") throws -> Reading {
    try read("patient_id;recorded_at;score\n" + days.map { "P1;\($0);\(score)\n" }.joined())
  }

  private func days(_ reading: Reading) -> [String] {
    reading.batch.pain.map { $0.recorded.day.description }
  }

  @Test("one date that fits one order alone decides the column, wherever it stands")
  func decided() throws {
    #expect(try days(pain(["03/10/2026", "31/10/2026"])) == ["2026-10-03", "2026-10-31"])
    #expect(try days(pain(["10/31/2026", "10/03/2026"])) == ["2026-10-31", "2026-10-03"])
    #expect(try days(pain(["3.10.26", "30.9.26 18:05"])) == ["2026-10-03", "2026-09-30"])
    let late = Array(repeating: "03/10/2026", count: 5_000) + ["30/10/2026"]
    #expect(try Set(days(pain(late))) == ["2026-10-03", "2026-10-30"])
  }

  @Test("dates that fit two orders throughout are refused with three of them and the option")
  func undecided() throws {
    let dates = ["03/10/2026", "04/10/2026", "05/10/2026", "06/10/2026"]
    let error = IngestError.dateOrderUndecided(
      column: "recorded_at", examples: Array(dates.prefix(3)))
    #expect(throws: error) { try pain(dates) }
    #expect(error.description.contains("--date-order"))
    #expect(error.description.contains("03/10/2026, 04/10/2026, 05/10/2026"))
    let told = try read(
      "patient_id;recorded_at;score\nP1;03/10/2026;3\n"
    ) { $0.dateOrder = .dmy }
    #expect(days(told) == ["2026-10-03"])
  }

  @Test("two orders in one column are refused, a slip among a hundred dates by itself")
  func contrary() throws {
    #expect(throws: IngestError.self) { try pain(["31/10/2026", "10/30/2026"]) }
    let many = (0..<120).map { "\(13 + $0 % 15)/09/2026" }
    let reading = try pain(many + ["09/30/2026"])
    #expect(reading.batch.pain.count == 120 && reading.refusals == ["122 recorded_at not-a-date"])
  }

  @Test("ISO dates stay ISO: a stray other one is refused by itself")
  func stray() throws {
    let reading = try pain(["2026-10-01", "2026-10-02", "03/10/2026"])
    #expect(days(reading).count == 2)
    #expect(reading.refusals == ["4 recorded_at date-order-unknown"])
  }

  @Test("impossible days are refused one by one and decide nothing")
  func impossible() throws {
    let reading = try pain(["31/10/2026", "31/09/2026", "00/10/2026", "32/10/2026"])
    #expect(days(reading) == ["2026-10-31"])
    #expect(reading.batch.rejections.map(\.reason) == [.notADate, .notADate, .notADate])
  }

  @Test(
    "names of months leave no doubt",
    arguments: [
      "31 Oct 2026", "31. Oktober 2026", "31-oct-26", "Oct 31, 2026", "October 31 2026",
      "31 octobre 2026", "31.Okt.2026", "31 OCT 2026",
    ])
  func months(text: String) throws {
    #expect(try days(pain(["\"\(text)\""])) == ["2026-10-31"])
    let timed = try pain(["\"\(text) 7:15 pm\""])
    #expect(timed.batch.pain.first?.recorded.milliseconds == 1_793_474_100_000)
  }

  @Test(
    "other words are no month",
    arguments: [
      "31 Foo 2026", "31 jui 2026", "Oct 2026", "31 Oct", "today", "32 Oct 2026", "31 Oct 2026x",
    ])
  func noMonths(text: String) throws {
    let reading = try pain(["2026-10-01", "2026-10-02", "\"\(text)\""])
    #expect(reading.batch.rejections.map(\.reason) == [.notADate])
  }

  private func values(_ numbers: [String]) throws -> Reading {
    try read(
      "patient_id;measured_on;measure;value\n"
        + numbers.map { "P1;2026-10-01;reach;\($0)\n" }.joined())
  }

  private func found(_ numbers: [String]) throws -> [Double] {
    try values(numbers).batch.measurements.map(\.value)
  }

  @Test("decimal commas are found, thousands marks only where they are regular")
  func decimals() throws {
    #expect(try found(["7,5", "8", "-0,25"]) == [7.5, 8, -0.25])
    #expect(try found(["7.5", "8.125"]) == [7.5, 8.125])
    #expect(try found(["1.234,5", "7,5", "123.456,25"]) == [1_234.5, 7.5, 123_456.25])
    #expect(try found(["1,234.5", "7.5", "1,500"]) == [1_234.5, 7.5, 1_500])
    #expect(try found(["1.500", "7,5"]) == [1_500, 7.5])
    #expect(try found(["1.500", "7.5"]) == [1.5, 7.5])
    let irregular = try values(["1,234.5", "12,34.5"])
    #expect(irregular.batch.rejections.map(\.reason) == [.notANumber])
  }

  @Test("point and comma in one column, or only thousands-like commas, are refused with examples")
  func mixed() throws {
    #expect(
      throws: IngestError.decimalMarkUndecided(column: "value", examples: ["7,5", "8,5", "7.5"])
    ) { try values(["7,5", "7.5", "8,5", "8.5"]) }
    let error = IngestError.decimalMarkUndecided(column: "value", examples: ["1,500", "2,250"])
    #expect(throws: error) { try values(["1,500", "2,250", "7"]) }
    #expect(error.description.contains("--decimal"))
    let told = try read("patient_id;measured_on;measure;value\nP1;2026-10-01;reach;1,500\n") {
      $0.decimalMark = 0x2C
    }
    #expect(told.batch.measurements.map(\.value) == [1.5])
  }

  @Test("each column has a form of its own")
  func columns() throws {
    let reading = try read(
      "patient_id;started_at;exercise;minutes;load_kg\nP1;31.10.2026;walk;7,5;2.5\n")
    let row = try #require(reading.batch.sets.first)
    #expect(row.minutes == 7.5 && row.loadKilograms == 2.5)
    #expect(row.started.day.description == "2026-10-31")
  }

  @Test("what a profile tells is not asked of the file")
  func told() throws {
    var layout = Layout(
      kind: .pain,
      fields: [
        .patientID: .constant("P1"), .recordedAt: .column("Day"), .score: .column("Score"),
      ])
    layout.dateOrder = .mdy
    layout.decimalMark = 0x2C
    let profile = Profile(name: "own", about: "", layouts: [layout])
    let reading = try read("Day;Score\n03/10/2026;7,5\n") {
      $0.profiles = [profile]
      $0.profileIsChosen = true
    }
    #expect(days(reading) == ["2026-03-10"] && reading.batch.pain.first?.score == 7.5)
  }
}
