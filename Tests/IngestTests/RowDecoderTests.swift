import Records
import Testing

@testable import Ingest

@Suite("Row decoder")
struct RowDecoderTests {
  /// One exercise row with a further field.
  private func set(_ field: String, _ value: String) throws -> Reading {
    try read("patient_id;started_at;exercise;\(field)\nP1;2026-10-01;Cat-cow;\(value)\n")
  }

  private func program(_ fields: String, _ values: String) throws -> Reading {
    try read("patient_id;exercise;component;\(fields)\nP1;Cat-cow;mobility;\(values)\n")
  }

  @Test("A full exercise row fills every field")
  func fullSet() throws {
    let reading = try read(
      """
      patient_id,started_at,exercise,component,sets,reps,hold_seconds,minutes,rpe,completed,notes,\
      side,load_kg,angle_deg,pain_before,pain_after,session_id,order,local_day
      P1,2026-10-01T00:30:00+02:00,Straight leg raise,hamstring-stretch,3,10,30,5.5,4,yes,slowly,\
      left,2.5,-15,4,3,s1,7,2026-09-30

      """)
    let set = try #require(reading.batch.sets.first)
    #expect(reading.name(set.patient) == "P1" && reading.name(set.exercise) == "Straight leg raise")
    #expect(
      set.started
        == Timestamp(
          day: try day(2026, 9, 30), milliseconds: (20_727 * 86_400 - 5_400) * 1_000,
          offsetMinutes: 120))
    #expect(set.component == .hamstringStretch && set.side == .left && set.completed == true)
    #expect(set.sets == 3 && set.reps == 10 && set.holdSeconds == 30 && set.minutes == 5.5)
    #expect(set.rpe == 4 && set.loadKilograms == 2.5 && set.angleDegrees == -15)
    #expect(set.painBefore == 4 && set.painAfter == 3)
    #expect(reading.name(set.session) == "s1" && set.order == 7)
    #expect(reading.text(set.notes) == "slowly" && set.position == SourcePosition(line: 2))
  }

  @Test("A row of required fields leaves the others empty, and missing never becomes 0")
  func bareSet() throws {
    let reading = try read(
      "patient_id,started_at,exercise,sets,reps,minutes,completed,component,order,notes\n"
        + "P1,2026-10-01,Cat-cow,NA,--,.,NULL,n/a,-,\n")
    let set = try #require(reading.batch.sets.first)
    #expect(set.started == Timestamp(day: try day(2026, 10, 1)))
    #expect(set.sets == nil && set.reps == nil && set.minutes == nil && set.completed == nil)
    #expect(set.component == nil && set.order == nil && set.notes == nil && set.side == nil)
  }

  @Test(
    "Codes are known in any case, and with spaces or underlines for dashes",
    arguments: ["warm-up", "Warm-Up", "WARM_UP", "warm up", " warm-up "])
  func codes(word: String) throws {
    #expect(try set("component", word).batch.sets.map(\.component) == [.warmUp])
  }

  @Test("Other words are no codes", arguments: ["warmup", "warm--up", "stretch", "1", "warm-u"])
  func unknownCodes(word: String) throws {
    #expect(try set("component", word).refusals == ["2 component unknown-code"])
  }

  @Test(
    "Sides are left and right, in one letter too; both is neither",
    arguments: [
      ("left", .left), ("L", .left), ("Right", .right), ("r", .right), ("both", nil),
      ("None", nil), ("", nil), ("NA", nil),
    ] as [(String, Side?)])
  func sides(word: String, side: Side?) throws {
    #expect(try set("side", word).batch.sets.map(\.side) == [side])
  }

  @Test("Another side is refused", arguments: ["middle", "lr", "links"])
  func unknownSides(word: String) throws {
    #expect(try set("side", word).refusals == ["2 side unknown-code"])
  }

  @Test(
    "Done and not done have their words",
    arguments: [
      ("yes", true), ("Y", true), ("TRUE", true), ("1", true), ("done", true), ("no", false),
      ("n", false), ("False", false), ("0", false), ("", nil), ("-", nil), ("ja", true),
      ("Nein", false), ("Oui", true), ("non", false), ("Sí", true), ("x", true), ("✓", true),
      ("Não", false), ("☐", false),
    ] as [(String, Bool?)])
  func completed(word: String, done: Bool?) throws {
    #expect(try set("completed", word).batch.sets.map(\.completed) == [done])
  }

  @Test("A word that is neither yes nor no is refused", arguments: ["maybe", "2", "jain", "0.0"])
  func unknownCompleted(word: String) throws {
    #expect(try set("completed", word).refusals == ["2 completed unknown-code"])
  }

  @Test(
    "Numbers at the ends of their scale are kept",
    arguments: [
      ("rpe", "0"), ("rpe", "10"), ("sets", "0.5"), ("reps", "1000000"), ("hold_seconds", "21600"),
      ("pain_before", "10"), ("pain_after", "0"), ("angle_deg", "-180"), ("angle_deg", "180"),
      ("load_kg", "-1000"), ("order", "-3"), ("minutes", "0.5"),
    ])
  func withinScale(field: String, value: String) throws {
    let reading = try set(field, value)
    #expect(reading.batch.sets.count == 1 && reading.batch.rejections.isEmpty)
  }

  @Test(
    "Numbers outside their scale are refused",
    arguments: [
      ("rpe", "10.1"), ("rpe", "-1"), ("sets", "-1"), ("reps", "1000001"), ("hold_seconds", "-0.5"),
      ("pain_before", "11"), ("pain_after", "-1"), ("angle_deg", "181"), ("load_kg", "10001"),
    ])
  func outsideScale(field: String, value: String) throws {
    #expect(try set(field, value).refusals == ["2 \(field) out-of-range"])
  }

  @Test(
    "What is no number, or no whole one where one is needed, is refused",
    arguments: [("sets", "three"), ("reps", "3x10"), ("rpe", "1,5,5"), ("order", "1.5")])
  func notNumbers(field: String, value: String) throws {
    #expect(try set(field, value).refusals == ["2 \(field) not-a-number"])
  }

  @Test(
    "The first required field that is missing is named",
    arguments: [
      ("P1;;Cat-cow", "2 started_at missing-value"), ("P1;2026-10-01;", "2 exercise missing-value"),
      ("P1;NA;NA", "2 started_at missing-value"),
      (";2026-10-01;Cat-cow", "2 patient_id no-patient"),
      ("-;;", "2 patient_id no-patient"),
    ])
  func required(row: String, refusal: String) throws {
    let known = "P9;2026-10-01;Plank"
    #expect(try read("patient_id;started_at;exercise\n\(row)\n\(known)\n").refusals == [refusal])
  }

  @Test("A time tomorrow is kept, one after that is refused")
  func future() throws {
    let reading = try read(
      "patient_id,recorded_at,score\nP1,2026-11-01T23:59Z,4\nP1,2026-11-02T00:00Z,4\n"
        + "P1,2026-11-02,4\n")
    #expect(reading.batch.pain.count == 1)
    #expect(
      reading.refusals == ["3 recorded_at date-in-the-future", "4 recorded_at date-in-the-future"])
  }

  @Test("The patient's own day may not lie in the future either")
  func futureOwnDay() throws {
    let reading = try read(
      "patient_id,recorded_at,score,local_day\nP1,2026-10-01,4,2026-11-02\nP1,2026-10-01,4,31.9.\n")
    #expect(reading.refusals == ["2 local_day date-in-the-future", "3 local_day not-a-date"])
  }

  @Test("A pain score lies on 0 to 10 under every usual name of the scale")
  func painScales() throws {
    let reading = try read(
      "patient_id,recorded_at,score,scale\nP1,2026-10-01,10,NRS\nP1,2026-10-01,7.5,0-10\n"
        + "P1,2026-10-01,11,nrs-11\nP1,2026-10-01,35,VAS 100\nP1,2026-10-01,-3,own\n")
    #expect(reading.batch.pain.map(\.score) == [10, 7.5, 35, -3])
    #expect(
      reading.batch.pain.map { reading.name($0.scale) } == [nil, nil, "VAS 100", "own"])
    #expect(reading.refusals == ["4 score out-of-range"])
  }

  @Test("Kinds of pain, flares, places and notes are read")
  func painFields() throws {
    let reading = try read(
      "patient_id,recorded_at,score,kind,location,flare,notes\n"
        + "P1,2026-10-01,4,Worst,lower back,yes,\" rain \"\nP1,2026-10-01,4,,,,\n"
        + "P1,2026-10-01,4,mean,,,\nP1,2026-10-01,4,,,often,\n")
    #expect(reading.batch.pain.map(\.kind) == [.worst, nil])
    #expect(reading.batch.pain.map(\.flare) == [true, nil])
    #expect(reading.batch.pain.map { reading.name($0.location) } == ["lower back", nil])
    #expect(reading.batch.pain.map { reading.text($0.notes) } == [" rain ", nil])
    #expect(reading.refusals == ["4 kind unknown-code", "5 flare unknown-code"])
  }

  @Test(
    "A measure's suffix is its side",
    arguments: [
      ("straight_leg_raise_left", "", "straight_leg_raise", .left),
      ("Straight Leg Raise (right)", "", "straight_leg_raise_(right)", nil),
      ("Straight Leg Raise Right", "", "straight_leg_raise", .right),
      ("straight-leg-raise", "left", "straight_leg_raise", .left),
      ("straight_leg_raise_left", "L", "straight_leg_raise", .left),
      ("straight_leg_raise_left", "both", "straight_leg_raise", .left),
      ("sit_and_reach", "", "sit_and_reach", nil), ("leftover", "", "leftover", nil),
    ] as [(String, String, String, Side?)])
  func measures(written: String, side: String, measure: String, expected: Side?) throws {
    let reading = try read(
      "patient_id;measured_on;measure;value;side\nP1;2026-10-01;\(written);60;\(side)\n")
    #expect(reading.batch.measurements.map { reading.name($0.measure) } == [measure])
    #expect(reading.batch.measurements.map(\.side) == [expected])
  }

  @Test("A suffix and a side that disagree are refused")
  func disagreeingSides() throws {
    let reading = try read(
      "patient_id,measured_on,measure,value,side\nP1,2026-10-01,straight_leg_raise_left,60,right\n")
    #expect(reading.refusals == ["2 side unknown-code"])
  }

  @Test("The other fields of a measurement are read as written")
  func measurementFields() throws {
    let reading = try read(
      "patient_id,measured_on,measure,value,unit,rater,device,trial,convention\n"
        + "P1,2026-10-01T08:00,fingertip_to_floor,-2.5,cm,AB,tape,2,deficit\n")
    let row = try #require(reading.batch.measurements.first)
    #expect(row.day == (try day(2026, 10, 1)) && row.value == -2.5 && row.trial == 2)
    #expect(reading.name(row.unit) == "cm" && reading.name(row.rater) == "AB")
    #expect(reading.name(row.device) == "tape" && reading.name(row.convention) == "deficit")
  }

  @Test(
    "Weekdays are words or numbers, joined in many ways",
    arguments: [
      ("mon wed fri", 0b001_0101), ("Monday/Wednesday/Friday", 0b001_0101), ("1,3,5", 0b001_0101),
      ("sat|sun", 0b110_0000), ("7", 0b100_0000), ("tue, thu", 0b000_1010), ("MON", 0b000_0001),
      ("mon mon", 0b000_0001), ("1 2 3 4 5 6 7", 0b111_1111),
    ] as [(String, UInt8)])
  func weekdays(words: String, days: UInt8) throws {
    let reading = try program("weekdays", words)
    #expect(reading.batch.program.map(\.weekdays) == [days])
    #expect(reading.batch.program.allSatisfy { $0.sessionsPerWeek == nil })
  }

  @Test("Other words are no weekdays", arguments: ["mo", "8", "0", "daily", "montag x"])
  func unknownWeekdays(words: String) throws {
    #expect(try program("weekdays", words).refusals == ["2 weekdays unknown-code"])
  }

  @Test(
    "A span of weekdays is all of its days",
    arguments: [("mon-fri", 0b0011111), ("Sat-Mon", 0b1100001), ("2-3 Sunday", 0b1000110)]
      as [(String, UInt8)])
  func spansOfWeekdays(words: String, days: UInt8) throws {
    #expect(try program("weekdays", words).batch.program.map(\.weekdays) == [days])
  }

  @Test(
    "A span that is none is not taken for its first day",
    arguments: ["Mon–Fri", "mon-", "mon-tue-wed"])
  func brokenSpans(words: String) throws {
    #expect(try program("weekdays", words).refusals == ["2 weekdays unknown-code"])
  }

  @Test("A programme line needs a frequency")
  func frequency() throws {
    #expect(
      try program("sessions_per_week;weekdays", ";").refusals
        == ["2 sessions_per_week missing-value"])
    #expect(try program("sessions_per_week;weekdays", "0;").batch.program.count == 1)
    #expect(
      try program("sessions_per_week", "101").refusals == ["2 sessions_per_week out-of-range"])
  }

  @Test("A programme may begin and end in the future, but not end before it begins")
  func programDates() throws {
    let fields = "sessions_per_week;start_on;end_on"
    let ahead = try program(fields, "5;2027-01-01;2027-12-31")
    #expect(ahead.batch.program.map(\.startOn) == [try day(2027, 1, 1)])
    #expect(ahead.batch.program.map(\.endOn) == [try day(2027, 12, 31)])
    #expect(try program(fields, "5;2026-10-01;2026-10-01").batch.program.count == 1)
    #expect(try program(fields, "5;2026-10-02;2026-10-01").refusals == ["2 end_on out-of-range"])
  }

  @Test("A programme line carries its dose")
  func dose() throws {
    let reading = try program(
      "sessions_per_week;sets;reps;hold_seconds;minutes;angle_deg;side", "3.5;3;10;30;5;20;right")
    let line = try #require(reading.batch.program.first)
    #expect(line.sessionsPerWeek == 3.5 && line.sets == 3 && line.reps == 10)
    #expect(line.holdSeconds == 30 && line.minutes == 5 && line.angleDegrees == 20)
    #expect(line.side == .right && line.component == .mobility)
  }

  @Test("A person's zone must exist, and holds for local times of the rest of the file")
  func zones() throws {
    let reading = try read(
      "patient_id,name,timezone,sex,language\nP1,Anna,Europe/Berlin,f,de\nP2,Béla,Nowhere,m,hu\n"
        + "P3,,,,\n")
    #expect(reading.refusals == ["3 timezone unknown-zone"])
    #expect(reading.batch.patients.map { reading.name($0.name) } == ["Anna", nil])
    #expect(reading.batch.patients.map { reading.name($0.zone) } == ["Europe/Berlin", nil])
    #expect(reading.batch.patients.map { reading.name($0.sex) } == ["f", nil])
    #expect(reading.batch.patients.map { reading.name($0.language) } == ["de", nil])
  }

  @Test("Statuses of days have a word, hours of the day and a reason")
  func days() throws {
    let reading = try read(
      "patient_id,date,status,hours,reason\nP1,2026-10-01,Bed rest,24,flu\n"
        + "P1,2026-10-02,excused,,\nP1,2026-10-03,holiday,,\nP1,2026-10-04,sick,25,\n")
    #expect(reading.batch.days.map(\.status) == [.bedRest, .excused])
    #expect(reading.batch.days.map(\.hours) == [24, nil])
    #expect(reading.batch.days.map { reading.text($0.reason) } == ["flu", nil])
    #expect(reading.refusals == ["4 status unknown-code", "5 hours out-of-range"])
  }

  @Test("A status may be of one exercise, beside that of the day")
  func dayOfExercise() throws {
    let reading = try read(
      "patient_id,date,status,exercise\nP1,2026-10-01,excused,Cat-cow\nP1,2026-10-01,rest,\n")
    #expect(reading.batch.days.map { reading.name($0.exercise) } == ["Cat-cow", nil])
    #expect(reading.refusals.isEmpty)
    let keys = reading.batch.days.map { $0.key(names: reading.batch.names) }
    #expect(keys[1] == 20_727 && keys[0] != keys[1])
  }

  @Test("A questionnaire has a score or items")
  func questionnaires() throws {
    let reading = try read(
      "patient_id,completed_on,instrument,score,items\nP1,2026-10-01,ODI,34,\n"
        + "P1,2026-10-02,psfs,,1 0 1\nP1,2026-10-03,psfs,,\nP1,2026-10-04,odi,101,\n"
        + "P1,2026-10-05,SF-36,1,\n")
    #expect(reading.batch.questionnaires.map(\.score) == [34, nil])
    #expect(reading.batch.questionnaires.map { reading.text($0.items) } == [nil, "1 0 1"])
    #expect(
      reading.refusals == [
        "4 score missing-value", "5 score out-of-range", "6 instrument unknown-code",
      ])
  }

  @Test("Words for missing are no items of a questionnaire", arguments: ["NA", "--", " ", "NULL"])
  func missingItems(items: String) throws {
    let reading = try read(
      "patient_id,completed_on,instrument,score,items\nP1,2026-10-01,odi,NA,\(items)\n")
    #expect(reading.refusals == ["2 score missing-value"])
  }

  @Test("A name has at most 4,096 bytes, a note at most 1 MiB")
  func longTexts() throws {
    let long = String(repeating: "ä", count: 2_048)
    #expect(try set("session_id", long).batch.sets.count == 1)
    #expect(try set("session_id", long + "a").refusals == ["2 session_id field-too-long"])
    let note = String(repeating: "x", count: 1 << 20)
    #expect(try set("notes", note).batch.sets.count == 1)
    #expect(try set("notes", note + "x").batch.rejections.map(\.reason) == [.fieldTooLong])
  }

  @Test("Names are trimmed, notes stay as they stand")
  func spaces() throws {
    let reading = try read(
      "patient_id,started_at,exercise,notes\n P1 , 2026-10-01 ,\u{A0}Cat-cow\t, slowly \n")
    let set = try #require(reading.batch.sets.first)
    #expect(reading.name(set.patient) == "P1" && reading.name(set.exercise) == "Cat-cow")
    #expect(reading.text(set.notes) == " slowly ")
  }

  @Test("Text typed in either normalization form makes the same exercise, and the same note")
  func normalization() throws {
    let reading = try read(
      "patient_id,started_at,exercise,notes\nP1,2026-10-01,H\u{FC}ft\u{F6}ffner,m\u{FC}de\n"
        + "P1,2026-10-01,Hu\u{308}fto\u{308}ffner,mu\u{308}de\n")
    let sets = reading.batch.sets
    try #require(sets.count == 2)
    #expect(sets[0].exercise == sets[1].exercise)
    let bytes = sets.map { reading.batch.names.withBytes(of: $0.exercise) { Array($0) } }
    #expect(bytes == Array(repeating: Array("H\u{FC}ft\u{F6}ffner".utf8), count: 2))
    let digests = sets.map { $0.digest(names: reading.batch.names, texts: reading.batch.texts) }
    #expect(digests[0] == digests[1])
  }
}
