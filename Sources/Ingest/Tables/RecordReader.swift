/// One cell: where its text lies, and what has to be taken out of it.
///
/// Two words of memory, since a file has many cells.
struct TextCell {
  var start: Int
  /// The end, and below it two flags.
  private var packed: Int

  init(start: Int, end: Int, quoted: Bool = false, coded: Bool = false) {
    self.start = start
    packed = end << 2 | (quoted ? 2 : 0) | (coded ? 1 : 0)
  }

  var end: Int {
    get { packed >> 2 }
    set { packed = newValue << 2 | packed & 3 }
  }

  var quoted: Bool { packed & 2 != 0 }

  /// The text has doubled quotes or escapes, which stand for single characters.
  var coded: Bool { packed & 1 != 0 }
}

/// One record: its cells (a range of the reader's `cells`) and where it stood in the file.
struct TextRecord {
  /// The first line of the record, counted from 1.
  var line: Int
  /// Lines the record covers.
  var lines = 1
  /// The bytes of the record, without its line end.
  var start: Int
  var end = 0
  var first = 0
  var count = 0
  /// A quote stood where none belongs.
  var odd = false
  /// As the dialect reads it, it does not have the width expected; it was read otherwise.
  var mended = false
  /// Nothing but blanks.
  var blank = false
}

/// Splits text into records by a dialect, leniently: every text has records.
///
/// A quote opens a cell only at the cell's beginning, and closes it only before a delimiter or a
/// line end; a quote that never closes is a character like others. A record whose width is not
/// the one expected is read again with quotes that close on their own line; the better is kept.
/// Time O(n): what is read twice is limited by a multiple of the text's size.
struct RecordReader {
  let bytes: [UInt8]
  let dialect: Dialect
  private(set) var cells: [TextCell] = []
  private var position: Int
  private var line = 1
  private var again: Int
  private let stops: [Bool]
  private let delimiter: [UInt8]
  private let head: UInt8
  private let quote: UInt8
  private let hasQuote: Bool
  private let escape: UInt8
  private let hasEscape: Bool
  private let end: Int
  /// How the record now read is tried.
  private var attempt = Attempt.usual

  /// Ways to read a record that does not have the width expected.
  private enum Attempt: CaseIterable {
    /// As the dialect says.
    case usual
    /// Quotes close on their own line or do not count.
    case careful
    /// A quote may stand for a missing delimiter.
    case joined
    /// A delimiter before a blank is text, and so does not let a quote close.
    case reluctant
  }

  /// - Parameters:
  ///   - bytes: UTF-8 text.
  ///   - dialect: how it is delimited.
  ///   - start: where to begin.
  ///   - end: read no further than this, or nil for the whole text.
  init(_ bytes: [UInt8], _ dialect: Dialect, start: Int = 0, end: Int? = nil) {
    position = start
    self.bytes = bytes
    self.dialect = dialect
    self.end = end ?? bytes.count
    again = 4 * bytes.count + (1 << 16)
    delimiter = dialect.delimiterBytes
    head = delimiter.first ?? 0
    hasQuote = dialect.quote != nil
    quote = dialect.quote ?? 0
    hasEscape = dialect.escape != nil
    escape = dialect.escape ?? 0
    var stops = [Bool](repeating: false, count: 256)
    stops[10] = true
    stops[13] = true
    if !delimiter.isEmpty { stops[Int(head)] = true }
    if dialect.merges { stops[9] = true }
    if hasEscape { stops[Int(escape)] = true }
    if hasQuote { stops[Int(quote)] = true }
    self.stops = stops
  }

  /// Forgets the cells read so far, so that their room is used again.
  mutating func forgetCells() { cells.removeAll(keepingCapacity: true) }

