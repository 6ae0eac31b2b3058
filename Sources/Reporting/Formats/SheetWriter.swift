import CXLSXWriter
import Foundation
import Records

/// Lays the blocks of one sheet out from top to bottom and writes them.
///
/// What is read and printed stands in the columns of the page; tables that only charts are drawn
/// over stand to the right of it.
final class SheetWriter {
  let book: UnsafeMutablePointer<lxw_workbook>
  let page: UnsafeMutablePointer<lxw_worksheet>?
  let sheet: Section
  private let formats: Formats
  private let paper: Paper
  private let place: SheetPage
  private var row: UInt32 = 0
  private let widths: [Int]
  /// The first free column to the right of the page.
  private var beside: Int
  /// Points that rows before the current one are higher than those of the default height.
  private var extraHeight = 0.0
  /// Where the current page began, in points from the top of the sheet.
  private var pageTop = 0.0
  /// Rows that begin a page, so that no chart is cut and no table where it need not be.
  private var pageBreaks: [UInt32] = []
  private(set) var problem: lxw_error = LXW_NO_ERROR

  /// Rows that a chart covers which has the page's width, and one of a smaller chart.
  private static let chartRows: (whole: UInt32, part: UInt32) = (15, 12)
  /// The lowest that a smaller chart is made so that all stand on a page.
  private static let fewestRows: UInt32 = 10
  /// Rows of a chart on a sheet of one page, which takes what the texts leave.
  private static let rowsOnOnePage: ClosedRange<UInt32> = 9...15
  /// Pixels between two charts.
  private static let gap = 12
  /// Pixels of a chart beside a table, at least.
  private static let narrowestChart = 340
  private static let widestChart = 640
  /// How wide paragraphs of a sheet of details are, in digits.
  private static let detailText = 110
  /// The last column of a sheet.
  private static let lastColumn: UInt16 = 16_383

  init(
    _ book: UnsafeMutablePointer<lxw_workbook>, _ sheet: Section, _ formats: Formats, paper: Paper
  ) {
    self.paper = paper
    self.book = book
    self.sheet = sheet
    self.formats = formats
    place = SheetPage(paper, sheet.layout)
    widths = ColumnWidths(sheet, place).widths
    beside = widths.count + 1
    page = workbook_add_worksheet(book, sheet.name)
  }

  func write() {
    guard let page else {
      problem = LXW_ERROR_MEMORY_MALLOC_FAILED
      return
    }
    setUp(page)
    for (index, block) in sheet.blocks.enumerated() {
      switch block {
      case .title(let text):
        setHeight(27)
        writeText(text, 0, formats.title)
        row += 1
      case .heading(let text): writeHeading(text)
      case .paragraph(let text):
        if index > 0, sheet.blocks[index - 1].isPicture { row += 1 }
        writeParagraph(text)
      case .list(let heading, let entries):
        writeHeading(heading)
        for entry in entries { writeParagraph("•  " + entry) }
      case .table(let table): writeTable(table)
      case .charted(let table, let charts): writeCharted(table, charts)
      case .plots(let plots, let across):
        let rest = sheet.blocks[(index + 1)...].reduce(0) { $0 + height(of: $1) }
        writePlots(plots, across, before: rest)
      }
    }
    limitPrint(page)
    guard !pageBreaks.isEmpty else { return }
    pageBreaks.append(0)
    note(worksheet_set_h_pagebreaks(page, &pageBreaks))
  }

