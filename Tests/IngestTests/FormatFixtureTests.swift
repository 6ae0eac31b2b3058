import Records
import TestSupport
import Testing

@testable import Ingest

/// What the files of other programs in Fixtures/formats become.
@Suite("JSON of other programs")
struct FormatFixtureTests {
  private func read(_ name: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws
    -> Reading
  {
    try Reading(MemorySource(try fixtureBytes("formats/\(name)")), options(change))
  }

  /// Records as their kind and values, in the order of the file.
  private func records(_ reading: Reading) -> [String] {
    reading.batch.descriptions.map { record in
      "\(record.kind.rawValue) "
        + record.fields.filter { $0.name != "clock" }.map(\.text).joined(separator: " ")
    }
  }

  private func leftOut(_ reading: Reading) -> [String] {
    reading.batch.leftOut.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
  }

  @Test("A bundle gives its person, pain by answer code whatever the label says, and minutes")
  func bundle() throws {
    let reading = try read("fhir-bundle.json")
    #expect(reading.summary.profile == "fhir")
    #expect(reading.batch.read == 7)
    #expect(
      records(reading) == [
        "patients back-07 Ida M. Quist female",
        "pain back-07 2026-03-02T08:10:00+01:00 5",
        "pain back-07 2026-03-03T08:10:00+01:00 10",
        "sessions back-07 2026-03-03 Exercise aerobic 45",
      ])
    #expect(leftOut(reading) == ["1 entered-in-error", "1 other observations"])
    #expect(reading.refusals == ["75 entry[6].valueCodeableConcept not-a-number"])
    #expect(reading.batch.takenBack.count == 1)
  }

