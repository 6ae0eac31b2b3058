import Glibc
import Statistics

/// A diary up to a look, a value a calendar day from the first record on, and the model of what the
/// pain of a day goes with.
///
/// Pain y(d) on exposure x(d), x(d−1), y(d−1), 1, y(d−2), (d − T/2)/T, six weekdays, and slow
/// waves cos(πk(d+½)/T), k = 1…⌊2T/21⌋, T days in all. Waves of three weeks and longer take out bad
/// spells and drifts, weekdays the week's routine, earlier pain what carries over.
struct LinkModel: Sendable {
  /// Pain of each day, NaN where none was logged.
  let pain: [Double]
  /// What may go with it, NaN where unknown.
  let exposure: [Double]
  /// Pain before the day's session, where the diary times both; NaN where unknown.
  let painBefore: [Double]?
  /// The weekday of day 0, Monday 0.
  let firstWeekday: Int
  /// cos(πm/2T) for m from 0 to 4T − 1: every wave at every day is one of these.
  private let cosines: [Double]

  init(pain: [Double], exposure: [Double], painBefore: [Double]?, firstWeekday: Int) {
    self.pain = pain
    self.exposure = exposure
    self.painBefore = painBefore
    self.firstWeekday = firstWeekday
    let length = Double(2 * pain.count)
    cosines = (0..<(4 * pain.count)).map { cos(Double.pi * Double($0) / length) }
  }

  /// A column of the model.
  enum Column: Equatable, Sendable {
    case exposure, exposureBefore, painBefore, constant, painEarlier, time, weekday(Int), wave(Int)
    case painBeforeSession

    /// Its name in JSON.
    var code: String {
      switch self {
      case .exposure: "x"
      case .exposureBefore: "x_before"
      case .painBefore: "pain_before"
      case .constant: "one"
      case .painEarlier: "pain_earlier"
      case .time: "time"
      case .weekday(let day): "weekday_\(day + 1)"
      case .wave(let wave): "wave_\(wave)"
      case .painBeforeSession: "pain_before_session"
      }
    }
  }

  /// A fit with the days and columns that it is of.
  struct Fit: Sendable {
    /// Days that the fit rests on.
    let days: [Int]
    let columns: [Column]
    let squares: OrderedLeastSquares
    /// Days that were given, of which some may have left.
    let given: Int
  }

  /// How many days back an earlier value may lie.
  static let reach = 3
  /// The shortest of the slow waves, days.
  static let shortestWave = 21
  /// The fewest degrees of freedom of a fit.
  static let fewestFreedom = 10

  /// Calendar days.
  var count: Int { pain.count }

  /// Pain on everything, for one of the two questions.
  ///
  /// - Parameters:
  ///   - yesterdayOnly: whether the exposure of the day before must be that of the very day before,
  ///     as the question about the next day asks.
  ///   - allErrors: whether errors are wanted of every coefficient, as a ledger shows them.
  func fit(yesterdayOnly: Bool, allErrors: Bool = false) -> Fit? {
    let before = lastKnown(exposure, within: yesterdayOnly ? 1 : LinkModel.reach)
    return fit(of: pain, on: exposure, before, allErrors ? nil : 3)
  }

  /// The exposure on everything else, for whether it follows the pain of the day before.
  func reverse() -> Fit? {
    let before = lastKnown(exposure, within: LinkModel.reach)
    return fit(of: exposure, on: nil, before, 2)
  }

  private func fit(of y: [Double], on exposure: [Double]?, _ before: [Int], _ leading: Int?)
    -> Fit?
  {
    let previous = lastKnown(pain, within: LinkModel.reach)
    let days = (0..<count).filter { day in
      guard !pain[day].isNaN, !self.exposure[day].isNaN, before[day] >= 0, previous[day] >= 0
      else { return false }
      return previous[previous[day]] >= 0 && painBefore?[day].isNaN != true
    }
    guard !days.isEmpty else { return nil }
    let length = Double(count)
    var columns: [Column] = []
    var values: [[Double]] = []
    func add(_ column: Column, _ value: (Int) -> Double) {
      columns.append(column)
      values.append(days.map(value))
    }
    func addPainBefore() { add(.painBefore) { pain[previous[$0]] } }
    if let exposure { add(.exposure) { exposure[$0] } } else { addPainBefore() }
    add(.exposureBefore) { self.exposure[before[$0]] }
    if exposure != nil { addPainBefore() }
    add(.constant) { _ in 1 }
    add(.painEarlier) { pain[previous[previous[$0]]] }
    add(.time) { (Double($0) - length / 2) / length }
    for weekday in 0..<6 { add(.weekday(weekday)) { (firstWeekday + $0) % 7 == weekday ? 1 : 0 } }
    for wave in 1..<max(1, 2 * count / LinkModel.shortestWave + 1) {
      add(.wave(wave)) { cosines[wave * (2 * $0 + 1) % (4 * count)] }
    }
    if let painBefore { add(.painBeforeSession) { painBefore[$0] } }
    guard
      let squares = OrderedLeastSquares(
        values, days.map { y[$0] }, leading: leading ?? columns.count,
        freedom: LinkModel.fewestFreedom)
    else { return nil }
    return Fit(
      days: squares.rows.map { days[$0] }, columns: columns, squares: squares, given: days.count)
  }

  /// The last known day before each, at most so many days back; −1 where there is none.
  private func lastKnown(_ values: [Double], within reach: Int) -> [Int] {
    values.indices.map { day in
      var back = 1
      while back <= reach, day - back >= 0 {
        if !values[day - back].isNaN { return day - back }
        back += 1
      }
      return -1
    }
  }
}
