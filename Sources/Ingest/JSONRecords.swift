import Records

/// Reads records from JSON: an object with one array a kind, an array of objects, or one object a
/// line. Sessions may hold their exercises in an array of their own; the inner objects are the rows
/// and take what they do not say themselves from the outer one.
func readJSON(
  _ window: Window, head: [UInt8], decoder: RowDecoder, options: ReadingOptions,
  emit: (inout Batch) throws -> Void
) throws -> ReadingSummary {
  let file = JSONRecords(window, decoder: decoder, options: options)
  let isLines = looksLikeLines(head)
  do {
    try isLines ? file.readLines(emit: emit) : file.readDocument(emit: emit)
  } catch let problem as JSONProblem {
    throw IngestError.json(line: problem.line, what: problem.sentence)
  }
  try emit(&decoder.batch)
  decoder.batch.removeRows()
  if file.kinds.isEmpty, file.rows == 0, !file.ignoredKeys.isEmpty {
    throw IngestError.unknownJSON(keys: Array(file.ignoredKeys.sorted().prefix(12)))
  }
  if file.rows > 0, file.kindless == file.rows {
    throw IngestError.unknownJSON(keys: Array(file.ignoredKeys.sorted().prefix(12)))
  }
  return ReadingSummary(
    format: isLines ? "ndjson" : "json", kinds: Kind.allCases.filter(file.kinds.contains),
    profile: nil, ignoredColumns: file.ignoredKeys.sorted(), clockChanges: decoder.clockChanges,
    exercisesWithoutComponent: decoder.unmappedExercises)
}

/// Whether a text is one object a line: its first line is an object of its own and not the only
/// one, or it looks like a damaged one before another.
///
/// An object that holds whole kinds in arrays is a document, whatever follows it.
func looksLikeLines(_ head: [UInt8]) -> Bool {
  let lines = head.split(omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }
    .lazy.map { $0.drop { $0 == 0x20 || $0 == 0x09 } }.filter { !$0.isEmpty }.prefix(2)
  guard let first = lines.first, let second = lines.dropFirst().first else { return false }
  switch shape(of: first) {
  case .record: return true
  case .document: return false
  case .broken:
    // The head of a document over several lines ends in the middle of something.
    let last = first.last { $0 != 0x20 && $0 != 0x09 } ?? 0x2C
    return first.first == 0x7B && second.first == 0x7B && ![0x7B, 0x5B, 0x2C].contains(last)
  }
}

private enum LineShape { case record, document, broken }

private func shape(of line: ArraySlice<UInt8>) -> LineShape {
  let reader = JSONReader(Window(MemorySource(Array(line)), capacity: line.count + 1))
  do {
    guard try reader.next() == .beginObject else { return .broken }
    var key = ""
    while true {
      let token = try reader.next()
      if token == .end { return .record }
      if token == .beginArray, reader.depth == 2, Kind(rawValue: key) != nil { return .document }
      key = token == .key && reader.depth == 1 ? String(decoding: reader.text, as: UTF8.self) : ""
    }
  } catch {
    return .broken
  }
}

private final class JSONRecords {
  private let reader: JSONReader
  private let decoder: RowDecoder
  private let options: ReadingOptions
  private(set) var kinds: Set<Kind> = []
  private(set) var ignoredKeys: Set<String> = []
  private(set) var rows = 0
  /// Rows whose keys fit no kind.
  private(set) var kindless = 0
  /// Values of the open record and its inner ones, end to end.
  private var values: [UInt8] = []

  private var quick: JSONQuickObject
  /// The kind that the keys of `quick` make.
  private var quickKind: Kind?
  /// The fields of that kind.
  private var quickFields = FieldSet()
  private var quickGiven: Kind?
  private let yesBytes = laid("true")
  private let noBytes = laid("false")

  private static func laid(_ word: StaticString) -> Bytes {
    Bytes(start: word.utf8Start, count: word.utf8CodeUnitCount)
  }

  private static let yes = Array("true".utf8)
  private static let no = Array("false".utf8)

  /// The records of the object that is being read.
  private var open: [Record] = []
  /// Room for the stretches of records that are done with.
  private var rooms: [[Range<Int>]] = []
  private var keyFields = KeyFields()

