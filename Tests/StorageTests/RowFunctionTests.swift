import GRDB
import GRDBSQLite
import Testing

@testable import Storage

@Suite("RowFunction")
struct RowFunctionTests {
  @Test("takes every value of every row, in the order of the table")
  func values() throws {
    try DatabaseQueue().inDatabase { database in
      try database.execute(
        sql: """
          CREATE TABLE t (id INTEGER PRIMARY KEY, number REAL, word TEXT);
          INSERT INTO t VALUES (3, 1.5, 'Zoë'), (1, NULL, ''), (2, -2, NULL)
          """)
      let function = try RowFunction(database)
      let rows = try RawStatement(
        database, "SELECT \(RowFunction.name)(id, number, word) FROM t WHERE id >= ?1")
      for (first, expected) in [
        (1, ["1 nil 0", "2 -2.0 nil", "3 1.5 4"]), (3, ["3 1.5 4"]), (4, []),
      ] {
        var found: [String] = []
        rows.bind(1, Int64(first))
        try function.run(rows) { values in
          func isNull(_ column: Int) -> Bool { sqlite3_value_type(values[column]) == SQLITE_NULL }
          let number = isNull(1) ? "nil" : "\(sqlite3_value_double(values[1]))"
          let word = isNull(2) ? "nil" : "\(sqlite3_value_bytes(values[2]))"
          found.append("\(sqlite3_value_int64(values[0])) \(number) \(word)")
        }
        #expect(found == expected)
      }
    }
  }

  @Test("stops at the row whose taking fails, with that error, and can be run again")
  func failing() throws {
    struct Stop: Error, Equatable { var row: Int64 }
    try DatabaseQueue().inDatabase { database in
      try database.execute(
        sql: "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3)")
      let function = try RowFunction(database)
      let rows = try RawStatement(database, "SELECT \(RowFunction.name)(id) FROM t")
      var taken = 0
      #expect(throws: Stop(row: 2)) {
        try function.run(rows) { values in
          taken += 1
          if taken == 2 { throw Stop(row: sqlite3_value_int64(values[0])) }
        }
      }
      #expect(taken == 2)
      try function.run(rows) { _ in taken += 1 }
      #expect(taken == 5)
      // Another one of the same connection takes its place.
      let later = try RowFunction(database)
      let again = try RawStatement(database, "SELECT \(RowFunction.name)(id) FROM t")
      try later.run(again) { _ in taken += 1 }
      #expect(taken == 8)
    }
  }
}
