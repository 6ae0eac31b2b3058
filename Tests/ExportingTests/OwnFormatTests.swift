import Foundation
import Ingest
import Records
import TestSupport
import Testing

@testable import Exporting

@Suite("Records as lumbar's own text")
struct OwnFormatTests {
  private func line(_ kind: Kind, _ format: OwnFormat, _ row: [RecordFields.Filled]) -> String {
    var text = ""
    OwnLines(kind, format).add(row, isFirst: true, to: &text)
    return text
  }

  @Test("every field of a kind has its column, the person first", arguments: Kind.allCases)
  func columns(_ kind: Kind) {
    let header = OwnLines(kind, .csv).header
    #expect(header.hasPrefix("patient_id"))
    let names = header.dropLast().split(separator: ",").map(String.init)
    #expect(Set(names) == Set(kind.fields.fields.map(\.name)))
  }

  @Test("texts that look like formulas are guarded, numbers are not")
  func guarded() {
    let row: [RecordFields.Filled] = [
      (.patientID, "@x"), (.measuredOn, "2026-10-01"), (.measure, "'=m"), (.value, "-2.5"),
    ]
    #expect(line(.flexibility, .csv, row).hasPrefix("'@x,"))
    #expect(line(.flexibility, .csv, row).contains("''=m,-2.5,"))
  }

  @Test("JSON has bare numbers and quoted texts")
  func json() throws {
    let row: [RecordFields.Filled] = [
      (.patientID, "a\"b"), (.recordedAt, "2026-10-01"), (.score, "3.5"), (.flare, "yes"),
    ]
    let text = line(.pain, .json, row)
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(object?["patient_id"] as? String == "a\"b")
    #expect(object?["score"] as? Double == 3.5)
  }

  @Test("a period cuts dated rows and keeps the programme")
  func period() {
    var builder = LogBuilder("A")
    for day in 1...9 { builder.pain(day, 3) }
    builder.line("bridge", .strengthening, perWeek: 3)
    let period = Period(from: LogBuilder.october(3), to: LogBuilder.october(5))
    #expect(builder.log.rows(of: .pain, in: period).count == 3)
    #expect(builder.log.rows(of: .program, in: period).count == 1)
  }

  @Test("the dictionary explains each column of each file once")
  func dictionary() {
    let lines = DataDictionary.csv.split(separator: "\r\n").dropFirst()
    let keys = lines.map { $0.split(separator: ",").prefix(2).joined(separator: ",") }
    #expect(Set(keys).count == keys.count)
    #expect(keys.count == Kind.allCases.reduce(0) { $0 + $1.fields.fields.count })
    #expect(lines.contains { $0.contains("warm-up | back-stretch") })
  }
}

@Suite("Records as FHIR")
struct FHIRLinesTests {
  private func resources(_ build: (inout LogBuilder) -> Void) throws -> [[String: Any]] {
    var builder = LogBuilder("P 1")
    build(&builder)
    var lines = FHIRLines()
    return try lines.lines(of: builder.log).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("a patient, then observations with status, code, subject and time")
  func structure() throws {
    let found = try resources {
      $0.pain(3, 4)
      $0.pain(4, 4.5)
      $0.set(5, "walk") { $0.minutes = 12 }
    }
    #expect(
      found.map { $0["resourceType"] as? String } == ["Patient"]
        + Array(repeating: "Observation", count: 3))
    let patient = try #require(found[0]["id"] as? String)
    #expect(patient.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." })
    for observation in found.dropFirst() {
      #expect(observation["status"] as? String == "final")
      let subject = observation["subject"] as? [String: String]
      #expect(subject?["reference"] == "Patient/" + patient)
      #expect(observation["effectiveDateTime"] != nil)
      #expect((observation["id"] as? String ?? "").count <= 64)
    }
    #expect(found[1]["valueInteger"] as? Int == 4)
    #expect((found[2]["valueQuantity"] as? [String: Any])?["value"] as? Double == 4.5)
    #expect((found[3]["valueQuantity"] as? [String: Any])?["code"] as? String == "min")
  }

  @Test("equal rows keep ids of their own, and ids stay from export to export")
  func ids() throws {
    let build: (inout LogBuilder) -> Void = { builder in
      for _ in 0..<3 { builder.set(5, "walk") { $0.minutes = 12 } }
    }
    let first = try resources(build).compactMap { $0["id"] as? String }
    #expect(Set(first).count == 4)
    #expect(try resources(build).compactMap { $0["id"] as? String } == first)
  }

  @Test("what has no place is counted")
  func leftOut() {
    var builder = LogBuilder("A")
    builder.pain(3, 40, scale: "VAS")
    builder.set(3, "walk")
    var lines = FHIRLines()
    _ = lines.lines(of: builder.log)
    #expect(lines.leftOut == 2)
  }
}
