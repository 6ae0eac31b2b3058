import Records
import Testing

@testable import Ingest

@Suite("JSON records")
struct JSONRecordsTests {
  private let pain = #"{"patient_id": "P1", "recorded_at": "2026-10-01", "score": 4}"#

  private func days(_ reading: Reading) -> [String] {
    reading.batch.pain.map(\.recorded.day.description)
  }

  @Test("An object holds one array a kind")
  func document() throws {
    let reading = try read(
      """
      {
        "patients": [{"patient_id": "P1", "name": "Anna", "timezone": "Europe/Berlin"}],
        "program": [
          {"patient_id": "P1", "exercise": "Cat-cow", "component": "mobility",
           "weekdays": ["mon", "wed", 5]}
        ],
        "sessions": [{"patient_id": "P1", "started_at": "2026-10-01 07:15", "exercise": "Cat-cow"}],
        "pain": [{"patient_id": "P1", "recorded_at": "2026-10-01", "score": 4.5}],
        "flexibility": [
          {"patient_id": "P1", "measured_on": "2026-10-01", "measure": "sit_and_reach", "value": 21}
        ],
        "days": [{"patient_id": "P1", "date": "2026-10-02", "status": "rest"}],
        "factors": [{"patient_id": "P1", "date": "2026-10-02", "factor": "sleep", "value": 7}],
        "questionnaires": [
          {"patient_id": "P1", "completed_on": "2026-10-01", "instrument": "psfs",
           "items": "1 0 1"}
        ]
      }
      """)
    #expect(reading.refusals.isEmpty && reading.batch.read == 8 && reading.addsUp)
    #expect(reading.summary.format == "json" && reading.summary.kinds == Kind.allCases)
    #expect(reading.summary.ignoredColumns.isEmpty)
    #expect(reading.batch.program.map(\.weekdays) == [0b001_0101])
    #expect(reading.batch.sets.map(\.started.offsetMinutes) == [120])
    #expect(reading.batch.pain.map(\.score) == [4.5])
    let lines = [
      reading.batch.patients.map(\.position.line), reading.batch.program.map(\.position.line),
      reading.batch.sets.map(\.position.line), reading.batch.pain.map(\.position.line),
      reading.batch.measurements.map(\.position.line), reading.batch.days.map(\.position.line),
      reading.batch.factors.map(\.position.line),
      reading.batch.questionnaires.map(\.position.line),
    ]
    #expect(lines == [[2], [4], [7], [8], [10], [12], [13], [15]])
    #expect(reading.batch.factors.map(\.value) == [7])
    #expect(
      reading.batch.questionnaires.map { reading.text($0.items) } == ["1 0 1"])
  }

  @Test("Rows at the beginning of their lines are rows, in an array of a document as well")
  func rowsAtLineStarts() throws {
    let reading = try read("{\"pain\": [\n\(pain),\n\(pain)\n]}\n")
    #expect(reading.summary.format == "json")
    #expect(reading.refusals.isEmpty && reading.batch.pain.count == 2)
  }

  @Test("An array holds objects whose kind is told by their keys")
  func array() throws {
    let reading = try read("[\n\(pain),\n\(pain)\n]\n")
    #expect(reading.summary.format == "json" && reading.summary.kinds == [.pain])
    #expect(reading.batch.pain.map(\.position.line) == [2, 3])
  }

  @Test("An empty array is a file of no records", arguments: ["[]", "{\"pain\": []}", "{}"])
  func noRecords(text: String) throws {
    let reading = try read(text)
    #expect(reading.batch.read == 0 && reading.refusals.isEmpty)
  }

  @Test("Things in an array that are no objects are refused one by one")
  func notObjects() throws {
    let reading = try read("[\(pain),\n1,\n\"x\",\n[[\(pain)]],\nnull, true,\n\(pain)]")
    #expect(
      reading.refusals == [
        "2  not-an-object", "3  not-an-object", "4  not-an-object", "5  not-an-object",
        "5  not-an-object",
      ])
    #expect(reading.batch.pain.count == 2 && reading.batch.read == 7 && reading.addsUp)
  }

  @Test("A single object is a single record")
  func single() throws {
    let reading = try read(pain)
    #expect(reading.batch.pain.count == 1 && reading.summary.format == "json")
  }

  private let session =
    #"{"patient_id": "P1", "started_at": "2026-10-01", "#
    + #""exercises": [{"exercise": "Cat-cow"}, {"exercise": "Bird dog"}]}"#

  @Test("Sessions with exercises are the same in an array and as lines of NDJSON")
  func sessions() throws {
    for text in ["[\(session), \(session)]", "\(session)\n\(session)"] {
      let reading = try read(text)
      #expect(reading.refusals.isEmpty && reading.batch.sets.count == 4 && reading.batch.read == 4)
    }
  }

  @Test("A single session with exercises is no different from many", arguments: ["", "\n"])
  func singleSession(end: String) throws {
    let reading = try read(session + end)
    #expect(reading.refusals.isEmpty && reading.batch.sets.count == 2 && reading.batch.read == 2)
  }

  @Test("NDJSON is one object a line")
  func lines() throws {
    let reading = try read("\(pain)\n\n\(pain)\r\n  \n\(pain)")
    #expect(reading.summary.format == "ndjson" && reading.summary.kinds == [.pain])
    #expect(reading.batch.pain.map(\.position.line) == [1, 3, 5])
    #expect(reading.batch.read == 3 && reading.addsUp)
  }

  @Test(
    "A bad line of NDJSON costs itself and no other",
    arguments: [
      ("nonsense", .badJSON), ("{\"patient_id\": \"P1\",}", .badJSON), ("{\"a\": 1", .badJSON),
      ("{\"a\": [1, 2", .badJSON), ("{\"a\"", .badJSON), ("{", .badJSON),
      ("{\"a\": \"x", .badJSON), ("{\"a\": 01}", .badJSON), ("{\"a\": NaN}", .badJSON),
      ("{\"a\": \"\\ud800\"}", .badJSON), ("}", .badJSON), ("{\"a\": 1, \"a\": 1}", .duplicateKey),
      ("[]", .notAnObject), ("[1, 2]", .notAnObject), ("7", .notAnObject),
      ("\"text\"", .notAnObject), ("null", .notAnObject), ("[", .notAnObject),
    ] as [(String, RejectionReason)])
  func badLine(line: String, reason: RejectionReason) throws {
    let reading = try read("\(pain)\n\(pain)\n\(line)\n\(pain)\n\(pain)\n")
    #expect(reading.refusals == ["3  \(reason.rawValue)"])
    #expect(reading.batch.pain.map(\.position.line) == [1, 2, 4, 5])
    #expect(reading.batch.read == 5 && reading.addsUp)
  }

  @Test(
    "A line that is cut where a value should follow does not take the next line for it",
    arguments: ["{\"a\":", "{\"a\": [", "{\"patient_id\": \"P1\", \"exercises\": ["])
  func cutLine(line: String) throws {
    let reading = try read("\(pain)\n\(pain)\n\(line)\n\(pain)\n\(pain)\n")
    #expect(reading.refusals == ["3  bad-json"])
    #expect(reading.batch.pain.map(\.position.line) == [1, 2, 4, 5])
  }

  @Test("Blank lines between the first lines of NDJSON do no harm", arguments: ["\n", "\r\n"])
  func blankLines(end: String) throws {
    let reading = try read(pain + end + end + pain + end)
    #expect(reading.batch.pain.count == 2 && reading.refusals.isEmpty)
  }

  @Test(
    "A bad second line is as bad as any other", arguments: ["nonsense", "7", "[1]", " {\"a\":}"])
  func badSecondLine(line: String) throws {
    let reading = try read("\(pain)\n\(line)\n\(pain)\n")
    #expect(reading.batch.rejections.map(\.position.line) == [2])
    #expect(reading.batch.pain.map(\.position.line) == [1, 3])
  }

  @Test("A bad last line is refused, with its end or without", arguments: ["", "\n"])
  func badLastLine(end: String) throws {
    let reading = try read("\(pain)\n\(pain)\n{\"patient_id\": \"P1\", \"sco\(end)")
    #expect(reading.refusals == ["3  bad-json"])
    #expect(reading.batch.pain.count == 2)
  }

  @Test("A line with something behind its object is refused as a whole")
  func garbageBehind() throws {
    let reading = try read("\(pain)\n\(pain)\n\(pain) x\n\(pain)\n")
    #expect(reading.refusals == ["3  bad-json"])
    #expect(reading.batch.pain.map(\.position.line) == [1, 2, 4])
    #expect(reading.batch.read == 4)
  }

  @Test("A line that is not UTF-8 is refused as such")
  func badEncoding() throws {
    let bytes = Array("\(pain)\n\(pain)\n{\"patient_id\": \"M".utf8) + [0xFC] + Array("\"}\n".utf8)
    let reading = try Reading(MemorySource(bytes), options())
    #expect(reading.refusals == ["3  bad-encoding"])
    #expect(reading.batch.pain.count == 2)
  }

  @Test("Exercises in a session are the rows, and take what they do not say themselves")
  func nested() throws {
    let reading = try read(
      """
      {"sessions": [
        {"patient_id": "P1", "session_id": "s1", "started_at": "2026-10-01T07:15Z", "rpe": 5,
         "notes": "all of it", "exercises": [
          {"exercise": "Cat-cow", "order": 1, "sets": 3},
          {"exercise": "Bird dog", "order": 2, "rpe": 7, "notes": "this one"},
          {"exercise": "Bridge", "order": 3, "rpe": null, "patient_id": "P2"}
        ]}
      ]}
      """)
    #expect(reading.refusals.isEmpty && reading.batch.read == 3)
    let sets = reading.batch.sets
    #expect(sets.map { reading.name($0.exercise) } == ["Cat-cow", "Bird dog", "Bridge"])
    #expect(sets.map { reading.batch.names[$0.patient] } == ["P1", "P1", "P2"])
    #expect(sets.map(\.rpe) == [5, 7, nil])
    #expect(sets.map(\.sets) == [3, nil, nil])
    #expect(sets.map { reading.text($0.notes) } == ["all of it", "this one", "all of it"])
    #expect(sets.map { reading.name($0.session) } == ["s1", "s1", "s1"])
    #expect(sets.map(\.position.line) == [4, 5, 6])
  }

  @Test("Keys of the session that stand behind its exercises count as well")
  func keysBehind() throws {
    let reading = try read(
      #"[{"exercises": [{"exercise": "Cat-cow"}, {"exercise": "Bridge", "started_at": "#
        + #""2026-10-02"}], "started_at": "2026-10-01", "patient_id": "P1"}]"#)
    #expect(reading.refusals.isEmpty)
    #expect(
      reading.batch.sets.map(\.started.day.description) == ["2026-10-01", "2026-10-02"])
  }

  @Test("Sets within exercises within sessions take from both")
  func twiceNested() throws {
    let reading = try read(
      #"[{"patient_id": "P1", "started_at": "2026-10-01", "exercises": [{"exercise": "Squat", "#
        + #""sets": [{"reps": 10}, {"reps": 8, "exercise": "Half squat"}]}, {"exercise": "Plank", "#
        + #""sets": 2}]}]"#)
    #expect(reading.refusals.isEmpty)
    #expect(
      reading.batch.sets.map { reading.name($0.exercise) } == ["Squat", "Half squat", "Plank"])
    #expect(reading.batch.sets.map(\.reps) == [10, 8, nil])
    #expect(reading.batch.sets.map(\.sets) == [nil, nil, 2])
  }

  @Test("A session of no exercises has no rows; what is no object in it is refused")
  func oddNesting() throws {
    let outer = #""patient_id": "P1", "started_at": "2026-10-01""#
    let reading = try read(
      "[{\(outer), \"exercises\": []},\n{\(outer), \"exercises\": [7, [1], "
        + "{\"exercise\": \"Cat-cow\"}]}]")
    #expect(reading.refusals == ["2  not-an-object", "2  not-an-object"])
    #expect(reading.batch.sets.count == 1 && reading.batch.read == 3 && reading.addsUp)
  }

  @Test("A refused row names the field by its own name, and keeps the value")
  func refusal() throws {
    let reading = try read(
      "[{\"Patient\": \"P1\", \"recorded\": \"2026-10-01\",\n\"NRS\": \"x y\"}]")
    #expect(reading.refusals == ["1 score not-a-number"])
    #expect(reading.batch.rejections.map(\.value) == [Array("x y".utf8)])
  }

  @Test("A field that holds an object or a mixed array is refused")
  func misshapen() throws {
    let start = #""patient_id": "P1", "recorded_at": "2026-10-01""#
    let reading = try read(
      "[{\(start), \"score\": {\"value\": 4}},\n{\(start), \"score\": [4, null]},\n"
        + "{\(start), \"score\": [4, [5]]},\n{\(start), \"score\": 4, \"x\": {\"y\": [{}]}}]")
    #expect(
      reading.refusals == ["1 score unknown-code", "2 score unknown-code", "3 score unknown-code"])
    #expect(reading.batch.pain.count == 1)
    #expect(reading.summary.ignoredColumns == ["x"])
  }

  @Test("A field that the kind does not read may hold anything")
  func misshapenElsewhere() throws {
    let reading = try read(
      #"[{"patient_id": "P1", "recorded_at": "2026-10-01", "score": 4, "#
        + #""unit": {"code": "x"}, "items": [{"a": 1}]}]"#)
    #expect(reading.refusals.isEmpty && reading.batch.pain.count == 1)
    #expect(reading.summary.ignoredColumns == ["items", "unit"])
  }

  @Test("null, an empty string and words for missing are missing")
  func missing() throws {
    let start = #""patient_id": "P1", "recorded_at": "2026-10-01""#
    let reading = try read(
      "[{\(start), \"score\": null},\n{\(start), \"score\": \"\"},\n{\(start), \"score\": \"NA\"},\n"
        + "{\(start), \"score\": 0, \"kind\": null, \"location\": \"\"}]")
    #expect(
      reading.refusals == [
        "1 score missing-value", "2 score missing-value", "3 score missing-value",
      ])
    #expect(reading.batch.pain.map(\.score) == [0])
    #expect(reading.batch.pain.map(\.kind) == [nil])
  }

  @Test("Numbers may be written as text, and codes of people as numbers")
  func typesMix() throws {
    let reading = try read(
      #"[{"patient_id": 17, "recorded_at": "2026-10-01", "score": "7.5", "flare": false}]"#)
    #expect(reading.batch.pain.map { reading.batch.names[$0.patient] } == ["17"])
    #expect(reading.batch.pain.map(\.score) == [7.5])
    #expect(reading.batch.pain.map(\.flare) == [false])
  }

  @Test("Keys that nothing is read from are named once")
  func ignoredKeys() throws {
    let reading = try read(
      "{\"version\": 1, \"pain\": [\(pain), {\"patient_id\": \"P1\", \"recorded_at\": "
        + "\"2026-10-01\", \"score\": 1, \"mood\": 3, \"reps\": 2}]}")
    #expect(reading.summary.ignoredColumns == ["mood", "reps", "version"])
    #expect(reading.batch.pain.count == 2)
  }

  @Test("A told kind is read and other kinds are not")
  func toldKind() throws {
    let text = "{\"pain\": [\(pain)], \"days\": [{\"patient_id\": \"P1\"}]}"
    let reading = try read(text) { $0.kind = .pain }
    #expect(reading.batch.pain.count == 1 && reading.refusals.isEmpty)
    #expect(reading.summary.ignoredColumns == ["days"] && reading.summary.kinds == [.pain])
    let untold = try read("[{\"patient_id\": \"P1\", \"date\": \"2026-10-01\"}]") {
      $0.kind = .days
    }
    #expect(untold.refusals == ["1 status missing-value"])
  }

  @Test("An object of no kind is refused when others are good")
  func noKind() throws {
    let reading = try read("[\(pain), {\"patient_id\": \"P1\"}, {}]")
    #expect(reading.refusals == ["1  missing-value", "1  missing-value"])
    #expect(reading.batch.pain.count == 1 && reading.addsUp)
  }

  @Test("A document of nothing known is refused with its keys")
  func unknownDocument() {
    #expect(throws: IngestError.unknownJSON(keys: ["a", "b"])) {
      try read("{\"b\": [1, 2], \"a\": {}}")
    }
  }

  @Test(
    "A damaged document is refused as a whole, with its line",
    arguments: [
      ("{\"pain\": [", 1, "the text ends too early"),
      ("[\n1,\n]", 3, "a value is missing or misspelled"),
      ("{\"pain\": []}\n\nx", 3, "there is something behind the end"),
      ("{\"pain\": [],\n \"pain\": []}", 2, "an object names the same key twice"),
      ("[\"\\ud800\"]", 1, "a surrogate stands alone"),
    ])
  func damaged(text: String, line: Int, what: String) {
    #expect(throws: IngestError.json(line: line, what: what)) { try read(text) }
  }

  @Test("Lists of words become one text without a loose end")
  func listOfWords() throws {
    let reading = try read(
      #"[{"patient_id": "P1", "recorded_at": "2026-10-01", "score": 4, "notes": ["rain", "cold"]}]"#
    )
    #expect(reading.batch.pain.map { reading.text($0.notes) } == ["rain cold"])
  }

  @Test("The given person and the own day hold for JSON as well")
  func givenPatient() throws {
    let reading = try read(
      #"[{"recorded_at": "2026-10-02T00:30Z", "local_day": "2026-10-01", "score": 4}]"#
    ) { $0.patient = "P9" }
    #expect(reading.batch.pain.map { reading.batch.names[$0.patient] } == ["P9"])
    #expect(days(reading) == ["2026-10-01"])
  }

  @Test("Text in either normalization form makes the same exercise")
  func normalization() throws {
    let reading = try read(
      #"[{"patient_id": "P1", "started_at": "2026-10-01", "exercise": "caf\u00e9"},"#
        + #"{"patient_id": "P1", "started_at": "2026-10-01", "exercise": "cafe\u0301"}]"#)
    #expect(Set(reading.batch.sets.map(\.exercise)).count == 1)
    #expect(reading.batch.sets.count == 2)
  }

  @Test("a record that lacks a field after longer ones is refused like the first")
  func recycledRoom() throws {
    let long = String(repeating: "x", count: 3_000)
    let reading = try read(
      """
      [{"patient_id":"P1","recorded_at":"2026-10-01","notes":"\(long)","score":3},
       {"patient_id":"P1","recorded_at":"2026-10-01"}, {"patient_id":"P1","score":3},
       {"patient_id":"P1","recorded_at":"2026-10-02","score":"eleven"}]
      """
    ) { $0.kind = .pain }
    #expect(reading.batch.pain.count == 1)
    #expect(
      reading.batch.rejections.map(\.reason) == [.missingValue, .missingValue, .notANumber])
    #expect(reading.batch.rejections.map { $0.value.count } == [0, 0, 6])
  }
}
