import Analysis
import Records

/// What the figures mean, and what they rest on: definitions, thresholds, files, refused rows.
struct NotesPart: PatientPart {
  static let section = ReportSection.notes
  static let name = Phrase.sheetNotes
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  var full: Section {
    var blocks: [Block] = [.title(words[.sheetNotes])]
    blocks += Definition.allCases.map { .paragraph($0.text(in: words.language)) }
    blocks += [.table(thresholds), .table(files)]
    if !report.refused.isEmpty { blocks.append(.table(refused)) }
    blocks.append(.paragraph(words(.writtenBy, report.version, words[.safety])))
    return Section(name: words[Self.name], blocks: blocks)
  }

  var further: [Block] { words.list(.workedOut).map { .paragraph($0) } }

  var screenName: String { words[.workedOutHeading] }

  private var thresholds: Table {
    Table(
      words(.thresholdTable, findings.thresholds.version), words.list(.thresholdColumns),
      findings.thresholds.all.map {
        [
          .text($0.name), .number($0.value, places: 2), .text(words.registryTerm($0.unit)),
          .text(words.registryTerm($0.population)), .text(words.registryTerm($0.source)),
        ]
      })
  }

  private var files: Table {
    Table(
      words[.fileTable], words.list(.fileColumns),
      report.sources.map {
        [.text(visible($0.file.name)), .count($0.rows), .text($0.file.sha256)]
      })
  }

  private var refused: Table {
    Table(
      words[.refusedTable], words.list(.refusedColumns),
      report.refused.sorted { $0.key < $1.key }.map { [.text($0.key), .count($0.value)] })
  }
}
