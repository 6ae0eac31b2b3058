import Analysis
import Records

extension PatientReport {
  /// What a reader should look at, in words, the gravest first.
  var attention: [String] {
    var lines = painAttention
    let adherence = findings.finding(AdherenceFinding.self)
    if let since = adherence?.continuity.daysSinceLast, since >= 7 {
      lines.append(words(.noSessionFor, String(since)))
    }
    if let finding = adherence, finding.program.doseCapped != nil {
      if finding.program.isLowConfidence {
        lines.append(words(.uncertain, Format.percent(finding.program.unknownShare ?? 0)))
      } else if finding.program.band == "poor" {
        lines.append(words[.lessThanModerate])
      }
      for entry in finding.components where entry.figures.band == "poor" {
        lines.append(
          words(
            .componentDose, sentences.title(of: entry.component),
            Format.percent(entry.figures.doseCapped ?? 0)))
      }
    }
    let flexibility = findings.finding(FlexibilityFinding.self)
    for measure in flexibility?.measures ?? []
    where measure.verdict == .worsened || measure.verdict == .detectableWorse {
      lines.append(words(.measureWorse, sentences.measureTitle(measure)))
    }
    return lines + sentences.sides(flexibility) + ruleLines
  }

  private var painAttention: [String] {
    guard let pain = findings.finding(PainFinding.self) else { return [] }
    var lines: [String] = []
    if let verdict = pain.verdict, let change = pain.change, change > 0, verdict.isImportant {
      lines.append(words(.painRose, Format.decimal(change)))
    }
    if let day = pain.recurrences.last { lines.append(words(.painCameBack, sentences.day(day))) }
    let flares = Set(pain.flares.map(\.day)).count
    if flares > 0 { lines.append(words(.flareDays, words.count(flares, .dayOfFlare))) }
    return lines
  }

  /// One line a rule that was broken, with how often.
  private var ruleLines: [String] {
    let found = findings.finding(RulesFinding.self)?.findings ?? []
    return ProgrammeRule.allCases.compactMap { rule in
      let count = found.count { $0.rule == rule }
      return count > 0 ? sentences.rule(rule, count) : nil
    }
  }

  /// What is missing, and how much it takes.
  var gaps: [String] {
    var lines: [String] = []
    let unknown = findings.period.count - findings.table.coveredDays
    if unknown > 0 {
      lines.append(words(.noRecord, words.count(unknown, .day), String(findings.period.count)))
    }
    if let pain = findings.finding(PainFinding.self), pain.change == nil {
      lines.append(words(.changeOfPain, sentences.reason(pain.changeAbsence)))
    }
    let associations = findings.finding(AssociationFinding.self)
    if let absence = associations?.absence {
      lines.append(words(.linksMissing, sentences.reason(absence)))
    } else if let pairs = associations?.pairs, pairs < 60 {
      lines.append(words[.weakLinks])
    }
    if refusedCount > 0 { lines.append(words(.refusedRows, words.count(refusedCount, .rowWas))) }
    return lines
  }
}

/// Why a patient should be called.
enum CallReason: Equatable, Sendable {
  case stoppedLogging(days: Int)
  case noSession(days: Int)
  case doseFell(from: Double, to: Double)
  case doseFalling
  case newFlare(Day)
  case painUp(Double)
  case refusedRows(Int)

  /// All reasons there are for a patient.
  ///
  /// - Parameter refused: refused rows that name the patient.
  static func all(_ findings: PatientFindings, refused: Int = 0) -> [CallReason] {
    let thresholds = findings.thresholds
    let adherence = findings.finding(AdherenceFinding.self)
    var reasons: [CallReason] = []
    let lastRecord = findings.table.lastRecord
    if let lastRecord, Double(findings.asOf - lastRecord) >= thresholds[.silentDays] {
      reasons.append(.stoppedLogging(days: findings.asOf - lastRecord))
    } else if let since = adherence?.continuity.daysSinceLast,
      Double(since) >= thresholds[.silentDays]
    {
      reasons.append(.noSession(days: since))
    }
    if let reason = falling(findings, adherence) { reasons.append(reason) }
    if let pain = findings.finding(PainFinding.self) {
      let week = Period(from: findings.period.to - 6, to: findings.period.to)
      if let flare = pain.flares.first(where: { week.contains($0.day) }) {
        reasons.append(.newFlare(flare.day))
      }
      if let change = pain.change, change > 0, pain.verdict?.isImportant == true {
        reasons.append(.painUp(change))
      }
    }
    if refused > 0 { reasons.append(.refusedRows(refused)) }
    return reasons
  }

  private static func falling(_ findings: PatientFindings, _ adherence: AdherenceFinding?)
    -> CallReason?
  {
    if let now = adherence?.program.doseCapped,
      let before = findings.finding(BeforeFinding.self)?.findings?.adherence.doseCapped,
      before - now >= findings.thresholds[.doseDrop] - 1e-9
    {
      return .doseFell(from: before, to: now)
    }
    return adherence?.continuity.trajectory == "falling" ? .doseFalling : nil
  }

  /// The reason in words.
  func text(_ words: Words) -> String {
    switch self {
    case .stoppedLogging(let days): words(.callStoppedLogging, String(days))
    case .noSession(let days): words(.callNoSession, String(days))
    case .doseFell(let from, let to):
      words(.callDoseFell, Format.percent(from), Format.percent(to))
    case .doseFalling: words[.callFalling]
    case .newFlare(let day): words(.callNewFlare, day.description)
    case .painUp(let points): words(.callPainUp, Format.decimal(points))
    case .refusedRows(let count): words(.callRefused, words.count(count, .rowWas))
    }
  }
}
