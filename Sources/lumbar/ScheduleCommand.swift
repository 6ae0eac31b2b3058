import ArgumentParser
import Configuration
import Foundation
import Records
import Storage

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

        Each configuration has a block of its own; the same one again takes the place of its block. Other \
        lines of the crontab stay as they are, and a copy of it is kept beside the database. --systemd \
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
      let night = try ScheduledNight(place, settings)
      if settings.inbox == nil {
        say(
          "lumbar: no inbox is known yet. Set inbox in the configuration, or every night will fail."
        )
      }
      let relative = ScheduledNight.relativePaths(settings)
      if !relative.isEmpty {
        say(
          "lumbar: \(relative.joined(separator: " and ")) of the configuration "
            + "\(relative.count == 1 ? "is no path" : "are no paths") from the root: cron would look in "
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

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tells when the next runs are and how the last ones went.",
      discussion: """
        Examples:
          lumbar schedule show
          lumbar schedule show --config clinic.toml
        """)

    @OptionGroup var place: PlaceOptions

    func run() throws {
      var blocks = try Crontab.read().blocks()
      if place.config != nil || place.database != nil {
        let night = try ScheduledNight(place, try place.settings())
        blocks = blocks.filter(night.isScheduled)
      }
      guard !blocks.isEmpty else {
        return try printResult("Nothing is scheduled. lumbar schedule install does it.\n")
      }
      try printResult(blocks.map(text).joined(separator: "\n"))
    }

    private func text(_ block: Crontab.Block) -> String {
      var text = "Scheduled: \(visible(block.line))\n"
      if let (minute, hour) = block.time,
        let next = Calendar.current.nextDate(
          after: Date(), matching: DateComponents(hour: hour, minute: minute),
          matchingPolicy: .nextTime)
      {
        let parts = Calendar.current.dateComponents([.year, .month, .day], from: next)
        let day = String(
          format: "%04d-%02d-%02d %02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0,
          hour, minute)
        text += "Next run:  \(day)\n"
      }
      if let runs = try? place.of(block).reading().overview(runs: 50).runs {
        for run in runs.filter({ $0.command == "nightly" }).prefix(5) {
          let exit = run.exit.map { "exit \($0)" } ?? "did not finish"
          text += "Last run:  \(visible(run.started)), \(exit)\n"
        }
      }
      return text
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes a night out of your crontab.",
      discussion: """
        Examples:
          lumbar schedule remove
          lumbar schedule remove --config clinic.toml

        Where more than one is scheduled, --config or --database says which.
        """)

    @Flag(help: "Show what would be removed and change nothing.")
    var dryRun = false

    @OptionGroup var place: PlaceOptions

    func run() throws {
      let present = try Crontab.read()
      let blocks = try present.blocks()
      guard !blocks.isEmpty else { return try printResult("Nothing was scheduled.\n") }
      let isOnlyOne = blocks.count == 1 && place.config == nil && place.database == nil
      guard
        let block = isOnlyOne
          ? blocks[0]
          : blocks.first(where: try ScheduledNight(place, try place.settings()).isScheduled)
      else {
        let others = blocks.map(\.line).joined(separator: "; ")
        throw Failure(
          .usage,
          "this configuration is not scheduled, but \(others). Say which with --config or --database."
        )
      }
      if !dryRun {
        let own = place.of(block)
        try keep(present, own, try own.settings())
        try present.without(block).install(inPlaceOf: present)
      }
      try printResult("\(dryRun ? "Would be removed" : "Removed"): \(visible(block.line))\n")
    }
  }
}

extension PlaceOptions {
  /// What a scheduled night runs with.
  fileprivate func of(_ block: Crontab.Block) -> PlaceOptions {
    var own = self
    own.config = block.word(after: "--config")
    own.database = block.word(after: "--database")
    return own
  }
}

/// Keeps a copy of the crontab beside the database.
private func keep(_ crontab: Crontab, _ place: PlaceOptions, _ settings: Settings) throws {
  let path = try place.databasePath(settings)
  let parent = path.folderOfPath
  if !parent.isEmpty { try makeFolder(parent) }
  try replaceFile(path + ".crontab-backup", bytes: crontab.bytes)
}

