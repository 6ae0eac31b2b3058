import Analysis
import Columns
import Records

/// The tables of one patient's report. Each output shows these and no figure of its own.
struct PatientTables {
  let findings: PatientFindings

  private var adherenceFinding: AdherenceFinding? { findings.finding(AdherenceFinding.self) }

  /// One row a component, the programme last.
  var adherence: Table {
    let columns = ["Component", "Dose", "Done of due", "All days", "Sessions", "Unknown", "Band"]
    func row(_ name: String, _ figures: AdherenceFigures) -> [Cell] {
      [
        .text(name), .percent(orAbsent: figures.doseCapped),
        .percent(orAbsent: figures.doseUncapped), .percent(orAbsent: figures.doseAllDays),
        .percent(orAbsent: figures.sessions), .percent(orAbsent: figures.unknownShare),
        .text(figures.isLowConfidence ? "low confidence" : figures.band ?? Format.absent),
      ]
    }
    var rows = (adherenceFinding?.components ?? []).map { row(title(of: $0.component), $0.figures) }
    if let program = adherenceFinding?.program, !rows.isEmpty {
      rows.append(row("Programme (without warm-up, cool-down)", program))
    }
    return Table("Adherence by component", columns, rows)
  }

  /// One row an exercise and side.
  var exercises: Table {
    Table(
      "Adherence by exercise",
      [
        "Exercise", "Side", "Component", "Dose", "All days", "Sessions", "Assumed doses",
        "Extra rows",
      ],
      (adherenceFinding?.exercises ?? []).map { exercise in
        [
          .text(visible(exercise.name)), .text(exercise.side?.word ?? "both"),
          .text(title(of: exercise.component)),
          exercise.isPrescribed
            ? .percent(orAbsent: exercise.figures.doseCapped) : .absent("not prescribed"),
          .percent(orAbsent: exercise.figures.doseAllDays),
          .percent(orAbsent: exercise.figures.sessions), .count(exercise.assumed),
          .count(exercise.extra),
        ]
      })
  }

  /// Planned and done session-equivalents a week, warm-up and cool-down left out.
  var weeks: Table {
    var due: [Day: Double] = [:]
    var done: [Day: Double] = [:]
    for week in adherenceFinding?.weeks ?? [] where !week.component.isRule {
      due[week.monday, default: 0] += week.due
      done[week.monday, default: 0] += week.done
    }
    return Table(
      "Planned and done by week (session-equivalents)",
      ["Week", "Planned", "Done", "Share"],
      due.keys.sorted().map { monday in
        let planned = due[monday] ?? 0
        let held = done[monday] ?? 0
        return [
          .text(monday.isoWeek), .number(planned), .number(held),
          .percent(orAbsent: planned > 0 ? held / planned : nil),
        ]
      })
  }

  /// Week by day for each component: one letter a day.
  var grid: Table {
    let exercises = (adherenceFinding?.exercises ?? []).filter(\.isPrescribed)
    let mondays = Set(findings.period.days.map(\.monday)).sorted()
    var rows: [[Cell]] = []
    for component in Component.allCases {
      let own = exercises.filter { $0.component == component }
      guard !own.isEmpty else { continue }
      for monday in mondays {
        let letters = (0..<7).map { Cell.state(letter(monday + $0, own)) }
        rows.append([.text(title(of: component)), .text(monday.isoWeek)] + letters)
      }
    }
    return Table(
      "Week by day: D done, P partial, M missed, E excused, ? unknown, · not due",
      ["Component", "Week", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], rows)
  }

  private func letter(_ day: Day, _ exercises: [AdherenceFinding.Exercise]) -> String {
    guard findings.period.contains(day) else { return "" }
    let states = exercises.compactMap { $0.states[day] }
    guard !states.isEmpty else { return "" }
    if states.allSatisfy({ $0 == .done }) { return "D" }
    if states.contains(.done) || states.contains(.partial) { return "P" }
    if states.contains(.excused) { return "E" }
    if states.contains(.unknown) { return "?" }
    return states.contains(.missed) ? "M" : "·"
  }

  /// One row a day of the period: the value and the mean of the 7 days up to it.
  var painDays: Table {
    guard let series = findings.finding(PainFinding.self)?.series else {
      return Table("Pain by day", ["Day", "Pain", "7-day mean", "Worst"], [])
    }
    let worst = Dictionary(
      zip(series.worstDays, series.worstValues).map { ($0, $1) }, uniquingKeysWith: max)
    return Table(
      "Pain by day", ["Day", "Pain (\(series.kind.word))", "7-day mean", "Worst"],
      findings.period.days.map { day in
        let window = series.values(from: day - 6, to: day)
        let mean =
          window.count >= 3 ? window.reduce(0, +) / Double(window.count) : nil
        return [
          .day(day), .number(series.value(on: day)), .number(mean), .number(worst[day]),
        ]
      })
  }

