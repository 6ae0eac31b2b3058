import Analysis
import Records

/// The rows of the period as they were read.
struct DataPart: PatientPart {
  static let section = ReportSection.data
  static let name = Phrase.sheetData
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  /// Too much for a page.
  var further: [Block] { [] }

  private var tables: [Table] {
    DataTables(findings: findings, words: words, showsNotes: report.style.showsNotes).all
      .filter { !$0.rows.isEmpty }
  }

  var isPresent: Bool {
    findings.table.coveredDays > 0 || !tables.isEmpty
  }

  var full: Section {
    let showsNotes = report.style.showsNotes
    var blocks: [Block] = [.title(words[.sheetData]), .paragraph(words[.dataNote])]
    if !showsNotes { blocks.append(.paragraph(words[.notesLeftOut])) }
    for table in tables {
      var table = table.withoutEmptyColumns
      let count = table.rows.count
      if count > DataTables.mostRows {
        blocks.append(
          .paragraph(words(.dataCut, table.title, String(DataTables.mostRows), String(count))))
        table.rows = Array(table.rows.prefix(DataTables.mostRows))
      }
      blocks.append(.table(table))
    }
    return Section(name: words[Self.name], blocks: blocks)
  }
}
