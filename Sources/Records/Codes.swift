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
  /// First in every session.
  case warmUp = 1
  /// The body of a session, and the cool-down that comes last in it.
  case backStretch, mobility, gluteStretch, hamstringStretch, strengthening, inversion, coolDown
  /// Walking, swimming and the like, and anything else.
  case aerobic, other

  /// Words of the raw values 1 to 10.
  public static let words = [
    "warm-up", "back-stretch", "mobility", "glute-stretch", "hamstring-stretch", "strengthening",
    "inversion", "cool-down", "aerobic", "other",
  ]

  /// Whether it is judged as a rule (first, last) and left out of the programme's mean.
  public var isRule: Bool { self == .warmUp || self == .coolDown }
}

/// A side of the body.
public enum Side: UInt8, Code {
  /// The patient's own left.
  case left = 1
  /// The patient's own right.
  case right

  /// Words of the raw values 1 and 2.
  public static let words = ["left", "right"]

  /// The other side.
  public var opposite: Side { self == .left ? .right : .left }
}

/// What a pain score speaks of.
public enum PainKind: UInt8, Code {
  /// Pain at the moment of the entry.
  case now = 1
  /// Pain of a stretch of time, or before and after a session.
  case average, worst, least, before, after

  /// Words of the raw values 1 to 6.
  public static let words = ["now", "average", "worst", "least", "before", "after"]
}

/// The status of a day that a patient or clinic entered.
public enum DayStatus: UInt8, Code {
  /// A day off from exercise; it lifts what was due.
  case rest = 1
  /// Bed rest lifts nothing; the others lift what was due.
  case bedRest, sick, travel, excused

  /// Words of the raw values 1 to 5.
  public static let words = ["rest", "bed-rest", "sick", "travel", "excused"]

  /// Whether the day lifts what was due. Bed rest does not: activity is the programme's point.
  public var excuses: Bool { self != .bedRest }
}

/// A scored questionnaire.
public enum Instrument: UInt8, Code {
  /// Oswestry Disability Index, 0-100; lower is better.
  case odi = 1
  /// Roland-Morris 0-24 (lower is better); PSFS 0-10 and EARS 0-24 (higher is better).
  case rmdq, psfs, ears

  /// Words of the raw values 1 to 4.
  public static let words = ["odi", "rmdq", "psfs", "ears"]
}
