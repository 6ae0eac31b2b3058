import Columns
import Records

/// What is known about a questionnaire's score.
public struct QuestionnaireMeasure: Sendable {
  /// The code by which its questionnaires are found.
  public let instrument: Instrument
  /// Whether a rise is an improvement.
  public let higherIsBetter: Bool
  /// The smallest change that matters.
  public let threshold: Threshold

  private init(
    _ instrument: Instrument, higherIsBetter: Bool, change: Double, unit: String
  ) {
    self.instrument = instrument
    self.higherIsBetter = higherIsBetter
    threshold = Threshold(
      "change_\(instrument.word)", change, unit, "low back pain", "Ostelo 2008; EARS: published MDC"
    )
  }

  /// One for each instrument.
  public static let known = [
    QuestionnaireMeasure(
      .odi, higherIsBetter: false, change: 10, unit: "points of 100"),
    QuestionnaireMeasure(
      .rmdq, higherIsBetter: false, change: 5, unit: "points of 24"),
    QuestionnaireMeasure(
      .psfs, higherIsBetter: true, change: 2, unit: "points of 10"),
    QuestionnaireMeasure(
      .ears, higherIsBetter: true, change: 5.5, unit: "points of 24"),
  ]
}

/// First and latest score of each questionnaire in the period.
public struct QuestionnaireAnalysis: Analysis {
  /// The analysis has no settings.
  public init() {}

  /// One entry an instrument with a score in the period, given or from its items.
  public func find(in table: PatientTable, by thresholds: Thresholds) -> QuestionnaireFinding {
    let scored = table.scoredQuestionnaires
    return QuestionnaireFinding(
      scores: QuestionnaireMeasure.known.compactMap { measure in
        let own = scored.filter { $0.row.instrument == measure.instrument }
        guard let first = own.first?.score, let latest = own.last?.score else { return nil }
        return QuestionnaireFinding.Score(
          measure: measure, threshold: thresholds.current(measure.threshold), count: own.count,
          first: first, latest: latest, values: own.map { ($0.row.day, $0.score) })
      })
  }
}

extension PatientTable {
  /// Questionnaires of the period that have a score, in the order of days: the source's own, else
  /// that of the items.
  var scoredQuestionnaires: [(row: Questionnaire, score: Double)] {
    log.questionnaires.filter { period.contains($0.day) }.compactMap { row in
      let items = row.items.flatMap { try? row.instrument.score(items: log.texts[$0]).get() }
      return (row.score ?? items).map { (row, $0) }
    }
  }
}

/// How questionnaire scores changed.
public struct QuestionnaireFinding: Finding {
  /// The section `questionnaires` of the JSON report.
  public static let key = "questionnaires"

  /// One instrument.
  public struct Score: Sendable {
    /// The instrument, with its direction and threshold.
    public let measure: QuestionnaireMeasure
    /// The change that the verdict rests on.
    public let threshold: Threshold
    /// Scored questionnaires of the period, at least 1.
    public let count: Int
    /// The earliest score of the period, on the instrument's scale.
    public let first: Double
    /// The last score of the period, on the instrument's scale; the first when there is one.
    public let latest: Double
    /// Every score of the period with its day.
    public let values: [(day: Day, score: Double)]

    /// Latest minus first, nil for a single score.
    public var change: Double? { count > 1 ? latest - first : nil }

    /// `improved`, `worsened` or `within-error`.
    public var verdict: String? {
      guard let change else { return nil }
      if abs(change) < threshold.value { return "within-error" }
      return (change > 0) == measure.higherIsBetter ? "improved" : "worsened"
    }
  }

  /// Instruments with a score in the period, in the order of `QuestionnaireMeasure.known`.
  public let scores: [Score]

  /// Every figure of this finding with its JSON key; absent ones carry their reason.
  public var figures: Figure {
    .list(
      scores.map { score in
        let single = Absence(.tooEarly, have: score.count, need: 2)
        return .record([
          ("instrument", .text(score.measure.instrument.word)), ("first", .number(score.first)),
          ("latest", .number(score.latest)), ("change", Figure(score.change, else: single)),
          ("threshold", .number(score.threshold.value)),
          ("verdict", Figure(score.verdict, else: single)),
        ])
      })
  }
}
