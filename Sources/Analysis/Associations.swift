import Columns
import Records
import Statistics

/// What goes with what: pain against exercise, by the diary association with all its guardrails.
public struct AssociationAnalysis: Analysis {
  /// Days from the exposure to the pain.
  static let lags = 0...3
  /// Paired days from which on components are asked about one by one.
  static let manyDays = 60

  /// The analysis has no settings.
  public init() {}

  /// The day of the longest lag before the period. What was done earlier only tells which
  /// components there are, and one that is not done within these days has no answer.
  public func firstDay(of period: Period) -> Day? {
    period.from - AssociationAnalysis.lags.upperBound
  }

  /// The family of questions of a patient's period, adjusted together.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> AssociationFinding {
    guard table.pain != nil, table.daily != nil else { return AssociationFinding(pairs: 0) }
    var exposures = table.exposures
    let minutes = exposures[0]
    let pairs = table.pairs(minutes, lag: 0).days.count
    if pairs >= AssociationAnalysis.manyDays { exposures += table.componentExposures }
    var tests = exposures.flatMap { exposure in
      AssociationAnalysis.lags.map { lag in
        AssociationFinding.Test(
          exposure: exposure.name, outcome: "pain", lag: lag, isYesNo: exposure.isYesNo,
          pairs: table.pairs(exposure, lag: lag))
      }
    }
    tests.append(
      AssociationFinding.Test(
        exposure: "pain", outcome: minutes.name, lag: 1, isYesNo: false,
        pairs: table.reversePairs(minutes)))
    let adjusted = benjaminiHochberg(tests.map { $0.isInFamily ? $0.p : nil })
    for index in tests.indices { tests[index].adjust(adjusted[index]) }
    return AssociationFinding(pairs: pairs, tests: tests)
  }

  /// The diary association; a parabola in time is taken out from 60 pairs on.
  static func association(_ pairs: PairedDays) -> DiaryAssociation? {
    DiaryAssociation(
      days: pairs.days, x: pairs.exposure, y: pairs.outcome,
      q: pairs.days.count >= Guardrails.manyPairs ? 2 : 1)
  }
}

/// The size of a link in points of pain.
public struct Contrast: Sendable {
  /// `shift` between days with and without, or `slope_per_10_min`.
  public let kind: String
  /// Points on the 0-10 scale; negative is less pain.
  public let points: Double
  /// The 95 % interval, widened by √(n ÷ n_eff).
  public let interval: (low: Double, high: Double)
  /// Days with the exposure.
  public let with: Int
  /// Days without the exposure.
  public let without: Int
  /// Cliff's delta of pain on days with against days without; nil when either is missing.
  public let cliffsDelta: Double?
}

/// Associations of a patient's pain and exercise.
public struct AssociationFinding: Finding {
  /// Its section in the JSON report.
  public static let key = "associations"

  /// One question: does the outcome go with the exposure some days before?
  public struct Test: Sendable {
    /// What comes first: an exposure's name, or `pain` in the reverse question.
    public let exposure: String
    /// What comes `lag` days later.
    public let outcome: String
    /// Days from the exposure to the outcome.
    public let lag: Int
    /// Paired days.
    public let n: Int
    /// Why nothing is said, nil when something is.
    public let refusal: Absence?
    /// The estimate; nil when refused.
    public let association: DiaryAssociation?
    /// The size in points; nil when refused.
    public let contrast: Contrast?
    /// The p of the family; nil when refused or of too few independent days.
    public private(set) var adjustedP: Double?
    init(exposure: String, outcome: String, lag: Int, isYesNo: Bool, pairs: PairedDays) {
      self.exposure = exposure
      self.outcome = outcome
      self.lag = lag
      n = pairs.days.count
      let refusal = Guardrails.refusal(
        days: pairs.days, pairs.exposure, pairs.outcome, isYesNo: isYesNo)
      let association = refusal == nil ? AssociationAnalysis.association(pairs) : nil
      self.association = association
      self.refusal = refusal ?? (association == nil ? Absence(.constant) : nil)
      contrast = association.flatMap { outcome == "pain" ? Contrast(pairs, isYesNo, $0) : nil }
    }

