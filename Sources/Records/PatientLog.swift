/// All that the database holds of one patient, as whole columns of rows in day order.
@dynamicMemberLookup
public struct PatientLog: Sendable {
  /// The patient's code.
  public var code: String
  /// Name, zone, sex and language as entered.
  public var name: String?
  /// IANA name of the patient's time zone; nil when none was imported.
  public var zone: String?
  /// Sex as written in the file about people; nil when none was imported.
  public var sex: String?
  /// Language as written in the file about people; nil when none was imported.
  public var language: String?
  /// The names that rows refer to.
  public var names: NamePool
  /// The free texts that rows refer to.
  public var texts: TextArena
  /// Rows of every kind but people: of dated kinds by day, then file and line; statuses of days by
  /// day; lines of the programme of all times, in the order of files and lines.
  public var records = RecordSet()
  /// What is told of days whose dated rows, of any kind, are not held; nil where all are.
  public var past: Past?
  /// The files that the rows come from, by number.
  public var sources: [Int64: SourceFile] = [:]

  /// Rows of a kind.
  @inlinable
  public subscript<Rows>(dynamicMember kind: WritableKeyPath<RecordSet, Rows>) -> Rows {
    get { records[keyPath: kind] }
    _modify { yield &records[keyPath: kind] }
  }

  /// The last day that any dated row is of, however late; nil without rows.
  public var lastDay: Day? {
    [
      records.sets.last?.started.day, records.pain.last?.recorded.day,
      records.measurements.last?.day, records.questionnaires.last?.day, records.days.last?.day,
      records.factors.last?.day,
    ].compactMap(\.self).max()
  }

  /// Rows of all kinds.
  public var rowCount: Int { records.count }

  /// A patient of whom nothing is held yet.
  public init(code: String, names: NamePool = NamePool(), texts: TextArena = TextArena()) {
    self.code = code
    self.names = names
    self.texts = texts
  }
}

/// A file that was imported.
public struct SourceFile: Sendable, Equatable {
  /// Its name without folders.
  public var name: String
  /// SHA-256 in hexadecimal.
  public var sha256: String
  /// Rows refused in it.
  public var refused: Int
  /// Rows left out of it.
  public var leftOut: Int

  /// A file by name and content.
  public init(name: String, sha256: String, refused: Int = 0, leftOut: Int = 0) {
    self.name = name
    self.sha256 = sha256
    self.refused = refused
    self.leftOut = leftOut
  }
}
