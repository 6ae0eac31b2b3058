import ArgumentParser
import Configuration
import Foundation
import Storage
import Workflows

/// `lumbar nightly`: what cron runs.
struct NightlyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly",
    abstract: "Imports what is new in the inbox and publishes the reports that changed.",
    discussion: """
      Examples:
        lumbar nightly
        lumbar nightly --config /etc/lumbar.toml --wait 600

      The configuration names the inbox, and may name reports, archive, formats, keep, settle, \
      max_age, max_data_age, deadline, tell, tell_names, latest and reports_group. Nothing is \
      printed when nobody is needed; with tell = "changes" who is new on the list to call, and \
      the exit code is 3. Reports lie \
      in a folder named by the last day \
      with a record; latest links to the newest of each person.
      """)

  @Option(help: ArgumentHelp("The folder that new logs are in.", valueName: "folder"))
  var inbox: String?

  @Option(help: ArgumentHelp("Where reports go.", valueName: "folder"))
  var out: String?

  @Option(help: ArgumentHelp("Move imported files to this folder.", valueName: "folder"))
  var archive: String?

  @Option(help: ArgumentHelp("How long to wait for another run.", valueName: "seconds"))
  var wait: Double = 0

  @OptionGroup var reading: ReadingFlags

  @OptionGroup var place: PlaceOptions

  func run() throws {
    let moment = Moment()
    let settings = try place.settings()
    let inboxes = try inboxes(settings, moment)
    guard !inboxes.isEmpty else {
      throw Failure(
        .configuration, "no inbox is known. Set inbox in the configuration, or pass --inbox.")
    }
    let readers = try ReportAccess(groupNamed: settings.reportsGroup)
    let reports = out ?? settings.reports ?? "reports"
    let archive = archive ?? settings.archive
    let isSaidAlone = inbox != nil || settings.inbox != nil
    for inbox in inboxes {
      try Night.check(
        inbox: inbox.path, mayBeFile: !isSaidAlone, reports: reports, archive: archive)
    }
    setDeadline(hours: settings.deadlineHours ?? 6)
    let (thresholds, style) = (try settings.knownThresholds(), try settings.reportStyle())
    let path = try place.databasePath(settings)
    let store = try Store.open(creating: path, wait: wait, now: moment.seconds)
    store.zoneNamed = { zoneRules(named: $0) }
    store.whileLooking = watchedLook
    store.aliases = ExerciseAliases(settings.aliases)
    try store.requireSound()
    let night = Night(
      settings: settings, thresholds: thresholds, style: style, moment: moment, store: store,
      inboxes: inboxes, reports: reports, archive: archive, place: place.words,
      readers: readers,
      watch: { Progress($0, total: $1) }
    ) { say("lumbar: " + $0) }
    let exit = try night.run { count in
      guard isatty(STDERR_FILENO) == 1 else { return }
      say("lumbar: \(count) of the inbox were just written to and wait (settle).")
    }
    if exit != .done { throw Failure(exit) }
  }

  /// The inbox of the command line, else those of the configuration; what is said of one goes
  /// before the flags.
  private func inboxes(_ settings: Settings, _ moment: Moment) throws -> [NightInbox] {
    let alone = firstGiven(inbox, nil, settings.inbox).map { [Inbox(path: $0)] }
    return try (alone ?? settings.inboxes).map { inbox in
      var flags = reading
      flags.profile = inbox.profile ?? flags.profile
      flags.patient = inbox.patient ?? flags.patient
      flags.timezone = inbox.timezone ?? flags.timezone
      let options = try flags.options(settings, moment)
      var origin = flags.origin(options)
      origin.replaces = inbox.replaces
      return NightInbox(
        path: inbox.path, options: options, reading: try flags.key(), origin: origin)
    }
  }
}
