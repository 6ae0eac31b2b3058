import ArgumentParser
import Configuration
import Foundation
import Ingest
import Records
import Storage
import Workflows

/// How files are read: the flags that import and profile test share.
struct ReadingFlags: ParsableArguments {
  @Option(help: ArgumentHelp("The kind of the records, instead of finding it.", valueName: "kind"))
  var kind: Kind?

  @Option(help: ArgumentHelp("A built-in profile or a TOML file.", valueName: "name"))
  var profile: String?

  @Option(help: ArgumentHelp("Whose rows they are when the file does not say.", valueName: "id"))
  var patient: String?

  @Option(help: ArgumentHelp("The zone of times without an offset.", valueName: "zone"))
  var timezone: String?

  @Option(help: ArgumentHelp("The order of dates.", valueName: "order"))
  var dateOrder: DateOrder?

  @Option(help: ArgumentHelp("What stands before decimals.", valueName: "mark"))
  var decimal: DecimalMark?

  @Option(help: ArgumentHelp("What weights are in when the file does not say.", valueName: "unit"))
  var unit: WeightUnit?

  func options(_ settings: Settings, _ moment: Moment) throws -> ReadingOptions {
    var options = ReadingOptions(latestDay: moment.day + 1)
    options.limits = settings.limits
    options.kind = kind
    options.dateOrder = dateOrder
    options.decimalMark = decimal?.byte
    options.weightUnit = unit
    if let timezone { options.zone = try zone(timezone, .usage) }
    if let timezone = settings.timezone {
      options.defaultZone = try zone(timezone, .configuration)
      options.hasDefaultZone = true
    }
    if let patient, patient.isEmpty { throw Failure(.usage, "--patient must not be empty.") }
    options.patient = patient
    options.profiles = try builtInProfiles()
    if let profile, foreignFormats.contains(where: { $0.name == profile }) {
      options.foreignFormat = profile
    } else if let profile {
      options.profiles = [try chosenProfile(profile, known: options.profiles)]
      options.profileIsChosen = true
    }
    options.zoneNamed = { zoneRules(named: $0) }
    return options
  }

  /// What later versions of files are known by, as far as it is the same of all.
  func origin(_ options: ReadingOptions) -> FileOrigin {
    var origin = FileOrigin()
    guard let profile, options.profileIsChosen else { return origin }
    origin.profileName = options.profiles.first?.name
    if FileManager.default.fileExists(atPath: profile) {
      origin.profilePlace = placeKey(of: profile)
    }
    return origin
  }

  private func zone(_ name: String, _ exit: Exit) throws -> ZoneRules {
    guard let rules = zoneRules(named: name) else {
      throw Failure(exit, "there is no time zone \(name). Write a name such as Europe/Berlin.")
    }
    return rules
  }

  private func chosenProfile(_ name: String, known: [Profile]) throws -> Profile {
    if let builtIn = known.first(where: { $0.name == name }) { return builtIn }
    guard FileManager.default.fileExists(atPath: name) else {
      throw ConfigurationError.unknownProfile(name: name, known: known.map(\.name))
    }
    guard let text = try? String(contentsOfFile: name, encoding: .utf8) else {
      throw Failure(.configuration, "the profile \(name) cannot be read as UTF-8.")
    }
    return try readProfile(text, file: name)
  }

  /// All that decides how the same bytes are read, so that another reading is another file.
  func key() throws -> String {
    var profileText = profile ?? ""
    if let profile, let text = try? String(contentsOfFile: profile, encoding: .utf8) {
      profileText = SHA256.hex(of: text.utf8)
    }
    return [
      "1", kind?.rawValue ?? "", profileText, patient ?? "", timezone ?? "",
      dateOrder?.rawValue ?? "", decimal?.rawValue ?? "",
    ].joined(separator: "|") + (unit.map { "|\($0.rawValue)" } ?? "")
  }
}
