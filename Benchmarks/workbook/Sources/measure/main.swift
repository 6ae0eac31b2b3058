import Analysis
import Foundation
import Records
import Reporting

// A table of ROWS × COLUMNS, one column in ten of words and the others numbers with four decimals, in a
// workbook as reports are: with formats, widths, a named table, and read back. Seconds from the table in
// memory to the file.
// Usage: measure ROWS COLUMNS FILE

/// A report of one table.
struct TableReport: Report {
  let table: Table

  var title: String { table.title }
  var created: Day { Day(number: 20_000) }
  var paper: Paper { .a4 }
  var page: [PageBlock] { [] }
  var sections: [Section] {
    [Section(name: table.title, blocks: [.title(table.title), .table(table)])]
  }
  var figures: Figure { .none }
  var rows: (header: [String], rows: [[Figure]]) { ([], []) }
}

let given = CommandLine.arguments
guard given.count == 4, let rows = Int(given[1]), let columns = Int(given[2]) else {
  fatalError("usage: measure ROWS COLUMNS FILE")
}
guard let workbook = reportFormats.first(where: { $0.name == "xlsx" }) else {
  fatalError("no format writes workbooks")
}
var state: UInt64 = 88_172_645_463_325_252
let cells = (0..<rows).map { row in
  (0..<columns).map { column -> Cell in
    if column % 10 == 0 { return .text("P\(100_001 + row)") }
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return .number(Double((state >> 33) % 10_000_000) / 10_000, places: 4, signed: false)
  }
}
let begin = ProcessInfo.processInfo.systemUptime
let table = Table("Figures", (0..<columns).map { "Column \($0)" }, cells, name: "Figures")
guard case .file(let write) = workbook.content(of: TableReport(table: table), ascii: false) else {
  fatalError("a workbook is a file")
}
try write(given[3], "/tmp")
let seconds = ProcessInfo.processInfo.systemUptime - begin
print("cells=\(rows * columns) \(seconds) s")
