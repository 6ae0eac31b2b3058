import Ingest

/// The profiles that come with lumbar, for diaries whose header it recognises by itself.
///
/// - Throws: `ConfigurationError`, which a test rules out.
public func builtInProfiles() throws -> [Profile] {
  try [
    ("fill-down", PackageResources.fill_down_toml),
    ("fitnotes", PackageResources.fitnotes_toml),
    ("garmin-csv", PackageResources.garmin_csv_toml),
    ("google-fit-csv", PackageResources.google_fit_csv_toml),
    ("gymrun", PackageResources.gymrun_toml),
    ("habitbull", PackageResources.habitbull_toml),
    ("hevy", PackageResources.hevy_toml),
    ("loop", PackageResources.loop_toml),
    ("moves", PackageResources.moves_toml),
    ("oswestry", PackageResources.oswestry_toml),
    ("split-date", PackageResources.split_date_toml),
    ("strava-csv", PackageResources.strava_csv_toml),
    ("strong", PackageResources.strong_toml),
  ].map {
    var profile = try readProfile(String(decoding: $0.1, as: UTF8.self), file: $0.0)
    // What a file proves goes before what its program usually does.
    for index in profile.layouts.indices where profile.layouts[index].dateOrder != nil {
      profile.layouts[index].dateOrderGivesWay = true
    }
    return profile
  }
}
