import Analysis
import Records

/// The rows of a period as they were read, with the file and line of each.
struct DataTables {
  let findings: PatientFindings
  let words: Words
  /// Whether free text is shown.
  var showsNotes = true

  /// Rows of one table that a sheet shows; more open slowly, and a sheet ends at 1,048,576.
  static let mostRows = 100_000

  private var log: PatientLog { findings.table.log }
  private var names: NamePool { log.names }

  private func source(_ position: SourcePosition) -> [Cell] {
    [
      .text(visible(log.sources[position.file]?.name ?? "")), .count(Int(position.line)),
    ]
  }

  /// Free text, which can be left out.
  private func text(_ range: TextRange?) -> Cell {
    .text(showsNotes ? range.map { log.texts[$0] } ?? "" : "")
  }

  private func yesNo(_ flag: Bool?) -> Cell { .text(flag.map { words.either($0, .yesNo) } ?? "") }
  private func name(_ id: NameID?) -> Cell { .text(id.map { visible(names[$0]) } ?? "") }
  private func number(_ value: Double?) -> Cell {
    guard let value else { return .text("") }
    return .number(value, places: value == value.rounded() ? 0 : 2, signed: false)
  }

  var sessions: Table {
    let rows = log.sets.filter { findings.period.contains($0.started.day) }
    return Table(
      words[.sessionsTable], words.list(.sessionsColumns),
      rows.map { row in
        [
          .day(row.started.day), .text(row.started.clock ?? ""), name(row.exercise),
          .text(row.component?.word ?? ""), .text(row.side?.word ?? ""), number(row.sets),
          number(row.reps), number(row.holdSeconds), number(row.minutes), number(row.rpe),
          number(row.loadKilograms), number(row.angleDegrees), number(row.painBefore),
          number(row.painAfter), yesNo(row.completed), text(row.notes),
        ] + source(row.position)
      }, name: "Sessions")
  }

  var pain: Table {
    let rows = log.pain.filter { findings.period.contains($0.recorded.day) }
    return Table(
      words[.painTable], words.list(.painColumns),
      rows.map { row in
        [
          .day(row.recorded.day), .text(row.recorded.clock ?? ""), number(row.score),
          .text(row.kind?.word ?? ""), name(row.location), name(row.scale), yesNo(row.flare),
          text(row.notes),
        ] + source(row.position)
      }, name: "Pain")
  }

  var measurements: Table {
    let rows = log.measurements.filter { findings.period.contains($0.day) }
    return Table(
      words[.measurementsTable], words.list(.measurementsColumns),
      rows.map { row in
        [
          .day(row.day), name(row.measure), .text(row.side?.word ?? ""), number(row.value),
          name(row.unit), number(row.trial.map(Double.init)), name(row.rater),
        ] + source(row.position)
      }, name: "Measurements")
  }

  var days: Table {
    let rows = log.days.filter { findings.period.contains($0.day) }
    return Table(
      words[.daysTable], words.list(.daysColumns),
      rows.map { row in
        [.day(row.day), .text(row.status.word), number(row.hours), text(row.reason)]
          + source(row.position)
      }, name: "Days")
  }

  var program: Table {
    Table(
      words[.programTable], words.list(.programColumns),
      log.program.map { row in
        let days = words.list(.weekdays).enumerated()
          .filter { row.weekdays & (1 << UInt8($0.offset)) != 0 }.map(\.element)
        return [
          name(row.exercise), .text(row.component.word), .text(row.side?.word ?? ""),
          number(row.sessionsPerWeek), .text(days.joined(separator: " ")), number(row.sets),
          number(row.reps), number(row.holdSeconds), number(row.minutes),
          row.startOn.map(Cell.day) ?? .text(""), row.endOn.map(Cell.day) ?? .text(""),
        ] + source(row.position)
      }, name: "Programme")
  }
}
