/// The kinds of record that lumbar keeps; the raw value is the word used in files and tables.
public enum Kind: String, CaseIterable, Sendable {
  case sessions, pain, flexibility, program, patients, days, questionnaires
}

/// A closed vocabulary: a small number in the database, a word in files and reports.
///
/// Raw values count from 1 in the order of `words`; they are stored, so words are only ever
/// appended.
public protocol Code: RawRepresentable<UInt8>, CaseIterable, Hashable, Sendable {
  /// The words, in the order of the raw values.
  static var words: [String] { get }
}

extension Code {
  /// The word used in files and reports.
  public var word: String { Self.words[Int(rawValue) - 1] }

  /// The code of a word, nil when the vocabulary does not have it.
  public init?(word: String) {
    guard let index = Self.words.firstIndex(of: word) else { return nil }
    self.init(rawValue: UInt8(index + 1))
  }
}

/// A part of the programme.
public enum Component: UInt8, Code {
  case warmUp = 1
  case backStretch, mobility, gluteStretch, hamstringStretch, strengthening, inversion, coolDown
  case aerobic, other

  public static let words = [
    "warm-up", "back-stretch", "mobility", "glute-stretch", "hamstring-stretch", "strengthening",
    "inversion", "cool-down", "aerobic", "other",
  ]

  /// Whether it is judged as a rule (first, last) and left out of the programme's mean.
  public var isRule: Bool { self == .warmUp || self == .coolDown }
}

/// A side of the body.
public enum Side: UInt8, Code {
  case left = 1
  case right

  public static let words = ["left", "right"]
}

/// What a pain score speaks of.
public enum PainKind: UInt8, Code {
  case now = 1
  case average, worst, least, before, after

  public static let words = ["now", "average", "worst", "least", "before", "after"]
}

/// The status of a day that a patient or clinic entered.
public enum DayStatus: UInt8, Code {
  case rest = 1
  case bedRest, sick, travel, excused

  public static let words = ["rest", "bed-rest", "sick", "travel", "excused"]

  /// Whether the day lifts what was due. Bed rest does not: activity is the programme's point.
  public var excuses: Bool { self != .bedRest }
}

/// A scored questionnaire.
public enum Instrument: UInt8, Code {
  case odi = 1
  case rmdq, psfs, ears

  public static let words = ["odi", "rmdq", "psfs", "ears"]
}
