import Records

extension PatientTable {
  /// What later figures ask of the days before one, of a log with all of its rows. O(days +
  /// entries).
  ///
  /// - Parameter day: the rows from it on will be read.
  public func past(before day: Day) -> Past {
    precondition(log.past == nil, "a past is made of all rows")
    var past = Past(before: day)
    past.lastDay = lastRecord
    if let daily, daily.first < day {
      past.firstRecord = daily.first
      let earlier = daily.isCovered.prefix(day - daily.first)
      past.lastRecord = earlier.lastIndex(of: true).map { daily.first + $0 }
      past.lastSession = daily.sessions[..<earlier.endIndex].lastIndex { $0 > 0 }.map {
        daily.first + $0
      }
    }
    for entry in log.pain where entry.recorded.day < day && entry.seriesKind != nil {
      if let scale = entry.scale {
        past.pain.scales[log.names[scale], default: 0] += 1
      } else {
        past.pain.hasNRS = true
      }
    }
    past.pain.series = pain?.name
    past.pain.firstDay = pain?.days.first.flatMap { $0 < day ? $0 : nil }
    if let pain, let start = past.pain.firstDay {
      past.pain.firstValues = zip(pain.days, pain.values)
        .prefix { $0.0 < min(day, start + EarlierPain.firstDays) }
        .map { .init(day: $0.0 - start, value: $0.1) }
    }
    return past
  }
}
