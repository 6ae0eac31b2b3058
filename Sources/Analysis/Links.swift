import Columns
import Records
import Statistics

/// Whether a person's pain goes with their exercise, asked of the whole diary at planned looks.
///
/// The method, its levels and what was simulated stand in `docs/answers.md`.
public struct LinkAnswer: Sendable {
  /// What may go with pain.
  public enum Exposure: Equatable, Sendable {
    /// Whether there was a session: 1 or 0.
    case session
    /// Active minutes of the day, in tens, cut at `cap` minutes.
    case activeMinutes(cap: Double)
  }

  /// What the look said.
  public enum Code: String, CaseIterable, Sendable {
    case lessPain = "less-pain"
    case morePain = "more-pain"
    case noneShown = "none-shown"
    case tooEarly = "too-early"
    case tooLittleVariation = "too-little-variation"
    case noData = "no-data"
  }

  /// Which came first on a day that has both.
  public enum Direction: String, Sendable {
    /// Pain was logged after the session, or on the day after it.
    case after
    /// It cannot be told.
    case unknown
  }

  /// One question at one look.
  public struct Question: Sendable {
    /// Days from the exposure to the pain: 0 or 1.
    public let lag: Int
    /// What goes with one unit of the exposure, points of pain.
    public let points: Double
    /// Its standard error.
    public let error: Double
    /// Of the fit.
    public let degreesOfFreedom: Int
    /// Days that the fit rests on.
    public let days: Int
    /// Two-sided, of this question alone.
    public let p: Double

    /// The interval at the level 1 − share: it leaves out 0 exactly when p is at most the share.
    func interval(share: Double) -> (low: Double, high: Double) {
      studentInterval(points, error: error, df: Double(degreesOfFreedom), alpha: share)
    }

    /// What the question says where it may err so often.
    func code(share: Double) -> Code {
      p > share ? .noneShown : points < 0 ? .lessPain : .morePain
    }
  }

  /// What was said.
  public internal(set) var code: Code
  /// The look, counted from 1; nil before the first.
  public internal(set) var look: Int?
  /// The day of the look.
  public internal(set) var lookedOn: Day?
  /// Calendar days from the first record to that day, both counted; nil before the first look.
  public internal(set) var daysLooked: Int?
  /// Days with pain logged so far.
  public internal(set) var logged: Int
  /// Days with pain logged at the next look.
  public internal(set) var nextLook: Int
  /// What the look asked about; nil before the first, and where nothing varied enough.
  public internal(set) var exposure: Exposure?
  /// The question with the smaller p; nil where none was asked.
  public internal(set) var shown: Question?
  /// How many were asked.
  public internal(set) var asked = 0
  /// The interval of the shown points, at the level of the look: it leaves out 0 exactly when the
  /// link is told.
  public internal(set) var interval: (low: Double, high: Double)?
  /// Whether exercise follows the pain of the day before; nil where that was not asked.
  public internal(set) var reverse: Bool?
  /// Whether there is less of it after more pain; nil likewise.
  public internal(set) var isLessAfterPain: Bool?
  /// Which came first.
  public internal(set) var direction: Direction?
  /// The factors that the configuration names, in its order.
  public internal(set) var factors: [FactorAnswer] = []

  /// Whether there was any session at all.
  public internal(set) var hasSessions = false

  /// Whether a link is told.
  public var isTold: Bool { code == .lessPain || code == .morePain }

  init(_ code: Code, logged: Int) {
    self.code = code
    self.logged = logged
    nextLook = LookPlan.links.days(LookPlan.links.passed(logged) + 1)
  }
}

/// A diary as the question about links sees it, a value a calendar day from the first record on.
struct LinkDiary: Sendable {
  /// The first record.
  let first: Day
  /// Pain of each day, NaN where none was logged.
  var pain: [Double]
  /// Whether there was a session, NaN on days without any record.
  var session: [Double]
  /// Active minutes, NaN where unknown.
  var minutes: [Double]
  /// Pain with its clock by day; empty where none has one.
  var scores: [[TimedScore]] = []
  /// The wall clock of the day's first session in minutes of the day; empty likewise.
  var starts: [Int?] = []
  /// Whether a day's pain is the highest of its scores.
  var isWorst = false

