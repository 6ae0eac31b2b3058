import Columns
import Glibc
import Records
import Statistics

/// Whether a person's pain changed: by an important amount, and by more than this diary swings.
///
/// The method, its levels and what was simulated stand in `docs/answers.md`.
public struct PainAnswer: Sendable {
  /// What is said of the change.
  public enum Code: String, CaseIterable, Sendable {
    case less, more
    /// As large as an important change; whether it is more than this diary's own swing is not
    /// shown.
    case perhapsLess = "perhaps-less"
    case perhapsMore = "perhaps-more"
    case noChangeShown = "no-change-shown"
    case tooEarly = "too-early"
    /// Figures without a judgement, on a scale that is not 0-10.
    case noThreshold = "no-threshold"
    case noData = "no-data"
  }

  /// What was said.
  public internal(set) var code: Code
  /// Tonight's change with its windows; nil where they hold too few days, or overlap.
  public internal(set) var change: PainChange?
  /// Why there is no change.
  public internal(set) var absence: Absence?
  /// The interval of tonight's change at the level of the last look passed, before the first at
  /// that of the first; nil without a change.
  public internal(set) var interval: (low: Double, high: Double)?
  /// Whether tonight's change is as large as an important one; nil without a change or a threshold.
  public internal(set) var isImportant: Bool?
  /// Days with pain logged so far.
  public internal(set) var logged: Int
  /// The day of the last look passed; nil before the first.
  public internal(set) var lookedOn: Day?
  /// The day of the look that told; nil where nothing is told.
  public internal(set) var toldOn: Day?
  /// Days with pain logged at the next look.
  public internal(set) var nextLook: Int

  init(_ code: Code, logged: Int) {
    self.code = code
    self.logged = logged
    nextLook = LookPlan.pain.days(LookPlan.pain.passed(logged) + 1)
  }
}

/// The mean pain of the first days against that of the last.
public struct PainChange: Sendable {
  /// The first days.
  public let baselineWindow: Period
  /// The last days.
  public let latestWindow: Period
  /// The mean of the values in the first days.
  public let baseline: Double
  /// The mean of the values in the last days.
  public let latest: Double

  /// Latest less baseline: negative is less pain.
  public var points: Double { latest - baseline }
}

/// The first or the last days of a diary, from which a change is measured.
public struct PainWindow: Sendable {
  /// Calendar days.
  public let days: Period
  /// How many of them have a value.
  public let have: Int
  /// How many must.
  public let need: Int
  /// The mean of the values; nil where they are too few.
  public let mean: Double?
}

/// A pain diary, a value a calendar day from the first record of any kind on.
///
/// Of a log that tells of its past without rows it holds the first days and those behind the past,
/// which is enough for the change of a late day, and for no swing.
struct PainDiary: Sendable {
  /// The first record.
  let first: Day
  /// Days with pain, counted from the first record, ascending.
  let days: [Int]
  /// The value of each.
  let values: [Double]
  /// Sums of the values before each.
  private let sums: [Double]

  init(first: Day, days: [Int], values: [Double]) {
    self.first = first
    self.days = days
    self.values = values
    var sums = [0.0]
    for value in values { sums.append(sums[sums.count - 1] + value) }
    self.sums = sums
  }

  /// The diary of a person's headline series.
  init(_ table: PatientTable) {
    let first = table.daily?.firstRecord ?? table.asOf
    var days = table.pain?.days ?? []
    var values = table.pain?.values ?? []
    if let past = table.log.past?.pain, let start = past.firstDay {
      days = past.firstValues.map { start + $0.day } + days
      values = past.firstValues.map(\.value) + values
    }
    self.init(first: first, days: days.map { $0 - first }, values: values)
  }

  /// The change as of a day.
  func change(asOf day: Day) -> Result<PainChange, Refusal> { change(asOf: day - first) }

  /// Days of the baseline and of the latest window by the days since pain was first logged: short
  /// ones while there is little, then such as an ordinary swing does not fill.
  private static func windows(span: Int) -> (baseline: Int, latest: Int) {
    switch span {
    case ..<42: (7, 7)
    case ..<70: (14, 14)
    case ..<112: (14, 28)
    default: (28, 28)
    }
  }

