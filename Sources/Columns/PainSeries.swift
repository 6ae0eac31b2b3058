import Records

/// One person's pain as a dense series: one value a day that has one, in order.
///
/// Scales, kinds and places are never mixed: the headline series is of one scale (the 0-10 NRS
/// first, else the most logged), one place (the back when it was logged, else the most logged) and
/// one kind (that of most days; ties average, now, worst), chosen over all days, so that a person's
/// series is the same whatever is reported on.
///
/// Of a log that tells of its past without rows, the series begins behind that.
public struct PainSeries: Sendable {
  /// The scale's name, nil for the NRS.
  public let scale: String?
  /// What all values speak of: average, now or worst.
  public let kind: PainKind
  /// The place's name as logged; `back` when several names of the back are taken together.
  public let location: String
  /// What tells it from the person's other series.
  public let name: PainSeriesName
  /// What the back is called, under whichever of its names it was logged.
  public static let back = "back"
  /// Days with a value, ascending.
  public let days: [Day]
  /// The mean of each day's entries; of the kind worst their maximum.
  public let values: [Double]
  /// The entries behind the values, in the order of days.
  public let entries: [PainEntry]
  /// The entries of the kind worst at the same place and scale, in the order of days.
  public let worstEntries: [PainEntry]
  /// Days with an entry of the kind worst at the same place and scale, ascending.
  public let worstDays: [Day]
  /// The maximum of each such day.
  public let worstValues: [Double]

  /// The headline series of a log up to a day; nil when nothing was logged.
  ///
  /// - Parameters:
  ///   - log: entries in the order of days.
  ///   - asOf: later entries are not looked at.
  public init?(_ log: PatientLog, asOf: Day) {
    let eligible = log.pain.keeping { $0.recorded.day <= asOf && $0.seriesKind != nil }
    let ofScale = PainSeries.ofOneScale(eligible, log)
    guard !ofScale.isEmpty else { return nil }
    let place = Place(ofScale, log.names)
    let ofPlace = ofScale.keeping { place.contains($0) }
    let kind = PainSeries.commonestKind(ofPlace)
    let scale = ofPlace.first?.scale.map { log.names[$0] }
    self.init(
      PainSeriesName(scale: scale, location: place.isBack ? nil : place.name, kind: kind),
      at: place.name, ofPlace.keeping { $0.seriesKind == kind },
      worst: ofPlace.keeping { $0.kind == .worst })
  }

  private init(
    _ name: PainSeriesName, at location: String, _ entries: [PainEntry], worst: [PainEntry]
  ) {
    self.name = name
    self.location = location
    (scale, kind) = (name.scale, name.kind)
    self.entries = entries
    worstEntries = worst
    (worstDays, worstValues) = PainSeries.daily(worst) { day in day.lazy.map(\.score).max() ?? 0 }
    (days, values) =
      name.kind == .worst
      ? (worstDays, worstValues)
      : PainSeries.daily(entries) { day in
        day.reduce(0) { $0 + $1.score } / Double(day.count)
      }
  }

  /// The same series without the days behind one; nil when none is left.
  public func upTo(_ last: Day) -> PainSeries? {
    let own = entries.keeping { $0.recorded.day <= last }
    guard !own.isEmpty else { return nil }
    return PainSeries(
      name, at: location, own, worst: worstEntries.keeping { $0.recorded.day <= last })
  }

  /// The value of a day, nil when it has none. O(log n).
  public func value(on day: Day) -> Double? {
    let index = lowerBound(day)
    return index < days.count && days[index] == day ? values[index] : nil
  }

  /// The values from one day to another, both inclusive. O(log n + values).
  public func values(from: Day, to: Day) -> ArraySlice<Double> {
    let low = lowerBound(from)
    return values[low..<max(low, lowerBound(to + 1))]
  }

  private func lowerBound(_ day: Day) -> Int { days.end { $0 < day } }

