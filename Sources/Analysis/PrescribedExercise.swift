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
    let name = name.lowercased()
    var last: UInt8 = 0x20
    let isFolded = name.utf8.allSatisfy { byte in
      defer { last = byte }
      return byte > 0x20 && byte < 0x80 || byte == 0x20 && last != 0x20
    }
    if isFolded, last != 0x20 { return name }
    return name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether a row of the same exercise belongs to this side: rows without a side belong to every
  /// prescribed side, lines without a side take every row.
  func takes(_ rowSide: Side?) -> Bool { side == nil || rowSide == nil || side == rowSide }
}

extension PrescribedExercise {
  /// Which prescribed exercise a logged name means.
  struct Synonyms {
    fileprivate var prescribed: Set<String> = []
    fileprivate var byEntry: [String: String?] = [:]

    /// The folded name of the programme's exercise; that of the row when none fits.
    ///
    /// A name of the programme is that exercise. Another one is the exercise whose name the catalogue
    /// holds for a synonym, when the programme has just one such.
    func name(_ written: String) -> String {
      let folded = PrescribedExercise.folded(written)
      if prescribed.isEmpty || prescribed.contains(folded) { return folded }
      guard let entry = ExerciseCatalogue.entry(of: written), let name = byEntry[entry.name] else {
        return folded
      }
      return name ?? folded
    }
  }

  /// The names of a programme with their synonyms.
  static func synonyms(_ log: PatientLog) -> Synonyms {
    var synonyms = Synonyms()
    for id in Set(log.program.map(\.exercise)) {
      let name = log.names[id]
      let folded = folded(name)
      guard synonyms.prescribed.insert(folded).inserted,
        let entry = ExerciseCatalogue.entry(of: name)
      else { continue }
      // Two lines of one exercise by different names: a third name is neither's.
      synonyms.byEntry[entry.name] = synonyms.byEntry[entry.name] == nil ? folded : .some(nil)
    }
    return synonyms
  }
}
