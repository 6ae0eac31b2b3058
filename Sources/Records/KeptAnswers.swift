/// What a night keeps of a person's answers while none of their rows changes: what a cohort's
/// report says of them and takes the whole diary to work out.
public struct KeptAnswers: Sendable, Equatable, Codable {
  /// The day that they are as of, counted from 1970-01-01.
  public var asOf: Int32
  /// The version of the thresholds that they rest on.
  public var thresholds: String
  /// Whether less pain is told, or more; nil where no change is.
  public var isLessPainTold: Bool?
  /// The person's part in the links of a cohort.
  public var link: PersonLink

  /// Answers as of a day.
  public init(asOf: Day, thresholds: String, isLessPainTold: Bool?, link: PersonLink) {
    self.asOf = asOf.number
    self.thresholds = thresholds
    self.isLessPainTold = isLessPainTold
    self.link = link
  }

  /// Whether they can be carried on to a day.
  public func reaches(_ day: Day, thresholds: String) -> Bool {
    asOf <= day.number && self.thresholds == thresholds
  }
}

/// One person's part in the links of a cohort.
public struct PersonLink: Sendable, Equatable, Codable {
  /// The code of the person's own answer, as `less-pain`.
  public var code: String
  /// The p of that answer, Bonferroni's over the questions of its look; nil where none was asked.
  public var p: Double?
  /// Pain on days with a session against days without; nil where it cannot be asked.
  public var session: Estimate?

  /// An estimate with its error.
  public struct Estimate: Sendable, Equatable, Codable {
    /// Points of pain; negative is less on days with a session.
    public var points: Double
    /// Its standard error.
    public var error: Double
    /// Of Student's t.
    public var degreesOfFreedom: Int

    /// An estimate of one fit.
    public init(points: Double, error: Double, degreesOfFreedom: Int) {
      self.points = points
      self.error = error
      self.degreesOfFreedom = degreesOfFreedom
    }
  }

  /// A part with an answer of one's own.
  public init(code: String, p: Double?, session: Estimate?) {
    self.code = code
    self.p = p
    self.session = session
  }
}
