extension Schema {
  /// Which file is a later version of which, by digests of their paths; where the rows are that a
  /// file brought, and on which days of a patient another file, the holder, has rows of it too.
  /// `open_line` is the line of a last row without an end, `gone` counts rows of earlier versions
  /// that are not in a file and stay, `continues` is the file that it goes on with.
  static let versions =
    [
      "place TEXT", "profile_place TEXT", "former INTEGER", "continues INTEGER",
      "open_line INTEGER", "first_day INTEGER", "last_day INTEGER", "gone INTEGER",
      "newly_gone INTEGER",
    ].map { "ALTER TABLE file ADD COLUMN \($0)" } + [
      "CREATE INDEX file_name ON file (name, run)",
      "CREATE INDEX file_place_of ON file (place)",
      "CREATE INDEX file_former ON file (former)",
      "CREATE INDEX file_continues ON file (continues) WHERE continues IS NOT NULL",
      "CREATE INDEX file_newly_gone ON file (newly_gone) WHERE newly_gone > 0",
      """
      CREATE TABLE file_place (
        place TEXT NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (place, file)
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE file_reach (
        file INTEGER NOT NULL, kind TEXT NOT NULL, patient INTEGER NOT NULL, first INTEGER NOT NULL,
        last INTEGER NOT NULL, PRIMARY KEY (file, kind, patient)
      ) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE file_share (
        file INTEGER NOT NULL, patient INTEGER NOT NULL, holder INTEGER NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (file, patient, holder)
      ) STRICT, WITHOUT ROWID
      """,
    ]

  /// The same of files that were imported before this was noted.
  static let reachOfEarlierFiles =
    [
      ("sessions", "exercise_set"), ("pain", "pain_entry"), ("flexibility", "measurement"),
      ("questionnaires", "questionnaire"), ("factors", "factor"), ("days", "day_entry"),
    ].map { kind, table in
      """
      INSERT INTO file_reach SELECT file, '\(kind)', patient, min(day), max(day) FROM \(table)
      GROUP BY file, patient
      """
    } + [
      """
      INSERT INTO file_reach SELECT DISTINCT file, 'program', patient, 0, 0 FROM program_line
      """,
      """
      UPDATE file SET
        first_day = (SELECT min(first) FROM file_reach WHERE file = id AND kind <> 'program'),
        last_day = (SELECT max(last) FROM file_reach WHERE file = id AND kind <> 'program')
      """,
    ]

  /// The last file whose rows do not say how their times were written; none in a database of later.
  static let unmarkedTimes = ["CREATE TABLE unmarked_time (last INTEGER NOT NULL) STRICT"]
  static let lastUnmarked = [
    """
    INSERT INTO unmarked_time SELECT max(id) FROM file
    WHERE EXISTS (SELECT 1 FROM exercise_set) OR EXISTS (SELECT 1 FROM pain_entry)
    HAVING max(id) IS NOT NULL
    """
  ]

  /// Ids of people that were joined with others: whose they are now, and the entry among the files
  /// that parts them again.
  static let joinedPeople = [
    """
    CREATE TABLE patient_alias (
      code TEXT PRIMARY KEY, patient INTEGER NOT NULL, file INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX patient_alias_patient ON patient_alias (patient)",
  ]
  /// How the entry of a joining among the files is read.
  static let mergeReading = "merge"
  /// The kinds of corrections that list what belonged to the id that went: what sources said of its
  /// rows, its earlier corrections, ids that had been joined with it, and its standings.
  static let (mergedSources, mergedHistory, mergedAliases) = ("sources", "history", "aliases")
  static let mergedStandings = "standings"

  /// Who was snoozed, discharged or readmitted, by which run: the last entry of a person that no
  /// run took back counts. And what the last lists gave, of patient 0 when the last one was made:
  /// `since` and `last` are as-of days.
  static let clinicList = [
    """
    CREATE TABLE standing (
      id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, run INTEGER NOT NULL, act TEXT NOT NULL,
      day INTEGER NOT NULL, until INTEGER, undone INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE run_call (
      patient INTEGER NOT NULL, reason TEXT NOT NULL, since INTEGER NOT NULL,
      last INTEGER NOT NULL, is_told INTEGER NOT NULL, PRIMARY KEY (patient, reason)
    ) STRICT, WITHOUT ROWID
    """,
  ]
}
