import CXLSXWriter
import Foundation
import Records

/// Where a table stands on a sheet.
struct TablePlace {
  /// The row of its header.
  var header: UInt32
  /// Its first column.
  var column: Int
  /// Rows below the header.
  var rows: Int
}

/// The room that a chart covers on a sheet.
struct ChartSpace {
  /// Its first row.
  var row: UInt32
  /// Pixels from the left edge of the sheet.
  var left: Int
  /// Pixels.
  var width: Int
  /// Rows of the default height.
  var rows: UInt32
}

/// Draws one chart over a table of a sheet.
struct ChartWriter {
  private typealias Line = UnsafeMutablePointer<lxw_chart_series>
  private typealias Axis = UnsafeMutablePointer<lxw_chart_axis>

  private let chart: Chart
  private let sheet: String
  private let table: TablePlace
  private let space: ChartSpace

  /// The size of a chart of scale 1, pixels.
  private static let usual = (width: 480.0, height: 288.0)
  /// Pixels of a row of the default height.
  private static let rowPixels = 20.0
  /// Pixels that a label of a lower axis takes.
  private static let labelPixels = 75
  /// Days of a month on the average.
  private static let month = 30.4375
  /// A day of a month from which labels at such distances never reach another month.
  private static let monthDay = 4
  /// The size of small markers, points.
  private static let small: UInt8 = 3
  private static let grid: lxw_color_t = 0xD9D9D9

  init(_ chart: Chart, of sheet: String, over table: TablePlace, in space: ChartSpace) {
    self.chart = chart
    self.sheet = sheet
    self.table = table
    self.space = space
  }

  /// Inserts the chart.
  func write(
    to book: UnsafeMutablePointer<lxw_workbook>, _ page: UnsafeMutablePointer<lxw_worksheet>?
  ) -> lxw_error {
    let type: lxw_chart_type =
      switch chart.form {
      case .line: LXW_CHART_LINE
      case .columns: LXW_CHART_COLUMN
      case .scatter:
        chart.series.contains(where: \.line)
          ? LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS : LXW_CHART_SCATTER
      }
    guard let drawn = workbook_add_chart(book, UInt8(type.rawValue)) else {
      return LXW_ERROR_MEMORY_MALLOC_FAILED
    }
    let first = table.header + 1
    let last = table.header + UInt32(table.rows)
    for series in chart.series {
      let line = chart_add_series(drawn, nil, nil)
      let x = UInt16(table.column + chart.categories)
      let y = UInt16(table.column + series.column)
      chart_series_set_categories(line, sheet, first, x, last, x)
      chart_series_set_values(line, sheet, first, y, last, y)
      chart_series_set_name_range(line, sheet, table.header, y)
      style(line, series)
    }
    frame(drawn)
    let description = strdup(cellText(chart.description))
    defer { free(description) }
    var options = lxw_chart_options()
    options.description = description
    options.x_offset = Int32(space.left)
    options.x_scale = Double(space.width) / ChartWriter.usual.width
    options.y_scale = Double(space.rows) * ChartWriter.rowPixels / ChartWriter.usual.height
    options.object_position = UInt8(LXW_OBJECT_MOVE_DONT_SIZE.rawValue)
    return worksheet_insert_chart_opt(page, space.row, 0, drawn, &options)
  }

