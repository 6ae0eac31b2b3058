import Analysis
import Columns
import Foundation
import FoundationXML
import Records
import TestSupport
import Testing

@testable import Reporting

/// Reads every part of a workbook as XML and notes its elements.
private final class Reader: NSObject, XMLParserDelegate {
  var texts: [String] = []
  var elements: [String: Int] = [:]
  var descriptions: [String] = []
  private var current = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    if let description = attributes["descr"] { descriptions.append(description) }
    current = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { current += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "t" { texts.append(current) }
  }
}

@Suite("The workbook")
struct WorkbookTests {
  private func report(_ build: (inout LogBuilder) -> Void) -> PatientReport {
    var builder = LogBuilder("P1")
    build(&builder)
    let period = Period(from: LogBuilder.october(1), to: LogBuilder.october(31))
    let findings = analyze(PatientTable(builder.log, period: period, asOf: period.to))
    return PatientReport(findings, refused: [:], version: "test")
  }

  private func full(_ builder: inout LogBuilder) {
    builder.line("bridge", .strengthening, perWeek: 3)
    for day in stride(from: 1, through: 31, by: 2) {
      builder.set(day, "bridge") { $0.minutes = 5 }
      builder.pain(day, Double(6 - day / 10))
    }
    for day in [1, 10, 20, 30] { builder.measure(day, "sit_and_reach", Double(10 + day / 3)) }
    builder.day(2, .sick)
  }

  private func written(_ workbook: Workbook) throws -> [UInt8] {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("book.xlsx").path
      try workbook.write(to: path, temporaryFolder: folder.path)
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
  }

  private func read(_ workbook: Workbook) throws -> Reader {
    let reader = Reader()
    for (name, bytes) in try unzipped(try written(workbook))
    where name.hasSuffix(".xml") || name.hasSuffix(".rels") {
      let parser = XMLParser(data: Data(bytes))
      parser.delegate = reader
      #expect(parser.parse(), "\(name) is not well-formed")
    }
    return reader
  }

