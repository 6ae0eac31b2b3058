import Records
import Testing

@testable import Storage

@Suite("Gaps")
struct DataGapsTests {
  @Test("An empty database, and one of people alone, lacks nothing")
  func empty() throws {
    try withStore { store in
      #expect(try store.dataGaps(silentFor: 7) == DataGaps())
      try store.importSheet { sheet in sheet.person("anna") }
      #expect(try store.dataGaps(silentFor: 7) == DataGaps())
    }
  }

  @Test(
    "Days on which nobody has a record of any kind are gaps, those before and behind all are not")
  func days() throws {
    try withStore { store in
      try store.importSheet { sheet in
        sheet.set("anna", "2026-02-27", "plank")
        sheet.set("ben", "2026-02-27", "plank")
        sheet.pain("ben", "2026-02-28", 3)
        sheet.measure("anna", "2026-03-02", "reach", 4)
        sheet.answers("anna", "2026-03-05", .odi, score: 3)
        sheet.status("ben", "2026-03-06", .rest)
        sheet.program("anna", "plank", perWeek: 3) { $0.startOn = day("2026-04-01") }
      }
      #expect(
        try store.dataGaps(silentFor: 7).days == [
          Period(from: day("2026-03-01"), to: day("2026-03-01")),
          Period(from: day("2026-03-03"), to: day("2026-03-04")),
        ])
    }
  }

  @Test("Whoever has no record of any kind in the last days is silent", arguments: 1...8)
  func silent(window: Int) throws {
    try withStore { store in
      try store.importSheet { sheet in
        sheet.set("a", "2026-03-08", "plank")
        sheet.pain("b", "2026-03-07", 3)
        sheet.measure("c", "2026-03-06", "reach", 4)
        sheet.answers("d", "2026-03-05", .odi, score: 3)
        sheet.status("e", "2026-03-04", .rest)
        sheet.status("f", "2026-03-03", .sick)
        sheet.pain("g", "2026-03-02", 3)
        sheet.pain("h", "1969-03-02", 3)
        sheet.person("i")
      }
      let heard = min(window, 7)
      let codes = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
      #expect(try store.dataGaps(silentFor: window).silent == Array(codes.dropFirst(heard)))
    }
  }
}
