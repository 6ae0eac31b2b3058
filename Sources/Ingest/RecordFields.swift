import Records

/// Writes rows as the fields of lumbar's own formats: what the decoder reads back as the same rows.
public struct RecordFields {
  private let names: NamePool
  private let texts: TextArena

  /// - Parameters:
  ///   - names: the names that the rows refer to.
  ///   - texts: the free texts that they refer to.
  public init(names: NamePool, texts: TextArena) {
    self.names = names
    self.texts = texts
  }

  /// A field with what the row says of it.
  public typealias Filled = (field: Field, text: String)

  /// The fields of a row that say something: whose it is, then in the order of its kind.
  public func fields(of row: some Row) -> [Filled] {
    var row = row
    var writer = FieldWriter(names: names, texts: texts)
    writer.filled.append((.patientID, names[row.patient]))
    row.visit(&writer)
    return writer.filled
  }
}

/// Writes the fields of a row.
private struct FieldWriter: FieldVisitor {
  typealias Failure = Never
  let names: NamePool
  let texts: TextArena
  var filled: [RecordFields.Filled] = []

  private mutating func add(_ use: FieldUse, _ text: String?) {
    if let text { filled.append((use.field, text)) }
  }

  mutating func time(_ value: inout Timestamp, _ use: FieldUse) {
    add(use, value.text)
    if value.milliseconds != nil, value.written != .offset {
      filled.append((.clock, WrittenTime.words[Int(value.written.rawValue)]))
    }
    if let shown = value.clockDay?.day, shown != value.day {
      filled.append((.localDay, value.day.description))
    }
  }

  mutating func day(_ value: inout Day, _ use: FieldUse) { add(use, value.description) }
  mutating func date(_ value: inout Day?, _ use: FieldUse) { add(use, value?.description) }

  /// A whole number without a point.
  mutating func number(_ value: inout Double?, _ range: ClosedRange<Double>, _ use: FieldUse) {
    add(use, value.map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int64($0)) : "\($0)" })
  }

  mutating func integer(_ value: inout Int64?, _ use: FieldUse) {
    add(use, value.map { String($0) })
  }

  mutating func flag(_ value: inout Bool?, _ use: FieldUse) {
    add(use, value.map { $0 ? "yes" : "no" })
  }

  mutating func code<C: Code>(_ value: inout C?, _ use: FieldUse) { add(use, value?.word) }

  mutating func weekdays(_ value: inout UInt8, _ use: FieldUse) {
    let bits = value
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].enumerated()
      .filter { bits & (1 << UInt8($0.offset)) != 0 }.map(\.element)
    add(use, days.isEmpty ? nil : days.joined(separator: " "))
  }

  mutating func name(_ value: inout NameID?, _ use: FieldUse) { add(use, value.map { names[$0] }) }

  mutating func text(_ value: inout TextRange?, _ use: FieldUse) {
    add(use, value.map { texts[$0] })
  }
}

extension Timestamp {
  /// The day that the timestamp's own clock shows, and the milliseconds of that day; nil without a
  /// time.
  fileprivate var clockDay: (day: Day, ofDay: Int64)? {
    guard let utc = milliseconds else { return nil }
    let local = utc + Int64(offsetMinutes) * 60_000
    let day = Day(number: Int32((Double(local) / 86_400_000).rounded(.down)))
    return (day, local - Int64(day.number) * 86_400_000)
  }

  /// As the source wrote it where the clocks skipped the time; else `2026-10-31`, or
  /// `2026-10-31T07:15:30+01:00`, with milliseconds where there are any.
  fileprivate var text: String {
    var shown = self
    shown.offsetMinutes -= skippedMinutes
    guard let (day, ofDay) = shown.clockDay else { return day.description }
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    var clock =
      "\(two(ofDay / 3_600_000)):\(two(ofDay / 60_000 % 60)):\(two(ofDay / 1_000 % 60))"
    let rest = ofDay % 1_000
    if rest > 0 { clock += "." + String(String(1_000 + rest).dropFirst()) }
    let offset = Int64(shown.offsetMinutes.magnitude)
    return
      "\(day)T\(clock)\(shown.offsetMinutes < 0 ? "-" : "+")\(two(offset / 60)):\(two(offset % 60))"
  }
}
