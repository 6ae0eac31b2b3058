import Analysis
import Columns
import Records

/// The tables of one patient's report. Each output shows these and no figure of its own.
struct PatientTables {
  let findings: PatientFindings
  let sentences: Sentences

  var words: Words { sentences.words }

  private var adherenceFinding: AdherenceFinding? { findings.finding(AdherenceFinding.self) }

  /// One row a component, the programme last.
  var adherence: Table {
    func row(_ name: String, _ figures: AdherenceFigures) -> [Cell] {
      [
        .text(name), .percent(orAbsent: figures.doseCapped),
        .percent(orAbsent: figures.doseUncapped), .percent(orAbsent: figures.doseAllDays),
        .percent(orAbsent: figures.sessions), .percent(orAbsent: figures.unknownShare),
        .text(sentences.band(figures)),
      ]
    }
    var rows = (adherenceFinding?.components ?? []).map {
      row(sentences.title(of: $0.component), $0.figures)
    }
    if let program = adherenceFinding?.program, !rows.isEmpty {
      rows.append(row(words[.programmeRow], program))
    }
    return Table(words[.adherenceTable], words.list(.adherenceColumns), rows)
  }

  /// One row an exercise and side.
  var exercises: Table {
    Table(
      words[.exerciseTable], words.list(.exerciseColumns),
      (adherenceFinding?.exercises ?? []).map { exercise in
        [
          .text(visible(exercise.name)), .text(sentences.side(exercise.side)),
          .text(sentences.title(of: exercise.component)),
          exercise.isPrescribed
            ? .percent(orAbsent: exercise.figures.doseCapped) : .absent(words[.notPrescribed]),
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
      words[.weekTable], words.list(.weekColumns),
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
        let letters = (0..<7).map { Cell.state(mark(monday + $0, own), words) }
        rows.append([.text(sentences.title(of: component)), .text(monday.isoWeek)] + letters)
      }
    }
    return Table(
      words[.gridTable], words.list(.gridColumns) + words.list(.weekdays), rows)
  }

  private func mark(_ day: Day, _ exercises: [AdherenceFinding.Exercise]) -> DayMark? {
    guard findings.period.contains(day) else { return nil }
    let states = exercises.compactMap { $0.states[day] }
    guard !states.isEmpty else { return nil }
    if states.allSatisfy({ $0 == .done }) { return .done }
    if states.contains(.done) || states.contains(.partial) { return .partial }
    if states.contains(.excused) { return .excused }
    if states.contains(.unknown) { return .unknown }
    return states.contains(.missed) ? .missed : .notDue
  }

  /// One row a day of the period: the value, the mean of the 7 days up to it, and the value again
  /// where the day is a flare.
  var painDays: Table {
    let finding = findings.finding(PainFinding.self)
    let kind = finding?.series.map { sentences.kind($0.kind) } ?? ""
    let columns = words.list(.painDayColumns).map { $0.replacing("{1}", with: kind) }
    guard let series = finding?.series else { return Table(words[.painDayTable], columns, []) }
    let worst = PatientTables.worst(series)
    let flares = Set((finding?.flares ?? []).map(\.day))
    return Table(
      words[.painDayTable], columns,
      findings.period.days.map { day in
        let window = series.values(from: day - 6, to: day)
        let mean = window.count >= 3 ? window.reduce(0, +) / Double(window.count) : nil
        let value = series.value(on: day)
        return [
          .day(day), .number(value), .number(mean), .number(flares.contains(day) ? value : nil),
          .number(worst[day]),
        ]
      })
  }

  private static func worst(_ series: PainSeries) -> [Day: Double] {
    Dictionary(zip(series.worstDays, series.worstValues).map { ($0, $1) }, uniquingKeysWith: max)
  }

  /// One row a week: mean and highest of the series, and the worst pain where it was logged.
  var painWeeks: Table {
    let columns = words.list(.painWeekColumns)
    guard let series = findings.finding(PainFinding.self)?.series else {
      return Table(words[.painWeekTable], columns, [])
    }
    let worst = PatientTables.worst(series)
    let mondays = Set(findings.period.days.map(\.monday)).sorted()
    return Table(
      words[.painWeekTable], columns,
      mondays.map { monday in
        let week = Period(
          from: max(monday, findings.period.from), to: min(monday + 6, findings.period.to))
        let values = series.values(from: week.from, to: week.to)
        let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        return [
          .text(monday.isoWeek), .count(values.count), .number(mean), .number(values.max()),
          .number(week.days.compactMap { worst[$0] }.max()),
        ]
      })
  }

  /// Baseline, latest, change and verdict.
  var painChange: Table {
    let pain = findings.finding(PainFinding.self)
    let verdict: Cell =
      pain?.change == nil
      ? .absent(pain.map { sentences.reason($0.changeAbsence) })
      : .text(sentences.verdict(pain?.verdict))
    return Table(
      words[.painChangeTable], words.list(.painChangeColumns),
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
      words[.flexibilityTable], words.list(.flexibilityColumns),
      (findings.finding(FlexibilityFinding.self)?.measures ?? []).map { measure in
        [
          .text(sentences.title(of: measure)), .text(sentences.side(measure.side)),
          .text(visible(measure.unit ?? "")), .count(measure.count), .number(measure.first),
          .number(measure.latest), .number(measure.change, signed: true),
          .number(measure.threshold?.value),
          .number(measure.trend?.slopePerWeek, places: 2, signed: true),
          .number(measure.trend?.interval?.low, places: 2, signed: true),
          .number(measure.trend?.interval?.high, places: 2, signed: true),
          measure.trend?.p.map { .text(Format.pValue($0)) } ?? .absent(nil),
          .text(sentences.verdict(measure.verdict)),
        ]
      })
  }

  /// Every question of pain against exercise, refused ones with their reason.
  var associations: Table {
    let finding = findings.finding(AssociationFinding.self)
    return Table(
      words(.associationTable, String(finding?.familySize ?? 0)), words.list(.associationColumns),
      (finding?.tests ?? []).map { test in
        [
          .text(sentences.exposure(test.exposure)), .text(sentences.exposure(test.outcome)),
          .count(test.lag), .count(test.n), .number(test.association?.effectiveN),
          .number(test.association?.r, places: 2, signed: true),
          .number(test.association?.interval?.low, places: 2, signed: true),
          .number(test.association?.interval?.high, places: 2, signed: true),
          test.adjustedP.map { .text(Format.pValue($0)) } ?? .absent(nil),
          .number(test.contrast?.points, places: 2, signed: true),
          .number(test.contrast?.interval.low, places: 2, signed: true),
          .number(test.contrast?.interval.high, places: 2, signed: true),
          .text(sentences.verdict(test)),
        ]
      })
  }

  /// rho of active minutes and pain by lag, described and not tested.
  var lagProfile: Table {
    Table(
      words[.lagTable], words.list(.lagColumns),
      (findings.finding(LagProfileFinding.self)?.lags ?? []).map {
        [.count($0.days), .number($0.rho, places: 2, signed: true), .count($0.n)]
      })
  }

  /// The days behind the strongest question about an amount; active minutes and the pain of the
  /// same day when none stood out.
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
    let what = Words.capital(sentences.exposure(exposure?.name ?? "active_minutes"))
    return Table(
      words(.scatterTitle, what, sentences.later(lag)), [what, Words.capital(words[.pain])],
      zip(pairs?.exposure ?? [], pairs?.outcome ?? []).map { [.number($0), .number($1)] })
  }

  /// The values of one measure by day, and Sen's line through them.
  func measurements(_ measure: FlexibilityFinding.Measure) -> Table {
    let unit = measure.unit.map(visible) ?? words.list(.measureChartAxes)[1]
    return Table(
      sentences.measureTitle(measure),
      words.list(.measurementColumns).map { $0.replacing("{1}", with: unit) },
      zip(measure.series.days, measure.series.values).map {
        [.day($0), .number($1, places: 2), .number(measure.trend?.value(on: $0), places: 2)]
      })
  }
}