  @Test("Observations one a line: whole and broken numbers, components, and a broken line")
  func lines() throws {
    let reading = try read("fhir-observations.ndjson")
    #expect(reading.summary.format == "ndjson")
    #expect(reading.batch.read == 7)
    #expect(
      records(reading) == [
        "pain n1 2026-01-05T07:00:00+13:00 4",
        "pain n1 2026-04-08T07:00:00.125+12:00 3.4375",
        "pain n1 2026-04-09 6 average",
      ])
    #expect(leftOut(reading) == ["1 Condition", "1 steps"])
    #expect(reading.refusals == ["3  bad-json", "6 valueInteger out-of-range"])
  }

  @Test("Answers are known by their links and codes")
  func answers() throws {
    let reading = try read("fhir-answers.json") { $0.patient = "Q1" }
    #expect(
      records(reading) == [
        "pain Q1 2026-02-06 4",
        "pain Q1 2026-02-06 0 shoulder",
      ])
    #expect(reading.batch.read == 1)
    #expect(throws: IngestError.noPatient) { try read("fhir-answers.json") }
  }

  @Test("A file of questions alone is refused in words")
  func questions() throws {
    #expect(throws: IngestError.onlyDefinitions) { try read("fhir-questions.json") }
    #expect(IngestError.onlyDefinitions.description.contains("holds no answers"))
  }

  @Test("Open mHealth data points: an end or a duration gives the minutes; units are not guessed")
  func openMHealth() throws {
    let reading = try read("open-mhealth.json")
    #expect(reading.summary.profile == "open-mhealth")
    #expect(
      records(reading) == [
        "sessions m5 2026-05-01T18:00:00+02:00 brisk walking aerobic 35",
        "sessions m5 2026-05-02T06:30:00+00:00 Indoor cycling aerobic 30",
      ])
    #expect(leftOut(reading) == ["1 body-weight", "1 steps"])
    #expect(reading.refusals == ["40 [4].body.duration.unit unknown-code"])
  }

  @Test("Fitbit: active minutes a day; days of 0 and steps are left out")
  func fitbitDays() throws {
    let reading = try read("fitbit-steps.json") { ($0.patient, $0.zone) = ("F1", berlin) }
    #expect(
      records(reading) == [
        "sessions F1 2026-06-01 Very active minutes aerobic 24"
      ])
    #expect(leftOut(reading) == ["1 days of 0 minutes", "2 steps"])
    #expect(reading.refusals == ["3 activities-minutesVeryActive[2].value not-a-number"])
  }

  @Test("Fitbit: logged activities with the time that was active")
  func fitbitActivities() throws {
    let reading = try read("fitbit-activities.json") { $0.patient = "F1" }
    #expect(reading.summary.profile == "fitbit")
    #expect(
      records(reading) == [
        "sessions F1 2026-06-04T18:05:00+02:00 Walk aerobic 25.5",
        "sessions F1 2026-06-05T07:00:00+02:00 Swim aerobic 40",
      ])
  }

  @Test("Google Fit: segments of exercise; an empty bucket is no data, a drive is none of ours")
  func googleFit() throws {
    let reading = try read("google-fit.json") { $0.patient = "G1" }
    #expect(reading.summary.profile == "google-fit")
    #expect(
      records(reading) == [
        "sessions G1 2026-06-03T12:33:20+00:00 Walking aerobic 25"
      ])
    #expect(leftOut(reading) == ["1 no data", "1 steps"])
  }

  @Test("Garmin: the two starts give the offset, as whole or as floating numbers")
  func garmin() throws {
    let reading = try read("garmin.json") { $0.patient = "W1" }
    #expect(reading.summary.profile == "garmin")
    #expect(
      records(reading) == [
        "sessions W1 2026-06-08T08:30:00+02:00 Indoor cycling aerobic 37.5",
        "sessions W1 2026-06-09T09:13:20-01:00 Yoga mobility 20",
      ])
    #expect(reading.refusals == ["6 [0].summarizedActivitiesExport[2].startTimeGmt missing-value"])
  }

  @Test("Strava: moving time, in the local time of the start")
  func strava() throws {
    let reading = try read("strava.json")
    #expect(reading.summary.profile == "strava")
    #expect(
      records(reading) == [
        "sessions 8080 2026-07-01T18:00:00+02:00 Mountain bike ride aerobic 45",
        "sessions 8080 2026-07-03T03:00:00+05:30 Walk aerobic 20",
      ])
  }

  @Test("OpenWeight: a row a set, pounds in kilograms, other units refused")
  func openWeight() throws {
    let reading = try read("openweight.json") { $0.patient = "O1" }
    #expect(reading.summary.profile == "openweight")
    #expect(
      records(reading) == [
        "sessions O1 2026-08-03T18:00:00+02:00 Deadlift warm-up 1 8 40 1",
        "sessions O1 2026-08-03T18:00:00+02:00 Deadlift strengthening 1 5 7 45.359237 2",
        "sessions O1 2026-08-03T18:00:00+02:00 Deadlift strengthening 1 5 7 45.359237 3",
        "sessions O1 2026-08-03T18:00:00+02:00 Plank strengthening 1 45 4",
      ])
    #expect(
      reading.refusals == [
        "14 exercises[2].sets[0].unit unknown-code", "15 exercises[3].sets missing-value",
      ])
    let undated = try read("openweight-undated.json") { $0.patient = "O1" }
    #expect(undated.refusals == ["1 date missing-value"])
  }

  @Test("A file that fits two formats is refused with both names, and a choice overrules")
  func ambiguous() throws {
    let text = """
      {"start_date": "2026-07-01T16:00:00Z", "moving_time": 60, "type": "Walk",
       "activityType": "walking", "startTimeGmt": 1780900200000, "duration": 60000}
      """
    #expect(throws: IngestError.ambiguousFormat(["garmin", "strava"])) {
      try IngestTests.read(text) { $0.patient = "A" }
    }
    for name in ["garmin", "strava"] {
      let reading = try IngestTests.read(text) { ($0.patient, $0.foreignFormat) = ("A", name) }
      #expect(reading.summary.profile == name)
      #expect(reading.batch.sets.count == 1)
    }
  }

  @Test("A kind that is told leaves the others out")
  func kind() throws {
    let reading = try read("fhir-bundle.json") { $0.kind = .pain }
    #expect(reading.summary.kinds == [.pain])
    #expect(reading.batch.sets.isEmpty)
    #expect(leftOut(reading).contains("2 not pain"))
  }

  @Test("Every format says in one line what is read of it, and of which kinds")
  func list() {
    #expect(Set(foreignFormats.map(\.name)).isSuperset(of: jsonFormats.map { $0.name }))
    #expect(foreignFormats.map(\.name) == foreignFormats.map(\.name).sorted())
    #expect(foreignFormats.allSatisfy { !$0.kinds.isEmpty && !$0.about.contains("\n") })
  }

  @Test("Every fixture reads the same in small batches and in bytes that drip")
  func batches() throws {
    for name in ["fhir-bundle.json", "fhir-observations.ndjson", "openweight.json", "garmin.json"] {
      let bytes = try fixtureBytes("formats/\(name)")
      let whole = try Reading(MemorySource(bytes), options { $0.patient = "A" })
      var parts: [String] = []
      _ = try readRecords(
        from: DrippingSource(bytes),
        options: options { ($0.patient, $0.batchRows) = ("A", 1) }
      ) { batch in
        parts += batch.descriptions.map { "\($0.line) \($0.kind) \($0.fields)" }
      }
      let expected = whole.batch.descriptions.map { "\($0.line) \($0.kind) \($0.fields)" }
      #expect(parts.sorted() == expected.sorted(), "\(name)")
    }
  }
}
