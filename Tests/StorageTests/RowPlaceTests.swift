import GRDB
import Records
import TestSupport
import Testing

@testable import Storage

@Suite("RowPlace")
struct RowPlaceTests {
  @Test(
    "Day, patient and row come back as they were put in",
    arguments: [-25_567, -1, 0, 1, 20_454, 84_371] as [Int32])
  func parts(day: Int32) throws {
    for patient in [0, 1, 4_711, RowPlace.most] as [Int64] {
      for row in [0, 1, 99, RowPlace.most] as [Int64] {
        let place = try RowPlace(day: day, patient: patient).row(row)
        #expect(place.day == day && place.patient == patient && place.row == row)
      }
    }
  }

  @Test("Places lie by day, then patient, then row")
  func order() throws {
    var places: [RowPlace] = []
    for day in [-25_567, -1, 0, 20_454] as [Int32] {
      for patient in [1, 2, RowPlace.most] as [Int64] {
        let first = try RowPlace(day: day, patient: patient)
        places += try [first, first.row(1), first.last]
      }
    }
    #expect(places.sorted() == places)
    #expect(Set(places.map(\.number)).count == places.count)
  }

  @Test("More people or rows of a day than there are numbers for are an error in words")
  func full() throws {
    #expect(throws: StorageError.self) { try RowPlace(day: 0, patient: RowPlace.most + 1) }
    #expect(throws: StorageError.self) {
      try RowPlace(day: 0, patient: 1).row(RowPlace.most + 1)
    }
  }

  @Test("SQL finds the same first place", arguments: [-25_567, -1, 0, 20_454] as [Int32])
  func inSQL(day: Int32) throws {
    try withStore { store in
      for patient in [1, 4_711, RowPlace.most] as [Int64] {
        let sql = RowPlace.first(day: "(\(day))", patient: "\(patient)")
        let place = try RowPlace(day: day, patient: patient)
        #expect(try store.rows("SELECT \(sql)") == ["\(place.number)"])
      }
    }
  }

  @Test("Every stored row lies at the place of its day and patient, in whatever order it came")
  func storedPlaces() throws {
    try withStore { store in
      try store.importSheet("a.csv") { sheet in
        for date in ["2026-03-09", "1969-12-30", "2026-03-02"] {
          for code in ["berta", "anna"] {
            sheet.pain(code, date, 4)
            sheet.set(code, date, "plank", as: ("s \(date)", 1))
          }
          try sheet.cut()
        }
      }
      try store.importSheet("b.csv") { sheet in
        for code in ["anna", "berta", "carla"] { sheet.pain(code, "2026-03-02", 5) }
        sheet.set("anna", "2026-03-02", "bridge", as: ("s 2026-03-09", 1))
      }
      for table in ["pain_entry", "exercise_set"] {
        let rows = try store.queue.read {
          try GRDB.Row.fetchAll($0, sql: "SELECT id, day, patient FROM \(table)")
        }
        #expect(rows.count == (table == "pain_entry" ? 9 : 6))
        for row in rows {
          let place = RowPlace(row["id"])
          #expect(place.day == row["day"] && place.patient == row["patient"])
        }
      }
    }
  }
}
