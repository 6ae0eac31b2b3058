import Records

/// Names of exercises that are read for others, each in one step: rows keep what their files say.
public struct ExerciseAliases: Sendable {
  /// The name to read, by the names that stand for it, as names are compared.
  private let names: [String: String]

  /// - Parameter names: the name to read for each.
  public init(_ names: [String: String] = [:]) {
    let pairs = names.sorted { $0.key < $1.key }.map { (ExerciseAliases.folded($0.key), $0.value) }
    self.names = Dictionary(pairs) { first, _ in first }
  }

  /// A name as names are compared: trimmed, lower case, single blanks.
  private static func folded(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether there are none.
  public var isEmpty: Bool { names.isEmpty }

  /// What tells them from others, in one line; empty where there are none.
  public var text: String {
    names.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
  }

  /// The name to read for one; nil for itself.
  func name(for name: String) -> String? { names[ExerciseAliases.folded(name)] }
}

extension LogReader {
  /// Reads names of exercises for others in what was read of a patient.
  func rename(in log: inout PatientLog) {
    for index in log.sets.indices { log.sets[index].exercise = renamed(log.sets[index].exercise) }
    for index in log.program.indices {
      log.program[index].exercise = renamed(log.program[index].exercise)
    }
    for index in log.days.indices {
      log.days[index].exercise = log.days[index].exercise.map(renamed)
    }
  }

  private func renamed(_ name: NameID) -> NameID {
    if let known = renames[name] { return known }
    let other = aliases.name(for: names[name]).map { names.intern($0) } ?? name
    renames[name] = other
    return other
  }
}
