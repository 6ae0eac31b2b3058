import Analysis
import Columns
import Records

/// Is the pain changing? The series by week and day, its change and its slope.
struct PainPart: PatientPart {
  static let section = ReportSection.pain
  static let name = Phrase.sheetPain
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

  var isPresent: Bool { (finding?.days ?? 0) > 0 }

  private var finding: PainFinding? { findings.finding(PainFinding.self) }
  /// Days up to which a mark a day fits on a line.
  private static let stripDays = 62
  /// Marks of weeks that fit on a line.
  private static let stripWeeks = 76
  /// Weeks that the short page shows.
  private static let pageWeeks = 8

  var page: [PageBlock] {
    guard let finding, let series = finding.series, finding.days > 0 else { return [] }
    let what = (sentences.kind(series.kind), sentences.place(series.location))
    var blocks: [PageBlock] = [
      .heading(
        series.isTenPointScale
          ? words(.painHeading, what.0, what.1)
          : words(.painHeadingOnScale, what.0, what.1, visible(series.scale ?? "")))
    ]
    let days = finding.daily.map(\.value)
    if series.isTenPointScale {
      blocks.append(.strip(days.count <= PainPart.stripDays ? days : weekMarks(finding), 0...10))
    }
    blocks.append(.lines(lines(finding.weekly.filter { $0.days > 0 }, series)))
    let trend = sentences.painTrend(finding)
    if !trend.isEmpty { blocks.append(.sentence(trend)) }
    return blocks
  }

  /// Means of weeks, or of several weeks each where a line has no room for all.
  private func weekMarks(_ finding: PainFinding) -> [Double?] {
    let means = finding.weekly.map(\.mean)
    let size = (means.count + PainPart.stripWeeks - 1) / PainPart.stripWeeks
    return stride(from: 0, to: means.count, by: max(1, size)).map { start in
      let own = means[start..<min(start + size, means.count)].compactMap(\.self)
      return own.isEmpty ? nil : own.reduce(0, +) / Double(own.count)
    }
  }

  /// The last weeks, with a bar where the scale has an end.
  private func lines(_ weeks: [PainSpan], _ series: PainSeries) -> Lines {
    let bar = series.isTenPointScale ? [Lines.Column(width: 20, gap: 2)] : []
    return Lines(
      columns: [.init(width: 8)] + bar + [
        .init(width: 0, gap: 2), .init(width: 4, isRight: true, gap: 1),
        .init(width: 0, gap: 2), .init(width: 4, isRight: true, gap: 1), .init(width: 0, gap: 2),
      ],
      rows: weeks.suffix(PainPart.pageWeeks).map { week in
        let share: [Lines.Cell] = series.isTenPointScale ? [.bar((week.mean ?? 0) / 10)] : []
        return [.text(sentences.shortDay(week.monday))] + share + [
          .text(words[.mean]), .text(Cell.number(week.mean).text), .text(words[.highest]),
          .text(Cell.number(week.highest).text), .text("(\(words.count(week.days, .day)))"),
        ]
      })
  }

  var full: Section {
    var blocks: [Block] = [
      .title(words[.sheetPain]), .paragraph(sentences.answer(answers.pain)),
    ]
    if let series = finding?.series {
      let scale = series.isTenPointScale ? "0-10" : visible(series.scale ?? "")
      blocks.append(
        .paragraph(
          words(.painSeries, sentences.kind(series.kind), sentences.place(series.location), scale)))
      let trend = sentences.painTrend(finding)
      if !trend.isEmpty { blocks.append(.paragraph(trend)) }
      blocks.append(.table(change.withoutEmptyColumns))
      if let plot = dayPlot { blocks.append(.plots([plot], across: 1)) }
      let spans = spans
      blocks.append(.charted(table(spans), spanChart(spans, series).map { [$0] } ?? []))
    }
    return Section(name: words[Self.name], blocks: blocks, layout: .pages)
  }

