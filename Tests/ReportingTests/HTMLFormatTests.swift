import Analysis
import Columns
import Records
import TestSupport
import Testing

@testable import Reporting

@Suite("The page")
struct HTMLFormatTests {
  private func report(
    _ builder: LogBuilder, days: Int = 31, style: ReportStyle = ReportStyle()
  ) -> PatientReport {
    let first = LogBuilder.october(1)
    let period = Period(from: first, to: first + (days - 1))
    let findings = analyze(PatientTable(builder.log, period: period, asOf: period.to))
    return PatientReport(findings, refused: [:], version: "test", style: style)
  }

  private func month(_ person: String = "P1", exercise: String = "bridge") -> LogBuilder {
    var builder = LogBuilder(person)
    builder.line(exercise, .strengthening, perWeek: 3)
    for day in stride(from: 1, through: 31, by: 2) {
      builder.set(day, exercise) { $0.minutes = 5 }
      builder.pain(day, Double(6 - day / 10))
    }
    for day in [1, 10, 20, 30] { builder.measure(day, "sit_and_reach", Double(10 + day / 3)) }
    return builder
  }

  /// What stands between the first of one text and the next of another.
  private func between(_ start: String, _ end: String, in page: String) -> String? {
    guard let from = page.firstRange(of: start)?.upperBound,
      let to = page[from...].firstRange(of: end)?.lowerBound
    else { return nil }
    return String(page[from..<to])
  }

  @Test("Four cards with the answers, the same as in the text, and the same bytes each time")
  func cards() throws {
    let report = report(month())
    let page = report.html()
    #expect(page.ranges(of: "<article>").count == 4)
    let screen = report.screen
    #expect(
      screen.cards.map(\.question) == [
        "Did I do it?", "Am I more flexible?", "Is the pain changing?", "What goes with what?",
      ])
    for card in screen.cards { #expect(page.contains("<p>\(card.answer)</p>")) }
    #expect(screen.cards[0].number == "100 %")
    #expect(screen.cards[2].number == "6.0 → 3.8")
    #expect(page == report.html())
    // Three pictures: what goes with what is too early to be drawn.
    #expect(screen.cards.map { $0.picture != nil } == [true, true, true, false])
    #expect(page.contains("↑ Sit and reach: higher is better"))
  }

  @Test("Every picture says what it shows and has its table; ids are the only ones")
  func pictures() throws {
    let page = report(month()).html()
    let count = page.ranges(of: "<svg role=\"img\"").count
    #expect(count >= 3)
    #expect(page.ranges(of: "<details>").count == count)
    for number in 1...count {
      #expect(page.ranges(of: "<title id=\"p\(number)\">").count == 1)
      #expect(page.ranges(of: "<desc id=\"p\(number)d\">").count == 1)
    }
  }

