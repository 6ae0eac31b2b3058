import Columns
import Records

/// What became of a component on a day.
public enum DayMark: Int, CaseIterable, Sendable {
  case done, partial, missed, excused, unknown, notDue
}

extension AdherenceFinding {
  /// What was due and done in one ISO week, in session-equivalents.
  public struct WeekTotal: Equatable, Sendable {
    /// First day of the week.
    public let monday: Day
    /// Session-equivalents due, above 0.
    public let due: Double
    /// Session-equivalents performed, not cut at what was due.
    public let done: Double

    /// Done ÷ due.
    public var share: Double { done / due }
  }

  /// The weeks in which something was due, warm-up and cool-down left out, in their order.
  public var weekTotals: [WeekTotal] {
    let own = Dictionary(grouping: weeks.filter { !$0.component.isRule }, by: \.monday)
    return own.keys.sorted().map { monday in
      let parts = own[monday] ?? []
      return WeekTotal(
        monday: monday, due: parts.reduce(0) { $0 + $1.due },
        done: parts.reduce(0) { $0 + $1.done })
    }
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
