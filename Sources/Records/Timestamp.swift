/// When something happened, as far as the source says: a day, and perhaps an instant.
///
/// The day is the patient's own (the explicit date, else the local date in the given offset or the
/// patient's zone). The instant is UTC milliseconds with the offset of the clock that it is read
/// by.
public struct Timestamp: Hashable, Sendable {
  /// The patient's day.
  public var day: Day
  /// Milliseconds since 1970-01-01T00:00:00Z, or nil when only the day is known.
  public var milliseconds: Int64?
  /// Minutes east of UTC of the clock that wrote it.
  public var offsetMinutes: Int16
  /// How the source wrote the time; what it leaves open is decided by the patient's zone.
  public var written: WrittenTime
  /// Minutes by which the written time was moved forward, because the clocks skipped it.
  public var skippedMinutes: Int16

  /// A day with an instant, or with none.
  public init(
    day: Day, milliseconds: Int64? = nil, offsetMinutes: Int16 = 0, written: WrittenTime = .offset,
    skippedMinutes: Int16 = 0
  ) {
    self.day = day
    self.milliseconds = milliseconds
    self.offsetMinutes = offsetMinutes
    self.written = written
    self.skippedMinutes = skippedMinutes
  }

  /// The digits of the clock as the source wrote them, as milliseconds since 1970-01-01 on that
  /// clock; nil without an instant.
  @inlinable public var writtenClock: Int64? {
    guard let milliseconds else { return nil }
    if written == .utc { return milliseconds }
    return milliseconds + (Int64(offsetMinutes) - Int64(skippedMinutes)) * 60_000
  }

  /// The same written time in another zone, for times that leave it to the patient's; others stay.
  ///
  /// - Parameter zone: the patient's.
  public func read(in zone: ZoneRules) -> Timestamp {
    guard let milliseconds, written == .local || written == .utc, let clock = writtenClock else {
      return self
    }
    func seconds(_ milliseconds: Int64) -> Int64 {
      Int64((Double(milliseconds) / 1_000).rounded(.down))
    }
    var moved = self
    if written == .utc {
      moved.offsetMinutes = Int16(zone.offset(at: seconds(milliseconds)) / 60)
      let local = milliseconds + Int64(moved.offsetMinutes) * 60_000
      moved.day = Day(number: Int32((Double(local) / 86_400_000).rounded(.down)))
      return moved
    }
    let reading = zone.resolve(local: seconds(clock))
    moved.milliseconds = reading.utc * 1_000 + clock - seconds(clock) * 1_000
    moved.offsetMinutes = Int16(reading.offset / 60)
    let shown = (moved.milliseconds ?? 0) + Int64(moved.offsetMinutes) * 60_000
    moved.skippedMinutes = Int16((shown - clock) / 60_000)
    return moved
  }

  /// Whether no clock is skipped where the source said where it stood, and the offset is one.
  @inlinable public var isSound: Bool {
    ValueRange.offsetMinutes.contains(Int64(offsetMinutes))
      && (skippedMinutes == 0 || written == .local || written == .told)
  }

  /// The clock in one number, as the database keeps it: minutes east of UTC, and above their twelve
  /// bits how the time was written and the minutes that were skipped.
  @inlinable public var clockCode: Int64 {
    get {
      Int64(offsetMinutes)
        + 4_096 * (Int64(written.rawValue) + 4 * Int64(skippedMinutes))
    }
    set {
      let code = (newValue + 2_048) >> 12
      offsetMinutes = Int16(truncatingIfNeeded: newValue - code * 4_096)
      written = WrittenTime(rawValue: UInt8(truncatingIfNeeded: code & 3)) ?? .offset
      skippedMinutes = Int16(truncatingIfNeeded: code >> 2)
    }
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

/// How a source writes the time of a record.
public enum WrittenTime: UInt8, Hashable, Sendable {
  /// With an offset, or only as a day: nothing is left open.
  case offset
  /// Without an offset: on the clocks of the patient's zone, whichever that is.
  case local
  /// As a moment in UTC: its day is that of the patient's zone.
  case utc
  /// Without an offset, in a zone that was told for the whole file.
  case told

  /// What files call it, in the order of the raw values.
  public static let words = ["offset", "local", "utc", "told"]
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
