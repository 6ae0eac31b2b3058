import Analysis
import Records

/// One patient's report, in every form.
public struct PatientReport: Sendable {
  let findings: PatientFindings
  /// Refused rows of the files that the patient's rows come from, by reason.
  let refused: [String: Int]
  /// lumbar's version.
  let version: String
  /// What the reader chose.
  let style: ReportStyle
  /// The words, in the language chosen, else the patient's.
  let sentences: Sentences

  var words: Words { sentences.words }

  /// A report of what was found.
  ///
  /// - Parameters:
  ///   - findings: one patient and period.
  ///   - refused: refused rows by file and reason; files that hold nothing of the patient are not
  ///     looked at.
  ///   - version: lumbar's version, for the notes.
  ///   - style: language, parts and paper.
  public init(
    _ findings: PatientFindings, refused: [Int64: [String: Int]], version: String,
    style: ReportStyle = ReportStyle()
  ) {
    self.findings = findings
    self.version = version
    self.style = style
    sentences = Sentences(
      style.language ?? findings.table.log.language.flatMap { Language(code: $0) } ?? .english)
    var own: [String: Int] = [:]
    for file in findings.table.log.sources.keys {
      own.merge(refused[file] ?? [:], uniquingKeysWith: +)
    }
    self.refused = own
  }

  /// How the patient is spoken of: name and code, or the code alone.
  var who: String {
    findings.name.map { "\(visible($0)) (\(visible(findings.patient)))" }
      ?? visible(findings.patient)
  }

  var refusedCount: Int { refused.values.reduce(0, +) }

  /// The files of the patient's rows in the order of their import.
  var sources: [(file: SourceFile, rows: Int)] {
    let log = findings.table.log
    return log.records.countsByFile.sorted { $0.key < $1.key }
      .compactMap { id, rows in log.sources[id].map { ($0, rows) } }
  }

  /// The whole report as figures, with the keys of the JSON.
  var figures: Figure {
    let log = findings.table.log
    let used = sources.reduce(0) { $0 + $1.rows }
    var sections: [(key: String, value: Figure)] = [
      ("schema", .count(1)), ("patient", .text(findings.patient)),
      ("as_of", .text(findings.asOf.description)),
      (
        "period",
        .record([
          ("from", .text(findings.period.from.description)),
          ("to", .text(findings.period.to.description)),
        ])
      ),
    ]
    for finding in findings.findings {
      sections.append((type(of: finding).key, finding.figures))
    }
    sections.append((ExerciseLoadFinding.key, findings.load.figures))
    let covered = findings.table.coveredDays
    let quality: [(key: String, value: Figure)] = [
      ("days_covered", .count(covered)), ("days_unknown", .count(findings.period.count - covered)),
      ("rows_used", .count(used)), ("rows_refused", .count(refusedCount)),
      ("rows_left_out", .count(log.sources.values.reduce(0) { $0 + $1.leftOut })),
    ]
    sections += [
      ("reasons", .record(reasons(in: .record(sections)))), ("quality", .record(quality)),
      ("thresholds_version", .text(findings.thresholds.version)),
      (
        "sources",
        .list(
          sources.map {
            .record([
              ("file", .text($0.file.name)), ("sha256", .text($0.file.sha256)),
              ("rows", .count($0.rows)),
            ])
          })
      ),
    ]
    return .record(sections)
  }

  /// The machine form of the report.
  public var json: String { JSONWriter.document(figures) }
}
