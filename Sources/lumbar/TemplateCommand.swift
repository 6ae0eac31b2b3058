import ArgumentParser
import Foundation
import Ingest
import Records

/// `lumbar template`: blank files to start a diary without an app.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Writes blank CSV files with headers and one example row each.",
    discussion: """
      Examples:
        lumbar template diary
        lumbar import diary

      Replace the example rows by your own. Columns that you do not need may stay empty or be deleted.
      Files that are there already are left alone.
      """)

  @Argument(help: ArgumentHelp("The folder for the files.", valueName: "folder"))
  var folder: String

  func run() throws {
    try makeFolder(folder)
    var lines: [String] = []
    for template in TemplateCommand.templates {
      let path = folder + "/" + template.kind.rawValue + ".csv"
      if FileManager.default.fileExists(atPath: path) {
        lines.append("\(path)  is there already, left alone")
        continue
      }
      let header = template.cells.map(\.0.name).joined(separator: ",")
      let example = template.cells.map(\.1).joined(separator: ",")
      try replaceFile(path, text: header + "\n" + example + "\n")
      lines.append("\(path)  \(template.about)")
    }
    try printResult(lines.joined(separator: "\n") + "\n")
  }

  /// One blank file: its fields with an example of each.
  struct Template {
    var kind: Kind
    var about: String
    var cells: [(Field, String)]
  }

  /// Every kind that a person writes down, in the order in which a diary needs them.
  static let templates = [
    Template(
      kind: .program, about: "what was prescribed",
      cells: [
        (.patientID, "me"), (.exercise, "Hamstring stretch"), (.component, "hamstring-stretch"),
        (.sessionsPerWeek, "7"), (.sets, "3"), (.reps, "1"), (.holdSeconds, "30"), (.side, ""),
        (.startOn, "2026-01-05"), (.endOn, ""),
      ]),
    Template(
      kind: .sessions, about: "what was done, a row an exercise",
      cells: [
        (.patientID, "me"), (.startedAt, "2026-01-05 07:30"), (.exercise, "Hamstring stretch"),
        (.component, "hamstring-stretch"), (.sets, "3"), (.reps, "1"), (.holdSeconds, "30"),
        (.minutes, ""), (.rpe, "3"), (.side, ""), (.completed, "yes"), (.painBefore, "4"),
        (.painAfter, "3"), (.notes, "went well"),
      ]),
    Template(
      kind: .pain, about: "pain from 0 to 10",
      cells: [
        (.patientID, "me"), (.recordedAt, "2026-01-05 20:00"), (.score, "4"), (.kind, "average"),
        (.location, "lower back"), (.notes, ""),
      ]),
    Template(
      kind: .flexibility, about: "measurements, now and then",
      cells: [
        (.patientID, "me"), (.measuredOn, "2026-01-05"), (.measure, "sit_and_reach"),
        (.value, "21.5"), (.unit, "cm"), (.side, ""),
      ]),
    Template(
      kind: .days, about: "days of rest, illness or travel",
      cells: [
        (.patientID, "me"), (.date, "2026-01-06"), (.status, "rest"), (.hours, ""),
        (.reason, ""),
      ]),
  ]
}
