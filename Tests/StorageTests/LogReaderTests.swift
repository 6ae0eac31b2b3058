import Records
import TestSupport
import Testing

@testable import Storage

extension Store {
  /// All that is held of a patient, who must be there.
  fileprivate func log(_ code: String) throws -> PatientLog {
    try #require(try readLogs { try $0.log(of: code) })
  }
}

extension PatientLog {
  fileprivate func words(_ range: TextRange?) -> String? { range.map { texts[$0] } }

  /// The fields of a row that say something, in words; a field that is added shows up here.
  fileprivate func fields(_ row: (any Records.Row)?) -> [String: String] {
    guard let row else { return [:] }
    var fields: [String: String] = [:]
    for case (let label?, let value) in Mirror(reflecting: row).children {
      let inner = Mirror(reflecting: value)
      let content: Any? = inner.displayStyle == .optional ? inner.children.first?.value : value
      switch content {
      case let name as NameID: fields[label] = names[name]
      case let range as TextRange: fields[label] = texts[range]
      case let code as any Code: fields[label] = code.word
      case let position as SourcePosition:
        fields[label] = "\(sources[position.file]?.name ?? "no file"):\(position.line)"
      case let moment as Timestamp:
        fields[label] = "\(moment.day) \(moment.milliseconds ?? 0) \(moment.offsetMinutes)"
      case let other?: fields[label] = "\(other)"
      case nil: break
      }
    }
    return fields
  }
}

