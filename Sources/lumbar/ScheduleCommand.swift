import ArgumentParser
import Configuration
import Foundation
import Records
import Storage
import Workflows

/// `lumbar schedule`: the nights in the user's crontab, a block for each configuration.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Installs, shows or removes the nightly run.",
    discussion: """
      Examples:
        lumbar schedule install --at 04:15
        lumbar schedule show
      """,
    subcommands: [Install.self, Show.self, Remove.self])

  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a night into your crontab, or systemd units.",
      discussion: """
        Examples:
          lumbar schedule install --at 04:15
          lumbar schedule install --config clinic.toml --at 02:30 --dry-run

        Each configuration has a block of its own; the same one again takes the place of its \
        block. Other \
        lines of the crontab stay as they are, and a copy of it is kept beside the database. \
        --systemd \
        prints a service and a timer instead.
        """)

    @Option(help: ArgumentHelp("When, as 04:15.", valueName: "HH:MM"))
    var at = "04:15"

    @Flag(help: "Print systemd units instead.")
    var systemd = false

    @Flag(help: "Show what would be written and change nothing.")
    var dryRun = false

    @OptionGroup var place: PlaceOptions

    func run() throws {
      let (hour, minute) = try clock(at)
      let settings = try place.settings()
      let night = try place.night(settings)
      if settings.inbox == nil, settings.inboxes.isEmpty {
        say(
          "lumbar: no inbox is known yet. Set inbox in the configuration, or every night will fail."
        )
      }
      let relative = ScheduledNight.relativePaths(settings)
      if !relative.isEmpty {
        say(
          "lumbar: \(relative.joined(separator: " and ")) of the configuration "
            + "\(relative.count == 1 ? "is no path" : "are no paths") from the root: cron would "
            + "look in "
            + "your home folder. Write the whole path.")
      }
      if systemd { return try printResult(night.units(hour: hour, minute: minute)) }
      let present = try Crontab.read()
      let earlier = try present.blocks().first(where: night.isScheduled)
      let line = "\(minute) \(hour) * * * \(night.line)"
      let new = present.with(line, inPlaceOf: earlier)
      if !dryRun {
        if !present.bytes.isEmpty { try keep(present, place, settings) }
        try new.install(inPlaceOf: present)
      }
      try printResult(
        "Every day at \(at)\(dryRun ? " (nothing was changed)" : ""). In the crontab:\n"
          + Crontab.text(of: line)
          + (earlier.map { "in the place of\n\(visible($0.line))\n" } ?? ""))
    }

    private func clock(_ text: String) throws -> (hour: Int, minute: Int) {
      let digits = Array(text.utf8)
      guard digits.count == 5, digits[2] == 0x3A,
        [0, 1, 3, 4].allSatisfy({ (0x30...0x39).contains(digits[$0]) }),
        let hour = Int(text.prefix(2)), let minute = Int(text.suffix(2)), hour < 24, minute < 60
      else { throw Failure(.usage, "--at takes a time of day such as 04:15, not \(text).") }
      return (hour, minute)
    }
  }
}

extension PlaceOptions {
  func night(_ settings: Settings) throws -> ScheduledNight {
    try ScheduledNight(
      config: usedConfig, isUsualConfig: givenConfig == nil, givenDatabase: givenDatabase,
      databasePath: try databasePath(settings), settings)
  }

  /// What a scheduled night runs with.
  func of(_ block: Crontab.Block) -> PlaceOptions {
    var own = self
    own.config = block.word(after: "--config")
    own.database = block.word(after: "--database")
    return own
  }
}

/// Keeps a copy of the crontab beside the database.
func keep(_ crontab: Crontab, _ place: PlaceOptions, _ settings: Settings) throws {
  let path = try place.databasePath(settings)
  let parent = path.folderOfPath
  if !parent.isEmpty { try makeFolder(parent) }
  try replaceFile(path + ".crontab-backup", bytes: crontab.bytes)
}
