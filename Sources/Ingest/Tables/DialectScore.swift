/// How well a dialect fits: the rows' widths and the cells' kinds.
extension DialectSearch {
  /// The score of a dialect with a delimiter, from 0 to about 1, before its prior.
  func score(_ dialect: Dialect) -> Double {
    let rows = sampled(dialect)
    guard let width = rows.usualWidth, width > 1 else { return 0 }
    var even = rows.evenness(width)
    // Tabs hardly ever stand in text.
    if dialect.delimiter == "\t", rows.widths.filter({ $0 > 1 }).count * 2 >= rows.widths.count {
      even = max(even, 0.55)
    }
    let looks = rows.looks(width)
    guard looks.cells > 0 else { return even * 0.2 }
    var score = even * looks.worth * (0.62 + 0.38 * Double(width - 1) / Double(width))
    // Words between blanks are prose rather than columns unless something else is there.
    if dialect.delimiter == " " {
      if looks.typed < 0.1, dialect.quote == nil { score *= even < 0.9 ? 0.5 : 0.75 }
      // Blanks one after the other fill the room between columns.
      if looks.empty > 0.25, dialect.quote == nil { score *= 0.6 }
    }
    if rows.widths.count > 1, rows.widths[0] == 1, rows.widths[1] == width {
      // Names without the delimiter: this is one column, or the delimiter is another one.
      if width == 2 { score *= 0.42 } else if rows.isFirstDelimited { score *= 0.65 }
    }
    // Quotes at the borders of cells say where these are.
    if dialect.quote != nil { score *= dialect.quote == 0x22 ? 1.12 : 1.05 }
    return score
  }

  /// The score of the text as one column: good if its lines look like something as a whole.
  func scoreOfSingle(_ dialect: Dialect) -> Double {
    let rows = sampled(dialect)
    guard !rows.kinds.isEmpty else { return 0.01 }
    let data = rows.kinds.count > 1 ? Array(rows.kinds.dropFirst()) : rows.kinds
    let named = rows.kinds.count > 1 && !rows.kinds[0].isTyped && !rows.isSplitHead
    var (typed, worth) = (0.0, 0.0)
    for (index, kind) in data.enumerated() {
      let split = rows.splits[rows.kinds.count > 1 ? index + 1 : index]
      worth += split ? min(kind.worth, named ? 0.7 : 0.5) : kind.worth
      if kind.isTyped { typed += split && !named ? 0.3 : 1 }
    }
    typed /= Double(data.count)
    worth /= Double(data.count)
    return max(typed >= 0.75 ? 0.93 * typed : 0, 0.47 * worth)
  }

  private func sampled(_ dialect: Dialect) -> SampledRows {
    var reader = RecordReader(bytes, dialect, start: sampleStart, end: sampleEnd)
    var rows = SampledRows()
    let isSingle = dialect.delimiter.isEmpty
    while rows.widths.count < Self.mostRecords, let record = reader.next() {
      defer { reader.forgetCells() }
      if record.blank { continue }
      if record.count == 1, reader.cells[0].start == reader.cells[0].end { continue }
      if rows.widths.count < 40, isComment(record.start, dialect) { continue }
      if rows.widths.isEmpty, record.count == 1 {
        let line = bytes[record.start..<record.end]
        rows.isFirstDelimited = [0x3A, 0x3B, 0x2C, 0x7C, 0x09, 0x5E, 0x7E].contains { mark in
          // Colons and commas alone may well stand in a title.
          line.filter { $0 == mark }.count > (mark == 0x3A || mark == 0x2C ? 1 : 0)
        }
      }
      rows.widths.append(record.count)
      rows.edges.append(reader.cells.last.map { $0.end > $0.start || $0.quoted } ?? false)
      rows.firstCells.append(rows.kinds.count)
      for cell in reader.cells {
        var kind = CellKind(bytes, cell.start, cell.end)
        if cell.quoted, kind == .odd || kind == .mixed || kind == .empty { kind = .text }
        // Quotes inside quotes may be those of cells that another delimiter parts.
        if record.odd, cell.quoted, !cell.coded, let quote = dialect.quote,
          bytes[cell.start..<cell.end].contains(quote)
        {
          kind = .odd
        }
        rows.kinds.append(kind)
        if isSingle {
          let text = bytes[cell.start..<cell.end]
          let isNumber = kind == .integer || kind == .number || !kind.isTyped
          rows.splits.append(
            isNumber && !cell.quoted && text.contains { $0 == 0x2C || $0 == 32 })
        }
      }
    }
    if isSingle, rows.splits.count > 0 { rows.isSplitHead = rows.splits[0] }
    return rows
  }