@Suite("LogReader, fields")
struct LogReaderFieldTests {
  @Test("A set comes back with every field")
  func exerciseSet() throws {
    try withStore { store in
      try store.importSheet("a.csv") { sheet in
        sheet.set("Zoë", "2026-03-02", "Rückenstrecker", notes: "ok", as: ("früh", 7)) {
          $0.started = Timestamp(
            day: day("2026-03-02"), milliseconds: 1_772_434_800_123, offsetMinutes: -570)
          $0.component = .strengthening
          $0.side = .right
          $0.sets = 3
          $0.reps = 12.5
          $0.holdSeconds = 0.1
          $0.minutes = 83.08333333333333
          $0.rpe = 6
          $0.completed = false
          $0.loadKilograms = 20.41165665
          $0.angleDegrees = 30
          $0.painBefore = 4
          $0.painAfter = 2.5
        }
      }
      let log = try store.log("Zoë")
      #expect(
        log.sets.map(log.fields) == [
          [
            "patient": "Zoë", "started": "2026-03-02 1772434800123 -570",
            "exercise": "Rückenstrecker", "component": "strengthening", "side": "right",
            "sets": "3.0", "reps": "12.5", "holdSeconds": "0.1", "minutes": "83.08333333333333",
            "rpe": "6.0", "completed": "false", "loadKilograms": "20.41165665",
            "angleDegrees": "30.0", "painBefore": "4.0", "painAfter": "2.5", "session": "früh",
            "order": "7", "notes": "ok", "position": "a.csv:2",
          ]
        ])
    }
  }

  @Test("A pain entry comes back with every field")
  func painEntry() throws {
    try withStore { store in
      try store.importSheet("a.csv") { sheet in
        sheet.pain("anna", "1969-12-31", 6.5, notes: "beim Bücken") {
          $0.recorded = Timestamp(day: day("1969-12-31"), milliseconds: -1, offsetMinutes: 840)
          $0.kind = .worst
          $0.location = sheet.name("Gesäß")
          $0.scale = sheet.name("VAS 0-100")
          $0.flare = true
        }
      }
      let log = try store.log("anna")
      #expect(
        log.pain.map(log.fields) == [
          [
            "patient": "anna", "recorded": "1969-12-31 -1 840", "score": "6.5", "kind": "worst",
            "location": "Gesäß", "scale": "VAS 0-100", "flare": "true", "notes": "beim Bücken",
            "position": "a.csv:2",
          ]
        ])
    }
  }

  @Test("A measurement comes back with every field")
  func measurement() throws {
    try withStore { store in
      try store.importSheet("a.csv") { sheet in
        sheet.measure("anna", "2026-03-02", "straight_leg_raise", -12.75) {
          $0.unit = sheet.name("°")
          $0.side = .left
          $0.rater = sheet.name("Dr. Ødegård")
          $0.device = sheet.name("goniometer")
          $0.trial = 3
          $0.convention = sheet.name("deficit")
        }
      }
      let log = try store.log("anna")
      #expect(
        log.measurements.map(log.fields) == [
          [
            "patient": "anna", "day": "2026-03-02", "measure": "straight_leg_raise",
            "value": "-12.75", "unit": "°", "side": "left", "rater": "Dr. Ødegård",
            "device": "goniometer", "trial": "3", "convention": "deficit", "position": "a.csv:2",
          ]
        ])
    }
  }

  @Test("A programme line comes back with every field")
  func programLine() throws {
    try withStore { store in
      try store.importSheet("a.csv") { sheet in
        sheet.program("anna", "inversion table", perWeek: 3.5, .inversion) {
          $0.weekdays = 0b100_0101
          $0.sets = 2
          $0.reps = 8
          $0.holdSeconds = 45
          $0.minutes = 5
          $0.angleDegrees = 60
          $0.side = .left
          $0.startOn = day("2026-03-02")
          $0.endOn = day("2026-04-30")
        }
      }
      let log = try store.log("anna")
      #expect(
        log.program.map(log.fields) == [
          [
            "patient": "anna", "exercise": "inversion table", "component": "inversion",
            "sessionsPerWeek": "3.5", "weekdays": "69", "sets": "2.0", "reps": "8.0",
            "holdSeconds": "45.0", "minutes": "5.0", "angleDegrees": "60.0", "side": "left",
            "startOn": "2026-03-02", "endOn": "2026-04-30", "position": "a.csv:2",
          ]
        ])
    }
  }

  @Test("A day's status and a questionnaire come back with every field")
  func daysAndQuestionnaires() throws {
    try withStore { store in
      try store.importSheet("a.csv") { sheet in
        sheet.status("anna", "2026-03-02", .bedRest, hours: 14.5, reason: "Grippe, 39,5 °C")
        sheet.answers("anna", "2026-03-03", .rmdq, score: 11, items: "1 0 1 1")
      }
      let log = try store.log("anna")
      #expect(
        log.days.map(log.fields) == [
          [
            "patient": "anna", "day": "2026-03-02", "status": "bed-rest", "hours": "14.5",
            "reason": "Grippe, 39,5 °C", "position": "a.csv:2",
          ]
        ])
      #expect(
        log.questionnaires.map(log.fields) == [
          [
            "patient": "anna", "day": "2026-03-03", "instrument": "rmdq", "score": "11.0",
            "items": "1 0 1 1", "position": "a.csv:3",
          ]
        ])
    }
  }

  @Test("A person comes back with name, zone and language")
  func person() throws {
    try withStore { store in
      try store.importSheet {
        $0.person("Zoë", name: "Zoë Müller", zone: "Europe/Zurich", sex: "f", language: "de")
        $0.person("anna")
      }
      let zoe = try store.log("Zoë")
      #expect(
        [zoe.code, zoe.name, zoe.zone, zoe.language]
          == ["Zoë", "Zoë Müller", "Europe/Zurich", "de"])
      let anna = try store.log("anna")
      #expect([anna.name, anna.zone, anna.language] == [nil, nil, nil])
    }
  }

  @Test("What a row does not say stays unsaid")
  func missingFields() throws {
    try withStore { store in
      try store.importSheet("a.csv") { sheet in
        sheet.set("anna", "2026-03-02", "plank")
        sheet.pain("anna", "2026-03-02", 0)
        sheet.measure("anna", "2026-03-02", "reach", 0)
        sheet.program("anna", "plank", perWeek: nil)
        sheet.status("anna", "2026-03-02", .rest)
        sheet.answers("anna", "2026-03-02", .odi)
      }
      let log = try store.log("anna")
      let date = "2026-03-02"
      #expect(
        log.fields(log.sets.first) == [
          "patient": "anna", "started": "\(date) 0 0", "exercise": "plank", "position": "a.csv:2",
        ])
      #expect(log.sets.first?.started.milliseconds == nil)
      #expect(
        log.fields(log.pain.first) == [
          "patient": "anna", "recorded": "\(date) 0 0", "score": "0.0", "position": "a.csv:3",
        ])
      #expect(log.pain.first?.recorded.milliseconds == nil)
      #expect(
        log.fields(log.measurements.first) == [
          "patient": "anna", "day": date, "measure": "reach", "value": "0.0",
          "position": "a.csv:4",
        ])
      #expect(
        log.fields(log.program.first) == [
          "patient": "anna", "exercise": "plank", "component": "mobility", "weekdays": "0",
          "position": "a.csv:5",
        ])
      #expect(
        log.fields(log.days.first) == [
          "patient": "anna", "day": date, "status": "rest", "position": "a.csv:6",
        ])
      #expect(
        log.fields(log.questionnaires.first) == [
          "patient": "anna", "day": date, "instrument": "odi", "position": "a.csv:7",
        ])
    }
  }

  @Test("False is told from unsaid", arguments: [true, false, nil] as [Bool?])
  func threeValued(value: Bool?) throws {
    try withStore { store in
      try store.importSheet { sheet in
        sheet.set("anna", "2026-03-02", "plank") { $0.completed = value }
        sheet.pain("anna", "2026-03-02", 4) { $0.flare = value }
      }
      let log = try store.log("anna")
      #expect(log.sets.map(\.completed) == [value])
      #expect(log.pain.map(\.flare) == [value])
    }
  }

  @Test("Every word of the vocabularies comes back")
  func vocabularies() throws {
    try withStore { store in
      try store.importSheet { sheet in
        for component in Component.allCases {
          sheet.set("anna", "2026-03-02", component.word) { $0.component = component }
          sheet.program("anna", component.word, perWeek: 1, component)
        }
        for kind in PainKind.allCases {
          sheet.pain("anna", "2026-03-02", 4, notes: kind.word) { $0.kind = kind }
        }
        for (number, status) in DayStatus.allCases.enumerated() {
          sheet.status("anna", "2026-03-0\(number + 1)", status, reason: status.word)
        }
        for instrument in Instrument.allCases {
          sheet.answers("anna", "2026-03-02", instrument, items: instrument.word)
        }
      }
      let log = try store.log("anna")
      #expect(log.sets.map { $0.component?.word } == log.sets.map { log.names[$0.exercise] })
      #expect(log.program.map(\.component) == Component.allCases)
      #expect(log.program.map { log.names[$0.exercise] } == Component.words)
      #expect(log.pain.map(\.kind) == PainKind.allCases)
      #expect(log.pain.map { log.words($0.notes) } == PainKind.words)
      #expect(log.days.map(\.status) == DayStatus.allCases)
      #expect(log.days.map { log.words($0.reason) } == DayStatus.words)
      #expect(log.questionnaires.map(\.instrument) == Instrument.allCases)
      #expect(log.questionnaires.map { log.words($0.items) } == Instrument.words)
    }
  }

  @Test(
    "Numbers come back bit for bit",
    arguments: [
      0, 0.1, 0.1 + 0.2, 1e-300, .leastNonzeroMagnitude, 2.25, 1.0 / 3, 9.083333333333332,
      9.999999999999998, 10,
    ])
  func numbers(number: Double) throws {
    try withStore { store in
      try store.importSheet { sheet in
        sheet.set("anna", "2026-03-02", "plank", reps: number) { $0.loadKilograms = -number }
        sheet.pain("anna", "2026-03-02", number)
        sheet.measure("anna", "2026-03-02", "reach", number)
        sheet.program("anna", "plank", perWeek: number)
        sheet.status("anna", "2026-03-02", .rest, hours: number)
        sheet.answers("anna", "2026-03-02", .odi, score: number)
      }
      let log = try store.log("anna")
      let found = [
        log.sets.first?.reps, log.sets.first?.loadKilograms.map { 0 - $0 }, log.pain.first?.score,
        log.measurements.first?.value, log.program.first?.sessionsPerWeek, log.days.first?.hours,
        log.questionnaires.first?.score,
      ]
      #expect(found.map { $0?.bitPattern } == found.map { _ in number.bitPattern })
    }
  }

  // 0 and -0 are one value to the digest, so that which of them came first must not show.
  @Test("Minus zero is kept as zero", arguments: [[0.0, -0.0], [-0.0, 0.0]])
  func minusZero(scores: [Double]) throws {
    try withStore { store in
      let file = try store.importSheet { sheet in
        for score in scores { sheet.pain("anna", "2026-03-02", score) }
      }
      #expect(file.accounts.new == 1)
      #expect(file.accounts.known == 1)
      #expect(try store.log("anna").pain.map(\.score.bitPattern) == [0])
    }
  }

  @Test(
    "Notes come back byte for byte",
    arguments: [
      " ", "line one\nline two\r\n\ttab", "it's \"so\"; DROP TABLE pain_entry; --", "?1 :a @b $c",
      "Zoë 佐藤 Ωμέγα שלום 🧘🏽‍♀️", "e\u{301} \u{E9}", "\u{1}\u{1B}[31m\u{FEFF}\u{202E}\u{10FFFF}",
    ])
  func notes(words: String) throws {
    try withStore { store in
      try store.importSheet { sheet in
        sheet.set("anna", "2026-03-02", "plank", notes: words)
        sheet.pain("anna", "2026-03-02", 4, notes: words)
        sheet.status("anna", "2026-03-02", .rest, reason: words)
        sheet.answers("anna", "2026-03-02", .odi, items: words)
      }
      let log = try store.log("anna")
      let found = [
        log.words(log.sets.first?.notes), log.words(log.pain.first?.notes),
        log.words(log.days.first?.reason), log.words(log.questionnaires.first?.items),
      ]
      for text in found { #expect(text.map { Array($0.utf8) } == Array(words.utf8)) }
    }
  }

  @Test("A note of a megabyte and a name of a page come back whole")
  func longTexts() throws {
    let note = String(repeating: "weh – ", count: 131_072)
    let name = String(repeating: "ö", count: 2_500)
    try withStore { store in
      try store.importSheet { $0.set("anna", "2026-03-02", name, notes: note) }
      let log = try store.log("anna")
      #expect(log.sets.map { log.words($0.notes) == note } == [true])
      #expect(log.sets.map { log.names[$0.exercise] == name } == [true])
    }
  }

  @Test(
    "Names come back byte for byte",
    arguments: [
      "Zoë", "佐藤 花子", "e\u{301}", "\u{E9}", "O'Brien \"Bo\"", "a\nb", "../../etc/passwd",
    ])
  func names(words: String) throws {
    try withStore { store in
      try store.importSheet { sheet in
        sheet.set(words, "2026-03-02", words, as: (words, 1))
        sheet.person(words, name: words)
      }
      #expect(try store.patientCodes().map { Array($0.utf8) } == [Array(words.utf8)])
      let log = try store.log(words)
      let set = try #require(log.sets.first)
      let session = try #require(set.session)
      for text in [log.names[set.patient], log.names[set.exercise], log.names[session], log.name] {
        #expect(text.map { Array($0.utf8) } == Array(words.utf8))
      }
    }
  }
}

