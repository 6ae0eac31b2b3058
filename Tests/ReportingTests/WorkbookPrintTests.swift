import Analysis
import Columns
import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting

/// The parts of a report's workbook that say how it is drawn and printed.
private struct Book {
  let parts: [String: String]
  let names: [String]

  init(_ report: any Report) throws {
    names = report.sections.map(\.name)
    parts = try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("book.xlsx").path
      try report.workbook.write(to: path, temporaryFolder: folder.path)
      return try unzipped(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        .mapValues { String(decoding: $0, as: UTF8.self) }
    }
  }

  func sheet(_ name: String) throws -> String {
    let place = try #require(names.firstIndex(of: name))
    return try #require(parts["xl/worksheets/sheet\(place + 1).xml"])
  }

  /// The print area of a sheet, as `$A$1:$E$9`.
  func printArea(_ name: String) throws -> Substring? {
    let place = try #require(names.firstIndex(of: name))
    let mark = "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"\(place)\">"
    let rest = parts["xl/workbook.xml"]?.components(separatedBy: mark).dropFirst().first
    return rest?.split(separator: "<").first?.split(separator: "!").last
  }

  /// The charts by title.
  func chart(_ title: String) throws -> String {
    try #require(
      parts.first { $0.key.hasPrefix("xl/charts/") && $0.value.contains(">\(title)</a:t>") }?.value,
      "no chart \(title)")
  }
}

@Suite("The workbook on paper")
struct WorkbookPrintTests {
  private func report(
    days: Int = 31, _ language: Language = .english, _ build: (inout LogBuilder) -> Void
  ) -> PatientReport {
    var builder = LogBuilder("P1")
    build(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(days))
    let findings = analyze(PatientTable(builder.log, period: period, asOf: period.to))
    var style = ReportStyle()
    style.language = language
    return PatientReport(findings, refused: [:], version: "test", style: style)
  }

  private func diary(_ builder: inout LogBuilder, days: Int = 31) {
    builder.line("bridge", .strengthening, perWeek: 3)
    for day in 1...days where day % 7 != 0 {
      if day % 2 == 0 { builder.set(day, "bridge") { $0.minutes = 5 } }
      builder.pain(day, Double(day % 11))
    }
    for measure in ["sit_and_reach", "fingertip_to_floor"] {
      for day in [1, 10, 20, 30] { builder.measure(day, measure, Double(10 + day / 3)) }
    }
  }

