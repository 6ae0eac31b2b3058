import Analysis
import Columns
import Records

/// Is the pain changing? The series by week and day, its change and its slope.
struct PainPart: PatientPart {
  static let section = ReportSection.pain
  let report: PatientReport

  init(_ report: PatientReport) { self.report = report }

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
  private func lines(_ weeks: [PainWeek], _ series: PainSeries) -> Lines {
    let bar = series.isTenPointScale ? [Lines.Column(width: 20, gap: 2)] : []
    return Lines(
      columns: [.init(width: 0)] + bar + [
        .init(width: 0, gap: 2), .init(width: 4, isRight: true, gap: 1),
        .init(width: 0, gap: 2), .init(width: 4, isRight: true, gap: 1), .init(width: 0, gap: 2),
      ],
      rows: weeks.suffix(PainPart.pageWeeks).map { week in
        let share: [Lines.Cell] = series.isTenPointScale ? [.bar((week.mean ?? 0) / 10)] : []
        return [.text(week.monday.isoWeek)] + share + [
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
      let days = days(series)
      blocks += [.table(change), .table(weeks), .charted(days, [chart(series, days)])]
    }
    return Section(name: words[.sheetPain], blocks: blocks)
  }

  /// Pain by day with the days of sessions; nil without a value in the period.
  var picture: Picture? {
    guard let finding, let series = finding.series, finding.days > 0 else { return nil }
    let isLong = findings.period.count > Sentences.mostDaysOfAxis
    let table = isLong ? longWeeks(finding) : days(series)
    var chart = isLong ? weekChart(series) : chart(series, table)
    chart.ticks = sentences.ticks(from: findings.period.from, to: findings.period.to)
    if !isLong, let daily = findings.table.daily {
      let days = findings.period.days.filter { day in
        let place = day - daily.first
        return daily.sessions.indices.contains(place) && daily.sessions[place] > 0
      }
      chart.marks = (days, words[.sessionDays])
    }
    if series.isTenPointScale, let change = answers.pain.change {
      let least = findings.thresholds[.painImportant]
      chart.band = (
        max(0, change.baseline - least)...min(10, change.baseline + least), words[.painBand]
      )
    }
    return Picture(chart: chart, table: table)
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
      form: .line, title: words[.painWeekTable], xTitle: axes.x,
      yTitle: series.isTenPointScale ? axes.y : words[.pain],
      yRange: series.isTenPointScale ? 0...10 : nil, categories: 0, labelStep: 1,
      series: [
        .init(column: 2, color: .blue, marker: true, line: true),
        .init(column: 3, color: .vermilion, marker: true, line: false, shape: .diamond),
      ], dayRange: findings.period.from...findings.period.to,
      description: words(.painChartText, sentences.answer(answers.pain)))
  }

  var further: [Block] {
    guard let finding, finding.series != nil else { return [] }
    let trend = sentences.painTrend(finding)
    return (trend.isEmpty ? [] : [.paragraph(trend)]) + [.table(change), .table(weeks)]
  }

  /// One row a day of the period: the value, the mean of the 7 days up to it, and the value again
  /// where the day is a flare.
  private func days(_ series: PainSeries) -> Table {
    let kind = sentences.kind(series.kind)
    return Table(
      words[.painDayTable], words.list(.painDayColumns).map { $0.replacing("{1}", with: kind) },
      (finding?.daily ?? []).map { day in
        [
          .day(day.day), .number(day.value), .number(day.rollingMean),
          .number(day.isFlare ? day.value : nil), .number(day.worst),
        ]
      })
  }

  /// One row a week: mean and highest of the series, and the worst pain where it was logged.
  private var weeks: Table {
    Table(
      words[.painWeekTable], words.list(.painWeekColumns),
      (finding?.weekly ?? []).map { week in
        [
          .text(week.monday.isoWeek), .count(week.days), .number(week.mean),
          .number(week.highest), .number(week.worst),
        ]
      })
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

  private func chart(_ series: PainSeries, _ days: Table) -> Chart {
    let axes = axes(.painChartAxes)
    let hasFlares = !(finding?.flares ?? []).isEmpty
    let lines: [Chart.Series] = [
      .init(column: 1, color: .sky, marker: true, line: false),
      .init(column: 2, color: .blue, marker: false, line: true),
      .init(column: 3, color: .vermilion, marker: true, line: false, shape: .diamond),
    ]
    return Chart(
      form: .line, title: words[.painChart], xTitle: axes.x,
      yTitle: series.isTenPointScale ? axes.y : words[.pain],
      yRange: series.isTenPointScale ? 0...10 : nil,
      categories: 0, labelStep: max(1, days.rows.count / 10),
      series: hasFlares ? lines : Array(lines.prefix(2)),
      description: words(.painChartText, sentences.answer(answers.pain)))
  }
}