    /// The two-sided p of the question alone. For |r| = 1 it is the share of orders that reach it,
    /// 2/n!, and not 0.
    public var p: Double? {
      association.map { $0.p ?? perfectOrderP(n) }
    }

    /// Whether it counts among the questions asked.
    var isInFamily: Bool {
      association.map { $0.effectiveN >= Guardrails.fewestEffective } ?? false
    }

    mutating func adjust(_ p: Double?) { adjustedP = p }
  }

  /// Days of the period with both a pain value and known active minutes.
  public let pairs: Int
  /// Every question asked, refused ones too.
  public let tests: [Test]

  init(pairs: Int, tests: [Test] = []) {
    self.pairs = pairs
    self.tests = tests
  }

  /// How many questions the p-values are adjusted for.
  public var familySize: Int { tests.count { $0.isInFamily } }

  /// Why there is no answer at all, nil when at least one question has one.
  public var absence: Absence? {
    if pairs == 0 { return Absence(.noData) }
    if pairs < Guardrails.fewestPairs {
      return Absence(.tooEarly, have: pairs, need: Guardrails.fewestPairs)
    }
    return tests.contains { $0.association != nil } ? nil : tests.first?.refusal
  }

  /// The family with its size; each absent figure carries its reason.
  public var figures: Figure {
    if tests.isEmpty { return .absent(Absence(.noData)) }
    return .record([("m", .count(familySize)), ("tests", .list(tests.map(figure)))])
  }

  private func figure(_ test: Test) -> Figure {
    let why = test.refusal ?? Absence(.constant)
    let fewDays = test.association.map {
      Absence(.lowEffectiveN, have: Int($0.effectiveN), need: Int(Guardrails.fewestEffective))
    }
    let lowN = test.isInFamily ? why : fewDays ?? why
    return .record([
      ("exposure", .text(test.exposure)), ("outcome", .text(test.outcome)),
      ("lag_days", .count(test.lag)), ("n", .count(test.n)),
      ("rho", Figure(test.association?.r, else: why)),
      ("interval", interval(test.association?.interval, else: fewDays ?? why)),
      ("n_effective", Figure(test.association?.effectiveN, else: why)),
      ("p", Figure(test.p, else: why)),
      ("p_adjusted", Figure(test.adjustedP, else: lowN)),
      ("contrast", test.contrast?.figure ?? (test.outcome == "pain" ? .absent(why) : .none)),
    ])
  }

  private func interval(_ interval: (low: Double, high: Double)?, else why: Absence) -> Figure {
    interval.map { .list([.number($0.low), .number($0.high)]) } ?? .absent(why)
  }
}

extension Contrast {
  /// Its parts, with the keys of the JSON report.
  var figure: Figure {
    .record([
      ("kind", .text(kind)), ("points", .number(points)),
      ("interval", .list([.number(interval.low), .number(interval.high)])),
      ("n_with", .count(with)), ("n_without", .count(without)),
      ("cliffs_delta", cliffsDelta.map(Figure.number) ?? .none),
    ])
  }

  /// The size of a link: the Hodges-Lehmann shift between days with and without for a yes/no
  /// exposure, else Sen's slope of pain a ten minutes.
  init?(_ pairs: PairedDays, _ isYesNo: Bool, _ association: DiaryAssociation) {
    let days = zip(pairs.exposure, pairs.outcome)
    let yes = days.filter { $0.0 > 0 }.map(\.1)
    let no = days.filter { $0.0 <= 0 }.map(\.1)
    let groups = TwoSample(yes, no)
    (with, without) = (yes.count, no.count)
    cliffsDelta = groups?.cliffsDelta
    let widening = (Double(association.n) / association.effectiveN).squareRoot()
    if isYesNo, let groups {
      kind = "shift"
      points = groups.shift
      let bounds = groups.interval(widening: widening)
      interval = (bounds.low, bounds.high)
    } else {
      let slope = senInterval(pairs.exposure, pairs.outcome, widening: widening)
      guard let slope else { return nil }
      kind = "slope_per_10_min"
      points = slope.slope * 10
      interval = (slope.low * 10, slope.high * 10)
    }
  }
}
