import Foundation
import GRDB
import Records

/// A patient with how often the rows have changed and what the last published report was made of.
public struct NightlyPatient: Sendable {
  /// The patient's code.
  public let code: String
  /// Grows with every file that brings something new or another value.
  public let mark: Int64
  /// As it was noted when the report was published; nil when there is none.
  public let madeOf: String?
  /// What was noted of the days before one while the rows had changed so often, by the version of
  /// lumbar that asks; nil when nothing was.
  public let past: Past?
}

/// What a night leaves to the next one of a patient.
public struct NightlyNote: Sendable {
  /// The patient's code.
  public var code: String
  /// How often the rows had changed before they were read.
  public var mark: Int64
  /// What the published report was made of; nil when none was.
  public var madeOf: String?
  /// What figures of later periods ask of earlier days.
  public var past: Past

  /// A note about a patient whose rows were read.
  public init(code: String, mark: Int64, madeOf: String? = nil, past: Past) {
    self.code = code
    self.mark = mark
    self.madeOf = madeOf
    self.past = past
  }
}

extension Store {
  /// All patients in the order of their codes, with the state of their reports. O(patients).
  ///
  /// - Parameter version: lumbar's; what another one noted of the past is not given.
  public func nightlyPatients(version: String) throws -> [NightlyPatient] {
    try explaining {
      try queue.read { database in
        let rows = try GRDB.Row.fetchCursor(
          database,
          sql: """
            SELECT code, coalesce(run_change.mark, 0), made_of, before, first_record, last_record,
              last_session, last_day, has_nrs, scales, kind, scale, location, first_pain, \
              first_values, answers
            FROM patient
            LEFT JOIN run_change ON run_change.patient = patient.id
            LEFT JOIN run_report ON run_report.patient = patient.id
            LEFT JOIN run_past ON run_past.patient = patient.id AND run_past.version = ?
              AND run_past.mark = coalesce(run_change.mark, 0)
            ORDER BY code
            """, arguments: [version])
        var patients: [NightlyPatient] = []
        while let row = try rows.next() {
          patients.append(
            NightlyPatient(
              code: row[0], mark: row[1], madeOf: row[2], past: try Store.past(of: row)))
        }
        return patients
      }
    }
  }

  /// The past in the columns of a row from the fourth on.
  private static func past(of row: GRDB.Row) throws -> Past? {
    func day(_ column: Int) throws -> Day? {
      try (row[column] as Int64?).map { try Day(stored: $0, of: "run_past") }
    }
    guard let before = try day(3) else { return nil }
    var past = Past(before: before)
    past.firstRecord = try day(4)
    past.lastRecord = try day(5)
    past.lastSession = try day(6)
    past.lastDay = try day(7)
    past.pain.hasNRS = row[8]
    if let scales = row[9] as Data? {
      past.pain.scales = (try? JSONDecoder().decode([String: Int].self, from: scales)) ?? [:]
    }
    if let kind = (row[10] as Int64?).flatMap(UInt8.init(exactly:)).flatMap(PainKind.init) {
      past.pain.series = PainSeriesName(scale: row[11], location: row[12], kind: kind)
    }
    past.pain.firstDay = try day(13)
    if let values = row[14] as Data? {
      past.pain.firstValues =
        (try? JSONDecoder().decode([EarlierPain.FirstValue].self, from: values)) ?? []
    }
    if let answers = row[15] as Data? {
      past.answers = try? JSONDecoder().decode(KeptAnswers.self, from: answers)
    }
    return past
  }

  /// Notes what published reports were made of and what is known of earlier days, in one
  /// transaction.
  ///
  /// - Parameters:
  ///   - notes: one a patient at most.
  ///   - version: lumbar's.
  public func note(_ notes: [NightlyNote], version: String) throws {
    try explaining {
      try queue.write { database in
        for note in notes {
          if let madeOf = note.madeOf {
            try database.cachedStatement(
              sql: """
                INSERT OR REPLACE INTO run_report (patient, made_of)
                SELECT id, ? FROM patient WHERE code = ?
                """
            ).execute(arguments: [madeOf, note.code])
          }
          try Store.notePast(note, version, database)
        }
      }
    }
  }

