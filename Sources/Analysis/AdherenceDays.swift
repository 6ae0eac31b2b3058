import Columns
import Records

/// What became of a component on a day.
public enum DayMark: Int, CaseIterable, Sendable {
  case done, partial, missed, excused, unknown, notDue
}

extension Day {
  /// The first day of the month that most days of this day's ISO week lie in: that of its Thursday.
  var monthOfWeek: Day { (monday + 3).firstOfMonth }
}

extension AdherenceFinding {
  /// What was due and done in one ISO week or one month, in session-equivalents.
  public struct DueTotal: Equatable, Sendable {
    /// First day of the week, or of the month.
    public let first: Day
    /// Session-equivalents due, above 0.
    public let due: Double
    /// Session-equivalents performed, not cut at what was due.
    public let done: Double

    /// The Monday of its first day, which a week begins on.
    public var monday: Day { first.monday }

    /// Done ÷ due.
    public var share: Double { done / due }
  }

  /// The weeks in which something was due, warm-up and cool-down left out, in their order.
  public var weekTotals: [DueTotal] {
    let own = Dictionary(grouping: weeks.filter { !$0.component.isRule }, by: \.monday)
    return own.keys.sorted().map { monday in
      let parts = own[monday] ?? []
      return DueTotal(
        first: monday, due: parts.reduce(0) { $0 + $1.due },
        done: parts.reduce(0) { $0 + $1.done })
    }
  }

  /// The same by month: what was due is known by week, and a week is taken to the month that most
  /// of its days lie in.
  public var monthTotals: [DueTotal] {
    var totals: [DueTotal] = []
    for week in weekTotals {
      let month = week.first.monthOfWeek
      let last = totals.last.flatMap { $0.first == month ? $0 : nil }
      if last != nil { totals.removeLast() }
      totals.append(
        DueTotal(
          first: month, due: (last?.due ?? 0) + week.due, done: (last?.done ?? 0) + week.done))
    }
    return totals
  }

  /// The components that lines prescribe, in the order of the vocabulary.
  public var prescribedComponents: [Component] {
    let own = Set(exercises.lazy.filter(\.isPrescribed).map(\.component))
    return Component.allCases.filter(own.contains)
  }

  /// What became of a component on a day; nil where no line of it was in force.
  public func mark(of component: Component, on day: Day) -> DayMark? {
    let states = exercises.lazy.filter { $0.isPrescribed && $0.component == component }
      .compactMap { $0.states[day] }
    guard !states.isEmpty else { return nil }
    if states.allSatisfy({ $0 == .done }) { return .done }
    if states.contains(.done) || states.contains(.partial) { return .partial }
    if states.contains(.excused) { return .excused }
    if states.contains(.unknown) { return .unknown }
    return states.contains(.missed) ? .missed : .notDue
  }
}
