/// What is known of a patient's days before one without reading their rows: enough for the figures
/// of a period that begins behind it, however long the diary is.
public struct Past: Sendable, Equatable {
  /// The first day that nothing is told of here: rows are held from it on.
  public var before: Day
  /// The first day with any record, nil when there is none.
  public var firstRecord: Day?
  /// The last day with any record, nil when there is none.
  public var lastRecord: Day?
  /// The last day on which anything was performed, nil when there is none.
  public var lastSession: Day?
  /// The last day with any record of all that there are, on whichever side of the day; nil when
  /// there is none.
  public var lastDay: Day?
  /// What was logged of pain.
  public var pain: EarlierPain
  /// What was answered; nil where it may change without a row that does.
  public var answers: KeptAnswers?

  /// Days that may lie between the day and the one from which rows are asked for.
  public static let reach = 14

  /// This past for whoever asks for the rows from a later day on, while they are those that it was
  /// noted of.
  ///
  /// - Returns: nil when it tells of that day or a later one, and when many rows would have to be
  ///   read that nobody asks for; a past that no row lies behind reaches up to any day.
  public func serving(from day: Day) -> Past? {
    guard before <= day else { return nil }
    if let lastDay, lastDay >= before { return day - before <= Past.reach ? self : nil }
    var past = self
    past.before = day
    return past
  }

  /// A past of which nothing is told yet.
  public init(before: Day, pain: EarlierPain = EarlierPain()) {
    self.before = before
    self.pain = pain
  }
}

/// What was logged of pain before a day, by scale, and where the headline series began.
///
/// Entries of the kinds before, after and least are not counted: they enter no series.
public struct EarlierPain: Sendable, Equatable {
  /// Whether any entry names no scale, which is the NRS.
  public var hasNRS = false
  /// Entries of every other scale, by its name.
  public var scales: [String: Int] = [:]
  /// The headline series when this was noted; nil when there was none.
  public var series: PainSeriesName?
  /// The first day of that series; nil when it has none before.
  public var firstDay: Day?
  /// Its values in the first days, which a change of pain is measured from, as far as they lie
  /// before the day.
  public var firstValues: [FirstValue] = []

  /// Calendar days from the first day of the series on of which the values are kept.
  public static let firstDays = 28

  /// A value of one of the first days.
  public struct FirstValue: Sendable, Equatable, Codable {
    /// Days behind the first.
    public var day: Int
    /// On the scale of the series.
    public var value: Double

    /// A value so many days behind the first.
    public init(day: Int, value: Double) {
      self.day = day
      self.value = value
    }
  }

  /// Nothing was logged.
  public init() {}

  /// Whether anything was logged that enters a series.
  public var hasEntries: Bool { hasNRS || !scales.isEmpty }
}

/// What tells a series of pain from another one of the same person.
public struct PainSeriesName: Sendable, Hashable {
  /// The scale's name, nil for the NRS.
  public var scale: String?
  /// The place's name, nil for the back under all its names.
  public var location: String?
  /// Average, now or worst.
  public var kind: PainKind

  /// A series by scale, place and kind.
  public init(scale: String?, location: String?, kind: PainKind) {
    self.scale = scale
    self.location = location
    self.kind = kind
  }
}
