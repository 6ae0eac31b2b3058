/// What a source says about a row of its own: which one it is, and in which version.
public struct SourceRow: Sendable, Equatable {
  /// Counts the rows of the file; records of one row share it.
  public var number: Int64
  /// A digest of the source's id of the row within its patient; nil when the source gives none.
  public var identity: UInt64?
  /// The record's place among those of the row.
  public var part: Int64
  /// Number of this version; nil when the source does not count.
  public var version: Int64?
  /// When the source changed it last, in UTC milliseconds; nil when it does not say.
  public var updated: Int64?

  /// A row, known by its source or not.
  public init(
    number: Int64, identity: UInt64?, part: Int64 = 0, version: Int64? = nil,
    updated: Int64? = nil
  ) {
    self.number = number
    self.identity = identity
    self.part = part
    self.version = version
    self.updated = updated
  }

  /// Whether this is an older version than another; false when their order is not known.
  public func isOlder(than other: SourceRow) -> Bool {
    if let version, let known = other.version { return version < known }
    if let updated, let known = other.updated { return updated < known }
    return false
  }

  /// Whether both say the same about their version.
  public func hasVersion(of other: SourceRow) -> Bool {
    version == other.version && updated == other.updated
  }
}

/// A row of a source and the line that says so.
public struct SourceLine: Sendable, Equatable {
  /// What is said of the row.
  public var row: SourceRow
  /// Where it is said.
  public var line: Int64

  /// A row on a line.
  public init(_ row: SourceRow, line: Int64) {
    self.row = row
    self.line = line
  }
}
