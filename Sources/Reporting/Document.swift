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
  /// A p-value: a number like any other, written with as many decimals as it needs.
  case p(Double)
  /// The height at which a chart draws a mark that stands for no value; a cross in a table.
  case mark(Double)
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

  /// A p-value, or nothing.
  static func pValue(_ p: Double?) -> Cell { p.map(Cell.p) ?? .absent(nil) }

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
    case .p(let value): Format.pValue(value)
    case .mark: "×"
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

  /// Whether there is nothing to read.
  var isEmpty: Bool { self == .text("") || self == .absent(nil) }

  /// Whether it is a number above 0.
  var isPositive: Bool { if case .number(let value, _, _) = self { value > 0 } else { false } }

  var isRightAligned: Bool {
    switch self {
    case .number, .percent, .p: true
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
  /// Columns whose numbers are shown with a bar behind them, and the number that fills it.
  var bars: [Int: Double] = [:]

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

extension Table {
  /// The table without columns that no row fills.
  var withoutEmptyColumns: Table {
    let filled = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    guard filled.count < columns.count else { return self }
    return Table(
      title, filled.map { columns[$0] }, rows.map { row in filled.map { row[$0] } }, name: name)
  }
}

/// A chart over the columns of a table in the same section.
public struct Chart: Sendable {
  /// Lines over words, columns over words, or points over days or numbers.
  enum Form: Sendable { case line, columns, scatter }

  enum Marker: Sendable { case circle, diamond, triangle, cross }

  /// What the labels of the lower axis are.
  enum Labels: Sendable {
    /// Days, as `26 Oct`.
    case days
    /// Months, as `Oct 2026`, of an axis of days.
    case months
    /// The cells themselves.
    case words
  }

  /// One line or one set of columns.
  struct Series: Sendable {
    var column: Int
    var color: Palette
    var marker: Bool
    var line: Bool
    var dashed = false
    /// Whether its line bounds a band about the others, and is half as thick.
    var isThin = false
    /// Whether its markers are small, as many stand beside each other.
    var isSmall = false
    /// Whether its columns are what the others are to fill, drawn around them where that can be.
    var isOutline = false
    var shape = Marker.circle
  }

  var form: Form
  var title: String
  var xTitle: String
  var yTitle: String
  var yRange: ClosedRange<Double>?
  /// The distance between two labels of the upright axis; nil leaves it to the program.
  var yStep: Double?
  /// The labels that are shown of an axis that reaches further, so that no point is cut.
  var yLabels: ClosedRange<Double>?
  /// Whether heights are shares, shown as percent.
  var isShare = false
  var categories: Int
  /// Every how many categories a label stands.
  var labelStep: Int
  var labels = Labels.words
  /// How a spreadsheet is to write a label on an axis of days.
  var labelFormat = "d mmm"
  var series: [Series]
  /// Whether the series are named below; where there is one its title names it.
  var hasLegend = true
  /// The ends of a lower axis of days; nil where it is none.
  var dayRange: ClosedRange<Day>?
  /// Texts along the lower axis, each at the day or number that it stands for; none for the axis's
  /// own.
  var ticks: [Tick] = []
  /// A shaded range of the left axis, within which a value says nothing new.
  var band: (range: ClosedRange<Double>, name: String)?
  /// Days that are marked along the foot, such as those with a session.
  var marks: (days: [Day], name: String)?
  /// What the chart shows, in a sentence, for people who cannot see it.
  var description: String

  /// A text on the lower axis.
  struct Tick: Sendable {
    var at: Double
    var text: String
  }

  /// The days of a chart with a little room at either end; nil for fewer than two.
  static func range(of days: [Day]) -> ClosedRange<Day>? {
    guard let first = days.min(), let last = days.max(), last > first else { return nil }
    let room = max(1, Int((Double(last - first) / 20).rounded()))
    return (first - room)...(last + room)
  }

  /// The ends of an upright axis over values, at round numbers, and the step between its labels;
  /// nil without a value.
  static func axis(over values: [Double]) -> (range: ClosedRange<Double>, step: Double)? {
    guard let low = values.min(), let high = values.max(), low.isFinite, high.isFinite,
      abs(low) < 1e12, abs(high) < 1e12
    else { return nil }
    let span = max(high - low, low == high ? 1 : 0, abs(high) / 100)
    var size = 1.0
    while size * 10 <= span { size *= 10 }
    while size > span { size /= 10 }
    let step = [0.2, 0.5, 1, 2].map { $0 * size }.first { span / $0 <= 5 } ?? 2 * size
    let ends = ((low / step - 0.25).rounded(.down) * step, (high / step + 0.25).rounded(.up) * step)
    return (ends.0...ends.1, step)
  }
}

/// A chart with the table that it is drawn over.
public struct Plot: Sendable {
  /// What stands behind the chart.
  public var table: Table
  /// The chart.
  public var chart: Chart
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
  /// Charts in rows of so many; their tables are no part of what is read from top to bottom.
  case plots([Plot], across: Int)
}

extension Block {
  /// The table of a block that has one.
  var table: Table? {
    switch self {
    case .table(let table), .charted(let table, _): table
    case .title, .heading, .paragraph, .list, .plots: nil
    }
  }

  /// Whether it is a table or a chart, not words.
  var isPicture: Bool { table != nil || isCharted }

  /// Whether there are charts in it.
  var isCharted: Bool {
    switch self {
    case .charted(_, let charts): !charts.isEmpty
    case .plots: true
    case .title, .heading, .paragraph, .list, .table: false
    }
  }
}

/// A section of a report in full, such as a sheet of a workbook.
public struct Section: Sendable {
  /// What it is called, in a word or two.
  public var name: String
  /// What stands in it.
  public var blocks: [Block]
  /// How it is read on paper.
  public enum Layout: Sendable {
    /// As one upright page, however small.
    case onePage
    /// As upright pages.
    case pages
    /// As pages on their side, for wide tables.
    case wide
    /// Not with the others; as pages on their side where a reader wants it.
    case detail
  }

  /// Whether all columns but the first have one width.
  var hasEvenColumns = false
  /// How it is read on paper.
  public var layout: Layout

  /// A section of blocks; on its own a detail, as a part of a report says otherwise.
  public init(
    name: String, blocks: [Block], hasEvenColumns: Bool = false, layout: Layout = .detail
  ) {
    self.name = name
    self.blocks = blocks
    self.hasEvenColumns = hasEvenColumns
    self.layout = layout
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

extension PageBlock {
  /// The same for letters of any width; nil for what is nothing but a drawing.
  var withoutBars: PageBlock? {
    switch self {
    case .strip: return nil
    case .lines(let lines): return .lines(lines.withoutBars)
    default: return self
    }
  }
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

  /// The same without columns of bars.
  var withoutBars: Lines {
    func isBar(_ cell: Cell) -> Bool { if case .bar = cell { true } else { false } }
    let kept = columns.indices.filter { place in !rows.contains { isBar($0[place]) } }
    return Lines(columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
  }
}
