/// What is wrong with a configuration file or a profile.
public enum ConfigurationError: Error, Equatable, Sendable {
  /// Text that is not TOML, on a line from 1.
  case syntax(file: String, line: Int, what: String)
  /// A key that nothing reads, with those that are known in its place.
  case unknownKey(file: String, key: String, known: [String])
  /// A value of another type, or outside the choices of its key.
  case wrongValue(file: String, key: String, expected: String)
  /// A required key that is not there.
  case missingKey(file: String, key: String)
  /// A draft with lines, from 1, that a person has to settle.
  case unsettled(file: String, lines: [Int])
  /// A name that is no file and none of the built-in profiles, which are `known`.
  case unknownProfile(name: String, known: [String])
}

extension ConfigurationError: CustomStringConvertible {
  /// What is wrong and what to do next; names file and key, never a value.
  public var description: String {
    switch self {
    case .syntax(let file, let line, let what):
      "\(file), line \(line): this is not TOML (\(what)). Mend the line."
    case .unknownKey(let file, let key, let known):
      "\(file): there is no setting \(key). Known here: \(known.joined(separator: ", "))."
    case .wrongValue(let file, let key, let expected):
      "\(file): \(key) must be \(expected). Correct it."
    case .missingKey(let file, let key): "\(file): \(key) is missing. Add it."
    case .unsettled(let file, let lines):
      "\(file) is a draft with \(lines.count == 1 ? "a line" : "\(lines.count) lines") to be "
        + "settled first (line \(lines.prefix(8).map(String.init).joined(separator: ", "))"
        + "\(lines.count > 8 ? " …" : "")). Write what is right in the place of each \"?\", "
        + "or take the line out."
    case .unknownProfile(let name, let known):
      "there is no profile \(name). Pass a TOML file or one of: \(known.joined(separator: ", "))."
    }
  }
}