  init(first: Day, pain: [Double], session: [Double], minutes: [Double]) {
    self.first = first
    self.pain = pain
    self.session = session
    self.minutes = minutes
  }

  /// The diary up to a look.
  func upTo(_ count: Int) -> LinkDiary {
    var seen = LinkDiary(
      first: first, pain: Array(pain[..<count]), session: Array(session[..<count]),
      minutes: Array(minutes[..<count]))
    seen.scores = Array(scores.prefix(count))
    seen.starts = Array(starts.prefix(count))
    seen.isWorst = isWorst
    return seen
  }

  /// The last look passed, counted from 1, with the days up to it; nil before the first.
  var lastLook: (look: Int, seen: LinkDiary)? {
    let plan = LookPlan.links
    let look = plan.passed(pain.count { !$0.isNaN })
    guard look > 0 else { return nil }
    var left = plan.days(look)
    let end = pain.indices.first { day in
      if !pain[day].isNaN { left -= 1 }
      return left == 0
    }
    return (look, upTo((end ?? pain.count - 1) + 1))
  }

  /// The least share of days with, and of days without a session.
  private static let fewestSessions = 0.1
  /// The least share of days whose value differs from the commonest.
  private static let fewestVaried = 0.2
  /// The share of days above 0 at which minutes are cut.
  private static let capShare = 0.95
  /// Minutes of one unit.
  private static let unit = 10.0

  /// What varies enough to be asked about, chosen without looking at pain.
  var exposure: LinkAnswer.Exposure? {
    let known = session.filter { !$0.isNaN }
    let held = Double(known.count { $0 > 0 })
    let least = LinkDiary.fewestSessions * Double(known.count)
    if !known.isEmpty, held >= least, Double(known.count) - held >= least { return .session }
    let minutes = minutes.filter { !$0.isNaN }
    guard LinkDiary.varies(minutes),
      let cap = quantile(sorted: minutes.filter { $0 > 0 }.sorted(), LinkDiary.capShare)
    else { return nil }
    return .activeMinutes(cap: cap)
  }

  /// Whether enough days differ from the commonest value.
  static func varies(_ values: [Double]) -> Bool {
    var counts: [Double: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let varied = values.count - (counts.values.max() ?? 0)
    return varied > 0 && Double(varied) >= fewestVaried * Double(values.count)
  }

  /// The days' values of an exposure.
  func values(_ exposure: LinkAnswer.Exposure) -> [Double] {
    switch exposure {
    case .session: session
    case .activeMinutes(let cap):
      minutes.map { $0.isNaN ? $0 : min($0, cap) / LinkDiary.unit }
    }
  }
}

/// The questions of one look.
struct LinkLook {
  let model: LinkModel
  /// What an exposure must keep beside the other columns, its unit squared.
  let guardSquares: Double
  /// The error that the look may make.
  let share: Double
  /// Whether the same day can be asked about; not where pain is logged before the session.
  let asksSameDay: Bool

  /// Days' worth of an exposure that must be left beside the routine of the week.
  static let fewestDays = 3.0

  /// A look at a diary.
  init(
    _ diary: LinkDiary, _ exposure: LinkAnswer.Exposure, share: Double,
    _ timing: LinkTiming = .unknown
  ) {
    let values = diary.values(exposure)
    let parted = timing == .after ? diary.parted : nil
    model = LinkModel(
      pain: parted?.diary.pain ?? diary.pain, exposure: values, painBefore: parted?.painBefore,
      firstWeekday: diary.first.weekday - 1)
    self.share = share
    asksSameDay = timing != .before
    switch exposure {
    case .session: guardSquares = LinkLook.fewestDays
    case .activeMinutes:
      guardSquares = LinkLook.fewestDays * (variance(values.filter { !$0.isNaN }) ?? 0)
    }
  }

  /// A look at a factor of the days of a diary, in units that days differ by.
  init(_ diary: LinkDiary, ofFactor values: [Double], share: Double) {
    model = LinkModel(
      pain: diary.pain, exposure: values, painBefore: nil, firstWeekday: diary.first.weekday - 1)
    self.share = share
    asksSameDay = true
    guardSquares = LinkLook.fewestDays * (variance(values.filter { !$0.isNaN }) ?? 0)
  }

