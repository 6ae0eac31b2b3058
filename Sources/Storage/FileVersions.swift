import GRDB
import Records

/// Where a file came from, by which its next version is known.
public struct FileOrigin: Equatable, Sendable {
  /// The SHA-256 of its path; nil for standard input.
  public var place: String?
  /// The SHA-256 of the path of its profile; nil where no file of one was named.
  public var profilePlace: String?
  /// The name that its profile gives itself; nil where none was named.
  public var profileName: String?
  /// Whether a file of the same name elsewhere may be an earlier version: where people name files.
  public var goesByName = false
  /// Whether rows of earlier versions that are no longer in it are taken back.
  public var replaces = false

  /// Of nowhere.
  public init() {}
}

/// The version of a file that came before.
public struct FormerVersion: Equatable, Sendable {
  /// Its number in the database.
  public var id: Int64
  /// The run that imported it.
  public var run: Int64
  /// SHA-256 of its content.
  public var sha256: String
  /// Its size in bytes.
  public var bytes: Int
  /// The options it was read with.
  public var reading: String
  /// The line of its last row where that had no end; nil where it had one.
  public var openLine: Int64?
  /// The days of its first and last record; nil where none of them has a day.
  public var days: Period?
  /// Rows of its own earlier versions that were not in it, and stayed.
  public var gone: Int
  /// Whether it lay elsewhere and only has the same name.
  public var isByName: Bool
  /// Whether the file begins with all of its bytes.
  public var isBeginning = false
}

/// What a file says of its earlier versions.
public struct VersionAccount: Equatable, Sendable {
  /// Rows that earlier versions gave, that are no longer in it, and that stay.
  public var gone = 0
  /// Those of them that were in the version right before.
  public var newlyGone = 0
  /// Rows of earlier versions that were taken back.
  public var takenBack = 0
  /// Rows of earlier versions that others stand for now; they count as changed.
  public var changed = 0
  /// Scores that were taken before on a scale from 0 to 10 and stand on one from 0 to 100 now; they
  /// count as changed.
  public var rescaled = 0
  /// Rows that had been cut off at the end of the earlier version, and went.
  public var cutOff = 0
  /// Rows that stay since another file may hold them too.
  public var heldElsewhere = 0
  /// The days of the earlier version, where the file does not reach over all of them: nothing of it
  /// is gone then.
  public var notCovered: Period?
  /// What the same file was read as before, with a profile that was corrected since.
  public var corrected: EarlierReading?
  /// What the same file was read as before in another way, of which all rows stay.
  public var besides: [EarlierReading] = []
  /// Exercises that may have been renamed.
  public var renames: [Rename] = []

  /// An exercise that is gone while another stands at the same times.
  public struct Rename: Equatable, Sendable {
    /// As it was called.
    public var from: String
    /// As another one is called now.
    public var to: String
  }

  /// An earlier reading of the same bytes.
  public struct EarlierReading: Equatable, Sendable {
    /// The run that read it.
    public var run: Int64
    /// The kinds of its records, as words.
    public var kinds: [String]
    /// Rows of it that were taken back, or stay.
    public var rows: Int
  }
}

/// Parts of the options that a file was read with; see `ImportedFile.reading`.
struct ReadingParts {
  var kind = ""
  var profile = ""
  var patient = ""

  init(_ reading: String) {
    let parts = reading.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    if parts.count > 1 { kind = parts[1] }
    if parts.count > 2 { profile = parts[2] }
    if parts.count > 3 { patient = parts[3] }
  }
}

extension ImportedFile {
  /// Whether an earlier reading is one of the same file's: of the same kind and person, with the
  /// same profile or an earlier text of it.
  func isVersion(reading: String, profile: String?, profilePlace: String?) -> Bool {
    let own = ReadingParts(self.reading)
    let other = ReadingParts(reading)
    guard own.kind == other.kind, own.patient == other.patient else { return false }
    if own.profile == other.profile { return true }
    // The texts of profiles stand there by their digests, built-in ones by their names.
    guard own.profile.utf8.count == 64, other.profile.utf8.count == 64 else { return false }
    return profilePlace != nil && profilePlace == origin.profilePlace
      || profile != nil && profile == origin.profileName
  }
}

