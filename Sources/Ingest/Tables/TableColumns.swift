/// What the cells of each column of a table look like.
struct ColumnTally {
  var kinds = [Int](repeating: 0, count: 14)
  var orders = [Int](repeating: 0, count: 7)
  var points = 0
  var commas = 0
  /// Marks that part thousands, and those that may or may not.
  var groups = MarkCounts()
  var doubtful = MarkCounts()
  var units = 0
  var moment: MomentLook?

  var filled: Int { kinds.reduce(0, +) - kinds[0] }
  var typed: Int { (2...9).reduce(0) { $0 + kinds[$1] } }

  /// The share of typed cells among those with text.
  var typedShare: Double { filled == 0 ? 0 : Double(typed) / Double(filled) }

  mutating func add(_ bytes: [UInt8], _ cell: TextCell) {
    let kind = CellKind(bytes, cell.start, cell.end)
    kinds[Int(kind.rawValue)] += 1
    switch kind {
    case .integer, .number:
      var (start, end) = (cell.start, cell.end)
      while start < end, bytes[start] <= 32 { start += 1 }
      while end > start, bytes[end - 1] <= 32 { end -= 1 }
      guard let look = NumberLook(bytes, start, end) else { return }
      if look.decimal == 0x2E { points += 1 }
      if look.decimal == 0x2C { commas += 1 }
      if look.grouping != 0 { groups.add(look.grouping) }
      if look.doubtful != 0 { doubtful.add(look.doubtful) }
      if look.hasUnit { units += 1 }
    case .date, .time, .datetime, .duration:
      var (start, end) = (cell.start, cell.end)
      while start < end, bytes[start] <= 32 { start += 1 }
      while end > start, bytes[end - 1] <= 32 { end -= 1 }
      guard let look = MomentLook(bytes, start, end) else { return }
      orders[Int(look.order.rawValue)] += 1
      if moment == nil || look.hasSeconds { moment = look }
    default: break
    }
  }

  /// Whether a cell of this kind is at home in the column.
  func suits(_ kind: CellKind) -> Bool {
    if kind == .empty || kind == .missing { return kinds[0] + kinds[1] > 0 || filled == 0 }
    if filled == 0 { return false }
    if typedShare < 0.7 { return !kind.isTyped || kinds[Int(kind.rawValue)] > 0 }
    if kind == .integer || kind == .number { return kinds[2] + kinds[3] > 0 }
    return kinds[Int(kind.rawValue)] * 50 >= filled
  }

  /// The type of the column, and its format in words.
  ///
  /// - Parameter decimal: the decimal mark of the whole table, which settles a doubtful one.
  func type(decimal: UInt8) -> (ColumnType, String) {
    let real = filled - kinds[Int(CellKind.missing.rawValue)]
    guard real > 0 else { return (.empty, "") }
    func count(_ kind: CellKind) -> Int { kinds[Int(kind.rawValue)] }
    let (integers, numbers) = (count(.integer), count(.number))
    if (integers + numbers) * 20 >= real * 19 {
      let mark = points + commas == 0 ? decimal : commas > points ? 0x2C : 0x2E
      let isDecimal = points + commas + doubtful.count(mark) > 0 || mark == 0 && numbers > 0
      let grouping =
        groups.most
        ?? [UInt8(0x2E), 0x2C].first { $0 != mark && doubtful.count($0) > 0 } ?? 0
      let names: [UInt8: String] = [
        0x2E: "points", 0x2C: "commas", 32: "blanks", 0x27: "apostrophes",
      ]
      var format = isDecimal ? (mark == 0x2C ? "comma decimals" : "point decimals") : ""
      if let name = names[grouping] {
        format += (format.isEmpty ? "" : ", ") + "thousands by " + name
      }
      if units > 0 { format += (format.isEmpty ? "" : ", ") + "with unit" }
      return (isDecimal ? .number : .integer, format)
    }
    for (kind, type) in [
      (CellKind.date, ColumnType.date), (.datetime, .datetime), (.time, .time),
      (.duration, .duration), (.boolean, .boolean),
    ] {
      let mixed = kind == .datetime ? count(.date) : kind == .duration ? count(.time) : 0
      guard count(kind) > 0, (count(kind) + mixed) * 20 >= real * 19 else { continue }
      return (type, moment.map { momentFormat($0) } ?? "")
    }
    return (.text, "")
  }

  private func momentFormat(_ moment: MomentLook) -> String {
    guard moment.order == .dayOrMonth || moment.order == .dayFirst || moment.order == .monthFirst
    else { return moment.format(moment.order) }
    let days = orders[Int(MomentLook.Order.dayFirst.rawValue)]
    let months = orders[Int(MomentLook.Order.monthFirst.rawValue)]
    if days > 0 || months > 0 || moment.separator == 0x2E {
      return moment.format(months > days ? .monthFirst : .dayFirst)
    }
    return moment.format(.dayFirst) + " or " + moment.format(.monthFirst)
  }
}

/// How often each of the marks in numbers occurs.
struct MarkCounts {
  private var points = 0
  private var commas = 0
  private var blanks = 0
  private var apostrophes = 0

  mutating func add(_ mark: UInt8) {
    switch mark {
    case 0x2E: points += 1
    case 0x2C: commas += 1
    case 32: blanks += 1
    default: apostrophes += 1
    }
  }

  func count(_ mark: UInt8) -> Int {
    switch mark {
    case 0x2E: points
    case 0x2C: commas
    case 32: blanks
    default: apostrophes
    }
  }

  /// The mark that occurs most, or nil if none does.
  var most: UInt8? {
    let marks: [UInt8] = [0x2E, 0x2C, 32, 0x27]
    return marks.filter { count($0) > 0 }.max { count($0) < count($1) }
  }
}

/// What the cells of a column are.
public enum ColumnType: String, Sendable {
  /// Whole numbers.
  case integer
  /// Numbers, some with decimals.
  case number
  /// Days.
  case date
  /// Times of day.
  case time
  /// Days with a time of day.
  case datetime
  /// Lengths of time.
  case duration
  /// Yes and no, true and false.
  case boolean
  /// Anything else.
  case text
  /// No cell has a value.
  case empty
}
