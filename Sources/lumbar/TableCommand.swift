import ArgumentParser
import Foundation
import Ingest
import Records
import Workflows

/// `lumbar table`: how a table is seen, told nothing but the file.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Shows how lumbar sees a table: separators, header, columns, odd lines.",
    discussion: """
      Examples:
        lumbar table diary.csv
        lumbar table diary.csv --format csv > clean.csv

      The clean table has commas, UTF-8 and as many cells in every row; each cell is its text.
      """)

  /// How the table is printed.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
  }

  @Argument(help: ArgumentHelp("The file; - is standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("What is printed: text, json or csv.", valueName: "format"))
  var format: Form = .text

  @Flag(help: "Print as JSON.")
  var json = false

  @Flag(help: "The table has no header: its first line is a row.")
  var noHeader = false

  func run() throws {
    let input = try openInput(file)
    let look = TableLook(try wholeFile(input), withHeader: !noHeader)
    switch json ? .json : format {
    case .json: try printResult(look.json() + "\n")
    case .csv:
      do {
        try writeAll(STDOUT_FILENO, look.csv()[...], path: "standard output")
      } catch {
        throw Failure(.inputOutput, "standard output cannot be written: \(systemCause()).")
      }
    case .text: try printResult(text(look))
    }
  }

  /// The look in words, a line each.
  private func text(_ look: TableLook) -> String {
    let delimiter =
      look.dialect.delimiter.isEmpty ? "none, one column" : "\"\(look.dialect.delimiter)\""
    var lines = [
      "Encoding   \(look.encoding.rawValue)", "Delimiter  \(visible(delimiter))",
      "Quote      \(look.dialect.quote.map { String(UnicodeScalar($0)) } ?? "none")",
      "Decimal    \(look.decimal.isEmpty ? "none seen" : look.decimal)",
      "Header     \(look.headerLine == 0 ? "none" : "line \(look.headerLine)")",
      "Rows       \(look.rows)",
    ]
    if !look.ragged.isEmpty {
      let shown = look.ragged.prefix(12).map(String.init).joined(separator: ", ")
      lines.append("Of other widths: \(look.ragged.count) (lines \(shown))")
    }
    for skipped in look.skipped.prefix(20) {
      lines.append("Line \(skipped.line) passed over: \(skipped.why)")
    }
    if look.skipped.count > 20 { lines.append("and \(look.skipped.count - 20) more") }
    lines += look.columns.map { column in
      let format = column.format.isEmpty ? "" : " (\(column.format))"
      return "  \(nameShown(column.name))  \(column.type.rawValue)\(format)"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
