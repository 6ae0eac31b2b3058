import Analysis
import ArgumentParser
import Foundation
import Records
import Reporting
import Storage

/// `lumbar rejections`: the refused rows, without their content.
struct RejectionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejections",
    abstract: "Lists refused rows with file, line, column, reason and what to do.",
    discussion: """
      Examples:
        lumbar rejections
        lumbar rejections --json
      """)

  @Flag(help: "Print as JSON.")
  var json = false

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let rejections = try place.existingStore().rejections()
    try printResult(json ? document(rejections) : text(rejections))
  }

  private func hint(_ rejection: StoredRejection) -> String {
    RejectionReason(rawValue: rejection.reason)?.hint ?? ""
  }

  private func text(_ rejections: [StoredRejection]) -> String {
    guard !rejections.isEmpty else { return "No refused rows.\n" }
    return rejections.map { rejection in
      let column = rejection.column.isEmpty ? "" : ", column \(visible(rejection.column))"
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
