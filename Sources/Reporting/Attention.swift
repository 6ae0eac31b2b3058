import Analysis
import Records

/// What a reader should look at, in words, the gravest first.
func attention(_ findings: PatientFindings) -> [String] {
  var lines: [String] = []
  if let pain = findings.finding(PainFinding.self), let verdict = pain.verdict,
    let change = pain.change, change > 0, verdict.isImportant
  {
    lines.append("Pain rose by \(Format.decimal(change)) points, a clinically important change.")
  }
  if let pain = findings.finding(PainFinding.self) {
    if let day = pain.recurrences.last {
      lines.append("Pain came back on \(Format.day(day)) after 30 pain-free days.")
    }
    let flares = Set(pain.flares.map(\.day)).count
    if flares > 0 {
      lines.append(
        "\(Format.count(flares, "day", "days")) of flare, 2 points above the usual level "
          + "or called a flare.")
    }
  }
  let adherence = findings.finding(AdherenceFinding.self)
  if let since = adherence?.continuity.daysSinceLast, since >= 7 {
    lines.append("No session was logged for \(since) days.")
  }
  if let finding = adherence, finding.program.doseCapped != nil {
    if finding.program.isLowConfidence {
      let share = Format.percent(finding.program.unknownShare ?? 0)
      lines.append("\(share) of the days hold no record: adherence is uncertain.")
    } else if finding.program.band == "poor" {
      lines.append("Less than 70 % of the prescribed dose was done.")
    }
    for entry in finding.components where entry.figures.band == "poor" {
      let share = Format.percent(entry.figures.doseCapped ?? 0)
      lines.append("\(title(of: entry.component)): \(share) of the prescribed dose.")
    }
  }
  for measure in findings.finding(FlexibilityFinding.self)?.measures ?? []
  where measure.verdict == .worsened || measure.verdict == .detectableWorse {
    lines.append("\(measureTitle(measure)) got worse by more than measurement error.")
  }
  return lines + Sentences.sides(findings.finding(FlexibilityFinding.self)) + ruleLines(findings)
}

/// One line a rule that was broken, with how often.
private func ruleLines(_ findings: PatientFindings) -> [String] {
  let found = findings.finding(RulesFinding.self)?.findings ?? []
  return ProgrammeRule.allCases.compactMap { rule in
    let count = found.count { $0.rule == rule }
    guard count > 0, let words = Sentences.rule(rule, count) else { return nil }
    return words
  }
}

/// Why a patient should be called, in words.
func callReasons(_ findings: PatientFindings) -> [String] {
  let thresholds = findings.thresholds
  let adherence = findings.finding(AdherenceFinding.self)
  var reasons: [String] = []
  let lastRecord = findings.table.daily.flatMap { daily in
    daily.isCovered.lastIndex(of: true).map { daily.first + $0 }
  }
  if let lastRecord, Double(findings.asOf - lastRecord) >= thresholds[.silentDays] {
    reasons.append("stopped logging: no record for \(findings.asOf - lastRecord) days")
  } else if let since = adherence?.continuity.daysSinceLast,
    Double(since) >= thresholds[.silentDays]
  {
    reasons.append("no session for \(since) days")
  }
  if let reason = fallingDose(findings, adherence) { reasons.append(reason) }
  if let pain = findings.finding(PainFinding.self) {
    let week = Period(from: findings.period.to - 6, to: findings.period.to)
    if let flare = pain.flares.first(where: { week.contains($0.day) }) {
      reasons.append("new flare on \(flare.day)")
    }
    if let change = pain.change, change > 0, pain.verdict?.isImportant == true {
      reasons.append("pain up by \(Format.decimal(change)) points")
    }
  }
  return reasons
}

private func fallingDose(_ findings: PatientFindings, _ adherence: AdherenceFinding?) -> String? {
  if let now = adherence?.program.doseCapped,
    let before = findings.finding(BeforeFinding.self)?.findings?.adherence.doseCapped,
    before - now >= findings.thresholds[.doseDrop] - 1e-9
  {
    return "adherence fell from \(Format.percent(before)) to \(Format.percent(now))"
  }
  return adherence?.continuity.trajectory == "falling" ? "adherence falling week by week" : nil
}

/// What is missing, and how much it takes.
func gaps(_ findings: PatientFindings, refused: Int) -> [String] {
  var lines: [String] = []
  let unknown = findings.period.count - findings.table.coveredDays
  if unknown > 0 {
    lines.append(
      "\(Format.count(unknown, "day", "days")) of \(findings.period.count) without any record.")
  }
  if let pain = findings.finding(PainFinding.self), pain.change == nil {
    lines.append("Change of pain: \(Sentences.reason(pain.changeAbsence)).")
  }
  if let absence = findings.finding(AssociationFinding.self)?.absence {
    lines.append("What goes with what: \(Sentences.reason(absence)).")
  } else if let pairs = findings.finding(AssociationFinding.self)?.pairs, pairs < 60 {
    lines.append(
      "What goes with what: below 60 days links weaker than about 0.5 are usually missed.")
  }
  if refused > 0 {
    let rows = Format.count(refused, "row was", "rows were")
    lines.append("\(rows) refused in these files; `lumbar rejections` lists them.")
  }
  return lines
}

/// A component's name for people.
func title(of component: Component) -> String {
  let word = component.word.replacing("-", with: " ")
  return word.prefix(1).uppercased() + word.dropFirst()
}

func measureTitle(_ measure: FlexibilityFinding.Measure) -> String {
  measure.title + (measure.side.map { ", \($0.word)" } ?? "")
}
