import Records

/// A neutral chart as SVG, drawn from its table: one picture a chart, with what it shows in words.
///
/// Colours are classes of the page's style sheet; what colours tell apart, shapes do too.
struct SVGChart {
  private let chart: Chart
  private let table: Table
  private let id: String

  /// The picture in its own units; a telephone shows it a little smaller, a desk a little larger.
  private static let (width, height) = (360.0, 190.0)
  private static let (right, top, bottom) = (350.0, 26.0, 160.0)
  /// Half of a dot.
  private static let dot = 3.0
  /// A text of the lower axis in characters of about this width.
  private static let characterWidth = 8.5

  private let positions: [Double]
  private let xRange: ClosedRange<Double>
  private let yRange: ClosedRange<Double>
  private let yStep: Double
  /// Where the axis stands: behind its labels.
  private let left: Double

  /// - Parameter id: of the picture, the only one on its page.
  /// - Returns: nil where the table has nothing to draw.
  init?(_ picture: Plot, id: String) {
    chart = picture.chart
    table = picture.table
    self.id = id
    let series = picture.chart.series
    positions = SVGChart.positions(picture)
    let values = picture.table.rows.flatMap { row in
      series.compactMap { SVGChart.value(row[$0.column]) }
    }
    guard !values.isEmpty, let first = positions.min(), let last = positions.max() else {
      return nil
    }
    if let days = picture.chart.dayRange {
      xRange = Double(days.lowerBound.number)...Double(days.upperBound.number)
    } else if picture.chart.form == .columns {
      xRange = -0.5...(last + 0.5)
    } else {
      xRange = last > first ? first...last : (first - 1)...(last + 1)
    }
    let ends =
      values + (picture.chart.band.map { [$0.range.lowerBound, $0.range.upperBound] } ?? [])
    let (range, ownStep) = SVGChart.scale(
      picture.chart.yRange, ends, fromZero: picture.chart.form == .columns)
    let step = picture.chart.yStep ?? ownStep
    (yRange, yStep) = (range, step)
    let longest = [range.lowerBound, range.upperBound].map {
      SVGChart.label($0, step, isShare: picture.chart.isShare).count
    }.max()
    left = max(34, Double(longest ?? 0) * SVGChart.characterWidth + 10)
  }

  private static func positions(_ picture: Plot) -> [Double] {
    picture.table.rows.enumerated().map { index, row in
      switch row.first {
      case .day(let day) where picture.chart.form != .columns: Double(day.number)
      case .number(let value, _, _) where picture.chart.form == .scatter: value
      default: Double(index)
      }
    }
  }

  /// The number of a cell; nil for any other.
  static func value(_ cell: Cell) -> Double? {
    switch cell {
    case .number(let value, _, _), .percent(let value), .mark(let value):
      value.isFinite ? value : nil
    default: nil
    }
  }

  /// A range of whole steps around values, with at most five of them.
  private static func scale(_ given: ClosedRange<Double>?, _ values: [Double], fromZero: Bool)
    -> (ClosedRange<Double>, Double)
  {
    var low = given?.lowerBound ?? (fromZero ? 0 : values.min() ?? 0)
    var high = given?.upperBound ?? values.max() ?? 1
    if high <= low { (low, high) = (fromZero ? 0 : low - 1, low + 1) }
    var step = 1.0
    while (high - low) / step > 5 { step *= 10 }
    while (high - low) / step < 0.5 { step /= 10 }
    for part in [0.1, 0.2, 0.5] where (high - low) / (step * part) <= 5 {
      step *= part
      break
    }
    if given == nil {
      low = (low / step).rounded(.down) * step
      high = (high / step).rounded(.up) * step
    }
    return (low...high, step)
  }

  /// A label of the upright axis.
  private static func label(_ value: Double, _ step: Double, isShare: Bool) -> String {
    isShare ? Format.percent(value) : Format.decimal(value, places: step < 1 ? 1 : 0)
  }

