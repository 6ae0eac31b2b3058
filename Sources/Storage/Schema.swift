import GRDB

/// The database's tables, as steps that are only ever appended.
enum Schema {
  /// "LMBR", in the header of every database of lumbar.
  static let applicationID = 0x4C4D_4252
  /// The number of steps, in the header's user_version.
  static var version: Int { steps.count }

  /// The steps from an empty database to this version, only ever appended to.
  static let steps: [(name: String, statements: [String])] = [
    ("1 records", tables), ("2 undo and export", undoAndExport),
    ("3 longer exports", longerExports), ("4 rows by day", rowsByDay),
    ("5 nights", nights), ("6 people forgotten and the ledger", care),
    ("7 rows named by their source", namedRows), ("8 what nights know of before", pasts),
    ("9 digests of the fields that are there", []), ("10 unread files of the inbox", unread),
    ("11 factors", factors), ("12 the first days of pain", firstDays),
    (
      "13 what was answered, every so many days, and days of one exercise",
      [answers] + everyDays + dayKeys
    ), ("14 versions of files", versions + reachOfEarlierFiles),
    ("15 people joined", joinedPeople),
    ("16 how times are written", unmarkedTimes + lastUnmarked),
    ("17 the list for a clinic", clinicList),
  ]
  /// The first version whose digests are as `Digest` says now.
  private static let presentDigests = 9

  /// Brings the tables of an earlier version up to date, in one transaction.
  ///
  /// - Parameter target: the version to stop at.
  static func migrate(_ database: Database, to target: Int = steps.count) throws {
    try database.inTransaction(.immediate) {
      let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      try database.execute(
        sql: "CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      for step in steps[..<target].dropFirst(version) {
        for statement in step.statements { try database.execute(sql: statement) }
        try database.execute(
          sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [step.name])
      }
      // Last, when the tables are those that rows are read from now.
      if version < presentDigests, target == steps.count { try Redigesting(database).run() }
      try database.execute(sql: "PRAGMA user_version = \(target)")
      return .commit
    }
  }

  /// All tables as the steps leave them, without the rows' way through earlier ones.
  private static let fresh: [String] =
    tables.filter { statement in
      !RecordTable.ofPeople.contains { statement.hasPrefix("CREATE TABLE \($0.name) ") }
        && !statement.hasPrefix("CREATE UNIQUE INDEX exercise_set_identity")
    } + undoAndExport + longerExports + RecordTable.ofPeople.map(\.creation) + [identityIndex]
    + nights + care + namedRows + pasts + unread + firstDays + [answers] + versions
    + joinedPeople + unmarkedTimes + clinicList

