/// What the numbers of records may be: readers refuse a row outside, and a stored value outside was
/// written by somebody else.
public enum ValueRange {
  /// Sets, repetitions, seconds and minutes.
  @inlinable public static var amount: ClosedRange<Double> { 0...1_000_000 }
  /// Pain on the 0-10 numerical rating scale, and perceived exertion.
  @inlinable public static var score: ClosedRange<Double> { 0...10 }
  /// A score on any other scale, or a measurement in whatever unit.
  @inlinable public static var any: ClosedRange<Double> { -1_000_000...1_000_000 }
  /// Kilograms; less than nothing where a machine assists.
  @inlinable public static var load: ClosedRange<Double> { -1_000...10_000 }
  /// Degrees of an inversion table.
  @inlinable public static var angle: ClosedRange<Double> { -180...180 }
  /// Hours of a day.
  @inlinable public static var hours: ClosedRange<Double> { 0...24 }
  /// Sessions a week.
  @inlinable public static var perWeek: ClosedRange<Double> { 0...100 }
  /// Days from one session to the next.
  @inlinable public static var everyDays: ClosedRange<Double> { 1...366 }
  /// The score of a questionnaire.
  @inlinable public static var questionnaire: ClosedRange<Double> { 0...100 }
  /// Minutes east of UTC, as far as offsets are read.
  @inlinable public static var offsetMinutes: ClosedRange<Int64> { -1_080...1_080 }
  /// `Timestamp.clockCode`: such minutes, the way of writing and up to a day of skipped minutes.
  @inlinable public static var clockCode: ClosedRange<Int64> {
    -1_080...1_080 + 4_096 * (3 + 4 * 1_440)
  }
  /// Bits of weekdays.
  @inlinable public static var weekdays: ClosedRange<Int64> { 0...127 }
  /// Any whole number.
  @inlinable public static var whole: ClosedRange<Int64> { .min ... .max }
  /// Numbers of the days that a diary can name, as `Day.possible` has them.
  @inlinable public static var days: ClosedRange<Int64> { -25_567...84_370 }
  /// Milliseconds since 1970 of any time on a possible day, wherever on earth.
  @inlinable public static var milliseconds: ClosedRange<Int64> {
    (days.lowerBound - 2) * 86_400_000...(days.upperBound + 3) * 86_400_000
  }
}
