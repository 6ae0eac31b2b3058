/// A stored value that SQLite's types allow and that lumbar never writes: somebody else did, or a
/// disk.
///
/// Names where it stands, never the value itself, which is a diary's.
struct StoredDamage: Error, CustomStringConvertible {
  var table: String
  /// The row's number; nil where a table has none.
  var row: Int64?
  var column: String

  init(table: String, row: Int64?, column: String) {
    self.table = table
    self.row = row
    self.column = column
  }

  /// A damage in one of the columns of a record, by its place among them.
  init(_ table: String, _ row: Int64?, _ columns: [String], _ place: Int?) {
    let column = place.flatMap { columns.indices.contains($0) ? columns[$0] : nil }
    self.init(table: table, row: row, column: column ?? "")
  }

  var description: String {
    let place = row.map { ", row \($0)" } ?? ""
    return "the table \(table)\(place), \(column): no version of lumbar writes such a value"
  }
}
