import Records

/// The days that reports are of: the same for everybody, or of each person the first of the
/// programme.
public enum ReportedDays: Sendable, Equatable {
  /// The same days for everybody.
  case period(Period)
  /// So many days from each person's first day of the programme on.
  case sinceStart(days: Int)

  /// The days of one person and the last day that is looked at.
  ///
  /// - Parameter asOf: the last day that is looked at in any case.
  /// - Returns: nil for who has no programme yet, where its start is asked for.
  public func days(of log: PatientLog, asOf: Day) -> (period: Period, asOf: Day)? {
    switch self {
    case .period(let period): return (period, asOf)
    case .sinceStart(let days):
      guard let start = log.programmeStart, start <= asOf else { return nil }
      let last = min(asOf, start + (days - 1))
      return (Period(from: start, to: last), last)
    }
  }
}

extension PatientLog {
  /// The first day of the programme: the earliest on which a line is in force, where one without a
  /// first day is from the first record on; nil without a programme.
  public var programmeStart: Day? {
    let record = DailyTable.firstRecord(of: self)
    return records.program.compactMap { $0.startOn ?? record }.min()
  }
}