  @Test("holds its sheets, real charts with a description, and tables")
  func parts() throws {
    let report = report { full(&$0) }
    #expect(
      report.workbook.sheets.map(\.name) == [
        "Summary", "Pain", "Flexibility", "Findings", "Adherence", "Exercises", "Data", "Notes",
      ])
    let parts = try unzipped(try written(report.workbook))
    #expect(parts.keys.filter { $0.hasPrefix("xl/charts/chart") }.count == 7)
    #expect(parts.keys.filter { $0.hasPrefix("xl/tables/table") }.count == 6)
    let reader = try read(report.workbook)
    #expect(reader.descriptions.count == 7)
    #expect(reader.descriptions.allSatisfy { $0.count > 20 })
    #expect(reader.elements["c:scatterChart"] == 3)
    #expect(reader.elements["c:barChart"] == 4)
  }

  /// Two parts of a workbook of one sheet: the sheet, and what the workbook says of it.
  private func parts(_ blocks: [Block], _ layout: Section.Layout = .pages) throws
    -> (sheet: String, book: String)
  {
    let sheet = Section(name: "S", blocks: blocks, layout: layout)
    let workbook = Workbook(title: "T", created: LogBuilder.october(1), sheets: [sheet])
    let parts = try unzipped(try written(workbook))
    return (
      String(decoding: try #require(parts["xl/worksheets/sheet1.xml"]), as: UTF8.self),
      String(decoding: try #require(parts["xl/workbook.xml"]), as: UTF8.self)
    )
  }

  @Test("the header of a sheet's only table stays in sight and is printed on every page")
  func header() throws {
    let alone = try parts([.title("T"), .table(table(100))])
    #expect(alone.sheet.contains("<pane ySplit=\"4\" topLeftCell=\"A5\""))
    #expect(alone.book.contains("S!$4:$4"))
    for blocks in [[Block.table(table(9)), .table(table(9))], [charted], [.title("T")]] {
      let several = try parts(blocks)
      #expect(!several.sheet.contains("<pane") && !several.book.contains("Print_Titles"))
    }
  }

  /// The rows below which pages end by our own will.
  private func breaks(_ blocks: [Block]) throws -> [Int] {
    let text = try parts(blocks).sheet
    return text.components(separatedBy: "<brk id=\"").dropFirst().compactMap {
      $0.split(separator: "\"").first.flatMap { Int($0) }
    }
  }

  private func table(_ rows: Int) -> Table {
    Table("Table", ["a", "b"], (0..<rows).map { [.count($0), .count($0)] })
  }

  private var charted: Block {
    .charted(
      table(6),
      [
        Chart(
          form: .line, title: "Chart", xTitle: "a", yTitle: "b", categories: 0, labelStep: 1,
          series: [Chart.Series(column: 1, color: .blue, marker: true, line: true)],
          description: "a and b")
      ])
  }

  @Test("a chart that the end of a page would cut begins the next one")
  func pages() throws {
    // As long as all fits, nothing is broken.
    #expect(try breaks([.table(table(3)), charted]).isEmpty)
    // A page holds about sixty rows.
    for rows in [42, 46, 50] {
      let found = try breaks([.table(table(rows)), charted])
      #expect(found.count == 1, "\(rows): \(found)")
      #expect(found.first.map { (rows + 2...rows + 5).contains($0) } == true, "\(rows): \(found)")
    }
    #expect(try breaks([charted, charted, charted, charted, charted, charted, charted]).count == 2)
    // A table that fits on one page stands on one.
    let found = try breaks([.table(table(30)), .table(table(40))])
    #expect(found.count == 1 && (31...34).contains(found[0]), "\(found)")
    // A table longer than a page goes on by itself.
    #expect(try breaks([.table(table(100))]).isEmpty)
  }

  @Test("the same data gives the same bytes")
  func sameBytes() throws {
    let report = report { full(&$0) }
    #expect(try written(report.workbook) == (try written(report.workbook)))
  }

  @Test("a log of nothing, of pain alone and of one day makes a workbook", arguments: [0, 1, 2])
  func littleData(_ amount: Int) throws {
    let report = report {
      if amount == 1 { for day in 1...9 { $0.pain(day, 4) } }
      if amount == 2 { $0.set(3, "walk") }
    }
    #expect(try !read(report.workbook).texts.isEmpty)
    #expect(report.text().split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 80 })
    #expect(!report.json.contains("nan") && !report.json.contains("inf"))
  }

  @Test(
    "hostile names are shown and do nothing",
    arguments: [
      "=cmd|' /C calc'!A0", "_x0041_", "a\u{0}\u{1}\u{1B}b", "\u{FFFE}\u{202E}x", "漢字 שלום 🙂",
      String(repeating: "x", count: 4_000), "<&>\"'", "@SUM(1)", "[sheet]:*?/\\",
    ])
  func hostileNames(_ name: String) throws {
    let report = report {
      $0.line(name, .mobility, perWeek: 3)
      $0.set(3, name) { $0.minutes = 5 }
      $0.pain(3, 5, at: name)
      $0.measure(3, name, 5, unit: name)
      $0.measure(9, name, 6, unit: name)
    }
    let reader = try read(report.workbook)
    #expect(reader.elements["c:f"] != nil)
    let parts = try unzipped(try written(report.workbook))
    for (part, bytes) in parts where part.hasPrefix("xl/worksheets/sheet") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("<f>"), "a formula in \(part)")
    }
    #expect(report.text().split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 80 })
  }

  @Test(
    "text for a cell",
    arguments: [
      ("plain", "plain"), ("_x0041_", "_x005F_x0041_"), ("a\u{7}b", "a\u{FFFD}b"),
      ("a\r\nb", "a\nb"),
      ("\u{FFFF}", "\u{FFFD}"), ("x_x00_", "x_x00_"),
    ])
  func cellTexts(_ text: String, _ written: String) {
    #expect(cellText(text) == written)
  }

  @Test("40,000 characters are cut to what a cell holds, with a mark")
  func longText() {
    let text = cellText(String(repeating: "é", count: 40_000))
    #expect(text.utf16.count <= 32_767)
    #expect(text.hasSuffix("…"))
  }

  @Test("a folder that is not there is an error in words")
  func noFolder() throws {
    let report = report { full(&$0) }
    #expect(throws: WorkbookError.self) {
      try report.workbook.write(to: "/no/such/folder/book.xlsx", temporaryFolder: "/tmp")
    }
  }
}
