import Records

/// How files of one origin are read: which column is which field, and what is particular about them.
public struct Profile: Sendable, Equatable {
  /// The name by which it is chosen.
  public var name: String
  /// One line for people.
  public var about: String
  /// The tables that the origin writes, told apart by their headers.
  public var layouts: [Layout]

  /// A profile of one or more layouts.
  public init(name: String, about: String, layouts: [Layout]) {
    self.name = name
    self.about = about
    self.layouts = layouts
  }
}

/// One table that an origin writes.
public struct Layout: Sendable, Equatable {
  /// Where a field's text comes from.
  public enum Origin: Sendable, Equatable {
    /// A column, by its name in the header.
    case column(String)
    /// A date in three columns, perhaps with a time in a fourth.
    case date(year: String, month: String, day: String, time: String?)
    /// The same text in every row.
    case constant(String)
  }

  /// Rows that are left aside on purpose.
  public struct Exclusion: Sendable, Equatable {
    /// The column looked at, and the text that leaves the row out.
    public var column: String
    /// What the cell without spaces at its ends must be, letter for letter.
    public var equals: String
    /// The word under which such rows are counted.
    public var reason: String

    /// Leaves out rows whose `column` is `equals`.
    public init(column: String, equals: String, reason: String) {
      self.column = column
      self.equals = equals
      self.reason = reason
    }
  }

  /// One of the records that a row of a wide table holds.
  public struct Pivot: Sendable, Equatable {
    /// Where its own fields come from, beside those that all records of the row share.
    public var fields: [Field: Origin]

    /// A record with some fields of its own.
    public init(fields: [Field: Origin]) { self.fields = fields }

    /// The columns that are its own.
    public var columns: [String] { Layout.columns(of: fields) }
  }

  /// What every row of the table becomes.
  public var kind: Kind
  /// Where each field comes from.
  public var fields: [Field: Origin]
  /// The records of a row, where a row is more than one; a record whose own columns, dates
  /// aside, are all empty is not there.
  public var pivots: [Pivot] = []
  /// Physical lines before the header.
  public var skippedLines = 0
  /// Columns whose empty cells repeat the cell above.
  public var filledDown: [String] = []
  /// Further texts that stand for a missing value.
  public var missing: [String] = []
  /// Rows that are counted and not read; none unless the profile says so.
  public var exclusions: [Exclusion] = []
  /// Whether equal rows of one file are all kept; nil is the kind's own rule.
  public var keepsEqualRows: Bool?
  /// Order of dates that are not ISO 8601, unless the caller gives one; nil when not said.
  public var dateOrder: DateOrder?
  /// IANA name of the zone of local times, unless the caller gives one; nil when not said.
  public var timezone: String?
  /// The byte before decimals, a point or a comma; nil when it is to be found from the file.
  public var decimalMark: UInt8?
  /// Units of number columns that are not in the field's own, as `lbs` or `s`.
  public var units: [Field: String] = [:]
  /// Components of exercises by name; case does not matter.
  public var components: [String: Component] = [:]
  /// Encoding of files without a byte-order mark; nil is UTF-8.
  public var encoding: TextEncoding?
  /// The byte between columns; nil when it is to be found from the file.
  public var delimiter: UInt8?

  /// A layout that reads some fields of a kind.
  public init(kind: Kind, fields: [Field: Origin]) {
    self.kind = kind
    self.fields = fields
  }

  /// The columns it reads, by which it knows its files.
  public var columns: [String] {
    var names = Layout.columns(of: fields)
    for name in filledDown where !names.contains(name) { names.append(name) }
    for exclusion in exclusions where !names.contains(exclusion.column) {
      names.append(exclusion.column)
    }
    for name in pivots.flatMap(\.columns) where !names.contains(name) { names.append(name) }
    return names
  }

  fileprivate static func columns(of fields: [Field: Origin]) -> [String] {
    var names: [String] = []
    for (_, origin) in fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      switch origin {
      case .column(let name): names.append(name)
      case .date(let year, let month, let day, let time):
        names += [year, month, day] + (time.map { [$0] } ?? [])
      case .constant: break
      }
    }
    return names
  }
}
