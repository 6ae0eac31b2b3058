import Ingest

/// The profiles that come with lumbar, for diaries whose header it recognises by itself.
///
/// - Throws: `ConfigurationError`, which a test rules out.
public func builtInProfiles() throws -> [Profile] {
  try [
    ("split-date", PackageResources.split_date_toml),
    ("fill-down", PackageResources.fill_down_toml),
  ].map { try readProfile(String(decoding: $0.1, as: UTF8.self), file: $0.0) }
}