  private func setUp(_ page: UnsafeMutablePointer<lxw_worksheet>) {
    for (column, width) in widths.enumerated() { setWidth(column, width) }
    if place.isLandscape { worksheet_set_landscape(page) } else { worksheet_set_portrait(page) }
    worksheet_set_paper(page, paper == .a4 ? 9 : 1)
    if sheet.layout == .onePage {
      worksheet_fit_to_pages(page, 1, 1)
    } else {
      worksheet_set_print_scale(page, place.scale)
    }
    worksheet_gridlines(page, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    note(worksheet_set_footer(page, "&L&10&A&R&10&P / &N"))
    let (side, end) = (SheetPage.sideMargin, SheetPage.endMargin)
    worksheet_set_margins(page, side, side, end, end)
  }

  private func setWidth(_ column: Int, _ width: Int) {
    note(worksheet_set_column(page, UInt16(column), UInt16(column), Double(width), nil))
  }

  /// Prints the columns of the page and nothing beside it; of a sheet of details nothing, as the
  /// report's print would be that of its data: the print area is a cell that nobody sees.
  private func limitPrint(_ page: UnsafeMutablePointer<lxw_worksheet>) {
    guard sheet.layout == .detail else {
      note(worksheet_print_area(page, 0, 0, max(row, 1) - 1, UInt16(max(widths.count, 1) - 1)))
      return
    }
    let last = SheetWriter.lastColumn
    var hidden = lxw_row_col_options()
    hidden.hidden = UInt8(LXW_TRUE.rawValue)
    note(worksheet_set_column_opt(page, last, last, 1, nil, &hidden))
    note(worksheet_print_area(page, 0, last, 0, last))
  }

  /// Makes the current row as high as it needs to be.
  private func setHeight(_ points: Double) {
    note(worksheet_set_row(page, row, points, nil))
    extraHeight += points - SheetPage.rowHeight
  }

  /// Begins a page where what follows would be cut by the end of the current one, unless it is
  /// longer than a page.
  private func keepTogether(_ points: Double) {
    guard sheet.layout != .onePage else { return }
    func here() -> Double { Double(row) * SheetPage.rowHeight + extraHeight }
    // What is longer than a page went on at the top of the next.
    while here() - pageTop >= place.height { pageTop += place.height }
    let used = here() - pageTop
    guard used > 0, used + points > place.height else { return }
    row += 1
    pageBreaks.append(row)
    pageTop = here()
  }

  private func note(_ code: lxw_error) { if problem == LXW_NO_ERROR { problem = code } }

  private func writeText(_ text: String, _ column: Int, _ format: Formats.Format?) {
    note(worksheet_write_string(page, row, UInt16(column), cellText(text), format))
  }

  private func writeHeading(_ text: String) {
    row += 1
    writeText(text, 0, formats.heading)
    row += 1
  }

  /// A paragraph over the page's width, its row as high as its lines.
  private func writeParagraph(_ text: String) {
    let most = sheet.layout == .detail ? SheetWriter.detailText : .max
    var last = 0
    var used = 0
    for (column, own) in widths.enumerated() where used < most {
      used += own
      last = column
    }
    if used < SheetWriter.detailText {
      last = max(last, widths.count - 1) + (SheetWriter.detailText - used) / 9
      used = SheetWriter.detailText
    }
    let lines = min(wrapped(text, to: SheetPage.characters(used)).count, 30)
    setHeight(SheetPage.lineHeight * Double(max(lines, 1)) + 3)
    if last > 0 {
      note(
        worksheet_merge_range(
          page, row, 0, row, UInt16(last), cellText(text), formats.paragraph))
    } else {
      writeText(text, 0, formats.paragraph)
    }
    row += 1
  }

  /// How high words are; tables and charts are not asked for.
  private func height(of block: Block) -> Double {
    let line = SheetPage.lineHeight
    func height(_ text: String) -> Double {
      line * Double(wrapped(text, to: SheetPage.characters(widths.reduce(0, +))).count) + 3
    }
    switch block {
    case .title: return 27
    case .heading: return 2 * SheetPage.rowHeight
    case .paragraph(let text): return height(text)
    case .list(_, let entries):
      return 2 * SheetPage.rowHeight + entries.reduce(0) { $0 + height($1) }
    case .table, .charted, .plots: return 0
    }
  }

  private func writeTable(_ table: Table) {
    guard !table.rows.isEmpty else { return }
    let header = headerHeight(table)
    keepTogether(header + 2 * SheetPage.rowHeight + keptHeight(table))
    row += 1
    writeText(table.title, 0, formats.heading)
    row += 1
    let first = row
    setHeight(header)
    if table.name == nil { writeHeader(table, from: 0) }
    if isOnlyTable {
      // Its header stays in sight, on the screen and on paper.
      worksheet_freeze_panes(page, row + 1, 0)
      note(worksheet_repeat_rows(page, row, row))
    }
    row += 1
    for cells in table.rows { writeRow(cells) }
    if let name = table.name { addExcelTable(table, name, first) }
    addBars(table, from: first + 1)
  }

  private func writeHeader(_ table: Table, from start: Int) {
    for (column, header) in table.columns.enumerated() {
      let isRight = table.rows.contains { $0[column].isRightAligned }
      writeText(header, start + column, isRight ? formats.rightHeader : formats.header)
    }
  }

  private func headerHeight(_ table: Table) -> Double {
    let lines = zip(table.columns, widths).map { header, width in
      wrapped(header, to: max(4, width - (table.name == nil ? 2 : 4))).count
    }
    return SheetPage.lineHeight * Double(max(lines.max() ?? 1, 1)) + 5
  }

  /// How much of a table is kept together: all of it where a page holds it, else its first rows.
  private func keptHeight(_ table: Table) -> Double {
    let few = 4 * SheetPage.rowHeight
    guard Double(table.rows.count) * SheetPage.rowHeight <= place.height else { return few }
    let whole = table.rows.reduce(0) { $0 + height(of: $1) }
    return whole + 4 * SheetPage.rowHeight <= place.height ? whole : few
  }

  /// Whether the sheet holds one table and no chart.
  private var isOnlyTable: Bool {
    sheet.blocks.count { $0.table != nil } == 1 && !sheet.blocks.contains(where: \.isCharted)
  }

  /// The height of a row of a table, as high as its longest text.
  private func height(of cells: [Cell]) -> Double {
    var lines = 1
    for (column, cell) in cells.enumerated() {
      let text: String
      switch cell {
      case .text(let own), .absent(let own?): text = own
      default: continue
      }
      let width = SheetPage.characters(widths[column])
      let own = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
        $0 + linesNeeded(String($1), width: width)
      }
      lines = max(lines, own)
    }
    return lines > 1 ? SheetPage.lineHeight * Double(min(lines, 25)) + 4 : SheetPage.rowHeight
  }

