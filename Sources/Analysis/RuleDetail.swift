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

extension RuleDetail: CustomStringConvertible {
  /// The detail in English without a full stop, as the JSON report has it.
  public var description: String {
    switch self {
    case .noWarmUp: "no warm-up"
    case .beforeWarmUp(let component): "\(component.word) before the warm-up"
    case .noCoolDown: "no cool-down"
    case .afterCoolDown(let component): "\(component.word) after the cool-down"
    case .pain(let from, let to):
      "pain \(from.map { "from \(RuleDetail.plain($0)) " } ?? "")to \(RuleDetail.plain(to)) of 10"
    case .angle(let from, let to):
      "angle from \(RuleDetail.plain(from)) to \(RuleDetail.plain(to)) degrees"
    case .minutes(let from, let to):
      "from \(RuleDetail.plain(from)) to \(RuleDetail.plain(to)) minutes"
    case .load(let now, let before, let isRated):
      "\(RuleDetail.plain(now.rounded())) \(isRated ? "minutes × exertion" : "minutes") in the "
        + "week, "
        + "\(RuleDetail.plain(before.rounded())) a week in the four before (weak evidence)"
    case .daysInBed(let days): days == 1 ? "a day in bed" : "\(days) days in bed in the week"
    case .painFreeDays(let days):
      "\(RuleDetail.plain(days)) pain-free days: maintenance, the programme still counts"
    }
  }

  /// A number without needless decimals.
  public static func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String((value * 10).rounded() / 10)
  }
}