extension Store {
  /// The version of a file that came before it; nil for the first one.
  ///
  /// - Parameters:
  ///   - file: the file before it is read.
  ///   - run: the run that imports it: files of one call are no versions of each other.
  ///   - byName: whether one may be known by its name alone.
  public func formerVersion(of file: ImportedFile, in run: Int64?, byName: Bool = true) throws
    -> FormerVersion?
  {
    try explaining {
      try queue.read { database in
        func find(_ condition: String, _ argument: String, byName: Bool) throws -> FormerVersion? {
          let rows = try GRDB.Row.fetchCursor(
            database,
            sql: """
              SELECT * FROM file WHERE \(condition) AND undone IS NULL AND run < ?
              ORDER BY run DESC, id DESC
              """, arguments: [argument, run ?? .max])
          while let row = try rows.next() {
            guard
              file.isVersion(
                reading: row["reading"], profile: row["profile"],
                profilePlace: row["profile_place"])
            else { continue }
            return try FormerVersion(row, isByName: byName)
          }
          return nil
        }
        if let place = file.origin.place,
          let former = try find(
            "(place = ?1 OR id IN (SELECT file FROM file_place WHERE place = ?1))", place,
            byName: false)
        {
          return former
        }
        // Standard input is another file every time.
        guard byName, file.name != "-" else { return nil }
        // What was imported before places were noted is known by its name alone.
        return try find(
          file.origin.goesByName ? "name = ?" : "name = ? AND place IS NULL", file.name,
          byName: true)
      }
    }
  }

  /// Notes that a known file lies in another place too, so that its rows are that one's as well.
  ///
  /// - Parameter file: the number of the known file.
  public func note(place: String, of file: Int64) throws {
    try explaining {
      let isNoted = try queue.read {
        try Bool.fetchOne(
          $0,
          sql: """
            SELECT EXISTS (SELECT 1 FROM file WHERE id = ?1 AND place = ?2)
              OR EXISTS (SELECT 1 FROM file_place WHERE file = ?1 AND place = ?2)
            """, arguments: [file, place]) ?? false
      }
      if isNoted { return }
      try queue.write {
        try $0.execute(
          sql: "INSERT INTO file_place (file, place) VALUES (?, ?)", arguments: [file, place])
      }
    }
  }
}

/// A person by the number in the order of coming.
public struct KnownPerson: Equatable, Sendable {
  /// Greater than that of whoever came before.
  public var number: Int64
  /// The id.
  public var code: String
  /// The name that people read; nil where none is known.
  public var name: String?
}

extension Store {
  /// Everybody, in the order of their coming. O(people).
  public func people() throws -> [KnownPerson] {
    try explaining {
      try queue.read {
        try GRDB.Row.fetchAll($0, sql: "SELECT id, code, name FROM patient ORDER BY id").map {
          KnownPerson(number: $0["id"], code: $0["code"], name: $0["name"])
        }
      }
    }
  }

  /// The number of the person who came last; 0 where there is nobody.
  public func lastPerson() throws -> Int64 {
    try explaining {
      try queue.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM patient") ?? 0 }
    }
  }
}

extension FormerVersion {
  init(_ row: GRDB.Row, isByName: Bool) throws {
    id = row["id"]
    run = row["run"]
    sha256 = row["sha256"]
    bytes = row["bytes"]
    reading = row["reading"]
    openLine = row["open_line"]
    gone = row["gone"] ?? 0
    self.isByName = isByName
    let days = try ["first_day", "last_day"].compactMap { column in
      try (row[column] as Int64?).map { try Day(stored: $0, of: "file") }
    }
    if days.count == 2, days[0] <= days[1] { self.days = Period(from: days[0], to: days[1]) }
  }
}
