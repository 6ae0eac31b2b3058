import Records
import TestSupport
import Testing

@testable import Ingest

@Suite("JSON, plain objects")
struct JSONQuickObjectTests {
  private static let rows = [
    #"{"patient_id":"P1","recorded_at":"2026-10-01","score":4}"#,
    #"{"patient_id":"P1","recorded_at":"2026-10-02","score":4.5,"notes":"süß, \"so\""}"#,
    #"{"patient_id":"P2","recorded_at":"2026-10-03","score":"5","notes":null}"#,
    #"{"patient_id":"P2","recorded_at":"2026-10-03","score":null,"notes":"x"}"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-04"}"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-04","flare":true}"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-04","flare":false}"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-04","flare":"perhaps"}"#,
    #"{"score":5e0,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":05,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":5.,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":-,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":5x,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":11,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":5,"score":6,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":5,"mood":"high","mood":"low","patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":5,"patient_id":"P3","patient":"P4","recorded_at":"2026-10-05"}"#,
    #"{"score":5,"mood":"high","patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":5,"mood":{"deep":[1]},"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":[5],"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-05","notes":"\u0041"}"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-05",}"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-05"} x"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-05"}}"#,
    #"{"score":5 "patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":tru,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"score":5,"patient_id":"P3","recorded_at":"2026-10-0"#,
    #"{"score":5,"reps":3,"patient_id":"P3","recorded_at":"2026-10-05"}"#,
    #"{"exercise":"plank","patient_id":"P3","started_at":"2026-10-05T07:15:00Z","reps":8}"#,
    "{\"score\":5,\"patient_id\":\"P\u{1}\",\"recorded_at\":\"2026-10-05\"}", "{}", #"{"":1}"#,
    #"{"score" : 5 ,  "patient_id" : "P9" , "recorded_at" : "2026-10-06" }"#,
  ]

  /// What a reading found, without lines.
  private func outcome(_ text: String) throws -> [String] {
    let reading = try read(text)
    let batch = reading.batch
    return batch.pain.map {
      "\(batch.names[$0.patient]) \($0.recorded) \($0.score) \($0.flare as Bool?) "
        + "\(reading.text($0.notes) as String?)"
    } + batch.sets.map { "\(batch.names[$0.patient]) \($0.started) \($0.reps ?? -1)" }
      + reading.refusals.map { "\($0)".replacing(/line: \d+/) { _ in "" } }
      + ["read \(batch.read)", "ignored \(reading.summary.ignoredColumns)"]
  }

  /// The same line with a blank that the quick way does not know, so that it is read the other way.
  private func slow(_ row: String) -> String {
    row.hasPrefix("{") ? "{\t" + row.dropFirst() : row
  }

  @Test(
    "Lines are read alike in both ways, whatever came before",
    arguments: 1...40 as ClosedRange<UInt64>)
  func lines(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var rows = (0..<30).map { _ in random.pick(Self.rows) }
    // The first lines tell that there is one object a line.
    rows = Array(Self.rows[0...1]) + rows
    let text = rows.joined(separator: "\n") + "\n"
    let other = rows.map(slow).joined(separator: "\n") + "\n"
    #expect(try outcome(text) == outcome(other))
  }

  @Test("Objects of an array are read alike in both ways", arguments: 1...20 as ClosedRange<UInt64>)
  func array(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sound = Self.rows.filter { row in (try? read("[\(row)]")) != nil }
    #expect(sound.count > 15)
    let rows = [Self.rows[0]] + (0..<30).map { _ in random.pick(sound) }
    let text = "[" + rows.joined(separator: ",") + "]"
    let other = "[" + rows.map(slow).joined(separator: ",") + "]"
    #expect(try outcome(text) == outcome(other))
  }

  @Test("Every cut of a plain object is left to the other reader, and nothing is taken of it")
  func cuts() {
    let row = Array(#"{"patient_id":"P1","score":4.25,"flare":true,"notes":null}"#.utf8)
    for count in 1..<row.count - 1 {
      var quick = JSONQuickObject(longestText: 100)
      row[1...count].withUnsafeBufferPointer { bytes in
        #expect(quick.read(bytes, isLine: false) { _ in -1 } == nil)
      }
    }
    var quick = JSONQuickObject(longestText: 100)
    row[1...].withUnsafeBufferPointer { bytes in
      #expect(quick.read(bytes, isLine: false) { _ in -1 } == bytes.count)
      #expect(quick.members.count == 4)
      #expect(quick.read(bytes, isLine: true) { _ in -1 } == nil)
    }
  }

  @Test("Keys that stand where they stood are not asked for again")
  func sameKeys() {
    var asked: [String] = []
    var quick = JSONQuickObject(longestText: 100)
    for row in [#""a":1,"b":2}"#, #""a":3,"b":4}"#, #""a":3,"c":4}"#, #""a":3}"#] {
      quick.hasChanged = false
      let isFirst = asked.isEmpty
      Array(row.utf8).withUnsafeBufferPointer { bytes in
        let behind = quick.read(bytes, isLine: false) { key in
          asked.append(key.text)
          return -1
        }
        #expect(behind == bytes.count)
      }
      #expect(quick.hasChanged == (isFirst || row != #""a":3,"b":4}"#))
    }
    #expect(asked == ["a", "b", "c"])
  }

  @Test("A text over the limit is left to the other reader")
  func longText() {
    var quick = JSONQuickObject(longestText: 3)
    Array(#""a":"1234"}"#.utf8).withUnsafeBufferPointer { bytes in
      #expect(quick.read(bytes, isLine: false) { _ in -1 } == nil)
    }
  }
}
