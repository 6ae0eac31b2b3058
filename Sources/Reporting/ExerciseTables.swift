import Analysis
import Records

/// The tables of the sheet Exercises.
struct ExerciseTables {
  let load: ExerciseLoadFinding
  let sentences: Sentences

  private var words: Words { sentences.words }
  /// Weeks that stand beside each other as columns; earlier ones are in the table by week.
  static let columnWeeks = 13

  /// One row a week.
  var weeks: Table {
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
  var exercises: Table {
    let shown = load.weeks.indices.suffix(ExerciseTables.columnWeeks)
    return Table(
      words[.exerciseWeekTable],
      words.list(.exerciseWeekHead) + shown.map { String(load.weeks[$0].monday.isoWeek.suffix(3)) },
      load.exercises.map { exercise in
        [
          .text(visible(exercise.name)), .text(sentences.title(of: exercise.component)),
          .count(exercise.sessions),
        ]
          + shown.map { week in
            load.weeks[week].covered > 0
              ? .number(Double(exercise.tenths[week]) / 10) : .absent(nil)
          }
      })
  }

  /// One row a session with inversion.
  var inversions: Table {
    Table(
      words[.inversionTable], words.list(.inversionColumns),
      load.inversions.map { inversion in
        [
          .day(inversion.day), .number(inversion.angle, places: 0),
          .number(inversion.tenths.map { Double($0) / 10 }), .number(inversion.dose, places: 0),
        ]
      })
  }
}
