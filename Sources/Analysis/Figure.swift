import Records

/// Why a figure is absent. The raw value is the code in the JSON report.
public enum AbsenceCode: String, CaseIterable, Sendable {
  /// Nothing was logged that the figure could be made of.
  case noData = "no-data"
  /// No session was due, so there is nothing to compare with.
  case nothingDue = "nothing-due"
  /// Fewer days, weeks or scores than the figure takes.
  case tooEarly = "too-early"
  /// Fewer pairs of days that follow each other than the figure takes.
  case tooFewConsecutive = "too-few-consecutive"
  /// Values that hardly differ.
  case tooLittleVariation = "too-little-variation"
  /// Values that do not differ at all, or a share of a baseline of 0.
  case constant
  /// Fewer independent days than the figure takes, once autocorrelation is allowed for.
  case lowEffectiveN = "low-effective-n"
  /// Baseline and latest days overlap.
  case windowsOverlap = "windows-overlap"
  /// No published threshold, scale or direction to judge by.
  case noThreshold = "no-threshold"
  /// Fewer flares than a case-crossover takes.
  case tooFewFlares = "too-few-flares"
  /// There is enough data, and what the figure dates has not come about.
  case notReached = "not-reached"
}

/// Why a figure is absent, and how much data there is of how much it takes.
public struct Absence: Equatable, Sendable {
  /// The reason, as outputs put it into words.
  public var code: AbsenceCode
  /// How much data there is, in days or what `need` counts; nil when the amount is not the matter.
  public var have: Int?
  /// The least that the figure takes; nil when the amount is not the matter.
  public var need: Int?

  /// An absence with its reason.
  public init(_ code: AbsenceCode, have: Int? = nil, need: Int? = nil) {
    self.code = code
    self.have = have
    self.need = need
  }
}

/// A figure of a report, or a structure of figures: what the JSON holds and every other output
/// shows.
///
/// An absent figure carries its reason in its own place, so no output can show one without the
/// other.
public indirect enum Figure: Sendable {
  /// A quantity; shares are fractions, never percent.
  case number(Double)
  /// A whole number of things.
  case count(Int)
  /// A word, name or date.
  case text(String)
  /// What the log holds where a rule was not kept; the report puts it into words.
  case detail(RuleDetail)
  /// True or false.
  case flag(Bool)
  /// A property that does not apply, as the side of an exercise done with both; not a missing
  /// figure.
  case none
  /// A missing figure with its reason; `null` in the JSON report.
  case absent(Absence)
  /// Figures of one shape, in the order of the report.
  case list([Figure])
  /// Figures under their JSON keys, in the order of the report.
  case record([(key: String, value: Figure)])

  /// A number, or the reason why there is none.
  public init(_ value: Double?, else absence: Absence) {
    self = value.map(Figure.number) ?? .absent(absence)
  }

  /// A count, or the reason why there is none.
  public init(_ value: Int?, else absence: Absence) {
    self = value.map(Figure.count) ?? .absent(absence)
  }

  /// A word, or the reason why there is none.
  public init(_ value: String?, else absence: Absence) {
    self = value.map(Figure.text) ?? .absent(absence)
  }

  /// Both ends of an interval, or the reason why there is none.
  public init(_ interval: (low: Double, high: Double)?, else absence: Absence) {
    self = interval.map { .list([.number($0.low), .number($0.high)]) } ?? .absent(absence)
  }

  /// The figure at a path such as `adherence.program.dose_capped` or `weeks[2].due`, nil when there
  /// is none.
  public subscript(path: String) -> Figure? {
    var figure = self
    for step in path.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" }) {
      switch figure {
      case .record(let members):
        guard let member = members.first(where: { $0.key == step }) else { return nil }
        figure = member.value
      case .list(let elements):
        guard let index = Int(step), elements.indices.contains(index) else { return nil }
        figure = elements[index]
      default: return nil
      }
    }
    return figure
  }
}
