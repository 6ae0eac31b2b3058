import Analysis
import Columns
import Records

/// One patient's report.
public struct PatientReport: Report {
  let findings: PatientFindings
  /// From which every output speaks.
  let answers: Answers
  /// Refused rows of the files that the patient's rows come from, by reason.
  let refused: [String: Int]
  /// lumbar's version.
  let version: String
  /// What the reader chose.
  let style: ReportStyle
  /// The words, in the language chosen, else the patient's.
  let sentences: Sentences

  var words: Words { sentences.words }

  /// Days up to which weeks stand beside each other; of more days months do.
  static let mostDaysByWeek = 12 * 7

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
    answers = findings.answers
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

  /// What it is, with its days.
  public var title: String { "\(words[.reportTitle]), \(findings.period)" }
  /// The day that it is as of.
  public var created: Day { findings.asOf }
  /// As the reader chose.
  public var paper: Paper { style.paper }

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

  // MARK: Words

  private func shows(_ section: ReportSection) -> Bool { style.sections.contains(section) }

  /// Who and when, the answers, then what stands behind them.
  public var page: [PageBlock] {
    let covered = findings.table.coveredDays
    var blocks: [PageBlock] = [
      .title(words[.reportTitle], sentences.period(findings.period)),
      .pair(who, words(.daysLogged, String(covered), String(findings.period.count))),
    ]
    if shows(.summary) { blocks.append(.answers(spoken)) }
    blocks.append(.rule)
    for part in pageParts where shows(part.section) { blocks += part.init(self).page }
    if shows(.summary) {
      blocks += [
        .list(words[.needsAttention], attention), .list(words[.stillMissing], gaps),
      ]
    }
    if !style.showsBars { blocks = blocks.compactMap(\.withoutBars) }
    let files = sources.map { visible($0.file.name) }.joined(separator: ", ")
    return blocks + [
      .paragraph(
        words(.sourcesLine, files.isEmpty ? words[.none] : files, findings.thresholds.version)),
      .paragraph(words[.safety]),
    ]
  }

  /// A section for each part that was chosen.
  ///
  /// Those that are printed stand before the details.
  public var sections: [Section] {
    let parts = patientParts.filter { shows($0.section) }.map { $0.init(self) }
    var chosen = parts.filter(\.isPresent).flatMap { [$0.full] + ($0.detail.map { [$0] } ?? []) }
    // A workbook has a sheet, whatever was chosen.
    if chosen.isEmpty, let first = parts.first { chosen = [first.full] }
    if chosen.allSatisfy({ $0.layout == .detail }) {
      for index in chosen.indices { chosen[index].layout = .wide }
    }
    for index in chosen.indices where chosen[index].layout == .detail {
      chosen[index].blocks.insert(.paragraph(words[.printHint]), at: 1)
    }
    chosen = chosen.filter { $0.layout != .detail } + chosen.filter { $0.layout == .detail }
    if !shows(.summary), !shows(.notes), !chosen.isEmpty {
      chosen[chosen.count - 1].blocks.append(.paragraph(words[.safety]))
    }
    return chosen
  }

  /// The four questions with their answers.
  private var spoken: [Answer] {
    let adherence = findings.finding(AdherenceFinding.self)
    let flexibility = findings.finding(FlexibilityFinding.self)
    func answer(_ question: Phrase, yields: Int, _ words: (Bool) -> String) -> Answer {
      Answer(
        question: self.words[question], long: words(false), short: words(true), yields: yields)
    }
    return [
      answer(.didIDoIt, yields: 3) {
        sentences.answer(answers.adherence, adherence, isShort: $0)
      },
      answer(.amIMoreFlexible, yields: 2) { sentences.flexibility(flexibility, isShort: $0) },
      answer(.isPainChanging, yields: 4) { sentences.answer(answers.pain, isShort: $0) },
      answer(.whatGoesWith, yields: 1) { sentences.answer(answers.links, isShort: $0) },
    ]
  }

  /// What a reader should look at, in words; says so where there is nothing.
  var attention: [String] {
    let found = findings.attention(answers).compactMap(sentences.attention)
    return found.isEmpty ? [words[.nothingStandsOut]] : found
  }

  /// What is missing, in words; says so where nothing is.
  var gaps: [String] {
    let found = findings.gaps(answers, refused: refusedCount).map(sentences.gap)
    return found.isEmpty ? [words[.nothing]] : found
  }

  // MARK: Figures

  /// What the configuration says that figures rest on.
  private var options: Figure {
    .record([
      ("factors", .list(findings.factors.map(Figure.text))),
      (
        "thresholds",
        .record(findings.thresholds.changes.map { ($0.name, .number($0.value)) })
      ),
    ])
  }

  /// The whole report as figures, with the keys of the JSON.
  public var figures: Figure {
    let log = findings.table.log
    let used = sources.reduce(0) { $0 + $1.rows }
    var sections: [(key: String, value: Figure)] = [
      ("schema", .count(2)), ("lumbar", .text(version)), ("options", options),
      ("patient", .text(findings.patient)),
      ("as_of", .text(findings.asOf.description)),
      (
        "period",
        .record([
          ("from", .text(findings.period.from.description)),
          ("to", .text(findings.period.to.description)),
        ])
      ), ("answers", answers.figures),
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

  /// Every figure in a row of its own: its path, its value, and why it is absent.
  public var rows: (header: [String], rows: [[Figure]]) {
    var rows: [[Figure]] = []
    func add(_ path: String, _ figure: Figure) {
      switch figure {
      case .record(let members):
        for (key, value) in members where !(path.isEmpty && key == "reasons") {
          add(path.isEmpty ? key : "\(path).\(key)", value)
        }
      case .list(let elements):
        for (index, element) in elements.enumerated() { add("\(path)[\(index)]", element) }
      case .absent(let absence):
        rows.append([.text(findings.patient), .text(path), .none, .text(absence.code.rawValue)])
      default: rows.append([.text(findings.patient), .text(path), figure, .none])
      }
    }
    add("", figures)
    return (["patient_id", "figure", "value", "reason"], rows)
  }
}
