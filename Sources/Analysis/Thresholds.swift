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

/// The thresholds of this version of lumbar, from publications unless the source says otherwise.
extension Threshold {
  /// The least capped dose of the band `good`.
  public static let goodAdherence = Threshold(
    "adherence_good", 0.90, "share", "home exercise", "doi 10.31189/2165-7629-13-s2.360")
  /// The least capped dose of the band `moderate`; below it is `poor`.
  public static let moderateAdherence = Threshold(
    "adherence_moderate", 0.70, "share", "home exercise", "doi 10.31189/2165-7629-13-s2.360")
  /// The least capped dose of which it is said that the programme was done in part.
  public static let partlyAdherence = Threshold(
    "adherence_partly", 0.40, "share", "home exercise", "lumbar's own rule")
  /// The share of unknown days above which there is no band.
  public static let unknownShare = Threshold(
    "adherence_unknown_share", 0.20, "share", "diaries", "lumbar's own rule")
  /// What unknown days may make of the dose at most for a band all the same.
  public static let unknownDose = Threshold(
    "adherence_unknown_dose", 0.05, "share", "diaries", "lumbar's own rule")
  /// The least share of due sessions with which a week keeps the streak.
  public static let streakSessions = Threshold(
    "streak_sessions", 0.80, "share", "diaries", "lumbar's own rule")

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

  /// Points above the 28 days before that make a day a flare.
  public static let flareRise = Threshold(
    "flare_rise", 2, "points NRS", "low back pain", "Costa 2021; window of 28 days lumbar's own")
  /// Logged days of the 28 before that a flare needs.
  public static let flareDays = Threshold(
    "flare_days", 14, "days of 28", "diaries", "lumbar's own rule, to be verified")
  /// Pain from which a day after recovery is a recurrence.
  public static let recurrence = Threshold(
    "recurrence_score", 2, "points NRS", "low back pain", "Stanton 2011")
  /// Pain-free days in a row that make a recovery.
  public static let painFreeRun = Threshold(
    "pain_free_run", 30, "days", "low back pain", "Stanton 2011")

  /// Rise of pain over an exercise that is too much.
  public static let ceilingRise = Threshold(
    "pain_ceiling_rise", 2, "points NRS", "exercise with pain", "lumbar's own rule, to be verified")
  /// Pain after an exercise above which it was too much.
  public static let ceilingLevel = Threshold(
    "pain_ceiling_level", 5, "points NRS", "exercise with pain", "lumbar's own rule, to be verified"
  )
  /// A week's load over that of the four weeks before that is no longer slow.
  public static let loadRise = Threshold(
    "load_rise", 1.10, "times the mean of 4 weeks", "training", "weak evidence; Impellizzeri 2020")
  /// Degrees by which the inversion table may go further down from one session to the next.
  public static let inversionStep = Threshold(
    "inversion_step", 10, "degrees", "inversion table", "lumbar's own rule, to be verified")
  /// Times the minutes that inversion may last from one session to the next; reached is too much.
  public static let inversionMinutes = Threshold(
    "inversion_minutes", 2, "times", "inversion table", "lumbar's own rule, to be verified")

  /// Days without a record after which a person has stopped logging.
  public static let silentDays = Threshold(
    "silent_days", 7, "days", "diaries", "lumbar's own rule")
  /// Drop of the dose from one period to the next that is worth a call.
  public static let doseDrop = Threshold(
    "dose_drop", 0.20, "share", "home exercise", "lumbar's own rule")
}

/// The thresholds that a report goes by: the registry, with what the configuration changed.
public struct Thresholds: Equatable, Sendable {
  /// The registry as it is.
  public static let standard = Thresholds()
  /// Changes whenever a threshold of the registry does.
  static let registryVersion = "2026-11"
  private var changed: [String: Double] = [:]

  /// A change of a threshold that does not exist, or to a value that none can have.
  public struct Mistake: Error, CustomStringConvertible {
    /// What is wrong, as a sentence.
    public let description: String
  }

  private init() {}

  /// The registry with other values.
  ///
  /// - Parameter values: by name, in the registry's units; above 0.
  /// - Throws: `Mistake`.
  public init(changing values: [String: Double]) throws(Mistake) {
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let known = Thresholds.registry.first(where: { $0.name == name }) else {
        throw Mistake(
          description: "there is no threshold \(name). The Notes of a report name them all.")
      }
      guard value > 0, value.isFinite else {
        throw Mistake(description: "the threshold \(name) must be a number above 0.")
      }
      if value != known.value { changed[name] = value }
    }
  }

  /// The value that holds for a threshold.
  public subscript(threshold: Threshold) -> Double { changed[threshold.name] ?? threshold.value }

  /// A threshold with the value that holds.
  public func current(_ threshold: Threshold) -> Threshold {
    guard let value = changed[threshold.name] else { return threshold }
    return Threshold(
      threshold.name, value, threshold.unit, threshold.population,
      "configuration, instead of \(threshold.value) (\(threshold.source))")
  }

  /// Names the registry and every change of it: the same values have the same version.
  public var version: String {
    ([Thresholds.registryVersion] + changes.map { "\($0.name)=\($0.value)" })
      .joined(separator: " ")
  }

  /// The thresholds that differ from the registry, by name, in its units.
  public var changes: [(name: String, value: Double)] {
    changed.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Every threshold, for the notes of a report.
  public var all: [Threshold] { Thresholds.registry.map(current) }

  private static let registry: [Threshold] =
    [
      .goodAdherence, .moderateAdherence, .partlyAdherence, .unknownShare, .unknownDose,
      .streakSessions,
      .painImportant, .painImportantShare, .painMinimal, .painShareBaseline,
      .flareRise, .flareDays, .recurrence, .painFreeRun, .ceilingRise, .ceilingLevel, .loadRise,
      .inversionStep,
      .inversionMinutes, .silentDays, .doseDrop,
    ] + FlexibilityMeasure.known.compactMap(\.threshold)
    + FlexibilityMeasure.known.compactMap(\.changedRaterThreshold)
    + QuestionnaireMeasure.known.map(\.threshold)
}
