/// A workbook for spreadsheets.
struct WorkbookFormat: ReportFormat {
  let name = "xlsx"
  let isUsual = true

  func content(of report: any Report, ascii: Bool) -> ReportContent {
    .file { try report.workbook.write(to: $0, temporaryFolder: $1) }
  }
}

extension Report {
  /// Its sections as sheets.
  var workbook: Workbook {
    Workbook(title: title, created: created, paper: paper, sheets: sections)
  }
}
