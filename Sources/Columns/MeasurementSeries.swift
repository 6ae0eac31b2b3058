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
    let names = log.names
    measure = names[log.measurements[rows[0]].measure]
    side = log.measurements[rows[0]].side
    var unit: NameID?
    var convention: NameID?
    var days: [Day] = []
    var values: [Double] = []
    var raters: [String?] = []
    days.reserveCapacity(rows.count)
    values.reserveCapacity(rows.count)
    raters.reserveCapacity(rows.count)
    var total = 0.0
    var count = 0.0
    for index in rows {
      let row = log.measurements[index]
      unit = row.unit ?? unit
      convention = row.convention ?? convention
      if days.last != row.day {
        days.append(row.day)
        values.append(0)
        raters.append(row.rater.map { names[$0] })
        (total, count) = (0, 0)
      }
      total += row.value
      count += 1
      values[values.count - 1] = total / count
    }
    self.unit = unit.map { names[$0] }
    self.convention = convention.map { names[$0] }
    self.days = days
    self.values = values
    self.raters = raters
  }
}
