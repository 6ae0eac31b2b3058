/// The header of a table: whether there is one, and how many rows it has.
extension TableLayout {
  mutating func collectTally(from first: Int) {
    tallies = Array(repeating: ColumnTally(), count: width)
    var seen = 0
    for record in records.dropFirst(first + 1) where record.count == width && !record.blank {
      for column in 0..<width { tallies[column].add(bytes, cell(record, column)) }
      seen += 1
      if seen == 1000 { break }
    }
  }

  mutating func takeHeader(_ first: Int) -> Int {
    guard first < records.count, isHeader(records[first], after: first) else { return first }
    header = [withoutSurplus(withRowNumbers(records[first], first))]
    var next = first + 1
    while next < records.count, header.count < 5 {
      let record = records[next]
      if isRule(record) {
        skip(record, "rule")
      } else if !record.blank, record.count == records[first].count,
        texts(record) == texts(records[first]) || isSecondHeader(record)
      {
        header.append(record)
      } else {
        break
      }
      next += 1
    }
    return next
  }

  /// Where the first column numbers the rows and the names are one too few, it has none (as R
  /// writes row names).
  private mutating func withRowNumbers(_ record: TextRecord, _ index: Int) -> TextRecord {
    guard record.count == width - 1 else { return record }
    var number = 0
    for other in records.dropFirst(index + 1) where !other.blank {
      number += 1
      let text = reader.content(cell(other, 0))
      guard other.count == width, Int(String(decoding: text, as: UTF8.self)) == number else {
        return record
      }
      if number == 50 { break }
    }
    guard number > 1 else { return record }
    var cells = Array(reader.cells[record.first..<record.first + record.count])
    cells.insert(TextCell(start: record.start, end: record.start), at: 0)
    var named = record
    named.first = reader.adopt(cells[...])
    named.count = width
    return named
  }

  /// Words in every column of numbers or dates: names or units that go on.
  private func isSecondHeader(_ record: TextRecord) -> Bool {
    var (typed, wording) = (0, 0)
    for column in 0..<min(width, record.count) {
      let kind = kind(record, column)
      if kind.isTyped { return false }
      guard tallies[column].filled > 4, tallies[column].typedShare >= 0.75 else { continue }
      typed += 1
      if kind != .empty && kind != .missing { wording += 1 }
    }
    return typed > 1 && wording == typed
  }

  func texts(_ record: TextRecord) -> [[UInt8]] {
    (0..<record.count).map { reader.content(cell(record, $0)) }
  }

  /// Whether a record names the columns rather than being a row: it has words where the column
  /// has numbers or dates, and its words do not come again below.
  private func isHeader(_ record: TextRecord, after index: Int) -> Bool {
    let names = texts(record)
    var score = 0.0
    var rowsSeen = 0
    var again = [Bool](repeating: false, count: record.count)
    for other in records.dropFirst(index + 1) where !other.blank && other.count == record.count {
      rowsSeen += 1
      if rowsSeen > 200 { break }
      for column in 0..<record.count where !again[column] {
        let cell = cell(other, column)
        let name = names[column]
        again[column] = !name.isEmpty && bytes[cell.start..<cell.end].elementsEqual(name)
      }
    }
    for column in 0..<record.count {
      let kind = kind(record, column)
      let tally = column < width ? tallies[column] : ColumnTally()
      if kind == .empty { continue }
      if names[column].first == 0x7B {  // an object of JSON is no name
        score -= 1
        continue
      }
      if tally.typedShare >= 0.7 {
        score += kind == .missing ? -0.3 : isOfKind(kind, tally) ? -1 : kind.isTyped ? 0 : 1
      } else if kind.isTyped {
        score -= tally.filled == 0 ? 0.4 : 0.6
      } else if looksLikeRows(record, column, index) {
        score -= 1
      } else if again[column] {
        score -= 0.5
      } else {
        let isLong = names[column].count > 60
        score += kind == .missing || isLong ? -0.1 : kind == .word ? 0.2 : 0.12
      }
    }
    if isYears(record) || isScale(record) { return true }
    return score > 0
  }

  /// A name such as "no" or "2020" is typed too, but not as the numbers below it.
  private func isOfKind(_ kind: CellKind, _ tally: ColumnTally) -> Bool {
    if kind == .boolean { return tally.kinds[Int(kind.rawValue)] > 0 }
    if kind == .integer || kind == .number { return tally.kinds[2] + tally.kinds[3] > 0 }
    return kind.isTyped
  }

  /// Whether a cell is made like those below it: the same beginning, or the same pattern of
  /// letters and digits.
  private func looksLikeRows(_ record: TextRecord, _ column: Int, _ index: Int) -> Bool {
    let name = reader.content(cell(record, column))
    guard name.count > 1 else { return false }
    let isPatterned = name.contains { CellKind.isDigit($0) } && name.count < 24
    let own = isPatterned ? Self.pattern(name[...]) : []
    var (seen, alike) = (0, 0)
    for other in records.dropFirst(index + 1) where other.count == record.count && !other.blank {
      let cell = cell(other, column)
      if cell.end == cell.start { continue }
      let text = bytes[cell.start..<cell.end]
      seen += 1
      if name.count > 6, text.starts(with: name.prefix(6)) {
        alike += 1
      } else if isPatterned, Self.pattern(text) == own {
        alike += 1
      }
      if seen == 50 { break }
    }
    return seen > 1 && alike * 5 >= seen * 4
  }

  /// The text with runs of letters and of digits each as one sign.
  private static func pattern(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text.prefix(40) {
      let sign: UInt8 = CellKind.isDigit(byte) ? 0x39 : CellKind.isLetter(byte) ? 0x61 : byte
      if result.last != sign { result.append(sign) }
    }
    return result
  }

  /// A name, then numbers that only grow, above a first column of numbers or dates: a grid.
  private func isScale(_ record: TextRecord) -> Bool {
    guard record.count > 3, record.count <= width, !kind(record, 0).isTyped,
      tallies[0].typedShare > 0.9
    else { return false }
    var before = -Double.infinity
    for name in texts(record).dropFirst() {
      guard let value = Double(String(decoding: name, as: UTF8.self)), value > before else {
        return false
      }
      before = value
    }
    return true
  }

  /// Years as names of columns, one after the other.
  private func isYears(_ record: TextRecord) -> Bool {
    var (years, before) = (0, 0)
    for (column, name) in texts(record).enumerated() {
      guard let year = Int(String(decoding: name, as: UTF8.self)), year > 1800, year < 2200 else {
        if column > 0 || kind(record, column).isTyped { return false }
        continue
      }
      if before > 0, abs(year - before) != 1 { return false }
      before = year
      years += 1
    }
    return years > 1
  }
}
