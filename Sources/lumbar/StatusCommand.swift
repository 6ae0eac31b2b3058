import Analysis
import ArgumentParser
import Foundation
import Reporting
import Storage

/// `lumbar status`: what the database holds.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says what the database holds and how the last runs went.",
    discussion: """
      Examples:
        lumbar status
        lumbar status --json
      """)

  @Flag(help: "Print as JSON.")
  var json = false

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let overview = try place.existingStore().overview()
    try printResult(json ? document(overview) : text(overview))
  }

  private func text(_ overview: Overview) -> String {
    var lines = [
      "Patients        \(overview.patients)",
      "Exercise rows   \(overview.sets)",
      "Pain entries    \(overview.pain)",
      "Measurements    \(overview.flexibility)",
      "Programme lines \(overview.program)",
      "Day statuses    \(overview.days)",
      "Questionnaires  \(overview.questionnaires)",
      "Refused rows    \(overview.refused)",
    ]
    if let first = overview.firstDay, let last = overview.lastDay {
      lines.append("Days            \(first) to \(last)")
    }
    for run in overview.runs.prefix(5) {
      let exit = run.exit.map { "exit \($0)" } ?? "did not finish"
      lines.append(
        "Run \(run.id)".padding(toLength: 16, withPad: " ", startingAt: 0)
          + "\(run.started) \(run.command), \(exit)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func document(_ overview: Overview) -> String {
    jsonDocument(
      .record([
        ("schema", .count(1)), ("patients", .count(overview.patients)),
        (
          "records",
          .record([
            ("sessions", .count(overview.sessions)), ("sets", .count(overview.sets)),
            ("pain", .count(overview.pain)), ("flexibility", .count(overview.flexibility)),
            ("program", .count(overview.program)), ("days", .count(overview.days)),
            ("questionnaires", .count(overview.questionnaires)),
          ])
        ), ("refused", .count(overview.refused)),
        (
          "runs",
          .list(
            overview.runs.map {
              .record([
                ("run", .count(Int($0.id))), ("started", .text($0.started)),
                ("command", .text($0.command)),
                ("version", .text($0.version)), ("exit", $0.exit.map(Figure.count) ?? .none),
                ("seconds", $0.seconds.map(Figure.number) ?? .none),
              ])
            })
        ), ("last_good_nightly", overview.lastGoodNightly.map(Figure.text) ?? .none),
      ]))
  }
}
