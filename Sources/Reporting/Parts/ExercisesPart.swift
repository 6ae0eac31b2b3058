import Analysis
import Records

/// How much was done: minutes by week and exercise, and inversion by session.
struct ExercisesPart: PatientPart {
  static let section = ReportSection.exercises
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  private var load: ExerciseLoadFinding { findings.load }
  /// Weeks that stand beside each other as columns; earlier ones are in the table by week.
  private static let columnWeeks = 13

  var full: Section {
    let load = load
    var blocks: [Block] = [.title(words[.sheetExercises])]
    if load.exercises.isEmpty {
      blocks.append(.paragraph(words[.noExercises]))
    } else {
      let weeks = weeks(load)
      blocks += [
        .paragraph(words[.exercisesNote]), .charted(weeks, [chart(weeks)]),
        .table(exercises(load)),
      ]
      if !load.inversions.isEmpty {
        blocks.append(.charted(inversions(load), inversionChart(load).map { [$0] } ?? []))
      }
    }
    return Section(name: words[.sheetExercises], blocks: blocks, hasEvenColumns: true)
  }

  /// One row a week.
  private func weeks(_ load: ExerciseLoadFinding) -> Table {
    Table(
      words[.loadTable], words.list(.loadColumns),
      load.weeks.map { week in
        [
          .text(week.monday.isoWeek), .count(week.covered), .count(week.sessions),
          .number(week.minutes), .number(week.rated, places: 0),
        ]
      })
  }

  /// One row an exercise, a column of active minutes for each of the last weeks.
  private func exercises(_ load: ExerciseLoadFinding) -> Table {
    let shown = load.weeks.indices.suffix(ExercisesPart.columnWeeks)
    return Table(
      words[.exerciseWeekTable],
      words.list(.exerciseWeekHead) + shown.map { String(load.weeks[$0].monday.isoWeek.suffix(3)) },
      load.exercises.enumerated().map { place, exercise in
        [
          .text(visible(exercise.name)), .text(sentences.title(of: exercise.component)),
          .count(exercise.sessions),
        ] + shown.map { .number(load.minutes(of: place, in: $0)) }
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

  private func chart(_ weeks: Table) -> Chart {
    let axes = axes(.loadChartAxes)
    return Chart(
      form: .columns, title: words[.loadChart], xTitle: axes.x, yTitle: axes.y, categories: 0,
      labelStep: max(1, weeks.rows.count / 13),
      series: [.init(column: 3, color: .blue, marker: false, line: false)],
      description: words(
        .loadChartText, words.count(weeks.rows.count, .week),
        weeks.rows.last?[3].text ?? Format.absent))
  }

  private func inversionChart(_ load: ExerciseLoadFinding) -> Chart? {
    let dosed = load.inversions.filter { $0.dose != nil }
    guard dosed.count >= 2, let first = dosed.first?.dose, let last = dosed.last?.dose else {
      return nil
    }
    let axes = axes(.inversionChartAxes)
    return Chart(
      form: .scatter, title: words[.inversionChart], xTitle: axes.x, yTitle: axes.y, categories: 0,
      labelStep: 1, series: [.init(column: 3, color: .purple, marker: true, line: true)],
      dayRange: Chart.range(of: dosed.map(\.day)),
      description: words(
        .inversionChartText, words.count(dosed.count, .session),
        Format.decimal(first, places: 0), Format.decimal(last, places: 0)))
  }
}
