import Configuration
import Ingest
import Records
import Testing

private func profile(_ text: String) throws -> Profile {
  try readProfile(text, file: "clinic.toml")
}

/// The one layout of a profile of pain entries with some lines more.
private func pain(_ lines: String) throws -> Layout {
  let profile = try profile("kind = \"pain\"\n\(lines)")
  return try #require(profile.layouts.first)
}

@Suite("Reading profiles")
struct ProfileReadingTests {
  @Test("Records of a wide row have columns and constants of their own")
  func pivots() throws {
    let layout = try pain(
      """
      [columns]
      patient_id = "who"
      recorded_at = "on"
      [[pivot]]
      columns = { score = "am" }
      constants = { kind = "now" }
      [[pivot]]
      columns = { score = "pm", recorded_at = { year = "y", month = "m", day = "d" } }
      """)
    #expect(layout.pivots.map(\.columns) == [["am"], ["y", "m", "d", "pm"]])
    #expect(layout.pivots[0].fields[.kind] == .constant("now"))
    #expect(layout.columns == ["who", "on", "am", "y", "m", "d", "pm"])
    #expect(throws: ConfigurationError.self) { try pain("[[pivot]]\ncolumn = \"am\"") }
    #expect(throws: ConfigurationError.self) {
      try pain("[[pivot]]\ncolumns = { minutes = \"am\" }")
    }
  }

  @Test("What rows of exercises mean beside their columns, and the id of a row")
  func meanings() throws {
    let layout = try #require(
      try profile(
        """
        kind = "sessions"
        id = ["Activity ID", "ID"]
        excused = ["SKIP"]
        amounts = "thousandths"
        exercises = "known"
        cardio_time = "minutes"
        weights = "ask"
        [columns]
        started_at = "Date"
        [rest]
        name = "exercise"
        value = "minutes"
        ending = " (ms)"
        """
      ).layouts.first)
    #expect(layout.id == ["Activity ID", "ID"] && layout.excused == ["SKIP"])
    #expect(layout.amounts == .thousandths && layout.onlyExercises)
    #expect(layout.cardioTime && layout.asksUnit)
    #expect(layout.rest == .init(name: .exercise, value: .minutes, suffix: " (ms)"))
    let plain = try pain("id = \"row\"")
    #expect(plain.id == ["row"] && plain.amounts == nil && !plain.onlyExercises)
    for line in ["amounts = \"counts\"", "weights = \"ask\"", "exercises = \"some\""] {
      #expect(throws: ConfigurationError.self) { try pain(line) }
    }
  }

  @Test("A profile of a format says what exercises are, and nothing of columns")
  func format() throws {
    let found = try profile("format = \"daylio\"\n[components]\nGarden = \"aerobic\"")
    #expect(found.format == "daylio" && found.components == ["Garden": .aerobic])
    #expect(found.layouts.isEmpty && found.weightUnit == nil)
    let weights = try profile("format = \"jefit\"\nunits = { load_kg = \"lbs\" }")
    #expect(weights.weightUnit == .lb)
    #expect(throws: ConfigurationError.self) { try profile("format = \"paper\"") }
    #expect(throws: ConfigurationError.self) { try profile("format = \"daylio\"\nkind = \"pain\"") }
  }

  @Test("A profile sets every part of a layout")
  func everyKey() throws {
    let found = try profile(
      """
      name = "clinic"
      about = "the clinic's own export"
      kind = "sessions"
      skip_lines = 2
      fill_down = ["Tag", "Monat"]
      missing = ["?", "k. A."]
      equal_rows = "once"
      date_order = "dmy"
      timezone = "Europe/Berlin"
      decimal = ","
      encoding = "windows-1252"
      delimiter = ";"

      [columns]
      patient_id = "Wer"
      started_at = { year = "Jahr", month = "Monat", day = "Tag", time = "Uhrzeit" }
      exercise = "Übung"
      local_day = { year = "J", month = "M", day = "T" }

      [constants]
      component = "aerobic"
      notes = ""

      [[leave_out]]
      column = "Status"
      equals = "abgesagt"
      reason = "called off"

      [[leave_out]]
      column = "Wer"
      equals = "Test"
      """)
    var layout = Layout(
      kind: .sessions,
      fields: [
        .patientID: .column("Wer"),
        .startedAt: .date(year: "Jahr", month: "Monat", day: "Tag", time: "Uhrzeit"),
        .exercise: .column("Übung"),
        .localDay: .date(year: "J", month: "M", day: "T", time: nil),
        .component: .constant("aerobic"), .notes: .constant(""),
      ])
    layout.skippedLines = 2
    layout.filledDown = ["Tag", "Monat"]
    layout.missing = ["?", "k. A."]
    layout.keepsEqualRows = false
    layout.dateOrder = .dmy
    layout.timezone = "Europe/Berlin"
    layout.decimalMark = UInt8(ascii: ",")
    layout.encoding = .windows1252
    layout.delimiter = UInt8(ascii: ";")
    layout.exclusions = [
      .init(column: "Status", equals: "abgesagt", reason: "called off"),
      .init(column: "Wer", equals: "Test", reason: "Test"),
    ]
    #expect(
      found == Profile(name: "clinic", about: "the clinic's own export", layouts: [layout]))
  }

  @Test("What a profile does not say stays at its default")
  func defaults() throws {
    let found = try profile("kind = \"pain\"\n[columns]\nscore = \"S\"\nrecorded_at = \"D\"")
    let layout = Layout(
      kind: .pain, fields: [.score: .column("S"), .recordedAt: .column("D")])
    #expect(found == Profile(name: "clinic.toml", about: "", layouts: [layout]))
    #expect(layout.decimalMark == nil)
    #expect(layout.keepsEqualRows == nil)
  }

  @Test("A profile of several layouts keeps their order and their own keys")
  func severalLayouts() throws {
    let found = try profile(
      """
      name = "two"
      [[layout]]
      kind = "pain"
      skip_lines = 1
      columns = { score = "S", recorded_at = "D" }
      [[layout.leave_out]]
      column = "S"
      equals = "x"
      [[layout]]
      kind = "days"
      [layout.columns]
      date = "D"
      [layout.constants]
      status = "sick"
      """)
    #expect(found.name == "two")
    #expect(found.layouts.map(\.kind) == [.pain, .days])
    #expect(found.layouts.map(\.skippedLines) == [1, 0])
    #expect(found.layouts.map(\.exclusions.count) == [1, 0])
    #expect(found.layouts[1].fields == [.date: .column("D"), .status: .constant("sick")])
  }

  @Test("Every kind can be named", arguments: Kind.allCases)
  func kinds(kind: Kind) throws {
    #expect(try profile("kind = \"\(kind.rawValue)\"").layouts.map(\.kind) == [kind])
  }

  @Test("Every field of a kind can be given, under its own name", arguments: Kind.allCases)
  func fields(kind: Kind) throws {
    let fields = kind.fields.fields
    let lines = fields.map { "\($0.name) = \"column of \($0.name)\"" }
    let found = try profile(
      "kind = \"\(kind.rawValue)\"\n[columns]\n" + lines.joined(separator: "\n"))
    #expect(found.layouts[0].fields.count == fields.count)
    for field in fields {
      #expect(found.layouts[0].fields[field] == .column("column of \(field.name)"))
    }
  }

  @Test("A field may be given under a synonym, in any case and with spaces")
  func synonyms() throws {
    let layout = try pain("[columns]\nPerson = \"a\"\nNRS = \"b\"\n\"Recorded At\" = \"c\"")
    #expect(
      layout.fields == [
        .patientID: .column("a"), .score: .column("b"), .recordedAt: .column("c"),
      ])
  }

  @Test("Units and components are read, wrong ones are refused in words")
  func unitsAndComponents() throws {
    let read = try readProfile(
      """
      kind = "sessions"
      [columns]
      minutes = "time"
      [units]
      minutes = "s"
      hold = "min"
      [components]
      "My stretch" = "glute-stretch"
      """, file: "own.toml")
    #expect(read.layouts[0].units == [.minutes: "s", .holdSeconds: "min"])
    #expect(read.layouts[0].components == ["My stretch": .gluteStretch])
    for (text, word) in [
      ("[units]\nminutes = \"km\"", "units.minutes"),
      ("[units]\nscore = \"s\"", "units.score"), ("[components]\nx = \"arms\"", "components.x"),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        try readProfile("kind = \"sessions\"\n" + text, file: "own.toml")
      }
      #expect(error.map { "\($0)".contains(word) } ?? false, "\(text)")
    }
  }

  @Test(
    "Each delimiter and decimal mark can be named",
    arguments: [
      ("delimiter = \",\"", 0x2C, nil), ("delimiter = \";\"", 0x3B, nil),
      ("delimiter = \"tab\"", 0x09, nil), ("delimiter = \"\\t\"", 0x09, nil),
      ("delimiter = \"|\"", 0x7C, nil), ("decimal = \".\"", nil, 0x2E),
      ("decimal = \",\"", nil, 0x2C),
    ] as [(String, UInt8?, UInt8?)])
  func marks(line: String, delimiter: UInt8?, decimal: UInt8?) throws {
    let layout = try pain(line)
    #expect(layout.delimiter == delimiter)
    #expect(layout.decimalMark == decimal)
  }

  @Test("Each encoding, date order and rule for equal rows can be named")
  func choices() throws {
    for encoding in TextEncoding.allCases {
      #expect(try pain("encoding = \"\(encoding.rawValue)\"").encoding == encoding)
    }
    for order in DateOrder.allCases {
      #expect(try pain("date_order = \"\(order.rawValue)\"").dateOrder == order)
    }
    #expect(try pain("equal_rows = \"keep\"").keepsEqualRows == true)
    #expect(try pain("equal_rows = \"once\"").keepsEqualRows == false)
  }

  @Test("A single text does for a list of one")
  func singleTexts() throws {
    let layout = try pain("missing = \"?\"\nfill_down = \"day\"")
    #expect(layout.missing == ["?"])
    #expect(layout.filledDown == ["day"])
  }
}

