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

  /// Every table, in the order in which they stand.
  var all: [Table] { [sessions, pain, measurements, days, program] + others }

  private var sessions: Table {
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

  private var pain: Table {
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

  private var measurements: Table {
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

  private var days: Table {
    let rows = log.days.filter { findings.period.contains($0.day) }
    return Table(
      words[.daysTable], words.list(.daysColumns),
      rows.map { row in
        [
          .day(row.day), .text(row.status.word), name(row.exercise), number(row.hours),
          text(row.reason),
        ]
          + source(row.position)
      }, name: "Days")
  }

  private var program: Table {
    Table(
      words[.programTable], words.list(.programColumns),
      log.program.map { row in
        [
          name(row.exercise), .text(row.component.word), .text(row.side?.word ?? ""),
          number(row.sessionsPerWeek), .text(weekdays(row.weekdays)), number(row.everyDays),
          number(row.sets),
          number(row.reps), number(row.holdSeconds), number(row.minutes),
          row.startOn.map(Cell.day) ?? .text(""), row.endOn.map(Cell.day) ?? .text(""),
        ] + source(row.position)
      }, name: "Programme")
  }

  /// The tables of kinds that have none of their own making here; questionnaires are shown as
  /// figures alone.
  private var others: [Table] {
    let own: Set<Kind> = [
      .sessions, .pain, .flexibility, .days, .program, .patients, .questionnaires,
    ]
    return Kind.rowTypes.filter { !own.contains($0.kind) }.map(table)
  }

  /// The rows of a kind, a column a field.
  func table(of kind: any Row.Type) -> Table {
    let dates = words.list(.painColumns)
    let columns = kind.fields.flatMap { declared -> [String] in
      switch declared.form {
      case .time: Array(dates[..<2])
      case .day where declared.use.field == .localDay: []
      case .code where declared.use.field == .clock: []
      case .day where declared.use.traits.contains(.required): [dates[0]]
      default: [words.heading(of: declared.use.field)]
      }
    }
    func rows<R: Row>(_: R.Type) -> [[Cell]] {
      log.records[keyPath: R.rows].filter { row in
        row.belongsTo.map(findings.period.contains) ?? true
      }.map { row in
        var row = row
        var writer = CellWriter(tables: self)
        row.visit(&writer)
        return writer.cells + source(row.position)
      }
    }
    return Table(
      words.title(of: kind), columns + dates.suffix(2), rows(kind), name: kind.kind.rawValue)
  }

  /// Writes the fields of a row as cells.
  private struct CellWriter: FieldVisitor {
    typealias Failure = Never
    let tables: DataTables
    var cells: [Cell] = []

    mutating func time(_ value: inout Timestamp, _ use: FieldUse) {
      cells += [.day(value.day), .text(value.clock ?? "")]
    }
    mutating func day(_ value: inout Day, _ use: FieldUse) { cells.append(.day(value)) }
    mutating func date(_ value: inout Day?, _ use: FieldUse) {
      cells.append(value.map(Cell.day) ?? .text(""))
    }
    mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {
      cells.append(tables.number(value))
    }
    mutating func integer(_ value: inout Int64?, _ use: FieldUse) {
      cells.append(tables.number(value.map(Double.init)))
    }
    mutating func flag(_ value: inout Bool?, _ use: FieldUse) { cells.append(tables.yesNo(value)) }
    mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) {
      cells.append(.text(value?.word ?? ""))
    }
    mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) {
      cells.append(.text(tables.weekdays(value)))
    }
    mutating func name(_ value: inout NameID?, _ use: FieldUse) { cells.append(tables.name(value)) }
    mutating func text(_ value: inout TextRange?, _ use: FieldUse) {
      cells.append(tables.text(value))
    }
  }

  private func weekdays(_ bits: UInt8) -> String {
    words.list(.weekdays).enumerated()
      .filter { bits & (1 << UInt8($0.offset)) != 0 }.map(\.element).joined(separator: " ")
  }
}
