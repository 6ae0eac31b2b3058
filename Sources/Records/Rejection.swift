/// Why a row was refused. The raw value is stored and shown; codes are only ever added.
public enum RejectionReason: String, CaseIterable, Sendable {
  case tooFewFields = "too-few-fields"
  case tooManyFields = "too-many-fields"
  case badQuoting = "bad-quoting"
  case badEncoding = "bad-encoding"
  case fieldTooLong = "field-too-long"
  case missingValue = "missing-value"
  case noPatient = "no-patient"
  case notADate = "not-a-date"
  case dateOrderUnknown = "date-order-unknown"
  case dateInTheFuture = "date-in-the-future"
  case notANumber = "not-a-number"
  case outOfRange = "out-of-range"
  case unknownCode = "unknown-code"
  case unknownZone = "unknown-zone"
  case notAnObject = "not-an-object"
  case duplicateKey = "duplicate-key"
  case badJSON = "bad-json"

  /// One sentence: what is wrong, and what to do about it.
  public var hint: String {
    switch self {
    case .tooFewFields: "The row has fewer fields than the header. Add the missing separators."
    case .tooManyFields:
      "The row has more fields than the header. Put text that holds a separator in quotes."
    case .badQuoting:
      "A quote is opened or closed in the wrong place. Write a quote inside a quoted field twice."
    case .badEncoding: "The row is not UTF-8. Save the file as UTF-8 and import it again."
    case .fieldTooLong: "A field is longer than 1 MiB. Shorten it or take it out."
    case .missingValue: "A required field is empty. Fill it in."
    case .noPatient: "The row names no patient. Fill in patient_id or pass --patient."
    case .notADate: "There is no such date or time. Write it as 2026-10-31 or 2026-10-31T07:15."
    case .dateOrderUnknown:
      "The date could be read in more than one order. Pass --date-order ymd, dmy or mdy."
    case .dateInTheFuture: "The date lies in the future. Correct it."
    case .notANumber: "This is not a number. Write digits with a point, as 7.5."
    case .outOfRange: "The value lies outside its scale. Correct it."
    case .unknownCode: "The word is not one that this field knows. See the formats in the README."
    case .unknownZone: "There is no such time zone. Write a name such as Europe/Berlin."
    case .notAnObject: "A JSON record must be an object. Wrap the fields in braces."
    case .duplicateKey: "A JSON object names the same key twice. Keep one of them."
    case .badJSON: "The line is not valid JSON. Correct it."
    }
  }
}

/// A row that was refused, with where it stands and why.
public struct Rejection: Sendable {
  /// Why.
  public var reason: RejectionReason
  /// The line the row begins on.
  public var position: SourcePosition
  /// The column's name in the file, empty when the whole row is meant.
  public var column: String
  /// What stood there; private, shown only when asked for.
  public var value: [UInt8]
  /// The whole row as it stood, for mending; private.
  public var row: [UInt8]

  /// A refused row.
  public init(
    reason: RejectionReason, position: SourcePosition, column: String, value: [UInt8] = [],
    row: [UInt8] = []
  ) {
    self.reason = reason
    self.position = position
    self.column = column
    self.value = value
    self.row = row
  }
}
