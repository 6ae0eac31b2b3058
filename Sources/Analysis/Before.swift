import Columns
import Records
import Statistics

/// The period against the one before, and pain around changes of the programme.
public struct BeforeAnalysis: Analysis {
  /// Days that a change of the programme needs on either side.
  static let side = 14

  private let scope: AnalysisScope

  /// - Parameter scope: the main figures are those of the period before, without changes of the
  ///   programme.
  public init(_ scope: AnalysisScope = .report) { self.scope = scope }

  /// The first day of the period before, or of the days before a change of the programme.
  public func firstDay(of period: Period) -> Day? {
    period.from - max(period.count, scope == .report ? BeforeAnalysis.side : 0)
  }

  /// Main figures of as many days before the period; absent when nothing was logged in them.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> BeforeFinding {
    let changes = scope == .report ? programmeChanges(table) : []
    let period = Period(
      from: table.period.from - table.period.count, to: table.period.from - 1)
    guard let first = table.daily?.firstRecord, first <= period.to else {
      return BeforeFinding(period: period, findings: nil, changes: changes)
    }
    let before = PatientTable(table, earlier: period)
    guard before.coveredDays > 0 else {
      return BeforeFinding(period: period, findings: nil, changes: changes)
    }
    let adherence = AdherenceAnalysis().program(in: before, by: thresholds)
    let pain = before.pain.map { $0.values(from: period.from, to: period.to) }
    let sessions = period.days.reduce(0) { sum, day in
      sum + (before.daily.flatMap { daily in daily.index(of: day).map { daily.sessions[$0] } } ?? 0)
    }
    return BeforeFinding(
      period: period,
      findings: .init(
        covered: before.coveredDays, sessions: sessions, adherence: adherence,
        painMean: pain.flatMap { mean($0) }, painDays: pain?.count ?? 0),
      changes: changes)
  }

  /// Days of the period on which a line of the programme began or had ended, with what the pain did
  /// around them: a line with a break of level and slope, rough because much else changes too.
  private func programmeChanges(_ table: PatientTable) -> [BeforeFinding.ProgrammeChange] {
    guard let pain = table.pain, let first = table.daily?.firstRecord else { return [] }
    let days = Set(
      table.log.program.compactMap(\.startOn)
        + table.log.program.compactMap { $0.endOn.map { $0 + 1 } }
    ).filter { table.period.contains($0) && $0 > first }.sorted()
    return days.map { day in
      let from = day - BeforeAnalysis.side
      let to = min(day + (BeforeAnalysis.side - 1), table.asOf)
      let inside = zip(pain.days, pain.values).filter { $0.0 >= from && $0.0 <= to }
      let before = inside.count { $0.0 < day }
      let need = BeforeAnalysis.side
      let isEnough = before >= need && inside.count - before >= need
      let line =
        isEnough
        ? SegmentedLine(
          days: inside.map { Double($0.0.number) }, values: inside.map(\.1),
          change: Double(day.number)) : nil
      return BeforeFinding.ProgrammeChange(
        day: day, before: before, after: inside.count - before,
        level: line?.fit.coefficients[2], slopePerWeek: line.map { $0.fit.coefficients[3] * 7 },
        absence: isEnough
          ? Absence(.constant)
          : Absence(.tooEarly, have: min(before, inside.count - before), need: need))
    }
  }
}

/// What was before.
public struct BeforeFinding: Finding {
  /// Its section in the JSON report.
  public static let key = "before"

  /// Main figures of the period before.
  public struct Main: Sendable {
    /// Days with any record.
    public let covered: Int
    /// Sessions held.
    public let sessions: Int
    /// The programme's figures.
    public let adherence: AdherenceFigures
    /// Mean of the day values of the headline series; nil without any.
    public let painMean: Double?
    /// Days with a value.
    public let painDays: Int
  }

  /// One change of the programme.
  public struct ProgrammeChange: Sendable {
    /// The first day of the new programme.
    public let day: Day
    /// Pain days in the 14 days before and after.
    public let before: Int
    /// Pain days in the 14 days from the change on.
    public let after: Int
    /// Change of level on the day, in points; nil with fewer than 14 days on a side.
    public let level: Double?
    /// Change of slope, in points a week; nil likewise.
    public let slopePerWeek: Double?
    /// Why they are absent.
    let absence: Absence
  }

  /// As many days as the period, right before it.
  public let period: Period
  /// Nil when nothing was logged in them.
  public let findings: Main?
  /// In the order of days.
  public let changes: [ProgrammeChange]

  /// The main figures, with `programme_changes`.
  public var figures: Figure {
    guard let findings else { return .absent(Absence(.noData)) }
    return .record([
      (
        "period",
        .record([("from", .text(period.from.description)), ("to", .text(period.to.description))])
      ),
      ("days_covered", .count(findings.covered)), ("sessions", .count(findings.sessions)),
      ("adherence", .record([("program", .record(findings.adherence.members))])),
      (
        "pain",
        .record([
          ("days", .count(findings.painDays)),
          ("mean", Figure(findings.painMean, else: Absence(.noData))),
        ])
      ), ("programme_changes", .list(changes.map(figure))),
    ])
  }

  private func figure(_ change: ProgrammeChange) -> Figure {
    .record([
      ("date", .text(change.day.description)), ("days_before", .count(change.before)),
      ("days_after", .count(change.after)),
      ("level", Figure(change.level, else: change.absence)),
      ("slope_per_week", Figure(change.slopePerWeek, else: change.absence)),
      ("rough", .flag(true)),
    ])
  }
}
