import Analysis
import ArgumentParser
import Configuration
import Foundation
import Records
import Reporting
import Storage
import Workflows

/// `lumbar status`: what the database holds.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says what the database holds, what is missing in it and how the last runs went.",
    discussion: """
      Examples:
        lumbar status
        lumbar status --max-age 26h

      With --max-age, or max_age in the configuration, the exit code is 3 when the last good \
      nightly run \
      is older.
      """)

  @Flag(help: "Print as JSON.")
  var json = false

  @Option(
    help: ArgumentHelp("How old the last good nightly run may be, as 26h or 2d.", valueName: "age"))
  var maxAge: Age?

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let settings = try place.settings()
    let now = Moment()
    let store = try place.reading()
    let overview = try store.overview()
    let unread = try store.unreadFiles().filter(\.isThere)
    let silence = Int(try settings.knownThresholds()[.silentDays].rounded(.up))
    var gaps = try store.dataGaps(silentFor: silence)
    let away = try store.standings().filter { $0.value.holds(on: now.day) }
    // Of who was discharged no record is missed.
    gaps.silent.removeAll { away[$0]?.isDischarged == true }
    try printResult(
      json
        ? document(overview, gaps, silence, away, unread, now)
        : text(overview, gaps, silence, away, unread, now))
    guard let most = maxAge?.hours ?? settings.maxAgeHours else { return }
    guard let last = overview.lastGoodNightly, let started = Moment.seconds(of: last) else {
      throw Failure(.doneWithRefusals, "no nightly run has ended well yet.")
    }
    let age = Double(now.seconds) - started
    if age > Double(most) * 3_600 {
      throw Failure(
        .doneWithRefusals,
        "the last good nightly run began \(Int(age / 3_600)) h ago, more than \(most) h. "
          + "lumbar schedule show tells when the next one is due.")
    }
  }
}
