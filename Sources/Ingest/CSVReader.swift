import CKernels
import Records

/// Reads comma-separated records (RFC 4180) from bytes in one stream, strict on structure.
///
/// Line ends are LF, CRLF or CR, mixed as they come; quoted fields may hold them. Blank lines are
/// passed over. A record whose quotes do not fit is given back as its first physical line, marked,
/// and reading goes on with the next line, so one stray quote never swallows the rows behind it.
/// Nothing is allocated per record.
final class CSVReader {
  /// One bit a byte of the window.
  private typealias Marks = UnsafeMutablePointer<UInt64>

  private let window: Window
  private let delimiter: UInt8
  private var longestField: Int { found.pointee.longest }
  /// Bytes of a record: many long fields are as much as one that is too long.
  private var longestRecord: Int { 4 * found.pointee.longest }
  /// Bytes that are kept of a line that is passed over.
  private static let keptBytes = 1 << 16
  /// The beginning of such a line, where it did not stay in the window.
  private var beginning: [UInt8]?
  /// The fields of the current record.
  var fields: UnsafeBufferPointer<lumbar_field> {
    .init(start: found.pointee.fields, count: found.pointee.count)
  }
  private let found: UnsafeMutablePointer<lumbar_record>
  /// Which bytes of the window end a field or a line or are quotes or NUL, one bit each.
  private var marks: Marks
  /// Which bytes of the window are above ASCII.
  private var high: Marks
  private var markedBlocks: Int
  /// How much of the window is looked through.
  private var markedEnd = 0
  /// The line that the current record begins on, from 1.
  private(set) var line = 0
  /// What is wrong with the structure of the current record.
  private(set) var problem: RejectionReason?
  /// Offset of the record in the window, and its length without the line end.
  private var recordStart = 0
  private(set) var recordLength = 0
  private var nextLine = 1
  private var scratch: UnsafeMutablePointer<UInt8>
  private var scratchCapacity: Int
  private var scratchUsed = 0
  private var retired: [UnsafeMutablePointer<UInt8>] = []
  private var hasRetired = false

  init(_ window: Window, delimiter: UInt8) {
    self.window = window
    self.delimiter = delimiter
    scratchCapacity = 1 << 12
    scratch = .allocate(capacity: scratchCapacity)
    found = .allocate(capacity: 1)
    found.pointee = lumbar_record(
      start: 0, field: 0, count: 0, most: window.limits.columns, longest: window.limits.fieldBytes,
      fields: .allocate(capacity: window.limits.columns))
    markedBlocks = window.end / 64 + 2
    marks = .allocate(capacity: markedBlocks)
    high = .allocate(capacity: markedBlocks)
    markWindow(from: 0)
  }

  deinit {
    found.pointee.fields.deallocate()
    found.deallocate()
    marks.deallocate()
    high.deallocate()
    releaseScratch()
    scratch.deallocate()
  }

  /// Counts lines from another one than the first.
  func begin(at line: Int) { nextLine = line }

  /// The line that the next record begins on.
  var upcomingLine: Int { nextLine }

  /// Whether the last line that was read had a line feed at its end.
  private(set) var endedWithLine = false

  /// Passes over whole physical lines before the header.
  func skipLines(_ count: Int) throws {
    for _ in 0..<max(count, 0) {
      recordStart = window.start
      guard try passLine() else { return }
    }
  }

  /// Moves to the next record.
  ///
  /// - Returns: false at the end of the file.
  func next() throws -> Bool {
    releaseScratch()
    problem = nil
    beginning = nil
    while true {
      found.pointee.count = 0
      recordStart = window.start
      line = nextLine
      switch try scan() {
      case .record: return true
      case .blank: continue
      case .atEnd: return false
      case .broken(let reason):
        problem = reason
        found.pointee.count = 0
        recordStart = window.start
        nextLine = line
        _ = try passLine()
        return true
      }
    }
  }

  /// The bytes of a field, quotes taken off; they stay until the next record.
  func bytes(_ index: Int) -> Bytes {
    let field = fields[index]
    let range = recordStart + Int(field.start)..<recordStart + Int(field.end)
    return field.escaped ? undoubled(window.bytes(range)) : window.bytes(range)
  }

  /// A column and the slot that its cells go into.
  struct Step {
    var column: Int
    var slot: Int
  }

  /// Lays cells of the record into slots; they stay until the next record.
  func lay(_ steps: UnsafeBufferPointer<Step>, into slots: UnsafeMutablePointer<Bytes>) {
    let base = window.base + recordStart
    for step in steps {
      let field = found.pointee.fields[step.column]
      slots[step.slot] =
        field.escaped
        ? bytes(step.column)
        : Bytes(start: base + Int(field.start), count: Int(field.end - field.start))
    }
  }

