import Foundation
import TestSupport
import Testing

/// A kind that is nothing but its declaration, on its whole way.
@Suite("Factors")
struct FactorTests {
  private let diary = """
    patient_id,date,factor,value,unit
    anna,2026-10-01,sleep,7.5,hours
    anna,2026-10-01,steps,8000,
    anna,2026-10-02,sleep,six,hours
    ben,2026-10-03,=Stress,3,

    """

  private func run(_ folder: URL, _ arguments: String...) throws -> Outcome {
    try runProgram(arguments + ["--database", folder.appendingPathComponent("db").path])
  }

  private func withFactors(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("diary.csv")
      try Data(diary.utf8).write(to: file)
      let outcome = try run(folder, "import", file.path)
      #expect(outcome.exit == 3)
      #expect(outcome.output.contains("diary.csv  factors: 4 read, 3 new, 1 refused\n"))
      try body(folder)
    }
  }

  @Test("are imported once, counted, refused with their column, and taken back")
  func imported() throws {
    try withFactors { folder in
      let file = folder.appendingPathComponent("diary.csv").path
      #expect(try run(folder, "import", file).output.contains("4 read, 3 known, 1 refused"))
      #expect(try run(folder, "status").output.contains("\nFactors         3\n"))
      #expect(try run(folder, "status", "--json").output.contains("\"factors\": 3,"))
      #expect(
        try run(folder, "rejections").output.contains("line 4, column value: not-a-number"))
      let undone = try run(folder, "import", "--undo", "1")
      #expect(
        undone.output == "Run 1 undone: 1 file, 3 records removed, 0 corrections taken back.\n")
      #expect(try run(folder, "status").output.contains("\nFactors         0\n"))
    }
  }

  @Test("come out as they came in, in CSV and JSON, and are read back as known")
  func exported() throws {
    try withFactors { folder in
      let out = folder.appendingPathComponent("out")
      _ = try run(folder, "export", "--out", out.path)
      let csv = out.appendingPathComponent("factors.csv")
      #expect(
        try String(contentsOf: csv, encoding: .utf8)
          == "patient_id,date,factor,value,unit\r\nanna,2026-10-01,sleep,7.5,hours\r\n"
          + "anna,2026-10-01,steps,8000,\r\nben,2026-10-03,'=Stress,3,\r\n")
      #expect(try run(folder, "import", csv.path).output.contains("3 read, 3 known"))
      _ = try run(folder, "export", "--format", "json", "--out", out.path)
      let json = out.appendingPathComponent("lumbar.json")
      #expect(
        try String(contentsOf: json, encoding: .utf8).contains(
          """
          {"patient_id": "anna", "date": "2026-10-01", "factor": "sleep", "value": 7.5, \
          "unit": "hours"}
          """))
      #expect(try run(folder, "import", json.path).output.contains("3 read, 3 known"))
    }
  }

  @Test("tell nobody's words in de-identified files, and are explained in the dictionary")
  func masked() throws {
    try withFactors { folder in
      let out = folder.appendingPathComponent("out")
      _ = try run(folder, "export", "--deidentified", "--out", out.path)
      let csv = try String(contentsOf: out.appendingPathComponent("factors.csv"), encoding: .utf8)
      #expect(csv.contains(",7.5,hours\r\n") && csv.contains("factor-"))
      #expect(!csv.contains("sleep") && !csv.contains("Stress") && !csv.contains("2026-10-01"))
      let dictionary = try String(
        contentsOf: out.appendingPathComponent("dictionary.csv"), encoding: .utf8)
      #expect(dictionary.contains("\r\nfactors.csv,factor,what was counted,,text,\r\n"))
      #expect(dictionary.contains("\r\nfactors.csv,value,how much of it,as in unit,number,\r\n"))
    }
  }

  @Test("go with the person who is forgotten, and with nobody else")
  func forgotten() throws {
    try withFactors { folder in
      let outcome = try run(folder, "forget", "anna", "--yes", "--out", folder.path)
      #expect(outcome.output.contains("2 records"))
      let bytes = try Data(contentsOf: folder.appendingPathComponent("db"))
      #expect(bytes.range(of: Data("sleep".utf8)) == nil)
      #expect(bytes.range(of: Data("=Stress".utf8)) != nil)
      #expect(try run(folder, "status").output.contains("\nFactors         1\n"))
    }
  }

  @Test("have a blank file, whose example row is refused, and a table in the data sheet")
  func shown() throws {
    try withFactors { folder in
      let blank = folder.appendingPathComponent("blank")
      _ = try runProgram(["template", blank.path])
      let file = blank.appendingPathComponent("factors.csv")
      #expect(
        try String(contentsOf: file, encoding: .utf8)
          == "patient_id,date,factor,value,unit\nme,2026-01-05,sleep,7.5,hours\n")
      let example = try run(folder, "import", file.path)
      #expect(example.exit == 3 && example.output.contains("1 read, 1 refused"))
      let reports = folder.appendingPathComponent("reports")
      _ = try run(
        folder, "report", "--patient", "anna", "--month", "2026-10", "--format", "xlsx", "--out",
        reports.path)
      let workbook = try Data(contentsOf: reports.appendingPathComponent("anna.xlsx"))
      let parts = try unzipped([UInt8](workbook))
      let strings = String(decoding: parts["xl/sharedStrings.xml"] ?? [], as: UTF8.self)
      for word in ["Factors", "Factor", "sleep", "steps", "hours"] {
        #expect(strings.contains(">\(word)</t>"), "\(word)")
      }
    }
  }
}
