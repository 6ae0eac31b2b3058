/// A page of plain text.
struct TextFormat: ReportFormat {
  let name = "txt"
  let isUsual = true

  func content(of report: any Report, ascii: Bool) -> ReportContent {
    .text(report.text(ascii: ascii))
  }
}
