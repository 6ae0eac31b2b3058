import Analysis
import ArgumentParser
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Storage

/// `lumbar profile`: how files of other origins are read.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Lists, drafts and tries import profiles.",
    discussion: """
      Examples:
        lumbar profile sketch diary.csv > diary.toml
        lumbar profile test diary.csv --profile diary.toml
      """,
    subcommands: [List.self, Sketch.self, Test.self])

  /// `lumbar profile list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the built-in profiles, and the formats of other programs.",
      discussion: """
        Examples:
          lumbar profile list
          lumbar profile list --json
        """)

    @Flag(help: "Print as JSON.")
    var json = false

    func run() throws {
      let profiles = try builtInProfiles().map { profile in
        let kinds = Kind.allCases.filter { kind in profile.layouts.contains { $0.kind == kind } }
        return (name: profile.name, about: profile.about, kinds: kinds)
      }
      let entries = (profiles + foreignFormats).sorted(by: { $0.name < $1.name }).map { entry in
        (name: entry.name, about: entry.about, kinds: entry.kinds.map(\.rawValue))
      }
      try printResult(
        json
          ? jsonDocument(
            .list(
              entries.map {
                .record([
                  ("name", .text($0.name)), ("about", .text($0.about)),
                  ("kinds", .list($0.kinds.map(Figure.text))),
                ])
              }))
          : entries.map { "\($0.name)  \($0.kinds.joined(separator: ", ")): \($0.about)\n" }
            .joined())
    }
  }

  /// `lumbar profile sketch`.
  struct Sketch: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sketch", abstract: "Drafts a profile from a CSV file.",
      discussion: """
        Examples:
          lumbar profile sketch diary.csv > diary.toml
          lumbar profile sketch diary.csv --json
          lumbar profile sketch redcap.csv --dictionary dictionary.csv > redcap.toml

        The draft says what it is not sure of. Look it over, then import with --profile diary.toml.
        """)

    @Argument(help: ArgumentHelp("The file; - is standard input.", valueName: "file"))
    var file: String

    @Option(
      help: ArgumentHelp("The data dictionary of an export of REDCap.", valueName: "file"))
    var dictionary: String?

    @Option(help: ArgumentHelp("The instrument of REDCap whose rows are meant.", valueName: "name"))
    var instrument: String?

    @Flag(help: "Print as JSON.")
    var json = false

    private func sample(_ path: String, rows: Int) throws -> TableSample {
      do {
        return try TableSample(try openInput(path), rows: rows)
      } catch let error as IngestError {
        throw Failure(.notData, "\(path): \(error)")
      }
    }

    func run() throws {
      let sample = try sample(file, rows: 500)
      var fields: REDCapDictionary?
      if let dictionary {
        fields = REDCapDictionary(try self.sample(dictionary, rows: 20_000))
        guard fields != nil else {
          throw Failure(
            .notData,
            "\(dictionary) is no data dictionary of REDCap: its first line names no "
              + "\"Variable / Field Name\" or field_name. Download it under Data Dictionary.")
        }
      }
      let stem = file.stemOfPath
      let sketch = ProfileSketch(
        sample, name: stem.isEmpty || stem == "-" ? "own" : stem, dictionary: fields,
        instrument: instrument)
      guard json else { return try printResult(sketch.toml) }
      try printResult(
        jsonDocument(
          .record([
            ("kind", .text(sketch.kind.rawValue)),
            (
              "columns",
              .list(
                sketch.columns.map {
                  .record([("field", .text($0.field.name)), ("column", .text($0.column))])
                })
            ),
            ("doubts", .list(sketch.doubts.map(Figure.text))), ("toml", .text(sketch.toml)),
          ])))
    }
  }

  /// `lumbar profile test`.
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Shows the first records of a file beside its raw rows.",
      discussion: """
        Examples:
          lumbar profile test diary.csv --profile diary.toml --patient P00001
          lumbar profile test diary.csv --json

        Nothing is imported.
        """)

    @Argument(help: ArgumentHelp("The file; - is standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("How many rows to show.", valueName: "number"))
    var rows = 8

    @OptionGroup var reading: ReadingFlags

    @OptionGroup var place: PlaceOptions

    @Flag(help: "Print as JSON.")
    var json = false

    func validate() throws {
      if rows < 1 { throw ValidationError("--rows must be at least 1.") }
    }

    /// Enough was seen.
    private struct Enough: Error {}

    func run() throws {
      var options = try reading.options(try place.settings(), Moment())
      options.batchRows = rows
      let input = try openInput(file)
      var batch = Batch()
      do {
        _ = try readRecords(from: input, options: options) {
          batch = $0
          throw Enough()
        }
      } catch is Enough {
        // The first batch is all that is shown.
      } catch let error as IngestError {
        throw Failure(.notData, "\(file): \(error)")
      }
      input.rewind()
      // JSON has no rows to show beside its records.
      let raw = (try? TableSample(input, rows: rows * 4))?.rows ?? []
      let lines = Dictionary(raw.map { (Int64($0.line), $0.cells) }) { first, _ in first }
      try printResult(json ? document(batch, lines) : text(batch, lines))
      if !batch.rejections.isEmpty { throw Failure(.doneWithRefusals) }
    }

    private func text(_ batch: Batch, _ raw: [Int64: [String]]) -> String {
      var entries: [(line: Int64, text: String)] = []
      func row(_ line: Int64) -> String {
        raw[line].map { "line \(line): \($0.map(visible).joined(separator: " | "))\n" }
          ?? "line \(line)\n"
      }
      for record in batch.descriptions {
        let fields = record.fields.map { "\($0.name)=\(visible($0.text))" }
        entries.append(
          (
            record.line,
            row(record.line) + "  \(record.kind.rawValue): \(fields.joined(separator: " "))\n"
          ))
      }
      for rejection in batch.rejections {
        let column = rejection.column.isEmpty ? "" : " in \(nameShown(rejection.column))"
        entries.append(
          (
            rejection.position.line,
            row(rejection.position.line)
              + "  refused\(column): \(rejection.reason.rawValue). \(rejection.reason.hint)\n"
          ))
      }
      let left = batch.leftOut.sorted { $0.key < $1.key }.map {
        "left out: \($0.value) \($0.key)\n"
      }
      let shown = entries.sorted { $0.line < $1.line }.prefix(rows).map(\.text).joined()
      return entries.isEmpty && left.isEmpty ? "No rows.\n" : shown + left.joined()
    }

    private func document(_ batch: Batch, _ raw: [Int64: [String]]) -> String {
      jsonDocument(
        .record([
          (
            "records",
            .list(
              batch.descriptions.prefix(rows).map { record in
                .record([
                  ("line", .count(Int(record.line))), ("kind", .text(record.kind.rawValue)),
                  ("raw", raw[record.line].map { .list($0.map(Figure.text)) } ?? .none),
                  ("fields", .record(record.fields.map { ($0.name, Figure.text($0.text)) })),
                ])
              })
          ),
          (
            "refused",
            .list(
              batch.rejections.map {
                .record([
                  ("line", .count(Int($0.position.line))), ("column", .text($0.column)),
                  ("reason", .text($0.reason.rawValue)), ("hint", .text($0.reason.hint)),
                ])
              })
          ),
        ]))
    }
  }
}

/// The file of a command that reads one.
private func openInput(_ path: String) throws -> InputFile {
  path == "-" ? try InputFile(standardInput: ()) : try InputFile(path: path)
}
