import Foundation
import Reporting
import Storage

/// Where reports go: a folder, each file replaced as a whole, or standard output.
public final class ReportTarget {
  /// The folder; nil for standard output.
  public let folder: String?
  private let formats: Set<String>
  let isASCII: Bool
  private let access: ReportAccess
  /// Paths of what was written.
  public private(set) var written: [String] = []
  /// Texts for standard output.
  public private(set) var texts: [String] = []

  /// A target with nothing written to it yet.
  ///
  /// - Parameters:
  ///   - folder: nil for standard output.
  ///   - formats: names of the formats.
  ///   - isASCII: whether the text keeps to ASCII.
  ///   - access: who may read the files.
  public init(
    folder: String?, formats: Set<String>, isASCII: Bool, access: ReportAccess = .owner
  ) {
    self.folder = folder
    self.formats = formats
    self.isASCII = isASCII
    self.access = access
  }

  /// A target of the same kind with nothing written to it yet.
  var part: ReportTarget {
    ReportTarget(folder: folder, formats: formats, isASCII: isASCII, access: access)
  }

  /// Whether pages for a screen are written beside each other.
  var hasPages: Bool { folder != nil && formats.contains("html") }

  /// Takes over what was written to another.
  func append(_ other: ReportTarget) {
    written += other.written
    texts += other.texts
  }

  /// Makes the folder, and removes what a killed run left in it.
  func prepare() throws {
    guard let folder else { return }
    try makeFolder(folder)
    removeLeftovers(in: folder)
  }

  /// Writes one report in the chosen formats; on standard output the text only.
  ///
  /// - Parameter threads: how many formats are written at once.
  func write(_ report: any Report, named name: String, threads: Int = 1) throws {
    guard let folder else {
      texts.append(report.text(ascii: isASCII))
      return
    }
    let chosen = reportFormats.filter { formats.contains($0.name) }
    let paths = chosen.map { "\(folder)/\(name).\($0.name)" }
    _ = try Parallel.run(parts: chosen.count, threads: threads, begin: {}) {
      [isASCII, access] _, part in
      switch chosen[part].content(of: report, ascii: isASCII) {
      case .text(let text): try replaceFile(paths[part], for: access, text: text)
      case .file(let write):
        try replaceFile(paths[part], for: access) { try write($0, folder) }
      }
    }
    written += paths
  }

  /// Takes what was written away again.
  ///
  /// - Parameter name: of one report; nil for all.
  func remove(named name: String? = nil) {
    for path in written {
      let own = path.stemOfPath
      if name == nil || own == name { unlink(path) }
    }
  }
}
