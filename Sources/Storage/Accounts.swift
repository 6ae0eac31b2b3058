/// What became of the rows of a file.
public struct Accounts: Equatable, Sendable {
  /// Source rows read.
  public var read = 0
  /// Rows that made a record that was not there.
  public var new = 0
  /// Rows that changed a record known by its key or its source's id.
  public var changed = 0
  /// Rows whose record was there.
  public var known = 0
  /// Rows refused, with a reason each.
  public var refused = 0
  /// Rows left aside on purpose.
  public var leftOut = 0
  /// Records made or changed.
  public var records = 0
  /// New records that share the natural key of another with other values.
  public var further = 0

  /// All zero.
  public init() {}

  /// Whether read = new + changed + known + refused + left out.
  public var addUp: Bool { read == new + changed + known + refused + leftOut }

  public static func += (total: inout Accounts, other: Accounts) {
    total.read += other.read
    total.new += other.new
    total.changed += other.changed
    total.known += other.known
    total.refused += other.refused
    total.leftOut += other.leftOut
    total.records += other.records
    total.further += other.further
  }
}

/// What a file was found to be and what became of it.
public struct ImportedFile: Equatable, Sendable {
  /// Its name without folders.
  public var name: String
  public var sha256: String
  public var bytes: Int
  /// The options that decide how its rows are read; the same bytes read in another way are another
  /// file.
  public var reading: String
  public var format = ""
  public var kinds: [String] = []
  public var profile: String?
  public var ignoredColumns: [String] = []
  public var leftOutReasons: [String: Int] = [:]
  public var accounts = Accounts()

  /// A file before it is read.
  public init(name: String, sha256: String, bytes: Int, reading: String) {
    self.name = name
    self.sha256 = sha256
    self.bytes = bytes
    self.reading = reading
  }
}