  private func x(_ position: Double) -> Double {
    let share = (position - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound)
    return left + share * (SVGChart.right - left)
  }

  private func y(_ value: Double) -> Double {
    let inside = min(max(value, yRange.lowerBound), yRange.upperBound)
    let share = (inside - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound)
    return SVGChart.bottom - share * (SVGChart.bottom - SVGChart.top)
  }

  // MARK: Drawing

  /// Writes the picture.
  func write(to page: inout HTMLPage) {
    page.markup(
      "<svg role=\"img\" aria-labelledby=\"\(id) \(id)d\" viewBox=\"0 0 \(Int(SVGChart.width)) "
        + "\(Int(SVGChart.height))\"><title id=\"\(id)\">")
    page.text(chart.title)
    page.markup("</title><desc id=\"\(id)d\">")
    page.text(chart.description)
    page.markup("</desc>")
    if let band = chart.band {
      let (high, low) = (y(band.range.upperBound), y(band.range.lowerBound))
      page.markup("<path class=\"band\" d=\"M")
      page.point(left, high)
      page.markup("H\(Int(SVGChart.right))V")
      page.coordinate(low)
      page.markup("H\(Int(left))z\"/>")
    }
    writeAxes(to: &page)
    for series in chart.series {
      if chart.form == .columns {
        writeColumns(series, to: &page)
      } else {
        if series.line { writeLine(series, to: &page) }
        if series.marker { writeDots(series, to: &page) }
      }
    }
    writeMarks(to: &page)
    page.markup("</svg>")
  }

  private func writeAxes(to page: inout HTMLPage) {
    var value = (yRange.lowerBound / yStep).rounded(.up) * yStep
    var ticks: [Double] = []
    while value <= yRange.upperBound + yStep / 1_000, ticks.count < 8 {
      ticks.append(value)
      value += yStep
    }
    page.markup("<path class=\"grid\" d=\"")
    for tick in ticks {
      page.markup("M")
      page.point(left, y(tick))
      page.markup("H\(Int(SVGChart.right))")
    }
    page.markup("\"/>")
    for tick in ticks where chart.yLabels?.contains(tick) ?? true {
      page.markup("<text class=\"y\" x=\"\(Int(left) - 5)\" y=\"")
      page.coordinate(y(tick) + 5)
      page.markup("\">\(SVGChart.label(tick, yStep, isShare: chart.isShare))</text>")
    }
    page.markup("<text x=\"2\" y=\"14\">")
    page.text(chart.yTitle)
    page.markup("</text>")
    for tick in lowerTicks {
      let half = Double(tick.text.count) * SVGChart.characterWidth / 2
      let middle = min(max(x(tick.at), left + half - 12), SVGChart.width - half)
      page.markup("<text class=\"x\" x=\"")
      page.coordinate(middle)
      page.markup("\" y=\"182\">")
      page.text(tick.text)
      page.markup("</text>")
    }
  }

  /// Texts along the lower axis: those of the chart, else cells of the first column, each with room
  /// for itself.
  private var lowerTicks: [Chart.Tick] {
    var ticks = chart.ticks
    if ticks.isEmpty {
      ticks = zip(positions, table.rows).map { Chart.Tick(at: $0, text: $1.first?.text ?? "") }
    }
    var shown: [Chart.Tick] = []
    var free = -1.0
    for tick in ticks where xRange.contains(tick.at) {
      let half = Double(tick.text.count) * SVGChart.characterWidth / 2
      guard x(tick.at) - half >= free else { continue }
      shown.append(tick)
      free = x(tick.at) + half + SVGChart.characterWidth
    }
    return shown
  }

