import Configuration
import Ingest
import Records

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
  /// - Parameter reason: what is wrong with the file where it is no table.
  /// - Returns: the layout as a profile, and what each column was taken for, in words.
  /// - Throws: `Failure` where the draft asks something or found nothing; `IngestError` where the
  ///   file is no table.
  static func profile(of source: any ByteSource, else reason: IngestError) throws -> (
    profile: Profile, taken: [String]
  ) {
    try source.rewind()
    guard let sample = try? TableSample(source) else { throw reason }
    let sketch = ProfileSketch(sample, name: "draft")
    try source.rewind()
    if sketch.draft.isEmpty { throw Failure(.notData, nothingFound) }
    guard sketch.isSettled else {
      let count = sketch.doubts.count
      throw Failure(
        .notData,
        "its columns are of no known format, and its draft has \(count) "
          + "\(count == 1 ? "thing" : "things") to ask. Write it with lumbar profile sketch FILE > "
          + "FILE.toml, settle its lines with \"?\", and import with --profile FILE.toml.")
    }
    return (
      try readProfile(sketch.toml, file: "draft"),
      sketch.columns.map { "\(nameShown($0.column)) as \($0.field.name)" }
    )
  }
}
