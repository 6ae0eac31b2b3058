import Records

/// One measure of one side as a dense series: one value a day, the mean of its trials.
public struct MeasurementSeries: Sendable {
  /// The measure's code.
  public let measure: String
  /// Side that was measured; nil when its rows name none.
  public let side: Side?
  /// The unit as written, nil when none is.
  public let unit: String?
  /// `extension` or `deficit` as written last; nil when no row says.
  public let convention: String?
  /// Days with a value, ascending.
  public let days: [Day]
  /// Mean of each day's trials, in `unit`, aligned with `days`.
  public let values: [Double]
  /// Who measured, by day; nil when not said.
  public let raters: [String?]

  /// All series of a period, by measure, then side.
  public static func all(_ log: PatientLog, period: Period) -> [MeasurementSeries] {
    var groups: [Key: [Measurement]] = [:]
    for row in log.measurements where period.contains(row.day) {
      groups[Key(measure: log.names[row.measure], side: row.side), default: []].append(row)
    }
    return groups.keys.sorted().compactMap { key in
      groups[key].map { MeasurementSeries(key, $0, log.names) }
    }
  }

  private struct Key: Hashable, Comparable {
    var measure: String
    var side: Side?

    static func < (left: Key, right: Key) -> Bool {
      (left.measure, left.side?.rawValue ?? 0) < (right.measure, right.side?.rawValue ?? 0)
    }
  }

  private init(_ key: Key, _ rows: [Measurement], _ names: NamePool) {
    measure = key.measure
    side = key.side
    unit = rows.compactMap(\.unit).last.map { names[$0] }
    convention = rows.compactMap(\.convention).last.map { names[$0] }
    var days: [Day] = []
    var sums: [(total: Double, count: Int)] = []
    var raters: [String?] = []
    for row in rows {
      if days.last != row.day {
        days.append(row.day)
        sums.append((0, 0))
        raters.append(row.rater.map { names[$0] })
      }
      sums[sums.count - 1].total += row.value
      sums[sums.count - 1].count += 1
    }
    self.days = days
    values = sums.map { $0.total / Double($0.count) }
    self.raters = raters
  }
}