  /// Pain by day with the days of sessions, or by week where there are too many days; nil below
  /// two days with pain.
  var picture: Plot? {
    guard let finding, let series = finding.series, var plot = dayPlot else { return nil }
    if findings.period.count > Sentences.mostDaysOfAxis {
      plot = Plot(table: longWeeks(finding), chart: weekChart(series))
    } else {
      // The foot of the picture holds the days of sessions, not a value below 0.
      plot.chart.series.removeAll { $0.shape == .cross }
      plot.chart.yRange = series.isTenPointScale ? 0...10 : nil
      plot.chart.marks = (findings.sessionDays, words[.sessionDays])
      plot.table.columns.removeLast()
      plot.table.rows = plot.table.rows.map { Array($0.dropLast()) }
    }
    plot.chart.ticks = sentences.ticks(from: findings.period.from, to: findings.period.to)
    if series.isTenPointScale, let change = answers.pain.change {
      let least = findings.thresholds[.painImportant]
      plot.chart.band = (
        max(0, change.baseline - least)...min(10, change.baseline + least), words[.painBand]
      )
    }
    return plot
  }

  /// Weeks by their Mondays, for a picture of more days than it has room for.
  private func longWeeks(_ finding: PainFinding) -> Table {
    Table(
      words[.painWeekTable], words.list(.painWeekColumns),
      finding.weekly.filter { $0.days > 0 }.map { week in
        [
          .day(max(week.monday, findings.period.from)), .count(week.days), .number(week.mean),
          .number(week.highest), .number(week.worst),
        ]
      })
  }

  private func weekChart(_ series: PainSeries) -> Chart {
    let axes = axes(.painChartAxes)
    return Chart(
      form: .scatter, title: words[.painWeekTable], xTitle: "",
      yTitle: series.isTenPointScale ? axes.y : words[.pain],
      yRange: series.isTenPointScale ? 0...10 : nil, yStep: series.isTenPointScale ? 2 : nil,
      categories: 0,
      labelStep: 1,
      series: [
        .init(column: 2, color: .blue, marker: true, line: true),
        .init(column: 3, color: .vermilion, marker: true, line: false, shape: .diamond),
      ], dayRange: findings.period.from...findings.period.to,
      description: words(.painChartText, sentences.answer(answers.pain)))
  }

  var further: [Block] {
    guard let finding, finding.series != nil else { return [] }
    let trend = sentences.painTrend(finding)
    return (trend.isEmpty ? [] : [.paragraph(trend)])
      + [.table(change.withoutEmptyColumns), .table(table(spans))]
  }

  // MARK: By day

  /// What stands below 0 on the axis of pain: the days with a session.
  private static let foot = -1.0
  /// From a little below 0 to a little above 10, so that no point is cut.
  private static let axis = -2.0...11.0
  /// Days up to which a mark a day can be told from the next.
  private static let mostMarks = 400

  /// The pain of every day with the days of sessions; nil below two days with pain.
  var dayPlot: Plot? {
    guard let finding, let series = finding.series, finding.days > 1 else { return nil }
    let hasFlares = !finding.flares.isEmpty
    let sessions =
      findings.period.count <= PainPart.mostMarks ? Set(findings.sessionDays) : []
    let isSmall = showsMonths
    var lines: [Chart.Series] = [
      .init(column: 1, color: .sky, marker: true, line: false, isSmall: isSmall)
    ]
    if finding.daily.contains(where: { $0.rollingMean != nil }) {
      lines.append(.init(column: 2, color: .blue, marker: false, line: true))
    }
    if hasFlares {
      lines.append(.init(column: 3, color: .vermilion, marker: true, line: false, shape: .diamond))
    }
    if !sessions.isEmpty {
      lines.append(
        .init(column: 5, color: .black, marker: true, line: false, isSmall: isSmall, shape: .cross))
    }
    let axes = axes(.painChartAxes)
    var chart = Chart(
      form: .scatter, title: words[.painChart], xTitle: "",
      yTitle: series.isTenPointScale ? axes.y : words[.pain], categories: 0, labelStep: 1,
      labels: showsMonths ? .months : .days,
      labelFormat: words[showsMonths ? .monthAxis : .dayAxis], series: lines,
      dayRange: (findings.period.from - 1)...(findings.period.to + 1),
      description: words(.painChartText, sentences.answer(answers.pain)))
    var foot = PainPart.foot
    if series.isTenPointScale {
      (chart.yRange, chart.yStep, chart.yLabels) = (PainPart.axis, 2, 0...10)
    } else if let axis = Chart.axis(over: finding.daily.compactMap(\.value)) {
      chart.yRange = axis.range.lowerBound - axis.step...axis.range.upperBound
      chart.yStep = axis.step
      foot = axis.range.lowerBound - axis.step / 2
    }
    return Plot(table: days(series, sessions, foot: foot), chart: chart)
  }

