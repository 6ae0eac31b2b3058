import Records
import TestSupport
import Testing

@testable import Ingest

/// What stands in a file beside the rows of its diary.
@Suite("Layout")
struct LayoutTests {
  private let header = "patient_id,recorded_at,score,notes\n"

  private func read(_ text: String) throws -> Reading {
    try Reading(MemorySource(Array(text.utf8)), options())
  }

  @Test(
    "A spreadsheet's own first line, titles above the header and separators at the ends of lines",
    arguments: [
      "sep=;\npatient_id;recorded_at;score\nP1;2026-10-01;4\n",
      "Pain diary of Ms X;;\n\npatient_id;recorded_at;score\nP1;2026-10-01;4\n",
      "exported on 1 October\npatient_id;recorded_at;score\nP1;2026-10-01;4\n",
      "patient_id;recorded_at;score;\nP1;2026-10-01;4\n",
      "patient_id;recorded_at;score\nP1;2026-10-01;4;\n",
      "patient_id;recorded_at;score;;\nP1;2026-10-01;4;;\n",
    ])
  func around(text: String) throws {
    let reading = try read(text)
    #expect(reading.batch.pain.map(\.score) == [4] && reading.batch.rejections.isEmpty)
    #expect(reading.batch.pain.map { reading.batch.names[$0.patient] } == ["P1"])
  }

  @Test("A last cell without a name is none at the end of a line when it says something")
  func unnamed() throws {
    let reading = try read("patient_id,recorded_at,score,\nP1,2026-10-01,4,x\nP1,2026-10-02,5,\n")
    #expect(reading.batch.pain.map(\.score) == [4, 5])
    let longer = try read("patient_id,recorded_at,score\nP1,2026-10-01,4,\nP1,2026-10-02,5\n")
    #expect(longer.refusals == ["2  too-many-fields"] && longer.batch.pain.map(\.score) == [5])
  }

  @Test("The header again, headings, and totals are left out by name; a cut row is refused")
  func between() throws {
    let text =
      header
      + "October,,,\nP1,2026-10-01,4,\npatient_id,recorded_at,score,notes\nP1,2026-10-02,6,\n"
      + "Total,,10,\nMittelwert,,5,\nP1,2026-10-03\n"
    let reading = try read(text)
    #expect(reading.batch.pain.map(\.score) == [4, 6])
    #expect(reading.batch.leftOut == ["header again": 1, "totals": 2])
    #expect(reading.refusals == ["2 recorded_at missing-value", "8  too-few-fields"])
    #expect(reading.batch.read == 7)
  }

  @Test("A heading is words alone where no person stands")
  func heading() throws {
    let text = "recorded_at,score,notes\nOctober 2026,,\n2026-10-01,4,\nweek two,,\n2026-10-02,5,\n"
    let reading = try Reading(MemorySource(Array(text.utf8)), options { $0.patient = "P1" })
    #expect(reading.batch.leftOut == ["heading": 2] && reading.batch.pain.count == 2)
  }

  @Test("Tables below each other are read each by its own header")
  func several() throws {
    let text =
      header + "P1,2026-10-01,4,\n\npatient_id,started_at,exercise,reps\nP1,2026-10-01,Plank,3\n"
      + "P2,2026-10-02,Bridge,5\n"
    var batches: [Batch] = []
    let summary = try readRecords(from: MemorySource(Array(text.utf8)), options: options()) {
      batches.append($0)
    }
    #expect(summary.kinds == [.sessions, .pain] && summary.nextLine == nil)
    #expect(batches.flatMap(\.pain).map(\.score) == [4])
    #expect(batches.flatMap(\.sets).map(\.reps) == [3, 5])
    #expect(batches.flatMap(\.sets).map(\.position.line) == [5, 6])
    #expect(batches.map(\.read).reduce(0, +) == 4)
  }

  @Test(
    "XML and web pages are named",
    arguments: [
      "<?xml version=\"1.0\"?><HealthData></HealthData>",
      "<html><table><tr><td>1</td></tr></table></html>", "<a/>",
    ])
  func markup(text: String) {
    #expect {
      try read(text)
    } throws: { error in
      if case IngestError.markup = error { true } else { false }
    }
  }
}

@Suite("Pain scales of whole columns")
struct PainScaleTests {
  private func read(_ scores: [(person: String, score: Int)]) throws -> Reading {
    let rows = scores.enumerated().map { number, row in
      "\(row.person),2026-0\(1 + number / 28)-\(10 + number % 18),\(row.score),\(number)\n"
    }
    return try Reading(
      MemorySource(Array(("patient_id,recorded_at,score,notes\n" + rows.joined()).utf8)), options())
  }

