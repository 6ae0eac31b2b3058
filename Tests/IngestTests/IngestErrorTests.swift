import Testing

@testable import Ingest

@Suite("Ingest error")
struct IngestErrorTests {
  @Test(
    "Each failure says what is wrong and what to do next",
    arguments: [
      (.empty, "the file is empty. Export it again, then: lumbar import FILE"),
      (
        .compressed("a gzip file"),
        "this is a gzip file, not text. Save it as CSV (UTF-8), then: lumbar import FILE.csv"
      ),
      (
        .notText(offset: 17),
        "byte 17 is zero, so this is not a text file. Save it as CSV (UTF-8), then: lumbar import FILE.csv"
      ),
      (
        .tooManyColumns(line: 3, limit: 1_024),
        "line 3 has more than 1024 columns. Raise limits.columns in the configuration, or see how it "
          + "is read: lumbar table FILE"
      ),
      (
        // The first line may be the diary itself, which is nothing for a mail.
        .unknownKind(columns: ["P00001", "2026-11-03", "Anna Quiet", "cannot sleep; depressed"]),
        "the kind of data cannot be told from its first line (4 columns). Looked for: sessions, pain, "
          + "flexibility, program, patients, days, factors, questionnaires, and the formats of "
          + "lumbar profile list. Name the columns as in the README, or draft a profile: lumbar profile sketch FILE > FILE.toml"
      ),
      (
        .ambiguousKind(["sessions", "pain"]),
        "the columns fit sessions and pain. Say which: lumbar import FILE --kind sessions"
      ),
      (
        .missingColumns(["score", "kind"], profile: "the profile diary"),
        "the profile diary needs the columns score, kind, which are not there. "
          + "Check the header, or draft a profile: lumbar profile sketch FILE > FILE.toml"
      ),
      (
        .json(line: 2, what: "a colon is missing"),
        "line 2 is not valid JSON: a colon is missing. Export it again, then: lumbar import FILE"
      ),
      (
        .weightWithoutUnit,
        "it holds weights and does not say what they are in. Write units = { load_kg = \"lb\" } in a "
          + "profile, or say it (kg or lb): lumbar import FILE --unit lb"
      ),
      (
        .duplicateColumns(["patient", "person"]),
        "the columns patient, person mean the same. Rename or remove one, then: lumbar import FILE"
      ),
    ] as [(IngestError, String)])
  func descriptions(error: IngestError, description: String) {
    #expect(error.description == description)
  }
}
