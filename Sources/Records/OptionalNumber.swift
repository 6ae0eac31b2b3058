/// A number that may be absent, in eight bytes instead of the sixteen of an optional: NaN, which no
/// reader lets into a row, stands for none.
@propertyWrapper
@frozen
public struct OptionalNumber: Sendable {
  @usableFromInline var number = Double.nan

  /// No number.
  @inlinable
  public init() {}

  /// A number, or none.
  @inlinable
  public init(wrappedValue: Double?) { self.wrappedValue = wrappedValue }

  /// The number; nil where there is none, or it is NaN.
  @inlinable
  public var wrappedValue: Double? {
    get { number.isNaN ? nil : number }
    set { number = newValue ?? .nan }
  }
}
