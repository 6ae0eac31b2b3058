import Analysis
import ArgumentParser
import Configuration
import Foundation
import Ingest
import Records
import Reporting
import Workflows

extension ProfileCommand {
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
