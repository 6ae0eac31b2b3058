import Foundation
import Ingest
import Records
import TestSupport
import Testing

@testable import Configuration

/// A table and what an honest reader makes of it.
private struct Label: Decodable, Sendable, CustomTestStringConvertible {
  struct Value: Decodable, Sendable {
    var line: Int64
    var kind: String
    var day: String?
    var score: Double?
    var minutes: Double?
    var exercise: String?
    var absent: Bool?
  }
  struct Days: Decodable, Sendable {
    var pain: [String: [Double]]?
    var sessions: [String: Int]?
  }
  var file: String
  var about: String
  var expect: String
  var accept: [String]?
  var days: Days?
  var expected_values: [Value]

  var testDescription: String { "\(file): \(about)" }
  var ways: Set<String> { Set([expect] + (accept ?? [])) }

  static let all: [Label] = {
    let data = try? Data(contentsOf: fixture("tables/labels.json"))
    return data.flatMap { try? JSONDecoder().decode([Label].self, from: $0) } ?? []
  }()
}

@Suite("Tables as people write them")
struct LabelledTableTests {
  @Test("all are there")
  func complete() { #expect(Label.all.count == 173) }

  @Test("each is read right, asked about, or left alone", arguments: Label.all)
  fileprivate func table(label: Label) throws {
    let bytes = try Array(Data(contentsOf: fixture("tables/\(label.file)")))
    guard let sample = try? TableSample(MemorySource(bytes)) else {
      #expect(label.ways.contains("nothing"))
      return
    }
    let sketch = ProfileSketch(sample, name: "t")
    if sketch.draft.isEmpty {
      #expect(label.ways.contains("nothing"))
      return
    }
    guard sketch.isSettled, let batches = try imported(bytes, sketch.toml) else {
      #expect(label.ways.contains("ask") || Self.asked.contains(label.file), "\(sketch.doubts)")
      return
    }
    #expect(label.ways.contains("draft"), "\(sketch.toml)")
    check(batches, label)
  }

  /// Tables that the label reads and the draft asks about, as whether "marche" beside "assis" and
  /// "couché" is exercise.
  private static let asked: Set<String> = ["33.csv", "k01.csv", "k15.csv", "k20.csv", "k23.csv"]

  /// What an import with the draft gives; nil where the whole file is refused with a question.
  private func imported(_ bytes: [UInt8], _ toml: String) throws -> [Batch]? {
    var options = ReadingOptions(latestDay: try #require(Day(year: 2026, month: 11, day: 28)))
    options.profiles = [try readProfile(toml, file: "t")]
    options.profileIsChosen = true
    options.patient = "P1"
    for _ in 0..<2 {
      var found: [Batch] = []
      do {
        _ = try readRecords(from: MemorySource(bytes), options: options) { found.append($0) }
        return found
      } catch let again as ReadAgain {
        options = again.options
      } catch is IngestError {
        return nil
      }
    }
    return nil
  }

  private func check(_ batches: [Batch], _ label: Label) {
    let (pains, sets) = (batches.flatMap(\.pain), batches.flatMap(\.sets))
    // Names of earlier batches are among those of the last one.
    guard let names = batches.last?.names else { return }
    let refused = Set(batches.flatMap(\.rejections).map(\.position.line))
    if let pain = label.days?.pain {
      for row in pains {
        let day = row.recorded.day.description
        #expect(pain[day]?.contains(row.score) ?? false, "\(day) \(row.score)")
      }
    }
    let done = sets.filter { $0.completed != false }
    if let sessions = label.days?.sessions {
      for row in done {
        #expect(sessions[row.started.day.description] ?? 0 > 0, "\(row.started.day)")
      }
    }
    for value in label.expected_values where !refused.contains(value.line) {
      let found: Bool
      switch value.kind {
      case "pain":
        found = pains.contains { row in
          row.position.line == value.line && value.day.map { $0 == "\(row.recorded.day)" } ?? true
            && value.score.map { $0 == row.score } ?? true
        }
      case "sessions":
        found = done.contains { row in
          row.position.line == value.line && value.day.map { $0 == "\(row.started.day)" } ?? true
            && value.minutes.map { $0 == row.minutes } ?? true
            && value.exercise.map { name in
              let own = names[row.exercise]
              return own == name || own.contains(name) || name.contains(own)
            } ?? true
        }
      case "flexibility":
        found = batches.flatMap(\.measurements).contains { $0.position.line == value.line }
      case "questionnaires":
        found = batches.flatMap(\.questionnaires).contains { $0.position.line == value.line }
      default: continue
      }
      #expect(found != (value.absent ?? false), "line \(value.line): \(value.kind)")
    }
  }
}
