import CXLSXWriter
import Foundation
import Records

/// Lays the blocks of one sheet out from top to bottom and writes them.
final class SheetWriter {
  private let book: UnsafeMutablePointer<lxw_workbook>
  private let page: UnsafeMutablePointer<lxw_worksheet>?
  private let sheet: Section
  private let formats: Formats
  private let paper: Paper
  private var row: UInt32 = 0
  private var widths: [Int] = []
  /// Points that rows before the current one are higher than those of the default height.
  private var extraHeight = 0.0
  /// Where the current page began, in points from the top of the sheet, for each width of columns.
  private var pageTops = SheetWriter.columnFactors.map { _ in 0.0 }
  /// How wide columns turn out: a program without the font takes them from a wider one, and more
  /// rows come onto a page.
  private static let columnFactors = [1, 1.34]
  /// What a page holds in points, for each of these.
  private lazy var pageHeights = SheetWriter.columnFactors.map(pageHeight)
  /// Rows that begin a page, so that no chart is cut.
  private var pageBreaks: [UInt32] = []
  private(set) var problem: lxw_error = LXW_NO_ERROR

  /// Rows of the default height that a chart covers.
  private static let chartRows: UInt32 = 16
  private static let rowHeight = 15.0
  private static let chartWidth = 486.0
  private static let widest = 45
  private static let evenWidth = 14
  private static let narrowest = 100

  init(
    _ book: UnsafeMutablePointer<lxw_workbook>, _ sheet: Section, _ formats: Formats, paper: Paper
  ) {
    self.paper = paper
    self.book = book
    self.sheet = sheet
    self.formats = formats
    page = workbook_add_worksheet(book, sheet.name)
  }

  func write() {
    guard let page else {
      problem = LXW_ERROR_MEMORY_MALLOC_FAILED
      return
    }
    measure()
    setUp(page)
    for block in sheet.blocks {
      switch block {
      case .title(let text):
        setHeight(27)
        writeText(text, 0, formats.title)
        row += 1
      case .heading(let text): writeHeading(text)
      case .paragraph(let text): writeParagraph(text)
      case .list(let heading, let entries):
        writeHeading(heading)
        for entry in entries { writeParagraph("•  " + entry) }
      case .table(let table): writeTable(table)
      case .charted(let table, let charts): writeCharted(table, charts)
      }
    }
    guard !pageBreaks.isEmpty else { return }
    pageBreaks.append(0)
    note(worksheet_set_h_pagebreaks(page, &pageBreaks))
  }

  /// The longest of header and values × 1.1 + 2 decides a column's width, at most 45.
  private func measure() {
    for table in sheet.blocks.compactMap(\.table) {
      for (column, header) in table.columns.enumerated() {
        if widths.count <= column { widths.append(8) }
        let cells = table.rows.lazy.map { $0[column].width + 1 }
        let longest = max(cells.max() ?? 0, displayWidth(header) + (table.name == nil ? 0 : 2))
        let width = Int(Double(longest) * 1.1 + 2)
        widths[column] = min(SheetWriter.widest, max(widths[column], width))
      }
    }
    if sheet.hasEvenColumns, widths.count > 1 {
      // Headers wrap, so a grid of figures keeps one width whatever its longest header.
      for column in 1..<widths.count { widths[column] = SheetWriter.evenWidth }
    }
    // Paragraphs need room even where no table makes any.
    while widths.reduce(0, +) < SheetWriter.narrowest { widths.append(20) }
  }

  private var totalWidth: Int { max(widths.reduce(0, +), 60) }

