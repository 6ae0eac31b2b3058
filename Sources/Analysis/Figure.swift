import Records

/// Why a figure is absent. The raw value is the code in the JSON report.
public enum AbsenceCode: String, CaseIterable, Sendable {
  case noData = "no-data"
  case nothingDue = "nothing-due"
  case tooEarly = "too-early"
  case tooFewConsecutive = "too-few-consecutive"
  case tooLittleVariation = "too-little-variation"
  case constant
  case lowEffectiveN = "low-effective-n"
  case windowsOverlap = "windows-overlap"
  case noThreshold = "no-threshold"
  case tooFewFlares = "too-few-flares"
  /// The figure belongs to an analysis that this version does not have yet.
  case notComputed = "not-computed"
}

/// Why a figure is absent, and how much data there is of how much it takes.
public struct Absence: Equatable, Sendable {
  public var code: AbsenceCode
  public var have: Int?
  public var need: Int?

  /// An absence with its reason.
  public init(_ code: AbsenceCode, have: Int? = nil, need: Int? = nil) {
    self.code = code
    self.have = have
    self.need = need
  }
}

/// A figure of a report, or a structure of figures: what the JSON holds and every other output shows.
///
/// An absent figure carries its reason in its own place, so no output can show one without the
/// other.
public indirect enum Figure: Sendable {
  case number(Double)
  case count(Int)
  case text(String)
  case flag(Bool)
  /// A property that does not apply, as the side of an exercise done with both; not a missing figure.
  case none
  case absent(Absence)
  case list([Figure])
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
