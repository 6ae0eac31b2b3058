import Records
import TestSupport
import Testing

@testable import Ingest

/// Reads a text with a profile of one layout, chosen by the caller.
private func read(
  _ text: String, as layout: Layout, _ change: (inout ReadingOptions) -> Void = { _ in }
) throws -> Reading {
  try read(text) {
    $0.profiles = [Profile(name: "test", about: "", layouts: [layout])]
    $0.profileIsChosen = true
    change(&$0)
  }
}

@Suite("CSV table")
struct CSVTableTests {
  private let pain: [Field: Layout.Origin] = [
    .patientID: .column("who"), .recordedAt: .column("when"), .score: .column("pain"),
  ]
  private let dated: [Field: Layout.Origin] = [
    .patientID: .constant("P1"), .score: .column("pain"),
    .recordedAt: .date(year: "y", month: "m", day: "d", time: nil),
  ]

  @Test("A date in three columns is put together")
  func dateParts() throws {
    let reading = try read(
      "d,m,y,pain\n1,10,2026,4\n 09 ,09,2026,5\n", as: Layout(kind: .pain, fields: dated))
    #expect(
      reading.batch.pain.map(\.recorded) == [
        Timestamp(day: try day(2026, 10, 1)), Timestamp(day: try day(2026, 9, 9)),
      ])
    #expect(reading.summary.profile == "test" && reading.summary.format == "csv")
  }

  @Test("A date in parts that does not exist is refused at its day")
  func impossibleParts() throws {
    let reading = try read(
      "d,m,y,pain\n31,9,2026,4\n0,10,2026,4\n1,13,2026,4\n1,10,26,4\n1,10,20260,4\n1,10,2026,4\n",
      as: Layout(kind: .pain, fields: dated))
    #expect(
      reading.refusals == [
        "2 d not-a-date", "3 d not-a-date", "4 d not-a-date", "5 d not-a-date", "6 d not-a-date",
      ])
    #expect(reading.batch.pain.count == 1)
  }

  @Test("A date in parts of which one is empty is missing")
  func missingParts() throws {
    let reading = try read(
      "d,m,y,pain\n,10,2026,4\n1,,2026,4\n0,0,0,4\n", as: Layout(kind: .pain, fields: dated))
    #expect(
      reading.refusals == ["2 d missing-value", "3 d missing-value", "4 d missing-value"])
  }

  @Test("A part of a date that is no number is refused, not taken for missing")
  func unreadableParts() throws {
    var fields = dated
    fields[.recordedAt] = .column("when")
    fields[.localDay] = .date(year: "y", month: "m", day: "d", time: nil)
    let reading = try read(
      "when,y,m,d,pain\n2026-10-02,2026,10,1st,4\n2026-10-02,2026,Oct,1,4\n",
      as: Layout(kind: .pain, fields: fields))
    #expect(reading.refusals == ["2 d not-a-date", "3 d not-a-date"])
  }

  @Test("A time in a fourth column joins the date, an empty one does not")
  func timePart() throws {
    var fields = dated
    fields[.recordedAt] = .date(year: "y", month: "m", day: "d", time: "t")
    var layout = Layout(kind: .pain, fields: fields)
    layout.missing = ["?"]
    let reading = try read(
      "y,m,d,t,pain\n2026,10,1,16:30,4\n2026,10,1,,4\n2026,10,1,?,4\n2026,10,1,4tm,4\n",
      as: layout)
    // 1 October 2026 is day 20 727.
    #expect(
      reading.batch.pain.map(\.recorded.milliseconds) == [
        20_727 * 86_400_000 + 59_400_000, nil, nil,
      ])
    #expect(reading.refusals == ["5 d not-a-date"])
  }

  @Test("The patient's own day stands before that of the timestamp")
  func ownDay() throws {
    var fields = pain
    fields[.localDay] = .date(year: "y", month: "m", day: "d", time: nil)
    let reading = try read(
      "who,when,pain,y,m,d\nP1,2026-10-02T00:30Z,4,2026,10,1\nP1,2026-10-02T00:30Z,4,,,\n"
        + "P1,,4,2026,10,1\n",
      as: Layout(kind: .pain, fields: fields))
    let instant: Int64 = 20_728 * 86_400_000 + 1_800_000
    #expect(
      reading.batch.pain.map(\.recorded) == [
        Timestamp(day: try day(2026, 10, 1), milliseconds: instant),
        Timestamp(day: try day(2026, 10, 2), milliseconds: instant, written: .utc),
        Timestamp(day: try day(2026, 10, 1)),
      ])
  }

  @Test("Parts of a date that are empty repeat the part above")
  func filledDownDates() throws {
    var layout = Layout(kind: .pain, fields: dated)
    layout.filledDown = ["y", "m", "d"]
    let reading = try read(
      "y,m,d,pain\n2026,9,30,4\n,,,5\n,10,1,6\n,, ,7\n,,2,8\n", as: layout)
    #expect(
      reading.batch.pain.map(\.recorded.day.description) == [
        "2026-09-30", "2026-09-30", "2026-10-01", "2026-10-01", "2026-10-02",
      ])
  }

  @Test("Nothing stands above the first row")
  func nothingAbove() throws {
    var layout = Layout(kind: .pain, fields: dated)
    layout.filledDown = ["y", "m", "d"]
    let reading = try read("y,m,d,pain\n,,,5\n2026,10,1,6\n", as: layout)
    #expect(reading.refusals == ["2 d missing-value"])
    #expect(reading.batch.pain.count == 1)
  }

  @Test("Rows left out or refused still say the date of the rows below")
  func filledFromOtherRows() throws {
    var layout = Layout(kind: .pain, fields: dated)
    layout.filledDown = ["y", "m", "d"]
    layout.exclusions = [.init(column: "pain", equals: "mood", reason: "not pain")]
    let reading = try read(
      "y,m,d,pain\n2026,10,1,mood\n,,,5\n,,2,much\n,,,6\n", as: layout)
    #expect(
      reading.batch.pain.map(\.recorded.day.description) == ["2026-10-01", "2026-10-02"])
    #expect(reading.refusals == ["4 pain not-a-number"])
    #expect(reading.batch.leftOut == ["not pain": 1])
  }

  @Test("Any column can repeat the cell above: the person, the day as one text, the place")
  func filledDownColumns() throws {
    var fields = pain
    fields[.location] = .column("where")
    var layout = Layout(kind: .pain, fields: fields)
    layout.filledDown = ["who", "when", "where"]
    let reading = try read(
      "who,when,where,pain\nP1,2026-10-01,back,4\n,,,5\nP2,,leg,6\n,2026-10-02,,7\n", as: layout)
    #expect(reading.refusals.isEmpty)
    #expect(reading.batch.pain.map { reading.batch.names[$0.patient] } == ["P1", "P1", "P2", "P2"])
    #expect(
      reading.batch.pain.map(\.recorded.day.description) == [
        "2026-10-01", "2026-10-01", "2026-10-01", "2026-10-02",
      ])
    #expect(reading.batch.pain.map { reading.name($0.location) } == ["back", "back", "leg", "leg"])
  }

  @Test("A filled-down person is not replaced by the one that the caller names")
  func filledDownPerson() throws {
    var layout = Layout(kind: .pain, fields: pain)
    layout.filledDown = ["who"]
    let reading = try read(
      "who,when,pain\nP1,2026-10-01,4\n,2026-10-02,5\n", as: layout
    ) { $0.patient = "P9" }
    #expect(reading.batch.pain.map { reading.batch.names[$0.patient] } == ["P1", "P1"])
  }

  /// In a process of its own, because it ends the process as long as the reader trusts the name.
  @Test("A filled-down column that the header lacks does not end the program")
  func filledDownColumnLacks() async {
    await #expect(processExitsWith: .success) {
      var layout = Layout(
        kind: .pain, fields: [.recordedAt: .column("when"), .score: .column("pain")])
      layout.filledDown = ["week"]
      _ = try? read("when,pain\n2026-10-01,4\n", as: layout)
    }
  }

  @Test("Rows with a told text are left out and counted by reason")
  func exclusions() throws {
    var layout = Layout(kind: .pain, fields: pain)
    layout.exclusions = [
      .init(column: "what", equals: "happiness", reason: "not pain"),
      .init(column: "pain", equals: "skip", reason: "skipped"),
    ]
    let reading = try read(
      "who,when,pain,what\nP1,2026-10-01,4,pain\nP1,2026-10-01,9, happiness \n"
        + "P1,2026-10-01,skip,pain\nP1,bad,bad,happiness\nP1,2026-10-01,5,Happiness\n",
      as: layout)
    #expect(reading.batch.leftOut == ["not pain": 2, "skipped": 1])
    #expect(reading.batch.pain.map(\.score) == [4, 5])
    #expect(reading.batch.rejections.isEmpty && reading.batch.read == 5 && reading.addsUp)
  }

  @Test("Rows of nothing but separators are left out")
  func emptyRows() throws {
    let reading = try read("recorded_at,score,patient_id\n,,\n2026-10-01,4,P1\n , ,\u{A0}\n")
    #expect(reading.batch.leftOut == ["empty row": 2])
    #expect(reading.batch.pain.count == 1 && reading.batch.read == 3 && reading.addsUp)
  }

  @Test("Constants stand in every row")
  func constants() throws {
    var fields = pain
    fields[.patientID] = .constant("P7")
    fields[.kind] = .constant("worst")
    fields[.location] = .constant("")
    let reading = try read(
      "when,pain\n2026-10-01,4\n2026-10-02,5\n", as: Layout(kind: .pain, fields: fields))
    #expect(reading.batch.pain.map { reading.batch.names[$0.patient] } == ["P7", "P7"])
    #expect(reading.batch.pain.map(\.kind) == [.worst, .worst])
    #expect(reading.batch.pain.allSatisfy { $0.location == nil })
  }

  @Test("Further words for missing are those of the profile, letter for letter")
  func missingWords() throws {
    var fields = pain
    fields[.location] = .column("where")
    var layout = Layout(kind: .pain, fields: fields)
    layout.missing = ["-99", "keine Angabe"]
    let reading = try read(
      "who,when,where,pain\nP1,2026-10-01,keine Angabe,4\nP1,2026-10-01,Keine Angabe,4\n"
        + "P1,2026-10-01,back, -99 \n",
      as: layout)
    #expect(reading.batch.pain.map { reading.name($0.location) } == [nil, "Keine Angabe"])
    #expect(reading.refusals == ["4 pain missing-value"])
  }

  @Test("A decimal comma is read when the profile says so")
  func decimalComma() throws {
    var layout = Layout(kind: .pain, fields: pain)
    layout.decimalMark = 0x2C
    let reading = try read(
      "who;when;pain\nP1;2026-10-01;4,5\nP1;2026-10-01;4.5\n", as: layout)
    #expect(reading.batch.pain.map(\.score) == [4.5])
    #expect(reading.refusals == ["3 pain not-a-number"])
  }

  @Test("Lines before the header are passed over, and lines stay physical")
  func skippedLines() throws {
    var layout = Layout(kind: .pain, fields: pain)
    layout.skippedLines = 2
    let reading = try read(
      "My \"diary\nof October\nwho,when,pain\nP1,2026-10-01,4\nP1,2026-10-01,x\n", as: layout)
    #expect(reading.batch.pain.map(\.position.line) == [4])
    #expect(reading.refusals == ["5 pain not-a-number"])
  }

  @Test("A date order is the caller's, else the profile's")
  func dateOrders() throws {
    var layout = Layout(kind: .pain, fields: pain)
    layout.dateOrder = .dmy
    let text = "who,when,pain\nP1,03/10/2026,4\n"
    #expect(try read(text, as: layout).batch.pain.map(\.recorded.day) == [day(2026, 10, 3)])
    let told = try read(text, as: layout) { $0.dateOrder = .mdy }
    #expect(told.batch.pain.map(\.recorded.day) == [try day(2026, 3, 10)])
  }

  @Test("A profile's zone is that of local times, unless the caller gives one")
  func zones() throws {
    var layout = Layout(kind: .pain, fields: pain)
    layout.timezone = "Europe/Berlin"
    let text = "who,when,pain\nP1,2026-07-01 12:00,4\n"
    #expect(try read(text, as: layout).batch.pain.map(\.recorded.offsetMinutes) == [120])
    let told = try read(text, as: layout) { $0.zone = .utc }
    #expect(told.batch.pain.map(\.recorded.offsetMinutes) == [0])
  }

  @Test("A profile's zone that does not exist is refused, not taken for UTC")
  func unknownZone() {
    var layout = Layout(kind: .pain, fields: pain)
    layout.timezone = "Europe/Bonn"
    #expect(throws: (any Error).self) {
      try read("who,when,pain\nP1,2026-07-01 12:00,4\n", as: layout)
    }
  }

  @Test("Each record of a wide row starts from what the row shares")
  func pivots() throws {
    var layout = Layout(kind: .pain, fields: [.patientID: .column("who"), .notes: .column("note")])
    layout.pivots = [
      .init(fields: [
        .score: .column("am"), .recordedAt: .column("on"), .kind: .constant("worst"),
      ]),
      .init(fields: [
        .score: .column("pm"), .recordedAt: .date(year: "y", month: "m", day: "d", time: nil),
      ]),
    ]
    let reading = try read(
      """
      who,on,am,pm,y,m,d,note
      P1,2026-10-01,4,5,2026,10,2,a
      P2,2026-10-01,,6,2026,10,3,b
      P3,2026-10-01,4,12,2026,10,2,c
      P4,2026-10-01,7,,,,,d
      """, as: layout)
    let pain = reading.batch.pain
    #expect(pain.map(\.score) == [4, 5, 6, 7])
    #expect(pain.map { reading.name($0.patient) } == ["P1", "P1", "P2", "P4"])
    #expect(pain.map(\.kind) == [.worst, nil, nil, .worst])
    #expect(pain.map { reading.text($0.notes) } == ["a", "a", "b", "d"])
    #expect(pain.map(\.position.line) == [2, 2, 3, 5])
    #expect(reading.refusals == ["4 pm out-of-range"])
    #expect(reading.batch.sharesLines && reading.batch.read == 4)
  }

  @Test("What a profile says about equal rows goes with the batch", arguments: [nil, true, false])
  func equalRows(keeps: Bool?) throws {
    var layout = Layout(kind: .pain, fields: pain)
    layout.keepsEqualRows = keeps
    let reading = try read("who,when,pain\nP1,2026-10-01,4\nP1,2026-10-01,4\n", as: layout)
    #expect(reading.batch.keepsEqualRows == keeps)
    #expect(reading.batch.pain.count == 2)
  }

  @Test("A refusal keeps the column's own name, the value and the whole row")
  func refusal() throws {
    let reading = try read("Person;Recorded At;Pain Score\n\"P1\";2026-10-01; 4 of 10\n")
    let rejection = try #require(reading.batch.rejections.first)
    #expect(rejection.reason == .notANumber && rejection.column == "Pain Score")
    #expect(rejection.value == Array(" 4 of 10".utf8))
    #expect(rejection.row == Array("\"P1\";2026-10-01; 4 of 10".utf8))
  }

  @Test("Short and long rows are refused one by one, never padded")
  func lengths() throws {
    let reading = try read(
      "recorded_at,score,patient_id,notes\n2026-10-01,4,P1\n2026-10-01,4,P1,a\n"
        + "2026-10-01,4,P1,a,b\n2026-10-01\n2026-10-01,4,P1,\n")
    #expect(
      reading.refusals == ["2  too-few-fields", "4  too-many-fields", "5  too-few-fields"])
    #expect(reading.batch.pain.map(\.position.line) == [3, 6] && reading.addsUp)
  }

  @Test("A trailing empty column that every row has is dropped")
  func trailingColumn() throws {
    let reading = try read("recorded_at,score,patient_id,\n2026-10-01,4,P1,\n")
    #expect(reading.batch.pain.count == 1 && reading.batch.rejections.isEmpty)
    #expect(reading.summary.ignoredColumns.isEmpty)
  }

  @Test(
    "A file that is not UTF-8 names the byte, counted from the beginning of the file",
    arguments: [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]])
  func badByte(mark: [UInt8]) throws {
    let head = Array("recorded_at,score,patient_id\n2026-10-01,4,P1\n".utf8)
    let bytes = mark + head + Array("2026-10-01,4,M".utf8) + [0x81] + Array("ller\n".utf8)
    let reading = try Reading(MemorySource(bytes), options())
    #expect(reading.refusals == ["3 byte \(mark.count + head.count + 14) bad-encoding"])
    #expect(reading.batch.pain.count == 1)
  }

  @Test("Rows add up in any damaged table with dates in parts", arguments: 1...6)
  func damaged(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var fields = dated
    fields[.recordedAt] = .date(year: "y", month: "m", day: "d", time: "t")
    fields[.location] = .column("where")
    var layout = Layout(kind: .pain, fields: fields)
    layout.filledDown = ["y", "m", "d"]
    layout.missing = ["?"]
    layout.exclusions = [.init(column: "where", equals: "mood", reason: "not pain")]
    let profile = Profile(name: "test", about: "", layouts: [layout])
    let options = options { ($0.profiles, $0.profileIsChosen) = ([profile], true) }
    let header = Array("y,m,d,t,where,pain\n".utf8)
    let rows =
      "2026,10,1,07:15,back,4\n,,2,?,\"a \"\"b\"\"\",5\n,,,,mood,3\n,,,,,\n,11,0,x,é,0\n"
    let alphabet = Array("\",;\n\r019-e? x".utf8) + [0xFF]
    for round in 0..<150 {
      var bytes = Array(rows.utf8)
      for _ in 0..<generator.below(4) + 1 {
        let index = generator.below(bytes.count)
        switch generator.below(3) {
        case 0: bytes[index] = generator.pick(alphabet)
        case 1: bytes.remove(at: index)
        default: bytes.insert(generator.pick(alphabet), at: index)
        }
      }
      let shown = String(decoding: bytes, as: UTF8.self).debugDescription
      let whole = try Reading(MemorySource(header + bytes), options)
      let dripped = try Reading(DrippingSource(header + bytes, seed: UInt64(round)), options)
      #expect(whole.addsUp && whole.facts == dripped.facts, "\(shown)")
    }
  }
}
