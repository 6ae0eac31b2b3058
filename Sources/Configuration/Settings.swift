/// What the configuration file says; flags and environment variables go before it.
public struct Settings: Equatable, Sendable {
  /// The database's path.
  public var database: String?
  /// The folder that reports go to.
  public var reports: String?
  /// The zone of local times of people without one.
  public var timezone: String?

  /// Nothing set.
  public init() {}

  /// Reads a configuration file.
  ///
  /// - Throws: `ConfigurationError`.
  public init(toml text: String, file: String) throws {
    let section = try TOMLSection(file: file, text: text)
    try section.allow(["database", "reports", "timezone"])
    database = try section.string("database")
    reports = try section.string("reports")
    timezone = try section.string("timezone")
  }
}

/// The first of several places that says something: flag, environment, file, default.
public func firstGiven(_ flag: String?, _ environment: String?, _ file: String?) -> String? {
  for candidate in [flag, environment, file] {
    if let candidate, !candidate.isEmpty { return candidate }
  }
  return nil
}
