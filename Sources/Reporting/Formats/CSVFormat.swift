/// The figures as a table for statistics packages.
struct CSVFormat: ReportFormat {
  let name = "csv"
  let isUsual = false

  func content(of report: any Report, ascii: Bool) -> ReportContent { .text(report.csv) }
}

extension Report {
  /// Its figures as lines.
  public var csv: String {
    let rows = rows
    return CSVWriting.document(rows.header, rows.rows)
  }
}
