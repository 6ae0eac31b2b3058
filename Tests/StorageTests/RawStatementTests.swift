import GRDB
import Testing

@testable import Storage

@Suite("RawStatement")
struct RawStatementTests {
  private func inDatabase(_ body: (Database) throws -> Void) throws {
    try DatabaseQueue().inDatabase { database in
      try database.execute(sql: "CREATE TABLE cell (value ANY) STRICT")
      try body(database)
    }
  }

  /// Binds one value, reads it back by one statement, and hands that over on its row.
  private func roundTrip(
    _ bind: (RawStatement) -> Void, _ read: (RawStatement) throws -> Void
  ) throws {
    try inDatabase { database in
      let insert = try RawStatement(database, "INSERT INTO cell VALUES (?1)")
      bind(insert)
      #expect(try insert.run() == 1)
      let select = try RawStatement(database, "SELECT value FROM cell")
      #expect(try select.step())
      try read(select)
      #expect(try !select.step())
    }
  }

  @Test("A missing number, whole number or text is NULL and not 0")
  func missing() throws {
    let binds: [(RawStatement) -> Void] = [
      { $0.bind(1, nil as Int64?) }, { $0.bind(1, nil as Double?) }, { $0.bind(1, nil as String?) },
      { $0.bind(1, unmoved: .init(start: nil, count: 0)) },
    ]
    for bind in binds {
      try roundTrip(bind) {
        #expect($0.optionalInteger(0) == nil)
        #expect($0.bytes(0).isEmpty)
      }
    }
  }

  @Test(
    "Text comes back byte for byte",
    arguments: [
      "a", "", "it's \"so\"", "Zoë 佐藤 🧘🏽‍♀️", "line\r\nline\n", "e\u{301}", "?1; DROP TABLE cell",
    ])
  func texts(text: String) throws {
    try roundTrip({ $0.bind(1, text) }) {
      #expect($0.optionalInteger(0) != nil)
      #expect(Array($0.bytes(0)) == Array(text.utf8))
    }
  }

  @Test("Text bound in place comes back byte for byte")
  func unmovedText() throws {
    let bytes = Array("Rücken – ok".utf8)
    try inDatabase { database in
      let insert = try RawStatement(database, "INSERT INTO cell VALUES (?1)")
      try bytes.withUnsafeBufferPointer {
        insert.bind(1, unmoved: .init(rebasing: $0[1..<7]))
        try insert.run()
      }
      let text = try String.fetchOne(database, sql: "SELECT value FROM cell")
      #expect(text == "ücken")
    }
  }

  @Test(
    "Bytes that are no text come back as they were, none as none",
    arguments: [[], [0, 255, 10]] as [[UInt8]])
  func blobs(bytes: [UInt8]) throws {
    try roundTrip({ $0.bind(1, bytes: bytes) }) {
      #expect($0.optionalInteger(0) != nil)
      #expect(Array($0.bytes(0)) == bytes)
    }
  }

  @Test("A run says how many rows it changed, and a conflict that does nothing changed none")
  func changes() throws {
    try inDatabase { database in
      try database.execute(sql: "CREATE UNIQUE INDEX once ON cell (value)")
      let insert = try RawStatement(
        database, "INSERT INTO cell VALUES (?1) ON CONFLICT DO NOTHING")
      for (number, expected) in [(1, 1), (1, 0), (2, 1), (2, 0)] as [(Int64, Int)] {
        insert.bind(1, number)
        #expect(try insert.run() == expected)
      }
      #expect(try RawStatement(database, "DELETE FROM cell").run() == 2)
    }
  }

  @Test("What is not bound again is NULL in the next run")
  func noLeftOvers() throws {
    try inDatabase { database in
      let insert = try RawStatement(database, "INSERT INTO cell VALUES (?1)")
      insert.bind(1, "note of another row")
      try insert.run()
      insert.bind(1, nil as String?)
      try insert.run()
      let texts = try String?.fetchAll(database, sql: "SELECT value FROM cell ORDER BY rowid")
      #expect(texts == ["note of another row", nil])
    }
  }

  @Test("A statement can be run again after an error")
  func errorsLeaveTheStatementUsable() throws {
    try inDatabase { database in
      try database.execute(sql: "CREATE UNIQUE INDEX once ON cell (value)")
      let insert = try RawStatement(database, "INSERT INTO cell VALUES (?1)")
      insert.bind(1, 1 as Int64)
      try insert.run()
      insert.bind(1, 1 as Int64)
      let error = #expect(throws: DatabaseError.self) { try insert.run() }
      #expect(error?.resultCode == .SQLITE_CONSTRAINT)
      insert.bind(1, 2 as Int64)
      #expect(try insert.run() == 1)
    }
  }

  @Test("SQL that cannot be prepared throws with SQLite's message")
  func badSQL() throws {
    try inDatabase { database in
      let error = #expect(throws: DatabaseError.self) {
        _ = try RawStatement(database, "SELECT shape FROM cell")
      }
      #expect(error?.message == "no such column: shape")
    }
  }
}
