/// A stored value that SQLite's types allow and that lumbar never writes: somebody else did, or a disk.
///
/// Names where it stands, never the value itself, which is a diary's.
struct StoredDamage: Error, CustomStringConvertible {
  var table: String
  /// The row's number; nil where a table has none.
  var row: Int64?
  var column: String

  var description: String {
    let place = row.map { ", row \($0)" } ?? ""
    return "the table \(table)\(place), \(column): no version of lumbar writes such a value"
  }
}
