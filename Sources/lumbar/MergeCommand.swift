import ArgumentParser
import Foundation
import Ingest
import Records
import Reporting
import Storage
import Workflows

/// `lumbar merge`: two ids of one person become one.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins two ids of one person.",
    discussion: """
      Examples:
        lumbar merge 7 007
        lumbar merge p001 P001 --json

      All of the first id becomes the second one's, also what later imports bring under it. Rows \
      that both have are known once; of programme lines and day statuses that both have, those of \
      the second id stay. lumbar import --undo with the run's number parts them again. Reports of \
      the first id and of everybody are removed; lumbar nightly makes new ones.
      """)

  @Argument(help: ArgumentHelp("The id that goes.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The id that stays.", valueName: "new"))
  var new: String

  @Option(help: ArgumentHelp("Where reports are.", valueName: "folder"))
  var out: String?

  @Flag(help: "Print what was joined as JSON.")
  var json = false

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let moment = Moment()
    let settings = try place.settings()
    let run = MergeRun(old: storedID(old), new: storedID(new))
    try run.check()
    let store = try place.writing(try place.databasePath(settings), moment)
    let outcome = try run.run(store, reports: out ?? settings.reports ?? "reports", moment)
    try printResult(json ? document(outcome) : text(outcome))
  }

  private func text(_ outcome: MergeRun.Outcome) -> String {
    let people = outcome.people
    var lines = [
      "\(visible(storedID(old))) is \(visible(storedID(new))) now: \(people.moved) records joined, "
        + "\(people.known) that both had, \(people.replaced) replaced. lumbar import --undo "
        + "\(outcome.run) parts them again."
    ]
    if outcome.reports + outcome.cohortReports > 0 {
      lines.append(
        "\(outcome.reports + outcome.cohortReports) reports of the former id and of everybody are "
          + "removed: lumbar nightly, or lumbar report --all, makes new ones.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func document(_ outcome: MergeRun.Outcome) -> String {
    jsonDocument(
      .record([
        ("schema", .count(1)), ("run", .count(Int(outcome.run))), ("old", .text(storedID(old))),
        ("new", .text(storedID(new))), ("joined", .count(outcome.people.moved)),
        ("known", .count(outcome.people.known)), ("replaced", .count(outcome.people.replaced)),
        ("reports_removed", .count(outcome.reports + outcome.cohortReports)),
      ]))
  }
}