  /// Days with pain that a window needs.
  private static let fewest = [7: 3, 14: 6, 28: 12]

  /// The entries from one day to another, both inclusive.
  private func entries(_ from: Int, _ to: Int) -> Range<Int> {
    let low = days.end { $0 < from }
    return low..<max(low, days.end { $0 <= to })
  }

  /// The first and the last days as of a day, counted from the first record; nil without pain.
  func windows(asOf day: Int) -> (baseline: PainWindow, latest: PainWindow)? {
    guard let start = days.first, start <= day else { return nil }
    let lengths = PainDiary.windows(span: day + 1 - start)
    return (
      window(from: start, lengths.baseline), window(from: day - lengths.latest + 1, lengths.latest)
    )
  }

  private func window(from start: Int, _ length: Int) -> PainWindow {
    let entries = entries(start, start + length - 1)
    let need = PainDiary.fewest[length] ?? length
    let sum = sums[entries.upperBound] - sums[entries.lowerBound]
    return PainWindow(
      days: Period(from: first + start, to: first + (start + length - 1)), have: entries.count,
      need: need, mean: entries.count >= need ? sum / Double(entries.count) : nil)
  }

  /// The change as of a day, counted from the first record; else why there is none.
  func change(asOf day: Int) -> Result<PainChange, PainDiary.Refusal> {
    guard let (baseline, latest) = windows(asOf: day) else {
      return .failure(Refusal(absence: Absence(.noData)))
    }
    guard baseline.days.to < latest.days.from else {
      return .failure(Refusal(absence: Absence(.windowsOverlap)))
    }
    guard let before = baseline.mean, let now = latest.mean else {
      let few = latest.mean == nil ? latest : baseline
      return .failure(Refusal(absence: Absence(.tooEarly, have: few.have, need: few.need)))
    }
    return .success(
      PainChange(
        baselineWindow: baseline.days, latestWindow: latest.days, baseline: before, latest: now))
  }

  /// Why there is no change.
  struct Refusal: Error {
    let absence: Absence
  }

  /// The shortest of the slow waves that are no swing, days.
  private static let shortestWave = 84

  /// How a change as of a day stands against the diary's own swing up to that day.
  func swing(of change: PainChange, asOf day: Int) -> PainSwing? {
    let seen = 0..<days.end { $0 <= day }
    let days = Array(self.days[seen])
    let length = Double(day + 1)
    var curve = [days.map { _ in 1.0 }, days.map { (Double($0) - length / 2) / length }]
    for wave in 1..<max(1, 2 * (day + 1) / PainDiary.shortestWave + 1) {
      curve.append(days.map { cos(Double.pi * Double(wave) * (Double($0) + 0.5) / length) })
    }
    guard let carryOver = CarryOver(days: days, values: Array(values[seen]), curve: curve) else {
      return nil
    }
    func window(_ period: Period) -> [Int] {
      Array(self.days[entries(period.from - first, period.to - first)])
    }
    return PainSwing(
      carryOver: carryOver,
      errors: carryOver.standardErrors(
        baseline: window(change.baselineWindow), latest: window(change.latestWindow)))
  }
}

/// The swing of a diary, and the standard error of a change in it at each carry-over.
struct PainSwing: Sendable {
  let carryOver: CarryOver
  let errors: [Double]

  /// Two-sided.
  func p(of points: Double) -> Double { carryOver.tails(errors: errors).p(of: points) }

  /// Half of an interval's width.
  func halfWidth(share: Double) -> Double {
    carryOver.tails(errors: errors).halfWidth(alpha: share)
  }
}

extension PainChange {
  /// The points that make a change important: 2, or 30 % of the baseline and 1; for the worse from
  /// a baseline below 2 the points alone.
  func importantPoints(by thresholds: Thresholds) -> Double {
    let most = thresholds[.painImportant]
    if points > 0, baseline < thresholds[.painShareBaseline] { return most }
    return min(most, max(thresholds[.painMinimal], thresholds[.painImportantShare] * baseline))
  }

