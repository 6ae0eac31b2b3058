import Columns
import Records

/// What is known about a questionnaire's score.
public struct QuestionnaireMeasure: Sendable {
  public let instrument: Instrument
  public let title: String
  public let higherIsBetter: Bool
  /// The smallest change that matters.
  public let threshold: Threshold

  private init(
    _ instrument: Instrument, _ title: String, higherIsBetter: Bool, change: Double, unit: String
  ) {
    self.instrument = instrument
    self.title = title
    self.higherIsBetter = higherIsBetter
    threshold = Threshold(
      "change_\(instrument.word)", change, unit, "low back pain", "Ostelo 2008; EARS: published MDC"
    )
  }

  /// One for each instrument.
  public static let known = [
    QuestionnaireMeasure(
      .odi, "Oswestry Disability Index", higherIsBetter: false, change: 10, unit: "points of 100"),
    QuestionnaireMeasure(
      .rmdq, "Roland-Morris", higherIsBetter: false, change: 5, unit: "points of 24"),
    QuestionnaireMeasure(
      .psfs, "Patient-Specific Functional Scale", higherIsBetter: true, change: 2,
      unit: "points of 10"),
    QuestionnaireMeasure(
      .ears, "Exercise Adherence Rating Scale", higherIsBetter: true, change: 5.5,
      unit: "points of 24"),
  ]
}

/// First and latest score of each questionnaire in the period.
public struct QuestionnaireAnalysis: Analysis {
  /// The analysis has no settings.
  public init() {}

  public func find(in table: PatientTable) -> QuestionnaireFinding {
    let scored = table.log.questionnaires.filter {
      table.period.contains($0.day) && $0.score != nil
    }
    return QuestionnaireFinding(
      scores: QuestionnaireMeasure.known.compactMap { measure in
        let own = scored.filter { $0.instrument == measure.instrument }
        guard let first = own.first?.score, let latest = own.last?.score else { return nil }
        return QuestionnaireFinding.Score(
          measure: measure, count: own.count, first: first, latest: latest)
      })
  }
}

/// How questionnaire scores changed.
public struct QuestionnaireFinding: Finding {
  public static let key = "questionnaires"

  /// One instrument.
  public struct Score: Sendable {
    public let measure: QuestionnaireMeasure
    public let count: Int
    public let first: Double
    public let latest: Double

    /// Latest minus first, nil for a single score.
    public var change: Double? { count > 1 ? latest - first : nil }

    /// `improved`, `worsened` or `within-error`.
    public var verdict: String? {
      guard let change else { return nil }
      if abs(change) < measure.threshold.value { return "within-error" }
      return (change > 0) == measure.higherIsBetter ? "improved" : "worsened"
    }
  }

  public let scores: [Score]

  public var figures: Figure {
    .list(
      scores.map { score in
        let single = Absence(.tooEarly, have: score.count, need: 2)
        return .record([
          ("instrument", .text(score.measure.instrument.word)), ("first", .number(score.first)),
          ("latest", .number(score.latest)), ("change", Figure(score.change, else: single)),
          ("threshold", .number(score.measure.threshold.value)),
          ("verdict", Figure(score.verdict, else: single)),
        ])
      })
  }
}
