import Columns
import Records
import Statistics

/// The days that the answer about links was asked of, side by side as they are: those without
/// exercise and those with it, and the pain of the day that the answer speaks of.
///
/// A description of the rows behind the answer; what carries over, the routine of the week and slow
/// waves are taken out in the answer alone.
public struct LinkDays: Sendable {
  /// What the days of a group have in common.
  public enum Exercise: Equatable, Sendable {
    /// A session, or none.
    case session(Bool)
    /// Active minutes above `from`, up to `to`; no minutes at all where both are 0.
    case minutes(from: Double, to: Double)
  }

  /// Days alike in exercise.
  public struct Group: Sendable {
    /// How they are alike.
    public let exercise: Exercise
    /// The pain that follows each, on the scale 0-10.
    public let pain: [Double]

    /// The share of its days with a pain that rounds to a score; nil without a day.
    public func share(of score: Int) -> Double? {
      guard !pain.isEmpty else { return nil }
      let own = pain.count { Int($0.rounded(.toNearestOrAwayFromZero)) == score }
      return Double(own) / Double(pain.count)
    }
  }

  /// Days from the exercise to the pain.
  public let lag: Int
  /// Less exercise first.
  public let groups: [Group]

  /// Days of a group from which on shares of them say something.
  static let fewest = 4

  /// Groups of enough days; nil for fewer than two, which leave nothing to compare.
  init?(_ lag: Int, _ groups: [Group]) {
    self.lag = lag
    self.groups = groups.filter { $0.pain.count >= LinkDays.fewest }
    guard self.groups.count > 1 else { return nil }
  }

  /// The scores that a day's pain rounds to.
  public static let scores = 0...10
}

extension PatientFindings {
  /// The days behind the answer about links; nil where no question was asked, and for pain on
  /// another scale.
  public func linkDays(_ answer: LinkAnswer) -> LinkDays? {
    guard let series = table.pain, series.isTenPointScale, let daily = table.daily,
      let shown = answer.shown, let exposure = answer.exposure, let count = answer.daysLooked
    else { return nil }
    let seen = LinkDiary(daily, series, table).upTo(count)
    let pain = seen.timing == .after ? seen.parted.diary.pain : seen.pain
    let isSession = exposure == .session
    let amounts = isSession ? seen.session : seen.minutes
    let pairs = pain.indices.compactMap { day -> (amount: Double, pain: Double)? in
      let earlier = day - shown.lag
      guard earlier >= 0, !pain[day].isNaN, !amounts[earlier].isNaN else { return nil }
      return (amounts[earlier], pain[day])
    }
    func group(_ exercise: LinkDays.Exercise, _ isIn: (Double) -> Bool) -> LinkDays.Group {
      LinkDays.Group(exercise: exercise, pain: pairs.filter { isIn($0.amount) }.map(\.pain))
    }
    guard !isSession else {
      return LinkDays(
        shown.lag, [group(.session(false)) { $0 == 0 }, group(.session(true)) { $0 > 0 }])
    }
    let middle = median(pairs.map(\.amount).filter { $0 > 0 }) ?? 0
    let most = pairs.map(\.amount).max() ?? 0
    return LinkDays(
      shown.lag,
      [
        group(.minutes(from: 0, to: 0)) { $0 == 0 },
        group(.minutes(from: 0, to: middle)) { $0 > 0 && $0 <= middle },
        group(.minutes(from: middle, to: most)) { $0 > middle },
      ])
  }

  /// The days of the period with a session, in their order.
  public var sessionDays: [Day] {
    guard let daily = table.daily else { return [] }
    return period.days.filter { day in
      daily.index(of: day).map { daily.sessions[$0] > 0 } ?? false
    }
  }
}
