import Analysis
import Records

/// Scores of questionnaires, first against latest; no part where none was filled in.
struct QuestionnairesPart: PatientPart {
  static let section = ReportSection.questionnaires
  static let name = Phrase.sheetQuestionnaires
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
    let drawn = scores.filter { $0.count > 1 }
    return Section(
      name: words[Self.name],
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
      ]
        + (drawn.isEmpty
          ? [] : [.paragraph(words[.scoreNote]), .plots(drawn.map { plot($0) }, across: 2)]),
      hasEvenColumns: true)
  }

  /// The scores of one questionnaire by day, between the lines that a change must leave to matter.
  private func plot(_ score: QuestionnaireFinding.Score) -> Plot {
    let title = sentences.title(of: score.measure.instrument)
    let ends = [score.first - score.threshold.value, score.first + score.threshold.value]
    let better = score.measure.higherIsBetter ? BookPhrase.higherIsBetter : .lowerIsBetter
    return Plot(
      table: Table(
        title, words.list(.scoreColumns),
        score.values.map { [.day($0.day), .number($0.score)] + ends.map { .number($0) } }),
      chart: banded(
        words(better, title), words.registryTerm(score.threshold.unit), score.values.map(\.day),
        score.values.map(\.score) + ends, hasBand: true,
        sentences.change(score)))
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

  /// From what to what a score changed, and what that amounts to.
  func change(_ score: QuestionnaireFinding.Score) -> String {
    words(
      .scoreText, title(of: score.measure.instrument), Format.decimal(score.first),
      Format.decimal(score.latest), verdict(score))
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
