import Records

/// One cell of a neutral table: a value with the way it is written, the same in every output.
public enum Cell: Equatable, Sendable {
  /// Words as they are.
  case text(String)
  /// A number with its decimals; signed ones show a plus.
  case number(Double, places: Int, signed: Bool)
  /// A share, where 1 is all of it, shown as whole percent.
  case percent(Double)
  /// A date, shown as ISO 8601.
  case day(Day)
  /// Nothing to show, perhaps with the reason in a few words.
  case absent(String?)
  /// A letter of the adherence grid, with what it stands for.
  case state(DayMark?, letter: String)

  /// A number, or nothing.
  static func number(_ value: Double?, places: Int = 1, signed: Bool = false) -> Cell {
    value.map { .number($0, places: places, signed: signed) } ?? .absent(nil)
  }

  /// A whole number.
  static func count(_ value: Int) -> Cell { .number(Double(value), places: 0, signed: false) }

  /// A share, or nothing.
  static func percent(orAbsent value: Double?) -> Cell { value.map(Cell.percent) ?? .absent(nil) }

  /// A day of the adherence grid, empty outside the programme.
  static func state(_ mark: DayMark?, _ words: Words) -> Cell {
    .state(mark, letter: mark.map { words.list(.gridLetters)[$0.rawValue] } ?? "")
  }

  /// The cell as text.
  public var text: String {
    switch self {
    case .text(let text), .state(_, let text): text
    case .number(let value, let places, let signed):
      signed ? Format.signed(value, places: places) : Format.decimal(value, places: places)
    case .percent(let share): Format.percent(share)
    case .day(let day): day.description
    case .absent(let reason): reason ?? Format.absent
    }
  }

  /// How many columns of a terminal the cell as text takes.
  var width: Int {
    switch self {
    case .number(let value, let places, let signed):
      Format.width(value, places: places, signed: signed)
    default: displayWidth(text)
    }
  }

  var isRightAligned: Bool {
    switch self {
    case .number, .percent: true
    default: false
    }
  }
}

/// What became of a component on a day, in the order of the letters that stand for it.
public enum DayMark: Int, Sendable {
  case done, partial, missed, excused, unknown, notDue
}

/// A table that every output can show: text, workbook, CSV.
public struct Table: Sendable {
  /// What it shows, in a few words.
  public var title: String
  /// Header of each column, from left to right.
  public var columns: [String]
  /// Rows from top to bottom, each with a cell for every column.
  public var rows: [[Cell]]
  /// The name of the Excel table, nil for a plain region.
  public var name: String?

  init(_ title: String, _ columns: [String], _ rows: [[Cell]], name: String? = nil) {
    precondition(
      rows.allSatisfy { $0.count == columns.count }, "a cell for each column of \(title)")
    self.title = title
    self.columns = columns
    self.rows = rows
    self.name = name
  }
}

/// A chart over the columns of a table on the same sheet.
struct Chart: Sendable {
  enum Form: Sendable { case line, columns, scatter }

  enum Marker: Sendable { case circle, diamond, triangle }

  /// One line or one set of columns.
  struct Series: Sendable {
    var column: Int
    var color: Palette
    var marker: Bool
    var line: Bool
    var dashed = false
    var shape = Marker.circle
  }

  var form: Form
  var title: String
  var xTitle: String
  var yTitle: String
  var yRange: ClosedRange<Double>?
  var categories: Int
  /// Every how many categories a label stands.
  var labelStep: Int
  /// How a label on the lower axis is written; days by default.
  var labelFormat = "d mmm"
  var series: [Series]
  /// The ends of the lower axis of a scatter chart, in its cells' numbers.
  var xRange: ClosedRange<Double>?
  /// What the chart shows, in a sentence, for people who cannot see it.
  var description: String
}

/// Okabe-Ito colours, which people with any colour vision tell apart.
enum Palette: UInt32, Sendable {
  case blue = 0x0072B2
  case orange = 0xE69F00
  case green = 0x009E73
  case vermilion = 0xD55E00
  case sky = 0x56B4E9
  case purple = 0xCC79A7
  case black = 0x000000
}

/// What stands on a sheet, from top to bottom.
enum Block: Sendable {
  case title(String)
  case heading(String)
  case paragraph(String)
  case table(Table)
  /// A table with charts over it.
  case charted(Table, [Chart])
}

/// One sheet of a workbook.
struct Sheet: Sendable {
  var name: String
  var blocks: [Block]
  var landscape = false
  /// Whether all columns but the first have one width.
  var hasEvenColumns = false
  /// Whether it is printed on one page, however small.
  var isOnePage = false
}

extension Block {
  /// The table of a block that has one.
  var table: Table? {
    switch self {
    case .table(let table), .charted(let table, _): table
    case .title, .heading, .paragraph: nil
    }
  }

  /// Whether there are charts beside its table.
  var isCharted: Bool { if case .charted = self { true } else { false } }
}

/// A whole workbook before it is written.
public struct Workbook: Sendable {
  var title: String
  /// Stamped into the file instead of the clock, so that the same data gives the same bytes.
  var created: Day
  var paper = Paper.a4
  var sheets: [Sheet]

  /// The names of its sheets.
  public var sheetNames: [String] { sheets.map(\.name) }
}
