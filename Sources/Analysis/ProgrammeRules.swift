import Columns
import Records

/// A rule of the exercise programme that is watched, never prescribed.
public enum ProgrammeRule: String, CaseIterable, Sendable {
  /// A stretch, strengthening or inversion before any warm-up, or without one.
  case warmUpFirst = "warm-up-first"
  /// A session of several exercises that did not end with a cool-down.
  case coolDownLast = "cool-down-last"
  /// A week with clearly more load than the four before.
  case goSlowly = "go-slowly"
  /// Too much more pain over an exercise, or too much after it.
  case painCeiling = "pain-ceiling"
  /// Inversion much steeper or longer than the time before.
  case inversionRamp = "inversion-ramp"
  /// Days in bed, a finding a week.
  case bedRest = "bed-rest"
  /// 30 pain-free days: the programme goes on as maintenance.
  case maintenance
}

/// One dated finding of a rule.
public struct RuleFinding: Equatable, Sendable {
  /// The day it is about; of a week its first day, of days in bed the first one.
  public let day: Day
  /// The rule that speaks.
  public let rule: ProgrammeRule
  /// The source's own name of the session, or its start; nil for rules of days and weeks.
  public let session: String?
  /// What was found.
  public let detail: RuleDetail
}

/// The rules of the programme: warm up first, cool down last, go slowly, mind the pain, invert step
/// by step, move instead of resting in bed, carry on when pain-free.
public struct RuleAnalysis: Analysis {
  /// The analysis has no settings.
  public init() {}