  private func writeRow(_ cells: [Cell]) {
    for (column, cell) in cells.enumerated() { write(cell, column) }
    let height = height(of: cells)
    if height > SheetPage.rowHeight { setHeight(height) }
    row += 1
  }

  private func write(_ cell: Cell, _ column: Int) {
    let format = formats.cell(cell)
    let column = UInt16(column)
    switch cell {
    case .number(let value, _, _) where value.isFinite, .percent(let value) where value.isFinite,
      .p(let value) where value.isFinite, .mark(let value):
      note(worksheet_write_number(page, row, column, value, format))
    case .day(let day):
      note(worksheet_write_number(page, row, column, excelNumber(day), format))
    case .text(""), .state(nil, _), .absent(nil):
      note(worksheet_write_blank(page, row, column, format))
    default: note(worksheet_write_string(page, row, column, cellText(cell.text), format))
    }
  }

  /// A real Excel table with filter buttons, named after its content.
  private func addExcelTable(_ table: Table, _ name: String, _ first: UInt32) {
    var headers = table.columns.map { strdup($0) }
    defer { for header in headers { free(header) } }
    var columns = headers.map { header in
      var column = lxw_table_column()
      column.header = header
      column.header_format = formats.header
      return column
    }
    withPointers(to: &columns) { pointers in
      let title = strdup(name)
      let style = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
      var options = lxw_table_options()
      options.name = title
      options.columns = pointers
      options.style_type = style
      options.style_type_number = 1
      options.no_banded_rows = UInt8(LXW_TRUE.rawValue)
      note(
        worksheet_add_table(
          page, first, 0, row - 1, UInt16(table.columns.count - 1), &options))
      free(title)
    }
    headers.removeAll(keepingCapacity: true)
  }

