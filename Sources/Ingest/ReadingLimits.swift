/// Sizes beyond which input is refused instead of read, so that no file can exhaust the machine.
public struct ReadingLimits: Equatable, Sendable {
  /// Bytes of a field of a table.
  public var fieldBytes = 1 << 20
  /// Columns of a table.
  public var columns = 1_024
  /// Levels of arrays and objects in JSON.
  public var nesting = 64
  /// Bytes of a whole file; nil for no limit.
  public var fileBytes: Int?

  /// The limits that hold unless the configuration names others.
  public init() {}
}
