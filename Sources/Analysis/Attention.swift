import Columns
import Records

/// Something that a reader of a report should look at.
public enum Attention: Sendable {
  /// Pain rose by so many points, a clinically important change.
  case painRose(Double)
  /// Pain came back after 30 pain-free days.
  case painCameBack(Day)
  /// So many days with a flare.
  case flareDays(Int)
  /// So many days without a session.
  case noSession(days: Int)
  /// So large a share of the days holds no record.
  case uncertain(share: Double)
  /// The dose of the programme is below the band of moderate adherence.
  case lowDose
  /// That of a component is.
  case lowComponentDose(Component, Double)
  /// A test got worse by more than its error.
  case measureWorse(FlexibilityFinding.Measure)
  /// Left and right differ by more than a test's error.
  case sidesDiffer(FlexibilityFinding.Measure, by: Double)
  /// A rule of the programme was not kept so often.
  case rule(ProgrammeRule, Int)
}

/// What is missing for an answer.
public enum Gap: Sendable {
  /// So many days of a period hold no record.
  case noRecord(days: Int, of: Int)
  /// There is no change of pain, and why.
  case changeOfPain(Absence)
  /// There is no answer about links, and why.
  case links(Absence)
  /// So many rows of the files were refused.
  case refused(Int)
}

extension PatientFindings {
  /// Days without a session from which on a reader should know of them.
  private static let idleDays = 7

  /// What a reader should look at, the gravest first.
  public func attention(_ answers: Answers) -> [Attention] {
    painAttention(answers.pain) + adherenceAttention + flexibilityAttention + ruleAttention
  }

  private func painAttention(_ answer: PainAnswer) -> [Attention] {
    guard let pain = finding(PainFinding.self) else { return [] }
    var found: [Attention] = []
    if answer.code == .more, let change = answer.change { found.append(.painRose(change.points)) }
    if let day = pain.recurrences.last { found.append(.painCameBack(day)) }
    let flares = Set(pain.flares.map(\.day)).count
    if flares > 0 { found.append(.flareDays(flares)) }
    return found
  }

  private var adherenceAttention: [Attention] {
    guard let adherence = finding(AdherenceFinding.self) else { return [] }
    var found: [Attention] = []
    if let since = adherence.continuity.daysSinceLast, since >= PatientFindings.idleDays {
      found.append(.noSession(days: since))
    }
    guard adherence.program.doseCapped != nil else { return found }
    if adherence.program.isLowConfidence {
      found.append(.uncertain(share: adherence.program.unknownShare ?? 0))
    } else if adherence.program.band == "poor" {
      found.append(.lowDose)
    }
    for entry in adherence.components where entry.figures.band == "poor" {
      found.append(.lowComponentDose(entry.component, entry.figures.doseCapped ?? 0))
    }
    return found
  }

  private var flexibilityAttention: [Attention] {
    guard let flexibility = finding(FlexibilityFinding.self) else { return [] }
    return flexibility.worse.map(Attention.measureWorse)
      + flexibility.measures.compactMap { measure in
        guard measure.side == .left, let difference = measure.sideDifference,
          let error = measure.threshold?.value, abs(difference) > error
        else { return nil }
        return .sidesDiffer(measure, by: abs(difference))
      }
  }

  private var ruleAttention: [Attention] {
    let found = finding(RulesFinding.self)?.findings ?? []
    return ProgrammeRule.allCases.compactMap { rule in
      let count = found.count { $0.rule == rule }
      return count > 0 ? .rule(rule, count) : nil
    }
  }

  /// What is missing.
  ///
  /// - Parameters:
  ///   - answers: those of the report.
  ///   - refused: refused rows of the files that the patient's rows come from.
  public func gaps(_ answers: Answers, refused: Int) -> [Gap] {
    var gaps: [Gap] = []
    let unknown = period.count - table.coveredDays
    if unknown > 0 { gaps.append(.noRecord(days: unknown, of: period.count)) }
    if let absence = answers.pain.absence { gaps.append(.changeOfPain(absence)) }
    // Without any session the answer itself says what is missing.
    if let absence = answers.links.absence, answers.links.look == nil || answers.links.hasSessions {
      gaps.append(.links(absence))
    }
    if refused > 0 { gaps.append(.refused(refused)) }
    return gaps
  }
}