@Suite("LogReader, whole patients")
struct LogReaderTests {
  /// One row of each kind.
  private func fill(_ sheet: Sheet, _ date: String, _ number: Int) {
    sheet.set("anna", date, "plank", reps: Double(number))
    sheet.pain("anna", date, Double(number))
    sheet.measure("anna", date, "reach", Double(number))
    sheet.answers("anna", date, .odi, score: Double(number))
    sheet.program("anna", "exercise \(number)", perWeek: Double(number))
    if [2, 4, 5].contains(number) {
      sheet.status("anna", date, .rest, reason: "\(number)")
    }
  }

  @Test("Rows come in the order of days, then of files and lines")
  func order() throws {
    try withStore { store in
      try store.importSheet("first.csv") { sheet in
        for (date, number) in [("2026-03-03", 1), ("2026-03-01", 2), ("2026-03-03", 3)] {
          fill(sheet, date, number)
        }
      }
      try store.importSheet("second.csv") { sheet in
        for (date, number) in [("2026-03-02", 4), ("2026-03-03", 5), ("2026-03-01", 6)] {
          fill(sheet, date, number)
        }
      }
      let log = try store.log("anna")
      let expected = [2.0, 6, 4, 1, 3, 5]
      #expect(log.sets.map(\.reps) == expected)
      #expect(log.pain.map(\.score) == expected)
      #expect(log.measurements.map(\.value) == expected)
      #expect(log.questionnaires.map(\.score) == expected)
      #expect(log.program.map(\.sessionsPerWeek) == [1, 2, 3, 4, 5, 6])
      #expect(log.days.map { log.words($0.reason) } == ["2", "4", "5"])
    }
  }