  @Test("three of twenty that pass 10 make a whole column one from 0 to 100")
  func hundred() throws {
    let reading = try read([9, 10, 34, 41, 55].map { ("A", $0) } + [3, 9].map { ("B", $0) })
    #expect(reading.batch.rejections.isEmpty)
    let scales = reading.batch.pain.map { $0.scale.map { reading.batch.names[$0] } }
    #expect(scales == [String?](repeating: "0-100", count: 5) + [nil, nil])
    #expect(reading.batch.pain.map(\.score) == [9, 10, 34, 41, 55, 3, 9])
    #expect(reading.summary.hundredScales == 1)
  }

  @Test("fewer are refused one by one, and so is what passes 100")
  func few() throws {
    let two = try read([4, 5, 50, 60].map { ("A", $0) })
    #expect(two.refusals.count == 2 && two.batch.pain.map(\.score) == [4, 5])
    #expect(two.batch.pain.allSatisfy { $0.scale == nil })
    let rare = try read((0..<60).map { ("A", $0 % 10) } + [11, 12, 13].map { ("A", $0) })
    #expect(rare.refusals.count == 3 && rare.batch.pain.count == 60)
    let beyond = try read([40, 50, 60, 101].map { ("A", $0) })
    #expect(beyond.refusals.count == 1 && beyond.batch.pain.count == 3)
  }
}

@Suite("What people write in cells")
struct WrittenCellTests {
  private func day(_ text: String, order: DateOrder? = .dmy, year: Int? = nil) -> String? {
    let read = Array(text.utf8).withUnsafeBufferPointer { parseTime($0, order: order, year: year) }
    guard case .success(let time) = read else { return nil }
    let minutes = time.milliseconds.map { " \($0 / 60_000)" } ?? ""
    return "\(time.day)\(minutes)"
  }

  @Test(
    "weekdays, months of seven languages, and times as people write them",
    arguments: [
      ("Mon 27 Jul 2026", "2026-07-27"), ("Mo 27.07.2026", "2026-07-27"),
      ("Monday 27 July 2026", "2026-07-27"), ("Montag, 27. Juli 2026", "2026-07-27"),
      ("27.07.2026 (Mo)", "2026-07-27"), ("lun. 27/07/2026", "2026-07-27"),
      ("Thu, Oct 1, 2026", "2026-10-01"), ("31 de octubre de 2026", "2026-10-31"),
      ("1er octobre 2026", "2026-10-01"), ("Oct 3rd, 2026", "2026-10-03"),
      ("2 mei 2026", "2026-05-02"), ("27. 7. 2026", "2026-07-27"), ("20260727", "2026-07-27"),
      ("27.07.2026 8.30", "2026-07-27 510"), ("27.07.2026, 8:30 Uhr", "2026-07-27 510"),
      ("27.07.2026 8h30", "2026-07-27 510"), ("27/07/2026 8:30 p.m.", "2026-07-27 1230"),
      ("27/07/2026 8 PM", "2026-07-27 1200"), ("Di 27.07.2026", nil), ("Foo 27.07.2026", nil),
      ("27.07.", nil), ("27.07.2026 8", nil), ("32.07.2026", nil),
    ] as [(String, String?)])
  func dates(text: String, expected: String?) { #expect(day(text) == expected) }

  @Test(
    "dates without a year take that of the file",
    arguments: [
      ("27.07.", "2026-07-27"), ("27.7", "2026-07-27"), ("Mo 27.7.", "2026-07-27"),
      ("27. Juli", "2026-07-27"), ("27.7. 8:30", "2026-07-27 510"), ("31.2.", nil),
    ] as [(String, String?)])
  func yearless(text: String, expected: String?) { #expect(day(text, year: 2026) == expected) }

  @Test("a spreadsheet's numbers of days, with the time behind the point")
  func serials() throws {
    func read(_ text: String) -> ParsedTime? {
      Array(text.utf8).withUnsafeBufferPointer { parseSerial($0) }
    }
    #expect(read("46230")?.day == Day(year: 2026, month: 7, day: 27))
    #expect(read("46230.25")?.milliseconds == 21_600_000)
    #expect(read("7") == nil && read("x") == nil && read("99999") == nil)
  }

  @Test(
    "ranges are their middle, points of ten are points; other words are no numbers",
    arguments: [
      ("4-5", 4.5), ("4 – 5", 4.5), ("7/10", 7), ("3,5-4", 3.75), ("5-4", nil), ("7/20", nil),
      ("ca. 6", nil), ("mild", nil), ("-3", nil),
    ] as [(String, Double?)])
  func numbers(text: String, expected: Double?) {
    let form = NumberForm(mark: text.contains(",") ? 0x2C : 0x2E)
    let read = Array(text.utf8).withUnsafeBufferPointer {
      parseWrittenNumber($0, form, mayBeShare: true)
    }
    #expect(read == expected)
  }
}
