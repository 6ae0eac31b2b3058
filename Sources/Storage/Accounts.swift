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

  /// Adds another account, count by count.
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
  /// SHA-256 of all its bytes, in hexadecimal.
  public var sha256: String
  /// Size in bytes, before any transcoding.
  public var bytes: Int
  /// The options that decide how its rows are read, parted by bars: the version of this list, the
  /// kind and the profile, then all others. The same bytes read in another way are another file.
  public var reading: String
  /// Whether options read the same kind of record with the same profile: what they refuse are the
  /// same rows, whatever dates, zones or people they settle.
  func isRead(as reading: String) -> Bool {
    func aspect(_ reading: String) -> ArraySlice<Substring> {
      reading.split(separator: "|", omittingEmptySubsequences: false).dropFirst().prefix(2)
    }
    return aspect(reading) == aspect(self.reading)
  }

  /// `csv`, `json` or `ndjson`; empty until the reader has found it.
  public var format = ""
  /// Raw values of the kinds that its records are of; empty until they are found.
  public var kinds: [String] = []
  /// The profile that fitted; nil for lumbar's own format.
  public var profile: String?
  /// Columns or keys that nothing was read from.
  public var ignoredColumns: [String] = []
  /// Rows left aside on purpose, by reason; not stored, so empty for a file known before.
  public var leftOutReasons: [String: Int] = [:]
  /// Records of people whose zone it set or changed that lie elsewhere in time since.
  public var moved = 0
  /// SHA-256 of its first 4,096 bytes, when a longer export of it could be gone on with; else nil.
  public var firstSHA256: String?
  /// The line behind its last record; nil like `firstSHA256`.
  public var nextLine: Int?
  /// Its number in the database; nil before it is stored.
  public internal(set) var id: Int64?
  /// What became of its rows, counted while it is written.
  public var accounts = Accounts()
  /// Where it came from.
  public var origin = FileOrigin()
  /// Whether only its end is read, behind the version that came before it.
  public var isContinued = false
  /// The version that came before it; nil for the first one.
  public var former: FormerVersion?
  /// The line of its last row where that has no end; nil where it has one.
  public var openLine: Int64?
  /// Rows of earlier versions that are not in it and stay.
  public var gone = 0
  /// What it says of its earlier versions; of a file known before only `gone` in `VersionAccount`.
  public var versions = VersionAccount()

  /// A file before it is read.
  public init(name: String, sha256: String, bytes: Int, reading: String) {
    self.name = name
    self.sha256 = sha256
    self.bytes = bytes
    self.reading = reading
  }
}
