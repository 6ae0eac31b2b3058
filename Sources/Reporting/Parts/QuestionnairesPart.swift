import Analysis
import Records

/// Scores of questionnaires, first against latest; no part where none was filled in.
struct QuestionnairesPart: PatientPart {
  static let section = ReportSection.questionnaires
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  private var scores: [QuestionnaireFinding.Score] {
    findings.finding(QuestionnaireFinding.self)?.scores ?? []
  }

  var isPresent: Bool { !scores.isEmpty }

  /// Columns of the longest name of an instrument.
  private static let longestName = 33

  var page: [PageBlock] {
    let scores = scores
    guard !scores.isEmpty else { return [] }
    return [
      .heading(words[.questionnaireHeading]),
      .lines(
        Lines(
          columns: [
            .init(width: QuestionnairesPart.longestName), .init(width: 6, isRight: true),
            .init(width: 4),
            .init(width: 5, isRight: true), .init(width: 7, isRight: true),
            .init(width: 0, gap: 2),
          ],
          rows: scores.map { score in
            [
              .text(sentences.title(of: score.measure.instrument)),
              .text(Cell.number(score.first).text), .text(" -> "),
              .text(Cell.number(score.latest).text),
              .text(Cell.number(score.change, signed: true).text),
              .text(sentences.verdict(score)),
            ]
          })),
    ]
  }

  var full: Section {
    Section(
      name: words[.sheetQuestionnaires],
      blocks: [
        .title(words[.sheetQuestionnaires]),
        .table(
          Table(
            words[.questionnaireTable], words.list(.questionnaireColumns),
            scores.map { score in
              [
                .text(sentences.title(of: score.measure.instrument)), .count(score.count),
                .number(score.first), .number(score.latest),
                .number(score.change, signed: true), .number(score.threshold.value),
                .text(words.registryTerm(score.threshold.unit)),
                .text(sentences.verdict(score)),
              ]
            })),
      ], hasEvenColumns: true)
  }
}

extension Sentences {
  /// An instrument's name, which every language leaves as it was published.
  func title(of instrument: Instrument) -> String {
    switch instrument {
    case .odi: "Oswestry Disability Index"
    case .rmdq: "Roland-Morris"
    case .psfs: "Patient-Specific Functional Scale"
    case .ears: "Exercise Adherence Rating Scale"
    }
  }

  /// What a change of a score amounts to; that there is none yet for a single one.
  func verdict(_ score: QuestionnaireFinding.Score) -> String {
    switch score.verdict {
    case "improved": words[.improved]
    case "worsened": words[.worsened]
    case "within-error": words[.belowThreshold]
    default: reason(Absence(.tooEarly, have: score.count, need: 2))
    }
  }
}
