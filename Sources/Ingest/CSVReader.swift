import Records

/// Reads comma-separated records (RFC 4180) from bytes in one stream, strict on structure.
///
/// Line ends are LF, CRLF or CR, mixed as they come; quoted fields may hold them. Blank lines are
/// passed over. A record whose quotes do not fit is given back as its first physical line, marked,
/// and reading goes on with the next line, so one stray quote never swallows the rows behind it.
/// Nothing is allocated per record.
final class CSVReader {
  /// A field of the current record, as offsets from the record's first byte.
  struct Field {
    var start: Int32
    var end: Int32
    /// Whether it was quoted and holds doubled quotes, which have to be undoubled.
    var escaped: Bool
  }

  private let window: Window
  private let delimiter: UInt8
  private let longestField: Int
  private let mostFields: Int
  /// The fields of the current record.
  private(set) var fields: [Field] = []
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

  init(_ window: Window, delimiter: UInt8) {
    self.window = window
    self.delimiter = delimiter
    longestField = window.limits.fieldBytes
    mostFields = window.limits.columns
    scratchCapacity = 1 << 12
    scratch = .allocate(capacity: scratchCapacity)
    fields.reserveCapacity(32)
  }

  deinit {
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
      guard try advanceToLineEnd(from: 0) else { return }
    }
  }

  /// Moves to the next record.
  ///
  /// - Returns: false at the end of the file.
  func next() throws -> Bool {
    releaseScratch()
    problem = nil
    while true {
      fields.removeAll(keepingCapacity: true)
      recordStart = window.start
      line = nextLine
      switch try scan() {
      case .record: return true
      case .blank: continue
      case .atEnd: return false
      case .broken(let reason):
        problem = reason
        fields.removeAll(keepingCapacity: true)
        recordStart = window.start
        nextLine = line
        _ = try advanceToLineEnd(from: 0)
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

  /// The whole record as it stands, without its line end.
  var record: Bytes { window.bytes(recordStart..<recordStart + recordLength) }

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
      if fields.count > mostFields {
        throw IngestError.tooManyColumns(line: line, limit: mostFields)
      }
      if let outcome { return outcome }
    }
  }

  /// The byte at a position, or a line end behind the last byte of the file.
  private func byte0(_ position: Int) throws -> UInt8 { try have(position) ? byte(position) : 0x0A }

  /// Scans an unquoted field; nil when another field follows.
  private func scanPlain(_ position: inout Int) throws -> Outcome? {
    let start = position
    while true {
      let base = window.base + recordStart
      let available = window.end - recordStart
      while position < available {
        let byte = base[position]
        if byte == delimiter {
          if position - start > longestField { return .broken(.fieldTooLong) }
          fields.append(.init(start: Int32(start), end: Int32(position), escaped: false))
          position += 1
          return nil
        }
        if byte == 0x0A || byte == 0x0D {
          if position - start > longestField { return .broken(.fieldTooLong) }
          fields.append(.init(start: Int32(start), end: Int32(position), escaped: false))
          try endLine(at: position)
          return .record
        }
        if byte == 0x22 { return .broken(.badQuoting) }
        if byte == 0 { throw IngestError.notText(offset: recordOffset + position) }
        position += 1
      }
      if position - start > longestField { return .broken(.fieldTooLong) }
      guard try have(position) else {
        fields.append(.init(start: Int32(start), end: Int32(position), escaped: false))
        try endLine(at: position)
        return .record
      }
    }
  }

  /// Scans a quoted field; nil when another field follows.
  private func scanQuoted(_ position: inout Int) throws -> Outcome? {
    position += 1
    let start = position
    var escaped = false
    while true {
      guard try have(position) else { return .broken(.badQuoting) }
      let byte = byte(position)
      if byte == 0 { throw IngestError.notText(offset: recordOffset + position) }
      if byte != 0x22 {
        if byte == 0x0A || byte == 0x0D, try !(byte == 0x0D && byte0(position + 1) == 0x0A) {
          nextLine += 1
        }
        position += 1
        if position - start > longestField {
          // So long and over several lines, it is a quote that nobody closed.
          return .broken(nextLine > line ? .badQuoting : .fieldTooLong)
        }
        continue
      }
      if try have(position + 1), self.byte(position + 1) == 0x22 {
        escaped = true
        position += 2
        continue
      }
      fields.append(.init(start: Int32(start), end: Int32(position), escaped: escaped))
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

  private func advanceToLineEnd(from start: Int) throws -> Bool {
    var position = start
    while try have(position) {
      if isLineEnd(byte(position)) {
        try endLine(at: position)
        return true
      }
      position += 1
    }
    try endLine(at: position)
    return false
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
    scratchCapacity = max(scratchCapacity * 2, count * 2)
    scratch = .allocate(capacity: scratchCapacity)
    scratchUsed = 0
  }

  private func releaseScratch() {
    scratchUsed = 0
    guard !retired.isEmpty else { return }
    for old in retired { old.deallocate() }
    retired.removeAll(keepingCapacity: true)
  }
}