  /// One row a week: mean and worst.
  var painWeeks: Table {
    guard let series = findings.finding(PainFinding.self)?.series else {
      return Table("Pain by week", ["Week", "Days", "Mean", "Highest"], [])
    }
    let mondays = Set(findings.period.days.map(\.monday)).sorted()
    return Table(
      "Pain by week", ["Week", "Days", "Mean", "Highest"],
      mondays.map { monday in
        let from = max(monday, findings.period.from)
        let to = min(monday + 6, findings.period.to)
        let values = series.values(from: from, to: to)
        let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        return [
          .text(monday.isoWeek), .count(values.count), .number(mean), .number(values.max()),
        ]
      })
  }

  /// Baseline, latest, change and verdict.
  var painChange: Table {
    let pain = findings.finding(PainFinding.self)
    let verdict: Cell =
      pain?.change == nil
      ? .absent(pain.map { Sentences.reason($0.changeAbsence) })
      : .text(Sentences.verdict(pain?.verdict))
    return Table(
      "Change of pain (means of 7 days, 0-10)",
      ["Baseline", "Latest", "Change", "Share", "Verdict", "Mean", "Pain-free days"],
      [
        [
          .number(pain?.baseline), .number(pain?.latest), .number(pain?.change, signed: true),
          .percent(orAbsent: pain?.changeShare), verdict, .number(pain?.mean),
          .count(pain?.painFreeDays ?? 0),
        ]
      ])
  }

  /// One row a measure and side.
  var flexibility: Table {
    Table(
      "Flexibility",
      [
        "Test", "Side", "Unit", "Days", "First", "Latest", "Change", "MDC", "A week", "Low", "High",
        "p", "Verdict",
      ],
      (findings.finding(FlexibilityFinding.self)?.measures ?? []).map { measure in
        [
          .text(visible(measure.title)), .text(measure.side?.word ?? "both"),
          .text(visible(measure.unit ?? "")), .count(measure.count), .number(measure.first),
          .number(measure.latest), .number(measure.change, signed: true),
          .number(measure.threshold?.value),
          .number(measure.trend?.slopePerWeek, places: 2, signed: true),
          .number(measure.trend?.interval?.low, places: 2, signed: true),
          .number(measure.trend?.interval?.high, places: 2, signed: true),
          measure.trend?.p.map { .text(Format.pValue($0)) } ?? .absent(nil),
          .text(Sentences.verdict(measure.verdict)),
        ]
      })
  }

  /// Every question of pain against exercise, refused ones with their reason.
  var associations: Table {
    let finding = findings.finding(AssociationFinding.self)
    return Table(
      "Questions asked (adjusted for \(finding?.familySize ?? 0))",
      [
        "Exposure", "Outcome", "Lag (days)", "Days", "Worth", "rho", "Low", "High", "Adjusted p",
        "Points", "Low (points)", "High (points)", "Verdict",
      ],
      (finding?.tests ?? []).map { test in
        [
          .text(Sentences.exposure(test.exposure)), .text(Sentences.exposure(test.outcome)),
          .count(test.lag), .count(test.n), .number(test.association?.effectiveN),
          .number(test.association?.r, places: 2, signed: true),
          .number(test.association?.interval?.low, places: 2, signed: true),
          .number(test.association?.interval?.high, places: 2, signed: true),
          test.adjustedP.map { .text(Format.pValue($0)) } ?? .absent(nil),
          .number(test.contrast?.points, places: 2, signed: true),
          .number(test.contrast?.interval.low, places: 2, signed: true),
          .number(test.contrast?.interval.high, places: 2, signed: true),
          .text(Sentences.verdict(test)),
        ]
      })
  }

  /// rho of active minutes and pain by lag, described and not tested.
  var lagProfile: Table {
    Table(
      "Active minutes and pain by lag (described, not tested)", ["Lag (days)", "rho", "Days"],
      (findings.finding(AssociationFinding.self)?.profile ?? []).map {
        [.count($0.lag), .number($0.rho, places: 2, signed: true), .count($0.n)]
      })
  }

  /// The days behind the strongest question about an amount; active minutes and the pain of the same
  /// day when none stood out.
  var scatter: Table {
    let table = findings.table
    let amounts = (table.exposures + table.componentExposures).filter { !$0.isYesNo }
    let tests = (findings.finding(AssociationFinding.self)?.tests ?? []).filter { test in
      test.outcome == "pain" && amounts.contains { $0.name == test.exposure }
    }
    let strongest = tests.filter { $0.adjustedP != nil }.max {
      abs($0.association?.r ?? 0) < abs($1.association?.r ?? 0)
    }
    let exposure = amounts.first { $0.name == strongest?.exposure ?? "active_minutes" }
    let lag = strongest?.lag ?? 0
    let pairs = exposure.map { table.pairs($0, lag: lag) }
    let name = Sentences.exposure(exposure?.name ?? "active_minutes")
    let what = name.prefix(1).uppercased() + name.dropFirst()
    return Table(
      "\(what) and pain of \(Sentences.later(lag))", [what, "Pain"],
      zip(pairs?.exposure ?? [], pairs?.outcome ?? []).map { [.number($0), .number($1)] })
  }

  /// The values of one measure by day.
  func measurements(_ measure: FlexibilityFinding.Measure) -> Table {
    Table(
      measureTitle(measure), ["Day", measure.unit ?? "value"],
      zip(measure.series.days, measure.series.values).map { [.day($0), .number($1, places: 2)] })
  }
}