  private static func notePast(
    _ note: NightlyNote, _ version: String, _ database: Database
  ) throws {
    let past = note.past
    let pain = past.pain
    // Beside the NRS no other scale is asked for.
    let scales =
      pain.hasNRS || pain.scales.isEmpty ? nil : try JSONEncoder().encode(pain.scales)
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO run_past
        SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16
        FROM patient WHERE code = ?1
        """
    ).execute(
      arguments: [
        note.code, note.mark, version, past.before.number, past.firstRecord?.number,
        past.lastRecord?.number, past.lastSession?.number, past.lastDay?.number, pain.hasNRS,
        scales,
        pain.series?.kind.rawValue, pain.series?.scale, pain.series?.location,
        pain.firstDay?.number,
        pain.firstValues.isEmpty ? nil : try JSONEncoder().encode(pain.firstValues),
        try past.answers.map { try JSONEncoder().encode($0) },
      ])
  }

  /// What the published report of all was made of, nil when there is none.
  public func cohortMadeOf() throws -> String? {
    try explaining {
      try queue.read {
        try String.fetchOne($0, sql: "SELECT made_of FROM run_report WHERE patient = 0")
      }
    }
  }

  /// Forgets what published reports were made of: the next night makes all of them anew.
  public func makeReportsAnew() throws {
    try explaining {
      try queue.write { database in
        for table in ["run_report", "run_past", "run_file", "run_unread"] {
          try database.execute(sql: "DELETE FROM \(table)")
        }
      }
    }
  }

  /// Rows that nightly runs refused and that nobody was told of, with the files they stand in.
  ///
  /// A row that an earlier, shorter export of the same file held is told of with that one.
  public func untoldRefusals() throws -> (rows: Int, files: [String]) {
    try explaining {
      try queue.read { database in
        let told = """
          SELECT line, reason, row FROM rejection JOIN file ON file.id = written_by
          WHERE sha256 IN (SELECT sha256 FROM run_alarm)
          """
        let found = try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT sha256, count(*) AS rows FROM rejection JOIN file ON file.id = written_by
            JOIN run ON run.id = file.run
            WHERE command = 'nightly-import' AND replaced_by IS NULL AND file.undone IS NULL
            AND sha256 NOT IN (SELECT sha256 FROM run_alarm)
            AND (line, reason, row) NOT IN (\(told)) GROUP BY sha256 ORDER BY sha256
            """)
        return (found.reduce(0) { $0 + $1["rows"] }, found.map { $0["sha256"] })
      }
    }
  }

  /// Files in which nights met fewer rows than in their versions before, which nobody was told of.
  public func untoldVersions() throws -> [(name: String, rows: Int, key: String)] {
    try explaining {
      try queue.read { database in
        try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT name, newly_gone, 'gone ' || file.id AS key FROM file JOIN run ON run.id = run
            WHERE newly_gone > 0 AND command = 'nightly-import' AND undone IS NULL
            AND NOT EXISTS (SELECT 1 FROM file AS later
              WHERE later.former = file.id AND later.undone IS NULL)
            AND 'gone ' || file.id NOT IN (SELECT sha256 FROM run_alarm) ORDER BY file.id
            """
        ).map { ($0["name"], $0["newly_gone"], $0["key"]) }
      }
    }
  }

  /// Whether somebody was told of a file, by its SHA-256 or path.
  public func isTold(of key: String) throws -> Bool {
    try explaining {
      try queue.read {
        try Bool.fetchOne(
          $0, sql: "SELECT EXISTS (SELECT 1 FROM run_alarm WHERE sha256 = ?)", arguments: [key])
          ?? false
      }
    }
  }
}