  /// The next record, or nil at the end.
  ///
  /// - Parameter width: the number of cells expected, or nil if unknown.
  mutating func next(expecting width: Int? = nil) -> TextRecord? {
    guard position < end else { return nil }
    let (start, startLine, firstCell) = (position, line, cells.count)
    let usual = read(again > 0 ? .usual : .careful)
    guard let width, usual.count != width, again > 0 else { return usual }
    guard usual.odd || usual.lines > 1 || usual.count == width - 1 && hasInnerQuote(usual) else {
      return usual
    }
    let length = position - start
    var best = (attempt: Attempt.usual, distance: abs(usual.count - width))
    for attempt in Attempt.allCases.dropFirst() where best.distance > 0 {
      cells.removeSubrange(firstCell...)
      (position, line) = (start, startLine)
      again -= length
      let distance = abs(read(attempt).count - width)
      // Only the careful reading may help without giving the very width.
      if attempt == .careful ? distance < best.distance : distance == 0 {
        best = (attempt, distance)
      }
    }
    cells.removeSubrange(firstCell...)
    (position, line) = (start, startLine)
    var record = read(best.attempt)
    record.mended = best.attempt != .usual
    return record
  }

  /// Takes a record's cells from elsewhere: from a reader of the same text by another dialect.
  mutating func adopt(_ others: ArraySlice<TextCell>) -> Int {
    cells += others
    return cells.count - others.count
  }

  /// A quote in a record that is not at a border of a cell.
  private func hasInnerQuote(_ record: TextRecord) -> Bool {
    guard hasQuote else { return false }
    for cell in cells[record.first..<record.first + record.count] {
      if cell.coded { return true }
      for index in cell.start..<cell.end where bytes[index] == quote { return true }
    }
    return false
  }

  private mutating func read(_ attempt: Attempt) -> TextRecord {
    self.attempt = attempt
    let careful = attempt == .careful || attempt == .joined
    let joined = attempt == .joined
    var record = TextRecord(line: line, start: position)
    record.first = cells.count
    if dialect.merges { skipBlanks() }
    var more = true
    while more {
      if !readQuoted(&record, careful: careful) { readPlain() }
      more = false
      if joined, position > record.start, position < end, !isLineEnd(bytes[position]),
        !isDelimiter(at: position)
      {
        more = true
      } else if position < end, isDelimiter(at: position) {
        position += dialect.merges ? 1 : delimiter.count
        more = true
        if dialect.merges {
          skipBlanks()
          if position >= end || isLineEnd(bytes[position]) { more = false }
        }
      }
    }
    record.end = position
    record.count = cells.count - record.first
    record.blank = isBlank(record)
    if position < end {
      position += bytes[position] == 13 && position + 1 < end && bytes[position + 1] == 10 ? 2 : 1
    }
    line += 1
    record.lines = line - record.line
    return record
  }

  private func isBlank(_ record: TextRecord) -> Bool {
    guard record.count <= 1 || head == 32 || head == 9 else { return false }
    for index in record.start..<record.end where bytes[index] != 32 && bytes[index] != 9 {
      return false
    }
    return record.count <= 1 || head == 32
  }

  private mutating func readPlain() {
    let start = position
    let joined = attempt == .joined
    var coded = false
    while position < end {
      let byte = bytes[position]
      if !stops[Int(byte)] {
        position += 1
      } else if isLineEnd(byte) || isDelimiter(at: position) {
        break
      } else if hasEscape, byte == escape, position + 1 < end {
        let next = bytes[position + 1]
        let codes =
          isDelimiter(at: position + 1) || next == escape || (hasQuote && next == quote)
          || (!hasQuote && next == 10)
        if next == 10 && codes { line += 1 }
        coded = coded || codes
        position += codes ? 2 : 1
      } else if joined, position > start, byte == quote, closesOnLine(position) {
        break
      } else {
        position += 1
      }
    }
    var cell = TextCell(start: start, end: position, coded: coded)
    if dialect.trims {
      while cell.start < cell.end, isPad(bytes[cell.start]) { cell.start += 1 }
      while cell.end > cell.start, isPad(bytes[cell.end - 1]) { cell.end -= 1 }
    }
    cells.append(cell)
  }

