/// Records and refusals of a stretch of one file, as whole columns of rows.
///
/// A reader fills a batch, a store empties it; names stay for the whole file, rows do not.
public struct Batch: Sendable {
  /// Patients, exercises, measures, places, units … of all rows so far.
  public var names = NamePool()
  /// Notes and reasons of the rows of this batch.
  public var texts = TextArena()
  /// Exercise rows, in the order of the file.
  public var sets: [ExerciseSet] = []
  /// Entries of pain diaries, in the order of the file.
  public var pain: [PainEntry] = []
  /// Flexibility and strength measurements, in the order of the file.
  public var measurements: [Measurement] = []
  /// Lines of prescribed programmes, in the order of the file.
  public var program: [ProgramLine] = []
  /// People described by the file, not all whom its rows name.
  public var patients: [Patient] = []
  /// Statuses of whole days, in the order of the file.
  public var days: [DayEntry] = []
  /// Completed questionnaires, in the order of the file.
  public var questionnaires: [Questionnaire] = []
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
  /// Keys of `sets`, `pain` and `measurements`, once `findKeys` was called.
  public internal(set) var keys: (sets: RowKeys, pain: RowKeys, measurements: RowKeys) =
    (RowKeys(), RowKeys(), RowKeys())

  /// An empty batch.
  public init() {}

  /// Records held, without refusals and rows left out.
  public var recordCount: Int {
    sets.count + pain.count + measurements.count + program.count + patients.count + days.count
      + questionnaires.count
  }

  /// Finds the keys of the rows that come in great numbers, all at once.
  ///
  /// A reader that runs beside the writer takes this work off it. O(n log n) in the number of rows.
  public mutating func findKeys() {
    keys.sets.find(sets, names, texts)
    keys.pain.find(pain, names, texts)
    keys.measurements.find(measurements, names, texts)
  }

  /// Drops rows, texts and counts, and keeps names and memory.
  public mutating func removeRows() {
    texts.removeAll()
    sets.removeAll(keepingCapacity: true)
    pain.removeAll(keepingCapacity: true)
    measurements.removeAll(keepingCapacity: true)
    program.removeAll(keepingCapacity: true)
    patients.removeAll(keepingCapacity: true)
    days.removeAll(keepingCapacity: true)
    questionnaires.removeAll(keepingCapacity: true)
    rejections.removeAll(keepingCapacity: true)
    keys.sets.removeAll()
    keys.pain.removeAll()
    keys.measurements.removeAll()
    if !sources.isEmpty { sources.removeAll(keepingCapacity: true) }
    wholeRows.removeAll(keepingCapacity: true)
    takenBack.removeAll(keepingCapacity: true)
    read = 0
    leftOut.removeAll(keepingCapacity: true)
  }
}
