import Records

/// A JSON format of another program: how its files are known, and what its records become.
protocol JSONFormat: Sendable {
  /// The name in the summary and for `--profile`.
  static var name: String { get }
  /// Its name for people.
  static var title: String { get }
  /// What of it is read, in one line.
  static var about: String { get }
  /// The kinds of the records that its rows become.
  static var kinds: [Kind] { get }
  /// Keys whose arrays, at the top of a file, hold the records one by one.
  static var containers: Set<String> { get }
  /// Whether a file is of the format.
  ///
  /// - Parameter keys: the keys at the beginning of the file, each with those above it
  ///   (`entry.resource.id`); arrays leave no trace.
  static func knows(_ keys: Set<String>) -> Bool

  /// The order in which the program writes dates, where a file does not prove another one; nil for
  /// none.
  static var dateOrder: DateOrder? { get }

  init()

  /// Takes what the caller knows before the first record comes.
  mutating func begin(_ options: ReadingOptions)

  /// The rows of one record, in the order of the text.
  ///
  /// - Parameters:
  ///   - record: one element of a container, or a whole object.
  ///   - container: the key of the array that it stands in, empty for none.
  mutating func rows(of record: JSONValue, in container: String) -> [ForeignRow]
}

extension JSONFormat {
  static var dateOrder: DateOrder? { nil }
  mutating func begin(_ options: ReadingOptions) {}
}

/// One row of a foreign file: what is counted as read once, whatever it becomes.
struct ForeignRow {
  /// What it becomes.
  enum Fate {
    /// Records, all of them or none.
    case records([RecordDraft])
    /// Left aside on purpose, counted under a word.
    case leftOut(String)
    /// Refused at a place within the record.
    case refused(RejectionReason, path: String)
    /// Taken back by its source, under a word; so is the record that it made before.
    case takenBack(String)
    /// Read only when it is known what something of the whole file means.
    case openQuestion(IngestError)
  }

  var line: Int
  var fate: Fate
  /// What the source calls it; nil when it gives no id.
  var id: String?
  /// The source's number of this version.
  var version: Int64?
  /// When the source changed it last, in UTC milliseconds.
  var updated: Int64?
  /// Whose row it is, for rows that are taken back.
  var patient: String?

  init(_ line: Int, _ fate: Fate) {
    self.line = line
    self.fate = fate
  }
}

/// A record as the words of its fields, to be read as those of any other file are.
struct RecordDraft: Sendable {
  var kind: Kind
  private(set) var words: [(field: Field, text: String, path: String)] = []
  /// The texts of further fields, of which the first of each make a record with all other words,
  /// the second of each another one.
  private(set) var series: [(field: Field, texts: [String], path: String)] = []

  init(_ kind: Kind) { self.kind = kind }

  /// How many records it is.
  var count: Int { series.first?.texts.count ?? 1 }

  /// Makes it one record for each of some texts of a field; as many for every such field.
  ///
  /// - Parameter path: where the texts stand in the record, for a refusal.
  mutating func set(_ field: Field, each texts: [String], at path: String) {
    precondition(series.isEmpty || texts.count == count, "series of one draft are of one length")
    series.append((field, texts, path))
  }

  /// Sets a field; for nil only where it should stand is kept.
  ///
  /// - Parameter path: where the text stands in the record, for a refusal.
  mutating func set(_ field: Field, _ text: String?, at path: String = "") {
    if text != nil || !path.isEmpty { words.append((field, text ?? "", path)) }
  }

  /// Sets a field to a number.
  mutating func set(_ field: Field, _ number: Double?, at path: String = "") {
    set(field, number.map { "\($0)" }, at: path)
  }
}

/// Every JSON format of other programs, in alphabetical order.
let jsonFormats: [any JSONFormat.Type] = [
  FHIR.self, Fitbit.self, Garmin.self, GoogleFit.self, OpenMHealth.self, OpenWeight.self,
  Strava.self,
]

/// The format of a JSON text by its beginning; nil for lumbar's own and for unknown ones.
///
/// - Throws: `IngestError.ambiguousFormat` when several fit.
func jsonFormat(of head: [UInt8], options: ReadingOptions) throws -> (any JSONFormat.Type)? {
  if let name = options.foreignFormat ?? options.profileOfFormat?.format {
    return jsonFormats.first { $0.name == name }
  }
  let keys = keysAtBeginning(of: head)
  let fitting = jsonFormats.filter { $0.knows(keys) }
  if fitting.count > 1 { throw IngestError.ambiguousFormat(fitting.map { $0.name }) }
  return fitting.first
}

/// The keys at the beginning of a JSON text, each with those above it.
func keysAtBeginning(of head: [UInt8]) -> Set<String> {
  var found: Set<String> = []
  // Path and kind of each open object and array.
  var open: [String] = [""]
  var pending = ""
  let reader = JSONReader(Window(MemorySource(head), capacity: head.count + 1))
  // A head is cut anywhere: what was found before it breaks off counts.
  for _ in 0..<4_096 {
    guard let token = try? reader.next() else { break }
    switch token {
    case .key:
      let key = String(decoding: reader.text, as: UTF8.self)
      let above = open.last ?? ""
      pending = above.isEmpty ? key : above + "." + key
      if reader.depth <= 8 { found.insert(pending) }
    case .beginObject, .beginArray:
      open.append(pending)
    case .endObject, .endArray:
      open.removeLast()
      pending = open.last ?? ""
    case .end: return found
    default: pending = open.last ?? ""
    }
  }
  return found
}