  private func isComment(_ start: Int, _ dialect: Dialect) -> Bool {
    guard start < bytes.count, dialect.delimiter.utf8.first != bytes[start] else { return false }
    return bytes[start] == 0x23 || bytes[start] == 0x25
  }
}

/// The first rows of a text under some dialect.
struct SampledRows {
  var widths: [Int] = []
  /// Whether a row ends in a cell that is not empty.
  var edges: [Bool] = []
  var firstCells: [Int] = []
  var kinds: [CellKind] = []
  /// For single columns: whether a cell has a comma or a blank in it.
  var splits: [Bool] = []
  var isSplitHead = false
  /// The first line has no delimiter, but other usual ones.
  var isFirstDelimited = false

  /// The width most rows have; among equals, the greater.
  var usualWidth: Int? {
    var counts: [Int: Int] = [:]
    for width in widths where width > 1 { counts[width, default: 0] += 1 }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  private func rowsOf(_ width: Int) -> Int { widths.reduce(0) { $0 + ($1 == width ? 1 : 0) } }

  /// The share of rows that have the width; what stands before and after the table counts less.
  func evenness(_ width: Int) -> Double {
    guard let first = widths.firstIndex(of: width), let last = widths.lastIndex(of: width) else {
      return 0
    }
    var (even, all) = (0.0, 0.0)
    // Around one or two rows there is no table yet.
    let outside = rowsOf(width) < 3 ? 1 : 0.3
    for (index, other) in widths.enumerated() {
      let inside = index >= first && index <= last
      if other == width {
        even += 1
      } else if other > 1, inside {
        // A trailing delimiter more or less is no other width.
        even += other == width + 1 && !edges[index] ? 0.9 : outside < 1 ? 0.3 : 0.15
      }
      all += inside ? 1 : outside
    }
    return even / all
  }

  /// How much the cells of rows of this width look like something, and how many are typed.
  func looks(_ width: Int) -> (worth: Double, typed: Double, empty: Double, cells: Int) {
    var (worth, weight, typed, cells) = (0.0, 0.0, 0, 0)
    var filled = [Int](repeating: 0, count: width)
    var rows = 0
    for (row, other) in widths.enumerated() where other == width {
      rows += 1
      for column in 0..<width {
        let kind = kinds[firstCells[row] + column]
        if kind != .empty {
          filled[column] += 1
          cells += 1
        }
        if kind.isTyped { typed += 1 }
        let share = kind == .empty ? 0.15 : 1
        worth += kind.worth * share
        weight += share
      }
    }
    guard cells > 0 else { return (0, 0, 0, 0) }
    // Columns without any text, not even a name, come from delimiters that are written twice.
    let alternate = stride(from: 1, to: width - 1, by: 2).allSatisfy { filled[$0] == 0 }
    // A mark at line ends alone parts nothing.
    let penalty = width > 2 && alternate ? 0.6 : width == 2 && filled[1] == 0 ? 0.4 : 1
    let empty = 1 - Double(cells) / Double(rows * width)
    return (worth / weight * penalty, Double(typed) / Double(cells), empty, cells)
  }
}
