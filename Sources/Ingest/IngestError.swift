import Records

/// Refuses what begins as XML or as a web page.
///
/// - Throws: `IngestError.markup`.
func requireNoMarkup(_ head: [UInt8]) throws {
  let visible = head.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  guard visible.first == 0x3C else { return }
  let start = String(decoding: visible.prefix(2_048), as: UTF8.self).lowercased()
  if start.contains("healthdata") { throw IngestError.markup("an XML export of Apple Health") }
  if start.contains("<html") || start.contains("<table") || start.contains("<!doctype html") {
    throw IngestError.markup("a web page")
  }
  if start.hasPrefix("<?xml") || start.contains("</") || start.contains("/>") {
    throw IngestError.markup("an XML file")
  }
}

/// Why a whole file could not be read as data.
public enum IngestError: Error, Equatable, Sendable {
  /// No bytes, or nothing but white space.
  case empty
  /// A packed file; the text names its kind with an article.
  case compressed(String)
  /// A file of elements in angle brackets; the text names its kind with an article.
  case markup(String)
  /// No row names a person, and nobody said whose they are.
  case noPatient
  /// A zero byte, at an offset from 0.
  case notText(offset: Int)
  /// A record of more than `limit` columns, on a line from 1.
  case tooManyColumns(line: Int, limit: Int)
  /// A header, or keys of JSON, that fit no kind and no profile.
  case unknownKind(columns: [String])
  /// A header that fits several kinds, whose words are given.
  case ambiguousKind([String])
  /// A file that fits several formats, whose names are given.
  case ambiguousFormat([String])
  /// JSON of no known kind or format, with keys of it.
  case unknownJSON(keys: [String])
  /// A file that asks questions and holds no answers.
  case onlyDefinitions
  /// Columns that the header lacks for the chosen profile or kind.
  case missingColumns([String], profile: String)
  /// A JSON document that is malformed, on a line from 1.
  case json(line: Int, what: String)
  /// Columns that mean the same field, as the header writes them.
  case duplicateColumns([String])
  /// The profile names a time zone that does not exist.
  case unknownZone(String)
  /// Dates of a column that fit more than one order over the whole file, with up to three of them.
  case dateOrderUndecided(column: String, examples: [String])
  /// Numbers of a column that use point and comma, or only such as 1,500, with up to three of them.
  case decimalMarkUndecided(column: String, examples: [String])
  /// Weights whose unit neither the file nor a profile nor the caller says.
  case weightWithoutUnit
}

extension IngestError: CustomStringConvertible {
  /// What is wrong and what to do next; the caller names the file.
  ///
  /// Of a file of no known kind nothing is shown, its first line neither: it may be the diary
  /// itself.
  public var description: String {
    switch self {
    case .empty: "the file is empty. Export it again, then: lumbar import FILE"
    case .compressed(let format):
      "this is \(format), not text. Save it as CSV (UTF-8), then: lumbar import FILE.csv"
    case .markup(let format):
      "this is \(format), not a table. Export it as CSV, then: lumbar import FILE.csv"
    case .noPatient: "no row of it names a person. Say whose it is: lumbar import FILE --patient ID"
    case .notText(let offset):
      "byte \(offset) is zero, so this is not a text file. Save it as CSV (UTF-8), then: lumbar "
        + "import FILE.csv"
    case .tooManyColumns(let line, let limit):
      "line \(line) has more than \(limit) columns. Raise limits.columns in the "
        + "configuration, or see how it is read: lumbar table FILE"
    case .unknownKind(let columns):
      "the kind of data cannot be told from its first line (\(columns.count) "
        + "\(columns.count == 1 ? "column" : "columns")). Looked for: "
        + Kind.allCases.map(\.rawValue).joined(separator: ", ")
        + ", and the formats of lumbar profile list. Name the columns as in the README, or draft a "
        + "profile: lumbar profile sketch FILE > FILE.toml"
    case .ambiguousKind(let kinds):
      "the columns fit \(kinds.joined(separator: " and ")). Say which: lumbar import FILE --kind "
        + (kinds.first ?? "KIND")
    case .ambiguousFormat(let names):
      "the file fits \(names.joined(separator: " and ")). Say which: lumbar import FILE --profile "
        + (names.first ?? "NAME")
    case .unknownJSON(let keys):
      "this JSON is of no known kind by its \(keys.count) keys. Looked for: records of lumbar's "
        + "own kinds, "
        + jsonFormats.map { $0.title }.joined(separator: ", ")
        + ". Rename the keys as in the README, or draft a profile: lumbar profile sketch FILE > "
        + "FILE.toml"
    case .onlyDefinitions:
      "it defines questions (a FHIR Questionnaire) and holds no answers. Export "
        + "the QuestionnaireResponse resources, then: lumbar import FILE"
    case .missingColumns(let columns, let profile):
      "\(profile) needs the columns \(columns.joined(separator: ", ")), which are not there. "
        + "Check the header, or draft a profile: lumbar profile sketch FILE > FILE.toml"
    case .json(let line, let what):
      "line \(line) is not valid JSON: \(what). Export it again, then: lumbar "
        + "import FILE"
    case .unknownZone(let name):
      "its profile names the time zone \(name), which does not exist. Write a name such as "
        + "Europe/Berlin, then: lumbar import FILE --profile PROFILE"
    case .dateOrderUndecided(let column, let examples):
      "the dates in \(nameShown(column)) can be read in more than one order "
        + "(\(examples.joined(separator: ", "))). "
        + "Say which (dmy, mdy or ymd): lumbar import FILE --date-order dmy"
    case .decimalMarkUndecided(let column, let examples):
      "the decimal mark in \(nameShown(column)) is not clear "
        + "(\(examples.joined(separator: "  "))). "
        + "Say which (point or comma): lumbar import FILE --decimal comma"
    case .weightWithoutUnit:
      "it holds weights and does not say what they are in. Write units = { load_kg = \"lb\" } in a "
        + "profile, or say it (kg or lb): lumbar import FILE --unit lb"
    case .duplicateColumns(let columns):
      "the columns \(columns.map(nameShown).joined(separator: ", ")) mean the same. Rename or "
        + "remove one, then: lumbar import FILE"
    }
  }
}
