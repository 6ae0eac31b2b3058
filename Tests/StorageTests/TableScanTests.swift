import Foundation
import GRDB
import Records
import TestSupport
import Testing

@testable import Storage

@Suite("TableScan")
struct TableScanTests {
  /// Whole numbers of every width on both sides of zero, and where one width ends.
  private static let numbers: [Int64] =
    [0, 1, -1, .max, .min]
    + [7, 8, 15, 16, 23, 24, 31, 32, 47, 48, 62].flatMap { bits -> [Int64] in
      let power: Int64 = 1 << bits
      return [power - 1, power, power + 1, -power + 1, -power, -power - 1]
    }

  private func withDatabase(
    pageSize: Int = 4_096, _ sql: [String], _ body: (DatabaseQueue, String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("some.sqlite").path
      let queue = try DatabaseQueue(path: path)
      try queue.inDatabase { database in
        try database.execute(sql: "PRAGMA page_size = \(pageSize); VACUUM")
        for statement in sql { try database.execute(sql: statement) }
      }
      try body(queue, path)
    }
  }

  /// What both ways of reading give of every row from a number on.
  private func read(
    _ queue: DatabaseQueue, from first: Int64, most: Int = .max
  ) throws -> (pages: [[String]], statement: [[String]]) {
    func rows(_ cursor: some StoredRows) throws -> [[String]] {
      var rows: [[String]] = []
      try cursor.seek(first)
      while rows.count < most, try cursor.step() {
        // Once from the first column on, and from each of the later ones.
        var columns = cursor.columns(from: 1)
        var row = ["\(cursor.number)", "\(columns.integer() as Int64?)"]
        row += ["\(columns.number() as Double?)", "\(Array(columns.text()))"]
        columns = cursor.columns(from: 2)
        row.append("\(columns.number() as Double?)")
        columns = cursor.columns(from: 3)
        row.append("\(Array(columns.text()))")
        #expect(!columns.isDamaged)
        rows.append(row)
      }
      cursor.reset()
      return rows
    }
    return try queue.read { database in
      let root = try Int.fetchOne(
        database, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'cell'")
      let scan = try TableScan(
        DatabasePages(database), root: try #require(root))
      let statement = try RawStatement(
        database, "SELECT * FROM cell WHERE id >= ?1 ORDER BY id")
      return (try rows(scan), try rows(statement))
    }
  }

  private static let table =
    "CREATE TABLE cell (id INTEGER PRIMARY KEY, whole INTEGER, number REAL, word TEXT) STRICT"

  @Test("Whole numbers of every width, numbers and absent values are those that SQLite reads")
  func values() throws {
    let rows = Self.numbers.enumerated().map { index, number in
      let whole = number == .min ? "-9223372036854775807 - 1" : "\(number)"
      return "INSERT INTO cell VALUES (\(index - 9), \(whole), "
        + "\(index % 3 == 0 ? "NULL" : "\(number) / 7.0"), \(index % 4 == 0 ? "NULL" : "'\(index)'"))"
    }
    let extremes = [
      "INSERT INTO cell VALUES (500, NULL, 1e308, ''), (501, 1, 3.0, 'Zoë 🧘'), "
        + "(502, 0, -0.0, NULL), (503, NULL, 5e-324, x'' || 'a'), (504, NULL, NULL, NULL)"
    ]
    try withDatabase([Self.table] + rows + extremes) { queue, _ in
      let (pages, statement) = try read(queue, from: .min)
      #expect(pages.count == Self.numbers.count + 5)
      #expect(pages.elementsEqual(statement))
    }
  }

  @Test(
    "Rows of many pages are found from any number on, long texts go on in chains of pages",
    arguments: [512, 1_024, 16_384, 65_536])
  func manyPages(pageSize: Int) throws {
    let fill = """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
      INSERT INTO cell SELECT (i * 7919) % 2003 * 5 - 4000, i * i, i / 8.0,
        CASE WHEN i % 97 = 0 THEN hex(randomblob(i * 40)) WHEN i % 2 = 0 THEN 'note ' || i END
      FROM n
      """
    try withDatabase(pageSize: pageSize, [Self.table, fill, "DELETE FROM cell WHERE id % 3 = 0"]) {
      queue, _ in
      let all = try read(queue, from: .min)
      #expect(all.pages.count > 1_300)
      #expect(all.pages.elementsEqual(all.statement))
      for first in [-4_001, -3_999, -1, 0, 17, 2_501, 5_998, 6_011, .max] as [Int64] {
        let (pages, statement) = try read(queue, from: first, most: 40)
        #expect(pages.elementsEqual(statement))
      }
    }
  }

  @Test("An empty table has no rows, and columns that were added later are absent from older ones")
  func emptyAndAdded() throws {
    try withDatabase([Self.table]) { queue, _ in
      #expect(try read(queue, from: .min).pages == [])
      try queue.write { database in
        try database.execute(sql: "INSERT INTO cell VALUES (1, 2, 3, 'a')")
        try database.execute(sql: "ALTER TABLE cell ADD COLUMN later TEXT")
        try database.execute(sql: "INSERT INTO cell VALUES (2, 2, 3, 'a', 'b')")
      }
      let (pages, statement) = try read(queue, from: .min)
      #expect(pages.elementsEqual(statement))
      try queue.read { database in
        let root = try Int.fetchOne(
          database, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'cell'")
        let scan = try TableScan(
          DatabasePages(database), root: try #require(root))
        try scan.seek(.min)
        #expect(try scan.step())
        var columns = scan.columns(from: 4)
        #expect(columns.text().isEmpty)
        #expect(columns.integer() == nil)
        #expect(columns.number() == nil)
        #expect(!columns.isDamaged)
        #expect(try scan.step())
        columns = scan.columns(from: 4)
        #expect(Array(columns.text()) == Array("b".utf8))
        #expect(try !scan.step())
      }
    }
  }

  @Test(
    "A column that a header places behind the end of its record is damage, and no byte behind it is read",
    arguments: [
      [3, 6, 1, 0], [3, 0x7F, 1, 0], [2, 0x90, 1], [9, 1, 1], [0], [0x81, 0x80, 0, 1], [2, 11, 5],
      [3, 13, 6, 65, 1, 2],
    ] as [[UInt8]])
  func lyingHeaders(record: [UInt8]) {
    // What lies behind it must not come out.
    let memory = record + [UInt8](repeating: 0xAB, count: 32)
    memory.withUnsafeBufferPointer { memory in
      guard let start = memory.baseAddress else { return }
      func columns() -> RecordColumns { RecordColumns(start, record.count, from: 0) }
      var integers = columns()
      let values = (0..<4).map { _ in integers.integer() ?? 0 }
      #expect(integers.isDamaged)
      #expect(values.allSatisfy { (0...1).contains($0) })
      var texts = columns()
      let bytes = (0..<4).flatMap { _ in Array(texts.text()) }
      #expect(texts.isDamaged)
      #expect(!bytes.contains(0xAB))
    }
  }

  @Test("Numbers of one to nine bytes are those that were written, and end where they end")
  func varints() {
    // As SQLite's format describes it: sevens from the highest on, the ninth byte whole.
    func bytes(_ number: UInt64) -> [UInt8] {
      if number >> 56 != 0 {
        return (0..<8).map { UInt8(number >> (57 - 7 * $0) & 0x7F) | 0x80 } + [UInt8(number & 0xFF)]
      }
      var bytes = [UInt8(number & 0x7F)]
      var rest = number >> 7
      while rest > 0 {
        bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
        rest >>= 7
      }
      return bytes
    }
    var random = SeededGenerator(seed: 11)
    for bits in 0...64 as ClosedRange<UInt64> {
      for _ in 0..<40 {
        let number = bits == 0 ? 0 : random.next() >> (64 - bits)
        let written = bytes(number)
        (written + [UInt8](repeating: 0xFF, count: 16)).withUnsafeBufferPointer { memory in
          guard let start = memory.baseAddress else { return }
          var position = 0
          #expect(UInt64(bitPattern: start.varint(&position)) == number)
          #expect(position == written.count)
        }
      }
    }
  }

  @Test("Types stand for lengths as SQLite's format has them")
  func lengths() {
    let lengths = (0...13).map { SerialType.length($0) }
    #expect(lengths == [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, nil, nil, 0, 0])
    #expect(SerialType.length(1_001) == 494)
    #expect(SerialType.length(-1) == nil)
    #expect(SerialType.length(.min) == nil)
  }

  @Test(
    "A damaged page is an error or other rows, never a crash",
    arguments: 1...80 as ClosedRange<UInt64>)
  func damage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fill = """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
      INSERT INTO cell SELECT i, i * i, i / 8.0,
        CASE WHEN i % 50 = 0 THEN hex(zeroblob(i * 4)) ELSE 'note ' || i END FROM n
      """
    try withDatabase(pageSize: 1_024, [Self.table, fill]) { queue, path in
      try queue.close()
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      for _ in 0..<[1, 8, 60, 400][Int(seed % 4)] {
        let page = 1 + random.below(bytes.count / 1_024 - 1)
        // Mostly where a page says what it is and where its rows lie.
        let place = seed % 3 == 0 ? random.below(1_024) : random.below(64)
        bytes[page * 1_024 + place] = UInt8(random.below(256))
      }
      try bytes.write(to: URL(fileURLWithPath: path))
      let damaged = try DatabaseQueue(path: path)
      try damaged.read { database in
        guard
          let root = try? Int.fetchOne(
            database, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'cell'"),
          let pages = try? DatabasePages(database)
        else { return }
        do {
          let scan = try TableScan(pages, root: root)
          for first in [.min, 450, 899] as [Int64] {
            try scan.seek(first)
            var rows = 0
            while rows < 5_000, try scan.step() {
              rows += 1
              var columns = scan.columns(from: 1)
              _ = (columns.integer(), columns.number(), columns.text().reduce(0) { $0 ^ $1 })
              _ = (columns.text(), columns.integer(), columns.number())
            }
          }
        } catch let error as DatabaseError {
          #expect(error.resultCode == .SQLITE_CORRUPT)
        }
      }
    }
  }

  @Test(
    "A whole patient is read from the pages as by statements, after corrections and an undo too")
  func logs() throws {
    try withStore { store in
      var random = SeededGenerator(seed: 3)
      for number in 1...5 {
        try store.importSheet("file \(number)") { sheet in
          for row in 0..<400 {
            let (code, date) = ("p\(random.below(23))", "2026-0\(1 + random.below(9))-1\(row % 9)")
            sheet.set(code, date, "plank \(random.below(6))", reps: Double(random.below(900)) / 8) {
              $0.minutes = random.below(3) == 0 ? nil : Double(random.below(400)) / 10
              $0.side = Side(rawValue: UInt8(random.below(3)))
            }
            sheet.pain(
              code, date, Double(random.below(11)),
              notes: row % 90 == 0 ? String(repeating: "long ", count: 5_000) : nil)
            sheet.measure(code, date, "reach", Double(random.below(300)) / 10)
          }
          sheet.set("p1", "2026-01-10", "bridge", reps: Double(number), as: ("s", 1))
        }
      }
      _ = try store.undo(run: 5, by: store.beginRun("undo"))
      let codes = try store.patientCodes()
      let (pages, statements) = try store.queue.read { database in
        (
          try LogReader(database).logs(of: codes),
          try LogReader(database, fromPages: false).logs(of: codes)
        )
      }
      #expect(pages.count == codes.count)
      for (left, right) in zip(pages, statements) {
        #expect(left.map(Self.rows)?.elementsEqual(right.map(Self.rows) ?? []) == true)
        #expect(left?.sets.isEmpty == false)
      }
    }
  }

  private static func rows(_ log: PatientLog) -> [String] {
    log.sets.map { "\($0) \(log.names[$0.exercise])" }
      + log.pain.map { "\($0) \($0.notes.map { log.texts[$0] } ?? "")" }
      + log.measurements.map { "\($0)" } + log.questionnaires.map { "\($0)" }
      + log.sources.keys.sorted().map { "\($0)" }
  }

  @Test("A database in memory is read by statements")
  func inMemory() throws {
    let store = try Store.inMemory()
    try store.importSheet { $0.pain("anna", "2026-03-02", 4) }
    #expect(try store.readLogs { try $0.log(of: "anna") }?.pain.map(\.score) == [4])
    try store.queue.read { database in
      #expect(throws: DatabasePages.NotPossible.self) { try DatabasePages(database) }
    }
  }
}
