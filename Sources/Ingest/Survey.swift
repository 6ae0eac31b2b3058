import Records

/// What a whole file was found to mean by its dates and numbers, column by column.
struct Survey {
  private(set) var dateOrders: [Field: DateOrder] = [:]
  private(set) var numberForms: [Field: NumberForm] = [:]
  /// Columns of dates that are all numbers of days, as spreadsheets count them.
  private(set) var serialDates = FieldSet()

  /// Fields whose meaning the first rows leave open: most dates do not begin with their year, or a
  /// number holds a comma.
  ///
  /// - Parameter head: whole lines from the file's beginning.
  static func openFields(head: [UInt8], shape: TableShape, options: ReadingOptions) throws
    -> [Field]
  {
    let columns = columns(of: shape, options)
    if columns.isEmpty { return [] }
    var foreign: [Field: Int] = [:]
    var present: [Field: Int] = [:]
    try scan(Window(MemorySource(head)), shape) { cell in
      for column in columns {
        guard let bytes = cell(column.column) else { continue }
        present[column.field, default: 0] += 1
        let isForeign = column.isDate ? !beginsWithYear(bytes) : bytes.contains(0x2C)
        if isForeign { foreign[column.field, default: 0] += 1 }
      }
    }
    return columns.filter { column in
      let count = foreign[column.field] ?? 0
      // A stray date among ISO ones is refused by itself; the column's order is plain.
      return column.isDate ? count * 2 > present[column.field] ?? 0 : count > 0
    }.map(\.field)
  }

  /// Reads a whole file and decides the open fields.
  ///
  /// - Throws: `IngestError.dateOrderUndecided` or `.decimalMarkUndecided` with three examples.
  init(_ window: Window, shape: TableShape, open: [Field], options: ReadingOptions) throws {
    let columns = Survey.columns(of: shape, options).filter { open.contains($0.field) }
    // Columns of one field, as a wide table has them, are decided together.
    let fields = columns.map(\.field).reduce(into: [Field]()) { fields, field in
      if !fields.contains(field) { fields.append(field) }
    }
    let place = columns.map { column in fields.firstIndex(of: column.field) ?? 0 }
    var dates = [DateEvidence](repeating: DateEvidence(), count: fields.count)
    var numbers = [NumberEvidence](repeating: NumberEvidence(), count: fields.count)
    try Survey.scan(window, shape) { cell in
      for (column, index) in zip(columns, place) {
        guard let bytes = cell(column.column) else { continue }
        if column.isDate {
          dates[index].add(bytes, shape.layout.year)
        } else {
          numbers[index].add(bytes)
        }
      }
    }
    for (index, field) in fields.enumerated() {
      guard let column = columns.first(where: { $0.field == field }) else { continue }
      let name = shape.header[column.column]
      if column.isDate {
        dateOrders[field] = try dates[index].decide(
          column: name, usual: shape.layout.dateOrder)
        if dates[index].isSerial { serialDates.insert(field) }
      } else {
        numberForms[field] = try numbers[index].decide(column: name)
      }
    }
  }

  private struct Column {
    var field: Field
    var column: Int
    var isDate: Bool
  }

  /// The columns that nobody has said how to read.
  private static func columns(of shape: TableShape, _ options: ReadingOptions) -> [Column] {
    var number: [String: Int] = [:]
    for (index, name) in shape.header.enumerated() where number[Field.folded(name)] == nil {
      number[Field.folded(name)] = index
    }
    let isOrderTold =
      options.dateOrder != nil
      || shape.layout.dateOrder != nil && !shape.layout.dateOrderGivesWay
    let isMarkTold = options.decimalMark != nil || shape.layout.decimalMark != nil
    let origins =
      shape.layout.fields.map { ($0.key, $0.value) }
      + shape.layout.pivots.flatMap { $0.fields.map { ($0.key, $0.value) } }
    return origins.compactMap { field, origin in
      guard case .column(let name) = origin, let column = number[Field.folded(name)] else {
        return nil
      }
      if Field.dates.contains(field) {
        return isOrderTold ? nil : Column(field: field, column: column, isDate: true)
      }
      guard Field.numbers.contains(field), !isMarkTold else { return nil }
      return Column(field: field, column: column, isDate: false)
    }.sorted { $0.column < $1.column }
  }

  /// Visits every sound record; `cell` gives a column's bytes, nil where the value is missing.
  private static func scan(
    _ window: Window, _ shape: TableShape, visit: ((Int) -> Bytes?) -> Void
  ) throws {
    let reader = CSVReader(window, delimiter: shape.delimiter)
    let missing = shape.layout.missing.map { Array($0.utf8) }
    try reader.skipLines(shape.layout.skippedLines)
    guard try reader.next() else { return }
    while try reader.next() {
      guard reader.problem == nil, reader.fields.count >= shape.header.count else { continue }
      visit { column in
        let bytes = reader.bytes(column).trimmed
        if isMissing(bytes) || missing.contains(where: { bytes.elementsEqual($0) }) { return nil }
        return bytes
      }
    }
  }

  private static func beginsWithYear(_ bytes: Bytes) -> Bool {
    let digits = bytes.prefix(5).prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    return digits == 4 || namesMonth(bytes)
  }
}