  /// One row a day: the value, the mean of the 7 days up to it, the value again where the day is a
  /// flare, and a mark for a session; from the first day to the last that has any.
  private func days(_ series: PainSeries, _ sessions: Set<Day>, foot: Double) -> Table {
    let kind = sentences.kind(series.kind)
    let all = finding?.daily ?? []
    func isFilled(_ day: PainDay) -> Bool {
      day.value != nil || day.rollingMean != nil || sessions.contains(day.day)
    }
    let first = all.firstIndex(where: isFilled) ?? 0
    let end = all.lastIndex(where: isFilled).map { $0 + 1 } ?? 0
    return Table(
      words[.painDayTable],
      words.list(.painDayColumns).map { $0.replacing("{1}", with: kind) } + [words[.sessionMark]],
      all[first..<max(first, end)].map { day in
        [
          .day(day.day), .number(day.value), .number(day.rollingMean),
          .number(day.isFlare ? day.value : nil), .number(day.worst),
          sessions.contains(day.day) ? .mark(foot) : .absent(nil),
        ]
      })
  }

  // MARK: By week or month

  /// From the first with pain to the last.
  private var spans: [PainSpan] {
    let all = (showsMonths ? finding?.monthly : finding?.weekly) ?? []
    guard let first = all.firstIndex(where: { $0.days > 0 }),
      let last = all.lastIndex(where: { $0.days > 0 })
    else { return [] }
    return Array(all[first...last])
  }

  /// One row a week or month: mean and highest of the series, and the worst pain where it was
  /// logged.
  private func table(_ spans: [PainSpan]) -> Table {
    let hasWorst = spans.contains { $0.worst != nil }
    let columns = spanColumns(.painWeekColumns)
    return Table(
      showsMonths ? words[.painMonthTable] : words[.painWeekTable],
      hasWorst ? columns : columns.dropLast(),
      spans.map { own in
        [span(own.first), .count(own.days), .number(own.mean), .number(own.highest)]
          + (hasWorst ? [.number(own.worst)] : [])
      })
  }

  /// Mean and highest by week or month; nil for a single one with pain.
  private func spanChart(_ spans: [PainSpan], _ series: PainSeries) -> Chart? {
    let means = spans.compactMap(\.mean)
    guard means.count > 1, let low = means.min(), let high = means.max() else { return nil }
    let isTen = series.isTenPointScale
    return Chart(
      form: .columns, title: words.list(.painSpanChart)[showsMonths ? 1 : 0], xTitle: "",
      yTitle: isTen ? axes(.painChartAxes).y : words[.pain], yRange: isTen ? 0...10 : nil,
      yStep: isTen ? 2 : nil, categories: 0, labelStep: labelStep(spans.count),
      series: [
        .init(column: 2, color: .blue, marker: false, line: false),
        .init(column: 3, color: .sky, marker: false, line: false),
      ],
      description: words(
        .painSpanText, String(means.count), Format.decimal(low), Format.decimal(high)))
  }

  /// First days, last days, change and answer.
  private var change: Table {
    let answer: Cell =
      answers.pain.absence.map { .absent(sentences.reason($0)) }
      ?? .text(sentences.code(answers.pain.code))
    return Table(
      words[.painChangeTable], words.list(.painChangeColumns),
      [
        [
          .number(finding?.baseline), .number(finding?.latest),
          .number(finding?.change, signed: true), .percent(orAbsent: finding?.changeShare),
          answer, .number(finding?.mean), .count(finding?.painFreeDays ?? 0),
        ]
      ])
  }
}
