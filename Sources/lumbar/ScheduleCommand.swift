import ArgumentParser
import Foundation
import Storage

/// `lumbar schedule`: the line in the user's crontab.
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
      abstract: "Writes lumbar's own block into your crontab, or systemd units.",
      discussion: """
        Examples:
          lumbar schedule install --at 04:15
          lumbar schedule install --systemd

        Other lines of the crontab stay as they are; a copy of it is kept beside the database. \
        --systemd prints a service and a timer instead.
        """)

    @Option(help: ArgumentHelp("When, as 04:15.", valueName: "HH:MM"))
    var at = "04:15"

    @Flag(help: "Print systemd units instead.")
    var systemd = false

    @OptionGroup var place: PlaceOptions

    func run() throws {
      let (hour, minute) = try clock(at)
      if try place.settings().inbox == nil {
        say(
          "lumbar: no inbox is known yet. Set inbox in the configuration, or every night will fail."
        )
      }
      let command = try NightlyCall(place)
      if systemd { return try printResult(command.units(hour: hour, minute: minute)) }
      let present = try Crontab.read()
      var kept = Crontab.withoutBlock(present)
      if !kept.isEmpty, !kept.hasSuffix("\n") { kept += "\n" }
      if !present.isEmpty {
        let path = try place.databasePath(try place.settings())
        let parent = path.folderOfPath
        if !parent.isEmpty { try makeFolder(parent) }
        try replaceFile(path + ".crontab-backup", text: present)
      }
      try Crontab.write(
        kept + "\(Crontab.begin)\n\(minute) \(hour) * * * \(command.line)\n\(Crontab.end)\n")
      try printResult("Every day at \(at): \(command.line)\n")
    }

    private func clock(_ text: String) throws -> (Int, Int) {
      let parts = text.split(separator: ":").map { Int($0) }
      guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
        (0...59).contains(minute)
      else { throw Failure(.usage, "--at takes a time of day such as 04:15, not \(text).") }
      return (hour, minute)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tells when the next run is and how the last ones went.",
      discussion: """
        Examples:
          lumbar schedule show
          lumbar schedule show --database clinic.sqlite
        """)

    @OptionGroup var place: PlaceOptions

    func run() throws {
      let lines = Crontab.block(try Crontab.read())
      guard let line = lines.first else {
        return try printResult("Nothing is scheduled. lumbar schedule install does it.\n")
      }
      let fields = line.split(separator: " ")
      var text = "Scheduled: \(line)\n"
      if fields.count > 2, let minute = Int(fields[0]), let hour = Int(fields[1]),
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
      if let runs = try? place.reading().overview(runs: 50).runs {
        for run in runs.filter({ $0.command == "nightly" }).prefix(5) {
          let exit = run.exit.map { "exit \($0)" } ?? "did not finish"
          text += "Last run:  \(run.started), \(exit)\n"
        }
      }
      try printResult(text)
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes lumbar's block out of your crontab.",
      discussion: """
        Examples:
          lumbar schedule remove
          lumbar schedule show
        """)

    func run() throws {
      let present = try Crontab.read()
      guard !Crontab.block(present).isEmpty else {
        return try printResult("Nothing was scheduled.\n")
      }
      try Crontab.write(Crontab.withoutBlock(present))
      try printResult("Removed.\n")
    }
  }
}

/// The command that a scheduler runs, with absolute paths.
private struct NightlyCall {
  private let words: [String]
  private let folders: [String]

  init(_ place: PlaceOptions) throws {
    let settings = try place.settings()
    var words = [try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")]
    words.append("nightly")
    let environment = ProcessInfo.processInfo.environment
    if let config = place.config ?? environment["LUMBAR_CONFIG"] {
      words += ["--config", NightlyCall.absolute(config)]
    }
    let database = NightlyCall.absolute(try place.databasePath(settings))
    words += ["--database", database]
    self.words = words
    folders =
      [database.folderOfPath]
      + [settings.reports, settings.inbox, settings.archive].compactMap { $0 }
      .map(NightlyCall.absolute)
  }

  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  /// For the shell of cron, where a percent sign ends the line.
  var line: String {
    words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
      .replacing("%", with: "\\%")
  }

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

/// The user's crontab, read and written through the command of that name.
enum Crontab {
  static let begin = "# BEGIN lumbar nightly (written by lumbar schedule)"
  static let end = "# END lumbar nightly"

  /// The lines between lumbar's marks.
  static func block(_ crontab: String) -> [String] {
    var lines: [String] = []
    var isInside = false
    for line in crontab.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == begin {
        isInside = true
      } else if line == end {
        isInside = false
      } else if isInside {
        lines.append(String(line))
      }
    }
    return lines
  }

  /// The crontab without lumbar's block, every other line as it is.
  static func withoutBlock(_ crontab: String) -> String {
    var lines: [Substring] = []
    var isInside = false
    for line in crontab.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == begin {
        isInside = true
      } else if line == end, isInside {
        isInside = false
      } else if !isInside {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  static func read() throws -> String {
    let (status, output, errors) = try run(["-l"], input: nil)
    if status == 0 { return output }
    if errors.contains("no crontab") { return "" }
    throw Failure(.inputOutput, "crontab -l failed: \(errors.prefix(200)). Is cron installed?")
  }

  static func write(_ text: String) throws {
    let (status, _, errors) = try run(["-"], input: text)
    guard status == 0 else {
      throw Failure(.cannotCreate, "crontab refused the new lines: \(errors.prefix(200)).")
    }
  }

  private static func run(_ arguments: [String], input: String?) throws -> (Int32, String, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["crontab"] + arguments
    let (output, errors, source) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = source
    do { try process.run() } catch {
      throw Failure(.inputOutput, "the command crontab cannot be run. Install cron.")
    }
    source.fileHandleForWriting.write(Data((input ?? "").utf8))
    source.fileHandleForWriting.closeFile()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let words = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: words, as: UTF8.self)
    )
  }
}
