import GRDB
import Records

/// A record in its table, by what names it there.
struct RecordPlace {
  var table: String
  var patient: Int64
  /// The column that tells a patient's records apart, and its value.
  var key: (column: String, value: Int64)
}

/// Keeps what a file replaces or removes: the old record, and what was written in its place.
final class Corrections {
  private let database: Database
  private let file: Int64
  private let insert: RawStatement
  /// By table: the statement that finds a record, and how each of its columns begins in JSON.
  private var finders: [String: Finder] = [:]
  private struct Finder {
    var statement: RawStatement
    var names: [String]
  }
  private var old = JSONText()
  private var new = JSONText()

  /// - Parameter file: the number of the file that is imported.
  init(_ database: Database, file: Int64) throws {
    self.database = database
    self.file = file
    insert = try RawStatement(
      database,
      """
      INSERT INTO correction (file, line, kind, patient, day, old, new)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """)
  }

  /// Replaces or removes a record and keeps it.
  ///
  /// - Parameters:
  ///   - record: where it is stored.
  ///   - day: the day that it belongs to, if to any.
  ///   - line: where the file asks for it.
  ///   - write: replaces it.
  /// - Returns: what `write` gives: where its new value is stored, nil when it is gone.
  func keep(
    _ record: RecordPlace, kind: Kind, day: Int64?, line: Int64, write: () throws -> RecordPlace?
  ) throws {
    try put(record, into: &old)
    let place = try write()
    new.removeAll()
    if let place { try put(place, into: &new) }
    insert.bind(1, file)
    insert.bind(2, line)
    insert.bind(3, kind.rawValue)
    insert.bind(4, record.patient)
    insert.bind(5, day)
    old.bytes.withUnsafeBufferPointer { insert.bind(6, unmoved: $0) }
    new.bytes.withUnsafeBufferPointer { insert.bind(7, unmoved: $0) }
    try insert.run()
  }

  /// Writes a record as a JSON object of its columns, without those that are NULL. Numbers keep
  /// every digit.
  private func put(_ record: RecordPlace, into json: inout JSONText) throws {
    let finder = try finder(record)
    let row = finder.statement
    row.bind(1, record.patient)
    row.bind(2, record.key.value)
    defer { row.reset() }
    json.removeAll()
    guard try row.step() else {
      throw StorageError.failed(cause: "a record of \(record.table) is not where it was")
    }
    for (column, name) in finder.names.enumerated() {
      switch row.value(column) {
      case .null: continue
      case .integer(let value):
        json.put(name)
        json.put(String(value))
      case .number(let value):
        json.put(name)
        json.put(value.description)
      case .text(let bytes):
        json.put(name)
        json.quote(bytes)
      }
    }
    json.put("}")
  }

  private func finder(_ record: RecordPlace) throws -> Finder {
    if let known = finders[record.table] { return known }
    let names = try database.columns(in: record.table).map(\.name)
    let listed = names.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
    let owner = record.table == "patient" ? "id" : "patient"
    let fresh = Finder(
      statement: try RawStatement(
        database,
        """
        SELECT \(listed) FROM \(record.table) WHERE \(owner) = ?1 AND \(record.key.column) = ?2
        """),
      names: names.enumerated().map { ($0 == 0 ? "{" : ",") + "\"\($1)\":" })
    finders[record.table] = fresh
    return fresh
  }
}
