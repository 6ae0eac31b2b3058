/// Records and refusals of a stretch of one file, as whole columns of rows.
///
/// A reader fills a batch, a store empties it; names stay for the whole file, rows do not.
@dynamicMemberLookup
public struct Batch: Sendable {
  /// Patients, exercises, measures, places, units … of all rows so far.
  public var names = NamePool()
  /// Notes and reasons of the rows of this batch.
  public var texts = TextArena()
  /// The rows of every kind, in the order of the file.
  public var records = RecordSet()
  /// Refused rows; each is counted in `read`, none makes a record.
  public var rejections: [Rejection] = []
  /// Source rows read into this batch, refused and left-out ones too.
  public var read = 0
  /// Source rows left aside on purpose, by reason.
  public var leftOut: [String: Int] = [:]
  /// Whether equal rows of the file are all kept; nil is the kind's own rule.
  public var keepsEqualRows: Bool?

  /// Whether several records may come from one source row: they share its line, and the row counts
  /// once.
  public var sharesLines = false
  /// What the source says of each record of a kind, in the order of its records; no entry where it
  /// says nothing of them.
  public var sources: [Kind: [SourceRow]] = [:]
  /// Rows that their source takes back, also those that earlier files brought.
  public var takenBack: [SourceLine] = []
  /// Rows with a version, with the number of their records as `part`: what an older version said in
  /// further records is gone.
  public var wholeRows: [SourceLine] = []
  /// Keys of dated rows by kind, once `findKeys` was called.
  public internal(set) var keys: [Kind: RowKeys] = [:]

  /// An empty batch.
  public init() {}

  /// Rows of a kind.
  @inlinable
  public subscript<Rows>(dynamicMember kind: WritableKeyPath<RecordSet, Rows>) -> Rows {
    get { records[keyPath: kind] }
    _modify { yield &records[keyPath: kind] }
  }

  /// Records held, without refusals and rows left out.
  public var recordCount: Int { records.count }

  /// Finds the keys of dated rows, all at once.
  ///
  /// A reader that runs beside the writer takes this work off it. O(n log n) in the number of rows.
  public mutating func findKeys() {
    var finder = KeyFinder(batch: self)
    Kind.walk(&finder)
    keys = finder.keys
  }

  private struct KeyFinder: KindWalker {
    typealias Failure = Never
    let batch: Batch
    var keys: [Kind: RowKeys] = [:]

    mutating func visit<R: Row>(_ kind: R.Type) {}

    mutating func visit<R: DatedRow>(dated kind: R.Type) {
      let rows = batch.records[keyPath: R.rows]
      if !rows.isEmpty { keys[R.kind] = RowKeys(rows, names: batch.names, texts: batch.texts) }
    }
  }

  /// Drops rows, texts and counts, and keeps names and memory.
  public mutating func removeRows() {
    texts.removeAll()
    records.removeAll()
    rejections.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    if !sources.isEmpty { sources.removeAll(keepingCapacity: true) }
    wholeRows.removeAll(keepingCapacity: true)
    takenBack.removeAll(keepingCapacity: true)
    read = 0
    leftOut.removeAll(keepingCapacity: true)
  }
}
