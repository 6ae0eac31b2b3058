/// Rows that are wider or narrower than their table.
extension TableLayout {
  /// The record as it fits the table: with the cells of a delimiter too many taken out, or split
  /// by the delimiter that it, unlike the others, is written with. Notes it as ragged.
  mutating func fitted(_ record: TextRecord) -> TextRecord {
    guard width > 1, record.count != width || record.mended else { return record }
    ragged.append(record.line)
    guard record.count != width else { return record }
    if record.count == width + 1, let gone = surplus(record) {
      return without(gone, record)
    }
    if record.count == 1, width > 2, let split = splitOtherwise(record),
      misfits(split, without: nil) * 4 <= width
    {
      return split
    }
    return record
  }

  /// A record of one cell that another delimiter splits into as many cells as the table has.
  mutating func splitOtherwise(_ record: TextRecord) -> TextRecord? {
    for delimiter in [",", ";", "\t", "|", " "] where delimiter != reader.dialect.delimiter {
      var dialect = reader.dialect
      dialect.delimiter = delimiter
      dialect.merges = false
      var other = RecordReader(reader.bytes, dialect, start: record.start, end: record.end)
      guard let inner = other.next(), inner.count == width else { continue }
      var fitted = record
      fitted.first = reader.adopt(other.cells[...])
      fitted.count = width
      return fitted
    }
    return nil
  }

  /// Names with a delimiter too many: more cells than any row, and one of them empty.
  mutating func withoutSurplus(_ record: TextRecord) -> TextRecord {
    guard record.count == width + 1, width > 1 else { return record }
    let empty = (0..<record.count).filter { cell(record, $0).end == cell(record, $0).start }
    guard empty.count == 1, let gone = empty.first else { return record }
    return without(gone, record)
  }

  private mutating func without(_ column: Int, _ record: TextRecord) -> TextRecord {
    var cells = Array(reader.cells[record.first..<record.first + record.count])
    cells.remove(at: column)
    var fitted = record
    fitted.first = reader.adopt(cells[...])
    fitted.count = cells.count
    return fitted
  }

  /// The empty cell that a delimiter too many has made: the one without which the others are at
  /// home in their columns.
  private func surplus(_ record: TextRecord) -> Int? {
    let before = misfits(record, without: record.count - 1)
    var best: (column: Int, misfits: Int)?
    for column in (0..<record.count).reversed() {
      let cell = cell(record, column)
      guard cell.end == cell.start, !cell.quoted else { continue }
      let misfits = misfits(record, without: column)
      if misfits < best?.misfits ?? Int.max { best = (column, misfits) }
    }
    guard let best else { return nil }
    if best.column == record.count - 1 { return best.column }
    if best.misfits < before { return best.column }
    // Where kinds do not tell, a cell that is hardly ever empty does.
    let total = tallies[min(best.column, width - 1)].kinds.reduce(0, +)
    let isRare = tallies[min(best.column, width - 1)].kinds[0] * 5 < total
    return best.misfits == 0 && isRare ? best.column : nil
  }

  private func misfits(_ record: TextRecord, without gone: Int?) -> Int {
    var (count, place) = (0, 0)
    for column in 0..<record.count where column != gone {
      if place < tallies.count, !tallies[place].suits(kind(record, column)) { count += 1 }
      place += 1
    }
    return count
  }

  /// Drops the columns that only border delimiters make: empty in every row, and without name.
  mutating func tidyWidths() {
    guard width > 1 else { return }
    let all = header + rows
    let last = all.map(\.count).max() ?? 0
    guard last > 1 else { return }
    func isEmpty(_ record: TextRecord, _ column: Int) -> Bool {
      guard column < record.count else { return true }
      let cell = cell(record, column)
      return !reader.bytes[cell.start..<cell.end].contains { $0 > 32 } && !cell.quoted
    }
    let endsInDelimiters =
      last > 2 && (!header.isEmpty || reader.dialect.delimiter == "|")
      && all.allSatisfy { isEmpty($0, last - 1) }
    let beginsInDelimiters =
      endsInDelimiters && reader.dialect.delimiter == "|" && all.allSatisfy { isEmpty($0, 0) }
    guard endsInDelimiters else { return }
    let first = beginsInDelimiters ? 1 : 0
    func tidied(_ record: TextRecord) -> TextRecord {
      var record = record
      if record.count == last { record.count -= 1 }
      record.first += first
      record.count = max(0, record.count - first)
      return record
    }
    header = header.map(tidied)
    rows = rows.map(tidied)
    width = min(width, last - 1) - first
    if tallies.count > width + first { tallies = Array(tallies[first..<width + first]) }
  }
}

extension DialectSearch {
  /// The width most records of the sample have.
  func usualWidth(_ dialect: Dialect) -> Int {
    var reader = RecordReader(bytes, dialect, end: sampleEnd)
    var records: [TextRecord] = []
    while records.count < 2000, let record = reader.next() {
      reader.forgetCells()
      records.append(record)
    }
    return TableLayout.firstTableWidth(records, dialect, bytes)
  }
}