  /// Columns beside one another, within outlines of what they are to fill.
  private func writeColumns(_ series: Chart.Series, to page: inout HTMLPage) {
    let room = (SVGChart.right - left) / (xRange.upperBound - xRange.lowerBound) * 0.72
    let beside = chart.series.filter { !$0.isOutline }
    let hasOutline = beside.count < chart.series.count
    let inside = hasOutline ? room * 0.72 : room
    let width = series.isOutline ? room : inside / Double(beside.count)
    let place = beside.firstIndex { $0.column == series.column } ?? 0
    let start = series.isOutline ? -room / 2 : Double(place) * width - inside / 2
    page.markup("<path class=\"\(series.isOutline ? "due" : "col \(series.color.name)")\" d=\"")
    for (position, row) in zip(positions, table.rows) {
      guard let value = SVGChart.value(row[series.column]) else { continue }
      page.markup("M")
      page.point(x(position) + start, SVGChart.bottom)
      page.markup("V")
      page.coordinate(y(value))
      page.markup("h")
      page.coordinate(width)
      page.markup("V\(Int(SVGChart.bottom))")
    }
    page.markup("\"/>")
  }

  private func writeLine(_ series: Chart.Series, to page: inout HTMLPage) {
    let form = (series.dashed ? " dash" : "") + (series.isThin ? " thin" : "")
    page.markup("<path class=\"line \(series.color.name)\(form)\" d=\"")
    var isOpen = false
    for (position, row) in zip(positions, table.rows) {
      guard let value = SVGChart.value(row[series.column]) else {
        isOpen = false
        continue
      }
      page.markup(isOpen ? "L" : "M")
      page.point(x(position), y(value))
      isOpen = true
    }
    page.markup("\"/>")
  }

  private func writeDots(_ series: Chart.Series, to page: inout HTMLPage) {
    let dot = SVGChart.dot
    page.markup(
      "<path class=\"\(series.shape == .circle ? "dot" : "sign") \(series.color.name)\" d=\"")
    for (position, row) in zip(positions, table.rows) {
      guard let value = SVGChart.value(row[series.column]) else { continue }
      page.markup("M")
      switch series.shape {
      case .circle:
        // A line of no length with round ends.
        page.point(x(position), y(value))
        page.markup("h0")
      case .diamond:
        page.point(x(position), y(value) - 1.8 * dot)
        page.markup("l5 5.4l-5 5.4l-5-5.4z")
      case .cross:
        page.point(x(position) - dot, y(value) - dot)
        page.markup("l6 6m0-6l-6 6")
      case .triangle:
        page.point(x(position), y(value) - 1.6 * dot)
        page.markup("l5 9h-10z")
      }
    }
    page.markup("\"/>")
  }

  private func writeMarks(to page: inout HTMLPage) {
    guard let marks = chart.marks, !marks.days.isEmpty else { return }
    page.markup("<path class=\"mark\" d=\"")
    for day in marks.days where xRange.contains(Double(day.number)) {
      page.markup("M")
      page.point(x(Double(day.number)), SVGChart.bottom)
      page.markup("v6")
    }
    page.markup("\"/>")
  }

  // MARK: The key

  /// What is drawn in which way, for the key below: class and name.
  var key: [(form: String, name: String)] {
    var key = chart.series.compactMap { series -> (String, String)? in
      guard table.rows.contains(where: { SVGChart.value($0[series.column]) != nil }) else {
        return nil
      }
      let form =
        if chart.form == .columns {
          series.isOutline ? "k-due" : "k-col \(series.color.name)"
        } else if !series.marker {
          "k-line \(series.color.name)"
        } else {
          "\(series.shape == .circle ? "k-dot" : "k-sign") \(series.color.name)"
        }
      return (form, table.columns[series.column])
    }
    if let band = chart.band { key.append(("k-band", band.name)) }
    if let marks = chart.marks, !marks.days.isEmpty { key.append(("k-mark", marks.name)) }
    // One thing needs no key.
    return key.count > 1 ? key : []
  }
}

extension Palette {
  /// Its class in the style sheet.
  var name: String {
    switch self {
    case .blue: "blue"
    case .orange: "orange"
    case .green: "green"
    case .vermilion: "red"
    case .sky: "sky"
    case .purple: "purple"
    case .black: "ink"
    }
  }
}