  @Test("Nothing runs, nothing comes from outside, and the diary's text is only text")
  func hostile() throws {
    let evil = "<script>alert('x')</script>\"&\u{202E}\u{0}"
    let page = report(month(evil, exercise: evil)).html()
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;alert('x')&lt;/script&gt;&quot;&amp;\u{FFFD}\u{FFFD}"))
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("url("))
    #expect(!page.unicodeScalars.contains("\u{202E}"))
    let hebrew = report(month("\u{05D3}\u{05E0}\u{05D4}")).html()
    #expect(hebrew.contains("<bdi>\u{05D3}\u{05E0}\u{05D4}</bdi>, 1 to 31 October 2026"))
  }

  @Test("A point lies where its day and value are; what was due is drawn around what was done")
  func drawing() throws {
    let chart = Chart(
      form: .scatter, title: "t", xTitle: "", yTitle: "y", yRange: 0...10, yStep: 5, categories: 0,
      labelStep: 1, series: [.init(column: 1, color: .blue, marker: true, line: true)],
      dayRange: LogBuilder.october(1)...LogBuilder.october(11), band: (4...6, "band"),
      marks: ([LogBuilder.october(6)], "mark"), description: "d")
    let table = Table(
      "table", ["Day", "Pain"],
      [
        [.day(LogBuilder.october(1)), .number(10)], [.day(LogBuilder.october(6)), .absent(nil)],
        [.day(LogBuilder.october(11)), .number(0)],
      ])
    var page = HTMLPage(ascii: false)
    try #require(SVGChart(Plot(table: table, chart: chart), id: "x")).write(to: &page)
    // The axis of time reaches from 34 to 350, that of values from 160 for 0 to 26 for 10; a line
    // stops where a day has no value.
    #expect(page.string.contains("<path class=\"line blue\" d=\"M34 26M350 160\"/>"))
    #expect(page.string.contains("<path class=\"dot blue\" d=\"M34 26h0M350 160h0\"/>"))
    #expect(page.string.contains("<path class=\"band\" d=\"M34 79.6H350V106.4H34z\"/>"))
    #expect(page.string.contains("<path class=\"mark\" d=\"M192 160v6\"/>"))
    #expect(between("class=\"y\" x=\"29\" y=\"165\">", "<", in: page.string) == "0")
    var bars = chart
    bars.form = .columns
    (bars.dayRange, bars.band, bars.marks) = (nil, nil, nil)
    bars.series = [
      .init(column: 1, color: .sky, marker: false, line: false, isOutline: true),
      .init(column: 2, color: .blue, marker: false, line: false),
    ]
    let weeks = Table("w", ["Week", "Due", "Done"], [[.text("a"), .number(10), .number(5)]])
    var drawn = HTMLPage(ascii: false)
    let columns = try #require(SVGChart(Plot(table: weeks, chart: bars), id: "y"))
    columns.write(to: &drawn)
    #expect(drawn.string.contains("<path class=\"due\" d=\"M78.2 160V26h227.5V160\"/>"))
    #expect(drawn.string.contains("<path class=\"col blue\" d=\"M110.1 160V93h163.8V160\"/>"))
    #expect(columns.key.map(\.name) == ["Due", "Done"])
    // Without a number there is nothing to draw.
    let nothing = Table("w", ["Week", "Due", "Done"], [[.text("a"), .absent(nil), .text("b")]])
    #expect(SVGChart(Plot(table: nothing, chart: bars), id: "z") == nil)
  }

  @Test("Long periods are drawn by week and month, and the page stays small")
  func long() {
    var builder = LogBuilder("P1")
    builder.line("bridge", .strengthening, perWeek: 5)
    for day in 1...365 {
      builder.pain(day, Double(day % 8))
      if day % 2 == 0 { builder.set(day, "bridge") { $0.minutes = 10 } }
    }
    let report = report(builder, days: 365)
    let page = report.html()
    #expect(page.utf8.count < 120 << 10)
    #expect(report.screen.cards[2].picture?.table.rows.count == 53)
    #expect(report.screen.cards[0].picture?.table.rows.count == 12)
    #expect(self.report(month()).html().utf8.count < 60 << 10)
  }

  @Test("Parts that were chosen are printed behind the cards; all of them are not")
  func chosen() {
    var style = ReportStyle()
    #expect(report(month()).html().contains("<div class=\"further screen\">"))
    style.sections = [.summary, .pain]
    let page = report(month(), style: style).html()
    #expect(page.contains("<div class=\"further\">") && !page.contains("<h2>Flexibility</h2>"))
    style.sections = [.pain]
    #expect(!report(month(), style: style).html().contains("<article>"))
  }

  @Test(
    "Each language has its page, and keeps to ASCII where that is asked",
    arguments: Language.allCases)
  func languages(_ language: Language) {
    var style = ReportStyle()
    style.language = language
    let report = report(month(), style: style)
    #expect(report.html().contains("<html lang=\"\(language.rawValue)\">"))
    #expect(report.html(ascii: true).utf8.allSatisfy { $0 < 0x80 })
    let heading = Words(language)[.safetyHeading]
    #expect(report.html().contains("<h2>\(heading)</h2>"))
  }

  @Test("A person's page keeps to plain words, also behind its cards", arguments: Language.allCases)
  func plainWords(_ language: Language) {
    var style = ReportStyle()
    style.language = language
    let screen = report(month(), style: style).screen
    var texts = screen.cards.flatMap { [$0.answer, $0.meaning, $0.picture?.chart.yTitle ?? ""] }
    texts += screen.cards.compactMap { $0.picture?.chart.title }
    for section in screen.further {
      texts.append(section.name)
      for block in section.blocks {
        switch block {
        case .title(let text), .heading(let text), .paragraph(let text): texts.append(text)
        case .list(let title, let entries): texts += [title] + entries
        case .table(let table), .charted(let table, _): texts += [table.title] + table.columns
        case .plots(let plots, _): texts += plots.map(\.chart.title)
        }
      }
    }
    for text in texts {
      #expect(PlainWords.banned(in: text, language.rawValue) == [], "\(text)")
    }
    let notes = Words(language).list(.workedOut)
    #expect(notes.count <= 10 && PlainWords.lix(notes) <= PlainWords.mostLIX(language.rawValue))
    for sentence in notes.flatMap(PlainWords.sentences) {
      #expect(sentence.count <= PlainWords.mostWords)
    }
  }

  @Test("Notes of the diary stand on the page, each once and cut to a size, unless left out")
  func notes() throws {
    var builder = month()
    for day in 1...22 { builder.pain(day, 4, notes: "note of \(day)") }
    builder.pain(25, 4, notes: String(repeating: "x", count: 40_000))
    let section = try #require(report(builder).screen.further.first { $0.name == "From the diary" })
    let texts = section.blocks.map { block in
      if case .paragraph(let text) = block { text } else { "" }
    }
    #expect(texts.count == 21 && texts[0] == "4 Oct: note of 4")
    #expect(texts[19].count == "25 Oct: ".count + 280 && texts[19].hasSuffix("x…"))
    #expect(texts[20] == "Earlier notes in the workbook: 3.")
    var style = ReportStyle()
    style.showsNotes = false
    #expect(!report(builder, style: style).screen.further.contains { $0.name == "From the diary" })
  }

  @Test("A cohort's page names everybody in three orders, with links to their pages")
  func cohort() throws {
    let days = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    var cohort = CohortFindings(period: days, asOf: days.to)
    for (person, level) in [("B/1", 5.0), ("A", 3.0)] {
      var builder = LogBuilder(person)
      for day in 1...31 { builder.pain(day, level) }
      cohort.add(analyze(PatientTable(builder.log, period: days, asOf: days.to)))
    }
    let report = CohortReport(cohort, version: "test", pages: ["B/1": "B_1-é.html"])
    let page = report.html()
    #expect(page.contains("<a href=\"B_1-%C3%A9.html\">B/1</a>"))
    #expect(page.contains("<th scope=\"row\">A</th>"))
    for order in 1...3 { #expect(page.contains("id=\"o\(order)\"")) }
    #expect(page.contains("<title>Pain by week: 5.0, 5.0, 5.0, 5.0, 5.0</title>"))
    #expect(report.screen.people[1].rows.map(\.name) == ["A", "B/1"])
  }
}