  /// The record's first bytes as they stand, at most 64 KiB, without its line end.
  var head: [UInt8] { beginning ?? Array(record.prefix(CSVReader.keptBytes)) }

  /// The whole record as it stands, without its line end; of a line that was passed over, its end.
  var record: Bytes { window.bytes(recordStart..<recordStart + recordLength) }

  /// Whether the record begins with a letter or a digit.
  var beginsWithText: Bool {
    let first = byte(0)
    return first &- 0x30 <= 9 || (first | 0x20) &- 0x61 < 26
  }

  /// Offset of the record in the file.
  var recordOffset: Int { window.consumed + recordStart }

  private enum Outcome { case record, blank, atEnd, broken(RejectionReason) }

  private func scan() throws -> Outcome {
    var position = 0  // from the record's first byte
    if try !have(position) { return .atEnd }
    if isLineEnd(byte(position)) {
      try endLine(at: position)
      return .blank
    }
    while true {
      let outcome = try byte0(position) == 0x22 ? scanQuoted(&position) : scanPlain(&position)
      if let outcome { return outcome }
    }
  }

  /// The byte at a position, or a line end behind the last byte of the file.
  private func byte0(_ position: Int) throws -> UInt8 { try have(position) ? byte(position) : 0x0A }

  /// Notes a field of the record.
  @inline(__always)
  private func append(from start: Int, to end: Int, escaped: Bool = false) throws {
    guard found.pointee.count < found.pointee.most else {
      throw IngestError.tooManyColumns(line: line, limit: found.pointee.most)
    }
    found.pointee.fields[found.pointee.count] = .init(
      start: Int32(start), end: Int32(end), escaped: escaped)
    found.pointee.count += 1
  }

  /// Scans unquoted fields from mark to mark; nil when a quoted one follows.
  private func scanPlain(_ position: inout Int) throws -> Outcome? {
    found.pointee.start = recordStart
    found.pointee.field = position
    while true {
      position = lumbar_plain_fields(window.base, marks, markedEnd, delimiter, found)
      if position - found.pointee.field > longestField || position > longestRecord {
        return .broken(.fieldTooLong)
      }
      if isAtWindowEnd(position) {
        if try have(position) {
          found.pointee.start = recordStart
          continue
        }
        try append(from: found.pointee.field, to: position)
        try endLine(at: position)
        return .record
      }
      let byte = byte(position)
      if isLineEnd(byte) {
        try append(from: found.pointee.field, to: position)
        try endLine(at: position)
        return .record
      }
      if byte == 0x22 { return position == found.pointee.field ? nil : .broken(.badQuoting) }
      if byte == 0 { throw IngestError.notText(offset: recordOffset + position) }
      throw IngestError.tooManyColumns(line: line, limit: found.pointee.most)
    }
  }

  /// Scans a quoted field; nil when another field follows.
  private func scanQuoted(_ position: inout Int) throws -> Outcome? {
    position += 1
    let start = position
    var escaped = false
    while true {
      position = nextMark(from: position)
      if position - start > longestField || position > longestRecord {
        // So long and over several lines, it is a quote that nobody closed.
        return .broken(nextLine > line ? .badQuoting : .fieldTooLong)
      }
      if isAtWindowEnd(position) {
        guard try have(position) else { return .broken(.badQuoting) }
        continue
      }
      let byte = byte(position)
      if byte == 0x22 {
        guard try have(position + 1), self.byte(position + 1) == 0x22 else { break }
        escaped = true
        position += 2
        continue
      }
      if byte == 0 { throw IngestError.notText(offset: recordOffset + position) }
      if byte == 0x0A || byte == 0x0D, try !(byte == 0x0D && byte0(position + 1) == 0x0A) {
        nextLine += 1
      }
      position += 1
    }
    try append(from: start, to: position, escaped: escaped)
    position += 1
    guard try have(position) else {
      try endLine(at: position)
      return .record
    }
    let follower = self.byte(position)
    if follower == delimiter {
      position += 1
      return nil
    }
    guard isLineEnd(follower) else { return .broken(.badQuoting) }
    try endLine(at: position)
    return .record
  }

  /// Closes the record at a line end or at the end of the file.
  private func endLine(at position: Int) throws {
    recordLength = position
    var next = position
    endedWithLine = false
    if try have(position) {
      endedWithLine = byte(position) == 0x0A
      next += 1
      if byte(position) == 0x0D, try have(position + 1), byte(position + 1) == 0x0A {
        next += 1
        endedWithLine = true
      }
    }
    window.start = recordStart + next
    nextLine += 1
  }