  private func style(_ line: Line?, _ series: Chart.Series) {
    if chart.form == .columns {
      var fill = lxw_chart_fill()
      fill.color = series.color.rawValue
      chart_series_set_fill(line, &fill)
      return
    }
    var stroke = lxw_chart_line()
    stroke.color = series.color.rawValue
    stroke.width = series.isThin ? 1 : 2.25
    stroke.none = series.line ? 0 : 1
    if series.dashed { stroke.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue) }
    chart_series_set_line(line, &stroke)
    let shapes: [Chart.Marker: lxw_chart_marker_type] = [
      .circle: LXW_CHART_MARKER_CIRCLE, .diamond: LXW_CHART_MARKER_DIAMOND,
      .triangle: LXW_CHART_MARKER_TRIANGLE, .cross: LXW_CHART_MARKER_X,
    ]
    let marker = series.marker ? shapes[series.shape] : LXW_CHART_MARKER_NONE
    chart_series_set_marker_type(line, UInt8((marker ?? LXW_CHART_MARKER_CIRCLE).rawValue))
    guard series.marker else { return }
    let sizes: [Chart.Marker: UInt8] = [.circle: 6, .diamond: 9, .triangle: 9, .cross: 5]
    chart_series_set_marker_size(
      line, series.isSmall ? ChartWriter.small : sizes[series.shape] ?? 6)
    var fill = lxw_chart_fill()
    fill.color = series.color.rawValue
    chart_series_set_marker_fill(line, &fill)
    var edge = lxw_chart_line()
    edge.color = series.color == .sky ? Palette.blue.rawValue : series.color.rawValue
    edge.width = 0.75
    chart_series_set_marker_line(line, &edge)
  }

  private func frame(_ drawn: UnsafeMutablePointer<lxw_chart>) {
    chart_title_set_name(drawn, chartText(chart.title))
    withFont(SheetPage.fontSize + 1, bold: true) { chart_title_set_name_font(drawn, $0) }
    let across = drawn.pointee.x_axis
    let up = drawn.pointee.y_axis
    if !chart.xTitle.isEmpty { chart_axis_set_name(across, chartText(chart.xTitle)) }
    if !chart.yTitle.isEmpty { chart_axis_set_name(up, chartText(chart.yTitle)) }
    withFont(SheetPage.fontSize, bold: false) { font in
      for axis in [across, up] {
        chart_axis_set_name_font(axis, font)
        chart_axis_set_num_font(axis, font)
      }
      chart_legend_set_font(drawn, font)
    }
    chart_axis_set_label_position(across, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
    setLower(across)
    setUpright(up)
    chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
    if chart.series.count == 1 || !chart.hasLegend {
      chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    }
    chart_show_blanks_as(drawn, UInt8(LXW_CHART_BLANKS_AS_GAP.rawValue))
    if chart.form == .columns { chart_set_series_gap(drawn, 60) }
  }

  private func withFont(
    _ size: Double, bold: Bool, _ body: (UnsafeMutablePointer<lxw_chart_font>) -> Void
  ) {
    let name = strdup(Formats.fontName)
    defer { free(name) }
    var font = lxw_chart_font()
    font.name = name
    font.size = size
    font.bold = UInt8((bold ? LXW_TRUE : LXW_EXPLICIT_FALSE).rawValue)
    body(&font)
  }

  /// The lower axis: days at even distances, or words of which some are shown.
  private func setLower(_ axis: Axis?) {
    if chart.form != .scatter { chart_axis_set_interval_unit(axis, UInt16(chart.labelStep)) }
    guard let days = chart.dayRange else { return }
    chart_axis_set_num_format(axis, chart.labelFormat)
    let most = max(2, space.width / ChartWriter.labelPixels)
    let last = excelNumber(days.upperBound)
    if chart.labels == .months {
      let months = Double(days.upperBound - days.lowerBound) / ChartWriter.month
      let step = [1, 2, 3, 6, 12, 24, 60].first { months / Double($0) <= Double(most) } ?? 120
      let (start, unit) = ChartWriter.monthTicks(over: days, step: step)
      chart_axis_set_min(axis, excelNumber(start))
      chart_axis_set_max(axis, last)
      chart_axis_set_major_unit(axis, unit)
      return
    }
    let span = days.upperBound - days.lowerBound
    let step = [1, 2, 3, 4, 7, 14, 21, 28].first { span / $0 <= most } ?? max(1, span / most)
    chart_axis_set_min(axis, excelNumber(days.lowerBound))
    chart_axis_set_max(axis, last)
    chart_axis_set_major_unit(axis, Double(step))
  }

  /// Where the labels of months begin, and the days from one to the next.
  ///
  /// Labels stand at even distances, months do not: of the distances that bring each label into its
  /// month the shortest, from the first of a month on.
  static func monthTicks(over days: ClosedRange<Day>, step: Int) -> (start: Day, unit: Double) {
    let start = days.lowerBound.firstOfMonth
    func isRight(_ unit: Double) -> Bool {
      var expected = start
      for label in 1...max(1, Int(Double(days.upperBound - start) / unit)) {
        for _ in 0..<step { expected = expected.lastOfMonth + 1 }
        if (start + Int(Double(label) * unit)).firstOfMonth != expected { return false }
      }
      return true
    }
    for tenth in 0...6 {
      let unit = Double(step) * (month + Double(tenth) / 10)
      if isRight(unit) { return (start, unit) }
    }
    let other = (start - 1).firstOfMonth + (monthDay - 1)
    return (other, Double(step) * month)
  }

  private func setUpright(_ axis: Axis?) {
    if let range = chart.yRange {
      chart_axis_set_min(axis, range.lowerBound)
      chart_axis_set_max(axis, range.upperBound)
    } else if chart.form == .columns {
      chart_axis_set_min(axis, 0)
    }
    chart_axis_set_crossing_min(axis)
    if let step = chart.yStep { chart_axis_set_major_unit(axis, step) }
    let digits = chart.isShare ? "0 %" : (chart.yStep ?? 1) < 1 ? "0.0#" : "0"
    if let shown = chart.yLabels {
      let (low, high) = (Format.plain(shown.lowerBound), Format.plain(shown.upperBound))
      chart_axis_set_num_format(axis, "[<\(low)]\"\";[>\(high)]\"\";\(digits)")
    } else if chart.yStep != nil || chart.isShare {
      chart_axis_set_num_format(axis, digits)
    }
    var grid = lxw_chart_line()
    grid.color = ChartWriter.grid
    grid.width = 0.75
    chart_axis_major_gridlines_set_line(axis, &grid)
  }
}
