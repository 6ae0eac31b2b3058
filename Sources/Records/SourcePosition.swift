/// Where a record comes from.
public struct SourcePosition: Hashable, Sendable {
  /// The file's number in the database; 0 while it is being read.
  public var file: Int64
  /// Physical line, from 1.
  public var line: Int64

  /// A line of a file.
  public init(file: Int64 = 0, line: Int64) {
    self.file = file
    self.line = line
  }
}
