/// Which records of a text are the table: its header and rows, without what stands around them.
struct TableLayout {
  var reader: RecordReader
  var records: [TextRecord] = []
  var width = 0
  var header: [TextRecord] = []
  var rows: [TextRecord] = []
  var skipped: [TableLook.Skipped] = []
  var ragged: [Int] = []
  var tallies: [ColumnTally] = []
  let bytes: [UInt8]
  private let dialect: Dialect

  init(_ bytes: [UInt8], _ dialect: Dialect, withHeader: Bool) {
    (self.bytes, self.dialect) = (bytes, dialect)
    let sample = DialectSearch(bytes).usualWidth(dialect)
    reader = RecordReader(bytes, dialect)
    while let record = reader.next(expecting: sample > 1 ? sample : nil) { records.append(record) }
    width = Self.firstTableWidth(records, dialect, bytes)
    var next = skipToTable()
    collectTally(from: next)
    if withHeader { next = takeHeader(next) }
    takeRows(next)
    takeFooter()
    // Only a footer is noted out of turn.
    skipped.sort { $0.line < $1.line }
    tidyWidths()
  }

  // MARK: - Widths

  /// The width of the first table that counts: the most usual one, or that of an earlier block
  /// of lines that is a table of its own.
  static func firstTableWidth(_ all: [TextRecord], _ dialect: Dialect, _ bytes: [UInt8]) -> Int {
    var records = all.filter { $0.blank || bytes[$0.start] != 0x23 }
    if records.count < 2 { records = all }
    var counts: [Int: Int] = [:]
    for record in records where !record.blank { counts[record.count, default: 0] += 1 }
    let wide = counts.filter { $0.key > 1 }
    guard let usual = wide.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
      return counts.isEmpty ? 0 : 1
    }
    if let single = counts[1], single > 4 * usual.value, dialect.delimiter == " " { return 1 }
    var (width, run) = (0, 0)
    for record in records {
      if !record.blank, record.count == width {
        run += 1
        continue
      }
      if run >= 3, width > 1, record.blank || run >= 8, width != usual.key,
        run * width * 3 >= usual.value * usual.key
      {
        return width
      }
      (width, run) = (record.blank ? 0 : record.count, record.blank ? 0 : 1)
      if width == usual.key { return width }
    }
    return usual.key
  }

  func cell(_ record: TextRecord, _ column: Int) -> TextCell { reader.cells[record.first + column] }

  func kind(_ record: TextRecord, _ column: Int) -> CellKind {
    let cell = cell(record, column)
    return CellKind(bytes, cell.start, cell.end)
  }

  func filled(_ record: TextRecord) -> Int {
    (0..<record.count).reduce(0) { count, column in
      let cell = cell(record, column)
      return count + (bytes[cell.start..<cell.end].contains { $0 > 32 } ? 1 : 0)
    }
  }

  // MARK: - Before the table

  private func marker(_ record: TextRecord) -> Int {
    var index = record.start
    while index < record.end, bytes[index] == 32 || bytes[index] == 9 { index += 1 }
    guard index < record.end, dialect.delimiterBytes.first != bytes[index] else { return 0 }
    let next = index + 1 < record.end ? bytes[index + 1] : 0
    switch bytes[index] {
    case 0x23, 0x25: return index + 1 - record.start
    case 0x3B: return next == 32 ? index + 1 - record.start : 0
    case 0x2F: return next == 0x2F ? index + 2 - record.start : 0
    default: return 0
    }
  }

  private func isComment(_ record: TextRecord) -> Bool {
    marker(record) > 0 && (record.count != width || filled(record) * 2 <= width || width == 1)
  }

  /// A line drawn between header and rows.
  func isRule(_ record: TextRecord) -> Bool {
    var marks = 0
    for index in record.start..<record.end {
      switch bytes[index] {
      case 0x2D, 0x3D, 0x2B, 0x5F: marks += 1
      case 32, 9, 0x7C, 0x3A: break
      default: return false
      }
    }
    return marks >= 3 && marks >= 3 * (record.count - 2) && marks >= (width > 1 ? 3 : 4)
  }

  mutating func skip(_ record: TextRecord, _ why: String) {
    for line in 0..<record.lines { skipped.append(.init(line: record.line + line, why: why)) }
  }

  /// Finds the first record of the table, header included, and notes the lines before it.
  private mutating func skipToTable() -> Int {
    let typical = Double(typicalFill())
    var start: Int?
    for (index, record) in records.enumerated() where !record.blank {
      if isComment(record) || isCommentedWording(index) { continue }
      if isRule(record) || isSeparatorLine(index) { continue }
      if width <= 1 {
        start = index
        break
      }
      guard record.count > 1 else { continue }
      let cells = filled(record)
      let enough = Double(cells) > min(Double(width), typical) / 2 && (cells > 1 || width == 1)
      if start == nil, enough || (record.count == width && typical < 1.5 && cells > 0) {
        start = index
        if record.count >= width { break }
        continue
      }
      // A short row is the header only if no better one follows soon.
      guard let first = start else { continue }
      if index - first > 8 { break }
      let isBetter =
        followsGap(first, index)
        ? record.count > records[first].count
        : record.count >= width && cells >= width && isWording(record) && isTyped(after: index)
      guard isBetter, enough else { continue }
      start = index
      if record.count >= width { break }
    }
    var first = start ?? records.firstIndex { !$0.blank } ?? records.count
    if let before = commentedHeader(before: first) ?? otherwiseDelimited(before: first) {
      first = before
    }
    for index in 0..<first {
      let record = records[index]
      let why =
        record.blank
        ? "blank"
        : isSeparatorLine(index)
          ? "separator line" : isRule(record) ? "rule" : marker(record) > 0 ? "comment" : "preamble"
      skip(record, why)
    }
    return first
  }

  /// The number of cells with text that rows of the table's width have: the median.
  private func typicalFill() -> Int {
    var fills: [Int] = []
    for record in records where record.count == width && !record.blank && fills.count < 200 {
      fills.append(filled(record))
    }
    fills.sort()
    return fills.isEmpty ? 0 : fills[fills.count / 2]
  }

  private func isSeparatorLine(_ index: Int) -> Bool {
    let record = records[index]
    guard index == 0, record.end - record.start <= 6, record.end - record.start >= 5 else {
      return false
    }
    return String(decoding: bytes[record.start..<record.start + 4], as: UTF8.self).lowercased()
      == "sep="
  }

  private func followsGap(_ first: Int, _ index: Int) -> Bool {
    records[first..<index].contains { $0.blank }
  }

  /// Whether the next row has numbers, dates or the like.
  private func isTyped(after index: Int) -> Bool {
    let next = records.dropFirst(index + 1).first { !$0.blank }
    return next.map { !isWording($0) } ?? false
  }

  /// The names may be written with another delimiter than the rows.
  private mutating func otherwiseDelimited(before first: Int) -> Int? {
    guard first > 0, first < records.count, width > 2, records[first - 1].count == 1,
      !records[first - 1].blank, !isWording(records[first]),
      let split = splitOtherwise(records[first - 1]), isWording(split)
    else { return nil }
    records[first - 1] = split
    return first - 1
  }

  func isWording(_ record: TextRecord) -> Bool {
    !(0..<record.count).contains { kind(record, $0).isTyped }
  }

  /// A comment that happens to have as many cells as the table: a word follows its marker.
  private func isCommentedWording(_ index: Int) -> Bool {
    let record = records[index]
    let next = record.start + marker(record)
    return next > record.start && next < record.end && bytes[record.start] == 0x23
      && bytes[next] != dialect.delimiterBytes.first && index + 1 < records.count
      && records[index + 1].count == width
  }

  /// A comment right above typed rows that has as many cells is their header.
  private mutating func commentedHeader(before first: Int) -> Int? {
    guard first > 0, first < records.count, width > 1 else { return nil }
    let above = records[first - 1]
    let length = marker(above)
    guard length > 0,
      (0..<records[first].count).contains(where: { kind(records[first], $0).isTyped })
    else { return nil }
    var start = above.start + length
    while start < above.end, bytes[start] == 32 { start += 1 }
    var other = RecordReader(bytes, dialect, start: start, end: above.end)
    guard let inner = other.next(), inner.count == width else { return nil }
    var record = above
    record.first = reader.adopt(other.cells[...])
    record.count = inner.count
    guard isWording(record) else { return nil }
    records[first - 1] = record
    return first - 1
  }

  // MARK: - Rows

  private mutating func takeRows(_ first: Int) {
    let names = header.first.map { texts($0) } ?? []
    var index = first
    while index < records.count {
      let record = records[index]
      if record.blank {
        skip(record, "blank")
        if let why = endsAtGap(index) { return skipRest(index + 1, why) }
      } else if isComment(record), record.count != width || width == 1 {
        skip(record, "comment")
      } else if isRule(record), record.count == 1 || record.count == width, width > 1 {
        skip(record, "rule")
      } else if names.count > 1, repeats(record, names) {
        if record.count != names.count { return skipRest(index, "another table") }
        skip(record, "header again")
      } else {
        rows.append(fitted(record))
      }
      index += 1
    }
  }

  private func repeats(_ record: TextRecord, _ names: [[UInt8]]) -> Bool {
    let common = min(record.count, names.count)
    guard common > 1, abs(record.count - names.count) <= 1 else { return false }
    for column in 0..<common {
      let cell = cell(record, column)
      if !bytes[cell.start..<cell.end].elementsEqual(names[column]) { return false }
    }
    return true
  }

  private mutating func skipRest(_ from: Int, _ why: String) {
    for record in records[from...] { skip(record, record.blank ? "blank" : why) }
  }

  /// After blank lines the table goes on, unless what follows is nowhere as wide as it.
  private func endsAtGap(_ gap: Int) -> String? {
    guard width > 1, !rows.isEmpty || !header.isEmpty else { return nil }
    var index = gap
    while index < records.count, records[index].blank { index += 1 }
    guard index < records.count else { return nil }
    var (lines, widest) = (0, 0)
    while index < records.count, !records[index].blank {
      if records[index].count == width { return nil }
      lines += 1
      widest = max(widest, records[index].count)
      index += 1
    }
    let later = records[index...].contains { $0.count == width && !$0.blank }
    guard !later || (lines > 1 && widest > 1) else { return nil }
    return widest > 1 && lines > 1 ? "another table" : "footer"
  }

  // MARK: - The end

  private mutating func takeFooter() {
    guard width > 1, rows.count > 1 else { return }
    var footers = 0
    while rows.count > 1, footers < 20, let last = rows.last, isFooter(last) {
      skip(last, "footer")
      rows.removeLast()
      footers += 1
    }
    if rows.count > 2, let last = rows.last, isTotal(last) {
      skip(last, "total")
      rows.removeLast()
    }
    let dropped = Set(skipped.map(\.line))
    ragged.removeAll { dropped.contains($0) }
  }

  /// A last line with nothing but one text in it, in a table whose other rows have more.
  private func isFooter(_ record: TextRecord) -> Bool {
    guard record.count == 1 || (record.count >= width && width > 2), filled(record) == 1 else {
      return false
    }
    let kind = kind(record, 0)
    guard kind != .empty, !kind.isTyped else { return false }
    if rows.dropLast().suffix(200).contains(where: { filled($0) == 1 && $0.count == record.count })
    {
      return false
    }
    let isSentence = kind == .text || kind == .mixed || kind == .odd
    return width > 2 || tallies[0].typedShare > 0.7 || isSentence
  }

  private func isTotal(_ record: TextRecord) -> Bool {
    var (words, numbers) = (0, 0)
    for column in 0..<record.count {
      let kind = kind(record, column)
      if kind == .integer || kind == .number {
        numbers += 1
      } else if kind != .empty && kind != .missing {
        words += 1
        var name = String(decoding: reader.content(cell(record, column)), as: UTF8.self)
        while let end = name.last, end == ":" || end == " " { name.removeLast() }
        guard Self.totals.contains(name.lowercased()) else { return false }
      }
    }
    return words == 1 && numbers > 0
  }

  static let totals: Set<String> = [
    "total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "insgesamt",
    "somme", "suma", "totale", "totaal", "summa",
  ]
}
