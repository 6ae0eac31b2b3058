import Foundation
import Records
import TestSupport
import Testing

@testable import Ingest

/// Seconds that each reader is tried for; the suite rests unless `LUMBAR_FUZZ_SECONDS` says so.
private let seconds = ProcessInfo.processInfo.environment["LUMBAR_FUZZ_SECONDS"].flatMap(
  Double.init)
private let seed = ProcessInfo.processInfo.environment["LUMBAR_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

/// Inputs made by chance from sound ones: nothing may trap or take long, and every account adds up.
@Suite("Readers on inputs made by chance", .enabled(if: seconds != nil, "not asked for"))
struct FuzzTests {
  private func run(_ name: String, _ body: (inout SeededGenerator) throws -> [UInt8]) throws {
    let end = Date().addingTimeInterval(try #require(seconds))
    var random = SeededGenerator(seed: seed)
    var count = 0
    while Date() < end {
      let start = Date()
      let input = try body(&random)
      count += 1
      let took = Date().timeIntervalSince(start)
      #expect(took < 1, "\(name), seed \(seed), input \(count): \(took) s, \(input.prefix(200))")
    }
    print("\(name): \(count) inputs, seed \(seed)")
  }

  private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    let special: [UInt8] = Array("\",;\t\n\r{}[]:\\'.-+0e \u{0}".utf8) + [0xC3, 0xFF, 0xEF, 0xE2]
    for _ in 0..<1 + random.below(6) {
      let at = random.below(bytes.count + 1)
      switch random.below(6) {
      case 0: bytes.insert(random.pick(special), at: at)
      case 1 where at < bytes.count: bytes.remove(at: at)
      case 2 where at < bytes.count: bytes[at] = random.pick(special)
      case 3 where at < bytes.count: bytes[at] = UInt8(random.below(256))
      case 4:
        let end = min(bytes.count, at + random.below(40))
        bytes.insert(contentsOf: bytes[at..<end], at: random.below(bytes.count + 1))
      case 5: bytes.removeSubrange(at..<min(bytes.count, at + random.below(30)))
      default: break
      }
    }
    return bytes
  }

  private func readAll(_ bytes: [UInt8], dripping: UInt64?) throws {
    let source: any ByteSource =
      dripping.map { DrippingSource(bytes, seed: $0) } ?? MemorySource(bytes)
    let options = options {
      $0.batchRows = 7
      $0.patient = "P"
    }
    do {
      _ = try readRecords(from: source, options: options) { batch in
        let made =
          batch.recordCount + batch.rejections.count + batch.leftOut.values.reduce(0, +)
        #expect(batch.read == made)
      }
    } catch is IngestError {
      // A file that is no data says so.
    } catch is ReadAgain {
      // What the whole file means is known now.
    }
    try source.rewind()
    _ = try? TableSample(source)
  }

  @Test("tables")
  func tables() throws {
    let samples = try [
      "month/sessions.csv", "month/pain.csv", "month/flexibility.csv", "month/program.csv",
      "month/days.csv",
    ].map { Array(try fixtureBytes($0).prefix(3_000)) }
    try run("CSV") { random in
      let input = mutated(random.pick(samples), &random)
      try readAll(input, dripping: random.below(3) == 0 ? UInt64(random.below(1_000)) : nil)
      return input
    }
  }

  @Test("JSON")
  func json() throws {
    let samples = [
      #"{"patients":[{"patient_id":"P1","timezone":"Europe/Berlin"}],"sessions":[{"patient_id":"P1","started_at":"2026-10-01T07:00:00","exercises":[{"exercise":"plank","reps":10},{"exercise":"br\u00fccke","minutes":2.5e0}]}],"pain":[{"patient_id":"P1","recorded_at":"2026-10-01","score":3}]}"#,
      "{\"patient_id\":\"P1\",\"recorded_at\":\"2026-10-01\",\"score\":3}\n{\"patient_id\":\"P1\",\"recorded_at\":\"2026-10-02\",\"score\":4,\"notes\":\"a\\n\\\"b\\\"\"}\n",
      #"[{"patient_id":"P1","measured_on":"2026-10-01","measure":"sit_and_reach","value":-1.5e1,"unit":null}]"#,
    ].map { Array($0.utf8) }
    try run("JSON") { random in
      let input = mutated(random.pick(samples), &random)
      try readAll(input, dripping: random.below(3) == 0 ? UInt64(random.below(1_000)) : nil)
      return input
    }
  }

  @Test("tables of no known format, and what is seen of them")
  func drafts() throws {
    let samples = try [
      "01", "05", "12", "17", "26", "35", "41", "44", "57", "p01", "p02", "p10", "p15", "p16",
    ].compactMap { name in
      (try? fixtureBytes("tables/\(name).csv")) ?? (try? fixtureBytes("tables/\(name).tsv"))
    }.map { Array($0.prefix(2_000)) }
    try run("drafts") { random in
      let input = mutated(random.pick(samples), &random)
      if let sample = try? TableSample(MemorySource(input)) {
        let draft = TableDraft(sample)
        #expect(draft.isEmpty || draft.records.allSatisfy { !$0.lines.isEmpty })
      }
      let look = TableLook(input)
      #expect(look.rows >= 0 && look.csv().count >= look.rows)
      return input
    }
  }

  @Test("dates, numbers and durations")
  func values() throws {
    let samples = [
      "2026-10-31T07:15:30.250+02:00", "31/10/2026 7:15 pm", "31. Oktober 2026", "Oct 31, 2026",
      "Sa 31.10.2026", "31 de octubre de 2026", "31.10. 8.30", "46230.25", "4-5", "7/10",
      "1.234,56", "1,234.5", "-0.5e-3", "1h 23m 5s", "1:23:05", "99999999999999999999.9",
    ].map { Array($0.utf8) }
    try run("values") { random in
      let input = mutated(random.pick(samples), &random)
      input.withUnsafeBufferPointer { bytes in
        for order in [nil, .ymd, .dmy, .mdy] as [DateOrder?] {
          if case .success(let time) = parseTime(bytes, order: order, year: 2026) {
            // What was read is a day that exists, and a time within it.
            #expect(time.milliseconds.map { (0..<86_400_000).contains($0) } ?? true)
            #expect(time.day.description.count >= 10)
          }
        }
        for (mark, grouping) in [(0x2E, nil), (0x2C, 0x2E), (0x2E, 0x2C)] as [(UInt8, UInt8?)] {
          if case .value(let value) = parseNumber(bytes, decimalMark: mark, grouping: grouping) {
            #expect(value.isFinite)
          }
        }
        _ = parseSerial(bytes)
        _ = parseWrittenNumber(bytes, NumberForm(), mayBeShare: true)
        #expect(parseDuration(bytes).map { $0.isFinite && $0 >= 0 } ?? true)
        _ = CellForm(bytes.text)
      }
      return input
    }
  }
}