  /// What the look came to.
  struct Outcome {
    /// Those asked, same day first.
    var questions: [LinkAnswer.Question] = []
    /// Whether there were degrees of freedom for any fit.
    var isEnough = false
    /// Whether exercise follows pain; nil where it was not asked.
    var reverse: Bool?
    /// Whether there is less of it after more pain.
    var isLessAfterPain: Bool?
  }

  var outcome: Outcome {
    var outcome = Outcome()
    if asksSameDay, let fit = model.fit(yesterdayOnly: false) {
      outcome.isEnough = true
      if fit.squares.keptSquares[0] >= guardSquares {
        outcome.questions.append(
          question(lag: 0, fit.squares.coefficients[0], fit.squares.standardError(0), fit))
        (outcome.reverse, outcome.isLessAfterPain) = reverse(fit)
      }
    }
    if let fit = model.fit(yesterdayOnly: true) {
      outcome.isEnough = true
      if fit.squares.keptSquares[1] >= guardSquares { outcome.questions.append(nextDay(fit)) }
    }
    return outcome
  }

  /// The whole of what the next day's pain goes with: x(d−1) itself, and what its effect on its own
  /// day carries over. Without that, a same-day effect would leave −φ times itself here.
  private func nextDay(_ fit: LinkModel.Fit) -> LinkAnswer.Question {
    let b = fit.squares.coefficients
    let carry = asksSameDay ? min(0.95, max(0, b[2])) : 0
    let isClamped = carry != b[2]
    let gradient = [carry, 1, isClamped ? 0 : b[0]]
    var variance = 0.0
    for row in 0..<3 {
      for column in 0..<3 {
        variance += gradient[row] * gradient[column] * fit.squares.covariance(row, column)
      }
    }
    return question(lag: 1, b[1] + carry * b[0], variance.squareRoot(), fit)
  }

  private func question(lag: Int, _ points: Double, _ error: Double, _ fit: LinkModel.Fit)
    -> LinkAnswer.Question
  {
    let df = fit.squares.degreesOfFreedom
    let t = error > 0 ? points / error : points == 0 ? 0 : .infinity
    return LinkAnswer.Question(
      lag: lag, points: points, error: error, degreesOfFreedom: df, days: fit.days.count,
      p: studentTwoSidedTail(t, df: Double(df)))
  }

  private func reverse(_ fit: LinkModel.Fit) -> (Bool, isLess: Bool?) {
    let found: (coefficient: Double, standardError: Double, degreesOfFreedom: Int)
    if let own = fit.squares.fit(of: 0, coefficient: 2, allRows: fit.given) {
      found = own
    } else if let own = model.reverse() {
      found = (
        own.squares.coefficients[0], own.squares.standardError(0), own.squares.degreesOfFreedom
      )
    } else {
      return (false, nil)
    }
    let isLess = found.coefficient < 0
    guard found.standardError > 0 else { return (found.coefficient != 0, isLess) }
    let p = studentTwoSidedTail(
      found.coefficient / found.standardError, df: Double(found.degreesOfFreedom))
    return (p <= share, isLess)
  }
}

extension LinkAnswer {
  /// The answer of a diary: that of the last look passed.
  ///
  /// - Parameter logged: days with pain logged.
  init(_ diary: LinkDiary) {
    let logged = diary.pain.count { !$0.isNaN }
    guard logged > 0 else {
      self.init(.noData, logged: 0)
      return
    }
    guard let (look, seen) = diary.lastLook else {
      self.init(.tooEarly, logged: logged)
      return
    }
    self.init(.tooLittleVariation, logged: logged)
    hasSessions = seen.session.contains(1)
    self.look = look
    lookedOn = seen.first + (seen.pain.count - 1)
    daysLooked = seen.pain.count
    guard let exposure = seen.exposure else { return }
    self.exposure = exposure
    let share = LookPlan.links.share(look)
    let timing = seen.timing
    let outcome = LinkLook(seen, exposure, share: share, timing).outcome
    asked = outcome.questions.count
    reverse = outcome.reverse
    isLessAfterPain = outcome.isLessAfterPain
    guard outcome.isEnough else {
      code = .tooEarly
      return
    }
    guard let shown = outcome.questions.min(by: { $0.p < $1.p }) else { return }
    self.shown = shown
    direction = shown.lag == 1 || timing == .after ? .after : .unknown
    let own = share / Double(asked)
    interval = shown.interval(share: own)
    code = shown.code(share: own)
  }
}
