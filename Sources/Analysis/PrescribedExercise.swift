import Records

/// The programme lines of one exercise and side: versions of one figure.
struct PrescribedExercise {
  /// The name as the latest version writes it, and as it is compared.
  let name: String
  let foldedName: String
  let side: Side?
  let component: Component
  /// In the order of their first days.
  let versions: [Version]

  struct Version {
    let line: ProgramLine
    let dose: PrescribedDose
    let first: Day
    let last: Day
  }

  /// The version in force on a day: of several, the one that started last.
  func version(on day: Day) -> Int? {
    versions.lastIndex { $0.first <= day && day <= $0.last }
  }

  /// All exercises of a programme, by component, then name, then side.
  ///
  /// - Parameter firstRecord: a line without a first day is in force from here on.
  static func all(_ log: PatientLog, firstRecord: Day?) -> [PrescribedExercise] {
    var groups: [Key: [ProgramLine]] = [:]
    for line in log.program {
      let name = folded(log.names[line.exercise])
      groups[Key(name: name, side: line.side), default: []].append(line)
    }
    let start = firstRecord ?? Day(number: .min / 2)
    return groups.map { key, lines in
      let versions = lines.map {
        Version(
          line: $0, dose: PrescribedDose($0), first: $0.startOn ?? start,
          last: $0.endOn ?? Day(number: .max / 2))
      }.sorted { $0.first < $1.first }
      let latest = versions[versions.count - 1].line
      return PrescribedExercise(
        name: log.names[latest.exercise], foldedName: key.name, side: key.side,
        component: latest.component, versions: versions)
    }.sorted {
      ($0.component.rawValue, $0.foldedName, $0.side?.rawValue ?? 0)
        < ($1.component.rawValue, $1.foldedName, $1.side?.rawValue ?? 0)
    }
  }

  private struct Key: Hashable {
    var name: String
    var side: Side?
  }

  /// A name as names are compared: trimmed, case-folded, NFC, single spaces.
  static func folded(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether a row of the same exercise belongs to this side: rows without a side belong to every
  /// prescribed side, lines without a side take every row.
  func takes(_ rowSide: Side?) -> Bool { side == nil || rowSide == nil || side == rowSide }
}