  @Test("the summary is one upright page, other sheets keep a readable scale")
  func scales() throws {
    let report = report { diary(&$0) }
    let book = try Book(report)
    let summary = try book.sheet("Summary")
    #expect(summary.contains("<pageSetUpPr fitToPage=\"1\"/>"))
    #expect(summary.contains("orientation=\"portrait\""))
    for section in report.sections.dropFirst() {
      let sheet = try book.sheet(section.name)
      #expect(!sheet.contains("fitToPage"), "\(section.name)")
      let scale = try #require(
        sheet.components(separatedBy: " scale=\"").last?.split(separator: "\"").first
          .flatMap { Int($0) })
      // 10 points are at least 7 in print.
      #expect(scale >= 70, "\(section.name)")
    }
  }

  @Test("the report's sheets are printed without the tables beside them, the details not at all")
  func areas() throws {
    let report = report { diary(&$0) }
    let book = try Book(report)
    for section in report.sections {
      let area = try book.printArea(section.name)
      if section.layout == .detail {
        #expect(area == "$XFD$1", "\(section.name)")
        #expect(try book.sheet(section.name).contains("min=\"16384\" max=\"16384\""))
      } else {
        #expect(area?.hasPrefix("$A$1:$") == true, "\(section.name): \(area ?? "none")")
        let last = area?.split(separator: "$").dropFirst(2).first
        #expect(last.map { $0.count == 1 && $0 < "L" } == true, "\(section.name)")
      }
    }
    #expect(
      report.sections.map { $0.layout == .detail } == [
        false, false, false, false, true, true, true, true,
      ])
  }

  @Test("details alone are printed, and do not say that they are not")
  func detailsAlone() throws {
    var builder = LogBuilder("P1")
    diary(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    var style = ReportStyle()
    style.sections = [.data, .notes]
    let report = PatientReport(
      analyze(PatientTable(builder.log, period: period, asOf: period.to)), refused: [:],
      version: "test", style: style)
    #expect(report.sections.map(\.layout) == [.wide, .wide])
    let hint = Words(.english)[.printHint]
    for case .paragraph(let text) in report.sections.flatMap(\.blocks) { #expect(text != hint) }
  }

  @Test("sheets without data are left out")
  func leftOut() {
    let alone = report { for day in 1...9 { $0.pain(day, 4) } }
    #expect(alone.sections.map(\.name) == ["Summary", "Pain", "Data", "Notes"])
    #expect(report { _ in }.sections.map(\.name) == ["Summary", "Notes"])
  }

  @Test("pain of 10 is drawn whole: the axis reaches beyond its last label")
  func painAxis() throws {
    let chart = try Book(report { diary(&$0) }).chart("Pain by day and its 7-day mean")
    #expect(chart.contains("<c:max val=\"11\"/>") && chart.contains("<c:min val=\"-2\"/>"))
    #expect(chart.contains("<c:majorUnit val=\"2\"/>"))
    #expect(chart.contains("formatCode=\"[&lt;0]&quot;&quot;;[&gt;10]&quot;&quot;;0\""))
    #expect(chart.contains("formatCode=\"[$-809]d mmm\""))
    #expect(chart.contains("<c:symbol val=\"x\"/>"), "session days are marked")
  }

  @Test("dates stand in the language of the report", arguments: Language.allCases)
  func dates(_ language: Language) throws {
    let book = try Book(report(language) { diary(&$0) })
    let (format, day) =
      switch language {
      case .english: ("[$-809]d mmm", "26 Oct")
      case .german: ("[$-407]d. mmm", "26. Okt.")
      case .spanish: ("[$-C0A]d mmm", "26 oct")
      case .french: ("[$-40C]d mmm", "26 oct.")
      }
    #expect(book.parts.values.contains { $0.contains("formatCode=\"\(format)\"") })
    let strings = try #require(book.parts["xl/sharedStrings.xml"])
    #expect(strings.contains(">\(day)<"))
    #expect(!strings.contains("-W4"), "no numbers of weeks")
  }

  @Test("beyond twelve weeks there are months", arguments: [84, 85])
  func months(_ days: Int) throws {
    let report = report(days: days) { diary(&$0, days: days) }
    let tables = report.sections.flatMap(\.blocks).compactMap(\.table)
    let pain = try #require(tables.first { $0.title.hasPrefix("Pain by ") })
    let load = try #require(tables.first { $0.title.hasPrefix("Load by ") })
    if days == 84 {
      #expect(pain.rows.count == 13 && pain.rows.first?.first == .text("28 Sep"))
      #expect(load.rows.count == 13)
    } else {
      #expect(pain.rows.map { $0[0].text } == ["Oct 2026", "Nov 2026", "Dec 2026"])
      #expect(load.rows.map { $0[0].text } == ["Oct 2026", "Nov 2026", "Dec 2026"])
      #expect(pain.rows.map { $0[1].text } == ["27", "26", "20"])
      let chart = try Book(report).chart("Pain by day and its 7-day mean")
      #expect(chart.contains("formatCode=\"[$-809]mmm yyyy\""))
    }
  }

  @Test("flexibility says which way is better, and draws its error as two thin lines")
  func flexibility() throws {
    let book = try Book(report { diary(&$0) })
    let chart = try book.chart("Fingertip to floor: lower is better")
    #expect(chart.components(separatedBy: "<c:ser>").count == 4)
    // A point is 12,700 units.
    #expect(chart.components(separatedBy: "<a:ln w=\"12700\"").count == 3)
    _ = try book.chart("Sit and reach: higher is better")
  }

  @Test("questionnaires have a chart each, and a line in the summary")
  func questionnaires() throws {
    let report = report {
      diary(&$0)
      $0.questionnaire(3, .odi, 52)
      $0.questionnaire(28, .odi, 18)
      $0.questionnaire(28, .psfs, 4)
    }
    let book = try Book(report)
    let chart = try book.chart("Oswestry Disability Index: lower is better")
    #expect(chart.contains("<c:v>52</c:v>") && chart.contains("<c:v>42</c:v>"))
    #expect(!book.parts.values.contains { $0.contains("Patient-Specific Functional Scale: ") })
    let summary = try #require(report.sections[0].blocks.compactMap(\.table).first)
    let row = try #require(summary.rows.first { $0[1].text.hasPrefix("Oswestry") })
    #expect(row[2] == .number(-34, places: 1, signed: true))
    #expect(row[3] == .text("Oswestry Disability Index: from 52.0 to 18.0, improved."))
  }

  @Test("a period before has a column only where there is one")
  func before() throws {
    func columns(_ build: (inout LogBuilder) -> Void) throws -> [String] {
      try #require(report(.english, build).sections[0].blocks.compactMap(\.table).first).columns
    }
    #expect(try columns { diary(&$0) } == ["Question", "Figure", "Value", "Answer"])
    let longer = try columns {
      diary(&$0)
      for day in -29...0 { $0.pain(day, 5) }
    }
    #expect(longer == ["Question", "Figure", "Value", "Period before", "Answer"])
  }

  @Test("p-values are numbers")
  func pValues() throws {
    let sheet = try Book(
      report {
        for day in stride(from: 1, through: 31, by: 3) {
          $0.measure(day, "sit_and_reach", Double(10 + day))
        }
      }
    ).sheet("Flexibility")
    #expect(Cell.pValue(0.00001).text == "< 0.0001" && Cell.pValue(0.0307).text == "0.031")
    #expect(Cell.pValue(nil) == .absent(nil))
    #expect(sheet.contains("<c r=\"J5\" s=") && !sheet.contains("<c r=\"J5\" s=\"6\" t=\"s\""))
  }
}

@Suite("Axes at round numbers")
struct ChartAxisTests {
  @Test(
    "an axis holds its values between round ends",
    arguments: [
      ([15.0, 30], 10.0...35.0, 5.0), ([4.5, 5.7, 6.4, 2.8], 2...7, 1),
      ([0.0, 0], -0.2...0.2, 0.2),
      ([60.0, 171], 0...200, 50), ([3.1, 3.3], 3.05...3.35, 0.05),
    ])
  func ends(_ values: [Double], _ range: ClosedRange<Double>, _ step: Double) throws {
    let axis = try #require(Chart.axis(over: values))
    #expect(abs(axis.range.lowerBound - range.lowerBound) < 1e-9, "\(axis)")
    #expect(abs(axis.range.upperBound - range.upperBound) < 1e-9, "\(axis)")
    #expect(abs(axis.step - step) < 1e-9)
  }

  @Test("no axis without values, or over what is no number")
  func none() {
    #expect(Chart.axis(over: []) == nil)
    #expect(Chart.axis(over: [1, .infinity]) == nil)
    #expect(Chart.axis(over: [.nan]) == nil)
  }

  @Test("labels of months stand each in its month", arguments: [4, 12, 18, 30, 60, 120])
  func months(_ months: Int) {
    for begin in 0..<48 {
      var first = LogBuilder.october(1)
      for _ in 0..<begin { first = first.lastOfMonth + 1 }
      for step in [1, 2, 3, 6, 12] {
        let (start, unit) = ChartWriter.monthTicks(
          over: (first + 2)...(first + months * 30), step: step)
        #expect(start <= first + 2)
        var month = start.firstOfMonth
        var label = 0.0
        while start + Int(label) <= first + months * 30 {
          #expect((start + Int(label)).firstOfMonth == month, "\(first) \(step) \(label)")
          label += unit
          for _ in 0..<step { month = month.lastOfMonth + 1 }
        }
      }
    }
  }
}

@Suite("The cohort's workbook")
struct CohortWorkbookTests {
  private func cohort(names: Bool) -> CohortReport {
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    var cohort = CohortFindings(period: period, asOf: period.to)
    for code in ["a", "b", "c"] {
      var builder = LogBuilder(code)
      builder.line("walk", .aerobic, perWeek: 5)
      for day in 1...(code == "c" ? 10 : 31) {
        if day % 2 == 0 { builder.set(day, "walk") { $0.minutes = 10 } }
        builder.pain(day, 4, kind: code == "b" ? .worst : .average)
      }
      var log = builder.log
      if names { log.name = "Name of \(code)" }
      cohort.add(analyze(PatientTable(log, period: period, asOf: period.to)))
    }
    return CohortReport(cohort, version: "test")
  }

  private func table(_ report: CohortReport, _ sheet: String) throws -> Table {
    try #require(
      report.sections.first { $0.name == sheet }?.blocks.compactMap(\.table).first, "\(sheet)")
  }

  @Test("those to call come first, names before codes, and before the others among the patients")
  func order() throws {
    let report = cohort(names: true)
    #expect(report.sections.map(\.name) == ["To call", "Patients", "Overview", "Notes"])
    let calls = try table(report, "To call")
    #expect(calls.columns == ["Name", "Patient", "Why", "On the list since"])
    #expect(calls.rows.map { $0[0].text } == ["Name of c"])
    let patients = try table(report, "Patients")
    #expect(patients.rows.map { $0[0].text } == ["c", "a", "b"])
    #expect(patients.rows.map { $0[7].text } == ["average", "average", "worst"])
    #expect(patients.columns[6...7] == ["Pain mean", "Kind of pain"])
    #expect(patients.bars == [3: 1, 6: 10])
    let unnamed = cohort(names: false)
    #expect(try table(unnamed, "To call").columns == ["Patient", "Why", "On the list since"])
    #expect(try table(unnamed, "Patients").bars == [2: 1, 5: 10])
  }

  @Test("dose and pain have bars, the overview two charts")
  func bars() throws {
    let book = try Book(cohort(names: true))
    let patients = try book.sheet("Patients")
    #expect(patients.components(separatedBy: "<cfRule type=\"dataBar\"").count == 3)
    _ = try book.chart("People by answer: Done")
    _ = try book.chart("People by answer: Pain")
    #expect(try book.printArea("Notes") == "$XFD$1")
  }
}
