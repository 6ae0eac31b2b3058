/// What the numbers of records may be: readers refuse a row outside, and a stored value outside was
/// written by somebody else.
public enum ValueRange {
  /// Sets, repetitions, seconds and minutes.
  public static let amount = 0.0...1_000_000
  /// Pain on the 0-10 numerical rating scale, and perceived exertion.
  public static let score = 0.0...10
  /// A score on any other scale.
  public static let otherScore = -1_000_000.0...1_000_000
  /// Kilograms; less than nothing where a machine assists.
  public static let load = -1_000.0...10_000
  /// Degrees of an inversion table.
  public static let angle = -180.0...180
  /// A measurement in whatever unit.
  public static let measurement = -1_000_000.0...1_000_000
  /// Hours of a day.
  public static let hours = 0.0...24
  /// Sessions a week.
  public static let perWeek = 0.0...100
  /// The score of a questionnaire.
  public static let questionnaire = 0.0...100
  /// Minutes east of UTC, as far as offsets are read.
  public static let offsetMinutes: ClosedRange<Int64> = -1_080...1_080
  /// Milliseconds since 1970 of any time on a possible day, wherever on earth.
  public static let milliseconds: ClosedRange<Int64> =
    (Int64(Day.possible.lowerBound.number) - 2)
    * 86_400_000...(Int64(Day.possible.upperBound.number) + 3) * 86_400_000
}