/// Which orders the dates of a column fit.
struct DateEvidence {
  private var fitting: [DateOrder: Int] = [:]
  /// Dates that fit one order alone.
  private var only: [DateOrder: Int] = [:]
  private var examples: [String] = []
  private var onlyExamples: [DateOrder: String] = [:]
  private var count = 0
  private var serials = 0

  /// Whether the cells are numbers of days, but for a sum or a word below them.
  var isSerial: Bool { fitting.isEmpty && serials > 0 && serials * 4 >= count * 3 }

  mutating func add(_ bytes: Bytes, _ year: Int? = nil) {
    count += 1
    if parseSerial(bytes) != nil { serials += 1 }
    guard case .failure(.orderUnknown) = parseTime(bytes, order: nil, year: year) else { return }
    let fits = fittingOrders(bytes, year: year)
    for order in fits { fitting[order, default: 0] += 1 }
    if fits.count == 1, let order = fits.first {
      only[order, default: 0] += 1
      if onlyExamples[order] == nil { onlyExamples[order] = bytes.text }
    } else if fits.count > 1, examples.count < 3 {
      examples.append(bytes.text)
    }
  }

  /// The order that the column has; nil when none of its dates needs one.
  ///
  /// - Parameter usual: the order of the program that wrote it, which gives way to another one that
  ///   more dates fit; nil for none.
  func decide(column: String, usual: DateOrder? = nil) throws -> DateOrder? {
    guard let most = fitting.values.max() else { return nil }
    let best = DateOrder.allCases.filter { fitting[$0] == most }
    if let usual {
      // Who writes the year last does not write it first in another country.
      let others = best.filter { $0 != .ymd || usual == .ymd }
      return best.contains(usual) || others.count != 1 ? usual : others[0]
    }
    let rivals = only.filter { $0.key != best[0] }.values.reduce(0, +)
    // One slip among a hundred dates is refused by itself; more of them are another order.
    if best.count == 1, rivals * 100 <= only[best[0]] ?? 0 { return best[0] }
    let contrary = DateOrder.allCases.compactMap { onlyExamples[$0] }
    let shown = contrary.count > 1 ? contrary + examples : examples + contrary
    throw IngestError.dateOrderUndecided(column: column, examples: Array(shown.prefix(3)))
  }
}

/// How numbers of a column are written.
struct NumberForm: Equatable {
  /// The byte before decimals.
  var mark: UInt8 = 0x2E
  /// The byte between groups of three digits, nil when there is none.
  var grouping: UInt8?
}

/// Which marks the numbers of a column use.
struct NumberEvidence {
  private var comma = 0
  private var point = 0
  /// Numbers such as 1,500 that may be either.
  private var doubtful = 0
  /// Numbers such as 1.500: groups where commas stand before decimals, else decimals.
  private var points3 = 0
  private var grouped: [UInt8: Int] = [:]
  private var examples: [UInt8: [String]] = [:]
  private var doubts: [String] = []

  mutating func add(_ bytes: Bytes) {
    // What is no number at all is a refused row and says nothing of the others.
    guard bytes.allSatisfy({ ($0 >= 0x2B && $0 <= 0x39 && $0 != 0x2F) || $0 == 0x20 }) else {
      return
    }
    let commas = bytes.count { $0 == 0x2C }
    let points = bytes.count { $0 == 0x2E }
    guard commas + points > 0 else { return }
    let last = bytes.last { $0 == 0x2C || $0 == 0x2E } ?? 0x2E
    if commas > 0, points > 0 {
      // Both: the last one stands before the decimals.
      note(last, bytes)
      grouped[last, default: 0] += 1
    } else if commas + points > 1 {
      // Several of one kind part groups, so the other one is the mark.
      note(last == 0x2C ? 0x2E : 0x2C, bytes)
      grouped[last == 0x2C ? 0x2E : 0x2C, default: 0] += 1
    } else if looksGrouped(bytes, by: last) {
      if last == 0x2E {
        points3 += 1
      } else {
        doubtful += 1
        if doubts.count < 3 { doubts.append(bytes.text) }
      }
    } else {
      note(last, bytes)
    }
  }

  private mutating func note(_ mark: UInt8, _ bytes: Bytes) {
    if mark == 0x2C { comma += 1 } else { point += 1 }
    if examples[mark, default: []].count < 3 { examples[mark, default: []].append(bytes.text) }
  }

  /// One to three digits, a mark, three digits.
  private func looksGrouped(_ bytes: Bytes, by mark: UInt8) -> Bool {
    let parts = bytes.split(separator: mark)
    return parts.count == 2 && parts[1].count == 3 && (1...3).contains(parts[0].count)
      && parts[0].first != 0x30
  }

  func decide(column: String) throws -> NumberForm {
    let minority = min(comma, point)
    if minority * 100 > max(comma, point) {
      let shown = (examples[0x2C] ?? []).prefix(2) + (examples[0x2E] ?? []).prefix(2)
      throw IngestError.decimalMarkUndecided(column: column, examples: Array(shown.prefix(3)))
    }
    if comma == 0, point + points3 == 0, doubtful > 0 {
      throw IngestError.decimalMarkUndecided(column: column, examples: doubts)
    }
    let mark: UInt8 = comma > point ? 0x2C : 0x2E
    let other: UInt8 = mark == 0x2C ? 0x2E : 0x2C
    let isGrouped = grouped[mark] ?? 0 > 0 || (mark == 0x2E ? doubtful : points3) > 0
    return NumberForm(mark: mark, grouping: isGrouped ? other : nil)
  }
}
