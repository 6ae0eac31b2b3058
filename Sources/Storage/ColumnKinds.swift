import GRDB

/// Which kinds of values there are, a bit a column.
struct ColumnKinds {
  var absent: UInt32 = 0
  var integers: UInt32 = 0
  var reals: UInt32 = 0
  var texts: UInt32 = 0
  var blobs: UInt32 = 0
  /// Columns of the shortest row.
  var fewest = 32

  @inline(__always)
  mutating func add(_ other: ColumnKinds) {
    absent |= other.absent
    integers |= other.integers
    reals |= other.reals
    texts |= other.texts
    blobs |= other.blobs
    fewest = min(fewest, other.fewest)
  }

  mutating func note(_ type: Int64, _ column: Int) {
    let bit: UInt32 = column < 32 ? 1 << UInt32(column) : 0
    switch type {
    case 0: absent |= bit
    case 7: reals |= bit
    case 12...: if type & 1 == 1 { texts |= bit } else { blobs |= bit }
    default: integers |= bit
    }
  }
}

/// The header of a record, of at most 32 bytes.
struct MetHeader {
  /// The bytes, zeros behind them.
  var bytes = SIMD4<UInt64>()
  /// Bytes of the whole record; 0 for no header.
  var length = 0
  var kinds = ColumnKinds()

  init() {}

  /// Reads a header; nil when it holds a type that is not in use, or ends within one.
  init?(_ start: UnsafePointer<UInt8>, _ count: Int) {
    var position = 0
    _ = start.varint(&position)
    length = count
    var column = 0
    while position < count {
      let type = start.varint(&position)
      guard let bytes = SerialType.length(type) else { return nil }
      length += bytes
      kinds.note(type, column)
      column += 1
    }
    kinds.fewest = min(kinds.fewest, column)
    guard position == count else { return nil }
  }
}

/// A table whose rows lie by number and whose columns have types.
struct TypedTable {
  var name: String
  var columns: Int
  /// Which kinds no row may hold, a bit a column.
  var forbidden = ColumnKinds()

  /// Nil for a table that has too many columns, or whose columns take any value.
  init?(_ database: Database, _ name: String) throws {
    let columns = try GRDB.Row.fetchAll(
      database, sql: "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)",
      arguments: [name])
    guard columns.count <= 32 else { return nil }
    self.name = name
    self.columns = columns.count
    for (index, column) in columns.enumerated() {
      let bit: UInt32 = 1 << UInt32(index)
      let type: String = column["type"]
      // The number of a row is not stored among its values.
      if column["notnull"], column["pk"] == 0 { forbidden.absent |= bit }
      if !["INTEGER", "INT", "REAL", "ANY"].contains(type) { forbidden.integers |= bit }
      if !["REAL", "ANY"].contains(type) { forbidden.reals |= bit }
      if !["TEXT", "ANY"].contains(type) { forbidden.texts |= bit }
      if !["BLOB", "ANY"].contains(type) { forbidden.blobs |= bit }
    }
  }

  /// Whether rows hold only what the table allows.
  func allows(_ kinds: ColumnKinds) -> Bool {
    // Columns that were added later are absent from rows that were written before.
    let all: UInt32 = columns == 32 ? .max : 1 << UInt32(columns) - 1
    let missing = kinds.fewest < columns ? all & ~(1 << UInt32(kinds.fewest) - 1) : 0
    return (kinds.absent | missing) & forbidden.absent == 0
      && kinds.integers & forbidden.integers == 0 && kinds.reals & forbidden.reals == 0
      && kinds.texts & forbidden.texts == 0 && kinds.blobs & forbidden.blobs == 0
  }
}