  private func setUp(_ page: UnsafeMutablePointer<lxw_worksheet>) {
    for (column, width) in widths.enumerated() {
      note(worksheet_set_column(page, UInt16(column), UInt16(column), Double(width), nil))
    }
    worksheet_set_landscape(page)
    worksheet_set_paper(page, paper == .a4 ? 9 : 1)
    worksheet_fit_to_pages(page, 1, sheet.isOnePage ? 1 : 0)
    worksheet_gridlines(page, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    note(worksheet_set_footer(page, "&L&8&A&R&8&P / &N"))
    worksheet_set_margins(page, 0.5, 0.5, 0.6, 0.6)
  }

  /// Makes the current row as high as it needs to be.
  private func setHeight(_ points: Double) {
    note(worksheet_set_row(page, row, points, nil))
    extraHeight += points - SheetWriter.rowHeight
  }

  /// How much of the sheet a printed page holds from top to bottom, in points, at the scale that
  /// brings the sheet's whole width onto it; a row less, as programs differ.
  private func pageHeight(_ factor: Double) -> Double {
    func points(_ columns: some Sequence<Int>) -> Double {
      columns.reduce(0) { $0 + (Double($1) * 7 + 5) * 0.75 * factor }
    }
    let reached = sheet.blocks.map { block in
      guard let table = block.table else { return 0.0 }
      guard block.isCharted else { return points(widths.prefix(table.columns.count)) }
      return points((0...table.columns.count).map { $0 < widths.count ? widths[$0] : 8 })
        + SheetWriter.chartWidth
    }
    // Paper without its margins, across and down.
    let size = paper == .a4 ? (595.0, 842.0) : (612.0, 792.0)
    let across = size.1 - 72
    let down = size.0 - 87
    let scale = min(1, across / max(1, reached.max() ?? 1))
    return (down / scale / SheetWriter.rowHeight - 1).rounded(.down) * SheetWriter.rowHeight
  }

  /// Begins a page where what follows would be cut by the end of the current one.
  private func keepTogether(rows: Double) {
    guard !sheet.isOnePage else { return }
    func place() -> Double { Double(row) * SheetWriter.rowHeight + extraHeight }
    let own = rows * SheetWriter.rowHeight
    var isCut = false
    for (index, height) in pageHeights.enumerated() {
      // Tables longer than a page go on at the top of the next.
      while place() - pageTops[index] >= height { pageTops[index] += height }
      let used = place() - pageTops[index]
      if used > 0, used + own > height { isCut = true }
    }
    guard isCut else { return }
    row += 1
    pageBreaks.append(row)
    pageTops = pageTops.map { _ in place() }
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

  /// A paragraph over the whole width, its row as high as its lines.
  private func writeParagraph(_ text: String) {
    let width = min(totalWidth, 110)
    var last = 0
    var used = 0
    for (column, own) in widths.enumerated() where used < width {
      used += own
      last = column
    }
    let lines = wrapped(text, to: max(30, Int(Double(max(used, 30)) * 0.95))).count
    setHeight(Double(15 * max(lines, 1)) + 2)
    if last > 0 {
      note(
        worksheet_merge_range(
          page, row, 0, row, UInt16(last), cellText(text), formats.paragraph))
    } else {
      writeText(text, 0, lines > 1 ? formats.paragraph : nil)
    }
    row += 1
  }

  private func writeTable(_ table: Table) {
    // No header stands alone at the end of a page.
    keepTogether(rows: 5)
    row += 1
    writeText(table.title, 0, formats.heading)
    row += 1
    let first = row
    let headerLines = zip(table.columns, widths).map { header, width in
      wrapped(header, to: max(4, width - (table.name == nil ? 2 : 4))).count
    }
    setHeight(Double(15 * max(headerLines.max() ?? 1, 1)) + 3)
    if table.name == nil {
      for (column, header) in table.columns.enumerated() {
        let isRight = table.rows.contains { $0[column].isRightAligned }
        writeText(header, column, isRight ? formats.rightHeader : formats.header)
      }
    }
    if isOnlyTable {
      // Its header stays in sight, on the screen and on paper.
      worksheet_freeze_panes(page, row + 1, 0)
      note(worksheet_repeat_rows(page, row, row))
    }
    row += 1
    for cells in table.rows { writeRow(cells) }
    if let name = table.name, !table.rows.isEmpty { addExcelTable(table, name, first) }
    if table.rows.isEmpty {
      writeText("none", 0, formats.cell(.absent(nil)))
      row += 1
    }
  }

  /// Whether the sheet holds one table and no chart.
  private var isOnlyTable: Bool {
    sheet.blocks.count { $0.table != nil } == 1 && !sheet.blocks.contains(where: \.isCharted)
  }

  private func writeRow(_ cells: [Cell]) {
    var lines = 1
    for (column, cell) in cells.enumerated() {
      write(cell, column)
      if case .text(let text) = cell {
        let width = max(4, Int(Double(widths[column]) * 0.92))
        let own = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) {
          $0 + linesNeeded(String($1), width: width)
        }
        lines = max(lines, own)
      }
    }
    if lines > 1 { setHeight(Double(15 * min(lines, 25)) + 1) }
    row += 1
  }

  private func write(_ cell: Cell, _ column: Int) {
    let format = formats.cell(cell)
    let column = UInt16(column)
    switch cell {
    case .number(let value, _, _) where value.isFinite, .percent(let value) where value.isFinite:
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

  /// A table with its charts beside it when they fit, else below.
  private func writeCharted(_ table: Table, _ charts: [Chart]) {
    keepTogether(rows: Double(SheetWriter.chartRows) + 2.5)
    let top = row + 1
    writeTable(table)
    let below = row
    for chart in charts {
      let column = table.columns.count + 1
      add(chart, over: table, header: top + 1, at: top + 1, column: column)
      row = max(below, top + 2 + SheetWriter.chartRows)
    }
  }

  private func add(
    _ chart: Chart, over table: Table, header: UInt32, at top: UInt32, column: Int
  ) {
    let type: lxw_chart_type =
      switch chart.form {
      case .line: LXW_CHART_LINE
      case .columns: LXW_CHART_COLUMN
      case .scatter:
        chart.series.contains(where: \.line)
          ? LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS : LXW_CHART_SCATTER
      }
    guard let drawn = workbook_add_chart(book, UInt8(type.rawValue)) else {
      problem = LXW_ERROR_MEMORY_MALLOC_FAILED
      return
    }
    let first = header + 1
    let last = header + UInt32(table.rows.count)
    for series in chart.series {
      let line = chart_add_series(drawn, nil, nil)
      chart_series_set_categories(
        line, sheet.name, first, UInt16(chart.categories), last, UInt16(chart.categories))
      chart_series_set_values(
        line, sheet.name, first, UInt16(series.column), last, UInt16(series.column))
      chart_series_set_name_range(line, sheet.name, header, UInt16(series.column))
      style(line, series, chart.form)
    }
    frame(drawn, chart)
    let description = strdup(cellText(chart.description))
    var options = lxw_chart_options()
    options.description = description
    options.x_scale = 1.35
    options.y_scale = 1.05
    options.object_position = UInt8(LXW_OBJECT_MOVE_DONT_SIZE.rawValue)
    note(worksheet_insert_chart_opt(page, top, UInt16(column), drawn, &options))
    free(description)
  }

  private func style(
    _ line: UnsafeMutablePointer<lxw_chart_series>?, _ series: Chart.Series, _ form: Chart.Form
  ) {
    if form == .columns {
      var fill = lxw_chart_fill()
      fill.color = series.color.rawValue
      chart_series_set_fill(line, &fill)
      return
    }
    var stroke = lxw_chart_line()
    stroke.color = series.color.rawValue
    stroke.width = 2.25
    stroke.none = series.line ? 0 : 1
    if series.dashed { stroke.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue) }
    chart_series_set_line(line, &stroke)
    let shapes: [Chart.Marker: lxw_chart_marker_type] = [
      .circle: LXW_CHART_MARKER_CIRCLE, .diamond: LXW_CHART_MARKER_DIAMOND,
      .triangle: LXW_CHART_MARKER_TRIANGLE,
    ]
    let marker = series.marker ? shapes[series.shape] : LXW_CHART_MARKER_NONE
    chart_series_set_marker_type(line, UInt8((marker ?? LXW_CHART_MARKER_CIRCLE).rawValue))
    guard series.marker else { return }
    chart_series_set_marker_size(line, series.shape == .circle ? 6 : 9)
    var fill = lxw_chart_fill()
    fill.color = series.color.rawValue
    chart_series_set_marker_fill(line, &fill)
    var edge = lxw_chart_line()
    edge.color = series.color == .sky ? Palette.blue.rawValue : series.color.rawValue
    edge.width = 0.75
    chart_series_set_marker_line(line, &edge)
  }

  private func frame(_ drawn: UnsafeMutablePointer<lxw_chart>, _ chart: Chart) {
    chart_title_set_name(drawn, chartText(chart.title))
    var font = lxw_chart_font()
    font.size = 12
    font.bold = UInt8(LXW_TRUE.rawValue)
    chart_title_set_name_font(drawn, &font)
    let across = drawn.pointee.x_axis
    let up = drawn.pointee.y_axis
    chart_axis_set_name(across, chartText(chart.xTitle))
    chart_axis_set_name(up, chartText(chart.yTitle))
    chart_axis_set_label_position(across, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
    if chart.form == .line {
      chart_axis_set_num_format(across, chart.labelFormat)
      chart_axis_set_interval_unit(across, UInt16(chart.labelStep))
    }
    if let days = chart.dayRange {
      let range = excelNumber(days.lowerBound)...excelNumber(days.upperBound)
      chart_axis_set_num_format(across, chart.labelFormat)
      chart_axis_set_min(across, range.lowerBound)
      chart_axis_set_max(across, range.upperBound)
      chart_axis_set_major_unit(
        across, max(1, ((range.upperBound - range.lowerBound) / 6).rounded()))
    }
    if let range = chart.yRange {
      chart_axis_set_min(up, range.lowerBound)
      chart_axis_set_max(up, range.upperBound)
    }
    var grid = lxw_chart_line()
    grid.color = 0xD9D9D9
    grid.width = 0.75
    chart_axis_major_gridlines_set_line(up, &grid)
    chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
    if chart.series.count == 1 {
      chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    }
    chart_show_blanks_as(drawn, UInt8(LXW_CHART_BLANKS_AS_GAP.rawValue))
  }
}
