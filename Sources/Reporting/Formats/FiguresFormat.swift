/// The figures for machines.
struct FiguresFormat: ReportFormat {
  let name = "json"
  let isUsual = true

  func content(of report: any Report, ascii: Bool) -> ReportContent { .text(report.json) }
}

extension Report {
  /// Its figures as JSON.
  public var json: String { JSONWriter.document(figures) }
}
