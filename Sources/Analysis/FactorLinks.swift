import Columns
import Records
import Statistics

/// Whether a person's pain goes with a number of the day that the configuration names, as hours of
/// sleep: asked at the looks of `LinkAnswer`, in the same model, in an error of its own that the
/// factors share.
public struct FactorAnswer: Sendable {
  /// The factor's name, as the configuration writes it.
  public let factor: String
  /// What points are a unit of, as `1 h` or `1000 steps`; nil where the factor does not vary.
  public let unit: String?
  /// What the look said.
  public let code: LinkAnswer.Code
  /// The question with the smaller p; nil where none was asked.
  public let shown: LinkAnswer.Question?
  /// The interval of its points: it leaves out 0 exactly when the link is told.
  public let interval: (low: Double, high: Double)?

  /// Whether a link is told.
  public var isTold: Bool { code == .lessPain || code == .morePain }

  fileprivate init(
    _ factor: String, _ code: LinkAnswer.Code, unit: String? = nil,
    shown: LinkAnswer.Question? = nil, interval: (low: Double, high: Double)? = nil
  ) {
    self.factor = factor
    self.code = code
    self.unit = unit
    self.shown = shown
    self.interval = interval
  }

  /// The parts of the answer, with the keys of the JSON report.
  var figure: Figure {
    let why = Absence(
      code == .noData ? .noData : code == .tooEarly ? .tooEarly : .tooLittleVariation)
    return .record([
      ("factor", .text(factor)), ("unit", Figure(unit, else: why)), ("code", .text(code.rawValue)),
      ("lag_days", Figure(shown?.lag, else: why)), ("points", Figure(shown?.points, else: why)),
      ("interval", Figure(interval, else: why)), ("p", Figure(shown?.p, else: why)),
      ("days", Figure(shown?.days, else: why)),
    ])
  }
}

/// The values of one factor by day.
struct FactorSeries: Sendable {
  /// A value a calendar day from the first record on, the mean of the day's rows; NaN without any.
  let values: [Double]
  /// The unit as written last; empty where none is.
  let unit: String

  /// - Parameter name: as the configuration has it; case, spaces and underscores do not part names.
  init(_ name: String, of log: PatientLog, first: Day, count: Int) {
    var sums = [Double](repeating: 0, count: count)
    var counts = sums
    var unit = ""
    let own = FactorSeries.folded(name)
    for row in log.factors where FactorSeries.folded(log.names[row.factor]) == own {
      let day = row.day - first
      guard sums.indices.contains(day) else { continue }
      sums[day] += row.value
      counts[day] += 1
      unit = row.unit.map { log.names[$0] } ?? unit
    }
    values = zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
    self.unit = unit
  }

  private static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
  }

  /// A step that days differ by: the largest power of ten that does not exceed the standard
  /// deviation; nil where the values hardly vary.
  func step(upTo count: Int) -> Double? {
    let known = values.prefix(count).filter { !$0.isNaN }
    guard LinkDiary.varies(known), let deviation = standardDeviation(known), deviation > 0 else {
      return nil
    }
    var step = 1.0
    while step * 10 <= deviation, step < 1e9 { step *= 10 }
    while step > deviation, step > 1e-9 { step /= 10 }
    return step
  }
}

extension LinkAnswer {
  /// The answers about the factors that the configuration names.
  ///
  /// - Parameter names: at most four.
  static func factors(_ names: [String], in table: PatientTable) -> [FactorAnswer] {
    guard !names.isEmpty else { return [] }
    guard let series = table.pain, let daily = table.daily else {
      return names.map { FactorAnswer($0, .noData) }
    }
    let diary = LinkDiary(daily, series, table)
    return names.map { name in
      let factor = FactorSeries(name, of: table.log, first: diary.first, count: diary.pain.count)
      guard factor.values.contains(where: { !$0.isNaN }) else { return FactorAnswer(name, .noData) }
      guard let (look, seen) = diary.lastLook else { return FactorAnswer(name, .tooEarly) }
      guard let step = factor.step(upTo: seen.pain.count) else {
        return FactorAnswer(name, .tooLittleVariation)
      }
      let values = factor.values.prefix(seen.pain.count).map { $0 / step }
      let share = LookPlan.links.share(look) / Double(names.count)
      let asked = LinkLook(seen, ofFactor: values, share: share).outcome
      guard asked.isEnough else { return FactorAnswer(name, .tooEarly) }
      guard let shown = asked.questions.min(by: { $0.p < $1.p }) else {
        return FactorAnswer(name, .tooLittleVariation)
      }
      let own = share / Double(asked.questions.count)
      let size = step >= 1 ? String(Int(step)) : "\(step)"
      return FactorAnswer(
        name, shown.code(share: own), unit: factor.unit.isEmpty ? size : "\(size) \(factor.unit)",
        shown: shown, interval: shown.interval(share: own))
    }
  }
}
