import GRDB
import GRDBSQLite

/// The values of one row, by their places; they stay as long as the row is stood on.
typealias RowValues = UnsafeMutablePointer<OpaquePointer?>

/// An SQL function that takes the values of each row where they lie: a third of the time of
/// stepping through a statement and asking it for column after column.
///
/// As `SELECT lumbar_take(a, b, …) FROM …`, an aggregate: one step runs through all rows.
final class RowFunction {
  private var body: ((RowValues) throws -> Void)?
  private var failure: (any Error)?

  /// Makes the function known to a connection, in the place of an earlier one.
  init(_ database: Database) throws {
    let own = Unmanaged.passRetained(self)
    let code = sqlite3_create_function_v2(
      database.sqliteConnection, RowFunction.name, -1, SQLITE_UTF8, own.toOpaque(), nil,
      { context, _, values in
        guard let context, let values, let own = sqlite3_user_data(context) else { return }
        Unmanaged<RowFunction>.fromOpaque(own).takeUnretainedValue().take(values, context)
      }, { _ in },
      { own in if let own { Unmanaged<RowFunction>.fromOpaque(own).release() } })
    guard code == SQLITE_OK else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code))
    }
  }

  static let name = "lumbar_take"

  private func take(_ values: RowValues, _ context: OpaquePointer) {
    do {
      try body?(values)
    } catch {
      failure = error
      sqlite3_result_error(context, "a row cannot be read", -1)
    }
  }

  /// Runs a statement that calls the function once a row.
  ///
  /// - Throws: what `body` throws; no further row is taken then.
  func run(_ statement: RawStatement, _ body: (RowValues) throws -> Void) throws {
    try withoutActuallyEscaping(body) { body in
      self.body = body
      failure = nil
      defer {
        self.body = nil
        statement.reset()
      }
      do {
        while try statement.step() {}
      } catch {
        throw failure ?? error
      }
    }
  }
}
