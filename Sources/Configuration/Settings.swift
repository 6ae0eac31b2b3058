import Ingest

/// What the configuration file says; flags and environment variables go before it.
public struct Settings: Equatable, Sendable {
  /// The database's path.
  public var database: String?
  /// The folder that reports go to.
  public var reports: String?
  /// The zone of local times of people without one.
  public var timezone: String?

  /// The language of reports, as `de`; nil takes each patient's own.
  public var language: String?
  /// The paper of workbooks, `a4` or `letter`.
  public var paper: String?

  /// The folder that new logs are dropped into, for the nightly run.
  public var inbox: String?
  /// Folders and files of new logs that are each read in their own way; none where `inbox` is said.
  public var inboxes: [Inbox] = []
  /// Names of exercises that reports take for others, by the names in the logs.
  public var aliases: [String: String] = [:]
  /// The folder that imported files are moved into; nil leaves them in the inbox.
  public var archive: String?
  /// What the nightly run writes, by the names of report formats.
  public var formats: [String] = []
  /// How many dated folders of reports are kept.
  public var keep: Int?
  /// Hours after which the last good nightly run is too old.
  public var maxAgeHours: Int?
  /// Seconds for which nobody may have written to a file of the inbox before it is read.
  public var settleSeconds: Int?
  /// Hours after which the newest record is too old.
  public var maxDataAgeHours: Int?
  /// Hours after which a nightly run gives up.
  public var deadlineHours: Int?
  /// Whether a night tells who is new on the list to call.
  public var tellsChanges = false
  /// Whether it tells their names beside their ids.
  public var tellsNames = false
  /// Whether `latest` holds copies of reports in place of links.
  public var copiesLatest = false
  /// The group that may read the reports of a night; nil for nobody but the user.
  public var reportsGroup: String?

  /// Factors that links are asked about, by their names in the logs.
  public var factors: [String] = []
  /// Thresholds that differ from lumbar's own, by name, in the table `thresholds`.
  public var thresholds: [String: Double] = [:]
  /// Sizes beyond which input is refused, in the table `limits`.
  public var limits = ReadingLimits()

  /// Factors that can be asked about: each keeps a share of the error that all may make.
  public static let mostFactors = 4

  /// Nothing set.
  public init() {}

  /// Reads a configuration file.
  ///
  /// - Throws: `ConfigurationError`.
  public init(toml text: String, file: String) throws {
    let section = try TOMLSection(file: file, text: text)
    try section.allow([
      "database", "reports", "timezone", "language", "paper", "inbox", "archive", "formats", "keep",
      "max_age", "max_data_age", "settle", "deadline", "factors", "limits", "thresholds",
      "aliases", "tell", "tell_names", "latest", "reports_group",
    ])
    database = try section.string("database")
    reports = try section.string("reports")
    timezone = try section.string("timezone")
    language = try section.string("language")
    paper = try section.string("paper")
    if section.isList("inbox") {
      inboxes = try section.sections("inbox").map(Inbox.init)
    } else {
      inbox = try section.string("inbox")
    }
    archive = try section.string("archive")
    formats = try section.strings("formats").flatMap {
      $0.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    }
    factors = try section.strings("factors")
    if factors.count > Settings.mostFactors {
      throw section.wrong("factors", "a list of at most \(Settings.mostFactors) names")
    }
    keep = try section.integer("keep")
    if let keep, keep < 1 { throw section.wrong("keep", "a whole number from 1") }
    maxAgeHours = try Settings.hours(section, "max_age")
    maxDataAgeHours = try Settings.hours(section, "max_data_age")
    settleSeconds = try Settings.seconds(section, "settle")
    deadlineHours = try Settings.hours(section, "deadline")
    tellsChanges = try section.choice("tell", of: ["needed", "changes"]) == "changes"
    tellsNames = try section.boolean("tell_names") ?? false
    copiesLatest = try section.choice("latest", of: ["link", "copy"]) == "copy"
    reportsGroup = try section.string("reports_group")
    if let section = try section.section("thresholds") {
      for key in section.keys { thresholds[key] = try section.number(key) }
    }
    if let section = try section.section("aliases") {
      for key in section.keys { aliases[key] = try section.required(key) }
    }
    if let section = try section.section("limits") { limits = try Settings.limits(section) }
  }
}

/// A folder or file of new logs, and how what lies there is read.
public struct Inbox: Equatable, Sendable {
  /// The folder's or file's path.
  public var path: String
  /// A built-in profile or the path of one.
  public var profile: String?
  /// Whose rows they are where files do not say.
  public var patient: String?
  /// The zone of local times.
  public var timezone: String?
  /// Whether rows of a file's earlier versions that are no longer in it are taken back.
  public var replaces = false

  /// A folder or file that is read as files say themselves.
  public init(path: String) { self.path = path }

  init(_ section: TOMLSection) throws {
    try section.allow(["path", "profile", "patient", "timezone", "replaces"])
    self.init(path: try section.required("path"))
    profile = try section.string("profile")
    patient = try section.string("patient")
    timezone = try section.string("timezone")
    replaces = try section.boolean("replaces") ?? false
  }
}

/// A number of hours from a text such as `26h` or `2d`; nil for other texts.
public func hours(of text: String) -> Int? {
  guard let number = Int(text.dropLast()), (1...100_000).contains(number) else { return nil }
  switch text.last {
  case "h": return number
  case "d": return number * 24
  default: return nil
  }
}

extension Settings {
  private static func hours(_ section: TOMLSection, _ key: String) throws -> Int? {
    guard let text = try section.string(key) else { return nil }
    guard let hours = Configuration.hours(of: text) else {
      throw section.wrong(key, "hours or days in quotes, as \"26h\" or \"2d\"")
    }
    return hours
  }

  /// A number of seconds up to a day, alone or as `90s`, `5m` or `1h`.
  private static func seconds(_ section: TOMLSection, _ key: String) throws -> Int? {
    var seconds = try? section.integer(key)
    if seconds == nil, let text = try? section.string(key), let unit = text.last,
      let length = ["s": 1, "m": 60, "h": 3_600][unit], let number = Int(text.dropLast())
    {
      seconds = number.multipliedReportingOverflow(by: length).partialValue
    }
    if seconds == nil, !section.keys.contains(key) { return nil }
    guard let seconds, (0...86_400).contains(seconds) else {
      throw section.wrong(key, "seconds from 0 to 86400, or as \"90s\" or \"5m\"")
    }
    return seconds
  }

  private static func limits(_ section: TOMLSection) throws -> ReadingLimits {
    try section.allow(["file_mib", "field_kib", "columns", "nesting"])
    func size(_ key: String, upTo most: Int) throws -> Int? {
      guard let size = try section.integer(key) else { return nil }
      guard (1...most).contains(size) else {
        throw section.wrong(key, "a whole number from 1 to \(most)")
      }
      return size
    }
    var limits = ReadingLimits()
    limits.fileBytes = try size("file_mib", upTo: 1 << 30).map { $0 << 20 }
    limits.fieldBytes = try size("field_kib", upTo: 1 << 20).map { $0 << 10 } ?? limits.fieldBytes
    limits.columns = try size("columns", upTo: 1 << 20) ?? limits.columns
    limits.nesting = try size("nesting", upTo: 1_024) ?? limits.nesting
    return limits
  }
}

/// The first of several places that says something: flag, environment, file, default.
public func firstGiven(_ flag: String?, _ environment: String?, _ file: String?) -> String? {
  for candidate in [flag, environment, file] {
    if let candidate, !candidate.isEmpty { return candidate }
  }
  return nil
}
