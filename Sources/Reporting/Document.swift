import Analysis
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

  /// A p-value as text, or nothing.
  static func pValue(_ p: Double?) -> Cell { p.map { .text(Format.pValue($0)) } ?? .absent(nil) }

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

  /// A table.
  ///
  /// - Parameter name: of the Excel table; nil for a plain region.
  /// - Precondition: every row has a cell for each column.
  public init(_ title: String, _ columns: [String], _ rows: [[Cell]], name: String? = nil) {
    precondition(
      rows.allSatisfy { $0.count == columns.count }, "a cell for each column of \(title)")
    self.title = title
    self.columns = columns
    self.rows = rows
    self.name = name
  }
}

/// A chart over the columns of a table in the same section.
public struct Chart: Sendable {
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
  /// The ends of a lower axis of days; nil where it is none.
  var dayRange: ClosedRange<Day>?
  /// What the chart shows, in a sentence, for people who cannot see it.
  var description: String

  /// The days of a chart with a little room at either end; nil for fewer than two.
  static func range(of days: [Day]) -> ClosedRange<Day>? {
    guard let first = days.min(), let last = days.max(), last > first else { return nil }
    let room = max(1, Int((Double(last - first) / 20).rounded()))
    return (first - room)...(last + room)
  }
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

/// What stands in a section, from top to bottom.
public enum Block: Sendable {
  case title(String)
  case heading(String)
  case paragraph(String)
  /// Entries under a heading.
  case list(String, [String])
  case table(Table)
  /// A table with charts over it.
  case charted(Table, [Chart])
}

extension Block {
  /// The table of a block that has one.
  var table: Table? {
    switch self {
    case .table(let table), .charted(let table, _): table
    case .title, .heading, .paragraph, .list: nil
    }
  }

  /// Whether there are charts beside its table.
  var isCharted: Bool { if case .charted = self { true } else { false } }
}

/// A section of a report in full, such as a sheet of a workbook.
public struct Section: Sendable {
  /// What it is called, in a word or two.
  public var name: String
  /// What stands in it.
  public var blocks: [Block]
  /// Whether all columns but the first have one width.
  var hasEvenColumns = false
  /// Whether it is printed on one page, however small.
  var isOnePage = false

  /// A section of blocks.
  public init(
    name: String, blocks: [Block], hasEvenColumns: Bool = false, isOnePage: Bool = false
  ) {
    self.name = name
    self.blocks = blocks
    self.hasEvenColumns = hasEvenColumns
    self.isOnePage = isOnePage
  }
}

/// A question of the reader and its answer.
public struct Answer: Sendable {
  /// The question.
  public let question: String
  /// The answer in full.
  public let long: String
  /// The answer in fewer words, for where there is no room.
  public let short: String
  /// The order in which answers are shortened; the first has most of its words below.
  let yields: Int
}

/// What stands on the short page of a report, from top to bottom.
public enum PageBlock: Sendable {
  /// The page's title, and what it is about.
  case title(String, String)
  /// Two texts at either end of a line.
  case pair(String, String)
  case answers([Answer])
  /// A line across.
  case rule
  case heading(String)
  /// A sentence of a section.
  case sentence(String)
  case paragraph(String)
  /// Entries under a heading.
  case list(String, [String])
  /// A mark for every value within a range, in order; nil where there is none.
  case strip([Double?], ClosedRange<Double>)
  case lines(Lines)
}

/// A small table without rules, for the short page.
public struct Lines: Sendable {
  /// How a column stands.
  public struct Column: Sendable {
    /// Characters that it takes; 0 for as many as each text has.
    public var width: Int
    /// Whether texts stand at its right end.
    public var isRight = false
    /// Blanks before it.
    public var gap = 0
    /// Whether it takes more where a text is longer.
    public var grows = false
  }

  /// A cell: words, or a share of 1 as a bar.
  public enum Cell: Sendable {
    case text(String)
    case bar(Double)
  }

  /// From left to right.
  public var columns: [Column]
  /// From top to bottom, each with a cell for every column.
  public var rows: [[Cell]]
}
