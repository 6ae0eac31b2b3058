/// Why a row was refused. The raw value is stored and shown; codes are only ever added.
public enum RejectionReason: String, CaseIterable, Sendable {
  /// A CSV record with fewer fields than the header.
  case tooFewFields = "too-few-fields"
  /// A CSV record with more fields than the header.
  case tooManyFields = "too-many-fields"
  /// A quote that opens or closes inside a CSV field, or is never closed.
  case badQuoting = "bad-quoting"
  /// Bytes that are not UTF-8, or a lone surrogate of UTF-16.
  case badEncoding = "bad-encoding"
  /// A field of more than 1 MiB, or a name of more than 4,096 bytes.
  case fieldTooLong = "field-too-long"
  /// A required field that is empty or holds a word for missing.
  case missingValue = "missing-value"
  /// No code in the row, and none from the caller or the profile.
  case noPatient = "no-patient"
  /// Text that is no date or time, or one that does not exist.
  case notADate = "not-a-date"
  /// A date that is not ISO 8601, in a file whose order nobody told.
  case dateOrderUnknown = "date-order-unknown"
  /// A date after the last day that the caller allows.
  case dateInTheFuture = "date-in-the-future"
  /// Text that is no number, or no whole one where one is needed.
  case notANumber = "not-a-number"
  /// A number outside its scale, or a last day before the first.
  case outOfRange = "out-of-range"
  /// A word outside the field's vocabulary, two sides that disagree, or a nested JSON value.
  case unknownCode = "unknown-code"
  /// A time zone that the zone database does not have.
  case unknownZone = "unknown-zone"
  /// A JSON value where a record should stand.
  case notAnObject = "not-an-object"
  /// An NDJSON record that names a key twice.
  case duplicateKey = "duplicate-key"
  /// An NDJSON line that is malformed.
  case badJSON = "bad-json"
  /// The row that `lumbar template` writes to show how a file is filled in.
  case exampleRow = "example-row"
  /// A unit that the test is not measured in.
  case unknownUnit = "unknown-unit"

  /// One sentence: what is wrong, and what to do about it.
  public var hint: String {
    switch self {
    case .tooFewFields: "The row has fewer fields than the header. Add the missing separators."
    case .tooManyFields:
      "The row has more fields than the header. Put text that holds a separator in quotes."
    case .badQuoting:
      "A quote is opened or closed in the wrong place. Write a quote inside a quoted field twice."
    case .badEncoding: "The row is not UTF-8. Save the file as UTF-8 and import it again."
    case .fieldTooLong:
      "A field is longer than the limit (1 MiB, limits.field_kib). Shorten it, or close the quote "
        + "it "
        + "begins with."
    case .missingValue: "A required field is empty. Fill it in."
    case .noPatient: "The row names no patient. Fill in patient_id or pass --patient."
    case .notADate: "There is no such date or time. Write it as 2026-10-31 or 2026-10-31T07:15."
    case .dateOrderUnknown:
      "The date could be read in more than one order. Pass --date-order ymd, dmy or mdy."
    case .dateInTheFuture: "The date lies in the future. Correct it."
    case .notANumber: "This is not a number. Write digits with a point, as 7.5."
    case .outOfRange: "The value lies outside its scale. Correct it."
    case .unknownCode: "The word is not one that this field knows. See the formats in the README."
    case .unknownUnit:
      "The test is not measured in this unit. Lengths are in cm, mm, m, in or ft, angles in deg or "
        + "rad, times in s or min."
    case .unknownZone: "There is no such time zone. Write a name such as Europe/Berlin."
    case .notAnObject: "A JSON record must be an object. Wrap the fields in braces."
    case .duplicateKey: "A JSON object names the same key twice. Keep one of them."
    case .badJSON: "The line is not valid JSON. Correct it."
    case .exampleRow: "This is the example of the template. Put a row of your own in its place."
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
