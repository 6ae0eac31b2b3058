/// When something happened, as far as the source says: a day, and perhaps an instant.
///
/// The day is the patient's own (the explicit date, else the local date in the given offset or the
/// patient's zone). The instant is UTC milliseconds with the offset it was written in.
public struct Timestamp: Hashable, Sendable {
  /// The patient's day.
  public var day: Day
  /// Milliseconds since 1970-01-01T00:00:00Z, or nil when only the day is known.
  public var milliseconds: Int64?
  /// Minutes east of UTC of the clock that wrote it.
  public var offsetMinutes: Int16

  /// A day with an instant, or with none.
  public init(day: Day, milliseconds: Int64? = nil, offsetMinutes: Int16 = 0) {
    self.day = day
    self.milliseconds = milliseconds
    self.offsetMinutes = offsetMinutes
  }

  /// The wall clock as `07:15` (or `07:15:30` when it has seconds), nil without an instant.
  public var clock: String? {
    guard let milliseconds else { return nil }
    let local = milliseconds + Int64(offsetMinutes) * 60_000
    let ofDay = Int(((local % 86_400_000) + 86_400_000) % 86_400_000) / 1_000
    let minutes = "\(twoDigits(ofDay / 3_600)):\(twoDigits(ofDay / 60 % 60))"
    return ofDay % 60 == 0 ? minutes : minutes + ":\(twoDigits(ofDay % 60))"
  }
}

/// The offsets of a time zone over the years, as a table: what turns a local clock into UTC.
public struct ZoneRules: Sendable, Equatable {
  /// The zone's name, as `Europe/Berlin`.
  public let name: String
  /// UTC seconds at which each offset begins, ascending; the first is the distant past.
  let starts: [Int64]
  /// Seconds east of UTC from the start of the same index on.
  let offsets: [Int32]

  /// A zone from its transitions.
  ///
  /// - Parameters:
  ///   - name: the zone's name.
  ///   - base: seconds east of UTC before the first transition.
  ///   - transitions: UTC seconds and the offset from then on, ascending.
  public init(name: String, base: Int32, transitions: [(at: Int64, offset: Int32)]) {
    self.name = name
    starts = [Int64.min] + transitions.map(\.at)
    offsets = [base] + transitions.map(\.offset)
  }

  /// Coordinated universal time.
  public static let utc = ZoneRules(name: "UTC", base: 0, transitions: [])

  /// How a local clock reading was turned into an instant.
  public enum Reading: Sendable { case plain, skipped, repeated }

  /// Seconds east of UTC at an instant. Complexity: O(log transitions).
  ///
  /// - Parameter utc: seconds since 1970-01-01T00:00:00Z.
  public func offset(at utc: Int64) -> Int32 {
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= utc { low = middle } else { high = middle - 1 }
    }
    return offsets[low]
  }

  /// The instants at which clocks change between two, as UTC seconds, ascending.
  public func changes(from first: Int64, to last: Int64) -> [Int64] {
    starts.filter { $0 > first && $0 <= last }
  }

  /// The instant of a local clock reading.
  ///
  /// A reading that the clocks skip moves forward by the skipped span; one that they repeat takes
  /// the first of the two. Complexity: O(log transitions).
  ///
  /// - Parameter local: seconds since 1970-01-01 on the zone's own wall clock.
  /// - Returns: UTC seconds, the offset in force then in seconds, and whether clocks changed.
  public func resolve(local: Int64) -> (utc: Int64, offset: Int32, reading: Reading) {
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      let earliestLocal = starts[middle] &+ Int64(min(offsets[middle - 1], offsets[middle]))
      if earliestLocal <= local { low = middle } else { high = middle - 1 }
    }
    guard low > 0 else { return (local - Int64(offsets[0]), offsets[0], .plain) }
    let before = offsets[low - 1]
    let after = offsets[low]
    let endOfBefore = starts[low] + Int64(before)
    if after > before, local < starts[low] + Int64(after) {
      // Clocks jumped over this reading: count on with the old offset.
      return (local - Int64(before), after, .skipped)
    }
    if after < before, local < endOfBefore { return (local - Int64(before), before, .repeated) }
    return (local - Int64(after), after, .plain)
  }
}
