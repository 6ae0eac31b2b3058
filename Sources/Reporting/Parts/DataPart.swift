import Analysis
import Records

/// The rows of the period as they were read.
struct DataPart: PatientPart {
  static let section = ReportSection.data
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  /// Too much for a page.
  var further: [Block] { [] }

  var full: Section {
    let showsNotes = report.style.showsNotes
    let data = DataTables(findings: findings, words: words, showsNotes: showsNotes)
    var blocks: [Block] = [.title(words[.sheetData]), .paragraph(words[.dataNote])]
    if !showsNotes { blocks.append(.paragraph(words[.notesLeftOut])) }
    for var table in data.all where !table.rows.isEmpty {
      let count = table.rows.count
      if count > DataTables.mostRows {
        blocks.append(
          .paragraph(words(.dataCut, table.title, String(DataTables.mostRows), String(count))))
        table.rows = Array(table.rows.prefix(DataTables.mostRows))
      }
      blocks.append(.table(table))
    }
    return Section(name: words[.sheetData], blocks: blocks)
  }
}