  @Test("A log holds one patient's rows and names their files, no others")
  func sources() throws {
    try withStore { store in
      try store.importSheet("anna.csv") { sheet in
        sheet.pain("anna", "2026-03-02", 4)
        sheet.refuse(.notANumber)
        sheet.refuse(.notADate)
        sheet.leaveOut("empty row")
      }
      try store.importSheet("berta.csv") { $0.set("berta", "2026-03-02", "plank") }
      try store.importSheet("both.csv") { sheet in
        sheet.program("anna", "plank", perWeek: 3)
        sheet.answers("berta", "2026-03-02", .odi, score: 20)
      }
      let anna = try store.log("anna")
      #expect(anna.pain.count == 1 && anna.sets.isEmpty && anna.questionnaires.isEmpty)
      #expect(
        anna.sources.values.sorted { $0.name < $1.name } == [
          SourceFile(name: "anna.csv", sha256: "sha of anna.csv", refused: 2, leftOut: 1),
          SourceFile(name: "both.csv", sha256: "sha of both.csv"),
        ])
      #expect(
        anna.program.map { anna.sources[$0.position.file]?.name } == ["both.csv"])
      let berta = try store.log("berta")
      #expect(berta.sources.values.map(\.name).sorted() == ["berta.csv", "both.csv"])
    }
  }

  @Test("A changed row names the file that changed it")
  func changedSource() throws {
    try withStore { store in
      for (name, reps) in [("old.csv", 10.0), ("new.csv", 12)] {
        try store.importSheet(name) {
          $0.set("anna", "2026-03-02", "plank", reps: reps, as: ("s1", 1))
        }
      }
      let log = try store.log("anna")
      #expect(log.sets.map(\.reps) == [12])
      #expect(log.sources.values.map(\.name) == ["new.csv"])
    }
  }

  @Test("One reader reads patients one after another, each with its own words")
  func manyPatients() throws {
    try withStore { store in
      let codes = (1...30).map { "patient \($0 + 10)" }
      try store.importSheet { sheet in
        for code in codes {
          sheet.set(code, "2026-03-02", "exercise of \(code)", notes: "note of \(code)")
          sheet.pain(code, "2026-03-02", 4) { $0.location = sheet.name("back of \(code)") }
        }
      }
      let logs = try store.readLogs { reader in try codes.map { try reader.log(of: $0) } }
      for (code, log) in zip(codes, logs) {
        let log = try #require(log)
        #expect(log.sets.map { log.names[$0.exercise] } == ["exercise of \(code)"])
        #expect(log.sets.map { log.words($0.notes) } == ["note of \(code)"])
        #expect(log.pain.map { log.fields($0)["location"] } == ["back of \(code)"])
      }
    }
  }

  @Test(
    "Patients read together are the same as one by one, in any order and with gaps between them")
  func together() throws {
    try withStore { store in
      let codes = (1...9).map { "p\($0)" }
      try store.importSheet { sheet in
        for (number, code) in codes.enumerated() where number != 4 {
          for day in 1...number + 1 {
            sheet.set(code, "2026-03-0\(day)", "plank of \(code)", notes: "\(day)")
            if day % 3 == number % 3 { sheet.pain(code, "2025-12-0\(day)", Double(day)) }
          }
          sheet.measure(code, "1969-12-31", "reach", Double(number))
          sheet.answers(code, "2026-03-0\(number + 1)", .odi, score: Double(number))
          sheet.status(code, "2026-03-01", .rest)
          sheet.program(code, "plank of \(code)", perWeek: 3)
        }
        sheet.person(codes[4])
      }
      for chosen in [
        [0, 1, 2, 3, 4, 5, 6, 7, 8], [8, 2, 3, 0], [5], [4], [7, 6, 5], [], [1, 6], [3, 3, 0, 3],
      ] {
        let chosen = chosen.map { codes[$0] } + ["nobody"]
        let (alone, together) = try store.readLogs { reader in
          (try chosen.map { try reader.log(of: $0) }, try reader.logs(of: chosen))
        }
        #expect(together.map { $0?.code } == chosen.dropLast() + [nil])
        for (alone, together) in zip(alone, together) {
          #expect(together.map(everything) == alone.map(everything))
        }
      }
    }
  }

  @Test("People far apart are read as those side by side are", arguments: [1, 31, 32, 33, 70])
  func farApart(step: Int) throws {
    try withStore { store in
      let codes = (0..<150).map { "p\($0)" }
      try store.importSheet { sheet in
        for date in ["2026-03-02", "2026-03-03", "2026-04-01"] {
          for code in codes { sheet.set(code, date, "plank of \(code)") }
        }
      }
      let chosen = stride(from: 3, to: 150, by: step).map { codes[$0] }
      let logs = try store.readLogs { try $0.logs(of: chosen.reversed()) }
      for (code, log) in zip(chosen.reversed(), logs) {
        #expect(log?.code == code && log?.sets.count == 3)
        #expect(log?.sets.allSatisfy { log?.names[$0.exercise] == "plank of \(code)" } == true)
      }
    }
  }

  @Test(
    "Behind a past only the rows from its day on are read, of each kind and person by their own")
  func behindPasts() throws {
    try withStore { store in
      var random = SeededGenerator(seed: 5)
      let codes = (1...6).map { "p\($0)" }
      try store.importSheet { sheet in
        for _ in 0..<400 {
          let date = "2026-0\(1 + random.below(6))-\(10 + random.below(9))"
          let code = random.pick(codes)
          switch random.below(5) {
          case 0: sheet.set(code, date, "plank")
          case 1: sheet.pain(code, date, 4)
          case 2: sheet.measure(code, date, "reach", Double(random.below(9)))
          case 3: sheet.answers(code, date, .odi, score: 3)
          default: sheet.status(code, date, .rest)
          }
        }
        sheet.program("p1", "plank", perWeek: 3)
      }
      let pasts = codes.map { ($0, Past(before: day("2026-0\(1 + random.below(6))-14"))) }
      try store.queue.read { database in
        let reader = try LogReader(database)
        let behind = try reader.logs(behind: pasts + [("nobody", pasts[0].1)])
        let whole = try reader.logs(of: codes)
        #expect(behind.count == 7 && behind[6]?.code == nil)
        for ((_, past), (behind, whole)) in zip(pasts, zip(behind, whole)) {
          var expected = try #require(whole)
          #expect(expected.past == nil)
          expected = expected.behind(past)
          #expect(behind?.past == past)
          #expect(behind.map(everything) == everything(expected))
        }
      }
    }
  }

  /// All rows of a log in words.
  private func everything(_ log: PatientLog) -> [String] {
    log.sets.map { "\($0.started) \(log.names[$0.exercise]) \(log.words($0.notes) ?? "-")" }
      + log.pain.map { "\($0.recorded) \($0.score)" }
      + log.measurements.map { "\($0.day) \(log.names[$0.measure]) \($0.value)" }
      + log.questionnaires.map { "\($0.day) \($0.score ?? -1)" }
      + log.days.map { "\($0.day) \($0.status)" }
      + log.program.map { "\(log.names[$0.exercise]) \($0.sessionsPerWeek ?? -1)" }
  }

  @Test("There is no log of a patient who is not there", arguments: ["", "ANNA", "anna ", "carl"])
  func unknownPatient(code: String) throws {
    try withStore { store in
      try store.importSheet { $0.pain("anna", "2026-03-02", 4) }
      let log = try store.readLogs { try $0.log(of: code) }
      #expect(log?.code == nil)
    }
  }

  @Test("People are listed by the bytes of their codes")
  func codes() throws {
    try withStore { store in
      #expect(try store.patientCodes() == [])
      let codes = ["p10", "p2", "Zoë", "anna", "Ödegård", "P2"]
      try store.importSheet { sheet in for code in codes { sheet.person(code) } }
      #expect(try store.patientCodes() == ["P2", "Zoë", "anna", "p10", "p2", "Ödegård"])
    }
  }

  @Test("The last day is that of any dated record, and of no other")
  func lastDay() throws {
    let fills: [(Sheet, String) -> Void] = [
      { $0.set("anna", $1, "plank") }, { $0.pain("anna", $1, 4) },
      { $0.measure("anna", $1, "reach", 12) }, { $0.status("anna", $1, .rest) },
      { $0.answers("anna", $1, .odi, score: 20) },
    ]
    for fill in fills {
      try withStore { store in
        #expect(try store.lastDay() == nil)
        try store.importSheet("people") { sheet in
          sheet.person("anna")
          sheet.program("anna", "plank", perWeek: 3) { $0.endOn = day("2030-01-01") }
        }
        #expect(try store.lastDay() == nil)
        try store.importSheet("old") { fill($0, "1960-05-01") }
        #expect(try store.lastDay() == day("1960-05-01"))
        try store.importSheet("new") { sheet in
          fill(sheet, "2026-03-02")
          fill(sheet, "2026-02-28")
        }
        #expect(try store.lastDay() == day("2026-03-02"))
      }
    }
  }
}
