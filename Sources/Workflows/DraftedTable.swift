import Configuration
import Ingest

/// A table of no known format that its draft reads, when nothing in it is left to be asked.
public enum DraftedTable {
  /// What is said of a table in which nothing was found.
  public static let nothingFound =
    "nothing was found in it that lumbar keeps. Looked for scores of pain, exercises, tests of "
    + "flexibility and questionnaires, each with a date. If it holds one, name its columns as the "
    + "README does, or write a profile."

  /// The layout of a table by its draft.
  ///
  /// - Parameter source: stands anywhere; it is left at its start.
  /// - Throws: `Failure` where the draft asks something or found nothing; `IngestError` where the
  ///   file is no table.
  static func profile(of source: any ByteSource, file: String) throws -> Profile {
    try source.rewind()
    let sketch = ProfileSketch(try TableSample(source), name: "draft")
    try source.rewind()
    if sketch.draft.isEmpty { throw Failure(.notData, nothingFound) }
    guard sketch.isSettled else {
      let asked = sketch.doubts.prefix(3).map { "  \($0)" }.joined(separator: "\n")
      throw Failure(
        .notData,
        "its columns are of no known format, and its draft has something to ask:\n\(asked)\n"
          + "Write the draft with lumbar profile sketch FILE > FILE.toml, settle its lines with "
          + "\"?\", and import with --profile FILE.toml.")
    }
    return try readProfile(sketch.toml, file: "draft")
  }
}
