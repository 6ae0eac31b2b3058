import Testing

@testable import Records

@Suite("Rejection")
struct RejectionTests {
  /// Codes are stored and shown; they are only ever appended to.
  @Test("The reason codes are those that databases hold")
  func codes() {
    #expect(
      RejectionReason.allCases.map(\.rawValue) == [
        "too-few-fields", "too-many-fields", "bad-quoting", "bad-encoding", "field-too-long",
        "missing-value", "no-patient", "not-a-date", "date-order-unknown", "date-in-the-future",
        "not-a-number", "out-of-range", "unknown-code", "unknown-zone", "not-an-object",
        "duplicate-key", "bad-json", "example-row", "unknown-unit",
      ])
  }

  @Test(
    "A hint is a full sentence that says what is wrong, and one that says what to do",
    arguments: RejectionReason.allCases)
  func hints(reason: RejectionReason) throws {
    let hint = reason.hint
    #expect(hint.last == ".")
    #expect(try #require(hint.first).isUppercase)
    #expect(hint.contains(". "), "one sentence is not enough: \(hint)")
    #expect(!hint.contains("  ") && !hint.contains("\n"))
    #expect(hint.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test("No two reasons share a hint")
  func distinctHints() {
    #expect(Set(RejectionReason.allCases.map(\.hint)).count == RejectionReason.allCases.count)
  }

  @Test("A rejection holds no content unless it is given any")
  func noContent() {
    let rejection = Rejection(
      reason: .notADate, position: SourcePosition(line: 7), column: "date")
    #expect(rejection.value.isEmpty && rejection.row.isEmpty)
    #expect(rejection.position == SourcePosition(file: 0, line: 7))
  }
}
