import Analysis
import ArgumentParser
import Foundation
import Records
import Reporting
import Storage
import Workflows

/// `lumbar rejections`: the refused rows, without their content.
struct RejectionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejections",
    abstract: "Lists refused rows with file, line, column, reason and what to do.",
    discussion: """
      Examples:
        lumbar rejections
        lumbar rejections --export mend

      --export writes the refused rows of each file to a file of their own, under the header of the
      original: mend the rows there and import it with the same options.
      """)

  @Flag(help: "Print as JSON.")
  var json = false

  @Option(
    help: ArgumentHelp("Write the rows to files in this folder, to mend them.", valueName: "folder")
  )
  var export: String?

  @OptionGroup var place: PlaceOptions

  func run() throws {
    if let export { return try write(to: export) }
    let rejections = try place.reading().rejections()
    try printResult(json ? document(rejections) : text(rejections))
  }

  private func write(to folder: String) throws {
    let files = try place.reading().refusedRows()
    try makeFolder(folder)
    var taken: Set<String> = []
    var lines: [String] = []
    var written: [Figure] = []
    for file in files {
      if file.withoutContent > 0 {
        say(
          "lumbar: \(file.file): \(file.withoutContent) refused without a row to mend; "
            + "correct the original.")
      }
      guard !file.rows.isEmpty else { continue }
      let path = folder + "/" + exportName(file, &taken)
      try replaceFile(path, bytes: content(file))
      lines.append("\(visible(path))  \(file.rows.count) \(file.rows.count == 1 ? "row" : "rows")")
      written.append(
        .record([
          ("file", .text(file.file)), ("written", .text(path)), ("rows", .count(file.rows.count)),
        ]))
    }
    try printResult(
      json
        ? jsonDocument(.list(written))
        : lines.isEmpty ? "No refused rows.\n" : lines.joined(separator: "\n") + "\n")
  }

  /// The header and the refused rows, or one object a line.
  private func content(_ file: RefusedRows) -> [UInt8] {
    var bytes = file.head.isEmpty ? [] : file.head + [0x0A]
    for row in file.rows { bytes += row + [0x0A] }
    return bytes
  }

  /// A name that is safe as a file's, that of the original before its ending, each once.
  private func exportName(_ file: RefusedRows, _ taken: inout Set<String>) -> String {
    let stem = refusedRowsName(of: file.file)
    let ending = file.format == "csv" ? "csv" : "ndjson"
    var name = stem + ending
    var count = 1
    while !taken.insert(name).inserted {
      count += 1
      name = "\(stem)\(count).\(ending)"
    }
    return name
  }

  private func hint(_ rejection: StoredRejection) -> String {
    RejectionReason(rawValue: rejection.reason)?.hint ?? ""
  }

  private func text(_ rejections: [StoredRejection]) -> String {
    guard !rejections.isEmpty else { return "No refused rows.\n" }
    return rejections.map { rejection in
      let column = rejection.column.isEmpty ? "" : ", column \(nameShown(rejection.column))"
      return "\(visible(rejection.file)), line \(rejection.line)\(column): \(rejection.reason)\n"
        + "  \(hint(rejection))\n"
    }.joined()
  }

  private func document(_ rejections: [StoredRejection]) -> String {
    jsonDocument(
      .list(
        rejections.map {
          .record([
            ("file", .text($0.file)), ("line", .count(Int($0.line))), ("column", .text($0.column)),
            ("reason", .text($0.reason)), ("hint", .text(hint($0))),
          ])
        }))
  }
}