  /// The entries of the NRS, or of the scale that is logged most, of several such the first by
  /// name.
  private static func ofOneScale(_ entries: [PainEntry], _ log: PatientLog) -> [PainEntry] {
    let past = log.past?.pain
    if past?.hasNRS == true || entries.contains(where: { $0.scale == nil }) {
      return entries.keeping { $0.scale == nil }
    }
    var counts: [NameID: Int] = [:]
    for entry in entries { if let scale = entry.scale { counts[scale, default: 0] += 1 } }
    var totals = past?.scales ?? [:]
    for (scale, count) in counts { totals[log.names[scale], default: 0] += count }
    let most = totals.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    let scale = counts.keys.first { log.names[$0] == most }
    return entries.keeping { $0.scale != nil && $0.scale == scale }
  }

  /// The place that a headline series speaks of.
  private struct Place {
    let name: String
    let isBack: Bool
    private let location: NameID?
    /// The logged names of the back.
    private let back: [NameID]

    init(_ entries: [PainEntry], _ names: NamePool) {
      var counts: [NameID: Int] = [:]
      var start = 0
      while start < entries.count {
        let place = entries[start].location
        var end = start + 1
        while end < entries.count, entries[end].location == place { end += 1 }
        if let place { counts[place, default: 0] += end - start }
        start = end
      }
      self.back = counts.keys.filter { BackLocations.contains(names[$0]) }
      let back = Set(self.back.map { names[$0] })
      isBack = !back.isEmpty || entries.contains { $0.location == nil }
      location = counts.max { ($0.value, names[$1.key]) < ($1.value, names[$0.key]) }?.key
      if isBack {
        name = back.count == 1 ? back.first ?? "back" : "back"
      } else {
        name = location.map { names[$0] } ?? PainSeries.back
      }
    }

    func contains(_ entry: PainEntry) -> Bool {
      guard isBack else { return entry.location == location }
      return entry.location.map(back.contains) ?? true
    }
  }

  /// The share of the most days at which a kind ties with the commonest: who logs two kinds and
  /// misses one now and then is not to be told of another series than everybody else.
  private static let tie = 0.9

  private static func commonestKind(_ entries: [PainEntry]) -> PainKind {
    let order: [PainKind] = [.average, .now, .worst]
    let counts = order.map { kind in
      var count = 0
      var last: Day?
      for entry in entries where entry.recorded.day != last && entry.seriesKind == kind {
        last = entry.recorded.day
        count += 1
      }
      return count
    }
    let fewest = PainSeries.tie * Double(counts.max() ?? 0)
    return zip(order, counts).first { $0.1 > 0 && Double($0.1) >= fewest }?.0 ?? .average
  }

  private static func daily(
    _ entries: [PainEntry], _ value: (ArraySlice<PainEntry>) -> Double
  ) -> ([Day], [Double]) {
    var days: [Day] = []
    var values: [Double] = []
    days.reserveCapacity(entries.count)
    values.reserveCapacity(entries.count)
    var start = 0
    while start < entries.count {
      var end = start
      while end < entries.count, entries[end].recorded.day == entries[start].recorded.day {
        end += 1
      }
      days.append(entries[start].recorded.day)
      values.append(value(entries[start..<end]))
      start = end
    }
    return (days, values)
  }
}

extension Array {
  /// The elements that satisfy a condition; the array itself when all of them do, as they mostly
  /// do.
  @inline(__always)
  fileprivate func keeping(_ isKept: (Element) -> Bool) -> [Element] {
    let count = count(where: isKept)
    if count == self.count { return self }
    var kept: [Element] = []
    kept.reserveCapacity(count)
    for element in self where isKept(element) { kept.append(element) }
    return kept
  }
}

extension PainEntry {
  /// The kind as a series sees it: an entry that does not say is one of the moment; before, after
  /// and least enter no series.
  var seriesKind: PainKind? {
    switch kind {
    case nil: .now
    case .now, .average, .worst: kind
    case .least, .before, .after: nil
    }
  }
}

/// The names under which people log the back.
public enum BackLocations {
  private static let names: Set<String> = [
    "back", "back pain", "low back", "low back pain", "lower back", "lower back pain", "lumbar",
    "lumbar spine", "lumbar region", "upper back", "mid back", "middle back", "thoracic",
    "thoracic spine", "thoracic region", "spine", "rücken", "unterer rücken", "oberer rücken",
    "lendenwirbelsäule", "lws", "brustwirbelsäule", "bws", "kreuz",
  ]

  /// Whether a name means the back, whatever its case.
  public static func contains(_ name: String) -> Bool { names.contains(name.lowercased()) }
}