@Suite("Refusing profiles")
struct ProfileRefusingTests {
  @Test(
    "A wrong profile is refused in a sentence",
    arguments: [
      ("name = \"x\"", "kind is missing. Add it."),
      ("layout = []", "kind is missing. Add it."),
      (
        "kind = \"steps\"",
        "kind must be one of sessions, pain, flexibility, program, patients, days, "
          + "factors, questionnaires. Correct it."
      ),
      ("kind = 1", "kind must be a text in quotes. Correct it."),
      ("name = 1\nkind = \"pain\"", "name must be a text in quotes. Correct it."),
      ("about = []\nkind = \"pain\"", "about must be a text in quotes. Correct it."),
      ("layout = \"pain\"", "layout must be a list of tables. Correct it."),
      ("[layout]\nkind = \"pain\"", "layout must be a list of tables. Correct it."),
      (
        "kind = \"pain\"\n[[layout]]\nkind = \"pain\"",
        "there is no setting kind. Known here: name, about, layout."
      ),
      (
        "kind = \"pain\"\ncolums = { score = \"S\" }",
        "there is no setting colums. Known here: name, about, layout, kind, columns, constants, "
          + "skip_lines, fill_down, missing, leave_out, equal_rows, date_order, timezone, decimal, "
          + "encoding, delimiter, units, components, pivot, "
          + "optional, values, unit_columns, instead, rest, signs, needs, empty_rows, "
          + "id, excused, amounts, exercises, cardio_time, weights, year."
      ),
      (
        "[[layout]]\nkind = \"pain\"\nname = \"x\"",
        "there is no setting layout.name. Known here: kind, columns, constants, skip_lines, "
          + "fill_down, missing, leave_out, equal_rows, date_order, timezone, decimal, encoding, "
          + "delimiter, units, components, pivot, "
          + "optional, values, unit_columns, instead, rest, signs, needs, empty_rows, "
          + "id, excused, amounts, exercises, cardio_time, weights, year."
      ),
      ("[[layout]]\nskip_lines = 1", "layout.kind is missing. Add it."),
    ])
  func wholeProfiles(text: String, expected: String) {
    let error = #expect(throws: ConfigurationError.self) { try profile(text) }
    #expect(error.map { "\($0)" } == "clinic.toml: " + expected)
  }

