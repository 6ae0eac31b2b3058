/// What a format makes of a report.
public enum ReportContent {
  /// All of it.
  case text(String)
  /// A file that is written to a path, by way of files in a folder.
  case file((_ path: String, _ temporaryFolder: String) throws -> Void)
}

/// A form that reports are written in: one file here, and a line in the registry.
public protocol ReportFormat: Sendable {
  /// How options and the configuration call it; the ending of its files too.
  var name: String { get }
  /// Whether it is written where nobody chose formats.
  var isUsual: Bool { get }
  /// A report in this format.
  func content(of report: any Report, ascii: Bool) -> ReportContent
}

/// Every format, in the order in which messages name them.
public let reportFormats: [any ReportFormat] = [
  HTMLFormat(), WorkbookFormat(), TextFormat(), FiguresFormat(), CSVFormat(),
]