  /// Whether the change is as large as an important one.
  func isImportant(by thresholds: Thresholds) -> Bool {
    points != 0 && abs(points) >= importantPoints(by: thresholds) - 1e-12
  }
}

extension PainAnswer {
  /// The answer of a diary as of a day.
  ///
  /// - Parameters:
  ///   - asOf: counted from the first record.
  ///   - isJudged: whether the scale is 0-10, which thresholds are for.
  init(_ diary: PainDiary, asOf: Int, isJudged: Bool, by thresholds: Thresholds) {
    let logged = diary.days.end { $0 <= asOf }
    guard logged > 0 else {
      self.init(.noData, logged: 0)
      absence = Absence(.noData)
      return
    }
    self.init(.tooEarly, logged: logged)
    let plan = LookPlan.pain
    let passed = plan.passed(logged)
    if passed > 0 { lookedOn = diary.first + diary.days[plan.days(passed) - 1] }
    let told = isJudged ? PainAnswer.told(diary, asOf: asOf, by: thresholds) : nil
    toldOn = told.map { diary.first + $0.day }
    switch diary.change(asOf: asOf) {
    case .failure(let refusal): absence = refusal.absence
    case .success(let tonight):
      change = tonight
      if let swing = diary.swing(of: tonight, asOf: asOf) {
        let half = swing.halfWidth(share: plan.share(max(1, passed)))
        interval = (tonight.points - half, tonight.points + half)
      }
      guard isJudged else {
        code = .noThreshold
        return
      }
      isImportant = tonight.isImportant(by: thresholds)
      code = PainAnswer.code(of: tonight, isTold: told != nil, by: thresholds)
    }
  }

  /// What is said of tonight's change.
  static func code(of change: PainChange, isTold: Bool, by thresholds: Thresholds) -> Code {
    let isLess = change.points < 0
    if isTold { return isLess ? .less : .more }
    guard change.isImportant(by: thresholds) else { return .noChangeShown }
    return isLess ? .perhapsLess : .perhapsMore
  }

  /// What a look told.
  struct Told {
    /// The day of the look, counted from the first record.
    let day: Int
    let isLess: Bool

    /// Whether it still stands after some nights: it is taken back on the first on which the change
    /// has turned or is less than half of an important one. A night without a change takes nothing
    /// back.
    func stands(_ nights: ClosedRange<Int>, in diary: PainDiary, by thresholds: Thresholds) -> Bool
    {
      nights.allSatisfy { night in
        guard let change = try? diary.change(asOf: night).get() else { return true }
        return (change.points < 0) == isLess
          && abs(change.points) >= change.importantPoints(by: thresholds) / 2 - 1e-12
      }
    }
  }

  /// What a look tells; nil where it tells nothing.
  static func tells(_ diary: PainDiary, at look: Int, by thresholds: Thresholds) -> Told? {
    let day = diary.days[LookPlan.pain.days(look) - 1]
    guard let change = try? diary.change(asOf: day).get(), change.isImportant(by: thresholds),
      let swing = diary.swing(of: change, asOf: day),
      swing.p(of: change.points) < LookPlan.pain.share(look)
    else { return nil }
    return Told(day: day, isLess: change.points < 0)
  }

  /// The look whose word still stands as of a day: one that was taken back is gone until a look
  /// tells again.
  static func told(_ diary: PainDiary, asOf: Int, by thresholds: Thresholds) -> Told? {
    let looks = LookPlan.pain.passed(diary.days.end { $0 <= asOf })
    guard looks > 0 else { return nil }
    var told: Told?
    for look in 1...looks {
      if let own = tells(diary, at: look, by: thresholds) { told = own }
      let day = diary.days[LookPlan.pain.days(look) - 1]
      let next =
        look < looks ? diary.days[LookPlan.pain.days(look + 1) - 1] : asOf
      if told?.stands(day...max(day, next), in: diary, by: thresholds) == false { told = nil }
    }
    return told
  }
}
