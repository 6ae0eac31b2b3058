/// What is kept of one reason to call somebody from one list to the next.
public struct CallNote: Sendable, Equatable {
  /// The reason's key, as `flare`.
  public var reason: String
  /// The as-of day of the list that first gave it.
  public var since: Day
  /// The as-of day of the last list on which it held.
  public var last: Day
  /// Whether a night told of it.
  public var isTold: Bool

  /// Days that a reason may be away for and still is the same one when it comes back.
  public static let shortestAway = 7

  /// A note of a reason.
  public init(_ reason: String, since: Day, last: Day, isTold: Bool = false) {
    self.reason = reason
    self.since = since
    self.last = last
    self.isTold = isTold
  }
}

/// Why somebody is on no list to call.
public enum Standing: Sendable, Equatable {
  /// Comes back on a day.
  case snoozed(until: Day)
  /// Went home on a day: no list and no nightly report until readmitted.
  case discharged(on: Day)

  /// Whether it keeps the person off the list of a day.
  public func holds(on day: Day) -> Bool {
    switch self {
    case .snoozed(let until): day < until
    case .discharged: true
    }
  }

  /// Whether it is that of somebody who went home.
  public var isDischarged: Bool { if case .discharged = self { true } else { false } }
}
