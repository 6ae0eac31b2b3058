import Analysis
import Records

/// How much was done: minutes by week and exercise, and inversion by session.
struct ExercisesPart: PatientPart {
  static let section = ReportSection.exercises
  static let name = Phrase.sheetExercises
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  var isPresent: Bool { !load.exercises.isEmpty }

  private var load: ExerciseLoadFinding { findings.load }

  var full: Section {
    let load = showsMonths ? load.monthly : load
    var blocks: [Block] = [.title(words[.sheetExercises])]
    if load.exercises.isEmpty {
      blocks.append(.paragraph(words[.noExercises]))
    } else {
      let spans = spans(load)
      blocks += [
        .paragraph(words[.exercisesNote]), .charted(spans, chart(spans).map { [$0] } ?? []),
        .paragraph(words[.exerciseSpanNote]), .table(exercises(load)),
      ]
      if !load.inversions.isEmpty {
        blocks.append(.charted(inversions(load), inversionChart(load).map { [$0] } ?? []))
      }
    }
    return Section(name: words[Self.name], blocks: blocks, hasEvenColumns: true)
  }

  /// One row a week or month.
  private func spans(_ load: ExerciseLoadFinding) -> Table {
    Table(
      showsMonths ? words[.loadMonthTable] : words[.loadTable], spanColumns(.loadColumns),
      load.weeks.map { week in
        [
          span(week.monday), .count(week.covered), .count(week.sessions),
          .number(week.minutes), .number(week.rated, places: 0),
        ]
      })
  }

  /// One row an exercise, a column of active minutes for each week or month.
  private func exercises(_ load: ExerciseLoadFinding) -> Table {
    Table(
      showsMonths ? words[.exerciseMonthTable] : words[.exerciseWeekTable],
      words.list(.exerciseWeekHead) + load.weeks.map { span($0.monday).text },
      load.exercises.enumerated().map { place, exercise in
        [
          .text(visible(exercise.name)), .text(sentences.title(of: exercise.component)),
          .count(exercise.sessions),
        ] + load.weeks.indices.map { .number(load.minutes(of: place, in: $0)) }
      })
  }

  /// One row a session with inversion.
  private func inversions(_ load: ExerciseLoadFinding) -> Table {
    Table(
      words[.inversionTable], words.list(.inversionColumns),
      load.inversions.map { inversion in
        [
          .day(inversion.day), .number(inversion.angle, places: 0),
          .number(inversion.minutes), .number(inversion.dose, places: 0),
        ]
      })
  }

  private func chart(_ spans: Table) -> Chart? {
    guard spans.rows.contains(where: { $0[3].isPositive }) else { return nil }
    return Chart(
      form: .columns, title: showsMonths ? words[.loadMonthChart] : words[.loadChart], xTitle: "",
      yTitle: axes(.loadChartAxes).y, categories: 0, labelStep: labelStep(spans.rows.count),
      series: [.init(column: 3, color: .blue, marker: false, line: false)],
      description: words(
        .loadChartText, String(spans.rows.count), spans.rows.last?[3].text ?? Format.absent))
  }

  private func inversionChart(_ load: ExerciseLoadFinding) -> Chart? {
    let dosed = load.inversions.filter { $0.dose != nil }
    guard Set(dosed.map(\.day)).count >= 2, let first = dosed.first?.dose,
      let last = dosed.last?.dose
    else {
      return nil
    }
    return Chart(
      form: .scatter, title: words[.inversionChart], xTitle: "",
      yTitle: axes(.inversionChartAxes).y, categories: 0, labelStep: 1,
      labels: showsMonths ? .months : .days,
      labelFormat: words[showsMonths ? .monthAxis : .dayAxis],
      series: [.init(column: 3, color: .purple, marker: true, line: true)],
      dayRange: Chart.range(of: dosed.map(\.day)),
      description: words(
        .inversionChartText, words.count(dosed.count, .session),
        Format.decimal(first, places: 0), Format.decimal(last, places: 0)))
  }
}
