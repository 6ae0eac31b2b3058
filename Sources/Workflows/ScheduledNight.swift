import Configuration
import Foundation
import Storage

/// The command that a scheduler runs, with absolute paths.
public struct ScheduledNight {
  private let words: [String]
  private let config: String?
  private let isUsualConfig: Bool
  /// The database, where the configuration does not name it.
  private let database: String?
  /// The database, whoever names it.
  private let everyDatabase: String
  private let folders: [String]

  /// A night.
  ///
  /// - Parameters:
  ///   - config: the configuration that is read; nil where there is none.
  ///   - isUsualConfig: whether nobody had to name it.
  ///   - givenDatabase: the database that one of them names.
  ///   - databasePath: the database, whoever names it.
  ///   - settings: the folders.
  /// - Throws: for paths that no line of a crontab can hold.
  public init(
    config givenConfig: String?, isUsualConfig: Bool, givenDatabase: String?, databasePath: String,
    _ settings: Settings
  ) throws {
    let config = givenConfig.map(ScheduledNight.standing)
    everyDatabase = ScheduledNight.standing(databasePath)
    let isSaidThere = config != nil && givenDatabase == nil && settings.database?.first == "/"
    database = isSaidThere ? nil : everyDatabase
    self.config = config
    self.isUsualConfig = isUsualConfig
    words =
      [try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"), "nightly"]
      + (config.map { ["--config", $0] } ?? []) + (database.map { ["--database", $0] } ?? [])
    folders =
      [everyDatabase.folderOfPath]
      + [settings.reports, settings.inbox, settings.archive].compactMap { $0?.absolutePath }
      + settings.inboxes.map { ScheduledNight.folder(of: $0.path) }
    for path in words + folders where path.unicodeScalars.contains(where: { isControl($0) }) {
      throw Failure(
        .configuration,
        "the path \(path) holds a line break or another control character, which no line of a "
          + "crontab "
          + "or unit can. Nothing was changed; rename it.")
    }
  }

  /// A path from the root through folders without links; the last name may be one, which can be
  /// moved on.
  private static func standing(_ path: String) -> String {
    let folder = path.folderOfPath
    let real = realPath(folder.isEmpty ? "." : folder)
    return (real == "/" ? "" : real) + "/" + path.nameOfPath
  }

  /// The folder that an inbox is, or that its file lies in.
  private static func folder(of inbox: String) -> String {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: inbox, isDirectory: &isFolder)
    let isFile = isThere ? !isFolder.boolValue : !inbox.endingOfPath.isEmpty
    return isFile ? inbox.absolutePath.folderOfPath : inbox.absolutePath
  }

  /// Paths of the configuration that lead elsewhere when another folder is the present one.
  public static func relativePaths(_ settings: Settings) -> [String] {
    let inbox = settings.inbox ?? settings.inboxes.map(\.path).first { !$0.hasPrefix("/") }
    return [("inbox", inbox), ("reports", settings.reports), ("archive", settings.archive)]
      .filter { $0.1.map { !$0.hasPrefix("/") } ?? false }.map(\.0)
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  /// Whether a block runs this night: the same configuration, and the same database where that is
  /// not the configuration's to say.
  public func isScheduled(_ block: Crontab.Block) -> Bool {
    let (config, database) = (block.word(after: "--config"), block.word(after: "--database"))
    // Earlier versions named neither the usual configuration nor left the database to one.
    let isSameConfig = same(config, self.config) || config == nil && isUsualConfig
    return isSameConfig && (same(database, self.database) || same(database, everyDatabase))
  }

  /// Whether a block names a configuration and a database, as far as they are given; files that are
  /// gone can be named too.
  public static func names(_ block: Crontab.Block, config: String?, database: String?) -> Bool {
    [("--config", config), ("--database", database)].allSatisfy { flag, path in
      path.map { same(block.word(after: flag), standing($0)) } ?? true
    }
  }

  /// Whether two paths are the same bytes: é in either form is another file.
  private static func same(_ path: String?, _ other: String?) -> Bool {
    path.map { Array($0.utf8) } == other.map { Array($0.utf8) }
  }
  private func same(_ path: String?, _ other: String?) -> Bool {
    ScheduledNight.same(path, other)
  }

  /// For the shell of cron, where a percent sign ends the line.
  public var line: String {
    words.map(inShellQuotes).joined(separator: " ").replacing("%", with: "\\%")
  }

  /// A service and a timer; the service may write where the run must and nowhere else.
  public func units(hour: Int, minute: Int) -> String {
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
      # Exit code 3, somebody is needed, leaves the unit failed: journalctl --user -u lumbar says \
      why.
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
