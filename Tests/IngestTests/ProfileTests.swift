import Records
import Testing

@testable import Ingest

@Suite("Profile")
struct ProfileTests {
  @Test("A layout knows its files by the columns it reads, in the order of the fields")
  func columns() {
    var layout = Layout(
      kind: .pain,
      fields: [
        .score: .column("intensity"), .location: .column("name"), .kind: .constant("worst"),
        .recordedAt: .date(year: "y", month: "m", day: "d", time: "clock"),
        .localDay: .date(year: "y2", month: "m2", day: "d2", time: nil),
      ])
    #expect(layout.columns == ["y", "m", "d", "clock", "intensity", "name", "y2", "m2", "d2"])
    layout.exclusions = [
      .init(column: "name", equals: "happiness", reason: "not pain"),
      .init(column: "deleted", equals: "yes", reason: "deleted"),
    ]
    #expect(layout.columns.last == "deleted")
    #expect(layout.columns.filter { $0 == "name" }.count == 1)
  }

  @Test("A layout says nothing that it is not told")
  func silent() {
    let layout = Layout(kind: .pain, fields: [:])
    #expect(layout.columns.isEmpty && layout.filledDown.isEmpty && layout.missing.isEmpty)
    #expect(layout.exclusions.isEmpty && layout.skippedLines == 0)
    #expect(layout.keepsEqualRows == nil && layout.dateOrder == nil && layout.timezone == nil)
    #expect(layout.encoding == nil && layout.delimiter == nil && layout.decimalMark == nil)
  }
}
