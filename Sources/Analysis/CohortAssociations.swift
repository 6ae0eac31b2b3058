import Columns
import Records
import Statistics

/// One person's part in the associations of a cohort: active minutes and pain of the same day.
public struct PersonSums: Sendable {
  /// Squares and products around the person's own means.
  let within: RepeatedMeasures.Person
  /// The person's means: minutes, pain.
  let means: (x: Double, y: Double)
  /// Independent days per day; nil when it cannot be told.
  let effectiveShare: Double?

  /// The sums of a patient's period; nil without days that have both, and for a diary on another
  /// scale than 0-10: scales are never mixed.
  public init?(_ findings: PatientFindings) {
    guard findings.table.pain?.isTenPointScale == true, let minutes = findings.table.exposures.first
    else { return nil }
    let pairs = findings.table.pairs(minutes, lag: 0)
    guard let meanX = mean(pairs.exposure), let meanY = mean(pairs.outcome) else { return nil }
    within = RepeatedMeasures.Person(pairs.exposure, pairs.outcome)
    means = (meanX, meanY)
    let test = findings.finding(AssociationFinding.self)?.tests.first {
      $0.exposure == minutes.name && $0.lag == 0
    }
    effectiveShare = test?.association.map { min(1, $0.effectiveN / Double($0.n)) }
  }
}

/// How pain goes with active minutes in a cohort: within people, and between them, which may
/// differ.
///
/// Within: repeated-measures correlation (Bakdash and Marusich 2017), its interval widened by the
/// mean share of independent days. Between: Pearson's correlation of the persons' means, from 10
/// people on. Rows are never pooled across people.
public struct CohortAssociations: Sendable {
  /// People that the correlation between people takes.
  static let fewestPeople = 10

  /// A correlation with its interval.
  public struct Correlation: Sendable {
    /// -1 to 1.
    public let rho: Double
    /// At 95 %; nil with too few degrees of freedom.
    public let interval: (low: Double, high: Double)?
    /// Two-sided, of the widened correlation; nil likewise.
    public let p: Double?
    /// Days within people, people between them.
    public let n: Int
  }

  /// People with days that have both.
  public let people: Int
  /// Nil when nothing varies within people.
  public let within: Correlation?
  /// Nil below 10 people.
  public let between: Correlation?

  /// Puts people together, in their order. O(people).
  public init(_ people: [PersonSums]) {
    self.people = people.count
    let pooled = RepeatedMeasures(people.map(\.within))
    let shares = people.compactMap(\.effectiveShare)
    let share = mean(shares) ?? 1
    within = pooled.r.map { r in
      let freedom = Double(pooled.degreesOfFreedom) * share
      return Correlation(
        rho: r, interval: correlationInterval(r, factor: 1, freedom: freedom - 1),
        p: freedom > 0 ? correlationP(r, df: freedom) : nil, n: pooled.n)
    }
    let x = people.map(\.means.x)
    let y = people.map(\.means.y)
    between =
      people.count < CohortAssociations.fewestPeople
      ? nil
      : pearson(x, y).map { r in
        Correlation(
          rho: r, interval: correlationInterval(r, factor: 1, freedom: Double(people.count - 3)),
          p: correlationP(r, df: Double(people.count - 2)), n: people.count)
      }
  }

  /// Whether people with more exercise have more pain while days with more exercise have less, or
  /// the other way round, both beyond chance; nil when either is absent.
  public var signConflict: Bool? {
    guard let within, let between else { return nil }
    let isBeyondChance = [within, between].allSatisfy { ($0.p ?? 1) < 0.05 }
    return isBeyondChance && (within.rho < 0) != (between.rho < 0)
  }

  /// Both correlations with their reasons when absent.
  public var figures: Figure {
    let few = Absence(.tooEarly, have: people, need: CohortAssociations.fewestPeople)
    let still: Absence = people == 0 ? Absence(.noData) : Absence(.tooLittleVariation)
    let noBetween = people < CohortAssociations.fewestPeople ? few : still
    return .record([
      ("within", within.map(figure) ?? .absent(still)),
      ("between", between.map(figure) ?? .absent(noBetween)),
      (
        "sign_conflict",
        signConflict.map(Figure.flag) ?? .absent(within == nil ? still : noBetween)
      ),
    ])
  }

  private func figure(_ correlation: Correlation) -> Figure {
    let why = Absence(.lowEffectiveN)
    return .record([
      ("exposure", .text("active_minutes")), ("outcome", .text("pain")), ("lag_days", .count(0)),
      ("n", .count(correlation.n)), ("people", .count(people)), ("rho", .number(correlation.rho)),
      (
        "interval",
        correlation.interval.map { .list([.number($0.low), .number($0.high)]) } ?? .absent(why)
      ), ("p", Figure(correlation.p, else: why)),
    ])
  }
}
