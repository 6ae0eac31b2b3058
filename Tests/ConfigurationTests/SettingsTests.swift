import Configuration
import Testing

@Suite("Settings")
struct SettingsTests {
  @Test("A configuration file sets what it names")
  func all() throws {
    let settings = try Settings(
      toml: """
        # lumbar
        database = "/home/zoë/lumbar.sqlite"
        reports = "Berichte"
        timezone = "Europe/Berlin"
        """, file: "config.toml")
    var expected = Settings()
    expected.database = "/home/zoë/lumbar.sqlite"
    expected.reports = "Berichte"
    expected.timezone = "Europe/Berlin"
    #expect(settings == expected)
  }

  @Test("Limits are read in the units of their names")
  func limits() throws {
    let settings = try Settings(
      toml: "[limits]\nfile_mib = 20\nfield_kib = 4\ncolumns = 30\nnesting = 5", file: "c.toml")
    #expect(settings.limits.fileBytes == 20 << 20)
    #expect(settings.limits.fieldBytes == 4_096)
    #expect([settings.limits.columns, settings.limits.nesting] == [30, 5])
    let plain = try Settings(toml: "[limits]", file: "c.toml").limits
    #expect(plain.fileBytes == nil && plain.fieldBytes == 1 << 20)
    #expect([plain.columns, plain.nesting] == [1_024, 64])
  }

  @Test("Thresholds are numbers by name")
  func thresholds() throws {
    let settings = try Settings(
      toml: "[thresholds]\npain_important = 1.5\npain_free_run = 21", file: "c.toml")
    #expect(settings.thresholds == ["pain_important": 1.5, "pain_free_run": 21])
    #expect(throws: ConfigurationError.self) {
      try Settings(toml: "[thresholds]\npain_important = \"a\"", file: "c.toml")
    }
  }

  @Test("What a night tells, and who may read its reports")
  func nightly() throws {
    let settings = try Settings(
      toml: """
        tell = "changes"
        tell_names = true
        latest = "copy"
        reports_group = "clinic"
        """, file: "c.toml")
    #expect(settings.tellsChanges && settings.tellsNames && settings.copiesLatest)
    #expect(settings.reportsGroup == "clinic")
    let usual = try Settings(toml: "tell = \"needed\"\nlatest = \"link\"", file: "c.toml")
    #expect(usual == Settings())
    #expect(
      throws: ConfigurationError.wrongValue(
        file: "c.toml", key: "tell", expected: "\"needed\" or \"changes\"")
    ) { try Settings(toml: "tell = \"all\"", file: "c.toml") }
  }

  @Test("What it does not name is not set")
  func some() throws {
    #expect(try Settings(toml: "", file: "config.toml") == Settings())
    let settings = try Settings(toml: "reports = \"r\"", file: "config.toml")
    #expect([settings.database, settings.reports, settings.timezone] == [nil, "r", nil])
  }

  @Test("Inboxes are a folder, or tables that say how each is read")
  func inboxes() throws {
    let settings = try Settings(
      toml: """
        [[inbox]]
        path = "~/logs"
        [[inbox]]
        path = "/srv/app.csv"
        profile = "split-date"
        patient = "P1"
        timezone = "Europe/Berlin"
        replaces = true
        [aliases]
        "Walking" = "Brisk walking"
        """, file: "c.toml")
    #expect(settings.inbox == nil)
    var second = Inbox(path: "/srv/app.csv")
    second.profile = "split-date"
    second.patient = "P1"
    second.timezone = "Europe/Berlin"
    second.replaces = true
    #expect(settings.inboxes == [Inbox(path: "~/logs"), second])
    #expect(settings.aliases == ["Walking": "Brisk walking"])
    #expect(try Settings(toml: "inbox = \"in\"", file: "c.toml").inboxes.isEmpty)
  }

  @Test(
    "and nothing else of them",
    arguments: [
      "[[inbox]]\npatient = \"P1\"", "[[inbox]]\npath = 1", "inbox = [1]",
      "[[inbox]]\npath = \"a\"\nreplaces = \"yes\"", "[[inbox]]\npath = \"a\"\nreplace = true",
      "[aliases]\nwalking = 3",
    ])
  func wrongInboxes(text: String) {
    #expect(throws: ConfigurationError.self) { try Settings(toml: text, file: "c") }
  }

  @Test("Factors are at most four names")
  func factors() throws {
    #expect(
      try Settings(toml: "factors = [\"sleep_hours\", \"steps\"]", file: "c").factors
        == ["sleep_hours", "steps"])
    #expect(throws: ConfigurationError.self) {
      try Settings(toml: "factors = [\"a\", \"b\", \"c\", \"d\", \"e\"]", file: "c")
    }
  }

  @Test(
    "How long a file settles is seconds, or has a unit",
    arguments: [("0", 0), ("90", 90), ("\"90s\"", 90), ("\"5m\"", 300), ("\"1h\"", 3_600)])
  func settle(text: String, seconds: Int) throws {
    #expect(try Settings(toml: "settle = \(text)", file: "c").settleSeconds == seconds)
    #expect(try Settings(toml: "max_data_age = \"3d\"", file: "c").maxDataAgeHours == 72)
  }

  @Test(
    "and nothing else", arguments: ["-1", "86401", "\"soon\"", "\"2d\"", "\"\"", "1.5", "\"-5m\""])
  func wrongSettle(text: String) {
    #expect(throws: ConfigurationError.self) { try Settings(toml: "settle = \(text)", file: "c") }
  }

  @Test(
    "A misspelled or wrong setting is refused",
    arguments: [
      (
        "databse = \"a\"",
        .unknownKey(
          file: "config.toml", key: "databse",
          known: [
            "database", "reports", "timezone", "language", "paper", "inbox", "archive",
            "formats", "keep", "max_age", "max_data_age", "settle", "deadline", "factors", "limits",
            "thresholds", "aliases", "tell", "tell_names", "latest", "reports_group",
          ])
      ),
      (
        "[database]\npath = \"a\"",
        .wrongValue(file: "config.toml", key: "database", expected: "a text in quotes")
      ),
      (
        "reports = 1",
        .wrongValue(file: "config.toml", key: "reports", expected: "a text in quotes")
      ),
      (
        "timezone = true",
        .wrongValue(file: "config.toml", key: "timezone", expected: "a text in quotes")
      ),
      (
        "[limits]\ncolumns = 0",
        .wrongValue(
          file: "config.toml", key: "limits.columns", expected: "a whole number from 1 to 1048576")
      ),
      (
        "[limits]\nrows = 5",
        .unknownKey(
          file: "config.toml", key: "limits.rows",
          known: ["file_mib", "field_kib", "columns", "nesting"])
      ),
    ] as [(String, ConfigurationError)])
  func refused(text: String, expected: ConfigurationError) {
    #expect(throws: expected) { try Settings(toml: text, file: "config.toml") }
  }

  @Test(
    "The first place that says something wins: flag, environment, file",
    arguments: [
      (["f", "e", "c"], "f"), ([nil, "e", "c"], "e"), ([nil, nil, "c"], "c"),
      ([nil, nil, nil], nil),
      (["", "e", "c"], "e"), (["", "", "c"], "c"), (["", "", ""], nil), ([" ", "e", "c"], " "),
      (["f", nil, ""], "f"),
    ] as [([String?], String?)])
  func precedence(places: [String?], expected: String?) {
    #expect(firstGiven(places[0], places[1], places[2]) == expected)
  }
}