  /// What an object says, as stretches of `values`.
  private struct Record {
    var line: Int
    var present = FieldSet()
    /// Only those of fields that are present mean anything.
    var ranges: [Range<Int>]
    /// A field whose value is an object or a mixed array.
    var misshapen: Field?
    /// Whether two keys mean the same field.
    var isDoubled = false

    /// Takes what it does not say itself from an outer object.
    func inheriting(from outer: Record) -> Record {
      var merged = self
      for field in outer.present.each where !present.contains(field) {
        merged.present.insert(field)
        merged.ranges[field.rawValue] = outer.ranges[field.rawValue]
      }
      return merged
    }
  }

  private func newRecord() -> Record {
    Record(
      line: reader.line,
      ranges: rooms.popLast()
        ?? [Range<Int>](repeating: 0..<0, count: Field.allCases.count))
  }

  /// Gives the room of the open records back.
  private func releaseOpen() {
    while let record = open.popLast() { release(record) }
  }

  /// Gives the room of a record back.
  private func release(_ record: consuming Record) {
    if rooms.count < 64 { rooms.append(record.ranges) }
  }

  init(_ window: Window, decoder: RowDecoder, options: ReadingOptions) {
    reader = JSONReader(window)
    quick = JSONQuickObject(longestText: window.limits.fieldBytes)
    self.decoder = decoder
    self.options = options
  }

  func readDocument(emit: (inout Batch) throws -> Void) throws {
    switch try reader.next() {
    case .beginArray: try readArray(of: options.kind, emit: emit)
    case .beginObject: try readRoot(emit: emit)
    default: rejectWhole(.notAnObject, line: reader.line)
    }
    _ = try reader.next()
  }

  /// One object a line; a line that is not JSON is refused and the next one read.
  func readLines(emit: (inout Batch) throws -> Void) throws {
    while try reader.beginLine() {
      let line = reader.line
      do {
        if try reader.next() == .beginObject {
          if takeQuickly(of: options.kind, isLine: true) {
            _ = try reader.next()
          } else {
            values.removeAll(keepingCapacity: true)
            releaseOpen()
            try readObject()
            _ = try reader.next()
            for record in open { finish(record, kind: options.kind) }
          }
        } else {
          rejectWhole(.notAnObject, line: line)
        }
      } catch let problem as JSONProblem {
        rejectWhole(reason(of: problem), line: line)
      }
      try reader.endLine()
      try flush(emit)
    }
  }

  /// The outermost object: kinds with arrays, or a single record, perhaps with rows nested in it.
  private func readRoot(emit: (inout Batch) throws -> Void) throws {
    var single = newRecord()
    var holdsRows = false
    values.removeAll(keepingCapacity: true)
    while true {
      let token = try reader.next()
      if token == .endObject { break }
      let key = keyFields.key(reader.text)
      let value = try reader.next()
      if value == .beginArray, let kind = Kind(rawValue: key.name), options.kind ?? kind == kind {
        // The array's records use the room for values; a single record and arrays do not mix.
        let kept = values
        try readArray(of: kind, emit: emit)
        values = kept
      } else {
        if try takeMember(value, key: key, into: &single) { holdsRows = true }
      }
    }
    guard kinds.isEmpty else { return }
    let records = holdsRows ? open.map { $0.inheriting(from: single) } : [single]
    for record in records where !record.present.isEmpty { finish(record, kind: options.kind) }
    try flush(emit)
  }

  private func readArray(of kind: Kind?, emit: (inout Batch) throws -> Void) throws {
    if let kind { kinds.insert(kind) }
    while true {
      switch try reader.next() {
      case .endArray: return
      case .beginObject:
        if !takeQuickly(of: kind, isLine: false) { try readRecord(of: kind) }
        try flush(emit)
      case .beginArray:
        let line = reader.line
        try skipToClose()
        rejectWhole(.notAnObject, line: line)
      default: rejectWhole(.notAnObject, line: reader.line)
      }
    }
  }

