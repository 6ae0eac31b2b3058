import Foundation
import Ingest
import Records
import TestSupport
import Testing

@testable import Configuration

@Suite("Drafted profiles")
struct ProfileSketchTests {
  private func sketch(_ text: String) throws -> ProfileSketch {
    ProfileSketch(try TableSample(MemorySource(Array(text.utf8))), name: "my diary")
  }

  private func columns(_ sketch: ProfileSketch) -> [String] {
    sketch.columns.map { "\($0.field.name)=\($0.column)" }
  }

  /// What an import with the draft gives, per row.
  private func imported(_ text: String, patient: String? = "P1") throws -> Batch {
    let profile = try readProfile(try sketch(text).toml, file: "draft")
    let latest = try #require(Day(year: 2026, month: 11, day: 1))
    var options = ReadingOptions(latestDay: latest)
    options.profiles = [profile]
    options.profileIsChosen = true
    options.patient = patient
    var found = Batch()
    _ = try readRecords(from: MemorySource(Array(text.utf8)), options: options) { found = $0 }
    return found
  }

  @Test("a pain diary in German, with a preamble, day first and a decimal comma")
  func germanPain() throws {
    let text = """
      Schmerztagebuch von Anna
      Datum;Schmerz;Ort;Bemerkung
      31.10.2026;7,5;Rücken;"kalt; nass"
      01.10.2026;3;Rücken;
      05.10.2026;4,5;Knie;besser

      """
    let draft = try sketch(text)
    #expect(draft.kind == .pain)
    #expect(
      columns(draft) == ["recorded_at=Datum", "score=Schmerz", "location=Ort", "notes=Bemerkung"])
    #expect(draft.toml.contains("date_order = \"dmy\""))
    #expect(draft.toml.contains("skip_lines = 1"))
    let batch = try imported(text)
    #expect(batch.pain.map(\.score) == [7.5, 3, 4.5] && batch.rejections.isEmpty)
  }

  @Test("a workout log with units, sets and an exercise the catalogue does not know")
  func workout() throws {
    let text = """
      Date,Workout Name,Exercise Name,Weight (lbs),Reps,Notes
      2026-10-01 07:30:00,Legs,Deadlift (Barbell),100,5,
      2026-10-02 07:30:00,Legs,Odd Thing,200,12,hm

      """
    let draft = try sketch(text)
    #expect(draft.kind == .sessions)
    #expect(
      columns(draft)
        == [
          "started_at=Date", "exercise=Exercise Name", "load_kg=Weight (lbs)", "reps=Reps",
          "notes=Notes",
        ])
    #expect(draft.toml.contains("# \"Odd Thing\" = \"other\""))
    #expect(!draft.toml.contains("# \"Deadlift (Barbell)\""))
    #expect(draft.toml.contains("pass --patient ID") && draft.isSettled)
    let batch = try imported(text)
    #expect(batch.sets.map(\.loadKilograms) == [45.359_237, 90.718_474])
  }

  @Test("a date in three columns that is written only where it changes")
  func filledDown() throws {
    let text = """
      year,month,day,pain,region
      2026,10,1,3,Low back
      ,,,4,Low back
      ,,2,6,Low back
      ,,,5,Neck
      ,,3,1,Neck
      ,,,2,Neck

      """
    let draft = try sketch(text)
    #expect(draft.toml.contains("fill_down = [\"year\", \"month\", \"day\"]"))
    let batch = try imported(text)
    #expect(
      batch.pain.map(\.recorded.day.description) == [
        "2026-10-01", "2026-10-01", "2026-10-02", "2026-10-02", "2026-10-03", "2026-10-03",
      ])
  }

  @Test("measurements, with a person and a side in the row")
  func measurements() throws {
    let text = """
      patient id\tdate\ttest\tresult\tside
      A1\t2026-10-01\tstraight leg raise\t55.5\tleft
      A2\t2026-10-02\tsit and reach\t12\t

      """
    let draft = try sketch(text)
    #expect(draft.kind == .flexibility && draft.toml.contains("delimiter = \"tab\""))
    let batch = try imported(text, patient: nil)
    #expect(batch.measurements.count == 2 && batch.rejections.isEmpty)
  }

  @Test("an undecidable order is a doubt and a line to fill in")
  func undecided() throws {
    let draft = try sketch("date,pain\n03/04/2026,3\n04/05/2026,4\n")
    #expect(draft.doubts.contains { $0.contains("03/04/2026, 04/05/2026") })
    #expect(draft.toml.contains("date_order = \"?\""))
    #expect(throws: ConfigurationError.unsettled(file: "draft", lines: [9])) {
      try readProfile(draft.toml, file: "draft")
    }
  }

  @Test("durations of more than a day's minutes are seconds; others ask")
  func seconds() throws {
    let text = "date,activity,elapsed time\n2026-10-01,Ride,6124\n2026-10-02,Run,1800\n"
    #expect(try sketch(text).toml.contains("[units]\nminutes = \"s\""))
    #expect(try imported(text).sets.map(\.minutes) == [6_124 / 60.0, 30])
    let few = try sketch(text.replacing("6124", with: "45").replacing("1800", with: "60"))
    #expect(few.toml.contains("minutes = \"?\"") && !few.isSettled)
  }

  @Test("text that is not UTF-8 is drafted as Windows-1252")
  func windows() throws {
    let bytes = Array("Datum;Schmerz;Übung\n31.10.2026;3;Brücke\n".utf8).flatMap {
      $0 == 0xC3 ? [] : [$0]
    }
    let latin = bytes.map { byte -> UInt8 in byte == 0x9C ? 0xDC : byte == 0xBC ? 0xFC : byte }
    let sample = try TableSample(MemorySource(latin))
    #expect(sample.encoding == .windows1252 && sample.header == ["Datum", "Schmerz", "Übung"])
    #expect(ProfileSketch(sample, name: "x").toml.contains("encoding = \"windows-1252\""))
  }

  @Test("odd names of columns stay what they are, in quotes")
  func quoting() throws {
    let text = "\"date \"\"x\"\"\",pain\\score,\"a\tb notes\"\n2026-10-01,3,n\n2026-10-02,4,m\n"
    #expect(try imported(text).pain.map(\.score) == [3, 4])
  }

  @Test("every draft is a profile that can be read, whatever the table")
  func readable() throws {
    var random = SeededGenerator(seed: 4)
    let words = ["date", "pain", "", "x", "Übung", "reps", "year", "\"q\"", "side", "Dauer", "id"]
    let cells = ["3", "2026-10-01", "", "abc", "7,5", "1:00:00", "31/12/2026", "-", "Rücken"]
    for _ in 0..<200 {
      let width = 2 + random.below(5)
      func row(_ choices: [String]) -> String {
        (0..<width).map { _ in
          "\"" + random.pick(choices).replacing("\"", with: "\"\"") + "\""
        }.joined(separator: ";")
      }
      let text = ([row(words)] + (0..<random.below(9)).map { _ in row(cells) }).joined(
        separator: "\n")
      guard let draft = try? sketch(text) else { continue }
      if draft.draft.isEmpty { continue }
      if draft.isSettled {
        _ = try readProfile(draft.toml, file: "draft")
      } else {
        #expect(throws: ConfigurationError.self) {
          try readProfile(draft.toml, file: "draft")
        }
      }
    }
  }

  @Test("an empty file and one without columns say so")
  func nothing() {
    #expect(throws: IngestError.empty) { try sketch("") }
    #expect(throws: IngestError.self) { try sketch("just one line of prose") }
  }

  // MARK: REDCap

  private func redcap(
    _ instrument: String? = nil, knowing: Bool = true, name: String = "redcap"
  ) throws -> (sketch: ProfileSketch, data: [UInt8]) {
    func bytes(_ name: String) throws -> [UInt8] {
      try Array(Data(contentsOf: fixture("profiles/\(name)")))
    }
    let data = try bytes("redcap.csv")
    let dictionary = try TableSample(MemorySource(try bytes("redcap-dictionary.csv")))
    return (
      ProfileSketch(
        try TableSample(MemorySource(data)), name: name,
        dictionary: knowing ? REDCapDictionary(dictionary) : nil, instrument: instrument), data
    )
  }

  private func imported(_ sketch: ProfileSketch, _ data: [UInt8]) throws -> Batch {
    let latest = try #require(Day(year: 2026, month: 11, day: 1))
    var options = ReadingOptions(latestDay: latest)
    options.profiles = [try readProfile(sketch.toml, file: "draft")]
    options.profileIsChosen = true
    var found = Batch()
    _ = try readRecords(from: MemorySource(data), options: options) { found = $0 }
    return found
  }

  @Test("an export of REDCap: all instruments at once, codes as the dictionary words them")
  func redcapDiary() throws {
    let (sketch, data) = try redcap()
    #expect(sketch.kind == .pain && sketch.isSettled)
    #expect(
      columns(sketch) == [
        "patient_id=record_id", "recorded_at=diary_date", "score=diary_q1", "location=diary_q2",
        "notes=diary_text", "started_at=ex_date", "completed=ex_done___1",
        "completed=ex_done___2", "completed=ex_done___3",
      ])
    let batch = try imported(sketch, data)
    #expect(batch.pain.map(\.score) == [6, 5, 3] && batch.rejections.isEmpty)
    #expect(
      batch.pain.compactMap { $0.location.map { batch.names[$0] } }
        == ["Low back", "Left leg", "Neck, shoulders"])
    #expect(batch.sets.count == 9)
    let done = batch.sets.filter { $0.completed == true }.map { batch.names[$0.exercise] }
    #expect(done == ["Cat camel", "Glute bridge", "Cat camel", "Hamstring stretch"])
    #expect(batch.leftOut == ["no value": 2] && batch.read == 8)
    let committed = fixture("profiles/redcap.toml")
    #expect(try String(contentsOf: committed, encoding: .utf8) == sketch.toml)
  }

  @Test("one instrument of REDCap alone")
  func redcapBoxes() throws {
    let (sketch, data) = try redcap("exercise_log")
    #expect(sketch.kind == .sessions)
    let batch = try imported(sketch, data)
    #expect(batch.sets.count == 9 && batch.pain.isEmpty && batch.rejections.isEmpty)
  }

  @Test("without the dictionary, and for an instrument that is not there, the draft says so")
  func redcapDoubts() throws {
    let plain = try redcap(knowing: false).sketch
    #expect(plain.doubts.contains { $0.contains("--dictionary") })
    let unknown = try redcap("diary").sketch
    #expect(
      unknown.doubts.first
        == "There is no instrument diary. There are: intake, pain_diary, exercise_log.")
    #expect(try redcap("intake").sketch.draft.isEmpty)
  }

  @Test("an instrument that exports nothing but whether it is complete stands beside the diary")
  func redcapEmptyInstrument() throws {
    let header = "id,redcap_event_name,day,nrs,diary_complete,consent_complete"
    let data = "\(header)\nA,visit,2026-02-03,5,2,2\n"
    let sample = try TableSample(MemorySource(Array(data.utf8)))
    #expect(ProfileSketch(sample, name: "d").kind == .pain)
    #expect(ProfileSketch(sample, name: "d", instrument: "consent").draft.isEmpty)
  }

  @Test("the order of dates is the dictionary's where the first rows do not tell")
  func redcapDateOrder() throws {
    let fields = "field_name,form_name,field_type,field_label,select_choices_or_calculations,"
    let dictionary = """
      \(fields)text_validation_type_or_show_slider_number
      id,diary,text,ID,,
      day,diary,text,Date,,date_mdy
      nrs,diary,slider,Pain now,0 | 5 | 10,

      """
    let data = "id,day,nrs,diary_complete\nA,01/02/2026,4,2\nA,02/03/2026,5,2\n"
    func table(_ text: String) throws -> TableSample {
      try TableSample(MemorySource(Array(text.utf8)))
    }
    let sketch = ProfileSketch(
      try table(data), name: "d", dictionary: REDCapDictionary(try table(dictionary)))
    #expect(sketch.toml.contains("date_order = \"mdy\""))
    #expect(!sketch.doubts.contains { $0.contains("date_order") })
    #expect(
      try imported(sketch, Array(data.utf8)).pain.map(\.recorded.day.description)
        == ["2026-01-02", "2026-02-03"])
    #expect(REDCapDictionary(try table(data)) == nil)
  }
}
