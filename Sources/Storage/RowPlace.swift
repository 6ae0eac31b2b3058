import Records

/// The number of a row of a dated table: day, then patient, then the row within the patient's day.
///
/// Rows lie in the order of days, as exports grow: what is new is written at the end of the table,
/// and the rows of one patient and day lie side by side.
struct RowPlace: Comparable {
  let number: Int64

  init(_ number: Int64) { self.number = number }

  /// The first place of a patient's day.
  ///
  /// - Throws: `StorageError.failed` when a database holds more people than it has numbers for.
  @inline(__always)
  init(day: Int32, patient: Int64) throws {
    guard (0...RowPlace.most).contains(patient) else {
      throw StorageError.failed(cause: "more than \(RowPlace.most) people do not fit into it")
    }
    number = Int64(day) << RowPlace.dayShift | patient << RowPlace.patientShift
  }

  private static let patientShift: Int64 = 23
  private static let dayShift: Int64 = 46
  /// The greatest number of a patient, and of a row within a patient's day.
  static let most: Int64 = 1 << patientShift - 1

  var day: Int32 { Int32(truncatingIfNeeded: number >> RowPlace.dayShift) }
  var patient: Int64 { number >> RowPlace.patientShift & RowPlace.most }
  var row: Int64 { number & RowPlace.most }

  /// A place read from a table.
  ///
  /// - Throws: a damage of the table where no day of a diary has such a number.
  init(stored number: Int64, of table: String) throws {
    self.init(number)
    guard Day.possible.contains(Day(number: day)) else {
      throw StoredDamage(table: table, row: number, column: "id")
    }
  }

  /// The last place of the same patient's day.
  var last: RowPlace { RowPlace(number | RowPlace.most) }

  /// Another row of the same patient's day.
  ///
  /// - Throws: `StorageError.failed` when the day is full.
  @inline(__always)
  func row(_ row: Int64) throws -> RowPlace {
    guard row <= RowPlace.most else {
      throw StorageError.failed(cause: "more than \(RowPlace.most) rows a day do not fit into it")
    }
    return RowPlace(number & ~RowPlace.most | row)
  }

  /// The last day that a number can hold.
  static let lastDay: Int32 = 1 << (63 - dayShift) - 1

  /// The day of a number, in SQL.
  static func day(_ number: String) -> String { "(\(number) >> \(dayShift))" }

  /// The number of a day and of what lies within it, in SQL.
  static func place(_ day: String, _ within: String) -> String {
    "((\(day)) << \(dayShift) | \(within))"
  }

  /// The first place of a patient's day in SQL.
  static func first(day: String, patient: String) -> String {
    "((\(day) << \(dayShift)) | (\(patient) << \(patientShift)))"
  }

  @inline(__always)
  static func < (left: RowPlace, right: RowPlace) -> Bool { left.number < right.number }
}