  /// Calls a closure with a NULL-terminated array of pointers to the columns.
  private func withPointers(
    to columns: inout [lxw_table_column],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<lxw_table_column>?>) -> Void
  ) {
    columns.withUnsafeMutableBufferPointer { stored in
      var pointers: [UnsafeMutablePointer<lxw_table_column>?] = []
      if let base = stored.baseAddress { pointers = stored.indices.map { base + $0 } }
      pointers.append(nil)
      pointers.withUnsafeMutableBufferPointer { list in
        if let base = list.baseAddress { body(base) }
      }
    }
  }

  /// Bars behind the numbers of a table's columns.
  private func addBars(_ table: Table, from first: UInt32) {
    for (column, most) in table.bars.sorted(by: { $0.key < $1.key }) {
      var bar = lxw_conditional_format()
      bar.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
      bar.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
      bar.max_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
      bar.min_value = 0
      bar.max_value = most
      bar.bar_color = Shade.bar
      bar.data_bar_2010 = UInt8(LXW_TRUE.rawValue)
      bar.bar_solid = UInt8(LXW_TRUE.rawValue)
      let place = UInt16(column)
      note(worksheet_conditional_format_range(page, first, place, row - 1, place, &bar))
    }
  }

  // MARK: Charts

  /// Pixels from the left edge to a column of the page.
  private func left(of column: Int) -> Int {
    widths.prefix(column).reduce(0) { $0 + SheetPage.pixels($1) }
  }

  /// A table with its charts beside it, one below the other.
  private func writeCharted(_ table: Table, _ charts: [Chart]) {
    let tall = Double(charts.count) * Double(SheetWriter.chartRows.whole + 1) + 3
    keepTogether(max(tall * SheetPage.rowHeight, headerHeight(table) + keptHeight(table) + 30))
    let top = row + 1
    writeTable(table)
    guard !table.rows.isEmpty else { return }
    var start = left(of: table.columns.count) + SheetWriter.gap
    var room = (place.isLandscape ? place.width : left(of: widths.count)) - start
    var chartRow = top
    if room < SheetWriter.narrowestChart {
      // There is no room beside the table, but below it.
      room += start
      start = 0
      chartRow = row + 1
    }
    let width = min(room, SheetWriter.widestChart)
    for chart in charts {
      let space = ChartSpace(
        row: chartRow, left: start, width: width, rows: SheetWriter.chartRows.whole)
      draw(chart, over: TablePlace(header: top + 1, column: 0, rows: table.rows.count), in: space)
      chartRow += SheetWriter.chartRows.whole + 1
    }
    row = max(row, chartRow)
  }

  /// Charts side by side, their tables to the right of the page.
  ///
  /// - Parameter rest: points of what follows on the sheet.
  private func writePlots(_ plots: [Plot], _ across: Int, before rest: Double) {
    var rows = across == 1 ? SheetWriter.chartRows.whole : SheetWriter.chartRows.part
    let here = Double(row) * SheetPage.rowHeight + extraHeight - pageTop
    let free = UInt32(max(0, place.height - here - rest) / SheetPage.rowHeight)
    let each = free / UInt32(max((plots.count + across - 1) / across, 1))
    if sheet.layout == .onePage {
      let limits = SheetWriter.rowsOnOnePage
      rows = min(max(each, limits.lowerBound + 1) - 1, limits.upperBound)
    } else if across > 1, each > SheetWriter.fewestRows {
      // A little lower, all may stand on this page.
      rows = min(rows, each - 1)
    }
    let pixels = left(of: widths.count)
    for start in stride(from: 0, to: plots.count, by: across) {
      keepTogether(Double(rows + 1) * SheetPage.rowHeight)
      row += 1
      for (place, plot) in plots[start..<min(start + across, plots.count)].enumerated() {
        let each = pixels / across
        let space = ChartSpace(
          row: row, left: place * each, width: each - SheetWriter.gap, rows: rows)
        draw(plot.chart, over: writeBeside(plot.table), in: space)
      }
      row += rows
    }
  }

  /// Writes a table to the right of the page.
  private func writeBeside(_ table: Table) -> TablePlace {
    let here = row
    defer { row = here }
    let start = beside
    beside += table.columns.count + 1
    for column in table.columns.indices {
      setWidth(start + column, ColumnWidths.natural(table, column))
    }
    row = 1
    writeText(table.title, start, formats.heading)
    row = 2
    writeHeader(table, from: start)
    for cells in table.rows {
      row += 1
      for (column, cell) in cells.enumerated() { write(cell, start + column) }
    }
    return TablePlace(header: 2, column: start, rows: table.rows.count)
  }

  private func draw(_ chart: Chart, over table: TablePlace, in space: ChartSpace) {
    let writer = ChartWriter(chart, of: sheet.name, over: table, in: space)
    note(writer.write(to: book, page))
  }
}
