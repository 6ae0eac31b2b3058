import Records
import Testing

@testable import Ingest

@Suite("Table shape")
struct TableShapeTests {
  private func shape(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws
    -> TableShape
  {
    try findShape(head: Array(text.utf8), options: options(change))
  }

  private let diary = Profile(
    name: "diary", about: "a diary",
    layouts: [
      Layout(kind: .pain, fields: [.recordedAt: .column("When"), .score: .column("How bad")]),
      Layout(kind: .days, fields: [.date: .column("When"), .status: .column("What")]),
    ])

  @Test("The delimiter is the one that makes the header known", arguments: [",", ";", "\t", "|"])
  func delimiters(delimiter: String) throws {
    let text = ["patient_id", "recorded_at", "score"].joined(separator: delimiter)
    let found = try shape("\(text)\nP1\(delimiter)2026-10-01\(delimiter)4\n")
    #expect(found.delimiter == delimiter.utf8.first)
    #expect(found.header == ["patient_id", "recorded_at", "score"])
    #expect(found.layout.kind == .pain && found.profile == nil)
  }

  @Test("Delimiters within quotes or text do not mislead")
  func misleading() throws {
    let text =
      "patient_id;recorded_at;score;notes\n"
      + "P1;2026-10-01;4;\"a,b,c,d,e,f\"\nP1;2026-10-02;4;a, b, c, d, e, f, g\n"
    #expect(try shape(text).delimiter == 0x3B)
    #expect(try shape("recorded_at,score,\"a;b;c;d\"\n2026-10-01,4,x\n").delimiter == 0x2C)
  }

  @Test("A header alone is a table")
  func headerAlone() throws {
    #expect(try shape("recorded_at,score").layout.kind == .pain)
    #expect(try shape("recorded_at,score\r\n").header == ["recorded_at", "score"])
  }

  @Test("Headers are trimmed, unquoted and compared by folded names")
  func trimmed() throws {
    let found = try shape(" Patient ID ,\"Recorded At\",Pain Score,\u{A0}Extra\u{A0}\n")
    #expect(found.header == ["Patient ID", "Recorded At", "Pain Score", "Extra"])
    #expect(found.layout.fields[.score] == .column("Pain Score"))
    #expect(found.layout.fields[.recordedAt] == .column("Recorded At"))
  }

  @Test("Columns that nothing is read from are named, those of other kinds too")
  func ignored() throws {
    let found = try shape("recorded_at,score,mood,reps,,notes\n")
    #expect(found.ignoredColumns == ["mood", "reps"])
    #expect(found.layout.fields[.reps] == nil)
  }

  @Test(
    "Each kind is found by its own columns",
    arguments: [
      ("patient_id,started_at,exercise,sets", .sessions), ("person,recorded_at,pain", .pain),
      ("measured_on,measure,value,unit", .flexibility),
      ("exercise,component,sessions_per_week", .program),
      ("exercise,component,weekdays", .program), ("patient_id,name,timezone", .patients),
      ("patient_id,date,status", .days), ("completed_on,instrument,score", .questionnaires),
    ] as [(String, Kind)])
  func kinds(header: String, kind: Kind) throws {
    #expect(try shape(header + "\n").layout.kind == kind)
  }

  @Test("A header that fits two kinds asks which, and is read when told")
  func ambiguous() throws {
    let header = "patient_id,started_at,exercise,recorded_at,score\n"
    #expect(throws: IngestError.ambiguousKind(["sessions", "pain"])) { try shape(header) }
    #expect(try shape(header) { $0.kind = .pain }.layout.kind == .pain)
    #expect(try shape(header) { $0.kind = .sessions }.layout.kind == .sessions)
  }

  @Test("A header of no kind is refused with its columns")
  func unknownKind() {
    #expect(throws: IngestError.unknownKind(columns: ["a", "b"])) { try shape("a,b,\n1,2,\n") }
    #expect(throws: IngestError.unknownKind(columns: ["patient_id", "score"])) {
      try shape("patient_id,score\n")
    }
  }

  @Test("A told kind names the required columns that lack")
  func lackingForKind() {
    let error = IngestError.missingColumns(
      ["started_at", "exercise"], profile: "the kind sessions")
    #expect(throws: error) { try shape("recorded_at,score\n") { $0.kind = .sessions } }
  }

  @Test("Two columns for one field are both named")
  func duplicates() {
    #expect(throws: IngestError.duplicateColumns(["patient_id", "Person"])) {
      try shape("patient_id,Person,recorded_at,score\n")
    }
    #expect(throws: IngestError.duplicateColumns(["score", "score"])) {
      try shape("recorded_at,score,score\n")
    }
  }

  @Test("Two columns for a field that the kind does not read do no harm")
  func harmlessDuplicates() throws {
    let found = try shape("recorded_at,score,load,weight_kg\n")
    #expect(found.layout.kind == .pain && found.ignoredColumns == ["load", "weight_kg"])
  }

  @Test("Two unknown columns of one name do no harm")
  func unknownDuplicates() throws {
    #expect(try shape("recorded_at,score,x,x\n").ignoredColumns == ["x", "x"])
  }

  @Test("A profile is found by its columns, layout by layout")
  func profileFound() throws {
    let pain = try shape("When;How bad;extra\n") { $0.profiles = [diary] }
    #expect(pain.profile == "diary" && pain.layout.kind == .pain && pain.delimiter == 0x3B)
    #expect(pain.ignoredColumns == ["extra"])
    let days = try shape("what,WHEN\n") { $0.profiles = [diary] }
    #expect(days.profile == "diary" && days.layout.kind == .days)
  }

  @Test("A told kind chooses among the layouts of a profile")
  func layoutOfKind() throws {
    let header = "When,How bad,What\n"
    #expect(try shape(header) { $0.profiles = [diary] }.layout.kind == .pain)
    let told = try shape(header) { ($0.profiles, $0.kind) = ([diary], .days) }
    #expect(told.layout.kind == .days)
  }

  @Test("The own format comes before profiles, unless a profile is chosen")
  func chosenProfile() throws {
    let copy = Profile(
      name: "copy", about: "",
      layouts: [
        Layout(
          kind: .pain, fields: [.recordedAt: .column("recorded_at"), .score: .column("score")])
      ])
    let header = "recorded_at,score\n"
    #expect(try shape(header) { $0.profiles = [copy] }.profile == nil)
    #expect(
      try shape(header) { ($0.profiles, $0.profileIsChosen) = ([copy], true) }.profile == "copy")
  }

  @Test("A chosen profile names the columns that lack")
  func lackingForProfile() {
    let error = IngestError.missingColumns(["How bad"], profile: "the profile diary")
    #expect(throws: error) {
      try shape("When,recorded_at,score\n") {
        ($0.profiles, $0.profileIsChosen) = ([diary], true)
      }
    }
  }

  @Test("A profile's delimiter and skipped lines are taken as they are told")
  func toldDelimiter() throws {
    var layout = Layout(kind: .pain, fields: [.recordedAt: .column("a,b"), .score: .column("c")])
    layout.delimiter = 0x7C
    layout.skippedLines = 2
    let profile = Profile(name: "told", about: "", layouts: [layout])
    let found = try shape("Prose, with, commas\n\"more\na,b|c\n1|2\n") { $0.profiles = [profile] }
    #expect(found.delimiter == 0x7C && found.header == ["a,b", "c"])
  }
}