  /// Reads a plain object that was just opened and turns it into a record.
  ///
  /// - Returns: false when it has to be looked at more closely; nothing of it is taken then.
  private func takeQuickly(of given: Kind?, isLine: Bool) -> Bool {
    let bytes = reader.atHand
    let behind = quick.read(bytes, isLine: isLine) { key in
      keyFields.key(Array(key)).field?.rawValue ?? -1
    }
    guard let behind else { return false }
    guard let kind = kindOfQuick(given) else { return false }
    let wanted = quickFields.rawValue
    decoder.clear()
    for member in quick.members where member.field >= 0 && wanted >> member.field & 1 == 1 {
      decoder.slots[member.field] =
        switch member.word {
        case .yes: yesBytes
        case .no: noBytes
        case .none:
          member.count == 0
            ? .empty : Bytes(rebasing: bytes[member.start..<member.start + member.count])
        }
    }
    if Template.isExample(kind, { decoder.slots[$0.rawValue] }) { return false }
    let changes = decoder.clockChanges
    do throws(Refusal) {
      try decoder.decodeOrLeaveOut(kind, line: reader.line)
    } catch {
      decoder.goBack(toClockChanges: changes)
      return false
    }
    rows += 1
    decoder.batch.read += 1
    reader.passObject(behind)
    return true
  }

  /// The kind that the keys of a plain object make; notes keys that nothing is read from.
  private func kindOfQuick(_ given: Kind?) -> Kind? {
    if !quick.hasChanged, quickKind != nil, quickGiven == given { return quickKind }
    var present = FieldSet()
    for member in quick.members {
      if let field = Field(rawValue: member.field) { present.insert(field) }
    }
    quickKind = given ?? Kind.candidates(present).first
    quickGiven = given
    quick.hasChanged = false
    guard let kind = quickKind else { return nil }
    kinds.insert(kind)
    quickFields = kind.fields
    let wanted = quickFields
    for field in present.each where !wanted.contains(field) { ignoredKeys.insert(field.name) }
    for member in quick.members where member.field < 0 && ignoredKeys.count < JSONReader.mostKeys {
      ignoredKeys.insert(quick.name(of: member))
    }
    return kind
  }

  /// Passes over the rest of the array or object that was just opened.
  private func skipToClose() throws {
    let depth = reader.depth
    while reader.depth >= depth { _ = try reader.next() }
  }

  /// Reads an object and turns its innermost objects into records.
  private func readRecord(of kind: Kind?) throws {
    values.removeAll(keepingCapacity: true)
    releaseOpen()
    try readObject()
    for record in open { finish(record, kind: kind) }
  }

  /// Adds the records of an object that was just opened to `open`: itself, or those nested in it.
  private func readObject() throws {
    var own = newRecord()
    var holdsRows = false
    let first = open.count
    while try reader.next() == .key {
      let key = keyFields.key(reader.text)
      if try takeMember(try reader.next(), key: key, into: &own) { holdsRows = true }
    }
    guard holdsRows else { return open.append(own) }
    for index in first..<open.count { open[index] = open[index].inheriting(from: own) }
    release(own)
  }

  /// Takes one member of an object: a value of its own, or rows nested in it, which go to `open`.
  ///
  /// - Returns: whether it was an array of rows.
  private func takeMember(_ token: JSONReader.Token, key: JSONKey, into own: inout Record) throws
    -> Bool
  {
    guard token == .beginArray,
      key.name == "exercises" || key.name == "sets" || key.name == "rows"
    else {
      try take(token, key: key, into: &own)
      return false
    }
    while true {
      let token = try reader.next()
      if token == .endArray { return true }
      if token == .beginObject {
        try readObject()
      } else {
        rejectWhole(.notAnObject, line: reader.line)
        if token == .beginArray { try skipToClose() }
      }
    }
  }

  /// Notes a value that was just opened or read under its key.
  private func take(_ token: JSONReader.Token, key: JSONKey, into record: inout Record) throws {
    guard let field = key.field else {
      if ignoredKeys.count < JSONReader.mostKeys { ignoredKeys.insert(key.name) }
      if token == .beginObject || token == .beginArray { try skipToClose() }
      return
    }
    if record.present.contains(field) { record.isDoubled = true }
    let start = values.count
    switch token {
    case .string, .number: values += reader.text
    case .yes: values += JSONRecords.yes
    case .no: values += JSONRecords.no
    case .beginArray:
      if try !takeScalars() { record.misshapen = field }
    case .beginObject:
      try skipToClose()
      record.misshapen = field
    default: break
    }
    record.present.insert(field)
    record.ranges[field.rawValue] = start..<values.count
  }