  @Test(
    "A wrong part of a layout is refused in a sentence",
    arguments: [
      ("skip_lines = \"1\"", "skip_lines must be a whole number. Correct it."),
      ("skip_lines = 1.5", "skip_lines must be a whole number. Correct it."),
      ("fill_down = 1", "fill_down must be a list of texts. Correct it."),
      ("missing = [\"\", 99]", "missing must be a list of texts. Correct it."),
      ("timezone = 2", "timezone must be a text in quotes. Correct it."),
      ("columns = \"score\"", "columns must be a table. Correct it."),
      ("constants = []", "constants must be a table. Correct it."),
      (
        "columns = { score = 1 }",
        "columns.score must be a text in quotes, or a list of them. Correct it."
      ),
      (
        "columns = { score = [\"a\", 1] }",
        "columns.score must be a text in quotes, or a list of them. Correct it."
      ),
      ("constants = { score = 4 }", "constants.score must be a text in quotes. Correct it."),
      (
        "columns = { reps = \"R\" }",
        "there is no setting columns.reps. Known here: patient_id, notes, recorded_at, score, "
          + "kind, location, scale, flare, local_day, clock."
      ),
      (
        "constants = { scor = \"R\" }",
        "there is no setting constants.scor. Known here: patient_id, notes, recorded_at, score, "
          + "kind, location, scale, flare, local_day, clock."
      ),
      (
        "columns = { recorded_at = { year = \"y\", day = \"d\" } }",
        "columns.recorded_at.month is missing. Add it."
      ),
      (
        "columns = { recorded_at = { year = \"y\", month = \"m\", day = 3 } }",
        "columns.recorded_at.day must be a text in quotes. Correct it."
      ),
      (
        "columns = { recorded_at = { year = \"y\", month = \"m\", day = \"d\", hour = \"h\" } }",
        "there is no setting columns.recorded_at.hour. Known here: year, month, day, date, "
          + "time."
      ),
      ("leave_out = \"happiness\"", "leave_out must be a list of tables. Correct it."),
      ("leave_out = [{ equals = \"x\" }]", "leave_out.column is missing. Add it."),
      ("leave_out = [{ column = \"x\" }]", "leave_out.equals is missing. Add it."),
      (
        "leave_out = [{ column = \"x\", equals = 0 }]",
        "leave_out.equals must be a text in quotes. Correct it."
      ),
      (
        "leave_out = [{ column = \"x\", equals = \"y\", why = \"z\" }]",
        "there is no setting leave_out.why. Known here: column, equals, reason."
      ),
      ("equal_rows = true", "equal_rows must be a text in quotes. Correct it."),
      ("equal_rows = \"twice\"", "equal_rows must be one of keep, once. Correct it."),
      ("date_order = \"ydm\"", "date_order must be one of dmy, mdy, ymd. Correct it."),
      (
        "encoding = \"latin1\"",
        "encoding must be one of utf-16be, utf-16le, utf-8, windows-1252. Correct it."
      ),
    ])
  func layouts(lines: String, expected: String) {
    let error = #expect(throws: ConfigurationError.self) { try pain(lines) }
    #expect(error.map { "\($0)" } == "clinic.toml: " + expected)
  }

