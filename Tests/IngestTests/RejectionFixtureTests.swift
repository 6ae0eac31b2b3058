import Foundation
import Records
import TestSupport
import Testing

@testable import Ingest

/// What the fixture of a reason gives: where its refused row stands, and how many rows are good.
private struct Expectation {
  var file: String
  var line: Int64
  var column: String
  var good: Int
}

/// Without a default: a new reason does not compile here until it has a fixture.
private func expectation(_ reason: RejectionReason) -> Expectation {
  func csv(_ line: Int64, _ column: String, good: Int) -> Expectation {
    Expectation(file: reason.rawValue + ".csv", line: line, column: column, good: good)
  }
  return switch reason {
  case .tooFewFields: csv(3, "", good: 2)
  case .tooManyFields: csv(3, "", good: 2)
  case .badQuoting: csv(4, "", good: 2)
  // 0xFC, ü in ISO 8859-1, is byte 79 of the file, counted from 0.
  case .badEncoding: csv(3, "byte 79", good: 2)
  case .fieldTooLong: csv(3, "exercise", good: 1)
  case .missingValue: csv(3, "Pain score", good: 2)
  case .noPatient: csv(3, "participant", good: 2)
  case .notADate: csv(3, "measured_on", good: 1)
  case .dateOrderUnknown: csv(3, "recorded_at", good: 2)
  case .dateInTheFuture: csv(4, "date", good: 2)
  case .notANumber: csv(3, "score", good: 2)
  case .outOfRange: csv(3, "score", good: 2)
  case .unknownCode: csv(3, "component", good: 2)
  case .unknownUnit: csv(3, "unit", good: 2)
  case .unknownZone: csv(3, "timezone", good: 2)
  case .notAnObject:
    Expectation(file: "not-an-object.json", line: 3, column: "", good: 2)
  case .duplicateKey:
    Expectation(file: "duplicate-key.ndjson", line: 2, column: "", good: 2)
  case .exampleRow: csv(2, "", good: 1)
  case .badJSON: Expectation(file: "bad-json.ndjson", line: 2, column: "", good: 2)
  }
}

@Suite("One fixture a reason for refusal")
struct RejectionFixtureTests {
  @Test(
    "A fixture gives exactly its one refusal, at its line and column, and its other rows are good",
    arguments: RejectionReason.allCases)
  func fixtureOfReason(reason: RejectionReason) throws {
    let expected = expectation(reason)
    let bytes = try fixtureBytes("rejections/\(expected.file)")
    let reading = try Reading(MemorySource(bytes), options())
    #expect(reading.batch.rejections.count == 1)
    let rejection = try #require(reading.batch.rejections.first)
    #expect(rejection.reason == reason)
    #expect(rejection.position == SourcePosition(line: expected.line))
    #expect(rejection.column == expected.column)
    #expect(reading.batch.recordCount == expected.good)
    #expect(reading.batch.leftOut.isEmpty && reading.addsUp)
    #expect(reading.summary.format == (expected.file as NSString).pathExtension)
  }

  @Test("No other fixtures lie among them")
  func noOthers() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture("rejections").path)
    let expected = RejectionReason.allCases.map { expectation($0).file } + ["README.md"]
    #expect(Set(files) == Set(expected))
  }

  @Test(
    "A field of more than 1 MiB is refused, and the rows around it are good", arguments: ["", "\""])
  func megabyte(quote: String) throws {
    let long = quote + String(repeating: "x", count: 1 << 20 + 1) + quote
    let row = "P1,2026-10-01,4,"
    let reading = try read("patient_id,recorded_at,score,notes\n\(row)a\n\(row)\(long)\n\(row)b\n")
    #expect(reading.batch.rejections.map(\.reason) == [.fieldTooLong])
    #expect(reading.batch.rejections.map(\.position.line) == [3])
    #expect(reading.batch.pain.count == 2 && reading.addsUp)
  }
}
