import ArgumentParser
import Configuration
import Foundation
import Records
import Reporting
import Storage
import Workflows

/// Where the database and the configuration are: flag, environment, file, default, in this order.
struct PlaceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The database file.", valueName: "path"))
  var database: String?

  @Option(help: ArgumentHelp("The configuration file (TOML).", valueName: "path"))
  var config: String?

  func settings() throws -> Settings {
    let environment = ProcessInfo.processInfo.environment
    guard let path = usedConfig else { return Settings() }
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(.configuration, "there is no configuration file \(path).")
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Failure(.configuration, "the configuration file \(path) cannot be read as UTF-8.")
    }
    var settings = try Settings(toml: text, file: path)
    guard Set(settings.formats).isSubset(of: reportFormats.map(\.name)) else {
      throw ConfigurationError.wrongValue(
        file: path, key: "formats", expected: "a list of \(formatNames), as [\"xlsx\", \"txt\"]")
    }
    // As a shell would: there is none between this file and the system.
    let home = environment["HOME"] ?? NSHomeDirectory()
    func expanded(_ path: String) -> String {
      path.hasPrefix("~/") ? home + path.dropFirst() : path
    }
    for path in [\Settings.database, \.reports, \.inbox, \.archive] {
      settings[keyPath: path] = settings[keyPath: path].map(expanded)
    }
    for index in settings.inboxes.indices {
      settings.inboxes[index].path = expanded(settings.inboxes[index].path)
      settings.inboxes[index].profile = settings.inboxes[index].profile.map(expanded)
    }
    return settings
  }

  /// What names the same database on the command line of another command, with a blank before it;
  /// empty where nothing has to.
  var words: String {
    [("--config", givenConfig), ("--database", givenDatabase)].compactMap { flag, path in
      path.map { " \(flag) \(shellQuoted($0))" }
    }.joined()
  }

  /// The configuration that flag or environment names.
  var givenConfig: String? {
    firstGiven(config, ProcessInfo.processInfo.environment["LUMBAR_CONFIG"], nil)
  }

  /// The configuration that is read: that, or the usual one where it is there.
  var usedConfig: String? {
    if let givenConfig { return givenConfig }
    let usual = folder("XDG_CONFIG_HOME", ".config").map { $0 + "/lumbar/config.toml" }
    return usual.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
  }

  /// The database that flag or environment names.
  var givenDatabase: String? {
    firstGiven(database, ProcessInfo.processInfo.environment["LUMBAR_DATABASE"], nil)
  }

  /// Whether flag, environment or file names the database.
  func databaseIsNamed(_ settings: Settings) -> Bool {
    firstGiven(givenDatabase, nil, settings.database) != nil
  }

  func databasePath(_ settings: Settings) throws -> String {
    let path = try givenDatabasePath(settings)
    if path == ":memory:" || path.hasPrefix("file:") {
      throw Failure(
        .usage, "\(path) names no file, so that nothing would be kept. Pass the path of a file.")
    }
    return path
  }

  private func givenDatabasePath(_ settings: Settings) throws -> String {
    if let path = firstGiven(givenDatabase, nil, settings.database) { return path }
    guard let data = folder("XDG_DATA_HOME", ".local/share") else {
      throw Failure(.configuration, "no place for the database is known. Pass --database PATH.")
    }
    return data + "/lumbar/lumbar.sqlite"
  }

  /// The database, which must be there, to read it.
  func reading() throws -> Store { try reading(try databasePath(try settings())) }

  /// A database that must be there, to read it.
  func reading(_ path: String) throws -> Store {
    let store = try Store.open(existing: path)
    store.whileLooking = watchedLook
    try store.requireSound()
    return store
  }

  /// A database that must be there, to write to it: nobody else writes meanwhile.
  func writing(_ path: String, _ moment: Moment) throws -> Store {
    let store = try Store.open(existing: path, writing: true, now: moment.seconds)
    store.zoneNamed = { zoneRules(named: $0) }
    store.whileLooking = watchedLook
    try store.requireSound()
    return store
  }

  private func folder(_ variable: String, _ below: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment[variable], path.hasPrefix("/") { return path }
    if let home = environment["HOME"], home.hasPrefix("/") { return home + "/" + below }
    return nil
  }
}

extension Day {
  /// A day from a command line, as `2026-10-31`.
  init(argument: String, name: String) throws {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard argument.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1],
      let day = parts[2], let value = Day(year: year, month: month, day: day)
    else { throw Failure(.usage, "\(name) must be a date such as 2026-10-31, not \(argument).") }
    self = value
  }
}
