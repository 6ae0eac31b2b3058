import ArgumentParser
import Configuration
import Foundation
import Records
import Storage

/// lumbar's version.
let version = "0.1.0"

/// A word as a shell takes it: in quotes where it needs them.
func shellQuoted(_ word: String) -> String {
  let isPlain = word.utf8.allSatisfy { byte in
    switch byte {
    case 0x2B...0x3A, 0x3D, 0x40...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }
  return isPlain && !word.isEmpty ? word : inShellQuotes(word)
}

/// A word in single quotes, whatever it holds.
func inShellQuotes(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }

/// Where the database and the configuration are: flag, environment, file, default, in this order.
struct PlaceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The database file.", valueName: "path"))
  var database: String?

  @Option(help: ArgumentHelp("The configuration file (TOML).", valueName: "path"))
  var config: String?

  func settings() throws -> Settings {
    let environment = ProcessInfo.processInfo.environment
    let given = givenConfig
    let path = given ?? folder("XDG_CONFIG_HOME", ".config").map { $0 + "/lumbar/config.toml" }
    guard let path else { return Settings() }
    guard FileManager.default.fileExists(atPath: path) else {
      if given != nil { throw Failure(.configuration, "there is no configuration file \(path).") }
      return Settings()
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw Failure(.configuration, "the configuration file \(path) cannot be read as UTF-8.")
    }
    var settings = try Settings(toml: text, file: path)
    // As a shell would: there is none between this file and the system.
    for path in [\Settings.database, \.reports, \.inbox, \.archive] {
      settings[keyPath: path] = settings[keyPath: path].map {
        guard $0.hasPrefix("~/") else { return $0 }
        let home = environment["HOME"] ?? NSHomeDirectory()
        return home + $0.dropFirst()
      }
    }
    return settings
  }

  /// What names the same database on the command line of another command, with a blank before it; empty
  /// where nothing has to.
  var words: String {
    [("--config", givenConfig), ("--database", givenDatabase)].compactMap { flag, path in
      path.map { " \(flag) \(shellQuoted($0))" }
    }.joined()
  }

  /// The configuration that flag or environment names.
  var givenConfig: String? {
    firstGiven(config, ProcessInfo.processInfo.environment["LUMBAR_CONFIG"], nil)
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

/// The clock, read once a command.
struct Moment {
  /// Since 1970, in UTC.
  let seconds: Int64
  private let start: ContinuousClock.Instant

  /// Now.
  init() {
    seconds = Int64(Date().timeIntervalSince1970)
    start = ContinuousClock.now
  }

  /// ISO 8601 in UTC.
  var text: String {
    let stamp = Timestamp(day: day, milliseconds: seconds * 1_000)
    let clock = stamp.clock ?? "00:00"
    return "\(day)T\(clock)\(clock.count == 5 ? ":00" : "")Z"
  }

  var day: Day { Day(number: Int32(seconds / 86_400)) }

  /// Seconds since 1970 of a moment as `text` writes it; nil for other texts.
  static func seconds(of text: String) -> Double? {
    let parts = text.split(whereSeparator: { "-T:Z".contains($0) }).compactMap { Int($0) }
    guard parts.count == 6, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else {
      return nil
    }
    return Double(Int(day.number) * 86_400 + parts[3] * 3_600 + parts[4] * 60 + parts[5])
  }

  /// The clock as it is by now, likewise.
  var secondsNow: Int64 { seconds + Int64(elapsed) }

  /// Seconds since the command began.
  var elapsed: Double {
    let duration = (ContinuousClock.now - start).components
    return Double(duration.seconds) + Double(duration.attoseconds) / 1e18
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
