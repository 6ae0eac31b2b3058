import Records
import TestSupport
import Testing

@testable import Ingest

/// A day that exists.
func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
  try #require(Day(year: year, month: month, day: day))
}

/// Europe/Berlin in 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
let berlin = ZoneRules(
  name: "Europe/Berlin", base: 3_600,
  transitions: [(at: 1_774_746_000, offset: 7_200), (at: 1_792_890_000, offset: 3_600)])

/// Options of an import on 31 October 2026: 20 758 is the day after, the last that is not refused.
func options(_ change: (inout ReadingOptions) -> Void = { _ in }) -> ReadingOptions {
  var options = ReadingOptions(latestDay: Day(number: 20_758))
  options.zoneNamed = { $0 == "Europe/Berlin" ? berlin : nil }
  change(&options)
  return options
}

/// What a file of a few rows gave: its only batch, and what it was found to be.
struct Reading {
  var batch: Batch
  var summary: ReadingSummary

  /// Reads a file that fits in one batch.
  init(_ source: any ByteSource, _ options: ReadingOptions) throws {
    var batches: [Batch] = []
    do {
      summary = try readRecords(from: source, options: options) { batches.append($0) }
    } catch let again as ReadAgain {
      batches = []
      try source.rewind()
      summary = try readRecords(from: source, options: again.options) { batches.append($0) }
    }
    try #require(batches.count == 1)
    batch = batches[0]
  }

  func name(_ id: NameID?) -> String? { id.map { batch.names[$0] } }

  func text(_ range: TextRange?) -> String? { range.map { batch.texts[$0] } }

  /// The refusals as `line column reason`.
  var refusals: [String] {
    batch.rejections.map { "\($0.position.line) \($0.column) \($0.reason.rawValue)" }
  }

  /// Every record as its line, patient, day and digest, every refusal as its line, and the rest.
  var facts: [String] {
    var facts = batch.leftOut.sorted { $0.key < $1.key }.map { "left \($0.key) \($0.value)" }
    facts.append("read \(batch.read)")
    facts += batch.rejections.map {
      "refused \($0.position.line) \($0.column) \($0.reason) \($0.value) \($0.row)"
    }
    func note<T: Row>(_ rows: [T], _ day: (T) -> Day?) {
      for row in rows {
        let digest = row.digest(names: batch.names, texts: batch.texts)
        let patient = batch.names[row.patient]
        let date = day(row)?.description ?? ""
        facts.append("\(T.self) \(row.position.line) \(patient) \(date) \(digest)")
      }
    }
    note(batch.sets) { $0.started.day }
    note(batch.pain) { $0.recorded.day }
    note(batch.measurements) { $0.day }
    note(batch.program) { _ in nil }
    note(batch.patients) { _ in nil }
    note(batch.days) { $0.day }
    note(batch.questionnaires) { $0.day }
    return facts
  }

  /// Whether read = records + refusals + left out.
  var addsUp: Bool {
    batch.read
      == batch.recordCount + batch.rejections.count + batch.leftOut.values.reduce(0, +)
  }
}

/// Reads a text of a few rows.
func read(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws -> Reading {
  try Reading(MemorySource(Array(text.utf8)), options(change))
}

/// Calls a closure with the bytes of a text.
func withBytes<R>(_ text: String, _ body: (Bytes) throws -> R) rethrows -> R {
  try Array(text.utf8).withUnsafeBufferPointer(body)
}

/// All bytes of a source.
func drain(_ source: any TextSource, by size: Int = 64) throws -> [UInt8] {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: size)
  while true {
    let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
    if count == 0 { return bytes }
    bytes += buffer[..<count]
  }
}

/// A source that gives one to seven bytes at a time.
final class DrippingSource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0
  private var generator: SeededGenerator

  init(_ bytes: [UInt8], seed: UInt64 = 1) {
    self.bytes = bytes
    generator = SeededGenerator(seed: seed)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(generator.below(7) + 1, buffer.count, bytes.count - position)
    for index in 0..<count { buffer[index] = bytes[position + index] }
    position += count
    return count
  }

  func rewind() { position = 0 }
}

/// A device that fails after some bytes.
final class FailingSource: ByteSource {
  struct Failure: Error {}

  private var rest: [UInt8]

  init(after bytes: [UInt8]) { rest = bytes }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if rest.isEmpty { throw Failure() }
    buffer[0] = rest.removeFirst()
    return 1
  }

  func rewind() {}
}
