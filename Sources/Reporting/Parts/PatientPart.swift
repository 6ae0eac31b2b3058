import Analysis
import Records

/// A part of a patient's report: one file here, and a line in the registry.
protocol PatientPart {
  /// How `--sections` calls it.
  static var section: ReportSection { get }
  /// How its sheet and its place on a page are called.
  static var name: Phrase { get }
  /// The part of a report.
  init(_ report: PatientReport)
  /// Whose part it is.
  var report: PatientReport { get }
  /// Whether there is anything to show; always by default.
  var isPresent: Bool { get }
  /// What the short page shows of it, nothing by default.
  var page: [PageBlock] { get }
  /// All of it.
  var full: Section { get }
  /// What a page for a screen shows of it behind the cards: all but its title by default.
  var further: [Block] { get }
  /// How it is called there.
  var screenName: String { get }
  /// What is behind it, one section further; nothing by default.
  var detail: Section? { get }
}

extension PatientPart {
  var isPresent: Bool { true }
  var page: [PageBlock] { [] }
  var further: [Block] {
    full.blocks.filter { if case .title = $0 { false } else { true } }
  }
  var screenName: String { words[Self.name] }
  var detail: Section? { nil }
  var findings: PatientFindings { report.findings }
  var answers: Answers { report.answers }
  var sentences: Sentences { report.sentences }
  var words: Words { report.sentences.words }

  /// Whether spans of time are months: weeks would be too many beside each other.
  var showsMonths: Bool { findings.period.count > PatientReport.mostDaysByWeek }

  /// The first column of a table by week or month.
  func spanColumns(_ phrase: Phrase) -> [String] {
    let columns = words.list(phrase)
    return showsMonths ? [words[.monthColumn]] + columns.dropFirst() : columns
  }

  /// A week by the day that it begins on, or a month.
  func span(_ first: Day) -> Cell {
    .text(showsMonths ? sentences.month(of: first) : sentences.shortDay(first))
  }

  /// Every how many of so many columns a label has room.
  func labelStep(_ count: Int) -> Int { max(1, (count + 12) / 13) }

  /// The names of a chart's axes.
  func axes(_ phrase: Phrase) -> (x: String, y: String) {
    let names = words.list(phrase)
    return (names[0], names.last ?? "")
  }
}

/// The parts of a patient's report, in the order of its sections.
let patientParts: [any PatientPart.Type] = [
  SummaryPart.self, AdherencePart.self, PainPart.self, FlexibilityPart.self,
  QuestionnairesPart.self, ExercisesPart.self, AssociationsPart.self, DatedPart.self, DataPart.self,
  NotesPart.self,
]

/// The same in the order of the short page: flexibility has the most lines and stands behind.
let pageParts: [any PatientPart.Type] =
  patientParts.filter { $0.section != .flexibility } + [FlexibilityPart.self]
