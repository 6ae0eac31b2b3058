import Testing

@testable import Ingest

@Suite("Ingest error")
struct IngestErrorTests {
  @Test(
    "Each failure says what is wrong and what to do next",
    arguments: [
      (.empty, "the file is empty. Export it again."),
      (
        .compressed("a gzip file"),
        "this is a gzip file, not text. Save it as CSV (UTF-8) and import that."
      ),
      (
        .notText(offset: 17),
        "byte 17 is zero, so this is not a text file. Save it as CSV (UTF-8)."
      ),
      (
        .tooManyColumns(line: 3, limit: 1_024),
        "line 3 has more than 1024 columns. Check the separator, or raise limits.columns in the "
          + "configuration."
      ),
      (
        // The first line may be the diary itself, which is nothing for a mail.
        .unknownKind(columns: ["P00001", "2026-11-03", "Anna Quiet", "cannot sleep; depressed"]),
        "the kind of data cannot be told from its first line (4 columns). Looked for: sessions, pain, "
          + "flexibility, program, patients, days, factors, questionnaires, and the formats of "
          + "lumbar profile list. Draft a profile with lumbar profile sketch, or name the columns as in the README."
      ),
      (
        .ambiguousKind(["sessions", "pain"]),
        "the columns fit sessions and pain. Say which with --kind."
      ),
      (
        .missingColumns(["score", "kind"], profile: "the profile diary"),
        "the profile diary needs the columns score, kind, which are not there. "
          + "Check the header or choose another profile."
      ),
      (
        .json(line: 2, what: "a colon is missing"),
        "line 2 is not valid JSON: a colon is missing. Export it again."
      ),
      (
        .weightWithoutUnit,
        "it holds weights and does not say what they are in. Pass --unit kg or --unit lb, or write "
          + "units = { load_kg = \"lb\" } in a profile."
      ),
      (
        .duplicateColumns(["patient", "person"]),
        "the columns patient, person mean the same. Rename or remove one."
      ),
    ] as [(IngestError, String)])
  func descriptions(error: IngestError, description: String) {
    #expect(error.description == description)
  }
}
