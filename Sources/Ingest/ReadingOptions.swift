import Records

/// What the caller knows about a file, and what the reader must ask about.
public struct ReadingOptions: Sendable {
  /// The kind of its records, when it is told and not found.
  public var kind: Kind?
  /// Profiles that may fit; with `profileIsChosen` the only ones that may.
  public var profiles: [Profile] = []
  /// Whether the caller named the profile, so that no other format is tried.
  public var profileIsChosen = false
  /// The JSON format that the caller named, so that no other is tried.
  public var foreignFormat: String?
  /// The file's name without its folders, for formats whose files say by it what they hold.
  public var fileName: String?
  /// Whose file it is, for files that do not name people.
  public var patient: String?
  /// The zone of all local times of the file, whatever is known of the person.
  public var zone: ZoneRules?
  /// The zone of local times of people without a zone of their own.
  public var defaultZone = ZoneRules.utc
  /// Whether somebody said that zone.
  public var hasDefaultZone = false
  /// Order of dates that are not ISO 8601, before any profile's; nil when not told.
  public var dateOrder: DateOrder?
  /// The byte before decimals, before any profile's: a point or a comma; nil when not told.
  public var decimalMark: UInt8?
  /// The encoding of a file without a byte-order mark; nil to find it.
  public var encoding: TextEncoding?
  /// People whose scores without a scale are from 0 to 100, as their whole columns say.
  public var peopleOnHundred: Set<String> = []
  /// What weights are in where neither file nor profile says it; nil when not told.
  public var weightUnit: WeightUnit?
  /// How a JSON file writes numbers in quotes, once it is known.
  var quotedForm: NumberForm?
  /// The last day that is not in the future.
  public var latestDay: Day
  /// The zone of a person, when one is known.
  public var zoneOfPatient: @Sendable (String) -> ZoneRules? = { _ in nil }
  /// The rules of a zone by name, nil for a name that does not exist.
  public var zoneNamed: @Sendable (String) -> ZoneRules? = { _ in nil }
  /// Sizes beyond which input is refused.
  public var limits = ReadingLimits()
  /// Rows collected before they are handed on.
  public var batchRows = 16_384
  /// Rows that the first batch holds, each further one twice as many up to `batchRows`, so that
  /// whoever takes them need not wait long; nil for whole batches from the first.
  public var firstBatchRows: Int?

  /// The profile that the caller chose for files of a format of another program.
  var profileOfFormat: Profile? {
    profileIsChosen ? profiles.first.flatMap { $0.format == nil ? nil : $0 } : nil
  }

  /// What weights of another program's file are in where it does not say it.
  var weightUnitOfFormat: WeightUnit? { weightUnit ?? profileOfFormat?.weightUnit }

  /// The component of an activity of another program's file, by the chosen profile and by the
  /// catalogue; nil for what is no exercise.
  func component(ofActivity name: String) -> Component? {
    let own = profileOfFormat?.components.first { $0.key.lowercased() == name.lowercased() }
    return own?.value ?? ExerciseCatalogue.activity(named: name)?.component
  }

  /// Options with nothing known but the last day that can be.
  public init(latestDay: Day) { self.latestDay = latestDay }

  /// The same for a file of a name; `-` is none.
  public func reading(_ file: String) -> ReadingOptions {
    var options = self
    options.fileName = file == "-" ? nil : file
    return options
  }
}

/// What weights may be in.
public enum WeightUnit: String, CaseIterable, Sendable {
  /// Kilograms and pounds.
  case kg, lb
}

/// What a reader found out about a file.
public struct ReadingSummary: Sendable, Equatable {
  /// `csv`, `json` or `ndjson`.
  public var format: String
  /// Kinds of the records found; one for CSV, any number for JSON.
  public var kinds: [Kind]
  /// The profile that fitted, nil for lumbar's own format.
  public var profile: String?
  /// Columns or keys that nothing is read from.
  public var ignoredColumns: [String]
  /// Local times that the clocks skipped or repeated.
  public var clockChanges: Int
  /// The text up to and with the header of a table, for mending refused rows; empty for JSON.
  public var head: [UInt8] = []
  /// The line behind the last record of a table whose longer export could be read from here on; nil
  /// where its end depends on more than the header, and when the last line has no end.
  public var nextLine: Int?
  /// Physical lines that were passed over before the header of a table.
  public var skippedLines = 0
  /// The encoding where it was found by the text alone; nil for UTF-8 and what a mark tells.
  public var foundEncoding: TextEncoding?
  /// What columns of a table of no known format were taken for, in words.
  public var taken: [String] = []
  /// People whose scores were taken to be from 0 to 100.
  public var hundredScales = 0
  /// Exercises that neither their rows nor a profile give a component, in alphabetical order.
  public var exercisesWithoutComponent: [String] = []
  /// Habits and activities that no record was made of, also in rows that made others.
  public var leftOutEntries = LeftOutEntries()
}

/// Entries of rows, as the habits of a day, that no record was made of: how often, and of what
/// names, by the word that says why.
public struct LeftOutEntries: Sendable, Equatable {
  /// The counts of entries by reason.
  public private(set) var counts: [String: Int] = [:]
  private var names: [String: Set<String>] = [:]

  /// None.
  public init() {}

  /// Counts an entry of a name.
  public mutating func add(_ name: String, _ reason: String) {
    counts[reason, default: 0] += 1
    names[reason, default: []].insert(name)
  }

  /// Adds those of a further table.
  mutating func add(_ others: LeftOutEntries) {
    counts.merge(others.counts, uniquingKeysWith: +)
    names.merge(others.names) { $0.union($1) }
  }

  /// The reason of entries that are no exercise.
  public static let noExercise = "no exercise"

  /// The names of a reason in alphabetical order.
  public func names(_ reason: String) -> [String] { (names[reason] ?? []).sorted() }
}

/// Where the reading of a table goes on: its beginning is known from an earlier file.
public struct Continuation: Sendable {
  /// The file's first bytes, with the header.
  public var head: [UInt8]
  /// The line that the first byte to be read stands on.
  public var line: Int

  /// Goes on at a line; the source stands at its first byte.
  public init(head: [UInt8], line: Int) {
    self.head = head
    self.line = line
  }

  /// The bytes of a file's beginning that tell whether it can be another one's.
  public static let firstBytes = 4_096

  /// What the end of the file means depends on its beginning: it has to be read as a whole.
  public struct NotPossible: Error {
    init() {}
  }
}
