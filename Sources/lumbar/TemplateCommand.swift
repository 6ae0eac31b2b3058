import ArgumentParser
import Foundation
import Ingest
import Records
import Workflows

/// `lumbar template`: blank files to start a diary without an app.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Writes blank CSV files with headers and one example row each.",
    discussion: """
      Examples:
        lumbar template diary
        lumbar import diary

      Replace the example rows by your own. Columns that you do not need may stay empty or be \
      deleted.
      Files that are there already are left alone.
      """)

  @Argument(help: ArgumentHelp("The folder for the files.", valueName: "folder"))
  var folder: String

  func run() throws {
    try makeFolder(folder)
    var lines: [String] = []
    for template in Template.all {
      let path = folder + "/" + template.kind.rawValue + ".csv"
      if FileManager.default.fileExists(atPath: path) {
        lines.append("\(visible(path))  is there already, left alone")
        continue
      }
      let header = template.cells.map(\.field.name).joined(separator: ",")
      let example = template.cells.map(\.example).joined(separator: ",")
      try replaceFile(path, text: header + "\n" + example + "\n")
      lines.append("\(visible(path))  \(template.about)")
    }
    try printResult(lines.joined(separator: "\n") + "\n")
  }
}
