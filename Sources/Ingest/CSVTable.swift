import Records

/// Reads a whole table of known shape: each record's columns into the decoder's slots, each good
/// row into the batch, each bad one into its rejections.
struct CSVTable {
  private let reader: CSVReader
  private let shape: TableShape
  private let decoder: RowDecoder
  private let options: ReadingOptions
  private var plan: [Step] = []
  private var dates: [DateStep] = []
  private var fills: [Int] = []
  private var filled: [[UInt8]] = []
  private var exclusions: [(column: Int, equals: [UInt8], reason: String)] = []
  private var columnOf: [Field: Int] = [:]
  private var constants: [[UInt8]] = []
  /// Room for one composed date a date step; it stays in place while a row is decoded.
  private let composed: UnsafeMutablePointer<UInt8>

  private struct Step {
    var column: Int
    var slot: Int
  }

  private struct DateStep {
    var year: Int
    var month: Int
    var day: Int
    var time: Int?
    var slot: Int
  }

  private static let composedLength = 64

  init(_ window: Window, shape: TableShape, decoder: RowDecoder, options: ReadingOptions) {
    reader = CSVReader(window, delimiter: shape.delimiter)
    self.shape = shape
    self.decoder = decoder
    self.options = options
    composed = .allocate(capacity: CSVTable.composedLength * 4)
    prepare()
  }

  /// Turns names of columns into their numbers.
  private mutating func prepare() {
    let layout = shape.layout
    var number: [String: Int] = [:]
    for (index, name) in shape.header.enumerated() where number[Field.folded(name)] == nil {
      number[Field.folded(name)] = index
    }
    func column(_ name: String) -> Int { number[Field.folded(name)] ?? -1 }
    for (field, origin) in layout.fields {
      switch origin {
      case .column(let name):
        plan.append(Step(column: column(name), slot: field.rawValue))
        columnOf[field] = column(name)
      case .date(let year, let month, let day, let time):
        dates.append(
          DateStep(
            year: column(year), month: column(month), day: column(day), time: time.map(column),
            slot: field.rawValue))
        columnOf[field] = column(day)
      case .constant(let text):
        constants.append(Array(text.utf8))
      }
    }
    fills = layout.filledDown.map(column)
    filled = fills.map { _ in [] }
    exclusions = layout.exclusions.map { (column($0.column), Array($0.equals.utf8), $0.reason) }
  }

  /// Reads every record and hands on full batches.
  mutating func read(emit: (inout Batch) throws -> Void) throws {
    defer { composed.deallocate() }
    let constantBytes = layConstants()
    defer { for bytes in constantBytes { bytes.deallocate() } }
    try reader.skipLines(shape.layout.skippedLines)
    guard try reader.next() else { return }
    while try reader.next() {
      decoder.batch.read += 1
      readRow()
      if decoder.batch.read >= options.batchRows {
        try emit(&decoder.batch)
        decoder.batch.removeRows()
      }
    }
    try emit(&decoder.batch)
    decoder.batch.removeRows()
  }

  /// Constants stay in their slots for the whole file.
  private func layConstants() -> [UnsafeMutablePointer<UInt8>] {
    var kept: [UnsafeMutablePointer<UInt8>] = []
    for (field, origin) in shape.layout.fields {
      guard case .constant(let text) = origin else { continue }
      let bytes = Array(text.utf8)
      let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
      for (index, byte) in bytes.enumerated() { memory[index] = byte }
      decoder.slots[field.rawValue] = Bytes(start: memory, count: bytes.count)
      kept.append(memory)
    }
    return kept
  }

  private mutating func readRow() {
    if let problem = reader.problem { return reject(problem, field: nil) }
    let count = reader.fields.count
    if count != shape.header.count {
      return reject(count < shape.header.count ? .tooFewFields : .tooManyFields, field: nil)
    }
    if let invalid = firstInvalidByte() { return reject(.badEncoding, field: nil, at: invalid) }
    for step in plan { decoder.slots[step.slot] = reader.bytes(step.column) }
    fillDown()
    for exclusion in exclusions
    where reader.bytes(exclusion.column).trimmed.elementsEqual(exclusion.equals) {
      decoder.batch.leftOut[exclusion.reason, default: 0] += 1
      return
    }
    if isEmptyRow() {
      decoder.batch.leftOut["empty row", default: 0] += 1
      return
    }
    for (index, step) in dates.enumerated() { composeDate(step, room: index) }
    do {
      try decoder.decode(shape.layout.kind, line: reader.line)
    } catch {
      reject(error.reason, field: error.field)
    }
  }

  /// Only rows with a byte above ASCII have to be looked at.
  private func firstInvalidByte() -> Int? {
    let record = reader.record
    var any: UInt8 = 0
    for byte in record { any |= byte }
    return any < 0x80 ? nil : firstInvalidUTF8(record)
  }

  private func isEmptyRow() -> Bool {
    for index in reader.fields.indices where reader.bytes(index).trimmed.count > 0 { return false }
    return true
  }

  /// Remembers the cells of filled-down columns, and puts the last one where a cell is empty.
  private mutating func fillDown() {
    for (index, column) in fills.enumerated() {
      let bytes = reader.bytes(column).trimmed
      if bytes.count > 0 { filled[index] = Array(bytes) }
    }
  }

  private func cell(_ column: Int) -> [UInt8] {
    let bytes = reader.bytes(column).trimmed
    if bytes.count == 0, let index = fills.firstIndex(of: column) { return filled[index] }
    return Array(bytes)
  }

  /// Lays `2015-11-25` or `2015-11-25 16:30` into the slot; nothing when the date is not there.
  private func composeDate(_ step: DateStep, room: Int) {
    decoder.slots[step.slot] = .empty
    guard let year = number(step.year), let month = number(step.month), let day = number(step.day),
      year > 0 || month > 0 || day > 0
    else { return }
    var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    if let column = step.time {
      let time = cell(column)
      let stated = time.withUnsafeBufferPointer {
        !isMissing($0) && !decoder.missing.contains(time)
      }
      if stated { text += " " + String(decoding: time.prefix(40), as: UTF8.self) }
    }
    let target = composed + room * CSVTable.composedLength
    var count = 0
    for byte in text.utf8.prefix(CSVTable.composedLength) {
      target[count] = byte
      count += 1
    }
    decoder.slots[step.slot] = Bytes(start: target, count: count)
  }

  private func number(_ column: Int) -> Int? {
    let bytes = cell(column)
    return bytes.withUnsafeBufferPointer { parseInteger($0) }.map(Int.init)
  }

  private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private func reject(_ reason: RejectionReason, field: Field?, at offset: Int? = nil) {
    let column = field.flatMap { columnOf[$0] }
    var value: [UInt8] = []
    if let column, column >= 0, column < reader.fields.count {
      value = Array(reader.bytes(column).prefix(1_024))
    }
    var name = column.flatMap { $0 >= 0 ? shape.header[$0] : nil } ?? field?.name ?? ""
    if let offset { name = "byte \(reader.recordOffset + offset)" }
    decoder.batch.rejections.append(
      Rejection(
        reason: reason, position: SourcePosition(line: Int64(reader.line)), column: name,
        value: value, row: Array(reader.record.prefix(65_536))))
  }
}