  /// Makes the tables of a new database in one transaction: it is empty or whole, whenever a run is
  /// killed.
  static func create(_ database: Database) throws {
    try database.inTransaction(.immediate) {
      // Another run may have made them since this one looked.
      let made = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      if made > 0 { return .rollback }
      try database.execute(
        sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      for statement in fresh { try database.execute(sql: statement) }
      for step in steps {
        try database.execute(
          sql: "INSERT INTO grdb_migrations VALUES (?)", arguments: [step.name])
      }
      try database.execute(
        sql: """
          PRAGMA application_id = \(applicationID); PRAGMA user_version = \(steps.count)
          """)
      return .commit
    }
  }

  /// Makes sure that the tables are those of this version: rows are read and written by them.
  ///
  /// Tables that somebody added are left alone.
  static func compare(_ database: Database, path: String) throws {
    let expected = try DatabaseQueue().inDatabase { empty in
      try create(empty)
      return try texts(empty)
    }
    let found = try texts(database)
    for (object, text) in expected.sorted(by: { $0.key < $1.key }) where found[object] != text {
      throw StorageError.damaged(
        path: path,
        cause: found[object] == nil
          ? "\(object) is missing"
          : "\(object) has another shape than this version's, as if another program had changed it")
    }
    let tables = Set(expected.keys.filter { $0.hasPrefix("the table ") })
    for (object, _) in found.sorted(by: { $0.key < $1.key })
    where expected[object] == nil && tables.contains(where: { object.hasSuffix(" on \($0)") }) {
      throw StorageError.damaged(path: path, cause: "\(object) was added by another program")
    }
  }

  /// The texts of tables, indexes and triggers, however they were laid out, by what each is called
  /// in messages.
  static func texts(_ database: Database) throws -> [String: String] {
    var texts: [String: String] = [:]
    for row in try GRDB.Row.fetchAll(
      database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    {
      // Damage may have put anything there.
      func text(_ column: String) -> String { String.fromDatabaseValue(row[column]) ?? "" }
      let object = "the \(text("type")) \(text("name"))"
      texts[text("type") == "table" ? object : "\(object) on the table \(text("tbl_name"))"] =
        withoutBlanks(text("sql"))
    }
    return texts
  }

  /// A statement without its blanks and line breaks, which say nothing about the shape of a table.
  private static func withoutBlanks(_ statement: String) -> String {
    String(decoding: statement.utf8.filter { $0 > 0x20 }, as: UTF8.self)
  }

  /// `digest` tells rows of a patient and day apart, `copy` counts true repeats from 0.
  private static let tables = [
    """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY, started TEXT NOT NULL, command TEXT NOT NULL, version TEXT NOT NULL,
      exit INTEGER, seconds REAL
    ) STRICT
    """,
    """
    CREATE TABLE file (
      id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, name TEXT NOT NULL,
      sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, reading TEXT NOT NULL, format TEXT NOT NULL,
      kinds TEXT NOT NULL, profile TEXT, read INTEGER NOT NULL, new INTEGER NOT NULL,
      changed INTEGER NOT NULL, known INTEGER NOT NULL, refused INTEGER NOT NULL,
      left_out INTEGER NOT NULL, records INTEGER NOT NULL, further INTEGER NOT NULL,
      ignored TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX file_content ON file (sha256, reading)",
    """
    CREATE TABLE patient (
      id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT, zone TEXT, sex TEXT,
      language TEXT, digest INTEGER, file INTEGER, line INTEGER
    ) STRICT
    """,
    "CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE exercise_set (
      patient INTEGER NOT NULL, day INTEGER NOT NULL, digest INTEGER NOT NULL,
      copy INTEGER NOT NULL, at INTEGER, offset INTEGER NOT NULL, exercise INTEGER NOT NULL,
      component INTEGER, side INTEGER, sets REAL, reps REAL, hold_seconds REAL, minutes REAL,
      rpe REAL, completed INTEGER, load_kg REAL, angle_deg REAL, pain_before REAL, pain_after REAL,
      session INTEGER, "order" INTEGER, notes TEXT, file INTEGER NOT NULL, line INTEGER NOT NULL,
      PRIMARY KEY (patient, day, digest, copy)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE UNIQUE INDEX exercise_set_identity ON exercise_set (patient, session, "order")
    WHERE session IS NOT NULL AND "order" IS NOT NULL
    """,
    """
    CREATE TABLE pain_entry (
      patient INTEGER NOT NULL, day INTEGER NOT NULL, digest INTEGER NOT NULL,
      copy INTEGER NOT NULL, at INTEGER, offset INTEGER NOT NULL, score REAL NOT NULL,
      kind INTEGER, location INTEGER, scale INTEGER, flare INTEGER, notes TEXT,
      file INTEGER NOT NULL, line INTEGER NOT NULL,
      PRIMARY KEY (patient, day, digest, copy)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE measurement (
      patient INTEGER NOT NULL, day INTEGER NOT NULL, digest INTEGER NOT NULL,
      copy INTEGER NOT NULL, measure INTEGER NOT NULL, value REAL NOT NULL, unit INTEGER,
      side INTEGER, rater INTEGER, device INTEGER, trial INTEGER, convention INTEGER,
      file INTEGER NOT NULL, line INTEGER NOT NULL,
      PRIMARY KEY (patient, day, digest, copy)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE program_line (
      patient INTEGER NOT NULL, key INTEGER NOT NULL, digest INTEGER NOT NULL,
      exercise INTEGER NOT NULL, component INTEGER NOT NULL, sessions_per_week REAL,
      weekdays INTEGER NOT NULL, sets REAL, reps REAL, hold_seconds REAL, minutes REAL,
      angle_deg REAL, side INTEGER, start_on INTEGER, end_on INTEGER, file INTEGER NOT NULL,
      line INTEGER NOT NULL, PRIMARY KEY (patient, key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE day_entry (
      patient INTEGER NOT NULL, day INTEGER NOT NULL, digest INTEGER NOT NULL,
      status INTEGER NOT NULL, hours REAL, reason TEXT, file INTEGER NOT NULL,
      line INTEGER NOT NULL, PRIMARY KEY (patient, day)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE questionnaire (
      patient INTEGER NOT NULL, day INTEGER NOT NULL, digest INTEGER NOT NULL,
      copy INTEGER NOT NULL, instrument INTEGER NOT NULL, score REAL, items TEXT,
      file INTEGER NOT NULL, line INTEGER NOT NULL,
      PRIMARY KEY (patient, day, digest, copy)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE rejection (
      id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES file, line INTEGER NOT NULL,
      "column" TEXT NOT NULL, reason TEXT NOT NULL, value BLOB NOT NULL, row BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX rejection_file ON rejection (file)",
    """
    CREATE TABLE correction (
      id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES file, line INTEGER NOT NULL,
      kind TEXT NOT NULL, patient INTEGER NOT NULL, day INTEGER, old TEXT NOT NULL
    ) STRICT
    """,
  ]

  /// `undone` names the run that took a file back. `head` is the header as it stands in the file,
  /// for mending refused rows. A rejection knows the file entry it was `written_by`, which may be a
  /// later reading of `file`, and the one it was `replaced_by`, when those bytes were read once
  /// more.
  private static let undoAndExport = [
    "ALTER TABLE file ADD COLUMN undone INTEGER",
    "ALTER TABLE file ADD COLUMN head BLOB",
    "ALTER TABLE rejection ADD COLUMN written_by INTEGER",
    "ALTER TABLE rejection ADD COLUMN replaced_by INTEGER",
    "UPDATE rejection SET written_by = file",
  ]

  /// What is needed to read only the new end of a file that begins with another one: the SHA-256 of
  /// the first 4,096 bytes, and the line behind the last record. NULL for files that cannot be gone
  /// on with.
  private static let longerExports = [
    "ALTER TABLE file ADD COLUMN first_sha256 TEXT",
    "ALTER TABLE file ADD COLUMN next_line INTEGER",
    "CREATE INDEX file_first ON file (first_sha256)",
  ]

  /// Rows of the dated tables lie by day, then patient, under one number (`RowPlace`): an export is
  /// written at the end of the table, whatever it holds of whom.
  private static let rowsByDay: [String] =
    [
      ("exercise_set", exerciseColumns), ("pain_entry", painColumns),
      ("measurement", measurementColumns),
      ("questionnaire", "instrument INTEGER NOT NULL, score REAL, items TEXT"),
    ].flatMap { table, columns in
      let names = columns.split(separator: ",").map { $0.split(whereSeparator: \.isWhitespace)[0] }
      let all = "patient, day, digest, copy, \(names.joined(separator: ", ")), file, line"
      let first = RowPlace.first(day: "day", patient: "patient")
      return [
        "ALTER TABLE \(table) RENAME TO earlier",
        """
        CREATE TABLE \(table) (
          id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, day INTEGER NOT NULL,
          digest INTEGER NOT NULL, copy INTEGER NOT NULL, \(columns),
          file INTEGER NOT NULL, line INTEGER NOT NULL
        ) STRICT
        """,
        """
        INSERT INTO \(table) (id, \(all))
        SELECT \(first) + row_number() OVER (PARTITION BY day, patient ORDER BY digest, copy) - 1,
          \(all) FROM earlier ORDER BY day, patient, digest, copy
        """,
        "DROP TABLE earlier",
      ]
    } + [identityIndex]

  private static let exerciseColumns = """
    at INTEGER, offset INTEGER NOT NULL, exercise INTEGER NOT NULL,
      component INTEGER, side INTEGER, sets REAL, reps REAL, hold_seconds REAL, minutes REAL,
      rpe REAL, completed INTEGER, load_kg REAL, angle_deg REAL, pain_before REAL, pain_after REAL,
      session INTEGER, "order" INTEGER, notes TEXT
    """
  private static let painColumns = """
    at INTEGER, offset INTEGER NOT NULL, score REAL NOT NULL,
      kind INTEGER, location INTEGER, scale INTEGER, flare INTEGER, notes TEXT
    """
  private static let measurementColumns = """
    measure INTEGER NOT NULL, value REAL NOT NULL, unit INTEGER,
      side INTEGER, rater INTEGER, device INTEGER, trial INTEGER, convention INTEGER
    """

  /// What files said of rows that their source names, newest last: `digest` is the record that a
  /// version made on a day of a patient, NULL for a row that was taken back with all its parts
  /// (-1).
  private static let namedRows = [
    """
    CREATE TABLE source_row (
      id INTEGER PRIMARY KEY, identity INTEGER NOT NULL, part INTEGER NOT NULL,
      kind TEXT NOT NULL, version INTEGER, updated INTEGER, patient INTEGER, day INTEGER,
      digest INTEGER, file INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX source_row_identity ON source_row (identity, part)",
    "CREATE INDEX source_row_record ON source_row (digest, day, patient)",
    "CREATE INDEX source_row_file ON source_row (file)",
  ]

  /// What the nightly run goes by: how often a patient's rows have changed, what each published
  /// report was made of, and which files nobody need be told of again.
  private static let nights = [
    "CREATE TABLE run_change (patient INTEGER PRIMARY KEY, mark INTEGER NOT NULL) STRICT",
    "CREATE TABLE run_report (patient INTEGER PRIMARY KEY, made_of TEXT NOT NULL) STRICT",
    "CREATE TABLE run_alarm (sha256 TEXT PRIMARY KEY) STRICT",
  ]

  /// What figures ask of a patient's days before one, valid while the patient's mark and lumbar's
  /// version stay; and files of the inbox by what the system says of them, so that nobody reads
  /// them again who knows them.
  private static let pasts = [
    """
    CREATE TABLE run_past (
      patient INTEGER PRIMARY KEY, mark INTEGER NOT NULL, version TEXT NOT NULL,
      before INTEGER NOT NULL, first_record INTEGER, last_record INTEGER, last_session INTEGER,
      last_day INTEGER, has_nrs INTEGER NOT NULL, scales BLOB, kind INTEGER, scale TEXT, location \
      TEXT,
      first_pain INTEGER, baseline_day INTEGER, baseline REAL
    ) STRICT
    """,
    """
    CREATE TABLE run_file (
      device INTEGER NOT NULL, inode INTEGER NOT NULL, bytes INTEGER NOT NULL,
      modified INTEGER NOT NULL, changed INTEGER NOT NULL, reading TEXT NOT NULL,
      sha256 TEXT NOT NULL, PRIMARY KEY (device, inode)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  /// Files of the inbox that the last night left unread, since when, and why.
  private static let unread = [
    """
    CREATE TABLE run_unread (path TEXT PRIMARY KEY, since TEXT NOT NULL, reason TEXT NOT NULL) \
    STRICT
    """
  ]

  /// Numbers of a day beside pain and exercise.
  private static let factors = [
    """
    CREATE TABLE factor (
      id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, day INTEGER NOT NULL,
      digest INTEGER NOT NULL, copy INTEGER NOT NULL, factor INTEGER NOT NULL,
      value REAL NOT NULL, unit INTEGER, file INTEGER NOT NULL, line INTEGER NOT NULL
    ) STRICT
    """
  ]

  /// Of pain the values of the first days are known of before, from which a change is measured.
  private static let firstDays = [
    "DROP TABLE run_past",
    """
    CREATE TABLE run_past (
      patient INTEGER PRIMARY KEY, mark INTEGER NOT NULL, version TEXT NOT NULL,
      before INTEGER NOT NULL, first_record INTEGER, last_record INTEGER, last_session INTEGER,
      last_day INTEGER, has_nrs INTEGER NOT NULL, scales BLOB, kind INTEGER, scale TEXT, location \
      TEXT,
      first_pain INTEGER, first_values BLOB
    ) STRICT
    """,
  ]

  /// What was answered is kept while no row changes.
  private static let answers = "ALTER TABLE run_past ADD COLUMN answers BLOB"
  /// A line may be due every so many days.
  private static let everyDays = [
    "ALTER TABLE program_line RENAME TO earlier",
    """
    CREATE TABLE program_line (
      patient INTEGER NOT NULL, key INTEGER NOT NULL, digest INTEGER NOT NULL,
      exercise INTEGER NOT NULL, component INTEGER NOT NULL, sessions_per_week REAL,
      weekdays INTEGER NOT NULL, every_days REAL, sets REAL, reps REAL, hold_seconds REAL,
      minutes REAL, angle_deg REAL, side INTEGER, start_on INTEGER, end_on INTEGER,
      file INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (patient, key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO program_line
    SELECT patient, key, digest, exercise, component, sessions_per_week, weekdays, NULL, sets, reps,
      hold_seconds, minutes, angle_deg, side, start_on, end_on, file, line FROM earlier
    """,
    "DROP TABLE earlier",
  ]

  /// A status of a day may hold for one exercise: the day is no longer the key.
  private static let dayKeys =
    [
      "ALTER TABLE day_entry RENAME TO earlier",
      """
      CREATE TABLE day_entry (
        patient INTEGER NOT NULL, key INTEGER NOT NULL, day INTEGER NOT NULL,
        digest INTEGER NOT NULL, status INTEGER NOT NULL, exercise INTEGER, hours REAL,
        reason TEXT, file INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (patient, key)
      ) STRICT, WITHOUT ROWID
      """,
      """
      INSERT INTO day_entry
      SELECT patient, day, day, digest, status, NULL, hours, reason, file, line FROM earlier
      """,
      "DROP TABLE earlier",
    ]
    + ["old", "new"].map { side in
      """
      UPDATE correction SET \(side) = json_set(\(side), '$.key', json_extract(\(side), '$.day'))
      WHERE kind = 'days' AND json_valid(\(side))
        AND json_extract(\(side), '$.day') IS NOT NULL
      """
    }

  /// People who were forgotten, by a code that only the same id gives again; copies of the database
  /// that lumbar made; what was written in the place of a corrected record. A run and the account
  /// of a file, once entered, are never taken out of the ledger, nor is a run's end changed.
  private static let care = [
    "CREATE TABLE forgotten (code TEXT PRIMARY KEY, salt BLOB NOT NULL, at TEXT NOT NULL) STRICT",
    "CREATE TABLE backup (path TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT",
    "ALTER TABLE correction ADD COLUMN new TEXT",
    """
    CREATE TRIGGER run_stays BEFORE DELETE ON run
    BEGIN SELECT raise(ABORT, 'the ledger only grows'); END
    """,
    """
    CREATE TRIGGER run_has_ended BEFORE UPDATE ON run WHEN old.exit IS NOT NULL
    BEGIN SELECT raise(ABORT, 'the ledger only grows'); END
    """,
    """
    CREATE TRIGGER file_stays BEFORE DELETE ON file
    BEGIN SELECT raise(ABORT, 'the ledger only grows'); END
    """,
    """
    CREATE TRIGGER file_has_accounts BEFORE UPDATE OF run, sha256, bytes, read, new, changed,
      known, refused, left_out ON file
      WHEN old.read > 0 BEGIN SELECT raise(ABORT, 'the ledger only grows'); END
    """,
  ]

  private static let identityIndex = """
    CREATE UNIQUE INDEX exercise_set_identity ON exercise_set (patient, session, "order")
    WHERE session IS NOT NULL AND "order" IS NOT NULL
    """
}
