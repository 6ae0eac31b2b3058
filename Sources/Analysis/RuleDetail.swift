import Records

/// What the log holds where a rule of the programme was not kept, with its figures.
public enum RuleDetail: Equatable, Sendable {
  /// A session without any warm-up.
  case noWarmUp
  /// A stretch, strengthening or inversion before the warm-up.
  case beforeWarmUp(Component)
  /// A session without any cool-down.
  case noCoolDown
  /// Something else after the cool-down.
  case afterCoolDown(Component)
  /// Pain after an exercise, and before it where that was logged; points of 10.
  case pain(from: Double?, to: Double)
  /// Inversion steeper than the time before, degrees.
  case angle(from: Double, to: Double)
  /// Inversion longer than the time before, minutes.
  case minutes(from: Double, to: Double)
  /// A week's load against the mean of the four before, minutes, times exertion where every row has
  /// one.
  case load(now: Double, before: Double, isRated: Bool)
  /// Days in bed of one week.
  case daysInBed(Int)
  /// Pain-free days in a row.
  case painFreeDays(Double)
}
