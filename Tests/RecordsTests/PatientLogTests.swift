import Testing

@testable import Records

@Suite("Patient log")
struct PatientLogTests {
  @Test("A new log holds a code and nothing else")
  func new() {
    let log = PatientLog(code: "P00001")
    #expect(log.code == "P00001")
    #expect(log.name == nil && log.zone == nil && log.language == nil)
    #expect(log.sets.isEmpty && log.pain.isEmpty && log.measurements.isEmpty)
    #expect(log.program.isEmpty && log.days.isEmpty && log.questionnaires.isEmpty)
    #expect(log.sources.isEmpty && log.names.count == 0)
  }

  @Test("A file is known by name and content, with nothing refused or left out at first")
  func sourceFile() {
    let file = SourceFile(name: "pain.csv", sha256: "00ff")
    #expect(file == SourceFile(name: "pain.csv", sha256: "00ff", refused: 0, leftOut: 0))
    #expect(file != SourceFile(name: "pain.csv", sha256: "00ff", refused: 1))
  }
}
