import Records

/// One measure of one side as a dense series: one value a day, the mean of its trials.
public struct MeasurementSeries: Sendable {
  /// The measure's code.
  public let measure: String
  /// Side that was measured; nil when its rows name none.
  public let side: Side?
  /// The unit as written, nil when none is.
  public let unit: String?
  /// `extension` or `deficit`, which every value is in; nil when no row says.
  public let convention: String?
  /// Trials that counted for less than was read, since the test ends at `longestHold`.
  public let capped: Int
  /// Days with a value, ascending.
  public let days: [Day]
  /// Mean of each day's trials, in `unit`, aligned with `days`.
  public let values: [Double]
  /// Who measured, by day; nil when not said.
  public let raters: [String?]

  /// Seconds at which the back extensor hold ends: who holds on is stopped (Biering-Sørensen 1984).
  public static let longestHold = 240.0
  private static let hold = "back_extensor_hold"
  /// The one measure that is read in two ways.
  private static let kneeExtension = "active_knee_extension"

  /// All series of a period, by measure, then side. Rows that do not say how their angle is read
  /// are never put together with those that do. O(rows × series, which are few).
  public static func all(_ log: PatientLog, period: Period) -> [MeasurementSeries] {
    var groups: [(key: Key, rows: [Int])] = []
    for (index, row) in log.measurements.enumerated() where period.contains(row.day) {
      let key = Key(row, log.names)
      if let own = groups.firstIndex(where: { $0.key == key }) {
        groups[own].rows.append(index)
      } else {
        groups.append((key, [index]))
      }
    }
    return groups.map { MeasurementSeries($0.rows, of: log) }.sorted {
      ($0.measure, $0.side?.rawValue ?? 0, $0.convention ?? "")
        < ($1.measure, $1.side?.rawValue ?? 0, $1.convention ?? "")
    }
  }

  /// What tells series apart.
  private struct Key: Equatable {
    let measure: NameID
    let side: Side?
    let saysConvention: Bool

    init(_ row: Measurement, _ names: NamePool) {
      measure = row.measure
      side = row.side
      saysConvention =
        names[row.measure] == MeasurementSeries.kneeExtension
        && MeasurementSeries.convention(row, names) != nil
    }
  }

  /// How a row's angle is read, where it says so in words that are known.
  private static func convention(_ row: Measurement, _ names: NamePool) -> String? {
    guard let word = row.convention.map({ names[$0].lowercased() }) else { return nil }
    return ["extension", "deficit"].contains(word) ? word : nil
  }

  /// Whether a row belongs to the series.
  public func holds(_ row: Measurement, of log: PatientLog) -> Bool {
    guard row.side == side, log.names[row.measure] == measure else { return false }
    return measure != MeasurementSeries.kneeExtension
      || (MeasurementSeries.convention(row, log.names) != nil) == (convention != nil)
  }

  /// What a trial counts for: at most what the test can last, and of both ways to read an angle the
  /// series' own; 180 degrees of extension are a deficit of 0.
  public func counted(_ row: Measurement, of log: PatientLog) -> Double {
    MeasurementSeries.counted(row, of: log, as: convention)
  }

  private static func counted(_ row: Measurement, of log: PatientLog, as convention: String?)
    -> Double
  {
    let measure = log.names[row.measure]
    if measure == hold { return min(row.value, longestHold) }
    guard measure == kneeExtension, let own = MeasurementSeries.convention(row, log.names),
      own != convention
    else { return row.value }
    return 180 - row.value
  }

  /// - Parameter rows: at least one, all of one measure and side.
  private init(_ rows: [Int], of log: PatientLog) {
    let names = log.names
    measure = names[log.measurements[rows[0]].measure]
    side = log.measurements[rows[0]].side
    var unit: NameID?
    var conventions: Set<String> = []
    for index in rows {
      conventions.formUnion(
        MeasurementSeries.convention(log.measurements[index], names).map { [$0] } ?? [])
    }
    let convention = conventions.count > 1 ? "extension" : conventions.first
    var capped = 0
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
      let value = MeasurementSeries.counted(row, of: log, as: convention)
      if measure == MeasurementSeries.hold, value < row.value { capped += 1 }
      if days.last != row.day {
        days.append(row.day)
        values.append(0)
        raters.append(row.rater.map { names[$0] })
        (total, count) = (0, 0)
      }
      total += value
      count += 1
      values[values.count - 1] = total / count
    }
    self.unit = unit.map { names[$0] }
    self.convention = convention
    self.capped = capped
    self.days = days
    self.values = values
    self.raters = raters
  }
}
