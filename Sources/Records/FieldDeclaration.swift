/// A field of a kind, as its rows declare it.
public struct FieldDeclaration: Sendable {
  /// What a cell of the field holds.
  public enum Form: Sendable, Equatable {
    /// A day, or a day with its time.
    case time
    /// A day.
    case day
    /// A number with decimals, and a whole one.
    case number, whole
    /// One of some words.
    case code([String])
    /// Days of the week.
    case weekdays
    /// A name that many rows share, and a text.
    case name, text
  }

  /// How the field is used.
  public var use: FieldUse
  /// What a cell of it holds.
  public var form: Form
}

extension Row {
  /// The fields of the kind in the order of its columns, without that of the patient. O(fields).
  public static var fields: [FieldDeclaration] {
    var visitor = FieldCollector()
    var row = Self(patient: NameID(index: 0), position: SourcePosition(line: 0))
    row.visit(&visitor)
    return visitor.fields
  }
}

/// Collects the declarations of a kind.
private struct FieldCollector: FieldVisitor {
  typealias Failure = Never
  var fields: [FieldDeclaration] = []

  private mutating func add(_ use: FieldUse, _ form: FieldDeclaration.Form) {
    fields.append(FieldDeclaration(use: use, form: form))
  }

  /// Beside its own day a time may be of another one.
  mutating func time(_ value: inout Timestamp, _ use: FieldUse) {
    add(use, .time)
    add(FieldUse(.localDay, "the person's own day, where the time shows another"), .day)
    add(
      FieldUse(.clock, "how the time was written; empty means with its offset"),
      .code(Array(WrittenTime.words.dropFirst())))
  }

  mutating func day(_ value: inout Day, _ use: FieldUse) { add(use, .day) }
  mutating func date(_ value: inout Day?, _ use: FieldUse) { add(use, .day) }
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {
    add(use, .number)
  }
  mutating func integer(_ value: inout Int64?, _ use: FieldUse) { add(use, .whole) }
  mutating func flag(_ value: inout Bool?, _ use: FieldUse) { add(use, .code(["yes", "no"])) }
  mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) { add(use, .code(C.words)) }
  mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) { add(use, .weekdays) }
  mutating func name(_ value: inout NameID?, _ use: FieldUse) { add(use, .name) }
  mutating func text(_ value: inout TextRange?, _ use: FieldUse) { add(use, .text) }
}
