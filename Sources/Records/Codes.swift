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

/// The sides that a line of the programme asks for.
public enum PrescribedSide: UInt8, Code {
  /// One of them.
  case left = 1, right
  /// Each of them: done on one alone it is half done.
  case both

  /// Words of the raw values 1 to 3.
  public static let words = ["left", "right", "both"]

  /// The side, where it is one.
  public var one: Side? { Side(rawValue: rawValue) }
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

  /// What its score may be.
  public var scale: ClosedRange<Double> {
    switch self {
    case .odi: 0...100
    case .rmdq, .ears: 0...24
    case .psfs: 0...10
    }
  }

  /// What an answer to one of its items may be.
  private var itemScale: ClosedRange<Double> {
    switch self {
    case .odi: 0...5
    case .rmdq: 0...1
    case .psfs: 0...10
    case .ears: 0...4
    }
  }

  /// The score of item answers, written in the questionnaire's order and separated by spaces; what
  /// is no number is an item without an answer.
  ///
  /// ODI: 100 × sum ÷ (5 × answered), at most one of ten items without an answer. RMDQ: the count
  /// of 24 statements that hold (1). PSFS: mean of its activities, 0-10. EARS: sum of six items,
  /// 0-4, in the direction of more adherence.
  ///
  /// - Returns: the score, or why there is none: answers off their scale, or too few of them.
  public func score(items: String) -> Result<Double, FieldFault> {
    let answers = items.split(whereSeparator: { $0 == " " || $0 == ";" || $0 == "," }).map {
      Double($0)
    }
    let given = answers.compactMap { $0 }
    let isOnScale = given.allSatisfy {
      itemScale.contains($0) && (self == .psfs || $0 == $0.rounded())
    }
    guard isOnScale else { return .failure(FieldFault(.items, .outOfRange)) }
    let sum = given.reduce(0, +)
    let (isEnough, score) =
      switch self {
      case .odi: (answers.count <= 10 && given.count >= 9, 100 * sum / (5 * Double(given.count)))
      case .rmdq: (given.count == 24, sum)
      case .psfs: (!given.isEmpty && given.count == answers.count, sum / Double(given.count))
      case .ears: (given.count == 6, sum)
      }
    return isEnough ? .success(score) : .failure(FieldFault(.items, .missingValue))
  }
}