  /// All findings of the period, by day, then rule; none for who has no programme.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> RulesFinding {
    guard !table.programme.exercises.isEmpty else { return RulesFinding(findings: []) }
    var found: [RuleFinding] = []
    var inversion: Inversion?
    for (session, day) in table.sessions.days.enumerated() {
      let performed = table.sessions.rows(of: session).filter { table.log.sets[$0].isPerformed }
      guard day <= table.period.to, !performed.isEmpty else { continue }
      let sets = performed.map { table.log.sets[$0] }
      let next = Inversion(sets)
      if table.period.contains(day) {
        let details: [(ProgrammeRule, RuleDetail?)] = [
          (.warmUpFirst, warmUpFirst(sets)), (.coolDownLast, coolDownLast(sets)),
          (.painCeiling, painCeiling(sets, thresholds)),
          (.inversionRamp, next.flatMap { next in inversion?.ramp(to: next, thresholds) }),
        ]
        for case (let rule, let detail?) in details {
          let name = RuleAnalysis.name(of: sets, in: table.log)
          found.append(RuleFinding(day: day, rule: rule, session: name, detail: detail))
        }
      }
      inversion = next ?? inversion
    }
    found += goSlowly(table, thresholds) + bedRest(table) + maintenance(table, thresholds)
    let order = ProgrammeRule.allCases
    return RulesFinding(
      findings: found.enumerated().sorted { left, right in
        let ranks = [left, right].map { order.firstIndex(of: $0.element.rule) ?? 0 }
        return (left.element.day, ranks[0], left.offset)
          < (right.element.day, ranks[1], right.offset)
      }.map(\.element))
  }

  private static func name(of sets: [ExerciseSet], in log: PatientLog) -> String? {
    if let session = sets.first?.session { return log.names[session] }
    return sets.compactMap { set in set.started.clock.map { "\(set.started.day)T\($0)" } }.min()
  }

  /// Components that want warm muscles.
  private static let demanding: Set<Component> = [
    .backStretch, .gluteStretch, .hamstringStretch, .strengthening, .inversion,
  ]

  private func warmUpFirst(_ sets: [ExerciseSet]) -> RuleDetail? {
    guard
      let hard = sets.firstIndex(where: { RuleAnalysis.demanding.contains($0.component ?? .other) })
    else { return nil }
    guard let warm = sets.firstIndex(where: { $0.component == .warmUp }) else {
      return .noWarmUp
    }
    return warm < hard ? nil : .beforeWarmUp(sets[hard].component ?? .other)
  }

  private func coolDownLast(_ sets: [ExerciseSet]) -> RuleDetail? {
    guard sets.count >= 2, let last = sets.last, last.component != .coolDown else { return nil }
    return sets.contains { $0.component == .coolDown }
      ? .afterCoolDown(last.component ?? .other) : .noCoolDown
  }

  /// One finding a session, of the row with the most pain.
  private func painCeiling(_ sets: [ExerciseSet], _ thresholds: Thresholds) -> RuleDetail? {
    let broken = sets.filter { set in
      guard let after = set.painAfter else { return false }
      let rise = set.painBefore.map { after - $0 } ?? 0
      return rise >= thresholds[.ceilingRise] - 1e-9 || after > thresholds[.ceilingLevel] + 1e-9
    }
    guard let worst = broken.max(by: { ($0.painAfter ?? 0) < ($1.painAfter ?? 0) }),
      let after = worst.painAfter
    else { return nil }
    return .pain(from: worst.painBefore, to: after)
  }

  /// What an inversion session held.
  private struct Inversion {
    var angle: Double?
    var minutes: Double?

    init?(_ sets: [ExerciseSet]) {
      let own = sets.filter { $0.component == .inversion }
      guard !own.isEmpty else { return nil }
      angle = own.compactMap(\.angleDegrees).max()
      let tenths = own.compactMap(\.activeTenths)
      minutes = tenths.isEmpty ? nil : Double(tenths.reduce(0, +)) / 10
    }

    func ramp(to next: Inversion, _ thresholds: Thresholds) -> RuleDetail? {
      if let angle, let steeper = next.angle, steeper - angle > thresholds[.inversionStep] + 1e-9 {
        return .angle(from: angle, to: steeper)
      }
      if let minutes, let longer = next.minutes, minutes > 0,
        longer >= thresholds[.inversionMinutes] * minutes - 1e-9
      {
        return .minutes(from: minutes, to: longer)
      }
      return nil
    }
  }

  /// Whole weeks that end in the period, each against the mean of the four before it, which must
  /// all have been logged.
  private func goSlowly(_ table: PatientTable, _ thresholds: Thresholds) -> [RuleFinding] {
    guard let daily = table.daily else { return [] }
    // Only the weeks of the period and the four before them are looked at.
    let first = table.period.from.monday - 28
    var loads = [Load](
      repeating: Load(), count: (table.period.to.monday - first) / 7 + 1)
    for set in table.log.sets where set.isPerformed {
      let week = set.started.day - first
      guard week >= 0, set.started.day <= table.period.to, let tenths = set.activeTenths else {
        continue
      }
      loads[week / 7].minutes += Double(tenths) / 10
      loads[week / 7].rated += Double(tenths) / 10 * (set.rpe ?? 0)
      if set.rpe == nil { loads[week / 7].isRated = false }
      loads[week / 7].rows += 1
    }
    return AdherenceAnalysis.mondays(of: table.period).compactMap { monday in
      guard monday + 6 <= table.period.to else { return nil }
      let weeks = (0...4).map { monday - $0 * 7 }
      let isLogged = weeks.allSatisfy { week in (0..<7).contains { daily.covers(week + $0) } }
      guard isLogged else { return nil }
      let five = weeks.map { loads[($0 - first) / 7] }
      let isRated = five.allSatisfy(\.isRated) && five.contains { $0.rows > 0 }
      let sums = five.map { isRated ? $0.rated : $0.minutes }
      let before = sums.dropFirst().reduce(0, +) / 4
      let now = sums[0]
      guard before > 0, now > thresholds[.loadRise] * before + 1e-9 else { return nil }
      return RuleFinding(
        day: max(monday, table.period.from), rule: .goSlowly, session: nil,
        detail: .load(now: now, before: before, isRated: isRated))
    }
  }

  /// The load of a week, counted both ways.
  private struct Load {
    var minutes = 0.0
    var rated = 0.0
    var isRated = true
    var rows = 0
  }

  private func bedRest(_ table: PatientTable) -> [RuleFinding] {
    let days = table.period.days.filter { day in
      table.daily?.index(of: day).map { table.daily?.status[$0] == .bedRest } ?? false
    }
    let weeks = Dictionary(grouping: days, by: \.monday)
    return weeks.sorted { $0.key < $1.key }.compactMap { _, days in
      days.min().map {
        RuleFinding(
          day: $0, rule: .bedRest, session: nil,
          detail: .daysInBed(days.count))
      }
    }
  }

  private func maintenance(_ table: PatientTable, _ thresholds: Thresholds) -> [RuleFinding] {
    guard let series = table.pain else { return [] }
    let events = PainEvents(series, log: table.log, to: table.period.to, by: thresholds)
    return events.recoveries.filter(table.period.contains).map {
      RuleFinding(
        day: $0, rule: .maintenance, session: nil,
        detail: .painFreeDays(thresholds[.painFreeRun]))
    }
  }
}

/// What the rules of the programme say of a period.
public struct RulesFinding: Finding {
  /// Its section in the JSON report.
  public static let key = "rules"

  /// By day, then rule.
  public let findings: [RuleFinding]

  /// The findings of each rule that has any, in the order of the rules.
  public var byRule: [[RuleFinding]] {
    ProgrammeRule.allCases.map { rule in findings.filter { $0.rule == rule } }
      .filter { !$0.isEmpty }
  }

  /// One record a finding.
  public var figures: Figure {
    .list(
      findings.map { finding in
        .record([
          ("date", .text(finding.day.description)), ("rule", .text(finding.rule.rawValue)),
          ("session", finding.session.map(Figure.text) ?? .none),
          ("detail", .detail(finding.detail)),
        ])
      })
  }
}
