/// What is wrong with a configuration file or a profile.
public enum ConfigurationError: Error, Equatable, Sendable {
  case syntax(file: String, line: Int, what: String)
  case unknownKey(file: String, key: String, known: [String])
  case wrongValue(file: String, key: String, expected: String)
  case missingKey(file: String, key: String)
  case unknownProfile(name: String, known: [String])
}

extension ConfigurationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .syntax(let file, let line, let what):
      "\(file), line \(line): this is not TOML (\(what)). Mend the line."
    case .unknownKey(let file, let key, let known):
      "\(file): there is no setting \(key). Known here: \(known.joined(separator: ", "))."
    case .wrongValue(let file, let key, let expected):
      "\(file): \(key) must be \(expected). Correct it."
    case .missingKey(let file, let key): "\(file): \(key) is missing. Add it."
    case .unknownProfile(let name, let known):
      "there is no profile \(name). Pass a TOML file or one of: \(known.joined(separator: ", "))."
    }
  }
}
