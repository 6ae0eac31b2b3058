import Analysis
import Records

/// What happened on which day: findings of rules, flares, recurrences and changes of the programme.
struct DatedPart: PatientPart {
  static let section = ReportSection.findings
  static let name = Phrase.sheetFindings
  let report: PatientReport

  /// Findings of one rule that are told one by one.
  private static let mostLines = 3

  init(_ report: PatientReport) { self.report = report }

  var isPresent: Bool { !table.rows.isEmpty }

  var full: Section {
    let table = table
    return Section(
      name: words[Self.name],
      blocks: [
        .title(words[.sheetFindings]), .paragraph(words[.findingsNote]),
        table.rows.isEmpty ? .paragraph(words[.noFindings]) : .table(table),
      ], layout: .pages)
  }

  private var table: Table {
    var rows: [(day: Day, cells: [Cell])] = []
    func add(_ day: Day, _ what: String, _ detail: String, session: String = "") {
      rows.append((day, [.day(day), .text(what), .text(detail), .text(visible(session))]))
    }
    for own in (findings.finding(RulesFinding.self)?.byRule ?? []) {
      guard let first = own.first, let last = own.last, own.count > DatedPart.mostLines else {
        for finding in own {
          add(
            finding.day, sentences.title(of: finding.rule), sentences.detail(finding.detail),
            session: finding.session ?? "")
        }
        continue
      }
      add(
        first.day, sentences.title(of: first.rule),
        words(
          .detailRepeated, sentences.detail(first.detail), String(own.count),
          sentences.day(last.day)))
    }
    let pain = findings.finding(PainFinding.self)
    for flare in pain?.flares ?? [] {
      let isDefined = flare.kind == .painDefined
      add(flare.day, words[.flare], words[isDefined ? .flareDefined : .flareReported])
    }
    for day in pain?.recurrences ?? [] { add(day, words[.recurrence], words[.recurrenceDetail]) }
    if let day = pain?.improvedSince {
      add(day, words[.lastingImprovement], words[.improvementDetail])
    }
    for change in findings.finding(BeforeFinding.self)?.changes ?? [] {
      let level = change.level.map { words(.roughLevel, Format.signed($0)) } ?? ""
      add(change.day, words[.programmeChanged], words[.programmeChangedDetail] + level)
    }
    let sorted = rows.enumerated().sorted {
      ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
    }
    return Table(
      words[.datedTable], words.list(.datedColumns), sorted.map(\.element.cells),
      name: "Findings"
    ).withoutEmptyColumns
  }
}
