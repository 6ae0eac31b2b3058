import GRDB
import GRDBSQLite

/// A prepared statement at SQLite's own interface: integers, numbers and bytes are bound without an
/// object for each, which is what the hot loops of import and reading need.
final class RawStatement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ database: Database, _ sql: String) throws {
    guard let connection = database.sqliteConnection else {
      throw StorageError.failed(cause: "the connection is closed")
    }
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else { throw RawStatement.error(connection) }
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// SQLite keeps bound text until the statement is run, not longer.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  @inline(__always)
  func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(handle, index, value) }

  /// Absent values need no call: parameters are NULL until they are bound.
  @inline(__always)
  func bind(_ index: Int32, _ value: Int64?) { if let value { bind(index, value) } }

  @inline(__always)
  func bind(_ index: Int32, _ value: Double?) {
    if let value { sqlite3_bind_double(handle, index, value) }
  }

  @inline(__always)
  func bindNull(_ index: Int32) { sqlite3_bind_null(handle, index) }

  /// Binds UTF-8 that stays in place until the statement has run; NULL for no bytes.
  func bind(_ index: Int32, unmoved text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress, text.count > 0 else { return }
    base.withMemoryRebound(to: CChar.self, capacity: text.count) {
      _ = sqlite3_bind_text(handle, index, $0, Int32(text.count), nil)
    }
  }

  func bind(_ index: Int32, _ text: String?) {
    guard let text else { return }
    sqlite3_bind_text(handle, index, text, Int32(text.utf8.count), RawStatement.transient)
  }

  func bind(_ index: Int32, bytes: [UInt8]) {
    _ = bytes.withUnsafeBytes {
      sqlite3_bind_blob(
        handle, index, $0.baseAddress ?? UnsafeRawPointer(bitPattern: 1),
        Int32(bytes.count), RawStatement.transient)
    }
  }

  /// Runs to the next row.
  ///
  /// - Returns: whether there is one.
  @inline(__always)
  func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    reset()
    throw RawStatement.error(connection)
  }

  /// Makes the statement ready for another run, all parameters NULL.
  @inline(__always)
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// Runs a statement that gives no rows.
  ///
  /// - Returns: how many rows it changed.
  @inline(__always)
  @discardableResult
  func run() throws -> Int {
    _ = try step()
    reset()
    return Int(sqlite3_changes(connection))
  }

  /// Runs a statement of which every parameter is bound anew each time.
  ///
  /// - Returns: how many rows it changed.
  @inline(__always)
  func runBound() throws -> Int {
    _ = try step()
    sqlite3_reset(handle)
    return Int(sqlite3_changes(connection))
  }

  @inline(__always)
  func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }
  /// One look at the column tells its type and its value; a connection stays with one thread, which
  /// such looks ask for.
  @inline(__always)
  func optionalInteger(_ column: Int) -> Int64? {
    let value = sqlite3_column_value(handle, Int32(column))
    return sqlite3_value_type(value) == SQLITE_NULL ? nil : sqlite3_value_int64(value)
  }

  /// A column's value, text in place until the next step.
  enum Value {
    case null
    case integer(Int64)
    case number(Double)
    case text(UnsafeBufferPointer<UInt8>)
  }

  /// A column's value as it is stored; bytes count as text.
  func value(_ column: Int) -> Value {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .number(sqlite3_column_double(handle, Int32(column)))
    default: .text(bytes(column))
    }
  }

  /// The text of a column, in place until the next step; no bytes for NULL.
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(handle, Int32(column))
    return UnsafeBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  private static func error(_ connection: OpaquePointer) -> any Error {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }
}
