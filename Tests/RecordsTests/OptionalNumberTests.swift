import Testing

@testable import Records

@Suite("Optional numbers")
struct OptionalNumberTests {
  private struct Row {
    @OptionalNumber var sets: Double?
    @OptionalNumber var reps: Double? = 8
  }

  @Test("A number comes back as it was, none as none")
  func values() {
    var row = Row()
    #expect(row.sets == nil && row.reps == 8)
    for value in [0, -0.0, 2.5, -.infinity, .greatestFiniteMagnitude, 5e-324] {
      row.sets = value
      #expect(row.sets?.bitPattern == value.bitPattern)
    }
    row.sets = .nan
    row.reps = nil
    #expect(row.sets == nil && row.reps == nil)
  }

  @Test("It takes no more room than a number")
  func room() {
    #expect(MemoryLayout<OptionalNumber>.stride == MemoryLayout<Double>.stride)
  }
}
