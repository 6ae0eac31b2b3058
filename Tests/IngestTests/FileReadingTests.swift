import Records
import TestSupport
import Testing

@testable import Ingest

private let header = "patient_id,recorded_at,score\n"

/// Milliseconds of 1 October 2026, 00:00 UTC.
private let october: Int64 = 20_727 * 86_400_000

@Suite("File reading")
struct FileReadingTests {
  @Test(
    "A file of nothing, or of white space, is refused as empty",
    arguments: ["", " ", "\n\n", "\t\r\n ", "\u{FEFF}", "\u{FEFF}\n"])
  func empty(text: String) {
    #expect(throws: IngestError.empty) { try read(text) }
  }

  @Test("A header alone is a file of no records")
  func headerAlone() throws {
    let reading = try read(header)
    #expect(reading.batch.read == 0 && reading.batch.recordCount == 0)
    #expect(reading.summary.kinds == [.pain] && reading.summary.format == "csv")
  }

  @Test("Local times lie in the zone that the caller gives")
  func givenZone() throws {
    let reading = try read(header + "P1,2026-10-01 07:15,4\nP1,2026-12-01T07:15:30.250,4\n") {
      $0.zone = berlin
      $0.latestDay = Day(number: 25_000)
    }
    #expect(
      reading.batch.pain.map(\.recorded) == [
        Timestamp(
          day: try day(2026, 10, 1), milliseconds: october + 18_900_000, offsetMinutes: 120,
          written: .told),
        Timestamp(
          day: try day(2026, 12, 1), milliseconds: october + 61 * 86_400_000 + 22_530_250,
          offsetMinutes: 60, written: .told),
      ])
    #expect(reading.summary.clockChanges == 0)
  }

  @Test("An offset in the file stands before every zone, and its date is the patient's day")
  func offsetInFile() throws {
    let reading = try read(header + "P1,2026-10-01T00:30+05:00,4\n") { $0.zone = berlin }
    #expect(
      reading.batch.pain.map(\.recorded) == [
        Timestamp(
          day: try day(2026, 10, 1), milliseconds: october + 1_800_000 - 18_000_000,
          offsetMinutes: 300)
      ])
  }

  @Test("Times that clocks skip move forward, those they repeat take the first; both are counted")
  func clockChanges() throws {
    let reading = try read(
      header + "P1,2026-03-29 02:30,4\nP1,2026-10-25 02:30,4\nP1,2026-10-25 03:30,4\n"
    ) { $0.zone = berlin }
    #expect(reading.batch.pain.map(\.recorded.clock) == ["03:30", "02:30", "03:30"])
    #expect(reading.batch.pain.map(\.recorded.offsetMinutes) == [120, 120, 60])
    #expect(reading.summary.clockChanges == 2)
  }

  @Test("Without any zone local times are UTC, or lie in the default zone")
  func defaultZone() throws {
    let text = header + "P1,2026-10-01 07:15,4\n"
    #expect(try read(text).batch.pain.map(\.recorded.offsetMinutes) == [0])
    let told = try read(text) { $0.defaultZone = berlin }
    #expect(told.batch.pain.map(\.recorded.offsetMinutes) == [120])
  }

  @Test("A person's known zone stands before the default, the caller's zone before both")
  func zonesOfPeople() throws {
    let text = header + "P1,2026-10-01 07:15,4\nP2,2026-10-01 07:15,4\n"
    func offsets(_ change: (inout ReadingOptions) -> Void) throws -> [Int16] {
      try read(text) {
        $0.zoneOfPatient = { $0 == "P1" ? berlin : nil }
        change(&$0)
      }.batch.pain.map(\.recorded.offsetMinutes)
    }
    #expect(try offsets { _ in } == [120, 0])
    let tokyo = ZoneRules(name: "Asia/Tokyo", base: 32_400, transitions: [])
    #expect(try offsets { $0.defaultZone = tokyo } == [120, 540])
    #expect(try offsets { $0.zone = tokyo } == [540, 540])
  }

  @Test("A zone that stands in the same file holds for its person, unless the caller gives one")
  func zoneInFile() throws {
    let text = """
      {"patients": [{"patient_id": "P1", "timezone": "Europe/Berlin"}],
       "pain": [{"patient_id": "P1", "recorded_at": "2026-10-01 07:15", "score": 4},
                {"patient_id": "P2", "recorded_at": "2026-10-01 07:15", "score": 4}]}
      """
    #expect(try read(text).batch.pain.map(\.recorded.offsetMinutes) == [120, 0])
    let told = try read(text) { $0.zone = .utc }
    #expect(told.batch.pain.map(\.recorded.offsetMinutes) == [0, 0])
  }

  @Test("A zone in the same file holds wherever it stands, as keys of JSON have no order")
  func zoneBehind() throws {
    let text = """
      {"pain": [{"patient_id": "P1", "recorded_at": "2026-10-01 07:15", "score": 4}],
       "patients": [{"patient_id": "P1", "timezone": "Europe/Berlin"}]}
      """
    #expect(try read(text).batch.pain.map(\.recorded.offsetMinutes) == [120])
  }

  @Test("The patient's own day stands before the timestamp's")
  func ownDay() throws {
    let reading = try read(
      "patient_id,recorded_at,score,local_day\nP1,2026-10-02T01:00Z,4,2026-10-01\n"
        + "P1,2026-10-02,4,2026-10-01\nP1,,4,2026-10-01\nP1,2026-10-02T01:00Z,4,\n")
    #expect(
      reading.batch.pain.map(\.recorded.day.description) == [
        "2026-10-01", "2026-10-01", "2026-10-01", "2026-10-02",
      ])
    #expect(
      reading.batch.pain.map { $0.recorded.milliseconds == nil } == [false, true, true, false])
  }

  @Test("Rows without a person are the given one's, the others their own")
  func givenPatient() throws {
    let reading = try read(header + "P1,2026-10-01,4\n,2026-10-01,5\nNA,2026-10-01,6\n") {
      $0.patient = "Mu\u{308}ller"
    }
    let names = reading.batch.pain.map { Array(reading.batch.names[$0.patient].unicodeScalars) }
    let given = Array("M\u{FC}ller".unicodeScalars)
    #expect(names == [Array("P1".unicodeScalars), given, given])
  }

  @Test("A file without a column of people is the given one's, and without one refused as a whole")
  func noPatientColumn() throws {
    let text = "recorded_at,score\n2026-10-01,4\n2026-10-02,5\n"
    let given = try read(text) { $0.patient = "P1" }
    #expect(given.batch.pain.map { given.batch.names[$0.patient] } == ["P1", "P1"])
    #expect(throws: IngestError.noPatient) { try read(text) }
  }

  @Test(
    "The encoding makes no difference",
    arguments: ["utf-8", "utf-8 with mark", "utf-16le", "utf-16be"])
  func encodings(encoding: String) throws {
    let text = "patient_id,started_at,exercise,notes\nP1,2026-10-01,Hüftöffner,😀 fine\n"
    let bytes =
      switch encoding {
      case "utf-16le": utf16(text)
      case "utf-16be": utf16(text, bigEndian: true)
      case "utf-8": Array(text.utf8)
      default: Array("\u{FEFF}\(text)".utf8)
      }
    let reading = try Reading(MemorySource(bytes), options())
    #expect(reading.facts == (try read(text).facts))
    #expect(reading.batch.sets.map { reading.text($0.notes) } == ["😀 fine"])
  }

  @Test("A lone surrogate costs its own row")
  func loneSurrogate() throws {
    var bytes = utf16(header + "P1,2026-10-01,4\nP")
    bytes += [0x00, 0xD8] + utf16(",2026-10-01,5\nP2,2026-10-01,6\n", mark: false)
    let reading = try Reading(MemorySource(bytes), options())
    #expect(reading.batch.rejections.map(\.reason) == [.badEncoding])
    #expect(reading.batch.rejections.map(\.position.line) == [3])
    #expect(reading.batch.pain.map(\.score) == [4, 6])
  }

  @Test("UTF-16 without a mark is no text")
  func unmarkedUTF16() {
    #expect(throws: IngestError.notText(offset: 1)) {
      try Reading(MemorySource(utf16(header, mark: false)), options())
    }
  }

  @Test("Windows-1252 is read where a profile says so, and where it alone gives words")
  func windows1252() throws {
    var layout = Layout(
      kind: .pain,
      fields: [
        .patientID: .column("patient_id"), .recordedAt: .column("recorded_at"),
        .score: .column("score"),
      ])
    layout.encoding = .windows1252
    let profile = Profile(name: "western", about: "", layouts: [layout])
    let bytes = Array((header + "M").utf8) + [0xFC] + Array("ller,2026-10-01,4\n".utf8)
    func reading(chosen: Bool) throws -> Reading {
      try Reading(
        MemorySource(bytes), options { ($0.profiles, $0.profileIsChosen) = ([profile], chosen) })
    }
    let chosen = try reading(chosen: true)
    #expect(chosen.batch.pain.map { chosen.batch.names[$0.patient] } == ["Müller"])
    let found = try reading(chosen: false)
    #expect(found.batch.pain.map { found.batch.names[$0.patient] } == ["Müller"])
    #expect(found.summary.foundEncoding == .windows1252 && chosen.summary.foundEncoding == nil)
  }

  @Test(
    "What gives no words in Windows-1252, or stands beside UTF-8, is refused row by row",
    arguments: [
      [0x4D, 0x9F, 0x6C], [0x4D, 0x81, 0x6C], [0xFC, 0x20, 0xC3, 0xA4], [0x61, 0xDC, 0x62], [0xFF],
    ] as [[UInt8]])
  func noWords(name: [UInt8]) throws {
    let bytes = Array(header.utf8) + name + Array(",2026-10-01,4\nP,2026-10-01,4\n".utf8)
    let reading = try Reading(MemorySource(bytes), options())
    #expect(reading.batch.rejections.map(\.reason) == [.badEncoding])
    #expect(reading.batch.pain.count == 1 && reading.summary.foundEncoding == nil)
  }

  @Test("Packed files and workbooks are named", arguments: ["\u{1F}", "PK\u{3}\u{4}"])
  func packed(start: String) {
    let bytes = start == "\u{1F}" ? [0x1F, 0x8B, 8, 0] : Array(start.utf8)
    #expect(throws: IngestError.self) { try Reading(MemorySource(bytes), options()) }
  }

  @Test("Batches hold as many rows as told, refused and left-out ones among them")
  func batches() throws {
    let rows = (1...25).map { $0 % 5 == 0 ? "P1,bad,4\n" : "P\($0),2026-10-01,4\n" } + [",,\n"]
    var sizes: [[Int]] = []
    var lines: [Int64] = []
    let summary = try readRecords(
      from: MemorySource(Array((header + rows.joined()).utf8)),
      options: options { $0.batchRows = 10 }
    ) { batch in
      sizes.append([batch.read, batch.pain.count, batch.rejections.count, batch.leftOut.count])
      lines += batch.pain.map(\.position.line) + batch.rejections.map(\.position.line)
    }
    #expect(sizes == [[10, 8, 2, 0], [10, 8, 2, 0], [6, 4, 1, 1]])
    #expect(Set(lines).count == 25 && summary.kinds == [.pain])
  }

  @Test("Batches may begin small and grow to their full size, in tables and in JSON")
  func growingBatches() throws {
    let rows = (0..<30).map { "P\($0),2026-10-01,4\n" }.joined()
    let lines = (0..<30).map {
      #"{"patient_id":"P\#($0)","recorded_at":"2026-10-01","score":4}"# + "\n"
    }.joined()
    for text in [header + rows, lines] {
      var sizes: [Int] = []
      _ = try readRecords(
        from: MemorySource(Array(text.utf8)),
        options: options { ($0.batchRows, $0.firstBatchRows) = (10, 3) }
      ) { sizes.append($0.pain.count) }
      #expect(sizes == [3, 6, 10, 10, 1])
    }
  }

  @Test("In a long file batches grow to a 32nd of the rows before them, at most fourfold")
  func longFile() throws {
    let rows = (0..<1_000).map { "P\($0),2026-10-01,4\n" }.joined()
    var sizes: [Int] = []
    _ = try readRecords(
      from: MemorySource(Array((header + rows).utf8)), options: options { $0.batchRows = 5 }
    ) { sizes.append($0.pain.count) }
    #expect(sizes.reduce(0, +) == 1_000)
    var before = 0
    for size in sizes.dropLast() {
      #expect(size == max(5, min(before / 32, 20)))
      before += size
    }
    #expect(sizes.contains(20))
  }

  @Test("Names mean the same in every batch of a file")
  func namesOverBatches() throws {
    let rows = (0..<30).map { "P\($0 % 3),2026-10-01,4\n" }.joined()
    var seen: [NameID] = []
    _ = try readRecords(
      from: MemorySource(Array((header + rows).utf8)), options: options { $0.batchRows = 4 }
    ) { seen += $0.pain.map(\.patient) }
    #expect(seen.count == 30 && Set(seen).count == 3)
  }

  @Test("Refused lines of NDJSON are handed on in batches as well")
  func batchesOfRefusals() throws {
    let text = "{\"a\": 1,}\n{\"b\": 1,}\n" + String(repeating: "nonsense\n", count: 20)
    var sizes: [Int] = []
    _ = try readRecords(
      from: MemorySource(Array(text.utf8)), options: options { $0.batchRows = 5 }
    ) { sizes.append($0.rejections.count) }
    #expect(sizes.reduce(0, +) == 22)
    #expect(sizes.allSatisfy { $0 <= 5 })
  }

  @Test("What the taker of batches throws ends the reading")
  func takerThrows() {
    struct Full: Error {}
    #expect(throws: Full.self) {
      try readRecords(
        from: MemorySource(Array((header + "P1,2026-10-01,4\n").utf8)), options: options()
      ) { _ in throw Full() }
    }
  }

  @Test("A device that fails in the middle ends the reading")
  func failingDevice() {
    #expect(throws: FailingSource.Failure.self) {
      try Reading(FailingSource(after: Array((header + "P1,2026").utf8)), options())
    }
  }

  @Test("The same rows in CSV, JSON and NDJSON have the same digests")
  func sameInEveryFormat() throws {
    let csv = try read(
      "patient_id,started_at,exercise,sets,completed,notes\n"
        + "P1,2026-10-01T07:15:00+02:00,Cat-cow,3,yes,\"a \"\"b\"\"\"\n"
        + "P2,2026-10-02T07:15:00+02:00,Bird dog,2.5,no,\n")
    let objects = [
      #"{"patient_id": "P1", "started_at": "2026-10-01T07:15:00+02:00", "exercise": "Cat-cow", "#
        + #""sets": 3, "completed": true, "notes": "a \"b\""}"#,
      #"{"patient_id": "P2", "started_at": "2026-10-02T07:15:00+02:00", "exercise": "Bird dog", "#
        + #""sets": 2.5, "completed": false, "notes": null}"#,
    ]
    let others = [
      "[\(objects.joined(separator: ","))]", "{\"sessions\": [\(objects.joined(separator: ","))]}",
      objects.joined(separator: "\n"),
    ]
    func digests(_ reading: Reading) -> [UInt64] {
      reading.batch.sets.map { $0.digest(names: reading.batch.names, texts: reading.batch.texts) }
    }
    #expect(csv.batch.sets.count == 2)
    for text in others { #expect(try digests(read(text)) == digests(csv)) }
  }

  @Test("The kind of a table is told by its header, that of JSON is not")
  func kindOfTableByHeader() {
    func kind(_ text: String) -> Kind? {
      kindOfTable(MemorySource(Array(text.utf8)), options: options())
    }
    #expect(kind("patient_id,name,timezone\nP1,Anna,Europe/Berlin\n") == .patients)
    #expect(kind("\u{FEFF}patient_id;recorded_at;score\n") == .pain)
    #expect(kind("a,b\n") == nil)
    #expect(kind("") == nil)
    #expect(kind("{\"patients\": []}") == nil)
    #expect(kind("[{\"patient_id\": \"P1\", \"recorded_at\": \"2026-10-01\"}]") == nil)
  }

  /// Bytes of good files, changed at random: whatever they have become, rows add up, and reading
  /// them a few bytes at a time makes no difference.
  @Test("Rows add up in any damaged file, however its bytes arrive", arguments: 1...12)
  func damaged(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let files = [
      header + "P1,2026-10-01,4\n\"P2\",2026-10-02T07:15Z,\"5\"\nÄrzte,2026-10-03,6\n,,\n",
      "patient_id;started_at;exercise;notes\r\nP1;2026-10-01 07:15;Cat-cow;\"a \"\"b\"\"\r\nc\"\r\n"
        + "P1;2026-10-02;Bird dog;\r\n",
      "{\"patient_id\": \"P1\", \"recorded_at\": \"2026-10-01\", \"score\": 4}\n"
        + "{\"patient_id\": \"P1\", \"recorded_at\": \"2026-10-02\", \"score\": 5.5}\n"
        + "{\"patient_id\": \"P\\u00e9\", \"recorded_at\": \"2026-10-03\", \"score\": null}\n",
      "{\"sessions\": [{\"patient_id\": \"P1\", \"started_at\": \"2026-10-01\", \"exercises\": ["
        + "{\"exercise\": \"Cat-cow\", \"sets\": 3}, {\"exercise\": \"é\", \"notes\": \"x\"}]}],\n"
        + " \"days\": [{\"patient_id\": \"P1\", \"date\": \"2026-10-01\", \"status\": \"rest\"}]}\n",
    ]
    let alphabet = Array("\",;|\n\r\t{}[]:\\019-eéP \u{A0}".utf8) + [0xFF, 0xC3, 0x80]
    for round in 0..<120 {
      var bytes = Array(generator.pick(files).utf8)
      for _ in 0..<generator.below(4) + 1 {
        let index = generator.below(bytes.count)
        switch generator.below(4) {
        case 0: bytes[index] = generator.pick(alphabet)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(generator.pick(alphabet), at: index)
        default: bytes.removeSubrange(index..<min(bytes.count, index + generator.below(20)))
        }
        if bytes.isEmpty { bytes = [0x61] }
      }
      let whole = Result { try Reading(MemorySource(bytes), options()) }
      let dripped = Result { try Reading(DrippingSource(bytes, seed: UInt64(round)), options()) }
      let shown = String(decoding: bytes, as: UTF8.self).debugDescription
      switch (whole, dripped) {
      case (.success(let whole), .success(let dripped)):
        #expect(whole.addsUp, "\(shown)")
        #expect(whole.facts == dripped.facts && whole.summary == dripped.summary, "\(shown)")
      case (.failure(let whole), .failure(let dripped)):
        #expect(whole is IngestError && "\(whole)" == "\(dripped)", "\(shown)")
      default: Issue.record("read in one way and not in the other: \(shown)")
      }
    }
  }
}
