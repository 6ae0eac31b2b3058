/// A published threshold that a verdict rests on.
public struct Threshold: Sendable, Equatable {
  /// The name by which reports and configuration speak of it.
  public let name: String
  /// The limit itself, in `unit`.
  public let value: Double
  /// Unit of `value`, or what it is a share of; shares are fractions.
  public let unit: String
  /// For whom it was found.
  public let population: String
  /// Where it was published.
  public let source: String

  init(_ name: String, _ value: Double, _ unit: String, _ population: String, _ source: String) {
    self.name = name
    self.value = value
    self.unit = unit
    self.population = population
    self.source = source
  }
}

/// All thresholds of this version of lumbar.
public enum Thresholds {
  /// Changes whenever a threshold does; every report names it.
  public static let version = "2026-11"

  /// The least capped dose of the band `good`.
  public static let goodAdherence = Threshold(
    "adherence_good", 0.90, "share", "home exercise", "doi 10.31189/2165-7629-13-s2.360")
  /// The least capped dose of the band `moderate`; below it is `poor`.
  public static let moderateAdherence = Threshold(
    "adherence_moderate", 0.70, "share", "home exercise", "doi 10.31189/2165-7629-13-s2.360")
  /// The share of unknown days above which there is no band.
  public static let unknownShare = Threshold(
    "adherence_unknown_share", 0.20, "share", "diaries", "lumbar's own rule")
  /// The least share of due sessions with which a week keeps the streak.
  public static let streakSessions = Threshold(
    "streak_sessions", 0.80, "share", "diaries", "lumbar's own rule")

  /// The share of the baseline that makes a change of 2 points substantial.
  public static let painSubstantial = Threshold(
    "pain_substantial_share", 0.50, "share of baseline", "chronic pain",
    "IMMPACT, Dworkin 2008")
  /// The least change that is moderate whatever the baseline.
  public static let painImportant = Threshold(
    "pain_important", 2, "points NRS", "chronic and low back pain", "Farrar 2001; Ostelo 2008")
  /// The share of the baseline that makes a change of 1 point moderate.
  public static let painImportantShare = Threshold(
    "pain_important_share", 0.30, "share of baseline", "chronic and low back pain",
    "Farrar 2001; Ostelo 2008")
  /// The least change that is more than error.
  public static let painMinimal = Threshold(
    "pain_minimal", 1, "point NRS", "chronic pain", "IMMPACT, Dworkin 2008")
  /// Below this baseline a share of it says little; then points alone decide a worsening.
  public static let painShareBaseline = Threshold(
    "pain_share_baseline", 2, "points NRS", "diaries", "lumbar's own rule")

  /// Every threshold, for the notes of a report.
  public static let all: [Threshold] =
    [
      goodAdherence, moderateAdherence, unknownShare, streakSessions, painSubstantial,
      painImportant, painImportantShare, painMinimal, painShareBaseline,
    ] + FlexibilityMeasure.known.compactMap(\.threshold)
    + FlexibilityMeasure.known.compactMap(\.changedRaterThreshold)
    + QuestionnaireMeasure.known.map(\.threshold)
}
