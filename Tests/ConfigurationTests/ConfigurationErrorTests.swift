import Configuration
import Testing

@Suite("ConfigurationError")
struct ConfigurationErrorTests {
  @Test(
    "Each error is a sentence with the place, the fault and the way out",
    arguments: [
      (
        .syntax(file: "lumbar.toml", line: 3, what: "a value is missing"),
        "lumbar.toml, line 3: this is not TOML (a value is missing). Mend the line."
      ),
      (
        .unknownKey(file: "lumbar.toml", key: "databse", known: ["database", "reports"]),
        "lumbar.toml: there is no setting databse. Known here: database, reports."
      ),
      (
        .wrongValue(file: "clinic.toml", key: "skip_lines", expected: "a whole number"),
        "clinic.toml: skip_lines must be a whole number. Correct it."
      ),
      (
        .missingKey(file: "clinic.toml", key: "columns.started_at.year"),
        "clinic.toml: columns.started_at.year is missing. Add it."
      ),
      (
        .unknownProfile(name: "clinc", known: ["split-date", "fill-down"]),
        "there is no profile clinc. Pass a TOML file or one of: split-date, fill-down."
      ),
    ] as [(ConfigurationError, String)])
  func words(error: ConfigurationError, expected: String) {
    #expect("\(error)" == expected)
  }
}