/// The command that a scheduler runs, with absolute paths.
private struct ScheduledNight {
  private let words: [String]
  private let config: String?
  /// The database, where the configuration does not name it.
  private let database: String?
  /// The database, whoever names it.
  private let everyDatabase: String
  private let folders: [String]

  /// - Throws: for paths that no line of a crontab can hold.
  init(_ place: PlaceOptions, _ settings: Settings) throws {
    let config = place.givenConfig.map(ScheduledNight.standing)
    everyDatabase = ScheduledNight.standing(try place.databasePath(settings))
    let isSaidThere = config != nil && place.givenDatabase == nil && settings.database?.first == "/"
    database = isSaidThere ? nil : everyDatabase
    self.config = config
    words =
      [try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"), "nightly"]
      + (config.map { ["--config", $0] } ?? []) + (database.map { ["--database", $0] } ?? [])
    folders =
      [everyDatabase.folderOfPath]
      + [settings.reports, settings.inbox, settings.archive].compactMap { $0?.absolutePath }
    for path in words + folders where path.unicodeScalars.contains(where: { isControl($0) }) {
      throw Failure(
        .configuration,
        "the path \(path) holds a line break or another control character, which no line of a crontab "
          + "or unit can. Nothing was changed; rename it.")
    }
  }

  /// A path from the root through folders without links; the last name may be one, which can be moved on.
  private static func standing(_ path: String) -> String {
    let whole = path.absolutePath
    var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
    let given = path.folderOfPath
    guard realpath(given.isEmpty ? "." : given, &folder) != nil else { return whole }
    let real = String(
      decoding: folder.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return (real == "/" ? "" : real) + "/" + path.nameOfPath
  }

  /// Paths of the configuration that lead elsewhere when another folder is the present one.
  static func relativePaths(_ settings: Settings) -> [String] {
    [("inbox", settings.inbox), ("reports", settings.reports), ("archive", settings.archive)]
      .filter { $0.1.map { !$0.hasPrefix("/") } ?? false }.map(\.0)
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  /// Whether a block runs this night: the same configuration, and the same database where that is not the
  /// configuration's to say.
  func isScheduled(_ block: Crontab.Block) -> Bool {
    guard block.word(after: "--config") == config else { return false }
    let named = block.word(after: "--database")
    // Earlier versions wrote the database that the configuration named.
    return named == database || named == everyDatabase
  }

  /// For the shell of cron, where a percent sign ends the line.
  var line: String { words.map(inShellQuotes).joined(separator: " ").replacing("%", with: "\\%") }

  /// A service and a timer; the service may write where the run must and nowhere else.
  func units(hour: Int, minute: Int) -> String {
    func quoted(_ text: String) -> String {
      "\""
        + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("%", with: "%%").replacing("$", with: "$$") + "\""
    }
    let time = String(format: "%02d:%02d", hour, minute)
    return """
      # lumbar.service
      # Both files go to ~/.config/systemd/user; then: systemctl --user enable --now lumbar.timer
      # For a second configuration give both files another name than lumbar.
      # The folders of ReadWritePaths must be there: mkdir -p makes them.
      # Exit code 3, somebody is needed, leaves the unit failed: journalctl --user -u lumbar says why.
      [Unit]
      Description=lumbar: import new logs and publish reports

      [Service]
      Type=oneshot
      ExecStart=\(words.map(quoted).joined(separator: " "))
      UMask=0077
      NoNewPrivileges=yes
      PrivateTmp=yes
      PrivateNetwork=yes
      ProtectSystem=strict
      ReadWritePaths=\(folders.map(quoted).joined(separator: " "))

      # lumbar.timer
      [Unit]
      Description=lumbar every night

      [Timer]
      OnCalendar=*-*-* \(time):00
      Persistent=true

      [Install]
      WantedBy=timers.target

      """
  }
}