  /// An array of scalars, joined by spaces; false when it holds anything else.
  private func takeScalars() throws -> Bool {
    var plain = true
    let start = values.count
    while true {
      switch try reader.next() {
      case .endArray: return plain
      case .string, .number:
        if values.count > start { values.append(0x20) }
        values += reader.text
      case .beginArray, .beginObject:
        plain = false
        try skipToClose()
      default: plain = false
      }
    }
  }

  private func finish(_ record: Record, kind given: Kind?) {
    rows += 1
    decoder.batch.read += 1
    guard let kind = given ?? Kind.candidates(record.present).first else {
      kindless += 1
      return reject(.missingValue, record, field: nil)
    }
    kinds.insert(kind)
    if record.isDoubled { return reject(.duplicateKey, record, field: nil) }
    if let field = record.misshapen, kind.fields.contains(field) {
      return reject(.unknownCode, record, field: field)
    }
    let wanted = kind.fields
    for field in record.present.each where !wanted.contains(field) {
      ignoredKeys.insert(field.name)
    }
    values.withUnsafeBufferPointer { values in
      decoder.clear()
      for field in record.present.each where wanted.contains(field) {
        let range = record.ranges[field.rawValue]
        decoder.slots[field.rawValue] =
          range.isEmpty ? .empty : Bytes(rebasing: values[range])
      }
      if Template.isExample(kind, { decoder.slots[$0.rawValue] }) {
        return reject(.exampleRow, record, field: nil)
      }
      do throws(Refusal) {
        if try !decoder.decodeQuoted(kind, line: record.line) { decoder.leaveOutNothing() }
      } catch {
        reject(error.reason, record, field: error.field)
      }
    }
  }

  private func flush(_ emit: (inout Batch) throws -> Void) throws {
    guard decoder.hasFullBatch else { return }
    try emit(&decoder.batch)
    decoder.beginBatch()
  }

  private func reject(_ reason: RejectionReason, _ record: Record, field: Field?) {
    var value: [UInt8] = []
    if let field, record.present.contains(field) {
      value = Array(values[record.ranges[field.rawValue]].prefix(1_024))
    }
    decoder.batch.rejections.append(
      Rejection(
        reason: reason, position: SourcePosition(line: Int64(record.line)),
        column: field?.name ?? "", value: value, row: wholeRow(record)))
  }

  /// The record as a JSON object on one line, with what it has from the object around it.
  private func wholeRow(_ record: Record) -> [UInt8] {
    var row: [UInt8] = [0x7B]
    for field in record.present.each {
      if row.count > 1 { row.append(0x2C) }
      row += jsonString(Array(field.name.utf8)[...]) + [0x3A]
      row += jsonString(values[record.ranges[field.rawValue]])
    }
    return row + [0x7D]
  }

  /// Text as a JSON string.
  private func jsonString(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var string: [UInt8] = [0x22]
    for byte in text {
      switch byte {
      case 0x22, 0x5C: string += [0x5C, byte]
      case 0..<0x20: string += Array("\\u00".utf8) + hexadecimal(byte)
      default: string.append(byte)
      }
    }
    return string + [0x22]
  }

  private func hexadecimal(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private func rejectWhole(_ reason: RejectionReason, line: Int) {
    rows += 1
    decoder.batch.read += 1
    decoder.batch.rejections.append(
      Rejection(reason: reason, position: SourcePosition(line: Int64(line)), column: ""))
  }

  private func reason(of problem: JSONProblem) -> RejectionReason {
    switch problem.what {
    case .duplicateKey: .duplicateKey
    case .encoding: .badEncoding
    default: .badJSON
    }
  }
}

/// A key of an object and the field that it means.
private struct JSONKey {
  var name: String
  var field: Field?
}

/// Keys that were met, so that each is understood once.
private struct KeyFields {
  private var names = NamePool()
  private var keys: [JSONKey] = []
  /// A file of ever new keys is not remembered for ever.
  private static let most = 4_096

  mutating func key(_ text: [UInt8]) -> JSONKey {
    if names.count > KeyFields.most {
      names = NamePool()
      keys = []
    }
    let id = text.withUnsafeBufferPointer { Int(names.intern($0).index) }
    if id < keys.count { return keys[id] }
    let name = String(decoding: text, as: UTF8.self)
    keys.append(JSONKey(name: name, field: Field(header: name)))
    return keys[id]
  }
}