  /// Reads a quoted cell; false, with nothing read, if there is none or it does not close.
  private mutating func readQuoted(_ record: inout TextRecord, careful: Bool) -> Bool {
    guard hasQuote, position < end else { return false }
    var index = position
    while index < end, isPad(bytes[index]) { index += 1 }
    guard index < end, bytes[index] == quote else { return false }
    let start = index + 1
    var (coded, odd, newLines) = (false, false, 0)
    index = start
    while index < end {
      let byte = bytes[index]
      if byte == quote {
        if let after = closing(index) ?? (attempt == .joined ? index + 1 : nil) {
          cells.append(TextCell(start: start, end: index, quoted: true, coded: coded))
          position = after
          line += newLines
          record.odd = record.odd || odd
          return true
        }
        if index + 1 < end, bytes[index + 1] == quote,
          dialect.doubles || closing(index + 1) == nil
        {
          coded = true
          index += 2
        } else {
          odd = true
          index += 1
        }
      } else if hasEscape, byte == escape, index + 1 < end {
        let codes = bytes[index + 1] == quote || bytes[index + 1] == escape
        coded = coded || codes
        if !codes && isLineEnd(bytes[index + 1]) { newLines += 1 }
        index += 2
      } else if isLineEnd(byte) {
        if careful || odd { break }
        newLines += 1
        index += byte == 13 && index + 1 < end && bytes[index + 1] == 10 ? 2 : 1
      } else if byte == head, dialect.doubles || careful || newLines > 0,
        opens(afterDelimiterAt: index)
      {
        break
      } else {
        index += 1
      }
    }
    record.odd = true
    return false
  }

  /// Where the text goes on if the quote here closes a cell: at a delimiter or a line end.
  private func closing(_ index: Int) -> Int? {
    var after = index + 1
    while after < end, isPad(bytes[after]) { after += 1 }
    if after >= end || isLineEnd(bytes[after]) { return after }
    guard isDelimiter(at: after) else { return nil }
    let next = after + delimiter.count
    return attempt == .reluctant && next < end && bytes[next] == 32 ? nil : after
  }

  /// Whether the quote here opens text that a quote closes before a border on the same line.
  private func closesOnLine(_ index: Int) -> Bool {
    var place = index + 1
    while place < end, !isLineEnd(bytes[place]) {
      if bytes[place] == quote { return closing(place) != nil }
      place += 1
    }
    return false
  }

  /// Inside quotes, a delimiter and a single quote before text: a cell opens, so the one before
  /// was never closed.
  private func opens(afterDelimiterAt index: Int) -> Bool {
    guard isDelimiter(at: index), !dialect.merges, head != 32 else { return false }
    let next = index + delimiter.count
    guard next + 1 < end, bytes[next] == quote, bytes[next + 1] != quote else { return false }
    return closing(next) == nil
  }

  private mutating func skipBlanks() {
    while position < end, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
  }

  private func isPad(_ byte: UInt8) -> Bool { (byte == 32 || byte == 9) && byte != head }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  private func isDelimiter(at index: Int) -> Bool {
    guard index < end, !delimiter.isEmpty else { return false }
    if bytes[index] != head { return dialect.merges && bytes[index] == 9 }
    if delimiter.count == 1 { return true }
    guard index + delimiter.count <= end else { return false }
    for step in 1..<delimiter.count where bytes[index + step] != delimiter[step] { return false }
    return true
  }

  /// The text of a cell, quotes and escapes taken away. Time O(cell).
  func content(_ cell: TextCell) -> [UInt8] {
    guard cell.coded else { return Array(bytes[cell.start..<cell.end]) }
    var text: [UInt8] = []
    var index = cell.start
    while index < cell.end {
      let byte = bytes[index]
      let next = index + 1 < cell.end ? bytes[index + 1] : 0
      if hasQuote, cell.quoted, byte == quote, next == quote {
        index += 1
      } else if hasEscape, byte == escape, index + 1 < cell.end,
        (hasQuote && next == quote) || next == escape || next == 10 || next == head
      {
        index += 1
        text.append(next)
        index += 1
        continue
      }
      text.append(byte)
      index += 1
    }
    return text
  }
}
