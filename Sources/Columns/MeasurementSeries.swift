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

  /// All series of a period, by measure, then side. O(rows × series, which are few).
  public static func all(_ log: PatientLog, period: Period) -> [MeasurementSeries] {
    var groups: [(measure: NameID, side: Side?, rows: [Int])] = []
    for (index, row) in log.measurements.enumerated() where period.contains(row.day) {
      if let own = groups.firstIndex(where: { $0.measure == row.measure && $0.side == row.side }) {
        groups[own].rows.append(index)
      } else {
        groups.append((row.measure, row.side, [index]))
      }
    }
    return groups.map { MeasurementSeries($0.rows, of: log) }.sorted {
      ($0.measure, $0.side?.rawValue ?? 0) < ($1.measure, $1.side?.rawValue ?? 0)
    }
  }

  /// - Parameter rows: at least one, all of one measure and side.
  private init(_ rows: [Int], of log: PatientLog) {
    let rows = rows.map { log.measurements[$0] }
    let names = log.names
    measure = names[rows[0].measure]
    side = rows[0].side
    unit = rows.last { $0.unit != nil }?.unit.map { names[$0] }
    convention = rows.last { $0.convention != nil }?.convention.map { names[$0] }
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