  /// Goes behind the physical line that the record begins on; however long it is, the window holds
  /// no more of it than fits.
  ///
  /// - Returns: false at the end of the file.
  private func passLine() throws -> Bool {
    var position = 0
    while true {
      position = nextMark(from: position)
      if isAtWindowEnd(position) {
        if position > longestField {
          beginning =
            beginning
            ?? Array(window.bytes(recordStart..<recordStart + position).prefix(CSVReader.keptBytes))
          recordStart += position
          position = 0
        }
        if try have(position) { continue }
        try endLine(at: position)
        return false
      }
      if isLineEnd(byte(position)) {
        try endLine(at: position)
        return true
      }
      position += 1
    }
  }

  /// The next marked byte at or behind a position of the record; the end of the window where there
  /// is none.
  @inline(__always)
  private func nextMark(from position: Int) -> Int {
    let start = recordStart + position
    guard start < markedEnd else { return position }
    var block = start >> 6
    var bits = marks[block] & (~0 << UInt64(start & 63))
    while bits == 0 {
      block += 1
      if block << 6 >= markedEnd { return markedEnd - recordStart }
      bits = marks[block]
    }
    return min(block << 6 + bits.trailingZeroBitCount, markedEnd) - recordStart
  }

  @inline(__always)
  private func isAtWindowEnd(_ position: Int) -> Bool { recordStart + position >= window.end }

  /// Whether the record has a byte above ASCII. O(length / 64).
  var isBeyondASCII: Bool {
    let end = recordStart + recordLength
    var block = recordStart >> 6
    var bits = high[block] & (~0 << UInt64(recordStart & 63))
    while (block + 1) << 6 <= end {
      if bits != 0 { return true }
      block += 1
      bits = high[block]
    }
    return bits & ((1 << UInt64(end & 63)) - 1) != 0
  }

  /// Looks through what the window has got.
  ///
  /// - Parameter start: where the first byte lies that is new or lies elsewhere than before.
  private func markWindow(from start: Int) {
    let blocks = window.end / 64 + 1
    if blocks >= markedBlocks {
      let capacity = 2 * blocks
      let old = start >> 6
      marks = CSVReader.grown(marks, from: old, to: capacity)
      high = CSVReader.grown(high, from: old, to: capacity)
      markedBlocks = capacity
    }
    let first = start >> 6
    lumbar_mark_table(
      window.base + first << 6, blocks - first, delimiter, marks + first, high + first)
    markedEnd = window.end
  }

  /// Room for more marks that holds the first of those before.
  private static func grown(
    _ room: Marks, from count: Int, to capacity: Int
  ) -> Marks {
    let larger = Marks.allocate(capacity: capacity)
    larger.update(from: room, count: count)
    room.deallocate()
    return larger
  }

  @inline(__always)
  private func byte(_ position: Int) -> UInt8 { window.base[recordStart + position] }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Whether the file reaches to a position, reading more when needed.
  @inline(__always)
  private func have(_ position: Int) throws -> Bool {
    if recordStart + position < window.end { return true }
    return try fetch(position)
  }

  private func fetch(_ position: Int) throws -> Bool {
    while recordStart + position >= window.end {
      window.start = recordStart
      guard let shift = try window.fill() else { return false }
      recordStart -= shift
      markWindow(from: shift > 0 ? 0 : markedEnd)
    }
    return true
  }

  private func undoubled(_ bytes: Bytes) -> Bytes {
    if scratchUsed + bytes.count > scratchCapacity { replaceScratch(holding: bytes.count) }
    let target = scratch + scratchUsed
    var count = 0
    var index = 0
    while index < bytes.count {
      target[count] = bytes[index]
      count += 1
      index += bytes[index] == 0x22 ? 2 : 1
    }
    scratchUsed += count
    return Bytes(start: target, count: count)
  }

  /// Fields handed out earlier still point into the old scratch, so it stays until the next record.
  private func replaceScratch(holding count: Int) {
    retired.append(scratch)
    hasRetired = true
    scratchCapacity = max(scratchCapacity * 2, count * 2)
    scratch = .allocate(capacity: scratchCapacity)
    scratchUsed = 0
  }

  private func releaseScratch() {
    scratchUsed = 0
    guard hasRetired else { return }
    hasRetired = false
    for old in retired { old.deallocate() }
    retired.removeAll(keepingCapacity: true)
  }
}
