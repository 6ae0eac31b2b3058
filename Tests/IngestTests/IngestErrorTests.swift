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
        .unknownKind(columns: ["a", "b"]),
        "the kind of data cannot be told from its columns (a, b). "
          + "Rename them as in the README, or pass --profile."
      ),
      (
        // The first line of a diary without a header is nothing for a mail.
        .unknownKind(columns: ["P00001", "2026-11-03", "Anna Quiet", "cannot sleep; depressed"]),
        "the kind of data cannot be told from its first line, which is no header. "
          + "Rename them as in the README, or pass --profile."
      ),
      (
        .unknownKind(columns: ["one\u{1B}[31m", "two"]),
        "the kind of data cannot be told from its first line, which is no header. "
          + "Rename them as in the README, or pass --profile."
      ),
      (
        .unknownKind(columns: (0..<14).map { "column \($0)" }),
        "the kind of data cannot be told from its columns (column 0, column 1, column 2, column 3, "
          + "column 4, column 5, column 6, column 7, column 8, column 9, column 10, column 11 and 2 more). "
          + "Rename them as in the README, or pass --profile."
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
        .duplicateColumns(["patient", "person"]),
        "the columns patient, person mean the same. Rename or remove one."
      ),
    ] as [(IngestError, String)])
  func descriptions(error: IngestError, description: String) {
    #expect(error.description == description)
  }
}