  @Test(
    "A delimiter or decimal mark that no file has is refused",
    arguments: [
      ("delimiter", "\\\\t"), ("delimiter", ""), ("delimiter", ",,"), ("decimal", "'"),
      ("decimal", ""),
    ])
  func marks(key: String, value: String) {
    let error = #expect(throws: ConfigurationError.self) { try pain("\(key) = \"\(value)\"") }
    guard case .wrongValue("clinic.toml", key, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("A profile that is not TOML is refused with its line")
  func syntax() {
    let error = #expect(throws: ConfigurationError.self) { try pain("[columns\nscore = \"S\"") }
    guard case .syntax("clinic.toml", 2, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Lines to skip cannot be fewer than none", arguments: [-1, -1_000, .min])
  func negativeSkip(lines: Int) {
    #expect(throws: ConfigurationError.self) { try pain("skip_lines = \(lines)") }
  }

  // Either would be ignored in silence, like a misspelled key.
  @Test(
    "A field that is given twice is refused",
    arguments: [
      "[columns]\nscore = \"A\"\npain = \"B\"",
      "[columns]\nscore = \"A\"\n[constants]\nscore = \"4\"",
    ])
  func doubled(lines: String) {
    #expect(throws: ConfigurationError.self) { try pain(lines) }
  }
}
