import Columns
import Records
import Statistics

/// What went before flares more often than before other days of the same person.
///
/// Case-crossover: the exposure of the three days before a flare that follows three flare-free
/// days, against that before control days of the same person at least 7 days from any flare;
/// conditional logistic regression. Sources: Costa 2021; Suri 2018.
public struct FlareTrigger: Sendable {
  /// `session`, `bed_rest`, or `active_minutes` (a day, per 10 minutes).
  public let exposure: String
  /// Odds of a flare with the exposure against without it.
  public let oddsRatio: Double
  /// The 95 % interval of the odds ratio.
  public let interval: (low: Double, high: Double)
  /// Flares that could be compared.
  public let flares: Int
  /// Two-sided, of this exposure alone, by Wald.
  public let p: Double
  /// The same for all exposures that were asked about, by Benjamini and Hochberg.
  public internal(set) var adjustedP: Double?
}

enum FlareTriggers {
  static let fewestFlares = 10
  /// Days before a flare that are looked at.
  static let reach = 3
  static let controlDistance: Int32 = 7

  /// The triggers of a period, or why none are given.
  static func find(_ events: PainEvents, in table: PatientTable) -> Result<[FlareTrigger], Refused>
  {
    let defined = Set(events.days(of: .painDefined))
    let all = events.flares.map(\.day)
    let cases = defined.sorted().filter { day in
      table.period.contains(day) && (1...reach).allSatisfy { !defined.contains(day - $0) }
    }
    guard cases.count >= fewestFlares, let pain = table.pain else {
      return .failure(
        Refused(absence: Absence(.tooFewFlares, have: cases.count, need: fewestFlares)))
    }
    let controls = pain.days.filter { day in
      table.period.contains(day) && !all.contains { abs($0.number - day.number) < controlDistance }
    }
    var triggers = table.exposures.compactMap { exposure -> FlareTrigger? in
      let members = (cases.map { ($0, true) } + controls.map { ($0, false) }).compactMap {
        day, isCase in
        before(day, exposure, in: table).map { (isCase: isCase, amount: $0) }
      }
      let set = MatchedSet(isCase: members.map(\.isCase), exposure: members.map(\.amount))
      guard members.count(where: \.isCase) >= fewestFlares, let fit = ConditionalLogistic([set])
      else { return nil }
      return FlareTrigger(
        exposure: exposure.name, oddsRatio: fit.oddsRatio, interval: fit.interval,
        flares: fit.cases, p: fit.p)
    }
    let adjusted = benjaminiHochberg(triggers.map(\.p))
    for index in triggers.indices { triggers[index].adjustedP = adjusted[index] }
    return .success(triggers)
  }

  struct Refused: Error { var absence: Absence }

  /// The exposure before a day: of a state whether any of the days had it, of an amount the mean a
  /// day in tens; nil where unknown days leave it open.
  private static func before(_ day: Day, _ exposure: Exposure, in table: PatientTable) -> Double? {
    let values = (1...reach).map { back in
      table.daily?.index(of: day - back).flatMap { exposure.values[$0] }
    }
    if exposure.isYesNo, values.contains(1) { return 1 }
    let known = values.compactMap { $0 }
    guard known.count == reach else { return nil }
    return exposure.isYesNo ? 0 : known.reduce(0, +) / Double(reach) / 10
  }
}
