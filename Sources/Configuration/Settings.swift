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

  /// Thresholds that differ from lumbar's own, by name, in the table `thresholds`.
  public var thresholds: [String: Double] = [:]
  /// Sizes beyond which input is refused, in the table `limits`.
  public var limits = ReadingLimits()

  /// Nothing set.
  public init() {}

  /// Reads a configuration file.
  ///
  /// - Throws: `ConfigurationError`.
  public init(toml text: String, file: String) throws {
    let section = try TOMLSection(file: file, text: text)
    try section.allow([
      "database", "reports", "timezone", "language", "paper", "limits", "thresholds",
    ])
    database = try section.string("database")
    reports = try section.string("reports")
    timezone = try section.string("timezone")
    language = try section.string("language")
    paper = try section.string("paper")
    if let section = try section.section("thresholds") {
      for key in section.keys { thresholds[key] = try section.number(key) }
    }
    if let section = try section.section("limits") { limits = try Settings.limits(section) }
  }
}

extension Settings {
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
