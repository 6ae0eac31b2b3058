import Records

/// An exposure by day, as the associations see it.
public struct Exposure: Sendable {
  /// `active_minutes`, `session`, `bed_rest`, or `minutes:` and a component's code.
  public let name: String
  /// Whether it is a state and not an amount.
  public let isYesNo: Bool
  /// From the first day of the table; nil where unknown.
  public let values: [Double?]
}

/// Days on which both an exposure and the pain some days later are known.
public struct PairedDays: Sendable {
  /// Ascending calendar days of the exposure.
  public let days: [Int]
  /// The exposure of each day.
  public let exposure: [Double]
  /// The outcome of each day plus the lag.
  public let outcome: [Double]
}

extension PatientTable {
  /// Active minutes, session yes/no and bed rest yes/no of every day of the table.
  public var exposures: [Exposure] {
    guard let daily else { return [] }
    let bedRest = daily.status.indices.map { index in
      daily.isCovered[index] ? (daily.status[index] == .bedRest ? 1.0 : 0) : nil
    }
    return [
      Exposure(
        name: "active_minutes", isYesNo: false,
        values: daily.activeTenths.map { $0.map { Double($0) / 10 } }),
      Exposure(
        name: "session", isYesNo: true,
        values: daily.sessions.indices.map { index in
          daily.isCovered[index] ? (daily.sessions[index] > 0 ? 1 : 0) : nil
        }),
      Exposure(name: "bed_rest", isYesNo: true, values: bedRest),
    ]
  }

  /// 1 on days in bed, 0 on days with a session; days with both or neither are on no side.
  public var bedRestAgainstSessions: Exposure {
    let values = (daily?.status ?? []).indices.map { index -> Double? in
      guard let daily, daily.isCovered[index] else { return nil }
      let isRest = daily.status[index] == .bedRest
      return isRest == (daily.sessions[index] > 0) ? nil : isRest ? 1 : 0
    }
    return Exposure(name: "bed_rest_or_session", isYesNo: true, values: values)
  }

  /// Minutes of each component that occurs, by day.
  public var componentExposures: [Exposure] {
    guard let daily else { return [] }
    return Component.allCases.compactMap { component in
      var tenths = daily.isCovered.map { $0 ? 0 : nil } as [Int?]
      var occurs = false
      for row in log.sets where row.isPerformed && row.component == component {
        guard let day = daily.index(of: row.started.day) else { continue }
        occurs = true
        tenths[day] = row.activeTenths.flatMap { more in tenths[day].map { $0 + more } }
      }
      guard occurs else { return nil }
      return Exposure(
        name: "minutes:\(component.word)", isYesNo: false,
        values: tenths.map { $0.map { Double($0) / 10 } })
    }
  }

  /// Pairs an exposure of day d with the pain of day d + lag; the outcome lies in the period, the
  /// exposure may lie before it. O(days).
  public func pairs(_ exposure: Exposure, lag: Int) -> PairedDays {
    guard let daily, let pain else { return PairedDays(days: [], exposure: [], outcome: []) }
    let most = min(period.count, pain.days.count)
    var days: [Int] = []
    var x: [Double] = []
    var y: [Double] = []
    days.reserveCapacity(most)
    x.reserveCapacity(most)
    y.reserveCapacity(most)
    for (day, value) in zip(pain.days, pain.values) where period.contains(day) {
      guard let index = daily.index(of: day - lag), let amount = exposure.values[index] else {
        continue
      }
      days.append(Int((day - lag).number))
      x.append(amount)
      y.append(value)
    }
    return PairedDays(days: days, exposure: x, outcome: y)
  }

  /// Pairs the pain of day d with an exposure of day d + 1, the reverse question.
  public func reversePairs(_ exposure: Exposure) -> PairedDays {
    guard let daily, let pain else { return PairedDays(days: [], exposure: [], outcome: []) }
    let most = min(period.count, pain.days.count)
    var days: [Int] = []
    var x: [Double] = []
    var y: [Double] = []
    days.reserveCapacity(most)
    x.reserveCapacity(most)
    y.reserveCapacity(most)
    for (day, value) in zip(pain.days, pain.values) where period.contains(day + 1) {
      guard let index = daily.index(of: day + 1), let amount = exposure.values[index] else {
        continue
      }
      days.append(Int(day.number))
      x.append(value)
      y.append(amount)
    }
    return PairedDays(days: days, exposure: x, outcome: y)
  }
}
