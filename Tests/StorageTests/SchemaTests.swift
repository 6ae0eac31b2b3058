import GRDB
import Records
import TestSupport
import Testing

@testable import Storage

@Suite("Schema")
struct SchemaTests {
  @Test("The header carries lumbar's mark and the number of migrations")
  func header() throws {
    try withStore { store throws in
      #expect(try store.rows("PRAGMA application_id") == ["\(0x4C4D_4252)"])
      #expect(try store.rows("PRAGMA user_version") == ["17"])
      #expect(
        try store.rows("SELECT identifier FROM grdb_migrations")
          == [
            "1 records", "2 undo and export", "3 longer exports", "4 rows by day",
            "5 nights", "6 people forgotten and the ledger",
            "7 rows named by their source", "8 what nights know of before",
            "9 digests of the fields that are there", "10 unread files of the inbox", "11 factors",
            "12 the first days of pain",
            "13 what was answered, every so many days, and days of one exercise",
            "14 versions of files", "15 people joined", "16 how times are written",
            "17 the list for a clinic",
          ])
    }
  }

  @Test("A database from scratch has these tables and columns, all strict")
  func tables() throws {
    let expected = [
      "backup: path at", "correction: id file line kind patient day old new",
      "day_entry: patient key day digest status exercise hours reason file line",
      "exercise_set: id patient day digest copy at offset exercise component side sets reps "
        + "hold_seconds minutes rpe completed load_kg angle_deg pain_before pain_after session "
        + "order notes file line",
      "factor: id patient day digest copy factor value unit file line",
      "file: id run name sha256 bytes reading format kinds profile read new changed known refused "
        + "left_out records further ignored undone head first_sha256 next_line place "
        + "profile_place former continues open_line first_day last_day gone newly_gone",
      "file_place: place file", "file_reach: file kind patient first last",
      "file_share: file patient holder first last",
      "forgotten: code salt at",
      "measurement: id patient day digest copy measure value unit side rater device trial "
        + "convention file line",
      "name: id text",
      "pain_entry: id patient day digest copy at offset score kind location scale flare notes file "
        + "line",
      "patient: id code name zone sex language digest file line",
      "patient_alias: code patient file",
      "program_line: patient key digest exercise component sessions_per_week weekdays every_days sets "
        + "reps hold_seconds minutes angle_deg side start_on end_on file line",
      "questionnaire: id patient day digest copy instrument score items file line",
      "rejection: id file line column reason value row written_by replaced_by",
      "run: id started command version exit seconds", "run_alarm: sha256",
      "run_call: patient reason since last is_told",
      "run_change: patient mark",
      "run_file: device inode bytes modified changed reading sha256",
      "run_past: patient mark version before first_record last_record last_session last_day has_nrs "
        + "scales kind scale location first_pain first_values answers",
      "run_report: patient made_of", "run_unread: path since reason",
      "source_row: id identity part kind version updated patient day digest file",
      "standing: id patient run act day until undone",
      "unmarked_time: last",
    ]
    try withStore { store in
      let tables = try store.rows(
        """
        SELECT name, strict FROM pragma_table_list
        WHERE schema = 'main' AND name NOT LIKE 'sqlite%' AND name <> 'grdb_migrations'
        ORDER BY name
        """)
      #expect(tables.allSatisfy { $0.hasSuffix("|1") })
      let found = try tables.map { table in
        let name = String(table.dropLast(2))
        let columns = try store.rows("SELECT name FROM pragma_table_info('\(name)') ORDER BY cid")
        return "\(name): \(columns.joined(separator: " "))"
      }
      #expect(found == expected)
    }
  }

  @Test("A database of the first schema is brought up to date, also to be read, and keeps its rows")
  func migration() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      let queue = try DatabaseQueue(path: path)
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      }
      try queue.inDatabase { try Schema.migrate($0, to: 1) }
      try queue.inDatabase { database in
        try database.execute(
          sql: """
            INSERT INTO run (id, started, command, version) VALUES (1, '', 'import', '0');
            INSERT INTO file (id, run, name, sha256, bytes, reading, format, kinds, read, new,
              changed, known, refused, left_out, records, further, ignored)
              VALUES (1, 1, 'a.csv', 'x', 1, '', 'csv', 'pain', 1, 0, 0, 0, 1, 0, 0, 0, '');
            INSERT INTO rejection (file, line, "column", reason, value, row)
              VALUES (1, 2, 'score', 'not-a-number', x'', x'41');
            """)
      }
      try queue.close()
      let store = try Store.open(existing: path)
      #expect(try store.rejections().count == 1)
      #expect(try store.refusedRows().first?.rows == [[0x41]])
      #expect(try store.rows("PRAGMA user_version") == ["17"])
    }
  }

  @Test(
    "Rows lie in the order of days under one number",
    arguments: ["exercise_set", "pain_entry", "measurement", "questionnaire"])
  func clustering(table: String) throws {
    try withStore { store in
      let key = try store.rows(
        "SELECT name, type FROM pragma_table_info('\(table)') WHERE pk > 0 ORDER BY pk")
      #expect(key == ["id|INTEGER"])
      let withoutRowid = try store.rows(
        "SELECT wr FROM pragma_table_list WHERE name = '\(table)'")
      #expect(withoutRowid == ["0"])
    }
  }

  @Test("Rows of the third schema keep every value and find their places by day")
  func rowsByDay() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/lumbar.sqlite"
      let queue = try DatabaseQueue(path: path)
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      }
      try queue.inDatabase { try Schema.migrate($0, to: 3) }
      try queue.inDatabase { try $0.execute(sql: Self.thirdSchemaRows) }
      try queue.close()
      let store = try Store.open(existing: path)
      #expect(
        try store.rows("SELECT day, patient, copy, reps, line FROM exercise_set") == [
          "-3|2|0|1.5|9", "20454|1|0|-|4", "20454|1|0|-|5", "20454|1|1|-|6", "20454|2|0|-|7",
        ])
      for row in try store.queue.read({
        try GRDB.Row.fetchAll($0, sql: "SELECT id, day, patient FROM exercise_set")
      }) {
        #expect(RowPlace(row["id"]).day == row["day"])
        #expect(RowPlace(row["id"]).patient == row["patient"])
      }
      #expect(
        try store.rows("SELECT score, kind, notes FROM pain_entry") == ["4.5|2|so"])
      #expect(try store.rows("SELECT value, trial FROM measurement") == ["60.25|3"])
      #expect(try store.rows("SELECT score, items FROM questionnaire") == ["22.0|1 2"])
      let log = try #require(try store.readLogs { try $0.log(of: "anna") })
      #expect(log.sets.map(\.position.line) == [4, 5, 6])
      let fresh = try Store.inMemory()
      let expected = try fresh.queue.read(Schema.texts)
      #expect(expected.count > 30)
      #expect(try store.queue.read(Schema.texts) == expected)
      #expect(try store.rows("PRAGMA integrity_check") == ["ok"])
    }
  }

  private static let thirdSchemaRows = """
    INSERT INTO patient (id, code) VALUES (1, 'anna'), (2, 'berta');
    INSERT INTO name (id, text) VALUES (1, 'plank');
    INSERT INTO exercise_set (patient, day, digest, copy, offset, exercise, reps, file, line)
      VALUES (1, 20454, 7, 0, 0, 1, NULL, 1, 5), (1, 20454, 7, 1, 0, 1, NULL, 1, 6),
        (1, 20454, -4, 0, 0, 1, NULL, 1, 4), (2, 20454, 7, 0, 0, 1, NULL, 1, 7),
        (2, -3, 5, 0, 0, 1, 1.5, 1, 9);
    INSERT INTO pain_entry (patient, day, digest, copy, offset, score, kind, notes, file, line)
      VALUES (1, 20454, 1, 0, 60, 4.5, 2, 'so', 1, 2);
    INSERT INTO measurement (patient, day, digest, copy, measure, value, trial, file, line)
      VALUES (1, 20454, 1, 0, 1, 60.25, 3, 1, 2);
    INSERT INTO questionnaire (patient, day, digest, copy, instrument, score, items, file, line)
      VALUES (2, 20454, 1, 0, 1, 22, '1 2', 1, 2);
    """

  @Test("A source's own name of a row stands for one row of a patient only")
  func identityIsUnique() throws {
    try withStore { store in
      try store.importSheet { $0.set("anna", "2026-03-02", "plank", as: ("s1", 1)) }
      #expect(throws: DatabaseError.self) {
        try store.queue.write {
          try $0.execute(sql: "UPDATE exercise_set SET digest = 1")
          try $0.execute(
            sql: """
              INSERT INTO exercise_set (patient, day, digest, copy, offset, exercise, session,
                "order", file, line)
              SELECT patient, day + 1, 2, 0, 0, exercise, session, "order", file, line
              FROM exercise_set
              """)
        }
      }
      #expect(try store.overview().records[.sessions] == 1)
    }
  }

  @Test("Migrating a current database changes nothing")
  func migrateAgain() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("lumbar.sqlite").path
      let sql = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
      let before = try Store.open(creating: path).rows(sql)
      let after = try Store.open(creating: path).rows(sql)
      #expect(before == after)
      #expect(before.count > 12)
    }
  }
}
